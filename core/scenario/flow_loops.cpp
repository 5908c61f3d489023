// The branching process of a Flow: which classes feed themselves for ever, and how often each comes in the long run.
#include "core/scenario/flow.h"

#include <algorithm>
#include <limits>

namespace weir {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double critical = 1 - 1e-9;

} // namespace

// Strongly connected components that have a circle, over edges of positive weight (Tarjan 1972, without recursion).
template <class Weight> std::vector<Flow::Component> Flow::components(const Ways& ways, Weight weight) {
    std::vector<Component> found;
    std::vector<std::size_t> order(ways.size(), none), low(ways.size()), stack;
    std::vector<char> onStack(ways.size());
    struct Step {
        std::size_t at;
        std::size_t edge = 0;
    };
    std::size_t next = 0;
    for (std::size_t start = 0; start < ways.size(); ++start) {
        if (order[start] != none)
            continue;
        std::vector<Step> way{{start}};
        while (!way.empty()) {
            const std::size_t at = way.back().at;
            if (way.back().edge == 0 && order[at] == none) {
                order[at] = low[at] = next++;
                stack.push_back(at);
                onStack[at] = 1;
            }
            if (way.back().edge < ways[at].size()) {
                const Way& edge = ways[at][way.back().edge++];
                if (!(weight(edge) > 0))
                    continue;
                if (order[edge.to] == none)
                    way.push_back({edge.to});
                else if (onStack[edge.to])
                    low[at] = std::min(low[at], order[edge.to]);
                continue;
            }
            way.pop_back();
            if (!way.empty())
                low[way.back().at] = std::min(low[way.back().at], low[at]);
            if (low[at] != order[at])
                continue;
            Component component;
            std::size_t member = none;
            do {
                member = stack.back();
                stack.pop_back();
                onStack[member] = 0;
                component.push_back(member);
            } while (member != at);
            const auto selfLoop = [&](const Way& edge) { return edge.to == at && weight(edge) > 0; };
            if (component.size() > 1 || std::any_of(ways[at].begin(), ways[at].end(), selfLoop)) {
                std::sort(component.begin(), component.end());
                found.push_back(std::move(component));
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

// Power iteration on (I + M) / 2, which is primitive where the component's M is irreducible; the ratios of successive
// vectors enclose its spectral radius (Collatz and Wielandt).
template <class Weight> double Flow::radius(const Ways& ways, const Component& component, Weight weight) {
    constexpr int roundsMax = 10'000;
    std::map<std::size_t, std::size_t> position;
    for (std::size_t i = 0; i < component.size(); ++i)
        position.emplace(component[i], i);
    std::vector<double> vector(component.size(), 1.0);
    double low = 0;
    for (int round = 0; round < roundsMax; ++round) {
        std::vector<double> next(component.size());
        double largest = 0;
        low = infinity;
        double high = 0;
        for (std::size_t i = 0; i < component.size(); ++i) {
            double sum = vector[i];
            for (const Way& way : ways[component[i]])
                if (const auto to = position.find(way.to); to != position.end() && weight(way) > 0)
                    sum += weight(way) * vector[to->second];
            next[i] = sum / 2;
            low = std::min(low, next[i] / vector[i]);
            high = std::max(high, next[i] / vector[i]);
            largest = std::max(largest, next[i]);
        }
        if (high - low < 1e-12)
            break;
        for (double& entry : next)
            entry = std::max(entry / largest, 1e-300);
        vector = std::move(next);
    }
    return 2 * low - 1;
}

// The shortest circle through the component's first member, by names: service, channel, queue, service ...
template <class Weight> Flow::Loop Flow::loopIn(const Ways& ways, const Component& component, Weight weight) const {
    const std::size_t start = component.front();
    std::map<std::size_t, std::pair<std::size_t, const Way*>> cameBy; // class -> the one before and the way
    std::vector<std::size_t> wave{start};
    const auto inside = [&](std::size_t at) { return std::binary_search(component.begin(), component.end(), at); };
    for (std::size_t i = 0; i < wave.size() && !cameBy.contains(start); ++i)
        for (const Way& way : ways[wave[i]])
            if (weight(way) > 0 && inside(way.to) && !cameBy.contains(way.to)) {
                cameBy.emplace(way.to, std::pair(wave[i], &way));
                wave.push_back(way.to);
            }
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    std::size_t at = start;
    do {
        const auto& [before, way] = cameBy.at(at);
        edges.insert(edges.begin(), way->edges.begin(), way->edges.end());
        at = before;
    } while (at != start);

    Loop loop;
    const Scenario& scenario = m_topology.scenario();
    const auto say = [&](const std::string& name) {
        if (loop.hops.empty() || loop.hops.back() != name)
            loop.hops.push_back(name);
    };
    for (const auto& [from, index] : edges) {
        const Edge& edge = m_classes[from].edges[index];
        if (edge.service != none) {
            say(scenario.services[edge.service].name);
            loop.service = edge.service;
        } else {
            say(scenario.channels[channelOf(from)].name);
        }
        say(scenario.channels[edge.channel].name);
        if (const ChannelSpec& queue = scenario.channels[channelOf(edge.to)]; !queue.implicit)
            say(queue.name);
    }
    say(loop.hops.front());
    if (loop.hops.size() == 1)
        loop.hops.push_back(loop.hops.front());
    return loop;
}

namespace {

// Only what dies by itself: a rejection on the way is one of the ways that m_ways has.
template <class Weight> auto byItself(const std::vector<Flow::Class>& classes, Weight weight) {
    return [&classes, weight](const auto& way) {
        const auto& [from, edge] = way.edges.back();
        return classes[from].edges[edge].onceOnly ? weight(way) : 0.0;
    };
}

} // namespace

// Which histories come about where only what weighs something happens.
template <class Weight> std::vector<char> Flow::diesInto(Weight weight) const {
    std::vector<char> comes(m_histories.size());
    std::vector<std::size_t> wave;
    for (std::size_t first = 0; first < m_histories.size() && first < m_firstDying; ++first) {
        comes[first] = 1;
        wave.push_back(first);
    }
    for (std::size_t i = 0; i < wave.size(); ++i)
        for (const Way& way : m_histories[wave[i]])
            if (weight(way) > 0 && !comes[way.to]) {
                comes[way.to] = 1;
                wave.push_back(way.to);
            }
    return comes;
}

// Where it waits in none of them the broker breaks the circle; where it dies without having been tried in a queue that
// somebody reads each is taken in the end, unless they become more.
template <class Weight> std::vector<Flow::Component> Flow::rounds(Weight weight) const {
    const std::vector<char> comes = diesInto(weight);
    const auto alone = byItself(m_classes, weight);
    std::vector<Component> found = components(m_histories, alone);
    std::erase_if(found, [&](const Component& round) {
        bool waits = false, mayBeTaken = false;
        for (const std::size_t each : round) {
            const Topology::Subscription& subscription =
                m_topology.subscriptions()[m_classes[m_classDying[each]].subscription];
            const auto& ttl = m_topology.scenario().channels[subscription.channel].ttl;
            waits = waits || (ttl && *ttl > Duration::zero());
            for (const Way& way : m_histories[each]) {
                const bool isTried = last(way).death != Death::unhandled;
                const bool isInside = alone(way) > 0 && std::binary_search(round.begin(), round.end(), way.to);
                waits = waits || (isInside && isTried);
                mayBeTaken = mayBeTaken || (isInside && !isTried && !subscription.handlers.empty());
            }
        }
        const double least = mayBeTaken ? 1 / critical : critical;
        return !waits || !comes[round.front()] || radius(m_histories, round, alone) < least;
    });
    return found;
}

std::vector<Flow::Loop> Flow::deadLoops() const {
    std::vector<Loop> loops;
    std::vector<char> named(m_classes.size());
    const auto name = [&](const Ways& ways, const Component& component, auto weight, Loop::When when, auto classOf) {
        if (std::any_of(component.begin(), component.end(),
                        [&](std::size_t each) { return named[classOf(each)] != 0; }))
            return;
        for (const std::size_t member : component)
            named[classOf(member)] = 1;
        loops.push_back(loopIn(ways, component, weight));
        loops.back().radius = radius(ways, component, weight);
        loops.back().when = when;
    };
    const auto nameThose = [&](auto weight, Loop::When when) {
        for (const Component& component : components(m_ways, weight))
            if (radius(m_ways, component, weight) >= critical)
                name(m_ways, component, weight, when, [](std::size_t member) { return member; });
        for (const Component& round : rounds(weight))
            name(m_histories, round, byItself(m_classes, weight), when,
                 [this](std::size_t each) { return m_classDying[each]; });
    };
    nameThose([](const Way& way) { return way.offspring.sure; }, Loop::When::always);
    nameThose([](const Way& way) { return way.offspring.most; }, Loop::When::conditionsHold);
    nameThose([](const Way& way) { return way.atWorst; }, Loop::When::late);
    nameThose([](const Way& way) { return way.whenFull; }, Loop::When::full);
    return loops;
}

std::vector<Flow::Loop> Flow::blockingLoops() const {
    const auto weight = [this](const Way& way) {
        const ChannelSpec& spec = m_topology.scenario().channels[channelOf(way.to)];
        const bool blocks =
            way.edges.size() == 1 && last(way).service != none && spec.capacity && spec.overflow == Overflow::block;
        return blocks ? way.offspring.most : 0.0;
    };
    std::vector<Loop> loops;
    for (const Component& component : components(m_ways, weight))
        loops.push_back(loopIn(m_ways, component, weight));
    return loops;
}

void Flow::solve() {
    std::vector<double> sure, likely, most;
    for (const Amount& amount : m_born) {
        sure.push_back(amount.sure);
        likely.push_back(amount.likely);
        most.push_back(amount.most);
    }
    const auto sureOf = [](const Way& way) { return way.offspring.sure; };
    sure = solved(sure, sureOf);
    likely = solved(likely, [](const Way& way) { return way.offspring.likely; });
    most = solved(most, [](const Way& way) { return way.offspring.most; });
    const std::vector<double> peak = solved(m_bornAtPeak, sureOf);
    for (std::size_t i = 0; i < m_classes.size(); ++i) {
        m_classes[i].rate = {sure[i], likely[i], most[i]};
        m_classes[i].peak = peak[i];
    }
}

// What is born, and what that bears, and so on: infinite in and behind a component that feeds itself.
template <class Weight> std::vector<double> Flow::solved(const std::vector<double>& born, Weight weight) const {
    constexpr int roundsMax = 10'000;
    std::vector<char> endless(m_classes.size());
    std::vector<std::size_t> wave;
    const auto goesOn = [&](std::size_t at) {
        if (!endless[at])
            wave.push_back(at);
        endless[at] = 1;
    };
    for (const Component& component : components(m_ways, weight))
        if (radius(m_ways, component, weight) >= critical)
            std::for_each(component.begin(), component.end(), goesOn);
    for (const Component& round : rounds(weight))
        for (const std::size_t each : round)
            goesOn(m_classDying[each]);
    for (std::size_t i = 0; i < wave.size(); ++i)
        for (const auto* ways : {&m_ways, &m_deaths})
            for (const Way& way : (*ways)[wave[i]])
                if (weight(way) > 0)
                    goesOn(way.to);
    std::vector<double> rates(m_classes.size()); // of what is not there by a death
    std::vector<double> generation = born;
    for (int round = 0; round < roundsMax; ++round) {
        std::vector<double> next(m_classes.size());
        double largest = 0;
        for (std::size_t i = 0; i < m_classes.size(); ++i) {
            rates[i] += generation[i];
            for (const Way& way : m_ways[i])
                if (!endless[way.to] && !endless[i] && weight(way) > 0) {
                    next[way.to] += generation[i] * weight(way);
                    largest = std::max(largest, next[way.to]);
                }
        }
        if (!(largest > 1e-12))
            break;
        generation = std::move(next);
    }
    const std::vector<double> before = rates;
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        for (const Way& way : m_deaths[i])
            if (!endless[i])
                rates[way.to] += before[i] * weight(way);
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        if (endless[i])
            rates[i] = infinity;
    return rates;
}

} // namespace weir

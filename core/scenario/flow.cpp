#include "core/scenario/flow.h"

#include <algorithm>
#include <cmath> // isfinite only
#include <limits>

namespace weir {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double critical = 1 - 1e-9;

double sureOf(const Flow::Edge& edge) {
    return edge.offspring.sure;
}
double likelyOf(const Flow::Edge& edge) {
    return edge.offspring.likely;
}
double mostOf(const Flow::Edge& edge) {
    return edge.offspring.most;
}
double worstOf(const Flow::Edge& edge) {
    return edge.atWorst;
}

// Nothing comes back to be tried again.
bool isOnce(const HandlerSpec& handler, const ChannelSpec& channel) {
    return handler.ack == AckMode::automatic || channel.dispatch == DispatchMode::broadcast;
}

std::int64_t attemptsMaxOf(const HandlerSpec& handler, const ChannelSpec& channel) {
    constexpr std::int64_t endless = 10'001; // a retry without end that never gets through counts as so many
    if (isOnce(handler, channel) || !channel.retry)
        return 1;
    return channel.retry->max.value_or(endless - 1) + 1 + channel.retry->timeouts.value_or(0);
}

// What is tried for the last time in vain is a dead letter.
bool buriesLast(const HandlerSpec& handler, const ChannelSpec& channel) {
    return !isOnce(handler, channel) && (!channel.retry || channel.retry->afterLast == AfterLast::deadLetter);
}

// How often a message is published: once more for each answer that is lost, where the broker cannot tell.
Amount publishesOf(const EmitAction& emit) {
    if (!emit.confirm || emit.confirm->idempotent)
        return {1, 1, 1};
    double sum = 0, share = 1;
    for (std::int64_t i = 0; i <= emit.confirm->retries && share > 1e-12; ++i, share *= emit.confirm->lost)
        sum += share;
    return {sum, sum, sum};
}
double publishesAtWorst(const EmitAction& emit) {
    return emit.confirm && !emit.confirm->idempotent ? static_cast<double>(emit.confirm->retries + 1) : 1;
}

// The share of attempts whose ack comes too late for the channel's ack timeout.
double timedOut(const HandlerSpec& handler, const ChannelSpec& channel) {
    const bool asksForMore = handler.extend && channel.ackTimeout && *handler.extend < *channel.ackTimeout;
    if (!channel.ackTimeout || asksForMore || handler.ack == AckMode::automatic || handler.ack == AckMode::onReceipt)
        return 0;
    const double timeout = seconds(*channel.ackTimeout);
    if (!handler.takes.quantile(0.5)) { // no closed form: Cantelli's bound, and none below the mean
        const double beyond = timeout - handler.takes.mean(), variance = handler.takes.variance();
        return beyond > 0 ? variance / (variance + beyond * beyond) : 1;
    }
    double low = 0, high = 1; // of the probability to be in time
    for (int round = 0; round < 50; ++round) {
        const double middle = (low + high) / 2;
        (*handler.takes.quantile(middle) < timeout ? low : high) = middle;
    }
    return 1 - low < 1e-9 ? 0 : 1 - low;
}

// All copies go to one of the handlers: at worst to the one that makes most of them.
void keepWorst(std::vector<std::vector<Flow::Edge>>& made) {
    std::map<std::size_t, std::pair<double, std::size_t>> most; // by class: how many, and by which handler
    for (std::size_t handler = 0; handler < made.size(); ++handler) {
        std::map<std::size_t, double> sums;
        for (const Flow::Edge& edge : made[handler])
            sums[edge.to] += edge.atWorst;
        for (const auto& [to, sum] : sums)
            most[to] = std::max(most[to], std::pair(sum, handler));
    }
    for (std::size_t handler = 0; handler < made.size(); ++handler)
        for (Flow::Edge& edge : made[handler])
            edge.atWorst = most.at(edge.to).second == handler ? edge.atWorst : 0;
}

} // namespace

bool hasOneActive(const ChannelSpec& channel) {
    return channel.dispatch == DispatchMode::exclusive || channel.dispatch == DispatchMode::singleActive ||
           channel.dispatch == DispatchMode::failover;
}

Attempts attemptsOf(const HandlerSpec& handler, const ChannelSpec& channel, const std::string& type, bool doubtful) {
    const bool once = isOnce(handler, channel);
    const std::int64_t attempts = attemptsMaxOf(handler, channel);
    const double ackLoss = !once && channel.isTimed() ? handler.ackLoss : 0; // else it stays in flight
    const double late = timedOut(handler, channel);
    Attempts all;
    double alive = 1;
    for (std::int64_t attempt = 1; attempt <= attempts && alive > 1e-12; ++attempt) {
        double left = 1, again = 0, rejected = 0, effects = 0, work = 0;
        for (const FailureSpec& failure : handler.fails) {
            if (failure.attemptsMax > 0 && attempt > failure.attemptsMax)
                continue;
            const Amount holds = Topology::chance(failure.when, type);
            double chance = failure.probability * (doubtful ? holds.most : holds.sure);
            if (failure.every > 0)
                chance /= static_cast<double>(failure.every);
            const double failing = left * chance;
            left -= failing;
            work += failing * (failure.how == FailureKind::crash ? 0.5 : 1);
            if (failure.how == FailureKind::reject)
                rejected += failing;
            else
                again += failing;
            if (failure.how == FailureKind::crashAfterEffect)
                effects += failing;
        }
        const double inVain = left * late; // the work is done, and its ack refused
        left -= inVain;
        work += inVain;
        effects += inVain;
        again += inVain;
        all.work += alive * (work + left);
        all.effects += alive * (effects + left);
        all.dead += once ? 0 : alive * rejected;
        alive *= again + left * ackLoss;
    }
    all.dead += buriesLast(handler, channel) ? alive : 0;
    return all;
}

Attempts attemptsAtWorst(const HandlerSpec& handler, const ChannelSpec& channel) {
    if (isOnce(handler, channel) || !channel.isTimed())
        return {};
    const auto attempts = static_cast<double>(attemptsMaxOf(handler, channel));
    const bool seenOnce = handler.transaction || handler.idempotent;
    return {.work = attempts, .effects = seenOnce ? 1 : attempts, .dead = buriesLast(handler, channel) ? 1.0 : 0.0};
}

Flow::Flow(Topology& topology) : m_topology(topology) {
    addSources();
    for (std::size_t i = 0; i < m_classes.size(); ++i) // grows while it goes
        expand(i);
    solve();
}

template <class Visit>
void Flow::publish(std::size_t channel, const std::string& type, const std::optional<std::string>& key, Visit visit) {
    for (const Topology::Target& target : m_topology.route(channel, key))
        for (const std::size_t subscription : m_topology.subscriptionsOf(target.channel))
            if (const std::size_t index = classOf(subscription, type, key); index != none)
                visit(index, target.share);
}

void Flow::addSources() {
    const Scenario& scenario = m_topology.scenario();
    for (std::size_t s = 0; s < scenario.services.size(); ++s)
        for (const SourceSpec& source : scenario.services[s].sources) {
            const Arrivals::Limits& limits = source.arrivals.limits();
            const bool lasting = limits.count == Arrivals::Limits{}.count && limits.stop == Arrivals::Limits{}.stop;
            const double rate = lasting ? source.arrivals.meanRate().value_or(0) : 0;
            const double peak = source.arrivals.peakRate().value_or(0);
            for (const Topology::Emission& emission : m_topology.emissions(source.then, "")) {
                const auto channel = m_topology.channel(emission.emit->to);
                if (!channel || !(emission.times.most > 0))
                    continue;
                const Amount times = emission.times * publishesOf(*emission.emit) * doublingOf(s);
                publish(*channel, emission.emit->type, Topology::routingKey(*emission.emit),
                        [&](std::size_t index, Amount share) {
                            m_born[index] += times * share * rate;
                            m_bornAtPeak[index] += peak * times.sure * share.sure;
                        });
            }
        }
}

std::size_t Flow::classOf(std::size_t subscription, const std::string& type, const std::optional<std::string>& key) {
    const auto [entry, fresh] = m_index.try_emplace({subscription, type, key}, m_classes.size());
    if (!fresh)
        return entry->second;
    if (m_classes.size() == classesMax) {
        m_complete = false;
        m_index.erase(entry);
        return none;
    }
    Class made;
    made.subscription = subscription;
    made.type = type;
    made.key = key;
    m_classes.push_back(std::move(made));
    m_born.push_back({});
    m_bornAtPeak.push_back(0);
    return m_classes.size() - 1;
}

void Flow::addEdge(std::size_t from, const Edge& edge) {
    if (!(edge.offspring.most > 0) && !(edge.atWorst > 0))
        return;
    for (Edge& present : m_classes[from].edges)
        if (present.to == edge.to && present.service == edge.service && present.channel == edge.channel) {
            present.offspring += edge.offspring;
            present.atWorst += edge.atWorst;
            return;
        }
    m_classes[from].edges.push_back(edge);
}

// What links make of one publish or delivery of a service, on the mean.
double Flow::doublingOf(std::size_t service) const {
    const Scenario& scenario = m_topology.scenario();
    const auto link = std::find_if(scenario.links.begin(), scenario.links.end(), [&](const LinkSpec& spec) {
        return spec.isBetween(scenario.services[service].name, brokerEnd);
    });
    return link == scenario.links.end() ? 1 : 1 + link->duplicates;
}

void Flow::expand(std::size_t index) {
    const Topology::Subscription& subscription = m_topology.subscriptions()[m_classes[index].subscription];
    const ChannelSpec& channel = m_topology.scenario().channels[subscription.channel];
    double workers = 0, consumers = 0;
    for (const Topology::HandlerAt at : subscription.handlers) {
        const std::uint32_t instances = m_topology.scenario().services[at.service].instances;
        workers += instances * m_topology.handler(at).concurrency;
        consumers += instances;
    }
    m_classes[index].handled = false;
    std::vector<std::vector<Edge>> made;
    for (const Topology::HandlerAt at : subscription.handlers) {
        const std::uint32_t instances = m_topology.scenario().services[at.service].instances;
        Share share{instances * m_topology.handler(at).concurrency / workers, instances / consumers};
        if (channel.dispatch == DispatchMode::broadcast) // each has a copy of its own
            share = {double{1} * instances, double{1} * instances};
        else if (hasOneActive(channel)) // and who that is decides about all
            share.atWorst = 1;
        made.push_back(handle(index, at, {share.mean, std::max(share.mean, share.atWorst)}));
    }
    if (hasOneActive(channel))
        keepWorst(made);
    if (subscription.handlers.empty() && channel.ttl) // nobody takes it, so all of it expires
        bury(index, {1, 1, 1}, 1, made.emplace_back());
    for (const std::vector<Edge>& edges : made)
        for (const Edge& edge : edges)
            addEdge(index, edge);
}

// What becomes of so many of its copies as dead letters.
void Flow::bury(std::size_t index, Amount dead, double deadAtWorst, std::vector<Edge>& made) {
    const Topology::Subscription& subscription = m_topology.subscriptions()[m_classes[index].subscription];
    const auto target = m_topology.channel(m_topology.scenario().channels[subscription.channel].deadLetter);
    if (!target || !(deadAtWorst > 0))
        return;
    const std::string type = m_classes[index].type;
    const std::optional<std::string> key = m_classes[index].key;
    publish(*target, type, key, [&](std::size_t to, Amount share) {
        made.push_back({.to = to,
                        .offspring = dead * share,
                        .atWorst = deadAtWorst * share.most,
                        .service = none,
                        .channel = *target});
    });
}

// What a handler makes of its share.
std::vector<Flow::Edge> Flow::handle(std::size_t index, Topology::HandlerAt at, Share share) {
    std::vector<Edge> made;
    const HandlerSpec& handler = m_topology.handler(at);
    const std::string type = m_classes[index].type;
    const Topology::Subscription& subscription = m_topology.subscriptions()[m_classes[index].subscription];
    const ChannelSpec& channel = m_topology.scenario().channels[subscription.channel];
    const Amount taken = Topology::chance(handler.filter, type) * share.mean;
    if (!(taken.most > 0))
        return made;
    const double takenAtWorst = taken.most / share.mean * share.atWorst;
    m_classes[index].handled = true;
    const Attempts known = attemptsOf(handler, channel, type, false);
    const Attempts doubtful = attemptsOf(handler, channel, type, true);
    const Attempts late = attemptsAtWorst(handler, channel);
    const double doubling = doublingOf(at.service);
    const double takes = handler.takes.mean();
    const auto work = [&](double part, const Attempts& attempts) { // an infinite mean times nothing is nothing
        return part > 0 ? part * attempts.work * takes * doubling : 0;
    };
    m_classes[index].work += {work(taken.sure, known), work(taken.likely, known), work(taken.most, doubtful)};
    const double effectsMost = std::max(known.effects, doubtful.effects);
    const double deadMost = std::max(known.dead, doubtful.dead);
    const Amount effects = taken * Amount{std::min(known.effects, doubtful.effects), known.effects, effectsMost};
    const double effectsAtWorst = takenAtWorst * std::max(effectsMost, late.effects);
    for (const Topology::Emission& emission : m_topology.emissions(handler.then, type)) {
        const auto to = m_topology.channel(emission.emit->to);
        if (!to || !(emission.times.most > 0))
            continue;
        const Amount times = emission.times * publishesOf(*emission.emit) * (doubling * doubling);
        const double timesAtWorst = emission.times.most * publishesAtWorst(*emission.emit) * doubling * doubling;
        publish(*to, emission.emit->type, Topology::routingKey(*emission.emit), [&](std::size_t born, Amount reached) {
            made.push_back({.to = born,
                            .offspring = effects * times * reached,
                            .atWorst = effectsAtWorst * timesAtWorst * reached.most,
                            .service = at.service,
                            .channel = *to});
        });
    }
    bury(index, taken * Amount{known.dead, known.dead, deadMost}, takenAtWorst * std::max(deadMost, late.dead), made);
    return made;
}

// --- the branching process ---

// Strongly connected components that have a circle, over edges of positive weight (Tarjan 1972, without recursion).
template <class Weight> std::vector<std::vector<std::size_t>> Flow::components(Weight weight) const {
    std::vector<std::vector<std::size_t>> found;
    std::vector<std::size_t> order(m_classes.size(), none), low(m_classes.size()), stack;
    std::vector<char> onStack(m_classes.size());
    struct Step {
        std::size_t at;
        std::size_t edge = 0;
    };
    std::size_t next = 0;
    for (std::size_t start = 0; start < m_classes.size(); ++start) {
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
            if (way.back().edge < m_classes[at].edges.size()) {
                const Edge& edge = m_classes[at].edges[way.back().edge++];
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
            std::vector<std::size_t> component;
            std::size_t member = none;
            do {
                member = stack.back();
                stack.pop_back();
                onStack[member] = 0;
                component.push_back(member);
            } while (member != at);
            const auto selfLoop = [&](const Edge& edge) { return edge.to == at && weight(edge) > 0; };
            const std::vector<Edge>& edges = m_classes[at].edges;
            if (component.size() > 1 || std::any_of(edges.begin(), edges.end(), selfLoop)) {
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
template <class Weight> double Flow::radius(const std::vector<std::size_t>& component, Weight weight) const {
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
            for (const Edge& edge : m_classes[component[i]].edges)
                if (const auto to = position.find(edge.to); to != position.end() && weight(edge) > 0)
                    sum += weight(edge) * vector[to->second];
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

// The shortest circle through the component's first class, by names: service, channel, queue, service ...
template <class Weight> Flow::Loop Flow::loopIn(const std::vector<std::size_t>& component, Weight weight) const {
    const std::size_t start = component.front();
    std::map<std::size_t, std::pair<std::size_t, const Edge*>> cameBy; // class -> the class before and the edge
    std::vector<std::size_t> wave{start};
    const auto inside = [&](std::size_t at) { return std::binary_search(component.begin(), component.end(), at); };
    for (std::size_t i = 0; i < wave.size() && !cameBy.contains(start); ++i)
        for (const Edge& edge : m_classes[wave[i]].edges)
            if (weight(edge) > 0 && inside(edge.to) && !cameBy.contains(edge.to)) {
                cameBy.emplace(edge.to, std::pair(wave[i], &edge));
                wave.push_back(edge.to);
            }
    std::vector<const Edge*> edges;
    std::size_t at = start;
    do {
        const auto& [before, edge] = cameBy.at(at);
        edges.insert(edges.begin(), edge);
        at = before;
    } while (at != start);

    Loop loop;
    const Scenario& scenario = m_topology.scenario();
    std::size_t queue = m_topology.subscriptions()[m_classes[start].subscription].channel;
    const auto say = [&](const std::string& name) {
        if (loop.hops.empty() || loop.hops.back() != name)
            loop.hops.push_back(name);
    };
    for (const Edge* edge : edges) {
        if (edge->service != none) {
            say(scenario.services[edge->service].name);
            loop.service = edge->service;
        } else {
            say(scenario.channels[queue].name);
        }
        say(scenario.channels[edge->channel].name);
        queue = m_topology.subscriptions()[m_classes[edge->to].subscription].channel;
        if (!scenario.channels[queue].implicit)
            say(scenario.channels[queue].name);
    }
    say(loop.hops.front());
    if (loop.hops.size() == 1)
        loop.hops.push_back(loop.hops.front());
    return loop;
}

std::vector<Flow::Loop> Flow::deadLoops() const {
    std::vector<Loop> loops;
    std::vector<char> named(m_classes.size());
    for (const auto weight : {sureOf, mostOf, worstOf}) {
        for (const std::vector<std::size_t>& component : components(weight)) {
            const double spectral = radius(component, weight);
            const auto isNamed = [&](std::size_t member) { return named[member] != 0; };
            if (spectral < critical || std::any_of(component.begin(), component.end(), isNamed))
                continue;
            for (const std::size_t member : component)
                named[member] = 1;
            Loop loop = loopIn(component, weight);
            loop.radius = spectral;
            loop.sure = weight == sureOf;
            loop.repeated = weight == worstOf;
            loops.push_back(std::move(loop));
        }
    }
    return loops;
}

std::vector<Flow::Loop> Flow::blockingLoops() const {
    const auto weight = [this](const Edge& edge) {
        const std::size_t channel = m_topology.subscriptions()[m_classes[edge.to].subscription].channel;
        const ChannelSpec& spec = m_topology.scenario().channels[channel];
        return edge.service != none && spec.capacity && spec.overflow == Overflow::block ? edge.offspring.most : 0.0;
    };
    std::vector<Loop> loops;
    for (const std::vector<std::size_t>& component : components(weight))
        loops.push_back(loopIn(component, weight));
    return loops;
}

void Flow::solve() {
    std::vector<double> sure, likely, most;
    for (const Amount& amount : m_born) {
        sure.push_back(amount.sure);
        likely.push_back(amount.likely);
        most.push_back(amount.most);
    }
    sure = solved(sure, sureOf);
    likely = solved(likely, likelyOf);
    most = solved(most, mostOf);
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
    for (const std::vector<std::size_t>& component : components(weight))
        if (radius(component, weight) >= critical)
            for (const std::size_t member : component) {
                endless[member] = 1;
                wave.push_back(member);
            }
    for (std::size_t i = 0; i < wave.size(); ++i)
        for (const Edge& edge : m_classes[wave[i]].edges)
            if (weight(edge) > 0 && !endless[edge.to]) {
                endless[edge.to] = 1;
                wave.push_back(edge.to);
            }
    std::vector<double> rates(m_classes.size());
    std::vector<double> generation = born;
    for (int round = 0; round < roundsMax; ++round) {
        std::vector<double> next(m_classes.size());
        double largest = 0;
        for (std::size_t i = 0; i < m_classes.size(); ++i) {
            rates[i] += generation[i];
            for (const Edge& edge : m_classes[i].edges)
                if (!endless[edge.to] && !endless[i] && weight(edge) > 0) {
                    next[edge.to] += generation[i] * weight(edge);
                    largest = std::max(largest, next[edge.to]);
                }
        }
        if (!(largest > 1e-12))
            break;
        generation = std::move(next);
    }
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        if (endless[i])
            rates[i] = infinity;
    return rates;
}

} // namespace weir

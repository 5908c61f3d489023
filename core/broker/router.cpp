#include "core/broker/router.h"

#include "core/kernel/hash.h"
#include "core/services/event_subject.h"
#include "core/services/event_value.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <optional>

namespace weir {
namespace {

constexpr std::uint32_t noRoute = 0xFFFF'FFFF;

bool isEnd(const ChannelPlan& channel) {
    return channel.kind == ChannelKind::queue || channel.kind == ChannelKind::stream;
}

const Value nullValue;

} // namespace

// One routing.
class RouteWalk {
  public:
    RouteWalk(const BrokerPlan& plan, const Router& router, std::string_view key, const RoutedMessage* message,
              RoutingResult& result)
        : m_plan(plan), m_router(router), m_key(key), m_message(message), m_result(result) {
        result.m_targets.clear();
        result.m_picks.clear();
        if (result.m_seen.size() < plan.channels.size())
            result.m_seen.resize(plan.channels.size(), 0);
        if (++result.m_routing == 0) {
            std::fill(result.m_seen.begin(), result.m_seen.end(), 0);
            result.m_routing = 1;
        }
    }

    void visit(ChannelId at, ChannelId via, std::size_t depth) {
        const ChannelPlan& channel = m_plan.channels[at.index()];
        const Overlap overlap = via.valid() ? m_plan.channels[via.index()].spec.overlap : Overlap::queue;
        std::uint32_t& seen = m_result.m_seen[at.index()];
        const bool again = seen == m_result.m_routing;
        seen = m_result.m_routing;
        if (isEnd(channel)) {
            if (again && overlap != Overlap::subscription)
                return;
            if (overlap == Overlap::client && channel.client.valid() && served(channel.client, via))
                return;
            m_result.m_targets.push_back({at, via});
            return;
        }
        if (again)
            return;
        if (m_result.m_matches.size() <= depth)
            m_result.m_matches.resize(depth + 1);
        collectMatches(channel, depth);
        serveSharedInTurn(at, channel, m_result.m_matches[depth]);
        if (m_result.m_matches[depth].empty()) {
            if (channel.alternate.valid())
                visit(channel.alternate, at, depth + 1);
            return;
        }
        if (picksOne(channel.spec.exchangeType)) {
            const std::uint32_t route = pick(at, channel, m_result.m_matches[depth]);
            if (route != noRoute)
                visit(channel.routes[route].to, at, depth + 1);
            return;
        }
        for (std::size_t i = 0; i < m_result.m_matches[depth].size(); ++i)
            visit(channel.routes[m_result.m_matches[depth][i]].to, at, depth + 1);
    }

  private:
    // Whether a queue of the same consumer has its copy already.
    bool served(ServiceId client, ChannelId via) const {
        return std::any_of(m_result.m_targets.begin(), m_result.m_targets.end(), [&](const RouteTarget& target) {
            return target.via == via && m_plan.channels[target.channel.index()].client == client;
        });
    }

    // The routes whose patterns and conditions hold, in their order.
    void collectMatches(const ChannelPlan& channel, std::size_t depth) {
        std::vector<std::uint32_t>& matches = m_result.m_matches[depth];
        matches.clear();
        addMatches(channel, m_key, matches);
        if (channel.spec.senderSelected) {
            forEachSelectedKey([&](std::string_view key) { addMatches(channel, key, matches); });
            std::sort(matches.begin(), matches.end());
            matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
        }
        std::erase_if(matches, [&](std::uint32_t route) {
            const auto& condition = channel.routes[route].condition;
            return condition && !holds(*condition, channel.routes[route].to);
        });
    }

    // Of the members of a shared subscription one is served, in turn (mosquitto 2.0).
    void serveSharedInTurn(ChannelId at, const ChannelPlan& channel, std::vector<std::uint32_t>& matches) {
        const auto sharedBy = [&](std::uint32_t route) { return channel.routes[route].shared; };
        const auto served = [&](std::uint32_t number) {
            return std::any_of(m_result.m_picks.begin(), m_result.m_picks.end(), [&](const auto& pick) {
                return pick.shared && pick.exchange == at && pick.key == number;
            });
        };
        for (std::size_t i = 0; i < matches.size();) {
            const std::uint32_t number = sharedBy(matches[i]);
            if (number == Route::notShared || served(number)) {
                ++i;
                continue;
            }
            const std::uint32_t last = lastServed(at, number);
            std::uint32_t next = noRoute;
            for (const std::uint32_t route : matches)
                if (sharedBy(route) == number && (next == noRoute || (next <= last && route > last)))
                    next = route;
            const auto others = std::remove_if(matches.begin(), matches.end(), [&](std::uint32_t route) {
                return sharedBy(route) == number && route != next;
            });
            matches.erase(others, matches.end());
            m_result.m_picks.push_back({at, next, number, true});
        }
    }

    std::uint32_t lastServed(ChannelId at, std::uint32_t number) const {
        if (at.index() >= m_router.m_memories.size() || number >= m_router.m_memories[at.index()].shared.size())
            return noRoute;
        return m_router.m_memories[at.index()].shared[number];
    }

    void addMatches(const ChannelPlan& channel, std::string_view key, std::vector<std::uint32_t>& matches) {
        if (channel.index) {
            channel.index->match(key, m_result.m_scratch, matches);
            std::sort(matches.begin(), matches.end());
            return;
        }
        for (std::uint32_t i = 0; i < channel.routes.size(); ++i)
            if (const auto& pattern = channel.routes[i].pattern; !pattern || pattern->matches(key))
                matches.push_back(i);
    }

    // RabbitMQ's sender-selected distribution: the lists of texts in the headers CC and BCC.
    template <class Each> void forEachSelectedKey(Each each) const {
        assert(m_message);
        for (const char* name : {"CC", "BCC"}) {
            const Value* header = m_message->event.headers ? m_message->event.headers->member(name) : nullptr;
            if (const Value::List* keys = header ? header->list() : nullptr)
                for (const Value& key : *keys)
                    if (key.text())
                        each(std::string_view(*key.text()));
        }
    }

    bool holds(const RouteCondition& condition, ChannelId to) {
        assert(m_message);
        if (condition.noLocal && m_message->source.valid() && m_plan.channels[to.index()].client == m_message->source)
            return false;
        const EventView& event = m_message->event;
        if (condition.headers && !condition.headers->matches(event.headers ? *event.headers : nullValue))
            return false;
        if (condition.where && !condition.where->holds(EventSubject(event, {.service = {}, .now = m_message->now})))
            return false;
        if (!condition.event)
            return true;
        if (m_event.isNull())
            m_event = eventValue(event); // made once, where somebody asks for it
        return condition.event->matches(m_event);
    }

    std::uint32_t pick(ChannelId at, const ChannelPlan& channel, std::span<const std::uint32_t> matches) {
        assert(m_message);
        const Router::Memory* memory =
            at.index() < m_router.m_memories.size() ? &m_router.m_memories[at.index()] : nullptr;
        switch (channel.spec.exchangeType) {
        case ExchangeType::random:
            return matches[channel.choices.draw(m_message->event.ordinal).below(matches.size())];
        case ExchangeType::weighted:
            return byWeight(channel, matches);
        case ExchangeType::leastInFlight:
            return leastOpen(channel, matches);
        case ExchangeType::consistentHash:
            return channel.ring.owner(hashOf(channel.spec.hash, hashedText(channel)), [&](std::uint32_t route) {
                return std::binary_search(matches.begin(), matches.end(), route);
            });
        case ExchangeType::roundRobin:
            return note(at, inTurn(memory, matches), 0);
        case ExchangeType::sticky: {
            const std::uint64_t key = hash64(hashedText(channel));
            if (memory)
                if (const auto known = memory->sticky.find(key);
                    known != memory->sticky.end() && std::binary_search(matches.begin(), matches.end(), known->second))
                    return known->second;
            return note(at, inTurn(memory, matches), key);
        }
        default:
            break;
        }
        assert(false); // picksOne() has named them all
        return noRoute;
    }

    std::uint32_t note(ChannelId exchange, std::uint32_t route, std::uint64_t key) {
        m_result.m_picks.push_back({exchange, route, key});
        return route;
    }

    // The first one behind the one that was picked last.
    static std::uint32_t inTurn(const Router::Memory* memory, std::span<const std::uint32_t> matches) {
        if (!memory || memory->last == noRoute)
            return matches.front();
        const auto next = std::upper_bound(matches.begin(), matches.end(), memory->last);
        return next == matches.end() ? matches.front() : *next;
    }

    std::uint32_t byWeight(const ChannelPlan& channel, std::span<const std::uint32_t> matches) const {
        double sum = 0;
        for (const std::uint32_t route : matches)
            sum += channel.routes[route].weight;
        if (!(sum > 0))
            return noRoute;
        Draw draw = channel.choices.draw(m_message->event.ordinal);
        double left = draw.uniform() * sum;
        std::uint32_t chosen = noRoute;
        for (const std::uint32_t route : matches) {
            const double weight = channel.routes[route].weight;
            if (weight > 0)
                chosen = route; // the last one of those with a weight, where rounding leaves something
            if (left < weight)
                break;
            left -= weight;
        }
        return chosen;
    }

    // The first of those with the fewest, so that a tie is decided alike everywhere.
    std::uint32_t leastOpen(const ChannelPlan& channel, std::span<const std::uint32_t> matches) const {
        const auto open = [&](std::uint32_t route) {
            std::uint64_t copies = 0;
            for (const SubscriptionId id : m_plan.channels[channel.routes[route].to.index()].subscriptions)
                copies += m_message->open[id.index()];
            return copies;
        };
        return *std::min_element(matches.begin(), matches.end(),
                                 [&](std::uint32_t one, std::uint32_t other) { return open(one) < open(other); });
    }

    std::string_view hashedText(const ChannelPlan& channel) {
        std::string& text = m_result.m_text;
        text.clear();
        const EventView& event = m_message->event;
        if (channel.hashed.path) {
            channel.hashed.path->appendText(text, event);
        } else if (!channel.hashed.header.empty()) {
            if (const Value* header = event.headers ? event.headers->member(channel.hashed.header) : nullptr)
                appendPlainText(text, *header);
        } else {
            return m_key;
        }
        return text;
    }

    const BrokerPlan& m_plan;
    const Router& m_router;
    std::string_view m_key;
    const RoutedMessage* m_message;
    RoutingResult& m_result;
    Value m_event; // null: not made yet
};

void Router::route(const BrokerPlan& plan, ChannelId from, std::string_view key, const RoutedMessage* message,
                   RoutingResult& result) const {
    assert(message || !plan.channels[from.index()].perMessage);
    RouteWalk(plan, *this, key, message, result).visit(from, ChannelId::none(), 0);
    if (plan.channels[from.index()].spec.copyOrder == CopyOrder::name)
        std::stable_sort(
            result.m_targets.begin(), result.m_targets.end(),
            [](const RouteTarget& left, const RouteTarget& right) { return left.channel < right.channel; });
}

void Router::commit(const BrokerPlan& plan, const RoutingResult& result) {
    if (result.m_picks.empty())
        return;
    if (m_memories.size() < plan.channels.size())
        m_memories.resize(plan.channels.size());
    for (const RoutingResult::Pick& pick : result.m_picks) {
        Memory& memory = m_memories[pick.exchange.index()];
        if (pick.shared) {
            if (memory.shared.size() <= pick.key)
                memory.shared.resize(pick.key + 1, noRoute);
            memory.shared[pick.key] = pick.route;
            continue;
        }
        memory.last = pick.route;
        if (plan.channels[pick.exchange.index()].spec.exchangeType != ExchangeType::sticky)
            continue;
        if (!memory.sticky.insert_or_assign(pick.key, pick.route).second)
            continue;
        if (memory.keys.size() < stickyKeysMax) {
            memory.keys.push_back(pick.key);
            continue;
        }
        memory.sticky.erase(memory.keys[memory.oldest]);
        memory.keys[memory.oldest] = pick.key;
        memory.oldest = (memory.oldest + 1) % stickyKeysMax;
    }
}

std::size_t Router::memoryBytes() const {
    constexpr std::size_t mapNode = 48;
    std::size_t bytes = m_memories.size() * sizeof(Memory);
    for (const Memory& memory : m_memories)
        bytes += memory.keys.size() * (sizeof(std::uint64_t) + mapNode) + memory.shared.size() * sizeof(std::uint32_t);
    return bytes;
}

} // namespace weir

// Router: from a channel and a message to the queues and streams that get a copy, where that depends on more than the
// routing key: headers, the event itself, or whose turn it is. Whatever the key alone decides is RouteTable's; both
// walk the same way. Rules: RabbitMQ 3.10 (rabbit_exchange:route): every exchange is passed once, so that circles end;
// an exchange whose own bindings take nothing hands on to its alternate. A queue that several ways lead to gets one
// copy.
#pragma once

#include "core/broker/plan.h"
#include "core/services/event_view.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weir {

struct RouteTarget {
    ChannelId channel; // a queue or stream
    ChannelId via;     // the exchange that passed it on; none where it was published straight to it
};

// What routing may ask about a message. Borrowed for one call.
struct RoutedMessage {
    const EventView& event;
    SimTime now;
    std::span<const std::uint32_t> open; // by subscription: copies that are not settled
    ServiceId source;                    // who published it
};

// The result of one routing and what it needs; used again, so that routing allocates nothing once it has grown.
class RoutingResult {
  public:
    std::span<const RouteTarget> targets() const { return m_targets; }

  private:
    friend class RouteWalk;
    friend class Router;
    struct Pick { // an exchange that picks one has picked this route, for a key where it sticks to one
        ChannelId exchange;
        std::uint32_t route;
        std::uint64_t key;
        bool shared = false; // a member of a shared subscription, whose number `key` is
    };
    std::vector<RouteTarget> m_targets;
    std::vector<Pick> m_picks;
    std::vector<std::uint32_t> m_seen; // by channel: the routing that came there
    std::uint32_t m_routing = 0;
    std::vector<std::vector<std::uint32_t>> m_matches; // routes, by depth
    SubscriptionIndex::Scratch m_scratch;
    std::string m_text;
};

class Router {
  public:
    static constexpr std::size_t stickyKeysMax = 100'000; // of one exchange; the oldest is forgotten for the next

    // `message` may be null where nothing on the way is decided by more than the key.
    void route(const BrokerPlan& plan, ChannelId from, std::string_view key, const RoutedMessage* message,
               RoutingResult& result) const;
    // What was picked holds: turns move on, keys stick. Not called for a message that has to wait, or that only asks.
    void commit(const BrokerPlan& plan, const RoutingResult& result);

    std::size_t memoryBytes() const;

  private:
    friend class RouteWalk;
    struct Memory {                                              // of an exchange
        std::uint32_t last = 0xFFFF'FFFF;                        // route that was picked last
        std::unordered_map<std::uint64_t, std::uint32_t> sticky; // key -> route
        std::vector<std::uint64_t> keys; // of sticky, the oldest at `oldest` once there are as many as may be
        std::size_t oldest = 0;
        std::vector<std::uint32_t> shared; // by number: the member that was served last
    };
    std::vector<Memory> m_memories; // by channel
};

} // namespace weir

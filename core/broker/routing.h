// Routing: from a channel and a routing key to the queues and streams that get a copy, computed once for each pair and
// kept as an index list. Bounded: beyond keysMax distinct keys a publish with a new one is refused, and counted.
// Rules: AMQP 0-9-1 (RabbitMQ 3.10): direct, fan-out and topic exchanges, exchange-to-exchange bindings; a queue that
// is reachable over several paths gets one copy. Publishing to a queue or stream by name reaches just that one.
#pragma once

#include "core/broker/message.h"
#include "core/broker/plan.h"
#include "core/broker/slab.h"

#include <cstdint>
#include <deque>
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

class RouteTable {
  public:
    static constexpr std::size_t keysMax = 1'000'000;
    static constexpr RoutingKeyId tooMany = noHandle;

    RoutingKeyId intern(std::string_view key); // tooMany: the table is full
    // Stays valid as long as the table: events being handled look at it while others are interned.
    const std::string& key(RoutingKeyId id) const { return m_keys[id]; }
    // Stays valid as long as the table.
    std::span<const RouteTarget> targets(const BrokerPlan& plan, ChannelId channel, RoutingKeyId key);

    std::size_t memoryBytes() const;

  private:
    struct Entry {
        bool known = false;
        std::vector<RouteTarget> targets;
    };
    std::deque<std::string> m_keys;
    std::unordered_map<std::string, RoutingKeyId> m_ids;
    std::vector<std::vector<Entry>> m_entries; // [channel][key]
};

} // namespace weir

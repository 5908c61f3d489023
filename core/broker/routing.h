// RouteTable: what the routing key alone decides, computed once for each pair of channel and key and kept as an index
// list: the fast path of publishing. Bounded twice: beyond keysMax distinct keys a publish with a new one is refused,
// and counted; beyond targetsMax kept targets nothing more is kept, and the rest is computed for each message.
#pragma once

#include "core/broker/message.h"
#include "core/broker/plan.h"
#include "core/broker/router.h"
#include "core/broker/slab.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weir {

class RouteTable {
  public:
    static constexpr std::size_t keysMax = 1'000'000;
    static constexpr std::size_t targetsMax = 4'000'000;
    static constexpr RoutingKeyId tooMany = noHandle;

    RoutingKeyId intern(std::string_view key); // tooMany: the table is full
    // Stays valid as long as the table: events being handled look at it while others are interned.
    const std::string& key(RoutingKeyId id) const { return m_keys[id]; }
    // Of a channel whose routes ask nothing of the message. Stays valid as long as the table. Nothing: not kept, and
    // there is no room to keep it.
    std::optional<std::span<const RouteTarget>> targets(const BrokerPlan& plan, ChannelId channel, RoutingKeyId key);

    // Those that are kept already; none, too, where that pair was not asked about yet.
    std::span<const RouteTarget> kept(ChannelId channel, RoutingKeyId key) const {
        return channel.index() < m_entries.size() && key < m_entries[channel.index()].size()
                   ? targetsOf(m_entries[channel.index()][key])
                   : std::span<const RouteTarget>();
    }

    std::size_t memoryBytes() const;

  private:
    static constexpr std::size_t chunkTargets = 1024; // or as many as one entry has
    struct Entry {                                    // its targets stand together in one chunk
        std::uint32_t chunk = unknown;
        std::uint32_t first = 0;
        std::uint32_t count = 0;
        static constexpr std::uint32_t unknown = noHandle;
    };
    std::span<const RouteTarget> targetsOf(const Entry& entry) const {
        return entry.count == 0 ? std::span<const RouteTarget>()
                                : std::span<const RouteTarget>(m_chunks[entry.chunk]).subspan(entry.first, entry.count);
    }
    Entry keep(std::span<const RouteTarget> targets);

    std::deque<std::string> m_keys;
    std::unordered_map<std::string, RoutingKeyId> m_ids;
    std::vector<std::vector<Entry>> m_entries; // [channel][key]
    std::vector<std::vector<RouteTarget>> m_chunks; // what stands there never moves
    std::size_t m_targetsKept = 0;
    RoutingResult m_result;
};

// Results of routings that are under way: one may begin before another has ended, as where a copy that is pushed out of
// its queue is dead-lettered.
class RoutingResults {
  public:
    RoutingResult& open() {
        if (m_open == m_results.size())
            m_results.emplace_back();
        return m_results[m_open++];
    }
    void close() { --m_open; }

  private:
    std::deque<RoutingResult> m_results;
    std::size_t m_open = 0;
};

// Where one message goes. Holds its result open as long as it lives.
class Routing {
  public:
    explicit Routing(std::span<const RouteTarget> kept) : m_targets(kept) {}
    Routing(RoutingResults& results, RoutingResult& made)
        : m_targets(made.targets()), m_results(&results), m_made(&made) {}
    Routing(Routing&& other) noexcept
        : m_targets(other.m_targets), m_results(std::exchange(other.m_results, nullptr)), m_made(other.m_made) {}
    Routing& operator=(Routing&&) = delete;
    ~Routing() {
        if (m_results)
            m_results->close();
    }

    std::span<const RouteTarget> targets() const { return m_targets; }
    const RoutingResult* made() const { return m_made; } // null: kept, and nothing was picked

  private:
    std::span<const RouteTarget> m_targets;
    RoutingResults* m_results = nullptr;
    const RoutingResult* m_made = nullptr;
};

} // namespace weir

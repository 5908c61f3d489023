// IdempotencyStore: which keys a handler has seen within the last `ttl`, so that a redelivery has no second effect.
// A value with a bound: where it is full the oldest key goes, and that is counted. Keys are 64-bit hashes of texts.
// Ask contains() before the work and firstTime() when its effects are there: a failed attempt then leaves no key.
#pragma once

#include "core/ids.h"
#include "core/units.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir {

class IdempotencyStore {
  public:
    struct Limits {
        Duration ttl = 24h;
        std::size_t keysMax = 1'000'000;
    };
    IdempotencyStore() : IdempotencyStore(Limits{}) {}
    explicit IdempotencyStore(Limits limits);

    static std::uint64_t keyOf(std::string_view text);
    static std::uint64_t keyOf(Ordinal ordinal);

    // Is it new, or was it first seen `ttl` or longer ago? Then it counts as seen from now on. `now` never goes back.
    bool firstTime(std::uint64_t key, SimTime now);
    // Was it seen less than `ttl` ago?
    bool contains(std::uint64_t key, SimTime now) const;

    // Seen again: its time begins anew.
    void renew(std::uint64_t key, SimTime now);

    // It has not been seen after all.
    void forget(std::uint64_t key);

    void setTtl(Duration ttl) { m_limits.ttl = ttl; }
    // Where there are more keys than now may be, the oldest go as new ones come.
    void setLimits(Limits limits) { m_limits = limits; }

    std::size_t memoryBytes() const { return m_ring.size() * sizeof(Seen) + m_slots.size() * sizeof(std::uint32_t); }
    std::size_t size() const { return m_count; } // what was renewed counts twice until its first time is over
    std::uint64_t evicted() const { return m_evicted; } // keys that went before their time, for want of room

  private:
    struct Seen {
        std::uint64_t key = 0; // 0: free
        SimTime at;
    };
    const Seen& oldest() const { return m_ring[m_front]; }
    std::size_t slotOf(std::uint64_t key) const;
    void add(std::uint64_t key, SimTime now);
    void dropOldest();
    void grow();

    Limits m_limits;
    std::vector<Seen> m_ring;           // in the order of time, from m_front on; a power of two long. What was renewed
                                        // stands there twice, and its slot names the later one
    std::vector<std::uint32_t> m_slots; // open addressing, twice as long: index into m_ring + 1, 0: free
    std::size_t m_front = 0;
    std::size_t m_count = 0;
    std::uint64_t m_evicted = 0;
};

} // namespace weir

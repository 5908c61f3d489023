// IdempotencyStore: which keys a handler has seen within the last `ttl`, so that a redelivery has no second effect.
// A value with a bound: where it is full the oldest key goes, and that is counted. Keys are 64-bit hashes of texts.
#pragma once

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
    static std::uint64_t keyOf(std::uint64_t ordinal);

    // Is it new, or was it seen `ttl` or longer ago? Then it counts as seen from now on. `now` never goes back.
    bool firstTime(std::uint64_t key, SimTime now);
    // The same question without remembering.
    bool contains(std::uint64_t key, SimTime now) const;
    // As if it had never been seen: for an effect that was taken back.
    void forget(std::uint64_t key);

    std::size_t size() const { return m_count; }
    std::uint64_t evicted() const { return m_evicted; } // keys that went before their time, for want of room

  private:
    Limits m_limits;
    std::size_t m_count = 0;
    std::uint64_t m_evicted = 0;
};

} // namespace weir

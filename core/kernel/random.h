// Counter-based random numbers. A draw depends on (seed, name of the stream, ordinal, attempt, index) and on nothing
// else: not on the order in which draws are made, nor on who else draws. Adding a fault never shifts the arrivals.
// No state is kept anywhere: a Stream is a name made into a key, a Draw is the place of one decision in it.
#pragma once

#include "core/kernel/hash.h"

#include <cassert>
#include <cstdint>
#include <string_view>

namespace weir {

// The random numbers of one decision, e.g. of "the service time of message 17, second attempt": as many as it needs,
// one after the other. Copying a Draw repeats what follows.
class Draw {
  public:
    // Multiples that no small combination of ordinal, attempt and index brings near each other: powers of the root of
    // x^4 = x + 1, which are badly approximable together.
    static constexpr std::uint64_t ordinalStep = 0xD1B54A32D192ED03u;
    static constexpr std::uint64_t attemptStep = 0xABC98388FB8FAC03u;
    static constexpr std::uint64_t indexStep = 0x8CB92BA72F3D8DD7u;

    // The next 64 random bits.
    std::uint64_t bits() {
        m_counter += indexStep;
        std::uint64_t mixed = m_counter ^ std::rotr(m_counter, 49) ^ std::rotr(m_counter, 24);
        mixed *= 0x9FB21C651E98DF25u;
        mixed = (mixed ^ mixed >> 28) + m_key; // streams differ by their function, not only by their place in it
        mixed *= 0x9FB21C651E98DF25u;
        return mixed ^ mixed >> 28;
    }

    // Uniform in the open interval (0, 1), in steps of 2^-53; its logarithm is finite, and so is that of 1 minus it.
    double uniform() {
        const std::uint64_t upper = bits() >> 11;
        return upper == 0 ? 0x1p-54 : static_cast<double>(upper) * 0x1p-53;
    }

    // Uniform in [0, bound), without bias; `bound` is not 0.
    std::uint64_t below(std::uint64_t bound) {
        assert(bound > 0);
        __extension__ using Wide = unsigned __int128;
        Wide product = static_cast<Wide>(bits()) * bound;
        if (static_cast<std::uint64_t>(product) < bound) {
            const std::uint64_t surplus = -bound % bound;
            while (static_cast<std::uint64_t>(product) < surplus)
                product = static_cast<Wide>(bits()) * bound;
        }
        return static_cast<std::uint64_t>(product >> 64);
    }

    // True with the probability given; 0 and below never, 1 and above always.
    bool happens(double probability) { return uniform() < probability; }

  private:
    friend class Stream;
    Draw(std::uint64_t counter, std::uint64_t key) : m_counter(counter), m_key(key) {}

    std::uint64_t m_counter;
    std::uint64_t m_key;
};

// All the draws of one purpose, e.g. "inventory-service/takes". Its name alone makes it: streams are not numbered, so
// that one more shifts none of the others.
class Stream {
  public:
    Stream() : Stream(0, {}) {}
    Stream(std::uint64_t seed, std::string_view name)
        : m_origin(mix64(mix64(seed ^ 0x6A09E667F3BCC908u) + hash64(name))), m_key(mix64(m_origin + Draw::indexStep)) {}

    Draw draw(std::uint64_t ordinal, std::uint64_t attempt = 0) const {
        return {m_origin + ordinal * Draw::ordinalStep + attempt * Draw::attemptStep, m_key};
    }

  private:
    std::uint64_t m_origin;
    std::uint64_t m_key;
};

// The seed of a replication; replication 0 has the seed itself.
constexpr std::uint64_t deriveSeed(std::uint64_t seed, std::uint64_t replication) {
    return replication == 0 ? seed : mix64(mix64(seed ^ 0xBB67AE8584CAA73Bu) + replication * Draw::ordinalStep);
}

} // namespace weir

// TokenBucket: how much may pass in a time, exactly. It fills with `tokens` every `per` nanoseconds up to `burst`, and
// what passes takes whole tokens. Its level counts in parts of a token (one per-th each), so that nothing is ever
// rounded: after any time it holds what rational arithmetic says, not what sums of binary fractions happen to be.
// It is full at the start. It knows no queue: who waits for it stands in line elsewhere. One that fills at once is a
// fixed window (BullMQ's limiter): it begins with the first token that is taken out of a full one, and at its end the
// bucket is full again.
#pragma once

#include "core/units.h"

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace weir {

struct TokenTerms {
    std::int64_t tokens = 1;
    Duration per = 1s;
    std::int64_t burst = 1;
    bool atOnce = false;
    bool operator==(const TokenTerms&) const = default;
};

class TokenBucket {
  public:
    explicit TokenBucket(TokenTerms terms = {}, SimTime now = {}) : m_terms(terms), m_level(full()), m_at(now) {
        assert(terms.tokens > 0 && terms.per > Duration::zero() && terms.burst > 0);
    }

    const TokenTerms& terms() const { return m_terms; }

    // Takes so many tokens where they are there; nothing happens otherwise. `now` never goes back.
    bool take(SimTime now, std::int64_t cost) {
        fill(now);
        const Level needed = Level{cost} * m_terms.per.count();
        if (m_level < needed)
            return false;
        if (m_terms.atOnce && m_level == full())
            m_at = now;
        m_level -= needed;
        return true;
    }

    // The shortest whole number of nanoseconds after which so many have come, where none are taken meanwhile and the
    // burst did not end their coming.
    Duration wait(SimTime now, std::int64_t cost) {
        fill(now);
        const Level missing = Level{cost} * m_terms.per.count() - m_level;
        if (missing <= 0)
            return Duration::zero();
        if (m_terms.atOnce)
            return m_at + window() - now;
        const Level wait = (missing + m_terms.tokens - 1) / m_terms.tokens;
        return wait < Level{Duration::max().count()} ? Duration{static_cast<std::int64_t>(wait)} : Duration::max();
    }

    // What it holds stays, up to the new burst; a part of a token is forgotten.
    void change(TokenTerms terms, SimTime now) {
        fill(now);
        const Level held = std::min(m_level / m_terms.per.count(), Level{terms.burst});
        m_terms = terms;
        m_level = held * m_terms.per.count();
    }

  private:
    __extension__ using Level = __int128; // below 2^126: 63 bits of time or burst, 63 bits of tokens or parts

    Level full() const { return Level{m_terms.burst} * m_terms.per.count(); }
    Duration window() const {
        return Duration{static_cast<std::int64_t>((full() + m_terms.tokens - 1) / m_terms.tokens)};
    }
    void fill(SimTime now) {
        assert(now >= m_at);
        if (m_terms.atOnce) { // m_at is where the window began
            if (now - m_at >= window())
                m_level = full();
            return;
        }
        m_level = std::min(full(), m_level + Level{(now - m_at).count()} * m_terms.tokens);
        m_at = now;
    }

    TokenTerms m_terms;
    Level m_level;
    SimTime m_at;
};

} // namespace weir

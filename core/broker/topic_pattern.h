// RabbitMQ's topic pattern: words between points, `*` for exactly one word, `#` for zero or more. The empty key has no
// words at all, unlike "." which has two empty ones. Matching never allocates and never blows up: with several `#` it
// needs at most words(pattern) * words(key) comparisons, because only the last `#` passed ever has to give way.
#pragma once

#include "core/broker/pattern_word.h"
#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class TopicPattern {
  public:
    static Result<TopicPattern> compile(std::string_view text);

    // `steps`, where given, is increased by the words looked at.
    bool matches(std::string_view key, std::uint64_t* steps = nullptr) const;

    const std::vector<PatternWord>& words() const { return m_words; } // no two `#` behind each other

  private:
    std::vector<PatternWord> m_words;
};

} // namespace weir

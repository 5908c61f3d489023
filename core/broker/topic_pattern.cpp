#include "core/broker/topic_pattern.h"

#include "core/broker/word_cursor.h"

#include <optional>

namespace weir {
namespace {

constexpr std::size_t keySizeMax = 255; // AMQP 0-9-1 carries routing keys as short strings

WordCursor wordsOf(std::string_view text) {
    return text.empty() ? WordCursor::atEndOf(".") : WordCursor(text, ".");
}

} // namespace

Result<TopicPattern> TopicPattern::compile(std::string_view text) {
    if (text.size() > keySizeMax)
        return Error{"", "needs a binding key of at most 255 bytes", std::to_string(text.size()) + " bytes"};
    using Kind = PatternWord::Kind;
    TopicPattern pattern;
    for (WordCursor word = wordsOf(text); !word.atEnd(); word.advance()) {
        const Kind kind = word.word() == "*" ? Kind::one : word.word() == "#" ? Kind::many : Kind::literal;
        if (kind == Kind::many && !pattern.m_words.empty() && pattern.m_words.back().kind == Kind::many)
            continue; // "#.#" says what "#" says
        pattern.m_words.push_back({kind, kind == Kind::literal ? std::string(word.word()) : std::string{}});
    }
    return pattern;
}

bool TopicPattern::matches(std::string_view key, std::uint64_t* steps) const {
    using Kind = PatternWord::Kind;
    WordCursor at = wordsOf(key);
    auto word = m_words.begin();
    // Where the last `#` stands, and the first word of the key that it has not swallowed yet.
    std::optional<WordCursor> retry;
    auto retryWord = m_words.end();
    while (true) {
        if (steps)
            ++*steps;
        if (word != m_words.end() && word->kind == Kind::many) {
            retryWord = ++word;
            retry = at;
            if (word == m_words.end())
                return true;
        } else if (at.atEnd()) {
            return word == m_words.end();
        } else if (word != m_words.end() && (word->kind == Kind::one || word->text == at.word())) {
            ++word;
            at.advance();
        } else if (retry) {
            retry->advance();
            at = *retry;
            word = retryWord;
        } else {
            return false;
        }
    }
}

} // namespace weir

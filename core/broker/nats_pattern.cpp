#include "core/broker/nats_pattern.h"

#include "core/broker/word_cursor.h"

namespace weir {
namespace {

std::string inQuotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

// The protocol is a line of words: a subject with white space cannot be said at all.
bool hasSpace(std::string_view text) {
    return text.find_first_of(" \t\r\n\f") != std::string_view::npos;
}

} // namespace

Result<NatsPattern> NatsPattern::compile(std::string_view text) {
    if (hasSpace(text))
        return Error{"", "needs a subject without white space", inQuotes(text)};
    NatsPattern pattern;
    for (WordCursor token(text, "."); !token.atEnd(); token.advance()) {
        if (token.word().empty())
            return Error{"", "needs a subject without empty tokens", inQuotes(text)};
        if (pattern.m_openEnd)
            return Error{"", "needs > as the last token only", inQuotes(text)};
        if (token.word() == ">")
            pattern.m_openEnd = true;
        else
            pattern.m_tokens.emplace_back(token.word());
    }
    return pattern;
}

std::optional<Error> NatsPattern::checkKey(std::string_view key) {
    if (hasSpace(key))
        return Error{"", "needs a subject without white space", inQuotes(key)};
    for (WordCursor token(key, "."); !token.atEnd(); token.advance()) {
        if (token.word().empty())
            return Error{"", "needs a subject without empty tokens", inQuotes(key)};
        if (token.word() == "*" || token.word() == ">")
            return Error{"", "needs a subject without wildcards", inQuotes(key)};
    }
    return std::nullopt;
}

bool NatsPattern::matches(std::string_view subject) const {
    auto token = m_tokens.begin();
    bool surplus = false;
    for (WordCursor at(subject, "."); !at.atEnd(); at.advance()) {
        if (at.word().empty())
            return false;
        if (token == m_tokens.end()) {
            if (!m_openEnd)
                return false;
            surplus = true;
        } else {
            if (*token != "*" && *token != at.word())
                return false;
            ++token;
        }
    }
    return token == m_tokens.end() && surplus == m_openEnd;
}

std::vector<PatternWord> NatsPattern::words() const {
    std::vector<PatternWord> words;
    for (const std::string& token : m_tokens)
        words.push_back(token == "*" ? PatternWord{PatternWord::Kind::one}
                                     : PatternWord{PatternWord::Kind::literal, token});
    if (m_openEnd)
        words.push_back({PatternWord::Kind::many});
    return words;
}

} // namespace weir

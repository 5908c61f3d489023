#include "core/broker/glob_pattern.h"

#include <algorithm>
#include <utility>

namespace weir {
namespace {

// Reads a class from behind its "[" to behind its "]", which is cut off text.
std::bitset<256> takeClass(std::string_view& text) {
    const auto add = [](std::bitset<256>& bytes, int from, int to) { // as signed characters: that is how Redis compares
        for (int byte = from; byte <= to; ++byte)
            bytes.set(static_cast<unsigned char>(byte));
    };
    const auto at = [&](std::size_t index) { return static_cast<int>(static_cast<signed char>(text[index])); };
    std::bitset<256> bytes;
    const bool inverted = text.starts_with('^');
    if (inverted)
        text.remove_prefix(1);
    while (!text.empty() && text.front() != ']') {
        if (text.front() == '\\' && text.size() >= 2) {
            add(bytes, at(1), at(1));
            text.remove_prefix(2);
        } else if (text.size() >= 3 && text[1] == '-') {
            const auto [from, to] = std::pair(std::min(at(0), at(2)), std::max(at(0), at(2)));
            add(bytes, from, to);
            text.remove_prefix(3);
        } else {
            add(bytes, at(0), at(0));
            text.remove_prefix(1);
        }
    }
    if (!text.empty())
        text.remove_prefix(1);
    return inverted ? ~bytes : bytes;
}

} // namespace

GlobPattern::GlobPattern(std::string_view text) {
    while (!text.empty()) {
        const char front = text.front();
        text.remove_prefix(1);
        if (front == '*') {
            if (m_tokens.empty() || m_tokens.back().kind != Kind::anyBytes)
                m_tokens.push_back({Kind::anyBytes});
        } else if (front == '?') {
            m_tokens.push_back({Kind::oneByte});
        } else if (front == '[') {
            m_tokens.push_back({.kind = Kind::oneOf, .choice = static_cast<std::uint32_t>(m_choices.size())});
            m_choices.push_back(takeClass(text));
        } else if (front == '\\' && !text.empty()) {
            m_tokens.push_back({Kind::literal, static_cast<unsigned char>(text.front())});
            text.remove_prefix(1);
        } else {
            m_tokens.push_back({Kind::literal, static_cast<unsigned char>(front)});
        }
    }
}

bool GlobPattern::fits(const Token& token, char byte) const {
    switch (token.kind) {
    case Kind::literal:
        return token.byte == static_cast<unsigned char>(byte);
    case Kind::oneByte:
        return true;
    case Kind::oneOf:
        return m_choices[token.choice].test(static_cast<unsigned char>(byte));
    case Kind::anyBytes:
        break;
    }
    return false;
}

bool GlobPattern::matches(std::string_view key, std::uint64_t* steps) const {
    if (key.empty())
        return m_tokens.empty();
    std::size_t at = 0;
    auto token = m_tokens.begin();
    // Only the last `*` ever has to give way: behind it stands what must match from `retry` on.
    auto retryToken = m_tokens.end();
    std::size_t retry = std::string_view::npos;
    while (true) {
        if (steps)
            ++*steps;
        if (token != m_tokens.end() && token->kind == Kind::anyBytes) {
            retryToken = ++token;
            retry = at;
            if (token == m_tokens.end())
                return true;
        } else if (at == key.size()) {
            return token == m_tokens.end();
        } else if (token != m_tokens.end() && fits(*token, key[at])) {
            ++token;
            ++at;
        } else if (retry != std::string_view::npos) {
            at = ++retry;
            token = retryToken;
        } else {
            return false;
        }
    }
}

} // namespace weir

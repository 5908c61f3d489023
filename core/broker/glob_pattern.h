// Redis' glob, as PSUBSCRIBE and KEYS use it: `*` any bytes, `?` one byte, `[a-c]` and `[^a]` classes, `\` takes the
// next byte literally. It works on bytes, not characters. Its rough edges are kept: a class that is never closed ends
// with the pattern, "[a-]" is a range up to "]", a range may be written backwards, and the empty key matches nothing
// but the empty pattern. Matching needs at most size(pattern) * size(key) steps and never allocates.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace weir {

class GlobPattern {
  public:
    explicit GlobPattern(std::string_view text); // Redis refuses no pattern

    // `steps`, where given, is increased by the bytes looked at.
    bool matches(std::string_view key, std::uint64_t* steps = nullptr) const;

  private:
    enum class Kind : std::uint8_t { literal, oneByte, anyBytes, oneOf };
    struct Token {
        Kind kind;
        unsigned char byte = 0;   // of a literal
        std::uint32_t choice = 0; // of oneOf: its place in m_choices
    };
    bool fits(const Token& token, char byte) const;

    std::vector<Token> m_tokens;
    std::vector<std::bitset<256>> m_choices;
};

} // namespace weir

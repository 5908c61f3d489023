// UTF-8 by the table of the Unicode standard: where characters end, and what is none (overlong forms, surrogates, cut
// sequences). Texts are kept as UTF-8 throughout; "character" means code point.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir {

// The bytes of the character at text[at], 1 to 4; 0 where there is none or it is malformed.
std::size_t characterLength(std::string_view text, std::size_t at);
bool isUtf8(std::string_view text);
// Whether a byte stands inside a character rather than at its start.
constexpr bool isContinuation(char byte) {
    return (byte & 0xC0) == 0x80;
}
std::size_t characterCount(std::string_view text);
// The byte at which the character of this index (from 0) starts; the size of the text where there are fewer.
std::size_t characterOffset(std::string_view text, std::size_t index);

// The character at text[at], of the length that characterLength gave; and back.
char32_t decoded(std::string_view text, std::size_t at, std::size_t length);
void appendUtf8(std::string& out, char32_t character);

} // namespace weir

// Upper and lower case by Unicode's simple mappings: one character to one character, whatever the locale. Own tables,
// so that a filter gives the same answer on every machine. It does not turn one letter into two (as in German sharp s).
#pragma once

#include <string>
#include <string_view>

namespace weir {

// Of UTF-8 text; bytes that are no UTF-8 stay as they are.
std::string lowerCase(std::string_view text);
std::string upperCase(std::string_view text);

constexpr char lowerAscii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char upperAscii(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace weir

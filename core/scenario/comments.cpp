#include "core/scenario/comments.h"

#include "core/utf8.h"

#include <algorithm>

namespace weir {
namespace {

// One blank a character, so that columns stay; ends of lines stay themselves.
void appendBlanks(std::string& out, std::string_view comment) {
    for (const char c : comment) {
        if (c == '\n' || c == '\r')
            out += c;
        else if (!isContinuation(c))
            out += ' ';
    }
}

std::size_t endOfText(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at)
        if (text[at] == '\\')
            ++at;
    return std::min(at + 1, text.size());
}

std::string lineAndColumn(std::string_view before) {
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n') + 1; // npos + 1 is 0
    return std::to_string(line) + ':' + std::to_string(characterCount(before.substr(start)) + 1);
}

} // namespace

Result<std::string> withoutComments(std::string_view text) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            const std::size_t end = endOfText(text, at);
            out += text.substr(at, end - at);
            at = end;
        } else if (text.substr(at).starts_with("//")) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            appendBlanks(out, text.substr(at, end - at));
            at = end;
        } else if (text.substr(at).starts_with("/*")) {
            const std::size_t end = text.find("*/", at + 2);
            if (end == std::string_view::npos)
                return Error{lineAndColumn(text.substr(0, at)), "needs a */ that closes the comment", ""};
            appendBlanks(out, text.substr(at, end + 2 - at));
            at = end + 2;
        } else {
            out += text[at++];
        }
    }
    return out;
}

} // namespace weir

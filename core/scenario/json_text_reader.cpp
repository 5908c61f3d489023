#include "core/scenario/json_text_reader.h"

#include <algorithm>
#include <cassert>

namespace weir {
namespace {

// How much of the blanks behind a comma or value belongs to the line before: up to the end of the last comment that
// begins on it. Where something follows on the same line, a comment belongs to that, if `ownLine` is asked for.
std::size_t noteLength(std::string_view blanks, bool ownLine) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < blanks.size() && blanks[at] != '\n';) {
        if (blanks[at] != '/') {
            ++at;
            continue;
        }
        at = blanks[at + 1] == '/' ? std::min(blanks.find('\n', at), blanks.size()) : blanks.find("*/", at + 2) + 2;
        length = at;
    }
    if (length > 0 && blanks[length - 1] == '\r') // of a line's end, not of the comment
        --length;
    const std::size_t next = blanks.find_first_not_of(" \t\r", length);
    return ownLine && (next == std::string_view::npos || blanks[next] != '\n') ? 0 : length;
}

} // namespace

std::string JsonTextReader::blanks() {
    const std::size_t from = m_at;
    for (;;) {
        m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size());
        if (here() != '/')
            break;
        m_at = m_text[m_at + 1] == '/' ? std::min(m_text.find('\n', m_at), m_text.size())
                                       : m_text.find("*/", m_at + 2) + 2;
    }
    return std::string(m_text.substr(from, m_at - from));
}

std::string JsonTextReader::scalar() {
    const std::size_t from = m_at;
    if (here() != '"') {
        m_at = std::min(m_text.find_first_of(" \t\r\n,]}/", m_at), m_text.size());
    } else {
        for (++m_at; here() != '"'; ++m_at)
            if (here() == '\\')
                ++m_at;
        ++m_at;
    }
    return std::string(m_text.substr(from, m_at - from));
}

JsonNode JsonTextReader::node() {
    if (here() == '{' || here() == '[')
        return container();
    JsonNode node;
    node.text = scalar();
    return node;
}

JsonNode JsonTextReader::container() {
    JsonNode node;
    const char closing = here() == '{' ? '}' : ']';
    node.kind = here() == '{' ? JsonNode::Kind::table : JsonNode::Kind::list;
    ++m_at;
    std::string before = blanks();
    const std::size_t headLength = noteLength(before, true);
    node.head = before.substr(0, headLength);
    before.erase(0, headLength);
    while (here() != closing) {
        JsonEntry& entry = node.entries.emplace_back();
        entry.before = std::move(before);
        if (closing == '}') {
            entry.name = scalar();
            entry.colon = blanks();
            assert(here() == ':');
            ++m_at;
            entry.colon += ':' + blanks();
        }
        entry.value = this->node();
        before = blanks();
        const bool more = here() == ',';
        if (more) {
            entry.after = std::move(before);
            ++m_at;
            before = blanks();
        }
        const std::size_t length = noteLength(before, more);
        entry.note = before.substr(0, length);
        before.erase(0, length);
    }
    ++m_at;
    node.tail = std::move(before);
    return node;
}

} // namespace weir

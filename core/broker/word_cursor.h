// Walks the words of a routing key without copying it: the hot path of every dialect that splits names at a separator.
// "a..b" has an empty word in the middle, "a." one at the end, and the empty text one empty word: a dialect that sees
// it differently says so itself.
#pragma once

#include <cassert>
#include <string_view>

namespace weir {

class WordCursor {
  public:
    WordCursor(std::string_view text, std::string_view separator) : m_rest(text), m_separator(separator) {
        assert(!separator.empty());
        cut();
    }
    static WordCursor atEndOf(std::string_view separator) {
        WordCursor cursor({}, separator);
        cursor.m_atEnd = true;
        return cursor;
    }

    bool atEnd() const { return m_atEnd; }
    std::string_view word() const {
        assert(!m_atEnd);
        return m_rest.substr(0, m_size);
    }
    void advance() {
        assert(!m_atEnd);
        if (m_size == m_rest.size()) {
            m_atEnd = true;
            return;
        }
        m_rest.remove_prefix(m_size + m_separator.size());
        cut();
    }

  private:
    void cut() {
        const std::size_t end = m_rest.find(m_separator);
        m_size = end == std::string_view::npos ? m_rest.size() : end;
    }

    std::string_view m_rest; // from the current word on
    std::string_view m_separator;
    std::size_t m_size = 0; // of the current word
    bool m_atEnd = false;
};

} // namespace weir

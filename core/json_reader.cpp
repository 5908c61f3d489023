// Value::parse: a strict reader of RFC 8259 text. Its own, because numbers must stay exact decimals and an error must
// name line and column; one pass, no exceptions, bounded depth.
#include "core/utf8.h"
#include "core/value.h"

#include <algorithm>
#include <iterator>

namespace weir {
namespace {

constexpr int depthMax = 64;
constexpr std::size_t linearMax = 16; // up to here a name is looked for among its siblings one by one

class JsonReader {
  public:
    explicit JsonReader(std::string_view text) : m_text(text) {}

    Result<Value> read() {
        Value value;
        if (readValue(value, 0)) {
            skipSpace();
            if (m_at == m_text.size())
                return value;
            fail("needs nothing after the value");
        }
        return Error{place(), m_problem, found()};
    }

  private:
    bool fail(const char* problem) {
        m_problem = problem;
        return false;
    }
    bool failAt(std::size_t at, const char* problem) {
        m_at = at;
        return fail(problem);
    }
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c) {
        if (here() != c || m_at == m_text.size())
            return false;
        ++m_at;
        return true;
    }
    void skipSpace() {
        while (m_at < m_text.size() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\r' || m_text[m_at] == '\t'))
            ++m_at;
    }

    bool readValue(Value& value, int depth) {
        skipSpace();
        switch (here()) {
        case '{':
            return depth < depthMax ? readTable(value, depth) : fail("needs at most 64 levels of nesting");
        case '[':
            return depth < depthMax ? readList(value, depth) : fail("needs at most 64 levels of nesting");
        case '"': {
            std::string text;
            if (!readText(text))
                return false;
            value = Value(std::move(text));
            return true;
        }
        case 't':
            return readWord("true", Value(true), value);
        case 'f':
            return readWord("false", Value(false), value);
        case 'n':
            return readWord("null", Value(), value);
        default:
            return readNumber(value);
        }
    }

    bool readWord(std::string_view word, Value meaning, Value& value) {
        if (m_text.substr(m_at, word.size()) != word)
            return fail("needs a JSON value");
        m_at += word.size();
        value = std::move(meaning);
        return true;
    }

    bool readNumber(Value& value) {
        const std::size_t from = m_at;
        const std::size_t end = std::min(m_text.find_first_not_of("0123456789+-.eE", from), m_text.size());
        if (end == from || m_text[from] == '+' || m_text[from] == '.' || m_text[from] == 'e' || m_text[from] == 'E')
            return fail("needs a JSON value");
        // Most numbers are short and whole.
        if (end - from <= 18 && m_text[from] != '-' && (m_text[from] != '0' || end - from == 1)) {
            std::int64_t whole = 0;
            while (m_at < end && m_text[m_at] >= '0' && m_text[m_at] <= '9')
                whole = whole * 10 + (m_text[m_at++] - '0');
            if (m_at == end) {
                value = Value(whole);
                return true;
            }
            m_at = from;
        }
        const auto number = Decimal::parse(m_text.substr(from, end - from));
        if (!number)
            return fail("needs a JSON number within 10^6144");
        m_at = end;
        value = Value(*number);
        return true;
    }

    bool readList(Value& value, int depth) {
        ++m_at;
        const std::size_t first = m_elements.size();
        skipSpace();
        if (!take(']')) {
            do {
                Value element;
                if (!readValue(element, depth + 1))
                    return false;
                m_elements.push_back(std::move(element));
                skipSpace();
            } while (take(','));
            if (!take(']'))
                return fail("needs ',' or ']'");
        }
        const auto from = m_elements.begin() + static_cast<std::ptrdiff_t>(first);
        value = Value(Value::List(std::make_move_iterator(from), std::make_move_iterator(m_elements.end())));
        m_elements.resize(first);
        return true;
    }

    bool readTable(Value& value, int depth) {
        ++m_at;
        const std::size_t first = m_members.size();
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                const std::size_t nameAt = m_at;
                if (here() != '"')
                    return fail("needs a name in double quotes");
                Value::Member member;
                if (!readText(member.first))
                    return false;
                if (m_members.size() - first < linearMax && knownName(first, member.first))
                    return failAt(nameAt, "needs each name once in a table");
                skipSpace();
                if (!take(':'))
                    return fail("needs ':' after the name");
                if (!readValue(member.second, depth + 1))
                    return false;
                m_members.push_back(std::move(member));
                m_namesAt.push_back(nameAt);
                skipSpace();
            } while (take(','));
            if (!take('}'))
                return fail("needs ',' or '}'");
        }
        if (m_members.size() - first > linearMax)
            if (const std::size_t again = repeatedName(first); again != std::string_view::npos)
                return failAt(again, "needs each name once in a table");
        const auto from = m_members.begin() + static_cast<std::ptrdiff_t>(first);
        value = Value(Value::Table(std::make_move_iterator(from), std::make_move_iterator(m_members.end())));
        m_members.resize(first);
        m_namesAt.resize(first);
        return true;
    }

    bool knownName(std::size_t first, const std::string& name) const {
        return std::any_of(m_members.begin() + static_cast<std::ptrdiff_t>(first), m_members.end(),
                           [&](const Value::Member& member) { return member.first == name; });
    }

    // Where a name of the innermost table stands for the second time; npos where all differ. n log n, since a large
    // table may come from anywhere.
    std::size_t repeatedName(std::size_t first) const {
        std::vector<std::size_t> order;
        for (std::size_t i = first; i < m_members.size(); ++i)
            order.push_back(i);
        std::sort(order.begin(), order.end(), [this](std::size_t left, std::size_t right) {
            const int side = m_members[left].first.compare(m_members[right].first);
            return side != 0 ? side < 0 : left < right;
        });
        std::size_t again = std::string_view::npos;
        for (std::size_t i = 1; i < order.size(); ++i)
            if (m_members[order[i - 1]].first == m_members[order[i]].first)
                again = std::min(again, m_namesAt[order[i]]);
        return again;
    }

    bool readText(std::string& text) {
        ++m_at;
        for (;;) {
            const std::size_t from = m_at;
            while (m_at < m_text.size()) {
                const auto c = static_cast<unsigned char>(m_text[m_at]);
                if (c < 0x20 || c == '"' || c == '\\' || c >= 0x80)
                    break;
                ++m_at;
            }
            text.append(m_text, from, m_at - from);
            if (m_at == m_text.size())
                return fail("needs a closing '\"'");
            const auto c = static_cast<unsigned char>(m_text[m_at]);
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c < 0x20)
                return fail("needs control characters in a string to be escaped");
            if (c == '\\' ? !readEscape(text) : !readWide(text))
                return false;
        }
    }

    bool readEscape(std::string& text) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const std::size_t from = m_at++;
        if (take('u'))
            return readUnicode(text, from);
        const std::size_t which = m_at < m_text.size() ? letters.find(m_text[m_at]) : std::string_view::npos;
        if (which == std::string_view::npos)
            return failAt(from, "needs an escape that JSON knows (\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX)");
        ++m_at;
        text += meanings[which];
        return true;
    }

    bool readHex(std::uint32_t& unit) {
        unit = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = here();
            if (c >= '0' && c <= '9')
                unit = unit * 16 + static_cast<std::uint32_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                unit = unit * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
            else if (c >= 'A' && c <= 'F')
                unit = unit * 16 + static_cast<std::uint32_t>(c - 'A' + 10);
            else
                return false;
            ++m_at;
        }
        return true;
    }

    bool readUnicode(std::string& text, std::size_t from) {
        std::uint32_t unit = 0;
        if (!readHex(unit))
            return failAt(from, "needs four hexadecimal digits after \\u");
        if (unit >= 0xD800 && unit < 0xE000) {
            std::uint32_t low = 0;
            if (unit >= 0xDC00 || !take('\\') || !take('u') || !readHex(low) || low < 0xDC00 || low >= 0xE000)
                return failAt(from, "needs both halves of a surrogate pair");
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
        appendUtf8(text, unit);
        return true;
    }

    bool readWide(std::string& text) { // one character beyond ASCII
        const std::size_t length = characterLength(m_text, m_at);
        if (length == 0)
            return fail("needs UTF-8");
        text.append(m_text, m_at, length);
        m_at += length;
        return true;
    }

    std::string place() const {
        const std::string_view before = m_text.substr(0, m_at);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const std::size_t newline = before.rfind('\n');
        const std::string_view lineText = newline == std::string_view::npos ? before : before.substr(newline + 1);
        const std::size_t column = 1 + characterCount(lineText);
        return std::to_string(line) + ':' + std::to_string(column);
    }

    // What stands where reading stopped, short enough for one line.
    std::string found() const {
        if (m_at >= m_text.size())
            return "the end of the text";
        const auto lead = static_cast<unsigned char>(m_text[m_at]);
        if (lead < 0x20 || lead >= 0x7F) {
            constexpr std::string_view hex = "0123456789abcdef";
            return std::string("byte 0x") + hex[lead >> 4] + hex[lead & 15];
        }
        std::size_t end = m_at + 1;
        while (end < m_text.size() && end < m_at + 20 && m_text[end] > ' ' && m_text[end] < 0x7F &&
               std::string_view(",:]}").find(m_text[end]) == std::string_view::npos)
            ++end;
        return '\'' + std::string(m_text.substr(m_at, end - m_at)) + '\'';
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    const char* m_problem = "";
    // What the open lists and tables have so far, innermost last, so that each is built once at its final size.
    std::vector<Value> m_elements;
    std::vector<Value::Member> m_members;
    std::vector<std::size_t> m_namesAt;
};

} // namespace

Result<Value> Value::parse(std::string_view json) {
    return JsonReader(json).read();
}

} // namespace weir

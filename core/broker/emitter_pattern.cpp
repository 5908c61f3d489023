#include "core/broker/emitter_pattern.h"

#include "core/broker/word_cursor.h"

#include <algorithm>
#include <optional>

namespace weir {
namespace {

using Segment = std::optional<std::string_view>; // nothing: behind the end ("undefined")

// An emitted name given as text, with one segment of lookahead.
class NameSegments {
  public:
    NameSegments(std::string_view name, std::string_view delimiter) : m_at(name, delimiter) {
        for (WordCursor at = m_at; !at.atEnd(); at.advance())
            ++m_count;
    }

    std::size_t index() const { return m_index; }
    std::size_t count() const { return m_count; }
    // The library cuts a name into an array of at least five places, and where its search comes back to the first of
    // them it takes the array's length for the number of segments.
    std::size_t countSeenAgain() const { return m_count == 1 ? 1 : std::max<std::size_t>(m_count, 5); }
    Segment current() const { return m_at.atEnd() ? Segment{} : m_at.word(); }
    Segment following() const {
        WordCursor next = m_at;
        if (!next.atEnd())
            next.advance();
        return next.atEnd() ? Segment{} : next.word();
    }
    void advance(std::size_t count) {
        m_index += count;
        for (; count > 0 && !m_at.atEnd(); --count)
            m_at.advance();
    }

  private:
    WordCursor m_at;
    std::size_t m_index = 0;
    std::size_t m_count = 0;
};

// An emitted name given as a list of segments.
class ListSegments {
  public:
    explicit ListSegments(const Value::List& segments) : m_segments(segments) {}

    std::size_t index() const { return m_index; }
    std::size_t count() const { return m_segments.size(); }
    std::size_t countSeenAgain() const { return count(); }
    Segment current() const { return at(m_index); }
    Segment following() const { return at(m_index + 1); }
    void advance(std::size_t count) { m_index += count; }

  private:
    Segment at(std::size_t index) const {
        const std::string* text = index < m_segments.size() ? m_segments[index].text() : nullptr;
        return text ? Segment{*text} : Segment{};
    }

    const Value::List& m_segments;
    std::size_t m_index = 0;
};

bool isWildcard(std::string_view segment) {
    return segment == "*" || segment == "**";
}

std::string joined(const std::vector<std::string>& segments, std::string_view delimiter) {
    std::string text;
    for (std::size_t i = 0; i < segments.size(); ++i)
        text.append(i == 0 ? "" : delimiter).append(segments[i]);
    return text;
}

} // namespace

EmitterPattern::EmitterPattern(std::vector<std::string> segments, Options options)
    : m_options(std::move(options)), m_segments(std::move(segments)) {
    const auto twice = [](const std::string& left, const std::string& right) { return left == "**" && right == "**"; };
    m_deaf = std::adjacent_find(m_segments.begin(), m_segments.end(), twice) != m_segments.end();
}

Result<EmitterPattern> EmitterPattern::compile(std::string_view name, Options options) {
    if (options.delimiter.empty())
        return Error{"", "needs a delimiter of at least one character", ""};
    std::vector<std::string> segments;
    for (WordCursor segment(name, options.delimiter); !segment.atEnd(); segment.advance())
        segments.emplace_back(segment.word());
    return EmitterPattern(std::move(segments), std::move(options));
}

Result<EmitterPattern> EmitterPattern::compile(const Value::List& list, Options options) {
    if (list.empty())
        return Error{"", "needs at least one segment", "[]"};
    std::vector<std::string> segments;
    for (const Value& segment : list) {
        if (!segment.text())
            return Error{"", "needs a list of segments, each a text", segment.canonical()};
        segments.push_back(*segment.text());
    }
    return EmitterPattern(std::move(segments), std::move(options));
}

bool EmitterPattern::matches(std::string_view name) const {
    if (name == "newListener")
        return false; // the library's own announcement; nobody else's emit gets through
    if (!m_options.wildcard)
        return name == joined(m_segments, m_options.delimiter);
    return reached(NameSegments(name, m_options.delimiter));
}

bool EmitterPattern::matches(const Value::List& segments) const {
    return !segments.empty() && m_options.wildcard && reached(ListSegments(segments));
}

// The library's searchListenerTree. `child` is the only branch at this depth of the tree; there is none at the
// listener.
template <class Segments> bool EmitterPattern::reached(Segments segments) const {
    if (m_deaf)
        return false;
    const std::size_t depthMax = m_segments.size();
    std::size_t count = segments.count();
    std::size_t depth = 0;
    while (true) {
        const bool listener = depth == depthMax;
        const Segment current = segments.current();
        const Segment following = segments.following();
        if (segments.index() == count) {
            if (listener)
                return true;
        } else if (current == "*") { // emitted wildcards descend into whatever is there
            if (listener)
                return false;
            ++depth;
            segments.advance(1);
            continue;
        } else if (current == "**") {
            const std::size_t left = count - segments.index();
            const bool closing = left == 1 || (left == 2 && following == "*");
            if (listener)
                return closing;
            const std::string& child = m_segments[depth];
            if (isWildcard(child) && depth + 1 == depthMax && !closing)
                return true;
            ++depth;
            if (!isWildcard(child) && child == following)
                segments.advance(2);
            else if (segments.index() == 0)
                count = segments.countSeenAgain();
            continue;
        }
        if (listener)
            return false;

        const std::string& child = m_segments[depth];
        if (child == "*" || (segments.index() < count && current && child == *current && child != "**")) {
            ++depth;
            segments.advance(1);
        } else if (child == "**") {
            const bool last = depth + 1 == depthMax;
            if (last)
                return true;
            const std::string& grandchild = m_segments[depth + 1];
            if (segments.index() >= count)
                return grandchild == "*" && depth + 2 == depthMax;
            if (following == grandchild) {
                depth += 2;
                segments.advance(2);
            } else if (current == grandchild) {
                depth += 2;
                segments.advance(1);
            } else {
                segments.advance(1); // swallowed
            }
        } else {
            return false;
        }
    }
}

std::vector<PatternWord> EmitterPattern::words() const {
    std::vector<PatternWord> words;
    for (const std::string& segment : m_segments)
        words.push_back(segment == "*"    ? PatternWord{PatternWord::Kind::one}
                        : segment == "**" ? PatternWord{PatternWord::Kind::many}
                                          : PatternWord{PatternWord::Kind::literal, segment});
    return words;
}

} // namespace weir

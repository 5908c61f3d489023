#include "core/record/critical_path.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace weir {
namespace {

bool counts(const Span& span) {
    return span.kind != SpanKind::message && span.kind != SpanKind::deadLetter;
}

// What the copy was in before: the span of it that began last before this one, or the copy that was given up for it.
class Predecessors {
  public:
    explicit Predecessors(std::span<const Span> spans) : m_spans(spans) {
        for (std::size_t i = 0; i < spans.size(); ++i)
            m_byMessage[spans[i].ordinal].push_back(i);
    }
    std::optional<std::size_t> of(std::size_t index) const {
        const Span& span = m_spans[index];
        std::optional<std::size_t> givenUp;
        const std::vector<std::size_t>& siblings = m_byMessage.at(span.ordinal);
        for (auto it = siblings.rbegin(); it != siblings.rend(); ++it) {
            const Span& earlier = m_spans[*it];
            if (*it >= index || earlier.kind == SpanKind::message)
                continue;
            if (earlier.kind == SpanKind::held || earlier.place.subscription == span.place.subscription)
                return *it;
            if (!givenUp && earlier.ending == RecordKind::deadLettered && earlier.end <= span.begin)
                givenUp = *it;
        }
        return givenUp;
    }

  private:
    std::span<const Span> m_spans;
    std::unordered_map<Ordinal, std::vector<std::size_t>> m_byMessage;
};

} // namespace

std::vector<CriticalStretch> criticalPath(std::span<const Span> spans) {
    std::optional<std::size_t> at;
    for (std::size_t i = 0; i < spans.size(); ++i)
        if (counts(spans[i]) && (!at || spans[i].end > spans[*at].end))
            at = i;
    std::vector<CriticalStretch> path;
    if (!at)
        return path;
    const Predecessors predecessors(spans);
    SimTime until = spans[*at].end;
    while (at) {
        const Span& span = spans[*at];
        if (span.kind != SpanKind::message)
            path.push_back({*at, span.begin, std::min(span.end, until)});
        until = span.begin;
        std::optional<std::size_t> before =
            span.kind == SpanKind::message ? std::nullopt : predecessors.of(*at);
        if (!before && span.parent != Span::noParent)
            before = span.parent;
        at = before; // always earlier in the list: it comes to an end
    }
    std::reverse(path.begin(), path.end());
    return path;
}

} // namespace weir

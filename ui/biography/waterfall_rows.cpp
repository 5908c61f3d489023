#include "ui/biography/waterfall_rows.h"

#include <algorithm>
#include <unordered_map>

namespace weir {
namespace {

// The tree that the spans make: messages, their copies, and the messages that a copy's handling led to.
struct Copy {
    RowKey key;
    Place place;
    std::vector<std::size_t> segments;
    std::vector<Ordinal> effects;
};
struct Message {
    std::size_t span = Span::noParent;
    std::vector<std::size_t> segments;
    std::vector<Copy> copies;
    std::vector<Ordinal> effects; // of no copy that is known
    bool caused = false;
};

class Tree {
  public:
    explicit Tree(std::span<const Span> spans) : m_spans(spans) {
        for (std::size_t i = 0; i < spans.size(); ++i)
            take(i);
        for (const Ordinal ordinal : m_order)
            hang(ordinal);
    }
    std::vector<WaterfallRow> rows(const std::set<RowKey>& closed) const {
        // Depth first, without recursion: chains may be long.
        struct Open {
            Ordinal message;
            const Copy* copy; // null: the message's own row
            std::uint32_t depth;
        };
        std::vector<Open> open;
        for (auto it = m_order.rbegin(); it != m_order.rend(); ++it)
            if (!m_messages.at(*it).caused)
                open.push_back({*it, nullptr, 0});
        std::vector<WaterfallRow> rows;
        std::vector<std::size_t> closers; // rows that hide what comes, the innermost last
        while (!open.empty()) {
            const Open next = open.back();
            open.pop_back();
            const Message& message = m_messages.at(next.message);
            while (!closers.empty() && rows[closers.back()].depth >= next.depth)
                closers.pop_back();
            if (!closers.empty()) {
                ++rows[closers.back()].hidden;
            } else {
                WaterfallRow row;
                row.key = next.copy ? next.copy->key : RowKey(next.message, SubscriptionId::none());
                row.depth = next.depth;
                row.message = message.span;
                row.segments = next.copy ? next.copy->segments : message.segments;
                if (next.copy)
                    row.place = next.copy->place;
                row.opens = next.copy ? !next.copy->effects.empty()
                                      : !message.copies.empty() || !message.effects.empty();
                row.closed = row.opens && closed.contains(row.key);
                rows.push_back(std::move(row));
                if (rows.back().closed)
                    closers.push_back(rows.size() - 1);
            }
            const auto pushEffects = [&](const std::vector<Ordinal>& effects) {
                for (auto it = effects.rbegin(); it != effects.rend(); ++it)
                    open.push_back({*it, nullptr, next.depth + 1});
            };
            if (next.copy) {
                pushEffects(next.copy->effects);
                continue;
            }
            pushEffects(message.effects);
            for (auto it = message.copies.rbegin(); it != message.copies.rend(); ++it)
                open.push_back({next.message, &*it, next.depth + 1});
        }
        return rows;
    }

  private:
    Message& messageAt(Ordinal ordinal) {
        const auto [found, added] = m_messages.try_emplace(ordinal);
        if (added)
            m_order.push_back(ordinal);
        return found->second;
    }
    void take(std::size_t index) {
        const Span& span = m_spans[index];
        Message& message = messageAt(span.ordinal);
        if (span.kind == SpanKind::message) {
            message.span = index;
        } else if (!span.place.subscription.valid()) {
            message.segments.push_back(index);
        } else {
            const RowKey key(span.ordinal, span.place.subscription);
            auto copy = std::find_if(message.copies.begin(), message.copies.end(),
                                     [&](const Copy& other) { return other.key == key; });
            if (copy == message.copies.end())
                copy = message.copies.insert(message.copies.end(), Copy{key, span.place, {}, {}});
            copy->segments.push_back(index);
            if (span.place.service.valid())
                copy->place = span.place;
        }
    }
    // Below the copy whose handling published it.
    void hang(Ordinal ordinal) {
        Message& message = m_messages.at(ordinal);
        if (message.span == Span::noParent || m_spans[message.span].parent == Span::noParent)
            return;
        const Span& parent = m_spans[m_spans[message.span].parent];
        Message& cause = m_messages.at(parent.ordinal);
        message.caused = true;
        for (Copy& copy : cause.copies)
            if (copy.key.second == parent.place.subscription && parent.kind != SpanKind::message) {
                copy.effects.push_back(ordinal);
                return;
            }
        cause.effects.push_back(ordinal);
    }

    std::span<const Span> m_spans;
    std::unordered_map<Ordinal, Message> m_messages;
    std::vector<Ordinal> m_order; // as they were first seen
};

} // namespace

std::vector<WaterfallRow> waterfallRows(std::span<const Span> spans, const std::set<RowKey>& closed) {
    return Tree(spans).rows(closed);
}

} // namespace weir

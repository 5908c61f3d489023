#include "core/record/spans.h"

#include <array>
#include <map>
#include <unordered_map>

namespace weir {
namespace {

constexpr std::array<std::string_view, spanKindCount> names{
    "message", "held", "delayed", "queued", "redelivery", "replay", "deadLetter", "backoff", "handling", "duplicate"};

// Follows records and keeps, per copy, the span in which it is.
class SpanFold {
  public:
    explicit SpanFold(const Catalogue& catalogue) : m_catalogue(catalogue) {}

    void apply(const Record& record) {
        const Place place = record.place.valid() ? m_catalogue.place(record.place) : Place{};
        if (record.kind == RecordKind::published)
            publish(record, place);
        else if (const auto message = m_messages.find(record.ordinal); message != m_messages.end())
            admit(record, place, m_spans[message->second]);
        if (place.subscription.valid())
            follow(record, place);
    }
    std::vector<Span> take(SimTime now) && {
        for (Span& span : m_spans)
            if (span.open && span.kind != SpanKind::message)
                span.end = now;
        return std::move(m_spans);
    }

  private:
    using Copy = std::pair<Ordinal, SubscriptionId>;

    void publish(const Record& record, const Place& place) {
        const auto cause = static_cast<Ordinal>(record.value);
        std::size_t parent = Span::noParent;
        if (const auto message = m_messages.find(cause); message != m_messages.end())
            parent = message->second;
        // What is published at the end of a handling may be recorded behind it.
        for (const std::size_t handling : m_handlings[cause]) {
            const Span& span = m_spans[handling];
            if (span.place.service == place.service && (span.open || span.end == record.at))
                parent = handling;
        }
        m_messages[record.ordinal] = begin(SpanKind::message, record, place, parent);
    }

    // What happens to the message before it has copies.
    void admit(const Record& record, const Place& place, Span& message) {
        message.end = record.at;
        switch (record.kind) {
        case RecordKind::refused:
        case RecordKind::deduplicated:
        case RecordKind::unroutable:
            message.ending = record.kind;
            message.reason = record.reason;
            [[fallthrough]];
        case RecordKind::unblocked:
        case RecordKind::routed:
            end(m_held.try_emplace(record.ordinal, Span::noParent).first->second, record);
            break;
        case RecordKind::blocked:
        case RecordKind::throttled: {
            if (record.kind == RecordKind::throttled && place.subscription.valid())
                break; // a copy that waits for its delivery: its own span says so
            std::size_t& held = m_held.try_emplace(record.ordinal, Span::noParent).first->second;
            end(held, record);
            held = begin(SpanKind::held, record, place, messageOf(record.ordinal));
            break;
        }
        default:
            break;
        }
    }

    bool isDeadLetter(std::int64_t channel) const {
        return channel >= 0 && static_cast<std::size_t>(channel) < m_catalogue.channels().size() &&
               m_catalogue.channels()[static_cast<std::size_t>(channel)].deadLetter;
    }
    SpanKind waitAtBirth(const Record& record, const Place& place, bool again) const {
        if (isDeadLetter(place.channel.value))
            return SpanKind::deadLetter;
        if (record.bornDelayed())
            return SpanKind::delayed;
        return again || isDeadLetter(record.value) ? SpanKind::replay : SpanKind::queued;
    }
    // The work was done before, by whichever delivery of the copy.
    bool wasDone(Ordinal ordinal, SubscriptionId subscription) {
        for (const std::size_t handling : m_handlings[ordinal])
            if (m_spans[handling].place.subscription == subscription && !m_spans[handling].open &&
                m_spans[handling].ending == RecordKind::finished)
                return true;
        return false;
    }

    void follow(const Record& record, const Place& place) {
        const auto [found, first] = m_waiting.try_emplace(Copy{record.ordinal, place.subscription}, Span::noParent);
        std::size_t& waiting = found->second;
        const std::size_t message = messageOf(record.ordinal);
        switch (record.kind) {
        case RecordKind::enqueued:
            waiting = begin(waitAtBirth(record, place, !first && record.from() == CopyState::none), record, place,
                            message);
            break;
        case RecordKind::released: {
            const bool again = waiting != Span::noParent && m_spans[waiting].kind == SpanKind::backoff;
            end(waiting, record);
            waiting = begin(again ? SpanKind::redelivery : SpanKind::queued, record, place, message);
            break;
        }
        case RecordKind::started: {
            end(waiting, record);
            const SpanKind kind =
                wasDone(record.ordinal, place.subscription) ? SpanKind::duplicate : SpanKind::handling;
            m_handlings[record.ordinal].push_back(begin(kind, record, place, message));
            break;
        }
        case RecordKind::skipped:
            endHandling(record, place);
            break;
        case RecordKind::finished:
        case RecordKind::failed:
            endHandling(record, place);
            break;
        case RecordKind::crashed:
            if (record.attempt > 0)
                endHandling(record, place);
            break;
        case RecordKind::requeued:
            if (waiting == Span::noParent) // prefetched and given back unseen: it goes on waiting
                waiting = begin(SpanKind::redelivery, record, place, message);
            break;
        case RecordKind::retryScheduled:
            end(waiting, record);
            waiting = begin(SpanKind::backoff, record, place, message);
            break;
        case RecordKind::acked:
            end(waiting, record);
            break;
        case RecordKind::deadLettered:
        case RecordKind::expired:
        case RecordKind::dropped:
        case RecordKind::purged:
        case RecordKind::lost:
            end(waiting, record);
            endHandling(record, place);
            break;
        default:
            break;
        }
    }

    bool isDuplicate(ReasonId reason) const { return reason.valid() && reason == m_catalogue.reason("duplicate"); }
    std::size_t messageOf(Ordinal ordinal) const {
        const auto message = m_messages.find(ordinal);
        return message == m_messages.end() ? Span::noParent : message->second;
    }
    std::size_t begin(SpanKind kind, const Record& record, const Place& place, std::size_t parent) {
        Span span;
        span.kind = kind;
        span.begin = span.end = record.at;
        span.open = kind != SpanKind::message;
        span.ordinal = record.ordinal;
        span.parent = parent;
        span.place = place;
        span.attempt = kind == SpanKind::message ? 0 : record.attempt;
        m_spans.push_back(span);
        return m_spans.size() - 1;
    }
    // One that was taken back goes on until its worker is done, beside the next attempt.
    void endHandling(const Record& record, const Place& place) {
        for (std::size_t handling : m_handlings[record.ordinal]) {
            Span& span = m_spans[handling];
            if (!span.open || span.place.subscription != place.subscription || span.attempt != record.attempt)
                continue;
            if (record.kind == RecordKind::skipped && isDuplicate(record.reason))
                span.kind = SpanKind::duplicate;
            end(handling, record);
        }
    }
    void end(std::size_t& index, const Record& record) {
        if (index == Span::noParent)
            return;
        Span& span = m_spans[index];
        span.end = record.at;
        span.open = false;
        span.ending = record.kind;
        span.reason = record.reason;
        index = Span::noParent;
    }

    const Catalogue& m_catalogue;
    std::vector<Span> m_spans;
    std::unordered_map<Ordinal, std::size_t> m_messages;
    std::unordered_map<Ordinal, std::vector<std::size_t>> m_handlings; // by message, the oldest first
    std::map<Copy, std::size_t> m_waiting;                   // in whichever way a copy waits
    std::unordered_map<Ordinal, std::size_t> m_held;
};

} // namespace

std::string_view name(SpanKind kind) {
    return names[static_cast<std::size_t>(kind)];
}

std::vector<Span> spans(const RecordReader& reader, const CausalTree& tree) {
    SpanFold fold(reader.catalogue());
    for (const std::uint64_t index : tree.records)
        fold.apply(reader.at(index));
    return std::move(fold).take(tree.records.empty() ? SimTime{} : reader.at(reader.end() - 1).at);
}

std::vector<Span> spans(const Catalogue& catalogue, std::span<const Record> records, SimTime now) {
    SpanFold fold(catalogue);
    for (const Record& record : records)
        fold.apply(record);
    return std::move(fold).take(now);
}

} // namespace weir

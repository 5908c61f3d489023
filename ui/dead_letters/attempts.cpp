#include "ui/dead_letters/attempts.h"

#include <algorithm>

namespace weir {
namespace {

bool endsAttempt(RecordKind kind) {
    switch (kind) {
    case RecordKind::failed:
    case RecordKind::timedOut:
    case RecordKind::nacked:
    case RecordKind::crashed:
    case RecordKind::requeued:
        return true;
    default:
        return false;
    }
}

void take(LetterHistory& history, std::uint64_t index, const Record& record, const Place& place) {
    if (record.kind == RecordKind::delivered) {
        history.attempts.push_back({.number = record.attempt, .delivered = record.at, .deliveredBy = index, .place = place});
        return;
    }
    if (history.attempts.empty())
        return;
    Attempt& last = history.attempts.back();
    if (record.kind == RecordKind::started)
        last.started = record.at;
    else if (record.kind == RecordKind::retryScheduled)
        last.backoff = Duration(record.value);
    else if (endsAttempt(record.kind) && !last.ended) { // what follows from it says no more
        last.ended = record.at;
        last.ending = record.kind;
        last.reason = record.reason;
        last.endedBy = index;
        if (!history.firstFailure)
            history.firstFailure = index;
    }
}

} // namespace

LetterHistory historyOf(const RecordReader& reader, const DeadLetter& letter) {
    LetterHistory history;
    const auto published = reader.publishedIndex(letter.ordinal);
    if (published)
        history.published = reader.at(*published).at;
    const std::uint64_t end = std::min(letter.died + 1, reader.end());
    std::uint64_t from = std::max(published.value_or(0), reader.first());
    if (end > from && end - from > historyRecordsMax) {
        from = end - historyRecordsMax;
        history.cut = true;
    }
    for (std::uint64_t index = from; index < end;) {
        const std::span<const Record> records = reader.from(index);
        for (const Record& record : records.first(std::min<std::uint64_t>(records.size(), end - index))) {
            if (record.ordinal == letter.ordinal && record.place.valid()) {
                const Place& place = reader.catalogue().place(record.place);
                if (place.channel == letter.from)
                    take(history, index, record, place);
            }
            ++index;
        }
    }
    return history;
}

} // namespace weir

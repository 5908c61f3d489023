// How a dead letter came to be: each delivery it had in the channel where it died, who had it, and how that ended.
// Gathered on demand from the records that are kept; bounded, and it says so.
#pragma once

#include "ui/dead_letters/letter_fold.h"

#include <optional>
#include <vector>

namespace weir {

struct Attempt {
    std::uint16_t number = 0;
    SimTime delivered;
    std::uint64_t deliveredBy = 0; // the record
    Place place;
    std::optional<SimTime> started;
    std::optional<SimTime> ended;
    RecordKind ending = RecordKind::delivered; // failed, timedOut, nacked, crashed ...; delivered: open
    ReasonId reason;
    std::uint64_t endedBy = 0;       // the record
    std::optional<Duration> backoff; // until the next one
};

struct LetterHistory {
    std::vector<Attempt> attempts;
    std::optional<SimTime> published;          // nothing: no longer kept
    std::optional<std::uint64_t> firstFailure; // the record of the first attempt that did not succeed
    bool cut = false;                          // a bound was reached before the death
};

inline constexpr std::uint64_t historyRecordsMax = 2'000'000; // that are looked at

LetterHistory historyOf(const RecordReader& reader, const DeadLetter& letter);

} // namespace weir

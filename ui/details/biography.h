// A message's life in words: one line per copy, saying where it is or how it ended, and why; and where its time went,
// as segments. Derived from the records of the message up to a point of the run; the same words whoever made the
// records.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/record_reader.h"
#include "core/record/spans.h"
#include "ui/theme.h"

#include <QString>

#include <span>
#include <vector>

namespace weir {

struct LifeLine {
    Tone tone = Tone::Neutral;
    QString text;
    bool open = false; // it goes on, and its words with it
    bool operator==(const LifeLine&) const = default;
};

// `records`: those of one message, in their order. `now` is the instant at which this is said.
std::vector<LifeLine> lifeOf(std::span<const Record> records, const Catalogue& catalogue, SimTime now);

// One stretch of a copy's time.
struct LifeSegment {
    QString label; // "payments: waits"
    SpanKind kind = SpanKind::queued;
    Tone tone = Tone::Neutral;
    SimTime begin, end;
    bool open = false;
    bool operator==(const LifeSegment&) const = default;
};
// Of that message, in the order in which they began; what begins after `now` and what took no
// time is left out, what goes on then is open.
std::vector<LifeSegment> segmentsOf(Ordinal message, std::span<const Span> spans, const Catalogue& catalogue,
                                    SimTime now);

} // namespace weir

// SequenceChart: what a stretch of records looks like as a sequence: each record a step on the axis of a service or
// channel, ties to the step that led to it, bars and waits along the axes. What is hidden collapses: the tie goes on to
// the nearest step that is shown, as a zigzag. Pure: records in, chart out; where on the screen is TimeScale's.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/record.h"
#include "core/record/spans.h"
#include "ui/session/selection.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace weir {

struct SequenceStep {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::uint64_t index = 0; // of the record
    Record record;
    NodeRef node;             // whose axis it stands on
    std::size_t cause = none; // an earlier step
    bool shown = true;
};

enum class SequenceTieKind : std::uint8_t { publish, route, deliver, giveBack, deadLetter, hidden };

struct SequenceTie {
    std::size_t from = 0, to = 0; // steps, both shown, on different axes (hidden: or on the same one)
    SequenceTieKind kind = SequenceTieKind::publish;
    std::uint32_t hops = 1; // hidden: how many were left out, and one
    bool operator==(const SequenceTie&) const = default;
};

// A stretch along an axis: a handling on a service's, a wait on a channel's.
struct SequenceBar {
    NodeRef node;
    SpanKind kind = SpanKind::handling;
    std::size_t from = SequenceStep::none; // steps; none: it began before the first, or has not ended
    std::size_t to = SequenceStep::none;
    SimTime begin, end; // begin is known also where its step is not
    Ordinal ordinal = 0;
    std::uint16_t attempt = 0;
    bool failed = false;
    std::uint16_t lane = 0; // beside others at the same time
};

struct SequenceChart {
    std::vector<SequenceStep> steps; // ascending by record
    std::vector<SequenceTie> ties;
    std::vector<SequenceBar> bars;
    std::size_t hidden = 0; // steps

    std::optional<std::size_t> stepOf(std::uint64_t index) const; // by record
    // The nearest shown step that led to it, and the first shown one to which it led.
    std::optional<std::size_t> causeOf(std::size_t step) const;
    std::optional<std::size_t> effectOf(std::size_t step) const;
    // The next shown one on the same axis; direction -1 or 1.
    std::optional<std::size_t> along(std::size_t step, int direction) const;
    std::optional<std::size_t> beside(std::size_t step, int direction) const; // on any axis
};

struct SequenceRecord {
    std::uint64_t index = 0;
    Record record;
};
// `shown` says whether a record, on that axis, is to be seen.
using StepFilter = std::function<bool(const SequenceRecord&, NodeRef)>;
SequenceChart sequenceChart(std::span<const SequenceRecord> records, const Catalogue& catalogue, SimTime now,
                            const StepFilter& shown);

// Where a record stands; none for what is about no message or place.
NodeRef axisOf(const Record& record, const Catalogue& catalogue);

} // namespace weir

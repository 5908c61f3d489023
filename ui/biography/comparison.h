// Two stories, step by step: what both have, how long it took in each, and what only one of them has. Steps are the same
// where event type, place, kind and attempt are; the n-th of one goes with the n-th of the other. Pure.
#pragma once

#include "ui/biography/story.h"

#include <optional>
#include <vector>

namespace weir {

struct ComparedStep {
    struct Side {
        Duration begin{}; // since the beginning of its story
        Duration length{};
        bool open = false;
        RecordKind ending = RecordKind::published; // see Span
        bool operator==(const Side&) const = default;
    };
    EventTypeId type;
    Place place;
    SpanKind kind = SpanKind::queued;
    std::uint16_t attempt = 0;
    std::optional<Side> first, second; // at least one of them

    // How much longer the second took; what only one has counts whole.
    Duration difference() const {
        return (second ? second->length : Duration::zero()) - (first ? first->length : Duration::zero());
    }
};

struct Comparison {
    std::vector<ComparedStep> steps; // by when they began, in either; without waits that took no time
    Duration firstWhole{}, secondWhole{}; // from the beginning to the last that ended
    std::optional<std::size_t> largest;   // the step that differs most; nothing where none does
};

Comparison compared(const Story& first, const Story& second);

} // namespace weir

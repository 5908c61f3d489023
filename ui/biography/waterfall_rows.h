// The rows of a waterfall: each message, below it one line a copy with all that befell it one after the other, below
// that what its handling led to. Closed rows hide what is below them, and say how much. Pure: spans in, rows out.
#pragma once

#include "core/record/spans.h"

#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace weir {

// What is closed: a message, or a copy of it. By name rather than by place, so that it stays so.
using RowKey = std::pair<Ordinal, SubscriptionId>; // the subscription is none for the message itself

struct WaterfallRow {
    RowKey key;
    std::uint32_t depth = 0;
    std::size_t message = Span::noParent; // the span of the message; none where its publish is no longer kept
    std::vector<std::size_t> segments;    // places in the spans; of a message: when it was held
    Place place;                          // of a copy
    bool opens = false;                   // there is something below it
    bool closed = false;
    std::size_t hidden = 0; // rows

    bool isCopy() const { return key.second.valid(); }
};

std::vector<WaterfallRow> waterfallRows(std::span<const Span> spans, const std::set<RowKey>& closed);

} // namespace weir

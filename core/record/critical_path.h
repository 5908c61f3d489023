// The critical path: the stretches, one after the other, that decided when a causal tree came to its end. A producer
// does not wait for its consumers: of a handling only what lay before the publish counts.
#pragma once

#include "core/record/spans.h"

#include <span>
#include <vector>

namespace weir {

struct CriticalStretch {
    std::size_t span = 0; // its place in the list
    SimTime begin;
    SimTime end; // what of the span counts
    bool operator==(const CriticalStretch&) const = default;
};

// From the root to what ended last, in the order of time. Copies that lie in a dead-letter channel end nothing.
std::vector<CriticalStretch> criticalPath(std::span<const Span> spans);

} // namespace weir

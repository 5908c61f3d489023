// Spans: where the time of a causal tree went: waiting in queues, backing off, being handled, once per attempt, each
// under the handling that caused it. For the waterfall, and for traces that are sent elsewhere. Derived on demand,
// never stored.
#pragma once

#include "core/record/causal_tree.h"

#include <optional>
#include <string_view>
#include <vector>

namespace weir {

enum class SpanKind : std::uint8_t {
    message,  // from publish to the last record of the message
    delayed,  // a copy waits for its delay
    queued,   // a copy waits to be started
    backoff,  // a copy waits for its next attempt
    handling, // a worker has it in hand
};
std::string_view name(SpanKind kind);

struct Span {
    static constexpr std::size_t noParent = static_cast<std::size_t>(-1);

    SpanKind kind = SpanKind::message;
    SimTime begin;
    SimTime end;       // the last that was seen, where it is open
    bool open = false; // it had not ended when the records end
    Ordinal ordinal = 0;
    std::size_t parent = noParent; // its place in the list; before its children
    Place place;
    std::uint16_t attempt = 0;
    RecordKind ending = RecordKind::published; // the record that ended it: started, finished, failed, deadLettered ...
    ReasonId reason;                           // of that record
    bool operator==(const Span&) const = default;
};

// In the order in which they began; a parent stands before its children. A message's parent is the handling that
// published it, or its cause's message span where none was at work (a source, an outbox).
std::vector<Span> spans(const RecordReader& reader, const CausalTree& tree);

} // namespace weir

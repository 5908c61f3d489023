// Spans: where the time of a causal tree went: waiting in queues, backing off, being handled, once per attempt, each
// under the handling that caused it. For the waterfall, and for traces that are sent elsewhere. Derived on demand,
// never stored.
#pragma once

#include "core/record/causal_tree.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace weir {

enum class SpanKind : std::uint8_t {
    message,    // from publish to the last record of the message
    held,       // its producer waits for room, or a rate limit delays it
    delayed,    // a copy waits for its delay
    queued,     // a copy waits to be started
    redelivery, // a copy that was delivered before waits again, to be delivered once more
    replay,     // a copy waits that came again: out of dead letters, or read anew from a stream
    deadLetter, // a copy lies in a dead-letter channel
    backoff,    // a copy waits for its next attempt
    handling,   // a worker has it in hand
    duplicate,  // a worker has in hand what was done before: done twice, or passed over as known
};
inline constexpr std::size_t spanKindCount = static_cast<std::size_t>(SpanKind::duplicate) + 1;
std::string_view name(SpanKind kind);
// A worker is busy with it; else it waits.
inline bool isWork(SpanKind kind) { return kind == SpanKind::handling || kind == SpanKind::duplicate; }

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
// The same of records at hand, those of a tree in their order; `now`: what is open lasts until then.
std::vector<Span> spans(const Catalogue& catalogue, std::span<const Record> records, SimTime now);

} // namespace weir

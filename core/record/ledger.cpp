#include "core/record/ledger.h"

#include <array>
#include <cassert>

namespace weir {
namespace {

using CopyCount = std::int64_t CopyCounts::*;

// Where a kind takes a copy from and to. (A flag, not a null pointer to member, says that a kind moves none: g++ 12
// lays out null ones in constant tables as if they pointed to the first member.)
struct Move {
    bool moves = false;
    bool recorded = false; // from Record::from, else from `from`
    CopyState from = CopyState::none;
    CopyCount to = &CopyCounts::born;
};

constexpr std::array<Move, recordKindCount> moves = [] {
    std::array<Move, recordKindCount> table{};
    const auto anywhere = [&table](RecordKind kind, CopyCount to) {
        table[static_cast<std::size_t>(kind)] = Move{true, true, CopyState::none, to};
    };
    const auto from = [&table](RecordKind kind, CopyState state, CopyCount to) {
        table[static_cast<std::size_t>(kind)] = Move{true, false, state, to};
    };
    from(RecordKind::sent, CopyState::none, &CopyCounts::inTransit);
    anywhere(RecordKind::enqueued, &CopyCounts::ready);
    from(RecordKind::released, CopyState::delayed, &CopyCounts::ready);
    from(RecordKind::delivered, CopyState::ready, &CopyCounts::inFlight);
    from(RecordKind::acked, CopyState::inFlight, &CopyCounts::acked);
    from(RecordKind::requeued, CopyState::inFlight, &CopyCounts::ready);
    from(RecordKind::retryScheduled, CopyState::inFlight, &CopyCounts::delayed);
    anywhere(RecordKind::deadLettered, &CopyCounts::deadLettered);
    anywhere(RecordKind::expired, &CopyCounts::expired);
    anywhere(RecordKind::dropped, &CopyCounts::dropped);
    anywhere(RecordKind::purged, &CopyCounts::purged);
    anywhere(RecordKind::lost, &CopyCounts::lost);
    return table;
}();

// By CopyState; leaving `none` is being born.
constexpr std::array<CopyCount, 5> leaving{&CopyCounts::born, &CopyCounts::inTransit, &CopyCounts::delayed,
                                           &CopyCounts::ready, &CopyCounts::inFlight};

} // namespace

bool MessageCounts::closed() const {
    return published == refused + deduplicated + unroutable + held + routed && refused >= 0 && deduplicated >= 0 &&
           unroutable >= 0 && held >= 0 && routed >= 0;
}

void CopyCounts::apply(const Record& record) {
    const Move& move = moves[static_cast<std::size_t>(record.kind)];
    if (!move.moves)
        return;
    // A late ack takes a copy from where it waits for its next delivery.
    const bool recorded = move.recorded || (record.kind == RecordKind::acked && record.from() != CopyState::none);
    const CopyState from = recorded ? record.from() : move.from;
    assert(static_cast<std::size_t>(from) < leaving.size());
    this->*leaving[static_cast<std::size_t>(from)] += from == CopyState::none ? 1 : -1;
    if (record.kind == RecordKind::enqueued && record.bornDelayed())
        ++delayed;
    else
        ++(this->*move.to);
}

std::int64_t CopyCounts::outcomes() const {
    return inTransit + delayed + ready + inFlight + acked + deadLettered + expired + dropped + purged + lost;
}

bool CopyCounts::closed() const {
    return born == outcomes() && inTransit >= 0 && delayed >= 0 && ready >= 0 && inFlight >= 0 && acked >= 0 &&
           deadLettered >= 0 && expired >= 0 && dropped >= 0 && purged >= 0 && lost >= 0;
}

void Ledger::apply(const Record& record) {
    switch (record.kind) {
    case RecordKind::published:
        ++messages.published;
        ++messages.held;
        break;
    case RecordKind::refused:
        --messages.held;
        ++messages.refused;
        break;
    case RecordKind::deduplicated:
        --messages.held;
        ++messages.deduplicated;
        break;
    case RecordKind::unroutable:
        --messages.held;
        ++messages.unroutable;
        break;
    case RecordKind::routed:
        --messages.held;
        ++messages.routed;
        break;
    case RecordKind::effectLost:
        ++effectsLost;
        break;
    default:
        copies.apply(record);
    }
}

} // namespace weir

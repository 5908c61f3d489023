#include "core/record/ledger.h"

#include <array>

namespace weir {
namespace {

using CopyCount = std::int64_t CopyCounts::*;

// Where a kind takes a copy from and to. Kinds that move no copy have no `to`.
struct Move {
    enum class From : std::uint8_t { recorded, fixed } source = From::recorded;
    CopyState from = CopyState::none; // where it is fixed
    CopyCount to = nullptr;
};

constexpr std::array<Move, recordKindCount> moves = [] {
    std::array<Move, recordKindCount> table{};
    const auto set = [&table](RecordKind kind, CopyCount to) { table[static_cast<std::size_t>(kind)].to = to; };
    const auto setFrom = [&table](RecordKind kind, CopyState from, CopyCount to) {
        table[static_cast<std::size_t>(kind)] = Move{Move::From::fixed, from, to};
    };
    setFrom(RecordKind::sent, CopyState::none, &CopyCounts::inTransit);
    set(RecordKind::enqueued, &CopyCounts::ready);
    setFrom(RecordKind::released, CopyState::delayed, &CopyCounts::ready);
    setFrom(RecordKind::delivered, CopyState::ready, &CopyCounts::inFlight);
    setFrom(RecordKind::acked, CopyState::inFlight, &CopyCounts::acked);
    setFrom(RecordKind::requeued, CopyState::inFlight, &CopyCounts::ready);
    setFrom(RecordKind::retryScheduled, CopyState::inFlight, &CopyCounts::delayed);
    set(RecordKind::deadLettered, &CopyCounts::deadLettered);
    set(RecordKind::expired, &CopyCounts::expired);
    set(RecordKind::dropped, &CopyCounts::dropped);
    set(RecordKind::purged, &CopyCounts::purged);
    set(RecordKind::lost, &CopyCounts::lost);
    return table;
}();

// Leaving `none` is being born.
constexpr std::array<CopyCount, 8> leaving{
    nullptr, &CopyCounts::inTransit, &CopyCounts::delayed, &CopyCounts::ready, &CopyCounts::inFlight, nullptr, nullptr,
    nullptr};

} // namespace

bool MessageCounts::closed() const {
    return published == refused + deduplicated + unroutable + held + routed && refused >= 0 && deduplicated >= 0 &&
           unroutable >= 0 && held >= 0 && routed >= 0;
}

void CopyCounts::apply(const Record& record) {
    const Move& move = moves[static_cast<std::size_t>(record.kind)];
    if (!move.to)
        return;
    const CopyState from = move.source == Move::From::fixed ? move.from : record.from();
    if (const CopyCount left = leaving[static_cast<std::size_t>(from)])
        --(this->*left);
    else
        ++born;
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

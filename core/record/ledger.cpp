#include "core/record/ledger.h"

#include "core/record/copy_move.h"

namespace weir {

bool MessageCounts::closed() const {
    return published == refused + deduplicated + unroutable + held + routed && refused >= 0 && deduplicated >= 0 &&
           unroutable >= 0 && held >= 0 && routed >= 0;
}

void CopyCounts::apply(const Record& record) {
    if (CopyMove::isMade(record.kind))
        CopyMove::of(record).applyTo(*this);
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

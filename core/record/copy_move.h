// CopyMove: what a record does to counts of copies: out of one of them, into another. Worked out once for all the counts
// that it changes.
#pragma once

#include "core/record/ledger.h"
#include "core/record/record.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace weir {

class CopyMove {
  public:
    // Whether the kind moves a copy at all; only then there is a CopyMove of such a record.
    static bool isMade(RecordKind kind) { return rules[static_cast<std::size_t>(kind)].moves; }
    static CopyMove of(const Record& record) {
        const Rule& rule = rules[static_cast<std::size_t>(record.kind)];
        assert(rule.moves);
        const CopyState own = record.from();
        const CopyState from = rule.reads && own != CopyState::none ? own : rule.from;
        assert(static_cast<std::size_t>(from) < leaving.size());
        CopyMove move;
        move.m_from = leaving[static_cast<std::size_t>(from)];
        move.m_taken = from == CopyState::none ? 1 : -1;
        move.m_to = record.kind == RecordKind::enqueued && record.bornDelayed() ? &CopyCounts::delayed : rule.to;
        return move;
    }
    void applyTo(CopyCounts& counts) const {
        counts.*m_from += m_taken;
        ++(counts.*m_to);
    }

  private:
    using Count = std::int64_t CopyCounts::*;
    // (A flag, not a null pointer to member, says that a kind moves none: g++ 12 lays out null ones in constant tables as
    // if they pointed to the first member.)
    struct Rule {
        bool moves = false;
        bool reads = false; // the record says from where, unless it says none
        CopyState from = CopyState::none;
        Count to = &CopyCounts::born;
    };
    static constexpr std::array<Rule, recordKindCount> makeRules() {
        std::array<Rule, recordKindCount> table{};
        const auto rule = [&table](RecordKind kind, bool reads, CopyState from, Count to) {
            table[static_cast<std::size_t>(kind)] = Rule{true, reads, from, to};
        };
        rule(RecordKind::sent, false, CopyState::none, &CopyCounts::inTransit);
        rule(RecordKind::enqueued, true, CopyState::none, &CopyCounts::ready);
        rule(RecordKind::released, false, CopyState::delayed, &CopyCounts::ready);
        rule(RecordKind::delivered, false, CopyState::ready, &CopyCounts::inFlight);
        rule(RecordKind::acked, true, CopyState::inFlight, &CopyCounts::acked); // a late one: from where it waits again
        rule(RecordKind::requeued, false, CopyState::inFlight, &CopyCounts::ready);
        rule(RecordKind::retryScheduled, false, CopyState::inFlight, &CopyCounts::delayed);
        rule(RecordKind::deadLettered, true, CopyState::none, &CopyCounts::deadLettered);
        rule(RecordKind::expired, true, CopyState::none, &CopyCounts::expired);
        rule(RecordKind::dropped, true, CopyState::none, &CopyCounts::dropped);
        rule(RecordKind::purged, true, CopyState::none, &CopyCounts::purged);
        rule(RecordKind::lost, true, CopyState::none, &CopyCounts::lost);
        return table;
    }
    static const std::array<Rule, recordKindCount> rules;
    // By CopyState; leaving `none` is being born.
    static constexpr std::array<Count, 5> leaving{&CopyCounts::born, &CopyCounts::inTransit, &CopyCounts::delayed,
                                                  &CopyCounts::ready, &CopyCounts::inFlight};

    Count m_from = &CopyCounts::born;
    Count m_to = &CopyCounts::born;
    std::int64_t m_taken = 0;
};

inline constexpr std::array<CopyMove::Rule, recordKindCount> CopyMove::rules = CopyMove::makeRules();

} // namespace weir

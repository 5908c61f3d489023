// Fingerprint: 64 bits over every fact of a run, in order: time, kind, names, ordinal, attempt, offset, reason, value
// and payload. Two runs with the same fingerprint told the same story. It never sees an id's number (numbering may
// change), prose or anything that only a view would know.
#pragma once

#include "core/kernel/hash.h"
#include "core/record/catalogue.h"
#include "core/record/record.h"

#include <cstdint>
#include <span>
#include <string>

namespace weir {

class Fingerprint {
  public:
    // `payloadHash` is the hash of a published message's canonical payload, 0 where it has none.
    void add(const Record& record, const Catalogue& catalogue, std::uint64_t payloadHash) {
        add(record, catalogue, record.place.valid() ? catalogue.places()[record.place.index()].nameHash : 0,
            payloadHash);
    }
    // The same where the hash of its place's names is at hand; 0 where it has no place. Inlined always: every record of
    // a run goes through it.
    [[gnu::always_inline]] void add(const Record& record, const Catalogue& catalogue, std::uint64_t place,
                                    std::uint64_t payloadHash) {
        std::uint64_t value = static_cast<std::uint64_t>(record.value);
        std::uint64_t detail = (static_cast<std::uint64_t>(record.extra) << 32) | record.attempt;
        if (saysOtherwise(record.kind)) {
            switch (record.kind) {
            case RecordKind::published: // emit sites are numbered by the compiler; the payload tells what was emitted
                detail = 0;
                break;
            case RecordKind::appended:
            case RecordKind::enqueued:
            case RecordKind::deadLettered:
            case RecordKind::purged: // the value is a channel's index
                value = record.value < 0 ? 0 : catalogue.channels()[static_cast<std::size_t>(record.value)].nameHash;
                break;
            case RecordKind::stateChanged:
                detail = record.extra == Catalogue::noSlot ? 0 : catalogue.stateSlots()[record.extra].nameHash;
                break;
            default:
                break;
            }
        }
        const std::uint64_t kind = static_cast<std::uint64_t>(record.kind) << 8 | record.bits;
        const std::uint64_t type = record.type.valid() ? catalogue.eventTypes()[record.type.index()].nameHash : 0;
        const std::uint64_t reason = record.reason.valid() ? catalogue.reasons()[record.reason.index()].nameHash : 0;
        // Four independent products run in parallel; only the last step waits for the record before.
        const std::uint64_t fact =
            foldedProduct(static_cast<std::uint64_t>(record.at.time_since_epoch().count()) ^ 0x9e3779b97f4a7c15ULL,
                          record.ordinal ^ 0xa0761d6478bd642fULL) ^
            foldedProduct(value ^ 0xe7037ed1a0b428dbULL, detail ^ 0x8ebc6af09c88c6e3ULL) ^
            foldedProduct(place ^ 0x589965cc75374cc3ULL, type ^ 0x1d8e4e27c47d124fULL) ^
            foldedProduct(reason ^ 0xeb44accab455d165ULL, (payloadHash + kind) ^ 0x2d358dccaa6c78a5ULL);
        m_state = mix64(m_state ^ fact) + kind;
    }
    std::uint64_t value() const { return m_state; }
    bool operator==(const Fingerprint&) const = default;

    // Of replications: over their fingerprints in index order.
    static std::uint64_t combine(std::span<const std::uint64_t> children) {
        std::uint64_t hash = mix64(children.size());
        for (const std::uint64_t child : children)
            hash = mix64(hash ^ mix64(child)) + 0x9e3779b97f4a7c15ULL;
        return hash;
    }

  private:
    // Kinds of which not all that a record holds, or something else instead, is the fact.
    static bool saysOtherwise(RecordKind kind) {
        constexpr auto bit = [](RecordKind each) { return std::uint64_t{1} << static_cast<unsigned>(each); };
        constexpr std::uint64_t those = bit(RecordKind::published) | bit(RecordKind::appended) |
                                        bit(RecordKind::enqueued) | bit(RecordKind::deadLettered) |
                                        bit(RecordKind::purged) | bit(RecordKind::stateChanged);
        static_assert(recordKindCount <= 64);
        return (those >> static_cast<unsigned>(kind) & 1U) != 0;
    }

    std::uint64_t m_state = 0x243f6a8885a308d3ULL;
};

// 16 hex digits, as files and the command line show it.
std::string fingerprintText(std::uint64_t fingerprint);

} // namespace weir

#include "core/record/record_fold.h"

#include "core/kernel/prefetch.h"

#include <utility>

namespace weir {
namespace {

// What is known of so many places stays near anyway.
constexpr std::size_t placesNear = 512;

} // namespace

RecordFold::RecordFold(std::shared_ptr<const Catalogue> catalogue, std::shared_ptr<RecordStore> store)
    : m_catalogue(std::move(catalogue)), m_store(std::move(store)) {}

void RecordFold::add(std::span<const AppendedRecord> records) {
    if (m_catalogue->places().size() > placesNear)
        addFar(records);
    else
        for (const AppendedRecord& each : records)
            addOne(each, placeOf(each.record));
}

const PlaceRow& RecordFold::placeOf(const Record& record) const {
    static constexpr PlaceRow nowhere;
    return record.place.valid() ? m_catalogue->places()[record.place.index()] : nowhere;
}

inline void RecordFold::addOne(const AppendedRecord& each, const PlaceRow& place) {
    if (m_store)
        m_store->append(each.record, m_head, m_fingerprint.value());
    m_fingerprint.add(each.record, *m_catalogue, place.nameHash, each.payloadHash);
    m_head.apply(each.record, *m_catalogue, place.place);
}

// Most of what a record changes is not near; while others are folded, it comes.
void RecordFold::addFar(std::span<const AppendedRecord> records) {
    constexpr std::size_t near = 6, far = 12, farthest = 20; // records ahead
    const std::size_t count = records.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (i + farthest < count)
            prefetch(&placeOf(records[i + farthest].record));
        if (i + far < count)
            m_head.foresee(records[i + far].record, placeOf(records[i + far].record).place);
        if (i + near < count)
            m_head.foreseeNear(records[i + near].record, placeOf(records[i + near].record).place);
        addOne(records[i], placeOf(records[i].record));
    }
}

void RecordFold::adopt(const Fingerprint& fingerprint, const Picture& head) {
    m_fingerprint = fingerprint;
    m_head = head;
}

} // namespace weir

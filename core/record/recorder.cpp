#include "core/record/recorder.h"

namespace weir {

Recorder::Recorder(std::shared_ptr<const Catalogue> catalogue, Options options)
    : m_catalogue(std::move(catalogue)),
      m_store(options.recordsMax == 0 ? nullptr : std::make_shared<RecordStore>(m_catalogue, options.recordsMax)) {}

// Each of these ends in the next one, so that a record costs no more calls than it has to.
void Recorder::append(const Record& record, std::uint64_t payloadHash) {
    if (m_store)
        keep(record, payloadHash);
    else
        fold(record, payloadHash);
}

void Recorder::keep(const Record& record, std::uint64_t payloadHash) {
    m_store->append(record, m_head, m_fingerprint.value());
    fold(record, payloadHash);
}

inline void Recorder::fold(const Record& record, std::uint64_t payloadHash) {
    static constexpr PlaceRow nowhere;
    const Catalogue& catalogue = *m_catalogue;
    const PlaceRow& place = record.place.valid() ? catalogue.places()[record.place.index()] : nowhere;
    m_fingerprint.add(record, catalogue, place.nameHash, payloadHash);
    m_head.apply(record, catalogue, place.place);
}

void Recorder::rewind(const Mark& mark) {
    if (m_store && mark.head.index() < m_head.index())
        m_store->cut(mark.head.index());
    m_fingerprint = mark.fingerprint;
    m_head = mark.head;
}

Recorder Recorder::scratch(const Mark& mark) const {
    Recorder copy(m_catalogue, {.recordsMax = 0});
    copy.rewind(mark);
    return copy;
}

Recorder Recorder::forked(const Mark& mark, std::shared_ptr<const Catalogue> catalogue,
                          const RecordStore* excerpt) const {
    Recorder fork(catalogue, {.recordsMax = 0});
    fork.rewind(mark);
    if (m_store)
        fork.m_store = (excerpt ? excerpt : m_store.get())->forked(mark.head.index(), std::move(catalogue));
    return fork;
}

Recorder Recorder::again(const Mark& mark) const {
    Recorder copy = scratch(mark);
    if (m_store)
        copy.m_store = std::make_shared<RecordStore>(*m_store, mark.head.index());
    return copy;
}

std::size_t Recorder::memoryBytes() const {
    return m_head.memoryBytes() + (m_store ? m_store->memoryBytes() : 0);
}

} // namespace weir

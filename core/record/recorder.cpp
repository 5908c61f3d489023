#include "core/record/recorder.h"

namespace weir {

Recorder::Recorder(std::shared_ptr<const Catalogue> catalogue, Options options)
    : m_catalogue(std::move(catalogue)),
      m_store(options.recordsMax == 0 ? nullptr : std::make_shared<RecordStore>(m_catalogue, options.recordsMax)) {}

void Recorder::append(const Record& record, std::uint64_t payloadHash) {
    if (m_store)
        m_store->append(record, m_head, m_fingerprint.value());
    m_fingerprint.add(record, *m_catalogue, payloadHash);
    m_head.apply(record, *m_catalogue);
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

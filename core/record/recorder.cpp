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

std::size_t Recorder::memoryBytes() const {
    return m_head.memoryBytes() + (m_store ? m_store->memoryBytes() : 0);
}

} // namespace weir

#include "ui/session/past_records.h"

#include "ui/session/simulation_worker.h"

#include <algorithm>

namespace weir {

Result<PastRecords::Excerpt> PastRecords::with(std::uint64_t from, std::uint64_t record, SimulationWorker& worker) {
    const auto found = std::find_if(m_excerpts.begin(), m_excerpts.end(), [&](const Excerpt& excerpt) {
        return from >= excerpt.reader->first() && record < excerpt.reader->end();
    });
    if (found != m_excerpts.end()) {
        std::rotate(m_excerpts.begin(), found, found + 1);
        return m_excerpts.front();
    }
    Result<std::shared_ptr<const RecordStore>> made = worker.excerpt(from, record);
    if (!made)
        return made.error();
    if (m_excerpts.size() == excerptsMax)
        m_excerpts.pop_back();
    m_excerpts.insert(m_excerpts.begin(), {*made, std::make_shared<RecordReader>(*made)});
    return m_excerpts.front();
}

} // namespace weir

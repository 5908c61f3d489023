#include "ui/session/past_records.h"

#include "ui/session/simulation_worker.h"

#include <algorithm>

namespace weir {

PastRecords::Excerpts::iterator PastRecords::find(std::uint64_t from, std::uint64_t record) {
    return std::find_if(m_excerpts.begin(), m_excerpts.end(), [&](const Excerpt& excerpt) {
        return from >= excerpt.reader->first() && record < excerpt.reader->end();
    });
}

void PastRecords::whenNear(std::optional<std::uint64_t> evicted, SimulationWorker& worker, std::function<void()> then) {
    if (!evicted || find(*evicted, *evicted) != m_excerpts.end())
        then();
    else
        m_errand.begin(Errand::Kind::place,
                       {.isShort = [&worker, record = *evicted] { return worker.isNearExcerpt(record); },
                        .goOn = [&worker, record = *evicted] { worker.goNearerExcerpt(record); }},
                       std::move(then));
}

Result<PastRecords::Excerpt> PastRecords::with(std::uint64_t from, std::uint64_t record, SimulationWorker& worker) {
    const auto found = find(from, record);
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

std::optional<std::uint64_t> evictedAt(SimTime time, const RecordReader& kept, const RecordStore& store) {
    if (kept.first() == 0 || kept.at(kept.first()).at <= time)
        return std::nullopt;
    const std::vector<RecordStore::Gone> gone = store.gone();
    const auto beyond = std::partition_point(gone.begin(), gone.end(),
                                             [time](const RecordStore::Gone& each) { return each.firstAt <= time; });
    const auto chunk = static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(beyond - gone.begin() - 1, 0));
    return chunk * RecordChunk::capacity;
}

} // namespace weir

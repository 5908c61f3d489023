// The part of the session that looks back further than records are kept: what was evicted from a simulated run is made
// again, and read in its place.
#include "ui/session/past_records.h"
#include "ui/session/session.h"
#include "ui/session/simulation_worker.h"

#include <algorithm>

namespace weir {
namespace {

SimTime after(SimTime time) {
    return time == SimTime::max() ? time : time + Duration{1};
}

} // namespace

std::uint64_t Session::firstRecord() const {
    return m_worker ? 0 : m_reader->first();
}

// The reader that has that record; where it cannot be had any more, that of those that are kept.
RecordReader& Session::readerAt(std::uint64_t index) {
    if (!m_worker || index >= m_reader->first())
        return *m_reader;
    const Result<PastRecords::Excerpt> excerpt = m_past->at(index, *m_worker);
    if (excerpt)
        return *excerpt->reader;
    Q_EMIT lookedBackInVain(excerpt.error());
    return *m_reader;
}

// Of the first record that comes after that instant.
std::uint64_t Session::indexAfter(SimTime time) {
    const std::optional<std::uint64_t> evicted = m_worker ? evictedAt(time, *m_reader, *m_store) : std::nullopt;
    if (!evicted)
        return m_reader->indexAt(after(time));
    const RecordReader& reader = readerAt(*evicted);
    return &reader == m_reader.get() ? m_reader->first() : reader.indexAt(after(time));
}

// Of the last record before that index.
SimTime Session::timeBefore(std::uint64_t index) {
    if (index == 0)
        return {};
    // What the first record that is kept was folded onto knows the time: nothing need be made again for that.
    RecordReader& reader = index == m_reader->first() ? *m_reader : readerAt(index - 1);
    return index > reader.first() ? reader.at(index - 1).at : reader.picture(reader.first()).time();
}

// Where the playhead is, everybody reads; what cannot be made again is passed over.
void Session::takeExcerpt() {
    if (!m_worker)
        return;
    if (m_playhead < m_reader->first() && &readerAt(m_playhead) == m_reader.get())
        m_playhead = m_reader->first();
    if (m_playhead >= m_reader->first()) {
        m_pastReader.reset();
        m_store->showExcerpt(nullptr);
        return;
    }
    const Result<PastRecords::Excerpt> excerpt = m_past->at(m_playhead, *m_worker);
    if (!excerpt)
        return; // it was there a moment ago
    m_pastReader = excerpt->reader;
    m_store->showExcerpt(excerpt->store);
}

// A run in which nothing was left to do can be changed just before its end: then there is.
Boundary Session::commandBoundary() const {
    const SimulationWorker::Head head = m_worker->head();
    const bool idle = head.stopped && head.reason == m_worker->model()->reasons.idle;
    return idle && m_playhead == head.records ? Boundary{m_playhead - 1, m_playTime} : boundary();
}

// A run of its own from there on; null where what lies before it cannot be made again.
std::unique_ptr<SimulationWorker> Session::branchAt(const Boundary& boundary) {
    const std::uint64_t kept = m_reader->first();
    if (kept == 0 || boundary.records > kept)
        return m_worker->forked(boundary, nullptr);
    const std::uint64_t last = boundary.records - std::min<std::uint64_t>(boundary.records, 1);
    if (&readerAt(last) == m_reader.get())
        return nullptr;
    const Result<PastRecords::Excerpt> excerpt = m_past->with(m_worker->commandStart(last), last, *m_worker);
    return excerpt ? m_worker->forked(boundary, excerpt->store) : nullptr;
}

} // namespace weir

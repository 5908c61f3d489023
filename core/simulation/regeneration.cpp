#include "core/simulation/regeneration.h"

#include "core/record/record_reader.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

namespace weir {
namespace {

constexpr std::uint64_t chunk = RecordChunk::capacity;
constexpr std::uint64_t dueUsual = 4096; // records that it makes at most

// Where the run's chunk that begins with that record began, as far as fingerprints tell.
std::uint64_t fingerprintBefore(std::uint64_t index, const RecordStore& run) {
    const std::vector<RecordStore::Gone> gone = run.gone();
    if (index / chunk < gone.size())
        return gone[index / chunk].fingerprintBefore;
    for (const RecordStore::Entry& entry : run.entries())
        if (entry.chunk->firstIndex() == index)
            return entry.chunk->fingerprintBefore();
    return 0;
}

Error different(std::uint64_t index) {
    return {"records", "need to come out as before when they are made again",
            "other ones before record " + std::to_string(index)};
}

} // namespace

// To so many records before that one, or as far as the snapshot is already.
Regeneration::WayThere Regeneration::goThere(std::uint64_t record, std::uint64_t before, const Snapshot& from,
                                             const Journal& journal, const Recorder& run) {
    WayThere way{from.simulation, from.mark, from.commands};
    if (record <= before)
        return way;
    Recorder recorder = run.scratch(from.mark);
    way.commands = runTo({.records = record - before, .at = {}}, way.simulation, recorder, journal, way.commands);
    way.reached = recorder.mark();
    return way;
}

// On the way there nothing is kept. A due seldom makes more than a few records, and never as many as a chunk holds.
Regeneration::WayThere Regeneration::goThere(std::uint64_t record, const Snapshot& from, const Journal& journal,
                                             const Recorder& run) {
    WayThere way = goThere(record, dueUsual, from, journal, run);
    return way.reached.head.index() < record ? std::move(way) : goThere(record, chunk, from, journal, run);
}

Regeneration::Regeneration(const EvictedStretch& stretch, const Snapshot& from, const Journal& journal,
                           const Recorder& run)
    : m_stretch(stretch), m_journal(journal), m_run(run), m_way(goThere(stretch.begin, from, journal, run)),
      m_again(run.again(m_way.reached)) {
    assert(stretch.begin % chunk == 0 && stretch.end % chunk == 0 && stretch.begin < stretch.end);
    assert(from.mark.head.index() <= stretch.begin && stretch.end <= run.evicted());
}

bool Regeneration::complete() const {
    return m_again.head().index() >= m_stretch.end || m_way.simulation.stopped();
}

void Regeneration::goOn(std::uint64_t records) {
    const std::uint64_t made = m_again.head().index();
    if (made < m_stretch.end)
        m_way.commands = runTo({.records = made + std::min(records, m_stretch.end - made), .at = {}}, m_way.simulation,
                               m_again, m_journal, m_way.commands);
}

Result<std::shared_ptr<const RecordStore>> Regeneration::result() {
    goOn(m_stretch.end);
    const std::shared_ptr<const RecordStore> made = m_again.store();
    const RecordReader reader(made, RecordReader::Extent::made);
    if (reader.first() > m_stretch.begin || m_again.head().index() < m_stretch.end)
        return different(m_stretch.end);
    for (std::uint64_t index = m_stretch.begin; index <= m_stretch.end; index += chunk) {
        const std::uint64_t now = index < reader.end() ? reader.fingerprintBefore(index) : m_again.fingerprint();
        if (now != fingerprintBefore(index, *m_run.store()))
            return different(index);
    }
    made->showAsAsked();
    made->show(m_stretch.end);
    return made;
}

Result<std::shared_ptr<const RecordStore>> regenerate(const EvictedStretch& stretch, const Snapshot& from,
                                                      const Journal& journal, const Recorder& run) {
    return Regeneration(stretch, from, journal, run).result();
}

} // namespace weir

#include "core/simulation/regeneration.h"

#include "core/record/record_reader.h"

#include <cassert>
#include <string>

namespace weir {
namespace {

constexpr std::uint64_t chunk = RecordChunk::capacity;

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

Result<std::shared_ptr<const RecordStore>> regenerate(const EvictedStretch& stretch, const Snapshot& from,
                                                      const Journal& journal, const Recorder& run) {
    assert(stretch.begin % chunk == 0 && stretch.end % chunk == 0 && stretch.begin < stretch.end);
    assert(from.mark.head.index() <= stretch.begin && stretch.end <= run.evicted());
    Simulation simulation = from.simulation;
    std::size_t commands = from.commands;
    // On the way there nothing is kept. A due makes far fewer records than a chunk holds, so this ends in time.
    Recorder onTheWay = run.scratch(from.mark);
    if (stretch.begin > chunk)
        commands = runTo({.records = stretch.begin - chunk, .at = {}}, simulation, onTheWay, journal, commands);
    Recorder again = run.again(onTheWay.mark());
    runTo({.records = stretch.end, .at = {}}, simulation, again, journal, commands);

    const std::shared_ptr<const RecordStore> made = again.store();
    const RecordReader reader(made, RecordReader::Extent::made);
    if (reader.first() > stretch.begin || again.head().index() < stretch.end)
        return different(stretch.end);
    for (std::uint64_t index = stretch.begin; index <= stretch.end; index += chunk) {
        const std::uint64_t now = index < reader.end() ? reader.fingerprintBefore(index) : again.fingerprint();
        if (now != fingerprintBefore(index, *run.store()))
            return different(index);
    }
    made->showAsAsked();
    made->show(stretch.end);
    return made;
}

} // namespace weir

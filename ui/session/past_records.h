// PastRecords: what was evicted from a run's records, made again where somebody goes back to it. Keeps the excerpts
// that were asked for last: the one in which the playhead is, and one for where it is on its way to. What lies far from
// any snapshot is approached in slices. The owner's thread.
#pragma once

#include "core/record/record_reader.h"
#include "core/result.h"
#include "ui/session/errand.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace weir {

class SimulationWorker;

class PastRecords {
  public:
    static constexpr std::size_t excerptsMax = 2;

    struct Excerpt {
        std::shared_ptr<const RecordStore> store;
        std::shared_ptr<RecordReader> reader;
    };
    // The one that has that record, and all from `from` on. An error: they could not be made again.
    Result<Excerpt> at(std::uint64_t record, SimulationWorker& worker) { return with(record, record, worker); }
    Result<Excerpt> with(std::uint64_t from, std::uint64_t record, SimulationWorker& worker);

    // Does that when it takes little to have the record, which is at once where nothing is to be made again. The worker
    // stays as long as this does.
    void whenNear(std::optional<std::uint64_t> evicted, SimulationWorker& worker, std::function<void()> then);
    Errand& errand() { return m_errand; }

  private:
    using Excerpts = std::vector<Excerpt>;
    Excerpts::iterator find(std::uint64_t from, std::uint64_t record);

    Excerpts m_excerpts; // the one asked for last stands first
    Errand m_errand;
};

// The first record of the chunk in which that instant lies, where that was evicted.
std::optional<std::uint64_t> evictedAt(SimTime time, const RecordReader& kept, const RecordStore& store);

} // namespace weir

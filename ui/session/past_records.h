// PastRecords: what was evicted from a run's records, made again where somebody goes back to it. Keeps the excerpts
// that were asked for last: the one in which the playhead is, and one for where it is on its way to. The owner's
// thread.
#pragma once

#include "core/record/record_reader.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
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

  private:
    std::vector<Excerpt> m_excerpts; // the one asked for last stands first
};

} // namespace weir

// Evicted records of a simulated run, made again from a snapshot: the same run once more, so that they come out bit for
// bit, which is checked chunk by chunk against the fingerprints that were taken when they were first made.
#pragma once

#include "core/result.h"
#include "core/simulation/snapshots.h"

#include <cstdint>
#include <memory>

namespace weir {

// Whole chunks: multiples of RecordChunk::capacity, begin < end.
struct EvictedStretch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0; // no later than what `run` still keeps
};

// `from` lies at or before the stretch; `run` is the recorder it was evicted from. What comes back may begin a little
// earlier, and shows nothing beyond the end. An error ("records"): they did not come out the same.
Result<std::shared_ptr<const RecordStore>> regenerate(const EvictedStretch& stretch, const Snapshot& from,
                                                      const Journal& journal, const Recorder& run);

} // namespace weir

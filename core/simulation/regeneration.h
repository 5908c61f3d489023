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
    bool operator==(const EvictedStretch&) const = default;
};

// In steps, for who has no time to wait.
class Regeneration {
  public:
    // `from` lies at or before the stretch, and the run is gone through from there to it at once; `run` is the recorder
    // it was evicted from. Journal and recorder stay where they are as long as this does.
    Regeneration(const EvictedStretch& stretch, const Snapshot& from, const Journal& journal, const Recorder& run);

    const EvictedStretch& stretch() const { return m_stretch; }
    bool complete() const;            // all records are made
    void goOn(std::uint64_t records); // makes so many more, or a few above that
    // What is left is made at once. What comes back may begin a little earlier than the stretch, and shows nothing
    // beyond its end. An error ("records"): they did not come out the same.
    Result<std::shared_ptr<const RecordStore>> result();

  private:
    struct WayThere {
        Simulation simulation;
        Recorder::Mark reached;
        std::size_t commands = 0; // of the journal, given so far
    };
    static WayThere goThere(std::uint64_t record, const Snapshot& from, const Journal& journal, const Recorder& run);
    static WayThere goThere(std::uint64_t record, std::uint64_t before, const Snapshot& from, const Journal& journal,
                            const Recorder& run);

    EvictedStretch m_stretch;
    const Journal& m_journal;
    const Recorder& m_run;
    WayThere m_way;
    Recorder m_again;
};

Result<std::shared_ptr<const RecordStore>> regenerate(const EvictedStretch& stretch, const Snapshot& from,
                                                      const Journal& journal, const Recorder& run);

} // namespace weir

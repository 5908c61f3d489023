// Snapshots: copies of a run's simulation on its way, so that any instant of it can be gone back to by running on from
// the nearest one before. Thinned: close together near the head, further apart the longer ago, within a bound of memory.
// Each belongs to a boundary between two dues.
#pragma once

#include "core/record/recorder.h"
#include "core/simulation/boundary.h"
#include "core/simulation/expectations.h"
#include "core/simulation/simulation.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace weir {

struct Snapshot {
    Simulation simulation;
    Recorder::Mark mark;
    std::size_t commands = 0; // of the journal, given so far
    std::shared_ptr<const Expectations> expectations; // as far as they were looked at; null where there are none
};

class Snapshots {
  public:
    static constexpr std::size_t bytesMax = std::size_t{256} << 20;
    // Some milliseconds of running, so that going on from the nearest one is not noticed; further apart where a copy is
    // large, so that making them stays a small part of the run's cost.
    static constexpr std::uint64_t duesApart = 15'000;
    static constexpr std::uint64_t bytesPerDue = 32;

    explicit Snapshots(std::size_t bytesMost = bytesMax) : m_bytesMax(bytesMost) {}

    bool isDue(const Simulation& simulation) const;
    void take(Snapshot snapshot);
    // Forgets those that lie beyond.
    void cut(const Boundary& end);
    // The last one at or before it; the first one taken is never thinned out.
    std::shared_ptr<const Snapshot> before(const Boundary& boundary) const;
    std::shared_ptr<const Snapshot> before(std::uint64_t records) const { return before({records, SimTime::max()}); }

    std::size_t count() const { return m_kept.size(); }
    std::size_t memoryBytes() const { return m_bytes; }

  private:
    struct Kept {
        std::shared_ptr<const Snapshot> snapshot;
        std::size_t bytes;
    };
    void thin();

    std::size_t m_bytesMax;
    std::size_t m_bytes = 0;
    std::vector<Kept> m_kept; // in the order of the run
};

// Runs on from a snapshot to exactly the boundary, giving the journal's commands that fall in between. Recorder: at the
// snapshot's mark. How many of the journal's commands have been given then is said. `after` is called after every due and
// command, where it is not null.
std::size_t runTo(const Boundary& boundary, Simulation& simulation, Recorder& recorder, const Journal& journal,
                  std::size_t commands, const std::function<void()>& after = nullptr);

} // namespace weir

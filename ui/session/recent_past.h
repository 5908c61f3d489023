// RecentPast: what led to the moment that is shown: figures of the last seconds and how loads grew. While the run goes
// on, it is sampled as it passes. Where the playhead stands still or has leapt, it is read from the records before it,
// in fixed steps of simulated time, so that a moment looks the same however it was reached. The work is bounded: of a
// past too dense to be gone over, the keyframes that are there anyway are taken.
#pragma once

#include "core/record/bottleneck.h"
#include "core/record/record_reader.h"
#include "ui/session/recent_figures.h"

#include <cstdint>
#include <optional>

namespace weir {

class RecentPast {
  public:
    static constexpr std::uint64_t foldedMax = 200'000;       // records that are gone over at once
    static constexpr std::uint64_t foldedMaxRunning = 20'000; // the same, between two frames

    // Up to that Picture, which may be the reader's own: it is the reader's again when this returns.
    void follow(RecordReader& reader, const Picture& now, bool running);
    void clear();

    const RecentFigures& figures() const { return m_figures; }
    const LoadHistory& loads() const { return m_loads; }

  private:
    void recall(RecordReader& reader, const Picture& now, bool running);

    RecentFigures m_figures;
    LoadHistory m_loads;
    std::uint64_t m_index = 0; // of the Picture that was followed last
    SimTime m_at;
    bool m_any = false;                 // there was one
    std::optional<std::int64_t> m_step; // up to which the past was read from records, and nothing passed since
};

} // namespace weir

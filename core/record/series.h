// Series: one scope of a run (all of it, a channel, a service) as bounded time series, for charts and the timeline: an
// incremental fold over records into a fixed number of bins whose width doubles when the run outgrows them. Counts and
// extremes are exact whatever the width; percentiles are those of the bin's histogram (error below 1 %).
#pragma once

#include "core/ids.h"
#include "core/record/catalogue.h"
#include "core/record/histogram.h"
#include "core/record/record.h"

#include <cstdint>
#include <unordered_set>
#include <vector>

namespace weir {

struct SeriesScope {
    enum class Kind : std::uint8_t { run, channel, service };
    Kind kind = Kind::run;
    std::uint16_t index = 0; // ChannelId or ServiceId
    bool operator==(const SeriesScope&) const = default;
};

class Series {
  public:
    static constexpr std::size_t binsMax = 512;
    static constexpr Duration narrowest = 50ms;

    struct Bin {
        std::int64_t published = 0; // run: by all; channel: copies born there, or messages published to it; service: by it
        std::int64_t acked = 0;
        std::int64_t failed = 0;       // handlings that failed or crashed
        std::int64_t deadLettered = 0; // also what was dropped or expired
        std::int64_t depthMin = 0;     // waiting to be started, prefetched ones included
        std::int64_t depthMax = 0;
        // run: end to end; channel: wait for the start; service: time of a handling
        Histogram latency;
    };

    explicit Series(SeriesScope scope = {}) : m_scope(scope) {}

    void apply(const Record& record, const Catalogue& catalogue);

    SeriesScope scope() const { return m_scope; }
    Duration binWidth() const { return m_width; }
    const std::vector<Bin>& bins() const { return m_bins; } // bin i covers [i, i + 1) * binWidth()
    std::uint64_t index() const { return m_index; }         // records folded so far

  private:
    bool concerns(const Place& place) const;
    Bin& binAt(SimTime at);
    void halve();
    void setDepth(Bin& bin, std::int64_t depth);

    SeriesScope m_scope;
    Duration m_width = narrowest;
    std::vector<Bin> m_bins;
    std::uint64_t m_index = 0;
    std::int64_t m_depth = 0;
    std::unordered_set<std::uint64_t> m_started; // copies in flight whose handling has begun; looked up, never walked
};

} // namespace weir

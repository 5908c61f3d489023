// Series: one scope of a run (all of it, a channel, a service, a state slot) as bounded time series, for charts and the
// timeline: an incremental fold over records into a fixed number of bins whose width doubles when the run outgrows
// them. Counts, extremes and areas are exact whatever the width; percentiles are those of the bin's histograms (error
// below 1 %). With a window only that stretch gets bins, as narrow as it allows: what a closer look needs.
#pragma once

#include "core/ids.h"
#include "core/record/catalogue.h"
#include "core/record/flat_map.h"
#include "core/record/histogram.h"
#include "core/record/record.h"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace weir {

struct SeriesScope {
    enum class Kind : std::uint8_t { run, channel, service, state };
    Kind kind = Kind::run;
    std::uint32_t index = 0; // ChannelId, ServiceId or state slot
    bool operator==(const SeriesScope&) const = default;
};

// [begin, end): the stretch that is looked at.
struct SeriesWindow {
    SimTime begin;
    SimTime end = SimTime::max();
    bool bounded() const { return end != SimTime::max(); }
    bool operator==(const SeriesWindow&) const = default;
};

class Series {
  public:
    static constexpr std::size_t binsMax = 512;
    static constexpr Duration narrowest = 50ms; // without a bounded window

    // A whole number that changes in time, over one bin. `known` is false until something told it.
    struct Level {
        std::int64_t min = std::numeric_limits<std::int64_t>::max();
        std::int64_t max = std::numeric_limits<std::int64_t>::min();
        double area = 0; // level times seconds
        bool known() const { return min <= max; }
    };
    struct Bin {
        // Run: by all; channel: copies born there, or messages published to it; service: published by it.
        std::int64_t published = 0;
        std::int64_t acked = 0;  // exchanges and topics: messages that were routed
        std::int64_t failed = 0; // handlings that failed or crashed
        std::int64_t handled = 0;
        std::int64_t deadLettered = 0; // also what was dropped or expired
        std::int64_t delivered = 0;
        std::int64_t redelivered = 0;
        Level depth;        // waiting to be started, prefetched ones included; a service's: in the queues that it reads
        Level unacked;      // in flight
        Level lag;          // stream records that groups have still to read
        Level busy;         // workers
        Level up;           // workers of instances that are up; not known where their number is not (live)
        Level state;        // of the slot
        Histogram wait;     // from the queue to the start of a handling, ns
        Histogram service;  // handlings that finished
        Histogram response; // from publish to the settling ack
        Histogram latency;  // run only: end to end, by correlation

        void merge(const Bin& later); // of the next stretch of time
    };

    explicit Series(SeriesScope scope = {}, SeriesWindow window = {});

    void apply(const Record& record, const Catalogue& catalogue);
    // Nothing happened up to then: levels stay what they are. A window that ends there is complete.
    void reach(SimTime now);

    SeriesScope scope() const { return m_scope; }
    SeriesWindow window() const { return m_window; }
    Duration binWidth() const { return m_width; }
    // Bin i covers [i, i + 1) * binWidth() from the window's beginning. The last one is being filled unless complete():
    // the areas of its levels go as far as the last record.
    const std::vector<Bin>& bins() const { return m_bins; }
    bool complete() const { return m_complete; }    // the window's end was passed
    std::uint64_t index() const { return m_index; } // records folded so far

  private:
    struct Track {
        std::int64_t level = 0;
        SimTime since;
        bool known = true;
    };
    enum LevelName : std::uint8_t { depth, unacked, lag, busy, up, state, levelCount };
    static Level& levelOf(Bin& bin, LevelName name);

    bool concerns(const Place& place) const;
    bool concernsQueue(const Place& place, const Catalogue& catalogue) const;
    void begin(const Catalogue& catalogue);
    void openBins(SimTime at);
    Bin* binAt(SimTime at); // null outside of the window
    void closeBin(SimTime end);
    void halve();
    void set(LevelName name, SimTime at, std::int64_t level);
    void change(LevelName name, SimTime at, std::int64_t by);
    void applyQueue(const Record& record, const Place& place);
    void applyService(const Record& record, const Place& place, const Catalogue& catalogue);
    void applyStream(const Record& record, const Place& place, const Catalogue& catalogue);
    void applyCounts(const Record& record, const Place& place, const Catalogue& catalogue, Bin* bin);

    SeriesScope m_scope;
    SeriesWindow m_window;
    Duration m_width;
    std::vector<Bin> m_bins;
    // The bin that the last record fell into, and its stretch; none: two equal times.
    std::size_t m_open = 0;
    SimTime m_openFrom, m_openUntil;
    bool m_begun = false;
    bool m_complete = false;
    std::uint64_t m_index = 0;
    std::array<Track, levelCount> m_tracks{};
    FlatMap<bool> m_started; // copies in flight whose handling has begun
    struct Instance {
        bool up = true;
        std::int64_t busy = 0;
    };
    std::vector<std::vector<Instance>> m_instances;     // by service
    std::vector<std::vector<std::int64_t>> m_ends;      // by channel and partition
    std::vector<std::vector<std::int64_t>> m_positions; // by subscription and partition
    std::vector<std::int64_t> m_readers;                // groups in the scope, by channel
    std::size_t m_subscriptionsSeen = 0;
};

} // namespace weir

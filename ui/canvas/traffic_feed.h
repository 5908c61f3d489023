// TrafficFeed: follows the playhead through the records and says what moves because of them: flights while the run goes
// on, one single hop after a step, nothing after a leap. A tick's work is bounded. Where more messages are under way
// than could be told apart it shows rivers instead, and counts what is not drawn one by one.
#pragma once

#include "core/record/record_reader.h"
#include "ui/canvas/traffic.h"

#include <memory>
#include <optional>

namespace weir {

// The record that a step came to.
struct Focus {
    Record record;
    std::optional<Hop> hop;
    std::uint32_t node = Ways::nowhere; // the receiver, or where it happened
    double share = 1;                   // of the hop
};

class TrafficFeed {
  public:
    static constexpr std::uint64_t observedMax = 4'000;    // records a tick that may take off
    static constexpr std::uint64_t countedMax = 1'000'000; // records a tick; more is a leap

    enum class Motion : std::uint8_t { none, forwards, step, leap };

    // Without a store there is nothing to follow. Nothing moves, nothing is counted yet.
    void begin(std::shared_ptr<const RecordStore> store, std::uint64_t playhead);
    void setWays(Ways ways) { m_ways = std::move(ways); }
    void setFlightsMax(std::size_t count);
    void setReducedMotion(bool reduced);

    // `passedMs` of wall time since the last call.
    Motion follow(std::uint64_t playhead, bool running, Speed speed, double passedMs);
    void advance(double ms);

    const Traffic& traffic() const { return m_traffic; }
    const std::optional<Focus>& focus() const { return m_focus; }
    const Ways& ways() const { return m_ways; }
    bool river() const { return m_river; }
    bool stepping() const { return m_focus && m_focus->share < 1; } // the hop of a step is under way
    std::uint64_t leftOut() const { return m_traffic.leftOut(); }

  private:
    Motion leap(std::uint64_t playhead);
    void focusOn(std::uint64_t index, bool forwards);
    void forwards(std::uint64_t playhead, Speed speed, double passedMs);
    void weigh(std::uint64_t hops, Speed speed, double passedMs);

    std::unique_ptr<RecordReader> m_reader;
    std::uint64_t m_seen = 0;
    Ways m_ways;
    Traffic m_traffic;
    std::optional<Focus> m_focus;
    std::size_t m_flightsMax = Traffic::flightsMaxDefault;
    double m_hopsPerMs = 0; // smoothed
    bool m_river = false;
    bool m_reduced = false;
};

} // namespace weir

// Traffic: the run's own messages on their way over the canvas. Records go in, flights come out: which message is on
// which edge, and how far. A clock of its own, which only its owner moves on: when that stops, everything stands still.
//
// A hop takes its simulated time by the run's speed, and long enough to be seen. The hops of one message follow each
// other and their cause, even where they happened at one instant; what one source sends at one instant leaves
// together. The number of flights is bounded; what finds no room is counted.
#pragma once

#include "ui/canvas/ways.h"
#include "ui/speed.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir {

struct Flight {
    Hop hop;
    EventTypeId type;
    Ordinal ordinal = 0;
    bool again = false; // delivered once more
    double start = 0;   // ms of the traffic's clock
    double lasts = 0;
};

// Something that happened to a node, shown for a moment.
struct Flash {
    enum class Kind : std::uint8_t { crash, loss, restart };
    static constexpr double lasts = 600; // ms
    Kind kind = Kind::crash;
    std::uint32_t node = 0;
    double start = 0;
};

class Traffic {
  public:
    static constexpr std::size_t flightsMaxDefault = 2'000;
    static constexpr std::size_t flashesMax = 64;
    static constexpr double hopMs = 350;   // of a hop without simulated time, up to real time
    static constexpr double hopMsMin = 90; // however fast the run is
    static constexpr double lagMs = 2'500; // flights trail the figures by no more than this

    void setFlightsMax(std::size_t count) { m_flightsMax = count; }

    void observe(std::span<const Record> records, const Catalogue& catalogue, const Ways& ways, Speed speed);
    // Only counts: for what nobody has the time to look at.
    void pass(std::uint64_t hops);
    void advance(double ms);
    void clear(); // flights and flashes; what was counted stays counted

    double now() const { return m_now; }
    const std::vector<Flight>& flights() const { return m_flights; } // those that still wait for their start, too
    const std::vector<Flash>& flashes() const { return m_flashes; }
    // 0..1; below 0 while it has not started.
    double share(const Flight& flight) const {
        return flight.lasts > 0 ? (m_now - flight.start) / flight.lasts : 1;
    }
    bool moving() const { return !m_flights.empty() || !m_flashes.empty(); }
    std::uint64_t leftOut() const { return m_leftOut; } // hops
    std::uint64_t launched() const { return m_launched; }

    static double hopDuration(Speed speed);

  private:
    void launch(const Record& record, const Hop& hop, double base);
    void launchTo(const Record& record, std::uint32_t exchange, const Ways& ways, double base);
    void flash(Flash::Kind kind, std::uint32_t node, double start);
    double arrival(Ordinal ordinal, std::uint32_t node) const;
    void setArrival(Ordinal ordinal, std::uint32_t node, double at);

    double m_now = 0;
    std::size_t m_flightsMax = flightsMaxDefault;
    std::vector<Flight> m_flights;
    std::vector<Flash> m_flashes;
    // When a message reaches a node; two generations, so that old ones go without being looked for.
    FlatMap<double> m_arrivals, m_arrivalsBefore;
    FlatMap<std::int64_t> m_sent; // (message, channel) -> ns
    std::uint64_t m_leftOut = 0;
    std::uint64_t m_launched = 0;
};

} // namespace weir

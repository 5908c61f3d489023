// The kernel's two reference workloads, which every simulation engine can run: hold (pop one, schedule one, at a fixed
// number pending) and the queue M/M/1. One definition for the benchmarks and for the engine's own report of its speed.
// Both are run in slices of any length, so that a caller may time them as it likes.
#pragma once

#include "core/kernel/agenda.h"
#include "core/kernel/distribution.h"
#include "core/kernel/random.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace weir {

// Increments are exponential with a mean of one second; they are drawn beforehand, so that the agenda alone is timed.
class HoldWorkload {
  public:
    explicit HoldWorkload(std::size_t pending, std::uint64_t seed = 1) {
        const Distribution increment = Distribution::exponential(1).value();
        const Stream stream(seed, "hold");
        m_increments.reserve(incrementCount);
        for (std::uint64_t i = 0; i < incrementCount; ++i) {
            Draw draw = stream.draw(i);
            m_increments.push_back(increment.sampleDuration(draw));
        }
        for (std::size_t i = 0; i < pending; ++i)
            m_agenda.schedule(SimTime{} + nextIncrement(), Priority::work, {0, 0, i});
        run(3 * pending); // until the times are spread as they stay
    }

    void run(std::uint64_t holds) {
        for (std::uint64_t i = 0; i < holds; ++i) {
            const Due due = m_agenda.pop();
            m_agenda.schedule(due.at + nextIncrement(), Priority::work, due.what);
        }
    }
    SimTime now() const { return m_agenda.nextAt(); }

  private:
    static constexpr std::size_t incrementCount = 1 << 16;
    Duration nextIncrement() { return m_increments[m_next++ % incrementCount]; }

    Agenda m_agenda;
    std::vector<Duration> m_increments;
    std::size_t m_next = 0;
};

// One server at a utilization of 0.8, through the agenda, typed handlers and the distributions, all draws included.
// The wait's mean has the closed form 3.2 seconds, so that a wrong engine is not a fast one.
class SingleServerWorkload {
  public:
    explicit SingleServerWorkload(std::uint64_t seed = 1) : m_arrivals(seed, "arrivals"), m_services(seed, "services") {
        arrivalFollows();
    }

    void run(std::uint64_t dues) {
        for (std::uint64_t i = 0; i < dues; ++i) {
            const Due due = m_agenda.pop();
            m_now = due.at;
            switch (static_cast<Kind>(due.what.kind)) {
            case Kind::arrival:
                arrive();
                break;
            case Kind::departure:
                depart();
                break;
            }
        }
    }
    // Over the customers whose service has begun, in seconds.
    double meanWait() const { return seconds(m_waited) / static_cast<double>(m_served); }

  private:
    enum class Kind : std::uint8_t { arrival, departure };

    void arrive() {
        arrivalFollows();
        m_waiting.push_back(m_now);
        if (!m_busy)
            serve();
    }
    void depart() {
        m_busy = false;
        if (!m_waiting.empty())
            serve();
    }
    void serve() {
        m_busy = true;
        m_waited += m_now - m_waiting.front();
        m_waiting.pop_front();
        Draw draw = m_services.draw(++m_served);
        m_agenda.schedule(m_now + m_service.sampleDuration(draw), Priority::work,
                          {static_cast<std::uint8_t>(Kind::departure), 0, m_served});
    }
    void arrivalFollows() {
        Draw draw = m_arrivals.draw(++m_arrived);
        m_agenda.schedule(m_now + m_gap.sampleDuration(draw), Priority::source,
                          {static_cast<std::uint8_t>(Kind::arrival), 0, m_arrived});
    }

    Agenda m_agenda;
    Stream m_arrivals, m_services;
    Distribution m_gap = Distribution::exponential(1).value();
    Distribution m_service = Distribution::exponential(0.8).value();
    SimTime m_now{};
    std::deque<SimTime> m_waiting;
    bool m_busy = false;
    std::uint64_t m_arrived = 0;
    std::uint64_t m_served = 0;
    Duration m_waited{0};
};

} // namespace weir

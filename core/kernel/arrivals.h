// Arrivals: when a source emits, as a plain value (cheap to copy, shared, never changed), and ArrivalState, which walks
// along it. Three independent parts make the open patterns: a rate over time (constant, bursts, schedule), a spacing
// (regular or Poisson) and a batch size. Besides there are explicit times, and closed loops, in which a user's next
// arrival waits for the completion of the one before. Times are relative to the moment the source begins.
// It schedules nothing itself: the simulation asks for the next arrival and puts it on the agenda.
#pragma once

#include "core/kernel/distribution.h"
#include "core/kernel/random.h"
#include "core/result.h"
#include "core/units.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace weir {

class Arrivals {
  public:
    // Regular: an arrival whenever the rate has added up to one, the first one after one interval. Poisson: whenever it
    // has added up to the next exponential number of mean one.
    enum class Spacing : std::uint8_t { regular, poisson };

    struct Constant {
        Rate rate;
    };
    // Phases of random length take turns, beginning with `on`.
    struct Bursts {
        Distribution on, off; // seconds
        Rate rateOn, rateOff;
    };
    struct RatePoint {
        Duration at;
        Rate rate;
    };
    // Straight lines between the points; two points at one time make a step. The first rate holds before the first
    // point, the last rate after the last; or else it all starts over there, if it is to repeat.
    struct Schedule {
        std::vector<RatePoint> points;
        bool repeats = false;
    };
    struct ClosedLoop {
        std::uint32_t users = 1;
        Distribution think; // seconds; each user starts with a thinking time
    };
    // Always ready: the next arrival comes as soon as the one before it has been let in.
    struct Saturated {};
    struct Times {
        std::vector<Duration> times; // ascending
    };
    struct Limits {
        Duration start{0};                         // nothing arrives before, and time counts from here
        Duration stop = Distribution::durationMax; // nothing arrives at or after; from the source's begin
        std::uint64_t count = std::numeric_limits<std::uint64_t>::max(); // a batch counts as one
    };

    Arrivals() = default; // nothing ever arrives

    static Result<Arrivals> every(Duration interval);
    static Result<Arrivals> constant(Rate rate, Spacing spacing);
    // Independent gaps with any distribution, seconds (a renewal process).
    static Result<Arrivals> renewal(Distribution gap);
    static Arrivals saturated();
    static Result<Arrivals> bursts(Bursts bursts, Spacing spacing);
    static Result<Arrivals> schedule(Schedule schedule, Spacing spacing);
    static Result<Arrivals> closedLoop(ClosedLoop loop);
    static Result<Arrivals> explicitTimes(std::vector<Duration> times);
    // The same, each arrival being a batch: samples are rounded to whole numbers, and 0 counts as 1.
    Arrivals inBatches(Distribution size) const;
    Result<Arrivals> within(Limits limits) const;
    // Of a constant rate: the first arrival comes so long after the start, whatever the gap.
    Result<Arrivals> startingWith(Duration first) const;

    const Limits& limits() const { return m_content->limits; }
    bool isClosedLoop() const;
    bool isSaturated() const { return std::holds_alternative<Saturated>(m_content->pattern); }
    std::uint32_t users() const; // 0 where this is no closed loop
    // Messages per second in the long run (of a repeating schedule its average, of another its last rate) and at most
    // (the highest rate of a schedule or phase), batches included, limits not. Nothing for closed loops and explicit
    // times, whose rate is not given.
    std::optional<double> meanRate() const;
    std::optional<double> peakRate() const;

    static constexpr std::size_t pointsMax = 1'000'000; // of a schedule or a list of times
    static constexpr std::uint32_t usersMax = 1'000'000;
    static constexpr std::uint64_t batchMax = 1'000'000;

  private:
    friend class ArrivalState;
    struct Content {
        std::variant<Times, Constant, Bursts, Schedule, ClosedLoop, Saturated> pattern;
        Spacing spacing = Spacing::regular;
        std::optional<Distribution> gaps; // instead of a spacing
        std::optional<Duration> first;
        std::optional<Distribution> batch;
        Limits limits;
        double periodAmount = 0; // what a schedule's rate adds up to from 0 to its last point
    };
    explicit Arrivals(Content content);
    double batchMean() const; // before its samples are rounded

    std::shared_ptr<const Content> m_content = std::make_shared<const Content>();
};

struct Arrival {
    SimTime at;
    std::uint64_t index = 0; // from 0; the number that its draws depend on
    std::uint64_t size = 1;  // messages in the batch
    bool operator==(const Arrival&) const = default;
};

// Where a source is in its arrivals. A value: a copy goes on identically. The n-th arrival depends on the stream, n and
// the factors set so far, not on when it is asked for.
class ArrivalState {
  public:
    // The stream must be the source's own: it is drawn from with the arrival's index as ordinal.
    ArrivalState(Arrivals arrivals, Stream stream, SimTime begin);

    // Open patterns: moves on to the next arrival and returns it. Nothing where none will come, or, with a factor of 0
    // or a rate of 0 for ever, none until the factor changes.
    std::optional<Arrival> next();
    // The arrival that next() or setFactor() returned last, if it has not been followed by another.
    const std::optional<Arrival>& upcoming() const { return m_upcoming; }

    // Multiplies the rate from `now` on; not negative. Returns the upcoming arrival at its new time: what had added up
    // towards it is kept. Explicit times are not affected; a closed loop divides the thinking times that follow.
    std::optional<Arrival> setFactor(SimTime now, double factor);
    double factor() const { return m_factor; }

    // Another pattern from `now` on, with times counted from the same begin; arrivals go on being numbered, and the factor
    // stays. Returns the upcoming arrival at its new time. `within`: the last one is still being worked off, its batch is
    // not through; then nothing, and next() goes on from now. A closed loop stays one, an open pattern stays open.
    std::optional<Arrival> change(Arrivals arrivals, SimTime now, bool within);

    // Closed loops: when a user who is free now arrives next. Called once per user at the beginning, and whenever a
    // user's arrival has been completed. Nothing once the limits are reached, and nothing while the factor is 0: ask
    // again for that user when it has changed.
    std::optional<Arrival> userReturns(SimTime now);

  private:
    // How far a walk along the rate got: to `at`, where `added` had added up.
    struct Walk {
        SimTime at;
        double added = 0;
        bool reached = false; // the amount wanted, before the end
    };
    Walk walk(SimTime from, SimTime to, double amount) const;
    Walk walkIn(const Arrivals::Constant& pattern, SimTime from, SimTime to, double amount) const;
    Walk walkIn(const Arrivals::Bursts& pattern, SimTime from, SimTime to, double amount) const;
    Walk walkIn(const Arrivals::Schedule& pattern, SimTime from, SimTime to, double amount) const;

    void adopt(Arrivals arrivals);
    double gap() const;
    double poissonGap() const;
    Duration phaseLength(const Arrivals::Bursts& pattern, std::uint64_t phase) const;
    void moveAnchor(SimTime to);
    std::optional<Arrival> arrivalAt(SimTime at) const;
    std::optional<Arrival> placed() const;

    // A constant Poisson rate without batches, as most sources have: all that its next arrival asks stands here.
    bool m_steady = false;
    bool m_begun = false;
    double m_rate = 0;            // steady: per second, without the factor
    std::uint64_t m_countMax = 0; // arrivals
    Stream m_stream;
    SimTime m_stop;
    double m_factor = 1;
    std::uint64_t m_index = 0; // of the upcoming arrival
    // The upcoming arrival is where the rate, added up from m_anchor on, reaches m_amount.
    SimTime m_anchor;
    double m_amount = 0;
    std::optional<Arrival> m_upcoming;

    Arrivals m_arrivals;
    SimTime m_begin;
    SimTime m_origin;                // when the limits let it start
    std::uint64_t m_timesBefore = 0; // explicit times: the arrival's index when the list began
    // Bursts: the phase in which m_anchor lies.
    std::uint64_t m_phase = 0;
    SimTime m_phaseEnd;
};

} // namespace weir

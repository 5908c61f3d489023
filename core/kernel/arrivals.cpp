#include "core/kernel/arrivals.h"

#include "core/kernel/elementary.h"

#include <algorithm>
#include <cmath> // sqrt, floor and isfinite only

namespace weir {
namespace {

// What the draws of one arrival, or of one phase, are for: the `attempt` of the source's stream.
enum Purpose : std::uint64_t { forGap, forBatch, forPhase };

// A source whose phases pass without an arrival for longer than this counts as silent for good.
constexpr int phasesPerArrivalMax = 1'000'000;

// Where pieces are added up, an arrival that rounding moved by less than this past the end of a piece counts as reached
// at its end, instead of after the silence that may follow.
constexpr double slack = 1e-9;

constexpr double rateMax = 1e9; // one a nanosecond

std::optional<Error> refusal(Rate rate, std::string where) {
    if (rate.perSecond >= 0 && rate.perSecond <= rateMax)
        return std::nullopt;
    return Error{std::move(where), "must be a rate from 0 to 1000000000 per second",
                 std::isfinite(rate.perSecond) ? toText(rate) : "no finite number"};
}

std::optional<Error> refusal(Duration time, std::string where) {
    if (time >= Duration{0} && time <= Distribution::durationMax)
        return std::nullopt;
    return Error{std::move(where), "must be a time from 0 to 36525d", std::to_string(time.count()) + "ns"};
}

} // namespace

Arrivals::Arrivals(Content content) : m_content(std::make_shared<const Content>(std::move(content))) {}

Result<Arrivals> Arrivals::every(Duration interval) {
    if (interval <= Duration{0} || interval > Distribution::durationMax)
        return Error{"", "must be an interval above 0 and at most 36525d", std::to_string(interval.count()) + "ns"};
    return constant(Rate{1e9 / static_cast<double>(interval.count())}, Spacing::regular);
}

Result<Arrivals> Arrivals::constant(Rate rate, Spacing spacing) {
    if (const auto error = refusal(rate, ""))
        return *error;
    Content content;
    content.pattern = Constant{rate};
    content.spacing = spacing;
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::renewal(Distribution gap) {
    const double mean = gap.mean();
    if (!std::isfinite(mean) || mean < 1 / rateMax || mean > seconds(Distribution::durationMax))
        return Error{"", "must have a mean from 1ns to 36525d", ""};
    Content content;
    content.pattern = Constant{Rate{1 / mean}};
    content.gaps = std::move(gap);
    return Arrivals(std::move(content));
}

Arrivals Arrivals::saturated() {
    Content content;
    content.pattern = Saturated{};
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::bursts(Bursts bursts, Spacing spacing) {
    if (const auto error = refusal(bursts.rateOn, "/rateOn"))
        return *error;
    if (const auto error = refusal(bursts.rateOff, "/rateOff"))
        return *error;
    if (!std::isfinite(bursts.on.mean()))
        return Error{"/on", "must have a finite mean", ""};
    if (!std::isfinite(bursts.off.mean()))
        return Error{"/off", "must have a finite mean", ""};
    if (bursts.on.mean() + bursts.off.mean() < 1e-6)
        return Error{"/on", "must last at least 1us on average, together with \"off\"", ""};
    Content content;
    content.pattern = std::move(bursts);
    content.spacing = spacing;
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::schedule(Schedule schedule, Spacing spacing) {
    const std::vector<RatePoint>& points = schedule.points;
    if (points.empty() || points.size() > pointsMax)
        return Error{"", "must have 1 to 1000000 points", std::to_string(points.size())};
    double amount = seconds(points.front().at) * points.front().rate.perSecond;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::string place = "/" + std::to_string(i);
        if (const auto error = refusal(points[i].rate, place + "/rate"))
            return *error;
        if (const auto error = refusal(points[i].at, place + "/at"))
            return *error;
        if (i == 0)
            continue;
        if (points[i].at < points[i - 1].at)
            return Error{place + "/at", "must not be before the point before it", toText(points[i].at)};
        amount +=
            seconds(points[i].at - points[i - 1].at) * (points[i].rate.perSecond + points[i - 1].rate.perSecond) / 2;
    }
    if (schedule.repeats && !(amount > 0))
        return Error{"", "must have a rate above 0 somewhere before its last point, since it repeats", ""};
    Content content;
    content.pattern = std::move(schedule);
    content.spacing = spacing;
    content.periodAmount = amount;
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::closedLoop(ClosedLoop loop) {
    if (loop.users < 1 || loop.users > usersMax)
        return Error{"/users", "must be a whole number from 1 to 1000000", std::to_string(loop.users)};
    Content content;
    content.pattern = std::move(loop);
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::explicitTimes(std::vector<Duration> times) {
    if (times.size() > pointsMax)
        return Error{"", "must have at most 1000000 times", std::to_string(times.size())};
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (const auto error = refusal(times[i], "/" + std::to_string(i)))
            return *error;
        if (i > 0 && times[i] < times[i - 1])
            return Error{"/" + std::to_string(i), "must not be before the time before it", toText(times[i])};
    }
    Content content;
    content.pattern = Times{std::move(times)};
    return Arrivals(std::move(content));
}

Arrivals Arrivals::inBatches(Distribution size) const {
    Content content = *m_content;
    content.batch = std::move(size);
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::within(Limits limits) const {
    if (const auto error = refusal(limits.start, "/start"))
        return *error;
    if (const auto error = refusal(limits.stop, "/stop"))
        return *error;
    if (limits.stop <= limits.start)
        return Error{"/stop", "must be after \"start\"", toText(limits.stop)};
    Content content = *m_content;
    content.limits = limits;
    return Arrivals(std::move(content));
}

Result<Arrivals> Arrivals::startingWith(Duration first) const {
    if (!std::holds_alternative<Constant>(m_content->pattern))
        return Error{"/first", "needs a constant rate, whose first arrival it is", ""};
    if (const auto error = refusal(first, "/first"))
        return *error;
    Content content = *m_content;
    content.first = first;
    return Arrivals(std::move(content));
}

bool Arrivals::isClosedLoop() const {
    return std::holds_alternative<ClosedLoop>(m_content->pattern);
}

std::uint32_t Arrivals::users() const {
    const auto* loop = std::get_if<ClosedLoop>(&m_content->pattern);
    return loop ? loop->users : 0;
}

double Arrivals::batchMean() const {
    return m_content->batch ? std::max(1.0, m_content->batch->mean()) : 1.0;
}

std::optional<double> Arrivals::meanRate() const {
    if (const auto* pattern = std::get_if<Constant>(&m_content->pattern))
        return pattern->rate.perSecond * batchMean();
    if (const auto* pattern = std::get_if<Bursts>(&m_content->pattern)) {
        const double on = pattern->on.mean();
        const double off = pattern->off.mean();
        return (on * pattern->rateOn.perSecond + off * pattern->rateOff.perSecond) / (on + off) * batchMean();
    }
    if (const auto* pattern = std::get_if<Schedule>(&m_content->pattern)) {
        const RatePoint& last = pattern->points.back();
        return batchMean() * (pattern->repeats ? m_content->periodAmount / seconds(last.at) : last.rate.perSecond);
    }
    return std::nullopt;
}

std::optional<double> Arrivals::peakRate() const {
    if (const auto* pattern = std::get_if<Bursts>(&m_content->pattern))
        return std::max(pattern->rateOn, pattern->rateOff).perSecond * batchMean();
    if (const auto* pattern = std::get_if<Schedule>(&m_content->pattern)) {
        double peak = 0;
        for (const RatePoint& point : pattern->points)
            peak = std::max(peak, point.rate.perSecond);
        return peak * batchMean();
    }
    return meanRate();
}

ArrivalState::ArrivalState(Arrivals arrivals, Stream stream, SimTime begin) : m_stream(stream), m_begin(begin) {
    adopt(std::move(arrivals));
    m_anchor = m_origin;
    if (const auto* pattern = std::get_if<Arrivals::Bursts>(&m_arrivals.m_content->pattern))
        m_phaseEnd = m_origin + phaseLength(*pattern, 0);
}

void ArrivalState::adopt(Arrivals arrivals) {
    m_arrivals = std::move(arrivals);
    const Arrivals::Content& content = *m_arrivals.m_content;
    m_origin = m_begin + content.limits.start;
    m_stop = m_begin + content.limits.stop;
    m_countMax = content.limits.count;
    const auto* constant = std::get_if<Arrivals::Constant>(&content.pattern);
    m_steady = constant && !content.gaps && !content.batch && content.spacing == Arrivals::Spacing::poisson;
    m_rate = m_steady ? constant->rate.perSecond : 0;
}

std::optional<Arrival> ArrivalState::next() {
    if (m_steady && m_begun && m_upcoming) {
        ++m_index;
        m_amount += poissonGap();
        const Walk there = walkIn(Arrivals::Constant{Rate{m_rate}}, m_anchor, m_stop, m_amount);
        if (!(m_factor > 0) || !there.reached || m_index >= m_countMax || there.at >= m_stop)
            m_upcoming.reset();
        else
            *m_upcoming = {there.at, m_index, 1};
        return m_upcoming;
    }
    assert(!m_arrivals.isClosedLoop());
    if (!m_begun) {
        m_begun = true;
        const Arrivals::Content& content = *m_arrivals.m_content;
        m_amount = content.first
                       ? seconds(*content.first) * std::get<Arrivals::Constant>(content.pattern).rate.perSecond
                       : gap();
    } else if (m_upcoming) {
        const SimTime last = m_upcoming->at;
        ++m_index;
        // A constant rate is counted from where it began, so that regular arrivals do not drift by rounding.
        if (std::holds_alternative<Arrivals::Constant>(m_arrivals.m_content->pattern)) {
            m_amount += gap();
        } else {
            moveAnchor(last);
            m_amount = gap();
        }
    }
    return m_upcoming = placed();
}

std::optional<Arrival> ArrivalState::setFactor(SimTime now, double factor) {
    assert(factor >= 0 && std::isfinite(factor));
    if (m_begun && now > m_anchor) {
        m_amount = std::max(0.0, m_amount - walk(m_anchor, now, std::numeric_limits<double>::infinity()).added);
        moveAnchor(now);
    }
    m_factor = factor;
    if (!m_begun)
        return std::nullopt;
    return m_upcoming = placed();
}

std::optional<Arrival> ArrivalState::change(Arrivals arrivals, SimTime now, bool within) {
    assert(arrivals.isClosedLoop() == m_arrivals.isClosedLoop());
    adopt(std::move(arrivals));
    const Arrivals::Content& content = *m_arrivals.m_content;
    m_anchor = std::max(now, m_origin);
    m_phase = 0;
    if (const auto* pattern = std::get_if<Arrivals::Bursts>(&content.pattern))
        m_phaseEnd = m_anchor + phaseLength(*pattern, 0);
    const std::uint64_t indexNext = m_index + (within ? 1 : 0);
    if (const auto* list = std::get_if<Arrivals::Times>(&content.pattern)) {
        const auto passed = std::count_if(list->times.begin(), list->times.end(),
                                          [&](Duration time) { return m_origin + time < now; });
        m_timesBefore = indexNext - static_cast<std::uint64_t>(passed);
    }
    if (!m_begun || m_arrivals.isClosedLoop())
        return std::nullopt;
    if (within) {
        m_amount = 0;
        m_upcoming->at = m_anchor;
        return std::nullopt;
    }
    m_amount = gap();
    return m_upcoming = placed();
}

std::optional<Arrival> ArrivalState::userReturns(SimTime now) {
    const auto* loop = std::get_if<Arrivals::ClosedLoop>(&m_arrivals.m_content->pattern);
    assert(loop);
    if (!(m_factor > 0))
        return std::nullopt;
    Draw draw = m_stream.draw(m_index, forGap);
    const Duration think = Distribution::durationOf(loop->think.sample(draw) / m_factor);
    const std::optional<Arrival> arrival = arrivalAt(std::max(now, m_origin) + think);
    if (arrival)
        ++m_index;
    return arrival;
}

double ArrivalState::gap() const {
    if (const auto& gaps = m_arrivals.m_content->gaps) {
        Draw draw = m_stream.draw(m_index, forGap);
        return gaps->sample(draw) / gaps->mean();
    }
    if (m_arrivals.m_content->spacing == Arrivals::Spacing::regular)
        return 1;
    return poissonGap();
}

double ArrivalState::poissonGap() const {
    return -elementary::log(m_stream.draw(m_index, forGap).uniform());
}

Duration ArrivalState::phaseLength(const Arrivals::Bursts& pattern, std::uint64_t phase) const {
    Draw draw = m_stream.draw(phase, forPhase);
    return (phase % 2 == 0 ? pattern.on : pattern.off).sampleDuration(draw);
}

void ArrivalState::moveAnchor(SimTime to) {
    m_anchor = to;
    const auto* pattern = std::get_if<Arrivals::Bursts>(&m_arrivals.m_content->pattern);
    if (!pattern)
        return;
    while (m_phaseEnd <= to)
        m_phaseEnd += phaseLength(*pattern, ++m_phase);
}

std::optional<Arrival> ArrivalState::arrivalAt(SimTime at) const {
    const Arrivals::Content& content = *m_arrivals.m_content;
    if (m_index >= m_countMax || at >= m_stop)
        return std::nullopt;
    Arrival arrival{at, m_index, 1};
    if (content.batch) {
        Draw draw = m_stream.draw(m_index, forBatch);
        const double size = std::floor(content.batch->sample(draw) + 0.5);
        arrival.size = static_cast<std::uint64_t>(std::min(std::max(size, 1.0), double{Arrivals::batchMax}));
    }
    return arrival;
}

std::optional<Arrival> ArrivalState::placed() const {
    if (const auto* list = std::get_if<Arrivals::Times>(&m_arrivals.m_content->pattern)) {
        const std::uint64_t number = m_index - m_timesBefore;
        return number < list->times.size() ? arrivalAt(m_origin + list->times[number]) : std::nullopt;
    }
    if (!(m_factor > 0))
        return std::nullopt;
    if (m_arrivals.isSaturated())
        return arrivalAt(m_origin);
    const Walk there = walk(m_anchor, m_stop, m_amount);
    return there.reached ? arrivalAt(there.at) : std::nullopt;
}

ArrivalState::Walk ArrivalState::walk(SimTime from, SimTime to, double amount) const {
    const auto& pattern = m_arrivals.m_content->pattern;
    if (const auto* constant = std::get_if<Arrivals::Constant>(&pattern))
        return walkIn(*constant, from, to, amount);
    if (const auto* bursts = std::get_if<Arrivals::Bursts>(&pattern))
        return walkIn(*bursts, from, to, amount);
    if (const auto* schedule = std::get_if<Arrivals::Schedule>(&pattern))
        return walkIn(*schedule, from, to, amount);
    return Walk{to, 0, false};
}

ArrivalState::Walk ArrivalState::walkIn(const Arrivals::Constant& pattern, SimTime from, SimTime to,
                                        double amount) const {
    const double rate = pattern.rate.perSecond * m_factor;
    const double room = rate * seconds(to - from);
    if (!(rate > 0) || amount > room)
        return Walk{to, room, false};
    return Walk{from + Distribution::durationOf(amount / rate), amount, true};
}

ArrivalState::Walk ArrivalState::walkIn(const Arrivals::Bursts& pattern, SimTime from, SimTime to,
                                        double amount) const {
    double added = 0;
    std::uint64_t phase = m_phase;
    SimTime phaseEnd = m_phaseEnd;
    for (int phases = 0; from < to && phases < phasesPerArrivalMax; ++phases) {
        const SimTime end = std::min(phaseEnd, to);
        const Rate rate = phase % 2 == 0 ? pattern.rateOn : pattern.rateOff;
        const Walk part = walkIn(Arrivals::Constant{rate}, from, end, amount - added);
        added += part.added;
        if (part.reached || (part.added > 0 && amount - added <= slack))
            return Walk{part.reached ? std::min(part.at, end) : end, amount, true};
        from = end;
        phaseEnd += phaseLength(pattern, ++phase);
    }
    return Walk{to, added, false};
}

// By inverting the rate's integral, piece by piece: every arrival takes one draw, whatever the rate.
ArrivalState::Walk ArrivalState::walkIn(const Arrivals::Schedule& pattern, SimTime from, SimTime to,
                                        double amount) const {
    const std::vector<Arrivals::RatePoint>& points = pattern.points;
    const Duration period = points.back().at;
    Duration offset = from - m_origin; // within the period
    double added = 0;
    if (pattern.repeats) {
        offset %= period;
        const double periodAmount = m_arrivals.m_content->periodAmount * m_factor;
        const std::int64_t periodsRoom = (to - from) / period;
        if (periodAmount > 0 && periodsRoom > 0) {
            const double wanted = std::floor(amount / periodAmount);
            // One fewer than fit, so that rounding never skips the period in which the amount is reached.
            const std::int64_t skipped = wanted > static_cast<double>(periodsRoom)
                                             ? periodsRoom
                                             : std::max<std::int64_t>(0, static_cast<std::int64_t>(wanted) - 1);
            from += skipped * period;
            added += static_cast<double>(skipped) * periodAmount;
        }
    }
    while (from < to) {
        const auto upper =
            std::upper_bound(points.begin(), points.end(), offset,
                             [](Duration time, const Arrivals::RatePoint& point) { return time < point.at; });
        if (upper == points.end() && pattern.repeats) {
            offset = Duration{0};
            continue;
        }
        double rate = upper == points.begin() ? points.front().rate.perSecond : (upper - 1)->rate.perSecond;
        double slope = 0; // per second
        Duration length = to - from;
        if (upper != points.end()) {
            if (upper != points.begin()) {
                slope = (upper->rate.perSecond - rate) / seconds(upper->at - (upper - 1)->at);
                rate += slope * seconds(offset - (upper - 1)->at);
            }
            length = std::min(length, upper->at - offset);
        }
        const double room = m_factor * seconds(length) * (rate + slope * seconds(length) / 2);
        if (room > 0 && amount - added <= room + slack) {
            const double area = (amount - added) / m_factor;
            const double root = std::sqrt(std::max(0.0, rate * rate + 2 * area * slope));
            const double ahead = area > 0 ? 2 * area / (rate + root) : 0;
            return Walk{from + std::min(Distribution::durationOf(ahead), length), amount, true};
        }
        added += room;
        from += length;
        offset += length;
    }
    return Walk{to, added, false};
}

} // namespace weir

#include "core/scenario/distribution_reader.h"

#include <algorithm>
#include <array>

namespace weir {
namespace {

constexpr double numberMax = 1e15;

// Reads one distribution; what its amounts are written as is the only difference between times and numbers.
class DistributionReader {
  public:
    explicit DistributionReader(bool times) : m_times(times) {}

    std::optional<Distribution> read(const Given& given) const {
        if (!given.value().table())
            return made(given, amount(given), Distribution::constant);
        if (!given.isTable(fields::distribution))
            return std::nullopt;
        const auto members = given.members();
        if (members.size() != 1) {
            given.refuse("needs exactly one kind of distribution");
            return std::nullopt;
        }
        const auto& [kind, inside] = members.front();
        return readKind(kind, inside);
    }

  private:
    using Maybe = std::optional<Distribution>;

    std::optional<double> amount(const Given& given) const {
        if (!m_times)
            return readNumber(given, 0, numberMax);
        if (const auto duration = readDuration(given))
            return seconds(*duration);
        return std::nullopt;
    }
    auto asAmount() const {
        return [this](const Given& given) { return amount(given); };
    }

    // The member, which must be there.
    std::optional<double> needed(const Given& given, std::string_view key) const {
        if (const auto there = given.member(key))
            return amount(*there);
        given.missing(key, m_times ? "a duration" : "a number");
        return std::nullopt;
    }
    static std::optional<double> neededNumber(const Given& given, std::string_view key) {
        if (const auto there = given.member(key))
            return readNumber(*there, 0, numberMax);
        given.missing(key, "a number");
        return std::nullopt;
    }

    static Maybe taken(const Given& given, Result<Distribution> made) {
        if (made)
            return std::move(*made);
        Error error = made.error();
        if (error.where == "/p99.9")
            error.where = "/p999";
        given.refuseInside(error);
        return std::nullopt;
    }
    template <class Value, class Make> static Maybe made(const Given& given, std::optional<Value> value, Make make) {
        if (!value)
            return std::nullopt;
        return taken(given, make(*value));
    }

    Maybe readKind(std::string_view kind, const Given& given) const {
        if (kind == "constant")
            return made(given, amount(given), Distribution::constant);
        if (kind == "exponential")
            return made(given, amount(given), Distribution::exponential);
        if (kind == "uniform")
            return readUniform(given);
        if (kind == "normal")
            return readNormal(given);
        if (kind == "lognormal")
            return readLognormal(given);
        if (kind == "erlang")
            return readErlang(given);
        if (kind == "gamma")
            return readGamma(given);
        if (kind == "weibull")
            return readWeibull(given);
        if (kind == "pareto")
            return readPareto(given);
        if (kind == "hyperexponential")
            return readHyperexponential(given);
        if (kind == "empirical")
            return readEmpirical(given);
        if (kind == "quantiles")
            return readQuantiles(given);
        return std::nullopt; // an unknown key, which has been complained of
    }

    Maybe readUniform(const Given& given) const {
        if (!given.isTable(fields::uniform))
            return std::nullopt;
        const auto low = needed(given, "low");
        const auto high = needed(given, "high");
        if (!low || !high)
            return std::nullopt;
        return taken(given, Distribution::uniform({.low = *low, .high = *high}));
    }

    Maybe readNormal(const Given& given) const {
        if (!given.isTable(fields::normal))
            return std::nullopt;
        Distribution::TruncatedNormal normal;
        const auto mean = needed(given, "mean");
        const auto sd = needed(given, "sd");
        given.take("min", normal.min, asAmount());
        given.take("max", normal.max, asAmount());
        if (!mean || !sd)
            return std::nullopt;
        normal.mean = *mean;
        normal.sd = *sd;
        return taken(given, Distribution::normal(normal));
    }

    Maybe readLognormal(const Given& given) const {
        if (!given.isTable(fields::lognormal))
            return std::nullopt;
        struct Percentile {
            std::string_view key;
            double percent;
        };
        constexpr std::array percentiles{Percentile{"p90", 90}, Percentile{"p95", 95}, Percentile{"p99", 99},
                                         Percentile{"p999", 99.9}};
        const Percentile* percentile = nullptr;
        for (const Percentile& candidate : percentiles)
            if (given.has(candidate.key))
                percentile = &candidate;
        const bool byMean = given.has("mean");
        if (given.members().size() != 2 || byMean == given.has("median") ||
            (!percentile && !(byMean && given.has("sd")))) {
            given.refuse(
                "needs two of a lognormal's figures: \"mean\" and \"sd\", or \"mean\" or \"median\" and one of "
                "\"p90\", \"p95\", \"p99\", \"p999\"");
            return std::nullopt;
        }
        const auto middle = needed(given, byMean ? "mean" : "median");
        const auto second = needed(given, percentile ? percentile->key : "sd");
        if (!middle || !second)
            return std::nullopt;
        if (!percentile)
            return taken(given, Distribution::lognormal(Distribution::MeanAndSd{.mean = *middle, .sd = *second}));
        if (byMean)
            return taken(given, Distribution::lognormal(Distribution::MeanAndPercentile{
                                    .mean = *middle, .percent = percentile->percent, .value = *second}));
        return taken(given, Distribution::lognormal(Distribution::MedianAndPercentile{
                                .median = *middle, .percent = percentile->percent, .value = *second}));
    }

    Maybe readErlang(const Given& given) const {
        if (!given.isTable(fields::erlang))
            return std::nullopt;
        Distribution::PhasesAndMean erlang;
        if (!given.has("phases"))
            given.missing("phases", "a whole number");
        given.take("phases", erlang.phases, wholeBetween<int>(1, 1'000'000));
        const auto mean = needed(given, "mean");
        if (!mean || !given.has("phases"))
            return std::nullopt;
        erlang.mean = *mean;
        return taken(given, Distribution::erlang(erlang));
    }

    Maybe readGamma(const Given& given) const {
        if (!given.isTable(fields::gamma))
            return std::nullopt;
        const auto shape = neededNumber(given, "shape");
        const auto mean = needed(given, "mean");
        if (!shape || !mean)
            return std::nullopt;
        return taken(given, Distribution::gamma({.shape = *shape, .mean = *mean}));
    }

    Maybe readWeibull(const Given& given) const {
        if (!given.isTable(fields::weibull))
            return std::nullopt;
        if (given.has("scale") == given.has("mean")) {
            given.refuse("needs either \"scale\" or \"mean\" beside \"shape\"");
            return std::nullopt;
        }
        const auto shape = neededNumber(given, "shape");
        const bool byMean = given.has("mean");
        const auto size = needed(given, byMean ? "mean" : "scale");
        if (!shape || !size)
            return std::nullopt;
        if (byMean)
            return taken(given, Distribution::weibull(Distribution::ShapeAndMean{.shape = *shape, .mean = *size}));
        return taken(given, Distribution::weibull(Distribution::ShapeAndScale{.shape = *shape, .scale = *size}));
    }

    Maybe readPareto(const Given& given) const {
        if (!given.isTable(fields::pareto))
            return std::nullopt;
        if (given.has("min") == given.has("mean")) {
            given.refuse("needs either \"min\" or \"mean\" beside \"shape\"");
            return std::nullopt;
        }
        const auto shape = neededNumber(given, "shape");
        const bool byMean = given.has("mean");
        const auto size = needed(given, byMean ? "mean" : "min");
        if (!shape || !size)
            return std::nullopt;
        if (byMean)
            return taken(given, Distribution::pareto(Distribution::ShapeAndMean{.shape = *shape, .mean = *size}));
        return taken(given, Distribution::pareto(Distribution::ShapeAndMin{.shape = *shape, .min = *size}));
    }

    Maybe readHyperexponential(const Given& given) const {
        if (!given.isList("branches {\"probability\", \"mean\"}"))
            return std::nullopt;
        std::vector<Distribution::Branch> branches;
        bool complete = true;
        for (const Given& item : given.items()) {
            const bool known = item.isTable(fields::phase);
            const auto probability = known ? neededNumber(item, "probability") : std::nullopt;
            const auto mean = known ? needed(item, "mean") : std::nullopt;
            complete = complete && probability && mean;
            if (complete)
                branches.push_back({.probability = *probability, .mean = *mean});
        }
        return complete ? taken(given, Distribution::hyperexponential(branches)) : std::nullopt;
    }

    Maybe readEmpirical(const Given& given) const {
        if (!given.isList("values, or of {\"value\", \"weight\"}"))
            return std::nullopt;
        std::vector<Distribution::WeightedValue> points;
        bool complete = true;
        for (const Given& item : given.items()) {
            Distribution::WeightedValue point;
            const bool weighted = item.value().table() != nullptr;
            const bool known = !weighted || item.isTable(fields::weightedValue);
            const auto value = !known ? std::nullopt : weighted ? needed(item, "value") : amount(item);
            if (weighted)
                item.take("weight", point.weight, numberBetween(0, numberMax));
            complete = complete && value;
            if (!complete)
                continue;
            point.value = *value;
            points.push_back(point);
        }
        return complete ? taken(given, Distribution::empirical(points)) : std::nullopt;
    }

    Maybe readQuantiles(const Given& given) const {
        if (!given.isList("points {\"probability\", \"value\"}"))
            return std::nullopt;
        std::vector<Distribution::QuantilePoint> points;
        bool complete = true;
        for (const Given& item : given.items()) {
            const bool known = item.isTable(fields::quantile);
            const auto probability = known ? neededNumber(item, "probability") : std::nullopt;
            const auto value = known ? needed(item, "value") : std::nullopt;
            complete = complete && probability && value;
            if (complete)
                points.push_back({.probability = *probability, .value = *value});
        }
        return complete ? taken(given, Distribution::quantiles(points)) : std::nullopt;
    }

    bool m_times;
};

// --- arrivals ---

constexpr Word<Arrivals::Spacing> spacings[] = {{"poisson", Arrivals::Spacing::poisson},
                                                {"regular", Arrivals::Spacing::regular}};

std::optional<Arrivals> taken(const Given& given, Result<Arrivals> made) {
    if (made)
        return std::move(*made);
    given.refuseInside(made.error());
    return std::nullopt;
}

std::optional<Arrivals> readRateOf(const Given& given, Arrivals::Spacing spacing) {
    const auto rate = readRate(given);
    return rate ? taken(given, Arrivals::constant(*rate, spacing)) : std::nullopt;
}

std::optional<Arrivals> readEvery(const Given& given) {
    const auto interval = readPositiveDuration(given);
    return interval ? taken(given, Arrivals::every(*interval)) : std::nullopt;
}

std::optional<Arrivals> readBursts(const Given& given, Arrivals::Spacing spacing) {
    if (!given.isTable(fields::bursts))
        return std::nullopt;
    const std::size_t before = given.complaints().count();
    for (const std::string_view key : {"on", "off", "rateOn"})
        if (!given.has(key))
            given.missing(key, key == "rateOn" ? "a rate" : "a duration or distribution");
    Arrivals::Bursts bursts;
    given.take("on", bursts.on, readDistribution);
    given.take("off", bursts.off, readDistribution);
    given.take("rateOn", bursts.rateOn, readRate);
    given.take("rateOff", bursts.rateOff, readRate);
    if (given.complaints().count() > before)
        return std::nullopt;
    return taken(given, Arrivals::bursts(bursts, spacing));
}

std::optional<Arrivals> readSchedule(const Given& given, bool repeats, Arrivals::Spacing spacing) {
    if (!given.isList("points {\"at\", \"rate\"}"))
        return std::nullopt;
    Arrivals::Schedule schedule;
    schedule.repeats = repeats;
    const std::size_t before = given.complaints().count();
    for (const Given& item : given.items()) {
        Arrivals::RatePoint point{};
        if (!item.isTable(fields::ratePoint))
            continue;
        for (const std::string_view key : {"at", "rate"})
            if (!item.has(key))
                item.missing(key, key == "at" ? "a duration" : "a rate");
        item.take("at", point.at, readDuration);
        item.take("rate", point.rate, readRate);
        schedule.points.push_back(point);
    }
    if (given.complaints().count() > before)
        return std::nullopt;
    return taken(given, Arrivals::schedule(std::move(schedule), spacing));
}

std::optional<Arrivals> readTimes(const Given& given) {
    if (!given.isList("times"))
        return std::nullopt;
    std::vector<Duration> times;
    const std::size_t before = given.complaints().count();
    for (const Given& item : given.items())
        times.push_back(readDuration(item).value_or(Duration::zero()));
    if (given.complaints().count() > before)
        return std::nullopt;
    return taken(given, Arrivals::explicitTimes(std::move(times)));
}

std::optional<Arrivals> readClosedLoop(const Given& given) {
    Arrivals::ClosedLoop loop;
    given.take("users", loop.users, wholeBetween<std::uint32_t>(1, Arrivals::usersMax));
    given.take("think", loop.think, readDistribution);
    return taken(given, Arrivals::closedLoop(std::move(loop)));
}

std::optional<Arrivals> readGaps(const Given& given) {
    auto gaps = readDistribution(given);
    return gaps ? taken(given, Arrivals::renewal(std::move(*gaps))) : std::nullopt;
}

std::optional<Arrivals> readSaturated(const Given& given) {
    if (const auto truth = readTruth(given); truth && *truth)
        return Arrivals::saturated();
    given.refuse("needs true; a source that is not always ready has a rate, gaps or times");
    return std::nullopt;
}

// Keys that go with one pattern only.
struct Companion {
    std::string_view key;
    std::array<std::string_view, 2> patterns;
    const char* need;
};
constexpr std::array companions{
    Companion{"think", {"users", ""}, "needs \"users\", whose thinking time it is"},
    Companion{"spacing", {"bursts", "schedule"}, "needs \"bursts\" or \"schedule\", whose arrivals it spaces"},
    Companion{"repeat", {"schedule", ""}, "needs \"schedule\", which it repeats"},
};

} // namespace

std::optional<Distribution> readDistribution(const Given& given) {
    return DistributionReader(true).read(given);
}

std::optional<Distribution> readNumberDistribution(const Given& given) {
    return DistributionReader(false).read(given);
}

std::optional<Arrivals> readArrivals(const Given& given) {
    if (!given.isTable(fields::arrivals))
        return std::nullopt;
    constexpr std::array<std::string_view, 9> patterns{"every",    "rate",  "poisson", "gaps",     "bursts",
                                                       "schedule", "users", "times",   "saturated"};
    if (std::count_if(patterns.begin(), patterns.end(), [&](std::string_view key) { return given.has(key); }) != 1) {
        given.refuse("needs exactly one of every, rate, poisson, gaps, bursts, schedule, users, times, saturated");
        return std::nullopt;
    }
    for (const Companion& companion : companions)
        if (const auto there = given.member(companion.key))
            if (!given.has(companion.patterns[0]) && !given.has(companion.patterns[1]))
                there->refuse(companion.need);
    Arrivals::Spacing spacing = Arrivals::Spacing::poisson;
    given.take("spacing", spacing, oneOf(spacings));
    bool repeats = false;
    given.take("repeat", repeats, readTruth);

    std::optional<Arrivals> arrivals;
    if (const auto every = given.member("every"))
        arrivals = readEvery(*every);
    else if (const auto rate = given.member("rate"))
        arrivals = readRateOf(*rate, Arrivals::Spacing::regular);
    else if (const auto poisson = given.member("poisson"))
        arrivals = readRateOf(*poisson, Arrivals::Spacing::poisson);
    else if (const auto gaps = given.member("gaps"))
        arrivals = readGaps(*gaps);
    else if (const auto saturated = given.member("saturated"))
        arrivals = readSaturated(*saturated);
    else if (const auto bursts = given.member("bursts"))
        arrivals = readBursts(*bursts, spacing);
    else if (const auto schedule = given.member("schedule"))
        arrivals = readSchedule(*schedule, repeats, spacing);
    else if (const auto times = given.member("times"))
        arrivals = readTimes(*times);
    else
        arrivals = readClosedLoop(given);

    if (const auto first = given.member("first"); first && arrivals) {
        const auto at = readDuration(*first);
        arrivals = at ? taken(given, arrivals->startingWith(*at)) : std::nullopt;
    }
    std::optional<Distribution> batch;
    given.take("batch", batch, readNumberDistribution);
    Arrivals::Limits limits;
    given.take("from", limits.start, readDuration);
    given.take("until", limits.stop, readDuration);
    given.take("count", limits.count, wholeBetween<std::uint64_t>(1, std::numeric_limits<std::int64_t>::max()));
    if (!arrivals)
        return std::nullopt;
    if (batch)
        arrivals = arrivals->inBatches(std::move(*batch));
    Result<Arrivals> within = arrivals->within(limits);
    if (within)
        return std::move(*within);
    const bool ofStart = within.error().where == "/start"; // the kernel's words for "from" and "until"
    const bool beyond = limits.stop > Distribution::durationMax;
    given.refuseInside({ofStart ? "/from" : "/until",
                        ofStart || beyond ? "must be a time from 0 to 36525d" : "must be after \"from\"", ""});
    return std::nullopt;
}

} // namespace weir

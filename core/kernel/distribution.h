// Distribution: how long, how big, how many, as a plain value. Unit-free and never negative; a time is in seconds.
// A sample depends on its Draw alone. Where the quantile has a closed form the sample is the quantile of one uniform
// number, so that two runs that differ in a parameter stay comparable draw by draw; gamma samples need several.
// It parses nothing: a loader calls the factories and puts its place before `where` of their errors ("/mean").
#pragma once

#include "core/kernel/elementary.h"
#include "core/kernel/random.h"
#include "core/result.h"
#include "core/units.h"

#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace weir {

class Distribution {
  public:
    struct Range {
        double low = 0, high = 0;
    };
    struct MeanAndSd { // sd: standard deviation
        double mean = 0, sd = 0;
    };
    struct MeanAndPercentile { // "p99 is 60 ms": percent 99, value 0.06
        double mean = 0, percent = 99, value = 0;
    };
    struct MedianAndPercentile {
        double median = 0, percent = 99, value = 0;
    };
    // Mean and standard deviation are those of the normal distribution before it is cut to [min, max]; mean() and
    // variance() answer for what is left.
    struct TruncatedNormal {
        double mean = 0, sd = 0, min = 0, max = std::numeric_limits<double>::infinity();
    };
    struct PhasesAndMean {
        int phases = 1;
        double mean = 0;
    };
    struct ShapeAndMean {
        double shape = 1, mean = 0;
    };
    struct ShapeAndScale {
        double shape = 1, scale = 0;
    };
    struct ShapeAndMin {
        double shape = 1, min = 0;
    };
    struct Branch {
        double probability = 0, mean = 0;
    };
    struct WeightedValue {
        double value = 0, weight = 1;
    };
    struct QuantilePoint { // P(X <= value) = probability
        double probability = 0, value = 0;
    };
    static constexpr std::size_t pointsMax = 1'000'000; // of an empirical distribution

    Distribution() = default; // the constant 0

    static Result<Distribution> constant(double value);
    static Result<Distribution> uniform(Range range);
    static Result<Distribution> exponential(double mean);
    static Result<Distribution> normal(TruncatedNormal given);
    static Result<Distribution> lognormal(MeanAndSd given);
    // Two sigmas fit a mean and an upper percentile: the smaller one is meant. Above a ratio of the two (14.97 for
    // p99) none does, and below 1 only one that makes nearly everything nearly 0: both are refused.
    static Result<Distribution> lognormal(MeanAndPercentile given);
    static Result<Distribution> lognormal(MedianAndPercentile given);
    static Result<Distribution> erlang(PhasesAndMean given);
    static Result<Distribution> gamma(ShapeAndMean given);
    static Result<Distribution> weibull(ShapeAndScale given);
    static Result<Distribution> weibull(ShapeAndMean given);
    static Result<Distribution> pareto(ShapeAndMin given);
    static Result<Distribution> pareto(ShapeAndMean given);
    static Result<Distribution> hyperexponential(const std::vector<Branch>& branches); // probabilities sum to 1
    static Result<Distribution> empirical(const std::vector<WeightedValue>& points);
    // Ascending, from probability 0 to probability 1, interpolated linearly in between.
    static Result<Distribution> quantiles(const std::vector<QuantilePoint>& points);

    double sample(Draw& draw) const {
        // The most frequent ones, without a call more.
        if (const auto* shape = std::get_if<Exponential>(&m_shape))
            return -shape->mean * elementary::log(draw.uniform());
        if (const auto* shape = std::get_if<Uniform>(&m_shape))
            return shape->low + shape->width * draw.uniform();
        if (const auto* shape = std::get_if<Constant>(&m_shape))
            return shape->value;
        return sampleOther(draw);
    }
    // The sample as seconds, rounded to nanoseconds and at most `durationMax`.
    Duration sampleDuration(Draw& draw) const { return durationOf(sample(draw)); }

    std::string_view shapeName() const; // "lognormal": the word in scenario files
    double mean() const;     // infinite for a Pareto of shape 1 and below
    double variance() const; // may be infinite
    // The value that a sample does not exceed with this probability in (0, 1); nothing where there is no closed form
    // (gamma, Erlang, hyperexponential).
    std::optional<double> quantile(double probability) const;

    // A hundred years: so far ahead that it is never, so near that adding it to a time cannot overflow.
    static constexpr Duration durationMax = std::chrono::hours{24 * 36525};
    static Duration durationOf(double seconds) {
        const double nanoseconds = seconds * 1e9;
        if (!(nanoseconds > 0))
            return Duration{0};
        if (nanoseconds >= static_cast<double>(durationMax.count()))
            return durationMax;
        return Duration{static_cast<std::int64_t>(nanoseconds + 0.5)};
    }

  private:
    struct Constant {
        double value;
    };
    struct Uniform {
        double low, width;
    };
    struct Exponential {
        double mean;
    };
    struct Normal {
        double mean, sd;       // mirrored where the lower tail would lose digits
        double from, width;    // the share of the uncut distribution below min, and between min and max
        double min, max, sign; // sign -1: mirrored
    };
    struct Lognormal {
        double mu, sigma;
    };
    struct Erlang {
        int phases;
        double scale;
    };
    struct Gamma {
        double shape, scale;
    };
    struct Weibull {
        double shape, scale;
    };
    struct Pareto {
        double shape, min;
    };
    struct Step {
        double cumulative, value;
    };
    using Steps = std::shared_ptr<const std::vector<Step>>;
    struct Hyperexponential {
        Steps branches;
    };
    struct Points {
        Steps points;
    };
    struct Interpolated {
        Steps points;
    };
    using Shape = std::variant<Constant, Uniform, Exponential, Normal, Lognormal, Erlang, Gamma, Weibull, Pareto,
                               Hyperexponential, Points, Interpolated>;

    double sampleOther(Draw& draw) const;

    explicit Distribution(Shape shape) : m_shape(std::move(shape)) {}

    Shape m_shape{Constant{0}};
};

} // namespace weir

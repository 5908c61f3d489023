#include "core/kernel/distribution.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath> // sqrt, floor and isfinite only

namespace weir {
namespace {

namespace el = elementary;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string textOf(double number) {
    char buffer[32];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
    return error == std::errc{} ? std::string(buffer, end) : std::string();
}

Error refused(std::string where, std::string what, double given) {
    return {std::move(where), std::move(what), textOf(given)};
}

bool isAmount(double number) {
    return number >= 0 && std::isfinite(number);
}
bool isPositive(double number) {
    return number > 0 && std::isfinite(number);
}

constexpr const char* needsAmount = "must be a finite number, 0 or above";
constexpr const char* needsPositive = "must be a finite number above 0";
constexpr const char* needsShape = "must be a shape from 0.05 to 1000000";
constexpr double shapeMin = 0.05; // below, moments and samples leave the range of doubles
constexpr double shapeMax = 1e6;
bool isShape(double number) {
    return number >= shapeMin && number <= shapeMax;
}

double square(double number) {
    return number * number;
}

// A standard gamma variate for shape >= 1: Marsaglia and Tsang (2000). Of a million tries fewer than fifty thousand are
// rejected, so the bound is never met in practice; it is there because every loop has one.
double gammaSample(double shape, Draw& draw) {
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    constexpr int triesMax = 100;
    for (int i = 0; i < triesMax; ++i) {
        const double z = el::normalQuantile(draw.uniform());
        const double root = 1 + c * z;
        const double u = draw.uniform();
        if (root <= 0)
            continue;
        const double v = root * root * root;
        if (el::log(u) < 0.5 * z * z + d - d * v + d * el::log(v))
            return d * v;
    }
    return d;
}

template <class... Cases> struct Overloaded : Cases... { using Cases::operator()...; };
template <class... Cases> Overloaded(Cases...) -> Overloaded<Cases...>;

} // namespace

Result<Distribution> Distribution::constant(double value) {
    if (!isAmount(value))
        return refused("", needsAmount, value);
    return Distribution(Constant{value});
}

Result<Distribution> Distribution::uniform(Range range) {
    if (!isAmount(range.low))
        return refused("/low", needsAmount, range.low);
    if (!isAmount(range.high) || range.high < range.low)
        return refused("/high", "must be a finite number, not below \"low\"", range.high);
    return Distribution(Uniform{range.low, range.high - range.low});
}

Result<Distribution> Distribution::exponential(double mean) {
    if (!isPositive(mean))
        return refused("/mean", needsPositive, mean);
    return Distribution(Exponential{mean});
}

Result<Distribution> Distribution::normal(TruncatedNormal given) {
    if (!std::isfinite(given.mean))
        return refused("/mean", "must be a finite number", given.mean);
    if (!isPositive(given.sd))
        return refused("/sd", needsPositive, given.sd);
    if (!isAmount(given.min))
        return refused("/min", needsAmount, given.min);
    if (!(given.max > given.min))
        return refused("/max", "must be above \"min\"", given.max);
    double low = (given.min - given.mean) / given.sd;
    double high = (given.max - given.mean) / given.sd;
    const double sign = low > 0 ? -1 : 1; // an upper tail is sampled as a lower one, which keeps its digits
    if (sign < 0) {
        std::swap(low, high);
        low = -low;
        high = -high;
    }
    const double from = el::normalCdf(low);
    const double width = el::normalCdf(high) - from;
    if (!(width > 1e-12))
        return refused("/mean", "must leave a measurable share of the distribution between \"min\" and \"max\"",
                       given.mean);
    return Distribution(Normal{sign * given.mean, given.sd, from, width, given.min, given.max, sign});
}

Result<Distribution> Distribution::lognormal(MeanAndSd given) {
    if (!isPositive(given.mean))
        return refused("/mean", needsPositive, given.mean);
    if (!isPositive(given.sd))
        return refused("/sd", needsPositive, given.sd);
    const double variance = el::log1p(square(given.sd / given.mean));
    return Distribution(Lognormal{el::log(given.mean) - variance / 2, std::sqrt(variance)});
}

Result<Distribution> Distribution::lognormal(MeanAndPercentile given) {
    if (!isPositive(given.mean))
        return refused("/mean", needsPositive, given.mean);
    if (!(given.percent > 0 && given.percent < 100))
        return refused("/percent", "must be above 0 and below 100", given.percent);
    const std::string where = "/p" + textOf(given.percent);
    if (!isPositive(given.value))
        return refused(where, needsPositive, given.value);
    // value = exp(mu + z sigma) and mean = exp(mu + sigma^2 / 2), so sigma^2 / 2 - z sigma + log(value / mean) = 0.
    const double z = el::normalQuantile(given.percent / 100);
    const double ratio = el::log(given.value / given.mean);
    const double discriminant = z * z - 2 * ratio;
    if (discriminant < 0) {
        const std::string what = "must be at most " + textOf(el::exp(z * z / 2)) +
                                 " times the mean, above which no lognormal distribution has both";
        return refused(where, what, given.value);
    }
    const double root = std::sqrt(discriminant);
    // The smaller root, written without cancellation.
    const double sigma = z > 0 ? 2 * ratio / (z + root) : z + root;
    if (!(sigma > 0))
        return refused(where,
                       z > 0 ? "must be above the mean" : "must be below the mean, as the median of a lognormal is",
                       given.value);
    return Distribution(Lognormal{el::log(given.mean) - sigma * sigma / 2, sigma});
}

Result<Distribution> Distribution::lognormal(MedianAndPercentile given) {
    if (!isPositive(given.median))
        return refused("/median", needsPositive, given.median);
    if (!(given.percent > 0 && given.percent < 100) || given.percent == 50)
        return refused("/percent", "must be above 0 and below 100, and not 50, which is the median", given.percent);
    const std::string where = "/p" + textOf(given.percent);
    if (!isPositive(given.value))
        return refused(where, needsPositive, given.value);
    const double sigma = el::log(given.value / given.median) / el::normalQuantile(given.percent / 100);
    if (!(sigma > 0))
        return refused(where, given.percent > 50 ? "must be above the median" : "must be below the median",
                       given.value);
    return Distribution(Lognormal{el::log(given.median), sigma});
}

Result<Distribution> Distribution::erlang(PhasesAndMean given) {
    if (given.phases < 1 || given.phases > 1'000'000)
        return refused("/phases", "must be a whole number from 1 to 1000000", given.phases);
    if (!isPositive(given.mean))
        return refused("/mean", needsPositive, given.mean);
    // As many factors as surely do not underflow are multiplied; more phases are sampled as a gamma distribution.
    constexpr int productMax = 16;
    if (given.phases <= productMax)
        return Distribution(Erlang{given.phases, given.mean / given.phases});
    return gamma({.shape = static_cast<double>(given.phases), .mean = given.mean});
}

Result<Distribution> Distribution::gamma(ShapeAndMean given) {
    if (!isShape(given.shape))
        return refused("/shape", needsShape, given.shape);
    if (!isPositive(given.mean))
        return refused("/mean", needsPositive, given.mean);
    return Distribution(Gamma{given.shape, given.mean / given.shape});
}

Result<Distribution> Distribution::weibull(ShapeAndScale given) {
    if (!isShape(given.shape))
        return refused("/shape", needsShape, given.shape);
    if (!isPositive(given.scale))
        return refused("/scale", needsPositive, given.scale);
    return Distribution(Weibull{given.shape, given.scale});
}

Result<Distribution> Distribution::weibull(ShapeAndMean given) {
    if (!isShape(given.shape))
        return refused("/shape", needsShape, given.shape);
    if (!isPositive(given.mean))
        return refused("/mean", needsPositive, given.mean);
    return weibull(ShapeAndScale{.shape = given.shape, .scale = given.mean / el::gamma(1 + 1 / given.shape)});
}

Result<Distribution> Distribution::pareto(ShapeAndMin given) {
    if (!isShape(given.shape))
        return refused("/shape", needsShape, given.shape);
    if (!isPositive(given.min))
        return refused("/min", needsPositive, given.min);
    return Distribution(Pareto{given.shape, given.min});
}

Result<Distribution> Distribution::pareto(ShapeAndMean given) {
    if (!(given.shape > 1 && given.shape <= shapeMax))
        return refused("/shape", "must be above 1 where a mean is given, since a smaller shape has none", given.shape);
    if (!isPositive(given.mean))
        return refused("/mean", needsPositive, given.mean);
    return Distribution(Pareto{given.shape, given.mean * (given.shape - 1) / given.shape});
}

Result<Distribution> Distribution::hyperexponential(const std::vector<Branch>& branches) {
    constexpr std::size_t branchesMax = 1'000;
    if (branches.empty() || branches.size() > branchesMax)
        return Error{"", "must have 1 to 1000 branches", std::to_string(branches.size())};
    auto steps = std::make_shared<std::vector<Step>>();
    double total = 0;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const std::string place = "/" + std::to_string(i);
        if (!isPositive(branches[i].probability))
            return refused(place + "/probability", "must be above 0", branches[i].probability);
        if (!isPositive(branches[i].mean))
            return refused(place + "/mean", needsPositive, branches[i].mean);
        total += branches[i].probability;
        steps->push_back({total, branches[i].mean});
    }
    if (!(total > 1 - 1e-9 && total < 1 + 1e-9))
        return refused("", "must have probabilities that add up to 1", total);
    steps->back().cumulative = 1;
    return Distribution(Hyperexponential{std::move(steps)});
}

Result<Distribution> Distribution::empirical(const std::vector<WeightedValue>& points) {
    if (points.empty() || points.size() > pointsMax)
        return Error{"", "must have 1 to 1000000 points", std::to_string(points.size())};
    std::vector<WeightedValue> sorted;
    double total = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::string place = "/" + std::to_string(i);
        if (!isAmount(points[i].value))
            return refused(place + "/value", needsAmount, points[i].value);
        if (!isAmount(points[i].weight))
            return refused(place + "/weight", needsAmount, points[i].weight);
        total += points[i].weight;
        if (points[i].weight > 0)
            sorted.push_back(points[i]);
    }
    if (!isPositive(total))
        return refused("", "must have weights with a finite sum above 0", total);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const WeightedValue& left, const WeightedValue& right) { return left.value < right.value; });
    auto steps = std::make_shared<std::vector<Step>>();
    double sum = 0;
    for (const WeightedValue& point : sorted) {
        sum += point.weight;
        steps->push_back({sum / total, point.value});
    }
    steps->back().cumulative = 1;
    return Distribution(Points{std::move(steps)});
}

Result<Distribution> Distribution::quantiles(const std::vector<QuantilePoint>& points) {
    if (points.size() < 2 || points.size() > pointsMax)
        return Error{"", "must have 2 to 1000000 points", std::to_string(points.size())};
    auto steps = std::make_shared<std::vector<Step>>();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::string place = "/" + std::to_string(i);
        const bool ascends = i == 0 || points[i].probability > points[i - 1].probability;
        if (!ascends || !isAmount(points[i].probability))
            return refused(place + "/probability", "must be above the one before", points[i].probability);
        if (!isAmount(points[i].value) || (i > 0 && points[i].value < points[i - 1].value))
            return refused(place + "/value", "must be a finite number, not below the one before", points[i].value);
        steps->push_back({points[i].probability, points[i].value});
    }
    if (steps->front().cumulative != 0)
        return refused("/0/probability", "must be 0: the first point is the least value", steps->front().cumulative);
    if (steps->back().cumulative != 1)
        return refused("/" + std::to_string(points.size() - 1) + "/probability",
                       "must be 1: the last point is the greatest value", steps->back().cumulative);
    return Distribution(Interpolated{std::move(steps)});
}

std::optional<double> Distribution::quantile(double probability) const {
    assert(probability > 0 && probability < 1);
    const double p = probability;
    const auto stepAt = [p](const Steps& steps) {
        return std::lower_bound(steps->begin(), steps->end(), p,
                                [](const Step& step, double wanted) { return step.cumulative < wanted; });
    };
    return std::visit(
        Overloaded{[](const Constant& shape) -> std::optional<double> { return shape.value; },
                   [p](const Uniform& shape) -> std::optional<double> { return shape.low + shape.width * p; },
                   [p](const Exponential& shape) -> std::optional<double> { return -shape.mean * el::log1p(-p); },
                   [p](const Normal& shape) -> std::optional<double> {
                       const double share = shape.from + shape.width * (shape.sign < 0 ? 1 - p : p);
                       const double inside = std::min(std::max(share, 0x1p-1000), 1 - 0x1p-53);
                       const double value = shape.sign * (shape.mean + shape.sd * el::normalQuantile(inside));
                       return std::min(std::max(value, shape.min), shape.max);
                   },
                   [p](const Lognormal& shape) -> std::optional<double> {
                       return el::exp(shape.mu + shape.sigma * el::normalQuantile(p));
                   },
                   [](const Erlang&) -> std::optional<double> { return std::nullopt; },
                   [](const Gamma&) -> std::optional<double> { return std::nullopt; },
                   [p](const Weibull& shape) -> std::optional<double> {
                       return shape.scale * el::pow(-el::log1p(-p), 1 / shape.shape);
                   },
                   [p](const Pareto& shape) -> std::optional<double> {
                       return shape.min * el::exp(-el::log1p(-p) / shape.shape);
                   },
                   [](const Hyperexponential&) -> std::optional<double> { return std::nullopt; },
                   [&](const Points& shape) -> std::optional<double> { return stepAt(shape.points)->value; },
                   [&](const Interpolated& shape) -> std::optional<double> {
                       const auto upper = stepAt(shape.points); // never the first, whose probability is 0
                       const auto lower = upper - 1;
                       const double part = (p - lower->cumulative) / (upper->cumulative - lower->cumulative);
                       return lower->value + part * (upper->value - lower->value);
                   }},
        m_shape);
}

// 1 - u is as uniform as u, so the upper tail's quantile may take either.
double Distribution::sampleOther(Draw& draw) const {
    if (const auto* shape = std::get_if<Erlang>(&m_shape)) {
        double product = draw.uniform();
        for (int i = 1; i < shape->phases; ++i)
            product *= draw.uniform();
        return -shape->scale * el::log(product);
    }
    if (const auto* shape = std::get_if<Gamma>(&m_shape)) {
        if (shape->shape >= 1)
            return shape->scale * gammaSample(shape->shape, draw);
        const double whole = gammaSample(shape->shape + 1, draw);
        return shape->scale * whole * el::pow(draw.uniform(), 1 / shape->shape);
    }
    if (const auto* shape = std::get_if<Hyperexponential>(&m_shape)) {
        const double chosen = draw.uniform();
        std::size_t branch = 0;
        while ((*shape->branches)[branch].cumulative < chosen)
            ++branch;
        return -(*shape->branches)[branch].value * el::log(draw.uniform());
    }
    if (const auto* shape = std::get_if<Weibull>(&m_shape))
        return shape->scale * el::pow(-el::log(draw.uniform()), 1 / shape->shape);
    if (const auto* shape = std::get_if<Pareto>(&m_shape))
        return shape->min * el::exp(-el::log(draw.uniform()) / shape->shape);
    const double p = draw.uniform();
    return *quantile(p);
}

std::string_view Distribution::shapeName() const {
    constexpr std::array<std::string_view, 12> names{"constant", "uniform", "exponential", "normal",
                                                     "lognormal", "erlang", "gamma", "weibull",
                                                     "pareto", "hyperexponential", "empirical", "quantiles"};
    static_assert(names.size() == std::variant_size_v<Shape>);
    return names[m_shape.index()];
}

double Distribution::mean() const {
    return std::visit(
        Overloaded{[](const Constant& shape) { return shape.value; },
                   [](const Uniform& shape) { return shape.low + shape.width / 2; },
                   [](const Exponential& shape) { return shape.mean; },
                   [](const Normal& shape) {
                       const double low = (shape.min - shape.sign * shape.mean) / shape.sd;
                       const double high = (shape.max - shape.sign * shape.mean) / shape.sd;
                       const double shift = (el::normalDensity(low) - el::normalDensity(high)) / shape.width;
                       return shape.sign * shape.mean + shape.sd * shift;
                   },
                   [](const Lognormal& shape) { return el::exp(shape.mu + shape.sigma * shape.sigma / 2); },
                   [](const Erlang& shape) { return shape.phases * shape.scale; },
                   [](const Gamma& shape) { return shape.shape * shape.scale; },
                   [](const Weibull& shape) { return shape.scale * el::gamma(1 + 1 / shape.shape); },
                   [](const Pareto& shape) {
                       return shape.shape > 1 ? shape.min * shape.shape / (shape.shape - 1) : infinity;
                   },
                   [](const Hyperexponential& shape) {
                       double before = 0, sum = 0;
                       for (const Step& branch : *shape.branches) {
                           sum += (branch.cumulative - before) * branch.value;
                           before = branch.cumulative;
                       }
                       return sum;
                   },
                   [](const Points& shape) {
                       double before = 0, sum = 0;
                       for (const Step& point : *shape.points) {
                           sum += (point.cumulative - before) * point.value;
                           before = point.cumulative;
                       }
                       return sum;
                   },
                   [](const Interpolated& shape) {
                       const std::vector<Step>& points = *shape.points;
                       double sum = 0;
                       for (std::size_t i = 1; i < points.size(); ++i)
                           sum += (points[i].cumulative - points[i - 1].cumulative) *
                                  (points[i].value + points[i - 1].value) / 2;
                       return sum;
                   }},
        m_shape);
}

double Distribution::variance() const {
    const double average = mean();
    return std::visit(
        Overloaded{[](const Constant&) { return 0.0; }, [](const Uniform& shape) { return square(shape.width) / 12; },
                   [](const Exponential& shape) { return square(shape.mean); },
                   [](const Normal& shape) {
                       const double low = (shape.min - shape.sign * shape.mean) / shape.sd;
                       const double high = (shape.max - shape.sign * shape.mean) / shape.sd;
                       const double lowDensity = el::normalDensity(low);
                       const double highDensity = el::normalDensity(high);
                       const double highTerm = std::isfinite(high) ? high * highDensity : 0;
                       const double shift = (lowDensity - highDensity) / shape.width;
                       return square(shape.sd) * (1 + (low * lowDensity - highTerm) / shape.width - square(shift));
                   },
                   [average](const Lognormal& shape) { return square(average) * el::expm1(square(shape.sigma)); },
                   [](const Erlang& shape) { return shape.phases * square(shape.scale); },
                   [](const Gamma& shape) { return shape.shape * square(shape.scale); },
                   [average](const Weibull& shape) {
                       return square(shape.scale) * el::gamma(1 + 2 / shape.shape) - square(average);
                   },
                   [](const Pareto& shape) {
                       const double a = shape.shape;
                       return a > 2 ? square(shape.min) * a / (square(a - 1) * (a - 2)) : infinity;
                   },
                   [average](const Hyperexponential& shape) {
                       double before = 0, sum = 0;
                       for (const Step& branch : *shape.branches) {
                           sum += (branch.cumulative - before) * 2 * square(branch.value);
                           before = branch.cumulative;
                       }
                       return sum - square(average);
                   },
                   [average](const Points& shape) {
                       double before = 0, sum = 0;
                       for (const Step& point : *shape.points) {
                           sum += (point.cumulative - before) * square(point.value - average);
                           before = point.cumulative;
                       }
                       return sum;
                   },
                   [average](const Interpolated& shape) {
                       const std::vector<Step>& points = *shape.points;
                       double sum = 0;
                       for (std::size_t i = 1; i < points.size(); ++i) {
                           const double low = points[i - 1].value - average;
                           const double high = points[i].value - average;
                           sum += (points[i].cumulative - points[i - 1].cumulative) *
                                  (low * low + low * high + high * high) / 3;
                       }
                       return sum;
                   }},
        m_shape);
}

} // namespace weir

// Changing a distribution or an arrival pattern into another one: what both have stays.
#include "core/scenario/distribution_reader.h"
#include "ui/inspector/forms/form_values.h"

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

// A few digits are enough for what was computed: a form shows "240ms", not "239.99999ms".
double rounded(double number) {
    if (!(number > 0) || !std::isfinite(number))
        return 0;
    const double scale = std::pow(10, std::floor(std::log10(number)) - 2);
    return std::round(number / scale) * scale;
}

class Amounts {
  public:
    explicit Amounts(bool times) : m_times(times) {}
    Value operator()(double amount) const {
        if (m_times)
            return toText(Distribution::durationOf(rounded(amount)));
        return Decimal::fromDouble(rounded(amount));
    }

  private:
    bool m_times;
};

std::optional<Distribution> read(const Value& value, bool times) {
    Complaints complaints;
    const Given given(value, {}, complaints);
    return times ? readDistribution(given) : readNumberDistribution(given);
}

struct Figures {
    double mean = 0.1;
    double sd = 0.03;
    double quantile(double probability) const {
        const auto known = of ? of->quantile(probability) : std::nullopt;
        return known ? *known : mean * (probability > 0.99 ? 3 : probability > 0.94 ? 2.2 : 1.8);
    }
    std::optional<Distribution> of;
};

Figures figuresOf(const Value& value, bool times) {
    Figures figures{.mean = times ? 0.1 : 2, .sd = times ? 0.03 : 0.5, .of = read(value, times)};
    if (!figures.of)
        return figures;
    if (figures.of->mean() > 0 && std::isfinite(figures.of->mean()))
        figures.mean = figures.of->mean();
    const double sd = std::sqrt(figures.of->variance());
    figures.sd = sd > 0 && std::isfinite(sd) ? sd : figures.mean * 0.25;
    return figures;
}

double percentOf(const std::string& key) {
    return key == "p90" ? 0.9 : key == "p95" ? 0.95 : key == "p99" ? 0.99 : 0.999;
}

// A percentile that a lognormal of this mean can have.
double possiblePercentile(const Figures& figures, double probability) {
    const double most = probability > 0.995 ? 40 : probability > 0.97 ? 12 : probability > 0.93 ? 3.5 : 2;
    return std::clamp(figures.quantile(probability), figures.mean * 1.05, figures.mean * most);
}

Value lognormalBy(const std::vector<std::string>& keys, const Figures& figures, const Amounts& amount) {
    Value::Table table;
    const double median = figures.of ? figures.of->quantile(0.5).value_or(figures.mean * 0.9) : figures.mean * 0.9;
    for (const std::string& key : keys)
        table.emplace_back(key, amount(key == "mean"     ? figures.mean
                                       : key == "median" ? median
                                       : key == "sd"     ? figures.sd
                                                         : possiblePercentile(figures, percentOf(key))));
    return table;
}

Value distributionAs(const std::string& key, const Figures& figures, const Amounts& amount) {
    using Table = Value::Table;
    const double mean = figures.mean;
    const auto number = [](const char* text) { return Value(*Decimal::parse(text)); };
    if (key == "constant" || key == "exponential")
        return amount(mean);
    if (key == "uniform")
        return Table{{"low", amount(mean / 2)}, {"high", amount(mean * 1.5)}};
    if (key == "normal")
        return Table{{"mean", amount(mean)}, {"sd", amount(std::min(figures.sd, mean / 2))}};
    if (key == "lognormal")
        return lognormalBy({"mean", "p99"}, figures, amount);
    if (key == "erlang")
        return Table{{"phases", 4}, {"mean", amount(mean)}};
    if (key == "gamma" || key == "weibull" || key == "pareto")
        return Table{{"shape", number(key == "pareto" ? "2.5" : "2")}, {"mean", amount(mean)}};
    if (key == "hyperexponential")
        return Value::List{Table{{"probability", number("0.9")}, {"mean", amount(mean / 2)}},
                           Table{{"probability", number("0.1")}, {"mean", amount(mean * 5.5)}}};
    if (key == "empirical")
        return Value::List{amount(mean / 2), amount(mean), amount(mean * 1.5)};
    return Value::List{Table{{"probability", 0}, {"value", amount(mean / 2)}},
                       Table{{"probability", number("0.5")}, {"value", amount(mean)}},
                       Table{{"probability", 1}, {"value", amount(mean * 2)}}};
}

Rate meanRateOf(const Value& arrivals) {
    Complaints complaints;
    const auto read = readArrivals(Given(arrivals, {}, complaints));
    const auto rate = read ? read->meanRate() : std::nullopt;
    return {rate && *rate > 0 && std::isfinite(*rate) ? *rate : 1.0};
}

Value arrivalsAs(const std::string& key, const Value& before) {
    using Table = Value::Table;
    const Rate rate{rounded(meanRateOf(before).perSecond)};
    Table table;
    if (key == "every")
        table.emplace_back(key, toText(Distribution::durationOf(rounded(1 / rate.perSecond))));
    else if (key == "rate" || key == "poisson")
        table.emplace_back(key, toText(rate));
    else if (key == "gaps")
        table.emplace_back(key, Table{{"exponential", toText(Distribution::durationOf(rounded(1 / rate.perSecond)))}});
    else if (key == "saturated")
        table.emplace_back(key, true);
    else if (key == "bursts")
        table.emplace_back(key, Table{{"on", "10s"}, {"off", "10s"}, {"rateOn", toText(Rate{rate.perSecond * 2})}});
    else if (key == "schedule")
        table.emplace_back(key, Value::List{Table{{"at", "0s"}, {"rate", toText(rate)}},
                                            Table{{"at", "1min"}, {"rate", toText(Rate{rate.perSecond * 2})}}});
    else if (key == "users") {
        table.emplace_back(key, 10);
        table.emplace_back("think", "1s");
    } else {
        table.emplace_back(key, Value::List{Value("1s"), Value("2s")});
    }
    const bool spaced = key == "bursts" || key == "schedule";
    for (const char* const kept : {"spacing", "batch", "from", "until", "count"})
        if (const Value* const there = before.member(kept); there && (spaced || std::string_view(kept) != "spacing"))
            table.emplace_back(kept, *there);
    return table;
}

} // namespace

Value switchedTo(const Value& value, const std::string& definition, std::size_t variant, bool times) {
    const std::vector<std::string>& keys = variantsOf(definition)[variant].keys;
    const Amounts amount(times);
    if (definition == "arrivals")
        return arrivalsAs(keys.front(), value);
    if (definition == "distribution") {
        const Value inside = distributionAs(keys.front(), figuresOf(value, times), amount);
        if (keys.front() == "constant")
            return inside; // as people write it: "20ms"
        return Value::Table{{keys.front(), inside}};
    }
    // One distribution by other parameters.
    const Value whole(Value::Table{{definition, value}});
    const Figures figures = figuresOf(whole, times);
    if (definition == "lognormal")
        return lognormalBy(keys, figures, amount);
    const Value* const shape = value.member("shape");
    const double alpha = shape && shape->number() ? shape->number()->toDouble() : 2;
    const double scale = definition == "weibull" ? figures.mean / std::tgamma(1 + 1 / alpha)
                         : alpha > 1             ? figures.mean * (alpha - 1) / alpha
                                                 : figures.mean / 2;
    return Value::Table{{"shape", shape ? *shape : Value(2)},
                        {keys.front(), amount(keys.front() == "mean" ? figures.mean : scale)}};
}

} // namespace weir

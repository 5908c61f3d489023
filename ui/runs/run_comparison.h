// RunComparison: two runs of one scenario at one instant: the ledger's counts and the figures of channels and services
// side by side, with their differences. A pure function of two Pictures; facts are matched by name, since forks may have
// given ids in another order.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/metrics.h"
#include "core/record/picture.h"

#include <QCoreApplication>
#include <QString>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace weir {

struct RunFigure {
    enum class Unit : std::uint8_t { Count, Seconds, Share, PerSecond };
    MetricScope scope = MetricScope::run;
    std::string_view metric; // of metrics.h
    QString place;           // "payments"; empty: the ledger
    QString name;            // "wait p99"
    Unit unit = Unit::Count;
    std::optional<double> mine, other; // nothing: no observation yet
    // A share is one of time, up to the last record before the moment, which is another in each run: less than half of
    // the last digit that is shown is no difference.
    bool tells(double difference) const { return std::abs(difference) >= (unit == Unit::Share ? 0.0005 : 1e-12); }
    bool differs() const { return mine && other ? tells(*other - *mine) : mine.has_value() != other.has_value(); }
};

class RunComparison {
    Q_DECLARE_TR_FUNCTIONS(weir::RunComparison)
  public:
    struct Side {
        const Picture& picture;
        const Catalogue& catalogue;
    };
    // The ledger first, then channels, then services, in their order.
    static std::vector<RunFigure> of(const Side& mine, const Side& other);
    static QString text(std::optional<double> value, RunFigure::Unit unit);
    // "+1.2 s", "-3"; empty where one of them is not known.
    static QString differenceText(const RunFigure& figure);
    // "+1.2 s ± 0.4 s": a mean over replications with half its 95 % interval.
    static QString intervalText(const RunFigure& figure, double mean, double half);
};

} // namespace weir

// RunComparison: two runs of one scenario at one instant: the ledger's counts and the figures of channels and services
// side by side, with their differences. A pure function of two Pictures; facts are matched by name, since forks may have
// given ids in another order.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/metrics.h"
#include "core/record/picture.h"

#include <QCoreApplication>
#include <QString>

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
    bool differs() const { return mine != other; }
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
    static QString intervalText(double mean, double half, RunFigure::Unit unit);
};

} // namespace weir

#include "ui/runs/run_comparison.h"

#include "core/record/metrics.h"
#include "ui/format.h"

#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace weir {
namespace {

using Unit = RunFigure::Unit;

struct Named {
    const char* figure; // of metrics.h
    const char* text;
    Unit unit;
};

constexpr std::array ofLedger{Named{"copies", QT_TRANSLATE_NOOP("weir::RunComparison", "copies"), Unit::Count},
                              Named{"acked", QT_TRANSLATE_NOOP("weir::RunComparison", "acked"), Unit::Count},
                              Named{"ready", QT_TRANSLATE_NOOP("weir::RunComparison", "ready"), Unit::Count},
                              Named{"inFlight", QT_TRANSLATE_NOOP("weir::RunComparison", "in flight"), Unit::Count},
                              Named{"delayed", QT_TRANSLATE_NOOP("weir::RunComparison", "delayed"), Unit::Count},
                              Named{"deadLettered", QT_TRANSLATE_NOOP("weir::RunComparison", "dead-lettered"), Unit::Count},
                              Named{"expired", QT_TRANSLATE_NOOP("weir::RunComparison", "expired"), Unit::Count},
                              Named{"dropped", QT_TRANSLATE_NOOP("weir::RunComparison", "dropped"), Unit::Count},
                              Named{"lost", QT_TRANSLATE_NOOP("weir::RunComparison", "lost"), Unit::Count},
                              Named{"refused", QT_TRANSLATE_NOOP("weir::RunComparison", "refused"), Unit::Count},
                              Named{"latencyP99", QT_TRANSLATE_NOOP("weir::RunComparison", "end to end p99"), Unit::Seconds}};
constexpr std::array ofChannel{Named{"delivered", QT_TRANSLATE_NOOP("weir::RunComparison", "delivered"), Unit::Count},
                               Named{"redelivered", QT_TRANSLATE_NOOP("weir::RunComparison", "redelivered"), Unit::Count},
                               Named{"depth", QT_TRANSLATE_NOOP("weir::RunComparison", "depth"), Unit::Count},
                               Named{"waitP99", QT_TRANSLATE_NOOP("weir::RunComparison", "wait p99"), Unit::Seconds}};
constexpr std::array ofService{Named{"handled", QT_TRANSLATE_NOOP("weir::RunComparison", "handled"), Unit::Count},
                               Named{"failed", QT_TRANSLATE_NOOP("weir::RunComparison", "failed"), Unit::Count},
                               Named{"utilization", QT_TRANSLATE_NOOP("weir::RunComparison", "utilisation"), Unit::Share},
                               Named{"responseP99", QT_TRANSLATE_NOOP("weir::RunComparison", "response p99"), Unit::Seconds}};

// Where the other run has what has this name.
template <class Id, class Rows> std::unordered_map<std::string_view, Id> idsByName(const Rows& rows) {
    std::unordered_map<std::string_view, Id> ids;
    ids.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        ids.emplace(rows[i].name, Id{static_cast<std::uint16_t>(i)});
    return ids;
}

QString signedText(double value, const QString& size) {
    return value == 0 ? size : (value > 0 ? QStringLiteral("+") : QStringLiteral("−")) + size;
}

} // namespace

std::vector<RunFigure> RunComparison::of(const Side& mine, const Side& other) {
    std::vector<RunFigure> figures;
    const auto add = [&figures](MetricScope scope, const std::string& place, const auto& names, const auto& mineOf,
                                const auto& otherOf) {
        for (const Named& named : names) {
            RunFigure figure{.scope = scope,
                             .metric = named.figure,
                             .place = QString::fromStdString(place),
                             .name = tr(named.text),
                             .unit = named.unit};
            figure.mine = mineOf(named.figure);
            figure.other = otherOf(named.figure);
            if (figure.mine || figure.other)
                figures.push_back(std::move(figure));
        }
    };
    const auto rows = [&]<class Id>(
                          MetricScope scope, const auto& mineRows, const auto& otherRows, const auto& names,
                          std::optional<double> (*metricOf)(const Picture&, const Catalogue&, Id, std::string_view)) {
        const std::unordered_map<std::string_view, Id> otherIds = idsByName<Id>(otherRows);
        for (std::size_t i = 0; i < mineRows.size(); ++i) {
            const Id id{static_cast<std::uint16_t>(i)};
            const auto there = otherIds.find(mineRows[i].name);
            add(
                scope, mineRows[i].name, names,
                [&](std::string_view figure) { return metricOf(mine.picture, mine.catalogue, id, figure); },
                [&](std::string_view figure) {
                    return there == otherIds.end() ? std::nullopt
                                                   : metricOf(other.picture, other.catalogue, there->second, figure);
                });
        }
    };
    add(
        MetricScope::run, {}, ofLedger, [&](std::string_view figure) { return runMetric(mine.picture, figure); },
        [&](std::string_view figure) { return runMetric(other.picture, figure); });
    rows(MetricScope::channel, mine.catalogue.channels(), other.catalogue.channels(), ofChannel, &channelMetric);
    rows(MetricScope::service, mine.catalogue.services(), other.catalogue.services(), ofService, &serviceMetric);
    return figures;
}

QString RunComparison::text(std::optional<double> value, RunFigure::Unit unit) {
    if (!value)
        return QStringLiteral("–");
    switch (unit) {
    case Unit::Count:
        return countText(std::llround(*value));
    case Unit::Seconds:
        return durationText(Duration{std::llround(*value * 1e9)});
    case Unit::Share:
        return percentText(*value);
    case Unit::PerSecond:
        return rateText(Rate{*value});
    }
    Q_UNREACHABLE();
}

QString RunComparison::differenceText(const RunFigure& figure) {
    if (!figure.mine || !figure.other || !figure.differs())
        return {};
    const double difference = *figure.other - *figure.mine;
    return signedText(difference, text(std::abs(difference), figure.unit));
}

QString RunComparison::intervalText(const RunFigure& figure, double mean, double half) {
    // A mean of counts is no count.
    const auto size = [&figure](double value) {
        return figure.unit == Unit::Count ? numberText(value) : text(value, figure.unit);
    };
    const double told = figure.tells(mean) ? mean : 0;
    return signedText(told, size(std::abs(told))) + QStringLiteral(" ± ") + size(figure.tells(half) ? half : 0);
}

} // namespace weir

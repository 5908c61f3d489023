#include "ui/charts/figure.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace weir {
namespace {

struct FigureTexts {
    Q_DECLARE_TR_FUNCTIONS(Figure)
};

constexpr std::array all{Figure{"in", Measure::Published},
                         Figure{"out", Measure::Acked},
                         Figure{"failed", Measure::Failed},
                         Figure{"givenUp", Measure::DeadLettered},
                         Figure{"redelivered", Measure::Redelivered},
                         Figure{"errors", Measure::ErrorShare},
                         Figure{"depth", Measure::Depth},
                         Figure{"unacked", Measure::Unacked},
                         Figure{"lag", Measure::Lag},
                         Figure{"busy", Measure::Busy},
                         Figure{"utilization", Measure::Utilization},
                         Figure{"state", Measure::State},
                         Figure{"waitP50", Measure::Wait, 0.5},
                         Figure{"waitP90", Measure::Wait, 0.9},
                         Figure{"waitP99", Measure::Wait, 0.99},
                         Figure{"serviceP50", Measure::Service, 0.5},
                         Figure{"serviceP90", Measure::Service, 0.9},
                         Figure{"serviceP99", Measure::Service, 0.99},
                         Figure{"responseP50", Measure::Response, 0.5},
                         Figure{"responseP90", Measure::Response, 0.9},
                         Figure{"responseP99", Measure::Response, 0.99},
                         Figure{"latencyP50", Measure::Latency, 0.5},
                         Figure{"latencyP90", Measure::Latency, 0.9},
                         Figure{"latencyP99", Measure::Latency, 0.99}};

std::string slotName(const Catalogue& catalogue, std::size_t slot) {
    const StateSlotRow& row = catalogue.stateSlots()[slot];
    return catalogue.services()[row.service.index()].name + '/' + row.table + '/' + row.key;
}

bool fits(const Figure& figure, const SeriesScope& scope, const Catalogue& catalogue) {
    using Kind = SeriesScope::Kind;
    const bool channel = scope.kind == Kind::channel;
    const ChannelKind kind = channel ? catalogue.channels()[scope.index].kind : ChannelKind::queue;
    const bool routesOnly = channel && (kind == ChannelKind::exchange || kind == ChannelKind::topic);
    if (scope.kind == Kind::state || figure.measure == Measure::State)
        return scope.kind == Kind::state && figure.measure == Measure::State;
    switch (figure.measure) {
    case Measure::Published:
    case Measure::Acked:
        return true;
    case Measure::Lag:
        return !channel || kind == ChannelKind::stream;
    case Measure::Busy:
    case Measure::Utilization:
        return !channel;
    case Measure::Latency:
        return scope.kind == Kind::run;
    default:
        return !routesOnly;
    }
}

} // namespace

ChartUnit Figure::unit() const {
    switch (measure) {
    case Measure::Published:
    case Measure::Acked:
    case Measure::Failed:
    case Measure::DeadLettered:
    case Measure::Redelivered:
        return ChartUnit::PerSecond;
    case Measure::ErrorShare:
    case Measure::Utilization:
        return ChartUnit::Share;
    case Measure::Depth:
    case Measure::Unacked:
    case Measure::Lag:
    case Measure::Busy:
    case Measure::State:
        return ChartUnit::Count;
    default:
        return ChartUnit::Seconds;
    }
}

bool Figure::isLevel() const {
    return unit() == ChartUnit::Count;
}

std::span<const Figure> figures() {
    return all;
}

const Figure* figure(const QString& word) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Figure& candidate) { return word == QLatin1String(candidate.word); });
    return found == all.end() ? nullptr : &*found;
}

const Histogram* histogramOf(const Series::Bin& bin, Measure measure) {
    switch (measure) {
    case Measure::Wait:
        return &bin.wait;
    case Measure::Service:
        return &bin.service;
    case Measure::Response:
        return &bin.response;
    case Measure::Latency:
        return &bin.latency;
    default:
        return nullptr;
    }
}

const Series::Level* levelOf(const Series::Bin& bin, Measure measure) {
    switch (measure) {
    case Measure::Depth:
        return &bin.depth;
    case Measure::Unacked:
        return &bin.unacked;
    case Measure::Lag:
        return &bin.lag;
    case Measure::Busy:
        return &bin.busy;
    case Measure::State:
        return &bin.state;
    default:
        return nullptr;
    }
}

std::optional<SeriesScope> scopeOf(const LineSpec& line, const Catalogue& catalogue) {
    const std::string name = line.name.toStdString();
    switch (line.scope) {
    case SeriesScope::Kind::run:
        return SeriesScope{};
    case SeriesScope::Kind::channel:
        if (const ChannelId id = catalogue.channel(name); id.valid())
            return SeriesScope{line.scope, id.value};
        return std::nullopt;
    case SeriesScope::Kind::service:
        if (const ServiceId id = catalogue.service(name); id.valid())
            return SeriesScope{line.scope, id.value};
        return std::nullopt;
    case SeriesScope::Kind::state:
        for (std::size_t slot = 0; slot < catalogue.stateSlots().size(); ++slot)
            if (slotName(catalogue, slot) == name)
                return SeriesScope{line.scope, static_cast<std::uint32_t>(slot)};
        return std::nullopt;
    }
    return std::nullopt;
}

std::vector<const Figure*> figuresOf(const SeriesScope& scope, const Catalogue& catalogue) {
    std::vector<const Figure*> found;
    for (const Figure& candidate : all)
        if (fits(candidate, scope, catalogue))
            found.push_back(&candidate);
    return found;
}

LineSpec lineOf(const SeriesScope& scope, const Catalogue& catalogue, const Figure& figure) {
    LineSpec line{scope.kind, {}, QString::fromLatin1(figure.word)};
    if (scope.kind == SeriesScope::Kind::channel)
        line.name = QString::fromStdString(catalogue.channels()[scope.index].name);
    else if (scope.kind == SeriesScope::Kind::service)
        line.name = QString::fromStdString(catalogue.services()[scope.index].name);
    else if (scope.kind == SeriesScope::Kind::state)
        line.name = QString::fromStdString(slotName(catalogue, scope.index));
    return line;
}

QString measureText(Measure measure) {
    switch (measure) {
    case Measure::Published:
        return FigureTexts::tr("in");
    case Measure::Acked:
        return FigureTexts::tr("done");
    case Measure::Failed:
        return FigureTexts::tr("failed");
    case Measure::DeadLettered:
        return FigureTexts::tr("given up");
    case Measure::Redelivered:
        return FigureTexts::tr("redelivered");
    case Measure::ErrorShare:
        return FigureTexts::tr("errors");
    case Measure::Depth:
        return FigureTexts::tr("depth");
    case Measure::Unacked:
        return FigureTexts::tr("unacked");
    case Measure::Lag:
        return FigureTexts::tr("lag");
    case Measure::Busy:
        return FigureTexts::tr("workers busy");
    case Measure::Utilization:
        return FigureTexts::tr("utilisation");
    case Measure::State:
        return FigureTexts::tr("state");
    case Measure::Wait:
        return FigureTexts::tr("wait");
    case Measure::Service:
        return FigureTexts::tr("service time");
    case Measure::Response:
        return FigureTexts::tr("response");
    case Measure::Latency:
        return FigureTexts::tr("end to end");
    }
    return {};
}

QString shortFigureText(const Figure& figure) {
    return figure.isTime() ? QStringLiteral("p%1").arg(std::lround(figure.fraction * 100))
                           : measureText(figure.measure);
}

QString figureText(const Figure& figure) {
    return figure.isTime() ? measureText(figure.measure) + QLatin1Char(' ') + shortFigureText(figure)
                           : measureText(figure.measure);
}

QString scopeText(const LineSpec& line) {
    if (line.scope == SeriesScope::Kind::run)
        return FigureTexts::tr("whole run");
    if (line.scope != SeriesScope::Kind::state)
        return line.name;
    // The service, whose name tells least, comes first in the name: "inventory-service/stock/PROD-001".
    return line.name.section(QLatin1Char('/'), 1).replace(QLatin1Char('/'), QLatin1Char(' '));
}

QString lineText(const LineSpec& line) {
    const Figure* drawn = figure(line.figure);
    if (!drawn || drawn->measure == Measure::State)
        return scopeText(line);
    return scopeText(line) + QStringLiteral(" · ") + figureText(*drawn);
}

QString valueText(double value, ChartUnit unit) {
    switch (unit) {
    case ChartUnit::PerSecond:
        return rateText(Rate{value});
    case ChartUnit::Count:
        return numberText(value);
    case ChartUnit::Seconds:
        return durationText(Duration{static_cast<std::int64_t>(value * 1e9)});
    case ChartUnit::Share:
        return percentText(value);
    }
    return {};
}

} // namespace weir

#include "ui/charts/chart_spec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace weir {
namespace {

constexpr std::array scopeWords{"run", "channel", "service", "state"};
constexpr std::array kindWords{"throughput", "depth", "latency"};
constexpr std::array lookWords{"lines", "bands", "heat"};

template <std::size_t count>
std::optional<std::size_t> indexOf(const std::array<const char*, count>& words, const QJsonValue& value) {
    for (std::size_t i = 0; i < count; ++i)
        if (value.toString() == QLatin1String(words[i]))
            return i;
    return std::nullopt;
}

QString word(const char* text) {
    return QString::fromLatin1(text);
}

} // namespace

QByteArray toJson(const QList<ChartSpec>& charts) {
    QJsonArray all;
    for (const ChartSpec& chart : charts) {
        QJsonArray lines;
        for (const LineSpec& line : chart.lines)
            lines.append(QJsonObject{{QStringLiteral("of"), word(scopeWords[static_cast<std::size_t>(line.scope)])},
                                     {QStringLiteral("name"), line.name},
                                     {QStringLiteral("figure"), line.figure}});
        QJsonObject object{{QStringLiteral("look"), word(lookWords[static_cast<std::size_t>(chart.look)])},
                           {QStringLiteral("log"), chart.log},
                           {QStringLiteral("lines"), lines}};
        if (chart.follows)
            object.insert(QStringLiteral("follows"), word(kindWords[static_cast<std::size_t>(chart.kind)]));
        all.append(object);
    }
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

QList<ChartSpec> chartsFrom(const QByteArray& json) {
    QList<ChartSpec> charts;
    for (const QJsonValue& each : QJsonDocument::fromJson(json).array()) {
        const QJsonObject object = each.toObject();
        ChartSpec chart;
        if (const auto kind = indexOf(kindWords, object.value(QStringLiteral("follows")))) {
            chart.follows = true;
            chart.kind = static_cast<ChartKind>(*kind);
        }
        if (const auto look = indexOf(lookWords, object.value(QStringLiteral("look"))))
            chart.look = static_cast<ChartLook>(*look);
        chart.log = object.value(QStringLiteral("log")).toBool();
        for (const QJsonValue& line : object.value(QStringLiteral("lines")).toArray()) {
            const QJsonObject text = line.toObject();
            const auto scope = indexOf(scopeWords, text.value(QStringLiteral("of")));
            const QString drawn = text.value(QStringLiteral("figure")).toString();
            if (scope && figure(drawn) && chart.lines.size() < ChartSpec::linesMax)
                chart.lines.append(
                    {static_cast<SeriesScope::Kind>(*scope), text.value(QStringLiteral("name")).toString(), drawn});
        }
        if ((chart.follows || !chart.lines.isEmpty()) && charts.size() < chartsKeptMax)
            charts.append(chart);
    }
    return charts;
}

} // namespace weir

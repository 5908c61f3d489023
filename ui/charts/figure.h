// Figure: what a chart can draw of a scope: rates, levels, shares, percentiles, state values, each by a stable word
// that settings and files know ("waitP99"). A LineSpec names one line by names, never ids, so that it holds for another
// run and the next start too.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/series.h"

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace weir {

enum class ChartUnit { PerSecond, Count, Seconds, Share };

enum class Measure {
    Published,
    Acked,
    Failed,
    DeadLettered,
    Redelivered,
    ErrorShare,
    Depth,
    Unacked,
    Lag,
    Busy,
    Utilization,
    State,
    Wait,
    Service,
    Response,
    Latency
};

struct Figure {
    const char* word; // "waitP99"
    Measure measure;
    double fraction = 0; // of percentiles
    ChartUnit unit() const;
    bool isLevel() const; // a whole number in time, with minimum and maximum
    bool isTime() const { return measure >= Measure::Wait; }
};

struct LineSpec {
    SeriesScope::Kind scope = SeriesScope::Kind::run;
    QString name;   // of the channel or service; state: "service/table/key"; run: empty
    QString figure; // a word of figures()
    bool operator==(const LineSpec&) const = default;
};

std::span<const Figure> figures();
const Figure* figure(const QString& word); // null where there is none
// Of which histogram a time is; null for other measures.
const Histogram* histogramOf(const Series::Bin& bin, Measure measure);
const Series::Level* levelOf(const Series::Bin& bin, Measure measure);

std::optional<SeriesScope> scopeOf(const LineSpec& line, const Catalogue& catalogue);
// What makes sense there: an exchange has no depth, only a stream has lag.
std::vector<const Figure*> figuresOf(const SeriesScope& scope, const Catalogue& catalogue);
LineSpec lineOf(const SeriesScope& scope, const Catalogue& catalogue, const Figure& figure);

QString figureText(const Figure& figure);      // "wait p99", translated
QString measureText(Measure measure);          // "wait"
QString shortFigureText(const Figure& figure); // "p99" where a chart shows one measure
QString scopeText(const LineSpec& line);       // "payments"; of the run: "whole run"
QString lineText(const LineSpec& line);        // "payments · wait p99"
QString valueText(double value, ChartUnit unit);

} // namespace weir

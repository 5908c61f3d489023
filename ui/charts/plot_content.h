// PlotContent: what one chart shows, as plain values: lines, bands between percentiles, a heat map, and what the
// reading at a time says. Made by a ChartCard, drawn by PlotPainter; tested without a window.
#pragma once

#include "ui/charts/chart_lines.h"

#include <QColor>
#include <QStringList>

#include <optional>
#include <vector>

namespace weir {

struct PlotLine {
    QString label; // in the legend
    ChartUnit unit = ChartUnit::Count;
    LinePoints data;
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    qreal width = 1.8;
    bool dimmed = false; // of another run
    bool hidden = false;
};

inline constexpr float dimmedAlpha = 0.45F;

struct PlotBand { // between two lines of the same times
    LinePoints low, high;
    QColor fill;
};

struct PlotContent {
    QString subject; // what it is of: another one begins with axes of its own
    ChartUnit unit = ChartUnit::Count;
    bool log = false;
    std::vector<PlotLine> lines;
    std::vector<PlotBand> bands;
    std::optional<HeatCells> heat;
    QString empty; // what to do where there is nothing to draw

    bool isEmpty() const;
    // Of the points within a stretch of time that are not hidden: lowest above zero, lowest, highest.
    struct Extent {
        double lowestAboveZero = 0, lowest = 0, highest = 0;
    };
    Extent extent(double begin, double end) const;
};

// The time, then a value for each visible line; with a pin its value there too, and the difference.
QStringList readOut(const PlotContent& content, double seconds, std::optional<double> pin);
QString differenceText(double difference, ChartUnit unit); // "+1.2 s", "−3", "±0"

} // namespace weir

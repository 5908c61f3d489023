// Writes a chart to a file: PNG at twice its size, SVG, or CSV of the points that are shown. The ending decides.
#pragma once

#include "core/result.h"
#include "ui/charts/chart_card.h"

#include <QString>

namespace weir {

QImage chartImage(const ChartCard& card, const Theme& theme, QSize size, qreal scale);
QByteArray chartSvg(const ChartCard& card, const Theme& theme, QSize size);
// Seconds and a column for each visible line; a time that a line has no point at leaves its cell empty.
QString chartCsv(const PlotContent& content);
// Nothing, or why not.
std::optional<Error> exportChart(const ChartCard& card, const Theme& theme, const QString& path);

} // namespace weir

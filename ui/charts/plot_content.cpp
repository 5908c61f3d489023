#include "ui/charts/plot_content.h"

#include "ui/format.h"

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

SimTime timeOf(double at) {
    return SimTime{Duration{static_cast<std::int64_t>(at * 1e9)}};
}

} // namespace

bool PlotContent::isEmpty() const {
    return !(heat && heat->highest > 0) &&
           std::all_of(lines.begin(), lines.end(), [](const PlotLine& line) { return line.data.points.isEmpty(); });
}

PlotContent::Extent PlotContent::extent(double begin, double end) const {
    Extent found;
    if (heat)
        return {heat->low, heat->low, heat->low * std::pow(heat->ratio, heat->rows)};
    const auto take = [&](const LinePoints& line) {
        auto at = std::lower_bound(line.points.begin(), line.points.end(), begin - line.width,
                                   [](const QPointF& point, double time) { return point.x() < time; });
        for (; at != line.points.end() && at->x() <= end + line.width; ++at) {
            found.highest = std::max(found.highest, at->y());
            found.lowest = std::min(found.lowest, at->y());
            if (at->y() > 0)
                found.lowestAboveZero = found.lowestAboveZero == 0 ? at->y() : std::min(found.lowestAboveZero, at->y());
        }
    };
    for (const PlotLine& line : lines)
        if (!line.hidden)
            take(line.data);
    for (const PlotBand& band : bands)
        take(band.high);
    return found;
}

QString differenceText(double difference, ChartUnit unit) {
    const QString size = valueText(std::abs(difference), unit);
    if (difference == 0)
        return QChar(0x00B1) + size;
    return (difference > 0 ? QStringLiteral("+") : QString(QChar(0x2212))) + size;
}

QStringList readOut(const PlotContent& content, double at, std::optional<double> pin) {
    QString head = shortClockText(timeOf(at));
    if (pin && *pin != at)
        head += QStringLiteral("  (%1)").arg(differenceText(at - *pin, ChartUnit::Seconds));
    QStringList lines{head};
    for (const PlotLine& line : content.lines) {
        const std::optional<double> value = valueAt(line.data, at);
        if (line.hidden || !value)
            continue;
        QString text = line.label + QLatin1Char(' ') + valueText(*value, content.unit);
        if (pin && *pin != at)
            if (const std::optional<double> pinned = valueAt(line.data, *pin))
                text += QStringLiteral("  (%1)").arg(differenceText(*value - *pinned, content.unit));
        lines.append(text);
    }
    return lines;
}

} // namespace weir

#include "ui/charts/plot_painter.h"

#include "ui/format.h"
#include "ui/tabular.h"

#include <QAreaSeries>
#include <QChart>
#include <QImage>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>

namespace weir {
namespace {

// So many points a pixel column that the line is an area to the eye: then it is drawn as one, column by column, which
// costs a tenth.
constexpr double crowded = 32;

bool isCrowded(const LinePoints& line, const PlotScale& scale) {
    const auto before = [](const QPointF& point, double time) { return point.x() < time; };
    const auto first = std::lower_bound(line.points.begin(), line.points.end(), scale.time.begin, before);
    const auto last = std::lower_bound(first, line.points.end(), scale.time.end, before);
    return static_cast<double>(last - first) > crowded * scale.area.width();
}

QList<QPointF> inPixels(const PointPyramid& line, const PlotScale& scale) {
    QList<QPointF> points = reduced(line, scale.time.begin, scale.time.end, static_cast<int>(scale.area.width()));
    for (QPointF& point : points)
        point = {scale.x(point.x()) - scale.area.left(), scale.share(point.y()) * scale.area.height()};
    return points;
}

} // namespace

PlotPainter::PlotPainter() : m_chart(new QChart), m_across(new QValueAxis(m_chart)), m_up(new QValueAxis(m_chart)) {
    m_scene.addItem(m_chart);
    m_scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    m_chart->legend()->hide();
    m_chart->setBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setMinimumSize(1, 1);
    m_chart->setMargins({});
    m_chart->addAxis(m_across, Qt::AlignBottom);
    m_chart->addAxis(m_up, Qt::AlignLeft);
    m_across->setVisible(false);
    m_up->setVisible(false);
}

PlotPainter::~PlotPainter() = default;

QLineSeries& PlotPainter::lineAt(std::size_t index) {
    while (m_lines.size() <= index) {
        auto* line = new QLineSeries(m_chart);
        m_chart->addSeries(line);
        line->attachAxis(m_across);
        line->attachAxis(m_up);
        m_lines.push_back(line);
    }
    return *m_lines[index];
}

QAreaSeries& PlotPainter::areaAt(std::size_t index) {
    while (m_areas.size() <= index) {
        auto* area = new QAreaSeries(new QLineSeries(m_chart), new QLineSeries(m_chart));
        m_chart->addSeries(area);
        area->attachAxis(m_across);
        area->attachAxis(m_up);
        area->setPen(Qt::NoPen);
        m_areas.push_back(area);
    }
    return *m_areas[index];
}

const PointPyramid& PlotPainter::pyramid(std::size_t place, const LinePoints& line) {
    if (m_pyramids.size() <= place)
        m_pyramids.resize(place + 1);
    PointPyramid& kept = m_pyramids[place];
    if (!kept.isOf(line.points))
        kept = PointPyramid(line.points);
    return kept;
}

void PlotPainter::fill(const PlotContent& content, const PlotScale& scale) {
    const QSizeF size = scale.area.size();
    if (m_chart->size() != size) {
        m_chart->resize(size);
        m_scene.setSceneRect(QRectF(QPointF(), size));
    }
    m_chart->setPlotArea(QRectF(QPointF(), size));
    m_across->setRange(0, size.width());
    m_up->setRange(0, size.height());
    std::size_t place = 0;
    m_crowds.clear();
    for (std::size_t i = 0; i < std::max(content.bands.size(), m_areas.size()); ++i) {
        QAreaSeries& area = areaAt(i);
        area.setVisible(i < content.bands.size());
        if (i >= content.bands.size())
            continue;
        area.upperSeries()->replace(inPixels(pyramid(place++, content.bands[i].high), scale));
        area.lowerSeries()->replace(inPixels(pyramid(place++, content.bands[i].low), scale));
        area.setBrush(content.bands[i].fill);
    }
    for (std::size_t i = 0; i < std::max(content.lines.size(), m_lines.size()); ++i) {
        QLineSeries& series = lineAt(i);
        const bool drawn = i < content.lines.size() && !content.lines[i].hidden && !content.heat;
        const bool area = drawn && isCrowded(content.lines[i].data, scale);
        series.setVisible(drawn && !area);
        if (!drawn)
            continue;
        const PlotLine& line = content.lines[i];
        QColor ink = line.colour;
        ink.setAlphaF(line.dimmed ? dimmedAlpha : 1.0F);
        const QList<QPointF> points = inPixels(pyramid(place++, line.data), scale);
        if (area) {
            m_crowds.push_back({points, ink});
            continue;
        }
        QPen pen(ink, line.dimmed ? 1.4 : line.width, line.style);
        pen.setJoinStyle(Qt::RoundJoin);
        series.setPen(pen);
        series.replace(points);
    }
    m_pyramids.resize(place);
}

void PlotPainter::paint(QPainter& painter, const Theme& theme, const PlotContent& content, const PlotScale& scale) {
    const QRectF area = scale.area;
    painter.save();
    painter.setPen(QPen(theme.grid, 1));
    for (const double value : scale.valueTicks(4).values) {
        const qreal y = std::round(scale.y(value)) + 0.5;
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter.setClipRect(area.adjusted(0, -1, 0, 1));
    if (content.heat)
        paintHeat(painter, theme, *content.heat, scale);
    fill(content, scale);
    painter.setRenderHint(QPainter::Antialiasing);
    m_scene.render(&painter, area, QRectF(QPointF(), area.size()), Qt::IgnoreAspectRatio);
    paintCrowded(painter, scale.area);
    painter.restore();
}

// From its lowest to its highest point a column, and to where the column before ends, so that it holds together.
void PlotPainter::paintCrowded(QPainter& painter, const QRectF& area) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (const Crowd& crowd : m_crowds) {
        QList<QRectF> bars;
        for (qsizetype i = 0; i < crowd.points.size();) {
            const qreal column = std::floor(crowd.points[i].x());
            qreal top = crowd.points[std::max<qsizetype>(0, i - 1)].y();
            qreal bottom = top;
            for (; i < crowd.points.size() && std::floor(crowd.points[i].x()) == column; ++i) {
                top = std::min(top, crowd.points[i].y());
                bottom = std::max(bottom, crowd.points[i].y());
            }
            // Upwards is up in the scene that lines are drawn in.
            bars.append({area.left() + column, area.bottom() - std::round(bottom), 1,
                         std::max(1.0, std::round(bottom) - std::round(top))});
        }
        painter.setBrush(crowd.ink);
        painter.drawRects(bars);
    }
}

void PlotPainter::paintHeat(QPainter& painter, const Theme& theme, const HeatCells& heat, const PlotScale& scale) {
    if (heat.highest == 0)
        return;
    // Few hundred columns by few dozen rows; a cell's colour tells the count by its logarithm, so that a rare slow one
    // is seen beside many fast ones.
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double most = std::log1p(static_cast<double>(heat.highest));
    for (int column = 0; column < heat.columns; ++column) {
        const double begin = heat.begin + column * heat.columnWidth;
        const double left = scale.x(begin), right = scale.x(begin + heat.columnWidth);
        if (right < scale.area.left() || left > scale.area.right())
            continue;
        for (int row = 0; row < heat.rows; ++row) {
            const std::uint64_t count = heat.at(column, row);
            if (count == 0)
                continue;
            const double top = scale.y(heat.rowLow(row + 1)), bottom = scale.y(heat.rowLow(row));
            painter.fillRect(QRectF(left, top, right - left, bottom - top),
                             theme.heat(std::log1p(static_cast<double>(count)) / most));
        }
    }
}

void PlotPainter::paintValueLabels(QPainter& painter, const Theme& theme, const PlotScale& scale, ChartUnit unit) {
    painter.setFont(theme.font(TextRole::Tiny));
    painter.setPen(theme.muted);
    for (const double value : scale.valueTicks(4).values)
        drawTabular(painter, QRectF(scale.area.left() - 60, scale.y(value) - 7, 54, 14), Qt::AlignRight,
                    valueText(value, unit));
}

void PlotPainter::paintTimeLabels(QPainter& painter, const Theme& theme, const QRectF& area, TimeSpan time) {
    painter.setFont(theme.font(TextRole::Tiny));
    painter.setPen(theme.muted);
    const AxisTicks ticks = timeTicks(time.begin, time.end, std::max(2, static_cast<int>(area.width()) / 90));
    for (const double tick : ticks.values) {
        const QString text = timeTickText(tick, ticks.step);
        const qreal width = tabularWidth(painter.font(), text);
        const qreal x = area.left() + (tick - time.begin) / time.length() * area.width() - width / 2;
        drawTabular(painter, QRectF(x, area.top(), width + 1, area.height()), Qt::AlignLeft, text);
    }
}

void PlotPainter::paintHeatLegend(QPainter& painter, const Theme& theme, const QRectF& rect, std::uint64_t highest) {
    const QRectF ramp(rect.left(), rect.top(), 8, rect.height());
    const int steps = static_cast<int>(ramp.height());
    for (int i = 0; i < steps; ++i)
        painter.fillRect(QRectF(ramp.left(), ramp.bottom() - i - 1, ramp.width(), 1.5), theme.heat((i + 0.5) / steps));
    painter.setFont(theme.font(TextRole::Tiny));
    painter.setPen(theme.muted);
    const QString most = countText(static_cast<std::int64_t>(highest));
    drawTabular(painter, QRectF(ramp.right() + 4, ramp.top() - 2, rect.width() - 12, 12), Qt::AlignLeft, most);
    drawTabular(painter, QRectF(ramp.right() + 4, ramp.bottom() - 10, rect.width() - 12, 12), Qt::AlignLeft,
                QStringLiteral("1"));
}

} // namespace weir

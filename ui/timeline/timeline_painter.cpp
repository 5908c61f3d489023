#include "ui/timeline/timeline_painter.h"

#include "ui/charts/axis.h"
#include "ui/charts/chart_lines.h"
#include "ui/format.h"
#include "ui/tabular.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

SimTime timeOf(double at) {
    return SimTime{Duration{static_cast<std::int64_t>(at * 1e9)}};
}

QRectF flagRect(const Theme& theme, const TimelineGeometry& geometry, double now) {
    QFont font = theme.font(TextRole::Label);
    font.setWeight(QFont::DemiBold);
    const qreal width = tabularWidth(font, shortClockText(timeOf(now))) + 12;
    const qreal right = geometry.marks().right();
    return {std::clamp(geometry.xAt(now) - width / 2, 2.0, std::max(2.0, right - width - 2)), 2, width, 16};
}

// One value for every two pixels or every bin, whichever is wider.
void paintThroughput(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry, const Series& series) {
    const QRectF strip = geometry.strip();
    const double binWidth = seconds(series.binWidth());
    const double perBin = geometry.xAt(binWidth) - geometry.xAt(0);
    const auto group = static_cast<std::size_t>(std::max(1.0, std::ceil(2 / std::max(1e-9, perBin))));
    static const Figure& in = *figure(QStringLiteral("in"));
    const LinePoints line = linePoints(series, in, group);
    double highest = 0;
    for (const QPointF& point : line.points)
        highest = std::max(highest, point.y());
    if (highest <= 0)
        return;
    const double end = valueTicks(highest, 4).end;
    QPolygonF shape;
    for (const QPointF& point : reduced(PointPyramid(line.points), geometry.shown().begin, geometry.shown().end,
                                        static_cast<int>(strip.width())))
        shape.append({geometry.xAt(point.x()), strip.bottom() - point.y() / end * (strip.height() - 1)});
    if (shape.isEmpty())
        return;
    painter.save();
    painter.setClipRect(strip.adjusted(-1, 0, 1, 0));
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF area = shape;
    area.append({shape.back().x(), strip.bottom()});
    area.append({shape.front().x(), strip.bottom()});
    QColor fill = theme.accent;
    fill.setAlphaF(theme.scheme == Scheme::Dark ? 0.35F : 0.28F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(area);
    painter.setPen(QPen(theme.accent, 1.2));
    painter.drawPolyline(shape);
    painter.restore();
}

void paintTicks(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry) {
    const QRectF labels = geometry.labels();
    painter.setFont(theme.font(TextRole::Tiny));
    painter.setPen(theme.muted);
    const AxisTicks ticks =
        timeTicks(geometry.shown().begin, geometry.shown().end, std::max(2, static_cast<int>(labels.width()) / 110));
    for (const double tick : ticks.values) {
        const QString text = timeTickText(tick, ticks.step);
        const qreal width = tabularWidth(painter.font(), text);
        const qreal x = std::clamp(geometry.xAt(tick) - width / 2, 4.0, labels.right() - width - 4);
        drawTabular(painter, QRectF(x, labels.top(), width + 1, labels.height() - 1), Qt::AlignLeft, text);
    }
}

void paintMarks(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry,
                const TimelineContent& content) {
    const QRectF strip = geometry.strip();
    const QRectF flag = flagRect(theme, geometry, content.now);
    painter.setFont(theme.font(TextRole::Tiny));
    const QFontMetricsF metrics(painter.font());
    painter.setRenderHint(QPainter::Antialiasing);
    qreal free = 0; // labels may begin from here
    for (std::size_t i = 0; i < content.marks.size(); ++i) {
        const RunMark& mark = content.marks[i];
        const qreal x = geometry.xAt(seconds(mark.at));
        const qreal end =
            mark.lasts ? geometry.xAt(mark.end ? seconds(*mark.end) : std::max(content.now, seconds(mark.at))) : x;
        if (end < strip.left() - 1 || x > strip.right() + 1)
            continue;
        if (mark.lasts) {
            const QRectF bar(QPointF(std::max(x, strip.left()), 17.5),
                             QPointF(std::min(std::max(end, x + 1), strip.right()), 20));
            QColor over = theme.colour(mark.tone);
            painter.fillRect(bar, over);
            over.setAlphaF(0.10F);
            painter.fillRect(QRectF(bar.left(), strip.top(), bar.width(), strip.height()), over);
        }
        if (x < strip.left() - 1)
            continue;
        paintMarkSign(painter, theme, mark.kind, mark.tone, {x, 17});
        // No further than to the next sign, and not at all where that leaves a few letters.
        qreal room = geometry.marks().right() - 4 - (x + 8);
        if (i + 1 < content.marks.size())
            room = std::min(room, geometry.xAt(seconds(content.marks[i + 1].at)) - 8 - (x + 8));
        const qreal needed = metrics.horizontalAdvance(mark.text);
        constexpr qreal least = 48;
        const QRectF label(x + 8, 4, std::min(needed, room), 14);
        if (label.left() < free || label.width() < std::min(needed, least) || label.intersects(flag))
            continue;
        painter.setPen(theme.muted);
        painter.drawText(QPointF(x + 8, 15), metrics.elidedText(mark.text, Qt::ElideRight, label.width() + 0.5));
        free = label.right() + 10;
    }
}

void paintBrush(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry,
                const TimelineContent& content) {
    const QRectF strip = geometry.strip();
    const qreal left = geometry.xAt(content.brush->begin), right = geometry.xAt(content.brush->end);
    const QRectF over =
        QRectF(QPointF(left, 0), QPointF(right, strip.bottom())).intersected(strip.adjusted(-1, -strip.top(), 1, 0));
    if (over.isEmpty())
        return;
    QColor fill = theme.text;
    fill.setAlphaF(0.10F);
    painter.fillRect(over, fill);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const qreal edge : {left, right}) {
        if (edge < strip.left() - 1 || edge > strip.right() + 1)
            continue;
        painter.setPen(QPen(theme.text, 1));
        painter.drawLine(QPointF(edge, 0), QPointF(edge, strip.bottom()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.text);
        painter.drawRoundedRect(QRectF(edge - 2, strip.center().y() - 6, 4, 12), 2, 2);
    }
}

// What the brush holds, in words: over everything, the playhead's line too.
void paintBrushText(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry,
                    const TimelineContent& content) {
    const QRectF strip = geometry.strip();
    const QRectF over(QPointF(std::max(strip.left(), geometry.xAt(content.brush->begin)), strip.top()),
                      QPointF(std::min(strip.right(), geometry.xAt(content.brush->end)), strip.bottom()));
    if (over.width() <= 0)
        return;
    painter.setFont(theme.font(TextRole::Tiny));
    const qreal width = tabularWidth(painter.font(), content.brushText) + 10;
    QRectF pill(over.center().x() - width / 2, strip.top() + 3, width, 14);
    pill.moveLeft(std::clamp(pill.left(), strip.left(), std::max(strip.left(), strip.right() - width)));
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(pill, 4, 4);
    painter.setPen(theme.text);
    drawTabular(painter, pill, Qt::AlignCenter, content.brushText);
}

// The whole run, small, with the part that is shown.
void paintOverview(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry,
                   const TimelineContent& content) {
    const QRectF track = geometry.overview();
    painter.fillRect(track, theme.raised);
    const std::vector<Series::Bin>& bins = content.whole->bins();
    const double width = seconds(content.whole->binWidth());
    std::int64_t highest = 1;
    for (const Series::Bin& bin : bins)
        highest = std::max(highest, bin.published);
    QColor fill = theme.accent;
    fill.setAlphaF(0.4F);
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const qreal x = geometry.overviewXAt(static_cast<double>(i) * width);
        const qreal next = geometry.overviewXAt(static_cast<double>(i + 1) * width);
        const qreal height = static_cast<double>(bins[i].published) / static_cast<double>(highest) * track.height();
        painter.fillRect(QRectF(x, track.bottom() - height, std::min(next, track.right()) - x, height), fill);
    }
    const qreal left = geometry.overviewXAt(geometry.shown().begin), right = geometry.overviewXAt(geometry.shown().end);
    QRectF window(left, track.top(), std::max(4.0, right - left), track.height());
    QColor glass = theme.accent;
    glass.setAlphaF(0.25F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1));
    painter.setBrush(glass);
    painter.drawRoundedRect(window, 2, 2);
    painter.setPen(QPen(theme.text, 1));
    painter.drawLine(QPointF(geometry.overviewXAt(content.now), track.top()),
                     QPointF(geometry.overviewXAt(content.now), track.bottom()));
}

void paintPlayhead(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry, double now) {
    const qreal x = geometry.xAt(now);
    const QRectF strip = geometry.strip();
    if (x < strip.left() - 1 || x > strip.right() + 1)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.text, 1.6));
    painter.drawLine(QPointF(x, 2), QPointF(x, strip.bottom())); // the times below stay readable
    QFont font = theme.font(TextRole::Label);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    const QRectF flag = flagRect(theme, geometry, now);
    painter.drawRoundedRect(flag, 4, 4);
    painter.setPen(theme.background);
    drawTabular(painter, flag, Qt::AlignCenter, shortClockText(timeOf(now)));
}

} // namespace

void paintMarkSign(QPainter& painter, const Theme& theme, RunMark::Kind kind, Tone tone, QPointF at) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(tone));
    const qreal x = at.x(), y = at.y();
    switch (kind) {
    case RunMark::Kind::Fault: // points down at its moment
        painter.drawPolygon(QPolygonF{{x, y}, {x + 5, y - 8}, {x - 5, y - 8}});
        return;
    case RunMark::Kind::Command:
        painter.drawPolygon(QPolygonF{{x, y}, {x + 4.5, y - 4.5}, {x, y - 9}, {x - 4.5, y - 4.5}});
        return;
    case RunMark::Kind::Alert:
        painter.drawRect(QRectF(x - 1.5, y - 9, 3, 5.5));
        painter.drawRect(QRectF(x - 1.5, y - 2.5, 3, 2.5));
        return;
    case RunMark::Kind::Breakpoint:
        painter.drawEllipse(QPointF(x, y - 4.5), 4, 4);
        return;
    case RunMark::Kind::Fork:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.colour(tone), 1.6));
        painter.drawPolyline(QPolygonF{{x - 4, y - 9}, {x, y - 5}, {x + 4, y - 9}});
        painter.drawLine(QPointF(x, y - 5), QPointF(x, y));
        return;
    }
}

void paintTimeline(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry,
                   const TimelineContent& content) {
    paintThroughput(painter, theme, geometry, *content.shown);
    paintTicks(painter, theme, geometry);
    paintMarks(painter, theme, geometry, content);
    if (content.brush)
        paintBrush(painter, theme, geometry, content);
    if (geometry.partial())
        paintOverview(painter, theme, geometry, content);
    paintPlayhead(painter, theme, geometry, content.now);
    if (content.brush)
        paintBrushText(painter, theme, geometry, content);
}

} // namespace weir

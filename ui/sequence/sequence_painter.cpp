#include "ui/biography/segment_look.h"
#include "ui/format.h"
#include "ui/marks.h"
#include "ui/sequence/sequence_picture.h"
#include "ui/tabular.h"
#include "ui/trace/record_text.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

// A line that turns back and forth a few times in its middle: something was left out.
QPolygonF zigzag(QPointF from, QPointF to) {
    const QLineF line(from, to);
    if (line.length() < 24)
        return {from, to};
    const QPointF along = (to - from) / line.length();
    const QPointF across(-along.y() * 4, along.x() * 4);
    const QPointF middle = (from + to) / 2;
    QPolygonF points{from};
    for (int i = 0; i < 4; ++i)
        points << middle + along * (i * 4 - 8) + (i % 2 == 0 ? across : -across);
    points << middle + along * 8 << to;
    return points;
}

void arrowhead(QPainter& painter, QPointF from, QPointF to, const QColor& colour) {
    const QLineF line(from, to);
    if (line.length() < 4)
        return;
    const QPointF along = (to - from) / line.length();
    const QPointF across(-along.y(), along.x());
    QPainterPath head(to);
    head.lineTo(to - along * 7 + across * 3);
    head.lineTo(to - along * 7 - across * 3);
    head.closeSubpath();
    painter.fillPath(head, colour);
}

class Painting {
  public:
    Painting(QPainter& painter, const SequencePicture& picture, const Theme& theme, const Catalogue& catalogue)
        : m_painter(painter), m_picture(picture), m_theme(theme), m_catalogue(catalogue) {}

    void paint() {
        const QRectF plot = m_picture.plot();
        m_painter.fillRect(QRectF(QPointF(), m_picture.size), m_theme.surface);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.save();
        m_painter.setClipRect(plot);
        axes(plot);
        folds(plot);
        bars(plot);
        ties(plot);
        steps(plot);
        ahead(plot);
        m_painter.restore();
        labels();
        ruler(plot);
    }

  private:
    // What belongs to another message steps back while one is selected.
    qreal presence(Ordinal message) const {
        return m_picture.selectedMessage == 0 || message == m_picture.selectedMessage ? 1.0 : 0.35;
    }
    QColor typeColour(const Record& record) const {
        return record.type.valid() ? m_theme.mark(record.type.value).colour : m_theme.edge;
    }

    void axes(const QRectF& plot) {
        for (std::size_t i = 0; i < m_picture.axes.size(); ++i) {
            const qreal y = std::round(m_picture.axisY(i)) + 0.5;
            const bool service = m_picture.axes[i].kind == NodeKind::service;
            m_painter.setPen(QPen(m_theme.line, 1, service ? Qt::SolidLine : Qt::DotLine));
            m_painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        }
    }
    void folds(const QRectF& plot) {
        for (const TimeScale::Fold& fold : m_picture.scale.folds()) {
            const qreal middle = SequencePicture::labelWidth + (fold.from + fold.to) / 2 - m_picture.offset.x();
            if (middle < plot.left() - 30 || middle > plot.right() + 30)
                continue;
            m_painter.fillRect(QRectF(middle - 9, plot.top(), 18, plot.height()), m_theme.raised);
            m_painter.setPen(QPen(m_theme.edge, 1));
            QPolygonF line;
            for (int i = 0; i * 4 <= plot.height() + 4; ++i)
                line << QPointF(middle + (i % 2 == 0 ? -2.5 : 2.5), plot.top() + i * 4);
            m_painter.drawPolyline(line);
        }
    }
    void bars(const QRectF& plot) {
        for (const SequenceBar& bar : m_picture.chart.bars) {
            const QRectF rect = m_picture.rectOf(bar);
            if (rect.isNull() || rect.right() < plot.left() || rect.left() > plot.right())
                continue;
            // Far beyond the edges nothing needs to be drawn.
            const QRectF near = rect.intersected(plot.adjusted(-50, -50, 50, 50));
            m_painter.setOpacity(presence(bar.ordinal));
            Span like;
            like.kind = bar.kind;
            like.ending = bar.failed ? RecordKind::failed : RecordKind::finished;
            const bool open = bar.to == SequenceStep::none;
            const Tone tone = segmentTone(like, open);
            if (isWork(bar.kind)) {
                paintSegment(m_painter, near, {.kind = bar.kind, .tone = tone, .open = open}, m_theme);
            } else {
                const QColor colour = tone == Tone::Neutral ? m_theme.edge : m_theme.colour(tone);
                m_painter.setPen(QPen(colour, 2, bar.kind == SpanKind::backoff ? Qt::DashLine : Qt::SolidLine));
                m_painter.drawLine(QPointF(near.left(), near.center().y()), QPointF(near.right(), near.center().y()));
            }
        }
        m_painter.setOpacity(1);
    }
    void ties(const QRectF& plot) {
        for (const SequenceTie& tie : m_picture.chart.ties) {
            if (!m_picture.hasAxis(tie.from) || !m_picture.hasAxis(tie.to))
                continue;
            const auto [from, to] = m_picture.lineOf(tie);
            if (std::max(from.x(), to.x()) < plot.left() || std::min(from.x(), to.x()) > plot.right() ||
                std::max(from.y(), to.y()) < plot.top() || std::min(from.y(), to.y()) > plot.bottom())
                continue;
            const Record& record = m_picture.chart.steps[tie.to].record;
            const bool selected = m_picture.selectedMessage != 0 && record.ordinal == m_picture.selectedMessage;
            m_painter.setOpacity(presence(record.ordinal));
            QColor colour = typeColour(record);
            QPen pen(colour, selected ? 2.0 : 1.2);
            if (tie.kind == SequenceTieKind::giveBack || tie.kind == SequenceTieKind::deadLetter) {
                colour = tie.kind == SequenceTieKind::giveBack ? m_theme.warn : m_theme.danger;
                pen = QPen(colour, selected ? 2.0 : 1.2, Qt::DashLine);
            }
            m_painter.setPen(pen);
            m_painter.setBrush(Qt::NoBrush);
            if (tie.kind == SequenceTieKind::hidden) {
                const QPolygonF line = zigzag(from, to);
                m_painter.drawPolyline(line);
                arrowhead(m_painter, line[line.size() - 2], to, colour);
            } else {
                m_painter.drawLine(from, to);
                arrowhead(m_painter, from, to, colour);
            }
        }
        m_painter.setOpacity(1);
    }
    void steps(const QRectF& plot) {
        m_painter.setFont(m_theme.font(TextRole::Tiny));
        const QFontMetricsF metrics(m_painter.font());
        std::vector<qreal> taken(m_picture.axes.size(), plot.left() - 1000); // where the last label ends
        const std::size_t first = m_picture.scale.stepFrom(m_picture.offset.x() - 200);
        for (std::size_t i = first; i < m_picture.shown.size(); ++i) {
            const std::size_t index = m_picture.shown[i];
            const QPointF at = m_picture.pointOf(index);
            if (at.x() > plot.right() + 10)
                break;
            const SequenceStep& step = m_picture.chart.steps[index];
            const Record& record = step.record;
            m_painter.setOpacity(presence(record.ordinal));
            const bool published = record.kind == RecordKind::published;
            if (published && record.type.valid()) {
                drawMark(m_painter, m_theme.mark(record.type.value), at, 4.2, m_theme.surface);
            } else {
                const Tone tone = RecordText::kindTone(record.kind);
                m_painter.setPen(Qt::NoPen);
                m_painter.setBrush(tone == Tone::Neutral ? m_theme.muted : m_theme.colour(tone));
                const qreal radius = tone == Tone::Danger || tone == Tone::Warn ? 3 : 1.8;
                m_painter.drawEllipse(at, radius, radius);
            }
            if (m_picture.selectedRecord == step.index) {
                m_painter.setOpacity(1);
                m_painter.setPen(QPen(m_theme.accent, 2));
                m_painter.setBrush(Qt::NoBrush);
                m_painter.drawEllipse(at, 8, 8);
            }
            if (published && record.type.valid() && m_picture.rowHeight >= 24)
                name(at, record, metrics, taken[static_cast<std::size_t>(m_picture.axisOfStep[index])]);
        }
        m_painter.setOpacity(1);
    }
    // The type beside a publish, where the one before leaves room.
    void name(QPointF at, const Record& record, const QFontMetricsF& metrics, qreal& taken) {
        const QString text = toQt(m_catalogue.eventTypes()[record.type.index()].name);
        if (at.x() + 6 < taken + 6)
            return;
        taken = at.x() + 6 + metrics.horizontalAdvance(text);
        m_painter.setPen(m_theme.muted);
        m_painter.drawText(QPointF(at.x() + 5, at.y() - 6), text);
    }
    // What lies behind the playhead has not happened yet.
    void ahead(const QRectF& plot) {
        if (m_picture.shown.empty())
            return;
        const qreal x = SequencePicture::labelWidth + m_picture.playheadAt() - m_picture.offset.x();
        if (x > plot.right())
            return;
        QColor veil = m_theme.surface;
        veil.setAlphaF(0.55F);
        const qreal line = std::max(plot.left(), x);
        m_painter.fillRect(QRectF(line, plot.top(), plot.right() - line, plot.height()), veil);
        m_painter.setPen(QPen(m_theme.text, 1.2));
        if (x >= plot.left())
            m_painter.drawLine(QPointF(line, plot.top()), QPointF(line, plot.bottom()));
    }
    void labels() {
        const QRectF column(0, SequencePicture::rulerHeight, SequencePicture::labelWidth,
                            m_picture.size.height() - SequencePicture::rulerHeight);
        m_painter.fillRect(column, m_theme.surface);
        m_painter.save();
        m_painter.setClipRect(column);
        for (std::size_t i = 0; i < m_picture.axes.size(); ++i) {
            const SequenceAxis& axis = m_picture.axes[i];
            const qreal y = m_picture.axisY(i);
            const bool service = axis.kind == NodeKind::service;
            const QRectF sign(12, y - 4, 8, 8);
            m_painter.setPen(QPen(m_theme.muted, 1.2));
            m_painter.setBrush(service ? QBrush(m_theme.muted) : QBrush(Qt::NoBrush));
            if (service)
                m_painter.drawRoundedRect(sign, 2, 2);
            else
                m_painter.drawRoundedRect(sign.adjusted(-1, 1, 1, -1), 3, 3);
            m_painter.setFont(m_theme.font(service ? TextRole::Strong : TextRole::Body));
            m_painter.setPen(service ? m_theme.text : m_theme.muted);
            const QRectF room(26, y - 10, SequencePicture::labelWidth - 32, 20);
            m_painter.drawText(room, Qt::AlignVCenter,
                               QFontMetricsF(m_painter.font()).elidedText(axis.name, Qt::ElideMiddle, room.width()));
        }
        m_painter.restore();
        m_painter.fillRect(QRectF(SequencePicture::labelWidth - 1, 0, 1, m_picture.size.height()), m_theme.line);
    }
    void ruler(const QRectF& plot) {
        m_painter.fillRect(QRectF(0, 0, m_picture.size.width(), SequencePicture::rulerHeight), m_theme.surface);
        m_painter.setFont(m_theme.font(TextRole::Tiny));
        std::vector<std::pair<qreal, qreal>> taken;
        const auto put = [&](qreal x, const QString& text, const QColor& colour) {
            const qreal width = tabularWidth(m_painter.font(), text);
            const qreal left = std::clamp(x - width / 2, plot.left() + 4, std::max(plot.left() + 4, plot.right() - width - 4));
            for (const auto& [from, to] : taken)
                if (left < to + 6 && left + width > from - 6)
                    return;
            taken.emplace_back(left, left + width);
            m_painter.setPen(colour);
            drawTabular(m_painter, QRectF(left, 0, width + 1, SequencePicture::rulerHeight), Qt::AlignLeft, text);
        };
        for (const TimeScale::Fold& fold : m_picture.scale.folds()) {
            const qreal middle = SequencePicture::labelWidth + (fold.from + fold.to) / 2 - m_picture.offset.x();
            if (middle > plot.left() && middle < plot.right())
                put(middle, durationText(fold.end - fold.begin), m_theme.warnText);
        }
        constexpr qreal apart = 120;
        for (qreal x = plot.left() + 30; x < plot.right() && !m_picture.shown.empty(); x += apart) {
            const double at = x - SequencePicture::labelWidth + m_picture.offset.x();
            if (at >= 0 && at <= m_picture.scale.length())
                put(x, RecordText::time(m_picture.scale.time(at)), m_theme.muted);
        }
        m_painter.fillRect(QRectF(0, SequencePicture::rulerHeight - 1, m_picture.size.width(), 1), m_theme.line);
    }

    QPainter& m_painter;
    const SequencePicture& m_picture;
    const Theme& m_theme;
    const Catalogue& m_catalogue;
};

} // namespace

void paintSequence(QPainter& painter, const SequencePicture& picture, const Theme& theme, const Catalogue& catalogue) {
    Painting(painter, picture, theme, catalogue).paint();
}

} // namespace weir

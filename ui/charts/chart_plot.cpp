#include "ui/charts/chart_plot.h"

#include "ui/format.h"
#include "ui/tabular.h"
#include "ui/timeline/timeline_painter.h"
#include "ui/widgets/spoken_role.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr double wheelFactor = 1.0 / 360; // a notch (120) is a third of a doubling
constexpr int rescaleMilliseconds = 180;
constexpr qreal legendRow = 17;
constexpr qreal nearPin = 4;

SimTime timeOf(double at) {
    return SimTime{Duration{static_cast<std::int64_t>(std::llround(std::max(0.0, at) * 1e9))}};
}

} // namespace

ChartPlot::ChartPlot(Session& session, Selection& selection, const RunMarks& marks, ChartTime& time,
                     const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_marks(marks), m_time(time), m_themes(themes) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Chart);
    setCursor(Qt::CrossCursor);
    m_rescale.setStartValue(0.0);
    m_rescale.setEndValue(1.0);
    m_rescale.setDuration(rescaleMilliseconds);
    m_rescale.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_rescale, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        const double share = value.toDouble();
        m_range = {std::lerp(m_from.low, m_to.low, share),
                   std::lerp(m_from.high, m_to.high, share)}; // exact at its end
        m_stale = true;
        update();
    });
    const auto repaint = [this] {
        m_stale = true;
        settleRange();
        update();
    };
    connect(&m_time, &ChartTime::rangeChanged, this, repaint);
    connect(&m_themes, &ThemeSource::changed, this, repaint);
    connect(&m_time, &ChartTime::readingChanged, this, qOverload<>(&QWidget::update));
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
    connect(&m_marks, &RunMarks::changed, this, qOverload<>(&QWidget::update));
}

void ChartPlot::setContent(PlotContent content) {
    if (content.unit != m_content.unit || content.log != m_content.log || content.subject != m_content.subject) {
        m_byHand.reset();
        m_rescale.stop();
        m_content = std::move(content);
        m_range = m_to = wantedRange();
    } else {
        m_content = std::move(content);
    }
    m_stale = true;
    settleRange();
    update();
}

void ChartPlot::setLegendWidth(int width) {
    if (m_legendWidth == width)
        return;
    m_legendWidth = width;
    m_stale = true;
    update();
}

int ChartPlot::legendWanted() const {
    const QFontMetrics metrics(m_themes.theme().font(TextRole::Label));
    int wanted = legendLeast;
    for (const PlotLine& line : m_content.lines)
        wanted = std::max(wanted, metrics.horizontalAdvance(line.label) + 24);
    return std::min(wanted, 150);
}

QRectF ChartPlot::areaIn(const QRectF& rect) const {
    const qreal legend = std::min<qreal>(m_legendWidth, rect.width() / 3);
    return rect.adjusted(leftMargin, 8, -legend - 10, -6);
}

QRectF ChartPlot::area() const {
    return areaIn(rect());
}

PlotScale ChartPlot::scale() const {
    return {area(), m_time.shown(), m_range, m_content.log};
}

ValueRange ChartPlot::wantedRange() const {
    const TimeSpan shown = m_time.shown();
    const PlotContent::Extent extent = m_content.extent(shown.begin, shown.end);
    if (m_content.heat)
        return {extent.lowestAboveZero > 0 ? extent.lowestAboveZero : 1e-3, extent.highest > 0 ? extent.highest : 1};
    return rangeFor(m_content.log ? extent.lowestAboveZero : extent.lowest, extent.highest, m_content.log);
}

// Grows at once as far as needed and shrinks only when much room is left; either way in a short smooth move.
void ChartPlot::settleRange() {
    ValueRange wanted = m_byHand.value_or(wantedRange());
    if (!m_byHand && !m_content.log && !m_content.heat && wanted.low == m_to.low &&
        steadyEnd(m_to.high, wanted.high) == m_to.high)
        wanted = m_to;
    if (wanted == m_to)
        return;
    m_to = wanted;
    m_rescale.stop();
    // A log axis begins anew: between two of its ranges there is nothing sensible to pass.
    if (!isVisible() || m_content.log || m_content.heat || m_byHand) {
        m_range = wanted;
        m_stale = true;
        return;
    }
    m_from = m_range;
    m_rescale.start();
}

void ChartPlot::fitValues() {
    m_byHand.reset();
    m_to = {0, 0}; // nothing to stay with
    settleRange();
    update();
}

void ChartPlot::resizeEvent(QResizeEvent*) {
    m_stale = true;
}

QRectF ChartPlot::legendRect(std::size_t line) const {
    const QRectF at = area();
    return {at.right() + 8, at.top() + static_cast<qreal>(line) * legendRow, width() - at.right() - 12, legendRow};
}

void ChartPlot::follow() {
    if (std::abs(scale().x(seconds(m_session.now())) - m_playheadAt) >= 1) // else nothing would be seen to move
        update();
}

void ChartPlot::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    const qreal ratio = devicePixelRatioF();
    if (m_layer.size() != size() * ratio) {
        m_layer = QPixmap(size() * ratio);
        m_layer.setDevicePixelRatio(ratio);
        m_stale = true;
    }
    if (m_stale) {
        m_layer.fill(theme.surface);
        QPainter layer(&m_layer);
        if (!m_content.isEmpty()) { // axes without anything on them say nothing
            PlotPainter::paintValueLabels(layer, theme, scale(), m_content.unit);
            m_painter.paint(layer, theme, m_content, scale());
        }
        m_stale = false;
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_layer);
    const PlotScale at = scale();
    m_playheadAt = at.x(seconds(m_session.now()));
    paintLegend(painter, theme, at.area);
    paintPlayheadAndBrush(painter, theme, at);
    paintMarks(painter, theme, at);
    if (m_content.isEmpty())
        paintEmptyState(painter, theme, at.area);
    paintReading(painter, at);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void ChartPlot::paintOn(QPainter& painter, const Theme& theme, const QRectF& rect) const {
    PlotScale at = scale();
    at.area = areaIn(rect);
    PlotPainter::paintValueLabels(painter, theme, at, m_content.unit);
    m_painter.paint(painter, theme, m_content, at);
    paintLegend(painter, theme, at.area);
    paintMarks(painter, theme, at);
    m_stale = true; // the lines were laid out for another size
}

// On a ground of its own: marks and playhead stand in the same place.
void ChartPlot::paintEmptyState(QPainter& painter, const Theme& theme, const QRectF& area) const {
    constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
    painter.setFont(theme.font(TextRole::Body));
    const QRectF words = painter.boundingRect(area, flags, m_content.empty);
    painter.fillRect(words.adjusted(-8, -4, 8, 4) & area, theme.surface);
    painter.setPen(theme.muted);
    painter.drawText(area, flags, m_content.empty);
}

void ChartPlot::paintLegend(QPainter& painter, const Theme& theme, const QRectF& area) const {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_content.heat) {
        PlotPainter::paintHeatLegend(painter, theme,
                                     QRectF(area.right() + 10, area.top() + 2, 60, std::min(72.0, area.height() - 4)),
                                     m_content.heat->highest);
        return;
    }
    painter.setFont(theme.font(TextRole::Label));
    const QFontMetrics metrics(painter.font());
    for (std::size_t i = 0; i < m_content.lines.size(); ++i) {
        const PlotLine& line = m_content.lines[i];
        const QRectF row(area.right() + 8, area.top() + static_cast<qreal>(i) * legendRow, m_legendWidth - 6.0,
                         legendRow);
        // The last row that there is room for counts the rest.
        if (row.bottom() + legendRow > area.bottom() + 8 && i + 1 < m_content.lines.size() && i > 0) {
            painter.setPen(theme.muted);
            painter.drawText(row.adjusted(15, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                             QStringLiteral("+%1").arg(m_content.lines.size() - i));
            return;
        }
        QColor ink = line.hidden ? theme.faint : line.colour;
        if (line.dimmed)
            ink.setAlphaF(dimmedAlpha);
        painter.setPen(QPen(ink, 2.4, line.style));
        painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.left() + 10, row.center().y()));
        painter.setPen(line.hidden ? theme.faint : line.dimmed ? theme.muted : theme.text);
        painter.drawText(row.adjusted(15, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(line.label, Qt::ElideMiddle, static_cast<int>(row.width()) - 15));
    }
}

void ChartPlot::paintMarks(QPainter& painter, const Theme& theme, const PlotScale& scale) const {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const RunMark& mark : m_marks.all()) {
        const double begin = seconds(mark.at);
        const double end = !mark.lasts ? begin
                           : mark.end  ? seconds(*mark.end)
                                       : std::max(begin, seconds(m_session.now()));
        if (end < scale.time.begin || begin > scale.time.end)
            continue;
        QColor ink = theme.colour(mark.tone);
        const qreal left = std::max(scale.x(begin), scale.area.left());
        if (mark.lasts) {
            QColor over = ink;
            over.setAlphaF(0.08F);
            painter.fillRect(
                QRectF(left, scale.area.top(), std::min(scale.x(end), scale.area.right()) - left, scale.area.height()),
                over);
        }
        if (begin < scale.time.begin)
            continue;
        ink.setAlphaF(0.55F);
        painter.setPen(QPen(ink, 1, Qt::DotLine));
        painter.drawLine(QPointF(left, scale.area.top()), QPointF(left, scale.area.bottom()));
        paintMarkSign(painter, theme, mark.kind, mark.tone, {left, scale.area.top() + 3});
    }
}

void ChartPlot::paintPlayheadAndBrush(QPainter& painter, const Theme& theme, const PlotScale& scale) const {
    if (m_session.mode() == Session::Mode::empty)
        return;
    if (const std::optional<TimeRange> brush = m_selection.brush()) {
        const qreal left = std::clamp(scale.x(seconds(brush->begin)), scale.area.left(), scale.area.right());
        const qreal right = std::clamp(scale.x(seconds(brush->end)), scale.area.left(), scale.area.right());
        QColor fill = theme.text;
        fill.setAlphaF(0.10F);
        painter.fillRect(QRectF(QPointF(left, scale.area.top()), QPointF(right, scale.area.bottom())), fill);
    }
    const double now = seconds(m_session.now());
    if (now < scale.time.begin || now > scale.time.end)
        return;
    painter.setPen(QPen(theme.text, 1.2));
    painter.drawLine(QPointF(scale.x(now), scale.area.top()), QPointF(scale.x(now), scale.area.bottom()));
}

// The hairline of the pointer or the pin, and what the chart says there.
void ChartPlot::paintReading(QPainter& painter, const PlotScale& scale) const {
    const Theme& theme = m_themes.theme();
    const std::optional<double> pin = m_time.pin();
    const std::optional<double> at = m_time.hover() ? m_time.hover() : pin;
    painter.setRenderHint(QPainter::Antialiasing);
    const auto shown = [&scale](double time) { return time >= scale.time.begin && time <= scale.time.end; };
    if (pin && shown(*pin)) {
        const qreal x = scale.x(*pin);
        painter.setPen(QPen(theme.accent, 1.2));
        painter.drawLine(QPointF(x, scale.area.top()), QPointF(x, scale.area.bottom()));
        painter.setBrush(theme.accent);
        painter.drawEllipse(QPointF(x, scale.area.top()), 3, 3);
    }
    if (!at || !shown(*at) || m_content.isEmpty())
        return;
    const qreal x = scale.x(*at);
    if (m_time.hover()) {
        painter.setPen(QPen(theme.muted, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, scale.area.top()), QPointF(x, scale.area.bottom()));
    }
    QStringList lines = readOut(m_content, *at, m_time.hover() ? pin : std::nullopt);
    painter.setFont(theme.font(TextRole::Label));
    const auto room = static_cast<qsizetype>(std::max(2.0, (scale.area.height() + 6) / 15));
    if (lines.size() > room) {
        const qsizetype more = lines.size() - room + 1;
        lines = lines.mid(0, room - 1) << tr("%1 more").arg(more);
    }
    qreal textWidth = 0;
    for (const QString& line : lines)
        textWidth = std::max(textWidth, tabularWidth(painter.font(), line));
    QRectF box(x - textWidth - 26, scale.area.top(), textWidth + 16, 15.0 * static_cast<qreal>(lines.size()) + 6);
    if (box.left() < scale.area.left() - 40)
        box.moveLeft(x + 10);
    painter.setPen(theme.line);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(box, 6, 6);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? theme.text : theme.muted);
        drawTabular(painter, QRectF(box.left() + 8, box.top() + 3 + 15.0 * static_cast<qreal>(i), textWidth + 2, 15),
                    Qt::AlignLeft, lines[i]);
    }
}

void ChartPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    const QPointF at = event->position();
    for (std::size_t i = 0; i < m_content.lines.size() && !m_content.heat; ++i)
        if (legendRect(i).contains(at)) {
            Q_EMIT lineToggled(static_cast<int>(i));
            return;
        }
    if (!area().adjusted(-2, -8, 2, 6).contains(at))
        return;
    m_pressed = m_last = at;
    m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::Brush : Drag::Press;
}

void ChartPlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    const PlotScale now = scale();
    if (m_drag == Drag::None) {
        const bool inside = now.area.contains(at);
        m_time.setHover(inside ? std::optional(now.secondsAt(at.x())) : std::nullopt);
        setCursor(inside ? Qt::CrossCursor : Qt::ArrowCursor);
        return;
    }
    if (m_drag == Drag::Press && (at - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = Drag::Pan;
        m_time.setHover(std::nullopt);
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_drag == Drag::Pan) {
        m_time.move(-(at.x() - m_last.x()) / now.area.width() * now.time.length());
        if (m_byHand) {
            const double before = now.valueAt(m_last.y()), after = now.valueAt(at.y());
            m_byHand = now.log ? ValueRange{m_byHand->low * before / after, m_byHand->high * before / after}
                               : ValueRange{m_byHand->low + before - after, m_byHand->high + before - after};
            settleRange();
        }
    } else if (m_drag == Drag::Brush) {
        const double from = now.secondsAt(m_pressed.x()), to = now.secondsAt(at.x());
        m_selection.setBrush(TimeRange{timeOf(std::min(from, to)), timeOf(std::max(from, to))});
    }
    m_last = at;
}

void ChartPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const double at = scale().secondsAt(event->position().x());
    if (m_drag == Drag::Press && event->modifiers() & Qt::ControlModifier)
        look(at);
    else if (m_drag == Drag::Press)
        togglePin(at);
    m_drag = Drag::None;
    setCursor(Qt::CrossCursor);
}

void ChartPlot::togglePin(double at) {
    m_pinBefore = m_time.pin();
    const bool again = m_pinBefore && std::abs(scale().x(*m_pinBefore) - scale().x(at)) <= nearPin;
    m_time.setPin(again ? std::nullopt : std::optional(at));
}

void ChartPlot::look(double at) {
    if (m_session.mode() == Session::Mode::empty)
        return;
    m_session.pause();
    m_session.seek(timeOf(at));
}

void ChartPlot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_time.setPin(m_pinBefore);
    m_time.fit();
    fitValues();
}

void ChartPlot::wheelEvent(QWheelEvent* event) {
    const PlotScale now = scale();
    if (!now.area.adjusted(-leftMargin, 0, 0, 0).contains(event->position())) {
        event->ignore(); // the list of charts scrolls
        return;
    }
    event->accept();
    const int turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    const double factor = std::exp2(turned * wheelFactor);
    // Over the value labels, or with Shift, the values.
    if (event->modifiers() & Qt::ShiftModifier || event->position().x() < now.area.left()) {
        m_byHand = zoomed(now, now.valueAt(event->position().y()), factor);
        settleRange();
        update();
    } else if (event->angleDelta().y() == 0) {
        m_time.move(-turned / 2.0 / now.area.width() * now.time.length());
    } else {
        m_time.zoomAt(now.secondsAt(event->position().x()), factor);
    }
}

void ChartPlot::keyPressEvent(QKeyEvent* event) {
    const TimeSpan shown = m_time.shown();
    const double step = shown.length() / (event->modifiers() & Qt::ShiftModifier ? 10 : 100);
    const double reading = m_time.hover().value_or(m_time.pin().value_or((shown.begin + shown.end) / 2));
    switch (event->key()) {
    case Qt::Key_Left:
        return m_time.setHover(std::max(shown.begin, reading - step));
    case Qt::Key_Right:
        return m_time.setHover(std::min(shown.end, reading + step));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return togglePin(reading);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return m_time.zoomAt(reading, 1.5);
    case Qt::Key_Minus:
        return m_time.zoomAt(reading, 1 / 1.5);
    case Qt::Key_0:
        m_time.fit();
        return fitValues();
    case Qt::Key_Escape:
        if (m_time.pin())
            return m_time.setPin(std::nullopt);
        if (m_selection.brush())
            return m_selection.setBrush(std::nullopt);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void ChartPlot::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuRequested(event->globalPos(), scale().secondsAt(event->pos().x()));
}

void ChartPlot::leaveEvent(QEvent*) {
    m_time.setHover(std::nullopt);
}

QString ChartPlot::wordsAt(QPointF point) const {
    for (std::size_t i = 0; i < m_content.lines.size() && !m_content.heat; ++i)
        if (legendRect(i).contains(point))
            return m_content.lines[i].label + QLatin1Char('\n') + tr("Click to show or hide this line");
    const PlotScale now = scale();
    for (const RunMark& mark : m_marks.all())
        if (std::abs(now.x(seconds(mark.at)) - point.x()) < 5)
            return shortClockText(mark.at) + QStringLiteral("  ") + mark.text;
    return {};
}

bool ChartPlot::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), wordsAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace weir

#include "ui/timeline/timeline.h"

#include "ui/charts/chart_lines.h"
#include "ui/format.h"
#include "ui/style.h"
#include "ui/timeline/timeline_painter.h"
#include "ui/widgets/spoken_role.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr double wheelFactor = 1.0 / 360; // a notch (120) is a third of a doubling
constexpr int redrawEvery = 50;           // ms

SimTime timeOf(double at) {
    return SimTime{Duration{static_cast<std::int64_t>(std::llround(at * 1e9))}};
}

SeriesWindow windowOf(TimeSpan span) {
    return {timeOf(span.begin), timeOf(span.end)};
}

} // namespace

Timeline::Timeline(Session& session, Selection& selection, RunMarks& marks, SeriesPool& pool, const ThemeSource& themes,
                   QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_marks(marks), m_pool(pool), m_themes(themes) {
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Chart);
    setMouseTracking(true);
    connect(&m_session, &Session::documentChanged, this, &Timeline::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &Timeline::tick);
    connect(&m_selection, &Selection::changed, this, &Timeline::takeUpSelection);
    connect(&m_marks, &RunMarks::changed, this, qOverload<>(&QWidget::update));
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(8);
    connect(&m_catchUp, &QTimer::timeout, this, &Timeline::tick);
    takeUpDocument();
    retranslate();
}

void Timeline::takeUpDocument() {
    m_feed = m_pool.hold(m_session.store(), {});
    m_detail.start(nullptr, {});
    m_detailSpan = {};
    m_brush.reset();
    const TimeSpan whole{0, m_session.plannedEnd() ? std::max(spanLeast, seconds(*m_session.plannedEnd())) : 60};
    // Of a document that was edited, or a run that forked, the same stretch stays in view.
    if (!m_session.sameDocument() || whole != m_whole)
        m_shown = whole;
    m_whole = whole;
    lookCloser();
    takeUpSelection();
}

void Timeline::takeUpSelection() {
    if (m_brush != m_selection.brush()) {
        m_brush = m_selection.brush();
        if (m_brush)
            m_brushed.start(m_session.store(), {}, {m_brush->begin, m_brush->end});
        tick();
    }
    update();
}

void Timeline::tick() {
    m_feed->advance();
    m_detail.advance();
    if (m_brush) {
        m_brushed.advance();
        m_brushed.reach(m_session.now());
    }
    if (m_feed->behind() || m_detail.behind() || (m_brush && m_brushed.behind()))
        m_catchUp.start();
    const double head = std::max(seconds(m_session.headTime()), seconds(m_session.now()));
    if (!m_session.plannedEnd() && head > m_whole.end) { // an open end: the strip doubles, so that it seldom moves
        const bool all = m_shown == m_whole;
        m_whole.end = std::max(m_whole.end * 2, head);
        if (all)
            m_shown = m_whole;
    }
    if (m_session.running() && m_drag == Drag::None)
        showSpan(reaching(m_shown, seconds(m_session.now()), m_whole));
    // A run that goes on: where the playhead has moved visibly, and often enough for its time to be read.
    const qreal moved = places().xAt(seconds(m_session.now())) - m_drawnAt;
    if (!m_session.running() || !m_drawn.isValid() || m_drawn.elapsed() >= redrawEvery || std::abs(moved) >= 1)
        update();
}

void Timeline::showSpan(TimeSpan span) {
    if (m_shown == span)
        return;
    m_shown = span;
    lookCloser();
    update();
}

void Timeline::showAll() {
    showSpan(m_whole);
}

void Timeline::lookCloser() {
    const TimeSpan wanted = gridded(m_shown);
    // While the whole run's bins are finer than two pixels they are good enough.
    if (m_shown.length() / std::max(1, width() / 2) >= seconds(m_feed->series().binWidth()) || wanted == m_detailSpan)
        return;
    m_detailSpan = wanted;
    m_detail.start(m_session.store(), {}, windowOf(wanted));
    m_catchUp.start();
}

SimTime Timeline::timeAt(qreal x) const {
    return timeOf(places().secondsAt(x));
}

std::optional<TimeSpan> Timeline::brushSpan() const {
    if (!m_brush)
        return std::nullopt;
    return TimeSpan{seconds(m_brush->begin), seconds(m_brush->end)};
}

QString Timeline::brushText() const {
    if (!m_brush)
        return {};
    if (!m_brushed.caughtUp())
        return tr("%1: counting…").arg(durationText(m_brush->end - m_brush->begin));
    const double length = seconds(m_brush->end - m_brush->begin);
    Series::Bin sum;
    for (const Series::Bin& bin : m_brushed.series().bins())
        sum.merge(bin);
    QString text = tr("%1: %2 in (%3), %4 done")
                       .arg(durationText(m_brush->end - m_brush->begin), countText(sum.published),
                            rateText(Rate{static_cast<double>(sum.published) / length}), countText(sum.acked));
    if (sum.failed > 0)
        text += QStringLiteral(", ") + tr("%1 failed").arg(countText(sum.failed));
    const Histogram& times = sum.latency.count() > 0 ? sum.latency : sum.response;
    if (const std::optional<double> p99 = times.quantile(0.99))
        text += QStringLiteral(", p99 ") + durationText(Duration{static_cast<std::int64_t>(*p99)});
    return text;
}

void Timeline::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    m_drawn.start();
    m_drawnAt = places().xAt(seconds(m_session.now()));
    if (m_session.mode() == Session::Mode::empty) {
        painter.setPen(theme.muted);
        painter.setFont(theme.font(TextRole::Body));
        painter.drawText(rect(), Qt::AlignCenter, tr("The run's time appears here"));
        return;
    }
    const bool closer = m_detailSpan.begin <= m_shown.begin && m_detailSpan.end >= m_shown.end &&
                        m_detailSpan == gridded(m_shown) && !m_detail.behind();
    paintTimeline(painter, theme, places(),
                  {.whole = &m_feed->series(),
                   .shown = closer ? &m_detail.series() : &m_feed->series(),
                   .marks = m_marks.all(),
                   .now = seconds(m_session.now()),
                   .brush = brushSpan(),
                   .brushText = brushText()});
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_session.mode() == Session::Mode::empty) {
        event->ignore();
        return;
    }
    m_pressed = event->position();
    const TimelineGeometry at = places();
    const std::optional<TimeSpan> brush = brushSpan();
    const TimelineGeometry::Zone zone = at.zoneAt(m_pressed, brush);
    if (zone == TimelineGeometry::Zone::Overview) {
        m_drag = Drag::Overview;
        showSpan(moved(m_shown, at.overviewSecondsAt(m_pressed.x()) - (m_shown.begin + m_shown.end) / 2, m_whole));
    } else if (zone == TimelineGeometry::Zone::BrushBegin || zone == TimelineGeometry::Zone::BrushEnd) {
        m_drag = Drag::Brush;
        m_brushFrom = zone == TimelineGeometry::Zone::BrushBegin ? brush->end : brush->begin;
    } else if (zone == TimelineGeometry::Zone::Marks || event->modifiers() & Qt::ShiftModifier) {
        m_drag = Drag::Press; // a click there looks, a drag is a brush
        m_brushFrom = at.secondsAt(m_pressed.x());
    } else {
        m_drag = Drag::Scrub;
        m_session.pause();
        m_session.seek(timeAt(m_pressed.x()));
    }
}

void Timeline::brushTo(qreal x) {
    const double to = places().secondsAt(x);
    m_selection.setBrush(TimeRange{timeOf(std::min(m_brushFrom, to)), timeOf(std::max(m_brushFrom, to))});
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    switch (m_drag) {
    case Drag::None:
        pointAt(at);
        return;
    case Drag::Scrub:
        m_session.seek(timeAt(at.x()));
        return;
    case Drag::Press:
        if (std::abs(at.x() - m_pressed.x()) < QApplication::startDragDistance() / 2.0)
            return;
        m_drag = Drag::Brush;
        [[fallthrough]];
    case Drag::Brush:
        brushTo(at.x());
        return;
    case Drag::Overview:
        showSpan(moved(m_shown, places().overviewSecondsAt(at.x()) - (m_shown.begin + m_shown.end) / 2, m_whole));
        return;
    }
}

void Timeline::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (m_drag == Drag::Press) {
        if (const auto mark = places().markAt(m_pressed, m_marks.all(), seconds(m_session.now())))
            goToMark(mark);
        else {
            m_session.pause();
            m_session.seek(timeAt(m_pressed.x()));
        }
    }
    m_drag = Drag::None;
    pointAt(event->position());
}

void Timeline::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (m_brush)
        m_selection.setBrush(std::nullopt);
    else
        showAll();
}

void Timeline::pointAt(QPointF point) {
    using Zone = TimelineGeometry::Zone;
    const Zone zone = places().zoneAt(point, brushSpan());
    setCursor(zone == Zone::BrushBegin || zone == Zone::BrushEnd ? Qt::SizeHorCursor
              : zone == Zone::Overview                           ? Qt::OpenHandCursor
              : zone == Zone::Marks                              ? Qt::IBeamCursor
                                                                 : Qt::PointingHandCursor);
}

void Timeline::wheelEvent(QWheelEvent* event) {
    if (m_session.mode() == Session::Mode::empty) {
        event->ignore();
        return;
    }
    event->accept();
    const QPoint angle = event->angleDelta();
    if (event->modifiers() & Qt::ShiftModifier || (angle.y() == 0 && angle.x() != 0)) {
        const int sideways = angle.x() != 0 ? angle.x() : angle.y();
        showSpan(moved(m_shown, -places().secondsOf(sideways / 2.0), m_whole));
        return;
    }
    showSpan(zoomed(m_shown, places().secondsAt(event->position().x()), std::exp2(angle.y() * wheelFactor), m_whole));
}

void Timeline::goToMark(std::optional<std::size_t> mark) {
    if (!mark)
        return;
    const SimTime at = m_marks.all()[*mark].at;
    if (at > m_session.headTime()) // a breakpoint that lies ahead: there is nothing to look at yet
        return showSpan(reaching(m_shown, seconds(at), m_whole));
    m_session.pause();
    m_session.seek(at);
    showSpan(reaching(m_shown, seconds(at), m_whole));
}

void Timeline::toggleBreakpoint(SimTime at) {
    std::vector<BreakpointSpec> all = m_session.breakpoints();
    const auto here = [at](const BreakpointSpec& each) {
        return each.kind == BreakpointSpec::Kind::at && SimTime{each.at} == at;
    };
    if (std::erase_if(all, here) == 0)
        all.push_back({.kind = BreakpointSpec::Kind::at, .text = {}, .at = at.time_since_epoch()});
    m_session.setBreakpoints(std::move(all)); // of a time there is nothing to refuse
}

std::unique_ptr<QMenu> Timeline::menuAt(QPointF point) {
    auto menu = std::make_unique<QMenu>();
    const auto mark = places().markAt(point, m_marks.all(), seconds(m_session.now()));
    const RunMark* marked = mark ? &m_marks.all()[*mark] : nullptr;
    const SimTime at = marked ? marked->at : timeAt(point.x());
    const QString clock = shortClockText(at);
    QAction* look = menu->addAction(tr("Look at %1").arg(clock), this, [this, at] {
        m_session.pause();
        m_session.seek(at);
    });
    look->setEnabled(at <= m_session.headTime());
    QAction* until = menu->addAction(tr("Run until %1").arg(clock), this, [this, at] { m_session.runUntil(at); });
    until->setEnabled(m_session.mode() == Session::Mode::simulation && at > m_session.now());
    const bool stops = marked && marked->kind == RunMark::Kind::Breakpoint;
    QAction* breakpoint =
        menu->addAction(stops ? tr("Remove the breakpoint at %1").arg(clock) : tr("Set a breakpoint at %1").arg(clock),
                        this, [this, at] { toggleBreakpoint(at); });
    breakpoint->setEnabled(m_session.mode() == Session::Mode::simulation);
    menu->addSeparator();
    if (marked && marked->lasts) {
        const TimeRange range{marked->at, marked->end.value_or(m_session.now())};
        menu->addAction(tr("Brush over \"%1\"").arg(marked->text), this,
                        [this, range] { m_selection.setBrush(range); });
    }
    QAction* from = menu->addAction(tr("Brush from here to the playhead"), this, [this, at] {
        m_selection.setBrush(TimeRange{std::min(at, m_session.now()), std::max(at, m_session.now())});
    });
    from->setEnabled(at != m_session.now());
    QAction* zoom = menu->addAction(tr("Show the brush only"), this, [this] { showSpan(*brushSpan()); });
    QAction* clear = menu->addAction(tr("Clear the brush"), this, [this] { m_selection.setBrush(std::nullopt); });
    clear->setShortcut(Qt::Key_Escape);
    zoom->setEnabled(m_brush.has_value());
    clear->setEnabled(m_brush.has_value());
    QAction* all = menu->addAction(tr("Show the whole run"), this, &Timeline::showAll);
    all->setShortcut(Qt::Key_0);
    all->setEnabled(m_shown != m_whole);
    return menu;
}

void Timeline::contextMenuEvent(QContextMenuEvent* event) {
    if (m_session.mode() == Session::Mode::empty)
        return;
    menuAt(event->pos())->exec(event->globalPos());
}

void Timeline::keyPressEvent(QKeyEvent* event) {
    const bool second = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        second ? m_session.seek(m_session.now() - Duration{1s}) : m_session.stepBack();
        return;
    case Qt::Key_Right:
        second ? m_session.seek(m_session.now() + Duration{1s}) : m_session.step();
        return;
    case Qt::Key_Home:
        m_session.seek(SimTime{});
        return;
    case Qt::Key_End:
        m_session.seek(m_session.headTime());
        return;
    case Qt::Key_BracketLeft:
        return goToMark(markBefore(m_marks.all(), m_session.now()));
    case Qt::Key_BracketRight:
        return goToMark(markAfter(m_marks.all(), m_session.now()));
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return showSpan(zoomed(m_shown, seconds(m_session.now()), 1.5, m_whole));
    case Qt::Key_Minus:
        return showSpan(zoomed(m_shown, seconds(m_session.now()), 1 / 1.5, m_whole));
    case Qt::Key_0:
        return showAll();
    case Qt::Key_Escape:
        if (m_brush)
            return m_selection.setBrush(std::nullopt);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

QString Timeline::wordsAt(QPointF point) const {
    QString text = shortClockText(timeAt(point.x()));
    if (const auto mark = places().markAt(point, m_marks.all(), seconds(m_session.now()))) {
        const RunMark& marked = m_marks.all()[*mark];
        text = shortClockText(marked.at);
        if (marked.lasts && marked.end)
            text += QStringLiteral(" – ") + shortClockText(*marked.end) + QStringLiteral(" (") +
                    durationText(*marked.end - marked.at) + QLatin1Char(')');
        text += QStringLiteral("  ") + marked.text;
    }
    if (m_brush)
        text += QLatin1Char('\n') + brushText();
    if (m_marks.leftOut() > 0)
        text += QLatin1Char('\n') +
                tr("%1 later marks are left out").arg(countText(static_cast<std::int64_t>(m_marks.leftOut())));
    return text;
}

bool Timeline::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), wordsAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void Timeline::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void Timeline::retranslate() {
    setWindowTitle(tr("Timeline"));
    setAccessibleName(windowTitle());
    setAccessibleDescription(
        tr("The run's time. Left and Right step by one record, with Shift by one second; [ and ] go to the mark before "
           "and after; plus and minus zoom, 0 shows the whole run; Escape clears the brush."));
    update();
}

} // namespace weir

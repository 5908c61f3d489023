#include "ui/timeline/timeline.h"

#include "ui/charts/axis.h"
#include "ui/format.h"
#include "ui/tabular.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace weir {

namespace {
constexpr int side = 14;        // left and right of the strip
constexpr int areaTop = 20;     // below the marks
constexpr int labelHeight = 12; // tick labels at the bottom
constexpr std::uint64_t recordsPerTick = 120'000;
} // namespace

Timeline::Timeline(Session& session, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_themes(themes) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    connect(&m_session, &Session::documentChanged, this, &Timeline::takeUpDocument);
    connect(&m_session, &Session::advanced, this, &Timeline::tick);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    m_catchUp.setSingleShot(true);
    m_catchUp.setInterval(8);
    connect(&m_catchUp, &QTimer::timeout, this, &Timeline::tick);
    takeUpDocument();
    retranslate();
}

void Timeline::takeUpDocument() {
    m_feed.start(m_session.store(), {});
    m_reader = m_session.store() ? std::make_unique<RecordReader>(m_session.store()) : nullptr;
    m_read = 0;
    m_events.clear();
    m_eventsLeftOut = 0;
    m_end = m_session.plannedEnd() ? seconds(*m_session.plannedEnd()) : 60;
    update();
}

void Timeline::tick() {
    m_feed.advance();
    readEvents();
    if (m_feed.behind() || (m_reader && m_read < m_reader->end()))
        m_catchUp.start();
    const double head = std::max(seconds(m_session.headTime()), seconds(m_session.now()));
    if (!m_session.plannedEnd() && head > m_end) // an open end: the strip doubles, so that it seldom moves
        m_end = std::max(m_end * 2, head);
    update();
}

void Timeline::readEvents() {
    if (!m_reader)
        return;
    m_reader->refresh();
    m_read = std::max(m_read, m_reader->first());
    std::uint64_t left = recordsPerTick;
    const Catalogue& catalogue = m_reader->catalogue();
    while (left > 0 && m_read < m_reader->end()) {
        auto records = m_reader->from(m_read);
        records = records.first(std::min<std::size_t>(records.size(), left));
        for (const Record& record : records) {
            const bool instance = record.kind == RecordKind::crashed && record.attempt == 0;
            if (!instance && record.kind != RecordKind::restarted && record.kind != RecordKind::commanded)
                continue;
            if (m_events.size() == eventsMax) {
                ++m_eventsLeftOut;
                continue;
            }
            const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
            const QString service =
                place.service.valid()   ? QString::fromStdString(catalogue.services()[place.service.index()].name)
                : place.channel.valid() ? QString::fromStdString(catalogue.channels()[place.channel.index()].name)
                                        : QString();
            const QString reason =
                record.reason.valid() ? QString::fromStdString(catalogue.reasons()[record.reason.index()].name) : QString();
            if (instance)
                m_events.push_back({record.at, tr("crash %1").arg(service), Tone::Danger});
            else if (record.kind == RecordKind::restarted)
                m_events.push_back({record.at, tr("restart %1").arg(service), Tone::Ok});
            else
                m_events.push_back({record.at, reason + QLatin1Char(' ') + service, Tone::Accent});
        }
        m_read += records.size();
        left -= records.size();
    }
}

qreal Timeline::xAt(double at) const { return side + at / m_end * std::max(1, width() - 2 * side); }

SimTime Timeline::timeAt(qreal x) const {
    const double share = std::clamp((x - side) / std::max(1, width() - 2 * side), 0.0, 1.0);
    return SimTime{Duration{static_cast<std::int64_t>(share * m_end * 1e9)}};
}

void Timeline::paintThroughput(QPainter& painter) {
    const Theme& theme = m_themes.theme();
    const std::vector<Series::Bin>& bins = m_feed.series().bins();
    const qreal bottom = height() - labelHeight;
    const double width = seconds(m_feed.series().binWidth());
    // One value a pixel column or bin, whichever is wider; smoothed over a column of two pixels at least.
    const int group = std::max(1, static_cast<int>(std::ceil(2 / std::max(1e-9, xAt(width) - xAt(0)))));
    std::vector<QPointF> points;
    double highest = 0;
    for (std::size_t i = 0; i < bins.size(); i += static_cast<std::size_t>(group)) {
        std::int64_t sum = 0;
        std::size_t count = 0;
        for (std::size_t j = i; j < std::min(bins.size(), i + static_cast<std::size_t>(group)); ++j, ++count)
            sum += bins[j].published;
        // The bin that is being filled would show as a dip.
        if (i + count == bins.size() && bins.size() > 1 && !points.empty())
            break;
        const double rate = static_cast<double>(sum) / (static_cast<double>(count) * width);
        highest = std::max(highest, rate);
        points.emplace_back(xAt((static_cast<double>(i) + static_cast<double>(count) / 2) * width), rate);
    }
    if (points.empty() || highest == 0)
        return;
    const double end = valueTicks(highest, 4).end;
    QPolygonF line;
    for (QPointF& point : points) {
        point.setY(bottom - point.y() / end * (bottom - areaTop));
        line.append(point);
    }
    QPolygonF area = line;
    area.append({points.back().x(), bottom});
    area.append({points.front().x(), bottom});
    QColor fill = theme.accent;
    fill.setAlphaF(theme.scheme == Scheme::Dark ? 0.35F : 0.28F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(area);
    painter.setPen(QPen(theme.accent, 1.2));
    painter.drawPolyline(line);
}

void Timeline::paintEvents(QPainter& painter) {
    const Theme& theme = m_themes.theme();
    painter.setFont(theme.font(TextRole::Tiny));
    const QFontMetricsF metrics(painter.font());
    qreal free = 0; // labels may begin from here
    for (const Event& event : m_events) {
        const qreal x = xAt(seconds(event.at));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(event.tone));
        painter.drawPolygon(QPolygonF{{x, 17.0}, {x + 5, 9.0}, {x - 5, 9.0}});
        const qreal needed = metrics.horizontalAdvance(event.text);
        const QRectF label(x + 8, 4, needed, 14);
        if (label.left() < free || label.right() > width() - 4 || label.intersects(flag()))
            continue;
        painter.setPen(theme.muted);
        painter.drawText(QPointF(x + 8, 16), event.text);
        free = x + 8 + needed + 10;
    }
}

QRectF Timeline::flag() const {
    QFont font = m_themes.theme().font(TextRole::Label);
    font.setWeight(QFont::DemiBold);
    const qreal flagWidth = tabularWidth(font, shortClockText(m_session.now())) + 12;
    const qreal x = xAt(seconds(m_session.now()));
    return {std::clamp(x - flagWidth / 2, 2.0, std::max(2.0, width() - flagWidth - 2)), 2, flagWidth, 16};
}

void Timeline::paintPlayhead(QPainter& painter) {
    const Theme& theme = m_themes.theme();
    const qreal x = xAt(seconds(m_session.now()));
    painter.setPen(QPen(theme.text, 1.6));
    painter.drawLine(QPointF(x, 2), QPointF(x, height() - 2));
    QFont font = theme.font(TextRole::Label);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    painter.drawRoundedRect(flag(), 4, 4);
    painter.setPen(theme.background);
    drawTabular(painter, flag(), Qt::AlignCenter, shortClockText(m_session.now()));
}

void Timeline::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    if (m_session.mode() == Session::Mode::empty) {
        painter.setPen(theme.muted);
        painter.setFont(theme.font(TextRole::Body));
        painter.drawText(rect(), Qt::AlignCenter, tr("The run's time appears here"));
        return;
    }
    paintThroughput(painter);
    painter.setFont(theme.font(TextRole::Tiny));
    painter.setPen(theme.muted);
    const AxisTicks ticks = timeTicks(m_end, std::max(2, width() / 110));
    for (const double tick : ticks.values) {
        const QString text = timeTickText(tick, ticks.step);
        const qreal textWidth = tabularWidth(painter.font(), text);
        const qreal x = std::clamp(xAt(tick) - textWidth / 2, 4.0, width() - textWidth - 4);
        drawTabular(painter, QRectF(x, height() - labelHeight, textWidth + 1, labelHeight - 1), Qt::AlignLeft, text);
    }
    paintEvents(painter);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    paintPlayhead(painter);
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_session.pause();
    m_session.seek(timeAt(event->position().x()));
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        m_session.seek(timeAt(event->position().x()));
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
    default:
        QWidget::keyPressEvent(event);
    }
}

bool Timeline::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const QPoint at = static_cast<QHelpEvent*>(event)->pos();
        QString text = shortClockText(timeAt(at.x()));
        for (const Event& mark : m_events)
            if (std::abs(xAt(seconds(mark.at)) - at.x()) < 6 && at.y() < areaTop)
                text = shortClockText(mark.at) + QStringLiteral("  ") + mark.text;
        if (m_eventsLeftOut > 0)
            text += QLatin1Char('\n') + tr("%1 later marks are left out").arg(countText(static_cast<std::int64_t>(m_eventsLeftOut)));
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text, this);
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
    setAccessibleDescription(tr("The run's time: left and right step by one record, with Shift by one second"));
    update();
}

} // namespace weir

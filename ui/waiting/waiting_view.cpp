#include "ui/waiting/waiting_view.h"

#include "ui/format.h"
#include "ui/marks.h"
#include "ui/tabular.h"
#include "ui/widgets/in_sight.h"
#include "ui/widgets/spoken_role.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace weir {

namespace {
constexpr int laneLabels = 116;
constexpr int right = 16;
constexpr int top = 24; // the count stands there
constexpr int axisHeight = 20;
constexpr qreal reach = 8;     // of the pointer
constexpr double first = 1e-3; // seconds: what is due sooner stands at the left end

constexpr std::array lanes{PendingKind::arrival, PendingKind::finish,   PendingKind::travel,
                           PendingKind::release, PendingKind::deadline, PendingKind::fault};

Mark markOf(const Theme& theme, PendingKind kind) {
    return theme.mark(static_cast<int>(kind));
}

// A power of ten is read at a glance as one: "100 s", not "1 min 40 s".
QString decadeText(int decade) {
    const int power = decade - 3; // of a second
    return power < 0 ? QStringLiteral("%1 ms").arg(std::lround(std::pow(10.0, decade)))
                     : QStringLiteral("%1 s").arg(countText(std::lround(std::pow(10.0, power))));
}

QString laneText(PendingKind kind) {
    switch (kind) {
    case PendingKind::arrival:
        return WaitingView::tr("Arrivals");
    case PendingKind::finish:
        return WaitingView::tr("Handlings");
    case PendingKind::travel:
        return WaitingView::tr("On the way");
    case PendingKind::release:
        return WaitingView::tr("Retries, delays");
    case PendingKind::deadline:
        return WaitingView::tr("Time limits");
    case PendingKind::fault:
    case PendingKind::other:
        return WaitingView::tr("Faults, run");
    }
    return {};
}

QString whatText(PendingKind kind) {
    switch (kind) {
    case PendingKind::arrival:
        return WaitingView::tr("a source emits");
    case PendingKind::finish:
        return WaitingView::tr("a handling ends");
    case PendingKind::travel:
        return WaitingView::tr("something arrives over the network");
    case PendingKind::release:
        return WaitingView::tr("a delay is over");
    case PendingKind::deadline:
        return WaitingView::tr("a time limit is reached");
    case PendingKind::fault:
        return WaitingView::tr("a fault begins or ends");
    case PendingKind::other:
        return WaitingView::tr("the run goes on");
    }
    return {};
}
} // namespace

WaitingView::WaitingView(Session& session, Selection& selection, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection), m_themes(themes) {
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Chart);
    setMouseTracking(true);
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &WaitingView::read);
    connect(&m_session, &Session::advanced, this, &WaitingView::tick);
    connect(&m_session, &Session::documentChanged, this, &WaitingView::read);
    connect(&m_session, &Session::runningChanged, this, &WaitingView::read);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void WaitingView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    read();
}

// Nobody looks at it, or it was read a moment ago: then not.
void WaitingView::tick() {
    if (!inSight(*this) || m_later.isActive())
        return;
    const qint64 since = m_readFor.isValid() ? m_readFor.elapsed() : refreshMilliseconds;
    const int pace = m_session.running() ? refreshMilliseconds : 16;
    m_later.start(static_cast<int>(std::max<qint64>(0, pace - since)));
}

void WaitingView::read() {
    m_later.stop();
    if (!inSight(*this))
        return;
    m_pending = m_session.pending();
    m_now = m_session.now();
    m_chosen.reset();
    m_readFor.start();
    // The axis grows by whole decades, and stays as long as it will do.
    const Duration last = m_pending.dues.empty() ? Duration{} : m_pending.dues.back().at - m_now;
    const double needed = std::clamp(std::ceil(decades(last)), 4.0, 12.0);
    if (needed > m_decades || needed < m_decades - 2)
        m_decades = needed;
    setAccessibleDescription(tr("%1 dues wait; the next one: %2")
                                 .arg(countText(static_cast<std::int64_t>(m_pending.dues.size() + m_pending.leftOut)),
                                      m_pending.dues.empty() ? tr("none") : textOf(m_pending.dues.front())));
    update();
}

double WaitingView::decades(Duration ahead) const {
    return std::log10(std::max(first, seconds(ahead)) / first);
}

QRectF WaitingView::axis() const {
    return {laneLabels, top, std::max(1.0, static_cast<qreal>(width() - laneLabels - right)),
            std::max(1.0, static_cast<qreal>(height() - top - axisHeight))};
}

qreal WaitingView::xAt(Duration ahead) const {
    return axis().left() + std::min(1.0, decades(ahead) / m_decades) * axis().width();
}

qreal WaitingView::laneY(PendingKind kind) const {
    const auto lane = static_cast<std::size_t>(std::find(lanes.begin(), lanes.end(), kind) - lanes.begin());
    return axis().top() + (static_cast<qreal>(std::min(lane, lanes.size() - 1)) + 0.5) * axis().height() / lanes.size();
}

QPointF WaitingView::pointOf(std::size_t due) const {
    const PendingDue& told = m_pending.dues[due];
    return {xAt(told.at - m_now), laneY(told.kind)};
}

std::optional<std::size_t> WaitingView::dueAt(QPointF point) const {
    std::optional<std::size_t> nearest;
    qreal best = reach * reach;
    for (std::size_t i = 0; i < m_pending.dues.size(); ++i) {
        const QPointF away = pointOf(i) - point;
        const qreal distance = QPointF::dotProduct(away, away);
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

QString WaitingView::placeText(PlaceId id) const {
    if (!id.valid() || !m_session.catalogue())
        return {};
    const Catalogue& catalogue = *m_session.catalogue();
    const Place& place = catalogue.place(id);
    QString text;
    if (place.service.valid())
        text = QString::fromStdString(catalogue.services()[place.service.index()].name);
    else if (place.channel.valid())
        text = QString::fromStdString(catalogue.channels()[place.channel.index()].name);
    if (place.instance != Place::noIndex)
        text += QStringLiteral(" #%1").arg(place.instance + 1);
    return text;
}

QString WaitingView::textOf(const PendingDue& due) const {
    QString text = tr("%1, in %2: %3").arg(shortClockText(due.at), durationText(due.at - m_now), whatText(due.kind));
    if (const QString place = placeText(due.place); !place.isEmpty())
        text += tr(", at %1").arg(place);
    if (due.ordinal != 0)
        text += tr(", message %1").arg(countText(static_cast<std::int64_t>(due.ordinal)));
    return text;
}

QString WaitingView::hint() const {
    if (m_session.mode() != Session::Mode::simulation)
        return tr("What a simulation is going to do appears here");
    return m_session.playhead() == 0 ? tr("Nothing waits yet: F5 runs, F10 makes one step")
                                     : tr("Nothing waits: the run is at its end");
}

void WaitingView::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.setFont(theme.font(TextRole::Label));
    if (m_pending.dues.empty()) {
        painter.setPen(theme.muted);
        painter.setFont(theme.font(TextRole::Body));
        painter.drawText(rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, hint());
        return;
    }
    const QRectF area = axis();
    painter.setPen(theme.muted);
    painter.drawText(QRectF(12, 0, width() - 24, top), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Due from now on, click one to run until it"));
    const QString count = m_pending.leftOut == 0 ? countText(static_cast<std::int64_t>(m_pending.dues.size()))
                                                 : tr("%1 shown, %2 later ones left out")
                                                       .arg(countText(static_cast<std::int64_t>(m_pending.dues.size())),
                                                            countText(static_cast<std::int64_t>(m_pending.leftOut)));
    drawTabular(painter, QRectF(12, 0, width() - 24, top), Qt::AlignRight | Qt::AlignVCenter, count);
    for (const PendingKind kind : lanes) {
        const qreal y = laneY(kind);
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(QPointF(area.left(), std::round(y) + 0.5), QPointF(area.right(), std::round(y) + 0.5));
        painter.setPen(theme.muted);
        painter.drawText(QRectF(12, y - 10, laneLabels - 20, 20), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(laneText(kind), Qt::ElideRight, laneLabels - 20));
    }
    painter.setFont(theme.font(TextRole::Tiny));
    const int step = m_decades > 8 ? 2 : 1;
    for (int decade = 0; decade <= static_cast<int>(m_decades); decade += step) {
        const Duration ahead{static_cast<std::int64_t>(std::llround(std::pow(10.0, decade) * first * 1e9))};
        const qreal x = xAt(ahead);
        painter.setPen(QPen(theme.grid, 1));
        painter.drawLine(QPointF(std::round(x) + 0.5, area.top()), QPointF(std::round(x) + 0.5, area.bottom()));
        painter.setPen(theme.muted);
        const QRectF label(std::min(x - 30, width() - 62.0), area.bottom() + 2, 60, axisHeight - 4);
        drawTabular(painter, label, Qt::AlignHCenter, decade == 0 ? tr("now") : decadeText(decade));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    drawDues(painter);
    if (m_chosen) {
        painter.setPen(QPen(theme.text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(pointOf(*m_chosen), 8, 8);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

// There may be thousands, of few kinds: each kind's mark is drawn once, and copied.
void WaitingView::drawDues(QPainter& painter) const {
    constexpr int side = 14;
    const qreal density = devicePixelRatioF();
    std::array<QPixmap, lanes.size() + 1> marks;            // the last one: of kinds without a lane
    for (std::size_t i = m_pending.dues.size(); i-- > 0;) { // the nearest on top
        const PendingKind kind = m_pending.dues[i].kind;
        QPixmap& mark = marks[static_cast<std::size_t>(std::find(lanes.begin(), lanes.end(), kind) - lanes.begin())];
        if (mark.isNull()) {
            mark = QPixmap(QSize(side, side) * density);
            mark.setDevicePixelRatio(density);
            mark.fill(Qt::transparent);
            QPainter once(&mark);
            once.setRenderHint(QPainter::Antialiasing);
            drawMark(once, markOf(m_themes.theme(), kind), QPointF(side, side) / 2, 4, m_themes.theme().surface);
        }
        painter.drawPixmap(pointOf(i) - QPointF(side, side) / 2, mark);
    }
}

void WaitingView::runUntil(std::size_t due) {
    m_session.runUntil(m_pending.dues[due].at);
}

void WaitingView::mousePressEvent(QMouseEvent* event) {
    const auto due = dueAt(event->position());
    if (due && event->button() == Qt::LeftButton)
        runUntil(*due);
}

void WaitingView::contextMenuEvent(QContextMenuEvent* event) {
    const auto due = event->reason() == QContextMenuEvent::Keyboard ? m_chosen : dueAt(QPointF(event->pos()));
    if (!due)
        return;
    const PendingDue told = m_pending.dues[*due];
    QMenu menu(this);
    QAction* const until = menu.addAction(tr("Run until this one"));
    QAction* const select = menu.addAction(tr("Select where it happens"));
    select->setEnabled(told.place.valid());
    const QAction* const picked = menu.exec(event->globalPos());
    if (picked == until)
        m_session.runUntil(told.at);
    else if (picked == select)
        m_selection.selectNode(NodeRef::of(*m_session.catalogue(), told.place));
}

void WaitingView::choose(std::size_t due) {
    m_chosen = due;
    setAccessibleDescription(textOf(m_pending.dues[due]));
    QToolTip::showText(mapToGlobal(pointOf(due).toPoint()), textOf(m_pending.dues[due]), this);
    update();
}

void WaitingView::keyPressEvent(QKeyEvent* event) {
    const std::size_t count = m_pending.dues.size();
    if (event->key() == Qt::Key_Right && count > 0)
        choose(m_chosen ? std::min(*m_chosen + 1, count - 1) : 0);
    else if (event->key() == Qt::Key_Left && count > 0)
        choose(m_chosen && *m_chosen > 0 ? *m_chosen - 1 : 0);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_chosen)
        runUntil(*m_chosen);
    else
        QWidget::keyPressEvent(event);
}

bool WaitingView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        if (const auto due = dueAt(QPointF(help->pos())))
            QToolTip::showText(help->globalPos(), textOf(m_pending.dues[*due]), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void WaitingView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void WaitingView::retranslate() {
    setWindowTitle(tr("What waits"));
    setAccessibleName(windowTitle());
    update();
}

} // namespace weir

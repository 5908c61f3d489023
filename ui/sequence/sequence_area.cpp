#include "ui/sequence/sequence_area.h"

#include "core/record/message_source.h"
#include "ui/sequence/sequence_text.h"
#include "ui/widgets/spoken_role.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace weir {

namespace {
constexpr qreal startRoom = -24; // before the first step
constexpr qreal endRoom = 40;    // behind the playhead while following
} // namespace

SequenceArea::SequenceArea(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setFocusPolicy(Qt::StrongFocus);
    setSpokenRole(*this, QAccessible::Canvas);
    setMouseTracking(true);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SequenceArea::setChart(SequenceChart chart, std::vector<SequenceAxis> axes, bool onlyInvolved,
                            std::shared_ptr<const Catalogue> catalogue, std::shared_ptr<const MessageSource> messages) {
    m_catalogue = std::move(catalogue);
    m_messages = std::move(messages);
    // What stands in the middle stays there, as long as it is still shown.
    const qreal x = m_picture.plot().center().x();
    const std::optional<std::uint64_t> kept = middle();
    const qreal before = kept ? m_picture.xOf(*m_picture.chart.stepOf(*kept)) : x;
    m_picture.setChart(std::move(chart), std::move(axes), onlyInvolved);
    m_picture.setScale(m_mode, m_zoom);
    if (m_following) {
        followEnd();
    } else if (kept) {
        const std::vector<SequenceStep>& steps = m_picture.chart.steps;
        auto near = std::lower_bound(m_picture.shown.begin(), m_picture.shown.end(), *kept,
                                     [&](std::size_t step, std::uint64_t index) { return steps[step].index < index; });
        if (near == m_picture.shown.end() && near != m_picture.shown.begin())
            --near;
        if (near != m_picture.shown.end())
            m_picture.offset.rx() += m_picture.xOf(*near) - before;
    }
    bound();
    update();
}

void SequenceArea::setMode(TimeMode mode) {
    const qreal x = m_picture.plot().center().x();
    const double anchor = anchorAt(x);
    m_mode = mode;
    rescale(anchor, x);
}

void SequenceArea::setSelection(Ordinal message, std::optional<std::uint64_t> record) {
    m_picture.selectedMessage = message;
    m_picture.selectedRecord = record;
    update();
}

void SequenceArea::setPlayhead(std::uint64_t playhead, SimTime now) {
    m_picture.playhead = playhead;
    m_picture.now = now;
    if (m_following)
        followEnd();
    update();
}

void SequenceArea::rescale(double anchor, qreal x) {
    m_picture.setScale(m_mode, m_zoom);
    m_picture.offset.setX(m_picture.scale.atAnchor(anchor) - (x - SequencePicture::labelWidth));
    bound();
    update();
}

void SequenceArea::bound() {
    const qreal width = m_picture.plot().width();
    // The playhead may be far behind the last step: no further than a view's width of nothing.
    const double end =
        std::clamp(m_picture.playheadAt(), m_picture.scale.length(), m_picture.scale.length() + width);
    const qreal furthest = std::max(startRoom, end - width + endRoom);
    m_picture.offset.setX(std::clamp(m_picture.offset.x(), startRoom, furthest));
    m_picture.fitRows();
}

void SequenceArea::followEnd() {
    const double at = std::min(m_picture.playheadAt(), m_picture.scale.length());
    m_picture.offset.setX(at - m_picture.plot().width() + endRoom);
    bound();
}

void SequenceArea::zoomAt(qreal x, double factor) {
    const double anchor = anchorAt(x);
    m_zoom = std::clamp(m_zoom * factor, zoomMin, zoomMax);
    rescale(anchor, x);
}

void SequenceArea::panBy(QPointF distance) {
    m_picture.offset += distance;
    bound();
    update();
}

void SequenceArea::fitMessage() {
    const auto mine = [this](std::size_t step) {
        return m_picture.selectedMessage == 0 || m_picture.chart.steps[step].record.ordinal == m_picture.selectedMessage;
    };
    const auto first = std::find_if(m_picture.shown.begin(), m_picture.shown.end(), mine);
    const auto last = std::find_if(m_picture.shown.rbegin(), m_picture.shown.rend(), mine);
    if (first == m_picture.shown.end())
        return;
    const auto from = static_cast<std::size_t>(first - m_picture.shown.begin());
    const auto to = static_cast<std::size_t>(m_picture.shown.rend() - last) - 1;
    const double wanted = m_picture.plot().width() * 0.84;
    // The distance between the two grows with the zoom: halve the interval until it fits.
    double low = std::log(zoomMin);
    double high = std::log(zoomMax);
    for (int i = 0; i < 24 && to > from; ++i) {
        const double middleZoom = (low + high) / 2;
        m_picture.setScale(m_mode, std::exp(middleZoom));
        (m_picture.scale.at(to) - m_picture.scale.at(from) > wanted ? high : low) = middleZoom;
    }
    m_zoom = to > from ? std::exp(low) : m_zoom;
    m_following = false;
    rescale((static_cast<double>(from) + static_cast<double>(to)) / 2, m_picture.plot().center().x());
    m_picture.offset.setX((m_picture.scale.at(from) + m_picture.scale.at(to)) / 2 - m_picture.plot().width() / 2);
    bound();
    update();
    Q_EMIT moved();
}

void SequenceArea::reveal(std::uint64_t record) {
    const auto step = m_picture.chart.stepOf(record);
    if (!step || !m_picture.hasAxis(*step))
        return;
    const QPointF at = m_picture.pointOf(*step);
    const QRectF inside = m_picture.plot().adjusted(20, 0, -20, 0);
    if (!inside.contains(QPointF(at.x(), inside.center().y())))
        m_picture.offset.rx() += at.x() - inside.center().x();
    if (at.y() < inside.top() || at.y() > inside.bottom())
        m_picture.offset.ry() += at.y() - inside.center().y();
    bound();
    update();
}

std::optional<std::uint64_t> SequenceArea::middle() const {
    if (m_picture.shown.empty())
        return std::nullopt;
    const auto at = static_cast<std::size_t>(std::lround(anchorAt(m_picture.plot().center().x())));
    return m_picture.chart.steps[m_picture.shown[std::min(at, m_picture.shown.size() - 1)]].index;
}

void SequenceArea::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_themes.theme();
    if (!m_catalogue) {
        painter.fillRect(rect(), theme.surface);
        return;
    }
    paintSequence(painter, m_picture, theme, *m_catalogue);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void SequenceArea::resizeEvent(QResizeEvent*) {
    m_picture.size = size();
    if (m_following)
        followEnd();
    bound();
}

// --- input ---

std::optional<std::size_t> SequenceArea::current() const {
    if (m_picture.selectedRecord)
        if (const auto step = m_picture.chart.stepOf(*m_picture.selectedRecord); step && m_picture.hasAxis(*step))
            return step;
    return std::nullopt;
}

void SequenceArea::choose(std::size_t step) {
    m_following = false;
    const std::uint64_t index = m_picture.chart.steps[step].index;
    if (m_catalogue)
        setAccessibleDescription(wordsOf(m_picture, {SequencePicture::Hit::Kind::step, step}, *m_catalogue, nullptr));
    Q_EMIT recordChosen(index);
    reveal(index);
}

void SequenceArea::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position();
    m_pressedOffset = m_picture.offset;
    m_dragged = false;
}

void SequenceArea::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed && (event->buttons() & Qt::LeftButton)) {
        const QPointF way = event->position() - *m_pressed;
        if (!m_dragged && way.manhattanLength() < 4)
            return;
        if (!m_dragged) {
            m_dragged = true;
            m_following = false;
            setCursor(Qt::ClosedHandCursor);
        }
        m_picture.offset = m_pressedOffset - way;
        bound();
        update();
        Q_EMIT moved();
        return;
    }
    setCursor(m_picture.hitAt(event->position()).kind == SequencePicture::Hit::Kind::none ? Qt::ArrowCursor
                                                                                         : Qt::PointingHandCursor);
}

void SequenceArea::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    m_pressed.reset();
    unsetCursor();
    if (!m_dragged)
        if (const auto step = m_picture.stepOf(m_picture.hitAt(event->position())))
            choose(*step);
}

void SequenceArea::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const auto step = m_picture.stepOf(m_picture.hitAt(event->position())))
        Q_EMIT playheadWanted(m_picture.chart.steps[*step].index + 1);
}

void SequenceArea::contextMenuEvent(QContextMenuEvent* event) {
    const auto axis = m_picture.axisAt(event->pos());
    Q_EMIT menuWanted(event->globalPos(), axis ? m_picture.axes[*axis].node : NodeRef());
}

void SequenceArea::wheelEvent(QWheelEvent* event) {
    const QPointF at = event->position();
    const QPoint turn = event->angleDelta();
    if (at.x() < SequencePicture::labelWidth || (event->modifiers() & Qt::ControlModifier)) {
        m_picture.offset.ry() -= turn.y() / 120.0 * m_picture.rowHeight;
    } else if (turn.x() != 0 || (event->modifiers() & Qt::ShiftModifier)) {
        m_following = false;
        m_picture.offset.rx() -= (turn.x() != 0 ? turn.x() : turn.y()) / 120.0 * 60;
    } else {
        m_following = m_following && turn.y() == 0;
        zoomAt(at.x(), std::pow(1.2, turn.y() / 120.0));
    }
    bound();
    update();
    Q_EMIT moved();
    event->accept();
}

// As in OMNeT++: with Ctrl along causes and effects, with Shift along the axis, else from step to step.
void SequenceArea::keyPressEvent(QKeyEvent* event) {
    const bool left = event->key() == Qt::Key_Left;
    if (left || event->key() == Qt::Key_Right) {
        const auto here = current();
        std::optional<std::size_t> next;
        if (!here && !m_picture.shown.empty())
            next = m_picture.shown[std::min<std::size_t>(m_picture.shown.size() - 1,
                                                         static_cast<std::size_t>(anchorAt(m_picture.plot().center().x())))];
        else if (here && (event->modifiers() & Qt::ControlModifier))
            next = left ? m_picture.chart.causeOf(*here) : m_picture.chart.effectOf(*here);
        else if (here && (event->modifiers() & Qt::ShiftModifier))
            next = m_picture.chart.along(*here, left ? -1 : 1);
        else if (here)
            next = m_picture.chart.beside(*here, left ? -1 : 1);
        if (next && m_picture.hasAxis(*next))
            choose(*next);
        return;
    }
    switch (event->key()) {
    case Qt::Key_F:
        fitMessage();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAt(m_picture.plot().center().x(), 1.25);
        Q_EMIT moved();
        return;
    case Qt::Key_Minus:
        zoomAt(m_picture.plot().center().x(), 0.8);
        Q_EMIT moved();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        panBy({0, event->key() == Qt::Key_Up ? -m_picture.rowHeight : m_picture.rowHeight});
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        m_following = false;
        panBy({(event->key() == Qt::Key_PageUp ? -0.9 : 0.9) * m_picture.plot().width(), 0});
        Q_EMIT moved();
        return;
    case Qt::Key_End:
        Q_EMIT followingWanted();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_picture.selectedRecord)
            Q_EMIT playheadWanted(*m_picture.selectedRecord + 1);
        return;
    default:
        event->ignore();
    }
}

bool SequenceArea::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_catalogue) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        QString words = wordsOf(m_picture, m_picture.hitAt(help->pos()), *m_catalogue, m_messages.get());
        const auto axis = m_picture.axisAt(help->pos());
        if (words.isEmpty() && axis && help->pos().x() < SequencePicture::labelWidth)
            words = m_picture.axes[*axis].name;
        QToolTip::showText(help->globalPos(), words, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace weir

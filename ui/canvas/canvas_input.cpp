// The canvas's hands: mouse, wheel, keys and commands.
#include "ui/canvas/bottleneck_banner.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/zoom_bar.h"
#include "ui/icons.h"
#include "ui/widgets/empty_state.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr qreal step = 1.25;                    // of a key or a button
constexpr qreal wheelFactor = 1.0 / 600;        // a notch (120) is a fifth of a doubling

} // namespace

void Canvas::makeCommands() {
    const auto add = [this](const QKeySequence& keys, auto act) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        // Plain keys belong to whoever has the focus: elsewhere they are text.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        m_commands << action;
    };
    add(Qt::Key_F, [this] { fit(); });
    add(Qt::Key_0, [this] { zoomTo(1); });
    add(Qt::Key_Plus, [this] { zoomAt(QRectF(rect()).center(), step); });
    add(Qt::Key_Minus, [this] { zoomAt(QRectF(rect()).center(), 1 / step); });
    add({}, [this] { arrangeAnew(); });
    add({}, [this] { setReducedMotion(!m_reduced); });
    m_commands.back()->setCheckable(true);
    connect(&m_themes, &ThemeSource::changed, this, &Canvas::retranslate);
}

void Canvas::retranslate() {
    const auto say = [this](int index, const QString& icon, const QString& text, const QString& tip) {
        QAction* action = m_commands[index];
        action->setText(text);
        action->setToolTip(tip);
        if (!icon.isEmpty())
            action->setIcon(makeIcon(icon, m_themes.theme()));
    };
    say(0, QStringLiteral("fit"), tr("&Fit everything"), tr("Show the whole topology"));
    say(1, QString(), tr("Zoom to &100 %"), tr("Show the topology at its own size"));
    say(2, QStringLiteral("zoom_in"), tr("Zoom &in"), tr("Show the topology larger"));
    say(3, QStringLiteral("zoom_out"), tr("Zoom &out"), tr("Show the topology smaller"));
    say(4, QStringLiteral("layout"), tr("&Arrange anew"),
        tr("Find places for all nodes, whatever was given or dragged"));
    say(5, QString(), tr("&Reduce motion"), tr("Show figures only, no messages on their way"));
    m_empty->setTitle(tr("Open a scenario"));
    m_empty->setHint(tr("File > Open, or drop a file here"));
    setAccessibleName(tr("Canvas"));
    m_layer.drop();
    update();
}

bool Canvas::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString words = wordsAt(help->pos());
        if (words.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), words, this);
        return true;
    }
    return QWidget::event(event);
}

void Canvas::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    if (!m_scene.placed() || (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)) {
        event->ignore();
        return;
    }
    m_pressed = event->position();
    m_viewPressed = m_view;
    m_drag = event->button() == Qt::MiddleButton ? Drag::pan : Drag::press;
    m_dragNodes.clear();
    if (m_drag != Drag::press)
        return;
    const QPointF at = m_view.toScene(m_pressed);
    if (const std::optional<std::size_t> node = m_scene.nodeAt(at))
        m_dragNodes = {*node};
    else if (const std::optional<std::size_t> group = m_scene.groupAt(at))
        m_dragNodes.assign(m_scene.groups[*group].members.begin(), m_scene.groups[*group].members.end());
    if (!m_dragNodes.empty())
        m_grip = at - m_scene.homes[m_dragNodes.front()];
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    if (m_drag == Drag::none) {
        showCursor(at);
        return;
    }
    if (m_drag == Drag::press && (at - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = m_dragNodes.empty() ? Drag::pan : Drag::node;
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_drag == Drag::pan) {
        takeOver();
        ViewTransform view = m_viewPressed;
        view.offset += at - m_pressed;
        setView(view);
    } else if (m_drag == Drag::node) {
        drag(m_view.toScene(at) - m_grip);
    }
}

void Canvas::drag(QPointF to) {
    // On the 4-unit grid, so that nodes line up without effort.
    to = QPointF(std::round(to.x() / 4) * 4, std::round(to.y() / 4) * 4);
    const QPointF by = to - m_scene.homes[m_dragNodes.front()];
    if (by.isNull())
        return;
    takeOver();
    m_scene.move(m_dragNodes, by);
    m_scene.routeDragged(m_dragNodes);
    m_layer.drop();
    update();
}

void Canvas::dropDragged() {
    QStringList names;
    QList<QPointF> centres;
    for (const std::size_t node : m_dragNodes) {
        m_dragged[m_scene.topology.nodes()[node].name] = m_scene.homes[node];
        names << m_scene.names[node];
        centres << m_scene.homes[node];
    }
    m_scene.route();
    m_layer.drop();
    update();
    Q_EMIT nodesMoved(names, centres);
}

void Canvas::showCursor(QPointF at) {
    const bool grip = m_scene.placed() && (nodeAtView(at) || m_scene.groupAt(m_view.toScene(at)));
    setCursor(grip ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = m_drag;
    m_drag = Drag::none;
    if (drag == Drag::press)
        click(event->position());
    else if (drag == Drag::node)
        dropDragged();
    m_dragNodes.clear();
    showCursor(event->position());
}

void Canvas::click(QPointF at) {
    const QPointF point = m_view.toScene(at);
    if (const std::optional<std::size_t> node = m_scene.nodeAt(point))
        return select(node);
    const std::optional<std::size_t> group = m_scene.groupAt(point);
    if (group && m_scene.groups[*group].chevron().contains(point))
        return fold(*group, !m_scene.groups[*group].folded);
    select(std::nullopt);
    if (group)
        selectGroup(group);
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!m_scene.placed() || event->button() != Qt::LeftButton)
        return;
    const QPointF at = m_view.toScene(event->position());
    if (const std::optional<std::size_t> node = m_scene.nodeAt(at))
        centreOn(*node);
    else if (const std::optional<std::size_t> group = m_scene.groupAt(at))
        fold(*group, !m_scene.groups[*group].folded);
    else
        fit();
}

void Canvas::wheelEvent(QWheelEvent* event) {
    if (!m_scene.placed()) {
        event->ignore();
        return;
    }
    event->accept();
    const QPoint angle = event->angleDelta();
    if (angle.y() == 0 && angle.x() != 0) { // sideways
        takeOver();
        ViewTransform view = m_view;
        view.offset += QPointF(angle.x() / 2.0, 0);
        setView(view);
        return;
    }
    zoomAt(event->position(), std::exp2(angle.y() * wheelFactor));
}

void Canvas::walk(Direction direction) {
    if (!m_scene.placed())
        return;
    if (!m_scene.selected) {
        const auto first = std::min_element(m_scene.boxes.begin(), m_scene.boxes.end(),
                                            [](const QRectF& a, const QRectF& b) { return a.left() < b.left(); });
        select(static_cast<std::size_t>(first - m_scene.boxes.begin()));
        return;
    }
    if (const std::optional<std::size_t> next = neighbour(m_scene, *m_scene.selected, direction))
        select(next);
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return walk(Direction::Left);
    case Qt::Key_Right:
        return walk(Direction::Right);
    case Qt::Key_Up:
        return walk(Direction::Up);
    case Qt::Key_Down:
        return walk(Direction::Down);
    case Qt::Key_Equal: // + without shift
        return zoomAt(QRectF(rect()).center(), step);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_scene.placed() && m_scene.selected)
            return centreOn(*m_scene.selected);
        break;
    case Qt::Key_Escape:
        if (m_scene.selected)
            return select(std::nullopt);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event); // the run's keys are the window's
}

} // namespace weir

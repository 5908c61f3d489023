// The canvas's hands: mouse, wheel and keys.
#include "ui/canvas/canvas.h"
#include "ui/canvas/export_actions.h"
#include "ui/icons.h"
#include "ui/node_mime.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr qreal keyStep = 1.25;
constexpr qreal wheelFactor = 1.0 / 600; // a notch (120) is a fifth of a doubling

} // namespace

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
    } else if (m_drag == Drag::node && m_dragNodes.size() == 1 && !rect().contains(at.toPoint())) {
        const std::size_t node = m_dragNodes.front();
        m_drag = Drag::none;
        m_dragNodes.clear();
        carryNodes({{node, m_view.toScene(m_pressed) - m_grip}});
        settleNodes();
        carryOut(node);
    } else if (m_drag == Drag::node) {
        drag(m_view.toScene(at) - m_grip);
    }
}

void Canvas::carryOut(std::size_t node) {
    const NodeRef carried = refOf(node);
    if (carried.kind == NodeRef::Kind::none)
        return;
    setCursor(Qt::ArrowCursor);
    auto* out = new QDrag(this);
    out->setMimeData(nodeMime(carried, *m_session.catalogue()).release());
    out->exec(Qt::CopyAction);
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

void Canvas::contextMenuEvent(QContextMenuEvent* event) {
    if (!m_scene.placed())
        return;
    QMenu menu(this);
    if (const std::optional<std::size_t> node = nodeAtView(event->pos())) {
        menu.addAction(makeIcon(QStringLiteral("chart"), m_themes.theme()), tr("Chart this"), this,
                       [this, ref = refOf(*node)] { Q_EMIT chartRequested(ref); });
        menu.addSeparator();
    }
    menu.addActions(m_commands);
    menu.addSeparator();
    menu.addAction(m_export->menu());
    menu.exec(event->globalPos());
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
    case Qt::Key_Home:
        return walkToEnd(false);
    case Qt::Key_End:
        return walkToEnd(true);
    case Qt::Key_Equal: // + without shift
        return zoomAt(QRectF(rect()).center(), keyStep);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_scene.placed() && m_scene.selectedGroup)
            return fold(*m_scene.selectedGroup, !m_scene.groups[*m_scene.selectedGroup].folded);
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

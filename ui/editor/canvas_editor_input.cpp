// The canvas's editor's hands: gestures of the mouse, and the keys that end them.
#include "ui/document/document_editor.h"
#include "ui/editor/canvas_editor.h"
#include "ui/editor/editor_words.h"
#include "ui/editor/name_field.h"
#include "ui/inspector/finding_text.h"

#include <QApplication>
#include <QDragMoveEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr qreal edgeReach = 7;   // view
constexpr qreal snapReach = 6;   // view
constexpr qreal hoverReach = 14; // around a node, so that its port can be reached
constexpr std::size_t guidedMax = 400; // nodes; among more there is always one that lines up by chance

bool adds(Qt::KeyboardModifiers modifiers) {
    return modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
}

} // namespace

std::optional<std::size_t> CanvasEditor::nodeAt(QPointF view) const {
    return m_canvas.scene().placed() ? m_canvas.scene().nodeAt(m_canvas.view().toScene(view)) : std::nullopt;
}

std::optional<std::size_t> CanvasEditor::edgeAt(QPointF view) const {
    return m_canvas.scene().placed()
               ? m_canvas.scene().edgeAt(m_canvas.view().toScene(view), edgeReach / m_canvas.view().scale)
               : std::nullopt;
}

std::optional<std::size_t> CanvasEditor::portAt(QPointF view) const {
    for (const std::size_t node : m_overlay->marks().ports) {
        const QPointF away = m_overlay->portOf(node) - view;
        if (std::hypot(away.x(), away.y()) <= EditOverlay::portReach)
            return node;
    }
    return std::nullopt;
}

bool CanvasEditor::press(const QMouseEvent& event) {
    if (m_name->isVisible())
        m_name->finish();
    if (!editable() || event.button() != Qt::LeftButton)
        return false;
    m_canvas.setFocus(Qt::MouseFocusReason);
    const QPointF at = event.position();
    m_pressed = at;
    m_modifiers = event.modifiers();
    if (m_placing) {
        placeItem(std::exchange(m_placing, std::nullopt), at);
        m_palette->setPicked(std::nullopt);
        m_overlay->marks().ghost.reset();
        m_overlay->update();
        return true;
    }
    if (editing())
        if (const auto port = portAt(at)) {
            beginPull(*port, at);
            return true;
        }
    m_pressedNode = nodeAt(at);
    if (m_pressedNode) {
        m_gesture = Gesture::node;
        return true;
    }
    if (editing() || m_modifiers & Qt::ShiftModifier) {
        if (m_canvas.takesGround(at)) // a group's title, say
            return false;
        m_gesture = Gesture::ground;
        return true;
    }
    selectTie(std::nullopt);
    m_selected.clear();
    return false;
}

bool CanvasEditor::move(const QMouseEvent& event) {
    const QPointF at = event.position();
    const bool far = (at - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    switch (m_gesture) {
    case Gesture::none:
        if (!editable() || event.buttons() != Qt::NoButton)
            return false;
        if (m_placing) {
            showGhost(m_placing, at);
            m_canvas.setCursor(Qt::CrossCursor);
            return true;
        }
        hover(at);
        if (!editing() || !portAt(at))
            return false;
        m_canvas.setCursor(Qt::CrossCursor);
        return true;
    case Gesture::node:
        if (!far)
            return true;
        beginMove();
        m_gesture = Gesture::move;
        [[fallthrough]];
    case Gesture::move:
        if (m_canvas.rect().contains(at.toPoint()))
            moveTo(at);
        else
            carryOut();
        return true;
    case Gesture::ground:
        if (!far)
            return true;
        m_gesture = Gesture::band;
        [[fallthrough]];
    case Gesture::band:
        m_overlay->marks().band = QRectF(m_pressed, at).normalized();
        m_overlay->update();
        return true;
    case Gesture::pull:
        pullTo(at);
        return true;
    }
    return false;
}

bool CanvasEditor::release(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton || m_gesture == Gesture::none)
        return false;
    switch (std::exchange(m_gesture, Gesture::none)) {
    case Gesture::node: {
        const std::string node = nameOf(*m_pressedNode);
        if (!adds(m_modifiers)) {
            select({node});
            break;
        }
        std::set<std::string> nodes = m_selected;
        if (nodes.erase(node) == 0)
            nodes.insert(node);
        select(nodes);
        break;
    }
    case Gesture::move:
        endMove();
        break;
    case Gesture::ground: {
        const auto edge = editing() ? edgeAt(m_pressed) : std::nullopt;
        if (edge)
            selectTie(tieOf(*edge));
        else if (!adds(m_modifiers))
            select({});
        break;
    }
    case Gesture::band:
        endBand();
        break;
    case Gesture::pull:
        endPull(event.position());
        break;
    case Gesture::none:
        break;
    }
    hover(event.position());
    return true;
}

bool CanvasEditor::doubleClick(const QMouseEvent& event) {
    if (!editable() || !editing() || event.button() != Qt::LeftButton)
        return false;
    const QPointF at = event.position();
    if (const auto node = nodeAt(at)) {
        renameNode(nameOf(*node));
    } else if (const auto edge = edgeAt(at)) {
        selectTie(tieOf(*edge));
        editPattern(*m_tie);
    } else if (m_canvas.takesGround(at)) {
        return false;
    } else {
        quickAdd(at);
    }
    return true;
}

bool CanvasEditor::key(int key) {
    if (key != Qt::Key_Escape || !editable())
        return false;
    if (cancelGesture())
        return true;
    if (m_tie || m_selected.size() > 1) {
        select({});
        return true;
    }
    return false; // the canvas drops its own
}

bool CanvasEditor::cancelGesture() {
    const Gesture gesture = std::exchange(m_gesture, Gesture::none);
    const bool placing = std::exchange(m_placing, std::nullopt).has_value();
    EditMarks& marks = m_overlay->marks();
    marks.pull.reset();
    marks.band = {};
    marks.guides.clear();
    marks.ghost.reset();
    m_palette->setPicked(std::nullopt);
    m_carriedOut = false;
    if (gesture == Gesture::move)
        putBack();
    m_canvas.settleNodes();
    m_overlay->update();
    return placing || gesture == Gesture::move || gesture == Gesture::band || gesture == Gesture::pull;
}

bool CanvasEditor::toolTip(const QHelpEvent& event) {
    for (const auto& [node, tone] : m_overlay->marks().badges) {
        if (!m_overlay->badgeOf(node).adjusted(-3, -3, 3, 3).contains(event.pos()))
            continue;
        QStringList lines;
        for (const Finding& finding : m_document.findings())
            if (std::find(finding.names.begin(), finding.names.end(), nameOf(node)) != finding.names.end())
                lines << findingText(finding).toHtmlEscaped();
        lines << tr("<i>Right-click for what can be done</i>");
        QToolTip::showText(event.globalPos(), lines.join(QStringLiteral("<br>")), &m_canvas);
        return true;
    }
    if (editing() && portAt(event.pos())) {
        QToolTip::showText(event.globalPos(), tr("Pull to what it should be tied to (Ctrl+L)"), &m_canvas);
        return true;
    }
    return false;
}

void CanvasEditor::leave() {
    m_hovered.reset();
    m_overlay->marks().port.reset();
    if (m_placing)
        m_overlay->marks().ghost.reset();
    showMarks();
}

void CanvasEditor::hover(QPointF view) {
    if (!editing() || !m_canvas.scene().placed())
        return;
    std::optional<std::size_t> node = nodeAt(view);
    if (!node && m_hovered && *m_hovered < m_canvas.scene().boxes.size() &&
        m_canvas.view()
            .toView(m_canvas.scene().boxes[*m_hovered])
            .adjusted(0, 0, hoverReach, 0)
            .contains(view))
        node = m_hovered; // on the way to its port
    const auto port = portAt(view);
    if (node == m_hovered && port == m_overlay->marks().port)
        return;
    m_hovered = node;
    m_overlay->marks().port = port;
    showMarks();
}

// --- moving ---

void CanvasEditor::beginMove() {
    if (!m_selected.contains(nameOf(*m_pressedNode)))
        select({nameOf(*m_pressedNode)});
    m_movedFrom.clear();
    for (const std::size_t node : selectedIndices())
        m_movedFrom[node] = m_canvas.scene().homes[node];
    m_canvas.setCursor(Qt::ClosedHandCursor);
}

void CanvasEditor::moveTo(QPointF view) {
    const Scene& scene = m_canvas.scene();
    const qreal scale = m_canvas.view().scale;
    const QPointF wanted = m_movedFrom[*m_pressedNode] + (view - m_pressed) / scale;
    std::vector<QRectF> others;
    if (scene.boxes.size() <= guidedMax)
        for (std::size_t node = 0; node < scene.boxes.size(); ++node)
            if (!m_movedFrom.contains(node))
                others.push_back(scene.boxes[node]);
    const Snap snap = snapped(scene.boxes[*m_pressedNode].size(), wanted, others, snapReach / scale);
    const QPointF by = snap.centre - m_movedFrom[*m_pressedNode];
    std::map<std::size_t, QPointF> centres;
    for (const auto& [node, from] : m_movedFrom)
        centres[node] = from + by;
    m_overlay->marks().guides = snap.guides;
    m_canvas.carryNodes(centres);
    m_overlay->update();
}

void CanvasEditor::endMove() {
    m_overlay->marks().guides.clear();
    std::vector<std::size_t> nodes;
    std::vector<QPointF> centres;
    for (const auto& [node, from] : m_movedFrom) {
        nodes.push_back(node);
        centres.push_back(m_canvas.scene().homes[node]);
    }
    const bool moved = !nodes.empty() && centres.front() != m_movedFrom.begin()->second;
    m_canvas.settleNodes();
    if (moved)
        moveCentres(nodes, centres, tr("Move %1").arg(namesText(m_selected)));
    m_document.endStep();
    m_overlay->update();
}

void CanvasEditor::putBack() {
    m_overlay->marks().guides.clear();
    m_canvas.carryNodes(m_movedFrom);
    m_overlay->update();
}

// Beyond the canvas's edge a node could only be lost from sight: it is shown to the other views instead.
void CanvasEditor::carryOut() {
    m_gesture = Gesture::none;
    m_carriedOut = true;
    putBack();
    m_canvas.settleNodes();
    m_canvas.carryOut(*m_pressedNode);
    m_carriedOut = false;
}

// Who only went too far goes on moving.
bool CanvasEditor::comeBack(QEvent& event) {
    if (!m_carriedOut)
        return false;
    switch (event.type()) {
    case QEvent::DragLeave:
        putBack();
        m_canvas.settleNodes();
        break;
    case QEvent::Drop:
        m_carriedOut = false;
        endMove();
        break;
    default:
        if (event.type() == QEvent::DragMove)
            moveTo(static_cast<QDragMoveEvent&>(event).position());
        static_cast<QDragMoveEvent&>(event).acceptProposedAction();
        return true;
    }
    event.accept();
    return true;
}

void CanvasEditor::endBand() {
    const QRectF band = m_canvas.view().toScene(std::exchange(m_overlay->marks().band, QRectF()));
    std::set<std::string> nodes = adds(m_modifiers) ? m_selected : std::set<std::string>{};
    for (std::size_t node = 0; node < m_canvas.scene().boxes.size(); ++node)
        if (band.contains(m_canvas.scene().boxes[node]))
            nodes.insert(nameOf(node));
    select(nodes);
}

// --- pulling an edge ---

void CanvasEditor::beginPull(std::size_t from, QPointF view) {
    m_gesture = Gesture::pull;
    EditMarks::Pull pull{.from = from, .to = view, .valid = {}, .target = {}, .words = {}, .possible = true};
    for (std::size_t node = 0; node < m_canvas.scene().names.size(); ++node)
        pull.valid.push_back(tieBetween(m_edits.scenario(), nameOf(from), nameOf(node)).kind.has_value());
    m_overlay->marks().pull = std::move(pull);
    m_overlay->update();
}

void CanvasEditor::pullTo(QPointF view) {
    EditMarks::Pull& pull = *m_overlay->marks().pull;
    pull.to = view;
    pull.target = nodeAt(view);
    const QString from = m_canvas.scene().names[pull.from];
    if (!pull.target || pull.target == pull.from) {
        pull.target.reset();
        pull.possible = true;
        pull.words = (view - m_pressed).manhattanLength() > 40 ? tr("Drop here to make something new") : QString();
    } else {
        const TieOffer offer = tieBetween(m_edits.scenario(), nameOf(pull.from), nameOf(*pull.target));
        pull.possible = offer.kind.has_value();
        pull.words = offer.kind ? tieName(*offer.kind, from, m_canvas.scene().names[*pull.target])
                                : whyNoTie(offer.why);
    }
    m_overlay->update();
}

void CanvasEditor::endPull(QPointF view) {
    const EditMarks::Pull pull = *m_overlay->marks().pull;
    m_overlay->marks().pull.reset();
    m_overlay->update();
    const std::string from = nameOf(pull.from);
    const std::optional<std::size_t> target = nodeAt(view);
    if (target && *target != pull.from)
        connectNodes(from, nameOf(*target), view);
    else if (!target && (view - m_pressed).manhattanLength() > 40)
        offerNewTarget(from, view);
}

// --- the palette ---

void CanvasEditor::showGhost(PaletteItem item, QPointF view) {
    if (!item || !editable())
        return;
    m_overlay->marks().ghost = EditMarks::Ghost{*item, view};
    m_overlay->update();
}

void CanvasEditor::placeItem(PaletteItem item, QPointF view) {
    if (item && editable())
        create(*item, onGrid(m_canvas.view().toScene(view)));
}

} // namespace weir

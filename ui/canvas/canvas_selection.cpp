// The canvas's part for what is pointed at: selecting, finding, walking by keys, and saying in words where one is.
#include "ui/canvas/canvas.h"
#include "ui/canvas/finder.h"
#include "ui/canvas/hover_words.h"
#include "ui/presenter/narration.h"

#include <QAccessible>

#include <algorithm>
#include <utility>

namespace weir {

QRectF Canvas::boxOf(NodeRef node) const {
    for (std::size_t i = 0; m_scene.placed() && i < m_ids.size() && i < m_scene.boxes.size(); ++i)
        if ((node.service().valid() && m_ids[i].service == node.service()) ||
            (node.channel().valid() && m_ids[i].channel == node.channel()))
            return m_view.toView(m_scene.boxes[i]);
    return {};
}

void Canvas::followSelection() {
    const NodeRef wanted = m_selection.node();
    std::optional<std::size_t> node;
    for (std::size_t i = 0; i < m_ids.size() && i < m_scene.names.size(); ++i)
        if ((wanted.service().valid() && m_ids[i].service == wanted.service()) ||
            (wanted.channel().valid() && m_ids[i].channel == wanted.channel()))
            node = i;
    if (m_scene.placed() && m_session.mode() != Session::Mode::empty)
        refreshLit();
    update(); // marks of the selected type or message
    if (node == m_scene.selected)
        return;
    const std::optional<std::size_t> before = std::exchange(m_scene.selected, node);
    if (!m_scene.placed())
        return;
    for (const std::optional<std::size_t>& changed : {before, node})
        if (changed && *changed < m_scene.boxes.size())
            markDirty(m_scene.boxes[*changed].adjusted(-4, -4, 4, 4));
    if (node && m_drag == Drag::none)
        reveal(*node);
    setAccessibleDescription(node ? nodeSentence(m_scene, *node) : QString());
    if (node)
        tellFocus(*node);
}

void Canvas::selectGroup(std::optional<std::size_t> group) {
    if (m_scene.selectedGroup == group)
        return;
    for (const std::optional<std::size_t>& changed : {std::exchange(m_scene.selectedGroup, group), group})
        if (changed && *changed < m_scene.groups.size())
            markDirty(m_scene.groups[*changed].box.adjusted(-4, -4, 8, 8));
}

void Canvas::select(std::optional<std::size_t> node) {
    selectGroup(std::nullopt);
    m_selection.selectNode(node ? refOf(*node) : NodeRef{});
}

NodeRef Canvas::refOf(std::size_t node) const {
    const NodeIds ids = m_ids[node];
    return ids.service.valid() ? NodeRef::of(ids.service) : ids.channel.valid() ? NodeRef::of(ids.channel) : NodeRef{};
}

QString Canvas::wordsAt(QPointF point) const {
    if (!m_scene.placed())
        return {};
    if (const std::optional<std::size_t> node = nodeAtView(point))
        return nodeWords(m_scene, *node, m_ids[*node], m_session.picture(), *m_session.catalogue());
    if (const std::optional<std::size_t> group = m_scene.groupAt(m_view.toScene(point)))
        return groupWords(m_scene, *group);
    if (const std::optional<std::size_t> edge = m_scene.edgeAt(m_view.toScene(point), 7 / m_view.scale))
        return edgeWords(m_scene, *edge);
    return {};
}

void Canvas::chooseNode(std::size_t node) {
    if (!m_scene.placed() || node >= m_scene.names.size())
        return;
    if (m_scene.hidden(node)) // what is looked for must be seen
        fold(m_scene.groupOf[node], false);
    select(node);
    reveal(node);
}

void Canvas::chooseNode(NodeRef node) {
    for (std::size_t i = 0; i < m_ids.size(); ++i)
        if (refOf(i) == node)
            return chooseNode(i);
}

void Canvas::openFinder() {
    if (m_scene.placed())
        m_finder->open(QStringList(m_scene.names.begin(), m_scene.names.end()));
}

// --- walking ---

void Canvas::walk(Direction direction) {
    if (!m_scene.placed())
        return;
    if (!m_scene.selected)
        return walkToEnd(false);
    const std::size_t from = *m_scene.selected;
    std::optional<std::size_t> next = neighbour(m_scene, from, direction);
    // Where nothing more lies that way, messages may still go on: along an edge that runs back.
    if (!next && (direction == Direction::Right || direction == Direction::Left))
        for (const GraphEdge& edge : m_scene.topology.edges()) {
            const bool right = direction == Direction::Right;
            if ((right ? edge.from : edge.to) == from && !m_scene.hidden(right ? edge.to : edge.from) && !next)
                next = right ? edge.to : edge.from;
        }
    if (!next)
        return;
    select(next);
    const QString hop = hopSentence(m_scene, from, *next);
    narrate(hop.isEmpty() ? nodeSentence(m_scene, *next)
                          : QStringLiteral("%1. %2").arg(hop, nodeSentence(m_scene, *next)));
}

// The leftmost node, where messages come from mostly, or the rightmost.
void Canvas::walkToEnd(bool last) {
    std::optional<std::size_t> end;
    for (std::size_t i = 0; m_scene.placed() && i < m_scene.boxes.size(); ++i) {
        const auto place = [this](std::size_t node) {
            return std::pair(m_scene.boxes[node].left(), m_scene.boxes[node].top());
        };
        if (!m_scene.hidden(i) && (!end || (last ? place(*end) < place(i) : place(i) < place(*end))))
            end = i;
    }
    if (!end)
        return;
    select(end);
    narrate(nodeSentence(m_scene, *end));
}

void Canvas::narrateStep(const Record& record) {
    narrate(Narration(*m_session.catalogue()).sentence(record));
}

void Canvas::narrate(const QString& words) {
    m_caption = words;
    m_captionFade.start();
    setAccessibleDescription(words);
    QAccessibleEvent said(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&said);
    update();
}

void Canvas::dropCaption() {
    m_captionFade.stop();
    m_caption.clear();
    update();
}

void Canvas::tellFocus(std::size_t node) {
    if (!QAccessible::isActive())
        return;
    QAccessibleInterface* own = QAccessible::queryAccessibleInterface(this);
    if (!own)
        return;
    const int controls = own->childCount() - static_cast<int>(m_scene.names.size());
    for (const QAccessible::Event what : {QAccessible::Focus, QAccessible::Selection}) {
        QAccessibleEvent event(this, what);
        event.setChild(controls + static_cast<int>(node));
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace weir

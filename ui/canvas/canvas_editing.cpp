// What the canvas lets an editor do: put nodes elsewhere, while they are dragged and as a document says.
#include "ui/canvas/canvas.h"

namespace weir {

void Canvas::setLeftReserved(int pixels) {
    if (m_leftReserved == pixels)
        return;
    m_leftReserved = pixels;
    placeControls();
    if (m_fitted)
        fit();
}

bool Canvas::takesGround(QPointF view) const {
    return m_scene.placed() && m_scene.groupAt(m_view.toScene(view));
}

void Canvas::setGivenPositions(std::map<std::string, QPointF> positions) {
    if (m_given == positions)
        return;
    const std::vector<std::optional<QPointF>> before = givenPositions();
    m_given = std::move(positions);
    m_dragged.clear();
    if (!m_given->empty())
        m_ignoreGiven = false;
    if (m_scene.placed() && !m_dot.busy() && givenPositions() != before)
        place(layeredLayout(layoutGraph(m_scene.topology, m_scene.sizes, m_scene.groupOf)));
}

void Canvas::carryNodes(const std::map<std::size_t, QPointF>& centres) {
    if (!m_scene.placed())
        return;
    takeOver();
    std::vector<std::size_t> nodes;
    for (const auto& [node, centre] : centres) {
        m_scene.move({node}, centre - m_scene.homes[node]);
        nodes.push_back(node);
    }
    m_scene.routeDragged(nodes);
    m_layer.drop();
    update();
}

void Canvas::settleNodes() {
    if (!m_scene.placed())
        return;
    m_scene.route();
    m_layer.drop();
    update();
}

} // namespace weir

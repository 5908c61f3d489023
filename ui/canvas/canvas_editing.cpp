// What the canvas lets an editor do: carry nodes about, and keep clear of its controls.
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

#include "ui/welcome/scenario_thumbnail.h"

#include "core/record/flow_graph.h"
#include "ui/canvas/scene_painter.h"

#include <QPainter>

#include <algorithm>

namespace weir {
namespace {

constexpr qreal margin = 24; // in the scene

Scene sceneOf(const Scenario& scenario, const Theme& theme) {
    Scene scene;
    scene.setTopology(flowGraphOf(scenario), theme, {});
    std::vector<std::optional<QPointF>> given;
    for (const GraphNode& node : scene.topology.nodes()) {
        const auto place = scenario.layout.find(node.name);
        given.push_back(place == scenario.layout.end() ? std::nullopt
                                                       : std::optional(QPointF(place->second.x, place->second.y)));
    }
    const LayoutGraph graph = layoutGraph(scene.topology, scene.sizes, scene.groupOf);
    scene.place(around(graph, layeredLayout(graph), given));
    std::fill(scene.names.begin(), scene.names.end(), QString()); // too small to be read; the shapes tell
    return scene;
}

} // namespace

QPixmap scenarioThumbnail(const Scenario& scenario, const Theme& theme, QSize size, qreal density) {
    QPixmap picture(size * density);
    picture.setDevicePixelRatio(density);
    picture.fill(theme.canvas);
    const Scene scene = sceneOf(scenario, theme);
    if (!scene.placed())
        return picture;
    const QRectF all = scene.bounds().adjusted(-margin, -margin, margin, margin);
    const ViewTransform view = ViewTransform::fitted(all, QRectF(QPointF(), QSizeF(size)));
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(view.offset);
    painter.scale(view.scale, view.scale);
    ScenePainter(theme, view.scale, density).paint(painter, scene, view.toScene(QRectF(QPointF(), QSizeF(size))));
    return picture;
}

} // namespace weir

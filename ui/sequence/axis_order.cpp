#include "ui/sequence/axis_order.h"

#include "ui/canvas/geometry.h"
#include "ui/canvas/layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace weir {

std::vector<SequenceAxis> axesOf(const FlowGraph& graph, const Scenario* scenario, const Catalogue& catalogue) {
    constexpr qreal nameWidth = 100; // order needs no exact sizes
    constexpr qreal columnWidth = 60;
    std::vector<QSizeF> sizes;
    std::vector<std::optional<QPointF>> given;
    for (const GraphNode& node : graph.nodes()) {
        sizes.push_back(nodeSize({.kind = node.kind, .nameWidth = nameWidth, .partitions = 0}));
        std::optional<QPointF>& place = given.emplace_back();
        if (scenario)
            if (const auto fixed = scenario->layout.find(node.name); fixed != scenario->layout.end())
                place = QPointF(fixed->second.x, fixed->second.y);
    }
    const LayoutGraph plan = layoutGraph(graph, sizes);
    const Positions places = around(plan, layeredLayout(plan), given);
    std::vector<std::size_t> order(places.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto columnA = std::lround(places[a].x() / columnWidth);
        const auto columnB = std::lround(places[b].x() / columnWidth);
        return columnA != columnB ? columnA < columnB : places[a].y() < places[b].y();
    });
    std::vector<SequenceAxis> axes;
    for (const std::size_t i : order) {
        const GraphNode& node = graph.nodes()[i];
        NodeRef ref;
        if (node.isService()) {
            if (const ServiceId id = catalogue.service(node.name); id.valid())
                ref = NodeRef::of(id);
        } else if (const ChannelId id = catalogue.channel(node.name); id.valid()) {
            ref = NodeRef::of(id);
        }
        if (ref.kind != NodeRef::Kind::none)
            axes.push_back({ref, QString::fromStdString(node.name), node.kind});
    }
    return axes;
}

} // namespace weir

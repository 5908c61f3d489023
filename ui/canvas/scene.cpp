#include "ui/canvas/scene.h"

#include "ui/canvas/label_places.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace weir {
namespace {

constexpr QSizeF labelSize(50, 16); // room for what small scales write larger
constexpr QSizeF cardSize(190, 66);

// Deliveries follow their routes: only where one channel feeds several services do they tell something new.
bool labelled(const FlowGraph& topology, const GraphEdge& edge) {
    if (edge.kind != EdgeKind::deliver)
        return true;
    return std::count_if(topology.edges().begin(), topology.edges().end(), [&edge](const GraphEdge& other) {
               return other.kind == EdgeKind::deliver && other.from == edge.from;
           }) > 1;
}

qreal preferredShare(const Scene& scene, std::size_t edge) {
    const GraphEdge& tie = scene.topology.edges()[edge];
    const bool back = scene.boxes[tie.to].left() < scene.boxes[tie.from].right();
    if (back || tie.kind == EdgeKind::deadLetter) // on its own part, before it joins the others
        return std::min(0.5, 40 / std::max<qreal>(1, scene.curves[edge].length()));
    const NodeKind from = scene.topology.nodes()[tie.from].kind;
    return from == NodeKind::exchange || from == NodeKind::topic ? 0.74 : 0.5; // past the bundle
}

// With the name where that stands below.
QRectF wholeBox(const Scene& scene, std::size_t node) {
    const NodeKind kind = scene.topology.nodes()[node].kind;
    const bool hub = kind == NodeKind::exchange || kind == NodeKind::topic;
    return hub ? scene.boxes[node].adjusted(0, 0, 0, 18) : scene.boxes[node];
}

} // namespace

QRectF Scene::bounds() const {
    QRectF all;
    for (const QRectF& box : boxes)
        all |= box;
    for (const SceneGroup& group : groups)
        all |= group.box;
    for (const Curve& curve : curves)
        all |= curve.bounds();
    return all;
}

std::optional<std::size_t> Scene::nodeAt(QPointF point) const {
    for (std::size_t i = boxes.size(); i-- > 0;)
        if (boxes[i].contains(point) && !hidden(i))
            return i;
    return std::nullopt;
}

std::optional<std::size_t> Scene::groupAt(QPointF point) const {
    for (std::size_t i = groups.size(); i-- > 0;)
        if (groups[i].title().contains(point))
            return i;
    return std::nullopt;
}

std::optional<std::size_t> Scene::edgeAt(QPointF point, qreal reach) const {
    std::optional<std::size_t> nearest;
    qreal best = reach;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (!drawn(i) || !curves[i].bounds().adjusted(-reach, -reach, reach, reach).contains(point))
            continue;
        if (const qreal distance = curves[i].distance(point); distance <= best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

void Scene::place(const Positions& positions) {
    homes = positions;
    settle();
    route();
}

void Scene::settle() {
    boxes.clear();
    for (std::size_t i = 0; i < homes.size(); ++i)
        boxes.emplace_back(homes[i] - QPointF(sizes[i].width() / 2, sizes[i].height() / 2), sizes[i]);
    for (SceneGroup& group : groups) {
        QRectF frame;
        for (const std::uint32_t node : group.members)
            frame |= wholeBox(*this, node);
        constexpr qreal margin = SceneGroup::margin;
        group.box = frame.adjusted(-margin, -SceneGroup::titleHeight - margin / 2, margin, margin);
        if (!group.folded)
            continue;
        group.box = QRectF(group.box.center() - QPointF(cardSize.width() / 2, cardSize.height() / 2), cardSize);
        for (const std::uint32_t node : group.members)
            boxes[node] = group.box;
    }
}

void Scene::fold(std::size_t group, bool folded) {
    groups[group].folded = folded;
    if (!placed())
        return;
    settle();
    route();
}

void Scene::move(const std::vector<std::size_t>& nodes, QPointF by) {
    for (const std::size_t node : nodes)
        homes[node] += by;
    settle();
}

// The edges to be drawn, as ties between boxes: those of nodes first, then those of groups.
std::vector<Tie> Scene::shownTies() {
    const std::vector<GraphEdge>& edges = topology.edges();
    const auto boxOf = [this](std::uint32_t node) {
        return hidden(node) ? static_cast<std::uint32_t>(boxes.size()) + groupOf[node] : node;
    };
    drawnBy.assign(edges.size(), nowhere);
    std::map<std::tuple<std::uint32_t, std::uint32_t, bool>, std::uint32_t> merged;
    std::vector<Tie> ties(edges.size());
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
        const bool dead = edges[i].kind == EdgeKind::deadLetter;
        const std::uint32_t source = dead ? deadLetterSource(topology, boxes, edges[i].from) : edges[i].from;
        const Tie tie{.from = boxOf(source), .to = boxOf(edges[i].to), .deadLetter = dead};
        if (tie.from == tie.to && hidden(edges[i].to))
            continue;
        const bool merges = tie.from >= boxes.size() || tie.to >= boxes.size();
        drawnBy[i] = merges ? merged.try_emplace({tie.from, tie.to, dead}, i).first->second : i;
        if (drawnBy[i] == i)
            ties[i] = tie;
    }
    return ties;
}

void Scene::route() {
    const std::vector<GraphEdge>& edges = topology.edges();
    const std::vector<Tie> ties = shownTies();
    std::vector<QRectF> places = boxes;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (hidden(i))
            places[i] = {};
    // Edges of what is folded end at the card; those of others go round the frame's name, and its chevron.
    for (const SceneGroup& group : groups)
        places.push_back(group.folded ? group.box : group.words());
    for (const SceneGroup& group : groups)
        if (!group.folded)
            places.push_back(group.chevron());
    if (ties != m_routed.ties || places != m_routed.places) {
        m_routed.curves = routedTies(ties, places);
        m_routed.ties = ties;
        m_routed.places = std::move(places);
    }
    curves = m_routed.curves;
    returns.assign(edges.size(), {});
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (edges[i].kind == EdgeKind::deliver && drawnBy[i] != nowhere)
            returns[i] = returnCurve(boxes[edges[i].to], boxes[edges[i].from]);
    placeLabels();
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (drawnBy[i] != nowhere && drawnBy[i] != i)
            curves[i] = curves[drawnBy[i]];
}

void Scene::placeLabels() {
    const std::vector<GraphEdge>& edges = topology.edges();
    labels.assign(edges.size(), {});
    if (edges.size() > labelsMax)
        return;
    std::vector<QRectF> obstacles;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        obstacles.push_back(wholeBox(*this, i));
    for (const SceneGroup& group : groups)
        obstacles.push_back(group.title());
    std::vector<LabelWish> wishes;
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (drawn(i) && labelled(topology, edges[i]))
            wishes.push_back({.curve = i, .share = preferredShare(*this, i)});
    const std::vector<QRectF> found = labelPlaces(wishes, labelSize, curves, obstacles);
    for (std::size_t i = 0; i < wishes.size(); ++i)
        labels[wishes[i].curve] = found[i];
}

void Scene::routeDragged(const std::vector<std::size_t>& nodes) {
    if (boxes.size() <= routedWhileDraggedMax) {
        route();
        return;
    }
    const std::vector<GraphEdge>& edges = topology.edges();
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto moved = [&nodes](std::uint32_t node) {
            return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
        };
        if (drawnBy[i] == nowhere || !(moved(edges[i].from) || moved(edges[i].to)))
            continue;
        curves[i] = directTie(boxes[edges[i].from], boxes[edges[i].to]);
        labels[i] = {};
    }
}

void Scene::setEdgeFaces(const std::vector<EdgeFace>& single) {
    edgeFaces.assign(single.size(), {});
    for (std::size_t i = 0; i < single.size(); ++i)
        if (drawnBy.size() == single.size() && drawnBy[i] != nowhere)
            edgeFaces[drawnBy[i]].rate += single[i].rate;
}

void Scene::setGroups(std::vector<SceneGroup> next) {
    groups = std::move(next);
    groupOf.assign(topology.nodes().size(), nowhere);
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (const std::uint32_t node : groups[i].members)
            groupOf[node] = static_cast<std::uint32_t>(i);
}

void Scene::narrowStreams(const std::vector<std::optional<QPointF>>& given) {
    sizes = m_wholeSizes;
    const auto box = [&](std::size_t node) {
        return QRectF(*given[node] - QPointF(sizes[node].width() / 2, sizes[node].height() / 2), sizes[node]);
    };
    std::vector<std::size_t> crowded;
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (topology.nodes()[i].kind != NodeKind::stream || !given[i])
            continue;
        for (std::size_t other = 0; other < given.size(); ++other)
            if (other != i && given[other] && box(i).intersects(box(other))) {
                crowded.push_back(i);
                break;
            }
    }
    const qreal oneLane = nodeSize({.kind = NodeKind::stream, .nameWidth = 0, .partitions = 1}).height();
    for (const std::size_t node : crowded)
        sizes[node].setHeight(oneLane);
}

void Scene::setTopology(FlowGraph next, const Theme& theme, const std::vector<int>& partitions) {
    topology = std::move(next);
    names.clear();
    sizes.clear();
    const QFontMetricsF metrics(theme.font(TextRole::Strong));
    for (std::size_t i = 0; i < topology.nodes().size(); ++i) {
        const GraphNode& node = topology.nodes()[i];
        names.push_back(QString::fromStdString(node.name));
        sizes.push_back(nodeSize({.kind = node.kind,
                                  .nameWidth = metrics.horizontalAdvance(names.back()),
                                  .partitions = i < partitions.size() ? partitions[i] : 0}));
    }
    m_wholeSizes = sizes;
    faces.resize(names.size());
    edgeFaces.assign(topology.edges().size(), {});
    drawnBy.assign(topology.edges().size(), nowhere);
    setGroups({});
}

std::optional<std::size_t> neighbour(const Scene& scene, std::size_t from, Direction direction) {
    const QPointF origin = scene.boxes[from].center();
    std::optional<std::size_t> best;
    qreal bestCost = std::numeric_limits<qreal>::max();
    for (std::size_t i = 0; i < scene.boxes.size(); ++i) {
        const QPointF away = scene.boxes[i].center() - origin;
        const bool level = direction == Direction::Left || direction == Direction::Right;
        const qreal ahead =
            (level ? away.x() : away.y()) * (direction == Direction::Left || direction == Direction::Up ? -1 : 1);
        const qreal aside = std::abs(level ? away.y() : away.x());
        if (i == from || scene.hidden(i) || ahead < 8)
            continue;
        const bool tied =
            std::any_of(scene.topology.edges().begin(), scene.topology.edges().end(), [&](const GraphEdge& edge) {
                return (edge.from == from && edge.to == i) || (edge.from == i && edge.to == from);
            });
        const qreal cost = (ahead + 2 * aside) * (tied ? 0.4 : 1);
        if (cost < bestCost) {
            bestCost = cost;
            best = i;
        }
    }
    return best;
}

} // namespace weir

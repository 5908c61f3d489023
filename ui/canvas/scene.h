// Scene: what the canvas shows, placed: nodes with their boxes and faces, groups, edges with their curves, faces and
// labels. A plain value in scene coordinates; ScenePainter draws it, Canvas fills it. All nodes and edges keep their
// indices whatever is folded. It knows no view and no run.
#pragma once

#include "ui/canvas/faces.h"
#include "ui/canvas/geometry.h"
#include "ui/canvas/heat.h"
#include "ui/canvas/layout.h"
#include "ui/canvas/routes.h"

#include <QString>

#include <algorithm>
#include <optional>
#include <vector>

namespace weir {

// A bounded context: a frame around its members or, folded, one card in their place.
struct SceneGroup {
    QString name;
    std::vector<std::uint32_t> members; // nodes
    bool folded = false;
    GroupFace face;
    qreal nameWidth = 0;
    QRectF box; // frame or card

    // Where it is gripped, and folded by a double click; the chevron at its right end folds by one.
    QRectF title() const { return folded ? box : QRectF(box.topLeft(), QSizeF(box.width(), titleHeight)); }
    QRectF words() const { // what no edge should strike through
        return {box.left() + 10, box.top(), std::max(0.0, std::min(box.width() - 50, nameWidth)) + 8, titleHeight};
    }
    QRectF chevron() const { return {box.right() - 30, box.top(), 30, titleHeight}; }
    static constexpr qreal titleHeight = 26;
    static constexpr qreal margin = 14;
};

// What a highlighted message, event type or conversation touched; all else is dimmed.
struct LitPath {
    std::vector<bool> nodes;
    std::vector<bool> edges;
    std::vector<QString> steps; // by edge: "3", or "3, 7" where it went twice; empty where steps are not told apart
    bool operator==(const LitPath&) const = default;
};

struct Scene {
    static constexpr std::size_t labelsMax = 400;             // edges: beyond that rates are told by the pointer only
    static constexpr std::size_t routedWhileDraggedMax = 100; // nodes; edges of larger graphs go round when let go
    static constexpr std::uint32_t nowhere = 0xFFFFFFFF;

    FlowGraph topology;
    std::vector<QString> names;
    std::vector<QSizeF> sizes;
    std::vector<QPointF> homes; // centres, of members of folded groups too; empty until there is a layout
    std::vector<QRectF> boxes;  // the same as rectangles; of members of a folded group its card
    std::vector<NodeFace> faces;
    std::vector<SceneGroup> groups;
    std::vector<std::uint32_t> groupOf; // by node; nowhere: in none
    std::vector<Curve> curves;  // by edge; those that a folded group merges are the same, those inside have none
    std::vector<Curve> returns; // by edge; empty but for those that deliver from a queue
    std::vector<std::uint32_t> drawnBy; // by edge: the edge that stands for it, mostly itself; nowhere: inside a group
    std::vector<RouteFace> routeFaces;  // by edge; empty where there is no scenario
    std::vector<EdgeFace> edgeFaces;    // by edge; merged edges are summed in the one that stands for them
    std::vector<QRectF> labels;         // by edge; null: none
    std::optional<std::size_t> selected;
    std::optional<std::size_t> selectedGroup;
    bool river = false; // edges as wide as their rate, for there are too many messages to draw
    Heat heat;
    std::optional<LitPath> lit;

    bool placed() const { return !boxes.empty() && boxes.size() == names.size(); }
    bool hidden(std::size_t node) const { return groupOf[node] != nowhere && groups[groupOf[node]].folded; }
    bool alternate(std::size_t edge) const { return edge < routeFaces.size() && routeFaces[edge].alternate; }
    bool drawn(std::size_t edge) const { return drawnBy[edge] == edge; }
    QRectF bounds() const;
    std::optional<std::size_t> nodeAt(QPointF point) const;
    // The group whose title, or card, is there.
    std::optional<std::size_t> groupAt(QPointF point) const;
    // The edge within `reach` of the point, the nearest one.
    std::optional<std::size_t> edgeAt(QPointF point, qreal reach) const;
    // Of the node, or of the folded group that stands for it.
    const QString& shownName(std::size_t node) const { return hidden(node) ? groups[groupOf[node]].name : names[node]; }

    void place(const Positions& positions); // boxes, and all that follows from them
    void fold(std::size_t group, bool folded);
    void move(const std::vector<std::size_t>& nodes, QPointF by); // without finding ways anew
    void route();                                                 // curves and labels, after boxes moved
    // While the nodes are under way: all anew where that is quick, else only their own edges, the shortest way.
    void routeDragged(const std::vector<std::size_t>& nodes);
    void setTopology(FlowGraph next, const Theme& theme, const std::vector<int>& partitions);
    // Streams whose partitions would cover what stands near these places have them in one lane; the others one by one.
    void narrowStreams(const std::vector<std::optional<QPointF>>& given);
    void setGroups(std::vector<SceneGroup> next);
    void setEdgeFaces(const std::vector<EdgeFace>& single); // of each edge alone

  private:
    void settle(); // boxes of nodes and groups
    std::vector<Tie> shownTies();
    void placeLabels();

    struct Routed { // ways found last, and for what; finding them is what costs most
        std::vector<Tie> ties;
        std::vector<QRectF> places;
        std::vector<Curve> curves;
    };
    Routed m_routed;
    std::vector<QSizeF> m_wholeSizes; // with all the lanes that are drawn
};

enum class Direction { Left, Right, Up, Down };
// The next node in a direction: near and straight ahead, rather one that is tied to it; nothing where there is none.
std::optional<std::size_t> neighbour(const Scene& scene, std::size_t from, Direction direction);

} // namespace weir

#include "ui/canvas/layout.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRectF>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace weir {
namespace {

constexpr qreal columnGap = 100;
constexpr qreal rowGap = 24;
constexpr qreal belowGap = 40;
constexpr qreal frameRoom = 40; // around the members of a group
constexpr qreal pointsPerInch = 72;
constexpr std::size_t partsInColumns = 12; // fewer are at home one below the other
constexpr qreal shapeOfSheet = 1.6;        // width by height

using Ties = std::vector<LayoutGraph::Tie>;

// The ties among the members without those that close a circle, found by depth-first search from the sources.
// Iterative: a chain may be as long as the graph.
Ties forwardTies(const LayoutGraph& graph, const std::vector<std::size_t>& members) {
    const std::size_t count = graph.sizes.size();
    std::vector<bool> member(count, false);
    for (const std::size_t node : members)
        member[node] = true;
    std::vector<std::vector<std::size_t>> next(count);
    std::vector<int> entering(count, 0);
    for (const LayoutGraph::Tie& tie : graph.ties)
        if (member[tie.from] && member[tie.to] && tie.from != tie.to) {
            next[tie.from].push_back(tie.to);
            ++entering[tie.to];
        }
    enum class Seen : std::uint8_t { no, open, done };
    std::vector<Seen> seen(count, Seen::no);
    Ties forward;
    std::vector<std::pair<std::size_t, std::size_t>> stack; // node, the next of its ties
    const auto walk = [&](std::size_t root) {
        if (seen[root] != Seen::no)
            return;
        seen[root] = Seen::open;
        stack.emplace_back(root, 0);
        while (!stack.empty()) {
            const std::size_t node = stack.back().first;
            if (stack.back().second == next[node].size()) {
                seen[node] = Seen::done;
                stack.pop_back();
                continue;
            }
            const std::size_t target = next[node][stack.back().second++];
            if (seen[target] == Seen::open)
                continue; // it runs backwards
            forward.push_back({node, target});
            if (seen[target] == Seen::no) {
                seen[target] = Seen::open;
                stack.emplace_back(target, 0);
            }
        }
    };
    for (const std::size_t node : members)
        if (entering[node] == 0)
            walk(node);
    for (const std::size_t node : members)
        walk(node);
    return forward;
}

// Columns by longest path; a node without predecessors moves next to its nearest successor.
std::vector<int> columnsOf(std::size_t count, const std::vector<std::size_t>& members, const Ties& ties) {
    std::vector<int> column(count, 0), waiting(count, 0);
    std::vector<std::vector<std::size_t>> next(count);
    for (const LayoutGraph::Tie& tie : ties) {
        next[tie.from].push_back(tie.to);
        ++waiting[tie.to];
    }
    const std::vector<int> entering = waiting;
    std::vector<std::size_t> ready;
    for (const std::size_t node : members)
        if (waiting[node] == 0)
            ready.push_back(node);
    for (std::size_t i = 0; i < ready.size(); ++i)
        for (const std::size_t target : next[ready[i]]) {
            column[target] = std::max(column[target], column[ready[i]] + 1);
            if (--waiting[target] == 0)
                ready.push_back(target);
        }
    for (const std::size_t node : members) {
        if (entering[node] > 0 || next[node].empty())
            continue;
        int nearest = column[next[node].front()];
        for (const std::size_t target : next[node])
            nearest = std::min(nearest, column[target]);
        column[node] = nearest - 1;
    }
    return column;
}

struct Wish {
    std::size_t node = 0;
    qreal height = 0;
};

// Puts a column's nodes, in their order, as near to the wished heights as they go without overlap (least squares, by
// pooling adjacent violators).
void settle(const std::vector<Wish>& column, const std::vector<QSizeF>& sizes, Positions& positions) {
    struct Block {
        qreal sum;
        int count;
        qreal mean() const { return sum / count; }
    };
    std::vector<qreal> offsets;
    std::vector<Block> blocks;
    qreal offset = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (i > 0)
            offset += (sizes[column[i - 1].node].height() + sizes[column[i].node].height()) / 2 + rowGap;
        offsets.push_back(offset);
        blocks.push_back({column[i].height - offset, 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().sum += last.sum;
            blocks.back().count += last.count;
        }
    }
    std::size_t at = 0;
    for (const Block& block : blocks)
        for (int i = 0; i < block.count; ++i, ++at)
            positions[column[at].node].setY(block.mean() + offsets[at]);
}

using Neighbours = std::vector<std::vector<std::size_t>>;

// Moves a column's nodes towards the mean of their neighbours, and into that order where it may be changed.
void sweep(std::vector<Wish>& column, const std::vector<const Neighbours*>& sides, bool reorder,
           const std::vector<QSizeF>& sizes, Positions& positions) {
    for (Wish& wish : column) {
        qreal sum = 0;
        int known = 0;
        for (const Neighbours* side : sides)
            for (const std::size_t other : (*side)[wish.node]) {
                sum += positions[other].y();
                ++known;
            }
        wish.height = known > 0 ? sum / known : positions[wish.node].y();
    }
    if (reorder)
        std::stable_sort(column.begin(), column.end(),
                         [](const Wish& a, const Wish& b) { return a.height < b.height; });
    settle(column, sizes, positions);
}

// Places the members around (0, 0); other nodes' positions stay as they are.
void layOut(const LayoutGraph& graph, const std::vector<std::size_t>& members, Positions& positions) {
    const std::size_t count = graph.sizes.size();
    const Ties ties = forwardTies(graph, members);
    const std::vector<int> column = columnsOf(count, members, ties);
    std::vector<std::vector<Wish>> columns;
    for (const std::size_t node : members) {
        const auto at = static_cast<std::size_t>(column[node]);
        if (columns.size() <= at)
            columns.resize(at + 1);
        columns[at].push_back({node, 0});
    }
    Neighbours before(count), after(count);
    for (const LayoutGraph::Tie& tie : ties) {
        after[tie.from].push_back(tie.to);
        before[tie.to].push_back(tie.from);
    }
    qreal x = 0;
    for (const std::vector<Wish>& nodes : columns) {
        qreal width = 0;
        for (const Wish& wish : nodes)
            width = std::max(width, graph.sizes[wish.node].width());
        for (const Wish& wish : nodes)
            positions[wish.node].setX(x + width / 2);
        x += nodes.empty() ? 0 : width + columnGap;
        settle(nodes, graph.sizes, positions); // at first in the order in which they were named
    }
    constexpr int rounds = 6;
    for (int round = 0; round < rounds; ++round) {
        const bool reorder = round < rounds - 2;
        for (std::size_t i = 1; i < columns.size(); ++i)
            sweep(columns[i], {&before}, reorder, graph.sizes, positions);
        for (std::size_t i = columns.size(); i-- > 0;)
            sweep(columns[i], {&after}, reorder, graph.sizes, positions);
    }
    for (std::vector<Wish>& nodes : columns)
        sweep(nodes, {&before, &after}, false, graph.sizes, positions);
}

QRectF box(const LayoutGraph& graph, const Positions& positions, std::size_t node) {
    const QSizeF size = graph.sizes[node];
    return {positions[node] - QPointF(size.width() / 2, size.height() / 2), size};
}

std::vector<std::size_t> membersOf(const LayoutGraph& graph, bool below) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < graph.sizes.size(); ++i)
        if (graph.below[i] == below)
            chosen.push_back(i);
    return chosen;
}

// Lays out what belongs below: under the rest, and under the channels its letters come from.
void addBelow(const LayoutGraph& graph, Positions& positions) {
    const std::vector<std::size_t> lower = membersOf(graph, true);
    if (lower.empty())
        return;
    layOut(graph, lower, positions);
    QRectF upper, own;
    for (const std::size_t node : membersOf(graph, false))
        upper |= box(graph, positions, node);
    for (const std::size_t node : lower)
        own |= box(graph, positions, node);
    qreal sources = 0, targets = 0;
    int count = 0;
    for (const LayoutGraph::Tie& tie : graph.deadLetters)
        if (!graph.below[tie.from] && graph.below[tie.to]) {
            sources += positions[tie.from].x();
            targets += positions[tie.to].x();
            ++count;
        }
    const QPointF shift(count > 0 ? (sources - targets) / count : upper.left() - own.left(),
                        upper.isNull() ? 0 : upper.bottom() + belowGap - own.top());
    for (const std::size_t node : lower)
        positions[node] += shift;
}

// Marks what is reached from the roots along the ties, as far as `may` lets it.
std::vector<bool> reachedFrom(const LayoutGraph& graph, std::vector<std::size_t> roots,
                              const std::vector<bool>& barred) {
    Neighbours next(graph.sizes.size());
    for (const LayoutGraph::Tie& tie : graph.ties)
        next[tie.from].push_back(tie.to);
    std::vector<bool> reached(graph.sizes.size(), false);
    while (!roots.empty()) {
        const std::size_t node = roots.back();
        roots.pop_back();
        if (reached[node] || barred[node])
            continue;
        reached[node] = true;
        roots.insert(roots.end(), next[node].begin(), next[node].end());
    }
    return reached;
}

} // namespace

LayoutGraph layoutGraph(const FlowGraph& topology, const std::vector<QSizeF>& sizes,
                        const std::vector<std::uint32_t>& groupOf) {
    LayoutGraph graph{.sizes = sizes, .ties = {}, .deadLetters = {}, .below = {}, .groupOf = {}};
    if (std::any_of(groupOf.begin(), groupOf.end(), [](std::uint32_t group) { return group != LayoutGraph::alone; }))
        graph.groupOf = groupOf;
    for (const GraphEdge& edge : topology.edges())
        (edge.kind == EdgeKind::deadLetter ? graph.deadLetters : graph.ties).push_back({edge.from, edge.to});
    std::vector<bool> fed(sizes.size(), false);
    for (const LayoutGraph::Tie& tie : graph.ties)
        fed[tie.to] = true;
    std::vector<std::size_t> sources, deadEnds;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        if (topology.nodes()[i].deadLetter)
            deadEnds.push_back(i);
        else if (!fed[i])
            sources.push_back(i);
    const std::vector<bool> above = reachedFrom(graph, sources, std::vector<bool>(sizes.size(), false));
    graph.below = reachedFrom(graph, deadEnds, above);
    return graph;
}

namespace {

// Each group as one node of its members' extent, laid out among the rest; then its members where it stands.
Positions groupedLayout(const LayoutGraph& graph) {
    const std::size_t count = graph.sizes.size();
    std::vector<std::size_t> part(count); // of the coarse graph
    std::vector<std::vector<std::size_t>> members;
    std::map<std::uint32_t, std::size_t> known;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t group = graph.groupOf[i];
        part[i] = group == LayoutGraph::alone ? members.size() : known.try_emplace(group, members.size()).first->second;
        if (part[i] == members.size())
            members.emplace_back();
        members[part[i]].push_back(i);
    }
    LayoutGraph coarse{.sizes = {}, .ties = {}, .deadLetters = {}, .below = {}, .groupOf = {}};
    Positions inner(count);
    std::vector<QPointF> middles;
    for (const std::vector<std::size_t>& some : members) {
        LayoutGraph own = graph;
        own.groupOf.clear();
        layOut(own, some, inner);
        QRectF extent;
        for (const std::size_t node : some)
            extent |= box(graph, inner, node);
        middles.push_back(extent.center());
        const bool framed = graph.groupOf[some.front()] != LayoutGraph::alone;
        coarse.sizes.push_back(extent.size() + (framed ? QSizeF(frameRoom, 1.5 * frameRoom) : QSizeF()));
        coarse.below.push_back(
            std::all_of(some.begin(), some.end(), [&graph](std::size_t node) { return graph.below[node]; }));
    }
    for (const LayoutGraph::Tie& tie : graph.ties)
        if (part[tie.from] != part[tie.to])
            coarse.ties.push_back({part[tie.from], part[tie.to]});
    for (const LayoutGraph::Tie& tie : graph.deadLetters)
        if (part[tie.from] != part[tie.to])
            coarse.deadLetters.push_back({part[tie.from], part[tie.to]});
    const Positions places = layeredLayout(coarse);
    for (std::size_t i = 0; i < count; ++i)
        inner[i] += places[part[i]] - middles[part[i]];
    return inner;
}

Positions connectedLayout(const LayoutGraph& graph) {
    Positions positions(graph.sizes.size());
    layOut(graph, membersOf(graph, false), positions);
    addBelow(graph, positions);
    return positions;
}

// The nodes that hang together, part by part, in the order of their first ones.
std::vector<std::vector<std::size_t>> partsOf(const LayoutGraph& graph) {
    Neighbours beside(graph.sizes.size());
    for (const Ties* ties : {&graph.ties, &graph.deadLetters})
        for (const LayoutGraph::Tie& tie : *ties) {
            beside[tie.from].push_back(tie.to);
            beside[tie.to].push_back(tie.from);
        }
    std::vector<std::vector<std::size_t>> parts;
    std::vector<bool> seen(graph.sizes.size(), false);
    for (std::size_t first = 0; first < graph.sizes.size(); ++first) {
        if (seen[first])
            continue;
        seen[first] = true;
        std::vector<std::size_t> part{first};
        for (std::size_t i = 0; i < part.size(); ++i)
            for (const std::size_t next : beside[part[i]])
                if (!seen[next]) {
                    seen[next] = true;
                    part.push_back(next);
                }
        std::sort(part.begin(), part.end());
        parts.push_back(std::move(part));
    }
    return parts;
}

LayoutGraph graphOf(const LayoutGraph& graph, const std::vector<std::size_t>& part) {
    LayoutGraph own{.sizes = {}, .ties = {}, .deadLetters = {}, .below = {}, .groupOf = {}};
    for (const std::size_t node : part) {
        own.sizes.push_back(graph.sizes[node]);
        own.below.push_back(graph.below[node]);
    }
    const auto place = [&part](std::size_t node) {
        return static_cast<std::size_t>(std::lower_bound(part.begin(), part.end(), node) - part.begin());
    };
    for (const auto& [from, to] : {std::pair(&graph.ties, &own.ties), std::pair(&graph.deadLetters, &own.deadLetters)})
        for (const LayoutGraph::Tie& tie : *from)
            if (std::binary_search(part.begin(), part.end(), tie.from))
                to->push_back({place(tie.from), place(tie.to)});
    return own;
}

// Many parts that do not hang together, one below the other, would be a thread: they stand in columns, about as wide as
// high.
Positions inColumns(const LayoutGraph& graph, const std::vector<std::vector<std::size_t>>& parts) {
    std::vector<LayoutGraph> graphs;
    std::vector<Positions> places;
    std::vector<QRectF> extents;
    qreal area = 0, highest = 0;
    for (const std::vector<std::size_t>& part : parts) {
        graphs.push_back(graphOf(graph, part));
        places.push_back(connectedLayout(graphs.back()));
        QRectF extent;
        for (std::size_t i = 0; i < part.size(); ++i)
            extent |= box(graphs.back(), places.back(), i);
        area += (extent.width() + columnGap) * (extent.height() + belowGap);
        highest = std::max(highest, extent.height());
        extents.push_back(extent);
    }
    const qreal height = std::max(highest, std::sqrt(area / shapeOfSheet));
    Positions positions(graph.sizes.size());
    QPointF at;
    qreal widest = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (at.y() > 0 && at.y() + extents[i].height() > height) {
            at = {at.x() + widest + columnGap, 0};
            widest = 0;
        }
        for (std::size_t node = 0; node < parts[i].size(); ++node)
            positions[parts[i][node]] = places[i][node] - extents[i].topLeft() + at;
        at.ry() += extents[i].height() + belowGap;
        widest = std::max(widest, extents[i].width());
    }
    return positions;
}

} // namespace

Positions layeredLayout(const LayoutGraph& graph) {
    if (!graph.groupOf.empty())
        return groupedLayout(graph);
    return fallsApart(graph) ? inColumns(graph, partsOf(graph)) : connectedLayout(graph);
}

bool fallsApart(const LayoutGraph& graph) {
    return partsOf(graph).size() >= partsInColumns;
}

QByteArray dotText(const LayoutGraph& graph) {
    const auto inches = [](qreal pixels) { return QByteArray::number(pixels / pointsPerInch, 'f', 4); };
    QByteArray text = "digraph { rankdir=LR; ranksep=" + inches(columnGap) + "; nodesep=" + inches(rowGap) +
                      "; node [shape=box fixedsize=true label=\"\"];\n";
    const std::vector<std::size_t> upper = membersOf(graph, false);
    for (const std::size_t node : upper)
        text += "n" + QByteArray::number(static_cast<qulonglong>(node)) +
                " [width=" + inches(graph.sizes[node].width()) + " height=" + inches(graph.sizes[node].height()) +
                "];\n";
    for (const LayoutGraph::Tie& tie : forwardTies(graph, upper))
        text += "n" + QByteArray::number(static_cast<qulonglong>(tie.from)) + " -> n" +
                QByteArray::number(static_cast<qulonglong>(tie.to)) + ";\n";
    return text + "}\n";
}

std::optional<Positions> dotPositions(const QByteArray& json, const LayoutGraph& graph) {
    const QJsonArray objects = QJsonDocument::fromJson(json).object().value(QLatin1String("objects")).toArray();
    Positions positions(graph.sizes.size());
    std::vector<bool> placed(graph.sizes.size(), false);
    for (const QJsonValue& value : objects) {
        const QJsonObject object = value.toObject();
        bool isNode = false, hasX = false, hasY = false;
        const std::size_t node = object.value(QLatin1String("name")).toString().mid(1).toULongLong(&isNode);
        const QStringList place = object.value(QLatin1String("pos")).toString().split(QLatin1Char(','));
        const qreal x = place.value(0).toDouble(&hasX);
        const qreal y = place.value(1).toDouble(&hasY);
        if (!isNode || !hasX || !hasY || node >= placed.size() || !std::isfinite(x) || !std::isfinite(y))
            continue;
        positions[node] = {x, -y}; // dot's heights grow upwards
        placed[node] = true;
    }
    for (const std::size_t node : membersOf(graph, false))
        if (!placed[node])
            return std::nullopt;
    addBelow(graph, positions);
    return positions;
}

Positions around(const LayoutGraph& graph, const Positions& automatic,
                 const std::vector<std::optional<QPointF>>& given) {
    QPointF shift;
    int count = 0;
    for (std::size_t i = 0; i < automatic.size(); ++i)
        if (given[i]) {
            shift += *given[i] - automatic[i];
            ++count;
        }
    if (count == 0)
        return automatic;
    shift /= count;
    Positions positions = automatic;
    std::vector<QRectF> taken;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        positions[i] = given[i] ? *given[i] : automatic[i] + shift;
        if (given[i])
            taken.push_back(box(graph, positions, i));
    }
    for (std::size_t i = 0; i < positions.size(); ++i) {
        if (given[i])
            continue;
        // Down past whatever is in the way; each step passes one box, so it ends.
        for (std::size_t step = 0; step <= taken.size(); ++step) {
            const QRectF own = box(graph, positions, i).adjusted(-8, 1 - rowGap, 8, rowGap - 1);
            const auto hit =
                std::find_if(taken.begin(), taken.end(), [&own](const QRectF& other) { return other.intersects(own); });
            if (hit == taken.end())
                break;
            positions[i].setY(hit->bottom() + rowGap + graph.sizes[i].height() / 2);
        }
        taken.push_back(box(graph, positions, i));
    }
    return positions;
}

} // namespace weir

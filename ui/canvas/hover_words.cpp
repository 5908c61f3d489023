#include "ui/canvas/hover_words.h"

#include "ui/format.h"
#include "ui/leader_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace weir {
namespace {

struct HoverWords {
    Q_DECLARE_TR_FUNCTIONS(weir::HoverWords)
};

using Lines = std::vector<std::pair<QString, QString>>;

QString table(const QString& title, const QString& subtitle, const Lines& lines) {
    QString text = QStringLiteral("<b>%1</b><br>%2<table cellspacing='0' cellpadding='0'>")
                       .arg(title.toHtmlEscaped(), subtitle.toHtmlEscaped());
    for (const auto& [what, figure] : lines)
        text += QStringLiteral("<tr><td>%1&nbsp;&nbsp;&nbsp;</td><td align='right'>%2</td></tr>")
                    .arg(what.toHtmlEscaped(), figure.toHtmlEscaped());
    return text + QStringLiteral("</table>");
}

QString quantileText(const Histogram& histogram, double share) {
    return durationText(Duration{std::llround(histogram.quantile(share).value_or(0))});
}

void addService(Lines& lines, const NodeFace& face, const ServiceFigures& figures) {
    if (face.workersEach > 0) {
        lines.emplace_back(HoverWords::tr("Instances"),
                           face.down > 0
                               ? HoverWords::tr("%1, %2 down").arg(countText(face.instances)).arg(countText(face.down))
                               : countText(face.instances));
        lines.emplace_back(
            HoverWords::tr("Busy workers"),
            HoverWords::tr("%1 of %2")
                .arg(countText(face.busy), countText(static_cast<std::int64_t>(face.instances) * face.workersEach)));
        if (face.utilization >= 0)
            lines.emplace_back(HoverWords::tr("Utilisation"), percentText(face.utilization / 100.0));
        lines.emplace_back(HoverWords::tr("Handled"), countText(figures.handled));
        if (figures.failed > 0)
            lines.emplace_back(HoverWords::tr("Failed"), countText(figures.failed));
        if (figures.service.count() > 0)
            lines.emplace_back(HoverWords::tr("Takes p99"), quantileText(figures.service, 0.99));
    }
    if (figures.outbox > 0)
        lines.emplace_back(HoverWords::tr("In its outbox"), countText(figures.outbox));
    if (face.rate > 0)
        lines.emplace_back(HoverWords::tr("Sends"), rateText({face.rate / 100.0}));
}

void addQueue(Lines& lines, const NodeFace& face, const NodeIds& ids, const Picture& picture, const ChannelRow& row) {
    lines.emplace_back(HoverWords::tr("Waiting"),
                       row.capacity > 0 ? HoverWords::tr("%1 of %2").arg(countText(face.depth), countText(row.capacity))
                                        : countText(face.depth));
    if (face.delayed > 0)
        lines.emplace_back(HoverWords::tr("Wait for their retry"), countText(face.delayed));
    lines.emplace_back(HoverWords::tr("In flight"), countText(picture.channel(ids.channel).copies.inFlight));
    for (const SubscriptionId id : ids.subscriptions) {
        const SubscriptionFigures& figures = picture.subscription(id);
        if (figures.wait.count() == 0)
            continue;
        lines.emplace_back(HoverWords::tr("Wait p50"), quantileText(figures.wait, 0.5));
        lines.emplace_back(HoverWords::tr("Wait p99"), quantileText(figures.wait, 0.99));
    }
}

void addStream(Lines& lines, const NodeFace& face, const NodeIds& ids, const Picture& picture,
               const Catalogue& catalogue) {
    for (std::size_t i = 0; i < face.lanes.size(); ++i)
        lines.emplace_back(HoverWords::tr("Partition %1 ends at").arg(i), countText(face.lanes[i].end));
    const std::vector<std::int64_t>& stables = picture.channel(ids.channel).stables; // where there were transactions
    for (std::size_t i = 0; i < std::min(stables.size(), face.lanes.size()); ++i)
        if (stables[i] != face.lanes[i].end)
            lines.emplace_back(HoverWords::tr("Partition %1 is stable up to").arg(i), countText(stables[i]));
    for (const SubscriptionId id : ids.subscriptions) {
        const QString group = QString::fromStdString(catalogue.subscriptions()[id.index()].name);
        if (picture.subscription(id).rebalancing)
            lines.emplace_back(group, HoverWords::tr("rebalancing"));
        if (const std::optional<std::int64_t> lag = picture.lag(id, catalogue))
            lines.emplace_back(HoverWords::tr("Lag of %1").arg(group), countText(*lag));
    }
}

bool isHub(const GraphNode& node) {
    return node.kind == NodeKind::exchange || node.kind == NodeKind::topic;
}

// Of a broker with nodes.
void addLeaders(Lines& lines, const std::vector<LeaderFigures>& leaders, bool partitions, const Catalogue& catalogue) {
    for (std::size_t i = 0; i < leaders.size(); ++i)
        lines.emplace_back(partitions ? HoverWords::tr("Partition %1 is led by").arg(i) : HoverWords::tr("Led by"),
                           leaderWords(leaders[i], catalogue));
}

} // namespace

QString nodeKindWord(const GraphNode& node) {
    if (node.deadLetter)
        return HoverWords::tr("dead-letter queue");
    switch (node.kind) {
    case NodeKind::service:
        return HoverWords::tr("service");
    case NodeKind::exchange:
        return HoverWords::tr("exchange");
    case NodeKind::topic:
        return HoverWords::tr("topic");
    case NodeKind::queue:
        return HoverWords::tr("queue");
    case NodeKind::stream:
        return HoverWords::tr("stream");
    }
    return {};
}

QString nodeWords(const Scene& scene, std::size_t node, const NodeIds& ids, const Picture& picture,
                  const Catalogue& catalogue) {
    const GraphNode& what = scene.topology.nodes()[node];
    const NodeFace& face = scene.faces[node];
    Lines lines;
    if (ids.service.valid())
        addService(lines, face, picture.service(ids.service));
    if (ids.channel.valid()) {
        if (face.rate > 0)
            lines.emplace_back(HoverWords::tr("Takes in"), rateText({face.rate / 100.0}));
        if (what.kind == NodeKind::queue)
            addQueue(lines, face, ids, picture, catalogue.channels()[ids.channel.index()]);
        if (what.kind == NodeKind::stream)
            addStream(lines, face, ids, picture, catalogue);
        addLeaders(lines, picture.channel(ids.channel).leaders, what.kind == NodeKind::stream, catalogue);
        if (const auto full = nodesFull(picture); !full.empty() && !picture.channel(ids.channel).leaders.empty())
            lines.emplace_back(HoverWords::tr("Disk full on"), nodeNames(full, catalogue));
    }
    return table(scene.names[node], nodeKindWord(what), lines);
}

QString edgeWords(const Scene& scene, std::size_t edge) {
    const GraphEdge& tie = scene.topology.edges()[edge];
    static constexpr std::array kinds{
        QT_TRANSLATE_NOOP("weir::HoverWords", "publishes"), QT_TRANSLATE_NOOP("weir::HoverWords", "routes"),
        QT_TRANSLATE_NOOP("weir::HoverWords", "delivers"), QT_TRANSLATE_NOOP("weir::HoverWords", "sends dead letters")};
    const RouteFace route = edge < scene.routeFaces.size() ? scene.routeFaces[edge] : RouteFace{};
    Lines lines;
    for (const QString& pattern : route.patterns)
        lines.emplace_back(HoverWords::tr("Pattern"), pattern);
    // What goes on from one exchange to the next is counted where it ends.
    if (!isHub(scene.topology.nodes()[tie.to]) || tie.kind != EdgeKind::route)
        lines.emplace_back(HoverWords::tr("Now"), rateText({scene.edgeFaces[edge].rate / 100.0}));
    return table(QStringLiteral("%1 → %2").arg(scene.shownName(tie.from), scene.shownName(tie.to)),
                 route.alternate ? HoverWords::tr("takes what no binding does")
                                 : HoverWords::tr(kinds[static_cast<std::size_t>(tie.kind)]),
                 lines);
}

QString groupWords(const Scene& scene, std::size_t index) {
    const SceneGroup& group = scene.groups[index];
    Lines lines{{HoverWords::tr("Nodes"), countText(group.face.nodes)},
                {HoverWords::tr("Waiting"), countText(group.face.waiting)}};
    if (group.face.workers > 0)
        lines.emplace_back(HoverWords::tr("Busy workers"),
                           HoverWords::tr("%1 of %2").arg(countText(group.face.busy), countText(group.face.workers)));
    return table(group.name,
                 group.folded ? HoverWords::tr("group; double click unfolds it")
                              : HoverWords::tr("group; double click folds it"),
                 lines);
}

QString nodeSentence(const Scene& scene, std::size_t node) {
    const GraphNode& what = scene.topology.nodes()[node];
    const NodeFace& face = scene.faces[node];
    QStringList parts{scene.names[node], nodeKindWord(what)};
    if (what.kind == NodeKind::queue)
        parts << HoverWords::tr("%1 waiting").arg(countText(face.depth));
    if (what.kind == NodeKind::stream)
        parts << HoverWords::tr("lag %1").arg(countText(face.lag));
    if (face.leaderless > 0)
        parts << HoverWords::tr("no leader");
    else if (!face.leaders.empty())
        parts << HoverWords::tr("led by %1")
                     .arg(QStringList(face.leaders.begin(), face.leaders.end()).join(HoverWords::tr(", ")));
    if (what.isService() && face.down > 0)
        parts << HoverWords::tr("%1 of %2 instances down").arg(countText(face.down), countText(face.instances));
    else if (what.isService() && face.utilization >= 0 && face.workersEach > 0)
        parts << HoverWords::tr("%1 busy").arg(percentText(face.utilization / 100.0));
    if (scene.groupOf[node] != Scene::nowhere)
        parts << HoverWords::tr("in %1").arg(scene.groups[scene.groupOf[node]].name);
    return parts.join(HoverWords::tr(", "));
}

QString hopSentence(const Scene& scene, std::size_t from, std::size_t to) {
    static constexpr std::array verbs{QT_TRANSLATE_NOOP("weir::HoverWords", "%1 publishes to %2"),
                                      QT_TRANSLATE_NOOP("weir::HoverWords", "%1 routes to %2"),
                                      QT_TRANSLATE_NOOP("weir::HoverWords", "%1 delivers to %2"),
                                      QT_TRANSLATE_NOOP("weir::HoverWords", "%1 sends dead letters to %2")};
    for (std::size_t i = 0; i < scene.topology.edges().size(); ++i) {
        const GraphEdge& edge = scene.topology.edges()[i];
        const bool along = edge.from == from && edge.to == to;
        if (!along && !(edge.from == to && edge.to == from))
            continue;
        QString words = HoverWords::tr(verbs[static_cast<std::size_t>(edge.kind)])
                            .arg(scene.names[edge.from], scene.names[edge.to]);
        if (scene.edgeFaces[i].rate > 0 && scene.drawn(i))
            words += HoverWords::tr(", ") + rateText({scene.edgeFaces[i].rate / 100.0});
        return words;
    }
    return {};
}

QString tiesSentence(const Scene& scene, std::size_t node) {
    QStringList ties;
    for (const GraphEdge& edge : scene.topology.edges())
        if (edge.from == node || edge.to == node)
            ties << hopSentence(scene, edge.from, edge.to);
    ties.removeDuplicates();
    return ties.join(HoverWords::tr("; "));
}

} // namespace weir

#include "ui/leader_words.h"

#include "ui/format.h"

#include <QCoreApplication>

namespace weir {
namespace {

struct LeaderWords {
    Q_DECLARE_TR_FUNCTIONS(weir::LeaderWords)
};

std::vector<NodeId> nodesWhere(const std::vector<bool>& holds) {
    std::vector<NodeId> nodes;
    for (std::size_t i = 0; i < holds.size(); ++i)
        if (holds[i])
            nodes.push_back(NodeId{static_cast<std::uint16_t>(i)});
    return nodes;
}

} // namespace

QString leaderWords(const LeaderFigures& figures, const Catalogue& catalogue) {
    const QString who = figures.leader.valid()
                            ? QString::fromStdString(catalogue.nodes()[figures.leader.index()].name)
                            : LeaderWords::tr("nobody");
    return LeaderWords::tr("%1 · %2 in sync").arg(who, countText(figures.inSync));
}

std::vector<NodeId> nodesDown(const Picture& picture) {
    return nodesWhere(picture.nodes().down);
}

std::vector<NodeId> nodesFull(const Picture& picture) {
    return nodesWhere(picture.nodes().full);
}

QString nodeNames(const std::vector<NodeId>& nodes, const Catalogue& catalogue) {
    QStringList names;
    for (const NodeId node : nodes)
        names << QString::fromStdString(catalogue.nodes()[node.index()].name);
    return names.join(LeaderWords::tr(", "));
}

} // namespace weir

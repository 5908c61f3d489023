#include "ui/leader_words.h"

#include "ui/format.h"

#include <QCoreApplication>

namespace weir {
namespace {

struct LeaderWords {
    Q_DECLARE_TR_FUNCTIONS(weir::LeaderWords)
};

} // namespace

QString leaderWords(const LeaderFigures& figures, const Catalogue& catalogue) {
    const QString who = figures.leader.valid()
                            ? QString::fromStdString(catalogue.nodes()[figures.leader.index()].name)
                            : LeaderWords::tr("nobody");
    return LeaderWords::tr("%1 · %2 in sync").arg(who, countText(figures.inSync));
}

std::vector<NodeId> nodesDown(const Picture& picture) {
    std::vector<NodeId> down;
    for (std::size_t i = 0; i < picture.nodes().down.size(); ++i)
        if (picture.nodes().down[i])
            down.push_back(NodeId{static_cast<std::uint16_t>(i)});
    return down;
}

} // namespace weir

// Faces: what a node and an edge show of a Picture, as plain values rounded to what can be seen. Two equal faces look
// the same, so only what changed is painted again. The rules of what to show are here; how it looks is ScenePainter's.
#pragma once

#include "core/record/flow_graph.h"
#include "core/record/picture.h"
#include "core/simulation/active_faults.h"
#include "ui/session/recent_figures.h"
#include "ui/theme.h"

#include <QString>
#include <QStringList>
#include <QtGlobal>

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

struct LaneFace { // one partition of a stream
    std::int64_t end = 0;
    std::vector<int> lags;           // by group, in thousandths of the lane's width behind the end
    QString leader;                  // the node of the broker that leads it; empty: none does, or there are no nodes
    void add(const LaneFace& other); // both in one lane
    bool operator==(const LaneFace&) const = default;
};

struct NodeFace {
    // services
    std::uint32_t instances = 0;
    std::uint32_t workersEach = 0; // 0: it only sends, does nothing yet, or the number is not known
    bool sends = false;            // it has a source, or a way to a channel
    bool reads = false;            // it has a way from a channel
    std::int64_t busy = 0;
    int utilization = -1; // per cent over the last seconds; -1: not known
    std::uint32_t down = 0;
    // queues
    std::int64_t depth = 0;
    std::int64_t delayed = 0;  // waiting for their retry
    std::int64_t inFlight = 0; // delivered and not settled
    int fill = 0;              // thousandths
    // streams
    std::vector<LaneFace> lanes; // the first lanesMax partitions
    LaneFace rest;               // the others in one: what they hold between them, how far each group is behind at most
    std::size_t restCount = 0;
    std::int64_t lag = 0; // of the group furthest behind
    bool rebalancing = false; // some group shares its partitions out anew
    // queues and streams that nodes of the broker keep
    std::int64_t replicas = 0;    // 0: there are no nodes
    std::int64_t inSync = 0;      // of the queue, or of the partition where it is least
    std::vector<QString> leaders; // each once, in the order of the partitions
    std::size_t leaderless = 0;   // partitions, or the queue, that nobody leads now
    // all
    int rate = 0; // per second, in hundredths, three significant digits: sent (services), taken (channels)
    Tone status = Tone::Ok;
    std::optional<CommandKind> struck; // by a fault of the scenario or of somebody that holds now
    bool operator==(const NodeFace&) const = default;
};

// What a folded group shows: the sums of its members.
struct GroupFace {
    std::uint32_t nodes = 0;
    std::int64_t waiting = 0; // in queues, and lags of streams
    std::int64_t busy = 0;
    std::int64_t workers = 0;
    int utilization = -1;   // per cent over the last seconds, of all workers; -1: not known
    Tone status = Tone::Ok; // the worst
    bool operator==(const GroupFace&) const = default;
};
GroupFace groupFace(const std::vector<std::uint32_t>& members, const std::vector<NodeFace>& faces);

// Which ids of the catalogue a node is.
struct NodeIds {
    ServiceId service;
    ChannelId channel;
    std::vector<SubscriptionId> subscriptions; // of the channel
    bool sends = false, reads = false;         // of the service
};
// The scenario, where there is one, knows of sources that are tied to nothing yet.
std::vector<NodeIds> nodeIds(const FlowGraph& topology, const Catalogue& catalogue, const Scenario* scenario = nullptr);

NodeFace nodeFace(const NodeIds& ids, const Picture& picture, const Catalogue& catalogue, const RecentFigures& recent);

// The first of them that is about this node.
std::optional<CommandKind> struckBy(const std::vector<ActiveFault>& faults, const NodeIds& ids,
                                    const Catalogue& catalogue);

// A queue without a bound looks half full at this depth; with one, its fill is exact.
inline constexpr std::int64_t depthHalf = 100;
int queueFill(std::int64_t depth, std::int64_t capacity); // thousandths

struct EdgeFace {
    int rate = 0; // per second, in hundredths, three significant digits
    qreal width() const;
    qreal riverWidth() const; // where edges are rivers
    bool operator==(const EdgeFace&) const = default;
};
// Rate of the topology's edge; a deliver edge sums its channel's subscriptions.
std::vector<EdgeFace> edgeFaces(const FlowGraph& topology, const std::vector<NodeIds>& ids, const Picture& picture);

// What a binding lets through, by edge; empty for all that are no bindings.
struct RouteFace {
    QStringList patterns;   // of an exchange whose bindings have any, in the file's order
    bool alternate = false; // takes what no binding of the exchange does
    bool operator==(const RouteFace&) const = default;
};
std::vector<RouteFace> routeFaces(const FlowGraph& topology, const Scenario& scenario);

// Rounded so that a change of the fourth digit does not repaint.
int shownRate(double perSecond);

} // namespace weir

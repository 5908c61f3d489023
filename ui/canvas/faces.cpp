#include "ui/canvas/faces.h"

#include "core/scenario/ties.h"
#include "ui/canvas/geometry.h"
#include "ui/staff.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weir {
namespace {

void faceOfService(NodeFace& face, ServiceId id, const Picture& picture, const Catalogue& catalogue,
                   const RecentFigures& recent) {
    const ServiceFigures& figures = picture.service(id);
    const ServiceRow& row = catalogue.services()[id.index()];
    const Staff staff = staffOf(id, picture, catalogue);
    face.instances = static_cast<std::uint32_t>(staff.instances);
    face.workersEach = static_cast<std::uint32_t>(staff.workersEach);
    face.busy = figures.busy.level();
    face.down = static_cast<std::uint32_t>(staff.instances - staff.up);
    const SimTime now = picture.time();
    if (const double utilisation = recent.service(id).utilisation; std::isfinite(utilisation))
        face.utilization = static_cast<int>(std::lround(utilisation * 100));
    if (row.workers == 0) { // all that can be said of a source is what it sends
        double sent = 0;
        for (const EdgeFigures& edge : picture.edges())
            if (edge.kind == EdgeKind::publish && edge.from == id.value)
                sent += edge.rate.perSecond(now);
        face.rate = shownRate(sent);
    }
    face.status = face.down > 0           ? (face.down >= face.instances ? Tone::Danger : Tone::Warn)
                  : face.utilization > 80 ? Tone::Warn
                                          : Tone::Ok;
}

void faceOfStream(NodeFace& face, const NodeIds& ids, const Picture& picture, const ChannelRow& row) {
    const ChannelFigures& figures = picture.channel(ids.channel);
    const std::size_t partitions = std::max<std::size_t>({row.partitions, figures.ends.size(), 1});
    const auto behind = [&](SubscriptionId group, std::size_t partition) {
        const std::vector<std::int64_t>& positions = picture.subscription(group).positions;
        const std::int64_t end = partition < figures.ends.size() ? figures.ends[partition] : 0;
        return std::max<std::int64_t>(0, end - (partition < positions.size() ? positions[partition] : 0));
    };
    std::int64_t most = 0;
    for (const SubscriptionId group : ids.subscriptions) {
        std::int64_t sum = 0;
        for (std::size_t partition = 0; partition < partitions; ++partition) {
            sum += behind(group, partition);
            most = std::max(most, behind(group, partition));
        }
        face.lag = std::max(face.lag, sum);
        face.rebalancing = face.rebalancing || picture.subscription(group).rebalancing;
    }
    // The lane shows so many records back; by powers of two, so that cursors do not slide when nothing moves.
    std::int64_t reach = 16;
    while (reach < most && reach < std::numeric_limits<std::int64_t>::max() / 2)
        reach *= 2;
    for (std::size_t partition = 0; partition < partitions; ++partition) {
        LaneFace lane{.end = partition < figures.ends.size() ? figures.ends[partition] : 0, .lags = {}};
        for (const SubscriptionId group : ids.subscriptions)
            lane.lags.push_back(static_cast<int>(behind(group, partition) * 1000 / reach));
        if (partition < lanesMax) {
            face.lanes.push_back(std::move(lane));
        } else {
            face.rest.add(lane);
            ++face.restCount;
        }
    }
    face.status = face.lag > 10 * depthHalf ? Tone::Warn : Tone::Ok;
}

// Before the first record of its leader nothing is known of it.
void addLeaders(NodeFace& face, const ChannelFigures& figures, const ChannelRow& row, const Catalogue& catalogue) {
    if (row.replicas == 0 || figures.leaders.empty())
        return;
    face.replicas = row.replicas;
    face.inSync = row.replicas;
    for (std::size_t i = 0; i < figures.leaders.size(); ++i) {
        const LeaderFigures& led = figures.leaders[i];
        face.inSync = std::min(face.inSync, led.inSync);
        if (!led.leader.valid()) {
            ++face.leaderless;
            continue;
        }
        const QString name = QString::fromStdString(catalogue.nodes()[led.leader.index()].name);
        if (i < face.lanes.size())
            face.lanes[i].leader = name;
        if (std::find(face.leaders.begin(), face.leaders.end(), name) == face.leaders.end())
            face.leaders.push_back(name);
    }
    if (face.leaderless > 0)
        face.status = Tone::Danger;
}

} // namespace

std::optional<CommandKind> struckBy(const std::vector<ActiveFault>& faults, const NodeIds& ids,
                                    const Catalogue& catalogue) {
    if (faults.empty())
        return std::nullopt;
    const std::string_view name = ids.service.valid() ? std::string_view(catalogue.services()[ids.service.index()].name)
                                  : ids.channel.valid()
                                      ? std::string_view(catalogue.channels()[ids.channel.index()].name)
                                      : std::string_view();
    const auto found =
        std::find_if(faults.begin(), faults.end(), [name](const ActiveFault& fault) { return fault.strikes(name); });
    return found == faults.end() ? std::nullopt : std::optional(found->kind);
}

int shownRate(double perSecond) {
    if (!(perSecond > 0.005))
        return 0;
    double unit = 1;
    while (perSecond / unit >= 1000)
        unit *= 10;
    while (perSecond / unit < 100 && unit > 0.011)
        unit /= 10;
    return static_cast<int>(std::min(std::lround(perSecond / unit) * unit * 100, 2e9));
}

int queueFill(std::int64_t depth, std::int64_t capacity) {
    if (depth <= 0)
        return 0;
    if (capacity > 0)
        return static_cast<int>(std::min<std::int64_t>(1000, std::max<std::int64_t>(1, depth * 1000 / capacity)));
    return static_cast<int>(depth * 1000 / (depth + depthHalf));
}

std::vector<NodeIds> nodeIds(const FlowGraph& topology, const Catalogue& catalogue, const Scenario* scenario) {
    std::vector<NodeIds> ids(topology.nodes().size());
    for (std::size_t i = 0; i < catalogue.services().size(); ++i)
        if (const auto node = topology.service(catalogue.services()[i].name))
            ids[*node].service = ServiceId{static_cast<std::uint16_t>(i)};
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i)
        if (const auto node = topology.channel(catalogue.channels()[i].name))
            ids[*node].channel = ChannelId{static_cast<std::uint16_t>(i)};
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
        const ChannelId channel = catalogue.subscriptions()[i].channel;
        if (!channel.valid())
            continue;
        if (const auto node = topology.channel(catalogue.channels()[channel.index()].name))
            ids[*node].subscriptions.push_back(SubscriptionId{static_cast<std::uint16_t>(i)});
    }
    for (const GraphEdge& edge : topology.edges()) {
        if (edge.kind == EdgeKind::publish)
            ids[edge.from].sends = true;
        else if (edge.kind == EdgeKind::deliver)
            ids[edge.to].reads = true;
    }
    if (scenario)
        for (const ServiceSpec& service : scenario->services)
            if (const auto node = topology.service(service.name); node && !service.sources.empty())
                ids[*node].sends = true;
    return ids;
}

NodeFace nodeFace(const NodeIds& ids, const Picture& picture, const Catalogue& catalogue,
                  const RecentFigures& recent) {
    NodeFace face;
    face.sends = ids.sends;
    face.reads = ids.reads;
    if (ids.service.valid())
        faceOfService(face, ids.service, picture, catalogue, recent);
    if (!ids.channel.valid())
        return face;
    const ChannelRow& row = catalogue.channels()[ids.channel.index()];
    const ChannelFigures& figures = picture.channel(ids.channel);
    face.rate = shownRate(figures.rate.perSecond(picture.time()));
    if (row.kind == ChannelKind::queue) {
        // Waiting to be started, prefetched ones included; where nobody reads, what lies there.
        for (const SubscriptionId id : ids.subscriptions)
            face.depth += picture.subscription(id).depth.level();
        if (ids.subscriptions.empty())
            face.depth = figures.copies.ready;
        face.delayed = figures.copies.delayed;
        face.inFlight = figures.copies.inFlight;
        face.fill = queueFill(face.depth, row.capacity);
        face.status = face.fill > 600 ? Tone::Warn : Tone::Ok;
    } else if (row.kind == ChannelKind::stream) {
        faceOfStream(face, ids, picture, row);
    }
    addLeaders(face, figures, row, catalogue);
    return face;
}

void LaneFace::add(const LaneFace& other) {
    end += other.end;
    lags.resize(std::max(lags.size(), other.lags.size()));
    for (std::size_t group = 0; group < other.lags.size(); ++group)
        lags[group] = std::max(lags[group], other.lags[group]);
}

GroupFace groupFace(const std::vector<std::uint32_t>& members, const std::vector<NodeFace>& faces) {
    GroupFace sum{.nodes = static_cast<std::uint32_t>(members.size())};
    std::int64_t measured = 0;
    std::int64_t used = 0; // hundredths of workers
    const auto weight = [](Tone tone) { return tone == Tone::Danger ? 2 : tone == Tone::Warn ? 1 : 0; };
    for (const std::uint32_t node : members) {
        const NodeFace& face = faces[node];
        sum.waiting += face.depth + face.delayed + face.lag;
        sum.busy += face.busy;
        const std::int64_t workers = static_cast<std::int64_t>(face.instances) * face.workersEach;
        sum.workers += workers;
        if (face.utilization >= 0) {
            measured += workers;
            used += workers * face.utilization;
        }
        if (weight(face.status) > weight(sum.status))
            sum.status = face.status;
    }
    if (measured > 0)
        sum.utilization = static_cast<int>(used / measured);
    return sum;
}

qreal EdgeFace::width() const {
    if (rate <= 0)
        return 1.2;
    // Each tenfold is 0.9 pixels more: 1/s 1.6, 20/s 2.8, 1000/s 4.3.
    return std::clamp(1.6 + 0.9 * std::log10(std::max(rate, 10) / 100.0), 1.2, 7.0);
}

qreal EdgeFace::riverWidth() const {
    // 1/s 3, 10/s 5, 1000/s 9, 100 000/s 13.
    return rate <= 0 ? 1.2 : std::clamp(3 + 2 * std::log10(std::max(rate, 10) / 100.0), 2.0, 16.0);
}

std::vector<EdgeFace> edgeFaces(const FlowGraph& topology, const std::vector<NodeIds>& ids, const Picture& picture) {
    const SimTime now = picture.time();
    std::vector<EdgeFace> faces;
    faces.reserve(topology.edges().size());
    const auto rate = [&](EdgeKind kind, std::size_t from, std::size_t to) {
        const EdgeFigures* figures = picture.edge(kind, from, to);
        return figures ? figures->rate.perSecond(now) : 0;
    };
    for (const GraphEdge& edge : topology.edges()) {
        const NodeIds& from = ids[edge.from];
        const NodeIds& to = ids[edge.to];
        double sum = 0;
        if (edge.kind == EdgeKind::publish && from.service.valid() && to.channel.valid())
            sum = rate(edge.kind, from.service.index(), to.channel.index());
        else if (edge.kind == EdgeKind::deliver && to.service.valid())
            for (const SubscriptionId id : from.subscriptions)
                sum += rate(edge.kind, id.index(), to.service.index());
        else if (from.channel.valid() && to.channel.valid())
            sum = rate(edge.kind, from.channel.index(), to.channel.index());
        faces.push_back({.rate = shownRate(sum)});
    }
    return faces;
}

std::vector<RouteFace> routeFaces(const FlowGraph& topology, const Scenario& scenario) {
    std::vector<RouteFace> faces(topology.edges().size());
    for (std::size_t i = 0; i < faces.size(); ++i) {
        const GraphEdge& edge = topology.edges()[i];
        if (edge.kind != EdgeKind::route)
            continue;
        const std::string& from = topology.nodes()[edge.from].name;
        const std::string& to = topology.nodes()[edge.to].name;
        const std::vector<BindingPlace> bindings = bindingsBetween(scenario, from, to);
        if (takesPattern(scenario, from))
            for (const BindingPlace& binding : bindings)
                faces[i].patterns << QString::fromStdString(binding.pattern);
        const ChannelSpec* const exchange = channelOf(scenario, from);
        faces[i].alternate = bindings.empty() && exchange && exchange->alternate == to;
    }
    return faces;
}

} // namespace weir

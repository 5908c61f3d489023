#include "ui/canvas/ways.h"

namespace weir {
namespace {

std::uint64_t key(EdgeKind kind, std::uint32_t from, std::uint32_t to) {
    return static_cast<std::uint64_t>(kind) << 60 | static_cast<std::uint64_t>(from) << 30 | to;
}

} // namespace

Ways::Ways(const FlowGraph& topology, const Catalogue& catalogue) {
    const auto place = [](std::optional<std::size_t> node) {
        return node ? static_cast<std::uint32_t>(*node) : nowhere;
    };
    for (std::size_t i = 0; i < catalogue.services().size(); ++i)
        m_services.push_back(place(topology.service(catalogue.services()[i].name)));
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i)
        m_channels.push_back(place(topology.channel(catalogue.channels()[i].name)));
    m_ties = topology.edges();
    m_routesInto.resize(topology.nodes().size());
    for (std::size_t i = 0; i < m_ties.size(); ++i) {
        const GraphEdge& tie = m_ties[i];
        if (tie.kind == EdgeKind::route)
            m_routesInto[tie.to].push_back(static_cast<std::uint32_t>(i));
        m_edges.set(key(tie.kind, tie.from, tie.to), static_cast<std::uint32_t>(i));
    }
}

std::uint32_t Ways::edge(EdgeKind kind, std::uint32_t from, std::uint32_t to) const {
    if (from == nowhere || to == nowhere)
        return nowhere;
    const std::uint32_t* found = m_edges.find(key(kind, from, to));
    return found ? *found : nowhere;
}

const std::vector<std::uint32_t>& Ways::routesInto(std::uint32_t node) const {
    static const std::vector<std::uint32_t> none;
    return node < m_routesInto.size() ? m_routesInto[node] : none;
}

std::optional<Hop> Ways::along(Hop::Kind kind, EdgeKind edgeKind, std::uint32_t from, std::uint32_t to) const {
    const std::uint32_t found = edge(edgeKind, from, to);
    if (found == nowhere)
        return std::nullopt;
    return Hop{.kind = kind, .edge = found, .from = from, .to = to};
}

bool Ways::isHop(const Record& record, const Catalogue& catalogue) {
    switch (record.kind) {
    case RecordKind::published:
    case RecordKind::delivered:
    case RecordKind::requeued:
    case RecordKind::retryScheduled:
        return record.place.valid();
    case RecordKind::deadLettered:
        return record.place.valid() && record.value >= 0;
    case RecordKind::appended:
    case RecordKind::enqueued: {
        if (!record.place.valid() || record.value < 0 ||
            static_cast<std::size_t>(record.value) >= catalogue.channels().size())
            return false;
        // A stream takes a message once, however many groups are to read it; what a queue passes on are dead letters,
        // and their flight has been seen.
        const ChannelKind by = catalogue.channels()[static_cast<std::size_t>(record.value)].kind;
        const ChannelId into = catalogue.place(record.place).channel;
        const bool again = record.kind == RecordKind::enqueued && into.valid() &&
                           catalogue.channels()[into.index()].kind == ChannelKind::stream;
        const bool over = record.kind == RecordKind::appended && record.hasCrossed(); // from another cluster
        return !again && (by == ChannelKind::exchange || by == ChannelKind::topic || over);
    }
    default:
        return false;
    }
}

std::optional<Hop> Ways::hop(const Record& record, const Catalogue& catalogue) const {
    if (!isHop(record, catalogue))
        return std::nullopt;
    const Place& place = catalogue.place(record.place);
    const std::uint32_t channel = node(place.channel);
    const auto passedBy = [&](std::int64_t index) {
        return index < 0 ? nowhere : at(m_channels, static_cast<std::size_t>(index));
    };
    switch (record.kind) {
    case RecordKind::published:
        return along(Hop::Kind::message, EdgeKind::publish, node(place.service), channel);
    case RecordKind::appended:
    case RecordKind::enqueued:
        return along(Hop::Kind::message, EdgeKind::route, passedBy(record.value), channel);
    case RecordKind::delivered:
        return along(Hop::Kind::message, EdgeKind::deliver, channel, node(place.service));
    case RecordKind::requeued:
    case RecordKind::retryScheduled: {
        const std::uint32_t service = node(place.service);
        const std::uint32_t found = edge(EdgeKind::deliver, channel, service);
        if (found == nowhere)
            return std::nullopt;
        return Hop{.kind = Hop::Kind::returned, .edge = found, .from = service, .to = channel};
    }
    case RecordKind::deadLettered:
        return along(Hop::Kind::deadLetter, EdgeKind::deadLetter, channel, passedBy(record.value));
    default:
        return std::nullopt;
    }
}

std::uint32_t Ways::scene(const Record& record, const Catalogue& catalogue) const {
    if (!record.place.valid())
        return nowhere;
    const Place& place = catalogue.place(record.place);
    const std::uint32_t service = node(place.service);
    return service != nowhere ? service : node(place.channel);
}

} // namespace weir

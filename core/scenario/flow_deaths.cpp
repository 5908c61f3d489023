// Where the classes of a Flow come by deaths: along which ways, and by which histories of them.
#include "core/scenario/flow.h"

#include <algorithm>

namespace weir {

// Where a class comes by deaths alone, and what is born there: a message that expired, overflowed or used up its
// attempts is dropped where it comes to a channel in which it died before.
void Flow::followDeaths() {
    m_ways.resize(m_classes.size());
    m_deaths.resize(m_classes.size());
    for (std::size_t start = 0; start < m_classes.size(); ++start)
        followDeaths(start, {.to = start});
}

void Flow::followDeaths(std::size_t start, const Way& way) {
    const auto diedIn = [&](std::size_t channel) {
        return channelOf(way.to) == channel || std::any_of(way.edges.begin(), way.edges.end(), [&](const auto& edge) {
                   return channelOf(edge.first) == channel;
               });
    };
    const std::vector<Edge>& edges = m_classes[way.to].edges;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const Edge& edge = edges[i];
        if (edge.onceOnly && diedIn(channelOf(edge.to)))
            continue;
        if (m_ways[start].size() + m_deaths[start].size() >= waysMax) {
            m_complete = false;
            return;
        }
        Way longer{.to = edge.to,
                   .offspring = way.offspring * edge.offspring,
                   .atWorst = way.atWorst * edge.atWorst,
                   .whenFull = way.whenFull * edge.whenFull,
                   .edges = way.edges};
        longer.edges.emplace_back(way.to, i);
        (edge.onceOnly ? m_deaths : m_ways)[start].push_back(longer);
        if (edge.onceOnly)
            followDeaths(start, longer);
    }
}

namespace {

// RabbitMQ's history of deaths, as Broker::withDeath() keeps it: one entry for each channel and reason, the latest in
// front, the others turned round by each death.
Flow::History withDeath(const Flow::History& before, std::size_t channel, Flow::Death death) {
    Flow::History all{{channel, death}};
    for (auto each = before.rbegin(); each != before.rend(); ++each)
        if (*each != all.front())
            all.push_back(*each);
    return all;
}

// Broker::inCycle(): it died there before, and nobody has rejected it since, as the history has it.
bool inCycle(const Flow::History& latestFirst, std::size_t target) {
    for (const auto& [channel, death] : latestFirst) {
        if (death == Flow::Death::rejected || death == Flow::Death::retried)
            return false;
        if (channel == target)
            return true;
    }
    return false;
}

} // namespace

// Which histories the classes get that some service makes, and where they die next with them. `sourced`: so many of the
// classes are made by sources and wills. Without a rejection none goes round.
void Flow::followHistories(std::size_t sourced) {
    std::vector<char> made(m_classes.size());
    bool someRejected = false;
    for (std::size_t i = 0; i < m_classes.size(); ++i) {
        made[i] = made[i] || i < sourced;
        for (const Edge& edge : m_classes[i].edges)
            if (edge.service != none)
                made[edge.to] = 1;
            else
                someRejected = someRejected || edge.death == Death::rejected || edge.death == Death::retried;
    }
    if (!someRejected)
        return;
    std::map<std::pair<std::size_t, History>, std::size_t> known;
    std::vector<History> histories;
    const auto dying = [&](std::size_t at, const History& history) {
        const auto [entry, fresh] = known.try_emplace({at, history}, histories.size());
        if (fresh) {
            m_classDying.push_back(at);
            histories.push_back(history);
        }
        return entry->second;
    };
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        if (made[i])
            dying(i, {});
    m_firstDying = histories.size();
    for (std::size_t i = 0; i < histories.size(); ++i) {
        const std::size_t at = m_classDying[i];
        std::vector<Way> ways;
        for (std::size_t e = 0; e < m_classes[at].edges.size(); ++e) {
            const Edge& edge = m_classes[at].edges[e];
            if (edge.service != none)
                continue;
            History history = withDeath(histories[i], channelOf(at), edge.death);
            if (inCycle(history, channelOf(edge.to)))
                continue;
            if (m_topology.scenario().channels[channelOf(edge.to)].kind == ChannelKind::stream)
                history.clear();
            ways.push_back({.to = dying(edge.to, history),
                            .offspring = edge.offspring,
                            .atWorst = edge.atWorst,
                            .whenFull = edge.whenFull,
                            .edges = {{at, e}}});
        }
        m_histories.push_back(std::move(ways));
        if (histories.size() > historiesMax) {
            m_complete = false;
            m_histories.clear();
            m_classDying.clear();
            return;
        }
    }
}

} // namespace weir

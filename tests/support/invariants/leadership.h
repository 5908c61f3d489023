// Leadership: who leads the buffers of a channel on broker nodes, as the records tell it. Where that has not changed,
// and all replicas are there, a queue on nodes does what any queue does.
#pragma once

#include "core/broker/plan.h"
#include "core/record/catalogue.h"
#include "core/record/record.h"

#include <map>
#include <set>
#include <utility>

namespace weir::invariants {

class Leadership {
  public:
    explicit Leadership(const BrokerPlan& plan) : m_plan(plan) {}

    void apply(const Record& record, const Place& place) {
        switch (record.kind) {
        case RecordKind::leaderLost:
        case RecordKind::leaderElected:
            m_changed[place.channel.value] = record.at;
            if (record.kind == RecordKind::leaderLost)
                m_leaders.erase({place.channel.value, place.partition});
            else
                m_leaders[{place.channel.value, place.partition}] = place.node;
            return;
        case RecordKind::nodeDown:
        case RecordKind::diskFull:
            ++m_troubles[place.node.value];
            changesOn(place.node, record.at);
            return;
        case RecordKind::nodeUp:
        case RecordKind::diskFree:
            --m_troubles[place.node.value];
            changesOn(place.node, record.at);
            return;
        default:
            return;
        }
    }
    // Of a queue; none where nobody leads it.
    NodeId leaderOf(ChannelId queue) const {
        const auto leader = m_leaders.lower_bound({queue.value, std::uint16_t{0}});
        return leader == m_leaders.end() || leader->first.first != queue.value ? NodeId::none() : leader->second;
    }
    // Whether a queue has had its leader and all its replicas since before then.
    bool isSteady(ChannelId queue, SimTime since) const {
        const auto changed = m_changed.find(queue.value);
        if (changed != m_changed.end() && changed->second >= since && changed->second > SimTime{})
            return false;
        for (const BufferPlan& buffer : m_plan.buffers)
            if (buffer.channel == queue && !leaderOf(queue).valid())
                return false; // its nodes are back, and nobody is elected yet
            else if (buffer.channel == queue)
                for (const NodeId node : buffer.nodes)
                    if (const auto trouble = m_troubles.find(node.value);
                        trouble != m_troubles.end() && trouble->second > 0)
                        return false;
        return true;
    }

  private:
    void changesOn(NodeId node, SimTime at) {
        for (const BufferPlan& buffer : m_plan.buffers)
            for (const NodeId each : buffer.nodes)
                if (each == node)
                    m_changed[buffer.channel.value] = at;
    }

    const BrokerPlan& m_plan;
    std::map<std::uint16_t, SimTime> m_changed;                          // by channel: when it last did
    std::map<std::pair<std::uint16_t, std::uint16_t>, NodeId> m_leaders; // by channel and partition
    std::map<std::uint16_t, int> m_troubles;                             // by node
};

} // namespace weir::invariants

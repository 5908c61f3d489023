// Deaths that belong together: for the broker's own files, which decide what dies. When their dead letters go on is
// told in dead_letters.cpp.
#pragma once

#include "core/broker/broker.h"

#include <utility>

namespace weir {

// What dies of the letters of some comes behind those of all.
template <class Work> void Broker::dieTogether(BrokerDoor& door, Work work) {
    const bool inner = std::exchange(m_underWay.gathers, true);
    work();
    m_underWay.gathers = inner;
    sendUnderWay(door);
}

// One command to a queue, that gives back and then sees to its length.
template <class Work> void Broker::asOneCommand(SubscriptionId id, BrokerDoor& door, Work work) {
    const SubscriptionPlan& plan = m_plan->subscriptions[id.index()];
    if (!plan.deliversBeforeTrim || !plan.dropsOldest || m_underWay.sends || m_underWay.gathers ||
        m_underWay.withholds) {
        work();
        return;
    }
    m_underWay.withholds = true;
    work();
    m_underWay.withholds = false;
    sendUnderWay(door);
}

} // namespace weir

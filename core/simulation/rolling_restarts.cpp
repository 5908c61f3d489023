// Rolling restarts: one node after another goes down and comes back, as upgrades go; the next one waits, where it is
// told to, for all replicas to have caught up (Kafka: no under-replicated partitions; RabbitMQ: a quorum queue's
// replicas in line). Of two at a time the later one takes the place of the other.
#include "core/simulation/simulation.h"

#include <utility>

namespace weir {

// With the node that is named, and then the others in the order of their names, round to it again.
void Simulation::beginRoll(const FaultPlan& fault, BrokerDoor& door) {
    for (Roll& before : m_rolls) {
        if (before.active && before.isDown)
            m_broker.setNode(before.nodes[before.next], NodeTrouble::restart, false, door);
        before.active = false;
    }
    Roll roll;
    const std::size_t nodes = m_model->broker->nodes.size();
    for (std::size_t i = 0; i < nodes; ++i)
        roll.nodes.push_back(NodeId{static_cast<std::uint16_t>((fault.node.index() + i) % nodes)});
    roll.takes = fault.spec.lasts.value_or(FaultSpec::restartTakes);
    roll.pause = fault.spec.pause;
    roll.whenInSync = fault.spec.whenInSync;
    m_rolls.push_back(std::move(roll));
    rollOn(static_cast<std::uint32_t>(m_rolls.size() - 1), RollStep::nextNode, door);
}

void Simulation::rollOn(std::uint32_t index, RollStep step, BrokerDoor& door) {
    Roll& roll = m_rolls[index];
    if (!roll.active)
        return;
    if (step == RollStep::nextNode) {
        roll.isDown = true;
        m_broker.setNode(roll.nodes[roll.next], NodeTrouble::restart, true, door);
        later(door.now + roll.takes, Priority::command, Kind::rollOn, index,
              static_cast<std::uint64_t>(RollStep::nodeBack));
        return;
    }
    roll.isDown = false;
    m_broker.setNode(roll.nodes[roll.next], NodeTrouble::restart, false, door);
    ++roll.next;
    roll.active = roll.next < roll.nodes.size();
    if (!roll.active)
        return;
    roll.waits = true;
    if (!roll.whenInSync || m_broker.allCaughtUp())
        caughtUp(door);
}

void Simulation::caughtUp(BrokerDoor& door) {
    for (std::uint32_t i = 0; i < m_rolls.size(); ++i)
        if (Roll& roll = m_rolls[i]; roll.active && roll.waits && (!roll.whenInSync || m_broker.allCaughtUp())) {
            roll.waits = false;
            later(door.now + roll.pause, Priority::command, Kind::rollOn, i,
                  static_cast<std::uint64_t>(RollStep::nextNode));
        }
}

} // namespace weir

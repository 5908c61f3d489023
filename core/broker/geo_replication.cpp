// Geo-replication: what is published to a stream is published again, some time later, to its namesakes in other
// clusters, in the order of its log and at any distance behind it. What has come over from another cluster is not
// passed on from here: every cluster replicates to every other one by itself, and nothing goes round (Apache Pulsar: a
// replicator is a durable subscription of the topic whose consumer is a producer of the remote one; it leaves out
// messages that have `replicated_from`). The remote stream's own admission decides, its dedup window too.
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

// It is in the log, and committed as far as transactions go.
void Broker::crossOver(MessageHandle message, const Appending& to, std::uint32_t partition, BrokerDoor& door) {
    const ChannelPlan& plan = m_plan->channels[to.channel.index()];
    StreamState& stream = m_streams[to.channel.index()];
    stream.replicators.resize(plan.replicators.size());
    for (std::uint32_t i = 0; i < plan.replicators.size(); ++i) {
        retain(message);
        Replicator& replicator = stream.replicators[i];
        // A replicator that is told to be quicker does not let what is new overtake what is on its way.
        const SimTime due = replicator.line.empty() ? door.now + plan.replicators[i].takes
                                                    : std::max(replicator.last, door.now + plan.replicators[i].takes);
        replicator.last = due;
        replicator.line.pushBack({message, partition, to.round, due, door.now + to.delay});
        if (replicator.line.size() == 1)
            door.effects.schedule(due, {static_cast<std::uint8_t>(BrokerDue::replicator), to.channel.value, i});
    }
}

void Broker::arriveOver(ChannelId channel, std::uint32_t index, BrokerDoor& door) {
    const ChannelId to = m_plan->channels[channel.index()].replicators[index].to;
    const auto line = [&]() -> Ring<Crossing>& { return m_streams[channel.index()].replicators[index].line; };
    // What comes meanwhile has a due of its own: a dead letter may go round at once, for as long as anybody runs it.
    for (std::size_t count = line().size(); count > 0 && line().front().due <= door.now; --count) {
        const Crossing first = line().popFront();
        Publish publish;
        publish.message = first.message;
        publish.channel = to;
        publish.crossed = first.partition;
        publish.round = first.round;
        publish.delay = std::max(Duration::zero(), first.delayedTo - door.now);
        pass(publish, {.channel = to, .via = channel}, door);
        release(first.message, door);
    }
    if (!line().empty())
        door.effects.schedule(line().front().due,
                              {static_cast<std::uint8_t>(BrokerDue::replicator), channel.value, index});
}

} // namespace weir

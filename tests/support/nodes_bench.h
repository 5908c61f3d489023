// A broker on the nodes a, b and c, driven by hand: one queue "jobs" with a replica on each, led by a, or whatever a
// test gives; a service "worker" reads it.
#pragma once

#include "support/broker_bench.h"

namespace weir {

inline ChannelSpec jobsOnNodes(ReplicationSpec replication = {}) {
    ChannelSpec queue;
    queue.name = "jobs";
    static_cast<ReplicationSpec&>(queue) = replication;
    queue.replicas = replication.replicas == 1 ? 3 : replication.replicas;
    queue.election = 100ms;
    queue.lagMax = 50ms;
    return queue;
}

inline ChannelSpec streamOnNodes(std::uint32_t partitions = 1, ReplicationSpec replication = {}) {
    ChannelSpec stream = jobsOnNodes(replication);
    stream.kind = ChannelKind::stream;
    stream.partitions = partitions;
    return stream;
}

inline std::vector<NodeSpec> threeNodes() {
    return {{.name = "a"}, {.name = "b"}, {.name = "c"}};
}

struct NodesBench : BrokerBench {
    explicit NodesBench(std::vector<ChannelSpec> channels = {jobsOnNodes()}, std::vector<NodeSpec> on = threeNodes())
        : BrokerBench(std::move(channels), readers(), {}, std::move(on)) {
        for (const char* node : {"a", "b", "c"})
            setHop(node, 1ms);
    }
    explicit NodesBench(ChannelSpec channel) : NodesBench(std::vector{std::move(channel)}) {}
    static std::vector<ServiceSpec> readers() {
        ServiceSpec worker;
        worker.name = "worker";
        worker.handlers.push_back({.on = "jobs"});
        return {worker};
    }
    Admission send(std::optional<Acks> acks = {}) { return publish("jobs", {.acks = acks}); }
};

} // namespace weir

// NodeSpec and ReplicationSpec: the machines that a broker runs on, and how a queue or stream is kept on several of
// them.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>

namespace weir {

struct NodeSpec {
    std::string name;
    Duration write{}; // to write what has come to its disk; whatever comes meanwhile is written next, together
    // How often what is written reaches the disk for good; nothing: each time. The rest is lost when the power fails.
    std::optional<Duration> flushEvery;
    // Linux writes dirty pages back after vm.dirty_expire_centisecs, 30 s, where nobody asks for it earlier.
    static constexpr Duration systemFlush = 30s;
    std::optional<Bytes> disk; // what it has room for, in bytes of messages; nothing: it never fills up by itself
};

// What becomes of a queue or stream when the disk of a node is full.
enum class WhenDiskFull : std::uint8_t {
    block,  // whoever publishes to it waits, while the disk of any node is (RabbitMQ's disk alarm)
    offline // its replica on that node is not there: others lead, or nobody does (Kafka's log directory, JetStream)
};

// From when on an entry is safe, and seen by consumers.
enum class CommitRule : std::uint8_t {
    inSync,  // all replicas that keep up have it (Kafka)
    majority // more than half of all have it (Raft: quorum queues, JetStream)
};

struct ReplicationSpec {
    std::uint32_t replicas = 1;
    std::uint32_t minInSync = 1; // inSync: below this, what must be on all replicas is refused
    CommitRule commitRule = CommitRule::inSync;
    std::string leader;           // node that leads while it is in sync; empty: leaders are spread over the nodes
    // The first replica leads again so long after it is in sync; nothing: only where `leader` is named, after an election.
    std::optional<Duration> leaderReturns;
    Duration election = 2s;       // from a leader's loss, or a candidate's return, to the next leader
    Duration lagMax = 10s;        // a replica that has not caught up for so long is not in sync
    bool uncleanElection = false; // inSync: where none in sync is left, another one leads, and what it has not is lost
    WhenDiskFull whenDiskFull = WhenDiskFull::block;
};

} // namespace weir

// ReplicaSet: the replicas of one buffer (a queue, or a partition of a stream): who leads, who has how much of its log,
// who is in sync, up to where it is committed. Entries are counted from 1: of a stream the n-th has offset n - 1, of a
// queue it is the n-th copy that was born there. It decides who may lead; what becomes of entries is the broker's.
//
// Rules: Apache Kafka, Design, "Replication" (in-sync replicas, high watermark, unclean leader election) and the Raft
// paper (a leader is elected by a majority, an entry is committed when a majority has it), as RabbitMQ's quorum queues
// and JetStream have it. A follower has one fetch under way at most, and gets with it all that there is.
#pragma once

#include "core/broker/message.h"
#include "core/broker/node_links.h"
#include "core/broker/slab.h"
#include "core/scenario/node_spec.h"
#include "core/scenario/publish_spec.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

struct Replica {
    enum class Step : std::uint8_t {
        idle,
        comes,  // entries are on their way to it; the leader: are being written
        answers // the leader is about to learn that it has them
    };
    static constexpr SimTime never = SimTime::max();

    NodeId node;
    std::uint64_t has = 0;     // entries in its log
    std::uint64_t known = 0;   // of them the leader knows
    std::uint64_t target = 0;  // what it will have after the fetch under way
    std::uint64_t synced = 0;  // of them a power failure leaves, as of the last flush before `flushed`
    std::int64_t flushed = 0;  // number of the flush interval in which it got the latest
    std::uint32_t fetches = 0; // number of the one under way
    SimTime fetched;           // when that one began; of one that is missed: since when
    SimTime behindSince = never;
    Step step = Step::idle;
    bool up = true;       // its node is, and has room for it
    bool offline = false; // its node's disk is full, and it does without it
    bool cutOff = false;  // its leader does not reach it
    bool away = false;    // it was not up, and has not caught up since
    bool inSync = true;
    bool watched = false; // a due looks whether it lags too long
};

struct ReplicaSet {
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    struct Coming { // to a queue: appended and not committed
        MessageHandle message = 0;
        ChannelId via;
        ReasonId reason;
        std::shared_ptr<const Death> deaths;
        Duration delay{};
        std::uint16_t round = 0;
        bool forgetTtl = false;
        bool sent = false; // its copy is born, in transit
        std::uint32_t succession = noHandle; // that it is part of
        std::optional<Acks> asked;
    };
    struct Promise { // somebody waits for that entry
        std::uint64_t entry = 0;
        std::uint32_t wait = 0, generation = 0;
    };
    struct HeldDue {
        std::uint8_t kind = 0;
        std::uint32_t a = 0;
        std::uint64_t b = 0;
    };
    struct HeldSettlement {
        DeliveryTag tag;
        std::uint8_t settlement = 0;
        ReasonId reason;
    };

    std::vector<Replica> replicas; // the first is to lead
    std::uint32_t leader = none;
    std::uint64_t term = 0;
    std::uint64_t told = 0; // entries that the last leader had: whoever asked it alone had its answer
    std::uint64_t appended = 0;
    std::uint64_t committed = 0;
    bool electing = false;                 // a due will look for a leader
    bool deposing = false;                 // a due will see whether the leader is still cut off
    bool returning = false;                // a due will give it back to the first
    bool committing = false;               // inside of what follows from a commit
    Ring<Coming> coming;                   // the last of what is appended
    std::array<Ring<Promise>, 2> promises; // for the leader, for the commit; in the order of entries
    Ring<HeldDue> dues;                    // while nobody serves it: a queue's, and of what is to be appended
    Ring<HeldSettlement> settlements;

    bool hasLeader() const { return leader != none; }
    std::size_t upCount() const;
    std::size_t reachedCount() const; // by the leader, itself included
    std::size_t inSyncCount() const;
    bool hasMajority() const { return 2 * reachedCount() > replicas.size(); }
    // Whether consumers are served: Raft's leader cannot do anything without a majority.
    bool serves(CommitRule rule) const { return hasLeader() && (rule == CommitRule::inSync || hasMajority()); }
    std::uint64_t commitPoint(CommitRule rule) const;
    // Who is to lead next, of those that are there; none: nobody may.
    std::uint32_t candidate(CommitRule rule, bool unclean, const NodeLinks& links) const;
    std::size_t memoryBytes() const;
};

} // namespace weir

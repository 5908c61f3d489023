#include "core/broker/replica_set.h"

#include <algorithm>

namespace weir {

std::size_t ReplicaSet::upCount() const {
    return static_cast<std::size_t>(
        std::count_if(replicas.begin(), replicas.end(), [](const Replica& replica) { return replica.up; }));
}

std::size_t ReplicaSet::reachedCount() const {
    return static_cast<std::size_t>(std::count_if(
        replicas.begin(), replicas.end(), [](const Replica& replica) { return replica.up && !replica.cutOff; }));
}

std::size_t ReplicaSet::inSyncCount() const {
    return static_cast<std::size_t>(
        std::count_if(replicas.begin(), replicas.end(), [](const Replica& replica) { return replica.inSync; }));
}

std::uint64_t ReplicaSet::commitPoint(CommitRule rule) const {
    if (rule == CommitRule::inSync) { // Kafka's high watermark
        std::uint64_t least = appended;
        for (const Replica& replica : replicas)
            if (replica.inSync)
                least = std::min(least, replica.known);
        return least;
    }
    std::uint64_t most = 0; // that more than half have
    for (const Replica& replica : replicas) {
        const auto have = std::count_if(replicas.begin(), replicas.end(),
                                        [&](const Replica& other) { return other.known >= replica.known; });
        if (2 * static_cast<std::size_t>(have) > replicas.size())
            most = std::max(most, replica.known);
    }
    return most;
}

// Kafka: the first in sync in the order of the assignment that the controllers reach; unclean: the first that is there.
// Raft: of those with the votes of a majority whoever has the most, since nobody votes for one that has less.
std::uint32_t ReplicaSet::candidate(CommitRule rule, bool unclean, const NodeLinks& links) const {
    const auto first = [&](auto fits) {
        for (std::uint32_t i = 0; i < replicas.size(); ++i)
            if (replicas[i].up && links.isInMajority(replicas[i].node) && fits(replicas[i]))
                return i;
        return none;
    };
    if (rule == CommitRule::inSync) {
        const std::uint32_t clean = first([](const Replica& replica) { return replica.inSync; });
        return clean == none && unclean ? first([](const Replica&) { return true; }) : clean;
    }
    std::uint32_t best = none;
    for (std::uint32_t i = 0; i < replicas.size(); ++i) {
        const Replica& replica = replicas[i];
        if (!replica.up || (best != none && replica.has <= replicas[best].has))
            continue;
        const auto votes = std::count_if(replicas.begin(), replicas.end(), [&](const Replica& voter) {
            return voter.up && voter.has <= replica.has && links.reaches(voter.node, replica.node);
        });
        if (2 * static_cast<std::size_t>(votes) > replicas.size())
            best = i;
    }
    return best;
}

std::size_t ReplicaSet::memoryBytes() const {
    return sizeof *this + replicas.size() * sizeof(Replica) + coming.memoryBytes() + promises[0].memoryBytes() +
           promises[1].memoryBytes() + dues.memoryBytes() + settlements.memoryBytes();
}

} // namespace weir

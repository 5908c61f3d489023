// Assignors: which member of a consumer group reads which partitions, as Apache Kafka 3.x divides them. Pure functions
// of what the members subscribe to and what they own; joining, leaving and generations are the caller's. Members and
// topics are numbers here, given in the order in which Kafka would sort them, so that the same code serves the command
// line, which has names, and the broker, which has ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace weir {

enum class Assignor : std::uint8_t {
    range,            // per topic, in contiguous stretches; the first members get the remainder of each topic
    roundRobin,       // over all partitions in turn, passing over members that do not subscribe
    sticky,           // balanced, moving as little as possible
    cooperativeSticky // the same, but what moves is withheld until its former owner has given it up
};
std::optional<Assignor> assignorNamed(std::string_view name); // as Kafka names them: "cooperative-sticky"

struct TopicPartition {
    std::uint32_t topic = 0;
    std::uint32_t partition = 0;
    auto operator<=>(const TopicPartition&) const = default; // topic first
};

struct GroupMember {
    std::vector<std::uint32_t> topics; // subscribed to; ascending, each once
    std::vector<TopicPartition> owned; // up to now; each partition is owned by one member at most
};

struct Group {
    std::vector<std::uint32_t> partitions; // by topic; topics in the order of their names
    std::vector<GroupMember> members;      // static ones first, then in the order of their names
};

struct Assignment {
    std::vector<std::vector<TopicPartition>> owned; // by member
    // Partitions that their former owners have to give up before another rebalance gives them away; nobody owns them
    // until then. Only the cooperative assignor has any.
    std::vector<TopicPartition> withheld;
};

// Every partition that somebody subscribes to has one owner, or is withheld.
Assignment assignPartitions(Assignor assignor, const Group& group);

} // namespace weir

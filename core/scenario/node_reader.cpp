#include "core/scenario/node_reader.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::size_t nodesMax = 100;
constexpr std::int64_t replicasMax = 15;

constexpr Word<WhenDiskFull> whenDiskFull[] = {{"block", WhenDiskFull::block}, {"offline", WhenDiskFull::offline}};
constexpr Word<CommitRule> commitRules[] = {{"inSync", CommitRule::inSync}, {"majority", CommitRule::majority}};

// Nothing inside: each time.
std::optional<std::optional<Duration>> readFsync(const Given& given) {
    const std::string* text = given.value().text();
    if (text && *text == "always")
        return std::optional<Duration>();
    if (text && *text == "never")
        return std::optional(NodeSpec::systemFlush);
    const auto every = parseDuration(text ? *text : "");
    if (every && *every > Duration::zero())
        return std::optional(*every);
    given.refuse("needs \"always\", \"never\", or how often, such as \"1s\"");
    return std::nullopt;
}

std::optional<Bytes> readDisk(const Given& given) {
    const auto room = readBytes(given);
    if (!room || room->count > 0)
        return room;
    given.refuse("needs more than 0 bytes");
    return std::nullopt;
}

} // namespace

std::vector<NodeSpec> readNodes(const Given& given) {
    std::vector<NodeSpec> nodes;
    const auto members = given.members();
    if (members.size() > nodesMax)
        given.refuse("needs at most 100 nodes");
    for (const auto& [name, inside] : members) {
        NodeSpec node;
        node.name = name;
        if (inside.isTable(fields::node)) {
            inside.take("write", node.write, readDuration);
            inside.take("fsync", node.flushEvery, readFsync);
            inside.take("disk", node.disk, readDisk);
        }
        nodes.push_back(std::move(node));
    }
    return nodes;
}

void readSlowDisk(const Given& given, const Names& names, FaultSpec& fault) {
    if (auto node = names.readNode(*given.member("slowDisk")))
        fault.node = std::move(*node);
    if (!given.has("by"))
        given.missing("by", "a duration such as \"200ms\"");
    given.take("by", fault.by, readPositiveDuration);
    if (fault.by > slowDiskMost)
        given.member("by")->refuse("needs at most \"24h\"");
}

void readRollingRestart(const Given& given, const Names& names, FaultSpec& fault) {
    if (auto node = names.readNode(*given.member("rollingRestart")))
        fault.node = std::move(*node);
    given.take("wait", fault.pause, readDuration);
    given.take("whenInSync", fault.whenInSync, readTruth);
}

void readReplication(const Given& given, const Names& names, ReplicationSpec& channel) {
    given.take("replicas", channel.replicas, wholeBetween<std::uint32_t>(1, replicasMax));
    given.take("minInSync", channel.minInSync, wholeBetween<std::uint32_t>(1, replicasMax));
    given.take("commit", channel.commitRule, oneOf(commitRules));
    given.take("leader", channel.leader, [&](const Given& leader) { return names.readNode(leader); });
    given.take("election", channel.election, readDuration);
    given.take("leaderReturns", channel.leaderReturns, readDuration);
    given.take("lagMax", channel.lagMax, readPositiveDuration);
    given.take("uncleanElection", channel.uncleanElection, readTruth);
    given.take("whenDiskFull", channel.whenDiskFull, oneOf(whenDiskFull));
    if (names.nodes.empty())
        return;
    if (const auto replicas = given.member("replicas"); replicas && channel.replicas > names.nodes.size())
        replicas->refuse("needs no more replicas than there are nodes, " + std::to_string(names.nodes.size()));
    if (const auto least = given.member("minInSync"); least && channel.minInSync > channel.replicas)
        least->refuse("needs no more than there are replicas, " + std::to_string(channel.replicas));
    if (channel.commitRule != CommitRule::majority)
        return;
    for (const char* key : {"minInSync", "uncleanElection"})
        if (const auto there = given.member(key))
            there->refuse("needs \"commit\": \"inSync\": with a majority, that majority decides");
}

} // namespace weir

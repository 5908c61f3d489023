#include "core/broker/assignor.h"

#include "core/broker/sticky_assignor.h"

#include <algorithm>

namespace weir {
namespace {

bool subscribes(const GroupMember& member, std::uint32_t topic) {
    return std::binary_search(member.topics.begin(), member.topics.end(), topic);
}

// Kafka's RangeAssignor: of n partitions each of m members gets n / m, the first n % m one more, topic by topic.
std::vector<std::vector<TopicPartition>> byRange(const Group& group) {
    std::vector<std::vector<TopicPartition>> owned(group.members.size());
    std::vector<std::size_t> readers;
    for (std::uint32_t topic = 0; topic < group.partitions.size(); ++topic) {
        readers.clear();
        for (std::size_t member = 0; member < group.members.size(); ++member)
            if (subscribes(group.members[member], topic))
                readers.push_back(member);
        if (readers.empty())
            continue;
        const auto count = static_cast<std::uint32_t>(readers.size());
        const std::uint32_t each = group.partitions[topic] / count;
        const std::uint32_t remainder = group.partitions[topic] % count;
        std::uint32_t partition = 0;
        for (std::uint32_t reader = 0; reader < count; ++reader)
            for (std::uint32_t n = each + (reader < remainder ? 1 : 0); n > 0; --n)
                owned[readers[reader]].push_back({topic, partition++});
    }
    return owned;
}

// Kafka's RoundRobinAssignor: one circle over the members for all partitions of all topics.
std::vector<std::vector<TopicPartition>> byRoundRobin(const Group& group) {
    std::vector<std::vector<TopicPartition>> owned(group.members.size());
    std::size_t turn = 0;
    for (std::uint32_t topic = 0; topic < group.partitions.size(); ++topic) {
        if (std::none_of(group.members.begin(), group.members.end(),
                         [&](const GroupMember& member) { return subscribes(member, topic); }))
            continue;
        for (std::uint32_t partition = 0; partition < group.partitions[topic]; ++partition) {
            while (!subscribes(group.members[turn % group.members.size()], topic))
                ++turn;
            owned[turn++ % group.members.size()].push_back({topic, partition});
        }
    }
    return owned;
}

// Kafka's CooperativeStickyAssignor: what a member would get that another one still owns is left out this time.
void withholdMoving(const Group& group, Assignment& assignment) {
    constexpr std::uint32_t nobody = UINT32_MAX;
    std::vector<std::vector<std::uint32_t>> ownerBefore;
    for (const std::uint32_t partitions : group.partitions)
        ownerBefore.emplace_back(partitions, nobody);
    for (std::uint32_t member = 0; member < group.members.size(); ++member)
        for (const TopicPartition& place : group.members[member].owned)
            if (place.topic < ownerBefore.size() && place.partition < ownerBefore[place.topic].size())
                ownerBefore[place.topic][place.partition] = member;
    for (std::uint32_t member = 0; member < group.members.size(); ++member)
        std::erase_if(assignment.owned[member], [&](const TopicPartition& place) {
            const std::uint32_t before = ownerBefore[place.topic][place.partition];
            if (before == nobody || before == member)
                return false;
            assignment.withheld.push_back(place);
            return true;
        });
    std::sort(assignment.withheld.begin(), assignment.withheld.end());
}

} // namespace

std::optional<Assignor> assignorNamed(std::string_view name) {
    if (name == "range")
        return Assignor::range;
    if (name == "roundrobin")
        return Assignor::roundRobin;
    if (name == "sticky")
        return Assignor::sticky;
    if (name == "cooperative-sticky")
        return Assignor::cooperativeSticky;
    return std::nullopt;
}

Assignment assignPartitions(Assignor assignor, const Group& group) {
    Assignment assignment;
    if (group.members.empty())
        return assignment;
    switch (assignor) {
    case Assignor::range:
        assignment.owned = byRange(group);
        break;
    case Assignor::roundRobin:
        assignment.owned = byRoundRobin(group);
        break;
    case Assignor::sticky:
        assignment.owned = assignSticky(group);
        break;
    case Assignor::cooperativeSticky:
        assignment.owned = assignSticky(group);
        withholdMoving(group, assignment);
        break;
    }
    return assignment;
}

} // namespace weir

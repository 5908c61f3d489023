#include "core/broker/group_history.h"

#include "core/broker/assignor.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace weir {
namespace {

constexpr std::int64_t partitionsMax = 1'000'000; // of all topics together
constexpr std::size_t membersMax = 10'000;

struct NamedMember {
    std::string name;
    std::string instance; // static; empty: none
    std::vector<std::uint32_t> topics;

    // What is owned belongs to it.
    std::string identity() const { return instance.empty() ? "member " + name : "instance " + instance; }
};

// Kafka's MemberInfo: static members first, by instance; the others by name.
bool before(const NamedMember& left, const NamedMember& right) {
    if (left.instance.empty() != right.instance.empty())
        return !left.instance.empty();
    return left.instance != right.instance ? left.instance < right.instance : left.name < right.name;
}

std::string quoted(const Value* value) {
    return value ? value->canonical() : std::string();
}

class History {
  public:
    std::optional<Error> readPartitions(const Value* partitions, const std::string& where) {
        if (!partitions || !partitions->table())
            return Error{where, "needs a table of partition counts by topic", quoted(partitions)};
        std::map<std::string, std::uint32_t> counts;
        std::int64_t all = 0;
        for (const auto& [topic, count] : *partitions->table()) {
            const auto whole = count.number() ? count.number()->whole() : std::nullopt;
            if (!whole || *whole < 0 || *whole > partitionsMax || (all += *whole) > partitionsMax)
                return Error{where + "/" + topic, "needs a whole number of partitions, at most 1000000 in all",
                             count.canonical()};
            counts[topic] = static_cast<std::uint32_t>(*whole);
        }
        m_topics.clear();
        m_group.partitions.clear();
        for (const auto& [topic, count] : counts) {
            m_topics.push_back(topic);
            m_group.partitions.push_back(count);
        }
        return std::nullopt;
    }

    Result<Value> step(Assignor assignor, const Value& step, const std::string& where) {
        if (!step.table())
            return Error{where, "needs a table {event, subscriptions}", step.canonical()};
        if (const Value* partitions = step.member("partitions"))
            if (auto error = readPartitions(partitions, where + "/partitions"))
                return *error;
        Result<std::vector<NamedMember>> members = readMembers(step.member("subscriptions"), where + "/subscriptions");
        if (!members)
            return members.error();
        m_group.members.clear();
        for (const NamedMember& member : *members)
            m_group.members.push_back({member.topics, owned(member)});
        const Assignment assignment = assignPartitions(assignor, m_group);
        m_owned.clear();
        Value::Table table;
        for (std::size_t i = 0; i < members->size(); ++i) {
            Value::List places;
            std::vector<std::pair<std::string, std::uint32_t>>& kept = m_owned[(*members)[i].identity()];
            for (const TopicPartition& place : assignment.owned[i]) {
                places.emplace_back(m_topics[place.topic] + '-' + std::to_string(place.partition));
                kept.emplace_back(m_topics[place.topic], place.partition);
            }
            table.emplace_back((*members)[i].name, std::move(places));
        }
        return withAssignment(step, std::move(table));
    }

  private:
    Result<std::vector<NamedMember>> readMembers(const Value* subscriptions, const std::string& where) const {
        if (!subscriptions || !subscriptions->table() || subscriptions->table()->size() > membersMax)
            return Error{where, "needs a table of topics by member, at most 10000", quoted(subscriptions)};
        std::vector<NamedMember> members;
        for (const auto& [name, subscription] : *subscriptions->table()) {
            const std::string here = where + "/" + name;
            NamedMember member{.name = name, .instance = {}, .topics = {}};
            const Value* topics = &subscription;
            if (subscription.table()) {
                topics = subscription.member("topics");
                const Value* instance = subscription.member("instance");
                if (instance && (!instance->text() || instance->text()->empty()))
                    return Error{here + "/instance", "needs the name of a static member", instance->canonical()};
                member.instance = instance ? *instance->text() : "";
            }
            if (!topics || !topics->list())
                return Error{here, "needs a list of topics", subscription.canonical()};
            for (const Value& topic : *topics->list()) {
                if (!topic.text())
                    return Error{here, "needs topics by name", topic.canonical()};
                // A topic without partitions here does not exist: nothing of it can be read.
                const auto found = std::lower_bound(m_topics.begin(), m_topics.end(), *topic.text());
                if (found != m_topics.end() && *found == *topic.text())
                    member.topics.push_back(static_cast<std::uint32_t>(found - m_topics.begin()));
            }
            std::sort(member.topics.begin(), member.topics.end());
            member.topics.erase(std::unique(member.topics.begin(), member.topics.end()), member.topics.end());
            members.push_back(std::move(member));
        }
        std::sort(members.begin(), members.end(), before);
        for (std::size_t i = 1; i < members.size(); ++i)
            if (!members[i].instance.empty() && members[i].instance == members[i - 1].instance)
                return Error{where + "/" + members[i].name, "needs an instance that no other member has",
                             members[i].instance};
        return members;
    }

    std::vector<TopicPartition> owned(const NamedMember& member) const {
        std::vector<TopicPartition> places;
        const auto known = m_owned.find(member.identity());
        if (known == m_owned.end())
            return places;
        for (const auto& [topic, partition] : known->second) {
            const auto found = std::lower_bound(m_topics.begin(), m_topics.end(), topic);
            if (found != m_topics.end() && *found == topic)
                places.push_back({static_cast<std::uint32_t>(found - m_topics.begin()), partition});
        }
        return places;
    }

    static Value withAssignment(const Value& step, Value::Table assignment) {
        Value::Table table = *step.table();
        std::erase_if(table, [](const Value::Member& member) { return member.first == "assignment"; });
        table.emplace_back("assignment", Value(std::move(assignment)));
        return table;
    }

    std::vector<std::string> m_topics; // in order
    Group m_group;
    std::map<std::string, std::vector<std::pair<std::string, std::uint32_t>>> m_owned; // by identity
};

} // namespace

Result<Value> assignHistory(const Value& history) {
    const Value* name = history.member("assignor");
    const auto assignor = name && name->text() ? assignorNamed(*name->text()) : std::nullopt;
    if (!assignor)
        return Error{"assignor", "needs one of range, roundrobin, sticky, cooperative-sticky", quoted(name)};
    History group;
    if (auto error = group.readPartitions(history.member("partitions"), "partitions"))
        return *error;
    const Value* steps = history.member("steps");
    if (!steps || !steps->list())
        return Error{"steps", "needs a list of steps {event, subscriptions}", quoted(steps)};
    Value::List answered;
    for (const Value& step : *steps->list()) {
        Result<Value> answer = group.step(*assignor, step, "steps/" + std::to_string(answered.size()));
        if (!answer)
            return answer.error();
        answered.push_back(std::move(answer).value());
    }
    return Value(std::move(answered));
}

} // namespace weir

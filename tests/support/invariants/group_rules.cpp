#include "support/invariants/group_rules.h"

#include "core/simulation/simulation.h"

#include <algorithm>
#include <climits>

namespace weir::invariants {

GroupRules::GroupRules(const Shared& shared, const MessageSource& source)
    : m_shared(shared), m_source(source), m_groups(shared.model.broker->subscriptions.size()) {
    const BrokerPlan& broker = *shared.model.broker;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const SubscriptionPlan& plan = broker.subscriptions[i];
        const ChannelPlan& channel = broker.channels[plan.channel.index()];
        if (channel.kind != ChannelKind::stream)
            continue;
        m_any = true;
        m_groups[i].committedOnly = plan.committedOnly;
        m_groups[i].channel = plan.channel;
        m_groups[i].partitions.resize(plan.partitionPlaces.size());
        m_groups[i].owned = channel.spec.group.delivery == GroupDelivery::partitions;
        m_groups[i].assignor = channel.spec.group.assignor;
        m_groups[i].alone = m_groups[i].owned && broker.groups[plan.group].size() == 1;
    }
    for (const ServicePlan& service : shared.model.services)
        m_up.emplace_back(service.instances, true);
}

bool GroupRules::isUp(ConsumerId consumer) const {
    const ConsumerPlan& plan = m_shared.model.consumers[consumer.index()];
    return m_up[plan.service.index()][plan.instance];
}

Broken GroupRules::apply(const Record& record, const Place& place) {
    if (!m_any)
        return {};
    if ((record.kind == RecordKind::crashed && record.attempt == 0) || record.kind == RecordKind::restarted) {
        m_up[place.service.index()][place.instance] = record.kind == RecordKind::restarted;
        return {};
    }
    if (record.kind == RecordKind::appended)
        return appended(record, place);
    if (record.kind == RecordKind::transactionCommitted || record.kind == RecordKind::transactionAborted)
        return marked(record, place);
    if (record.kind == RecordKind::leaderElected && place.partition != Place::noIndex)
        cut(record.extra, place);
    if (!place.subscription.valid() || m_groups[place.subscription.index()].partitions.empty())
        return {};
    Group& group = m_groups[place.subscription.index()];
    if (record.kind == RecordKind::rebalanced) {
        group.rebalancing = record.reason.valid();
        group.generation = record.value;
        return {};
    }
    if (place.partition == Place::noIndex)
        return {};
    Partition& partition = group.partitions[place.partition];
    const std::uint32_t offset = record.extra;
    switch (record.kind) {
    case RecordKind::released:
        if (!m_logs[{group.channel.value, place.partition}].holds(offset, record.ordinal))
            return "I09: released as what stands at another offset";
        if (const auto found = partition.waiting.find(record.ordinal); found != partition.waiting.end()) {
            partition.waiting.erase(found);
            partition.unsettled.insert(offset);
        }
        return {};
    case RecordKind::enqueued:
        if (offset == Record::noOffset) {
            partition.waiting.insert(record.ordinal);
            return {};
        }
        partition.unsettled.insert(offset);
        if (record.reason.valid()) // read again
            partition.delivered = std::min<std::int64_t>(partition.delivered, offset);
        return {};
    case RecordKind::delivered:
        m_shared.exercised.add(9);
        if (!m_logs[{group.channel.value, place.partition}].holds(offset, record.ordinal))
            return "I09: delivered as what stands at another offset";
        if (group.owned && offset < partition.delivered)
            return "I09: delivered out of the order of the log";
        if (group.committedOnly && offset >= m_logs[{group.channel.value, place.partition}].stable)
            return "I18: read beyond the last stable offset";
        partition.delivered = offset;
        return {};
    case RecordKind::acked:
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        partition.unsettled.erase(offset);
        return {};
    case RecordKind::committed: {
        m_shared.exercised.add(11);
        const bool sought = record.reason == m_shared.reasons().seek || record.reason == m_shared.reasons().leaderLost;
        if (!sought && offset < partition.committed)
            return "I11: a commit that goes back";
        if (!sought && !partition.unsettled.empty() && offset > *partition.unsettled.begin())
            return "I11: committed beyond what is handled";
        if (sought && !group.owned) // what is pending behind it holds the floor down no more
            partition.unsettled.erase(partition.unsettled.begin(), partition.unsettled.lower_bound(offset));
        partition.committed = offset;
        return {};
    }
    default:
        return {};
    }
}

// What the new leader has not is gone, and its offsets are given again.
void GroupRules::cut(std::uint32_t to, const Place& place) {
    Log& log = m_logs[{place.channel.value, place.partition}];
    log.end = to;
    log.ordinals.resize(to);
    log.stable = std::min(log.stable, to);
    for (const SubscriptionId id : m_shared.model.broker->channels[place.channel.index()].subscriptions) {
        Partition& partition = m_groups[id.index()].partitions[place.partition];
        partition.delivered = std::min<std::int64_t>(partition.delivered, std::int64_t{to} - 1);
    }
}

Broken GroupRules::appended(const Record& record, const Place& place) {
    m_shared.exercised.add(9);
    Log& log = m_logs[{place.channel.value, place.partition}];
    if (record.extra != log.end++)
        return "I09: offsets have gaps, or come twice";
    log.ordinals.push_back(record.ordinal);
    if (!record.isOpen() && log.stable == record.extra)
        log.stable = log.end;
    const auto message = m_source.message(record.ordinal);
    if (!message || message->partitionKey.empty())
        return {};
    // What comes over stays in the partition that it had where it comes from.
    const std::uint16_t from = record.hasCrossed() ? static_cast<std::uint16_t>(record.value) : place.channel.value;
    const auto [known, first] =
        m_partitionOf.try_emplace({place.channel.value, from, message->partitionKey}, place.partition);
    return first || known->second == place.partition ? Broken() : "I09: one key in two partitions";
}

Broken GroupRules::marked(const Record& record, const Place& place) {
    m_shared.exercised.add(18);
    Log& log = m_logs[{place.channel.value, place.partition}];
    if (record.extra != log.end++)
        return "I09: a marker that is not at the end of its log";
    log.ordinals.push_back(0);
    const auto stable = static_cast<std::uint32_t>(record.value);
    if (stable < log.stable || stable > log.end)
        return "I18: the last stable offset goes back, or beyond the end";
    log.stable = stable;
    return {};
}

Broken GroupRules::afterDue(const Simulation& simulation) {
    if (!m_any)
        return {};
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        if (!m_groups[i].partitions.empty() && m_groups[i].owned && !m_shared.networked)
            if (const Broken wrong = owners(simulation, SubscriptionId{static_cast<std::uint16_t>(i)}, m_groups[i]);
                !wrong.empty())
                return wrong;
    return {};
}

Broken GroupRules::owners(const Simulation& simulation, SubscriptionId id, Group& group) {
    const Model& model = m_shared.model;
    const auto isMember = [&](ConsumerId consumer) { return isUp(consumer) && !simulation.broker().hasLeft(consumer); };
    std::map<std::uint32_t, int> owned;
    bool some = false, all = true;
    for (std::uint32_t c = 0; c < model.consumers.size(); ++c) {
        const ConsumerPlan& plan = model.consumers[c];
        if (model.handlersOf(plan.service)[plan.handler].subscription != id)
            continue;
        owned[c] = 0;
        some = some || isMember(ConsumerId{c});
        all = all && isMember(ConsumerId{c});
    }
    if (!some)
        return {};
    m_shared.exercised.add(10);
    const bool cooperative = group.assignor == PartitionsBy::cooperativeSticky;
    const bool oneRound = group.generation == group.generationBefore + 1;
    for (std::uint32_t p = 0; p < group.partitions.size(); ++p) {
        const ConsumerId before = group.partitions[p].owner;
        const ConsumerId owner = group.partitions[p].owner = simulation.broker().position(id, p).owner;
        if (group.rebalancing) {
            if (!cooperative && owner.valid())
                return "I10: a partition has an owner while an eager rebalance goes on";
            continue;
        }
        if (!owner.valid())
            return "I10: a partition without an owner, and the group has members";
        const auto known = owned.find(owner.value);
        if (known == owned.end())
            return "I10: a partition's owner does not read its stream";
        ++known->second;
        if (cooperative && oneRound && before.valid() && before != owner && isMember(before))
            return "I10: revoked and given away in one round";
    }
    group.generationBefore = group.generation;
    if (group.rebalancing || !all || !group.alone || owned.empty())
        return {};
    int least = INT_MAX, most = 0;
    for (const auto& [consumer, partitions] : owned) {
        least = std::min(least, partitions);
        most = std::max(most, partitions);
    }
    return most - least > 1 ? "I10: partitions are not shared evenly" : Broken();
}

} // namespace weir::invariants

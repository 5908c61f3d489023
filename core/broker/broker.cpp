#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {

BrokerReasons BrokerReasons::in(Catalogue& catalogue) {
    return {.maxLength = catalogue.addReason("maxlen"),
            .expired = catalogue.addReason("expired"),
            .rejected = catalogue.addReason("rejected"),
            .deliveryLimit = catalogue.addReason("delivery_limit"),
            .ackTimeout = catalogue.addReason("ack_timeout"),
            .disconnected = catalogue.addReason("disconnected"),
            .publisherTimeout = catalogue.addReason("publisher_timeout"),
            .returned = catalogue.addReason("returned"),
            .retained = catalogue.addReason("retained"),
            .noRoute = catalogue.addReason("no_route"),
            .cycle = catalogue.addReason("cycle"),
            .retention = catalogue.addReason("retention"),
            .bound = catalogue.addReason("bound"),
            .drop = catalogue.addReason("drop"),
            .duplicate = catalogue.addReason("duplicate"),
            .redrive = catalogue.addReason("redrive"),
            .discard = catalogue.addReason("discard"),
            .rateLimit = catalogue.addReason("rate_limit"),
            .rolledBack = catalogue.addReason("rolled_back"),
            .checkLimit = catalogue.addReason("check_limit"),
            .messageSize = catalogue.addReason("message_size"),
            .sequence = catalogue.addReason("sequence"),
            .invalidSchema = catalogue.addReason("schema_invalid"),
            .unknownSchema = catalogue.addReason("schema_unknown"),
            .incompatibleSchema = catalogue.addReason("schema_incompatible"),
            .retry = catalogue.addReason("retry"),
            .queueExpired = catalogue.addReason("queue_expired"),
            .compacted = catalogue.addReason("compacted"),
            .superseded = catalogue.addReason("superseded"),
            .rebalancing = catalogue.addReason("rebalancing"),
            .offsetReset = catalogue.addReason("offset_reset"),
            .uncommitted = catalogue.addReason("uncommitted"),
            .seek = catalogue.addReason("seek"),
            .claimed = catalogue.addReason("claimed"),
            .noConsumer = catalogue.addReason("no_consumer"),
            .unheard = catalogue.addReason("unheard"),
            .earlierFailed = catalogue.addReason("earlier_failed"),
            .forgotten = catalogue.addReason("forgotten"),
            .noLeader = catalogue.addReason("no_leader"),
            .tooFewInSync = catalogue.addReason("too_few_in_sync"),
            .leaderLost = catalogue.addReason("leader_lost"),
            .nodeDown = catalogue.addReason("node_down"),
            .nodeUp = catalogue.addReason("node_up"),
            .powerOff = catalogue.addReason("power_off"),
            .diskFull = catalogue.addReason("disk_full"),
            .diskFree = catalogue.addReason("disk_free"),
            .slowDisk = catalogue.addReason("slow_disk"),
            .rollingRestart = catalogue.addReason("rolling_restart"),
            .aborted = catalogue.addReason("aborted"),
            .fenced = catalogue.addReason("fenced"),
            .transactionTimeout = catalogue.addReason("transaction_timeout"),
            .pollTimeout = catalogue.addReason("poll_timeout")};
}

Broker::Broker(std::shared_ptr<const BrokerPlan> plan) : m_plan(std::move(plan)) {
    m_subscriptions.resize(m_plan->subscriptions.size());
    m_open.resize(m_plan->subscriptions.size());
    m_streams.resize(m_plan->channels.size());
    m_duplicates.resize(m_plan->channels.size());
    m_groups.resize(m_plan->groups.size());
    for (const ChannelPlan& channel : m_plan->channels) {
        const bool stream = channel.kind == ChannelKind::stream;
        m_deadLetterKeys.push_back(channel.spec.deadLetterKey.empty() ? noHandle
                                                                      : m_routes.intern(channel.spec.deadLetterKey));
        if (stream)
            m_streams[static_cast<std::size_t>(&channel - m_plan->channels.data())] = {
                .logs = std::vector<StreamLog>(channel.spec.partitions),
                .retentionScheduled = std::vector<bool>(channel.spec.partitions),
                .cleaners = std::vector<LogCleaner>(channel.spec.compaction ? channel.spec.partitions : 0),
                .subjects = std::vector<SubjectIndex>(channel.spec.retainPerSubject ? channel.spec.partitions : 0)};
        for (const SubscriptionId id : channel.subscriptions) {
            SubscriptionState& state = m_subscriptions[id.index()];
            state.ready = ReadyLine(channel.spec.priorities);
            state.plainTurns = channel.spec.dispatch == DispatchMode::shared && takesTurns(channel.spec.order);
            state.cursors.resize(stream ? channel.spec.partitions : 0);
            state.shared = stream && !channel.spec.hasOwners();
        }
    }
    adoptRates(SimTime{});
    adoptGates();
    adoptOutstanding();
    openNodes();
}

void Broker::reconfigure(std::shared_ptr<const BrokerPlan> plan, BrokerDoor& door) {
    const std::shared_ptr<const BrokerPlan> before = std::exchange(m_plan, std::move(plan));
    assert(before->channels.size() == m_plan->channels.size());
    adoptRates(door.now);
    adoptGates();
    adoptOutstanding();
    for (std::uint16_t c = 0; c < m_plan->channels.size(); ++c) {
        const ChannelPlan& channel = m_plan->channels[c];
        const ChannelSpec& old = before->channels[c].spec;
        if (channel.spec.rate != old.rate)
            passThrottled(ChannelId{c}, door);
        if (channel.spec.deadLetterKey != old.deadLetterKey)
            m_deadLetterKeys[c] =
                channel.spec.deadLetterKey.empty() ? noHandle : m_routes.intern(channel.spec.deadLetterKey);
        for (const SubscriptionId id : channel.subscriptions) {
            if (channel.spec.ackTimeout && old.ackTimeout && *channel.spec.ackTimeout < *old.ackTimeout)
                shortenDeadlines(id, *channel.spec.ackTimeout, door);
            if (channel.spec.deliveryRate != old.deliveryRate)
                resumePaced(id, door);
            if (channel.kind == ChannelKind::queue &&
                (channel.spec.dispatch != old.dispatch || channel.spec.order != old.order ||
                 channel.spec.idleExpiry != old.idleExpiry)) {
                consumersChanged(id, ConsumerId::none(), door);
                dispatch(id, door);
            }
            if (channel.spec.unackedMax != old.unackedMax)
                dispatch(id, door);
            wakePublishers(id, door); // there may be room now, or nobody is to wait any more
        }
        if (channel.kind == ChannelKind::stream &&
            (channel.spec.retainFor != old.retainFor || channel.spec.retainCount != old.retainCount ||
             channel.spec.retainBytes != old.retainBytes))
            for (std::uint32_t partition = 0; partition < channel.spec.partitions; ++partition) {
                m_streams[c].retentionScheduled[partition] = false; // what is scheduled may be too late
                applyRetention(ChannelId{c}, partition, door);
            }
    }
}

// Copies that stay for good after their last delivery are nobody's business any more.
void Broker::adoptOutstanding() {
    const bool counts = std::any_of(m_plan->channels.begin(), m_plan->channels.end(),
                                    [](const ChannelPlan& channel) { return channel.spec.unackedMax.has_value(); });
    if (!counts && m_outstanding.empty())
        return;
    m_outstanding.assign(counts ? m_subscriptions.size() : 0, 0);
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle) {
        Copy& copy = m_copies[handle];
        const bool stays = copy.state == CopyState::delayed && copy.readySince == Copy::never;
        copy.outstanding = copy.state != CopyState::none && copy.attempt > 0 && !copy.settled && !stays &&
                           channelOf(copy.subscription).spec.unackedMax;
        if (copy.outstanding)
            ++m_outstanding[copy.subscription.index()];
    }
}

MessageHandle Broker::add(Message&& message, std::uint32_t requester) {
    if (message.cause == 0)
        message.family = m_families.add({message.ordinal, message.published, 0, 0, requester, false});
    Family& family = m_families[message.family];
    ++family.open;
    ++family.references;
    message.references = 1;
    return m_messages.add(std::move(message));
}

void Broker::retain(MessageHandle handle) {
    Message& message = m_messages[handle];
    ++message.references;
    ++m_families[message.family].open;
    ++m_families[message.family].references;
}

void Broker::complete(Family& family, BrokerDoor& door) {
    family.complete = true;
    Record record;
    record.at = door.now;
    record.ordinal = family.root;
    record.value = (door.now - family.started).count();
    record.kind = RecordKind::completed;
    door.recorder.append(record);
    if (family.requester != Family::noRequester)
        door.effects.completed(family.requester, door);
}

std::size_t Broker::ready(SubscriptionId subscription) const {
    std::size_t ready = m_subscriptions[subscription.index()].ready.size();
    for (const ConsumerId consumer : m_subscriptions[subscription.index()].consumers)
        ready += m_consumers[consumer.index()].own.size();
    return ready;
}

std::size_t Broker::memoryBytes() const {
    std::size_t bytes = sizeof(Broker) + m_messages.memoryBytes() + m_copies.memoryBytes() + m_families.memoryBytes() +
                        m_waiting.memoryBytes() + m_routes.memoryBytes() + m_router.memoryBytes() +
                        m_retained.size() * (sizeof(std::pair<ChannelId, std::string>) + 48) +
                        m_pacings.size() * sizeof(Pacing) + m_gatekeeping.memoryBytes() + m_halves.memoryBytes() +
                        m_transactions.memoryBytes() + m_lateAppends.memoryBytes();
    for (const Ring<Archived>& kept : m_archives)
        bytes += sizeof kept + kept.memoryBytes();
    for (const ReplicaSet& set : m_replicaSets)
        bytes += set.memoryBytes();
    bytes += m_nodes.size() * sizeof(BrokerNode) + m_unreached.size() * sizeof m_unreached.front() +
             m_weights.size() * sizeof(std::int64_t) + m_diskLine.memoryBytes();
    bytes += m_copyEntries.size() * sizeof(CopyEntry) + m_waits.memoryBytes();
    bytes += m_successions.memoryBytes() + m_successors.memoryBytes() +
             m_partsOfSuccessions.size() * sizeof(PartOfSuccession) + m_outstanding.size() * sizeof(std::int64_t);
    for (const RateLimiter& limiter : m_limiters)
        bytes += sizeof limiter + limiter.line.memoryBytes();
    for (const SubscriptionState& state : m_subscriptions)
        bytes += sizeof state + state.ready.memoryBytes() + state.arrivals.memoryBytes() + state.line.memoryBytes() +
                 state.deadlines.memoryBytes() + state.expiryDues.size() * sizeof(SimTime) +
                 state.waiting.memoryBytes() + state.cursors.size() * sizeof(GroupCursor) +
                 state.members.size() * sizeof(ConsumerId) + state.heldKeys.size() * sizeof(HeldKey);
    for (const SubscriptionState& state : m_subscriptions)
        for (const GroupCursor& cursor : state.cursors)
            bytes += cursor.settled.memoryBytes();
    for (const Consumer& consumer : m_consumers)
        bytes += sizeof consumer + consumer.wanting.memoryBytes() + consumer.own.memoryBytes() +
                 consumer.options.partitionPlaces.size() * sizeof(PlaceId);
    for (const StreamState& stream : m_streams)
        for (const Replicator& replicator : stream.replicators)
            bytes += sizeof replicator + replicator.line.memoryBytes();
    for (const StreamState& stream : m_streams)
        for (std::size_t partition = 0; partition < stream.logs.size(); ++partition) {
            bytes += stream.logs[partition].memoryBytes();
            bytes += partition < stream.subjects.size() ? stream.subjects[partition].memoryBytes() : 0;
            bytes += partition < stream.transactions.size() ? stream.transactions[partition].memoryBytes() : 0;
        }
    return bytes;
}

void Broker::run(BrokerDue kind, std::uint32_t a, std::uint64_t b, BrokerDoor& door) {
    if (hasNodes() && holdsDue(kind, a, b))
        return;
    switch (kind) {
    case BrokerDue::ackDeadline:
        if (const SubscriptionId id{static_cast<std::uint16_t>(a)}; m_subscriptions[id.index()].deadlineGeneration == b)
            checkDeadlines(id, door);
        return;
    case BrokerDue::release:
        if (m_copies[a].generation == b && m_copies[a].state == CopyState::delayed)
            endDelay(a, door);
        return;
    case BrokerDue::checkBack:
        if (m_halves[a].open && m_halves[a].generation == b)
            checkBack(a, door);
        return;
    case BrokerDue::expireHead: {
        const SubscriptionId id{static_cast<std::uint16_t>(a)};
        m_subscriptions[id.index()].expiryDues.pop_back();
        m_subscriptions[id.index()].jumped = Copy::noMessage;
        expireHeads(id, Copy::noMessage, door);
        scheduleExpiry(id, door);
        if (!m_outstanding.empty())
            dispatch(id, door);
        wakePublishers(id, door);
        return;
    }
    case BrokerDue::expireCopy:
        if (m_copies[a].generation == b && m_copies[a].state == CopyState::ready)
            expireCopy(a, door);
        return;
    case BrokerDue::idleExpiry:
        if (const SubscriptionId id{static_cast<std::uint16_t>(a)}; m_subscriptions[id.index()].idleGeneration == b)
            deleteQueue(id, door);
        return;
    case BrokerDue::publisherTimeout:
        if (m_waiting[a].open && m_waiting[a].generation == b)
            giveUp(a, door);
        return;
    case BrokerDue::retention: {
        const ChannelId channel{static_cast<std::uint16_t>(a)};
        m_streams[channel.index()].retentionScheduled[b] = false;
        applyRetention(channel, static_cast<std::uint32_t>(b), door);
        return;
    }
    case BrokerDue::rateLimit:
        if (const ChannelId channel{static_cast<std::uint16_t>(a)}; m_limiters[channel.index()].generation == b)
            passThrottled(channel, door);
        return;
    case BrokerDue::deliveryRate:
        if (const SubscriptionId id{static_cast<std::uint16_t>(a)}; m_pacings[id.index()].generation == b)
            resumePaced(id, door);
        return;
    case BrokerDue::rebalance:
        if (m_groups[a].rebalancing && m_groups[a].generation == b) // else it is over
            rebalance(a, door);
        return;
    case BrokerDue::sessionEnds:
        endSession(ConsumerId{a}, b, door);
        return;
    case BrokerDue::pollEnds:
        pollEnds(ConsumerId{a}, door);
        return;
    case BrokerDue::commit:
        commitDue(SubscriptionId{static_cast<std::uint16_t>(a)}, static_cast<std::uint32_t>(b), door);
        return;
    case BrokerDue::fetch:
        fetchDue(a, b, door);
        return;
    case BrokerDue::lag:
        checkLag(a, static_cast<std::uint32_t>(b), door);
        return;
    case BrokerDue::election:
        if (m_replicaSets[a].term == b) // else somebody has been elected before
            holdElection(a, door);
        return;
    case BrokerDue::leaderReturns:
        returnLeader(a, b, door);
        return;
    case BrokerDue::replicator:
        arriveOver(ChannelId{static_cast<std::uint16_t>(a)}, static_cast<std::uint32_t>(b), door);
        return;
    case BrokerDue::transactions:
        timeOutTransactions(b, door);
        return;
    case BrokerDue::leaderCutOff:
        checkLeader(a, b, door);
        return;
    case BrokerDue::disk:
        lookAtDisk(NodeId{static_cast<std::uint16_t>(a)}, door);
        return;
    case BrokerDue::nextInTurn:
        if (m_successions[a].generation == b)
            serveNext(a, door);
        return;
    case BrokerDue::append:
        if (m_lateAppends[a].generation == b)
            appendLate(a, door);
        return;
    case BrokerDue::recordReady:
        endWithholding(ChannelId{static_cast<std::uint16_t>(a >> 16U)}, a & 0xFFFFU, b, door);
        return;
    }
}

} // namespace weir

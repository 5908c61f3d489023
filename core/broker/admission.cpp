// Admission: may a message come in, must its producer wait, or is it refused.
#include "core/broker/broker.h"

#include <algorithm>
#include <cassert>

namespace weir {

Admission Broker::publish(const Publish& publish, BrokerDoor& door) {
    if (const auto targets = m_routes.kept(publish.channel, m_messages[publish.message].routingKey);
        goesFreely(publish, targets)) {
        passFreely(publish, targets, door);
        return Admission::accepted;
    }
    if (m_plan->channels[publish.channel.index()].spec.rate)
        return throttle(publish, door);
    return decide(publish, door, noHandle);
}

// `waiting` names the blocked publish that is tried again, or noHandle at the first try.
Admission Broker::decide(const Publish& publish, BrokerDoor& door, std::uint32_t waiting) {
    // Deliveries below may move the slab.
    const PlaceId from = m_messages[publish.message].from;
    const RoutingKeyId key = m_messages[publish.message].routingKey;
    const auto unblocked = [&] {
        if (waiting == noHandle)
            return;
        Record record = recordOf(RecordKind::unblocked, publish.message, from, door.now);
        record.value = (door.now - m_waiting[waiting].since).count();
        door.recorder.append(record);
    };
    if (key == RouteTable::tooMany) {
        refuse(publish, m_plan->reasons.bound, door);
        return Admission::refused;
    }
    if (publish.transaction.valid() && !isOpen(publish.transaction)) { // it waited for longer than that
        unblocked();
        refuse(publish, m_plan->reasons.fenced, door);
        return Admission::refused;
    }
    if (const std::optional<ReasonId> away = unavailable(publish, door)) {
        unblocked();
        refuse(publish, *away, door);
        return Admission::refused;
    }
    Entry entry = askSequence(publish);
    const bool exchange = m_plan->channels[publish.channel.index()].kind == ChannelKind::exchange ||
                          m_plan->channels[publish.channel.index()].kind == ChannelKind::topic;
    if (entry.way == Entry::Way::open && exchange)
        entry = askGate(publish.channel, publish.message, door);
    if (entry.way != Entry::Way::open) {
        unblocked();
        const Admission repeat = entry.way == Entry::Way::repeated ? answerRepeat(publish, door) : Admission::accepted;
        const Admission outcome = *turnAway(publish, entry, door);
        return outcome == Admission::accepted ? repeat : outcome;
    }
    const Routing routing = route(publish.message, publish.channel, door);
    std::span<const RouteTarget> targets = routing.targets();
    std::vector<RouteTarget> chosen; // of a replay
    if (publish.replayed)
        targets = chosen = replayTargets(publish, targets);
    if (exchange && m_plan->channels[publish.channel.index()].mustBeHeard &&
        m_routes.key(key) == m_plan->channels[publish.channel.index()].spec.mustBeHeard && !isHeard(targets)) {
        unblocked();
        refuse(publish, m_plan->reasons.unheard, door);
        return Admission::refused;
    }
    const bool archived = exchange && m_plan->channels[publish.channel.index()].archive && !publish.replayed;
    if (std::all_of(targets.begin(), targets.end(), [this](const RouteTarget& target) { return isDeleted(target); })) {
        unblocked(); // the queue that it waited for was deleted
        // AMQP 0-9-1: dropped, and confirmed to its producer all the same; a mandatory one is returned before that.
        Record record = recordOf(RecordKind::unroutable, publish.message, from, door.now);
        if (publish.mandatory)
            record.reason = m_plan->reasons.returned;
        door.recorder.append(record);
        noteSequence(publish);
        if (publish.retain)
            keep(publish);
        if (archived)
            archive(publish, door);
        unhold(publish.message, door);
        return Admission::accepted;
    }
    if (m_disksFull > 0 && meetsFullDisk(targets)) {
        waitForDisk(publish, waiting, door);
        return Admission::blocked;
    }
    bool someAccept = false;
    bool someFull = false;
    Entry denied; // what the worst answer was
    for (const RouteTarget& target : targets) {
        const ChannelPlan& channel = m_plan->channels[target.channel.index()];
        if (isDeleted(target))
            continue;
        Entry answer = channel.gated ? askGate(target.channel, publish.message, door) : Entry{};
        if (answer.way == Entry::Way::open) {
            if (answer.reason.valid())
                entry = answer; // a warning
            if (channel.kind == ChannelKind::queue && takesPlaceAtOnce(channel.spec, m_messages[publish.message]) &&
                full(channel.subscriptions.front(), publish.message)) {
                if (channel.spec.overflow == Overflow::block) {
                    waitForRoom(publish, target.channel, waiting, door);
                    return Admission::blocked;
                }
                if (channel.spec.overflow == Overflow::reject || channel.spec.overflow == Overflow::rejectDeadLetter)
                    answer = {Entry::Way::refused, m_plan->reasons.maxLength};
            }
            if (channel.kind == ChannelKind::stream && streamFull(target.channel, publish))
                answer = {Entry::Way::refused, m_plan->reasons.maxLength};
            someFull = someFull || answer.way == Entry::Way::refused;
        }
        if (answer.way == Entry::Way::open || (answer.way == Entry::Way::dead && channel.deadLetter.valid()))
            someAccept = true;
        else if (denied.way != Entry::Way::refused) // a refusal is worse than having been here
            denied = answer;
    }
    unblocked();
    take(routing);
    if (!someAccept) {
        const Admission repeat = denied.way == Entry::Way::repeated ? answerRepeat(publish, door) : Admission::accepted;
        const Admission outcome = turnAllAway(publish, targets, denied, door);
        return outcome == Admission::accepted ? repeat : outcome;
    }
    noteSequence(publish);
    if (exchange)
        noteEntry(publish.channel, publish.message, door);
    // What comes twice to an exchange that knows repeats goes on once.
    const bool once = exchange && m_plan->channels[publish.channel.index()].spec.dedup;
    const int times = once ? 1 : timesOf(publish);
    Record record = recordOf(RecordKind::routed, publish.message, from, door.now);
    record.value = times * copiesOn(targets);
    record.reason = times > 1 ? m_plan->reasons.duplicate : entry.reason;
    record.extra = static_cast<std::uint32_t>(std::min<std::int64_t>(m_messages[publish.message].size, UINT32_MAX));
    door.recorder.append(record);
    if (publish.retain)
        keep(publish);
    if (archived)
        archive(publish, door);
    const bool inTurn = m_plan->channels[publish.channel.index()].inTurn;
    if (!inTurn)
        reserve(publish.message, targets);
    // RabbitMQ: where one has no room, or nobody leads it, the others get it, and its producer a no.
    const bool someUnled = asks(publish) && std::any_of(targets.begin(), targets.end(), [&](const RouteTarget& target) {
                               return isUnled(target, publish.message);
                           });
    const bool someMiss = someUnled || (someFull && publish.confirmed);
    Publish told = publish;
    if (someMiss)
        told.acks.reset();
    const std::uint32_t wait = beginWait(told, inTurn);
    std::uint32_t succession = noHandle;
    for (int time = 0; time < times; ++time)
        for (const RouteTarget& target : targets) {
            if (isDeleted(target))
                continue;
            const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            if (inTurn && channel.kind == ChannelKind::queue) {
                if (passesGate(told, target, false, door))
                    standBehind(succession, publish.message, target, door);
                continue;
            }
            if (time == 0 && channel.kind == ChannelKind::queue && channel.spec.bounded())
                m_subscriptions[channel.subscriptions.front().index()].reserved.take(m_messages[publish.message].size);
            const std::uint32_t buffer = wait == noHandle ? ChannelPlan::noBuffer : targetBuffer(target, publish.message);
            const std::uint64_t before = buffer == ChannelPlan::noBuffer ? 0 : m_replicaSets[buffer].appended;
            pass(told, target, door);
            if (buffer != ChannelPlan::noBuffer && m_replicaSets[buffer].appended > before)
                expect(wait, *publish.acks, buffer, before + 1);
        }
    if (succession != noHandle)
        serveInTurn(succession, wait, door);
    unhold(publish.message, door);
    return someMiss ? Admission::refused : endWait(wait);
}

// Nobody on its way asks anything: no gate, limit, node, fault or retained message.
bool Broker::goesFreely(const Publish& publish, std::span<const RouteTarget> targets) const {
    const Message& message = m_messages[publish.message];
    const auto takes = [&](ChannelId id) {
        const ChannelPlan& channel = m_plan->channels[id.index()];
        return channel.asksNothing && message.size <= channel.messageSizeMax;
    };
    if (!publish.isPlain() || hasNodes() || m_someDeleted || targets.empty() ||
        (message.content && message.content->producer != 0) || m_duplicates[publish.channel.index()] != 0 ||
        !takes(publish.channel))
        return false;
    for (const RouteTarget& target : targets)
        if (!takes(target.channel))
            return false;
    return true;
}

// What decide() comes to then.
void Broker::passFreely(const Publish& publish, std::span<const RouteTarget> targets, BrokerDoor& door) {
    const Message& message = m_messages[publish.message];
    Record record = recordOf(RecordKind::routed, publish.message, message.from, door.now);
    record.value = 0;
    for (const RouteTarget& target : targets)
        record.value += static_cast<std::int64_t>(m_plan->channels[target.channel.index()].subscriptions.size());
    record.extra = static_cast<std::uint32_t>(std::min<std::int64_t>(message.size, UINT32_MAX));
    door.recorder.append(record);
    for (const RouteTarget& target : targets)
        letIn(publish, target, door);
    unhold(publish.message, door);
}

Routing Broker::route(MessageHandle message, ChannelId channel, BrokerDoor& door, RoutingKeyId other) {
    const RoutingKeyId key = other != noHandle ? other : m_messages[message].routingKey;
    const bool perMessage = m_plan->channels[channel.index()].perMessage;
    if (!perMessage)
        if (const auto kept = m_routes.targets(*m_plan, channel, key))
            return Routing(*kept);
    RoutingResult& result = m_routings.open();
    if (perMessage) {
        EventView event = door.effects.view(message);
        event.routingKey = m_routes.key(key);
        const RoutedMessage asked{
            .event = event, .now = door.now, .open = m_open, .source = m_messages[message].source};
        m_router.route(*m_plan, channel, m_routes.key(key), &asked, result);
    } else {
        m_router.route(*m_plan, channel, m_routes.key(key), nullptr, result);
    }
    return Routing(m_routings, result);
}

// None of its targets takes it. Those that refuse for want of room may have a dead letter of it.
Admission Broker::turnAllAway(const Publish& publish, std::span<const RouteTarget> targets, Entry denied,
                              BrokerDoor& door) {
    if (denied.way == Entry::Way::repeated)
        for (const RouteTarget& target : targets)
            noteEntry(target.channel, publish.message, door);
    retain(publish.message);
    const Admission outcome = *turnAway(publish, denied, door);
    for (const RouteTarget& target : targets)
        if (const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            channel.spec.overflow == Overflow::rejectDeadLetter && !isDeleted(target) &&
            askGate(target.channel, publish.message, door).way == Entry::Way::open)
            buryAtBirth(publish.message,
                        {.subscription = channel.subscriptions.front(), .via = {}, .deaths = nullptr}, door);
    unhold(publish.message, door);
    return outcome;
}

// `waiting` is noHandle where it begins to wait; else it goes on waiting, at another queue perhaps.
void Broker::waitForRoom(const Publish& publish, ChannelId channel, std::uint32_t waiting, BrokerDoor& door) {
    const SubscriptionId queue = m_plan->channels[channel.index()].subscriptions.front();
    if (waiting == noHandle)
        waiting = beginWaiting(publish, m_plan->channels[channel.index()].place, ReasonId::none(), door);
    m_waiting[waiting].at = queue;
    SubscriptionState& state = m_subscriptions[queue.index()];
    state.everWaiting = true;
    state.waiting.pushBack(waiting);
}

std::uint32_t Broker::beginWaiting(const Publish& publish, PlaceId place, ReasonId reason, BrokerDoor& door) {
    const std::uint32_t waiting =
        m_waiting.add({.publish = publish, .since = door.now, .generation = ++m_generation, .at = {}, .open = true});
    Record record = recordOf(RecordKind::blocked, publish.message, place, door.now);
    record.reason = reason;
    door.recorder.append(record);
    if (publish.timeout != Duration::max())
        door.effects.schedule(
            door.now + publish.timeout,
            {static_cast<std::uint8_t>(BrokerDue::publisherTimeout), waiting, m_waiting[waiting].generation});
    return waiting;
}

// EventEmitter2 throws what is emitted as `error`, unless somebody listens.
bool Broker::isHeard(std::span<const RouteTarget> targets) const {
    return std::any_of(targets.begin(), targets.end(), [this](const RouteTarget& target) {
        const ChannelPlan& channel = m_plan->channels[target.channel.index()];
        return channel.kind == ChannelKind::stream || presentAt(channel.subscriptions.front()) > 0;
    });
}

// Into a queue or stream, or to its end at that one's gate.
void Broker::pass(const Publish& publish, const RouteTarget& target, BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[target.channel.index()];
    const bool noRoom = channel.kind == ChannelKind::stream && streamFull(target.channel, publish);
    if (!passesGate(publish, target, noRoom, door))
        return;
    if (noRoom)
        dropAtStream(publish.message, target.channel, door);
    else
        letIn(publish, target, door);
}

// Nothing is in its way any more.
void Broker::letIn(const Publish& publish, const RouteTarget& target, BrokerDoor& door) {
    const ChannelPlan& channel = m_plan->channels[target.channel.index()];
    if (channel.kind == ChannelKind::stream)
        append(publish.message,
               {.channel = target.channel,
                .via = target.via,
                .asked = publish.acks,
                .transaction = publish.transaction,
                .crossed = publish.crossed,
                .round = publish.round,
                .delay = delayOf(publish)},
               door);
    else
        enqueue(publish.message,
                {.subscription = channel.queue,
                 .via = target.via,
                 .deaths = nullptr,
                 .logged = {.entry = 0, .asked = publish.acks}},
                door);
}

bool Broker::passesGate(const Publish& publish, const RouteTarget& target, bool noRoom, BrokerDoor& door) {
    if (!m_plan->channels[target.channel.index()].gated)
        return true;
    const Entry answer = askGate(target.channel, publish.message, door);
    if ((answer.way == Entry::Way::open && !noRoom) || answer.way == Entry::Way::repeated)
        noteEntry(target.channel, publish.message, door);
    if (answer.way != Entry::Way::open)
        buryAtGate(publish, target, answer, door);
    return answer.way == Entry::Way::open;
}

std::int64_t Broker::copiesOn(std::span<const RouteTarget> targets) const {
    std::int64_t copies = 0;
    for (const RouteTarget& target : targets) {
        const std::vector<SubscriptionId>& read = m_plan->channels[target.channel.index()].subscriptions;
        if (isDeleted(target))
            continue;
        copies += static_cast<std::int64_t>(read.size());
        if (!read.empty() && broadcasts(read.front()))
            copies += std::max<std::int64_t>(1, presentAt(read.front())) - 1;
    }
    return copies;
}

// What the copies of a publish set free on their way (a dropped head that becomes a dead letter elsewhere, a producer that
// is woken) must not take the places that it was let in for.
void Broker::reserve(MessageHandle message, std::span<const RouteTarget> targets) {
    for (const RouteTarget& target : targets)
        if (const ChannelPlan& channel = m_plan->channels[target.channel.index()];
            channel.kind == ChannelKind::queue && channel.spec.bounded() && !isDeleted(target))
            m_subscriptions[channel.subscriptions.front().index()].reserved.add(m_messages[message].size);
}

void Broker::refuse(const Publish& publish, ReasonId reason, BrokerDoor& door) {
    recordRefusal(publish, reason, door);
    unhold(publish.message, door);
}

void Broker::recordRefusal(const Publish& publish, ReasonId reason, BrokerDoor& door) {
    if (isOpen(publish.transaction))
        m_transactions[publish.transaction.transaction].failed = true;
    Record record = recordOf(RecordKind::refused, publish.message, m_messages[publish.message].from, door.now);
    record.reason = reason;
    door.recorder.append(record);
}

void Broker::unhold(MessageHandle handle, BrokerDoor& door) {
    release(handle, door);
}

// One that is delayed needs its place when its delay is over, where waiting copies are what counts.
bool Broker::takesPlaceAtOnce(const ChannelSpec& spec, const Message& message) const {
    return spec.capacityCounts == CapacityCounts::unsettled ||
           std::max(spec.delay.value_or(Duration::zero()), message.delay) == Duration::zero();
}

// Room is a free place, or a consumer that would take the copy at once (so that capacity 0 is a queue without places).
bool Broker::full(SubscriptionId id, MessageHandle message) {
    const ChannelSpec& spec = channelOf(id).spec;
    const SubscriptionState& state = m_subscriptions[id.index()];
    if (!spec.bounded() || state.deleted)
        return false;
    const bool all = spec.capacityCounts == CapacityCounts::unsettled;
    const Fill& fill = all ? state.unsettled : state.filled;
    const bool place = !spec.capacity || fill.copies + state.reserved.copies < *spec.capacity;
    // RabbitMQ 3.10: the bytes with the message's own must not be more than the limit.
    const bool bytes = !spec.capacityBytes || fill.bytes + state.reserved.bytes + m_messages[message].size <=
                                                  spec.capacityBytes->count;
    if (place && bytes)
        return false;
    // RabbitMQ's classic queues look at the bytes before they look for a consumer (observed on 3.10.8).
    const bool rejects = spec.overflow == Overflow::reject || spec.overflow == Overflow::rejectDeadLetter;
    if (rejects && !bytes && !deliversBeforeTrim(id))
        return true;
    if (all || state.reserved.copies > 0 || (isKept(id) && !serves(bufferOf(id)))) // what is not served goes to nobody
        return true;
    if (!wouldBeTaken(id, m_messages[message]) || (state.paced && m_pacings[id.index()].waits))
        return true;
    // While a settlement goes on its consumer has its credit back, and what waits here is still to be offered to it.
    return !state.ready.empty() && peekTurn(id) != Copy::noMessage;
}

void Broker::wakePublishers(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.waking)
        return;
    state.waking = true;
    while (!state.waiting.empty()) {
        const std::uint32_t handle = state.waiting.front();
        if (full(id, m_waiting[handle].publish.message) && channelOf(id).spec.overflow == Overflow::block)
            break;
        state.waiting.popFront();
        tryAgain(handle, door);
    }
    state.waking = false;
}

// It has left the line in which it waited.
void Broker::tryAgain(std::uint32_t handle, BrokerDoor& door) {
    const Publish publish = m_waiting[handle].publish;
    const Admission outcome = decide(publish, door, handle);
    if (outcome == Admission::blocked)
        return; // it waits elsewhere now
    m_waiting[handle].open = false;
    m_waiting.free(handle);
    if (publish.token != noHandle && isDecided(outcome))
        door.effects.admitted(publish.token, outcome, door);
}

void Broker::giveUp(std::uint32_t handle, BrokerDoor& door) {
    Waiting& waiting = m_waiting[handle];
    const Publish publish = waiting.publish;
    if (waiting.at.valid() || waiting.forDisk) {
        if (waiting.forDisk)
            leaveDiskLine(handle);
        else {
            Ring<std::uint32_t>& line = m_subscriptions[waiting.at.index()].waiting;
            for (std::size_t i = 0; i < line.size(); ++i)
                if (line[i] == handle) {
                    line.erase(i);
                    break;
                }
        }
        Record record = recordOf(RecordKind::unblocked, publish.message, m_messages[publish.message].from, door.now);
        record.value = (door.now - waiting.since).count();
        door.recorder.append(record);
    } else {
        leaveThrottled(publish.channel, handle, door);
    }
    waiting.open = false;
    m_waiting.free(handle);
    refuse(publish, m_plan->reasons.publisherTimeout, door);
    if (publish.token != noHandle)
        door.effects.admitted(publish.token, Admission::refused, door);
}

} // namespace weir

// Buffers: a copy's birth in a queue; capacity, delay, time to live.
#include "core/broker/broker.h"
#include "core/broker/together.h"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

namespace weir {
namespace {

// Which birth an Arrival is about: copies of one message may come to a queue one after the other, each in a round of
// its own, and get the same place in the slab.
std::uint64_t birthOf(const Copy& copy, const Message& message) {
    return message.ordinal | std::uint64_t{copy.round} << 48U;
}

} // namespace

void Broker::enqueue(MessageHandle message, const Birth& birth, BrokerDoor& door) {
    if (isKept(birth.subscription))
        log(message, birth, door);
    else
        enter(message, birth, door);
}

void Broker::enter(MessageHandle messageHandle, const Birth& birth, BrokerDoor& door) {
    const SubscriptionId id = birth.subscription;
    const SubscriptionPlan& subscription = m_plan->subscriptions[id.index()];
    const Message& message = m_messages[messageHandle];
    if (subscription.asksNothing && message.delay + birth.delay == Duration::zero()) {
        const CopyHandle handle = bear(messageHandle, birth, Duration::zero(), door);
        if (goesStraight(m_subscriptions[id.index()]))
            goStraight(handle, id, door);
        else
            pushReady(handle, RequeueTo::tail, door);
        dispatch(id, door, handle);
        return;
    }

    const ChannelSpec& spec = m_plan->channels[subscription.channel.index()].spec;
    const Duration delay = std::max(spec.delay.value_or(Duration::zero()), message.delay) + birth.delay;
    const bool now = delay == Duration::zero() || spec.capacityCounts == CapacityCounts::unsettled;
    // Where each consumer has a line of its own, it is full for some of them only.
    const bool apart = spec.dispatch == DispatchMode::broadcast && spec.overflow == Overflow::dropNewest;
    // What stands behind it in its leader's log has no place before it.
    Fill behind;
    if (birth.logged.entry > 0)
        std::swap(behind, m_subscriptions[id.index()].reserved);
    const bool noRoom = now && !apart && full(id, messageHandle);
    if (birth.logged.entry > 0)
        std::swap(behind, m_subscriptions[id.index()].reserved);
    if (noRoom && (spec.overflow == Overflow::reject || spec.overflow == Overflow::dropNewest)) {
        Record record = recordOf(RecordKind::dropped, messageHandle, subscription.place, door.now);
        record.reason = m_plan->reasons.maxLength;
        record.bits = Record::bitsOf(birth.from);
        door.recorder.append(record);
        return;
    }
    if (noRoom && spec.overflow == Overflow::rejectDeadLetter) {
        buryAtBirth(messageHandle, birth, door);
        return;
    }

    if (spec.dispatch == DispatchMode::broadcast) {
        broadcast(messageHandle, birth, delay, door);
        return;
    }
    const CopyHandle handle = bear(messageHandle, birth, delay, door);
    if (delay > Duration::zero()) {
        if (noRoom) { // it counts already
            trim(id, door);
            dispatch(id, door); // what was in hand may have had to go
        }
        return;
    }
    pushReady(handle, RequeueTo::tail, door);
    if (noRoom)
        trim(id, door);
    dispatch(id, door, handle);
    trim(id, door); // who would have taken it may be held up by the rate of deliveries
    if (!m_outstanding.empty())
        dispatch(id, door); // what had to go may have kept others from being delivered
}

void Broker::goStraight(CopyHandle handle, SubscriptionId id, BrokerDoor& door) {
    const ConsumerId consumer = m_subscriptions[id.index()].line.popFront();
    m_consumers[consumer.index()].inLine = false;
    deliver(handle, consumer, door);
    afterTurn(consumer, id);
}

// A copy is born; one that is delayed has its release scheduled.
CopyHandle Broker::bear(MessageHandle messageHandle, const Birth& birth, Duration delay, BrokerDoor& door) {
    const SubscriptionId id = birth.subscription;
    SubscriptionState& state = m_subscriptions[id.index()];
    const SubscriptionPlan& subscription = m_plan->subscriptions[id.index()];
    Message& message = m_messages[messageHandle];
    const CopyHandle handle = m_copies.addFresh();
    Copy& copy = m_copies[handle];
    copy.born = copy.readySince = door.now;
    copy.position = state.positionNext++;
    copy.message = messageHandle;
    copy.subscription = id;
    copy.priority = static_cast<std::uint8_t>(std::min<int>(message.priority, subscription.priorities));
    copy.deaths = birth.deaths;
    copy.round = birth.round;
    copy.state = delay > Duration::zero() ? CopyState::delayed : CopyState::ready;
    copy.expires = expiryOf(message, subscription, delay, birth.forgetTtl, door.now);
    // What was retained is as old as its publish (mosquitto 2.0.11 sends it with what is left of its time).
    if (birth.reason == m_plan->reasons.retained && copy.expires != Copy::never && message.ttl != Duration::max() &&
        subscription.ttlRule != TtlRule::channel)
        copy.expires = std::min(copy.expires, message.published + message.ttl);
    // Its leader's clock says when what another clock stamped is too old.
    if (copy.expires != Copy::never && subscription.ttlFrom == TtlFrom::published && !birth.forgetTtl)
        copy.expires -= aheadOf(subscription.channel, 0);
    state.expires = state.expires || copy.expires != Copy::never;
    copy.generation = ++m_generation;
    ++message.references;
    m_families[message.family].open += subscription.consumed ? 1 : 0;
    ++m_families[message.family].references;
    state.unsettled.add(message.size);
    ++m_open[id.index()];
    if (state.everArrivals && !state.arrivals.empty())
        noteArrival(handle);
    if (hasNodes()) {
        if (handle >= m_copyEntries.size())
            m_copyEntries.resize(handle + 1);
        m_copyEntries[handle] = birth.logged;
    }

    if (birth.succession != noHandle)
        joinSuccession(handle, birth.succession);
    Record record = recordOf(RecordKind::enqueued, messageHandle, subscription.place, door.now);
    record.value = birth.via.valid() ? birth.via.value : -1;
    record.reason = birth.reason;
    record.bits = Record::bitsOf(birth.from, delay > Duration::zero());
    door.recorder.append(record);
    if (static_cast<std::int64_t>(copiesOpen()) > m_plan->copiesMax)
        m_boundReached = true;
    if (delay > Duration::zero()) // what expires while it waits does not wait to the end
        door.effects.schedule(std::max(door.now, std::min(door.now + delay, m_copies[handle].expires)),
                              {static_cast<std::uint8_t>(BrokerDue::release), handle, m_copies[handle].generation});
    return handle;
}

// Into the line of those that wait; its position is where it stood before, or the last.
void Broker::pushReady(CopyHandle handle, RequeueTo place, BrokerDoor& door) {
    Copy& copy = m_copies[handle];
    SubscriptionState& state = m_subscriptions[copy.subscription.index()];
    state.filled.add(m_messages[copy.message].size);
    const ChannelPlan& channel = channelOf(copy.subscription);
    const bool stream = channel.kind == ChannelKind::stream; // its positions are offsets, and stay as they are
    // BullMQ: what has a priority stands in its order.
    const bool lifo = channel.spec.line == Line::lifo && copy.priority == 0;
    if (place == RequeueTo::returned) { // before what keeps its place
        const std::uint64_t at = state.returnedNext++;
        if (!stream)
            copy.position = lifo ? ~at : at;
        state.ready.putBack(handle, copy.priority, at);
    } else if (lifo) {
        state.ready.putBack(handle, copy.priority, ~copy.position);
    } else if (place == RequeueTo::oldPlace) {
        state.ready.putBack(handle, copy.priority, stream ? Copy::firstPosition + copy.position : copy.position);
    } else {
        state.ready.pushBack(handle, copy.priority);
    }
    const bool anywhere = channel.spec.ttlActs == TtlActs::anywhere;
    if (copy.priority > 0 && copy.attempt == 0 && !anywhere && state.ready.size() > 1 && state.ready.front() == handle)
        state.jumped = handle;
    if (copy.expires != Copy::never && anywhere)
        door.effects.schedule(std::max(copy.expires, door.now),
                              {static_cast<std::uint8_t>(BrokerDue::expireCopy), handle, copy.generation});
}

CopyHandle Broker::popReady(SubscriptionId id) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const CopyHandle handle = state.ready.popFront();
    leaveReady(state, m_copies[handle]);
    return handle;
}

// After it was taken out of the line.
void Broker::leaveReady(SubscriptionState& state, const Copy& copy) {
    state.filled.take(m_messages[copy.message].size);
    if (state.jumped != Copy::noMessage && &m_copies[state.jumped] == &copy)
        state.jumped = Copy::noMessage;
}

// Whose time to live counts, and from when, is the channel's matter.
SimTime Broker::expiryOf(const Message& message, const SubscriptionPlan& plan, Duration delay, bool forgetTtl,
                         SimTime now) {
    const Duration own = forgetTtl ? Duration::max() : message.ttl;
    Duration ttl = plan.ttl;
    if (plan.ttlRule == TtlRule::least)
        ttl = std::min(ttl, own);
    else if (plan.ttlRule == TtlRule::message && own != Duration::max())
        ttl = own;
    if (ttl == Duration::max())
        return Copy::never;
    // A dead-lettered message begins anew where it comes to.
    return plan.ttlFrom == TtlFrom::published && !forgetTtl ? message.published + ttl : now + delay + ttl;
}

void Broker::endDelay(CopyHandle handle, BrokerDoor& door) {
    const SubscriptionId id = m_copies[handle].subscription;
    const ChannelSpec& spec = channelOf(id).spec;
    // What waited while nobody led is served first: whom a consumer takes at once shows only then.
    if (m_copies[handle].attempt == 0 && isKept(id) && !isStream(id) && spec.bounded() &&
        spec.capacityCounts == CapacityCounts::ready)
        dispatch(id, door);
    const Copy& copy = m_copies[handle];
    if (isStream(id) || copy.expires > door.now || spec.ttlFrom != TtlFrom::published) {
        makeReady(handle, door, true);
        return;
    }
    die(handle, CopyState::delayed, m_plan->subscriptions[id.index()].place, m_plan->reasons.expired, door);
    wakePublishers(id, door); // where all copies count, it had a place
    if (!m_outstanding.empty())
        dispatch(id, door); // or it had been delivered, and kept others from that
}

void Broker::makeReady(CopyHandle handle, BrokerDoor& door, bool waited) {
    Copy& copy = m_copies[handle];
    const SubscriptionId id = copy.subscription;
    const SubscriptionPlan& subscription = m_plan->subscriptions[id.index()];
    if (hasOwners(id)) {
        copy.state = CopyState::ready;
        copy.readySince = door.now;
        door.recorder.append(
            recordOf(RecordKind::released, copy, subscription.partitionPlaces[copy.partition], door.now));
        dispatchStream(id, copy.partition, door);
        return;
    }
    if (broadcasts(id)) {
        endBroadcastDelay(handle, door);
        return;
    }
    const ChannelSpec& spec = channelOf(id).spec;
    SubscriptionState& state = m_subscriptions[id.index()];
    const bool noRoom = spec.capacityCounts == CapacityCounts::ready && full(id, copy.message);
    // Only now does one that was born delayed need a place; a retry had one before, and comes in whatever there is.
    if (noRoom && copy.attempt == 0) {
        if (spec.overflow == Overflow::reject || spec.overflow == Overflow::dropNewest) {
            drop(handle, CopyState::delayed, subscription.place, m_plan->reasons.maxLength, door);
            return;
        }
        if (spec.overflow == Overflow::rejectDeadLetter) {
            die(handle, CopyState::delayed, subscription.place, m_plan->reasons.maxLength, door);
            return;
        }
    }
    copy.state = CopyState::ready;
    copy.readySince = door.now;
    const bool failed = copy.attempt > 0 && spec.retry;
    // What waited outside has lost its place, where the channel does not keep it.
    RequeueTo place = failed ? limitedPlace(spec, spec.retry->returnTo) : RequeueTo::tail;
    if (isStream(id) && place != RequeueTo::returned)
        place = RequeueTo::oldPlace; // in the stream's order
    if (place == RequeueTo::tail)
        copy.position = state.positionNext++;
    // BullMQ: what comes from the delayed jobs comes in at the other end.
    if (waited && spec.line == Line::lifo && place != RequeueTo::returned)
        copy.position = Copy::firstPosition - ++state.returnedNext;
    door.recorder.append(recordOf(RecordKind::released, copy, placeOf(copy), door.now));
    pushReady(handle, place, door);
    if (noRoom && !(failed && deliversBeforeTrim(id)))
        trim(id, door);
    dispatch(id, door);
    trim(id, door);
    if (!m_outstanding.empty())
        dispatch(id, door);
}

bool Broker::overfull(SubscriptionId id) const {
    const ChannelSpec& spec = channelOf(id).spec;
    const SubscriptionState& state = m_subscriptions[id.index()];
    const Fill& fill = spec.capacityCounts == CapacityCounts::unsettled ? state.unsettled : state.filled;
    return (spec.capacity && fill.copies > *spec.capacity) ||
           (spec.capacityBytes && fill.bytes > spec.capacityBytes->count);
}

// RabbitMQ's drop-head: what would be delivered next goes, so in a priority queue the highest priority; also where
// copies came back to a queue that was full.
void Broker::trim(SubscriptionId id, BrokerDoor& door) {
    if (!m_plan->subscriptions[id.index()].dropsOldest)
        return;
    if (channelOf(id).spec.capacityCounts == CapacityCounts::unsettled) {
        dropEldest(id, door);
        return;
    }
    const SubscriptionState& state = m_subscriptions[id.index()];
    const PlaceId place = m_plan->subscriptions[id.index()].place;
    if (!deliversBeforeTrim(id)) {
        dieTogether(door, [&] {
            while (!state.ready.empty() && overfull(id))
                die(popReady(id), CopyState::ready, place, m_plan->reasons.maxLength, door);
        });
        return;
    }
    // RabbitMQ's quorum queues send on what one publish has pushed out, the last one first; and before what the same
    // command lets expire, or has ended by its deliveries (observed on 3.10.8).
    std::vector<CopyHandle> over;
    while (!state.ready.empty() && overfull(id))
        over.push_back(popReady(id));
    std::vector<DeadLetter>& letters = m_underWay.letters;
    const auto before = static_cast<std::ptrdiff_t>(letters.size());
    dieTogether(door, [&] {
        for (auto copy = over.rbegin(); copy != over.rend(); ++copy)
            die(*copy, CopyState::ready, place, m_plan->reasons.maxLength, door);
    });
    if (m_underWay.withholds)
        std::rotate(letters.begin(), letters.begin() + before, letters.end());
    if (over.empty() || !state.expires)
        return;
    expireHeads(id, Copy::noMessage, door); // the time of what is at the head now may be over
    scheduleExpiry(id, door);
}

bool Broker::isOpen(const Arrival& arrival, SubscriptionId id) const {
    const Copy& copy = m_copies[arrival.copy];
    return copy.state != CopyState::none && !copy.settled && copy.subscription == id &&
           birthOf(copy, m_messages[copy.message]) == arrival.birth;
}

void Broker::collectArrivals(SubscriptionId id) {
    std::vector<Arrival> all;
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle)
        if (const Copy& copy = m_copies[handle];
            copy.state != CopyState::none && !copy.settled && copy.subscription == id)
            all.push_back({handle, birthOf(copy, m_messages[copy.message])});
    std::sort(all.begin(), all.end(), [this](const Arrival& left, const Arrival& right) {
        return std::tuple(m_copies[left.copy].born, left.birth, left.copy) <
               std::tuple(m_copies[right.copy].born, right.birth, right.copy);
    });
    SubscriptionState& state = m_subscriptions[id.index()];
    state.everArrivals = true;
    for (const Arrival& each : all)
        state.arrivals.pushBack(each);
}

void Broker::noteArrival(CopyHandle handle) {
    const SubscriptionId id = m_copies[handle].subscription;
    Ring<Arrival>& arrivals = m_subscriptions[id.index()].arrivals;
    if (arrivals.size() > 64 + 2 * std::size_t{m_open[id.index()]}) // those that have ended are cleared away
        for (std::size_t count = arrivals.size(); count > 0; --count)
            if (const Arrival first = arrivals.popFront(); isOpen(first, id))
                arrivals.pushBack(first);
    arrivals.pushBack({handle, birthOf(m_copies[handle], m_messages[m_copies[handle].message])});
}

// Where all copies count, the oldest of them goes, wherever it is: in hand, or waiting for its retry (JetStream's
// discard old, observed on 2.9.10). Who has it in hand settles it in vain.
void Broker::dropEldest(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (!overfull(id) || broadcasts(id))
        return;
    if (state.arrivals.empty())
        collectArrivals(id);
    while (!state.arrivals.empty() && overfull(id)) {
        const Arrival eldest = state.arrivals.popFront();
        if (!isOpen(eldest, id))
            continue;
        const Copy& copy = m_copies[eldest.copy];
        const CopyState from = copy.state;
        const ConsumerId consumer = from == CopyState::inFlight ? copy.consumer : ConsumerId::none();
        const PlaceId place = consumer.valid() ? placeOf(consumer, copy) : m_plan->subscriptions[id.index()].place;
        if (consumer.valid()) {
            takeBack(eldest.copy);
        } else if (from == CopyState::ready) {
            state.ready.takeFirst(state.ready.size(), [&](CopyHandle each) { return each == eldest.copy; });
            leaveReady(state, copy);
        }
        die(eldest.copy, from, place, m_plan->reasons.maxLength, door);
        if (consumer.valid())
            creditBack(consumer, door);
    }
}

// `spared` has just come: RabbitMQ delivers a message with a time to live of 0 where a consumer takes it at once. One
// whose time was over before it came (it counts from the publish, say) is not.
bool Broker::isExpired(CopyHandle handle, CopyHandle spared, SimTime now) const {
    const SimTime expires = m_copies[handle].expires;
    return expires < now || (expires == now && handle != spared);
}

void Broker::expireHeads(SubscriptionId id, CopyHandle spared, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const auto isOver = [&] {
        return !state.ready.empty() && state.ready.front() != state.jumped &&
               isExpired(state.ready.front(), spared, door.now);
    };
    if (!isOver())
        return;
    dieTogether(door, [&] {
        while (isOver())
            die(popReady(id), CopyState::ready, m_plan->subscriptions[id.index()].place, m_plan->reasons.expired, door);
    });
}

// Wherever in the queue it stands.
void Broker::expireCopy(CopyHandle handle, BrokerDoor& door) {
    const SubscriptionId id = m_copies[handle].subscription;
    SubscriptionState& state = m_subscriptions[id.index()];
    if (broadcasts(id)) {
        Ring<CopyHandle>& own = m_consumers[m_copies[handle].consumer.index()].own;
        std::size_t index = 0;
        while (own[index] != handle)
            ++index;
        own.erase(index);
    } else {
        state.ready.takeFirst(state.ready.size(), [handle](CopyHandle copy) { return copy == handle; });
    }
    leaveReady(state, m_copies[handle]);
    die(handle, CopyState::ready, m_plan->subscriptions[id.index()].place, m_plan->reasons.expired, door);
    if (!m_outstanding.empty())
        dispatch(id, door);
    wakePublishers(id, door);
}

// RabbitMQ's x-expires: a queue without consumers for so long is deleted, with what is in it; nothing of that is
// dead-lettered. It is there again as soon as a consumer comes and declares it.
void Broker::watchIdleness(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    ++state.idleGeneration;
    const auto present = [this](ConsumerId consumer) { return m_consumers[consumer.index()].present(); };
    if (std::any_of(state.consumers.begin(), state.consumers.end(), present))
        state.deleted = false;
    else if (const auto& idle = channelOf(id).spec.idleExpiry; idle && !state.deleted)
        door.effects.schedule(door.now + *idle,
                              {static_cast<std::uint8_t>(BrokerDue::idleExpiry), id.value, state.idleGeneration});
}

void Broker::deleteQueue(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    state.deleted = m_someDeleted = true;
    state.ready.takeIf([](CopyHandle) { return true; });
    state.jumped = Copy::noMessage;
    state.filled = {};
    if (isKept(id))
        purgeComing(bufferOf(id), door);
    for (CopyHandle handle = 0; handle < m_copies.reach(); ++handle) {
        const Copy& copy = m_copies[handle];
        if (copy.subscription != id || copy.state == CopyState::none || copy.settled)
            continue;
        purge(handle, ChannelId::none(), m_plan->reasons.queueExpired, door);
        if (copy.state == CopyState::inFlight)
            takeBack(handle);
        end(handle, door);
    }
    wakePublishers(id, door); // what they wait to publish has nowhere to go now
}

void Broker::scheduleExpiry(SubscriptionId id, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.ready.empty() || channelOf(id).spec.ttlActs == TtlActs::anywhere || state.ready.front() == state.jumped)
        return;
    const SimTime expires = m_copies[state.ready.front()].expires;
    if (expires == Copy::never || (!state.expiryDues.empty() && state.expiryDues.back() <= expires))
        return;
    state.expiryDues.push_back(expires);
    door.effects.schedule(expires, {static_cast<std::uint8_t>(BrokerDue::expireHead), id.value, 0});
}

} // namespace weir

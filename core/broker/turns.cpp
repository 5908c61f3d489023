// Turns: which consumer gets the next copy. In most queues those with credit stand in a line and take turns; priorities
// of consumers, other orders and queues with one active consumer or one consumer for each key look at all of them.
#include "core/broker/broker.h"
#include "core/broker/together.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {
namespace {

// How far behind a copy whose consumer has no credit others may pass it, key-shared.
constexpr std::size_t lookAheadMax = 1000;

bool mayGoOut(const Copy& copy, bool saturated) {
    return !saturated || copy.outstanding;
}

} // namespace

void Broker::joinCredit(ConsumerId id) {
    const SharedCredit& shared = m_consumers[id.index()].options.shared;
    if (shared.group == SharedCredit::none)
        return;
    if (shared.group >= m_creditGroups.size())
        m_creditGroups.resize(shared.group + 1);
    m_creditGroups[shared.group].prefetch = shared.prefetch;
    m_creditGroups[shared.group].members.push_back(id);
}

// It comes back as the last one, if it comes back.
void Broker::leaveLine(ConsumerId id) {
    Consumer& consumer = m_consumers[id.index()];
    if (!std::exchange(consumer.inLine, false))
        return;
    Ring<ConsumerId>& line = m_subscriptions[consumer.options.subscription.index()].line;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (line[i] == id) {
            line.erase(i);
            return;
        }
}

bool Broker::wouldBeTaken(SubscriptionId id, const Message& message) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (!m_outstanding.empty()) // what waits for a leader to be delivered comes first
        if (const auto& most = channelOf(id).spec.unackedMax;
            most && m_outstanding[id.index()] + static_cast<std::int64_t>(state.ready.size()) >= *most)
            return false;
    if (state.plainTurns)
        return someCredit(state);
    const DispatchMode mode = channelOf(id).spec.dispatch;
    ConsumerId only;
    if (mode == DispatchMode::keyShared && message.keyed)
        only = ownerOfKey(state, message);
    else if (mode == DispatchMode::shared || mode == DispatchMode::keyShared || mode == DispatchMode::broadcast)
        return std::any_of(state.consumers.begin(), state.consumers.end(),
                           [this](ConsumerId each) { return hasCredit(m_consumers[each.index()]); });
    else
        only = state.active;
    return only.valid() && hasCredit(m_consumers[only.index()]);
}

// Whether a copy further behind could be delivered although the first cannot.
bool Broker::looksAhead(SubscriptionId id) const {
    return channelOf(id).spec.dispatch == DispatchMode::keyShared &&
           m_subscriptions[id.index()].ready.size() < lookAheadMax;
}

// What the next turn would take; noMessage where nobody would get anything.
CopyHandle Broker::peekTurn(SubscriptionId id) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (channelOf(id).spec.dispatch == DispatchMode::keyShared)
        return state.ready.findFirst(lookAheadMax, [&, saturated = isSaturated(id)](CopyHandle copy) {
            return mayGoOut(m_copies[copy], saturated) && nextConsumer(id, copy).valid();
        });
    const CopyHandle next = nextCopy(id);
    if (next == Copy::noMessage)
        return next;
    const bool taken = state.plainTurns ? someCredit(state) : nextConsumer(id, next).valid();
    return taken ? next : Copy::noMessage;
}

// The first in the line, or where nothing may go out for the first time the first of those that were out before.
CopyHandle Broker::nextCopy(SubscriptionId id) {
    ReadyLine& ready = m_subscriptions[id.index()].ready;
    if (!isSaturated(id))
        return ready.front();
    return ready.findFirst(ready.size(), [this](CopyHandle copy) { return mayGoOut(m_copies[copy], true); });
}

CopyHandle Broker::takeOut(SubscriptionId id, CopyHandle handle) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.ready.front() == handle)
        return popReady(id);
    state.ready.takeFirst(state.ready.size(), [handle](CopyHandle copy) { return copy == handle; });
    leaveReady(state, m_copies[handle]);
    return handle;
}

// Without a consumer nothing is taken out.
Broker::Turn Broker::takeTurn(SubscriptionId id) {
    SubscriptionState& state = m_subscriptions[id.index()];
    while (!state.heldKeys.empty() && !isHeld(state.heldKeys.back()))
        state.heldKeys.pop_back();
    Turn turn;
    if (state.plainTurns) {
        if (!someCredit(state))
            return turn;
        const bool saturated = isSaturated(id);
        const CopyHandle next = saturated ? nextCopy(id) : Copy::noMessage;
        if (saturated && next == Copy::noMessage)
            return turn;
        turn.consumer = state.line.popFront();
        turn.copy = saturated ? takeOut(id, next) : popReady(id);
    } else if (channelOf(id).spec.dispatch == DispatchMode::keyShared) {
        turn.copy = state.ready.takeFirst(lookAheadMax, [&, saturated = isSaturated(id)](CopyHandle copy) {
            turn.consumer = mayGoOut(m_copies[copy], saturated) ? nextConsumer(id, copy) : ConsumerId::none();
            return turn.consumer.valid();
        });
        if (turn.copy == Copy::noMessage)
            return {};
        leaveReady(state, m_copies[turn.copy]);
    } else {
        const CopyHandle next = nextCopy(id);
        if (next == Copy::noMessage)
            return turn;
        turn.consumer = nextConsumer(id, next);
        passOver(id, turn.consumer);
        if (!turn.consumer.valid())
            return turn;
        turn.copy = takeOut(id, next);
    }
    m_consumers[turn.consumer.index()].inLine = false;
    return turn;
}

// As someCredit(), where turns are not plain: those whose turn it would have been, but for their credit.
void Broker::passOver(SubscriptionId id, ConsumerId chosen) {
    const ChannelSpec& spec = channelOf(id).spec;
    if (spec.dispatch != DispatchMode::shared || spec.order != ConsumerOrder::roundRobin)
        return;
    for (const ConsumerId each : m_subscriptions[id.index()].consumers)
        if (Consumer& consumer = m_consumers[each.index()];
            consumer.inLine && !hasCredit(consumer) &&
            (!chosen.valid() || comesFirst(consumer, m_consumers[chosen.index()], spec.order)))
            consumer.inLine = false;
}

bool Broker::comesFirst(const Consumer& left, const Consumer& right, ConsumerOrder order) const {
    if (left.options.priority != right.options.priority)
        return left.options.priority > right.options.priority;
    if (order == ConsumerOrder::leastInFlight && left.unacked != right.unacked)
        return left.unacked < right.unacked;
    return left.turn < right.turn;
}

// Single active: whether the left one is the active one sooner.
bool Broker::follows(const Consumer& left, const Consumer& right, ConsumerOrder order) {
    if (order != ConsumerOrder::longestWaiting && left.options.priority != right.options.priority)
        return left.options.priority > right.options.priority;
    return left.joined < right.joined;
}

// Where turns are not plain.
ConsumerId Broker::nextConsumer(SubscriptionId id, CopyHandle handle) const {
    const SubscriptionState& state = m_subscriptions[id.index()];
    const ChannelPlan& channel = channelOf(id);
    const Message& message = m_messages[m_copies[handle].message];
    const DispatchMode mode = channel.spec.dispatch;
    const bool byPartition = channel.spec.isReadByPartition();
    if (mode != DispatchMode::shared && (mode != DispatchMode::keyShared || message.keyed || byPartition)) {
        const ConsumerId only = byPartition                       ? readerOf(id, m_copies[handle].partition)
                                : mode == DispatchMode::keyShared ? ownerOfKey(state, message)
                                                                  : state.active;
        return only.valid() && hasCredit(m_consumers[only.index()]) ? only : ConsumerId::none();
    }
    ConsumerId best;
    std::uint64_t equals = 0; // of the best one's priority
    for (const ConsumerId each : state.consumers) {
        const Consumer& consumer = m_consumers[each.index()];
        if (!hasCredit(consumer))
            continue;
        if (!best.valid() || consumer.options.priority > m_consumers[best.index()].options.priority)
            equals = 0;
        equals += !best.valid() || consumer.options.priority >= m_consumers[best.index()].options.priority ? 1 : 0;
        if (!best.valid() || comesFirst(consumer, m_consumers[best.index()], channel.spec.order))
            best = each;
    }
    if (channel.spec.order != ConsumerOrder::random || equals < 2)
        return best;
    Draw draw = channel.turns.draw(message.ordinal, static_cast<std::uint64_t>(m_copies[handle].round) << 16U |
                                                        m_copies[handle].attempt);
    std::uint64_t chosen = draw.below(equals);
    const int priority = m_consumers[best.index()].options.priority;
    for (const ConsumerId each : state.consumers)
        if (const Consumer& consumer = m_consumers[each.index()];
            hasCredit(consumer) && consumer.options.priority == priority && chosen-- == 0)
            return each;
    return best;
}

// The hashes are divided evenly among those that are there, in the order they came (Pulsar: key_shared, sticky hash
// ranges).
ConsumerId Broker::ownerOfKey(const SubscriptionState& state, const Message& message) const {
    if (state.members.empty())
        return ConsumerId::none();
    const std::uint64_t share = static_cast<std::uint64_t>(message.keyHash & 0x7FFF'FFFFU) * state.members.size();
    const ConsumerId owner = state.members[share >> 31U];
    const auto held =
        std::equal_range(state.heldKeys.begin(), state.heldKeys.end(), HeldKey{.hash = message.keyHash},
                         [](const HeldKey& left, const HeldKey& right) { return left.hash < right.hash; });
    const bool waits =
        std::any_of(held.first, held.second, [&](const HeldKey& key) { return key.holder != owner && isHeld(key); });
    return waits ? ConsumerId::none() : owner;
}

bool Broker::isHeld(const HeldKey& key) const {
    const Copy* const held = copy(key.tag);
    return held && held->consumer == key.holder && !held->settled;
}

// Who comes or goes moves keys. Of a key of which somebody else has something in hand the next owner gets nothing until
// that is settled, so that the key keeps its order (Pulsar: key_shared, a consumer that has just joined waits for what
// was delivered before it).
void Broker::holdKeys(SubscriptionId id) {
    SubscriptionState& state = m_subscriptions[id.index()];
    state.heldKeys.clear();
    std::vector<HeldKey> keys;
    for (const ConsumerId holder : state.members)
        for (CopyHandle each = m_consumers[holder.index()].firstInFlight; each != Copy::noMessage;
             each = m_copies[each].after) {
            const Message& message = m_messages[m_copies[each].message];
            if (!m_copies[each].settled && message.keyed && ownerOfKey(state, message) != holder)
                keys.push_back({.hash = message.keyHash, .tag = {each, m_copies[each].generation}, .holder = holder});
        }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const HeldKey& left, const HeldKey& right) { return left.hash < right.hash; });
    state.heldKeys = std::move(keys);
}

// Neighbouring partitions go to one member, and the first members have one more of them (RocketMQ:
// AllocateMessageQueueAveragely).
ConsumerId Broker::readerOf(SubscriptionId id, std::uint32_t partition) const {
    const SubscriptionState& state = m_subscriptions[id.index()];
    if (state.members.empty())
        return ConsumerId::none();
    const std::size_t each = state.cursors.size() / state.members.size();
    const std::size_t larger = state.cursors.size() % state.members.size();
    const std::size_t inLarger = larger * (each + 1);
    return state.members[partition < inLarger ? partition / (each + 1) : larger + (partition - inLarger) / each];
}

// Who is the active one, after somebody came (`came`) or went (none).
void Broker::elect(SubscriptionId id, ConsumerId came) {
    SubscriptionState& state = m_subscriptions[id.index()];
    if (state.active.valid() && !m_consumers[state.active.index()].present())
        state.active = ConsumerId::none();
    const auto present = [this](ConsumerId each) { return m_consumers[each.index()].present(); };
    switch (channelOf(id).spec.dispatch) {
    case DispatchMode::shared:
    case DispatchMode::broadcast:
        return;
    case DispatchMode::exclusive:
        // The second one is refused (AMQP: ACCESS_REFUSED, Pulsar: ConsumerBusy), and does not wait for the first to
        // go.
        if (came.valid() && state.active.valid() && state.active != came)
            m_consumers[came.index()].refused = true;
        else if (came.valid())
            state.active = came;
        return;
    case DispatchMode::singleActive:
        // RabbitMQ 3.10: the first that came; when it goes, the one that has waited longest, in classic queues of those
        // with the highest priority.
        if (state.active.valid())
            return;
        for (const ConsumerId each : state.consumers)
            if (present(each) &&
                (!state.active.valid() ||
                 follows(m_consumers[each.index()], m_consumers[state.active.index()], channelOf(id).spec.order)))
                state.active = each;
        return;
    case DispatchMode::failover:
        // Pulsar: consumers are sorted by priority, then by name; the first that is there is active, also when it comes
        // back.
        state.active = ConsumerId::none();
        for (const ConsumerId each : state.consumers)
            if (present(each) && (!state.active.valid() || m_consumers[each.index()].options.priority >
                                                               m_consumers[state.active.index()].options.priority))
                state.active = each;
        return;
    case DispatchMode::keyShared:
        state.members.clear();
        std::copy_if(state.consumers.begin(), state.consumers.end(), std::back_inserter(state.members), present);
        holdKeys(id);
        return;
    }
}

// Who is the active one now, or reads a partition now, begins at what is not acked: it gets what another one has in
// hand, whose acks come too late. Pulsar: the cursor of a failover subscription is rewound. RocketMQ: a queue that
// moves begins at its offset, and who had it drops it.
void Broker::takeOver(SubscriptionId id, BrokerDoor& door) {
    const SubscriptionState& state = m_subscriptions[id.index()];
    std::vector<DeliveryTag> moved;
    std::vector<ConsumerId> holders;
    for (const ConsumerId holder : state.consumers) {
        if (!m_consumers[holder.index()].present())
            continue;
        for (CopyHandle each = m_consumers[holder.index()].firstInFlight; each != Copy::noMessage;
             each = m_copies[each].after) {
            const ConsumerId next = isStream(id) ? readerOf(id, m_copies[each].partition) : state.active;
            if (m_copies[each].settled || next == holder)
                continue;
            moved.push_back({each, m_copies[each].generation});
            if (holders.empty() || holders.back() != holder)
                holders.push_back(holder);
        }
    }
    if (moved.empty())
        return;
    std::sort(moved.begin(), moved.end(), [this](DeliveryTag left, DeliveryTag right) {
        return m_copies[left.copy].position < m_copies[right.copy].position;
    });
    asOneCommand(id, door, [&] {
        dieTogether(door, [&] {
            for (const DeliveryTag tag : moved)
                if (copy(tag)) {
                    const PlaceId place = placeOf(m_copies[tag.copy].consumer, m_copies[tag.copy]);
                    takeBack(tag.copy);
                    giveBack(tag.copy, RequeueTo::oldPlace, place, m_plan->reasons.claimed, door);
                }
        });
        for (const ConsumerId holder : holders)
            creditBack(holder, door);
        dispatchReturned(id, door);
    });
}

void Broker::consumersChanged(SubscriptionId id, ConsumerId came, BrokerDoor& door) {
    SubscriptionState& state = m_subscriptions[id.index()];
    const ChannelSpec& spec = channelOf(id).spec;
    if (spec.dispatch != DispatchMode::exclusive)
        for (const ConsumerId each : state.consumers)
            if (std::exchange(m_consumers[each.index()].refused, false)) // while it was exclusive
                enterLine(each);
    elect(id, came);
    watchIdleness(id, door);
    if (spec.dispatch == DispatchMode::failover || (isStream(id) && spec.isReadByPartition()))
        takeOver(id, door);
    const auto otherPriority = [&](ConsumerId each) {
        return m_consumers[each.index()].options.priority !=
               m_consumers[state.consumers.front().index()].options.priority;
    };
    const bool plain = spec.dispatch == DispatchMode::shared && takesTurns(spec.order) &&
                       std::none_of(state.consumers.begin(), state.consumers.end(), otherPriority);
    if (plain == state.plainTurns)
        return;
    state.plainTurns = plain;
    state.line = {};
    if (!plain)
        return;
    std::vector<ConsumerId> standing;
    std::copy_if(state.consumers.begin(), state.consumers.end(), std::back_inserter(standing),
                 [this](ConsumerId each) { return m_consumers[each.index()].inLine; });
    std::sort(standing.begin(), standing.end(), [this](ConsumerId left, ConsumerId right) {
        return m_consumers[left.index()].turn < m_consumers[right.index()].turn;
    });
    for (const ConsumerId each : standing)
        state.line.pushBack(each);
}

} // namespace weir

// Succession: a message's way to one queue after the other, where its exchange serves them in turn. All of its copies
// are born with its publish, on their way; each comes to its queue when the one before has ended. Whoever got one and
// did not get it done ends the succession: those behind are dropped, and its producer, where it waits for an answer, is
// told no. EventEmitter2 and Node's EventEmitter, whose listeners are called so by emit(), which throws what one of
// them throws.
#include "core/broker/broker.h"

#include <utility>

namespace weir {
namespace {

constexpr std::uint16_t roundsApart = 256;

} // namespace

void Broker::standBehind(std::uint32_t& handle, MessageHandle message, const RouteTarget& target, BrokerDoor& door) {
    if (handle == noHandle) {
        retain(message);
        handle = m_successions.add({.message = message, .generation = ++m_generation});
    }
    const std::uint32_t successor = m_successors.add({.queue = target.channel, .via = target.via});
    Succession& succession = m_successions[handle];
    if (succession.first == noHandle)
        succession.first = successor;
    else
        m_successors[succession.last].next = successor;
    succession.last = successor;
    const SubscriptionId queue = m_plan->channels[target.channel.index()].subscriptions.front();
    Record record = recordOf(RecordKind::sent, message, m_plan->subscriptions[queue.index()].place, door.now);
    record.value = target.via.valid() ? target.via.value : -1;
    door.recorder.append(record);
    if (static_cast<std::int64_t>(++m_coming + m_copies.used()) > m_plan->copiesMax)
        m_boundReached = true;
}

void Broker::serveInTurn(std::uint32_t handle, std::uint32_t wait, BrokerDoor& door) {
    if (wait != noHandle) {
        ++m_waits[wait].remaining;
        m_successions[handle].wait = wait;
        m_successions[handle].waitGeneration = m_waits[wait].generation;
    }
    serveNext(handle, door);
}

// Until one has a copy that is not done with. What ends at its birth keeps nobody waiting.
void Broker::serveNext(std::uint32_t handle, BrokerDoor& door) {
    do {
        if (m_successions[handle].failed)
            passOverRest(handle, m_plan->reasons.earlierFailed, door);
        const std::uint32_t first = m_successions[handle].first;
        if (first == noHandle) {
            endSuccession(handle, door);
            return;
        }
        const Successor next = m_successors[first];
        m_successors.free(first);
        m_successions[handle].first = next.next;
        --m_coming;
        m_successions[handle].open = 1; // so that nothing goes on before the queue has said what it does
        const MessageHandle message = m_successions[handle].message;
        const SubscriptionId queue = m_plan->channels[next.queue.index()].subscriptions.front();
        // Where the oldest copy is looked for, those of one message that come to it one after the other are told apart
        // by their rounds, and so is what dies of them and comes back.
        std::uint16_t round = 0;
        if (const ChannelSpec& spec = m_plan->channels[next.queue.index()].spec;
            spec.overflow == Overflow::dropOldest && spec.capacityCounts == CapacityCounts::unsettled)
            for (std::uint32_t rest = next.next; rest != noHandle; rest = m_successors[rest].next)
                round += m_successors[rest].queue == next.queue ? roundsApart : 0;
        if (m_subscriptions[queue.index()].deleted) {
            Record record = recordOf(RecordKind::purged, message, m_plan->subscriptions[queue.index()].place, door.now);
            record.reason = m_plan->reasons.queueExpired;
            record.value = -1;
            record.bits = Record::bitsOf(CopyState::inTransit);
            door.recorder.append(record);
        } else {
            enqueue(message,
                    {.subscription = queue,
                     .via = next.via,
                     .deaths = nullptr,
                     .round = round,
                     .from = CopyState::inTransit,
                     .succession = handle},
                    door);
        }
    } while (--m_successions[handle].open == 0);
}

void Broker::passOverRest(std::uint32_t handle, ReasonId reason, BrokerDoor& door) {
    Succession& succession = m_successions[handle];
    while (succession.first != noHandle) {
        const Successor next = m_successors[succession.first];
        m_successors.free(std::exchange(succession.first, next.next));
        --m_coming;
        const SubscriptionId queue = m_plan->channels[next.queue.index()].subscriptions.front();
        Record record =
            recordOf(RecordKind::dropped, succession.message, m_plan->subscriptions[queue.index()].place, door.now);
        record.reason = reason;
        record.bits = Record::bitsOf(CopyState::inTransit);
        door.recorder.append(record);
    }
}

void Broker::endSuccession(std::uint32_t handle, BrokerDoor& door) {
    const Succession ended = m_successions[handle];
    m_successions[handle].generation = 0;
    m_successions.free(handle);
    // Another one of its targets may have said no before.
    if (ended.wait != noHandle && m_waits[ended.wait].generation == ended.waitGeneration) {
        Wait& wait = m_waits[ended.wait];
        if (ended.failed || --wait.remaining == 0) {
            const std::uint64_t token = wait.token;
            forgetWait(ended.wait);
            door.effects.admitted(token, ended.failed ? Admission::refused : Admission::accepted, door);
        }
    }
    release(ended.message, door);
}

void Broker::joinSuccession(CopyHandle handle, std::uint32_t succession) {
    if (handle >= m_partsOfSuccessions.size())
        m_partsOfSuccessions.resize(handle + 1);
    m_partsOfSuccessions[handle] = {.succession = succession};
    ++m_successions[succession].open;
}

// The copy ends.
void Broker::leaveSuccession(CopyHandle handle, BrokerDoor& door) {
    if (handle >= m_partsOfSuccessions.size())
        return;
    const PartOfSuccession part = std::exchange(m_partsOfSuccessions[handle], {});
    if (part.succession == noHandle)
        return;
    if (part.undone)
        m_successions[part.succession].failed = true;
    oneLessInTurn(part.succession, door);
}

// The next one is served in a due of its own: whatever has just ended is gone through to its end before.
void Broker::oneLessInTurn(std::uint32_t handle, BrokerDoor& door) {
    if (handle != noHandle && --m_successions[handle].open == 0)
        door.effects.schedule(
            door.now, {static_cast<std::uint8_t>(BrokerDue::nextInTurn), handle, m_successions[handle].generation});
}

} // namespace weir

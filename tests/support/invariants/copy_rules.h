// Copies from birth to end, followed one by one: where each is, its place in the queue's order, its time to live, its
// retries, who has it. Invariants I01, I02, I05 to I08, I12 to I16, I23 (the stages of a copy's life) and I27.
#pragma once

#include "core/broker/message.h"
#include "support/invariants/message_rules.h"
#include "support/invariants/rules.h"

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace weir {
class Simulation;
}

namespace weir::invariants {

// The copies of one message in one queue or group. Several may be there at a time (cycles of dead letters); what is
// about a single one is not asked of them then.
struct Lives {
    std::int32_t delayed = 0, ready = 0, inFlight = 0;
    bool mixed = false;           // there are, or were until now, several
    bool everBorn = false;        // one of its message in its queue
    bool bornBefore = false;      // another one had come before it
    std::uint32_t deliveries = 0; // of this one
    std::uint32_t timeouts = 0;   // of these: that were no failures
    std::uint32_t routed = 0;     // births since its publish, by routing
    SimTime born, readySince;
    SimTime expires = SimTime::max();
    Duration ttl = Duration::max(); // counted from its release, where it is delayed
    SimTime retryDue, retrySince;
    bool retryPending = false;
    bool waits = false; // it became ready, or will, when a delay was over
    std::uint64_t position = 0;
    bool fresh = true;    // it has not been delivered yet, and came in by a publish
    bool claimed = false; // its next delivery is a member's reading what it had before it went
    std::int32_t freshReady = 0;
    std::int32_t alive() const { return delayed + ready + inFlight; }
};

// The ready copies of a queue in the order in which they are to be delivered.
class Line {
  public:
    struct Item {
        int priority = 0;
        bool returned = false;
        std::uint64_t place = 0;
        Ordinal ordinal = 0;
        bool operator<(const Item& other) const {
            if (priority != other.priority)
                return priority > other.priority;
            if (returned != other.returned)
                return returned;
            return place < other.place;
        }
    };
    void pushBack(int priority, Ordinal ordinal) { insert({priority, false, m_next++, ordinal}); }
    void putBack(int priority, std::uint64_t position, Ordinal ordinal) { insert({priority, true, position, ordinal}); }
    void remove(Ordinal ordinal);
    // In the order of delivery, that one included.
    std::vector<Ordinal> upTo(Ordinal ordinal) const;
    std::size_t size() const { return m_items.size(); }
    bool startsWith(Ordinal ordinal) const { return !m_items.empty() && m_items.begin()->ordinal == ordinal; }
    bool followed = true; // no longer, once two copies of one message stood in it

  private:
    void insert(const Item& item) {
        m_items.insert(item);
        m_where[item.ordinal] = item;
    }
    std::set<Item> m_items;
    std::unordered_map<Ordinal, Item> m_where;
    std::uint64_t m_next = 0;
};

class CopyRules {
  public:
    CopyRules(const Shared& shared, MessageRules& messages);

    Broken apply(const Record& record, const Place& place);
    Broken afterDue(const Simulation& simulation);
    // The run is over and nothing was left to do: what is left the check had said.
    Broken drained() const;
    // I23: the time that copies have spent in flight, by subscription, added up copy by copy.
    __extension__ using Wide = __int128;
    Wide unackedTime(SubscriptionId id, SimTime now) const;

  private:
    struct Queue { // or a stream's group
        const ChannelPlan* channel = nullptr;
        bool automatic = false;     // all of its consumers settle on delivery
        bool someAutomatic = false; // one of them does
        int ready = 0, open = 0, inFlight = 0, fresh = 0, coming = 0;
        std::uint64_t positionNext = Copy::firstPosition, returnedNext = 0;
        Line line;
        Ordinal jumped = 0;             // came before others by its priority: nobody looks at its time to live
        std::vector<Ordinal> blocked;   // messages that wait for this queue alone
        std::vector<Ordinal> pushedOut; // still to be dropped for want of room, from behind
        __extension__ __int128 unackedTime = 0;
        std::uint32_t exclusive = PlaceId::none().value; // the place of the last delivery
        const ChannelSpec& spec() const { return channel->spec; }
    };

    struct Bearing {
        Ordinal ordinal = 0;
        ChannelId to; // the dead-letter channel
    };

    Queue& at(const Place& place) { return m_queues[place.subscription.index()]; }
    Broken born(const Record& record, Queue& queue, Lives& copy);
    Broken bornOf(const Record& record, KnownMessage& message, Queue& queue);
    Broken released(const Record& record, Queue& queue, Lives& copy);
    Broken afterDelay(const Record& record, const Queue& queue, const Lives& copy);
    Broken delivered(const Record& record, const Place& place, Queue& queue, Lives& copy);
    Broken backoff(const Record& record, const Queue& queue, const Lives& copy) const;
    Broken ended(const Record& record, Queue& queue, Lives& copy);
    bool isPreceded(const Record& record, const Lives& copy) const;
    void died(const Record& record, const Queue& queue);
    Broken pushedOut(const Record& record, Queue& queue);
    Broken stopped(const Record& record, const Queue& queue);
    void bears(Ordinal ordinal);
    Broken appended(const Record& record, const Place& place);
    Broken overDelivered(const Record& record, const Queue& queue, const Lives& copy) const;
    bool sharesCredit(SubscriptionId id) const;
    bool mayWait(SubscriptionId id, const std::vector<bool>& stuck) const;
    Broken leave(const Record& record, CopyState from, Queue& queue, Lives& copy);
    Broken consumer(const Record& record, const Place& place, Queue& queue);
    static void enterFresh(Queue& queue, Lives& copy);
    void becomesReady(Queue& queue, Lives& copy, const Record& record, RequeueTo to);
    void setExpiry(const Record& record, const Queue& queue, Lives& copy);
    int priorityOf(Ordinal ordinal, const Queue& queue);
    int unackedAt(std::size_t consumer) const;
    ChannelId channelOf(const Queue& queue) const {
        return m_shared.model.broker->subscriptions[static_cast<std::size_t>(&queue - m_queues.data())].channel;
    }
    bool neverShows(ChannelId deadLetter) const;
    const HandlerPlan* handlerAt(const Place& place) const;

    const Shared& m_shared;
    MessageRules& m_messages;
    std::vector<Queue> m_queues; // by subscription
    std::unordered_map<std::uint64_t, Lives> m_copies;
    std::unordered_map<std::uint32_t, int> m_unacked; // by place
    std::vector<Bearing> m_bearing;                   // deaths whose births are still to come
    bool m_retriesThrough = false, m_oneEach = true, m_keepsWhenGone = false, m_someUnread = false;
};

} // namespace weir::invariants

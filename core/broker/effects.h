// What the broker asks of whoever drives it: the simulation with virtual time, the live broker with the wall clock.
// The broker itself has no clock, thread or socket.
#pragma once

#include "core/broker/message.h"
#include "core/kernel/due.h"
#include "core/record/recorder.h"
#include "core/services/event_view.h"

namespace weir {

enum class Admission : std::uint8_t {
    accepted,
    blocked,
    refused,
    unacceptable, // refused, and would be whenever it came again: too large, or its data are not what they have to be
    awaited       // it is in, and its producer is told with admitted() when it is where it asked for
};
inline bool isDecided(Admission admission) {
    return admission != Admission::blocked && admission != Admission::awaited;
}

// A hop between two nodes of the broker: of the replicas of one buffer the `count`-th.
struct NodeHop {
    NodeId from;
    NodeId to;
    std::uint64_t buffer = 0; // hash of its names
    std::uint64_t count = 0;
};

struct BrokerDoor;

class BrokerEffects {
  public:
    virtual ~BrokerEffects() = default;
    // None of these makes the broker do anything before the broker's own call has returned; it may look at messages and
    // copies, and retain them.
    // A copy goes to a consumer.
    virtual void deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) = 0;
    // A publish that had returned `blocked` or `awaited` is over.
    virtual void admitted(std::uint64_t token, Admission outcome, BrokerDoor& door) = 0;
    // What became of a half message's local transaction? Whoever knows answers with Broker::finishHalf.
    virtual void checkBack(HalfTag, std::uint64_t, BrokerDoor&) {} // the second: the publish's token
    // The broker gave up asking, and discarded it.
    virtual void discarded(std::uint64_t, BrokerDoor&) {}
    // The correlation that `requester` asked for is complete.
    virtual void completed(std::uint32_t requester, BrokerDoor& door) = 0;
    // What routing by content, schemas and dedup windows ask about a message that the broker holds. Borrowed until the broker changes.
    virtual EventView view(MessageHandle message) const = 0;
    // How long something takes from one node of the broker to another.
    virtual Duration travel(const NodeHop&) const { return {}; }
    // A replica that had been away has all there is again.
    virtual void caughtUp(BrokerDoor&) {}
    // The consumer had something in hand for too long and is no member of its group any more. Whoever drives it resumes
    // it when it has nothing in hand.
    virtual void left(ConsumerId, BrokerDoor&) {}
    // Call Broker::run(what, ...) at that time. A reserved sequence keeps the place of a deadline that waited in a
    // FIFO.
    virtual void schedule(SimTime at, DueKey what) = 0;
    virtual std::uint64_t reserve() = 0;
    virtual void scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) = 0;
};

// What a call of the broker needs from outside: the time, the records' door, and the caller.
struct BrokerDoor {
    SimTime now;
    Recorder& recorder;
    BrokerEffects& effects;
};

} // namespace weir

// Record: one observed fact, 40 bytes, from a closed list of kinds. Records are the narrow waist: everything that runs
// makes them, everything that watches reads them. A Record holds handles; names live in the Catalogue.
// It does not hold payloads: those are generated or fetched by ordinal when somebody reads them.
#pragma once

#include "core/ids.h"
#include "core/units.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir {

// What a kind does to the ledger is fixed here and folded in ledger.cpp. "from" is Record::from.
enum class RecordKind : std::uint8_t {
    // Per message
    published,    // a producer handed it over: held + 1. place: service, channel. value: cause's ordinal (0: a root)
                  // A repeat (bit 5): the same message once more; value: the ordinal of its first publish
                  // By hand: no service, attempt `byHand`, extra: its row in the Catalogue
    refused,      // the broker said no: held - 1. reason
    deduplicated, // known id inside the dedup window: held - 1
    unroutable,   // no binding took it: held - 1
    routed,       // held - 1. value: number of copies made. extra: its size in bytes (capped at 4 GiB - 1)
    blocked,      // its producer waits for room (backpressure); stays held
    unblocked,    // room appeared, or the producer gave up (then `refused` follows). value: time blocked, ns
    throttled,    // a rate limit delays it; stays held. value: delay, ns. With a subscription: the next delivery waits
    completed,    // all copies of its causal tree (correlation) are settled. value: time since its root was published
    // Per copy. place: channel, subscription (+ service, instance once a consumer is involved)
    appended,       // a stream took it (no copy by itself). extra: offset. value: as for enqueued
    sent,           // a copy is born -> inTransit: on its way to its channel; `enqueued` with from inTransit follows
    enqueued,       // a copy is born (or arrives, from inTransit) -> ready, or delayed where flag `delayed` is set.
                    // value: index of the channel that passed it on (exchange, dead-letter source), -1: none. extra:
                    // offset, or noOffset where the delay comes before the append
    released,       // its delay or backoff is over: delayed -> ready
    delivered,      // ready -> inFlight. value: time since it became ready, ns
    started,        // a worker takes it. value: wait = time since it was born in the queue, ns. from: inFlight, or none
                    // where it was settled before (automatic ack)
    finished,       // the worker is done. value: service time, ns
    failed,         // the handling failed. value: service time so far. reason
    acked,          // inFlight -> acked, or from where it waits again (late ack). value: response = time since its
                    // message was published, ns
    ackRefused,     // a settlement that came too late (the copy had been taken back); changes nothing
    nacked,         // the consumer gave it back; what happens to it follows as its own record
    timedOut,       // ack timeout; what happens to it follows
    requeued,       // inFlight -> ready, at its old place
    retryScheduled, // inFlight -> delayed. value: backoff, ns; -1: it stays there, and is not delivered any more
    deadLettered,   // from -> deadLettered; the copy born in the dead-letter channel is a new one. reason.
                    // value: index of the channel it is sent to, -1: nowhere
    expired,        // from -> expired. reason
    dropped,        // from -> dropped (from == none: refused at birth, counts as born). reason
    purged,         // from -> purged, by a command. reason. value: index of the channel it was sent on to, -1: nowhere
    lost,           // from -> lost. reason. Bit 6: its producer had been told that it is safe
    skipped,        // a handler's filter or idempotency store passed over it; `acked` follows. reason
    effectLost,     // settled, but the work was not done (counted apart). reason
    // Places
    crashed,    // a service instance (or one handling, when attempt > 0) died
    restarted,  // a service instance is up
    rebalanced, // a consumer group changed. value: generation
    committed,  // a group's position moved. extra: offset of the next record to read. place: subscription, partition
    compensated,
    // State, commands, the run itself
    stateChanged, // place: service. extra: StateSlot (table and key). value: the new quantity; or reason: the new status
    commanded,    // somebody gave a command, or a fault of the scenario began or ended. reason names it. value: the
                  // command's number in the journal, from 1; 0 of a fault
    warmedUp,     // metrics start here; the ledger does not care
    stopped,      // the run ended. reason: done, bound, ...
    scaled,       // a service has other instances or workers. place: service. value: workers of an instance.
                  // extra: instances; those beyond finish what they have taken
    // Guarantees, per message
    confirmed,   // the broker's answer reached its producer. value: time since it was published, ns
    unconfirmed, // its producer has no answer, or a no. value: backoff until it is published again, ns; -1: it gives up.
                 // reason
    checkedBack, // the broker asked what became of a half message. value: how many times so far
    strayed,     // it was lost between a service and the broker; changes nothing by itself. value: what it was, see
                 // Stray. reason. (A publish that is lost there is refused.)
    // Broker nodes. place: channel (and partition), node
    leaderElected,   // a replica leads from now on. value: term. extra: streams: offset that the next record gets
    leaderLost,      // its node is gone: nobody leads. value: term
    replicaBehind,   // a replica is not in sync any more. value: those that are
    replicaCaughtUp, // it is again. value: those that are
    nodeDown,        // place: node. reason
    nodeUp,
    // Transactions in a log. place: channel, partition. extra: offset of the marker. value: up to which offset records
    // are stable then: none before it belongs to an open transaction
    transactionCommitted, // those who read committed records see what was published within it
    transactionAborted,   // they never will. reason
    // Outboxes. place: service
    stored,  // an event was written together with the state, to be published by the service's relay; it stays held
    relayed, // it is published, and its row is done with. value: how long it lay there, ns
    diskFull, // place: node. value: bytes of messages on it, where it has a size
    diskFree, // the same
};
inline constexpr std::size_t recordKindCount = static_cast<std::size_t>(RecordKind::diskFree) + 1;

std::string_view name(RecordKind kind); // "retryScheduled": the word in files, expressions and the window
std::optional<RecordKind> recordKind(std::string_view name);

// What does not arrive, in the value of `strayed`.
enum class Stray : std::uint8_t {
    delivery,   // its copy stays in flight until its ack timeout, or until the connection ends
    settlement, // the same
    answer      // to a publish: its producer waits for it in vain
};

// Where a copy is; `none` before its birth.
enum class CopyState : std::uint8_t { none, inTransit, delayed, ready, inFlight };

struct Record {
    SimTime at;
    Ordinal ordinal = 0;   // the message; 0 where the fact is about no message
    std::int64_t value = 0; // by kind, see above
    PlaceId place;         // channel, subscription, service, instance, partition, node
    std::uint32_t extra = 0; // by kind: stream offset; published: how many this emit site had made before
    EventTypeId type;
    ReasonId reason;
    std::uint16_t attempt = 0; // delivery attempt from 1, 0 where none; published: the emit site (see Catalogue)
    RecordKind kind = RecordKind::published;
    std::uint8_t bits = 0; // from (3 bits), delayed or crossed (bit 3), follower (bit 4), a repeat (bit 5), promised (bit 6), open (bit 7); priority is not kept

    // Of a handling: another event of the same batch, for which no further worker works.
    static constexpr std::uint8_t follower = 16;
    bool follows() const { return (bits & follower) != 0; }

    static constexpr std::uint16_t byHand = 0xFFFF; // no emit site
    static constexpr std::uint32_t noOffset = 0xFFFF'FFFF; // enqueued: it is not in its stream yet

    CopyState from() const { return static_cast<CopyState>(bits & 7U); }
    bool bornDelayed() const { return (bits & 8U) != 0; }
    static constexpr std::uint8_t repeat = 32;
    bool isRepeat() const { return (bits & repeat) != 0; }
    static constexpr std::uint8_t open = 128; // appended: it belongs to a transaction that has not ended
    bool isOpen() const { return (bits & open) != 0; }
    static constexpr std::uint8_t crossed = 8; // appended: it came over from a namesake in another cluster, see value
    bool hasCrossed() const { return (bits & crossed) != 0; }
    static constexpr std::uint8_t promised = 64;
    bool wasPromised() const { return (bits & promised) != 0; }
    static std::uint8_t bitsOf(CopyState from, bool bornDelayed = false) {
        return static_cast<std::uint8_t>(static_cast<unsigned>(from) | (bornDelayed ? 8U : 0U));
    }
};
static_assert(sizeof(Record) == 40);

} // namespace weir

// BrokerRows: the rows of which a broker's state consists: publishes that wait, consumers, what subscriptions and
// streams hold, nodes; and what its parts hand each other. Plain values without rules; those are the Broker's, which
// takes them for its own names.
#pragma once

#include "core/broker/consumer_options.h"
#include "core/broker/crossings.h"
#include "core/broker/fill.h"
#include "core/broker/group_cursor.h"
#include "core/broker/message.h"
#include "core/broker/open_transactions.h"
#include "core/broker/queue.h"
#include "core/broker/slab.h"
#include "core/broker/stream_cleaning.h"
#include "core/broker/stream_log.h"
#include "core/ids.h"
#include "core/scenario/publish_spec.h"
#include "core/units.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace weir {

struct BrokerRows {
    struct Publish {
        MessageHandle message = 0;
        ChannelId channel;
        Duration timeout = Duration::max(); // how long to wait for room; max: for ever
        std::uint64_t token = 0;            // comes back with BrokerEffects::admitted
        bool mandatory = false;             // comes back to its producer where no queue takes it
        bool retain = false;                // kept under its routing key for consumers that come later
        bool twice = false;                 // on its way it was doubled
        bool confirmed = false;             // its producer waits for the decision, also where a rate limit delays it
        std::optional<Acks> acks;           // its producer waits for that answer; nothing: it waits for none
        TransactionTag transaction = {};    // that it belongs to; its channel is logged then
        std::uint32_t crossed = notCrossed; // it comes from this partition of a namesake in another cluster
        std::uint16_t round = 0;            // in which it was there
        bool replayed = false;              // out of an archive: only to the rules that its content names
        std::optional<Duration> delay = {}; // what is left of its message's, where it comes from a namesake
        static constexpr std::uint32_t notCrossed = 0xFFFF'FFFF;
        // Nothing is to be done with it but to bring it where it is to go.
        bool isPlain() const { return !retain && !twice && !replayed && !transaction.valid(); }
    };

    struct Deadline {
        SimTime at;
        std::uint64_t sequence;
        DeliveryTag tag;
        std::uint8_t extensions = 0; // of its copy when it was set
    };
    struct Waiting { // a publish that is blocked
        Publish publish;
        SimTime since;
        std::uint32_t generation = 0;
        SubscriptionId at; // whose line it stands in; none: its channel's rate limiter's, or
        bool forDisk = false; // that of those who wait for room on the nodes' disks
        bool open = false;
    };
    struct Wait { // a producer that is told when its message is where it asked for
        std::uint64_t token = 0;
        std::uint32_t remaining = 0; // queues and partitions that it is not safe in yet
        std::uint32_t generation = 0;
    };
    // A message on its way to one queue after the other, see succession.cpp.
    struct Succession {
        MessageHandle message = 0; // retained
        std::uint32_t first = noHandle, last = noHandle; // of those that have not had their copies
        std::uint32_t open = 0;       // copies of the one whose turn it is
        std::uint32_t generation = 0;
        std::uint32_t wait = noHandle; // its producer's
        std::uint32_t waitGeneration = 0;
        bool failed = false;
    };
    struct Successor {
        ChannelId queue;
        ChannelId via;
        std::uint32_t next = noHandle;
    };
    struct PartOfSuccession { // a copy
        std::uint32_t succession = noHandle;
        bool undone = false; // whoever got it did not get it done
    };
    struct CopyEntry { // of a copy in a queue that is kept on nodes
        std::uint64_t entry = 0;
        std::optional<Acks> asked;
    };
    struct Birth { // of a copy in a queue
        SubscriptionId subscription;
        ChannelId via;
        std::shared_ptr<const Death> deaths;
        bool forgetTtl = false; // a dead-lettered message leaves its own time to live behind
        ReasonId reason = {};   // why it is born, where it was not published just now
        std::uint16_t round = 0;
        Duration delay{};                 // beside its own and the queue's
        ConsumerId only = {};             // broadcast: nobody else
        CopyState from = CopyState::none; // inTransit: it was born before, and comes only now
        CopyEntry logged = {};
        std::uint32_t succession = noHandle; // that it is part of
    };
    struct Appending { // to a stream
        ChannelId channel;
        ChannelId via;
        std::optional<Acks> asked = std::nullopt; // by its producer
        TransactionTag transaction = {};
        std::uint32_t crossed = Publish::notCrossed;
        std::uint16_t round = 0;
        std::shared_ptr<const Death> deaths = {};
        Duration delay{};    // of what is published; what comes out of another channel has had it
        bool waited = false; // it is over, and its copies were born when it began

        bool hasCrossed() const { return crossed != Publish::notCrossed; }
    };
    struct DeadLetter { // on its way; its message is retained
        MessageHandle message = 0;
        ChannelId from, to;
        std::uint16_t round = 0;
        std::shared_ptr<const Death> deaths;
    };
    // What dies while dead letters are being sent on is sent on behind them. See dead_letters.cpp.
    struct UnderWay {
        std::vector<DeadLetter> letters;
        bool sends = false;
        bool gathers = false;   // several die together: what dies of their letters comes behind all of them
        bool withholds = false; // nothing goes on before what the same command pushes out
    };
    struct LateAppend { // a message that waits to be appended; retained
        MessageHandle message = 0;
        Appending to;
        std::uint32_t partition = 0;
        std::uint32_t generation = 0; // 0: nobody waits here
    };
    struct Entry { // what a channel says to a message; a reason with `open` is a warning
        enum class Way : std::uint8_t { open, refused, repeated, dead };
        Way way = Way::open;
        ReasonId reason;
    };
    struct Half {
        Publish publish;
        std::uint64_t token = 0; // what its producer calls it
        std::uint32_t generation = 0;
        std::int64_t checks = 0;
        bool open = false;
    };
    // What every delivery looks at stands in front, here and in SubscriptionState: with many queues each cache line counts.
    struct alignas(64) Consumer {
        std::uint32_t unacked = 0;
        CopyHandle firstInFlight = Copy::noMessage;
        bool connected = true;
        bool retired = false; // gets nothing more
        bool away = false;    // disconnected, and its group still counts on it
        bool inLine = false;
        bool refused = false;   // another one had the queue for itself when it came
        bool unreached = false; // it cannot reach the node that leads its queue
        bool byPartition = false; // options.partitionPlaces are there
        std::uint64_t turn = 0;   // when it entered the line; the lowest is next
        ConsumerOptions options;
        std::uint64_t joined = 0; // when it came, or came back
        std::uint32_t absence = 0; // number of the last one
        bool left = false;         // its group, for want of a poll
        bool watched = false;      // a due will see how long it has had what it has in hand
        double loss = 0;
        Ring<std::uint32_t> wanting; // streams: partitions with something to deliver, waiting for credit
        Ring<CopyHandle> own;        // broadcast: what waits for it
        bool present() const { return connected && !retired && !refused && !unreached; }
    };
    struct CreditGroup {
        std::uint32_t prefetch = 0;
        std::uint32_t unacked = 0;
        std::vector<ConsumerId> members;
        bool full() const { return prefetch != 0 && unacked >= prefetch; }
    };
    struct Arrival { // of a copy
        CopyHandle copy;
        std::uint64_t birth = 0; // which: ordinal and, above it, round, since another copy may get its place in the slab
    };
    struct HeldKey { // key-shared: a copy in the hand of who had its key before
        std::uint32_t hash = 0;
        DeliveryTag tag;
        ConsumerId holder;
    };
    struct alignas(64) SubscriptionState {
        ReadyLine ready;
        Ring<ConsumerId> line; // those whose turn comes, in turn; where turns are plain

        bool plainTurns = true; // shared, round robin, one priority: the line is all there is to know
        bool shared = false;    // a stream's records go to whoever has credit
        bool expires = false;   // some copy here has had a time to live
        bool paced = false;     // its deliveries have a rate limit
        bool waking = false;    // inside wakePublishers
        bool deleted = false;   // unused for too long; back when a consumer comes
        bool deadlineScheduled = false;
        bool everWaiting = false;  // else nothing is in `waiting`
        bool everArrivals = false; // else nothing is in `arrivals`
        // Came before others by its priority: RabbitMQ 3.10 does not look at its time to live before the head was
        // taken.
        CopyHandle jumped = Copy::noMessage;
        std::uint64_t positionNext = Copy::firstPosition; // beyond all of those that came back
        std::uint64_t turnNext = 0;
        Fill unsettled; // all copies

        Ring<Deadline> deadlines;
        std::uint32_t deadlineGeneration = 0; // of the due that looks at them; older ones pass
        static constexpr std::uint32_t deadlinesMin = 16;
        std::uint32_t deadlinesMax = deadlinesMin; // then those settled meanwhile are cleared away
        Fill filled;                               // ready copies
        Ring<std::uint32_t> waiting;               // blocked publishes, oldest first
        Fill reserved;                  // places for copies of a publish that has been let in and is on its way
        std::uint64_t returnedNext = 0; // as positionNext, where what comes back has a line of its own
        // Copies in the order they came, those that have ended among them; kept from the first time on that the oldest of
        // all that are unsettled had to go.
        Ring<Arrival> arrivals;
        std::vector<ConsumerId> consumers;
        ConsumerId active;               // exclusive, single active, failover: the one that gets all
        std::vector<ConsumerId> members; // key-shared: those that are there, in the order they came
        std::vector<HeldKey> heldKeys;   // key-shared: what is still in the hand of who had its key before, by key
        std::uint32_t idleGeneration = 0;
        std::vector<SimTime> expiryDues;  // scheduled, the nearest at the back
        std::vector<GroupCursor> cursors; // streams: by partition
        std::uint32_t readNext = 0;       // shared: the partition whose turn it is
        double loss = 0;
    };
    struct BrokerNode {
        std::uint8_t troubles = 0;  // bits of NodeTrouble
        bool struckFull = false;    // its disk, by a fault
        bool overfull = false;      // the same, by what is kept there
        bool looking = false;       // a due will see how full it is
        std::int64_t used = 0;      // bytes, where its disk has a size
        Duration slower{};          // each write
        Duration ahead{};           // its clock
        bool isFull() const { return struckFull || overfull; }
    };
    struct ClockSpan { // records from that offset on were stamped by a clock that was ahead so much
        std::uint64_t from = 0;
        Duration ahead{};
    };
    struct StreamState {
        std::vector<StreamLog> logs;          // by partition
        std::vector<bool> retentionScheduled; // by partition
        std::vector<LogCleaner> cleaners;     // by partition; where it is compacted
        std::vector<SubjectIndex> subjects;   // by partition; where it keeps so many of each
        std::vector<OpenTransactions> transactions; // by partition; empty before the first one
        std::vector<Replicator> replicators;        // by those of its plan
        std::vector<std::vector<ClockSpan>> clocks; // by partition; empty where no clock was ever off
        std::uint32_t partitionNext = 0;      // for messages without a key, in turn
        std::int64_t batchBytes = 0;          // in a row in that one
    };
    struct GroupState {
        std::uint32_t generation = 0;
        bool rebalancing = false;
    };
};

} // namespace weir

// Broker: the only door to channels. A state machine without threads, sockets or clocks: the time comes in with each
// call, effects go out through BrokerDoor, facts go to the recorder. A plain value: a copy is a snapshot.
// Its five parts are its five files: admission (may it in), routing (where to), queue (buffers), dispatch (who gets
// it), settlement (what becomes of it).
//
// Rules follow RabbitMQ 3.10's classic queues where DESIGN is silent: requeued copies return to their old place,
// time to live acts at the head and is not restarted by a requeue, capacity counts ready copies only, an expiry cycle
// through dead-letter channels drops silently while one with a rejection goes on.
#pragma once

#include "core/broker/effects.h"
#include "core/broker/group_cursor.h"
#include "core/broker/message.h"
#include "core/broker/plan.h"
#include "core/broker/queue.h"
#include "core/broker/routing.h"
#include "core/broker/slab.h"
#include "core/broker/stream_cleaning.h"
#include "core/broker/stream_log.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir {

// What a broker's own dues carry in DueKey::kind; whoever drives it keeps its own kinds from `brokerDueKinds` up.
enum class BrokerDue : std::uint8_t {
    ackDeadline,      // a: subscription, b: generation of its deadlines
    release,          // a: copy, b: generation
    expireHead,       // a: subscription
    publisherTimeout, // a: waiting publish, b: generation
    retention,        // a: channel, b: partition
    rebalance,        // a: group
    sessionEnds,      // a: consumer, b: number of its absence
    commit,           // a: subscription, b: partition
};
inline constexpr std::uint8_t brokerDueKinds = 8;

enum class Settlement : std::uint8_t {
    ack,     // done
    retry,   // failed: by the channel's retry policy, else dead-letter
    requeue, // not done, no fault of it: back to its old place; deliveries are still counted
    reject   // refused for good: dead-letter
};

struct ConsumerTerms {
    std::uint32_t prefetch = 1; // unacked at most; 0: unlimited
    bool automatic = false;     // settled on delivery (at-most-once)
    bool operator==(const ConsumerTerms&) const = default;
};
struct ConsumerOptions {
    SubscriptionId subscription;
    PlaceId place;                        // channel, subscription, service, instance
    std::vector<PlaceId> partitionPlaces; // streams: the same with the partition
    std::uint32_t prefetch = 1;           // as in ConsumerTerms
    bool automatic = false;
    std::uint32_t member = 0;             // of its group: consumers of one member read several streams as one
};

class Broker {
  public:
    explicit Broker(std::shared_ptr<const BrokerPlan> plan);

    // Goes on with other policies (capacity, overflow, times, retries) for the same channels, bindings and subscriptions.
    // They hold from now on; a delay, time to live or backoff that is under way stays as it was, while a shorter ack
    // timeout and retention are applied to what is there.
    void reconfigure(std::shared_ptr<const BrokerPlan> plan, BrokerDoor& door);

    const BrokerPlan& plan() const { return *m_plan; }
    RouteTable& routes() { return m_routes; }
    const RouteTable& routes() const { return m_routes; }

    // --- messages ---
    // Takes the message in; it is held until publish() decides. A root (cause 0) founds a family.
    MessageHandle add(Message message, std::uint32_t requester = Family::noRequester);
    const Message& message(MessageHandle handle) const { return m_messages[handle]; }
    // The messages' family is kept open, and the message readable, from retain to release.
    void retain(MessageHandle handle);
    void release(MessageHandle handle, BrokerDoor& door);

    struct Publish {
        MessageHandle message = 0;
        ChannelId channel;
        Duration timeout = Duration::max(); // how long to wait for room; max: for ever
        std::uint64_t token = 0;            // comes back with BrokerEffects::admitted
    };
    // `published` has been recorded by the caller. accepted and refused are final; blocked ends with admitted().
    Admission publish(const Publish& publish, BrokerDoor& door);

    // --- consumers ---
    ConsumerId attach(ConsumerOptions options, BrokerDoor& door);
    // Other terms from the next delivery on; what it has in flight stays as it is.
    void setTerms(ConsumerId consumer, ConsumerTerms terms, BrokerDoor& door);
    // Nothing is delivered to it any more; what it has it may settle. resume() takes it back.
    void retire(ConsumerId consumer, BrokerDoor& door);
    // Divides the streams' partitions among their groups' members: once, after the first members are attached.
    void openGroups(BrokerDoor& door);
    // Its copies in flight go back (connection lost). Nothing is delivered to it until it is resumed.
    void disconnect(ConsumerId consumer, BrokerDoor& door);
    void resume(ConsumerId consumer, BrokerDoor& door);

    // --- groups ---
    struct GroupPosition { // of a group in one partition
        std::uint64_t start = 0, end = 0;  // of the partition
        std::uint64_t next = 0;            // offset that is read next
        std::uint64_t committed = 0;
        ConsumerId owner;
    };
    GroupPosition position(SubscriptionId group, std::uint32_t partition) const;
    // The group goes on from there: what lies before and was not read is passed over, what was read is read again.
    void seek(SubscriptionId group, const ReadFromSpec& to, BrokerDoor& door);

    // --- groups that share a stream's records ---
    struct Pending { // delivered to a member, and not settled
        std::uint32_t partition = 0;
        std::uint64_t offset = 0;
        ConsumerId consumer;
        std::uint16_t deliveries = 0;
        Duration idle{}; // since the last one
    };
    std::vector<Pending> pending(SubscriptionId group, SimTime now) const; // by partition and offset
    struct Claim {
        std::uint32_t partition = 0;
        std::uint64_t offset = 0;
        Duration idle{};     // so long it must have been with the other one
        bool counts = true;  // as a delivery
    };
    // A member takes over what another one has not settled, whatever its credit. False where that is not pending, or not
    // so long.
    bool claim(ConsumerId consumer, const Claim& claim, BrokerDoor& door);

    // --- faults: shares from 0 to 1, 0 ends them ---
    // So many of the copies that would be delivered are lost instead.
    void setLoss(SubscriptionId subscription, double share);
    void setLoss(ConsumerId consumer, double share);
    // So many of the messages that are published to the channel arrive twice.
    void setDuplicates(ChannelId channel, double share) { m_duplicates[channel.index()] = share; }
    double loss(SubscriptionId subscription) const { return m_subscriptions[subscription.index()].loss; }
    double duplicates(ChannelId channel) const { return m_duplicates[channel.index()]; }

    // --- copies that wait in a queue: those of one message, or of all (0) ---
    // What goes back goes to `to`, or to where it died; what has nowhere to go stays. How many went.
    std::size_t redrive(SubscriptionId queue, Ordinal ordinal, ChannelId to, BrokerDoor& door);
    std::size_t discard(SubscriptionId queue, Ordinal ordinal, BrokerDoor& door);
    std::size_t redrivable(SubscriptionId queue, Ordinal ordinal, ChannelId to);
    std::size_t waiting(SubscriptionId queue, Ordinal ordinal) const;

    // The copy a tag names, or null when it was taken back meanwhile.
    const Copy* copy(DeliveryTag tag) const;
    PlaceId placeOf(ConsumerId consumer, const Copy& copy) const;
    // False when the copy was taken back meanwhile; nothing happens then, and the caller records `ackRefused`. `reason`
    // goes with anything but ack.
    bool settle(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door);

    // Runs a due that the broker had scheduled.
    void run(BrokerDue kind, std::uint32_t a, std::uint64_t b, BrokerDoor& door);

    // What a due of the broker's own is about, for people; `valid` is false where it will pass without effect.
    struct Waits {
        PlaceId place;
        MessageHandle message = Copy::noMessage;
        bool release = false; // a delay or backoff ends; else a deadline
        bool valid = false;
    };
    Waits waitsFor(BrokerDue kind, std::uint32_t a, std::uint64_t b) const;

    // --- figures ---
    std::size_t messagesHeld() const { return m_messages.used(); }
    std::size_t copiesOpen() const { return m_copies.used(); } // queue copies unsettled, stream copies in flight
    std::size_t ready(SubscriptionId subscription) const;
    std::size_t memoryBytes() const; // of a copy of it; what copies share is left out
    // Set when a bound of the plan is passed; the driver stops the run.
    bool boundReached() const { return m_boundReached; }

  private:
    struct Deadline {
        SimTime at;
        std::uint64_t sequence;
        DeliveryTag tag;
    };
    struct Waiting { // a publish that is blocked
        Publish publish;
        SimTime since;
        std::uint32_t generation = 0;
        SubscriptionId at; // whose line it stands in
        bool open = false;
    };
    struct Consumer {
        ConsumerOptions options;
        std::uint32_t unacked = 0;
        CopyHandle firstInFlight = Copy::noMessage;
        Ring<std::uint32_t> wanting; // streams: partitions with something to deliver, waiting for credit
        bool connected = true;
        double loss = 0;
        bool retired = false; // gets nothing more
        bool away = false;    // disconnected, and its group still counts on it
        std::uint32_t absence = 0; // number of the last one
        bool inLine = false;
    };
    struct SubscriptionState {
        ReadyLine ready;
        std::uint64_t positionNext = 0;
        std::vector<ConsumerId> consumers;
        Ring<ConsumerId> line; // those with credit, in turn
        Ring<Deadline> deadlines;
        std::size_t deadlinesMax = 64; // beyond, those settled meanwhile are cleared away
        std::uint32_t deadlineGeneration = 0; // of the due that looks at them; older ones pass
        bool deadlineScheduled = false;
        std::vector<SimTime> expiryDues; // scheduled, the nearest at the back
        Ring<std::uint32_t> waiting; // blocked publishes, oldest first
        std::vector<GroupCursor> cursors; // streams: by partition
        std::uint32_t readNext = 0;       // shared: the partition whose turn it is
        bool shared = false;              // a stream's records go to whoever has credit
        double loss = 0;
        bool expires = false; // some copy here has had a time to live
        bool waking = false;  // inside wakePublishers
    };
    struct StreamState {
        std::vector<StreamLog> logs;          // by partition
        std::vector<bool> retentionScheduled; // by partition
        std::vector<LogCleaner> cleaners;     // by partition; where it is compacted
        std::vector<SubjectIndex> subjects;   // by partition; where it keeps so many of each
        std::uint32_t partitionNext = 0;      // for messages without a key, in turn
        std::int64_t batchBytes = 0;          // in a row in that one
    };
    struct GroupState {
        std::uint32_t generation = 0;
        bool rebalancing = false;
    };

    const ChannelPlan& channelOf(SubscriptionId id) const {
        return m_plan->channels[m_plan->subscriptions[id.index()].channel.index()];
    }
    // Whose partitions have owners; a group that shares its records is dispatched to as a queue is.
    bool isStream(SubscriptionId id) const {
        return channelOf(id).kind == ChannelKind::stream && !m_subscriptions[id.index()].shared;
    }

    // admission.cpp
    Admission decide(const Publish& publish, BrokerDoor& door, std::uint32_t waiting);
    bool full(SubscriptionId id);
    std::int64_t copiesOn(std::span<const RouteTarget> targets) const;
    void refuse(const Publish& publish, ReasonId reason, BrokerDoor& door);
    void unhold(MessageHandle handle, BrokerDoor& door);
    void wakePublishers(SubscriptionId id, BrokerDoor& door);
    void giveUp(std::uint32_t waiting, BrokerDoor& door);
    // buffers.cpp
    struct Birth {
        SubscriptionId subscription;
        ChannelId via;
        std::shared_ptr<const Death> deaths;
        bool forgetTtl = false; // a dead-lettered message leaves its own time to live behind
    };
    void enqueue(MessageHandle message, const Birth& birth, BrokerDoor& door);
    void makeReady(CopyHandle handle, BrokerDoor& door);
    void dropHead(SubscriptionId id, BrokerDoor& door);
    void scheduleExpiry(SubscriptionId id, BrokerDoor& door);
    void expireHeads(SubscriptionId id, BrokerDoor& door);
    // streams.cpp
    void append(MessageHandle message, ChannelId channel, ChannelId via, BrokerDoor& door);
    void applyRetention(ChannelId channel, std::uint32_t partition, BrokerDoor& door);
    void removeRecord(ChannelId channel, std::uint32_t partition, std::uint64_t offset, ReasonId reason, BrokerDoor& door);
    void endUnread(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, RecordKind kind, ReasonId reason,
                   BrokerDoor& door);
    void compact(ChannelId channel, std::uint32_t partition, BrokerDoor& door);
    void dropAtStream(MessageHandle message, ChannelId channel, BrokerDoor& door);
    bool streamFull(ChannelId channel, const Message& message) const;
    std::uint32_t partitionFor(ChannelId channel, const Message& message) const;
    void ackedInStream(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door);
    // dispatch.cpp
    void dispatch(SubscriptionId id, BrokerDoor& door);
    void deliver(CopyHandle handle, ConsumerId consumer, BrokerDoor& door);
    void enterLine(ConsumerId consumer);
    bool hasCredit(const Consumer& consumer) const {
        return consumer.connected && !consumer.retired &&
               (consumer.options.automatic || consumer.options.prefetch == 0 ||
                                      consumer.unacked < consumer.options.prefetch);
    }
    bool someCredit(SubscriptionState& state);
    // groups.cpp
    void membersChanged(std::uint32_t group, BrokerDoor& door);
    void memberLeft(ConsumerId id, BrokerDoor& door);
    void memberCame(ConsumerId id, BrokerDoor& door);
    void endSession(ConsumerId id, std::uint64_t absence, BrokerDoor& door);
    std::uint32_t groupOf(SubscriptionId id) const { return m_plan->subscriptions[id.index()].group; }
    bool isMember(const Consumer& consumer) const { return (consumer.connected || consumer.away) && !consumer.retired; }
    void rebalance(std::uint32_t group, BrokerDoor& door);
    bool divide(std::uint32_t group, std::vector<std::vector<ConsumerId>>& owners) const;
    void divideInTurn(SubscriptionId id, std::vector<ConsumerId>& owners) const;
    void give(SubscriptionId id, std::uint32_t partition, ConsumerId owner, BrokerDoor& door);
    void noteRebalance(std::uint32_t group, ReasonId reason, BrokerDoor& door);
    void forgetLines(SubscriptionId id);
    // positions.cpp
    std::uint64_t reach(SubscriptionId id, std::uint32_t partition) const;
    std::uint64_t offsetOf(const ReadFromSpec& from, const StreamLog& log) const;
    void commit(SubscriptionId id, std::uint32_t partition, Record record, BrokerDoor& door);
    void handled(SubscriptionId id, std::uint32_t partition, const Record& record, BrokerDoor& door);
    void commitDue(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void beginAt(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void readAgain(SubscriptionId id, std::uint32_t partition, std::uint64_t from, ReasonId reason, BrokerDoor& door);
    void passOver(SubscriptionId id, std::uint32_t partition, std::uint64_t to, ReasonId reason, BrokerDoor& door);
    void goBack(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void revoke(SubscriptionId id, std::uint32_t partition, ReasonId reason, BrokerDoor& door);
    void layBack(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    Record recordAt(RecordKind kind, SubscriptionId id, std::uint32_t partition, std::uint64_t offset, SimTime now) const;
    void dispatchStream(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    bool deliverNext(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    bool passRemoved(SubscriptionId id, std::uint32_t partition);
    CopyHandle readNext(SubscriptionId id, std::uint32_t partition);
    // shared_groups.cpp
    bool readShared(SubscriptionId id);
    CopyHandle pendingAt(SubscriptionId id, std::uint32_t partition, std::uint64_t offset) const;
    std::uint64_t offsetIn(const Copy& copy) const;
    // intervention.cpp
    bool isLost(const Copy& copy, ConsumerId consumer) const;
    void lose(CopyHandle handle, ConsumerId consumer, BrokerDoor& door);
    int timesOf(const Publish& publish) const;
    std::vector<RouteTarget> wayBack(const Copy& copy, ChannelId to);
    void purge(CopyHandle handle, ChannelId to, ReasonId reason, BrokerDoor& door);
    // settlement.cpp
    void takeBack(CopyHandle handle); // out of its consumer's list; older tags are void
    void afterFailure(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    void backToOldPlace(CopyHandle handle, PlaceId place, ReasonId reason, BrokerDoor& door);
    void die(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    static std::shared_ptr<const Death> withDeath(const std::shared_ptr<const Death>& history, Death death);
    void end(CopyHandle handle, BrokerDoor& door);
    bool inCycle(const Copy& copy, ReasonId reason, ChannelId target) const;
    void creditBack(ConsumerId consumer, BrokerDoor& door);
    Duration backoff(const ChannelPlan& channel, const Copy& copy) const;
    void addDeadline(const Copy& copy, DeliveryTag tag, Duration timeout, BrokerDoor& door);
    void checkDeadlines(SubscriptionId id, BrokerDoor& door);
    void scheduleDeadline(SubscriptionId id, BrokerDoor& door);
    void shortenDeadlines(SubscriptionId id, Duration timeout, BrokerDoor& door);
    // broker.cpp: a family is complete when nothing of it is open, and forgotten when nothing refers to it
    void closeOne(FamilyHandle family, BrokerDoor& door);
    void dropFamily(FamilyHandle family);
    void dropReference(MessageHandle message);

    Record recordOf(RecordKind kind, MessageHandle message, PlaceId place, SimTime now) const;
    Record recordOf(RecordKind kind, const Copy& copy, PlaceId place, SimTime now) const;

    std::shared_ptr<const BrokerPlan> m_plan;
    RouteTable m_routes;
    Slab<Message> m_messages;
    Slab<Copy> m_copies;
    Slab<Family> m_families;
    Slab<Waiting> m_waiting;
    std::vector<SubscriptionState> m_subscriptions;
    std::vector<Consumer> m_consumers;
    std::vector<StreamState> m_streams; // by channel
    std::vector<GroupState> m_groups;
    std::vector<double> m_duplicates; // by channel
    std::uint32_t m_generation = 0;
    bool m_losing = false; // some share of losses was ever set
    bool m_boundReached = false;
};

} // namespace weir

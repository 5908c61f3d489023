// Broker: the only door to channels. A state machine without threads, sockets or clocks: the time comes in with each
// call, effects go out through BrokerDoor, facts go to the recorder. A plain value: a copy is a snapshot.
// Its parts are its files: admission (may it in), routing (where to), buffers and streams (what is kept), dispatch and
// groups (who gets it), settlement (what becomes of it), replication and elections (what outlives a node).
//
// Where a channel's fields say nothing else, the rules are those of RabbitMQ 3.10's classic queues: requeued copies
// return to their old place, time to live acts at the head and is not restarted by a requeue, capacity counts ready
// copies only, an expiry cycle through dead-letter channels drops silently while one with a rejection goes on.
#pragma once

#include "core/broker/broker_due.h"
#include "core/broker/broker_rows.h"
#include "core/broker/effects.h"
#include "core/broker/gatekeeping.h"
#include "core/broker/message.h"
#include "core/broker/node_links.h"
#include "core/broker/plan.h"
#include "core/broker/rate_limiter.h"
#include "core/broker/replica_set.h"
#include "core/broker/routing.h"
#include "core/broker/slab.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace weir {

// Why a node of the broker is not there.
enum class NodeTrouble : std::uint8_t { down = 1, powerOff = 2, restart = 4 };

class Broker : private BrokerRows {
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
    MessageHandle add(Message&& message, std::uint32_t requester = Family::noRequester);
    const Message& message(MessageHandle handle) const { return m_messages[handle]; }
    // The messages' family is kept open, and the message readable, from retain to release.
    void retain(MessageHandle handle);
    void release(MessageHandle handle, BrokerDoor& door);

    using BrokerRows::Publish;
    // `published` has been recorded by the caller. accepted and refused are final; blocked and awaited end with admitted().
    Admission publish(const Publish& publish, BrokerDoor& door);

    // Something that its producer has numbered before it has not come to the channel, so that it is refused (Kafka:
    // OUT_OF_ORDER_SEQUENCE_NUMBER).
    bool leavesGap(std::uint32_t producer, std::uint32_t sequence, ChannelId channel) const;

    // --- half messages: held until it is known what became of their producer's local transaction ---
    enum class HalfEnd : std::uint8_t { commit, rollback, givenUp };
    // As publish(), but nothing is decided yet; BrokerEffects::checkBack asks where nobody says.
    HalfTag prepare(const Publish& publish, BrokerDoor& door);
    // False where it was decided before, or cannot be committed for want of a leader: then it stays open, and is asked
    // about again.
    bool finishHalf(HalfTag half, HalfEnd end, BrokerDoor& door);
    bool isOpen(HalfTag half) const {
        return half.half < m_halves.reach() && m_halves[half.half].open && m_halves[half.half].generation == half.generation;
    }
    // --- transactions whose records stand in a log at once, see transactions.cpp ---
    // Whatever is published to it comes to streams and nowhere else, so that it can be appended within a transaction.
    bool isLogged(ChannelId channel) const { return m_plan->channels[channel.index()].logged; }
    TransactionTag beginTransaction(Duration timeout, BrokerDoor& door);
    // False where it was over before, or is to commit although something that was published within it was refused: then
    // it is aborted.
    bool endTransaction(TransactionTag tag, bool commits, ReasonId reason, BrokerDoor& door);
    bool isOpen(TransactionTag tag) const {
        return tag.transaction < m_transactions.reach() && m_transactions[tag.transaction].open &&
               m_transactions[tag.transaction].generation == tag.generation;
    }
    void commitWithTransaction(SubscriptionId group, std::uint32_t partition, BrokerDoor& door);
    // In place of publish(): a message that was added and is not to be published after all.
    void withdraw(const Publish& publish, ReasonId reason, BrokerDoor& door);

    // --- archives: what was published to an exchange, see archives.cpp ---
    // What came between the two times (both included), the oldest first.
    std::vector<MessageHandle> archived(ChannelId exchange, SimTime from, SimTime until, SimTime now);

    // --- consumers ---
    ConsumerId attach(ConsumerOptions options, BrokerDoor& door);
    // Other terms from the next delivery on; what it has in flight stays as it is.
    void setTerms(ConsumerId consumer, ConsumerTerms terms, BrokerDoor& door);
    // Nothing is delivered to it any more; what it has it may settle. resume() takes it back.
    void retire(ConsumerId consumer, BrokerDoor& door);
    // Divides the streams' partitions among their groups' members: once, after the first members are attached.
    void openGroups(BrokerDoor& door);
    // Their copies in flight go back, the oldest first (connection lost). Nothing is delivered to them until they are
    // resumed.
    void disconnect(std::span<const ConsumerId> consumers, BrokerDoor& door);
    void disconnect(ConsumerId consumer, BrokerDoor& door) { disconnect({&consumer, 1}, door); }
    void resume(ConsumerId consumer, BrokerDoor& door);
    // Its group: it was told with BrokerEffects::left(), and is back when it is resumed. Nothing else takes it back.
    bool hasLeft(ConsumerId consumer) const { return m_consumers[consumer.index()].left; }

    // --- groups ---
    struct GroupPosition { // of a group in one partition
        std::uint64_t start = 0, end = 0;  // of the partition
        std::uint64_t stable = 0;          // before the first record of a transaction that is open, or whose marker is
                                           // not replicated
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
        Duration idle{};    // so long it must have been with the other one
        bool counts = true; // as a delivery
    };
    // A member takes over what another one has not settled, whatever its credit. False where that is not pending, not so
    // long, or not in the stream any more; then it is pending no longer.
    bool claim(ConsumerId consumer, const Claim& claim, BrokerDoor& door);
    // As many of a partition as `most`, from the claim's offset on. Where to go on; nothing where all were looked at.
    std::optional<std::uint64_t> claimIdle(ConsumerId consumer, const Claim& from, std::size_t most, BrokerDoor& door);
    // It is no member any more; what it had not settled is nobody's (Redis's DELCONSUMER). How much that was.
    std::size_t forget(ConsumerId consumer, BrokerDoor& door);

    // --- nodes ---
    void setNode(NodeId node, NodeTrouble trouble, bool on, BrokerDoor& door);
    bool isUp(NodeId node) const { return m_nodes[node.index()].troubles == 0; }
    // No replica has yet to catch up with what came while its node was away.
    bool allCaughtUp() const;
    // These pairs of nodes do not reach each other, and no others.
    void separate(std::vector<std::pair<NodeId, NodeId>> apart, BrokerDoor& door);
    // These consumers reach the node, or do not: then they get nothing of what it leads, and what they had goes back.
    // Groups that share a stream's records are not asked.
    void setReach(std::span<const ConsumerId> consumers, NodeId node, bool on, BrokerDoor& door);
    // Whatever is kept there, its disk is full.
    void setDiskFull(NodeId node, bool on, BrokerDoor& door);
    bool isDiskStruck(NodeId node) const { return m_nodes[node.index()].struckFull; }
    // Each write takes longer by so much.
    void setSlowDisk(NodeId node, Duration by) { m_nodes[node.index()].slower = by; }
    Duration slowDisk(NodeId node) const { return m_nodes[node.index()].slower; }
    // Its clock is ahead by so much.
    void setClock(NodeId node, Duration ahead, BrokerDoor& door);
    Duration clockAhead(NodeId node) const { return m_nodes[node.index()].ahead; }
    // Who leads the queue or partition; none where nobody does, or where the broker has no nodes.
    NodeId nodeOf(ChannelId channel, std::uint32_t partition) const;
    // The same of the queue, or of the partition that takes the message now; none for exchanges.
    NodeId nodeFor(ChannelId channel, const Message& message) const;
    std::size_t inSync(ChannelId channel, std::uint32_t partition) const;

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
    std::size_t redrivable(SubscriptionId queue, Ordinal ordinal, ChannelId to, BrokerDoor& door);
    std::size_t waiting(SubscriptionId queue, Ordinal ordinal) const;

    // The copy a tag names, or null when it was taken back meanwhile.
    const Copy* copy(DeliveryTag tag) const {
        return tag.copy < m_copies.reach() && m_copies[tag.copy].generation == tag.generation ? &m_copies[tag.copy]
                                                                                             : nullptr;
    }
    PlaceId placeOf(ConsumerId consumer, const Copy& copy) const;
    // In its partition of a stream. In the line of a group that shares its records copies stand by offset; those of
    // several partitions in turn.
    std::uint64_t offsetIn(const Copy& copy) const {
        const SubscriptionState& state = m_subscriptions[copy.subscription.index()];
        return state.shared ? copy.position / state.cursors.size() : copy.position;
    }
    // False when the copy was taken back meanwhile; nothing happens then, and the caller records `ackRefused`. `reason`
    // goes with anything but ack.
    bool settle(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door);
    // Several of one consumer at once: nothing is delivered before all of them are settled. How many were still its own.
    std::size_t settleAll(std::span<const DeliveryTag> tags, Settlement settlement, ReasonId reason, BrokerDoor& door);
    // Cumulative (AMQP's `multiple`): that one and all that its consumer was given before it, the oldest first.
    std::size_t settleThrough(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door);
    // An ack for a delivery that was taken back, where the channel accepts that: the copy is done, wherever it waits or
    // is being handled now. False where it does not, or where that copy of the message has ended.
    bool ackLate(DeliveryTag tag, Ordinal ordinal, BrokerDoor& door);
    // The whole ack timeout again from now on. False when the copy was taken back, or has no timeout.
    bool extend(DeliveryTag tag, BrokerDoor& door);
    // The routing key that the copy has now: its message's, or that of its last death.
    RoutingKeyId routingKeyOf(const Copy& copy) const;

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
    // Queue copies unsettled, or on their way into a queue; stream copies in flight, and messages that wait to be
    // appended.
    std::size_t copiesOpen() const { return m_copies.used() + m_coming; }
    std::size_t ready(SubscriptionId subscription) const;
    std::size_t memoryBytes() const; // of a copy of it; what copies share is left out
    // Set when a bound of the plan is passed; the driver stops the run.
    bool boundReached() const { return m_boundReached; }

  private:
    const ChannelPlan& channelOf(SubscriptionId id) const {
        return m_plan->channels[m_plan->subscriptions[id.index()].channel.index()];
    }
    bool isDeleted(const RouteTarget& target) const {
        if (!m_someDeleted)
            return false;
        const std::vector<SubscriptionId>& read = m_plan->channels[target.channel.index()].subscriptions;
        return !read.empty() && m_subscriptions[read.front().index()].deleted;
    }
    // Neither waits a copy or a publish there, nor is there anything else that a dispatch could bring about.
    static bool hasNothing(const SubscriptionState& state) {
        return state.plainTurns && state.ready.empty() && !state.expires && !state.shared &&
               (!state.everWaiting || state.waiting.empty());
    }
    bool isStream(SubscriptionId id) const { return m_plan->subscriptions[id.index()].stream; }
    // A stream's, whose partitions have owners; a group that shares its records is dispatched to as a queue is.
    bool hasOwners(SubscriptionId id) const { return isStream(id) && !m_subscriptions[id.index()].shared; }

    // admission.cpp
    // By its own key, or by another one that it has been given.
    Routing route(MessageHandle message, ChannelId channel, BrokerDoor& door, RoutingKeyId other = noHandle);
    // It is not only asked about: turns move on, keys stick.
    void take(const Routing& routing) {
        if (routing.made())
            m_router.commit(*m_plan, *routing.made());
    }
    Admission decide(const Publish& publish, BrokerDoor& door, std::uint32_t waiting);
    bool goesFreely(const Publish& publish, std::span<const RouteTarget> targets) const;
    void passFreely(const Publish& publish, std::span<const RouteTarget> targets, BrokerDoor& door);
    void waitForRoom(const Publish& publish, ChannelId channel, std::uint32_t waiting, BrokerDoor& door);
    std::uint32_t beginWaiting(const Publish& publish, PlaceId place, ReasonId reason, BrokerDoor& door);
    void pass(const Publish& publish, const RouteTarget& target, BrokerDoor& door);
    void letIn(const Publish& publish, const RouteTarget& target, BrokerDoor& door);
    bool passesGate(const Publish& publish, const RouteTarget& target, bool noRoom, BrokerDoor& door);
    bool isHeard(std::span<const RouteTarget> targets) const;
    bool full(SubscriptionId id, MessageHandle message);
    bool takesPlaceAtOnce(const ChannelSpec& spec, const Message& message) const;
    void reserve(MessageHandle message, std::span<const RouteTarget> targets);
    std::int64_t copiesOn(std::span<const RouteTarget> targets) const;
    void refuse(const Publish& publish, ReasonId reason, BrokerDoor& door);
    void recordRefusal(const Publish& publish, ReasonId reason, BrokerDoor& door);
    void unhold(MessageHandle handle, BrokerDoor& door);
    void wakePublishers(SubscriptionId id, BrokerDoor& door);
    void tryAgain(std::uint32_t waiting, BrokerDoor& door);
    void giveUp(std::uint32_t waiting, BrokerDoor& door);
    // succession.cpp
    void standBehind(std::uint32_t& succession, MessageHandle message, const RouteTarget& target, BrokerDoor& door);
    void serveInTurn(std::uint32_t succession, std::uint32_t wait, BrokerDoor& door);
    void serveNext(std::uint32_t succession, BrokerDoor& door);
    void passOverRest(std::uint32_t succession, ReasonId reason, BrokerDoor& door);
    void endSuccession(std::uint32_t succession, BrokerDoor& door);
    void joinSuccession(CopyHandle handle, std::uint32_t succession);
    void leaveSuccession(CopyHandle handle, BrokerDoor& door);
    void oneLessInTurn(std::uint32_t succession, BrokerDoor& door);
    void noteUndone(CopyHandle handle, bool undone) {
        if (handle < m_partsOfSuccessions.size())
            m_partsOfSuccessions[handle].undone = undone;
    }
    // retained.cpp
    void keep(const Publish& publish);
    void sendRetained(ConsumerId consumer, BrokerDoor& door);
    std::ptrdiff_t filtersOf(const RouteTarget& target, std::string_view key) const;
    // gate.cpp
    void adoptGates();
    std::uint64_t dedupKey(const ChannelPlan& channel, MessageHandle handle, BrokerDoor& door) const;
    bool isValid(MessageHandle handle, const JsonSchema& schema, BrokerDoor& door);
    Entry checkSchema(const ChannelPlan& channel, MessageHandle handle, BrokerDoor& door);
    Entry askGate(ChannelId id, MessageHandle handle, BrokerDoor& door);
    void noteEntry(ChannelId id, MessageHandle handle, BrokerDoor& door);
    Entry askSequence(const Publish& publish) const;
    void noteSequence(const Publish& publish);
    Admission turnAllAway(const Publish& publish, std::span<const RouteTarget> targets, Entry denied, BrokerDoor& door);
    std::optional<Admission> turnAway(const Publish& publish, Entry entry, BrokerDoor& door);
    bool isForGood(ReasonId refusal) const;
    void buryAtGate(const Publish& publish, const RouteTarget& target, Entry entry, BrokerDoor& door);
    // half_messages.cpp
    void scheduleCheck(std::uint32_t half, Duration after, BrokerDoor& door);
    void checkBack(std::uint32_t half, BrokerDoor& door);
    // throttling.cpp
    void adoptRates(SimTime now);
    std::int64_t costOf(const RateLimitSpec& rate, MessageHandle message) const;
    Admission throttle(Publish publish, BrokerDoor& door);
    void scheduleThrottled(ChannelId channel, BrokerDoor& door);
    void passThrottled(ChannelId channel, BrokerDoor& door);
    void leaveThrottled(ChannelId channel, std::uint32_t waiting, BrokerDoor& door);
    enum class Pace : std::uint8_t { now, later, never };
    Pace pace(SubscriptionId id, CopyHandle handle, PlaceId place, BrokerDoor& door);
    void resumePaced(SubscriptionId id, BrokerDoor& door);
    // buffers.cpp
    void enqueue(MessageHandle message, const Birth& birth, BrokerDoor& door);
    CopyHandle bear(MessageHandle message, const Birth& birth, Duration delay, BrokerDoor& door);
    void enter(MessageHandle message, const Birth& birth, BrokerDoor& door);
    bool goesStraight(SubscriptionState& state);
    void goStraight(CopyHandle handle, SubscriptionId id, BrokerDoor& door);
    static SimTime expiryOf(const Message& message, const SubscriptionPlan& plan, Duration delay, bool forgetTtl,
                            SimTime now);
    void endDelay(CopyHandle handle, BrokerDoor& door);
    // `waited`: its delay is over.
    void makeReady(CopyHandle handle, BrokerDoor& door, bool waited = false);
    void pushReady(CopyHandle handle, RequeueTo place, BrokerDoor& door);
    CopyHandle popReady(SubscriptionId id);
    void leaveReady(SubscriptionState& state, const Copy& copy);
    bool overfull(SubscriptionId id) const;
    void trim(SubscriptionId id, BrokerDoor& door);
    bool isOpen(const Arrival& arrival, SubscriptionId id) const;
    void collectArrivals(SubscriptionId id);
    void noteArrival(CopyHandle handle);
    void dropEldest(SubscriptionId id, BrokerDoor& door);
    void scheduleExpiry(SubscriptionId id, BrokerDoor& door);
    bool isExpired(CopyHandle handle, CopyHandle spared, SimTime now) const;
    void expireHeads(SubscriptionId id, CopyHandle spared, BrokerDoor& door);
    void expireCopy(CopyHandle handle, BrokerDoor& door);
    void watchIdleness(SubscriptionId id, BrokerDoor& door);
    void deleteQueue(SubscriptionId id, BrokerDoor& door);
    // streams.cpp
    void append(MessageHandle message, const Appending& to, BrokerDoor& door);
    void appendTo(std::uint32_t partition, MessageHandle message, const Appending& to, BrokerDoor& door);
    void applyRetention(ChannelId channel, std::uint32_t partition, BrokerDoor& door);
    void removeRecord(ChannelId channel, std::uint32_t partition, std::uint64_t offset, ReasonId reason, BrokerDoor& door);
    void endUnread(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, RecordKind kind, ReasonId reason,
                   BrokerDoor& door, bool promised = false);
    void replaceOlder(ChannelId channel, std::uint32_t partition, std::uint64_t from, std::uint64_t to, BrokerDoor& door);
    void dropAtStream(MessageHandle message, ChannelId channel, BrokerDoor& door);
    bool streamFull(ChannelId channel, const Publish& publish) const;
    bool logFull(ChannelId channel, std::uint32_t partition, const Message& message) const;
    std::uint32_t partitionFor(ChannelId channel, const Message& message) const;
    std::uint32_t takePartition(const Message& message, const Appending& to);
    void ackedInStream(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door);
    // stream_delays.cpp
    Duration delayOf(const Publish& publish) const { return publish.delay.value_or(m_messages[publish.message].delay); }
    // Its delay keeps it out of the log. In a log's transaction it is appended at once, as its marker comes behind it.
    static bool isAppendedLate(const ChannelSpec& spec, Duration delay, TransactionTag transaction) {
        return spec.delayHolds == DelayHolds::append && delay > Duration::zero() && !transaction.valid();
    }
    void holdBack(std::uint32_t partition, MessageHandle message, const Appending& to, BrokerDoor& door);
    void appendLate(std::uint32_t late, BrokerDoor& door);
    void withhold(ChannelId channel, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door);
    void endWithholding(ChannelId channel, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door);
    // Of a record that the group has not read.
    CopyState unreadState(SubscriptionId id, const StreamLog& log, std::uint64_t offset) const {
        return log.at(offset).withheld && m_subscriptions[id.index()].shared ? CopyState::delayed : CopyState::ready;
    }
    // archives.cpp
    void archive(const Publish& publish, BrokerDoor& door);
    void forgetArchived(ChannelId channel, SimTime now);
    std::vector<RouteTarget> replayTargets(const Publish& publish, std::span<const RouteTarget> targets) const;
    // geo_replication.cpp
    void crossOver(MessageHandle message, const Appending& to, std::uint32_t partition, BrokerDoor& door);
    void arriveOver(ChannelId channel, std::uint32_t replicator, BrokerDoor& door);
    // transactions.cpp
    void timeOutTransactions(std::uint64_t look, BrokerDoor& door);
    void joinTransaction(TransactionTag tag, const LogPlace& at, FamilyHandle family);
    std::uint64_t stableEnd(ChannelId channel, std::uint32_t partition) const;
    bool isSeen(SubscriptionId id, const StreamLog& log, std::uint64_t offset) const;
    void finishTransaction(std::uint32_t transaction, bool commits, ReasonId reason, BrokerDoor& door);
    void decideRecord(const LogPlace& at, bool commits, BrokerDoor& door);
    void countUnread(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, SimTime now);
    std::uint64_t appendMarker(const LogPlace& at, bool commits, ReasonId reason, BrokerDoor& door);
    void writeMarkersAgain(std::uint32_t buffer, BrokerDoor& door);
    void readOnBehind(const LogPlace& marker, BrokerDoor& door);
    void cutTransactions(ChannelId channel, std::uint32_t partition, std::uint64_t to, BrokerDoor& door);
    // replication.cpp
    bool hasNodes() const { return !m_replicaSets.empty(); }
    // On nodes; what is broadcast is not kept at all.
    bool isKept(SubscriptionId id) const { return hasNodes() && channelOf(id).firstBuffer != ChannelPlan::noBuffer; }
    std::uint32_t bufferOf(ChannelId channel, std::uint32_t partition) const {
        return m_plan->channels[channel.index()].firstBuffer + partition;
    }
    std::uint32_t bufferOf(SubscriptionId queue) const {
        return bufferOf(m_plan->subscriptions[queue.index()].channel, 0);
    }
    const ChannelSpec& specOf(std::uint32_t buffer) const {
        return m_plan->channels[m_plan->buffers[buffer].channel.index()].spec;
    }
    bool serves(std::uint32_t buffer) const { return m_replicaSets[buffer].serves(specOf(buffer).commitRule); }
    std::uint64_t readableEnd(ChannelId channel, std::uint32_t partition) const;
    void openNodes();
    Record replicaRecord(RecordKind kind, std::uint32_t buffer, std::uint32_t replica, SimTime now) const;
    void log(MessageHandle message, const Birth& birth, BrokerDoor& door);
    void loseUnled(MessageHandle message, const Birth& birth, BrokerDoor& door);
    bool isUnled(const RouteTarget& target, MessageHandle message) const;
    void replicate(std::uint32_t buffer, BrokerDoor& door);
    Duration hop(std::uint32_t buffer, std::uint32_t replica, bool answers, BrokerDoor& door) const;
    void fetch(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void fetched(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void answered(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void fetchDue(std::uint32_t buffer, std::uint64_t which, BrokerDoor& door);
    void scheduleFetch(std::uint32_t buffer, std::uint32_t replica, Duration after, BrokerDoor& door);
    void watch(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void checkLag(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void setInSync(std::uint32_t buffer, std::uint32_t replica, bool inSync, BrokerDoor& door);
    void advance(std::uint32_t buffer, BrokerDoor& door);
    void enterCommitted(std::uint32_t buffer, BrokerDoor& door);
    void purgeComing(std::uint32_t buffer, BrokerDoor& door);
    bool isUnserved(const Copy& copy) const;
    bool waitsUnserved(SubscriptionId id) const;
    // promises.cpp
    std::optional<ReasonId> unavailable(const Publish& publish, BrokerDoor& door);
    std::uint32_t targetBuffer(const RouteTarget& target, MessageHandle message) const;
    bool asks(const Publish& publish) const {
        return publish.acks && publish.acks != Acks::none && publish.token != noHandle && hasNodes();
    }
    std::uint32_t beginWait(const Publish& publish, bool inTurn);
    Admission endWait(std::uint32_t wait);
    void expect(std::uint32_t wait, Acks acks, std::uint32_t buffer, std::uint64_t entry);
    Admission answerRepeat(const Publish& publish, BrokerDoor& door);
    void keepPromises(std::uint32_t buffer, BrokerDoor& door);
    void breakPromises(std::uint32_t buffer, std::uint64_t beyond, BrokerDoor& door);
    void forgetWait(std::uint32_t wait);
    void unpromise(std::uint32_t buffer, std::vector<std::uint64_t> entries);
    // disks.cpp
    void openDisks();
    std::int64_t bytesIn(std::uint32_t buffer) const;
    void weigh(std::uint32_t buffer, BrokerDoor& door);
    void lookAtDisk(NodeId node, BrokerDoor& door);
    void diskChanged(NodeId node, BrokerDoor& door);
    bool meetsFullDisk(std::span<const RouteTarget> targets) const;
    void waitForDisk(const Publish& publish, std::uint32_t waiting, BrokerDoor& door);
    void leaveDiskLine(std::uint32_t waiting);
    void wakeDiskWaiters(BrokerDoor& door);
    // reach.cpp
    bool reaches(ConsumerId consumer, std::uint32_t buffer) const;
    void lookAtReach(std::uint32_t buffer, BrokerDoor& door);
    void lookAtReach(std::span<const ConsumerId> consumers, std::uint32_t buffer, BrokerDoor& door);
    void reconnect(std::uint32_t buffer, BrokerDoor& door);
    bool isDeposed(std::uint32_t buffer) const;
    void watchLeader(std::uint32_t buffer, BrokerDoor& door);
    void checkLeader(std::uint32_t buffer, std::uint64_t term, BrokerDoor& door);
    // clocks.cpp
    Duration aheadOf(ChannelId channel, std::uint32_t partition) const;
    void noteClock(ChannelId channel, std::uint32_t partition, std::uint64_t offset);
    SimTime stampOf(ChannelId channel, std::uint32_t partition, std::uint64_t offset) const;
    void clockChanged(std::uint32_t buffer, BrokerDoor& door);
    // elections.cpp
    template <class Act> void eachReplicaOn(NodeId node, Act act) {
        for (std::uint32_t buffer = 0; buffer < m_replicaSets.size(); ++buffer)
            for (std::uint32_t i = 0; i < m_replicaSets[buffer].replicas.size(); ++i)
                if (m_replicaSets[buffer].replicas[i].node == node)
                    act(buffer, i);
    }
    void comeBack(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void caughtUp(Replica& replica, BrokerDoor& door);
    void leave(std::uint32_t buffer, std::uint32_t replica, BrokerDoor& door);
    void loseUnflushed(std::uint32_t buffer, std::uint32_t replica, SimTime now);
    void loseLeader(std::uint32_t buffer, BrokerDoor& door);
    void scheduleElection(std::uint32_t buffer, BrokerDoor& door);
    void holdElection(std::uint32_t buffer, BrokerDoor& door);
    void returnLeader(std::uint32_t buffer, std::uint64_t term, BrokerDoor& door);
    void elect(std::uint32_t buffer, std::uint32_t winner, BrokerDoor& door);
    void serveAgain(std::uint32_t buffer, BrokerDoor& door);
    void takeBackFromConsumers(SubscriptionId queue, BrokerDoor& door);
    bool holdsDue(BrokerDue kind, std::uint32_t a, std::uint64_t b);
    bool holdsDueOf(std::uint32_t buffer, BrokerDue kind, std::uint32_t a, std::uint64_t b);
    // lost_entries.cpp
    void cut(std::uint32_t buffer, std::uint64_t to, BrokerDoor& door);
    void cutQueue(std::uint32_t buffer, std::uint64_t to, BrokerDoor& door);
    void loseCopy(CopyHandle handle, bool promised, BrokerDoor& door);
    void loseShared(SubscriptionId id, std::uint32_t partition, std::uint64_t from, BrokerDoor& door);
    void cutStream(std::uint32_t buffer, std::uint64_t to, BrokerDoor& door);
    bool wasPromised(std::uint32_t buffer, std::uint64_t entry, std::optional<Acks> asked) const;
    void forgetEntry(MessageHandle message, ChannelId channel, BrokerDoor& door);
    // dispatch.cpp
    // `spared`: a copy that has just come and may be delivered although its time to live is 0.
    void dispatch(SubscriptionId id, BrokerDoor& door, CopyHandle spared = Copy::noMessage);
    // Also what was given back, before the queue sees to its length, where that comes later.
    void dispatchReturned(SubscriptionId id, BrokerDoor& door);
    void deliver(CopyHandle handle, ConsumerId consumer, BrokerDoor& door);
    void afterTurn(ConsumerId consumer, SubscriptionId id);
    // broadcast.cpp
    bool broadcasts(SubscriptionId id) const { return m_plan->subscriptions[id.index()].broadcast; }
    void broadcast(MessageHandle message, const Birth& birth, Duration delay, BrokerDoor& door);
    bool lineFull(ConsumerId id, MessageHandle message) const;
    void await(CopyHandle handle, BrokerDoor& door);
    void endBroadcastDelay(CopyHandle handle, BrokerDoor& door);
    void trimBroadcast(SubscriptionId id, BrokerDoor& door);
    void serveAll(SubscriptionId id, BrokerDoor& door);
    void serve(ConsumerId id, BrokerDoor& door);
    void dropOwn(ConsumerId id, BrokerDoor& door);
    std::int64_t presentAt(SubscriptionId id) const;
    // turns.cpp
    struct Turn { // who gets what next
        ConsumerId consumer;
        CopyHandle copy = Copy::noMessage;
    };
    void standInLine(ConsumerId id);
    void leaveLine(ConsumerId id);
    void passOver(SubscriptionId id, ConsumerId chosen);
    static bool follows(const Consumer& left, const Consumer& right, ConsumerOrder order);
    void enterLine(ConsumerId consumer);
    bool hasCredit(const Consumer& consumer) const;
    void takeCredit(Consumer& consumer, int copies);
    bool someCredit(SubscriptionState& state);
    bool wouldBeTaken(SubscriptionId id, const Message& message);
    // Nothing may be delivered for the first time.
    bool isSaturated(SubscriptionId id) const {
        if (m_outstanding.empty())
            return false;
        const auto& most = channelOf(id).spec.unackedMax;
        return most && m_outstanding[id.index()] >= *most;
    }
    void adoptOutstanding();
    void noLongerOutstanding(Copy& copy) {
        if (std::exchange(copy.outstanding, false))
            --m_outstanding[copy.subscription.index()];
    }
    CopyHandle nextCopy(SubscriptionId id);
    CopyHandle takeOut(SubscriptionId id, CopyHandle handle);
    Turn takeTurn(SubscriptionId id);
    bool looksAhead(SubscriptionId id) const;
    CopyHandle peekTurn(SubscriptionId id);
    ConsumerId nextConsumer(SubscriptionId id, CopyHandle copy) const;
    bool comesFirst(const Consumer& left, const Consumer& right, ConsumerOrder order) const;
    ConsumerId ownerOfKey(const SubscriptionState& state, const Message& message) const;
    bool isHeld(const HeldKey& key) const;
    void holdKeys(SubscriptionId id);
    ConsumerId readerOf(SubscriptionId id, std::uint32_t partition) const;
    void elect(SubscriptionId id, ConsumerId came);
    void consumersChanged(SubscriptionId id, ConsumerId came, BrokerDoor& door);
    void takeOver(SubscriptionId id, BrokerDoor& door);
    void joinCredit(ConsumerId id);
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
    // polls.cpp
    void watchPolls(ConsumerId id, BrokerDoor& door);
    void pollEnds(ConsumerId id, BrokerDoor& door);
    void leaveGroup(ConsumerId id, BrokerDoor& door);
    void takeOutOf(SubscriptionId id, ConsumerId consumer, BrokerDoor& door);
    // positions.cpp
    std::uint64_t reach(SubscriptionId id, std::uint32_t partition) const;
    std::uint64_t offsetOf(const ReadFromSpec& from, SubscriptionId id, std::uint32_t partition) const;
    void commit(SubscriptionId id, std::uint32_t partition, Record record, BrokerDoor& door);
    void handled(SubscriptionId id, std::uint32_t partition, const Record& record, BrokerDoor& door);
    void commitDue(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void beginAt(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void readAgain(SubscriptionId id, std::uint32_t partition, std::uint64_t from, ReasonId reason, BrokerDoor& door);
    void passOver(SubscriptionId id, std::uint32_t partition, std::uint64_t to, ReasonId reason, BrokerDoor& door);
    void goBack(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void revoke(SubscriptionId id, std::uint32_t partition, ReasonId reason, BrokerDoor& door);
    void forgetOpen(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void layBack(SubscriptionId id, std::uint32_t partition, ReasonId reason, BrokerDoor& door);
    Record recordAt(RecordKind kind, SubscriptionId id, std::uint32_t partition, std::uint64_t offset, SimTime now) const;
    void dispatchStream(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    bool deliverNext(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    PlaceId placeOf(const Copy& copy) const; // without a consumer
    bool passRemoved(SubscriptionId id, std::uint32_t partition);
    CopyHandle readNext(SubscriptionId id, std::uint32_t partition);
    // shared_groups.cpp
    bool readShared(SubscriptionId id, BrokerDoor& door);
    void forgetRemoved(SubscriptionId id, BrokerDoor& door);
    void endRemoved(CopyHandle handle, CopyState from, PlaceId place, BrokerDoor& door);
    CopyHandle pendingAt(SubscriptionId id, std::uint32_t partition, std::uint64_t offset) const;
    void handOver(CopyHandle handle, ConsumerId to, bool counts, BrokerDoor& door);
    void giveUpFrom(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, BrokerDoor& door);
    bool keepsPending(SubscriptionId id) const;
    void takeOverPending(SubscriptionId id, std::uint32_t partition, BrokerDoor& door);
    void leavePending(CopyHandle handle, PlaceId place, BrokerDoor& door);
    void readHistory(ConsumerId id, BrokerDoor& door);
    void readOn(ConsumerId id, BrokerDoor& door);
    void noteRead(SubscriptionId id, std::uint32_t partition, std::uint64_t offset);
    void raiseFloor(SubscriptionId id, std::uint32_t partition, std::uint64_t offset, Record record, BrokerDoor& door);
    // intervention.cpp
    bool isLost(const Copy& copy, ConsumerId consumer) const;
    void lose(CopyHandle handle, ConsumerId consumer, BrokerDoor& door);
    int timesOf(const Publish& publish) const;
    template <class Visit> void forEachReady(SubscriptionId id, Visit visit) const;
    std::vector<RouteTarget> wayBack(const Copy& copy, ChannelId to, bool goes, BrokerDoor& door);
    bool staysIn(const Copy& copy, SubscriptionId queue) const;
    template <class Predicate> std::vector<CopyHandle> takeWaiting(SubscriptionId queue, Predicate holds);
    void purge(CopyHandle handle, ChannelId to, ReasonId reason, BrokerDoor& door);
    // settlement.cpp
    void settleOne(DeliveryTag tag, Settlement settlement, ReasonId reason, BrokerDoor& door);
    void goOn(ConsumerId consumer, SubscriptionId subscription, std::uint32_t partition, BrokerDoor& door);
    void takeBack(CopyHandle handle); // out of its consumer's list; older tags are void
    void afterFailure(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    void retryThrough(CopyHandle handle, CopyState from, PlaceId place, Duration delay, BrokerDoor& door);
    void takeAllBack(ConsumerId consumer, BrokerDoor& door);
    void loseHold(ConsumerId consumer, CopyHandle handle, WhenGone whenGone, BrokerDoor& door);
    // Of what a lost connection gives back, or a queue whose replicas are all gone.
    static RequeueTo placeAfterLoss(const ChannelSpec& spec);
    void afterLast(CopyHandle handle, CopyState from, PlaceId place, BrokerDoor& door);
    void refuse(CopyHandle handle, PlaceId place, BrokerDoor& door);
    void stay(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    void drop(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    // RequeueTo::returnedIfLimited, decided.
    static RequeueTo limitedPlace(const ChannelSpec& spec, RequeueTo place);
    // RabbitMQ's quorum queues deliver what was given back, or what it lets pass, before they see to their length.
    bool deliversBeforeTrim(SubscriptionId id) const { return m_plan->subscriptions[id.index()].deliversBeforeTrim; }
    void giveBack(CopyHandle handle, RequeueTo to, PlaceId place, ReasonId reason, BrokerDoor& door);
    std::int64_t attemptsOf(const Copy& copy) const;
    // dead_letters.cpp
    void die(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    // Refused at its birth by a queue that dead-letters what it refuses.
    void buryAtBirth(MessageHandle message, const Birth& birth, BrokerDoor& door);
    bool bury(const Copy& copy, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door);
    void sendOn(const Copy& dying, std::span<const RouteTarget> targets, const std::shared_ptr<const Death>& deaths,
                BrokerDoor& door);
    void arrive(const DeadLetter& letter, BrokerDoor& door);
    void sendUnderWay(BrokerDoor& door);
    // together.h
    template <class Work> void dieTogether(BrokerDoor& door, Work work);
    template <class Work> void asOneCommand(SubscriptionId id, BrokerDoor& door, Work work);
    std::shared_ptr<const Death> deathOf(const Copy& copy, ReasonId reason, RoutingKeyId after, SimTime now) const;
    bool isRejection(ReasonId reason) const;
    static std::shared_ptr<const Death> withDeath(const std::shared_ptr<const Death>& history, Death death);
    void end(CopyHandle handle, BrokerDoor& door);
    void endInQueue(CopyHandle handle, BrokerDoor& door);
    void endInStream(CopyHandle handle, BrokerDoor& door);
    void freeCopy(CopyHandle handle, BrokerDoor& door);
    void endAcked(CopyHandle handle, BrokerDoor& door);
    void endAwaited(CopyHandle handle, BrokerDoor& door);
    bool inCycle(const Death& latest, ChannelId target) const;
    void creditBack(ConsumerId consumer, BrokerDoor& door);
    void offerCredit(ConsumerId id, BrokerDoor& door);
    Duration backoff(const ChannelPlan& channel, const Copy& copy) const;
    // deadlines.cpp
    std::optional<Duration> ackTimeoutOf(const Copy& copy) const;
    bool isCurrent(const Deadline& deadline) const;
    void addDeadline(const Copy& copy, DeliveryTag tag, Duration timeout, BrokerDoor& door);
    void checkDeadlines(SubscriptionId id, BrokerDoor& door);
    void scheduleDeadline(SubscriptionId id, BrokerDoor& door);
    void shortenDeadlines(SubscriptionId id, Duration timeout, BrokerDoor& door);
    // broker.cpp: a family is complete when nothing of it is open, and forgotten when nothing refers to it
    void leaveFamily(FamilyHandle family, bool counted, BrokerDoor& door);
    void closeOne(FamilyHandle family, BrokerDoor& door);
    void complete(Family& family, BrokerDoor& door);
    void dropFamily(FamilyHandle family);
    void dropReference(MessageHandle message);

    Record recordOf(RecordKind kind, MessageHandle message, PlaceId place, SimTime now) const {
        return m_messages[message].recordOf(kind, place, now);
    }
    Record recordOf(RecordKind kind, const Copy& copy, PlaceId place, SimTime now) const;

    std::shared_ptr<const BrokerPlan> m_plan;
    RouteTable m_routes;
    Router m_router;
    // By the channel it was published to and its routing key; the message is kept, its family is not kept open.
    std::map<std::pair<ChannelId, std::string>, MessageHandle> m_retained;
    std::vector<Ring<Archived>> m_archives; // by exchange; their families are not kept open
    RoutingResults m_routings;
    std::vector<std::uint32_t> m_open; // by subscription of a queue: copies that are not settled
    Slab<Message> m_messages;
    Slab<Copy> m_copies;
    Slab<Family> m_families;
    Slab<Waiting> m_waiting;
    Slab<Half> m_halves;
    Slab<LoggedTransaction> m_transactions;
    SimTime m_transactionsLook = SimTime::max(); // the next look at their deadlines
    std::vector<SubscriptionState> m_subscriptions;
    std::vector<Consumer> m_consumers;
    std::vector<CreditGroup> m_creditGroups;
    std::vector<RoutingKeyId> m_deadLetterKeys; // by channel; noHandle: the message's own
    std::uint64_t m_joins = 0;
    std::vector<StreamState> m_streams; // by channel
    std::vector<GroupState> m_groups;
    std::vector<double> m_duplicates; // by channel
    std::vector<RateLimiter> m_limiters; // by channel; empty where no channel has a rate
    std::vector<ReplicaSet> m_replicaSets; // by buffer; empty where the broker has no nodes
    std::vector<BrokerNode> m_nodes;
    NodeLinks m_nodeLinks;
    std::vector<std::pair<ConsumerId, NodeId>> m_unreached; // sorted
    std::vector<std::int64_t> m_weights; // by buffer: bytes when it was last weighed; empty where no disk has a size
    std::size_t m_disksFull = 0;
    Ring<std::uint32_t> m_diskLine; // publishes that wait for room on the nodes' disks, oldest first
    bool m_wakingDiskLine = false;
    std::vector<CopyEntry> m_copyEntries;  // by copy; of queues on nodes
    Slab<Wait> m_waits;
    std::size_t m_coming = 0; // copies that are appended and not committed, or wait for their turn, and messages that
                              // wait to be appended, in all
    Slab<LateAppend> m_lateAppends;
    UnderWay m_underWay; // empty between two calls
    Slab<Succession> m_successions;
    Slab<Successor> m_successors;
    std::vector<PartOfSuccession> m_partsOfSuccessions; // by copy; empty until something was served in turn
    std::vector<std::int64_t> m_outstanding; // by subscription; empty where no channel counts them
    Gatekeeping m_gatekeeping;
    std::vector<Pacing> m_pacings;       // by subscription; empty where none has one
    std::uint32_t m_generation = 0;
    bool m_losing = false; // some share of losses was ever set
    bool m_someDeleted = false; // some queue was ever deleted
    bool m_boundReached = false;
};

} // namespace weir

#include "core/broker/inlined.h"

// BrokerBench: drives a Broker by hand, without a simulation: its own agenda, a recorder, and consumers that settle
// only when told to. What happened is read as text, one line a record, so that a test states exact times and orders.
#pragma once

#include "core/broker/broker.h"
#include "core/broker/plan_compiler.h"
#include "core/kernel/agenda.h"
#include "core/record/recorder.h"

#include <QString>

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weir {

struct BenchMessage {
    std::string routingKey = "job";
    std::string key; // partition key; empty: none
    Duration ttl = Duration::max();
    Duration delay{};
    Duration timeout = Duration::max();
    std::uint8_t priority = 0;
    Ordinal cause = 0;
    Value headers = {};
    Value data = {};
    bool mandatory = false;
    bool retain = false;
    std::int64_t size = 1; // bytes
    std::uint16_t source = 0;
    std::uint64_t identity = 0; // what it shares with its repeats; 0: it is new
    std::uint32_t producer = 0, sequence = 0;
    std::string version = "1.0"; // of its type, "job"
    bool tombstone = false; // with its key it has no data
    std::optional<Acks> acks = {}; // what its producer waits for
    TransactionTag transaction = {};
};

struct BenchConsumer {
    std::uint32_t prefetch = 1;
    bool automatic = false;
    int priority = 0;
    SharedCredit shared = {};
    // Of those that are called, in experiments (tests/brokers):
    std::uint32_t calls = 0; // so often; 0: without end
    bool fails = false;      // each time
};

class BrokerBench : public BrokerEffects {
  public:
    // Of the services only names and handlers count; a service "worker" is there anyway.
    explicit BrokerBench(std::vector<ChannelSpec> channels, std::vector<ServiceSpec> services = {},
                         std::vector<EventTypeSpec> events = {}, std::vector<NodeSpec> nodes = {});

    // The message's ordinal counts from 1.
    Admission publish(const std::string& channel, const BenchMessage& what = {});
    // A half message.
    HalfTag prepare(const std::string& channel, const BenchMessage& what = {});
    bool finishHalf(HalfTag half, Broker::HalfEnd end);
    TransactionTag begin(Duration timeout = 1min);
    bool end(TransactionTag transaction, bool commits);
    // Its number, from 0, is the instance in the lines.
    ConsumerId attach(const std::string& subscription, std::uint32_t prefetch = 1, bool automatic = false);
    ConsumerId attach(const std::string& subscription, const BenchConsumer& consumer);
    void retire(ConsumerId consumer);
    // Of one of the streams that a group reads; consumers with one member number are one member.
    ConsumerId attachTo(const std::string& channel, const std::string& group, std::uint32_t member,
                        std::uint32_t prefetch = 1);
    void openGroups();
    // The latest delivery of that message; false where it had been taken back.
    bool settle(Ordinal message, Settlement how);
    bool settle(DeliveryTag tag, Settlement how);
    bool wasDelivered(Ordinal message) const { return m_latest.contains(message); }
    std::size_t settleAll(const std::vector<Ordinal>& messages, Settlement how);
    std::size_t settleThrough(Ordinal message, Settlement how);
    bool ackLate(DeliveryTag tag, Ordinal message);
    bool extend(Ordinal message);
    // Without `to` back to where each came from.
    std::size_t redrive(const std::string& queue, const std::string& to = {});
    std::size_t purge(const std::string& queue);
    DeliveryTag latest(Ordinal message) const { return m_latest.at(message); }
    void disconnect(ConsumerId consumer) { disconnect(std::vector<ConsumerId>{consumer}); }
    void disconnect(const std::vector<ConsumerId>& consumers);
    void resume(ConsumerId consumer);
    // Runs what is due up to and including that time, counted from the start.
    void runTo(Duration time);
    // How many it may hold unacked from now on: what it pulls.
    void allow(ConsumerId consumer, std::uint32_t prefetch);
    bool claim(ConsumerId consumer, const Broker::Claim& claim);
    // Where to go on, or -1.
    std::int64_t claimIdle(ConsumerId consumer, const Broker::Claim& from, std::size_t most);
    std::size_t forget(ConsumerId consumer);
    // "offset@instance#deliveries ..." of what a shared group has not settled.
    QString pendingOf(const std::string& group) const;
    void nodeDown(const std::string& node, NodeTrouble trouble = NodeTrouble::down);
    void nodeUp(const std::string& node, NodeTrouble trouble = NodeTrouble::down);
    void diskFull(const std::string& node, bool on);
    void slowDisk(const std::string& node, Duration by) { m_broker.setSlowDisk(m_catalogue->node(node), by); }
    void setClock(const std::string& node, Duration ahead);
    // Nobody on one side reaches anybody on the other.
    void separate(const std::vector<std::string>& left, const std::vector<std::string>& right);
    void setReach(ConsumerId consumer, const std::string& node, bool on);
    // From then on, between that node and the others, each way.
    void setHop(const std::string& node, Duration takes);
    void seek(const std::string& group, const ReadFromSpec& to);
    // "start..end next committed" of a group in a partition.
    QString position(const std::string& group, std::uint32_t partition) const;
    std::uint64_t stable(const std::string& group, std::uint32_t partition = 0) const;
    std::int64_t lag(const std::string& group) const; // as a Picture says it
    // By partition the number of the owner's attachment, or -.
    QString owners(const std::string& group) const;
    QString ownersOf(const std::string& channel, const std::string& group) const;

    // "12 delivered 3#1 jobs@0; ...": milliseconds, kind, message and attempt, channel, /partition, @instance, >node,
    // reason, ! where its producer had been told that it is safe.
    QString log(std::initializer_list<RecordKind> kinds) const;
    // "channel reason xcount < ...", the latest first.
    QString deaths(Ordinal message) const;
    // The routing key that its latest delivery came with.
    std::string routingKey(Ordinal message) const;
    // What was delivered so far, in order.
    struct Delivery {
        ConsumerId consumer;
        Ordinal message = 0;
        int attempt = 0;
        DeliveryTag tag = {};
        std::string key = {}; // the routing key that it came with
        QString deaths = {};  // as deaths() says them
    };
    const std::vector<Delivery>& deliveries() const { return m_deliveries; }
    const Broker& broker() const { return m_broker; }
    std::vector<std::uint32_t> commits() const; // what the committed records say, in order
    std::size_t ready(const std::string& subscription) const;
    std::size_t pending() const { return m_agenda.size(); }
    Ledger ledger() const { return m_recorder.head().ledger(); }
    const std::vector<std::pair<std::uint64_t, Admission>>& admissions() const { return m_admissions; }
    Catalogue& catalogue() { return *m_catalogue; }

    void deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) override;
    void admitted(std::uint64_t token, Admission outcome, BrokerDoor& door) override;
    void completed(std::uint32_t requester, BrokerDoor& door) override;
    EventView view(MessageHandle message) const override;
    Duration travel(const NodeHop& hop) const override;
    void schedule(SimTime at, DueKey what) override { m_agenda.schedule(at, Priority::broker, what); }
    std::uint64_t reserve() override { return m_agenda.reserve(); }
    void scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) override {
        m_agenda.scheduleReserved(at, Priority::broker, sequence, what);
    }

  private:
    QString textOf(const Death* latest) const;
    Broker::Publish made(const std::string& channel, const BenchMessage& what);
    SubscriptionId subscriptionAt(const std::string& channel, const std::string& group) const;
    ConsumerId attach(ConsumerOptions options);
    QString owners(SubscriptionId id) const;
    BrokerDoor door() { return {m_now, m_recorder, *this}; }

    std::shared_ptr<Catalogue> m_catalogue = std::make_shared<Catalogue>();
    std::shared_ptr<const BrokerPlan> m_plan;
    EventTypeId m_type;
    ReasonId m_failure;
    Broker m_broker;
    Recorder m_recorder;
    Agenda m_agenda;
    SimTime m_now{};
    Ordinal m_ordinals = 0;
    std::uint16_t m_consumers = 0;
    std::map<NodeId, Duration> m_hops;
    std::map<Ordinal, DeliveryTag> m_latest;
    std::vector<Delivery> m_deliveries;
    std::vector<std::pair<std::uint64_t, Admission>> m_admissions;
};

} // namespace weir

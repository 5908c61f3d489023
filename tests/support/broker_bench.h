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
    std::int64_t size = 0;
    bool tombstone = false; // with its key it has no data
};

class BrokerBench : public BrokerEffects {
  public:
    // Of the services only names and handlers count; a service "worker" is there anyway.
    explicit BrokerBench(std::vector<ChannelSpec> channels, std::vector<ServiceSpec> services = {});

    // The message's ordinal counts from 1.
    Admission publish(const std::string& channel, const BenchMessage& what = {});
    // Its number, from 0, is the instance in the lines.
    ConsumerId attach(const std::string& subscription, std::uint32_t prefetch = 1, bool automatic = false);
    // Of one of the streams that a group reads; consumers with one member number are one member.
    ConsumerId attachTo(const std::string& channel, const std::string& group, std::uint32_t member,
                        std::uint32_t prefetch = 1);
    void openGroups();
    // The latest delivery of that message; false where it had been taken back.
    bool settle(Ordinal message, Settlement how);
    bool settle(DeliveryTag tag, Settlement how);
    DeliveryTag latest(Ordinal message) const { return m_latest.at(message); }
    void disconnect(ConsumerId consumer);
    void resume(ConsumerId consumer);
    // Runs what is due up to and including that time, counted from the start.
    void runTo(Duration time);
    // How many it may hold unacked from now on: what it pulls.
    void allow(ConsumerId consumer, std::uint32_t prefetch);
    bool claim(ConsumerId consumer, const Broker::Claim& claim);
    // "offset@instance#deliveries ..." of what a shared group has not settled.
    QString pendingOf(const std::string& group) const;
    void seek(const std::string& group, const ReadFromSpec& to);
    // "start..end next committed" of a group in a partition.
    QString position(const std::string& group, std::uint32_t partition) const;
    // By partition the number of the owner's attachment, or -.
    QString owners(const std::string& group) const;
    QString ownersOf(const std::string& channel, const std::string& group) const;
    void retire(ConsumerId consumer);

    // "12 delivered 3#1 jobs@0; ...": milliseconds, kind, message and attempt, channel, /partition, @instance, reason.
    QString log(std::initializer_list<RecordKind> kinds) const;
    // "channel reason xcount < ...", the latest first.
    QString deaths(Ordinal message) const;
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
    void schedule(SimTime at, DueKey what) override { m_agenda.schedule(at, Priority::broker, what); }
    std::uint64_t reserve() override { return m_agenda.reserve(); }
    void scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) override {
        m_agenda.scheduleReserved(at, Priority::broker, sequence, what);
    }

  private:
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
    std::map<Ordinal, DeliveryTag> m_latest;
    std::vector<std::pair<std::uint64_t, Admission>> m_admissions;
};

} // namespace weir

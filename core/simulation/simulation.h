// Simulation: a model, a clock and everything that is going on, as a plain value: a copy is a snapshot that goes on
// identically. It runs dues in their total order, lets services work, and drives the broker with virtual time. What
// happens goes to the recorder that each call is given; the simulation keeps no record and knows no view.
#pragma once

#include "core/broker/broker.h"
#include "core/kernel/agenda.h"
#include "core/record/flat_map.h"
#include "core/record/recorder.h"
#include "core/result.h"
#include "core/services/event_subject.h"
#include "core/services/idempotency.h"
#include "core/services/state.h"
#include "core/simulation/command.h"
#include "core/simulation/model.h"
#include "core/simulation/pending_due.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace weir {

class Simulation final : private BrokerEffects {
  public:
    // A run that does more at one instant goes round without time passing, and is stopped at this bound.
    static constexpr std::uint64_t duesAtOnceMax = 20'000'000;

    explicit Simulation(std::shared_ptr<const Model> model);

    // Runs the next due. False, and nothing happens any more, once the run has stopped: at the scenario's end, when
    // nothing is left to do, or at a bound. A `stopped` record says which.
    bool step(Recorder& recorder);
    // Runs what is due up to `until` (inclusive), at most `duesMax` dues; says how many it ran.
    std::uint64_t run(SimTime until, std::uint64_t duesMax, Recorder& recorder);

    // At the present instant, between two dues. Errors, of which each says why and nothing happens: the run has stopped,
    // an unknown name, a number out of range, a change that the run's structure does not allow. The journal entry to keep
    // is returned.
    Result<JournalEntry> apply(const Command& command, Recorder& recorder);
    // Begins, before the first due; running does the same. Nothing where it has begun.
    void start(Recorder& recorder) { commandDoor(recorder); }
    // Lets time pass to `at`, before the next due: a command given then is stamped with it.
    void waitUntil(SimTime at);
    // What undoes a command, asked before it is applied; nothing where nothing does (redrive, discard, publish, seek).
    std::optional<Command> inverse(const Command& command) const;
    // Plays a journal's commands at their stamps while running to the end or `until`.
    Result<std::uint64_t> replay(const Journal& journal, SimTime until, Recorder& recorder);

    const Model& model() const { return *m_model; }
    const std::shared_ptr<const Model>& sharedModel() const { return m_model; }
    SimTime now() const { return m_now; }
    std::uint64_t dues() const { return m_dues; }
    std::uint64_t messages() const { return m_ordinals; }
    bool stopped() const { return m_stopped; }
    // The same run from here on, for another thread: the copy shares nothing that is ever written. Its catalogue is the
    // copy's own, with the same ids.
    Simulation forked() const;
    std::size_t memoryBytes() const; // of a copy of it; what copies share is left out
    // When the next due is; nothing when none is left.
    std::optional<SimTime> nextAt() const;
    // What is due next, at most so many; what will pass without anything being done is left out.
    PendingDues pending(std::size_t most) const;
    const Broker& broker() const { return m_broker; }
    const State& state(ServiceId service) const { return m_services[service.index()].state; }

  private:
    enum class Kind : std::uint8_t {
        arrival = brokerDueKinds, // a: source, b: generation
        userArrival,              // a: source, b: number of the arrival
        finish,                   // a: job, b: generation
        deliveryArrives,          // a: copy, b: generation
        publishArrives,           // a: travelling publish
        settlementArrives,        // a: travelling settlement
        goOn,                     // a: flow
        faultBegins,              // a: fault
        faultEnds,                // a: fault
        warmedUp,
        commandEnds               // a: in m_commandEnds
    };
    enum class JobEnd : std::uint8_t { success, nack, crash, crashAfterEffect, reject, skip };
    static constexpr std::uint32_t noJob = noHandle;

    struct Job { // one handling
        ConsumerId consumer;
        DeliveryTag tag;
        MessageHandle message = 0;
        SimTime started;
        std::uint64_t count = 0;
        std::uint32_t generation = 0;
        std::uint16_t attempt = 0;
        std::int64_t offset = -1;
        JobEnd end = JobEnd::success;
        ReasonId reason;
        bool active = false;
    };
    struct ConsumerState {
        Ring<DeliveryTag> prefetched;     // delivered, not yet started
        std::vector<std::uint32_t> jobs;  // being handled
        std::uint32_t idle = 0;           // workers
        bool up = true;
    };
    struct HandlerState { // shared by the instances of a service
        std::uint64_t count = 0;
        IdempotencyStore seen;
    };
    struct ServiceState {
        State state;
        std::vector<HandlerState> handlers;
        std::vector<bool> up; // by instance
        double slow = 1;
        double loss = 0; // share of the copies for it that are lost
        bool paused = false;
    };
    // The next `remaining` messages, of a type or that a service takes, fail until they are dead-lettered.
    struct Poison {
        ServiceId service;
        EventTypeId type;
        std::uint64_t remaining = 0;
    };
    struct CommandEnd { // of a command that lasts for a while
        FaultPlan fault;
        bool active = true; // no later command has taken its place
    };
    struct SourceState {
        ServiceId service;
        std::uint32_t index = 0; // in ServicePlan::sources
        ArrivalState arrivals;
        std::uint64_t count = 0;     // arrivals so far, batches counted by their members
        std::uint64_t remaining = 0; // of the batch at hand
        std::uint32_t generation = 0;
        std::uint32_t leaving = 0;   // users of a closed loop that do not come back
        bool closedLoop = false;
    };
    // What a job or an arrival still has to do while one of its publishes is blocked.
    struct Flow {
        std::uint32_t job = noJob;
        std::uint32_t jobGeneration = 0;
        std::uint32_t source = 0; // where job is noJob
        ProcessorOutput output;
        std::size_t next = 0;
    };
    struct TravellingPublish {
        Broker::Publish publish;
    };
    struct TravellingSettlement {
        DeliveryTag tag;
        Settlement settlement = Settlement::ack;
        ReasonId reason;
        Ordinal ordinal = 0;
        PlaceId place;
        EventTypeId type;
        std::uint16_t attempt = 0;
    };

    // BrokerEffects
    void deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) override;
    void admitted(std::uint64_t token, Admission outcome, BrokerDoor& door) override;
    void completed(std::uint32_t requester, BrokerDoor& door) override;
    void schedule(SimTime at, DueKey what) override { m_agenda.schedule(at, Priority::broker, what); }
    std::uint64_t reserve() override { return m_agenda.reserve(); }
    void scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) override {
        m_agenda.scheduleReserved(at, Priority::broker, sequence, what);
    }

    // simulation.cpp
    void begin(BrokerDoor& door);
    std::uint64_t runDues(SimTime until, std::uint64_t duesMax, Recorder& recorder);
    void stop(ReasonId reason, Recorder& recorder);
    void runDue(const DueKey& what, BrokerDoor& door);
    void later(SimTime at, Priority priority, Kind kind, std::uint32_t a, std::uint64_t b = 0) {
        m_agenda.schedule(at, priority, {static_cast<std::uint8_t>(kind), a, b});
    }
    std::optional<PendingDue> toldOf(const Due& due) const;
    // commands.cpp
    PlaceId placeAt(std::string_view pointer) const;
    BrokerDoor commandDoor(Recorder& recorder);
    void noteCommand(ReasonId reason, PlaceId place, BrokerDoor& door);
    Result<JournalEntry> applySet(const Command& command, Recorder& recorder);
    std::optional<Command> inverseOfSet(const Command& command) const;
    // reconfiguration.cpp
    void adopt(std::shared_ptr<const Model> model, BrokerDoor& door);
    void adoptSource(std::uint32_t source, const Model& before);
    void adoptService(ServiceId service, const Model& before, BrokerDoor& door);
    void attachConsumer(ConsumerId consumer, BrokerDoor& door);
    std::uint32_t idleOf(ConsumerId consumer) const; // workers that are free
    void scale(ServiceId service, std::uint32_t instancesBefore, BrokerDoor& door);
    Result<FaultPlan> faultOf(const Command& command) const;
    Result<FaultPlan> seekOf(const Command& command) const;
    Result<JournalEntry> applyToQueue(const Command& command, Recorder& recorder);
    Result<JournalEntry> applyPublish(const Command& command, Recorder& recorder);
    std::optional<Command> inverseOfFault(const Command& command, const FaultPlan& fault) const;
    void supersede(const FaultPlan& fault);
    // faults.cpp
    void strike(const FaultPlan& fault, BrokerDoor& door);
    void lift(const FaultPlan& fault, BrokerDoor& door);
    PlaceId placeOf(const FaultPlan& fault) const;
    ReasonId reasonOf(FaultKind kind, bool ends) const;
    std::optional<Duration> lengthOf(const FaultPlan& fault) const;
    void endCommand(std::uint32_t end, BrokerDoor& door);
    void setLoss(const FaultPlan& fault, double share);
    void seek(const FaultPlan& fault, BrokerDoor& door);
    void setPoison(const FaultPlan& fault, std::uint64_t count);
    bool isPoisoned(const Job& job, Ordinal ordinal, EventTypeId type);
    void beginFault(std::uint32_t fault, BrokerDoor& door);
    void endFault(std::uint32_t fault, BrokerDoor& door);
    void crash(ServiceId service, std::uint32_t instance, BrokerDoor& door);
    void restart(ServiceId service, std::uint32_t instance, BrokerDoor& door);
    void setPaused(ServiceId service, bool paused, BrokerDoor& door);
    void setRate(ServiceId service, double factor);
    void note(RecordKind kind, PlaceId place, ReasonId reason, std::int64_t value, BrokerDoor& door);
    // sources.cpp
    void scheduleArrival(std::uint32_t source, const std::optional<Arrival>& arrival);
    void userReturns(std::uint32_t source);
    void arrive(std::uint32_t source, BrokerDoor& door);
    void userArrives(std::uint32_t source, BrokerDoor& door);
    void continueSource(std::uint32_t source, BrokerDoor& door);
    bool runSource(std::uint32_t source, std::uint32_t requester, BrokerDoor& door);
    // handling.cpp
    void receive(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    void startNext(ConsumerId consumer, BrokerDoor& door);
    void start(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    JobEnd outcomeOf(const HandlerPlan& handler, const Job& job, const Subject* subject, double& fraction) const;
    void finish(std::uint32_t job, BrokerDoor& door);
    bool work(std::uint32_t job, BrokerDoor& door);
    void conclude(std::uint32_t job, Settlement settlement, ReasonId reason, BrokerDoor& door);
    void settle(const TravellingSettlement& settlement, BrokerDoor& door);
    EventView viewOf(MessageHandle message, const Job* job) const;
    Record recordOf(RecordKind kind, const Job& job, SimTime now) const;
    const HandlerPlan& handlerOf(ConsumerId consumer) const {
        const ConsumerPlan& plan = m_model->consumers[consumer.index()];
        return m_model->services[plan.service.index()].handlers[plan.handler];
    }
    HandlerState& handlerState(ConsumerId consumer) {
        const ConsumerPlan& plan = m_model->consumers[consumer.index()];
        return m_services[plan.service.index()].handlers[plan.handler];
    }
    std::uint64_t idempotencyKey(const HandlerPlan& handler, const EventView& event) const;
    // emission.cpp
    struct Trigger { // why something is emitted
        MessageHandle message = noHandle; // noHandle: a source's arrival
        const EventView* event = nullptr;
        std::uint32_t requester = Family::noRequester;
    };
    bool play(const Flow& owner, const ProcessorOutput& output, std::size_t from, const Trigger& trigger,
              BrokerDoor& door);
    bool playPlain(const Flow& owner, std::span<const SiteId> sites, const Trigger& trigger, BrokerDoor& door);
    Admission emit(SiteId site, std::string_view reason, const Trigger& trigger, BrokerDoor& door);
    Flow& suspend(const Flow& owner);
    void changeState(ServiceId service, const ProcessorOutput::Change& change, Ordinal ordinal, BrokerDoor& door);
    void goOn(std::uint32_t flow, BrokerDoor& door);
    Duration latency(Ordinal ordinal, std::uint32_t hop) const;

    std::shared_ptr<const Model> m_model;
    Agenda m_agenda;
    Broker m_broker;
    SimTime m_now{};
    std::uint64_t m_dues = 0;
    std::uint64_t m_duesBefore = 0; // the present instant
    std::uint64_t m_commands = 0;
    Ordinal m_ordinals = 0;
    bool m_begun = false;
    bool m_stopped = false;
    std::vector<ServiceState> m_services;
    std::vector<ConsumerState> m_consumers;
    std::vector<SourceState> m_sources;
    std::vector<CommandEnd> m_commandEnds;
    std::vector<Poison> m_poisons;
    FlatMap<bool> m_poisoned; // (ordinal, subscription) of messages that fail until they are dead-lettered
    std::vector<std::uint64_t> m_emissions;    // by site
    std::vector<RoutingKeyId> m_routingKeys;   // by site; noHandle: made for each message
    Slab<Job> m_jobs;
    std::uint32_t m_generation = 0;
    Slab<Flow> m_flows;
    std::uint32_t m_spareFlow = noHandle; // its handle is the token of the next publish
    Slab<TravellingPublish> m_publishes;
    Slab<TravellingSettlement> m_settlements;
    ProcessorOutput m_output; // of the handling at hand
};

} // namespace weir

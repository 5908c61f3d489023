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
#include "core/simulation/cargo.h"
#include "core/simulation/command.h"
#include "core/simulation/handshake.h"
#include "core/simulation/model.h"
#include "core/simulation/pending_due.h"
#include "core/simulation/producer.h"

#include <cstdint>
#include <map>
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
    // It did more at one instant than duesAtOnceMax: something goes round without time passing.
    bool goesRoundAtOnce() const { return m_dues - m_duesBefore > duesAtOnceMax; }
    // The same run from here on, for another thread: the copy shares nothing that is ever written. Its catalogue is the
    // copy's own, with the same ids.
    Simulation forked() const;
    std::size_t memoryBytes() const; // of a copy of it; what copies share is left out
    // How many dues could as well be the next one: only the order of their scheduling puts one of them first. Another one
    // can be chosen, to see that no order breaks a rule.
    std::size_t ties() const { return m_begun && !m_stopped ? m_agenda.ties() : 0; }
    void bringForward(std::size_t which) { m_agenda.bringForward(which); }
    // When the next due is, or the end where only a command could bring one; nothing when none is left.
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
        commandEnds,      // a: in m_commandEnds
        batchStarts,      // a: consumer
        acksDue,          // a: consumer, b: generation
        extendAck,        // a: job, b: generation
        answerArrives,    // a: confirm, b: its id, attempt, and whether it is a yes
        confirmTimeout,   // a: confirm, b: its id and attempt
        publishAgain,     // a: confirm, b: its id and attempt
        halfArrives,      // a: local transaction, b: its id
        localEnds,        // a: local transaction, b: its id
        checkAnswered,    // a: local transaction, b: its id
        connectionEnds,   // a: link, b: number of the cut
        transactionEnds,  // a: job, b: generation
        relayLooks,       // a: service, b: generation of its relay
        relayMarks,       // the same
        rollOn,           // a: rolling restart, b: RollStep
        publishReleased,  // a: confirm, b: its id and attempt
        receiptArrives,   // a: copy, b: generation
        deliveryReleased, // the same
        publishWaiting,   // a: confirm, b: its id
        pollsAgain        // a: consumer
    };
    enum class JobEnd : std::uint8_t { success, nack, crash, crashAfterEffect, crashBetween, reject, skip };
    static constexpr std::uint32_t noJob = noHandle;
    static constexpr std::uint64_t secondDelivery = 1ULL << 32U; // with the generation of deliveryArrives

    struct Job { // one handling
        ConsumerId consumer;
        DeliveryTag tag;
        MessageHandle message = 0;
        SimTime started;
        std::uint64_t count = 0;
        std::uint32_t generation = 0;
        std::uint16_t attempt = 0;
        std::uint16_t round = 0; // of its copy
        std::int64_t offset = -1;
        std::uint32_t transaction = noHandle; // in m_transactions
        RoutingKeyId routingKey = noHandle;
        JobEnd end = JobEnd::success;
        ReasonId reason;
        bool active = false;
        bool acked = false; // on receipt
        bool unreadable = false; // its consumer's own schema refuses it
        // Of a batch: the jobs of one handling, a list that begins with the leader.
        std::uint32_t leader = noJob, next = noJob;
        std::uint32_t open = 0; // leader: jobs of the batch that have not ended
        Settlement settlement = Settlement::ack; // how it ended, until the others have
        bool follows = false; // not the leader: no worker of its own
        std::uint32_t before = noJob, after = noJob; // the consumer's jobs
        bool batched() const { return follows || open > 0; }
    };
    struct OwnTransaction { // of a handling
        std::vector<Broker::Publish> held; // until it ends
        TransactionTag logged;             // of what streams have taken already
        SimTime arrives;                   // when the last of that is with the broker
    };
    struct OutboxRow { // an event that is not known to be published
        Broker::Publish publish; // its message is retained
        SiteId site;
        std::uint32_t count = 0; // of the site
        SimTime since;
        std::uint32_t looks = 0; // in which it was published
        bool sure = false;       // the broker said that it has it
    };
    struct OutboxState {
        Ring<OutboxRow> rows;
        std::uint32_t inHand = 0;     // the first ones, which the relay is publishing
        std::uint32_t unanswered = 0; // of them
        std::uint32_t generation = 0; // of the relay: another instance took over, or it looks anew
        bool looks = false;           // it is to, or is at work
    };
    struct Prefetched {
        DeliveryTag tag;
        SimTime since;
    };
    struct TravellingSettlement {
        DeliveryTag tag;
        Settlement settlement = Settlement::ack;
        ReasonId reason;
        Ordinal ordinal = 0;
        PlaceId place;
        ConsumerId consumer;
        EventTypeId type;
        std::uint16_t attempt = 0;
        std::uint16_t round = 0;
        std::uint32_t transaction = noHandle; // in m_transactions
        bool cumulative = false;
    };
    // What every delivery looks at stands in front, what its plan says about it too: with many consumers each cache
    // line counts.
    struct alignas(64) ConsumerState {
        Ring<Prefetched> prefetched; // delivered, not yet started
        std::uint32_t idle = 0;      // workers
        std::uint32_t busy = 0;
        std::uint32_t firstJob = noJob, lastJob = noJob; // being handled, a doubly linked list
        PlaceId place;                                   // channel, subscription, service, instance
        std::uint32_t handler = 0;                       // in Model::handlers
        ServiceId service;
        bool up = true;
        bool byPartition = false;        // what it handles has a place with the partition
        std::uint32_t gathering = 0;     // generation of the acks it gathers
        SimTime lookAt = SimTime::max(); // when it is to see whether there is enough for a batch
        Ring<TravellingSettlement> owed; // acks that it gathers
    };
    struct ServiceState {
        double slow = 1;
        double loss = 0; // share of the copies for it that are lost
        Duration clockAhead{};
        bool paused = false;
        State state;
        std::vector<bool> up; // by instance
    };
    struct LinkState { // of a service's link to the broker, or to a node of it: what faults have made of it
        Duration delay{};
        double lose = 0;
        double reorder = 0;
        bool cut = false;
        bool ended = false;       // cut for so long that both ends have given the connection up
        std::uint32_t cuts = 0;   // tells this cut from earlier ones
        std::vector<DueKey> held; // what will arrive if the cut ends before the connection does, in order
        std::vector<std::uint32_t> unheard; // instances that went, and perhaps came back, without the broker knowing
        bool isSure() const { return delay == Duration::zero() && lose == 0 && reorder == 0 && !cut; }
    };
    using LinkId = std::uint32_t; // as Model::linkOf has it
    enum class RollStep : std::uint8_t { nodeBack, nextNode };
    struct Roll { // a rolling restart
        std::vector<NodeId> nodes; // in their order
        std::size_t next = 0;
        Duration takes{}, pause{};
        bool whenInSync = true;
        bool isDown = false; // the next one is
        bool waits = false;  // for replicas to have caught up
        bool active = true;
    };
    enum class Fate : std::uint8_t { arrives, lost, held, refused }; // refused: there is no connection
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
    struct alignas(64) SourceState { // what every arrival looks at stands in front
        ServiceId service;
        SiteId only; // all that it does is to emit there; none: ask its processor
        std::uint32_t generation = 0;
        std::uint64_t remaining = 0; // of the batch at hand
        std::uint64_t count = 0;     // arrivals so far, batches counted by their members
        bool closedLoop = false;
        ArrivalState arrivals;
        std::uint32_t index = 0;   // in ServicePlan::sources
        std::uint32_t leaving = 0; // users of a closed loop that do not come back
        std::uint32_t resting = 0; // users who wait for a rate above 0
    };
    struct Owner { // of what is published: a job or an arrival
        std::uint32_t job = noJob;
        std::uint32_t jobGeneration = 0;
        std::uint32_t source = 0; // where job is noJob
    };
    // What its owner still has to do while one of its publishes is blocked.
    struct Flow : Owner {
        ProcessorOutput output;
        std::size_t next = 0;
        bool failed = false; // what it waited for did not come about
    };
    struct TravellingPublish {
        Broker::Publish publish;
        bool byBroker = false; // goes over no link
    };
    struct Confirm { // a publish whose producer waits for the broker's answer
        MessageHandle first = 0; // retained
        SiteId site;
        std::uint32_t flow = noHandle; // what waits
        ServiceId relay;                // or whose relay does: for the row
        std::uint32_t row = 0;          // of those in its hand
        std::uint32_t relayGeneration = 0;
        std::uint32_t look = 0; // of the relay, at that row
        Owner owner;
        ProducerKey sender{};                     // not of a relay
        bool windowed = false;                    // it takes a place in its sender's window
        bool awaited = true;                      // its owner waits, and nobody sends it again when that is gone
        bool forgotten = false;                   // nobody waits, and its sender's instance has died
        std::uint32_t producer = 0, sequence = 0; // its number, where it has one
        bool leavesGap = false;                   // as the broker says of the present attempt
        bool behind = false;                      // it waits for what its producer has numbered before it
        std::uint32_t gaps = 0;                   // attempts that left one
        std::uint32_t count = 0;   // of the site
        std::uint32_t id = 0;      // tells those that had the same place apart
        std::uint32_t attempt = 0; // publishes so far
        Duration roomTimeout{};
        SimTime since;
        bool answered = false; // with a no, or too late: the present attempt
        bool hopeless = false; // the broker's no would be the same each time
        bool open = false;
        // Attempts are those of either of two steps; the first one of the second step is no repeat.
        bool inTwoSteps = false;
        KeptStage stage = KeptStage::unknown;
        std::uint32_t firstRelease = 0; // the attempt that it was; 0: the producer does not know yet that it is kept
        std::uint32_t releases = 0;     // times that it came to the second step
        Broker::Publish kept;
        std::uint32_t repeats() const { return attempt - releases - gaps; } // and the first publish
        bool isReceipt(std::uint64_t which) const { return firstRelease == 0 || (which & 0xFFU) < firstRelease; }
    };
    struct LocalTransaction { // what a half message waits for
        Broker::Publish publish;
        HalfTag tag;
        SiteId site;
        std::uint32_t flow = noHandle;
        std::uint32_t job = noJob, jobGeneration = 0;
        ServiceId service;
        Ordinal ordinal = 0;
        std::uint32_t id = 0;
        Duration takes{};
        std::int64_t checks = 0;
        bool commits = false;
        bool ended = false;
        bool discarded = false;
        bool open = false;
    };

    // BrokerEffects
    void deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) override;
    void admitted(std::uint64_t token, Admission outcome, BrokerDoor& door) override;
    void completed(std::uint32_t requester, BrokerDoor& door) override;
    EventView view(MessageHandle message) const override { return viewOf(message, nullptr); }
    void checkBack(HalfTag half, std::uint64_t token, BrokerDoor& door) override;
    void discarded(std::uint64_t token, BrokerDoor& door) override;
    Duration travel(const NodeHop& hop) const override;
    void caughtUp(BrokerDoor& door) override;
    void left(ConsumerId consumer, BrokerDoor& door) override;
    void schedule(SimTime at, DueKey what) override { m_agenda.schedule(at, Priority::broker, what); }
    std::uint64_t reserve() override { return m_agenda.reserve(); }
    void scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) override {
        m_agenda.scheduleReserved(at, Priority::broker, sequence, what);
    }

    // simulation.cpp
    void begin(BrokerDoor& door);
    std::uint64_t runDues(SimTime until, std::uint64_t duesMax, Recorder& recorder);
    void stopBetween(SimTime until, SimTime end, Recorder& recorder);
    void stop(ReasonId reason, Recorder& recorder);
    bool waitsForCommands() const;
    SimTime endTime() const;
    void runDue(const DueKey& what, BrokerDoor& door);
    SharedCredit sharedCreditOf(ConsumerId consumer) const;
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
    Result<FaultPlan> nodeFaultOf(const Command& command, FaultPlan plan) const;
    Result<FaultPlan> seekOf(const Command& command) const;
    Result<FaultPlan> replayOf(const Command& command) const;
    Result<FaultPlan> linkFaultOf(const Command& command, FaultPlan plan) const;
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
    void setClock(const FaultPlan& fault, Duration ahead, BrokerDoor& door);
    void seek(const FaultPlan& fault, BrokerDoor& door);
    void replayArchive(const FaultPlan& fault, BrokerDoor& door); // replays.cpp
    void setPoison(const FaultPlan& fault, std::uint64_t count);
    bool isPoisoned(const Job& job, Ordinal ordinal, EventTypeId type);
    void beginFault(std::uint32_t fault, BrokerDoor& door);
    void endFault(std::uint32_t fault, BrokerDoor& door);
    void crash(ServiceId service, std::uint32_t instance, BrokerDoor& door);
    void restart(ServiceId service, std::uint32_t instance, BrokerDoor& door);
    static bool sameTarget(const FaultPlan& left, const FaultPlan& right);
    void liftUnlessOthers(const FaultPlan& fault, BrokerDoor& door);
    void setPaused(ServiceId service, bool paused, BrokerDoor& door);
    void setRate(ServiceId service, double factor);
    // rolling_restarts.cpp
    void beginRoll(const FaultPlan& fault, BrokerDoor& door);
    void rollOn(std::uint32_t roll, RollStep step, BrokerDoor& door);
    void note(RecordKind kind, PlaceId place, ReasonId reason, std::int64_t value, BrokerDoor& door);
    // sources.cpp
    void scheduleArrival(std::uint32_t source, const std::optional<Arrival>& arrival);
    void userReturns(std::uint32_t source);
    void arrive(std::uint32_t source, std::uint64_t generation, BrokerDoor& door);
    void userArrives(std::uint32_t source, BrokerDoor& door);
    void continueSource(std::uint32_t source, BrokerDoor& door);
    bool runSource(std::uint32_t source, std::uint32_t requester, BrokerDoor& door);
    static SiteId onlySite(const SourcePlan& source);
    // handling.cpp
    void receive(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    void startNext(ConsumerId consumer, BrokerDoor& door);
    void start(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    bool isReadable(const HandlerPlan& handler, const Message& message);
    struct Taken { // an event that a worker takes
        ConsumerId consumer;
        DeliveryTag tag;
        std::uint32_t leader = noJob;  // of a batch that has begun
        std::uint32_t decider = noJob; // whose outcome holds for all of it
    };
    std::uint32_t addJob(const Taken& taken, double& fraction, BrokerDoor& door);
    Duration serviceTime(const Job& job, double fraction) const;
    void begun(std::uint32_t job, BrokerDoor& door);
    void actOnStart(std::uint32_t job, BrokerDoor& door);
    void finishOne(std::uint32_t job, BrokerDoor& door);
    void dropJob(std::uint32_t job);
    void workerDone(ConsumerId consumer);
    void pollAgain(ConsumerId consumer, BrokerDoor& door);
    // batches.cpp
    void startSoon(ConsumerId consumer, SimTime at);
    void startBatches(ConsumerId consumer, BrokerDoor& door);
    void startBatch(ConsumerId consumer, BrokerDoor& door);
    void concludeBatch(std::uint32_t leader, BrokerDoor& door);
    // acks.cpp
    TravellingSettlement settlementOf(const Job& job, Settlement settlement, ReasonId reason) const;
    void hand(const Job& job, Settlement settlement, ReasonId reason, BrokerDoor& door);
    void sendAck(ConsumerId consumer, const TravellingSettlement& ack, BrokerDoor& door);
    void gatherAck(ConsumerId consumer, const TravellingSettlement& ack, BrokerDoor& door);
    void sendOwed(ConsumerId consumer, BrokerDoor& door);
    bool losesAck(ConsumerId consumer, const TravellingSettlement& settlement, BrokerDoor& door);
    Duration wayBack(ConsumerId consumer, const TravellingSettlement& settlement) const;
    void send(ConsumerId consumer, const TravellingSettlement& settlement, BrokerDoor& door);
    void settle(const TravellingSettlement& settlement, BrokerDoor& door);
    void settleAlone(const TravellingSettlement& settlement, BrokerDoor& door);
    void noteRefusal(const TravellingSettlement& settlement, ReasonId reason, BrokerDoor& door);
    void extendAck(std::uint32_t job, BrokerDoor& door);
    JobEnd outcomeOf(const HandlerPlan& handler, const Job& job, const Subject* subject, double& fraction) const;
    void finish(std::uint32_t job, BrokerDoor& door);
    bool work(std::uint32_t job, BrokerDoor& door);
    void dieBetween(std::uint32_t job, BrokerDoor& door);
    void endWork(std::uint32_t job, BrokerDoor& door);
    void conclude(std::uint32_t job, Settlement settlement, ReasonId reason, BrokerDoor& door);
    EventView viewOf(MessageHandle message, const Job* job) const;
    Record recordOf(RecordKind kind, const Job& job, SimTime now) const;
    const HandlerPlan& handlerOf(ConsumerId consumer) const {
        return m_model->handlers[m_consumers[consumer.index()].handler];
    }
    IdempotencyStore& seenBy(ConsumerId consumer) { return m_seen[m_consumers[consumer.index()].handler]; }
    std::vector<std::uint32_t> jobsOf(ConsumerId consumer) const; // in the order in which they began
    // What faults have made of a service. In most runs none has done anything, and no row has to be looked at.
    ServiceState& strained(ServiceId service) {
        m_someStrained = true;
        return m_services[service.index()];
    }
    bool isPaused(ServiceId service) const { return m_someStrained && m_services[service.index()].paused; }
    double slowness(ServiceId service) const { return m_someStrained ? m_services[service.index()].slow : 1; }
    Duration clockAhead(ServiceId service) const {
        return m_someStrained ? m_services[service.index()].clockAhead : Duration::zero();
    }
    std::uint64_t idempotencyKey(const HandlerPlan& handler, const EventView& event) const;
    // emission.cpp
    struct Trigger { // why something is emitted
        MessageHandle message = noHandle; // noHandle: a source's arrival
        const EventView* event = nullptr;
        std::uint32_t requester = Family::noRequester;
        bool waits = true; // for room, where there is none; else nobody does
    };
    bool play(const Owner& owner, const ProcessorOutput& output, std::size_t from, const Trigger& trigger,
              BrokerDoor& door);
    bool playPlain(const Owner& owner, std::span<const SiteId> sites, const Trigger& trigger, BrokerDoor& door);
    Admission emit(SiteId site, std::string_view reason, const Trigger& trigger, const Owner& owner, BrokerDoor& door);
    std::uint64_t giveContent(Message& message, const Emission& emission);
    static void stampAhead(Message& message, Duration ahead);
    Flow& suspend(const Owner& owner);
    void changeState(ServiceId service, const ProcessorOutput::Change& change, Ordinal ordinal, BrokerDoor& door);
    void goOn(std::uint32_t flow, BrokerDoor& door);
    // links.cpp
    void adoptLinks();
    // Of a service to the node that is asked, or, where it is none, to the broker whichever node it is.
    LinkId linkOf(ServiceId service, NodeId node) const {
        return static_cast<LinkId>(m_model->linkOf(service, node));
    }
    LinkId linkTo(ConsumerId consumer, const Copy& copy) const;
    LinkId linkOf(const Message& message, ChannelId channel) const; // over which it is published
    LinkId linkOf(const TravellingSettlement& settlement) const;
    LinkId linkOf(const LocalTransaction& local) const;
    ServiceId serviceOf(LinkId link) const;
    NodeId nodeOf(LinkId link) const;
    NodeId nodeOf(ChannelId channel, std::uint16_t partition) const; // that a consumer of it is connected to
    // Whichever it is, it does what the others do: no link's row has to be looked at.
    bool linksAlike() const { return m_model->linksAlike && m_links.empty(); }
    bool isImmediate(LinkId link) const; // what goes over it arrives at once, and as it was sent
    // `link` says which one it is, and is asked only where that matters.
    template <class Link> Duration latencyOver(Link link, Ordinal ordinal, std::uint64_t hop, Load load = {}) const {
        if (!m_networked)
            return Duration::zero();
        if (!linksAlike())
            return latencyOf(link(), ordinal, hop, load);
        Draw draw = m_model->latencyDraws.draw(ordinal, hop);
        return m_model->run.latency->sampleDuration(draw);
    }
    Duration latency(LinkId link, Ordinal ordinal, std::uint64_t hop, Load load = {}) const {
        return latencyOver([link] { return link; }, ordinal, hop, load);
    }
    Duration latencyOf(LinkId link, Ordinal ordinal, std::uint64_t hop, Load load) const;
    Duration accessCost(LinkId link, Ordinal ordinal, std::uint64_t hop, Load load) const;
    Fate fateOf(LinkId link, Ordinal ordinal, std::uint64_t hop) const;
    bool comesTwice(LinkId link, Ordinal ordinal, std::uint64_t hop) const;
    bool reachesBroker(LinkId link, Ordinal ordinal, std::uint64_t hop) const {
        return fateOf(link, ordinal, hop) == Fate::arrives;
    }
    // Its instances come and go without the broker knowing.
    bool isCutOff(ServiceId service) const {
        return !m_links.empty() && m_links[linkOf(service, NodeId::none())].cut;
    }
    std::vector<ConsumerId> consumersOf(ServiceId service, std::uint32_t instance) const;
    void goUnheard(ServiceId service, std::uint32_t instance);
    void hearOf(ServiceId service, const std::vector<std::uint32_t>& instances, BrokerDoor& door);
    void publishWill(ServiceId service, BrokerDoor& door);
    void adoptReach(ConsumerId consumer, BrokerDoor& door);
    std::optional<Admission> land(const Broker::Publish& publish, BrokerDoor& door);
    std::optional<Admission> landOverLink(Broker::Publish publish, BrokerDoor& door);
    void landPublish(std::uint32_t publish, BrokerDoor& door);
    Admission takeIn(const Broker::Publish& publish, BrokerDoor& door);
    void landDelivery(const DueKey& what, BrokerDoor& door);
    void landSettlement(std::uint32_t settlement, BrokerDoor& door);
    void landSettlement(const TravellingSettlement& settlement, BrokerDoor& door);
    void landAnswer(const DueKey& what, BrokerDoor& door);
    void landHalf(std::uint32_t local, BrokerDoor& door);
    void loseHalf(std::uint32_t local, ReasonId reason, BrokerDoor& door);
    void loseSettlement(const TravellingSettlement& settlement, ReasonId reason, BrokerDoor& door);
    void hold(LinkId link, Kind kind, std::uint32_t a, std::uint64_t b = 0);
    void stray(Record record, Stray what, ReasonId reason, BrokerDoor& door);
    // link_faults.cpp
    void setLinkFault(const FaultPlan& fault, bool holds, BrokerDoor& door);
    const FaultSpec* linkFault(const FaultSpec& like) const;
    bool isStruck(const FaultSpec& fault, LinkId link) const;
    void strikeLinks(BrokerDoor& door);
    void strikeNodeLinks(BrokerDoor& door);
    void cut(LinkId link, BrokerDoor& door);
    void heal(LinkId link, BrokerDoor& door);
    void endConnection(LinkId link, BrokerDoor& door);
    void endNodeConnection(LinkId link, BrokerDoor& door);
    void letWorkEnd(ConsumerId consumer, BrokerDoor& door);
    void letGo(const DueKey& what, BrokerDoor& door);
    // guarantees.cpp
    static bool isConfirm(std::uint64_t token) { return token >> 63U != 0; }
    static bool isFirstStep(std::uint64_t token) { return token >> 62U == 3U; } // of a confirm
    static std::uint32_t confirmOf(std::uint64_t token) { return static_cast<std::uint32_t>(token & 0xFF'FFFFU); }
    static std::uint64_t attemptOf(std::uint64_t token) { return (token & ~(3ULL << 62U)) >> 24U; } // and the id
    static std::uint64_t tokenOf(std::uint32_t confirm, std::uint64_t which) {
        return 1ULL << 63U | which << 24U | confirm;
    }
    bool isAlive(const Owner& owner) const;
    Record producerRecord(RecordKind kind, MessageHandle message, SimTime now) const;
    ProducerKey producerOf(const Owner& owner, ChannelId channel) const;
    std::shared_ptr<const Content> identified(const Message& message, const EmitSite& site, const Owner& owner);
    std::uint32_t openConfirm(const Broker::Publish& publish, SiteId site, SimTime now);
    Admission publishConfirmed(const Broker::Publish& publish, SiteId site, const Owner& owner, BrokerDoor& door);
    Admission sendInTurn(std::uint32_t confirm, std::uint32_t window, BrokerDoor& door);
    void freePlace(const ProducerKey& sender, BrokerDoor& door);
    void publishWaiting(std::uint32_t confirm, BrokerDoor& door);
    bool isAlive(const Confirm& confirm) const;
    void forgetUnconfirmed(ConsumerId consumer);
    MessageHandle repeatOf(const Confirm& confirm, BrokerDoor& door);
    void attempt(std::uint32_t confirm, MessageHandle message, BrokerDoor& door);
    bool isAnswerLost(std::uint32_t confirm, std::uint64_t which) const;
    void answer(std::uint64_t token, Admission outcome, BrokerDoor& door);
    void receiveAnswer(std::uint32_t confirm, std::uint64_t which, bool yes, BrokerDoor& door);
    void confirmTimesOut(std::uint32_t confirm, std::uint64_t which, BrokerDoor& door);
    void unconfirmed(std::uint32_t confirm, ReasonId reason, BrokerDoor& door);
    void publishAgain(std::uint32_t confirm, std::uint64_t which, BrokerDoor& door);
    void standBehind(std::uint32_t confirm, BrokerDoor& door);
    void sendBehind(std::uint32_t producer, BrokerDoor& door);
    void renumber(Confirm& confirm, BrokerDoor& door);
    void finishConfirm(std::uint32_t confirm, bool sure, BrokerDoor& door);
    // two_steps.cpp
    Admission keep(const Broker::Publish& publish, BrokerDoor& door);
    void release(std::uint32_t confirm, BrokerDoor& door);
    void landRelease(std::uint32_t confirm, std::uint64_t which, BrokerDoor& door);
    Handshake& handshakeOf(ConsumerId consumer, DeliveryTag tag);
    bool takesOver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    bool recognise(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    void sayReceived(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    void landReceipt(const DueKey& what, BrokerDoor& door);
    void landDeliveryRelease(const DueKey& what, BrokerDoor& door);
    void ackAgain(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door);
    void strayStep(const Copy& copy, Stray what, ReasonId reason, BrokerDoor& door);
    void noteEndOfWork(const TravellingSettlement& settlement);
    void forgetHandshakes(ConsumerId consumer);
    Admission publishHalf(const Broker::Publish& publish, SiteId site, const Owner& owner, BrokerDoor& door);
    void prepareHalf(std::uint32_t local, BrokerDoor& door);
    bool isUntold(const LocalTransaction& local, std::int64_t time) const;
    void localEnds(std::uint32_t local, BrokerDoor& door);
    void tell(std::uint32_t local, BrokerDoor& door);
    void answerCheck(std::uint32_t local, BrokerDoor& door);
    void settleWith(TravellingSettlement settlement, BrokerDoor& door);
    OwnTransaction taken(std::uint32_t transaction);
    void abort(std::uint32_t transaction, BrokerDoor& door);
    void abandon(std::uint32_t transaction, ConsumerId consumer, BrokerDoor& door);
    void abortAbandoned(ConsumerId consumer, BrokerDoor& door);
    // outbox.cpp
    bool hasOutbox(ServiceId service) const {
        return m_model->someOutbox && m_model->services[service.index()].outbox.has_value();
    }
    void store(const Broker::Publish& publish, SiteId site, BrokerDoor& door);
    std::optional<std::uint32_t> relayOf(ServiceId service) const; // the instance that it runs in
    void scheduleRelay(ServiceId service, SimTime from);
    void relayLooks(ServiceId service, BrokerDoor& door);
    void relayRow(ServiceId service, std::uint32_t row, BrokerDoor& door);
    void relayAnswered(const Confirm& confirm, bool sure, BrokerDoor& door);
    void relayMarks(ServiceId service, BrokerDoor& door);
    void relayGone(ServiceId service);

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
    bool m_someStrained = false;            // see strained()
    std::vector<std::uint64_t> m_handlings; // as in Model::handlers: how many there were, in all instances
    std::vector<IdempotencyStore> m_seen;   // the same
    std::vector<ConsumerState> m_consumers;
    std::vector<SourceState> m_sources;
    std::vector<CommandEnd> m_commandEnds;
    std::vector<std::uint32_t> m_faultsOn; // of the scenario, in the order they began
    std::vector<LinkState> m_links; // as Model::linkOf has them; empty where links take time at most
    std::vector<Duration> m_nodeDelays; // between nodes, by the one, then the other; empty where no fault says
    std::vector<Roll> m_rolls;
    std::vector<FaultSpec> m_linkFaults; // that hold, one of a kind between the same ends, in the order they began
    bool m_networked = false; // some link does something
    bool m_someLeft = false;  // some member of a group ever left it, since it had something in hand for too long
    std::vector<Poison> m_poisons;
    SchemaVerdicts m_verdicts; // of consumers
    FlatMap<bool> m_poisoned; // (ordinal, subscription) of messages that fail until they are dead-lettered
    std::vector<std::uint64_t> m_emissions;    // by site
    std::vector<RoutingKeyId> m_routingKeys;   // by site; noHandle: made for each message
    Slab<Job> m_jobs;
    std::uint32_t m_generation = 0;
    Slab<Flow> m_flows;
    std::uint32_t m_spareFlow = noHandle; // its handle is the token of the next publish
    Slab<TravellingPublish> m_publishes;
    Slab<TravellingSettlement> m_settlements;
    Slab<Confirm> m_confirms;
    std::vector<Handshake> m_handshakes; // by copy; as many as there ever were at once, where some handler acks in two steps
    std::map<ProducerKey, Producer> m_producers;
    std::uint32_t m_behind = 0; // confirms that wait for what has an earlier number
    std::uint32_t m_unawaited = 0; // confirms for which nobody waits
    std::map<ProducerKey, SendWindow> m_windows;
    std::uint32_t m_producerIds = 0;
    Slab<LocalTransaction> m_locals;
    Slab<OwnTransaction> m_transactions;
    std::vector<std::pair<ConsumerId, TransactionTag>> m_abandoned; // nobody ends them, unless who began them is back
    std::vector<OutboxState> m_outboxes; // by service
    bool m_outboxFull = false;           // one of them has passed the run's bound
    ProcessorOutput m_output; // of the handling at hand
};

} // namespace weir

#include "core/simulation/inlined.h"

// Model: a scenario compiled for running: handles instead of names, policies and processors ready to be called.
// Immutable, shared by every copy of a simulation. Handles are given in the order of names, so that neither results nor
// fingerprints depend on the order in which a file lists unrelated elements.
#pragma once

#include "core/broker/plan.h"
#include "core/expression/expression.h"
#include "core/kernel/arrivals.h"
#include "core/kernel/distribution.h"
#include "core/kernel/random.h"
#include "core/record/catalogue.h"
#include "core/result.h"
#include "core/scenario/scenario.h"
#include "core/services/data_generator.h"
#include "core/services/event_path.h"
#include "core/services/processor.h"
#include "core/services/state.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weir {

struct alignas(64) FailurePlan {
    FailureSpec spec;
    std::optional<Expression> when;
};

struct alignas(64) HandlerPlan { // what every handling asks stands in front
    SubscriptionId subscription;
    AckMode ack = AckMode::manual;
    bool automatic = false;
    bool readsEvent = false; // before its work: a filter, a condition of a failure, an idempotency store
    bool checksReads = false; // some event type it reads by a schema of its own
    bool transacts = false;
    bool extends = false;    // the ack timeout, while it is at work
    bool hasEffects = false; // a processor, or an idempotency store
    std::uint32_t concurrency = 1;
    std::uint32_t prefetch = 1;
    std::uint32_t ackSteps = 1;
    int priority = 0;
    double ackLoss = 0;
    BatchSpec batch;
    alignas(64) Distribution takes;
    Stream takesDraws, failDraws;
    std::vector<FailurePlan> fails;
    std::optional<Duration> extend;
    std::shared_ptr<const Processor> processor; // null: handling has no effects
    std::vector<std::pair<std::string, std::shared_ptr<const JsonSchema>>> reads; // by event type: what it must be like
    std::optional<EventPath> idempotencyKey;
    AckEverySpec ackEvery;
    std::optional<TransactionSpec> transaction;
    std::optional<Expression> filter;
    Duration idempotencyTtl{};
    Stream effectDraws, ackDraws, transactionDraws;
    std::string name; // "payment-service/payments": streams of draws are named after it
};

struct SourcePlan {
    std::string name; // "order-service/source/0"
    Arrivals arrivals;
    std::shared_ptr<const Processor> processor;
    Stream arrivalDraws, effectDraws;
};

struct alignas(64) ServicePlan { // what every handling asks stands in front
    std::uint32_t firstHandler = 0; // in Model::handlers
    std::uint32_t handlerCount = 0;
    std::vector<SourcePlan> sources;
    PlaceId place; // the service alone
    std::uint32_t instances = 1;
    std::uint32_t prefetch = 0; // unacked per instance, over all its handlers; 0: no such limit
    SiteId will = SiteId::none();
    Duration restartAfter{};
    State state; // as it is at the start
    std::optional<OutboxSpec> outbox;
    std::vector<PlaceId> instancePlaces; // service and instance; of all that there ever were
    std::string name;
};

// A fault with what it names.
struct FaultPlan {
    FaultSpec spec;
    ServiceId service; // none where it strikes a channel or type
    ChannelId channel;
    EventTypeId type;
    NodeId node;
    ChannelId to; // redrive; none: where each copy died
};

// What the way between a service and the broker does, when nothing is wrong with it.
struct LinkPlan {
    std::optional<Distribution> latency;
    double loss = 0;
    double duplicates = 0;
    double reorder = 0;
    Duration heartbeat = LinkSpec().heartbeat;
    AccessSpec access;
    std::optional<Bytes> bandwidth;
    bool isSure() const { return loss == 0 && duplicates == 0 && reorder == 0; } // it takes time at most
    bool hasCosts() const {
        return access.publish || access.delivery || access.ack || bandwidth || (latency && access.roundTrips > 0);
    }
    bool takesTime() const { return latency || hasCosts(); }
};

// One consumer: a handler on one instance.
struct ConsumerPlan {
    ServiceId service;
    std::uint32_t handler = 0; // of its service's
    std::uint32_t instance = 0;
    bool operator==(const ConsumerPlan&) const = default;
};

// Reasons that services give; the broker's own are in its plan.
struct ServiceReasons {
    ReasonId failure;           // a handler said it failed
    ReasonId crash;             // a handler or an instance died
    ReasonId filtered;          // a handler's filter does not hold for it
    ReasonId duplicate;         // its idempotency store has seen it
    ReasonId done;              // the run reached its end
    ReasonId idle;              // nothing was left to do
    ReasonId pause, slow, rate; // commands and faults
    ReasonId restart, resume, set, poison, publish;
    ReasonId nack, confirmTimeout; // why a publish is not confirmed
    ReasonId unconfirmed;          // why a handling fails whose publish is not
    ReasonId aborted, fenced;      // why what a transaction published is withdrawn
    ReasonId ackLost;              // an ack that never reached the broker
    ReasonId linkLoss;             // it was lost between a service and the broker
    ReasonId partition, heal;      // it cannot get there; it can again
    ReasonId delay, reorder, lose, clockSkew, replay;
};

struct Model {
    struct Options {
        std::uint64_t seed = 1;
    };
    // Errors have JSON pointers into the scenario. A scenario that was loaded from a file without errors compiles.
    static Result<std::shared_ptr<const Model>, Errors> compile(const Scenario& scenario, Options options);
    static Result<std::shared_ptr<const Model>, Errors> compile(const Scenario& scenario);

    // The same with the value at a JSON pointer of its scenario's document replaced: same handles, same catalogue
    // (places may be added), so that a simulation can go on with it. One error: what cannot change while a run goes on.
    Result<std::shared_ptr<const Model>> with(std::string_view pointer, const Value& value) const;
    // The same with a catalogue of its own, for a run that goes on in another thread.
    std::shared_ptr<const Model> forked() const;

    FaultPlan planOf(const FaultSpec& fault) const;

    std::shared_ptr<const Scenario> scenario;
    RunSpec run;
    std::uint64_t seed = 1;
    std::shared_ptr<Catalogue> catalogue;
    std::shared_ptr<const BrokerPlan> broker;
    std::shared_ptr<const DataGenerator> generator;
    std::vector<ServicePlan> services;   // by ServiceId
    std::vector<HandlerPlan> handlers;   // those of one service stand together, in the order of its file
    std::span<const HandlerPlan> handlersOf(const ServicePlan& service) const {
        return std::span(handlers).subspan(service.firstHandler, service.handlerCount);
    }
    std::span<const HandlerPlan> handlersOf(ServiceId service) const { return handlersOf(services[service.index()]); }
    bool someOutbox = false;             // some service has one
    std::vector<ConsumerPlan> consumers; // by ConsumerId; those of instances that were taken away stay
    std::vector<PlaceId> consumerPlaces; // channel, subscription, service, instance
    std::vector<std::vector<PlaceId>> consumerPartitionPlaces; // streams
    std::vector<PlaceId> sitePlaces;                           // by SiteId: service and channel
    std::vector<FaultPlan> faults;
    // Of a service to the broker, whichever node it is, and to each of its nodes.
    std::size_t linkOf(ServiceId service, NodeId node) const {
        return service.index() * (broker->nodes.size() + 1) + (node.valid() ? node.index() + 1 : 0);
    }
    std::vector<LinkPlan> links;
    bool linksAlike = false; // each takes run.latency, and does nothing else
    // Between nodes, where it is not run.latency: by the one, then the other; empty where no link says.
    std::vector<std::optional<Distribution>> nodeLatencies;
    ServiceReasons reasons;
    Stream latencyDraws, lossDraws, doublingDraws, reorderDraws, accessDraws; // of links
    Stream nodeDraws;                                            // of hops between nodes of the broker
    Stream confirmDraws, halfDraws;
};

} // namespace weir

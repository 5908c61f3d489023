#include "core/simulation/model.h"

#include "core/broker/plan_compiler.h"
#include "core/json_pointer.h"
#include "core/scenario/by_name.h"
#include "core/scenario/load.h"
#include "core/services/declarative_processor.h"
#include "core/simulation/structure.h"

#include <algorithm>
#include <limits>
#include <map>

namespace weir {
namespace {

class Compiler {
  public:
    // `before` is the model that a run has had so far: its consumers and catalogue are taken over. Null: a run's first.
    Compiler(std::shared_ptr<const Scenario> scenario, std::uint64_t seed, const Model* before)
        : m_scenario(*scenario), m_before(before), m_services(byName(scenario->services)) {
        m_model = std::make_shared<Model>();
        m_model->run = scenario->run;
        m_model->seed = seed;
        m_model->catalogue = before ? before->catalogue : std::make_shared<Catalogue>();
        if (before) {
            m_model->consumers = before->consumers;
            m_model->consumerPlaces = before->consumerPlaces;
            m_model->consumerPartitionPlaces = before->consumerPartitionPlaces;
        }
        m_model->scenario = std::move(scenario);
        m_model->latencyDraws = Stream(seed, "run/latency");
        m_model->lossDraws = Stream(seed, "run/link/loss");
        m_model->doublingDraws = Stream(seed, "run/link/duplicates");
        m_model->reorderDraws = Stream(seed, "run/link/reorder");
        m_model->accessDraws = Stream(seed, "run/link/access");
        m_model->nodeDraws = Stream(seed, "run/latency/nodes");
        m_model->confirmDraws = Stream(seed, "run/confirms");
        m_model->halfDraws = Stream(seed, "run/halves");
    }

    Result<std::shared_ptr<const Model>, Errors> compile() {
        addNames();
        addBroker();
        addSites();
        if (m_errors.empty())
            addServices();
        addFaults();
        if (m_errors.empty())
            addLinks();
        if (!m_errors.empty())
            return std::move(m_errors);
        return std::shared_ptr<const Model>(std::move(m_model));
    }

  private:
    Catalogue& catalogue() { return *m_model->catalogue; }

    void fail(std::string where, std::string what, std::string given = {}) {
        m_errors.push_back({std::move(where), std::move(what), std::move(given)});
    }
    void fail(const std::string& base, const Error& error) { fail(base + error.where, error.what, error.given); }

    ChannelId channelNamed(std::string_view name) { return catalogue().channel(name); }

    void addNames() {
        for (const EventTypeSpec* type : byName(m_scenario.events)) {
            catalogue().addEventType(type->name, type->version);
            for (const EventSchemaSpec& schema : type->schemas)
                catalogue().addEventType(type->name, schema.version);
        }
        for (const ServiceSpec* service : m_services) {
            ServiceRow row;
            row.name = service->name;
            row.instances = service->instances;
            row.workers = 0;
            for (const HandlerSpec& handler : service->handlers)
                row.workers += handler.concurrency;
            catalogue().addService(std::move(row));
        }
        ServiceReasons& reasons = m_model->reasons;
        reasons.failure = catalogue().addReason("failure");
        reasons.crash = catalogue().addReason("crash");
        reasons.filtered = catalogue().addReason("filtered");
        reasons.duplicate = catalogue().addReason("duplicate");
        reasons.done = catalogue().addReason("done");
        reasons.idle = catalogue().addReason("idle");
        reasons.pause = catalogue().addReason("pause");
        reasons.resume = catalogue().addReason("resume");
        reasons.restart = catalogue().addReason("restart");
        reasons.slow = catalogue().addReason("slow");
        reasons.rate = catalogue().addReason("rate");
        reasons.set = catalogue().addReason("set");
        reasons.poison = catalogue().addReason("poison");
        reasons.publish = catalogue().addReason("publish");
        reasons.nack = catalogue().addReason("nack");
        reasons.confirmTimeout = catalogue().addReason("confirm_timeout");
        reasons.unconfirmed = catalogue().addReason("unconfirmed");
        reasons.aborted = catalogue().addReason("aborted");
        reasons.fenced = catalogue().addReason("fenced");
        reasons.ackLost = catalogue().addReason("ack_lost");
        reasons.linkLoss = catalogue().addReason("link_loss");
        reasons.partition = catalogue().addReason("partition");
        reasons.replay = catalogue().addReason("replay");
        reasons.heal = catalogue().addReason("heal");
        reasons.delay = catalogue().addReason("delay");
        reasons.reorder = catalogue().addReason("reorder");
        reasons.lose = catalogue().addReason("lose");
        reasons.clockSkew = catalogue().addReason("clock_skew");
        for (const std::string_view reason : DeclarativeProcessor::reasons)
            catalogue().addReason(reason);
    }

    void addBroker() {
        auto plan = compileBrokerPlan(m_scenario, {.seed = m_model->seed}, catalogue());
        if (plan)
            m_model->broker = std::move(plan).value();
        else
            m_errors = plan.error();
    }

    void addSites() {
        Result<EmitSites, Errors> sites = EmitSites::compile(m_scenario);
        if (!sites) {
            m_errors.insert(m_errors.end(), sites.error().begin(), sites.error().end());
            return;
        }
        for (const EmitSite& site : sites->all())
            catalogue().addEventType(site.type, site.version);
        sites->bind(catalogue());
        for (const EmitSite& site : sites->all()) {
            Place place;
            place.service = site.serviceId;
            place.channel = site.channelId;
            m_model->sitePlaces.push_back(catalogue().addPlace(place));
        }
        m_sites = std::make_shared<const EmitSites>(std::move(sites).value());
        m_model->generator = std::make_shared<const DataGenerator>(m_sites, m_model->seed);
    }

    std::shared_ptr<const Processor> processorOf(const Actions& actions, SiteId first, State& state,
                                                 const std::string& where) {
        Result<DeclarativeProcessor, Errors> processor = DeclarativeProcessor::compile(actions, first, state, where);
        if (!processor) {
            m_errors.insert(m_errors.end(), processor.error().begin(), processor.error().end());
            return nullptr;
        }
        return std::make_shared<const DeclarativeProcessor>(std::move(processor).value());
    }

    std::optional<Expression> expressionOf(const std::string& text, const std::string& where) {
        if (text.empty())
            return std::nullopt;
        Result<Expression> expression = Expression::parse(text);
        if (!expression) {
            fail(where, expression.error().what + " (" + expression.error().where + ")", '"' + text + '"');
            return std::nullopt;
        }
        return std::move(expression).value();
    }

    HandlerPlan handlerOf(const ServiceSpec& service, std::size_t index, State& state) {
        const HandlerSpec& spec = service.handlers[index];
        const std::string where = elementPointer("/services", service.name) + "/handlers/" + std::to_string(index);
        HandlerPlan plan;
        plan.name = service.name + '/' + spec.on;
        const ChannelPlan& channel = m_model->broker->channels[channelNamed(spec.on).index()];
        for (const SubscriptionId id : channel.subscriptions)
            if (channel.kind == ChannelKind::queue || m_model->broker->subscriptions[id.index()].name == service.name)
                plan.subscription = id;
        plan.concurrency = spec.concurrency;
        plan.batch = spec.batch.value_or(BatchSpec());
        plan.ack = spec.ack;
        plan.ackEvery = spec.ackEvery;
        plan.ackLoss = spec.ackLoss;
        plan.ackSteps = spec.ackSteps;
        plan.extend = spec.extend;
        plan.priority = spec.priority;
        plan.prefetch = prefetchOf(spec);
        plan.automatic = spec.ack == AckMode::automatic;
        plan.transaction = spec.transaction;
        plan.takes = spec.takes;
        for (std::size_t f = 0; f < spec.fails.size(); ++f)
            plan.fails.push_back(
                {spec.fails[f], expressionOf(spec.fails[f].when, where + "/fails/" + std::to_string(f) + "/when")});
        plan.filter = expressionOf(spec.filter, where + "/filter");
        if (spec.idempotent) {
            Result<EventPath> key = EventPath::compile(spec.idempotent->key);
            if (key)
                plan.idempotencyKey = std::move(key).value();
            else
                fail(where + "/idempotent/key", key.error());
            plan.idempotencyTtl = spec.idempotent->ttl;
        }
        plan.readsEvent = plan.filter || plan.idempotencyKey ||
                          std::any_of(plan.fails.begin(), plan.fails.end(),
                                      [](const FailurePlan& failure) { return failure.when.has_value(); });
        for (const auto& [type, version] : spec.reads) {
            const SchemaRegistry::Entry entry = m_model->broker->registry->find(type, version);
            if (entry.schema)
                plan.reads.emplace_back(type, entry.schema);
            else
                fail(where + "/reads", "needs a version that the event type has a schema for", version);
        }
        if (!spec.then.empty())
            plan.processor =
                processorOf(spec.then, m_sites->firstOfHandler(service.name, index), state, where + "/then");
        // The name alone: two handlers of one service on one channel share their streams only if they are the same.
        std::size_t same = 0;
        for (std::size_t i = 0; i < index; ++i)
            same += service.handlers[i].on == spec.on ? 1 : 0;
        const std::string streams = same == 0 ? plan.name : plan.name + '#' + std::to_string(same + 1);
        plan.checksReads = !plan.reads.empty();
        plan.transacts = plan.transaction.has_value();
        plan.extends = plan.extend.has_value();
        plan.hasEffects = plan.processor || plan.idempotencyKey;
        plan.takesDraws = Stream(m_model->seed, streams + "/takes");
        plan.failDraws = Stream(m_model->seed, streams + "/fails");
        plan.effectDraws = Stream(m_model->seed, streams + "/effects");
        plan.ackDraws = Stream(m_model->seed, streams + "/acks");
        plan.transactionDraws = Stream(m_model->seed, streams + "/transactions");
        return plan;
    }

    // As much as its workers can have in hand, and as many acks as it gathers.
    static std::uint32_t prefetchOf(const HandlerSpec& spec) {
        if (spec.prefetch != 0)
            return spec.prefetch;
        const std::uint32_t inHand = spec.concurrency * (spec.batch ? spec.batch->max : 1);
        const bool gathers = spec.ack == AckMode::batch || spec.ack == AckMode::cumulative;
        const bool forTime = spec.ackEvery.count == std::numeric_limits<std::uint32_t>::max();
        return gathers && !forTime ? std::max(inHand, spec.ackEvery.count) : inHand;
    }

    void addServices() {
        for (std::size_t i = 0; i < m_services.size(); ++i) {
            const ServiceSpec& spec = *m_services[i];
            const ServiceId id{static_cast<std::uint16_t>(i)};
            ServicePlan plan;
            plan.name = spec.name;
            plan.instances = spec.instances;
            plan.prefetch = spec.prefetch;
            plan.outbox = spec.outbox;
            plan.restartAfter = spec.restartAfter;
            plan.state = initialState(spec);
            for (std::size_t s = 0; s < spec.sources.size(); ++s) {
                SourcePlan source;
                source.name = spec.name + "/source/" + std::to_string(s);
                source.arrivals = spec.sources[s].arrivals;
                source.arrivalDraws = Stream(m_model->seed, source.name + "/arrivals");
                source.effectDraws = Stream(m_model->seed, source.name + "/effects");
                source.processor =
                    processorOf(spec.sources[s].then, m_sites->firstOfSource(spec.name, s), plan.state,
                                elementPointer("/services", spec.name) + "/sources/" + std::to_string(s));
                plan.sources.push_back(std::move(source));
            }
            plan.will = m_sites->will(spec.name);
            plan.firstHandler = static_cast<std::uint32_t>(m_model->handlers.size());
            plan.handlerCount = static_cast<std::uint32_t>(spec.handlers.size());
            for (std::size_t h = 0; h < spec.handlers.size(); ++h)
                m_model->handlers.push_back(handlerOf(spec, h, plan.state));
            m_model->someOutbox = m_model->someOutbox || plan.outbox;
            Place place;
            place.service = id;
            plan.place = catalogue().addPlace(place);
            const std::size_t ever = m_before ? m_before->services[i].instancePlaces.size() : 0;
            for (std::uint16_t instance = 0; instance < std::max<std::size_t>(spec.instances, ever); ++instance) {
                place.instance = instance;
                plan.instancePlaces.push_back(catalogue().addPlace(place));
            }
            for (std::size_t table = 0; table < plan.state.tableCount(); ++table) {
                const TableId tableId{static_cast<std::uint16_t>(table)};
                for (std::size_t s = 0; s < plan.state.statusCount(tableId); ++s)
                    catalogue().addReason(plan.state.statusName(tableId, StatusId{static_cast<std::uint16_t>(s)}));
            }
            addConsumers(plan, id);
            m_model->services.push_back(std::move(plan));
        }
    }

    void addConsumers(const ServicePlan& service, ServiceId id) {
        for (std::uint32_t handler = 0; handler < service.handlerCount; ++handler) {
            const SubscriptionId subscription = m_model->handlers[service.firstHandler + handler].subscription;
            const SubscriptionPlan& entry = m_model->broker->subscriptions[subscription.index()];
            for (std::uint32_t instance = 0; instance < service.instances; ++instance) {
                if (hasConsumer({id, handler, instance}))
                    continue;
                m_model->consumers.push_back({id, handler, instance});
                Place place{entry.channel, subscription, id, static_cast<std::uint16_t>(instance), Place::noIndex};
                m_model->consumerPlaces.push_back(catalogue().addPlace(place));
                std::vector<PlaceId> partitions;
                for (std::uint16_t p = 0; p < entry.partitionPlaces.size(); ++p) {
                    place.partition = p;
                    partitions.push_back(catalogue().addPlace(place));
                }
                m_model->consumerPartitionPlaces.push_back(std::move(partitions));
            }
        }
    }

    bool hasConsumer(const ConsumerPlan& consumer) const {
        return m_before &&
               std::find(m_before->consumers.begin(), m_before->consumers.end(), consumer) != m_before->consumers.end();
    }

    void addFaults() {
        for (const FaultSpec& fault : m_scenario.faults)
            m_model->faults.push_back(m_model->planOf(fault));
    }

    void addLinks() {
        m_model->linksAlike = m_scenario.links.empty() && m_scenario.run.latency;
        const std::vector<NodePlan>& nodes = m_model->broker->nodes;
        for (const ServiceSpec* service : m_services) {
            m_model->links.push_back(linkBetween(service->name, brokerEnd));
            for (const NodePlan& node : nodes)
                m_model->links.push_back(linkBetween(service->name, node.spec.name));
        }
        for (const NodePlan& one : nodes)
            for (const NodePlan& other : nodes) {
                const auto link = std::find_if(m_scenario.links.begin(), m_scenario.links.end(), [&](const LinkSpec& spec) {
                    return spec.latency && spec.isBetweenNodes(one.spec.name, other.spec.name);
                });
                if (link == m_scenario.links.end())
                    continue;
                m_model->nodeLatencies.resize(nodes.size() * nodes.size());
                m_model->nodeLatencies[static_cast<std::size_t>(&one - nodes.data()) * nodes.size() +
                                       static_cast<std::size_t>(&other - nodes.data())] = link->latency;
            }
    }

    LinkPlan linkBetween(std::string_view service, std::string_view node) const {
        LinkPlan plan;
        const auto link = std::find_if(m_scenario.links.begin(), m_scenario.links.end(),
                                       [&](const LinkSpec& spec) { return spec.isBetween(service, node); });
        if (link != m_scenario.links.end())
            plan = {.latency = link->latency,
                    .loss = link->loss,
                    .duplicates = link->duplicates,
                    .reorder = link->reorder,
                    .heartbeat = link->heartbeat,
                    .access = link->access,
                    .bandwidth = link->bandwidth};
        if (!plan.latency)
            plan.latency = m_scenario.run.latency;
        return plan;
    }

    const Scenario& m_scenario; // the model's
    const Model* m_before;
    std::vector<const ServiceSpec*> m_services;
    std::shared_ptr<Model> m_model;
    std::shared_ptr<const EmitSites> m_sites;
    Errors m_errors;
};

// Tables and statuses of a service's business state are numbered by the actions that name them.
bool sameTables(const State& before, const State& after) {
    if (before.tableCount() != after.tableCount())
        return false;
    for (std::uint16_t t = 0; t < before.tableCount(); ++t) {
        const TableId table{t};
        if (before.tableName(table) != after.tableName(table) || before.statusCount(table) != after.statusCount(table))
            return false;
        for (std::uint16_t s = 0; s < before.statusCount(table); ++s)
            if (before.statusName(table, StatusId{s}) != after.statusName(table, StatusId{s}))
                return false;
    }
    return true;
}

bool leadsInto(const std::vector<std::string>& steps, std::initializer_list<std::string_view> place) {
    return steps.size() >= place.size() && std::equal(place.begin(), place.end(), steps.begin());
}

} // namespace

Result<std::shared_ptr<const Model>, Errors> Model::compile(const Scenario& scenario, Options options) {
    return Compiler(std::make_shared<const Scenario>(scenario), options.seed, nullptr).compile();
}

Result<std::shared_ptr<const Model>, Errors> Model::compile(const Scenario& scenario) {
    return compile(scenario, {.seed = scenario.run.seed});
}

Result<std::shared_ptr<const Model>> Model::with(std::string_view pointer, const Value& value) const {
    const std::string where(pointer);
    if (scenario->document.isNull())
        return Error{where, "needs a scenario that was read from a file", ""};
    const auto steps = pointerSteps(pointer);
    if (!steps || steps->size() < 2 ||
        !(leadsInto(*steps, {"channels"}) || leadsInto(*steps, {"services"}) || leadsInto(*steps, {"links"}) ||
          leadsInto(*steps, {"run", "latency"})))
        return Error{where, "needs a place inside /channels, /services, /links or /run/latency: nothing else can change "
                            "while a run goes on", ""};
    const Result<Value> document = withValueAt(scenario->document, pointer, value, Absent::added);
    if (!document)
        return document.error();
    Result<Scenario, Errors> changed = readScenario(*document, scenario->folder);
    if (!changed)
        return changed.error().front();
    RunSpec spec = run; // its length and seed may have been given beside the document
    spec.latency = changed->run.latency;
    changed->run = std::move(spec);
    if (auto change = structureChange(*scenario, *changed))
        return *change;
    Result<std::shared_ptr<const Model>, Errors> compiled =
        Compiler(std::make_shared<const Scenario>(std::move(*changed)), seed, this).compile();
    if (!compiled)
        return compiled.error().front();
    for (std::size_t i = 0; i < services.size(); ++i)
        if (!sameTables(services[i].state, (*compiled)->services[i].state))
            return Error{where, "needs the tables and statuses that the service has already", ""};
    return std::move(*compiled);
}

FaultPlan Model::planOf(const FaultSpec& fault) const {
    FaultPlan plan{.spec = fault, .service = {}, .channel = {}, .type = {}, .node = {}, .to = {}};
    if (!fault.to.empty())
        plan.to = catalogue->channel(fault.to);
    if (!fault.service.empty())
        plan.service = catalogue->service(fault.service);
    if (!fault.channel.empty())
        plan.channel = catalogue->channel(fault.channel);
    if (!fault.node.empty())
        plan.node = catalogue->node(fault.node);
    if (!fault.type.empty())
        plan.type = catalogue->eventType(fault.type);
    return plan;
}

std::shared_ptr<const Model> Model::forked() const {
    auto copy = std::make_shared<Model>(*this);
    copy->catalogue = catalogue->copy();
    return copy;
}

} // namespace weir

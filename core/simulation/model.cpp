#include "core/simulation/model.h"

#include "core/broker/plan_compiler.h"
#include "core/scenario/by_name.h"
#include "core/services/declarative_processor.h"

#include <algorithm>
#include <map>

namespace weir {
namespace {

class Compiler {
  public:
    Compiler(const Scenario& scenario, std::uint64_t seed)
        : m_scenario(scenario), m_services(byName(scenario.services)) {
        m_model = std::make_shared<Model>();
        m_model->run = scenario.run;
        m_model->seed = seed;
        m_model->catalogue = std::make_shared<Catalogue>();
        m_model->latencyDraws = Stream(seed, "run/latency");
    }

    Result<std::shared_ptr<const Model>, Errors> compile() {
        addNames();
        addBroker();
        addSites();
        if (m_errors.empty())
            addServices();
        addFaults();
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
        for (const EventTypeSpec* type : byName(m_scenario.events))
            catalogue().addEventType(type->name, type->version);
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
        plan.prefetch = spec.prefetch == 0 ? spec.concurrency : spec.prefetch;
        plan.automatic = spec.ack == AckMode::automatic;
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
        if (!spec.then.empty())
            plan.processor =
                processorOf(spec.then, m_sites->firstOfHandler(service.name, index), state, where + "/then");
        // The name alone: two handlers of one service on one channel share their streams only if they are the same.
        std::size_t same = 0;
        for (std::size_t i = 0; i < index; ++i)
            same += service.handlers[i].on == spec.on ? 1 : 0;
        const std::string streams = same == 0 ? plan.name : plan.name + '#' + std::to_string(same + 1);
        plan.takesDraws = Stream(m_model->seed, streams + "/takes");
        plan.failDraws = Stream(m_model->seed, streams + "/fails");
        plan.effectDraws = Stream(m_model->seed, streams + "/effects");
        return plan;
    }

    void addServices() {
        for (std::size_t i = 0; i < m_services.size(); ++i) {
            const ServiceSpec& spec = *m_services[i];
            const ServiceId id{static_cast<std::uint16_t>(i)};
            ServicePlan plan;
            plan.name = spec.name;
            plan.instances = spec.instances;
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
            for (std::size_t h = 0; h < spec.handlers.size(); ++h)
                plan.handlers.push_back(handlerOf(spec, h, plan.state));
            Place place;
            place.service = id;
            plan.place = catalogue().addPlace(place);
            for (std::uint16_t instance = 0; instance < spec.instances; ++instance) {
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
        for (std::uint32_t handler = 0; handler < service.handlers.size(); ++handler) {
            const SubscriptionId subscription = service.handlers[handler].subscription;
            const SubscriptionPlan& entry = m_model->broker->subscriptions[subscription.index()];
            for (std::uint32_t instance = 0; instance < service.instances; ++instance) {
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

    void addFaults() {
        m_model->faults = m_scenario.faults;
        for (const FaultSpec& fault : m_scenario.faults)
            m_model->faultServices.push_back(catalogue().service(fault.service));
    }

    const Scenario& m_scenario;
    std::vector<const ServiceSpec*> m_services;
    std::shared_ptr<Model> m_model;
    std::shared_ptr<const EmitSites> m_sites;
    Errors m_errors;
};

} // namespace

Result<std::shared_ptr<const Model>, Errors> Model::compile(const Scenario& scenario, Options options) {
    return Compiler(scenario, options.seed).compile();
}

Result<std::shared_ptr<const Model>, Errors> Model::compile(const Scenario& scenario) {
    return compile(scenario, {.seed = scenario.run.seed});
}

} // namespace weir

#include "core/simulation/model.h"

#include "core/services/declarative_processor.h"

#include <algorithm>
#include <map>

namespace weir {
namespace {

std::string pointer(std::string_view base, std::string_view name) {
    std::string text(base);
    text += '/';
    for (const char c : name)
        text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

template <class Spec>
std::vector<const Spec*> byName(const std::vector<Spec>& specs) {
    std::vector<const Spec*> sorted;
    for (const Spec& spec : specs)
        sorted.push_back(&spec);
    std::sort(sorted.begin(), sorted.end(), [](const Spec* left, const Spec* right) { return left->name < right->name; });
    return sorted;
}

class Compiler {
  public:
    Compiler(const Scenario& scenario, std::uint64_t seed)
        : m_scenario(scenario), m_services(byName(scenario.services)), m_channels(byName(scenario.channels)) {
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
        for (const ChannelSpec* channel : m_channels) {
            const bool deadLetter = std::any_of(m_channels.begin(), m_channels.end(), [&](const ChannelSpec* other) {
                return other->deadLetter == channel->name;
            });
            ChannelRow row;
            row.name = channel->name;
            row.kind = channel->kind;
            row.partitions = channel->kind == ChannelKind::stream ? channel->partitions : 0;
            row.capacity = channel->capacity.value_or(0);
            row.deadLetter = deadLetter;
            catalogue().addChannel(std::move(row));
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
        for (const std::string_view reason : DeclarativeProcessor::reasons)
            catalogue().addReason(reason);
    }

    SubscriptionId addSubscription(BrokerPlan& plan, ChannelPlan& channel, ChannelId id, const std::string& name,
                                   ServiceId consumer, bool consumed) {
        SubscriptionRow row;
        row.name = name;
        row.channel = id;
        row.service = consumer;
        const SubscriptionId subscription = catalogue().addSubscription(std::move(row));
        SubscriptionPlan entry;
        entry.name = name;
        entry.channel = id;
        entry.consumed = consumed;
        Place place;
        place.channel = id;
        place.subscription = subscription;
        entry.place = catalogue().addPlace(place);
        for (std::uint16_t p = 0; channel.kind == ChannelKind::stream && p < channel.spec.partitions; ++p) {
            place.partition = p;
            entry.partitionPlaces.push_back(catalogue().addPlace(place));
        }
        plan.subscriptions.push_back(std::move(entry));
        channel.subscriptions.push_back(subscription);
        return subscription;
    }

    std::vector<ServiceId> consumersOf(const std::string& channel) {
        std::vector<ServiceId> consumers;
        for (std::size_t i = 0; i < m_services.size(); ++i)
            for (const HandlerSpec& handler : m_services[i]->handlers)
                if (handler.on == channel) {
                    consumers.push_back(ServiceId{static_cast<std::uint16_t>(i)});
                    break;
                }
        return consumers;
    }

    void addBroker() {
        auto plan = std::make_shared<BrokerPlan>();
        plan->reasons = BrokerReasons::in(catalogue());
        plan->copiesMax = m_scenario.run.copiesMax;
        for (std::size_t i = 0; i < m_channels.size(); ++i) {
            const ChannelSpec& spec = *m_channels[i];
            const ChannelId id{static_cast<std::uint16_t>(i)};
            ChannelPlan channel;
            channel.name = spec.name;
            channel.kind = spec.kind;
            channel.spec = spec;
            channel.jitter = Stream(m_model->seed, spec.name + "/jitter");
            channel.deadLetter = spec.deadLetter.empty() ? ChannelId::none() : channelNamed(spec.deadLetter);
            Place place;
            place.channel = id;
            channel.place = catalogue().addPlace(place);
            for (std::uint16_t p = 0; spec.kind == ChannelKind::stream && p < spec.partitions; ++p) {
                place.partition = p;
                channel.partitionPlaces.push_back(catalogue().addPlace(place));
            }
            const std::vector<ServiceId> consumers = consumersOf(spec.name);
            if (spec.kind == ChannelKind::queue) {
                // A queue whose copies expire into a dead-letter channel passes them on without a consumer.
                const bool mortal = spec.ttl && !spec.deadLetter.empty();
                addSubscription(*plan, channel, id, spec.name, consumers.empty() ? ServiceId::none() : consumers.front(),
                                !consumers.empty() || mortal);
            } else if (spec.kind == ChannelKind::stream) {
                for (const ServiceId consumer : consumers)
                    addSubscription(*plan, channel, id, catalogue().services()[consumer.index()].name, consumer, true);
            }
            plan->channels.push_back(std::move(channel));
        }
        for (std::size_t i = 0; i < m_channels.size(); ++i)
            for (std::size_t b = 0; b < m_channels[i]->bindings.size(); ++b)
                addRoute(*plan, ChannelId{static_cast<std::uint16_t>(i)}, m_channels[i]->bindings[b],
                         pointer("/channels", m_channels[i]->name) + "/bind/" + std::to_string(b));
        m_model->broker = std::move(plan);
    }

    void addRoute(BrokerPlan& plan, ChannelId to, const BindingSpec& binding, const std::string& where) {
        const ChannelId from = channelNamed(binding.to);
        if (!from.valid()) {
            fail(where + "/to", "needs the name of an exchange or topic", '"' + binding.to + '"');
            return;
        }
        ChannelPlan& exchange = plan.channels[from.index()];
        Route route{to, std::nullopt};
        if (exchange.spec.exchangeType != ExchangeType::fanout) {
            const Dialect dialect{exchange.spec.exchangeType == ExchangeType::topic ? DialectKind::rabbitmqTopic
                                                                                    : DialectKind::rabbitmqDirect,
                                  {}};
            Result<Pattern> pattern = Pattern::compile(dialect, std::string_view(binding.pattern));
            if (!pattern) {
                fail(where + "/pattern", pattern.error());
                return;
            }
            route.pattern = std::move(pattern).value();
        }
        exchange.routes.push_back(std::move(route));
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
        const std::string where = pointer("/services", service.name) + "/handlers/" + std::to_string(index);
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
        plan.processor = processorOf(spec.then, m_sites->firstOfHandler(service.name, index), state, where + "/then");
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
                source.processor = processorOf(spec.sources[s].then, m_sites->firstOfSource(spec.name, s), plan.state,
                                               pointer("/services", spec.name) + "/sources/" + std::to_string(s));
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
    std::vector<const ChannelSpec*> m_channels;
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

#include "core/broker/plan_compiler.h"

#include "core/broker/route_compiler.h"
#include "core/kernel/hash.h"
#include "core/scenario/by_name.h"

#include <algorithm>
#include <utility>

namespace weir {
namespace {

class Compiler {
  public:
    Compiler(const Scenario& scenario, BrokerPlanOptions options, Catalogue& catalogue)
        : m_scenario(scenario), m_options(options), m_catalogue(catalogue), m_services(byName(scenario.services)),
          m_channels(byName(scenario.channels)) {
        m_plan->copiesMax = scenario.run.copiesMax;
    }

    Result<std::shared_ptr<const BrokerPlan>, Errors> compile() {
        for (const ChannelSpec* channel : m_channels)
            addName(*channel);
        m_plan->reasons = BrokerReasons::in(m_catalogue);
        addNodes();
        for (std::size_t i = 0; i < m_channels.size(); ++i)
            addChannel(*m_channels[i], ChannelId{static_cast<std::uint16_t>(i)});
        compileRoutes(m_channels, m_catalogue, m_plan->channels, m_errors);
        findLogged();
        for (ChannelPlan& channel : m_plan->channels)
            channel.asksNothing = asksNothing(channel);
        for (SubscriptionPlan& subscription : m_plan->subscriptions)
            adopt(m_plan->channels[subscription.channel.index()], subscription);
        for (ChannelPlan& channel : m_plan->channels)
            for (std::size_t group = 0; group < channel.subscriptions.size(); ++group) {
                channel.groupBits |= ChannelPlan::bitOf(group);
                channel.resetsToTheEnd |= m_plan->subscriptions[channel.subscriptions[group].index()].resetsToTheEnd;
            }
        addSchemas();
        addGroups();
        if (!m_errors.empty())
            return std::move(m_errors);
        return std::shared_ptr<const BrokerPlan>(std::move(m_plan));
    }

  private:
    void addName(const ChannelSpec& channel) {
        ChannelRow row;
        row.name = channel.name;
        row.kind = channel.kind;
        row.partitions = channel.kind == ChannelKind::stream ? channel.partitions : 0;
        row.replicas = isKept(channel) ? channel.replicas : 0;
        row.capacity = channel.capacity.value_or(0);
        row.deadLetter = std::any_of(m_channels.begin(), m_channels.end(),
                                     [&](const ChannelSpec* other) { return other->deadLetter == channel.name; });
        m_catalogue.addChannel(std::move(row));
    }

    // By a broker with nodes.
    bool isKept(const ChannelSpec& channel) const {
        return !m_scenario.nodes.empty() && ((channel.kind == ChannelKind::queue && channel.dispatch != DispatchMode::broadcast) ||
                                              channel.kind == ChannelKind::stream);
    }

    void addNodes() {
        for (const NodeSpec* spec : byName(m_scenario.nodes)) {
            Place place;
            place.node = m_catalogue.addNode(spec->name);
            m_plan->nodes.push_back({.spec = *spec, .place = m_catalogue.addPlace(place)});
        }
    }

    // Its replicas stand on the nodes in turn, beginning with the one that is to lead.
    void addBuffers(ChannelPlan& channel, ChannelId id) {
        const auto nodes = static_cast<std::uint32_t>(m_plan->nodes.size());
        channel.firstBuffer = static_cast<std::uint32_t>(m_plan->buffers.size());
        const NodeId leader = m_catalogue.node(channel.spec.leader);
        for (std::uint32_t p = 0; p < (channel.kind == ChannelKind::stream ? channel.spec.partitions : 1); ++p) {
            BufferPlan buffer;
            buffer.channel = id;
            buffer.partition = p;
            buffer.hash = mix64(hash64(channel.name) + p);
            const std::uint32_t first =
                leader.valid() ? leader.value : static_cast<std::uint32_t>(m_plan->buffers.size()) % nodes;
            for (std::uint32_t i = 0; i < std::min(channel.spec.replicas, nodes); ++i) {
                Place place;
                place.channel = id;
                place.partition = channel.kind == ChannelKind::stream ? static_cast<std::uint16_t>(p) : Place::noIndex;
                place.node = NodeId{static_cast<std::uint16_t>((first + i) % nodes)};
                buffer.nodes.push_back(place.node);
                buffer.places.push_back(m_catalogue.addPlace(place));
            }
            m_plan->buffers.push_back(std::move(buffer));
        }
    }

    // What can come to a queue, or to nobody, is not logged.
    void findLogged() {
        for (ChannelPlan& channel : m_plan->channels)
            channel.logged = channel.kind != ChannelKind::queue;
        const auto isLogged = [this](ChannelId id) { return !id.valid() || m_plan->channels[id.index()].logged; };
        for (bool changed = true; changed;) {
            changed = false;
            for (ChannelPlan& channel : m_plan->channels) {
                const bool stream = channel.kind == ChannelKind::stream;
                if (!channel.logged || stream ||
                    (!channel.routes.empty() && isLogged(channel.alternate) &&
                     std::all_of(channel.routes.begin(), channel.routes.end(),
                                 [&](const Route& route) { return isLogged(route.to); })))
                    continue;
                channel.logged = false;
                changed = true;
            }
        }
    }

    void addSchemas() {
        auto registry = SchemaRegistry::compile(m_scenario);
        if (!registry) {
            m_errors.insert(m_errors.end(), registry.error().begin(), registry.error().end());
            return;
        }
        m_plan->registry = std::move(registry).value();
        for (std::size_t i = 0; i < m_catalogue.eventTypes().size(); ++i)
            m_plan->schemas.push_back(
                m_plan->registry->find(m_catalogue.eventTypes()[i].name, m_catalogue.eventTypes()[i].version));
    }

    // A queue that takes in whatever comes, at once, for whoever is next; a stream that forgets the oldest rather than
    // refuse; an exchange that only sends on. Most are like that, and what goes through them alone is not to pay for all
    // that others ask.
    static bool asksNothing(const ChannelPlan& channel) {
        const ChannelSpec& spec = channel.spec;
        if (spec.dedup || spec.schemaCheck != SchemaCheck::none || spec.rate)
            return false;
        if (channel.kind == ChannelKind::stream)
            return !spec.refuseWhenFull;
        if (channel.kind == ChannelKind::queue)
            return !spec.bounded() && !spec.delay && !spec.unackedMax && spec.dispatch == DispatchMode::shared;
        return !channel.archive && !channel.perMessage && !channel.inTurn && !channel.mustBeHeard;
    }

    static void adopt(const ChannelPlan& channel, SubscriptionPlan& subscription) {
        const ChannelSpec& spec = channel.spec;
        subscription.stream = channel.kind == ChannelKind::stream;
        subscription.broadcast = spec.dispatch == DispatchMode::broadcast;
        subscription.asksNothing = channel.asksNothing;
        subscription.ownAckTimeouts = spec.retry && spec.retry->givesAckTimeouts();
        subscription.roundRobin = spec.order == ConsumerOrder::roundRobin;
        subscription.deliversBeforeTrim = spec.requeueTo == RequeueTo::returnedIfLimited;
        subscription.dropsOldest = spec.overflow == Overflow::dropOldest;
        subscription.ttlRule = spec.ttlRule;
        subscription.ttlFrom = spec.ttlFrom;
        subscription.priorities = spec.priorities;
        subscription.ackTimeout = spec.ackTimeout.value_or(Duration::max());
        subscription.ttl = spec.ttl.value_or(Duration::max());
        if (const auto& most = spec.group.maxPollInterval; most && subscription.stream && spec.hasOwners())
            subscription.inHandMax = *most + (spec.group.staticMembers ? spec.group.sessionTimeout : Duration::zero());
        subscription.awaited = subscription.stream && spec.retainUntil != RetainUntil::limits;
        subscription.resetsToTheEnd = resetsToTheEnd(subscription, spec);
    }

    // Where a group goes on whose position the log has forgotten. Of what Kafka's protocol divides `from` is also that
    // policy (auto.offset.reset): a group that reads from the latest goes on at the end, and what came meanwhile is not
    // read. All others go on at the oldest record that is left, as RabbitMQ's streams, RocketMQ and those that keep a
    // cursor in the broker do. A log from which more than retention takes records does not move its start in Kafka.
    static bool resetsToTheEnd(const SubscriptionPlan& group, const ChannelSpec& stream) {
        return group.from.where == ReadFromSpec::Where::latest && stream.group.assignor != PartitionsBy::turn &&
               stream.group.delivery == GroupDelivery::partitions && stream.retainUntil == RetainUntil::limits &&
               !stream.compaction && !stream.retainPerSubject;
    }

    void addGate(ChannelPlan& channel) {
        const ChannelSpec& spec = channel.spec;
        channel.gated = spec.messageSizeMax || spec.dedup || spec.schemaCheck != SchemaCheck::none;
        if (spec.messageSizeMax)
            channel.messageSizeMax = spec.messageSizeMax->count;
        if (!spec.dedup)
            return;
        Result<EventPath> path = EventPath::compile(spec.dedup->key);
        if (path)
            channel.dedupPath = std::move(path).value();
        else
            m_errors.push_back({elementPointer("/channels", spec.name) + "/dedup/key", path.error().what,
                                path.error().given});
    }

    void addSubscription(ChannelPlan& channel, SubscriptionRow row, bool consumed) {
        SubscriptionPlan entry;
        entry.name = row.name;
        entry.channel = row.channel;
        entry.consumed = consumed;
        if (channel.kind == ChannelKind::stream)
            for (const HandlerSpec& handler : m_services[row.service.index()]->handlers)
                if (handler.on == channel.name) {
                    entry.from = handler.from;
                    entry.commit = handler.commit;
                    entry.committedOnly = handler.isolation == Isolation::committed;
                }
        row.committedOnly = entry.committedOnly;
        const SubscriptionId subscription = m_catalogue.addSubscription(row);
        Place place;
        place.channel = row.channel;
        place.subscription = subscription;
        entry.place = m_catalogue.addPlace(place);
        for (std::uint16_t p = 0; channel.kind == ChannelKind::stream && p < channel.spec.partitions; ++p) {
            place.partition = p;
            entry.partitionPlaces.push_back(m_catalogue.addPlace(place));
        }
        m_plan->subscriptions.push_back(std::move(entry));
        channel.subscriptions.push_back(subscription);
    }

    std::vector<ServiceId> consumersOf(const std::string& channel) const {
        std::vector<ServiceId> consumers;
        for (std::size_t i = 0; i < m_services.size(); ++i)
            for (const HandlerSpec& handler : m_services[i]->handlers)
                if (handler.on == channel) {
                    consumers.push_back(ServiceId{static_cast<std::uint16_t>(i)});
                    break;
                }
        return consumers;
    }

    void addChannel(const ChannelSpec& spec, ChannelId id) {
        ChannelPlan channel;
        channel.name = spec.name;
        channel.kind = spec.kind;
        channel.spec = spec;
        if (spec.kind == ChannelKind::stream)
            channel.spec.order = ConsumerOrder::longestWaiting; // readers of a log ask for records
        channel.inTurn = spec.copyTiming == CopyTiming::inTurn;
        channel.mustBeHeard = !spec.mustBeHeard.empty();
        addGate(channel);
        channel.retryThrough = spec.retry && !spec.retry->through.empty() ? m_catalogue.channel(spec.retry->through)
                                                                          : ChannelId::none();
        channel.turns = Stream(m_options.seed, spec.name + "/turns");
        channel.jitter = Stream(m_options.seed, spec.name + "/jitter");
        channel.losses = Stream(m_options.seed, spec.name + "/losses");
        channel.duplicates = Stream(m_options.seed, spec.name + "/duplicates");
        channel.choices = Stream(m_options.seed, spec.name + "/choices");
        for (const ReplicateSpec& replicate : spec.replicate)
            channel.replicators.push_back({m_catalogue.channel(replicate.to), replicate.takes});
        channel.deadLetter = spec.deadLetter.empty() ? ChannelId::none() : m_catalogue.channel(spec.deadLetter);
        channel.alternate = spec.alternate.empty() ? ChannelId::none() : m_catalogue.channel(spec.alternate);
        Place place;
        place.channel = id;
        channel.place = m_catalogue.addPlace(place);
        for (std::uint16_t p = 0; spec.kind == ChannelKind::stream && p < spec.partitions; ++p) {
            place.partition = p;
            channel.partitionPlaces.push_back(m_catalogue.addPlace(place));
        }
        const std::vector<ServiceId> consumers = consumersOf(spec.name);
        SubscriptionRow row;
        row.channel = id;
        if (spec.kind == ChannelKind::queue) {
            // A queue whose copies expire into a dead-letter channel passes them on without a consumer.
            const bool mortal = spec.ttl && !spec.deadLetter.empty();
            row.name = spec.name;
            row.service = channel.client = consumers.empty() ? ServiceId::none() : consumers.front();
            addSubscription(channel, row, !consumers.empty() || mortal || m_options.anybodyConsumes);
            channel.queue = channel.subscriptions.front();
        } else if (spec.kind == ChannelKind::stream) {
            for (const ServiceId consumer : consumers) {
                row.name = m_catalogue.services()[consumer.index()].name;
                row.service = consumer;
                addSubscription(channel, row, true);
            }
        }
        if (isKept(spec))
            addBuffers(channel, id);
        m_plan->channels.push_back(std::move(channel));
    }

    // What one service reads by the same settings with one of Kafka's assignors is divided as one group.
    void addGroups() {
        for (std::uint16_t s = 0; s < m_plan->subscriptions.size(); ++s) {
            SubscriptionPlan& subscription = m_plan->subscriptions[s];
            const ChannelPlan& channel = m_plan->channels[subscription.channel.index()];
            if (!channel.spec.hasOwners())
                continue;
            const auto joins = [&](const std::vector<SubscriptionId>& group) {
                const SubscriptionId first = group.front();
                return channel.spec.group.assignor != PartitionsBy::turn &&
                       m_catalogue.subscriptions()[first.index()].service == m_catalogue.subscriptions()[s].service &&
                       m_plan->channels[m_plan->subscriptions[first.index()].channel.index()].spec.group ==
                           channel.spec.group;
            };
            const auto found = std::find_if(m_plan->groups.begin(), m_plan->groups.end(), joins);
            subscription.group = static_cast<std::uint32_t>(found - m_plan->groups.begin());
            if (found == m_plan->groups.end())
                m_plan->groups.emplace_back();
            m_plan->groups[subscription.group].push_back(SubscriptionId{s});
        }
    }

    const Scenario& m_scenario;
    BrokerPlanOptions m_options;
    Catalogue& m_catalogue;
    std::vector<const ServiceSpec*> m_services;
    std::vector<const ChannelSpec*> m_channels;
    std::shared_ptr<BrokerPlan> m_plan = std::make_shared<BrokerPlan>();
    Errors m_errors;
};

} // namespace

Result<std::shared_ptr<const BrokerPlan>, Errors> compileBrokerPlan(const Scenario& scenario, BrokerPlanOptions options,
                                                                    Catalogue& catalogue) {
    return Compiler(scenario, options, catalogue).compile();
}

} // namespace weir

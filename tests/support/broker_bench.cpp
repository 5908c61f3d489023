#include "support/broker_bench.h"

#include "core/broker/murmur2.h"
#include "core/record/record_reader.h"

#include <QStringList>

#include <algorithm>

namespace weir {
namespace {

std::shared_ptr<const BrokerPlan> planOf(std::vector<ChannelSpec> channels, std::vector<ServiceSpec> services,
                                         std::vector<EventTypeSpec> events, std::vector<NodeSpec> nodes,
                                         Catalogue& catalogue) {
    Scenario scenario;
    scenario.channels = std::move(channels);
    scenario.services = std::move(services);
    scenario.events = std::move(events);
    scenario.nodes = std::move(nodes);
    for (const EventTypeSpec& type : scenario.events)
        for (const EventSchemaSpec& schema : type.schemas)
            catalogue.addEventType(type.name, schema.version);
    if (scenario.services.empty())
        scenario.services.push_back({.name = "worker"});
    std::sort(scenario.services.begin(), scenario.services.end(),
              [](const ServiceSpec& left, const ServiceSpec& right) { return left.name < right.name; });
    for (const ServiceSpec& service : scenario.services)
        catalogue.addService({.name = service.name, .instances = 8, .workers = 1});
    auto plan = compileBrokerPlan(scenario, {.seed = 1, .anybodyConsumes = true}, catalogue);
    if (!plan)
        qFatal("%s", plan.error().front().text().c_str());
    return std::move(plan).value();
}

} // namespace

BrokerBench::BrokerBench(std::vector<ChannelSpec> channels, std::vector<ServiceSpec> services,
                         std::vector<EventTypeSpec> events, std::vector<NodeSpec> nodes)
    : m_plan(planOf(std::move(channels), std::move(services), std::move(events), std::move(nodes), *m_catalogue)),
      m_type(m_catalogue->addEventType("job", "1.0")), m_failure(m_catalogue->addReason("failure")), m_broker(m_plan),
      m_recorder(m_catalogue) {}

Admission BrokerBench::publish(const std::string& channel, const BenchMessage& what) {
    const Broker::Publish publish = made(channel, what);
    BrokerDoor to = door();
    return m_broker.publish(publish, to);
}

HalfTag BrokerBench::prepare(const std::string& channel, const BenchMessage& what) {
    const Broker::Publish publish = made(channel, what);
    BrokerDoor to = door();
    return m_broker.prepare(publish, to);
}

bool BrokerBench::finishHalf(HalfTag half, Broker::HalfEnd end) {
    BrokerDoor to = door();
    return m_broker.finishHalf(half, end, to);
}

TransactionTag BrokerBench::begin(Duration timeout) {
    BrokerDoor to = door();
    return m_broker.beginTransaction(timeout, to);
}

bool BrokerBench::end(TransactionTag transaction, bool commits) {
    BrokerDoor to = door();
    return m_broker.endTransaction(transaction, commits, commits ? ReasonId::none() : m_failure, to);
}

Broker::Publish BrokerBench::made(const std::string& channel, const BenchMessage& what) {
    Message message;
    message.ordinal = message.correlation = ++m_ordinals;
    message.published = m_now;
    message.type = what.version == "1.0" ? m_type : m_catalogue->addEventType("job", what.version);
    message.source = ServiceId{what.source};
    message.from = m_catalogue->addPlace({.channel = m_catalogue->channel(channel), .service = ServiceId{0}});
    message.routingKey = m_broker.routes().intern(what.routingKey);
    message.keyed = !what.key.empty();
    message.keyHash = static_cast<std::uint32_t>(murmur2(what.key));
    message.ttl = what.ttl;
    message.delay = what.delay;
    message.priority = what.priority;
    message.size = what.size;
    if (!what.headers.isNull() || !what.data.isNull() || !what.key.empty() || what.identity != 0 || what.producer != 0) {
        const bool something = what.data.isNull() && !what.key.empty() && !what.tombstone;
        message.content = std::make_shared<const Content>(Content{.data = something ? Value("something") : what.data,
                                                                  .partitionKey = what.key,
                                                                  .subject = {},
                                                                  .headers = what.headers,
                                                                  .identity = what.identity,
                                                                  .producer = what.producer,
                                                                  .sequence = what.sequence});
    }
    if (what.cause != 0) {
        const Message& cause = m_broker.message(m_broker.copy(m_latest.at(what.cause))->message);
        message.cause = cause.ordinal;
        message.correlation = cause.correlation;
        message.family = cause.family;
    }
    Record record;
    record.at = m_now;
    record.ordinal = message.ordinal;
    record.value = static_cast<std::int64_t>(message.cause);
    record.type = message.type;
    record.place = message.from;
    m_recorder.append(record);
    Broker::Publish publish;
    publish.message = m_broker.add(std::move(message), static_cast<std::uint32_t>(m_ordinals));
    publish.channel = m_catalogue->channel(channel);
    publish.timeout = what.timeout;
    publish.token = m_ordinals;
    publish.mandatory = what.mandatory;
    publish.retain = what.retain;
    publish.acks = what.acks;
    publish.transaction = what.transaction;
    return publish;
}

SubscriptionId BrokerBench::subscriptionAt(const std::string& channel, const std::string& group) const {
    for (const SubscriptionId id : m_plan->channels[m_catalogue->channel(channel).index()].subscriptions)
        if (m_plan->subscriptions[id.index()].name == group)
            return id;
    qFatal("no group %s at %s", group.c_str(), channel.c_str());
}

ConsumerId BrokerBench::attach(const std::string& subscription, std::uint32_t prefetch, bool automatic) {
    return attach(subscription, BenchConsumer{.prefetch = prefetch, .automatic = automatic});
}

ConsumerId BrokerBench::attach(const std::string& subscription, const BenchConsumer& consumer) {
    ConsumerOptions options;
    options.subscription = m_catalogue->subscription(subscription);
    options.prefetch = consumer.prefetch;
    options.automatic = consumer.automatic;
    options.priority = consumer.priority;
    options.shared = consumer.shared;
    options.member = m_consumers;
    return attach(std::move(options));
}

ConsumerId BrokerBench::attachTo(const std::string& channel, const std::string& group, std::uint32_t member,
                                 std::uint32_t prefetch) {
    ConsumerOptions options;
    options.subscription = subscriptionAt(channel, group);
    options.prefetch = prefetch;
    options.member = member;
    return attach(std::move(options));
}

ConsumerId BrokerBench::attach(ConsumerOptions options) {
    BrokerDoor to = door();
    const SubscriptionPlan& plan = m_plan->subscriptions[options.subscription.index()];
    Place place{.channel = plan.channel,
                .subscription = options.subscription,
                .service = ServiceId{0},
                .instance = m_consumers++};
    options.place = m_catalogue->addPlace(place);
    for (std::uint16_t partition = 0; partition < plan.partitionPlaces.size(); ++partition) {
        place.partition = partition;
        options.partitionPlaces.push_back(m_catalogue->addPlace(place));
    }
    return m_broker.attach(std::move(options), to);
}

void BrokerBench::openGroups() {
    BrokerDoor to = door();
    m_broker.openGroups(to);
}

bool BrokerBench::settle(Ordinal message, Settlement how) {
    return settle(m_latest.at(message), how);
}

bool BrokerBench::settle(DeliveryTag tag, Settlement how) {
    BrokerDoor to = door();
    return m_broker.settle(tag, how, m_failure, to);
}

std::size_t BrokerBench::settleAll(const std::vector<Ordinal>& messages, Settlement how) {
    std::vector<DeliveryTag> tags;
    for (const Ordinal message : messages)
        tags.push_back(m_latest.at(message));
    BrokerDoor to = door();
    return m_broker.settleAll(tags, how, m_failure, to);
}

std::size_t BrokerBench::settleThrough(Ordinal message, Settlement how) {
    BrokerDoor to = door();
    return m_broker.settleThrough(m_latest.at(message), how, m_failure, to);
}

bool BrokerBench::ackLate(DeliveryTag tag, Ordinal message) {
    BrokerDoor to = door();
    return m_broker.ackLate(tag, message, to);
}

bool BrokerBench::extend(Ordinal message) {
    BrokerDoor to = door();
    return m_broker.extend(m_latest.at(message), to);
}

std::size_t BrokerBench::redrive(const std::string& queue, const std::string& to) {
    BrokerDoor through = door();
    return m_broker.redrive(m_catalogue->subscription(queue), 0,
                            to.empty() ? ChannelId::none() : m_catalogue->channel(to), through);
}

std::size_t BrokerBench::purge(const std::string& queue) {
    BrokerDoor to = door();
    return m_broker.discard(m_catalogue->subscription(queue), 0, to);
}

std::string BrokerBench::routingKey(Ordinal message) const {
    return m_broker.routes().key(m_broker.routingKeyOf(*m_broker.copy(m_latest.at(message))));
}

void BrokerBench::disconnect(const std::vector<ConsumerId>& consumers) {
    BrokerDoor to = door();
    m_broker.disconnect(consumers, to);
}

void BrokerBench::retire(ConsumerId consumer) {
    BrokerDoor to = door();
    m_broker.retire(consumer, to);
}

void BrokerBench::resume(ConsumerId consumer) {
    BrokerDoor to = door();
    m_broker.resume(consumer, to);
}

void BrokerBench::runTo(Duration time) {
    while (!m_agenda.empty() && m_agenda.nextAt() <= SimTime{time}) {
        const Due due = m_agenda.pop();
        m_now = due.at;
        BrokerDoor to = door();
        m_broker.run(static_cast<BrokerDue>(due.what.kind), due.what.a, due.what.b, to);
    }
    m_now = SimTime{time};
}

void BrokerBench::allow(ConsumerId consumer, std::uint32_t prefetch) {
    BrokerDoor to = door();
    m_broker.setTerms(consumer, {.prefetch = prefetch}, to);
}

bool BrokerBench::claim(ConsumerId consumer, const Broker::Claim& claim) {
    BrokerDoor to = door();
    return m_broker.claim(consumer, claim, to);
}

std::int64_t BrokerBench::claimIdle(ConsumerId consumer, const Broker::Claim& from, std::size_t most) {
    BrokerDoor to = door();
    const auto next = m_broker.claimIdle(consumer, from, most, to);
    return next ? static_cast<std::int64_t>(*next) : -1;
}

std::size_t BrokerBench::forget(ConsumerId consumer) {
    BrokerDoor to = door();
    return m_broker.forget(consumer, to);
}

QString BrokerBench::pendingOf(const std::string& group) const {
    QStringList lines;
    for (const Broker::Pending& pending : m_broker.pending(m_catalogue->subscription(group), m_now))
        lines.append(QStringLiteral("%1@%2#%3").arg(pending.offset).arg(pending.consumer.value).arg(pending.deliveries));
    return lines.join(QLatin1Char(' '));
}

void BrokerBench::nodeDown(const std::string& node, NodeTrouble trouble) {
    BrokerDoor to = door();
    m_broker.setNode(m_catalogue->node(node), trouble, true, to);
}

void BrokerBench::nodeUp(const std::string& node, NodeTrouble trouble) {
    BrokerDoor to = door();
    m_broker.setNode(m_catalogue->node(node), trouble, false, to);
}

void BrokerBench::diskFull(const std::string& node, bool on) {
    BrokerDoor to = door();
    m_broker.setDiskFull(m_catalogue->node(node), on, to);
}

void BrokerBench::setClock(const std::string& node, Duration ahead) {
    BrokerDoor to = door();
    m_broker.setClock(m_catalogue->node(node), ahead, to);
}

void BrokerBench::separate(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    std::vector<std::pair<NodeId, NodeId>> apart;
    for (const std::string& one : left)
        for (const std::string& other : right)
            apart.emplace_back(m_catalogue->node(one), m_catalogue->node(other));
    BrokerDoor to = door();
    m_broker.separate(std::move(apart), to);
}

void BrokerBench::setReach(ConsumerId consumer, const std::string& node, bool on) {
    BrokerDoor to = door();
    m_broker.setReach({&consumer, 1}, m_catalogue->node(node), on, to);
}

void BrokerBench::setHop(const std::string& node, Duration takes) {
    m_hops[m_catalogue->node(node)] = takes;
}

Duration BrokerBench::travel(const NodeHop& hop) const {
    Duration longest{};
    for (const NodeId end : {hop.from, hop.to})
        if (const auto known = m_hops.find(end); known != m_hops.end())
            longest = std::max(longest, known->second);
    return longest;
}

void BrokerBench::seek(const std::string& group, const ReadFromSpec& to) {
    BrokerDoor through = door();
    m_broker.seek(m_catalogue->subscription(group), to, through);
}

QString BrokerBench::position(const std::string& group, std::uint32_t partition) const {
    const Broker::GroupPosition at = m_broker.position(m_catalogue->subscription(group), partition);
    return QStringLiteral("%1..%2 %3 %4").arg(at.start).arg(at.end).arg(at.next).arg(at.committed);
}

std::uint64_t BrokerBench::stable(const std::string& group, std::uint32_t partition) const {
    return m_broker.position(m_catalogue->subscription(group), partition).stable;
}

std::int64_t BrokerBench::lag(const std::string& group) const {
    return m_recorder.head().lag(m_catalogue->subscription(group), *m_catalogue).value_or(-1);
}

QString BrokerBench::owners(const std::string& group) const {
    return owners(m_catalogue->subscription(group));
}

QString BrokerBench::ownersOf(const std::string& channel, const std::string& group) const {
    return owners(subscriptionAt(channel, group));
}

QString BrokerBench::owners(SubscriptionId id) const {
    QString text;
    for (std::uint32_t partition = 0; partition < m_plan->subscriptions[id.index()].partitionPlaces.size(); ++partition) {
        const ConsumerId owner = m_broker.position(id, partition).owner;
        text += owner.valid() ? QString::number(owner.value) : QStringLiteral("-");
    }
    return text;
}

QString BrokerBench::log(std::initializer_list<RecordKind> kinds) const {
    RecordReader reader(m_recorder.store());
    reader.refresh();
    QStringList lines;
    for (std::uint64_t i = reader.first(); i < reader.end(); ++i) {
        const Record& record = reader.at(i);
        if (std::find(kinds.begin(), kinds.end(), record.kind) == kinds.end())
            continue;
        QString line = QString::number(static_cast<double>(record.at.time_since_epoch().count()) * 1e-6) +
                       QLatin1Char(' ') + QString::fromStdString(std::string(name(record.kind)));
        if (record.ordinal != 0)
            line += QStringLiteral(" %1").arg(record.ordinal);
        if (record.attempt != 0)
            line += QStringLiteral("#%1").arg(record.attempt);
        const Place place = record.place.valid() ? m_catalogue->place(record.place) : Place{};
        if (place.channel.valid())
            line += QLatin1Char(' ') + QString::fromStdString(m_catalogue->channels()[place.channel.index()].name);
        if (place.partition != Place::noIndex)
            line += QStringLiteral("/%1").arg(place.partition);
        if (place.instance != Place::noIndex)
            line += QStringLiteral("@%1").arg(place.instance);
        if (place.node.valid())
            line += QStringLiteral(">%1").arg(QString::fromStdString(m_catalogue->nodes()[place.node.index()].name));
        if (record.reason.valid())
            line += QLatin1Char(' ') + QString::fromStdString(m_catalogue->reasons()[record.reason.index()].name);
        if (record.wasPromised())
            line += QLatin1Char('!');
        lines.append(line);
    }
    return lines.join(QStringLiteral("; "));
}

std::vector<std::uint32_t> BrokerBench::commits() const {
    RecordReader reader(m_recorder.store());
    reader.refresh();
    std::vector<std::uint32_t> offsets;
    for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
        if (reader.at(i).kind == RecordKind::committed)
            offsets.push_back(reader.at(i).extra);
    return offsets;
}

QString BrokerBench::deaths(Ordinal message) const {
    return textOf(m_broker.copy(m_latest.at(message))->deaths.get());
}

QString BrokerBench::textOf(const Death* latest) const {
    QStringList lines;
    for (const Death* death = latest; death; death = death->before.get())
        lines.append(QStringLiteral("%1 %2 x%3")
                         .arg(QString::fromStdString(m_catalogue->channels()[death->channel.index()].name),
                              QString::fromStdString(m_catalogue->reasons()[death->reason.index()].name))
                         .arg(death->count));
    return lines.join(QStringLiteral(" < "));
}

std::size_t BrokerBench::ready(const std::string& subscription) const {
    return m_broker.ready(m_catalogue->subscription(subscription));
}

void BrokerBench::deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor&) {
    const Copy& copy = *m_broker.copy(tag);
    const Ordinal message = m_broker.message(copy.message).ordinal;
    m_latest[message] = tag;
    m_deliveries.push_back({consumer, message, copy.attempt, tag, m_broker.routes().key(m_broker.routingKeyOf(copy)),
                            textOf(copy.deaths.get())});
}

EventView BrokerBench::view(MessageHandle handle) const {
    const Message& message = m_broker.message(handle);
    EventView view;
    view.ordinal = message.ordinal;
    view.type = "job";
    view.source = "worker";
    view.routingKey = m_broker.routes().key(message.routingKey);
    view.time = message.published;
    if (message.content) {
        view.key = message.content->partitionKey;
        view.data = message.content->data.isNull() ? nullptr : &message.content->data;
        view.headers = message.content->headers.isNull() ? nullptr : &message.content->headers;
    }
    return view;
}

void BrokerBench::admitted(std::uint64_t token, Admission outcome, BrokerDoor&) {
    m_admissions.emplace_back(token, outcome);
}

void BrokerBench::completed(std::uint32_t, BrokerDoor&) {}

} // namespace weir

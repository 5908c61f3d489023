#include "brokers/nats_driver.h"

#include "brokers/patience.h"

#include <algorithm>

namespace weir {
namespace {

// What the server refuses here is a mistake of the test's.
void check(natsStatus status, const char* doing) {
    if (status != NATS_OK)
        qFatal("NATS, %s: %s", doing, natsStatus_GetText(status));
}

NatsOwned<natsConnection> connectionTo(const std::string& url) {
    natsConnection* connection = nullptr;
    check(natsConnection_ConnectTo(&connection, url.c_str()), "connecting");
    return NatsOwned<natsConnection>(connection);
}

NatsOwned<jsCtx> contextOf(natsConnection* connection) {
    jsCtx* context = nullptr;
    check(natsConnection_JetStream(&context, connection, nullptr), "JetStream");
    return NatsOwned<jsCtx>(context);
}

Ordinal numberIn(natsMsg* message) {
    return std::stoull(std::string(natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))));
}

constexpr const char* group = "group";

} // namespace

bool NatsServer::start() {
    m_port = freePort();
    m_server.start({.program = *programNamed("nats-server"),
                    .arguments = {"-a", "127.0.0.1", "-p", std::to_string(m_port), "-js", "-sd", m_server.folder()},
                    .environment = {}});
    return m_server.listens(m_port, 20s);
}

NatsDriver::NatsDriver(const std::string& url, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_url(url), m_producer(connectionTo(url)) {}

std::string NatsDriver::publish(const std::string&, const BenchMessage& what) {
    check(
        natsConnection_PublishString(m_producer.get(), what.routingKey.c_str(), std::to_string(++m_published).c_str()),
        "publishing");
    check(natsConnection_Flush(m_producer.get()), "flushing");
    return "ack";
}

void NatsDriver::attach(const std::string& name, const std::string& from, const BenchConsumer&) {
    Consumer& consumer = m_consumers[name];
    consumer.connection = connectionTo(m_url);
    for (const BindingSpec& binding : channel(from).bindings) {
        natsSubscription* subscription = nullptr;
        check(name == from
                  ? natsConnection_SubscribeSync(&subscription, consumer.connection.get(), binding.pattern.c_str())
                  : natsConnection_QueueSubscribeSync(&subscription, consumer.connection.get(), binding.pattern.c_str(),
                                                      from.c_str()),
              "subscribing");
        consumer.subscriptions.emplace_back(subscription);
    }
    check(natsConnection_Flush(consumer.connection.get()), "flushing");
}

void NatsDriver::retire(const std::string& name) {
    receive();
    Consumer& consumer = m_consumers.at(name);
    for (const auto& subscription : consumer.subscriptions)
        check(natsSubscription_Unsubscribe(subscription.get()), "unsubscribing");
    check(natsConnection_Flush(consumer.connection.get()), "flushing");
    m_consumers.erase(name);
}

std::optional<Seen> NatsDriver::take(const std::string&, bool) {
    qFatal("core NATS has no taking of single messages");
}

std::size_t NatsDriver::ready(const std::string&, std::size_t) {
    return 0; // it keeps nothing
}

void NatsDriver::receive() {
    for (const auto& [name, consumer] : m_consumers)
        for (const auto& subscription : consumer.subscriptions)
            for (natsMsg* message = nullptr; natsSubscription_NextMsg(&message, subscription.get(), 1) == NATS_OK;) {
                const NatsOwned<natsMsg> owned(message);
                m_received.push_back(
                    {.consumer = name, .message = numberIn(message), .key = natsMsg_GetSubject(message)});
            }
}

JetStreamDriver::JetStreamDriver(const std::string& url, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_url(url), m_producer(connectionTo(url)),
      m_context(contextOf(m_producer.get())) {
    for (const ChannelSpec& each : m_channels)
        if (each.kind == ChannelKind::queue || each.kind == ChannelKind::stream)
            declare(each);
}

JetStreamDriver::~JetStreamDriver() {
    m_consumers.clear();
    for (const ChannelSpec& each : m_channels)
        js_DeleteStream(m_context.get(), each.name.c_str(), nullptr, nullptr);
}

void JetStreamDriver::declare(const ChannelSpec& spec) {
    std::vector<const char*> subjects;
    for (const BindingSpec& binding : spec.bindings)
        subjects.push_back(binding.pattern.c_str());
    if (subjects.empty())
        subjects.push_back(spec.name.c_str());
    jsStreamConfig stream;
    jsStreamConfig_Init(&stream);
    stream.Name = spec.name.c_str();
    stream.Subjects = subjects.data();
    stream.SubjectsLen = static_cast<int>(subjects.size());
    stream.Storage = js_MemoryStorage;
    if (spec.capacity) { // as many as are not acked: a work queue
        stream.Retention = js_WorkQueuePolicy;
        stream.MaxMsgs = *spec.capacity;
        stream.Discard = spec.overflow == Overflow::dropOldest ? js_DiscardOld : js_DiscardNew;
    }
    if (spec.dedup)
        stream.Duplicates = spec.dedup->window.count();
    check(js_AddStream(nullptr, m_context.get(), &stream, nullptr, nullptr), "adding a stream");

    jsConsumerConfig consumer;
    jsConsumerConfig_Init(&consumer);
    consumer.Durable = group;
    consumer.AckPolicy = js_AckExplicit;
    if (spec.ackTimeout)
        consumer.AckWait = spec.ackTimeout->count();
    std::vector<std::int64_t> steps;
    if (spec.retry) {
        consumer.MaxDeliver = spec.retry->max ? *spec.retry->max + 1 : -1;
        for (const Duration step : spec.retry->steps)
            steps.push_back(step.count());
    }
    if (spec.unackedMax)
        consumer.MaxAckPending = *spec.unackedMax;
    if (spec.retry && spec.retry->backoff == Backoff::fixed)
        m_nakDelay = spec.retry->first;
    consumer.BackOff = steps.data();
    consumer.BackOffLen = static_cast<int>(steps.size());
    check(js_AddConsumer(nullptr, m_context.get(), spec.name.c_str(), &consumer, nullptr, nullptr),
          "adding a consumer");
}

std::string JetStreamDriver::publish(const std::string& name, const BenchMessage& what) {
    const std::string subject = channel(name).kind == ChannelKind::exchange ? what.routingKey : name;
    const std::string text = std::to_string(++m_published), identity = std::to_string(what.identity);
    jsPubOptions options;
    jsPubOptions_Init(&options);
    if (what.identity != 0)
        options.MsgId = identity.c_str();
    jsPubAck* ack = nullptr;
    const natsStatus status = js_Publish(&ack, m_context.get(), subject.c_str(), text.data(),
                                         static_cast<int>(text.size()), &options, nullptr);
    const bool duplicate = ack && ack->Duplicate;
    jsPubAck_Destroy(ack);
    return status != NATS_OK ? "nack" : duplicate ? "repeated" : "ack";
}

JetStreamDriver::Consumer& JetStreamDriver::consumer(const std::string& name, const std::string& from) {
    Consumer& consumer = m_consumers[name];
    if (!consumer.connection) {
        consumer.connection = connectionTo(m_url);
        consumer.context = contextOf(consumer.connection.get());
    }
    NatsOwned<natsSubscription>& fetches = consumer.fetches[from];
    if (!fetches) {
        jsSubOptions options;
        jsSubOptions_Init(&options);
        options.Stream = from.c_str();
        options.Consumer = group;
        options.ManualAck = true;
        natsSubscription* subscription = nullptr;
        check(js_PullSubscribe(&subscription, consumer.context.get(), nullptr, group, nullptr, &options, nullptr),
              "subscribing");
        fetches.reset(subscription);
    }
    return consumer;
}

void JetStreamDriver::attach(const std::string& name, const std::string& from, const BenchConsumer& terms) {
    consumer(name, from).batch = static_cast<int>(terms.prefetch);
}

void JetStreamDriver::retire(const std::string& name) {
    receive();
    m_consumers.at(name).fetches.clear();
}

void JetStreamDriver::crash(const std::string& name) {
    receive();
    m_consumers.erase(name);
}

void JetStreamDriver::settle(const std::string& name, Ordinal message, Settlement how) {
    Consumer& consumer = m_consumers.at(name);
    const auto again = consumer.latest.find(message);
    natsMsg* const latest = again != consumer.latest.end() ? again->second.get() : consumer.first.at(message).get();
    switch (how) {
    case Settlement::ack:
        check(natsMsg_AckSync(latest, nullptr, nullptr), "acking");
        return;
    case Settlement::reject:
        check(natsMsg_Term(latest, nullptr), "terminating");
        break;
    default:
        check(m_nakDelay == Duration::zero()
                  ? natsMsg_Nak(latest, nullptr)
                  : natsMsg_NakWithDelay(
                        latest, std::chrono::duration_cast<std::chrono::milliseconds>(m_nakDelay).count(), nullptr),
              "handing back");
        break;
    }
    // The server says nothing to these.
    check(natsConnection_Flush(consumer.connection.get()), "flushing");
    std::this_thread::sleep_for(2 * moment);
}

void JetStreamDriver::ackLate(const std::string& name, Ordinal message) {
    check(natsMsg_AckSync(m_consumers.at(name).first.at(message).get(), nullptr, nullptr), "acking late");
}

void JetStreamDriver::settleThrough(const std::string&, Ordinal, Settlement) {
    qFatal("this consumer acks one by one");
}

std::vector<Seen> JetStreamDriver::fetch(const std::string& name, natsSubscription* from, int most,
                                         std::int64_t milliseconds) {
    std::vector<Seen> all;
    natsMsgList list{};
    const natsStatus status = natsSubscription_Fetch(&list, from, most, milliseconds, nullptr);
    if (status != NATS_OK && status != NATS_TIMEOUT)
        check(status, "fetching");
    for (int i = 0; status == NATS_OK && i < list.Count; ++i) {
        NatsOwned<natsMsg> message(std::exchange(list.Msgs[i], nullptr));
        jsMsgMetaData* about = nullptr;
        check(natsMsg_GetMetaData(&about, message.get()), "reading about a message");
        const int count = static_cast<int>(about->NumDelivered);
        jsMsgMetaData_Destroy(about);
        all.push_back({.consumer = name,
                       .message = numberIn(message.get()),
                       .redelivered = count > 1,
                       .count = count,
                       .key = natsMsg_GetSubject(message.get())});
        Consumer& consumer = m_consumers[name];
        if (!consumer.first.contains(all.back().message))
            consumer.first[all.back().message] = std::move(message);
        else
            consumer.latest[all.back().message] = std::move(message);
    }
    natsMsgList_Destroy(&list);
    return all;
}

std::optional<Seen> JetStreamDriver::take(const std::string& from, bool certain) {
    natsSubscription* const fetches = consumer("taker", from).fetches.at(from).get();
    const std::vector<Seen> taken =
        fetch("taker", fetches, 1, std::chrono::milliseconds(certain ? patience : moment).count());
    return taken.empty() ? std::nullopt : std::optional(taken.front());
}

void JetStreamDriver::receive() {
    for (const auto& [name, consumer] : m_consumers)
        if (name != "taker")
            for (const auto& [stream, fetches] : consumer.fetches)
                for (const Seen& each : fetch(name, fetches.get(), consumer.batch, 10))
                    m_received.push_back(each);
}

std::size_t JetStreamDriver::ready(const std::string&, std::size_t) {
    qFatal("a stream keeps what was read");
}

} // namespace weir

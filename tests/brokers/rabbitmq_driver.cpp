#include "brokers/rabbitmq_driver.h"

#include "brokers/amqp_table.h"
#include "brokers/patience.h"

#include <amqp_framing.h>
#include <amqp_tcp_socket.h>
#include <sys/socket.h>

#include <algorithm>
#include <cassert>
#include <filesystem>

namespace weir {
namespace {

constexpr amqp_channel_t one = 1;
constexpr std::string_view quorum = "rabbitmq-quorum"; // the profile; such queues count deliveries

// Debian's own front for it changes the user; this is what it starts.
const std::string debians = "/usr/lib/rabbitmq/bin/rabbitmq-server";

std::optional<std::string> serverProgram() {
    return std::filesystem::exists(debians) ? debians : programNamed("rabbitmq-server");
}

std::int64_t millisecondsOf(Duration time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

const char* typeOf(ExchangeType type) {
    switch (type) {
    case ExchangeType::direct:
        return "direct";
    case ExchangeType::fanout:
        return "fanout";
    case ExchangeType::headers:
        return "headers";
    default:
        return "topic";
    }
}

std::string deathsOf(const amqp_table_t& headers) {
    const amqp_field_value_t* deaths = memberOf(headers, "x-death");
    std::string text;
    for (int i = 0; deaths && i < deaths->value.array.num_entries; ++i) {
        const amqp_table_t& death = deaths->value.array.entries[i].value.table;
        text += (text.empty() ? "" : " < ") + textOf(memberOf(death, "queue")->value.bytes) + ' ' +
                textOf(memberOf(death, "reason")->value.bytes) + " x" +
                std::to_string(wholeOf(*memberOf(death, "count")));
    }
    return text;
}

} // namespace

bool RabbitmqServer::isInstalled() {
    return serverProgram() && programNamed("epmd");
}

bool RabbitmqServer::start() {
    const std::uint16_t names = freePort();
    m_port = freePort();
    const std::string& folder = m_server.folder();
    std::map<std::string, std::string> environment{{"ERL_EPMD_ADDRESS", "127.0.0.1"},
                                                   {"ERL_EPMD_PORT", std::to_string(names)}};
    m_names.start({.program = *programNamed("epmd"), .arguments = {}, .environment = environment});
    if (!m_names.listens(names, 20s))
        return false;
    m_server.write("rabbitmq.conf", "listeners.tcp.default = 127.0.0.1:" + std::to_string(m_port) +
                                        "\ndisk_free_limit.absolute = 1MB\nlog.file = false\nlog.console = true\n");
    m_server.write("enabled_plugins", "[].\n");
    environment.insert(
        {{"HOME", folder},
         {"RABBITMQ_NODENAME", "weir@localhost"},
         {"RABBITMQ_CONF_ENV_FILE", folder + "/none"},
         {"RABBITMQ_CONFIG_FILE", folder + "/rabbitmq.conf"},
         {"RABBITMQ_ENABLED_PLUGINS_FILE", folder + "/enabled_plugins"},
         {"RABBITMQ_MNESIA_BASE", folder + "/data"},
         {"RABBITMQ_LOG_BASE", folder + "/logs"},
         {"RABBITMQ_PID_FILE", folder + "/pid"},
         {"RABBITMQ_DIST_PORT", std::to_string(freePort())},
         {"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+sbwt none -kernel inet_dist_use_interface {127,0,0,1}"}});
    m_server.start({.program = *serverProgram(), .arguments = {}, .environment = environment});
    return m_server.listens(m_port, 120s);
}

RabbitmqDriver::Connection::Connection(std::uint16_t port) : m_state(amqp_new_connection()) {
    amqp_socket_t* const socket = amqp_tcp_socket_new(m_state);
    if (amqp_socket_open(socket, "127.0.0.1", port) != AMQP_STATUS_OK)
        qFatal("no connection to RabbitMQ");
    check(amqp_login(m_state, "/", 0, AMQP_DEFAULT_FRAME_SIZE, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest"), "login");
    amqp_channel_open(m_state, one);
    check("opening a channel");
}

RabbitmqDriver::Connection::~Connection() {
    amqp_destroy_connection(m_state);
}

void RabbitmqDriver::Connection::check(const char* doing) const {
    check(amqp_get_rpc_reply(m_state), doing);
}

void RabbitmqDriver::Connection::check(const amqp_rpc_reply_t& reply, const char* doing) {
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
        return;
    std::string why = amqp_error_string2(reply.library_error);
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD)
        why = textOf(static_cast<amqp_channel_close_t*>(reply.reply.decoded)->reply_text);
    qFatal("RabbitMQ, %s: %s", doing, why.c_str());
}

void RabbitmqDriver::Connection::lose() {
    ::shutdown(amqp_get_sockfd(m_state), SHUT_RDWR);
}

RabbitmqDriver::RabbitmqDriver(std::uint16_t port, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_port(port), m_producer(port) {
    amqp_confirm_select(m_producer, one);
    m_producer.check("confirm.select");
    // An alternate exchange has to be there before it is named.
    std::stable_partition(m_channels.begin(), m_channels.end(),
                          [](const ChannelSpec& each) { return each.alternate.empty(); });
    for (const ChannelSpec& each : m_channels)
        declare(each);
    for (const ChannelSpec& each : m_channels)
        bind(each);
}

RabbitmqDriver::~RabbitmqDriver() {
    for (auto& [name, consumer] : m_consumers)
        if (consumer.connection)
            consumer.connection->lose();
    m_consumers.clear();
    Connection cleaner(m_port);
    for (const ChannelSpec& each : m_channels)
        if (each.kind == ChannelKind::exchange)
            amqp_exchange_delete(cleaner, one, bytesOf(each.name), 0);
        else
            amqp_queue_delete(cleaner, one, bytesOf(each.name), 0, 0);
}

void RabbitmqDriver::declare(const ChannelSpec& spec) {
    AmqpTable arguments;
    if (spec.kind == ChannelKind::exchange) {
        if (!spec.alternate.empty())
            arguments.set("alternate-exchange", spec.alternate);
        amqp_exchange_declare(m_producer, one, bytesOf(spec.name), amqp_cstring_bytes(typeOf(spec.exchangeType)), 0, 1,
                              0, 0, arguments.table());
        m_producer.check("exchange.declare");
        return;
    }
    const bool isQuorum = spec.profile == quorum;
    arguments.set("x-queue-type", isQuorum ? "quorum" : spec.kind == ChannelKind::stream ? "stream" : "classic");
    if (spec.ttl)
        arguments.set("x-message-ttl", millisecondsOf(*spec.ttl));
    if (spec.idleExpiry)
        arguments.set("x-expires", millisecondsOf(*spec.idleExpiry));
    if (spec.capacity)
        arguments.set("x-max-length", *spec.capacity);
    if (spec.capacityBytes)
        arguments.set("x-max-length-bytes", spec.capacityBytes->count);
    if (spec.bounded())
        arguments.set("x-overflow", spec.overflow == Overflow::reject             ? "reject-publish"
                                    : spec.overflow == Overflow::rejectDeadLetter ? "reject-publish-dlx"
                                                                                  : "drop-head");
    if (spec.priorities > 0)
        arguments.set("x-max-priority", spec.priorities);
    if (isQuorum && spec.retry && spec.retry->max)
        arguments.set("x-delivery-limit", *spec.retry->max);
    if (spec.dispatch == DispatchMode::singleActive)
        arguments.set("x-single-active-consumer", true);
    if (!spec.deadLetter.empty()) {
        const bool toExchange = channel(spec.deadLetter).kind == ChannelKind::exchange;
        arguments.set("x-dead-letter-exchange", toExchange ? spec.deadLetter : "");
        if (!toExchange || !spec.deadLetterKey.empty())
            arguments.set("x-dead-letter-routing-key", toExchange ? spec.deadLetterKey : spec.deadLetter);
    }
    amqp_queue_declare(m_producer, one, bytesOf(spec.name), 0, 1, 0, 0, arguments.table());
    m_producer.check("queue.declare");
}

void RabbitmqDriver::bind(const ChannelSpec& spec) {
    for (const BindingSpec& binding : spec.bindings) {
        AmqpTable arguments(binding.headers);
        if (spec.kind == ChannelKind::exchange)
            amqp_exchange_bind(m_producer, one, bytesOf(spec.name), bytesOf(binding.to), bytesOf(binding.pattern),
                               arguments.table());
        else
            amqp_queue_bind(m_producer, one, bytesOf(spec.name), bytesOf(binding.to), bytesOf(binding.pattern),
                            arguments.table());
        m_producer.check("binding");
    }
}

std::string RabbitmqDriver::publish(const std::string& name, const BenchMessage& what) {
    std::string body = std::to_string(++m_published);
    if (what.size > static_cast<std::int64_t>(body.size()))
        body.resize(static_cast<std::size_t>(what.size), ' ');
    AmqpTable headers(what.headers);
    const std::string expiration = std::to_string(millisecondsOf(what.ttl));
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_HEADERS_FLAG | AMQP_BASIC_PRIORITY_FLAG;
    properties.delivery_mode = 2;
    properties.headers = headers.table();
    properties.priority = what.priority;
    if (what.ttl != Duration::max()) {
        properties._flags |= AMQP_BASIC_EXPIRATION_FLAG;
        properties.expiration = bytesOf(expiration);
    }
    const bool toExchange = channel(name).kind == ChannelKind::exchange;
    const int status = amqp_basic_publish(m_producer, one, toExchange ? bytesOf(name) : amqp_empty_bytes,
                                          bytesOf(toExchange ? what.routingKey : name), what.mandatory ? 1 : 0, 0,
                                          &properties, bytesOf(body));
    if (status != AMQP_STATUS_OK)
        qFatal("RabbitMQ does not take a publish: %s", amqp_error_string2(status));
    bool returned = false;
    for (;;) {
        amqp_frame_t frame;
        timeval longest{.tv_sec = patience.count(), .tv_usec = 0};
        if (amqp_simple_wait_frame_noblock(m_producer, &frame, &longest) != AMQP_STATUS_OK)
            qFatal("RabbitMQ did not answer to a publish");
        if (frame.frame_type != AMQP_FRAME_METHOD)
            continue;
        switch (frame.payload.method.id) {
        case AMQP_BASIC_RETURN_METHOD: {
            amqp_message_t message;
            amqp_read_message(m_producer, one, &message, 0);
            amqp_destroy_message(&message);
            returned = true;
            break;
        }
        case AMQP_BASIC_ACK_METHOD:
            return returned ? "returned" : "ack";
        case AMQP_BASIC_NACK_METHOD:
            return "nack";
        default:
            qFatal("RabbitMQ answered to a publish by method %u", frame.payload.method.id);
        }
    }
}

void RabbitmqDriver::attach(const std::string& name, const std::string& from, const BenchConsumer& terms) {
    Consumer& consumer = m_consumers[name];
    consumer = {.connection = std::make_unique<Connection>(m_port), .from = from, .unsettled = {}};
    amqp_basic_qos(*consumer.connection, one, 0, static_cast<std::uint16_t>(terms.prefetch), 0);
    consumer.connection->check("basic.qos");
    AmqpTable arguments;
    if (terms.priority != 0)
        arguments.set("x-priority", terms.priority);
    if (channel(from).kind == ChannelKind::stream)
        arguments.set("x-stream-offset", "first");
    amqp_basic_consume(*consumer.connection, one, bytesOf(from), bytesOf(name), 0, terms.automatic ? 1 : 0, 0,
                       arguments.table());
    consumer.connection->check("basic.consume");
}

void RabbitmqDriver::retire(const std::string& name) {
    const Consumer& consumer = m_consumers.at(name);
    amqp_basic_cancel(*consumer.connection, one, bytesOf(name));
    consumer.connection->check("basic.cancel");
}

// Until the broker has seen it: a consumer less; or, where it had only taken, what it had waits again. Where another
// one takes its place nothing tells, and time has to.
void RabbitmqDriver::crash(const std::string& name) {
    Consumer& consumer = m_consumers.at(name);
    const Depth before = depthOf(consumer.from);
    consumer.connection->lose();
    within(2s, [&] {
        const Depth now = depthOf(consumer.from);
        return now.consumers < before.consumers ||
               (name == "taker" && now.ready >= before.ready + consumer.unsettled.size());
    });
    consumer.connection.reset();
    consumer.unsettled.clear();
}

// Of a queue that is gone: nothing. To have asked for it costs the channel.
RabbitmqDriver::Depth RabbitmqDriver::depthOf(const std::string& queue) {
    if (!m_inspector)
        m_inspector = std::make_unique<Connection>(m_port);
    const amqp_queue_declare_ok_t* const declared =
        amqp_queue_declare(*m_inspector, one, bytesOf(queue), 1, 0, 0, 0, amqp_empty_table);
    if (declared)
        return {declared->message_count, declared->consumer_count};
    m_inspector.reset();
    return {};
}

void RabbitmqDriver::settle(const std::string& name, Ordinal message, Settlement how) {
    settle(name, message, how, false);
}

void RabbitmqDriver::settleThrough(const std::string& name, Ordinal message, Settlement how) {
    settle(name, message, how, true);
}

void RabbitmqDriver::settle(const std::string& name, Ordinal message, Settlement how, bool before) {
    Consumer& consumer = m_consumers.at(name);
    const std::uint64_t tag = consumer.unsettled.at(message);
    const amqp_connection_state_t over = *consumer.connection;
    if (how == Settlement::ack)
        amqp_basic_ack(over, one, tag, before ? 1 : 0);
    else
        amqp_basic_nack(over, one, tag, before ? 1 : 0, how == Settlement::reject ? 0 : 1);
    std::erase_if(consumer.unsettled,
                  [&](const auto& each) { return each.second == tag || (before && each.second < tag); });
    // Answered after what went before it.
    amqp_queue_declare(over, one, bytesOf(consumer.from), 1, 0, 0, 0, amqp_empty_table);
    consumer.connection->check("settling");
}

Seen RabbitmqDriver::seen(const std::string& consumer, amqp_bytes_t key, bool redelivered,
                          const amqp_message_t& message) const {
    const ChannelSpec& from = channel(m_consumers.at(consumer).from);
    const bool headers = (message.properties._flags & AMQP_BASIC_HEADERS_FLAG) != 0;
    const amqp_table_t table = headers ? message.properties.headers : amqp_empty_table;
    Seen made{.consumer = consumer,
              .message = std::stoull(textOf(message.body)),
              .redelivered = redelivered,
              .key = textOf(key),
              .deaths = deathsOf(table)};
    const amqp_field_value_t* const returns = memberOf(table, "x-delivery-count");
    if (from.profile == quorum)
        made.count = 1 + static_cast<int>(returns ? wholeOf(*returns) : 0);
    return made;
}

std::optional<Seen> RabbitmqDriver::take(const std::string& from, bool certain) {
    Consumer& taker = m_consumers["taker"];
    if (!taker.connection)
        taker.connection = std::make_unique<Connection>(m_port);
    taker.from = from;
    const amqp_connection_state_t over = *taker.connection;
    std::optional<Seen> taken;
    const auto get = [&] {
        const amqp_rpc_reply_t reply = amqp_basic_get(over, one, bytesOf(from), 0);
        Connection::check(reply, "basic.get");
        if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD)
            return false;
        const auto* got = static_cast<amqp_basic_get_ok_t*>(reply.reply.decoded);
        const std::uint64_t tag = got->delivery_tag;
        const bool redelivered = got->redelivered != 0;
        const std::string key = textOf(got->routing_key);
        amqp_message_t message;
        amqp_read_message(over, one, &message, 0);
        taken = seen("taker", bytesOf(key), redelivered, message);
        taker.unsettled[taken->message] = tag;
        amqp_destroy_message(&message);
        return true;
    };
    if (certain) {
        eventually(get);
    } else {
        std::this_thread::sleep_for(moment);
        get();
    }
    return taken;
}

void RabbitmqDriver::receive() {
    for (auto& [name, consumer] : m_consumers) {
        if (!consumer.connection || name == "taker")
            continue;
        for (;;) {
            amqp_maybe_release_buffers(*consumer.connection);
            amqp_envelope_t envelope;
            timeval none{};
            const amqp_rpc_reply_t reply = amqp_consume_message(*consumer.connection, &envelope, &none, 0);
            if (reply.reply_type != AMQP_RESPONSE_NORMAL)
                break;
            m_received.push_back(seen(name, envelope.routing_key, envelope.redelivered != 0, envelope.message));
            consumer.unsettled[m_received.back().message] = envelope.delivery_tag;
            amqp_destroy_envelope(&envelope);
        }
    }
}

std::size_t RabbitmqDriver::ready(const std::string& queue, std::size_t expected) {
    std::size_t ready = 0;
    eventually([&] {
        ready = depthOf(queue).ready;
        return ready == expected;
    });
    return ready;
}

} // namespace weir

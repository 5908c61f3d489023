#include "brokers/mosquitto_driver.h"

#include "brokers/patience.h"

#include <sys/socket.h>

#include <algorithm>

namespace weir {

bool MosquittoServer::start() {
    mosquitto_lib_init();
    m_port = freePort();
    m_server.write("mosquitto.conf", "listener " + std::to_string(m_port) +
                                         " 127.0.0.1\nallow_anonymous true\npersistence false\nmax_queued_messages " +
                                         std::to_string(queuedMax) + "\n");
    m_server.start({.program = *programNamed("mosquitto"),
                    .arguments = {"-c", m_server.folder() + "/mosquitto.conf"},
                    .environment = {}});
    return m_server.listens(m_port, 20s);
}

MosquittoClient::MosquittoClient(const std::string& name, bool lasting)
    : m_client(mosquitto_new(name.c_str(), !lasting, this)) {
    mosquitto_connect_callback_set(m_client, [](mosquitto*, void* self, int code) {
        if (code != 0)
            qFatal("mosquitto refuses a connection: %s", mosquitto_connack_string(code));
        static_cast<MosquittoClient*>(self)->m_connected = true;
    });
    mosquitto_publish_callback_set(
        m_client, [](mosquitto*, void* self, int number) { static_cast<MosquittoClient*>(self)->m_answered = number; });
    mosquitto_subscribe_callback_set(m_client, [](mosquitto*, void* self, int number, int, const int* granted) {
        if (granted[0] > 2)
            qFatal("mosquitto refuses a subscription");
        static_cast<MosquittoClient*>(self)->m_answered = number;
    });
    mosquitto_message_callback_set(m_client, [](mosquitto*, void* self, const mosquitto_message* message) {
        const std::string text(static_cast<const char*>(message->payload),
                               static_cast<std::size_t>(message->payloadlen));
        static_cast<MosquittoClient*>(self)->received.push_back({message->topic, text});
    });
}

MosquittoClient::~MosquittoClient() {
    mosquitto_destroy(m_client);
}

template <class Condition> void MosquittoClient::until(const char* doing, Condition holds) {
    const bool done = eventually([&] {
        if (!holds())
            mosquitto_loop(m_client, 10, 1);
        return holds();
    });
    if (!done)
        qFatal("mosquitto does not answer: %s", doing);
}

void MosquittoClient::leaveWill(const std::string& topic, const std::string& text, bool retain) {
    mosquitto_will_set(m_client, topic.c_str(), static_cast<int>(text.size()), text.data(), 1, retain);
}

void MosquittoClient::connect(std::uint16_t port) {
    if (const int status = mosquitto_connect(m_client, "127.0.0.1", port, 60); status != MOSQ_ERR_SUCCESS)
        qFatal("no connection to mosquitto: %s", mosquitto_strerror(status));
    until("connecting", [this] { return m_connected; });
}

void MosquittoClient::subscribe(const std::string& filter) {
    int number = 0;
    mosquitto_subscribe(m_client, &number, filter.c_str(), 1);
    until("subscribing", [&] { return m_answered == number; });
}

void MosquittoClient::publish(const std::string& topic, const std::string& text, bool retain) {
    int number = 0;
    const int status =
        mosquitto_publish(m_client, &number, topic.c_str(), static_cast<int>(text.size()), text.data(), 1, retain);
    if (status != MOSQ_ERR_SUCCESS)
        qFatal("mosquitto's client refuses to publish: %s", mosquitto_strerror(status));
    until("publishing", [&] { return m_answered == number; });
}

void MosquittoClient::disconnect() {
    if (m_connected) {
        mosquitto_disconnect(m_client);
        mosquitto_loop(m_client, 0, 1);
    }
    m_connected = false;
}

void MosquittoClient::lose() {
    ::shutdown(mosquitto_socket(m_client), SHUT_RDWR);
    mosquitto_loop(m_client, 0, 1); // it notices, and closes its side
    m_connected = false;
}

void MosquittoClient::receive() {
    if (!m_connected)
        return;
    for (std::size_t before = received.size() + 1; before != received.size();) {
        before = received.size();
        mosquitto_loop(m_client, 0, 1);
    }
}

MosquittoDriver::MosquittoDriver(std::uint16_t port, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_port(port), m_producer("producer", false) {
    m_producer.connect(m_port);
    for (const ChannelSpec& each : m_channels)
        if (each.kind == ChannelKind::queue) {
            MosquittoClient& client = clientOf(each.name);
            client.connect(m_port);
            for (const BindingSpec& binding : each.bindings)
                client.subscribe(binding.pattern);
            client.disconnect();
        }
}

// Nothing of it stays: sessions end, and what is retained is cleared.
MosquittoDriver::~MosquittoDriver() {
    for (const auto& [name, client] : m_clients) {
        client->disconnect();
        MosquittoClient last(name, false);
        last.connect(m_port);
        last.disconnect();
    }
    for (const std::string& topic : m_retained)
        m_producer.publish(topic, "", true);
    m_producer.disconnect();
}

MosquittoClient& MosquittoDriver::clientOf(const std::string& queue) {
    std::unique_ptr<MosquittoClient>& client = m_clients[queue];
    if (!client)
        client = std::make_unique<MosquittoClient>(queue, true);
    return *client;
}

std::string MosquittoDriver::publish(const std::string&, const BenchMessage& what) {
    ++m_published;
    if (what.size == 0)
        m_empty = m_published;
    if (what.retain)
        m_retained.insert(what.routingKey);
    m_producer.publish(what.routingKey, what.size == 0 ? "" : std::to_string(m_published), what.retain);
    return "ack";
}

void MosquittoDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer&) {
    m_queues[consumer] = from;
    MosquittoClient& client = clientOf(from);
    client.connect(m_port);
    for (const BindingSpec& binding : channel(from).bindings)
        client.subscribe(binding.pattern);
}

void MosquittoDriver::retire(const std::string& consumer) {
    receive();
    clientOf(m_queues.at(consumer)).disconnect();
}

void MosquittoDriver::crash(const std::string& consumer) {
    receive();
    clientOf(m_queues.at(consumer)).lose();
    // The server has gone round twice, and has seen it.
    for (int i = 0; i < 2; ++i)
        m_producer.publish("nobody/listens", "", false);
}

std::optional<Seen> MosquittoDriver::take(const std::string&, bool) {
    qFatal("MQTT has no taking of single messages");
}

void MosquittoDriver::receive() {
    for (const auto& [consumer, queue] : m_queues) {
        MosquittoClient& client = clientOf(queue);
        client.receive();
        for (const MosquittoClient::Received& each : std::exchange(client.received, {}))
            m_received.push_back({.consumer = consumer,
                                  .message = each.text.empty() ? m_empty : std::stoull(each.text),
                                  .key = each.topic});
    }
}

std::size_t MosquittoDriver::ready(const std::string&, std::size_t) {
    qFatal("MQTT does not tell what waits");
}

} // namespace weir

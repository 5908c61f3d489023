#include "brokers/zeromq_driver.h"

namespace weir {
namespace {

// A pipe within one process has room for both ends' marks together: nearly all of it is the consumer's.
constexpr int producersMark = 1;

std::string endpointOf(const std::string& channel) {
    return "inproc://" + channel;
}

} // namespace

ZeromqDriver::ZeromqDriver(std::vector<ChannelSpec> channels) : RealDriver(std::move(channels)) {}

// What has come to it from other sockets: connections, subscriptions, places that have become free. To ask for its
// events makes it look at once, which sending does only now and then.
void ZeromqDriver::notice(zmq::socket_t& socket) {
    zmq::message_t subscription;
    if (socket.get(zmq::sockopt::type) == ZMQ_XPUB)
        while ((socket.get(zmq::sockopt::events) & ZMQ_POLLIN) != 0)
            (void)socket.recv(subscription, zmq::recv_flags::dontwait);
    (void)socket.get(zmq::sockopt::events);
}

ZeromqDriver::Producer& ZeromqDriver::producerOf(const std::string& name) {
    const auto found = m_producers.find(name);
    if (found != m_producers.end())
        return found->second;
    const bool pushes = channel(name).kind == ChannelKind::queue;
    Producer& producer =
        m_producers.emplace(name, Producer{zmq::socket_t(m_context, pushes ? ZMQ_PUSH : ZMQ_XPUB), {}}).first->second;
    producer.socket.set(zmq::sockopt::linger, 0);
    producer.socket.set(zmq::sockopt::sndhwm, producersMark);
    producer.socket.bind(endpointOf(name));
    return producer;
}

bool ZeromqDriver::send(zmq::socket_t& socket, const Outgoing& what) {
    notice(socket);
    const std::string text = what.key + '\n' + std::to_string(what.message);
    return socket.send(zmq::buffer(text), zmq::send_flags::dontwait).has_value();
}

std::string ZeromqDriver::publish(const std::string& channel, const BenchMessage& what) {
    Producer& producer = producerOf(channel);
    const Outgoing outgoing{what.routingKey, ++m_published};
    if (producer.waiting.empty() && send(producer.socket, outgoing))
        return "ack";
    producer.waiting.push_back(outgoing);
    return "nack";
}

void ZeromqDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) {
    const std::vector<BindingSpec>& bindings = channel(from).bindings;
    const std::string source = bindings.empty() ? from : bindings.front().to;
    Producer& producer = producerOf(source);
    zmq::socket_t socket(m_context, bindings.empty() ? ZMQ_PULL : ZMQ_SUB);
    socket.set(zmq::sockopt::rcvhwm, static_cast<int>(terms.prefetch) - producersMark);
    socket.connect(endpointOf(source));
    for (const BindingSpec& binding : bindings)
        socket.set(zmq::sockopt::subscribe, binding.pattern);
    m_consumers.insert_or_assign(consumer, Consumer{std::move(socket), endpointOf(source)});
    notice(producer.socket);
    sendWaiting(producer);
}

// Disconnected before it is closed, which happens at some later time only.
void ZeromqDriver::retire(const std::string& consumer) {
    const auto found = m_consumers.find(consumer);
    found->second.socket.disconnect(found->second.endpoint);
    m_consumers.erase(found);
    for (auto& [name, producer] : m_producers)
        notice(producer.socket);
}

void ZeromqDriver::settle(const std::string&, Ordinal, Settlement) {
    for (auto& [name, producer] : m_producers)
        sendWaiting(producer);
}

void ZeromqDriver::settleThrough(const std::string& consumer, Ordinal message, Settlement how) {
    settle(consumer, message, how);
}

std::optional<Seen> ZeromqDriver::take(const std::string&, bool) {
    qFatal("nothing can be taken that was not sent to somebody");
}

std::size_t ZeromqDriver::ready(const std::string& queue, std::size_t) {
    return producerOf(queue).waiting.size();
}

void ZeromqDriver::sendWaiting(Producer& producer) {
    while (!producer.waiting.empty() && send(producer.socket, producer.waiting.front()))
        producer.waiting.pop_front();
}

// All that is in their pipes.
void ZeromqDriver::receive() {
    for (auto& [name, consumer] : m_consumers) {
        zmq::message_t message;
        while (consumer.socket.recv(message, zmq::recv_flags::dontwait)) {
            const std::string text = message.to_string();
            const std::size_t end = text.find('\n');
            m_received.push_back(
                {.consumer = name, .message = std::stoull(text.substr(end + 1)), .key = text.substr(0, end)});
        }
    }
}

} // namespace weir

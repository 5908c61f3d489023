#include "brokers/redis_driver.h"

#include "brokers/patience.h"

#include <poll.h>

#include <algorithm>
#include <chrono>

namespace weir {
namespace {

const std::string group = "group";

std::string textOf(const redisReply& reply) {
    return std::string(reply.str, reply.len);
}

} // namespace

RedisConnection::RedisConnection(std::uint16_t port) : m_context(redisConnect("127.0.0.1", port)) {
    if (!m_context || m_context->err != 0)
        qFatal("no connection to Redis");
    redisSetTimeout(m_context.get(), timeval{.tv_sec = patience.count(), .tv_usec = 0});
}

void RedisConnection::send(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    redisAppendCommandArgv(m_context.get(), static_cast<int>(words.size()), texts.data(), sizes.data());
    int done = 0;
    while (done == 0)
        if (redisBufferWrite(m_context.get(), &done) != REDIS_OK)
            qFatal("Redis takes no command: %s", m_context->errstr);
}

// What the server refuses here is a mistake of the test's.
RedisReply RedisConnection::call(const std::vector<std::string>& words) {
    send(words);
    void* reply = nullptr;
    if (redisGetReply(m_context.get(), &reply) != REDIS_OK)
        qFatal("Redis does not answer to %s: %s", words.front().c_str(), m_context->errstr);
    RedisReply owned(static_cast<redisReply*>(reply));
    if (owned->type == REDIS_REPLY_ERROR)
        qFatal("Redis refuses %s: %s", words.front().c_str(), owned->str);
    return owned;
}

RedisReply RedisConnection::arrived() {
    pollfd watched{.fd = m_context->fd, .events = POLLIN, .revents = 0};
    if (::poll(&watched, 1, 0) > 0 && redisBufferRead(m_context.get()) != REDIS_OK)
        qFatal("Redis closes a connection: %s", m_context->errstr);
    void* reply = nullptr;
    redisGetReplyFromReader(m_context.get(), &reply);
    return RedisReply(static_cast<redisReply*>(reply));
}

RedisPubSubDriver::RedisPubSubDriver(std::uint16_t port, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_port(port), m_producer(port) {}

std::string RedisPubSubDriver::publish(const std::string&, const BenchMessage& what) {
    m_producer.call({"PUBLISH", what.routingKey, std::to_string(++m_published)});
    return "ack";
}

void RedisPubSubDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer&) {
    RedisConnection& connection = m_consumers.insert_or_assign(consumer, RedisConnection(m_port)).first->second;
    for (const BindingSpec& binding : channel(from).bindings)
        connection.call({"PSUBSCRIBE", binding.pattern});
}

void RedisPubSubDriver::retire(const std::string& consumer) {
    receive();
    const auto found = m_consumers.find(consumer);
    found->second.call({"PUNSUBSCRIBE", "*"}); // a round trip: its patterns end with the connection, at the latest
    m_consumers.erase(found);
    std::this_thread::sleep_for(moment);
}

std::optional<Seen> RedisPubSubDriver::take(const std::string&, bool) {
    qFatal("Pub/Sub has no taking of single messages");
}

std::size_t RedisPubSubDriver::ready(const std::string&, std::size_t) {
    return 0; // it keeps nothing
}

void RedisPubSubDriver::receive() {
    for (auto& [name, connection] : m_consumers)
        while (const RedisReply reply = connection.arrived())
            if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 4 && textOf(*reply->element[0]) == "pmessage")
                m_received.push_back({.consumer = name,
                                      .message = std::stoull(textOf(*reply->element[3])),
                                      .key = textOf(*reply->element[2])});
}

RedisStreamsDriver::RedisStreamsDriver(std::uint16_t port, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_connection(port) {
    for (const ChannelSpec& each : m_channels)
        m_connection.call({"XGROUP", "CREATE", each.name, group, "0", "MKSTREAM"});
}

RedisStreamsDriver::~RedisStreamsDriver() {
    for (const ChannelSpec& each : m_channels)
        m_connection.call({"DEL", each.name});
}

std::string RedisStreamsDriver::publish(const std::string& channel, const BenchMessage&) {
    ++m_published;
    m_ids[m_published] = textOf(*m_connection.call({"XADD", channel, "*", "n", std::to_string(m_published)}));
    return "ack";
}

void RedisStreamsDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) {
    Consumer& attached = m_consumers[consumer];
    attached.from = from;
    attached.prefetch = terms.prefetch;
    attached.reading = true;
    receive();
}

void RedisStreamsDriver::retire(const std::string& consumer) {
    receive();
    m_consumers.at(consumer).reading = false;
}

void RedisStreamsDriver::settle(const std::string& consumer, Ordinal message, Settlement how) {
    if (how != Settlement::ack)
        qFatal("Redis Streams has no way to hand back");
    Consumer& settling = m_consumers.at(consumer);
    m_connection.call({"XACK", settling.from, group, m_ids.at(message)});
    settling.unsettled.erase(message);
}

void RedisStreamsDriver::settleThrough(const std::string&, Ordinal, Settlement) {
    qFatal("Redis Streams acks one by one");
}

// Its consumers look for what has been idle too long every now and then, as its simulated ones do.
void RedisStreamsDriver::wait(Duration time) {
    RealDriver::wait(time);
    receive();
}

void RedisStreamsDriver::note(const std::string& name, const redisReply& entries, std::vector<Seen>& all) {
    const std::string& from = m_consumers.at(name).from;
    for (std::size_t i = 0; i < entries.elements; ++i) {
        const std::string id = textOf(*entries.element[i]->element[0]);
        const RedisReply pending = m_connection.call({"XPENDING", from, group, id, id, "1"});
        const int count = static_cast<int>(pending->element[0]->element[3]->integer);
        all.push_back({.consumer = name,
                       .message = std::stoull(textOf(*entries.element[i]->element[1]->element[1])),
                       .redelivered = count > 1,
                       .count = count,
                       .key = from});
        for (auto& [other, consumer] : m_consumers)
            consumer.unsettled.erase(all.back().message);
        m_consumers.at(name).unsettled.insert(all.back().message);
    }
}

std::vector<Seen> RedisStreamsDriver::read(const std::string& name, std::size_t most) {
    const std::string from = m_consumers.at(name).from;
    std::vector<Seen> all;
    if (const auto& timeout = channel(from).ackTimeout) {
        const auto idle = std::chrono::duration_cast<std::chrono::milliseconds>(*timeout).count();
        const RedisReply claimed = m_connection.call(
            {"XAUTOCLAIM", from, group, name, std::to_string(idle), "0", "COUNT", std::to_string(most)});
        note(name, *claimed->element[1], all);
    }
    if (all.size() < most) {
        const RedisReply read = m_connection.call(
            {"XREADGROUP", "GROUP", group, name, "COUNT", std::to_string(most - all.size()), "STREAMS", from, ">"});
        if (read->type == REDIS_REPLY_ARRAY)
            note(name, *read->element[0]->element[1], all);
    }
    return all;
}

std::optional<Seen> RedisStreamsDriver::take(const std::string& from, bool certain) {
    Consumer& taker = m_consumers["taker"];
    taker.from = from;
    taker.reading = false;
    std::vector<Seen> taken;
    const auto once = [&] {
        taken = read("taker", 1);
        return !taken.empty();
    };
    if (certain)
        eventually(once);
    else
        once();
    return taken.empty() ? std::nullopt : std::optional(taken.front());
}

void RedisStreamsDriver::goBack(const std::string& stream, Ordinal message) {
    m_connection.call({"XGROUP", "SETID", stream, group, message == 1 ? "0" : m_ids.at(message - 1)});
}

void RedisStreamsDriver::receive() {
    for (auto& [name, consumer] : m_consumers) {
        const std::size_t free =
            consumer.prefetch - std::min<std::size_t>(consumer.prefetch, consumer.unsettled.size());
        if (consumer.reading && free > 0)
            for (const Seen& each : read(name, free))
                m_received.push_back(each);
    }
}

std::size_t RedisStreamsDriver::ready(const std::string&, std::size_t) {
    qFatal("a stream keeps what was read");
}

} // namespace weir

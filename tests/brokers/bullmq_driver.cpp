#include "brokers/bullmq_driver.h"

#include "brokers/patience.h"

#include <chrono>

namespace weir {
namespace {

Value millisecondsOf(Duration time) {
    return Value(static_cast<std::int64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()));
}

Value backoffOf(const RetrySpec& retry) {
    if (retry.backoff == Backoff::none)
        return {};
    Value::Table backoff{{"type", Value(retry.backoff == Backoff::fixed ? "fixed" : "exponential")},
                         {"delay", millisecondsOf(retry.first)}};
    if (retry.jitter > 0)
        backoff.emplace_back("jitter", *Decimal::parse(std::to_string(retry.jitter)));
    return backoff;
}

Value settingsOf(const ChannelSpec& queue) {
    const RetrySpec retry = queue.retry.value_or(RetrySpec{.max = 0});
    Value::Table settings{{"name", Value(queue.name)},
                          {"lock", millisecondsOf(queue.ackTimeout.value_or(30s))},
                          {"attempts", Value(retry.max.value_or(1'000'000) + 1)},
                          {"timeouts", Value(retry.timeouts.value_or(0))},
                          {"lifo", Value(queue.line == Line::lifo)}};
    if (const Value backoff = backoffOf(retry); !backoff.isNull())
        settings.emplace_back("backoff", backoff);
    if (const auto& rate = queue.deliveryRate)
        settings.emplace_back("limiter",
                              Value::Table{{"max", Value(rate->burst)},
                                           {"duration", millisecondsOf(rate->per * rate->burst / rate->tokens)}});
    if (queue.dedup)
        settings.emplace_back("dedup", Value::Table{{"ttl", millisecondsOf(queue.dedup->window)},
                                                    {"extend", Value(queue.dedup->sliding)}});
    return settings;
}

Seen seenIn(const Value& delivery) {
    const auto whole = [&](const char* key) { return *delivery.member(key)->number()->whole(); };
    const int count = static_cast<int>(whole("count"));
    return {.consumer = *delivery.member("consumer")->text(),
            .message = static_cast<Ordinal>(whole("message")),
            .redelivered = count > 1,
            .count = count};
}

const char* wordOf(Settlement how) {
    switch (how) {
    case Settlement::ack:
        return "ack";
    case Settlement::retry:
        return "retry";
    case Settlement::reject:
        return "reject";
    case Settlement::requeue:
        break;
    }
    qFatal("a worker has no way to hand a job back without a fault of it");
}

} // namespace

BullmqDriver::BullmqDriver(std::uint16_t redisPort, std::vector<ChannelSpec> channels)
    : RealDriver(std::move(channels)), m_node("bullmq_end.js") {
    Value::List queues;
    for (const ChannelSpec& each : m_channels)
        queues.push_back(settingsOf(each));
    m_node.call("open", {{"port", Value(static_cast<std::int64_t>(redisPort))}, {"queues", Value(std::move(queues))}});
}

std::string BullmqDriver::publish(const std::string& queue, const BenchMessage& what) {
    Value::Table job{{"queue", Value(queue)},
                     {"message", Value(static_cast<std::int64_t>(++m_published))},
                     {"delay", millisecondsOf(what.delay)}};
    const int levels = channel(queue).priorities;
    if (const int priority = levels - std::min<int>(levels, what.priority); priority > 0)
        job.emplace_back("priority", Value(priority));
    if (what.identity != 0)
        job.emplace_back("id", Value("id " + std::to_string(what.identity)));
    return *m_node.call("add", std::move(job)).text();
}

void BullmqDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) {
    m_node.call("attach", {{"consumer", Value(consumer)},
                           {"queue", Value(from)},
                           {"concurrency", Value(static_cast<std::int64_t>(terms.prefetch))}});
}

void BullmqDriver::retire(const std::string& consumer) {
    m_node.call("retire", {{"consumer", Value(consumer)}});
}

void BullmqDriver::crash(const std::string& consumer) {
    m_node.call("crash", {{"consumer", Value(consumer)}});
}

// Which of several workers has it cannot be known beforehand.
void BullmqDriver::settle(const std::string&, Ordinal message, Settlement how) {
    m_node.call("settle", {{"message", Value(static_cast<std::int64_t>(message))}, {"how", Value(wordOf(how))}});
}

void BullmqDriver::settleThrough(const std::string&, Ordinal, Settlement) {
    qFatal("jobs end one by one");
}

std::optional<Seen> BullmqDriver::take(const std::string& from, bool certain) {
    Value taken;
    const auto once = [&] {
        taken = m_node.call("take", {{"queue", Value(from)}});
        return !taken.isNull();
    };
    if (certain)
        eventually(once);
    else
        once();
    return taken.isNull() ? std::nullopt : std::optional(seenIn(taken));
}

std::size_t BullmqDriver::ready(const std::string& queue, std::size_t expected) {
    std::size_t count = 0;
    eventually([&] {
        count = static_cast<std::size_t>(*m_node.call("ready", {{"queue", Value(queue)}}).number()->whole());
        return count == expected;
    });
    return count;
}

void BullmqDriver::redrive(const std::string& queue) {
    m_node.call("redrive", {{"queue", Value(queue)}});
}

void BullmqDriver::pause(const std::string& queue) {
    m_node.call("pause", {{"queue", Value(queue)}});
}

void BullmqDriver::resume(const std::string& queue) {
    m_node.call("resume", {{"queue", Value(queue)}});
}

void BullmqDriver::receive() {
    const Value deliveries = m_node.call("calls");
    for (const Value& delivery : *deliveries.list())
        m_received.push_back(seenIn(delivery));
}

} // namespace weir

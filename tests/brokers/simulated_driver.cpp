#include "brokers/simulated_driver.h"

#include "support/log_stream.h"

#include <algorithm>
#include <cassert>

namespace weir {

namespace {

std::string groupOf(const std::string& stream) {
    return "group of " + stream;
}

std::vector<ServiceSpec> readersOf(const std::vector<ChannelSpec>& channels) {
    std::vector<ServiceSpec> readers;
    for (const ChannelSpec& each : channels)
        if (each.kind == ChannelKind::stream)
            readers.push_back(logReader(groupOf(each.name), {}, each.name));
    return readers;
}

} // namespace

SimulatedDriver::SimulatedDriver(std::vector<ChannelSpec> channels) : m_bench(channels, readersOf(channels)) {
    m_bench.openGroups();
    for (const ChannelSpec& each : channels) {
        if (each.kind == ChannelKind::stream)
            m_streams.insert(each.name);
        if (each.copyTiming == CopyTiming::inTurn)
            m_inTurn.insert(each.name);
    }
}

// Whoever acks on delivery is done with it at once, or fails at once.
void SimulatedDriver::settleDues() {
    for (m_bench.runTo(m_now); m_worked < m_bench.deliveries().size(); m_bench.runTo(m_now)) {
        const BrokerBench::Delivery delivery = m_bench.deliveries()[m_worked++];
        const auto terms = m_terms.find(nameOf(delivery.consumer));
        if (terms == m_terms.end() || !terms->second.automatic)
            continue;
        if (terms->second.calls > 0 && --terms->second.calls == 0)
            m_bench.retire(delivery.consumer);
        m_bench.settle(delivery.tag, terms->second.fails ? Settlement::reject : Settlement::ack);
    }
}

// Of one that had to wait for it.
std::string SimulatedDriver::answerTo(std::uint64_t publish) const {
    for (const auto& [token, outcome] : m_bench.admissions())
        if (token == publish)
            return outcome == Admission::accepted ? "ack" : "nack";
    return "nothing";
}

std::string SimulatedDriver::publish(const std::string& channel, const BenchMessage& what) {
    const auto times = [this](RecordKind kind, const QString& word) { return m_bench.log({kind}).count(word); };
    const auto returned = times(RecordKind::unroutable, QStringLiteral(" returned"));
    const auto repeated = times(RecordKind::deduplicated, QStringLiteral("deduplicated"));
    BenchMessage asked = what;
    if (m_inTurn.contains(channel)) // who emits waits until the last one was called
        asked.acks = Acks::leader;
    ++m_published;
    const Admission admission = m_bench.publish(channel, asked);
    settleDues();
    if (admission == Admission::awaited)
        return answerTo(m_published);
    if (admission != Admission::accepted)
        return "nack";
    if (times(RecordKind::unroutable, QStringLiteral(" returned")) > returned)
        return "returned";
    return times(RecordKind::deduplicated, QStringLiteral("deduplicated")) > repeated ? "repeated" : "ack";
}

void SimulatedDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) {
    if (const auto known = m_consumers.find(consumer); known != m_consumers.end())
        m_bench.resume(known->second);
    else
        m_consumers.emplace(consumer, m_bench.attach(m_streams.contains(from) ? groupOf(from) : from, terms));
    m_terms[consumer] = terms;
    m_queues[consumer] = from;
    settleDues();
}

void SimulatedDriver::retire(const std::string& consumer) {
    m_bench.retire(m_consumers.at(consumer));
    settleDues();
}

void SimulatedDriver::crash(const std::string& consumer) {
    if (consumer == "taker")
        m_bench.disconnect(m_takers);
    else
        m_bench.disconnect(m_consumers.at(consumer));
    settleDues();
}

void SimulatedDriver::settle(const std::string& consumer, Ordinal message, Settlement how) {
    const auto& all = m_bench.deliveries();
    const auto delivery = std::find_if(all.rbegin(), all.rend(), [&](const BrokerBench::Delivery& each) {
        return each.message == message && nameOf(each.consumer) == consumer;
    });
    assert(delivery != all.rend());
    m_bench.settle(delivery->tag, how);
    settleDues();
}

void SimulatedDriver::settleThrough(const std::string&, Ordinal message, Settlement how) {
    m_bench.settleThrough(message, how);
    settleDues();
}

void SimulatedDriver::ackLate(const std::string& consumer, Ordinal message) {
    const auto& all = m_bench.deliveries();
    const auto first = std::find_if(all.begin(), all.end(), [&](const BrokerBench::Delivery& each) {
        return each.message == message && nameOf(each.consumer) == consumer;
    });
    assert(first != all.end());
    m_bench.ackLate(first->tag, message);
    settleDues();
}

void SimulatedDriver::wait(Duration time) {
    m_now += time;
    settleDues();
}

std::optional<Seen> SimulatedDriver::take(const std::string& from, bool) {
    const std::size_t before = m_bench.deliveries().size();
    const ConsumerId taker = m_bench.attach(from, 1);
    m_bench.retire(taker);
    m_takers.push_back(taker);
    settleDues();
    for (std::size_t at = before; at < m_bench.deliveries().size(); ++at)
        if (m_bench.deliveries()[at].consumer == taker)
            return seen(m_bench.deliveries()[at]);
    return std::nullopt;
}

std::vector<Seen> SimulatedDriver::given(std::size_t) {
    std::vector<Seen> all;
    for (; m_told < m_bench.deliveries().size(); ++m_told)
        if (Seen each = seen(m_bench.deliveries()[m_told]); each.consumer != "taker")
            all.push_back(std::move(each));
    return all;
}

std::size_t SimulatedDriver::ready(const std::string& queue, std::size_t) {
    return m_bench.ready(queue);
}

void SimulatedDriver::redrive(const std::string& queue) {
    m_bench.redrive(queue, queue);
    settleDues();
}

void SimulatedDriver::goBack(const std::string& stream, Ordinal message) {
    m_bench.seek(groupOf(stream), {.where = ReadFromSpec::Where::offset, .offset = static_cast<std::int64_t>(message) - 1});
    settleDues();
}

// By their consumers: they keep what they have.
void SimulatedDriver::pause(const std::string& queue) {
    for (const auto& [consumer, from] : m_queues)
        if (from == queue)
            m_bench.retire(m_consumers.at(consumer));
    settleDues();
}

void SimulatedDriver::resume(const std::string& queue) {
    for (const auto& [consumer, from] : m_queues)
        if (from == queue)
            m_bench.resume(m_consumers.at(consumer));
    settleDues();
}

std::string SimulatedDriver::nameOf(ConsumerId consumer) const {
    const auto found =
        std::find_if(m_consumers.begin(), m_consumers.end(), [&](const auto& each) { return each.second == consumer; });
    return found == m_consumers.end() ? "taker" : found->first;
}

Seen SimulatedDriver::seen(const BrokerBench::Delivery& delivery) const {
    return {.consumer = nameOf(delivery.consumer),
            .message = delivery.message,
            .redelivered = delivery.attempt > 1,
            .count = delivery.attempt,
            .key = delivery.key,
            .deaths = delivery.deaths.toStdString()};
}

} // namespace weir

#include "brokers/trial.h"

#include "core/scenario/load.h"

#include <algorithm>
#include <map>

namespace weir {

std::vector<ChannelSpec> channelsOf(const std::string& profile, const std::string& channels) {
    const auto scenario =
        loadScenario(R"({"weir": "1", "profile": ")" + profile + R"(", "channels": {)" + channels + "}}");
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    return scenario->channels;
}

template <class Step> void Trial::both(Step step) {
    if (!agrees())
        return;
    step(m_simulated);
    step(m_real);
}

void Trial::note(const std::string& what, const std::string& simulated, const std::string& real) {
    m_texts.simulated += what + simulated + '\n';
    m_texts.real += what + real + '\n';
}

std::string Trial::text(const Seen& seen) const {
    std::string line = std::to_string(seen.message) + (seen.redelivered ? "R" : "");
    if (m_telling.counts && seen.count)
        line += '#' + std::to_string(*seen.count);
    if (m_telling.keys)
        line += ':' + seen.key;
    if (m_telling.deaths && !seen.deaths.empty())
        line += '[' + seen.deaths + ']';
    return line;
}

// By consumer: how deliveries to different ones lie to each other in time can seldom be seen from outside.
std::string Trial::text(const std::vector<Seen>& all) const {
    if (m_telling.inOrder) {
        std::string line;
        for (const Seen& seen : all)
            line += ' ' + seen.consumer + '=' + text(seen);
        return line;
    }
    std::vector<Seen> ordered = all;
    if (m_telling.together)
        std::stable_sort(ordered.begin(), ordered.end(),
                         [](const Seen& left, const Seen& right) { return left.message < right.message; });
    std::map<std::string, std::string> lines;
    for (const Seen& seen : ordered)
        lines[m_telling.together ? "all" : seen.consumer] += ' ' + text(seen);
    std::string joined;
    for (const auto& [consumer, line] : lines)
        joined += ' ' + consumer + ':' + line;
    return joined;
}

void Trial::publish(const std::string& channel, const BenchMessage& what) {
    if (!agrees())
        return;
    const std::string simulated = m_simulated.publish(channel, what);
    note("publish " + channel + ": ", simulated, m_real.publish(channel, what));
}

void Trial::publishSome(int count, const std::string& channel) {
    for (int i = 0; i < count; ++i)
        publish(channel);
}

void Trial::attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) {
    both([&](BrokerDriver& driver) { driver.attach(consumer, from, terms); });
}

void Trial::retire(const std::string& consumer) {
    both([&](BrokerDriver& driver) { driver.retire(consumer); });
}

void Trial::crash(const std::string& consumer) {
    both([&](BrokerDriver& driver) { driver.crash(consumer); });
}

void Trial::settle(const std::string& consumer, Ordinal message, Settlement how) {
    both([&](BrokerDriver& driver) { driver.settle(consumer, message, how); });
}

void Trial::settleThrough(const std::string& consumer, Ordinal message, Settlement how) {
    both([&](BrokerDriver& driver) { driver.settleThrough(consumer, message, how); });
}

void Trial::ackLate(const std::string& consumer, Ordinal message) {
    both([&](BrokerDriver& driver) { driver.ackLate(consumer, message); });
}

void Trial::wait(Duration time) {
    both([&](BrokerDriver& driver) { driver.wait(time); });
}

void Trial::redrive(const std::string& queue) {
    both([&](BrokerDriver& driver) { driver.redrive(queue); });
}

void Trial::goBack(const std::string& stream, Ordinal message) {
    both([&](BrokerDriver& driver) { driver.goBack(stream, message); });
}

void Trial::pause(const std::string& queue) {
    both([&](BrokerDriver& driver) { driver.pause(queue); });
}

void Trial::resume(const std::string& queue) {
    both([&](BrokerDriver& driver) { driver.resume(queue); });
}

std::vector<Seen> Trial::given() {
    if (!agrees())
        return {};
    const std::vector<Seen> simulated = m_simulated.given(0);
    note("given", text(simulated), text(m_real.given(simulated.size())));
    return simulated;
}

std::optional<Seen> Trial::take(const std::string& from) {
    if (!agrees())
        return std::nullopt;
    const std::optional<Seen> simulated = m_simulated.take(from, true);
    const std::optional<Seen> real = m_real.take(from, simulated.has_value());
    note("take " + from + ": ", simulated ? text(*simulated) : "nothing", real ? text(*real) : "nothing");
    return simulated;
}

void Trial::drain(const std::string& from) {
    while (const std::optional<Seen> seen = take(from))
        settle("taker", seen->message, Settlement::ack);
}

void Trial::ready(const std::string& queue) {
    if (!agrees())
        return;
    const std::size_t simulated = m_simulated.ready(queue, 0);
    note("ready in " + queue + ": ", std::to_string(simulated), std::to_string(m_real.ready(queue, simulated)));
}

void Trial::answer(const std::function<Settlement(const Seen&)>& how, int times) {
    for (int answered = 0;;) {
        const std::vector<Seen> seen = given();
        if (seen.empty())
            return;
        for (const Seen& each : seen) {
            if (answered++ == times)
                return;
            settle(each.consumer, each.message, how(each));
        }
    }
}

} // namespace weir

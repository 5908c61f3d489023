#include "brokers/emitter_driver.h"

#include <algorithm>

namespace weir {

EmitterDriver::EmitterDriver(std::vector<ChannelSpec> channels, Value::Table options)
    : RealDriver(std::move(channels)), m_node("eventemitter2_end.js") {
    const bool ignores = std::all_of(m_channels.begin(), m_channels.end(),
                                     [](const ChannelSpec& each) { return each.mustBeHeard != "error"; });
    options.emplace_back("ignoreErrors", Value(ignores));
    m_node.call("open", {{"options", Value(std::move(options))}});
}

// An emit says whether anybody listens, or throws.
std::string EmitterDriver::publish(const std::string&, const BenchMessage& what) {
    const Value outcome = m_node.call(
        "emit", {{"key", Value(what.routingKey)}, {"message", Value(static_cast<std::int64_t>(++m_published))}});
    const Value* returned = outcome.member("returned");
    if (!returned)
        return "nack";
    return *returned->truth() || !what.mandatory ? "ack" : "returned";
}

namespace {

std::string wayToListen(bool prepend, bool always) {
    if (always)
        return prepend ? "prependListener" : "on";
    return prepend ? "prependMany" : "many";
}

} // namespace

void EmitterDriver::attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) {
    for (const BindingSpec& binding : channel(from).bindings)
        m_node.call("listen", {{"name", Value(consumer)},
                               {"pattern", Value(binding.pattern)},
                               {"how", Value(wayToListen(binding.prepend, terms.calls == 0))},
                               {"times", Value(static_cast<std::int64_t>(terms.calls))},
                               {"throws", Value(terms.fails ? "no" : "")}});
}

void EmitterDriver::retire(const std::string& consumer) {
    m_node.call("leave", {{"name", Value(consumer)}});
}

void EmitterDriver::settle(const std::string&, Ordinal, Settlement) {
    qFatal("a listener settles nothing");
}

void EmitterDriver::settleThrough(const std::string&, Ordinal, Settlement) {
    qFatal("a listener settles nothing");
}

std::optional<Seen> EmitterDriver::take(const std::string&, bool) {
    qFatal("an emitter has no taking of single events");
}

std::size_t EmitterDriver::ready(const std::string&, std::size_t) {
    return 0; // it keeps nothing
}

void EmitterDriver::receive() {
    const Value calls = m_node.call("calls");
    for (const Value& call : *calls.list())
        m_received.push_back({.consumer = *call.member("listener")->text(),
                              .message = static_cast<Ordinal>(*call.member("message")->number()->whole()),
                              .key = *call.member("key")->text()});
}

} // namespace weir

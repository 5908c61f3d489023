#include "core/simulation/reference_scenarios.h"

namespace weir {
namespace {

ServiceSpec consumerOf(const std::string& channel, Distribution takes) {
    ServiceSpec service;
    service.name = "consumer of " + channel;
    HandlerSpec handler;
    handler.on = channel;
    handler.takes = std::move(takes);
    service.handlers.push_back(std::move(handler));
    return service;
}

SourceSpec sourceOf(Arrivals arrivals, EmitAction emit) {
    return {.arrivals = std::move(arrivals), .then = {Action{std::move(emit)}}};
}

Arrivals poisson(double perSecond) {
    return Arrivals::constant(Rate{perSecond}, Arrivals::Spacing::poisson).value();
}

} // namespace

Scenario brokerScenario(std::uint32_t queues) {
    Scenario scenario;
    scenario.title.en = "Broker, " + std::to_string(queues) + " queues";
    scenario.run.lasts = std::nullopt;
    scenario.run.messagesMax = INT64_MAX;
    scenario.run.latency = Distribution::uniform({.low = 100e-6, .high = 300e-6}).value();
    scenario.events.push_back({.name = "job", .size = Bytes{1024}});
    ChannelSpec exchange;
    exchange.name = "work";
    exchange.kind = ChannelKind::topic;
    scenario.channels.push_back(exchange);
    ChannelSpec dead;
    dead.name = "dead";
    scenario.channels.push_back(dead);
    ServiceSpec producer;
    producer.name = "producer";
    for (std::uint32_t i = 0; i < queues; ++i) {
        const std::string key = "job." + std::to_string(i);
        ChannelSpec queue;
        queue.name = "queue " + std::to_string(i);
        queue.bindings.push_back({.to = "work", .pattern = key});
        queue.ackTimeout = 30s;
        queue.retry = RetrySpec{.max = 3, .backoff = Backoff::exponential, .first = 1s};
        queue.deadLetter = "dead";
        ServiceSpec consumer = consumerOf(queue.name, Distribution::exponential(10e-3).value());
        consumer.instances = 4;
        consumer.handlers.front().prefetch = 20;
        consumer.handlers.front().fails.push_back({.how = FailureKind::nack, .probability = 0.02});
        scenario.services.push_back(std::move(consumer));
        scenario.channels.push_back(std::move(queue));
        producer.sources.push_back(sourceOf(poisson(320), {.type = "job", .to = "work", .routingKey = key}));
    }
    scenario.services.push_back(std::move(producer));
    return scenario;
}

Scenario streamScenario() {
    Scenario scenario;
    scenario.title.en = "Stream";
    scenario.run.lasts = std::nullopt;
    scenario.run.messagesMax = INT64_MAX;
    scenario.events.push_back({.name = "reading", .size = Bytes{100}});
    ChannelSpec stream;
    stream.name = "readings";
    stream.kind = ChannelKind::stream;
    stream.partitions = 8;
    stream.retainCount = 10'000;
    scenario.channels.push_back(stream);
    ServiceSpec producer;
    producer.name = "producer";
    producer.sources.push_back(sourceOf(poisson(100'000), {.type = "reading", .to = "readings"}));
    scenario.services.push_back(std::move(producer));
    ServiceSpec reader = consumerOf("readings", Distribution::constant(20e-6).value());
    reader.instances = 4;
    reader.handlers.front().concurrency = 2;
    scenario.services.push_back(std::move(reader));
    return scenario;
}

Scenario inFlightScenario(std::uint32_t copies) {
    constexpr std::uint32_t queues = 10;
    constexpr std::uint32_t instances = 4;
    Scenario scenario;
    scenario.title.en = std::to_string(copies) + " copies in flight";
    scenario.run.lasts = std::nullopt;
    scenario.events.push_back({.name = "job", .size = Bytes{1024}});
    ServiceSpec producer;
    producer.name = "producer";
    for (std::uint32_t i = 0; i < queues; ++i) {
        ChannelSpec queue;
        queue.name = "queue " + std::to_string(i);
        ServiceSpec consumer = consumerOf(queue.name, Distribution::constant(86400).value());
        consumer.instances = instances;
        consumer.handlers.front().prefetch = copies / queues / instances;
        scenario.services.push_back(std::move(consumer));
        const Arrivals once = Arrivals::explicitTimes({Duration::zero()}).value();
        producer.sources.push_back(sourceOf(once.inBatches(Distribution::constant(copies / queues).value()),
                                            {.type = "job", .to = queue.name}));
        scenario.channels.push_back(std::move(queue));
    }
    scenario.services.push_back(std::move(producer));
    return scenario;
}

Scenario singleServerScenario(Duration lasts) {
    Scenario scenario;
    scenario.title.en = "Single server";
    scenario.run.lasts = lasts;
    scenario.events.push_back({.name = "job"});
    ChannelSpec queue;
    queue.name = "jobs";
    scenario.channels.push_back(queue);
    ServiceSpec producer;
    producer.name = "producer";
    producer.sources.push_back(sourceOf(poisson(0.8), {.type = "job", .to = "jobs"}));
    scenario.services.push_back(std::move(producer));
    scenario.services.push_back(consumerOf("jobs", Distribution::exponential(1).value()));
    return scenario;
}

} // namespace weir

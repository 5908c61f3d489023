#include "core/scenario/service_reader.h"

#include "core/scenario/channel_reader.h"
#include "core/scenario/delivery_reader.h"
#include "core/scenario/distribution_reader.h"
#include "core/scenario/routing_reader.h"
#include "core/scenario/stream_reader.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::int64_t instancesMax = 10'000;
constexpr std::int64_t concurrencyMax = 10'000;
constexpr std::int64_t prefetchMax = 65'535;
constexpr std::int64_t attemptsMax = 10'001;
constexpr std::int64_t outboxBatchMax = 1'000'000;

constexpr Word<FailureKind> failureKinds[] = {{"nack", FailureKind::nack},
                                              {"crash", FailureKind::crash},
                                              {"crashAfterEffect", FailureKind::crashAfterEffect},
                                              {"crashBetween", FailureKind::crashBetween},
                                              {"reject", FailureKind::reject}};

std::optional<std::map<std::string, std::map<std::string, Value>>> readState(const Given& given) {
    if (!given.isTable("of state tables by name"))
        return std::nullopt;
    std::map<std::string, std::map<std::string, Value>> state;
    for (const auto& [name, table] : given.members()) {
        if (name.empty())
            table.refuse("needs a table with a name");
        if (!table.isTable("of quantities or statuses by key"))
            continue;
        for (const auto& [key, value] : table.members()) {
            const std::string* status = value.value().text();
            if (value.value().number() || (status && !status->empty()))
                state[name][key] = value.value();
            else
                value.refuse("needs a number (a quantity) or a text (a status)");
        }
        state[name];
    }
    return state;
}

FailureSpec readFailure(const Given& given) {
    FailureSpec failure;
    if (given.value().number()) {
        failure.probability = readNumber(given, 0, 1).value_or(0);
        return failure;
    }
    if (!given.isTable(fields::failure))
        return failure;
    given.take("how", failure.how, oneOf(failureKinds));
    given.take("probability", failure.probability, numberBetween(0, 1));
    given.take("when", failure.when, readExpression);
    given.take("every", failure.every, wholeBetween(1, std::numeric_limits<std::int64_t>::max()));
    given.take("attempts", failure.attemptsMax, wholeBetween(1, attemptsMax));
    if (!given.has("probability") && !given.has("when") && !given.has("every") && !given.has("attempts"))
        given.refuse("needs at least one of probability, when, every, attempts");
    return failure;
}

std::optional<std::vector<FailureSpec>> readFailures(const Given& given) {
    constexpr std::size_t failuresMax = 100;
    std::vector<FailureSpec> failures;
    if (!given.value().list()) {
        failures.push_back(readFailure(given));
        return failures;
    }
    for (const Given& item : given.items())
        failures.push_back(readFailure(item));
    if (failures.size() <= failuresMax)
        return failures;
    given.refuse("needs at most " + std::to_string(failuresMax) + " failures");
    return std::nullopt;
}

// True: by id. False: not at all.
std::optional<std::optional<IdempotencySpec>> readIdempotency(const Given& given) {
    if (const bool* truth = given.value().truth())
        return *truth ? std::optional(IdempotencySpec()) : std::nullopt;
    if (!given.value().table()) {
        given.refuse("needs true, false or {\"key\": path, \"ttl\": duration}");
        return std::nullopt;
    }
    if (!given.isTable(fields::idempotency))
        return std::nullopt;
    IdempotencySpec store;
    given.take("key", store.key, readEventPath);
    given.take("ttl", store.ttl, readPositiveDuration);
    return std::optional(store);
}

// True: one of the defaults. False: none.
std::optional<std::optional<TransactionSpec>> readTransaction(const Given& given) {
    if (const bool* truth = given.value().truth())
        return *truth ? std::optional(TransactionSpec()) : std::nullopt;
    if (!given.value().table()) {
        given.refuse("needs true, false or {\"lasts\": duration, \"timeout\": duration}");
        return std::nullopt;
    }
    if (!given.isTable(fields::transaction))
        return std::nullopt;
    TransactionSpec transaction;
    given.take("lasts", transaction.lasts, readDistribution);
    given.take("timeout", transaction.timeout, readPositiveDuration);
    return std::optional(transaction);
}

std::optional<std::optional<OutboxSpec>> readOutbox(const Given& given) {
    if (const bool* truth = given.value().truth())
        return *truth ? std::optional(OutboxSpec()) : std::nullopt;
    if (!given.value().table()) {
        given.refuse("needs true, false or {\"every\": duration, \"batch\": number, \"marks\": duration}");
        return std::nullopt;
    }
    if (!given.isTable(fields::outbox))
        return std::nullopt;
    OutboxSpec outbox;
    given.take("every", outbox.every, readDuration);
    given.take("batch", outbox.batch, wholeBetween<std::uint32_t>(1, outboxBatchMax));
    given.take("marks", outbox.marks, readDuration);
    return std::optional(outbox);
}

void refuseSteps(const Given& given, ChannelKind kind) {
    if (const auto steps = given.member("ackSteps"); steps && kind == ChannelKind::stream)
        steps->refuse("needs \"on\" to name a queue: who reads a stream says how far it has come");
}

// A queue, or a log.
void readOwnQueue(const Given& given, const Names& names, ChannelSpec& own) {
    if (const auto kind = given.member("kind")) {
        const auto known = readChannelKind(*kind);
        if (known && *known != ChannelKind::queue && *known != ChannelKind::stream)
            kind->refuse("needs \"queue\" or \"stream\"");
        else
            own.kind = known.value_or(ChannelKind::queue);
    }
    const bool stream = own.kind == ChannelKind::stream;
    const auto has = [](const auto& keys, const std::string& key) {
        return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
    };
    for (const auto& [key, inside] : given.members())
        if (stream ? !has(fields::streamKeys, key) : !has(fields::queueKeys, key))
            inside.refuse(stream ? "is not for a stream, see \"kind\"" : "needs \"kind\": \"stream\" beside it");
    if (stream)
        readStreamSettings(given, own);
    readQueueSettings(given, names, own);
}

} // namespace

std::vector<ServiceSpec> ServiceReader::readServices(const Given& given) {
    std::vector<ServiceSpec> services;
    for (const auto& [name, inside] : given.members())
        services.push_back(readService(name, inside));
    return services;
}

ServiceSpec ServiceReader::readService(const std::string& name, const Given& given) {
    ServiceSpec service;
    service.name = name;
    if (!given.isTable(fields::service))
        return service;
    given.take("title", service.title, readTitle);
    given.take("instances", service.instances, wholeBetween<std::uint32_t>(1, instancesMax));
    given.take("prefetch", service.prefetch, wholeBetween<std::uint32_t>(1, prefetchMax));
    given.take("restartAfter", service.restartAfter, readDuration);
    given.take("state", service.state, readState);
    if (const auto sources = given.member("sources"); sources && sources->isList("sources"))
        for (const Given& item : sources->items())
            service.sources.push_back(readSource(item));
    if (const auto handlers = given.member("handlers"); handlers && handlers->isList("handlers")) {
        for (const Given& item : handlers->items())
            service.handlers.push_back(readHandler(name, item));
        refuseDisagreements(*handlers, service);
    }
    given.take("outbox", service.outbox, readOutbox);
    if (const auto there = given.member("outbox"); there && service.outbox)
        for (const HandlerSpec& handler : service.handlers)
            if (handler.transaction) {
                there->refuse("needs handlers without \"transaction\": what is in an outbox is published later");
                break;
            }
    if (const auto will = given.member("will"); will && will->isTable(fields::emit)) {
        if (const auto when = will->member("when"))
            when->refuse("needs no condition: it is published whenever an instance is lost");
        else
            service.will.push_back(m_actions.readEmitOf(*will));
    }
    return service;
}

SourceSpec ServiceReader::readSource(const Given& given) const {
    SourceSpec source;
    if (!given.isTable(fields::source))
        return source;
    if (!given.has("arrivals"))
        given.missing("arrivals", "which say when it emits, such as {\"poisson\": \"20/s\"}");
    given.take("arrivals", source.arrivals, readArrivals);
    if (given.has("emit") == given.has("then"))
        given.complaints().add({given.pointer(), "needs either \"emit\" and \"to\", or \"then\" with actions", ""});
    if (given.has("emit")) {
        source.then.push_back(m_actions.readEmitOf(given));
    } else if (const auto then = given.member("then")) {
        source.then = m_actions.readActions(*then);
        for (const std::string_view key :
             {"to", "routingKey", "data", "headers", "mandatory", "retain", "priority", "ttl", "delay", "deliverAt",
              "delayLevel", "timeout", "version", "confirm", "half", "when"})
            if (const auto there = given.member(key))
                there->refuse("needs \"emit\" beside it; with \"then\" it belongs into the action");
    }
    return source;
}

HandlerSpec ServiceReader::readHandler(const std::string& service, const Given& given) {
    HandlerSpec handler;
    if (!given.isTable(fields::handler))
        return handler;
    if (const auto on = given.member("on")) {
        if (const auto channel = m_names.readChannel(*on)) {
            handler.on = *channel;
            const auto kind = m_names.channels.find(*channel)->second.kind;
            if (kind == ChannelKind::topic || kind == ChannelKind::exchange) {
                handler.pattern = readPattern(given.member("pattern"), given, *channel, m_names);
                handler.on = addImplicitQueue(service, *channel, given);
                m_implicit.back().bindings.front().pattern = handler.pattern;
                for (const std::string_view key : {"from", "commit", "isolation"})
                    if (const auto there = given.member(key); there && m_implicit.back().kind != ChannelKind::stream)
                        there->refuse("needs \"on\" to name a stream; a queue has no offsets");
                refuseSteps(given, m_implicit.back().kind);
            } else if (kind) {
                for (const std::string_view key : {"from", "commit", "isolation"})
                    if (const auto there = given.member(key); there && *kind != ChannelKind::stream)
                        there->refuse("needs \"on\" to name a stream; here it is a queue, which has no offsets");
                refuseSteps(given, *kind);
                for (const std::string_view key : {"pattern", "queue"})
                    if (const auto there = given.member(key))
                        there->refuse("needs \"on\" to name a topic or exchange; here it is a " +
                                      std::string(*kind == ChannelKind::queue ? "queue" : "stream") +
                                      " with settings of its own");
            }
        }
    } else {
        given.missing("on", "the channel that it takes from");
    }
    given.take("filter", handler.filter, readExpression);
    given.take("concurrency", handler.concurrency, wholeBetween<std::uint32_t>(1, concurrencyMax));
    given.take("prefetch", handler.prefetch, wholeBetween<std::uint32_t>(1, prefetchMax));
    readHandlerDelivery(given, handler);
    given.take("from", handler.from, readReadFrom);
    given.take("commit", handler.commit, readCommit);
    if (const auto commit = given.member("commit"); commit && handler.ack == AckMode::automatic)
        commit->refuse("needs an ack after the work: what is acked on delivery is committed then");
    given.take("takes", handler.takes, readDistribution);
    given.take("fails", handler.fails, readFailures);
    given.take("idempotent", handler.idempotent, readIdempotency);
    given.take("isolation", handler.isolation, readIsolation);
    given.take("transaction", handler.transaction, readTransaction);
    if (const auto there = given.member("transaction");
        there && handler.transaction && handler.ack != AckMode::manual && handler.ack != AckMode::automatic)
        there->refuse(
            "needs \"ack\" to be \"manual\", since each handling's own ack decides what becomes of what it published");
    given.take("reads", handler.reads, [this](const Given& reads) { return readVersions(reads); });
    if (const auto then = given.member("then"))
        handler.then = m_actions.readActions(*then);
    return handler;
}

std::optional<std::map<std::string, std::string>> ServiceReader::readVersions(const Given& given) const {
    if (!given.isList("versions {\"event\", \"version\"}"))
        return std::nullopt;
    std::map<std::string, std::string> versions;
    for (const Given& item : given.items()) {
        if (!item.isTable(fields::demand))
            continue;
        for (const std::string_view key : {"event", "version"})
            if (!item.has(key))
                item.missing(key, key == "event" ? "the event type" : "the version that it is read with");
        std::string type, version;
        item.take("event", type, [this](const Given& event) { return m_names.readEvent(event); });
        item.take("version", version, readText);
        if (!versions.emplace(type, version).second)
            item.refuse("needs another event type: one is read with one version");
    }
    return versions;
}

std::string ServiceReader::addImplicitQueue(const std::string& service, const std::string& exchange,
                                            const Given& given) {
    ChannelSpec queue;
    queue.implicit = true;
    const std::string first = exchange + '/' + service;
    queue.name = first;
    for (int number = 2; m_implicitNames.contains(queue.name); ++number)
        queue.name = first + '#' + std::to_string(number);
    m_implicitNames.insert(queue.name);
    queue.bindings.push_back({.to = exchange, .pattern = "#"});
    if (const auto settings = given.member("queue"); settings && settings->isTable(fields::ownQueue))
        readOwnQueue(*settings, m_names, queue);
    if (m_names.channels.contains(queue.name) || m_names.services.contains(queue.name))
        given.complaints().add({pointerTo(given.pointer(), "on"),
                                "needs its own queue, whose name is taken by another channel or service",
                                quotedText(queue.name)});
    m_implicit.push_back(std::move(queue));
    return m_implicit.back().name;
}

} // namespace weir

// What a RabbitMQ 3.10 did, experiment by experiment (tests/data/semantics/rabbitmq.json), done again with this broker's
// fields: its classic and its quorum queues are values of them. The observed orders and counts are what must come out.
#include "core/value.h"
#include "support/broker_bench.h"

#include <QFile>
#include <QTest>

#include <functional>
#include <map>

using namespace weir;
using enum RecordKind;

namespace {

enum class Type { classic, quorum };

// The two kinds of queues, as fields.
ChannelSpec queue(Type type, const std::string& name = "q") {
    ChannelSpec channel;
    channel.name = name;
    channel.requeueTo = type == Type::quorum ? RequeueTo::returnedIfLimited : RequeueTo::oldPlace;
    channel.order = type == Type::quorum ? ConsumerOrder::longestWaiting : ConsumerOrder::roundRobin;
    return channel;
}

RetrySpec deliveryLimit(std::int64_t limit) {
    return {.max = limit, .backoff = Backoff::none};
}

ChannelSpec withDeadLetters(ChannelSpec channel) {
    channel.deadLetter = "dlq";
    return channel;
}

ChannelSpec deadLetters() {
    return queue(Type::classic, "dlq");
}

// "3R": message 3, redelivered.
Value text(const BrokerBench::Delivery& delivery) {
    return std::to_string(delivery.message) + (delivery.attempt > 1 ? "R" : "");
}

Value number(const BrokerBench::Delivery& delivery) {
    return static_cast<std::int64_t>(delivery.message);
}

class Experiment {
  public:
    explicit Experiment(std::vector<ChannelSpec> channels) : bench(std::move(channels)) { bench.openGroups(); }

    void publish(int count, const std::string& to = "q") {
        for (int i = 0; i < count; ++i)
            bench.publish(to);
    }
    // basic.get: one that takes a message and nothing more.
    Ordinal get(const std::string& from = "q") {
        const std::size_t before = bench.deliveries().size();
        const ConsumerId reader = bench.attach(from, 1);
        bench.retire(reader);
        m_getters.push_back(reader);
        return bench.deliveries().size() > before ? bench.deliveries().back().message : 0;
    }
    // By get and ack, until it is empty.
    Value drain(const std::string& from = "q", const std::function<Value(const BrokerBench::Delivery&)>& say = text) {
        Value::List drained;
        while (get(from) != 0) {
            drained.push_back(say(bench.deliveries().back()));
            bench.settle(bench.deliveries().back().message, Settlement::ack);
        }
        return drained;
    }
    Value numbers(const std::string& from) { return drain(from, number); }
    // The readers' connection is lost.
    void closeGetters() {
        for (const ConsumerId each : m_getters)
            bench.disconnect(each);
    }
    Value all(const std::function<Value(const BrokerBench::Delivery&)>& say = text) const {
        Value::List list;
        for (const BrokerBench::Delivery& delivery : bench.deliveries())
            list.push_back(say(delivery));
        return list;
    }
    Value of(ConsumerId consumer, const std::function<Value(const BrokerBench::Delivery&)>& say = number) const {
        Value::List list;
        for (const BrokerBench::Delivery& delivery : bench.deliveries())
            if (delivery.consumer == consumer)
                list.push_back(say(delivery));
        return list;
    }

    BrokerBench bench;

  private:
    std::vector<ConsumerId> m_getters;
};

// [{queue, reason, count}, ...] as the bench says it.
Value historyOf(const BrokerBench& bench, Ordinal message) {
    Value::List history;
    for (const QString& entry : bench.deaths(message).split(QStringLiteral(" < "), Qt::SkipEmptyParts)) {
        const QStringList words = entry.split(QLatin1Char(' '));
        history.push_back(Value::Table{{"queue", words[0].toStdString()},
                                       {"reason", words[1].toStdString()},
                                       {"count", words[2].mid(1).toInt()}});
    }
    return history;
}

// What of an x-death entry the broker models.
Value entryOf(const Value& death) {
    return Value::Table{
        {"queue", *death.member("queue")}, {"reason", *death.member("reason")}, {"count", *death.member("count")}};
}

using Repetition = std::function<Value(Type)>;

Value roundRobin(Type type) {
    Experiment run({queue(type)});
    const ConsumerId a = run.bench.attach("q", 0), b = run.bench.attach("q", 0), c = run.bench.attach("q", 0);
    run.publish(9);
    return Value::Table{{"A", run.of(a)}, {"B", run.of(b)}, {"C", run.of(c)}};
}

Value backlog(Type type) {
    Experiment run({queue(type)});
    run.publish(6);
    const ConsumerId a = run.bench.attach("q", 0);
    run.bench.runTo(200ms);
    const ConsumerId b = run.bench.attach("q", 0);
    return Value::Table{{"A", run.of(a)}, {"B", run.of(b)}};
}

Value nackRequeueOne(Type type) {
    Experiment run({queue(type)});
    run.bench.attach("q");
    run.publish(5);
    int seen = 0;
    for (std::size_t at = 0; at < run.bench.deliveries().size(); ++at) {
        const Ordinal message = run.bench.deliveries()[at].message;
        run.bench.settle(message, message == 2 && seen++ < 2 ? Settlement::requeue : Settlement::ack);
    }
    Value::List list;
    for (std::size_t at = 0; at < run.bench.deliveries().size(); ++at)
        list.push_back(Value::Table{{"msg", number(run.bench.deliveries()[at])},
                                    {"redelivered", run.bench.deliveries()[at].attempt > 1},
                                    {"delivery_tag", static_cast<std::int64_t>(at + 1)}});
    return list;
}

Value nackMultiple(Type type) {
    Experiment run({queue(type)});
    run.bench.attach("q", 3);
    run.publish(5);
    run.bench.settleThrough(3, Settlement::requeue);
    for (std::size_t at = 3; at < run.bench.deliveries().size(); ++at)
        run.bench.settle(run.bench.deliveries()[at].message, Settlement::ack);
    return run.all();
}

Value requeueOutOfOrder(Type type) {
    Experiment run({queue(type)});
    run.publish(5);
    for (int i = 0; i < 3; ++i)
        run.get();
    run.bench.settle(3, Settlement::requeue);
    run.bench.settle(1, Settlement::requeue);
    const Value first = run.drain();
    run.bench.settle(2, Settlement::requeue);
    return Value::Table{{"first_drain", first}, {"then", run.drain()}};
}

Value nackWhilePrefetched(Type type) {
    Experiment run({queue(type)});
    run.bench.attach("q", 3);
    run.publish(6);
    run.bench.settle(1, Settlement::requeue);
    const Value after = run.all();
    run.bench.settle(2, Settlement::ack);
    run.bench.settle(3, Settlement::ack);
    for (std::size_t at = 3; at < run.bench.deliveries().size(); ++at)
        run.bench.settle(run.bench.deliveries()[at].message, Settlement::ack);
    return Value::Table{{"after_nack", after}, {"all", run.all()}};
}

Value deadLetterReject(Type type) {
    ChannelSpec ex;
    ex.name = "ex";
    ex.kind = ChannelKind::exchange;
    ex.exchangeType = ExchangeType::topic;
    ChannelSpec q = withDeadLetters(queue(type));
    q.bindings = {{.to = "ex", .pattern = "#"}};
    q.deadLetter = "dlx";
    ChannelSpec dlx;
    dlx.name = "dlx";
    dlx.kind = ChannelKind::exchange;
    dlx.exchangeType = ExchangeType::fanout;
    ChannelSpec dead = deadLetters();
    dead.bindings = {{.to = "dlx", .pattern = "#"}};
    Experiment run({ex, q, dlx, dead});
    run.bench.attach("q");
    run.bench.publish("ex", {.routingKey = "orders.eu", .priority = 3});
    run.bench.settle(1, Settlement::reject);
    run.get("dlq");
    return Value::Table{{"routing_key", run.bench.routingKey(1)},
                        {"redelivered", run.bench.deliveries().back().attempt > 1},
                        {"x-death", historyOf(run.bench, 1)},
                        {"priority", int{run.bench.broker().message(run.bench.broker().copy(run.bench.latest(1))->message).priority}}};
}

Value deadLetterOrder(Type type) {
    Experiment run({withDeadLetters(queue(type)), deadLetters()});
    run.bench.attach("q", 0);
    run.publish(5);
    for (const Ordinal message : {3, 1, 2, 5, 4})
        run.bench.settle(message, Settlement::reject);
    return run.numbers("dlq");
}

Value deadLetterMultiple(Type type) {
    Experiment run({withDeadLetters(queue(type)), deadLetters()});
    run.bench.attach("q", 0);
    run.publish(4);
    run.bench.settleThrough(4, Settlement::reject);
    return run.numbers("dlq");
}

Value queueTtl(Type type) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.ttl = 300ms;
    Experiment run({q, deadLetters()});
    run.publish(3);
    run.bench.runTo(200ms);
    run.publish(2);
    run.bench.runTo(250ms);
    const Value early = run.drain("dlq");
    run.bench.runTo(420ms);
    Value::List middle;
    Value deaths;
    while (run.get("dlq") != 0) {
        middle.push_back(text(run.bench.deliveries().back()));
        deaths = historyOf(run.bench, run.bench.deliveries().back().message);
        run.bench.settle(run.bench.deliveries().back().message, Settlement::ack);
    }
    run.bench.runTo(700ms);
    return Value::Table{{"at250", early}, {"at420", middle}, {"x_death", deaths}, {"at700", run.drain("dlq")}};
}

Value headBlocks(Type type) {
    Experiment run({withDeadLetters(queue(type)), deadLetters()});
    run.bench.publish("q", {.ttl = 900ms});
    run.bench.publish("q", {.ttl = 100ms});
    run.bench.publish("q");
    run.bench.runTo(500ms);
    const auto readyAt500 = static_cast<std::int64_t>(run.bench.ready("q"));
    const auto deadAt500 = run.bench.ready("dlq");
    run.bench.runTo(1100ms);
    const auto readyAt1100 = static_cast<std::int64_t>(run.bench.ready("q"));
    Value::List dead;
    while (run.get("dlq") != 0) {
        dead.push_back(std::string(1, static_cast<char>('@' + run.bench.deliveries().back().message)));
        run.bench.settle(run.bench.deliveries().back().message, Settlement::ack);
    }
    return Value::Table{{"ready_at_500", readyAt500},
                        {"dlq_at_500", Value::List(deadAt500, Value("?"))},
                        {"ready_at_1100", readyAt1100},
                        {"dlq_at_1100", dead}};
}

Value ttlZero(Type type) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.ttl = Duration::zero();
    Experiment run({q, deadLetters()});
    run.publish(1);
    const Value before = run.drain("dlq");
    const ConsumerId consumer = run.bench.attach("q");
    run.publish(2); // the second finds no credit
    return Value::Table{
        {"dlq_before_consumer", before}, {"delivered", run.of(consumer, text)}, {"dlq_after", run.drain("dlq")}};
}

Value dropHead(Type type) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.capacity = 3;
    q.overflow = Overflow::dropOldest;
    Experiment run({q, deadLetters()});
    run.publish(6);
    return Value::Table{{"queue", run.numbers("q")}, {"dlq", run.numbers("dlq")}, {"reason", "maxlen"}};
}

Value rejectPublishDlx(Type type) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.capacity = 3;
    q.overflow = Overflow::rejectDeadLetter;
    Experiment run({q, deadLetters()});
    Value::List confirms;
    for (int i = 1; i <= 6; ++i)
        confirms.push_back(std::to_string(i) +
                           (run.bench.publish("q") == Admission::accepted ? ":ack" : ":nack"));
    const Value kept = run.numbers("q");
    run.get("dlq");
    const Value history = historyOf(run.bench, 4);
    Value::List dead{number(run.bench.deliveries().back())};
    run.bench.settle(4, Settlement::ack);
    const Value rest = run.numbers("dlq");
    dead.insert(dead.end(), rest.list()->begin(), rest.list()->end());
    return Value::Table{{"confirms", confirms},
                        {"queue", kept},
                        {"dlq", dead},
                        {"reason", *(*history.list()).front().member("reason")}};
}

Value unackedDoNotCount(Type type) {
    ChannelSpec q = queue(type);
    q.capacity = 3;
    q.overflow = Overflow::dropOldest;
    Experiment run({q});
    run.publish(3);
    run.get();
    run.get();
    run.publish(3);
    const auto ready = static_cast<std::int64_t>(run.bench.ready("q"));
    run.bench.settle(1, Settlement::requeue);
    run.bench.settle(2, Settlement::requeue);
    return Value::Table{{"ready_with_2_unacked", ready}, {"after_requeue", run.drain()}};
}

Value maxBytes(Type type) {
    ChannelSpec q = queue(type);
    q.capacityBytes = Bytes{10};
    q.overflow = Overflow::dropOldest;
    Experiment run({q});
    const std::vector<std::string> bodies{"aaaa", "bbbb", "cccc", "dddddddddddd", "ee"};
    for (const std::string& body : bodies)
        run.bench.publish("q", {.size = static_cast<std::int64_t>(body.size())});
    return run.drain("q", [&](const BrokerBench::Delivery& delivery) { return Value(bodies[delivery.message - 1]); });
}

Value retryCycle(Type type) {
    ChannelSpec work = queue(type, "work");
    work.deadLetter = "retry";
    ChannelSpec retry = queue(type, "retry");
    retry.ttl = 100ms;
    retry.deadLetter = "work";
    Experiment run({work, retry});
    run.bench.attach("work");
    run.publish(1, "work");
    Value::List seen;
    for (int i = 0; i < 4; ++i) {
        run.bench.runTo(Duration{150ms} * i);
        const Value history = historyOf(run.bench, 1);
        const Value* const last = history.list()->empty() ? nullptr : &history.list()->back();
        seen.push_back(Value::Table{{"redelivered", run.bench.deliveries().back().attempt > 1},
                                    {"x_death", history},
                                    {"first", last ? Value(Value::List{*last->member("queue"), *last->member("reason")})
                                                   : Value(Value::List{Value(), Value()})}});
        run.bench.settle(1, i < 3 ? Settlement::reject : Settlement::ack);
    }
    return seen;
}

Value expiryCycle(Type type) {
    ChannelSpec a = queue(type, "a"), b = queue(type, "b");
    a.ttl = b.ttl = 100ms;
    a.deadLetter = "b";
    b.deadLetter = "a";
    Experiment run({a, b});
    run.publish(1, "a");
    run.bench.runTo(1500ms);
    return Value::Table{{"messages_left_after_1500ms", static_cast<std::int64_t>(run.bench.broker().copiesOpen())}};
}

// A second ack is an error, and the channel is closed.
Value unknownTag(Type type) {
    Experiment run({queue(type)});
    run.publish(3);
    run.get();
    run.get();
    const DeliveryTag first = run.bench.latest(1);
    run.bench.settle(first, Settlement::ack);
    if (run.bench.settle(first, Settlement::ack))
        return "accepted";
    run.closeGetters();
    return run.drain();
}

Value ackMultiple(Type type) {
    Experiment run({queue(type)});
    const ConsumerId reader = run.bench.attach("q", 4);
    run.publish(5);
    run.bench.settleThrough(3, Settlement::ack);
    run.bench.retire(reader);
    // 5 was delivered in place of what was acked, and comes back unseen.
    const bool prefetched = run.bench.deliveries().size() == 5;
    run.bench.disconnect(reader);
    Value left = run.drain("q", number);
    return Value::Table{{"left", left}, {"prefetched", prefetched}};
}

Value ackMultipleByGet(Type type) {
    Experiment run({queue(type)});
    run.publish(5);
    const ConsumerId reader = run.bench.attach("q", 4);
    run.bench.retire(reader);
    run.bench.settleThrough(3, Settlement::ack);
    run.bench.disconnect(reader);
    return run.drain();
}

Value idleExpiry(Type type) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.idleExpiry = 300ms;
    Experiment run({q, deadLetters()});
    run.publish(3);
    run.bench.runTo(299ms);
    const bool before = run.bench.ready("q") == 3;
    run.bench.runTo(400ms);
    run.publish(1); // goes nowhere
    return Value::Table{{"queue_exists", before && run.bench.ready("q") > 0},
                        {"dlq", static_cast<std::int64_t>(run.bench.ready("dlq"))}};
}

Value crashUnacked(Type type) {
    Experiment run({queue(type)});
    const ConsumerId consumer = run.bench.attach("q", 4);
    run.publish(6);
    run.bench.settle(2, Settlement::ack);
    run.bench.disconnect(consumer);
    return run.drain("q", [](const BrokerBench::Delivery& delivery) {
        return Value(Value::Table{{"msg", number(delivery)},
                                  {"redelivered", delivery.attempt > 1},
                                  {"x_delivery_count", delivery.attempt - 1}});
    });
}

Value consumerPriority(Type type) {
    Experiment run({queue(type)});
    const ConsumerId a = run.bench.attach("q", BenchConsumer{.prefetch = 2, .priority = 0, .shared = {}});
    const ConsumerId b = run.bench.attach("q", BenchConsumer{.prefetch = 2, .priority = 10, .shared = {}});
    run.publish(6);
    const Value none = Value::Table{{"A", run.of(a)}, {"B", run.of(b)}};
    run.bench.settle(1, Settlement::ack);
    return Value::Table{{"no_acks", none}, {"after_B_acks_one", Value::Table{{"A", run.of(a)}, {"B", run.of(b)}}}};
}

Value deadLetterNowhere(Type type) {
    ChannelSpec nowhere;
    nowhere.name = "nowhere";
    nowhere.kind = ChannelKind::exchange;
    nowhere.exchangeType = ExchangeType::fanout;
    ChannelSpec q = queue(type);
    q.deadLetter = "nowhere";
    Experiment run({q, nowhere});
    run.bench.attach("q");
    run.publish(1);
    run.bench.settle(1, Settlement::reject);
    return Value::Table{{"left", static_cast<std::int64_t>(run.bench.broker().copiesOpen())},
                        {"errors", Value::List{}}};
}

Value purgeLeavesUnacked(Type type) {
    Experiment run({queue(type)});
    run.publish(3);
    run.get();
    const auto purged = static_cast<std::int64_t>(run.bench.purge("q"));
    run.bench.settle(1, Settlement::requeue);
    return Value::Table{{"purged", purged}, {"left", run.drain("q", [](const BrokerBench::Delivery& delivery) {
                                                 return Value(std::to_string(delivery.message));
                                             })}};
}

const std::function<Value(const BrokerBench::Delivery&)> letter = [](const BrokerBench::Delivery& delivery) {
    return Value(std::string(1, static_cast<char>('`' + delivery.message)));
};

Value priorityRequeue(Type type) {
    ChannelSpec q = queue(type);
    q.priorities = 3;
    Experiment run({q});
    for (const std::uint8_t priority : {1, 1, 3, 2})
        run.bench.publish("q", {.priority = priority});
    const Ordinal got = run.get();
    const Value first = letter(run.bench.deliveries().back());
    run.bench.settle(got, Settlement::requeue);
    const Value drained = run.drain("q", letter);
    return Value::Table{{"first", first}, {"second", (*drained.list())[1]}, {"drain", drained}};
}

Value priorityDrop(Type type) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.priorities = 5;
    q.capacity = 3;
    q.overflow = Overflow::dropOldest;
    Experiment run({q, deadLetters()});
    for (const std::uint8_t priority : {5, 1, 3, 2, 4})
        run.bench.publish("q", {.priority = priority});
    return Value::Table{{"queue", run.drain("q", letter)}, {"dropped", run.drain("dlq", letter)}};
}

Value limited(Type type, std::int64_t limit, const std::function<bool(Experiment&, ConsumerId)>& fail) {
    ChannelSpec q = withDeadLetters(queue(type));
    q.retry = deliveryLimit(limit);
    Experiment run({q, deadLetters()});
    const ConsumerId consumer = run.bench.attach("q");
    run.publish(1);
    Value::List deliveries;
    for (std::size_t at = 0; at < run.bench.deliveries().size() && at < 10; ++at) {
        const int attempt = run.bench.deliveries()[at].attempt;
        Value::Table delivery{{"redelivered", attempt > 1}};
        if (attempt > 1)
            delivery.emplace_back("count", attempt - 1);
        deliveries.push_back(delivery);
        fail(run, consumer);
    }
    run.get("dlq");
    Value::List dead;
    const Value deaths = historyOf(run.bench, 1);
    for (const Value& death : *deaths.list())
        dead.push_back(Value::Table{{"reason", *death.member("reason")}, {"count", *death.member("count")}});
    return Value::Table{{"deliveries", deliveries}, {"dlq", dead}};
}

bool requeues(Experiment& run, ConsumerId) {
    return run.bench.settle(1, Settlement::requeue);
}

Value limitByCrash(Type type) {
    const Value all = limited(type, 2, [](Experiment& run, ConsumerId consumer) {
        run.bench.disconnect(consumer);
        run.bench.resume(consumer);
        return true;
    });
    Value::List counts, reasons;
    for (std::size_t i = 0; i < all.member("deliveries")->list()->size(); ++i)
        counts.push_back(static_cast<std::int64_t>(i));
    for (const Value& death : *all.member("dlq")->list())
        reasons.push_back(*death.member("reason"));
    return Value::Table{{"gets_with_message", counts}, {"dlq", reasons}};
}

Value limitWithoutDeadLetters(Type type) {
    ChannelSpec q = queue(type);
    q.retry = deliveryLimit(1);
    Experiment run({q});
    run.bench.attach("q");
    std::size_t at = 0;
    for (int i = 0; i < 2; ++i) { // the next one comes when there is nothing left
        run.publish(1);
        for (; at < run.bench.deliveries().size(); ++at)
            run.bench.settle(run.bench.deliveries()[at].message, Settlement::requeue);
    }
    return Value::Table{{"deliveries", run.all([](const BrokerBench::Delivery& delivery) {
                             return Value(std::to_string(delivery.message));
                         })},
                        {"left", static_cast<std::int64_t>(run.bench.broker().copiesOpen())}};
}

Value recover(Type type) {
    Experiment run({queue(type)});
    run.publish(4);
    const ConsumerId reader = run.bench.attach("q", 3);
    run.bench.retire(reader);
    run.bench.settleThrough(3, Settlement::requeue);
    return run.drain();
}

Value sharedPrefetch(Type type) {
    const auto with = [&](SharedCredit shared, std::uint32_t each) {
        Experiment run({queue(type)});
        const ConsumerId a = run.bench.attach("q", BenchConsumer{.prefetch = each, .shared = shared});
        const ConsumerId b = run.bench.attach("q", BenchConsumer{.prefetch = each, .shared = shared});
        run.publish(6);
        return Value(Value::Table{{"A", run.of(a)}, {"B", run.of(b)}});
    };
    return Value::Table{{"channel_wide", with({.group = 0, .prefetch = 2}, 0)}, {"per_consumer", with({}, 2)}};
}

Value nackTwoConsumers(Type type) {
    Experiment run({queue(type)});
    const ConsumerId a = run.bench.attach("q");
    const ConsumerId b = run.bench.attach("q");
    run.publish(4);
    run.bench.settle(1, Settlement::requeue);
    run.bench.runTo(40ms);
    const auto latestOf = [&](ConsumerId consumer) {
        Ordinal latest = 0;
        for (const BrokerBench::Delivery& delivery : run.bench.deliveries())
            latest = delivery.consumer == consumer ? delivery.message : latest;
        return latest;
    };
    run.bench.settle(latestOf(a), Settlement::ack);
    run.bench.settle(latestOf(b), Settlement::ack);
    return run.all([&](const BrokerBench::Delivery& delivery) {
        return Value((delivery.consumer == a ? "A" : "B") + *text(delivery).text());
    });
}

Value selfDeadLetter(Type type) {
    ChannelSpec q = queue(type);
    q.deadLetter = "q";
    Experiment run({q});
    run.bench.attach("q");
    run.publish(2);
    Value::List seen;
    for (std::size_t at = 0; at < 8 && at < run.bench.deliveries().size(); ++at) {
        const Ordinal message = run.bench.deliveries()[at].message;
        const Value history = historyOf(run.bench, message);
        std::string line = std::to_string(message) + ' ';
        if (!history.list()->empty())
            line += *history.list()->front().member("reason")->text() + 'x' +
                    history.list()->front().member("count")->canonical();
        seen.push_back(line);
        run.bench.settle(message, message == 1 ? Settlement::reject : Settlement::ack);
    }
    return seen;
}

Repetition limit(std::int64_t of) {
    return [of](Type type) { return limited(type, of, requeues); };
}

const std::map<std::string, Repetition> replays{{"rr-noprefetch", roundRobin},
                                            {"backlog-first-consumer", backlog},
                                            {"nack-requeue-prefetch1", nackRequeueOne},
                                            {"nack-multiple-requeue", nackMultiple},
                                            {"requeue-out-of-order", requeueOutOfOrder},
                                            {"nack-requeue-prefetch3", nackWhilePrefetched},
                                            {"dlx-reject", deadLetterReject},
                                            {"dlx-order", deadLetterOrder},
                                            {"dlx-nack-multiple-order", deadLetterMultiple},
                                            {"ttl-queue", queueTtl},
                                            {"ttl-permessage-headblock", headBlocks},
                                            {"ttl-zero", ttlZero},
                                            {"maxlen-drophead", dropHead},
                                            {"maxlen-reject-publish-dlx", rejectPublishDlx},
                                            {"maxlen-unacked", unackedDoNotCount},
                                            {"maxlen-bytes", maxBytes},
                                            {"dlx-cycle-retry", retryCycle},
                                            {"dlx-cycle-auto", expiryCycle},
                                            {"ack-unknown-tag", unknownTag},
                                            {"ack-multiple", ackMultipleByGet},
                                            {"expires-queue", idleExpiry},
                                            {"crash-unacked", crashUnacked},
                                            {"consumer-priority", consumerPriority},
                                            {"dlx-missing", deadLetterNowhere},
                                            {"purge-unacked", purgeLeavesUnacked},
                                            {"priority-requeue", priorityRequeue},
                                            {"priority-maxlen", priorityDrop},
                                            {"delivery-limit-2", limit(2)},
                                            {"delivery-limit-3", limit(3)},
                                            {"delivery-limit-crash", limitByCrash},
                                            {"quorum-drop-no-dlx", limitWithoutDeadLetters},
                                            {"recover", recover},
                                            {"global-prefetch", sharedPrefetch},
                                            {"nack-two-consumers", nackTwoConsumers},
                                            {"self-dlx", selfDeadLetter}};

// The part of what was observed that the broker models: headers are the history of deaths.
Value expectationOf(const std::string& id, const Value& observed) {
    const auto entries = [](const Value& deaths) {
        Value::List list;
        for (const Value& death : *deaths.list())
            list.push_back(entryOf(death));
        return Value(list);
    };
    if (id == "dlx-reject")
        return Value::Table{{"routing_key", *observed.member("routing_key")},
                            {"redelivered", *observed.member("redelivered")},
                            {"x-death", entries(*observed.member("headers")->member("x-death"))},
                            {"priority", *observed.member("priority")}};
    if (id == "ttl-queue")
        return Value::Table{{"at250", *observed.member("at250")},
                            {"at420", *observed.member("at420")},
                            {"x_death", entries(*observed.member("x_death")->member("x-death"))},
                            {"at700", *observed.member("at700")}};
    if (id == "ttl-permessage-headblock")
        return Value::Table{{"ready_at_500", *observed.member("ready_at_500")},
                            {"dlq_at_500", *observed.member("dlq_at_500")},
                            {"ready_at_1100", *observed.member("ready_at_1100")},
                            {"dlq_at_1100", *observed.member("dlq_at_1100")}};
    if (id == "ack-unknown-tag")
        return *observed.member("left");
    return observed;
}

} // namespace

class TestRabbitmqRules : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aQueueDoesWhatTheRealOneDid_data();
    void aQueueDoesWhatTheRealOneDid();
    void theOtherTypeDiffersOnlyWhereItsFieldsDo_data();
    void theOtherTypeDiffersOnlyWhereItsFieldsDo();
    void whatWasPrefetchedComesBackUnseen();
    void aSingleActiveConsumerIsFollowedByTheNext();
    void aDeadLetterKeyTakesThePlaceOfTheMessages();
};

void TestRabbitmqRules::aQueueDoesWhatTheRealOneDid_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("quorum");
    QTest::addColumn<QString>("observed");
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/tests/data/semantics/rabbitmq.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Value rows = Value::parse(file.readAll().toStdString()).value();
    QVERIFY(rows.member("cases")->list()->size() >= 45);
    for (const Value& row : *rows.member("cases")->list()) {
        const QString full = QString::fromStdString(*row.member("id")->text());
        // Some are told of quorum queues without saying so in their names: those that need a delivery limit.
        const bool quorum = full.endsWith(QStringLiteral("-quorum")) || full.startsWith(QStringLiteral("delivery-limit")) ||
                            full == QStringLiteral("quorum-drop-no-dlx");
        QString id = full;
        id.remove(QStringLiteral("-classic"));
        if (full != QStringLiteral("quorum-drop-no-dlx"))
            id.remove(QStringLiteral("-quorum"));
        QTest::newRow(qPrintable(full)) << id << quorum << QString::fromStdString(row.member("observed")->canonical());
    }
}

void TestRabbitmqRules::aQueueDoesWhatTheRealOneDid() {
    QFETCH(const QString, id);
    QFETCH(const bool, quorum);
    QFETCH(const QString, observed);
    const auto replay = replays.find(id.toStdString());
    QVERIFY2(replay != replays.end(), "nobody does this experiment again");
    const Value expected = expectationOf(id.toStdString(), Value::parse(observed.toStdString()).value());
    const Value got = replay->second(quorum ? Type::quorum : Type::classic);
    QCOMPARE(QString::fromStdString(got.canonical()), QString::fromStdString(expected.canonical()));
    QVERIFY(got == expected);
}

// Requeueing apart, the two types do the same.
void TestRabbitmqRules::theOtherTypeDiffersOnlyWhereItsFieldsDo_data() {
    QTest::addColumn<QString>("id");
    for (const auto& [id, replay] : replays)
        QTest::newRow(id.c_str()) << QString::fromStdString(id);
}

void TestRabbitmqRules::theOtherTypeDiffersOnlyWhereItsFieldsDo() {
    QFETCH(const QString, id);
    const Repetition& replay = replays.at(id.toStdString());
    const QString classic = QString::fromStdString(replay(Type::classic).canonical());
    const QString quorum = QString::fromStdString(replay(Type::quorum).canonical());
    const std::map<QString, QString> others{
        {QStringLiteral("nack-requeue-prefetch1"),
         QStringLiteral(R"([{"msg":1,"redelivered":false,"delivery_tag":1},{"msg":2,"redelivered":false,"delivery_tag":2},)"
                        R"({"msg":3,"redelivered":false,"delivery_tag":3},{"msg":4,"redelivered":false,"delivery_tag":4},)"
                        R"({"msg":5,"redelivered":false,"delivery_tag":5},{"msg":2,"redelivered":true,"delivery_tag":6},)"
                        R"({"msg":2,"redelivered":true,"delivery_tag":7}])")},
        {QStringLiteral("nack-multiple-requeue"), QStringLiteral(R"(["1","2","3","4","5","1R","2R","3R"])")},
        {QStringLiteral("requeue-out-of-order"),
         QStringLiteral(R"({"first_drain":["4","5","3R","1R"],"then":["2R"]})")},
        {QStringLiteral("nack-requeue-prefetch3"),
         QStringLiteral(R"({"after_nack":["1","2","3","4"],"all":["1","2","3","4","5","6","1R"]})")},
        {QStringLiteral("maxlen-unacked"), QStringLiteral(R"({"ready_with_2_unacked":3,"after_requeue":["6","1R","2R"]})")},
        {QStringLiteral("recover"), QStringLiteral(R"(["4","1R","2R","3R"])")},
        {QStringLiteral("nack-two-consumers"), QStringLiteral(R"(["A1","B2","A3","A4","B1R"])")}};
    const auto other = others.find(id);
    QCOMPARE(quorum, other == others.end() ? classic : other->second);
}

void TestRabbitmqRules::whatWasPrefetchedComesBackUnseen() {
    const Value left = ackMultiple(Type::classic);
    QVERIFY(*left.member("prefetched")->truth());
    QCOMPARE(QString::fromStdString(left.member("left")->canonical()), QStringLiteral("[4,5]"));
}

// RabbitMQ 3.10: what the old one has unacked stays with it until its channel is closed, and then goes to the next.
void TestRabbitmqRules::aSingleActiveConsumerIsFollowedByTheNext() {
    ChannelSpec q = queue(Type::classic);
    q.dispatch = DispatchMode::singleActive;
    Experiment run({q});
    const ConsumerId a = run.bench.attach("q", 2), b = run.bench.attach("q", 2), c = run.bench.attach("q", 2);
    run.publish(6);
    QCOMPARE(QString::fromStdString(run.of(a, text).canonical()), QStringLiteral(R"(["1","2"])"));
    QCOMPARE(QString::fromStdString(run.of(b, text).canonical()), QStringLiteral("[]"));
    run.bench.disconnect(a);
    for (std::size_t at = 2; at < run.bench.deliveries().size(); ++at)
        run.bench.settle(run.bench.deliveries()[at].message, Settlement::ack);
    QCOMPARE(QString::fromStdString(run.of(b, text).canonical()), QStringLiteral(R"(["1R","2R","3","4","5","6"])"));
    run.bench.resume(a); // now it is the last of them
    run.publish(1);
    run.bench.disconnect(b);
    QCOMPARE(QString::fromStdString(run.of(c, text).canonical()), QStringLiteral(R"(["7R"])"));
}

// x-dead-letter-routing-key: it holds from that death on, also for later ones.
void TestRabbitmqRules::aDeadLetterKeyTakesThePlaceOfTheMessages() {
    ChannelSpec q = queue(Type::classic);
    q.deadLetter = "dlx";
    q.deadLetterKey = "parked";
    ChannelSpec dlx;
    dlx.name = "dlx";
    dlx.kind = ChannelKind::exchange;
    dlx.exchangeType = ExchangeType::direct;
    ChannelSpec dead = deadLetters();
    dead.bindings = {{.to = "dlx", .pattern = "parked"}};
    dead.deadLetter = "last";
    Experiment run({q, dlx, dead, queue(Type::classic, "last")});
    run.bench.attach("q");
    run.bench.attach("dlq");
    run.bench.attach("last");
    run.bench.publish("q", {.routingKey = "order.created"});
    QCOMPARE(run.bench.routingKey(1), std::string("order.created"));
    run.bench.settle(1, Settlement::reject);
    QCOMPARE(run.bench.routingKey(1), std::string("parked"));
    run.bench.settle(1, Settlement::reject);
    QCOMPARE(run.bench.routingKey(1), std::string("parked"));
    QCOMPARE(run.bench.deaths(1), QStringLiteral("dlq rejected x1 < q rejected x1"));
}

QTEST_APPLESS_MAIN(TestRabbitmqRules)
#include "tst_rabbitmq_rules.moc"

// Routing, rule by rule: the types of exchanges, what a binding may ask, and what happens where nothing takes a
// message.
#include "core/broker/ring_hash.h"
#include "support/broker_bench.h"

#include <QTest>

#include <map>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec queue(const std::string& name, std::vector<BindingSpec> bindings = {}) {
    ChannelSpec channel;
    channel.name = name;
    channel.bindings = std::move(bindings);
    return channel;
}

ChannelSpec exchange(const std::string& name, ExchangeType type, std::vector<BindingSpec> bindings = {}) {
    ChannelSpec channel = queue(name, std::move(bindings));
    channel.kind = ChannelKind::exchange;
    channel.exchangeType = type;
    return channel;
}

ChannelSpec inDialect(const std::string& name, DialectKind dialect) {
    ChannelSpec channel = exchange(name, ExchangeType::topic);
    channel.dialect = dialect;
    return channel;
}

Value json(const char* text) {
    return Value::parse(text).value();
}

BindingSpec withHeaders(const std::string& to, const char* arguments) {
    return {.to = to, .headers = json(arguments)};
}

BindingSpec where(const std::string& to, const std::string& expression) {
    return {.to = to, .where = expression};
}

BindingSpec weighing(const std::string& to, double weight) {
    return {.to = to, .weight = weight};
}

// Who got a copy of each message: "1a 1b 2a".
QString taken(const BrokerBench& bench) {
    QString text;
    for (const QString& line : bench.log({enqueued}).split("; ", Qt::SkipEmptyParts)) {
        const QStringList words = line.split(' ');
        text += (text.isEmpty() ? "" : " ") + words[2] + words[3];
    }
    return text;
}

} // namespace

class TestRouting : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // one copy for each queue
    void aQueueWithSeveralBindingsAndWaysGetsOneCopy();
    void exchangesBoundInACircleGiveOneCopy();
    void theSameBindingTwiceIsOneBinding();
    void overlappingSubscriptionsGetACopyEach();
    void overlappingSubscriptionsOfOneClientGetOneCopy();
    // what nothing takes
    void theAlternateTakesWhatNoBindingDoes();
    void anAlternateStandsInForAnInnerExchangeToo();
    void aMandatoryMessageThatNoQueueTakesIsReturned();
    void aMandatoryMessageThatTheAlternateTakesIsNotReturned();
    // by content
    void aHeadersExchangeComparesArgumentsWithHeaders();
    void furtherKeysComeFromTheHeadersCcAndBcc();
    void aBindingMayAskTheEvent();
    void aBindingMayAskTheWholeEventByAPattern();
    void aDeadLetterIsRoutedByItsHeadersToo();
    // one of several
    void turnsAreTakenInOrder();
    void aBlockedPublishTakesNoTurn();
    void keysStayWhereTheyWereSent();
    void theQueueWithTheFewestUnsettledCopiesIsChosen();
    void randomAndWeightedChoicesFollowTheOrdinal();
    void aConditionHoldsBeforeTheChoice();
    void oneHashedKeyGoesToOneQueue();
    void anAddedQueueTakesOnlyItsShareOfTheKeys();
    void hashesAreWhatTheirNamesSay();
    // consumers of mqtt
    void membersOfASharedSubscriptionTakeTurns();
    void membersWithOtherFiltersAreNotOfTheGroup();
    void aConsumerIsSparedWhatItPublishedItself();
    void aConsumerThatComesBackGetsWhatWasRetained();
    void whatIsRetainedIsAsOldAsItsPublish();
    void sharedAndUnwillingSubscriptionsGetNothingRetained();
    void whoReadsALogGetsNothingRetained();
    // dialects
    void aTopicExchangeMatchesInItsDialect();
    void eventEmittersListenersAreServedMostSpecificFirst();
    void aListenerIsCalledOnceForEachOfItsNames();
};

// RabbitMQ 3.10 (observed, multi-binding-one-copy).
void TestRouting::aQueueWithSeveralBindingsAndWaysGetsOneCopy() {
    BrokerBench bench({exchange("x", ExchangeType::topic), exchange("y", ExchangeType::topic, {{"x", "#"}}),
                       queue("q", {{"x", "a.*"}, {"x", "#"}, {"x", "a.b"}, {"y", "#"}})});
    bench.publish("x", {.routingKey = "a.b"});
    QCOMPARE(taken(bench), "1q");
}

// RabbitMQ 3.10 (observed, exchange-cycle).
void TestRouting::exchangesBoundInACircleGiveOneCopy() {
    BrokerBench bench({exchange("x", ExchangeType::fanout, {{"y"}}),
                       exchange("y", ExchangeType::fanout, {{"x"}, {"y"}}), queue("q", {{"x"}, {"y"}})});
    bench.publish("x");
    bench.publish("y");
    QCOMPARE(taken(bench), "1q 2q");
}

// RabbitMQ 3.10 (observed, unbind-duplicates); it shows where turns are taken.
void TestRouting::theSameBindingTwiceIsOneBinding() {
    BrokerBench bench({exchange("in", ExchangeType::roundRobin), queue("a", {{"in"}, {"in"}}), queue("b", {{"in"}})});
    for (int i = 0; i < 4; ++i)
        bench.publish("in");
    QCOMPARE(taken(bench), "1a 2b 3a 4b");
}

void TestRouting::overlappingSubscriptionsGetACopyEach() {
    ChannelSpec in = inDialect("in", DialectKind::nats);
    in.overlap = Overlap::subscription;
    BrokerBench bench({in, queue("q", {{"in", "a.*"}, {"in", ">"}, {"in", "b"}})});
    bench.publish("in", {.routingKey = "a.x"});
    bench.publish("in", {.routingKey = "c"});
    QCOMPARE(taken(bench), "1q 1q 2q");
    QCOMPARE(bench.ledger().copies.born, 3);
    QVERIFY(bench.ledger().closed());
}

void TestRouting::overlappingSubscriptionsOfOneClientGetOneCopy() {
    ChannelSpec in = inDialect("in", DialectKind::mqtt);
    in.overlap = Overlap::client;
    ServiceSpec display{.name = "display"};
    display.handlers = {{.on = "one"}, {.on = "two"}};
    ServiceSpec store{.name = "store"};
    store.handlers = {{.on = "three"}};
    BrokerBench bench({in, queue("one", {{"in", "a/#"}}), queue("two", {{"in", "a/+"}}), queue("three", {{"in", "#"}})},
                      {display, store});
    bench.publish("in", {.routingKey = "a/b"});
    bench.publish("in", {.routingKey = "a/b/c"});
    QCOMPARE(taken(bench), "1one 1three 2one 2three");
}

void TestRouting::theAlternateTakesWhatNoBindingDoes() {
    ChannelSpec in = exchange("in", ExchangeType::direct);
    in.alternate = "rest";
    ChannelSpec rest = exchange("rest", ExchangeType::fanout);
    rest.alternate = "in"; // a circle: it has nobody else either
    BrokerBench bench({in, rest, queue("a", {{"in", "a"}}), queue("others", {{"rest"}})});
    bench.publish("in", {.routingKey = "a"});
    bench.publish("in", {.routingKey = "b"});
    QCOMPARE(taken(bench), "1a 2others");
}

// RabbitMQ 3.10: the alternate of each exchange on the way counts, and a binding to an exchange is a taker.
void TestRouting::anAlternateStandsInForAnInnerExchangeToo() {
    ChannelSpec in = exchange("in", ExchangeType::fanout);
    in.alternate = "never";
    ChannelSpec inner = exchange("inner", ExchangeType::direct, {{"in"}});
    inner.alternate = "rest";
    BrokerBench bench({in, inner, exchange("rest", ExchangeType::fanout), exchange("never", ExchangeType::fanout),
                       queue("others", {{"rest"}}), queue("nobody", {{"never"}})});
    bench.publish("in", {.routingKey = "b"});
    QCOMPARE(taken(bench), "1others");
}

void TestRouting::aMandatoryMessageThatNoQueueTakesIsReturned() {
    BrokerBench bench({exchange("in", ExchangeType::direct), queue("a", {{"in", "a"}})});
    QCOMPARE(bench.publish("in", {.routingKey = "a", .mandatory = true}), Admission::accepted);
    QCOMPARE(bench.publish("in", {.routingKey = "b", .mandatory = true}), Admission::accepted);
    QCOMPARE(bench.publish("in", {.routingKey = "b"}), Admission::accepted);
    QCOMPARE(bench.log({enqueued, unroutable}), "0 enqueued 1 a; 0 unroutable 2 in returned; 0 unroutable 3 in");
    QCOMPARE(bench.ledger().messages.unroutable, 2);
}

void TestRouting::aMandatoryMessageThatTheAlternateTakesIsNotReturned() {
    ChannelSpec in = exchange("in", ExchangeType::direct);
    in.alternate = "rest";
    BrokerBench bench({in, exchange("rest", ExchangeType::fanout), queue("others", {{"rest"}})});
    bench.publish("in", {.routingKey = "b", .mandatory = true});
    QCOMPARE(bench.log({enqueued, unroutable}), "0 enqueued 1 others");
}

void TestRouting::aHeadersExchangeComparesArgumentsWithHeaders() {
    BrokerBench bench({exchange("in", ExchangeType::headers),
                       queue("all", {withHeaders("in", R"({"format":"pdf","pages":{"type":"short","value":2}})")}),
                       queue("any", {withHeaders("in", R"({"x-match":"any","format":"pdf","pages":9})")}),
                       queue("everything", {{.to = "in"}})});
    bench.publish("in", {.headers = json(R"({"format":"pdf","pages":2})")});
    bench.publish("in", {.headers = json(R"({"format":"txt","pages":9})")});
    bench.publish("in", {.routingKey = "pdf"});
    QCOMPARE(taken(bench), "1all 1any 1everything 2any 2everything 3everything");
}

// RabbitMQ 3.10 (observed, cc-bcc): sender-selected distribution.
void TestRouting::furtherKeysComeFromTheHeadersCcAndBcc() {
    ChannelSpec in = exchange("in", ExchangeType::direct);
    in.senderSelected = true;
    std::vector<ChannelSpec> channels{in};
    for (const char* key : {"k1", "k2", "k3", "k4"})
        channels.push_back(queue(key, {{"in", key}}));
    BrokerBench bench(channels);
    bench.publish("in", {.routingKey = "k1", .headers = json(R"({"CC":["k2","k1"],"BCC":["k3"]})")});
    bench.publish("in", {.routingKey = "k4", .headers = json(R"({"CC":"k2"})")}); // no list: not a set of keys
    QCOMPARE(taken(bench), "1k1 1k2 1k3 2k4");
}

void TestRouting::aBindingMayAskTheEvent() {
    BrokerBench bench({exchange("in", ExchangeType::topic), queue("dear", {where("in", "data.amount > 100")}),
                       queue("eu", {where("in", "region = 'eu'")}),
                       queue("both", {{.to = "in", .pattern = "order.*", .where = "data.amount > 100"}})});
    bench.publish("in",
                  {.routingKey = "order.paid", .headers = json(R"({"region":"eu"})"), .data = json(R"({"amount":5})")});
    bench.publish("in", {.routingKey = "order.paid", .data = json(R"({"amount":100.5})")});
    bench.publish("in", {.routingKey = "mail", .data = json(R"({"amount":101})")});
    QCOMPARE(taken(bench), "1eu 2both 2dear 3dear");
}

void TestRouting::aBindingMayAskTheWholeEventByAPattern() {
    BrokerBench bench(
        {exchange("bus", ExchangeType::fanout),
         queue("small",
               {{.to = "bus", .event = json(R"({"detail-type":["job"],"detail":{"n":[{"numeric":["<",5]}]}})")}}),
         queue("other", {{.to = "bus", .event = json(R"({"source":[{"anything-but":"worker"}]})")}})});
    bench.publish("bus", {.data = json(R"({"n":4})")});
    bench.publish("bus", {.data = json(R"({"n":5})")});
    QCOMPARE(bench.log({enqueued, unroutable}), "0 enqueued 1 small; 0 unroutable 2 bus");
}

void TestRouting::aDeadLetterIsRoutedByItsHeadersToo() {
    ChannelSpec work = queue("work");
    work.deadLetter = "dead";
    BrokerBench bench({work, exchange("dead", ExchangeType::headers), queue("a", {withHeaders("dead", R"({"k":1})")}),
                       queue("b", {withHeaders("dead", R"({"k":2})")})});
    bench.attach("work");
    bench.publish("work", {.headers = json(R"({"k":2})")});
    bench.settle(1, Settlement::reject);
    QCOMPARE(taken(bench), "1work 1b");
}

void TestRouting::turnsAreTakenInOrder() {
    BrokerBench bench({exchange("in", ExchangeType::roundRobin), queue("a", {{"in"}}), queue("b", {{"in"}}),
                       queue("c", {where("in", "data.n > 3")})});
    for (int n = 1; n <= 6; ++n)
        bench.publish("in", {.data = Value(Value::Table{{"n", Value(n)}})});
    QCOMPARE(taken(bench), "1a 2b 3a 4b 5c 6a");
}

void TestRouting::aBlockedPublishTakesNoTurn() {
    ChannelSpec full = queue("a", {{"in"}});
    full.capacity = 1;
    full.overflow = Overflow::block;
    BrokerBench bench({exchange("in", ExchangeType::roundRobin), full, queue("b", {{"in"}})});
    bench.publish("in");
    bench.publish("in");
    QCOMPARE(bench.publish("in", {.timeout = 5ms}), Admission::blocked); // it is a's turn
    bench.runTo(5ms);
    QCOMPARE(bench.publish("in", {.timeout = 5ms}), Admission::blocked); // and still is
    QCOMPARE(taken(bench), "1a 2b");
}

void TestRouting::keysStayWhereTheyWereSent() {
    BrokerBench bench({exchange("in", ExchangeType::sticky), queue("a", {{"in"}}), queue("b", {{"in"}})});
    for (const char* key : {"x", "y", "x", "z", "y", "z", "x"})
        bench.publish("in", {.routingKey = key});
    QCOMPARE(taken(bench), "1a 2b 3a 4a 5b 6a 7a");
}

void TestRouting::theQueueWithTheFewestUnsettledCopiesIsChosen() {
    BrokerBench bench({exchange("in", ExchangeType::leastInFlight), queue("a", {{"in"}}), queue("b", {{"in"}})});
    bench.attach("a", 10);
    bench.attach("b", 10);
    for (int i = 0; i < 3; ++i)
        bench.publish("in"); // a, b, a
    bench.settle(1, Settlement::ack);
    bench.settle(3, Settlement::ack);
    bench.publish("in"); // a is free again
    bench.publish("in"); // one each: the first
    bench.publish("in");
    QCOMPARE(taken(bench), "1a 2b 3a 4a 5a 6b");
}

void TestRouting::randomAndWeightedChoicesFollowTheOrdinal() {
    const auto countsOf = [](ExchangeType type, double weight) {
        BrokerBench bench({exchange("in", type), queue("a", {weighing("in", weight)}), queue("b", {weighing("in", 1)}),
                           queue("c", {weighing("in", 0)})});
        for (int i = 0; i < 4000; ++i)
            bench.publish("in");
        return std::vector{bench.ready("a"), bench.ready("b"), bench.ready("c")};
    };
    // Binomial: four standard deviations either side.
    const auto weighted = countsOf(ExchangeType::weighted, 3);
    QCOMPARE(weighted[2], std::size_t{0});
    QVERIFY2(weighted[0] > 2890 && weighted[0] < 3110, qPrintable(QString::number(weighted[0])));
    QCOMPARE(weighted[0] + weighted[1], std::size_t{4000});
    QCOMPARE(weighted, countsOf(ExchangeType::weighted, 3));
    for (const std::size_t count : countsOf(ExchangeType::random, 3)) // weights mean nothing here
        QVERIFY2(count > 1213 && count < 1454, qPrintable(QString::number(count)));
}

void TestRouting::aConditionHoldsBeforeTheChoice() {
    BrokerBench bench({exchange("in", ExchangeType::weighted),
                       queue("a", {{.to = "in", .where = "data.n = 1", .weight = 0}}),
                       queue("b", {where("in", "data.n = 2")})});
    bench.publish("in", {.data = json(R"({"n":2})")});
    bench.publish("in", {.data = json(R"({"n":3})")});
    bench.publish("in", {.data = json(R"({"n":1})")}); // of no weight
    QCOMPARE(bench.log({enqueued, unroutable}), "0 enqueued 1 b; 0 unroutable 2 in; 0 unroutable 3 in");
}

void TestRouting::oneHashedKeyGoesToOneQueue() {
    for (const char* part : {"", "partitionkey", "data.order", "headers.tenant"}) {
        ChannelSpec in = exchange("in", ExchangeType::consistentHash);
        in.hashOn = part;
        BrokerBench bench({in, queue("a", {{"in"}}), queue("b", {{"in"}}), queue("c", {{"in"}})});
        const auto send = [&](int key, bool byPart) {
            const std::string text = std::to_string(key);
            const bool same = std::string_view(part).empty();
            bench.publish("in", {.routingKey = byPart == same ? text : "k",
                                 .key = text,
                                 .headers = Value(Value::Table{{"tenant", Value(text)}}),
                                 .data = Value(Value::Table{{"order", Value(text)}})});
        };
        std::map<QString, std::vector<QString>> queuesOf; // by key
        for (int key = 0; key < 20; ++key)
            for (int time = 0; time < 3; ++time)
                send(key, true);
        std::size_t at = 0;
        for (const QString& line : bench.log({enqueued}).split("; "))
            queuesOf[QString::number(at++ / 3)].push_back(line.split(' ')[3]);
        std::map<QString, int> keysIn;
        for (const auto& [key, queues] : queuesOf) {
            QCOMPARE(queues, std::vector<QString>(3, queues.front()));
            ++keysIn[queues.front()];
        }
        QCOMPARE(keysIn.size(), std::size_t{3});
    }
}

void TestRouting::anAddedQueueTakesOnlyItsShareOfTheKeys() {
    const auto ownersOf = [](std::vector<double> weights) {
        HashRing ring;
        for (std::uint32_t i = 0; i < weights.size(); ++i)
            ring.add(HashName::murmur3, "queue-" + std::to_string(i), weights[i], i);
        ring.close();
        std::vector<std::uint32_t> owners;
        for (int key = 0; key < 10'000; ++key)
            owners.push_back(
                ring.owner(hashOf(HashName::murmur3, "key-" + std::to_string(key)), [](auto) { return true; }));
        return owners;
    };
    const auto before = ownersOf({1, 1, 1});
    const auto after = ownersOf({1, 1, 1, 1});
    int moved = 0;
    for (std::size_t key = 0; key < before.size(); ++key) {
        QVERIFY(after[key] == before[key] || after[key] == 3);
        moved += after[key] == 3 ? 1 : 0;
    }
    QVERIFY2(moved > 2000 && moved < 3000, qPrintable(QString::number(moved)));
    const auto heavy = ownersOf({3, 1});
    const auto first = std::count(heavy.begin(), heavy.end(), 0U);
    QVERIFY2(first > 7000 && first < 8000, qPrintable(QString::number(first)));
}

void TestRouting::hashesAreWhatTheirNamesSay() {
    QCOMPARE(hashOf(HashName::murmur3, ""), 0x0000'0000U);
    QCOMPARE(hashOf(HashName::murmur3, "hello"), 0x248B'FA47U);
    QCOMPARE(hashOf(HashName::murmur3, "hello, world"), 0x149B'BB7FU);
    QCOMPARE(hashOf(HashName::murmur3, "The quick brown fox jumps over the lazy dog"), 0x2E4F'F723U);
    QCOMPARE(hashOf(HashName::fnv1a, ""), 0x811C'9DC5U);
    QCOMPARE(hashOf(HashName::fnv1a, "foobar"), 0xBF9C'F968U);
    QCOMPARE(hashOf(HashName::crc32, "123456789"), 0xCBF4'3926U);
}

// mosquitto 2.0 (observed, shared-sub).
void TestRouting::membersOfASharedSubscriptionTakeTurns() {
    const std::string filter = "$share/g/t/#";
    BrokerBench bench({inDialect("in", DialectKind::mqtt), queue("A", {{"in", filter}}), queue("B", {{"in", filter}}),
                       queue("C", {{"in", filter}}), queue("normal", {{"in", "t/#"}})});
    for (int i = 0; i < 9; ++i)
        bench.publish("in", {.routingKey = "t/x"});
    QCOMPARE(taken(bench), "1A 1normal 2B 2normal 3C 3normal 4A 4normal 5B 5normal 6C 6normal 7A 7normal 8B 8normal 9C "
                           "9normal");
}

void TestRouting::membersWithOtherFiltersAreNotOfTheGroup() {
    BrokerBench bench({inDialect("in", DialectKind::mqtt), queue("a", {{"in", "$share/g/t"}}),
                       queue("b", {{"in", "$share/g/+"}}), queue("c", {{"in", "$share/h/t"}}),
                       queue("d", {{"in", "$share/g/+"}}), queue("e", {{"in", "$share/g/t"}})});
    bench.publish("in", {.routingKey = "t"});
    bench.publish("in", {.routingKey = "t"});
    QCOMPARE(taken(bench), "1a 1b 1c 2c 2d 2e");
}

void TestRouting::aConsumerIsSparedWhatItPublishedItself() {
    ServiceSpec chat{.name = "chat"};
    chat.handlers = {{.on = "own"}};
    BrokerBench bench({inDialect("in", DialectKind::mqtt), queue("own", {{.to = "in", .noLocal = true}}),
                       queue("other", {{.to = "in", .noLocal = true}})},
                      {chat, {.name = "worker"}});
    bench.publish("in", {.routingKey = "t", .source = 0}); // chat
    bench.publish("in", {.routingKey = "t", .source = 1});
    QCOMPARE(taken(bench), "1other 2other 2own");
}

// MQTT 5.0, 3.3.1.3: a later one replaces it, an empty one clears it.
void TestRouting::aConsumerThatComesBackGetsWhatWasRetained() {
    BrokerBench bench({inDialect("in", DialectKind::mqtt), queue("q", {{"in", "t/+"}})});
    const ConsumerId consumer = bench.attach("q", 10);
    bench.publish("in", {.routingKey = "t/a", .retain = true});
    bench.publish("in", {.routingKey = "t/b", .retain = true});
    bench.publish("in", {.routingKey = "t/b", .retain = true});
    bench.publish("in", {.routingKey = "t/c", .retain = true});
    bench.publish("in", {.routingKey = "t/c", .retain = true, .size = 0});
    bench.publish("in", {.routingKey = "t/d"});
    bench.publish("in", {.routingKey = "u", .retain = true}); // nobody takes it now
    for (Ordinal message = 1; message <= 6; ++message)
        bench.settle(message, Settlement::ack);
    bench.disconnect(consumer);
    bench.resume(consumer);
    QVERIFY(bench.log({enqueued}).endsWith("; 0 enqueued 1 q retained; 0 enqueued 3 q retained"));
    bench.settle(1, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.ledger().copies.acked, 8);
    QVERIFY(bench.ledger().closed());
}

// MQTT 5.0, 3.3.2.3.3; of 4 s mosquitto 2.0.11 sends 2 s on after 2 s, and nothing after 4.
void TestRouting::whatIsRetainedIsAsOldAsItsPublish() {
    BrokerBench bench({inDialect("in", DialectKind::mqtt), queue("q", {{"in", "t/+"}})});
    bench.publish("in", {.routingKey = "t/a", .ttl = 1s, .retain = true});
    bench.publish("in", {.routingKey = "t/b", .ttl = 4s, .retain = true});
    bench.publish("in", {.routingKey = "t/c", .retain = true});
    bench.purge("q");
    bench.runTo(2s);
    bench.attach("q", 1); // has its hands full with the first one
    bench.runTo(10s);
    QCOMPARE(bench.log({enqueued, delivered, expired}).section(QStringLiteral("; "), 3),
             QStringLiteral("2000 enqueued 2 q retained; 2000 enqueued 3 q retained; 2000 delivered 2#1 q@0"));
    bench.settle(2, Settlement::ack);
    QVERIFY(bench.log({delivered}).endsWith("10000 delivered 3#1 q@0"));
    bench.settle(3, Settlement::ack);
    QVERIFY(bench.ledger().closed());
}

void TestRouting::sharedAndUnwillingSubscriptionsGetNothingRetained() {
    BrokerBench bench({inDialect("in", DialectKind::mqtt), queue("shared", {{"in", "$share/g/#"}}),
                       queue("unwilling", {{.to = "in", .retained = false}})});
    const ConsumerId first = bench.attach("shared", 10);
    const ConsumerId second = bench.attach("unwilling", 10);
    bench.publish("in", {.routingKey = "t", .retain = true});
    for (const ConsumerId consumer : {first, second}) {
        bench.disconnect(consumer);
        bench.resume(consumer);
    }
    QCOMPARE(taken(bench), "1shared 1unwilling");
}

// It is in the log already, where the group goes on reading.
void TestRouting::whoReadsALogGetsNothingRetained() {
    ChannelSpec log{.name = "log"};
    log.kind = ChannelKind::stream;
    log.group.delivery = GroupDelivery::shared;
    log.bindings = {{"in", "#"}};
    ServiceSpec reader{.name = "reader"};
    reader.handlers = {{.on = "log"}};
    BrokerBench bench({inDialect("in", DialectKind::mqtt), log}, {reader});
    const ConsumerId consumer = bench.attach("reader", 10);
    bench.publish("in", {.routingKey = "t", .retain = true});
    bench.settle(1, Settlement::ack);
    bench.disconnect(consumer);
    bench.resume(consumer);
    QCOMPARE(bench.ledger().copies.born, 1);
    QVERIFY(bench.ledger().closed());
}

void TestRouting::aTopicExchangeMatchesInItsDialect() {
    const auto who = [](DialectKind dialect, const char* first, const char* second, const char* key) {
        BrokerBench bench({inDialect("in", dialect), queue("a", {{"in", first}}), queue("b", {{"in", second}})});
        bench.publish("in", {.routingKey = key});
        return taken(bench);
    };
    QCOMPARE(who(DialectKind::mqtt, "a/#", "+/x", "a"), "1a");
    QCOMPARE(who(DialectKind::mqtt, "#", "$SYS/#", "$SYS/x"), "1b");
    QCOMPARE(who(DialectKind::nats, "a.>", "a", "a"), "1b");
    QCOMPARE(who(DialectKind::eventemitter2, "a.**", "*.b", "a.b"), "1a 1b");
    QCOMPARE(who(DialectKind::redisGlob, "a*", "[b-d]?", "cx"), "1b");
}

// eventemitter2 6.4.9 (observed, order-mixed): literals before *, * before **, segment by segment.
void TestRouting::eventEmittersListenersAreServedMostSpecificFirst() {
    ChannelSpec in = inDialect("in", DialectKind::eventemitter2);
    in.copyOrder = CopyOrder::specific;
    BrokerBench bench({in, queue("1", {{"in", "a.*"}}), queue("2", {{"in", "a.b"}}), queue("3", {{"in", "**"}}),
                       queue("4", {{"in", "*.b"}}), queue("5", {{"in", "a.**"}}), queue("6", {{"in", "a.b"}}),
                       queue("7", {{"in", "*.*"}})});
    bench.publish("in", {.routingKey = "a.b"});
    QCOMPARE(taken(bench), "12 16 11 15 14 17 13");
}

// eventemitter2 6.4.9 (observed, order-mixed-rev, same-fn-twice, same-fn-same-name, off-wild).
void TestRouting::aListenerIsCalledOnceForEachOfItsNames() {
    ChannelSpec in = inDialect("in", DialectKind::eventemitter2);
    in.copyOrder = CopyOrder::specific;
    in.overlap = Overlap::subscription;
    const auto calls = [&](const std::vector<std::vector<const char*>>& listeners) {
        std::vector<ChannelSpec> channels{in};
        for (std::size_t i = 0; i < listeners.size(); ++i) {
            channels.push_back(queue(std::to_string(i + 1), {}));
            for (const char* pattern : listeners[i])
                channels.back().bindings.push_back({"in", pattern});
        }
        BrokerBench bench(channels);
        bench.publish("in", {.routingKey = "a.b"});
        return taken(bench);
    };
    QCOMPARE(calls({{"*.*"}, {"a.b"}, {"a.**"}, {"*.b"}, {"**"}, {"a.b"}, {"a.*"}}), "12 16 17 13 14 11 15");
    QCOMPARE(calls({{"a.b", "a.*"}}), "11 11");
    QCOMPARE(calls({{"a.b", "a.b"}}), "11 11");
    QCOMPARE(calls({{"a.b"}, {"b.*"}}), "11");
    // Behind a ** it walks its branches backwards, but the ** itself comes first.
    QCOMPARE(calls({{"**.b"}, {"**.*"}, {"**"}, {"**.b"}, {"a.b"}}), "15 13 12 11 14");
    QCOMPARE(calls({{"**.*"}, {"**.a.b"}, {"**.b"}, {"**.a.*"}}), "13 12 14 11");
}

QTEST_APPLESS_MAIN(TestRouting)
#include "tst_routing.moc"

// What becomes of a delivery: acked, requeued, retried, timed out, dead-lettered. Rule by rule, with exact times.
#include "support/broker_bench.h"
#include "support/log_stream.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec queue(const std::string& name, std::optional<RetrySpec> retry = {}, const std::string& deadLetter = {}) {
    ChannelSpec channel;
    channel.name = name;
    channel.retry = std::move(retry);
    channel.deadLetter = deadLetter;
    return channel;
}

// When the deliveries of one message begin that fails at once each time, in milliseconds.
QString deliveryTimes(const RetrySpec& retry) {
    BrokerBench bench({queue("jobs", retry)});
    bench.attach("jobs");
    bench.publish("jobs");
    Duration now{};
    QStringList times{QStringLiteral("0")};
    while (bench.broker().copiesOpen() > 0) {
        bench.settle(1, Settlement::retry);
        const std::uint16_t attempt = static_cast<std::uint16_t>(times.size());
        if (bench.broker().copiesOpen() == 0)
            break;
        while (bench.broker().copy(bench.latest(1)) == nullptr ||
               bench.broker().copy(bench.latest(1))->attempt == attempt)
            bench.runTo(now += 1ms);
        times.append(QString::number(now / 1ms));
    }
    return times.join(QLatin1Char(' '));
}

} // namespace

class TestBrokerSettlement : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void requeuedMessageReturnsToItsOldPlace();
    void aRequeueToTheTailIsItsPlaceFromThenOn();
    void retriedMessageGoesToTheTailExactlyAfterItsBackoff();
    void backoffsGrowAsTheirNamesSay_data();
    void backoffsGrowAsTheirNamesSay();
    void jitterStaysInItsBounds();
    void maxCountsTheRetriesAfterTheFirstDelivery();
    void deliveriesThatEndedWithTheirConnectionCount();
    void withoutAPolicyOneDeliveryIsAll();
    void aDeadLetterKnowsItsHistory();
    void theHistoryOfARoundTripStaysShort();
    void anExpiryCycleDropsAndARejectionGoesOn();
    void aDeadLetterKeepsItsHistoryInALog();
    void aDeadLetterExchangeWithoutABindingDrops();
    void aDeadLetterLeavesItsOwnTimeToLiveBehind();
    void anUnsettledCopyIsTakenBackExactlyAtItsTimeout();
    void aStaleDeadlineDoesNotHitTheNextDelivery();
    void deadlinesOfSettledCopiesAreForgotten();
    void aFamilyCompletesExactlyOnce();
};

void TestBrokerSettlement::requeuedMessageReturnsToItsOldPlace() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", 2);
    for (int i = 0; i < 4; ++i)
        bench.publish("jobs");
    bench.runTo(1ms);
    QVERIFY(bench.settle(2, Settlement::requeue)); // before 3 and 4, and at once again
    QVERIFY(bench.settle(1, Settlement::requeue));
    QCOMPARE(
        bench.log({requeued, delivered}).section("; ", 2),
        "1 requeued 2#1 jobs@0 failure; 1 delivered 2#2 jobs@0; 1 requeued 1#1 jobs@0 failure; 1 delivered 1#2 jobs@0");
}

// What a lost connection gives back stands where it stood last, not where it came in.
void TestBrokerSettlement::aRequeueToTheTailIsItsPlaceFromThenOn() {
    ChannelSpec jobs = queue("jobs");
    jobs.requeueTo = RequeueTo::tail;
    BrokerBench bench({jobs});
    const ConsumerId consumer = bench.attach("jobs", 2);
    for (int i = 0; i < 3; ++i)
        bench.publish("jobs");
    bench.settle(1, Settlement::requeue); // behind 3, which is delivered
    bench.settle(2, Settlement::ack);     // and 1 after it
    bench.disconnect(consumer);
    bench.resume(consumer);
    QCOMPARE(bench.log({delivered}),
             "0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@0; 0 delivered 3#1 jobs@0; 0 delivered 1#2 jobs@0; "
             "0 delivered 3#2 jobs@0; 0 delivered 1#3 jobs@0");
}

void TestBrokerSettlement::retriedMessageGoesToTheTailExactlyAfterItsBackoff() {
    BrokerBench bench({queue("jobs", RetrySpec{.max = 1, .backoff = Backoff::fixed, .first = 10ms})});
    bench.attach("jobs");
    for (int i = 0; i < 3; ++i)
        bench.publish("jobs");
    bench.runTo(1ms);
    bench.settle(1, Settlement::retry);
    bench.runTo(Duration{11ms} - Duration{1});
    QCOMPARE(bench.log({released}), "");
    bench.runTo(20ms);
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QCOMPARE(
        bench.log({retryScheduled, released, delivered}),
        "0 delivered 1#1 jobs@0; 1 retryScheduled 1#1 jobs@0 failure; 1 delivered 2#1 jobs@0; 11 released 1#1 jobs; "
        "20 delivered 3#1 jobs@0; 20 delivered 1#2 jobs@0");
}

void TestBrokerSettlement::backoffsGrowAsTheirNamesSay_data() {
    QTest::addColumn<int>("backoff");
    QTest::addColumn<QString>("times");
    QTest::newRow("none") << static_cast<int>(Backoff::none) << "0 0 0 0 0 0";
    QTest::newRow("fixed") << static_cast<int>(Backoff::fixed) << "0 10 20 30 40 50";
    QTest::newRow("linear") << static_cast<int>(Backoff::linear) << "0 10 30 60 100 145";           // 10 20 30 40 45
    QTest::newRow("exponential") << static_cast<int>(Backoff::exponential) << "0 10 40 85 130 175"; // 10 30 45 45 45
    QTest::newRow("summed") << static_cast<int>(Backoff::summed) << "0 10 50 95 140 185";           // 10 40 45 45 45
    QTest::newRow("explicit") << static_cast<int>(Backoff::explicitSteps) << "0 7 12 57 102 147";   // 7 5 45 45 45
}

void TestBrokerSettlement::backoffsGrowAsTheirNamesSay() {
    QFETCH(const int, backoff);
    QFETCH(const QString, times);
    QCOMPARE(deliveryTimes({.max = 5,
                            .backoff = static_cast<Backoff>(backoff),
                            .first = 10ms,
                            .factor = 3,
                            .ceiling = 45ms,
                            .steps = {7ms, 5ms, 60ms}}),
             times);
}

void TestBrokerSettlement::jitterStaysInItsBounds() {
    BrokerBench bench({queue("jobs", RetrySpec{.max = {}, .backoff = Backoff::fixed, .first = 100ms, .jitter = 0.25})});
    bench.attach("jobs", 0);
    for (Ordinal i = 1; i <= 1000; ++i) {
        bench.publish("jobs");
        bench.settle(i, Settlement::retry);
    }
    bench.runTo(Duration{75ms} - Duration{1});
    QCOMPARE(bench.log({released}), "");
    bench.runTo(80ms);
    const auto early = bench.log({released}).count("released");
    QVERIFY2(early > 60 && early < 140, qPrintable(QString::number(early))); // a tenth of them
    bench.runTo(125ms);
    QCOMPARE(bench.log({released}).count("released"), 1000);
}

void TestBrokerSettlement::maxCountsTheRetriesAfterTheFirstDelivery() {
    BrokerBench bench({queue("jobs", RetrySpec{.max = 2, .backoff = Backoff::none}, "dead"), queue("dead")});
    bench.attach("jobs");
    bench.publish("jobs");
    for (int i = 0; i < 3; ++i)
        QVERIFY(bench.settle(1, Settlement::retry));
    QCOMPARE(bench.log({delivered, deadLettered}), "0 delivered 1#1 jobs@0; 0 delivered 1#2 jobs@0; "
                                                   "0 delivered 1#3 jobs@0; 0 deadLettered 1#3 jobs@0 delivery_limit");
    BrokerBench none({queue("jobs", RetrySpec{.max = 0})});
    none.attach("jobs");
    none.publish("jobs");
    none.settle(1, Settlement::retry);
    QCOMPARE(none.log({delivered, dropped}), "0 delivered 1#1 jobs@0; 0 dropped 1#1 jobs@0 delivery_limit");
}

void TestBrokerSettlement::deliveriesThatEndedWithTheirConnectionCount() {
    BrokerBench bench({queue("jobs", RetrySpec{.max = 1, .backoff = Backoff::none})});
    const ConsumerId consumer = bench.attach("jobs");
    bench.publish("jobs");
    for (int i = 0; i < 2; ++i) {
        bench.disconnect(consumer);
        bench.resume(consumer);
    }
    QCOMPARE(bench.log({delivered, requeued, dropped}),
             "0 delivered 1#1 jobs@0; 0 requeued 1#1 jobs@0 disconnected; 0 delivered 1#2 jobs@0; "
             "0 dropped 1#2 jobs@0 delivery_limit");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerSettlement::withoutAPolicyOneDeliveryIsAll() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs");
    bench.publish("jobs");
    bench.settle(1, Settlement::retry);
    QCOMPARE(bench.log({nacked, dropped}), "0 nacked 1#1 jobs@0 failure; 0 dropped 1#1 jobs@0 rejected");
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

void TestBrokerSettlement::aDeadLetterKnowsItsHistory() {
    BrokerBench bench({queue("jobs", {}, "dead"), queue("dead", {}, "grave"), queue("grave")});
    for (const char* name : {"jobs", "dead", "grave"})
        bench.attach(name);
    bench.publish("jobs");
    QCOMPARE(bench.deaths(1), "");
    bench.settle(1, Settlement::reject);
    QCOMPARE(bench.deaths(1), "jobs rejected x1");
    bench.settle(1, Settlement::retry);
    QCOMPARE(bench.deaths(1), "dead rejected x1 < jobs rejected x1");
    QCOMPARE(bench.log({deadLettered, delivered}),
             "0 delivered 1#1 jobs@0; 0 deadLettered 1#1 jobs@0 rejected; 0 delivered 1#1 dead@1; "
             "0 deadLettered 1#1 dead@1 rejected; 0 delivered 1#1 grave@2");
}

void TestBrokerSettlement::theHistoryOfARoundTripStaysShort() {
    ChannelSpec later = queue("later", {}, "jobs"); // the well-known retry by way of a queue that nobody reads
    later.ttl = 1ms;
    BrokerBench bench({queue("jobs", {}, "later"), later});
    bench.attach("jobs");
    bench.publish("jobs");
    for (int i = 1; i <= 50'000; ++i) {
        QVERIFY(bench.settle(1, Settlement::reject));
        bench.runTo(i * 1ms);
    }
    QCOMPARE(bench.deaths(1), "later expired x50000 < jobs rejected x50000");
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{1});
}

void TestBrokerSettlement::anExpiryCycleDropsAndARejectionGoesOn() {
    ChannelSpec one = queue("one", {}, "other"), other = queue("other", {}, "one");
    one.ttl = other.ttl = 10ms;
    BrokerBench bench({one, other});
    bench.publish("one");
    bench.runTo(100ms);
    QCOMPARE(bench.log({deadLettered, expired}), "10 deadLettered 1 one expired; 20 expired 1 other cycle");
    bench.publish("one");
    const ConsumerId consumer = bench.attach("one");
    bench.settle(2, Settlement::reject);
    bench.disconnect(consumer);
    bench.runTo(200ms);
    // Once rejected it goes round for ever (RabbitMQ 3.10.8).
    QCOMPARE(bench.log({deadLettered, expired}).section("; ", 2, 5),
             "100 deadLettered 2#1 one@0 rejected; 110 deadLettered 2 other expired; "
             "120 deadLettered 2 one expired; 130 deadLettered 2 other expired");
    QCOMPARE(bench.ready("one") + bench.ready("other"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

void TestBrokerSettlement::aDeadLetterKeepsItsHistoryInALog() {
    const auto log = [](const std::string& name, const std::string& deadLetter) {
        ChannelSpec stream = logStream(1, {}, name);
        stream.deadLetter = deadLetter;
        stream.deliveryRate = RateLimitSpec{.tokens = 1, .per = 10s, .burst = 1, .action = RateAction::drop};
        return stream;
    };
    BrokerBench bench({log("one", "other"), log("other", "one")},
                      {logReader("first", {}, "one"), logReader("second", {}, "other")});
    bench.attach("first", 9);
    bench.attach("second", 9);
    bench.openGroups();
    for (int i = 0; i < 3; ++i)
        bench.publish("one");
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({delivered, deadLettered, dropped}),
             "0 delivered 1#1 one/0@0; 0 deadLettered 2 one/0@0 rate_limit; 0 delivered 2#1 other/0@1; "
             "0 deadLettered 3 one/0@0 rate_limit; 0 dropped 3 other/0@1 cycle");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerSettlement::aDeadLetterExchangeWithoutABindingDrops() {
    ChannelSpec dead = queue("dead");
    dead.kind = ChannelKind::topic;
    ChannelSpec paid = queue("paid");
    paid.bindings = {{"dead", "order.paid"}};
    BrokerBench bench({queue("jobs", {}, "dead"), dead, paid});
    bench.attach("jobs", 2);
    bench.publish("jobs");
    bench.publish("jobs", {.routingKey = "order.paid"});
    bench.settle(1, Settlement::reject);
    bench.settle(2, Settlement::reject);
    QCOMPARE(bench.log({deadLettered, dropped}), "0 dropped 1#1 jobs@0 no_route; 0 deadLettered 2#1 jobs@0 rejected");
}

void TestBrokerSettlement::aDeadLetterLeavesItsOwnTimeToLiveBehind() {
    BrokerBench bench({queue("jobs", {}, "dead"), queue("dead")});
    bench.publish("jobs", {.ttl = 5ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({deadLettered, expired}), "5 deadLettered 1 jobs expired");
    QCOMPARE(bench.ready("dead"), std::size_t{1});
}

void TestBrokerSettlement::anUnsettledCopyIsTakenBackExactlyAtItsTimeout() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = 1, .backoff = Backoff::none});
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 2);
    bench.publish("jobs");
    bench.runTo(4ms);
    bench.publish("jobs");
    const DeliveryTag first = bench.latest(1);
    bench.runTo(Duration{10ms} - Duration{1});
    QCOMPARE(bench.log({timedOut}), "");
    bench.runTo(12ms);
    QVERIFY(!bench.settle(first, Settlement::ack)); // too late
    bench.settle(2, Settlement::ack);
    bench.runTo(100ms);
    QCOMPARE(
        bench.log({timedOut, delivered, acked, dropped}),
        "0 delivered 1#1 jobs@0; 4 delivered 2#1 jobs@0; 10 timedOut 1#1 jobs@0 ack_timeout; 10 delivered 1#2 jobs@0; "
        "12 acked 2#1 jobs@0; 20 timedOut 1#2 jobs@0 ack_timeout; 20 dropped 1#2 jobs@0 delivery_limit");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerSettlement::aStaleDeadlineDoesNotHitTheNextDelivery() {
    ChannelSpec jobs = queue("jobs");
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs");
    bench.publish("jobs");
    bench.runTo(9ms);
    bench.settle(1, Settlement::requeue); // delivered again at once: until 19 ms
    bench.runTo(Duration{19ms} - Duration{1});
    QCOMPARE(bench.log({timedOut}), "");
    bench.runTo(19ms);
    QCOMPARE(bench.log({timedOut}), "19 timedOut 1#2 jobs@0 ack_timeout");
}

void TestBrokerSettlement::deadlinesOfSettledCopiesAreForgotten() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = {}, .backoff = Backoff::none});
    jobs.ackTimeout = 10s;
    BrokerBench bench({jobs});
    bench.attach("jobs", 0);
    bench.publish("jobs"); // keeps the oldest deadline
    for (Ordinal i = 2; i <= 10'000; ++i) {
        bench.runTo(static_cast<std::int64_t>(i) * 100us);
        bench.publish("jobs");
        if (i % 100 != 0)
            bench.settle(i, Settlement::ack);
    }
    QCOMPARE(bench.pending(), std::size_t{1});
    bench.runTo(Duration{10s} + 10ms); // 1 timed out, and 100, delivered at 10 ms
    QCOMPARE(bench.log({timedOut}), "10000 timedOut 1#1 jobs@0 ack_timeout; 10010 timedOut 100#1 jobs@0 ack_timeout");
    bench.runTo(11s);
    QCOMPARE(bench.log({timedOut}).count("timedOut"), 101);
}

void TestBrokerSettlement::aFamilyCompletesExactlyOnce() {
    BrokerBench bench({queue("jobs", {}, "dead"), queue("dead")});
    bench.attach("jobs", 0);
    bench.attach("dead", 0);
    bench.publish("jobs");
    bench.runTo(1ms);
    bench.publish("jobs", {.cause = 1});
    bench.settle(1, Settlement::ack);
    bench.runTo(2ms);
    bench.settle(2, Settlement::reject);
    bench.runTo(3ms);
    QCOMPARE(bench.log({completed}), "");
    bench.settle(2, Settlement::ack); // in the dead-letter queue
    QCOMPARE(bench.log({completed}), "3 completed 1");
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{0});
}

QTEST_APPLESS_MAIN(TestBrokerSettlement)
#include "tst_broker_settlement.moc"

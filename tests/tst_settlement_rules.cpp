// Settlement beyond one ack for one delivery: many at once, late ones, extensions, and what a retry policy can say.
#include "core/scenario/load.h"
#include "support/broker_bench.h"

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

void publish(BrokerBench& bench, int count) {
    for (int i = 0; i < count; ++i)
        bench.publish("jobs");
}

} // namespace

class TestSettlementRules : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aCumulativeAckSettlesAllBeforeIt();
    void nothingIsDeliveredBeforeAllAreSettled();
    void aLateAckSettlesWhereTheChannelAcceptsIt_data();
    void aLateAckSettlesWhereTheChannelAcceptsIt();
    void aLateAckIsForItsOwnMessageOnly();
    void anExtensionStartsTheTimeoutAgain();
    void aShorterTimeoutOvertakesALongerOne();
    void theDelaysOfABackoffCanBeTheAckTimeouts();
    void whatTimedOutCanComeBackAtOnce();
    void whatTimedOutCanComeBackAfterADelayOfItsOwn();
    void aTimeoutThatIsNoFailureComesBackToTheFront();
    void oneTimeoutTooManyIsTheLastFailure();
    void whatTimedOutWithoutAFailureComesBeforeHigherPriorities();
    void whatALostConsumerHadWaitsForItsTimeoutOrIsGone();
    void jitterBelowOnlyShortens();
    void jitterHasThreeKindsAndStaysBelowTheCeiling_data();
    void jitterHasThreeKindsAndStaysBelowTheCeiling();
    void explicitStepsAreBoundedOnlyWhereTheFileSaysSo_data();
    void explicitStepsAreBoundedOnlyWhereTheFileSaysSo();
    void aRetryCanComeBackToItsOldPlace();
    void retriesGoThroughAQueueThatKeepsCount();
    void aRetryThroughAQueueLeavesItsOwnTimeToLiveBehind();
    void aChainOfRetryQueuesEndsInTheDeadLetters();
    void whatAnotherQueueHadTriedIsNoneOfADeadLettersAttempts();
    void afterTheLastAttemptACopyIsDroppedOrStays();
    void whatStaysCanBeRedriven();
    void aRoundTripDrawsAnew();
};

void TestSettlementRules::aCumulativeAckSettlesAllBeforeIt() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", 4);
    publish(bench, 5);
    bench.settle(2, Settlement::requeue); // delivered again, after 4
    QCOMPARE(bench.settleThrough(4, Settlement::ack), std::size_t{3});
    QCOMPARE(bench.log({acked}), QStringLiteral("0 acked 1#1 jobs@0; 0 acked 3#1 jobs@0; 0 acked 4#1 jobs@0"));
    QCOMPARE(bench.settleThrough(4, Settlement::ack), std::size_t{0});
}

void TestSettlementRules::nothingIsDeliveredBeforeAllAreSettled() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", 2);
    publish(bench, 4);
    QCOMPARE(bench.settleAll({1, 2}, Settlement::ack), std::size_t{2});
    QCOMPARE(bench.log({delivered, acked}).section(QStringLiteral("; "), 2),
             QStringLiteral("0 acked 1#1 jobs@0; 0 acked 2#1 jobs@0; 0 delivered 3#1 jobs@0; 0 delivered 4#1 jobs@0"));
}

void TestSettlementRules::aLateAckSettlesWhereTheChannelAcceptsIt_data() {
    QTest::addColumn<int>("where");
    QTest::newRow("waits for its turn") << 0;
    QTest::newRow("waits for its retry") << 1;
    QTest::newRow("is being handled again") << 2;
}

void TestSettlementRules::aLateAckSettlesWhereTheChannelAcceptsIt() {
    QFETCH(const int, where);
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = {}, .backoff = where == 1 ? Backoff::fixed : Backoff::none});
    jobs.ackTimeout = 10ms;
    jobs.lateAcks = LateAcks::accepted;
    BrokerBench bench({jobs});
    const ConsumerId consumer = bench.attach("jobs", 1);
    bench.publish("jobs");
    const DeliveryTag first = bench.latest(1);
    if (where == 0)
        bench.retire(consumer);
    bench.runTo(15ms);
    QVERIFY(!bench.settle(first, Settlement::ack));
    QVERIFY(bench.ackLate(first, 1));
    QCOMPARE(bench.log({acked}), QStringLiteral("15 acked 1#%1 jobs%2")
                                     .arg(where == 2 ? 2 : 1)
                                     .arg(where == 2 ? QStringLiteral("@0") : QString()));
    QVERIFY(!bench.ackLate(first, 1));
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{0});
    QVERIFY(bench.ledger().closed());
    bench.runTo(10s);
    QCOMPARE(bench.log({acked, timedOut}).count(QLatin1Char(';')), 1); // the one timeout, and the ack
}

// BullMQ: a stalled job is not an attempt that failed; it comes before all that wait.
void TestSettlementRules::aTimeoutThatIsNoFailureComesBackToTheFront() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = 1, .backoff = Backoff::linear, .first = 5ms, .timeouts = 2});
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    publish(bench, 2);
    bench.runTo(20ms);                  // twice
    bench.settle(1, Settlement::retry); // the first failure of two
    bench.settle(2, Settlement::ack);
    bench.runTo(25ms);
    bench.settle(1, Settlement::retry);
    QCOMPARE(bench.log({delivered, timedOut, requeued, retryScheduled, dropped}),
             QStringLiteral(
                 "0 delivered 1#1 jobs@0; 10 timedOut 1#1 jobs@0 ack_timeout; 10 requeued 1#1 jobs@0 ack_timeout; "
                 "10 delivered 1#2 jobs@0; 20 timedOut 1#2 jobs@0 ack_timeout; "
                 "20 requeued 1#2 jobs@0 ack_timeout; 20 delivered 1#3 jobs@0; "
                 "20 retryScheduled 1#3 jobs@0 failure; 20 delivered 2#1 jobs@0; 25 delivered 1#4 jobs@0; "
                 "25 dropped 1#4 jobs@0 delivery_limit"));
    QVERIFY(bench.ledger().closed());
}

void TestSettlementRules::oneTimeoutTooManyIsTheLastFailure() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = 5, .backoff = Backoff::none, .timeouts = 1});
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.runTo(1s);
    QCOMPARE(bench.log({delivered, dropped}),
             QStringLiteral("0 delivered 1#1 jobs@0; 10 delivered 1#2 jobs@0; 20 dropped 1#2 jobs@0 delivery_limit"));
    QVERIFY(bench.ledger().closed());
}

// BullMQ: a stalled job goes where those without a priority are; when it fails it has its own again.
void TestSettlementRules::whatTimedOutWithoutAFailureComesBeforeHigherPriorities() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = 5, .backoff = Backoff::none, .timeouts = 1});
    jobs.ackTimeout = 10ms;
    jobs.priorities = 3;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs", {.priority = 1});
    bench.publish("jobs", {.priority = 3});
    bench.runTo(12ms);
    bench.settle(1, Settlement::retry);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({delivered}), QStringLiteral("0 delivered 1#1 jobs@0; 10 delivered 1#2 jobs@0; "
                                                    "12 delivered 2#1 jobs@0; 12 delivered 1#3 jobs@0"));
}

// Of a queue: the broker does not see that its consumer is gone (BullMQ), or its messages go with it (ZeroMQ).
void TestSettlementRules::whatALostConsumerHadWaitsForItsTimeoutOrIsGone() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = {}, .backoff = Backoff::none});
    jobs.ackTimeout = 10ms;
    const auto after = [&](WhenGone whenGone) {
        jobs.group.whenGone = whenGone;
        BrokerBench bench({jobs});
        const ConsumerId lost = bench.attach("jobs", 1);
        bench.publish("jobs");
        bench.attach("jobs", 1);
        bench.runTo(4ms);
        bench.disconnect(lost);
        bench.runTo(1s);
        bench.settle(1, Settlement::ack);
        return bench.log({delivered, dropped}).section(QStringLiteral("; "), 1, 1);
    };
    QCOMPARE(after(WhenGone::giveBack), QStringLiteral("4 delivered 1#2 jobs@1"));
    QCOMPARE(after(WhenGone::wait), QStringLiteral("10 delivered 1#2 jobs@1"));
    QCOMPARE(after(WhenGone::forget), QStringLiteral("4 dropped 1#1 jobs@0 forgotten"));
}

// BullMQ 5: anything from (1 - jitter) of the delay to all of it.
void TestSettlementRules::jitterBelowOnlyShortens() {
    BrokerBench bench({queue(
        "jobs",
        RetrySpec{.backoff = Backoff::fixed, .first = 1000ms, .jitter = 0.25, .jitterKind = JitterKind::below})});
    bench.attach("jobs", 200);
    publish(bench, 200);
    for (Ordinal message = 1; message <= 200; ++message)
        bench.settle(message, Settlement::retry);
    const auto back = [&](Duration until) {
        bench.runTo(until);
        return bench.deliveries().size() - 200;
    };
    QCOMPARE(back(750ms - 1ns), std::size_t{0});
    QVERIFY(back(790ms) > 0);
    QVERIFY(back(875ms) > 70 && back(875ms) < 130);
    QVERIFY(back(960ms) < 200);
    QCOMPARE(back(1000ms), std::size_t{200});
}

// Of the next message in its queue the tag of one that is gone says nothing.
void TestSettlementRules::aLateAckIsForItsOwnMessageOnly() {
    ChannelSpec jobs = queue("jobs");
    jobs.lateAcks = LateAcks::accepted;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    const DeliveryTag first = bench.latest(1);
    bench.settle(1, Settlement::ack);
    bench.publish("jobs");
    QCOMPARE(bench.latest(2).copy, first.copy);
    QVERIFY(!bench.ackLate(first, 1));
    QCOMPARE(bench.log({acked}), QStringLiteral("0 acked 1#1 jobs@0"));
    QVERIFY(bench.settle(2, Settlement::ack));
}

// JetStream's in-progress ack, SQS's change of the visibility timeout.
void TestSettlementRules::anExtensionStartsTheTimeoutAgain() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = {}, .backoff = Backoff::none});
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.runTo(8ms);
    QVERIFY(bench.extend(1));
    bench.runTo(16ms);
    QVERIFY(bench.extend(1));
    bench.runTo(Duration{26ms} - Duration{1});
    QCOMPARE(bench.log({timedOut}), QString());
    bench.runTo(26ms);
    QCOMPARE(bench.log({timedOut}), QStringLiteral("26 timedOut 1#1 jobs@0 ack_timeout"));
    bench.settle(1, Settlement::ack);
    QVERIFY(!bench.broker().copy(bench.latest(1)));
}

void TestSettlementRules::aShorterTimeoutOvertakesALongerOne() {
    BrokerBench bench({queue(
        "jobs",
        RetrySpec{.max = {}, .backoff = Backoff::explicitSteps, .steps = {100ms, 20ms}, .paces = Paces::ackTimeout})});
    bench.attach("jobs", 0);
    bench.publish("jobs");
    bench.runTo(50ms);
    bench.publish("jobs");
    bench.settle(1, Settlement::retry); // at once; its second timeout ends at 70 ms, the other's first at 150 ms
    bench.runTo(160ms);
    QCOMPARE(bench.log({timedOut}).section(QStringLiteral("; "), 0, 0),
             QStringLiteral("70 timedOut 1#2 jobs@0 ack_timeout"));
    QVERIFY(bench.log({timedOut}).contains(QStringLiteral("150 timedOut 2#1 jobs@0")));
}

// JetStream: backoff overrides the ack wait, its last step repeats, and a nack is redelivered at once.
void TestSettlementRules::theDelaysOfABackoffCanBeTheAckTimeouts() {
    ChannelSpec jobs = queue(
        "jobs",
        RetrySpec{.max = 4, .backoff = Backoff::explicitSteps, .steps = {10ms, 30ms}, .paces = Paces::ackTimeout});
    jobs.ackTimeout = 1s;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.runTo(80ms);
    bench.settle(1, Settlement::retry);
    bench.runTo(200ms);
    QCOMPARE(bench.log({delivered, dropped}),
             QStringLiteral("0 delivered 1#1 jobs@0; 10 delivered 1#2 jobs@0; 40 delivered 1#3 jobs@0; "
                            "70 delivered 1#4 jobs@0; 80 delivered 1#5 jobs@0; 110 dropped 1#5 jobs@0 delivery_limit"));
}

// Pulsar: the delay of a negative ack is not that of an ack timeout.
void TestSettlementRules::whatTimedOutCanComeBackAtOnce() {
    ChannelSpec jobs =
        queue("jobs", RetrySpec{.max = {}, .backoff = Backoff::fixed, .first = 60ms, .paces = Paces::nacks});
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.runTo(10ms);
    bench.settle(1, Settlement::retry);
    bench.runTo(75ms);
    QCOMPARE(bench.log({delivered}),
             QStringLiteral("0 delivered 1#1 jobs@0; 10 delivered 1#2 jobs@0; 70 delivered 1#3 jobs@0"));
}

// RocketMQ: what takes longer than consumeTimeout is sent back with the third delay level, whichever attempt it was.
void TestSettlementRules::whatTimedOutCanComeBackAfterADelayOfItsOwn() {
    ChannelSpec jobs =
        queue("jobs", RetrySpec{.max = 3, .backoff = Backoff::linear, .first = 100ms, .afterTimeout = 20ms});
    jobs.ackTimeout = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.runTo(35ms);
    bench.settle(1, Settlement::retry); // its second failure
    bench.runTo(500ms);
    QCOMPARE(bench.log({delivered, dropped}),
             QStringLiteral("0 delivered 1#1 jobs@0; 30 delivered 1#2 jobs@0; 235 delivered 1#3 jobs@0; "
                            "265 delivered 1#4 jobs@0; 275 dropped 1#4 jobs@0 delivery_limit"));
}

void TestSettlementRules::jitterHasThreeKindsAndStaysBelowTheCeiling_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("proportional") << static_cast<int>(JitterKind::proportional) << 50.0 << 120.0; // cut at the ceiling
    QTest::newRow("full") << static_cast<int>(JitterKind::full) << 0.0 << 100.0;
    QTest::newRow("equal") << static_cast<int>(JitterKind::equal) << 50.0 << 100.0;
}

void TestSettlementRules::jitterHasThreeKindsAndStaysBelowTheCeiling() {
    QFETCH(const int, kind);
    QFETCH(const double, low);
    QFETCH(const double, high);
    const auto jitterKind = static_cast<JitterKind>(kind);
    BrokerBench bench({queue("jobs", RetrySpec{.max = {},
                                               .backoff = Backoff::fixed,
                                               .first = 100ms,
                                               .ceiling = 120ms,
                                               .jitter = jitterKind == JitterKind::proportional ? 0.5 : 0.0,
                                               .jitterKind = jitterKind})});
    const ConsumerId consumer = bench.attach("jobs", 0);
    publish(bench, 2000);
    bench.retire(consumer);
    for (Ordinal i = 1; i <= 2000; ++i)
        bench.settle(i, Settlement::retry);
    bench.runTo(1s);
    double sum = 0, least = 1000, most = 0;
    const QStringList lines = bench.log({released}).split(QStringLiteral("; "));
    QCOMPARE(lines.size(), 2000);
    for (const QString& line : lines) {
        const double at = line.section(QLatin1Char(' '), 0, 0).toDouble();
        sum += at;
        least = std::min(least, at);
        most = std::max(most, at);
    }
    QVERIFY(least >= low && least < low + 1);
    QVERIFY(most <= high && most > high - 1);
    // U(50, 150) cut at 120: 85 on average for the 70 % below, 120 for the rest.
    const double mean = jitterKind == JitterKind::proportional ? 0.7 * 85 + 0.3 * 120 : (low + high) / 2;
    QVERIFY2(std::abs(sum / 2000 - mean) < 2.5, qPrintable(QString::number(sum / 2000)));
}

void TestSettlementRules::explicitStepsAreBoundedOnlyWhereTheFileSaysSo_data() {
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("minutes");
    const QString rocketmq = QStringLiteral("1 2 3 4 5 6 7 8 9 10 20 30 60 120"); // after 10 s and 30 s
    QTest::newRow("RocketMQ's queue") << R"("profile": "rocketmq", "kind": "queue")" << rocketmq;
    QTest::newRow("RocketMQ's topic") << R"("profile": "rocketmq", "kind": "stream", "partitions": 1)" << rocketmq;
    QTest::newRow("no ceiling") << R"("kind": "queue", "retry": {"max": 4, "backoff": "explicit", "steps": ["3h"]})"
                                << QStringLiteral("180 180");
    QTest::newRow("a ceiling") << R"("kind": "queue", "retry": {"max": 4, "backoff": "explicit", "steps": ["3h"],
                                     "ceiling": "2h"})"
                               << QStringLiteral("120 120");
}

// What each retry after the second one waits.
void TestSettlementRules::explicitStepsAreBoundedOnlyWhereTheFileSaysSo() {
    QFETCH(const QString, channel);
    QFETCH(const QString, minutes);
    const auto scenario = loadScenario(R"({"weir": "1", "channels": {"jobs": {)" + channel.toStdString() +
                                       R"(}}, "services": {"worker": {"handlers": [{"on": "jobs"}]}}})");
    QVERIFY2(scenario.ok(), scenario.ok() ? "" : scenario.error().front().text().c_str());
    BrokerBench bench(scenario->channels, scenario->services);
    const bool stream = scenario->channels.front().kind == ChannelKind::stream;
    bench.attach(stream ? "worker" : "jobs");
    bench.publish("jobs");
    QStringList waits;
    Duration now{};
    while (bench.settle(1, Settlement::retry)) {
        const Duration failed = now;
        if (bench.broker().copiesOpen() == 0)
            break;
        const auto deliveries = bench.log({delivered}).count(QStringLiteral("delivered"));
        while (bench.log({delivered}).count(QStringLiteral("delivered")) == deliveries && now < failed + 4h)
            bench.runTo(now += 10s);
        waits.append(QString::number((now - failed) / 1min));
    }
    QCOMPARE(waits.mid(2).join(QLatin1Char(' ')), minutes);
}

void TestSettlementRules::aRetryCanComeBackToItsOldPlace() {
    BrokerBench bench({queue(
        "jobs", RetrySpec{.max = {}, .backoff = Backoff::fixed, .first = 10ms, .returnTo = RequeueTo::oldPlace})});
    bench.attach("jobs", 1);
    publish(bench, 3);
    bench.settle(1, Settlement::retry); // 2 is delivered
    bench.runTo(10ms);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.deliveries().back().message, Ordinal{1});
}

// Pulsar's retry letter topic: the consumer reads both; what fails goes round through it, and is counted over all.
void TestSettlementRules::retriesGoThroughAQueueThatKeepsCount() {
    const RetrySpec policy{.max = 2, .backoff = Backoff::exponential, .first = 10ms, .factor = 2, .through = "retry"};
    BrokerBench bench({queue("jobs", policy, "dead"), queue("retry", policy, "dead"), queue("dead")});
    bench.attach("jobs", 1);
    bench.attach("retry", 1);
    bench.publish("jobs");
    bench.settle(1, Settlement::retry);
    bench.runTo(10ms);
    bench.settle(1, Settlement::retry);
    bench.runTo(30ms);
    bench.settle(1, Settlement::retry);
    QCOMPARE(bench.log({delivered, deadLettered}),
             QStringLiteral("0 delivered 1#1 jobs@0; 0 deadLettered 1#1 jobs@0 retry; 10 delivered 1#1 retry@1; "
                            "10 deadLettered 1#1 retry@1 retry; 30 delivered 1#1 retry@1; "
                            "30 deadLettered 1#1 retry@1 delivery_limit"));
    QCOMPARE(bench.ready("dead"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

void TestSettlementRules::aRetryThroughAQueueLeavesItsOwnTimeToLiveBehind() {
    BrokerBench bench({queue("jobs", RetrySpec{.max = 2, .backoff = Backoff::fixed, .first = 10ms, .through = "retry"}),
                       queue("retry")});
    bench.attach("jobs");
    bench.publish("jobs", {.ttl = 20ms});
    bench.settle(1, Settlement::retry);
    bench.runTo(1h);
    QCOMPARE(bench.ready("retry"), std::size_t{1});
    QCOMPARE(bench.log({expired}), QString());
}

// Kafka's non-blocking retries: each attempt has a topic of its own.
void TestSettlementRules::aChainOfRetryQueuesEndsInTheDeadLetters() {
    const auto step = [](Duration wait, const std::string& next) {
        return RetrySpec{.max = 2, .backoff = Backoff::fixed, .first = wait, .through = next};
    };
    BrokerBench bench({queue("jobs", step(5ms, "retry-0"), "dead"), queue("retry-0", step(20ms, "retry-1"), "dead"),
                       queue("retry-1", step(0ms, "retry-1"), "dead"), queue("dead")});
    for (const char* const name : {"jobs", "retry-0", "retry-1", "dead"})
        bench.attach(name, 1);
    bench.publish("jobs");
    for (const Duration at : {Duration{0}, Duration{5ms}, Duration{25ms}}) {
        bench.runTo(at);
        bench.settle(1, Settlement::retry);
    }
    QCOMPARE(bench.log({delivered}), QStringLiteral("0 delivered 1#1 jobs@0; 5 delivered 1#1 retry-0@1; "
                                                    "25 delivered 1#1 retry-1@2; 25 delivered 1#1 dead@3"));
    QCOMPARE(bench.deaths(1), QStringLiteral("retry-1 delivery_limit x1 < jobs retry x1 < retry-0 retry x1"));
}

// RabbitMQ counts by queue; Pulsar's count of what goes through retry topics stands in the message itself.
void TestSettlementRules::whatAnotherQueueHadTriedIsNoneOfADeadLettersAttempts() {
    const auto clerk = [](const std::string& through) {
        BrokerBench bench({queue("jobs", RetrySpec{.max = 2, .backoff = Backoff::none, .through = "again"}, "dead"),
                           queue("again", RetrySpec{.max = 2, .backoff = Backoff::none, .through = "again"}, "dead"),
                           queue("dead", RetrySpec{.max = 1, .backoff = Backoff::none, .through = through}),
                           queue("later")});
        for (const char* const name : {"jobs", "again", "dead", "later"})
            bench.attach(name, 1);
        bench.publish("jobs");
        for (int attempt = 0; attempt < 5; ++attempt)
            bench.settle(1, Settlement::retry);
        return bench.log({delivered, dropped}).section("; ", 3);
    };
    QCOMPARE(clerk(""), "0 delivered 1#1 dead@2; 0 delivered 1#2 dead@2; 0 dropped 1#2 dead@2 delivery_limit");
    QCOMPARE(clerk("later"), "0 delivered 1#1 dead@2; 0 dropped 1#1 dead@2 delivery_limit");
}

void TestSettlementRules::afterTheLastAttemptACopyIsDroppedOrStays() {
    for (const AfterLast after : {AfterLast::drop, AfterLast::stay}) {
        BrokerBench bench(
            {queue("jobs", RetrySpec{.max = 1, .backoff = Backoff::none, .afterLast = after}, "dead"), queue("dead")});
        bench.attach("jobs", 1);
        publish(bench, 2);
        bench.settle(1, Settlement::retry);
        bench.settle(2, Settlement::ack);
        bench.settle(1, Settlement::retry);
        bench.runTo(1h);
        QCOMPARE(bench.ready("dead"), std::size_t{0});
        QCOMPARE(bench.deliveries().size(), std::size_t{3});
        QCOMPARE(bench.log({dropped}),
                 after == AfterLast::drop ? QStringLiteral("0 dropped 1#2 jobs@0 delivery_limit") : QString());
        QCOMPARE(bench.broker().copiesOpen(), after == AfterLast::drop ? std::size_t{0} : std::size_t{1});
        QCOMPARE(bench.ledger().copies.delayed, after == AfterLast::drop ? 0 : 1);
        QVERIFY(bench.ledger().closed());
    }
}

void TestSettlementRules::whatStaysCanBeRedriven() {
    ChannelSpec jobs = queue("jobs", RetrySpec{.max = 0, .backoff = Backoff::none, .afterLast = AfterLast::stay});
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    publish(bench, 1);
    bench.settle(1, Settlement::retry);
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{1});
    QCOMPARE(bench.purge("jobs"), std::size_t{1});
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{0});
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QVERIFY(bench.ledger().closed());
}

// A message that was sent round is lost, delayed or failed by new chances, not by those of its first round.
void TestSettlementRules::aRoundTripDrawsAnew() {
    const RetrySpec policy{.max = 1, .backoff = Backoff::fixed, .first = 100ms, .jitterKind = JitterKind::full};
    BrokerBench bench({queue("jobs", policy, "again"), queue("again")});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.settle(1, Settlement::retry);
    bench.runTo(100ms);
    bench.settle(1, Settlement::retry); // dead
    QCOMPARE(bench.redrive("again"), std::size_t{1});
    bench.settle(1, Settlement::retry);
    bench.runTo(200ms);
    const QStringList lines = bench.log({released}).split(QStringLiteral("; "));
    QCOMPARE(lines.size(), 2);
    const double first = lines[0].section(QLatin1Char(' '), 0, 0).toDouble();
    const double second = lines[1].section(QLatin1Char(' '), 0, 0).toDouble() - 100;
    QVERIFY(std::abs(first - second) > 1e-6);
}

QTEST_APPLESS_MAIN(TestSettlementRules)
#include "tst_settlement_rules.moc"

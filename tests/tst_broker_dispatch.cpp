// Who gets the next copy: modes, orders and priorities of consumers, limits that they share, places in a full queue.
#include "support/broker_bench.h"

#include <QTest>

#include <map>
#include <set>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec queue(const std::string& name, DispatchMode dispatch = DispatchMode::shared) {
    ChannelSpec channel;
    channel.name = name;
    channel.dispatch = dispatch;
    return channel;
}

// "A1 B2 A3": consumers in the order they came.
QString deliveries(const BrokerBench& bench) {
    QStringList list;
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        list.append(QChar(static_cast<char16_t>('A' + delivery.consumer.value)) + QString::number(delivery.message));
    return list.join(QLatin1Char(' '));
}

void publish(BrokerBench& bench, int count, const char* to = "jobs") {
    for (int i = 0; i < count; ++i)
        bench.publish(to);
}

} // namespace

class TestBrokerDispatch : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aHigherPriorityComesFirstWhileItHasCredit();
    void oneOfSeveralPrioritiesGoesWhenItIsRetired();
    void theLeastBusyOneIsNext();
    void randomTurnsAreFairAndTheSameEachTime();
    void randomTurnsAreAmongThoseOfTheHighestPriority();
    void anExclusiveConsumerKeepsOthersOut();
    void whoWasRefusedIsNobodyThatAQueueWaitsFor();
    void ofEqualsTheFirstThatCameTakesOverWhenItIsBack();
    void whoTakesOverGetsWhatTheOtherOneHasInHandInItsOrder();
    void anotherOneIsActiveWhenTheActiveOneRetires();
    void theFirstInOrderTakesOverWhenItIsBack();
    void eachKeyHasOneConsumer();
    void aKeyThatMovesWaitsForWhatItsFormerConsumerHasInHand();
    void aBusyKeyLetsOthersPass();
    void whatPassesABusyKeyIsNotDeliveredAfterItsTimeToLive();
    void consumersShareALimitAcrossQueues();
    void whatAnInstanceGivesBackDoesNotGoToItsOwnOtherHandler();
    void aPlaceThatAPublishWasLetInForIsKeptForIt();
    void aDelayedMessageNeedsItsPlaceWhenItsDelayIsOver();
    void unsettledCopiesCanTakePlacesToo();
    void whatIsAckedOnDeliveryTakesNoPlaceWhileItIsWorkedOn();
    void aRequeueDropsTheHeadOfAFullQueue();
    void whatTheRateOfDeliveriesHoldsUpNeedsAPlace();
    void exactExpiryHitsTheMiddleOfTheQueue();
    void anIdleQueueIsDeletedUntilAConsumerComes();
    void whoWaitsForADeletedQueueWaitsNoLonger();
    void expiredCopiesOfADisconnectedConsumerDieInOrder();
    void aBroadcastReachesEveryConsumerThatIsThere();
    void nothingOfABroadcastIsTriedAgain();
    void aSlowConsumerOfABroadcastHoldsNobodyUp();
    void whatASlowConsumerHasNoRoomForIsDroppedForItAlone();
    void aBroadcastToNobodyIsDropped();
    void whatADelayedBroadcastIsForMayHaveGone();
    void aDelayedBroadcastToNobodyMakesRoomForWhoWaits();
    void theOneFurthestBehindLosesItsOldest();
    void whatIsSettledOnDeliveryTakesNoPlaceInALine();
    void purgingABroadcastEmptiesEveryLine();
    void whatExpiresLeavesItsConsumersLine();
    void aBroadcastIsNotDeliveredAtTheInstantItExpires();
};

void TestBrokerDispatch::aHigherPriorityComesFirstWhileItHasCredit() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", BenchConsumer{.prefetch = 2, .priority = 0, .shared = {}});
    bench.attach("jobs", BenchConsumer{.prefetch = 2, .priority = 5, .shared = {}});
    bench.attach("jobs", BenchConsumer{.prefetch = 2, .priority = 5, .shared = {}});
    publish(bench, 7);
    QCOMPARE(deliveries(bench), QStringLiteral("B1 C2 B3 C4 A5 A6"));
    bench.settle(5, Settlement::ack);
    bench.settle(2, Settlement::ack);
    publish(bench, 1);
    QCOMPARE(deliveries(bench), QStringLiteral("B1 C2 B3 C4 A5 A6 A7 C8"));
}

void TestBrokerDispatch::oneOfSeveralPrioritiesGoesWhenItIsRetired() {
    BrokerBench bench({queue("jobs")});
    const ConsumerId low = bench.attach("jobs", BenchConsumer{.prefetch = 0, .priority = 0, .shared = {}});
    const ConsumerId high = bench.attach("jobs", BenchConsumer{.prefetch = 0, .priority = 1, .shared = {}});
    publish(bench, 2);
    bench.retire(high);
    publish(bench, 1);
    bench.resume(high);
    publish(bench, 1);
    QCOMPARE(deliveries(bench), QStringLiteral("B1 B2 A3 B4"));
    QVERIFY(low.valid());
}

void TestBrokerDispatch::theLeastBusyOneIsNext() {
    ChannelSpec jobs = queue("jobs");
    jobs.order = ConsumerOrder::leastInFlight;
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    bench.attach("jobs", 10);
    publish(bench, 4); // A1 B2 A3 B4
    bench.settle(2, Settlement::ack);
    bench.settle(4, Settlement::ack);
    publish(bench, 3);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 B2 A3 B4 B5 B6 A7"));
}

void TestBrokerDispatch::randomTurnsAreFairAndTheSameEachTime() {
    ChannelSpec jobs = queue("jobs");
    jobs.order = ConsumerOrder::random;
    QString first;
    for (int time = 0; time < 2; ++time) {
        BrokerBench bench({jobs});
        for (int i = 0; i < 3; ++i)
            bench.attach("jobs", 0);
        publish(bench, 3000);
        std::map<std::uint32_t, int> shares;
        for (const BrokerBench::Delivery& delivery : bench.deliveries())
            ++shares[delivery.consumer.value];
        QCOMPARE(shares.size(), std::size_t{3});
        for (const auto& [consumer, share] : shares) // 1000 +- 4 standard deviations
            QVERIFY2(share > 897 && share < 1103, qPrintable(QString::number(share)));
        if (time == 0)
            first = deliveries(bench);
        QCOMPARE(deliveries(bench), first);
        QVERIFY(!first.startsWith(QStringLiteral("A1 B2 C3 A4 B5 C6")));
    }
}

void TestBrokerDispatch::randomTurnsAreAmongThoseOfTheHighestPriority() {
    ChannelSpec jobs = queue("jobs");
    jobs.order = ConsumerOrder::random;
    BrokerBench bench({jobs});
    const ConsumerId low = bench.attach("jobs", BenchConsumer{.prefetch = 0, .priority = 0, .shared = {}});
    bench.attach("jobs", BenchConsumer{.prefetch = 50, .priority = 1, .shared = {}});
    bench.attach("jobs", BenchConsumer{.prefetch = 50, .priority = 1, .shared = {}});
    publish(bench, 101);
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        QCOMPARE(delivery.consumer == low, delivery.message == 101); // when the others are full
}

void TestBrokerDispatch::anotherOneIsActiveWhenTheActiveOneRetires() {
    for (const DispatchMode mode : {DispatchMode::singleActive, DispatchMode::failover}) {
        ChannelSpec jobs = queue("jobs");
        jobs.dispatch = mode;
        BrokerBench bench({jobs});
        const ConsumerId first = bench.attach("jobs", 2);
        bench.attach("jobs", 2);
        publish(bench, 3);
        QCOMPARE(deliveries(bench), QStringLiteral("A1 A2"));
        bench.retire(first);
        QCOMPARE(deliveries(bench), QStringLiteral("A1 A2 B3"));
    }
}

// AMQP's exclusive consumer, Pulsar's exclusive subscription.
void TestBrokerDispatch::anExclusiveConsumerKeepsOthersOut() {
    BrokerBench bench({queue("jobs", DispatchMode::exclusive)});
    const ConsumerId a = bench.attach("jobs", 1);
    const ConsumerId b = bench.attach("jobs", 1);
    publish(bench, 3);
    QCOMPARE(deliveries(bench), QStringLiteral("A1"));
    bench.disconnect(a);
    QCOMPARE(deliveries(bench), QStringLiteral("A1")); // B was refused, and does not wait
    bench.resume(b);                                   // it tries again
    QCOMPARE(deliveries(bench), QStringLiteral("A1 B1"));
    bench.resume(a);
    bench.settle(1, Settlement::ack);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 B1 B2"));
}

// Pulsar's failover subscription.
void TestBrokerDispatch::theFirstInOrderTakesOverWhenItIsBack() {
    BrokerBench bench({queue("jobs", DispatchMode::failover)});
    const ConsumerId a = bench.attach("jobs", 0);
    bench.attach("jobs", BenchConsumer{.prefetch = 0, .priority = 3, .shared = {}});
    publish(bench, 1);
    QCOMPARE(deliveries(bench), QStringLiteral("B1"));
    bench.disconnect(ConsumerId{1});
    publish(bench, 1);
    bench.resume(ConsumerId{1});
    publish(bench, 1);
    QCOMPARE(deliveries(bench), QStringLiteral("B1 A1 A2 B1 B2 B3"));
    QVERIFY(a.valid());
}

void TestBrokerDispatch::whoWasRefusedIsNobodyThatAQueueWaitsFor() {
    ChannelSpec jobs = queue("jobs", DispatchMode::exclusive);
    jobs.idleExpiry = 1s;
    BrokerBench bench({jobs});
    const ConsumerId a = bench.attach("jobs");
    bench.attach("jobs");
    bench.disconnect(a);
    bench.runTo(1s);
    publish(bench, 1);
    QCOMPARE(bench.log({unroutable}).section(QLatin1Char(' '), 1, 2), QStringLiteral("unroutable 1")); // it is deleted
}

void TestBrokerDispatch::ofEqualsTheFirstThatCameTakesOverWhenItIsBack() {
    BrokerBench bench({queue("jobs", DispatchMode::failover)});
    const ConsumerId a = bench.attach("jobs", 0);
    bench.attach("jobs", 0);
    bench.disconnect(a);
    publish(bench, 1);
    bench.resume(a);
    publish(bench, 1);
    QCOMPARE(deliveries(bench), QStringLiteral("B1 A1 A2"));
}

// Pulsar: the cursor is rewound to what is not acked; the acks of the other one come too late.
void TestBrokerDispatch::whoTakesOverGetsWhatTheOtherOneHasInHandInItsOrder() {
    BrokerBench bench({queue("jobs", DispatchMode::failover)});
    bench.attach("jobs", 3);
    publish(bench, 4);
    bench.settle(2, Settlement::ack);
    const DeliveryTag late = bench.latest(1);
    bench.runTo(5ms);
    bench.attach("jobs", BenchConsumer{.prefetch = 2, .priority = 1, .shared = {}});
    QCOMPARE(
        bench.log({delivered, requeued, acked}),
        QStringLiteral("0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@0; 0 delivered 3#1 jobs@0; 0 acked 2#1 jobs@0; "
                       "0 delivered 4#1 jobs@0; 5 requeued 1#1 jobs@0 claimed; 5 requeued 3#1 jobs@0 claimed; "
                       "5 requeued 4#1 jobs@0 claimed; 5 delivered 1#2 jobs@1; 5 delivered 3#2 jobs@1"));
    QVERIFY(!bench.settle(late, Settlement::ack));
    bench.settle(1, Settlement::ack);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 A2 A3 A4 B1 B3 B4"));
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::eachKeyHasOneConsumer() {
    BrokerBench bench({queue("jobs", DispatchMode::keyShared)});
    for (int i = 0; i < 3; ++i)
        bench.attach("jobs", 0);
    for (int i = 0; i < 300; ++i)
        bench.publish("jobs", {.key = "k" + std::to_string(i % 30)});
    std::map<Ordinal, std::set<std::uint32_t>> owners;
    std::set<std::uint32_t> busy;
    for (const BrokerBench::Delivery& delivery : bench.deliveries()) {
        owners[(delivery.message - 1) % 30].insert(delivery.consumer.value);
        busy.insert(delivery.consumer.value);
    }
    QCOMPARE(owners.size(), std::size_t{30});
    QCOMPARE(busy.size(), std::size_t{3});
    for (const auto& [key, consumers] : owners)
        QCOMPARE(consumers.size(), std::size_t{1});
    const std::size_t before = bench.deliveries().size();
    for (int i = 0; i < 6; ++i)
        bench.publish("jobs"); // without a key in turn
    std::set<std::uint32_t> turns;
    for (std::size_t at = before; at < bench.deliveries().size(); ++at)
        turns.insert(bench.deliveries()[at].consumer.value);
    QCOMPARE(turns.size(), std::size_t{3});
}

// Pulsar: key_shared, preserving order of processing.
void TestBrokerDispatch::aKeyThatMovesWaitsForWhatItsFormerConsumerHasInHand() {
    BrokerBench bench({queue("jobs", DispatchMode::keyShared)});
    bench.attach("jobs", 0);
    const auto publishAll = [&bench] {
        for (int key = 0; key < 10; ++key)
            bench.publish("jobs", {.key = "k" + std::to_string(key)});
    };
    publishAll();
    bench.attach("jobs", 0);
    publishAll();
    const std::size_t stayed = bench.deliveries().size() - 10;
    QVERIFY(stayed > 0 && stayed < 10);
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        QCOMPARE(delivery.consumer.value, 0U);
    for (Ordinal i = 1; i <= 10; ++i) {
        const std::size_t before = bench.deliveries().size();
        bench.settle(i, Settlement::ack);
        QVERIFY(bench.deliveries().size() - before <= 1);
        if (bench.deliveries().size() > before) {
            QCOMPARE(bench.deliveries().back().message, i + 10);
            QCOMPARE(bench.deliveries().back().consumer.value, 1U);
        }
    }
    QCOMPARE(bench.deliveries().size(), std::size_t{20});
}

void TestBrokerDispatch::aBusyKeyLetsOthersPass() {
    BrokerBench bench({queue("jobs", DispatchMode::keyShared)});
    bench.attach("jobs", 1);
    bench.attach("jobs", 1);
    std::string other; // a key of the one that does not get the first message
    bench.publish("jobs", {.key = "first"});
    const std::uint32_t owner = bench.deliveries().front().consumer.value;
    bench.publish("jobs", {.key = "first"}); // has to wait
    for (int i = 0; bench.deliveries().size() < 2 && i < 100; ++i)
        bench.publish("jobs", {.key = "other" + std::to_string(i)});
    QCOMPARE(bench.deliveries().size(), std::size_t{2});
    QVERIFY(bench.deliveries()[1].consumer.value != owner);
    QVERIFY(bench.deliveries()[1].message > 2);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.deliveries()[2].message, Ordinal{2});
    QCOMPARE(bench.deliveries()[2].consumer.value, owner);
}

void TestBrokerDispatch::whatPassesABusyKeyIsNotDeliveredAfterItsTimeToLive() {
    BrokerBench bench({queue("jobs", DispatchMode::keyShared)});
    bench.attach("jobs", 1);
    bench.attach("jobs", 1);
    bench.publish("jobs", {.key = "first"});
    std::string other;
    for (int i = 0; bench.deliveries().size() < 2; ++i) {
        other = "other" + std::to_string(i);
        bench.publish("jobs", {.key = other}); // those that do not find the second consumer wait
    }
    const Ordinal busy = bench.deliveries()[1].message;
    bench.publish("jobs", {.key = "first"});
    bench.publish("jobs", {.key = other, .ttl = 20ms}); // not at the head
    bench.publish("jobs", {.key = other});
    bench.runTo(50ms);
    bench.settle(busy, Settlement::ack);
    QCOMPARE(bench.deliveries().size(), std::size_t{3});
    QCOMPARE(bench.deliveries()[2].message, busy + 3);
    QCOMPARE(bench.log({RecordKind::expired}), QStringLiteral("50 expired %1 jobs expired").arg(busy + 2));
}

// AMQP's channel-wide prefetch: two consumers on two queues, one limit.
void TestBrokerDispatch::consumersShareALimitAcrossQueues() {
    BrokerBench bench({queue("jobs"), queue("mails")});
    const SharedCredit shared{.group = 0, .prefetch = 2};
    const ConsumerId a = bench.attach("jobs", BenchConsumer{.prefetch = 0, .priority = 0, .shared = shared});
    bench.attach("mails", BenchConsumer{.prefetch = 0, .priority = 0, .shared = shared});
    publish(bench, 3);
    publish(bench, 2, "mails");
    QCOMPARE(deliveries(bench), QStringLiteral("A1 A2"));
    bench.settle(1, Settlement::ack); // its own queue comes first
    bench.settle(2, Settlement::ack);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 A2 B4 B5"));
    bench.settle(4, Settlement::ack);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 A2 B4 B5 A3"));
    bench.disconnect(a);
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
    publish(bench, 1, "mails");
    QCOMPARE(deliveries(bench), QStringLiteral("A1 A2 B4 B5 A3 B6"));
}

void TestBrokerDispatch::whatAnInstanceGivesBackDoesNotGoToItsOwnOtherHandler() {
    BrokerBench bench({queue("jobs")});
    const ConsumerId a = bench.attach("jobs", 1);
    const ConsumerId b = bench.attach("jobs", 1);
    publish(bench, 3);
    bench.disconnect(std::vector<ConsumerId>{a, b});
    QCOMPARE(deliveries(bench), QStringLiteral("A1 B2"));
    QCOMPARE(bench.ready("jobs"), std::size_t{3});
    bench.resume(a);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 B2 A1"));
}

// A message goes to two queues with one place each; in the first it drops the oldest, whose dead letter goes to the second.
void TestBrokerDispatch::aPlaceThatAPublishWasLetInForIsKeptForIt() {
    ChannelSpec both;
    both.name = "both";
    both.kind = ChannelKind::exchange;
    both.exchangeType = ExchangeType::fanout;
    ChannelSpec first = queue("a-first");
    first.bindings = {{.to = "both", .pattern = "#"}};
    first.capacity = 1;
    first.overflow = Overflow::dropOldest;
    first.deadLetter = "b-second";
    ChannelSpec second = queue("b-second");
    second.bindings = {{.to = "both", .pattern = "#"}};
    second.capacity = 1;
    second.overflow = Overflow::reject;
    BrokerBench bench({both, first, second});
    bench.publish("a-first");
    bench.publish("both");
    QCOMPARE(bench.log({enqueued, deadLettered, dropped}),
             QStringLiteral("0 enqueued 1 a-first; 0 enqueued 2 a-first; 0 deadLettered 1 a-first maxlen; "
                            "0 dropped 1 b-second maxlen; 0 enqueued 2 b-second"));
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::aDelayedMessageNeedsItsPlaceWhenItsDelayIsOver() {
    ChannelSpec jobs = queue("jobs");
    jobs.capacity = 1;
    BrokerBench bench({jobs});
    QVERIFY(bench.publish("jobs") == Admission::accepted);
    QVERIFY(bench.publish("jobs") == Admission::refused);
    QVERIFY(bench.publish("jobs", {.delay = 10ms}) == Admission::accepted);
    bench.runTo(10ms); // still full
    QCOMPARE(bench.log({dropped}), QStringLiteral("10 dropped 3 jobs maxlen"));
    QVERIFY(bench.publish("jobs", {.delay = 10ms}) == Admission::accepted);
    bench.attach("jobs", 0);
    bench.runTo(20ms);
    QCOMPARE(deliveries(bench), QStringLiteral("A1 A4"));
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::unsettledCopiesCanTakePlacesToo() {
    ChannelSpec jobs = queue("jobs");
    jobs.capacity = 2;
    jobs.capacityCounts = CapacityCounts::unsettled;
    BrokerBench bench({jobs});
    bench.attach("jobs", 0);
    QVERIFY(bench.publish("jobs") == Admission::accepted);
    QVERIFY(bench.publish("jobs", {.delay = 1s}) == Admission::accepted);
    QVERIFY(bench.publish("jobs") == Admission::refused);
    bench.settle(1, Settlement::ack);
    QVERIFY(bench.publish("jobs") == Admission::accepted);
}

void TestBrokerDispatch::whatIsAckedOnDeliveryTakesNoPlaceWhileItIsWorkedOn() {
    ChannelSpec jobs = queue("jobs");
    jobs.capacity = 1;
    jobs.capacityCounts = CapacityCounts::unsettled;
    jobs.overflow = Overflow::block;
    BrokerBench bench({jobs});
    bench.attach("jobs", 2, true);
    QVERIFY(bench.publish("jobs") == Admission::accepted);
    QVERIFY(bench.publish("jobs") == Admission::accepted);
    QVERIFY(bench.settle(1, Settlement::ack)); // the work ends; its place is not given back a second time
    QVERIFY(bench.settle(2, Settlement::ack));
    QCOMPARE(bench.log({blocked}), QString());
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::aRequeueDropsTheHeadOfAFullQueue() {
    ChannelSpec jobs = queue("jobs");
    jobs.capacity = 2;
    jobs.overflow = Overflow::dropOldest;
    jobs.requeueTo = RequeueTo::tail;
    BrokerBench bench({jobs});
    const ConsumerId consumer = bench.attach("jobs", 1);
    publish(bench, 3);
    bench.retire(consumer);
    bench.settle(1, Settlement::requeue);
    QCOMPARE(bench.log({requeued, dropped}), QStringLiteral("0 requeued 1#1 jobs@0 failure; 0 dropped 2 jobs maxlen"));
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
}

void TestBrokerDispatch::whatTheRateOfDeliveriesHoldsUpNeedsAPlace() {
    for (const Duration delay : {Duration{0}, Duration{5ms}}) {
        ChannelSpec jobs = queue("jobs");
        jobs.capacity = 0;
        jobs.overflow = Overflow::dropOldest;
        jobs.deliveryRate = RateLimitSpec{.tokens = 1, .per = 10ms, .burst = 1};
        BrokerBench bench({jobs});
        bench.attach("jobs", 5);
        bench.publish("jobs", {.delay = delay});
        bench.publish("jobs", {.delay = delay});
        bench.runTo(20ms);
        bench.publish("jobs");
        const int at = static_cast<int>(delay / 1ms);
        QCOMPARE(bench.log({delivered, dropped}),
                 QStringLiteral("%1 delivered 1#1 jobs@0; %1 dropped 2 jobs maxlen; 20 delivered 3#1 jobs@0").arg(at));
        QVERIFY(bench.ledger().closed());
    }
}

void TestBrokerDispatch::exactExpiryHitsTheMiddleOfTheQueue() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlActs = TtlActs::anywhere;
    BrokerBench bench({jobs});
    bench.publish("jobs", {.ttl = 100ms});
    bench.publish("jobs", {.ttl = 30ms});
    bench.publish("jobs");
    bench.runTo(30ms);
    QCOMPARE(bench.log({expired}), QStringLiteral("30 expired 2 jobs"
                                                  " expired"));
    const ConsumerId consumer = bench.attach("jobs", 1); // what is unacked does not expire
    bench.runTo(120ms);
    QCOMPARE(bench.log({expired}).count(QStringLiteral("expired ")), 1);
    bench.retire(consumer);
    bench.settle(1, Settlement::requeue); // and a requeue does not start it again
    bench.runTo(120ms);
    QCOMPARE(bench.log({expired}), QStringLiteral("30 expired 2 jobs expired; 120 expired 1#1 jobs expired"));
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::anIdleQueueIsDeletedUntilAConsumerComes() {
    ChannelSpec jobs = queue("jobs");
    jobs.idleExpiry = 50ms;
    BrokerBench bench({jobs});
    const ConsumerId consumer = bench.attach("jobs", 1);
    bench.runTo(200ms); // used
    publish(bench, 3);
    bench.disconnect(consumer);
    bench.runTo(249ms);
    QCOMPARE(bench.ready("jobs"), std::size_t{3});
    bench.runTo(250ms);
    QCOMPARE(bench.log({purged}), QStringLiteral("250 purged 1#1 jobs queue_expired; 250 purged 2 jobs queue_expired; "
                                                 "250 purged 3 jobs queue_expired"));
    publish(bench, 1);
    QCOMPARE(bench.log({unroutable}).section(QLatin1Char(' '), 1, 2), QStringLiteral("unroutable 4"));
    bench.resume(consumer);
    publish(bench, 1);
    QCOMPARE(bench.deliveries().back().message, Ordinal{5});
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::whoWaitsForADeletedQueueWaitsNoLonger() {
    ChannelSpec jobs = queue("jobs");
    jobs.idleExpiry = 50ms;
    jobs.capacity = 1;
    jobs.overflow = Overflow::block;
    BrokerBench bench({jobs});
    bench.disconnect(bench.attach("jobs"));
    publish(bench, 3);
    QCOMPARE(bench.ledger().messages.held, 2);
    bench.runTo(50ms);
    QCOMPARE(bench.log({blocked, unblocked, unroutable}),
             "0 blocked 2 jobs; 0 blocked 3 jobs; 50 unblocked 2 jobs; 50 unroutable 2 jobs; 50 unblocked 3 jobs; "
             "50 unroutable 3 jobs");
    QCOMPARE(bench.ledger().messages.held, 0);
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::expiredCopiesOfADisconnectedConsumerDieInOrder() {
    ChannelSpec jobs = queue("jobs");
    jobs.retry = RetrySpec{.max = 0, .backoff = Backoff::none};
    jobs.deadLetter = "dead";
    BrokerBench bench({jobs, queue("dead")});
    const ConsumerId consumer = bench.attach("jobs", 0);
    publish(bench, 3);
    bench.disconnect(consumer);
    QCOMPARE(bench.log({deadLettered}),
             QStringLiteral("0 deadLettered 1#1 jobs@0 delivery_limit; 0 deadLettered 2#1 jobs@0 delivery_limit; "
                            "0 deadLettered 3#1 jobs@0 delivery_limit"));
}

void TestBrokerDispatch::aBroadcastReachesEveryConsumerThatIsThere() {
    BrokerBench bench({queue("jobs", DispatchMode::broadcast)});
    bench.attach("jobs");
    const ConsumerId second = bench.attach("jobs");
    bench.publish("jobs");
    bench.disconnect(second);
    bench.publish("jobs");
    bench.resume(second);
    bench.publish("jobs");
    // The first has one in hand and two in its line; the second lost the one it had in hand, and missed the next.
    QCOMPARE(bench.log({delivered, dropped}), "0 delivered 1#1 jobs@0; 0 delivered 1#1 jobs@1; "
                                              "0 dropped 1#1 jobs@1 disconnected; 0 delivered 3#1 jobs@1");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    QCOMPARE(bench.ledger().copies.born, std::int64_t{5});
    QVERIFY(bench.ledger().closed());
}

// RocketMQ: a broadcast that fails is not consumed again, whatever the retry policy; nor is it a dead letter.
void TestBrokerDispatch::nothingOfABroadcastIsTriedAgain() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    jobs.retry = RetrySpec{.max = 16};
    jobs.ackTimeout = 1s;
    jobs.deadLetter = "dead";
    BrokerBench bench({jobs, queue("dead")});
    bench.attach("jobs");
    bench.publish("jobs");
    bench.settle(1, Settlement::retry);
    bench.publish("jobs");
    bench.settle(2, Settlement::requeue);
    bench.publish("jobs");
    bench.settle(3, Settlement::reject);
    bench.publish("jobs");
    bench.runTo(10s);
    QCOMPARE(bench.log({delivered, dropped, deadLettered}),
             "0 delivered 1#1 jobs@0; 0 dropped 1#1 jobs@0 rejected; 0 delivered 2#1 jobs@0; "
             "0 dropped 2#1 jobs@0 failure; 0 delivered 3#1 jobs@0; 0 dropped 3#1 jobs@0 rejected; "
             "0 delivered 4#1 jobs@0; 1000 dropped 4#1 jobs@0 rejected");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::aSlowConsumerOfABroadcastHoldsNobodyUp() {
    BrokerBench bench({queue("jobs", DispatchMode::broadcast)});
    bench.attach("jobs", 1);
    bench.attach("jobs", 100);
    publish(bench, 5);
    std::vector<Ordinal> fast;
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        if (delivery.consumer == ConsumerId{1})
            fast.push_back(delivery.message);
    QCOMPARE(fast, (std::vector<Ordinal>{1, 2, 3, 4, 5}));
    QCOMPARE(bench.deliveries().size(), std::size_t{6});
    QCOMPARE(bench.ready("jobs"), std::size_t{4});
}

void TestBrokerDispatch::whatIsSettledOnDeliveryTakesNoPlaceInALine() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    jobs.capacity = 2;
    jobs.capacityCounts = CapacityCounts::unsettled;
    jobs.overflow = Overflow::dropNewest;
    BrokerBench automatic({jobs});
    automatic.attach("jobs", 0, true);
    publish(automatic, 4);
    QCOMPARE(automatic.ledger().copies.dropped, std::int64_t{0});
    BrokerBench manual({jobs});
    manual.attach("jobs", 4);
    publish(manual, 4);
    QCOMPARE(manual.ledger().copies.dropped, std::int64_t{2});
}

// ZeroMQ: a publisher drops at the high-water mark of the one subscriber whose pipe is full.
void TestBrokerDispatch::whatASlowConsumerHasNoRoomForIsDroppedForItAlone() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    jobs.capacity = 1;
    jobs.overflow = Overflow::dropNewest;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.attach("jobs", 3);
    publish(bench, 5); // the second has room for one more
    QCOMPARE(bench.log({delivered, dropped}),
             "0 delivered 1#1 jobs@0; 0 delivered 1#1 jobs@1; 0 delivered 2#1 jobs@1; 0 dropped 3 jobs@0 maxlen; "
             "0 delivered 3#1 jobs@1; 0 dropped 4 jobs@0 maxlen; 0 dropped 5 jobs@0 maxlen; 0 dropped 5 jobs@1 maxlen");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    QCOMPARE(bench.ledger().copies.born, std::int64_t{10});
    QVERIFY(bench.ledger().closed());
    ChannelSpec small = queue("jobs", DispatchMode::broadcast);
    small.capacityBytes = Bytes{10};
    small.overflow = Overflow::dropNewest;
    BrokerBench bytes({small});
    bytes.attach("jobs", 1);
    for (const std::int64_t size : {100, 6, 5, 4})
        bytes.publish("jobs", {.size = size});
    QCOMPARE(bytes.log({delivered, dropped}), "0 delivered 1#1 jobs@0; 0 dropped 3 jobs@0 maxlen");
    QVERIFY(bytes.ledger().closed());
}

void TestBrokerDispatch::aBroadcastToNobodyIsDropped() {
    BrokerBench bench({queue("jobs", DispatchMode::broadcast)});
    bench.publish("jobs");
    QCOMPARE(bench.log({dropped}), "0 dropped 1 jobs no_consumer");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

void TestBrokerDispatch::whatADelayedBroadcastIsForMayHaveGone() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    jobs.delay = 100ms;
    BrokerBench bench({jobs});
    bench.attach("jobs");
    const ConsumerId second = bench.attach("jobs");
    bench.publish("jobs");
    bench.disconnect(second);
    bench.runTo(1s);
    QCOMPARE(bench.log({delivered, dropped}), "100 delivered 1#1 jobs@0; 100 dropped 1 jobs disconnected");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::aDelayedBroadcastToNobodyMakesRoomForWhoWaits() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    jobs.delay = 100ms;
    jobs.capacity = 2;
    jobs.capacityCounts = CapacityCounts::unsettled;
    jobs.overflow = Overflow::block;
    BrokerBench bench({jobs});
    bench.attach("jobs");
    const ConsumerId second = bench.attach("jobs");
    publish(bench, 2); // one copy for each of them takes both places
    bench.disconnect(second);
    bench.runTo(100ms);
    QCOMPARE(bench.log({blocked, dropped, unblocked}),
             "0 blocked 2 jobs; 100 dropped 1 jobs disconnected; 100 unblocked 2 jobs");
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::theOneFurthestBehindLosesItsOldest() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    jobs.capacity = 2;
    jobs.overflow = Overflow::dropOldest;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.attach("jobs", 100);
    publish(bench, 5);
    QCOMPARE(bench.log({dropped}), "0 dropped 2 jobs maxlen; 0 dropped 3 jobs maxlen");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::whatExpiresLeavesItsConsumersLine() {
    ChannelSpec jobs = queue("jobs", DispatchMode::broadcast);
    BrokerBench bench({jobs});
    bench.attach("jobs");
    bench.attach("jobs", 100);
    bench.publish("jobs");
    bench.publish("jobs", {.ttl = 100ms});
    bench.publish("jobs");
    bench.runTo(1s);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({expired}), "100 expired 2 jobs expired");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

void TestBrokerDispatch::purgingABroadcastEmptiesEveryLine() {
    BrokerBench bench({queue("jobs", DispatchMode::broadcast)});
    bench.attach("jobs");
    bench.attach("jobs");
    publish(bench, 3);
    QCOMPARE(bench.purge("jobs"), std::size_t{4});
    QCOMPARE(bench.ready("jobs"), std::size_t{0});
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0; 0 delivered 1#1 jobs@1");
    QVERIFY(bench.ledger().closed());
}

// Its consumer is free at the very instant.
void TestBrokerDispatch::aBroadcastIsNotDeliveredAtTheInstantItExpires() {
    ChannelSpec jobs = queue("jobs");
    jobs.dispatch = DispatchMode::broadcast;
    jobs.ackTimeout = 30ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    publish(bench, 1);
    bench.publish("jobs", {.ttl = 30ms});
    bench.runTo(30ms);
    QCOMPARE(bench.log({delivered, timedOut, expired}),
             QStringLiteral("0 delivered 1#1 jobs@0; 30 timedOut 1#1 jobs@0 ack_timeout; 30 expired 2 jobs expired"));
    bench.publish("jobs", {.ttl = 0ms}); // what can be taken at once is
    QCOMPARE(bench.log({delivered}), QStringLiteral("0 delivered 1#1 jobs@0; 30 delivered 3#1 jobs@0"));
}

QTEST_APPLESS_MAIN(TestBrokerDispatch)
#include "tst_broker_dispatch.moc"

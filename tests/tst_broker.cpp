// The broker's rules up to the delivery: routing, admission, buffers, dispatch. Rule by rule, with exact times.
#include "support/broker_bench.h"

#include <QTest>

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

ChannelSpec bounded(const std::string& name, std::int64_t capacity, Overflow overflow) {
    ChannelSpec channel = queue(name);
    channel.capacity = capacity;
    channel.overflow = overflow;
    return channel;
}

} // namespace

class TestBroker : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // routing
    void aDirectExchangeComparesTheWholeKey();
    void aFanOutExchangeIgnoresTheKey();
    void aQueueReachableOverSeveralPathsGetsOneCopy();
    void whatNoBindingTakesIsUnroutableAndAccepted();
    // dispatch
    void consumersTakeTurns();
    void aConsumerWithoutCreditIsPassedOver();
    void prefetchZeroIsUnlimited();
    void anAutomaticAckSettlesOnDelivery();
    void copiesOfAConsumerThatWentAwayGoBackInOrder();
    // buffers
    void higherPriorityGoesFirst();
    void theNewestIsFirstInALineThatSaysSo();
    void aDelayedCopyIsReadyExactlyWhenItsDelayIsOver();
    void timeToLiveActsAtTheHead();
    void aRequeueDoesNotRestartTheTimeToLive();
    void earlierExpiriesDoNotPileUpDues();
    void aCopyThatComesBackAgainAndAgainExpiresNobodyElse();
    // admission
    void aFullQueueRejects();
    void aFullQueueDropsTheNewest();
    void aFullQueueDropsTheOldest();
    void whatComesBackToAFullQueueDropsTheOldest();
    void capacityZeroPassesStraightToAFreeConsumer();
    void blockedPublishersGoOnInTheirOrder();
    void aPublisherGivesUpExactlyAtItsTimeout();
    void publishersThatGaveUpLeaveTheLine();
};

void TestBroker::aDirectExchangeComparesTheWholeKey() {
    BrokerBench bench(
        {exchange("in", ExchangeType::direct), queue("a", {{"in", "order"}}), queue("b", {{"in", "order.*"}})});
    bench.publish("in", {.routingKey = "order"});
    bench.publish("in", {.routingKey = "order.paid"});
    QCOMPARE(bench.log({enqueued, unroutable}), "0 enqueued 1 a; 0 unroutable 2 in");
}

void TestBroker::aFanOutExchangeIgnoresTheKey() {
    BrokerBench bench({exchange("in", ExchangeType::fanout), queue("a", {{"in", "x"}}), queue("b", {{"in", "y"}})});
    bench.publish("in", {.routingKey = "z"});
    QCOMPARE(bench.log({enqueued}), "0 enqueued 1 a; 0 enqueued 1 b");
}

void TestBroker::aQueueReachableOverSeveralPathsGetsOneCopy() {
    BrokerBench bench({exchange("in", ExchangeType::topic),
                       exchange("inner", ExchangeType::fanout, {{"in", "order.*"}}),
                       queue("a", {{"in", "#"}, {"in", "order.*"}, {"inner", "#"}}), queue("b", {{"inner", "#"}})});
    bench.publish("in", {.routingKey = "order.paid"});
    bench.publish("in", {.routingKey = "stock"});
    QCOMPARE(bench.log({enqueued}), "0 enqueued 1 a; 0 enqueued 1 b; 0 enqueued 2 a");
}

void TestBroker::whatNoBindingTakesIsUnroutableAndAccepted() {
    BrokerBench bench({exchange("in", ExchangeType::topic)});
    QCOMPARE(bench.publish("in"), Admission::accepted);
    QCOMPARE(bench.log({routed, unroutable, completed}), "0 unroutable 1 in; 0 completed 1");
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

void TestBroker::consumersTakeTurns() {
    BrokerBench bench({queue("jobs")});
    for (int i = 0; i < 3; ++i)
        bench.attach("jobs", 2);
    for (int i = 0; i < 6; ++i)
        bench.publish("jobs");
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@1; 0 delivered 3#1 jobs@2; "
                                     "0 delivered 4#1 jobs@0; 0 delivered 5#1 jobs@1; 0 delivered 6#1 jobs@2");
}

void TestBroker::aConsumerWithoutCreditIsPassedOver() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", 1);
    bench.attach("jobs", 2);
    for (int i = 0; i < 5; ++i)
        bench.publish("jobs");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    bench.runTo(5ms);
    QVERIFY(bench.settle(2, Settlement::ack));
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@1; 0 delivered 3#1 jobs@1; "
                                     "5 delivered 4#1 jobs@1");
}

void TestBroker::prefetchZeroIsUnlimited() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", 0);
    for (int i = 0; i < 1000; ++i)
        bench.publish("jobs");
    QCOMPARE(bench.ready("jobs"), std::size_t{0});
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{1000});
}

void TestBroker::anAutomaticAckSettlesOnDelivery() {
    BrokerBench bench({queue("jobs")});
    const ConsumerId consumer = bench.attach("jobs", 1, true);
    bench.publish("jobs");
    bench.publish("jobs");
    QCOMPARE(bench.log({delivered, acked}),
             "0 delivered 1#1 jobs@0; 0 acked 1#1 jobs@0; 0 delivered 2#1 jobs@0; 0 acked 2#1 jobs@0");
    bench.runTo(3ms);
    QVERIFY(bench.settle(1, Settlement::retry)); // nothing to take back any more
    bench.disconnect(consumer);
    QCOMPARE(bench.log({effectLost, requeued}),
             "3 effectLost 1#1 jobs@0 failure; 3 effectLost 2#1 jobs@0 disconnected");
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{0});
}

void TestBroker::copiesOfAConsumerThatWentAwayGoBackInOrder() {
    BrokerBench bench({queue("jobs")});
    const ConsumerId consumer = bench.attach("jobs", 3);
    for (int i = 0; i < 4; ++i)
        bench.publish("jobs");
    const DeliveryTag old = bench.latest(2);
    bench.runTo(1ms);
    bench.disconnect(consumer);
    QCOMPARE(bench.ready("jobs"), std::size_t{4});
    QVERIFY(!bench.settle(old, Settlement::ack));
    bench.runTo(2ms);
    bench.attach("jobs", 0);
    bench.runTo(3ms);
    bench.resume(consumer);
    bench.publish("jobs");
    bench.publish("jobs");
    QCOMPARE(bench.log({delivered}).section("; ", 3),
             "2 delivered 1#2 jobs@1; 2 delivered 2#2 jobs@1; 2 delivered 3#2 jobs@1; 2 delivered 4#1 jobs@1; "
             "3 delivered 5#1 jobs@1; 3 delivered 6#1 jobs@0");
    QVERIFY(bench.ledger().closed());
}

void TestBroker::higherPriorityGoesFirst() {
    ChannelSpec jobs = queue("jobs");
    jobs.priorities = 2;
    BrokerBench bench({jobs});
    for (const std::uint8_t priority : {0, 1, 2, 9, 1})
        bench.publish("jobs", {.priority = priority}); // 9 counts as 2
    bench.attach("jobs", 0);
    QCOMPARE(bench.log({delivered}), "0 delivered 3#1 jobs@0; 0 delivered 4#1 jobs@0; 0 delivered 2#1 jobs@0; "
                                     "0 delivered 5#1 jobs@0; 0 delivered 1#1 jobs@0");
}

// Last in, first out: also what comes back from a retry; what is handed back to its old place stands there.
void TestBroker::theNewestIsFirstInALineThatSaysSo() {
    ChannelSpec jobs = queue("jobs");
    jobs.line = Line::lifo;
    jobs.retry = RetrySpec{.max = 1, .backoff = Backoff::none};
    BrokerBench bench({jobs});
    for (int i = 0; i < 4; ++i)
        bench.publish("jobs");
    bench.attach("jobs", 1);
    bench.settle(4, Settlement::retry); // at once again
    bench.settle(4, Settlement::ack);
    bench.publish("jobs"); // 5, while 3 is in hand
    bench.settle(3, Settlement::requeue); // behind 5
    for (const Ordinal message : {5, 3, 2, 1})
        bench.settle(message, Settlement::ack);
    QCOMPARE(bench.log({delivered}),
             "0 delivered 4#1 jobs@0; 0 delivered 4#2 jobs@0; 0 delivered 3#1 jobs@0; 0 delivered 5#1 jobs@0; "
             "0 delivered 3#2 jobs@0; 0 delivered 2#1 jobs@0; 0 delivered 1#1 jobs@0");
    QVERIFY(bench.ledger().closed());
}

void TestBroker::aDelayedCopyIsReadyExactlyWhenItsDelayIsOver() {
    ChannelSpec jobs = queue("jobs");
    jobs.delay = 10ms;
    BrokerBench bench({jobs});
    bench.attach("jobs", 0);
    bench.publish("jobs");
    bench.publish("jobs", {.delay = 5ms});  // the queue's own is longer
    bench.publish("jobs", {.delay = 20ms}); // the message's own is longer
    bench.runTo(30ms);
    QCOMPARE(bench.log({released, delivered}),
             "10 released 1 jobs; 10 delivered 1#1 jobs@0; 10 released 2 jobs; 10 delivered 2#1 jobs@0; "
             "20 released 3 jobs; 20 delivered 3#1 jobs@0");
}

void TestBroker::timeToLiveActsAtTheHead() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttl = 10ms;
    BrokerBench bench({jobs});
    bench.publish("jobs");
    bench.publish("jobs", {.ttl = 4ms}); // behind one that lives longer: it goes with it
    bench.publish("jobs", {.ttl = 40ms});
    bench.runTo(3ms);
    bench.publish("jobs", {.ttl = 1ms});
    bench.runTo(20ms);
    QCOMPARE(bench.log({expired}), "10 expired 1 jobs expired; 10 expired 2 jobs expired; 10 expired 3 jobs expired; "
                                   "10 expired 4 jobs expired");
    QVERIFY(bench.ledger().closed());
}

void TestBroker::aRequeueDoesNotRestartTheTimeToLive() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttl = 10ms;
    BrokerBench bench({jobs});
    const ConsumerId consumer = bench.attach("jobs");
    bench.publish("jobs");
    bench.publish("jobs");
    bench.runTo(6ms);
    bench.disconnect(consumer);
    bench.runTo(9ms);
    QCOMPARE(bench.log({expired}), "");
    bench.runTo(30ms);
    QCOMPARE(bench.log({requeued, expired}),
             "6 requeued 1#1 jobs@0 disconnected; 10 expired 1#1 jobs expired; 10 expired 2 jobs expired");
    // In flight it is safe however long that takes; back after its time it goes at once.
    bench.resume(consumer);
    bench.publish("jobs");
    bench.runTo(100ms);
    QVERIFY(bench.settle(3, Settlement::requeue));
    QCOMPARE(bench.log({expired}).section("; ", 2), "100 expired 3#1 jobs expired");
}

void TestBroker::earlierExpiriesDoNotPileUpDues() {
    ChannelSpec mixed = queue("mixed");
    mixed.priorities = 1;
    BrokerBench bench({queue("jobs"), mixed});
    // Whoever lives shorter than the head overtakes it again and again; RabbitMQ 3.10 looks at none of them before the head's
    // own time is over.
    bench.publish("mixed", {.ttl = 10s});
    for (int i = 1; i <= 100; ++i) {
        bench.publish("mixed", {.ttl = Duration{500'000}, .priority = 1});
        bench.runTo(i * 1ms);
    }
    QCOMPARE(bench.pending(), std::size_t{1});
    QCOMPARE(bench.ready("mixed"), std::size_t{101});
    bench.runTo(10s);
    QCOMPARE(bench.ready("mixed"), std::size_t{0});
    QCOMPARE(bench.pending(), std::size_t{0});
}

void TestBroker::aCopyThatComesBackAgainAndAgainExpiresNobodyElse() {
    BrokerBench bench({queue("jobs")});
    // 1 lives shortest, and comes back to the head again and again.
    const ConsumerId consumer = bench.attach("jobs");
    bench.publish("jobs", {.ttl = 1s});
    for (int i = 0; i < 200; ++i)
        bench.publish("jobs", {.ttl = 2s + Duration{i}});
    for (int i = 1; i <= 100; ++i) {
        bench.runTo(i * 1ms);
        bench.disconnect(consumer); // 1 is the head again
        bench.resume(consumer);
    }
    QVERIFY2(bench.pending() <= 2, qPrintable(QString::number(bench.pending())));
    bench.runTo(1999ms);
    QCOMPARE(bench.log({expired}), ""); // 1 was in flight, the others were not due
    bench.runTo(2s);
    QCOMPARE(bench.log({expired}), "2000 expired 2 jobs expired");
    bench.runTo(3s);
    QCOMPARE(bench.pending(), std::size_t{0});
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{1});
}

void TestBroker::aFullQueueRejects() {
    BrokerBench bench({bounded("jobs", 2, Overflow::reject)});
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.publish("jobs"), Admission::refused);
    QCOMPARE(bench.log({enqueued, refused}), "0 enqueued 1 jobs; 0 enqueued 2 jobs; 0 refused 3 jobs maxlen");
    bench.attach("jobs", 1); // takes one: unacked ones do not count
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QVERIFY(bench.ledger().closed());
}

void TestBroker::aFullQueueDropsTheNewest() {
    BrokerBench bench({bounded("jobs", 1, Overflow::dropNewest)});
    bench.publish("jobs");
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.log({enqueued, dropped}), "0 enqueued 1 jobs; 0 dropped 2 jobs maxlen");
}

void TestBroker::aFullQueueDropsTheOldest() {
    ChannelSpec jobs = bounded("jobs", 2, Overflow::dropOldest);
    jobs.deadLetter = "dead";
    BrokerBench bench({jobs, queue("dead")});
    for (int i = 0; i < 4; ++i)
        bench.publish("jobs");
    QCOMPARE(bench.log({deadLettered}), "0 deadLettered 1 jobs maxlen; 0 deadLettered 2 jobs maxlen");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    QCOMPARE(bench.ready("dead"), std::size_t{2});
    bench.attach("dead");
    QCOMPARE(bench.deaths(1), "jobs maxlen x1");
    QVERIFY(bench.ledger().closed());
}

void TestBroker::whatComesBackToAFullQueueDropsTheOldest() {
    BrokerBench bench({bounded("jobs", 2, Overflow::dropOldest)});
    const ConsumerId consumer = bench.attach("jobs", 3);
    for (int i = 0; i < 5; ++i)
        bench.publish("jobs");
    bench.disconnect(consumer);
    QCOMPARE(bench.ready("jobs"), std::size_t{2}); // what comes back is let in, and drops the head: itself
    bench.publish("jobs");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    QCOMPARE(bench.log({dropped}), "0 dropped 1#1 jobs maxlen; 0 dropped 2#1 jobs maxlen; 0 dropped 3#1 jobs maxlen; "
                                   "0 dropped 4 jobs maxlen");
}

void TestBroker::capacityZeroPassesStraightToAFreeConsumer() {
    BrokerBench bench({bounded("jobs", 0, Overflow::reject)});
    QCOMPARE(bench.publish("jobs"), Admission::refused);
    bench.attach("jobs", 1);
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.publish("jobs"), Admission::refused);
    QVERIFY(bench.settle(2, Settlement::ack));
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.log({delivered}), "0 delivered 2#1 jobs@0; 0 delivered 4#1 jobs@0");
}

void TestBroker::blockedPublishersGoOnInTheirOrder() {
    BrokerBench bench({bounded("jobs", 1, Overflow::block)});
    bench.attach("jobs", 1);
    bench.publish("jobs");
    bench.publish("jobs");
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bench.publish("jobs"), Admission::blocked);
    bench.runTo(4ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(9ms);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({blocked, unblocked, enqueued}),
             "0 enqueued 1 jobs; 0 enqueued 2 jobs; 0 blocked 3 jobs; 0 blocked 4 jobs; 0 blocked 5 jobs; "
             "4 unblocked 3 jobs; 4 enqueued 3 jobs; 9 unblocked 4 jobs; 9 enqueued 4 jobs");
    QCOMPARE(bench.admissions(),
             (std::vector<std::pair<std::uint64_t, Admission>>{{3, Admission::accepted}, {4, Admission::accepted}}));
    QVERIFY(bench.ledger().closed());
}

void TestBroker::aPublisherGivesUpExactlyAtItsTimeout() {
    BrokerBench bench({bounded("jobs", 1, Overflow::block)});
    bench.publish("jobs");
    QCOMPARE(bench.publish("jobs", {.timeout = 7ms}), Admission::blocked);
    bench.runTo(Duration{7ms} - Duration{1});
    QCOMPARE(bench.admissions().size(), std::size_t{0});
    bench.runTo(7ms);
    QCOMPARE(bench.log({unblocked, refused}), "7 unblocked 2 jobs; 7 refused 2 jobs publisher_timeout");
    QCOMPARE(bench.admissions().front(), std::pair(std::uint64_t{2}, Admission::refused));
    // One that found room in time hears nothing more of its timeout.
    QCOMPARE(bench.publish("jobs", {.timeout = 7ms}), Admission::blocked);
    bench.attach("jobs", 0);
    bench.runTo(1s);
    QCOMPARE(bench.log({refused}), "7 refused 2 jobs publisher_timeout");
    QVERIFY(bench.ledger().closed());
}

void TestBroker::publishersThatGaveUpLeaveTheLine() {
    BrokerBench bench({bounded("jobs", 1, Overflow::block)});
    bench.publish("jobs");
    bench.publish("jobs");                   // for ever
    bench.publish("jobs", {.timeout = 1ms}); // behind it
    bench.publish("jobs");
    bench.runTo(2ms);
    bench.attach("jobs", 0);
    QCOMPARE(bench.log({delivered}), "2 delivered 1#1 jobs@0; 2 delivered 2#1 jobs@0; 2 delivered 4#1 jobs@0");
    QCOMPARE(bench.admissions(), (std::vector<std::pair<std::uint64_t, Admission>>{
                                     {3, Admission::refused}, {2, Admission::accepted}, {4, Admission::accepted}}));
}

QTEST_APPLESS_MAIN(TestBroker)
#include "tst_broker.moc"

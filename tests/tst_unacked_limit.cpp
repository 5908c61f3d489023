// A limit of what has been delivered and is not settled, in hand or waiting to be delivered again (JetStream's
// max_ack_pending, held against the real one in tests/brokers).
#include "support/broker_bench.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

// What comes back does so after a second.
ChannelSpec limited(std::int64_t most) {
    ChannelSpec channel;
    channel.name = "jobs";
    channel.unackedMax = most;
    channel.requeueTo = RequeueTo::returned;
    channel.retry = RetrySpec{.max = 2,
                              .backoff = Backoff::fixed,
                              .first = 1s,
                              .afterLast = AfterLast::stay,
                              .returnTo = RequeueTo::returned};
    return channel;
}

void publish(BrokerBench& bench, int count) {
    for (int i = 0; i < count; ++i)
        bench.publish("jobs");
}

// "1 2 1#2": what was delivered, with the delivery from the second on.
QString deliveries(const BrokerBench& bench) {
    QStringList list;
    for (const BrokerBench::Delivery& each : bench.deliveries())
        list.append(QString::number(each.message) + (each.attempt > 1 ? QStringLiteral("#%1").arg(each.attempt) : ""));
    return list.join(QLatin1Char(' '));
}

} // namespace

class TestUnackedLimit : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void whatWaitsForItsRedeliveryCounts();
    void whatTimedOutCountsAndComesBackAllTheSame();
    void whatIsRefusedForGoodCountsNoMore();
    void whatStaysAfterItsLastDeliveryCountsNoMore();
    void whatComesBackIsDeliveredAlsoFromBehindWhatIsNew();
    void whatExpiresWhileItWaitsMakesRoom();
    void whatExpiredBehindWhatIsNewTakesNoTurn();
    void aLostConsumersCopiesCountUntilTheyAreSettled();
    void itHoldsForAllConsumersTogether();
    void whatIsAckedOnDeliveryDoesNotCount();
    void keysPassEachOtherBelowTheLimitAlone();
    void whatExpiresForOneKeyMakesRoomForOthers_data();
    void whatExpiresForOneKeyMakesRoomForOthers();
    void ofAStreamEachGroupHasItsOwn();
    void aFullQueueHasNoConsumerForWhatIsNew();
    void aRateOfDeliveriesDoesNotPassIt();
};

void TestUnackedLimit::whatWaitsForItsRedeliveryCounts() {
    BrokerBench bench({limited(2)});
    bench.attach("jobs", 10);
    publish(bench, 4);
    QCOMPARE(deliveries(bench), "1 2");
    bench.settle(1, Settlement::retry);
    bench.runTo(500ms);
    QCOMPARE(deliveries(bench), "1 2"); // its credit is back, and it counts
    bench.settle(2, Settlement::ack);
    QCOMPARE(deliveries(bench), "1 2 3");
    bench.runTo(1s);
    QCOMPARE(deliveries(bench), "1 2 3 1#2"); // what comes back is not new
    bench.settle(1, Settlement::ack);
    QCOMPARE(deliveries(bench), "1 2 3 1#2 4");
}

void TestUnackedLimit::whatTimedOutCountsAndComesBackAllTheSame() {
    ChannelSpec jobs = limited(2);
    jobs.ackTimeout = 1s;
    jobs.retry->paces = Paces::nacks;
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    publish(bench, 3);
    bench.runTo(1s);
    QCOMPARE(deliveries(bench), "1 2 1#2 2#2");
    bench.settle(2, Settlement::ack);
    QCOMPARE(deliveries(bench), "1 2 1#2 2#2 3");
}

void TestUnackedLimit::whatIsRefusedForGoodCountsNoMore() {
    BrokerBench bench({limited(1)});
    bench.attach("jobs", 10);
    publish(bench, 2);
    bench.settle(1, Settlement::reject);
    QCOMPARE(deliveries(bench), "1 2");
}

void TestUnackedLimit::whatStaysAfterItsLastDeliveryCountsNoMore() {
    ChannelSpec jobs = limited(1);
    jobs.retry->max = 0;
    jobs.retry->afterReject = AfterLast::stay;
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    publish(bench, 3);
    bench.settle(1, Settlement::retry);
    QCOMPARE(deliveries(bench), "1 2");
    bench.settle(2, Settlement::reject);
    QCOMPARE(deliveries(bench), "1 2 3");
    QCOMPARE(bench.redrive("jobs", "jobs"), std::size_t{2}); // they begin anew, behind what is in hand
    QCOMPARE(deliveries(bench), "1 2 3");
    bench.settle(3, Settlement::ack);
    QCOMPARE(deliveries(bench), "1 2 3 1");
}

void TestUnackedLimit::whatComesBackIsDeliveredAlsoFromBehindWhatIsNew() {
    for (const DispatchMode mode : {DispatchMode::shared, DispatchMode::singleActive, DispatchMode::keyShared}) {
        ChannelSpec jobs = limited(1);
        jobs.dispatch = mode;
        jobs.requeueTo = RequeueTo::tail;
        BrokerBench bench({jobs});
        bench.attach("jobs", 10);
        publish(bench, 3);
        bench.settle(1, Settlement::requeue);
        QCOMPARE(deliveries(bench), "1 1#2");
        bench.settle(1, Settlement::ack);
        QCOMPARE(deliveries(bench), "1 1#2 2");
    }
}

void TestUnackedLimit::whatExpiresWhileItWaitsMakesRoom() {
    ChannelSpec jobs = limited(1);
    jobs.ttl = 500ms;
    jobs.ttlFrom = TtlFrom::published;
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    publish(bench, 1);
    bench.settle(1, Settlement::retry);
    bench.runTo(800ms);
    publish(bench, 1);
    QCOMPARE(deliveries(bench), "1");
    bench.runTo(1s); // its delay is over, and so is its time
    QCOMPARE(bench.log({expired, delivered}),
             "0 delivered 1#1 jobs@0; 1000 expired 1#1 jobs expired; 1000 delivered 2#1 jobs@0");
}

// It is looked for behind the head, and found to be too old: whoever would have got it gets what is new.
void TestUnackedLimit::whatExpiredBehindWhatIsNewTakesNoTurn() {
    ChannelSpec jobs = limited(1);
    jobs.requeueTo = RequeueTo::tail;
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    bench.publish("jobs", {.ttl = 100ms});
    publish(bench, 2);
    bench.runTo(200ms);
    bench.settle(1, Settlement::requeue);
    QCOMPARE(bench.log({delivered, expired}),
             "0 delivered 1#1 jobs@0; 200 expired 1#1 jobs expired; 200 delivered 2#1 jobs@0");
    bench.settle(2, Settlement::ack);
    QCOMPARE(deliveries(bench), "1 2 3");
}

void TestUnackedLimit::aLostConsumersCopiesCountUntilTheyAreSettled() {
    ChannelSpec jobs = limited(1);
    jobs.group.whenGone = WhenGone::wait;
    jobs.ackTimeout = 1s;
    BrokerBench bench({jobs});
    const ConsumerId first = bench.attach("jobs", 10);
    bench.attach("jobs", 10);
    publish(bench, 2);
    bench.disconnect(first);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0");
    bench.runTo(2500ms);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0; 2000 delivered 1#2 jobs@1; 2500 delivered 2#1 jobs@1");
}

void TestUnackedLimit::itHoldsForAllConsumersTogether() {
    BrokerBench bench({limited(3)});
    bench.attach("jobs", 2);
    bench.attach("jobs", 2);
    publish(bench, 5);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@1; 0 delivered 3#1 jobs@0");
}

void TestUnackedLimit::whatIsAckedOnDeliveryDoesNotCount() {
    BrokerBench bench({limited(1)});
    bench.attach("jobs", 1, true);
    publish(bench, 3);
    QCOMPARE(deliveries(bench), "1 2 3");
    for (int i = 1; i <= 3; ++i)
        bench.settle(static_cast<Ordinal>(i), Settlement::ack);
    publish(bench, 1);
    QCOMPARE(deliveries(bench), "1 2 3 4");
}

void TestUnackedLimit::keysPassEachOtherBelowTheLimitAlone() {
    ChannelSpec jobs = limited(2);
    jobs.dispatch = DispatchMode::keyShared;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.attach("jobs", 1);
    for (const char* key : {"k1", "k1", "k1", "k2", "k3", "k4"})
        bench.publish("jobs", {.key = key});
    QCOMPARE(bench.deliveries().size(), std::size_t{2}); // one of each consumer's keys
    const Ordinal first = bench.deliveries().front().message;
    bench.settle(first, Settlement::retry); // counts, so that nothing new passes
    QCOMPARE(bench.deliveries().size(), std::size_t{2});
    bench.runTo(1s);
    QCOMPARE(bench.deliveries().back().message, first);
}

void TestUnackedLimit::whatExpiresForOneKeyMakesRoomForOthers_data() {
    QTest::addColumn<bool>("anywhere");
    QTest::newRow("at the head") << false;
    QTest::newRow("wherever it stands") << true;
}

// It waits for its consumer, which has no credit, and keeps the other one from what is new; until it expires.
void TestUnackedLimit::whatExpiresForOneKeyMakesRoomForOthers() {
    QFETCH(const bool, anywhere);
    ChannelSpec jobs = limited(2);
    jobs.dispatch = DispatchMode::keyShared;
    jobs.ttlActs = anywhere ? TtlActs::anywhere : TtlActs::head;
    jobs.retry->first = 1ms;
    BrokerBench bench({jobs});
    const ConsumerId busy = bench.attach("jobs", 1);
    bench.attach("jobs", 1);
    std::vector<std::string> own, others; // keys
    for (int i = 0; own.size() < 2 || others.size() < 1; ++i) {
        BrokerBench trial({jobs});
        const ConsumerId first = trial.attach("jobs", 1);
        trial.attach("jobs", 1);
        trial.publish("jobs", {.key = "k" + std::to_string(i)});
        (trial.deliveries().front().consumer == first ? own : others).push_back("k" + std::to_string(i));
    }
    bench.publish("jobs", {.key = own[0], .ttl = 500ms});
    bench.settle(1, Settlement::retry);
    bench.publish("jobs", {.key = own[1]}); // takes its consumer's credit before the first comes back
    bench.publish("jobs", {.key = others[0]});
    bench.runTo(400ms);
    QCOMPARE(deliveries(bench), "1 2");
    QVERIFY(bench.deliveries().back().consumer == busy);
    bench.runTo(600ms);
    QCOMPARE(deliveries(bench), "1 2 3");
}

void TestUnackedLimit::ofAStreamEachGroupHasItsOwn() {
    ChannelSpec log = limited(2);
    log.kind = ChannelKind::stream;
    log.group.delivery = GroupDelivery::shared;
    const auto reader = [](const char* name) {
        ServiceSpec service{.name = name};
        service.handlers.push_back({.on = "jobs"});
        return service;
    };
    BrokerBench bench({log}, {reader("a"), reader("b")});
    bench.attachTo("jobs", "a", 0, 10);
    bench.attachTo("jobs", "b", 1, 10);
    publish(bench, 3);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs/0@0; 0 delivered 1#1 jobs/0@1; 0 delivered 2#1 jobs/0@0; "
                                     "0 delivered 2#1 jobs/0@1");
    bench.settle(bench.deliveries()[0].tag, Settlement::retry);
    bench.settle(bench.deliveries()[1].tag, Settlement::ack);
    bench.runTo(2s);
    QCOMPARE(bench.log({delivered}).section("; ", 4), "0 delivered 3#1 jobs/0@1; 1000 delivered 1#2 jobs/0@0");
}

void TestUnackedLimit::aFullQueueHasNoConsumerForWhatIsNew() {
    ChannelSpec jobs = limited(1);
    jobs.capacity = 0;
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    QVERIFY(bench.publish("jobs") == Admission::accepted);
    QVERIFY(bench.publish("jobs") == Admission::refused);
}

void TestUnackedLimit::aRateOfDeliveriesDoesNotPassIt() {
    ChannelSpec jobs = limited(1);
    jobs.deliveryRate = RateLimitSpec{};
    BrokerBench bench({jobs});
    bench.attach("jobs", 10);
    publish(bench, 2);
    bench.runTo(500ms);
    QCOMPARE(deliveries(bench), "1");
    bench.settle(1, Settlement::retry);
    bench.runTo(5s);
    QCOMPARE(deliveries(bench), "1 1#2");
}

QTEST_APPLESS_MAIN(TestUnackedLimit)
#include "tst_unacked_limit.moc"

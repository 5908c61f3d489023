// Exchanges that serve one queue after the other, and keys that must be heard: what EventEmitter2's emit() does.
#include "support/broker_bench.h"
#include "support/played_scenario.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec queue(const std::string& name, DispatchMode dispatch = DispatchMode::shared) {
    ChannelSpec channel;
    channel.name = name;
    channel.bindings = {{"in", "#"}};
    channel.dispatch = dispatch;
    return channel;
}

ChannelSpec inTurn() {
    ChannelSpec channel;
    channel.name = "in";
    channel.kind = ChannelKind::exchange;
    channel.copyTiming = CopyTiming::inTurn;
    return channel;
}

// An emitter of version 6.4.9, as its profile has it.
ChannelSpec emitter() {
    ChannelSpec channel = inTurn();
    channel.dialect = DialectKind::eventemitter2;
    channel.copyOrder = CopyOrder::specific;
    channel.mustBeHeard = "error";
    return channel;
}

ChannelSpec listener(const std::string& name, const std::string& pattern) {
    ChannelSpec channel = queue(name);
    channel.bindings = {{"in", pattern}};
    channel.ttl = Duration::zero();
    return channel;
}

void publish(BrokerBench& bench) {
    bench.publish("in", {.acks = Acks::leader});
}

QString answers(const BrokerBench& bench) {
    QStringList list;
    for (const auto& [token, outcome] : bench.admissions())
        list.append(QString::number(token) + (outcome == Admission::accepted ? " yes" : " no"));
    return list.join("; ");
}

// Everything is closed, and nothing is kept.
bool isOver(const BrokerBench& bench) {
    return bench.ledger().closed() && bench.broker().messagesHeld() == 0 && bench.broker().copiesOpen() == 0;
}

} // namespace

class TestSuccession : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void eachIsServedWhenTheOneBeforeIsDone();
    void whatOneFailsAtThoseBehindItNeverGet();
    void itsProducerIsToldWhenTheLastIsDone();
    void aProducerThatAsksForNothingIsToldAtOnce();
    void anAutomaticAckIsNoEnd();
    void whatDiesWithItsConsumerIsAFailure();
    void aRetryIsNoFailureBeforeItIsTheLast();
    void whatIsTakenAwayWithoutATryIsNoFailure();
    void whoIsNotThereIsPassedOver();
    void whoHasNoRoomIsPassedOver();
    void aDeletedQueueIsPassedOver();
    void aStreamTakesItsOwnAtOnce();
    void thoseOfABroadcastHaveOneTurn();
    void whatIsDelayedKeepsTheOthersWaiting();
    void onNodesItsTurnBeginsWithItsCommit();
    void whatIsLostWithItsLeaderKeepsNobodyWaiting();
    void severalAreUnderWayAtATime();
    void aMessageInTransitCountsAgainstTheBound();
    void whatComesASecondTimeIsNotTheOldest();
    void whoIsPutInFrontIsCalledBeforeThoseOfItsName();
    void anEmitterThrowsWhatAListenerThrows();
    void anEmitterThrowsAnErrorThatNobodyListensTo();
    void whoPublishesWithoutAListenerIsToldNoAndFails();
    void aHandlerFailsWhenAListenerOfItsOwnEventFails();
};

void TestSuccession::eachIsServedWhenTheOneBeforeIsDone() {
    BrokerBench bench({inTurn(), queue("a"), queue("b"), queue("c")});
    for (const char* name : {"a", "b", "c"})
        bench.attach(name);
    publish(bench);
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(30ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(30ms);
    QCOMPARE(bench.log({sent, enqueued, delivered, acked}),
             "0 sent 1 a; 0 sent 1 b; 0 sent 1 c; 0 enqueued 1 a; 0 delivered 1#1 a@0; 10 acked 1#1 a@0; "
             "10 enqueued 1 b; 10 delivered 1#1 b@1; 30 acked 1#1 b@1; 30 enqueued 1 c; 30 delivered 1#1 c@2");
    QCOMPARE(bench.ledger().copies.inTransit, 0);
    bench.settle(1, Settlement::ack);
    bench.runTo(30ms);
    QVERIFY(isOver(bench));
}

void TestSuccession::whatOneFailsAtThoseBehindItNeverGet() {
    BrokerBench bench({inTurn(), queue("a"), queue("b"), queue("c"), queue("d")});
    for (const char* name : {"a", "b", "c", "d"})
        bench.attach(name);
    publish(bench);
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    bench.settle(1, Settlement::reject);
    bench.runTo(10ms);
    QCOMPARE(bench.log({delivered, dropped}), "0 delivered 1#1 a@0; 0 delivered 1#1 b@1; 10 dropped 1#1 b@1 rejected; "
                                              "10 dropped 1 c earlier_failed; 10 dropped 1 d earlier_failed");
    QCOMPARE(answers(bench), "1 no");
    QCOMPARE(bench.ledger().copies.born, 4);
    QVERIFY(isOver(bench));
}

void TestSuccession::itsProducerIsToldWhenTheLastIsDone() {
    BrokerBench bench({inTurn(), queue("a"), queue("b")});
    for (const char* name : {"a", "b"})
        bench.attach(name);
    QVERIFY(bench.publish("in", {.acks = Acks::all}) == Admission::awaited);
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    QCOMPARE(answers(bench), "");
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    QCOMPARE(answers(bench), "1 yes");
    QVERIFY(isOver(bench));
}

void TestSuccession::aProducerThatAsksForNothingIsToldAtOnce() {
    BrokerBench bench({inTurn(), queue("a")});
    bench.attach("a");
    QVERIFY(bench.publish("in") == Admission::accepted);
    QVERIFY(bench.publish("in", {.acks = Acks::none}) == Admission::accepted);
    bench.settle(1, Settlement::reject);
    bench.runTo(1ms);
    QCOMPARE(answers(bench), "");
}

// Settled with its delivery, but its work goes on, and says how it ended.
void TestSuccession::anAutomaticAckIsNoEnd() {
    BrokerBench bench({inTurn(), queue("a"), queue("b"), queue("c")});
    for (const char* name : {"a", "b", "c"})
        bench.attach(name, 1, true);
    publish(bench);
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(20ms);
    bench.settle(1, Settlement::reject);
    bench.runTo(20ms);
    QCOMPARE(bench.log({delivered, effectLost, dropped}),
             "0 delivered 1#1 a@0; 10 delivered 1#1 b@1; 20 effectLost 1#1 b@1 failure; 20 dropped 1 c earlier_failed");
    QCOMPARE(answers(bench), "1 no");
    QVERIFY(isOver(bench));
}

void TestSuccession::whatDiesWithItsConsumerIsAFailure() {
    BrokerBench bench({inTurn(), queue("a"), queue("b")});
    const ConsumerId first = bench.attach("a", 1, true);
    bench.attach("b", 1, true);
    publish(bench);
    bench.disconnect(first);
    bench.runTo(1ms);
    QCOMPARE(bench.log({delivered, effectLost, dropped}),
             "0 delivered 1#1 a@0; 0 effectLost 1#1 a@0 disconnected; 0 dropped 1 b earlier_failed");
    QCOMPARE(answers(bench), "1 no");
    QVERIFY(isOver(bench));
}

void TestSuccession::aRetryIsNoFailureBeforeItIsTheLast() {
    ChannelSpec first = queue("a");
    first.retry = RetrySpec{.max = 1, .backoff = Backoff::fixed, .first = 10ms};
    BrokerBench bench({inTurn(), first, queue("b")});
    for (const char* name : {"a", "b"})
        bench.attach(name);
    publish(bench);
    bench.settle(1, Settlement::retry);
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    publish(bench);
    bench.settle(2, Settlement::retry);
    bench.runTo(20ms);
    bench.settle(2, Settlement::retry);
    bench.runTo(20ms);
    QCOMPARE(bench.log({delivered, dropped}), "0 delivered 1#1 a@0; 10 delivered 1#2 a@0; 10 delivered 1#1 b@1; "
                                              "10 delivered 2#1 a@0; 20 delivered 2#2 a@0; "
                                              "20 dropped 2#2 a@0 delivery_limit; 20 dropped 2 b earlier_failed");
    QCOMPARE(answers(bench), "1 yes; 2 no");
    QVERIFY(isOver(bench));
}

void TestSuccession::whatIsTakenAwayWithoutATryIsNoFailure() {
    BrokerBench bench({inTurn(), queue("a"), queue("b")});
    bench.attach("b");
    publish(bench);
    bench.runTo(10ms);
    QCOMPARE(bench.purge("a"), std::size_t{1});
    bench.runTo(10ms);
    QCOMPARE(bench.log({purged, delivered}), "10 purged 1 a discard; 10 delivered 1#1 b@0");
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    QCOMPARE(answers(bench), "1 yes");
    QVERIFY(isOver(bench));
}

void TestSuccession::whoIsNotThereIsPassedOver() {
    ChannelSpec a = queue("a");
    a.ttl = Duration::zero();
    BrokerBench bench({inTurn(), a, queue("b")});
    bench.attach("b");
    publish(bench);
    bench.runTo(1ms);
    QCOMPARE(bench.log({expired, delivered}), "0 expired 1 a expired; 0 delivered 1#1 b@0");
}

void TestSuccession::whoHasNoRoomIsPassedOver() {
    ChannelSpec a = queue("a"), c = queue("c");
    a.capacity = c.capacity = 0;
    a.overflow = Overflow::dropNewest;
    c.overflow = Overflow::rejectDeadLetter;
    BrokerBench bench({inTurn(), a, queue("b"), c});
    bench.attach("b");
    publish(bench);
    bench.settle(1, Settlement::ack);
    bench.runTo(1ms);
    QCOMPARE(bench.log({dropped, delivered}), "0 dropped 1 a maxlen; 0 delivered 1#1 b@0; 0 dropped 1 c maxlen");
    QCOMPARE(answers(bench), "1 yes");
    QVERIFY(isOver(bench));
}

void TestSuccession::aDeletedQueueIsPassedOver() {
    ChannelSpec b = queue("b");
    b.idleExpiry = 5ms;
    BrokerBench bench({inTurn(), queue("a"), b, queue("c")});
    bench.attach("a");
    bench.disconnect(bench.attach("b"));
    bench.attach("c");
    publish(bench);
    bench.runTo(10ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    QCOMPARE(bench.log({purged, delivered}), "0 delivered 1#1 a@0; 10 purged 1 b queue_expired; 10 delivered 1#1 c@2");
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    QVERIFY(isOver(bench));
}

void TestSuccession::aStreamTakesItsOwnAtOnce() {
    ChannelSpec log = queue("z");
    log.kind = ChannelKind::stream;
    BrokerBench bench({inTurn(), queue("a"), log});
    bench.attach("a");
    publish(bench);
    QCOMPARE(bench.log({appended, delivered}), "0 appended 1 z/0; 0 delivered 1#1 a@0");
    bench.settle(1, Settlement::reject);
    bench.runTo(1ms);
    QCOMPARE(answers(bench), "1 no");
    QVERIFY(bench.ledger().closed());
}

void TestSuccession::thoseOfABroadcastHaveOneTurn() {
    BrokerBench bench({inTurn(), queue("a", DispatchMode::broadcast), queue("b")});
    bench.attach("a");
    bench.attach("a");
    bench.attach("b");
    publish(bench);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 a@0; 0 delivered 1#1 a@1");
    bench.settle(bench.deliveries()[1].tag, Settlement::ack);
    bench.runTo(1ms);
    QCOMPARE(bench.deliveries().size(), std::size_t{2});
    bench.settle(bench.deliveries()[0].tag, Settlement::ack);
    bench.runTo(2ms);
    QCOMPARE(bench.deliveries().size(), std::size_t{3});
    bench.settle(1, Settlement::ack);
    bench.runTo(2ms);
    QCOMPARE(bench.ledger().copies.born, 3);
    QCOMPARE(answers(bench), "1 yes");
    QVERIFY(isOver(bench));
}

void TestSuccession::whatIsDelayedKeepsTheOthersWaiting() {
    ChannelSpec a = queue("a");
    a.delay = 20ms;
    BrokerBench bench({inTurn(), a, queue("b")});
    bench.attach("a", 1, true);
    bench.attach("b", 1, true);
    publish(bench);
    bench.runTo(30ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(30ms);
    QCOMPARE(bench.log({delivered}), "20 delivered 1#1 a@0; 30 delivered 1#1 b@1");
}

// Three nodes, 5 ms apart: a queue's copy comes when a majority has it.
void TestSuccession::onNodesItsTurnBeginsWithItsCommit() {
    ChannelSpec a = queue("a"), b = queue("b");
    for (ChannelSpec* each : {&a, &b}) {
        each->replicas = 3;
        each->commitRule = CommitRule::majority;
    }
    BrokerBench bench({inTurn(), a, b}, {}, {}, {{.name = "n1"}, {.name = "n2"}, {.name = "n3"}});
    for (const char* node : {"n1", "n2", "n3"})
        bench.setHop(node, 5ms);
    bench.attach("a");
    bench.attach("b");
    publish(bench);
    bench.runTo(50ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(100ms);
    QCOMPARE(bench.log({sent, delivered}), "0 sent 1 a; 0 sent 1 b; 10 delivered 1#1 a@0; 60 delivered 1#1 b@1");
    QCOMPARE(answers(bench), "");
    bench.settle(1, Settlement::ack);
    bench.runTo(100ms);
    QCOMPARE(answers(bench), "1 yes");
    QVERIFY(isOver(bench));
}

void TestSuccession::whatIsLostWithItsLeaderKeepsNobodyWaiting() {
    ChannelSpec a = queue("a"), b = queue("b");
    a.replicas = 2;
    a.election = 100ms;
    a.leader = "n1";
    b.leader = "n3";
    BrokerBench bench({inTurn(), a, b}, {}, {}, {{.name = "n1"}, {.name = "n2"}, {.name = "n3"}});
    bench.setHop("n1", 5ms);
    bench.attach("b");
    publish(bench);
    bench.nodeDown("n1", NodeTrouble::powerOff); // before the other replica has it
    bench.runTo(1s);
    QCOMPARE(bench.log({sent, lost, delivered}),
             "0 sent 1 a; 0 sent 1 b; 100 lost 1 a leader_lost; 100 delivered 1#1 b@0");
    bench.settle(1, Settlement::ack);
    bench.runTo(1s);
    QCOMPARE(answers(bench), "1 yes");
    QVERIFY(isOver(bench));
}

void TestSuccession::severalAreUnderWayAtATime() {
    BrokerBench bench({inTurn(), queue("a"), queue("b")});
    bench.attach("a", 10);
    bench.attach("b", 10);
    for (int i = 0; i < 3; ++i)
        publish(bench);
    bench.settle(2, Settlement::ack);
    bench.runTo(1ms);
    bench.settle(3, Settlement::reject);
    bench.settle(1, Settlement::ack);
    bench.runTo(1ms);
    QCOMPARE(bench.log({delivered, dropped}), "0 delivered 1#1 a@0; 0 delivered 2#1 a@0; 0 delivered 3#1 a@0; "
                                              "0 delivered 2#1 b@1; 1 dropped 3#1 a@0 rejected; "
                                              "1 dropped 3 b earlier_failed; 1 delivered 1#1 b@1");
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::reject);
    bench.runTo(1ms);
    QCOMPARE(answers(bench), "3 no; 1 yes; 2 no");
    QVERIFY(isOver(bench));
}

void TestSuccession::aMessageInTransitCountsAgainstTheBound() {
    BrokerBench bench({inTurn(), queue("a"), queue("b"), queue("c")});
    bench.publish("in");
    QCOMPARE(bench.broker().copiesOpen(), std::size_t{3});
    QCOMPARE(bench.ledger().copies.inTransit, 2);
}

// Its second copy may take the place of its first in memory.
void TestSuccession::whatComesASecondTimeIsNotTheOldest() {
    ChannelSpec in = inTurn(), a = queue("a");
    in.overlap = Overlap::subscription;
    a.bindings.push_back({"in", "*"});
    a.capacity = 2;
    a.capacityCounts = CapacityCounts::unsettled;
    a.overflow = Overflow::dropOldest;
    BrokerBench bench({in, a});
    bench.attach("a");
    for (int i = 0; i < 3; ++i) // the oldest has to go, and from then on is known
        bench.publish("a");
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    publish(bench);
    bench.publish("a");
    bench.runTo(1ms);
    bench.settle(4, Settlement::ack);
    bench.runTo(2ms);
    bench.publish("a");
    QCOMPARE(bench.log({enqueued, dropped}).section("; ", 4),
             "0 enqueued 4 a; 0 enqueued 5 a; 1 enqueued 4 a; 2 enqueued 6 a; 2 dropped 5#1 a@0 maxlen");
    QVERIFY(bench.ledger().closed());
}

// Executed on eventemitter2 6.4.9: throwing-listener.
// 6.4.9: prependListener puts a listener before those of the same name, whatever others match; the last one to do so
// is the first.
void TestSuccession::whoIsPutInFrontIsCalledBeforeThoseOfItsName() {
    ChannelSpec c = listener("c", "a.b"), d = listener("d", "a.b"), e = listener("e", "*.b");
    for (ChannelSpec* each : {&c, &d, &e})
        each->bindings.front().prepend = true;
    BrokerBench bench({emitter(), listener("a", "a.b"), listener("b", "*.b"), c, d, e});
    for (const char* name : {"a", "b", "c", "d", "e"})
        bench.attach(name);
    bench.publish("in", {.routingKey = "a.b", .acks = Acks::leader});
    for (int i = 0; i < 5; ++i) {
        bench.settle(1, Settlement::ack);
        bench.runTo(0ms);
    }
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 d@3; 0 delivered 1#1 c@2; 0 delivered 1#1 a@0; "
                                     "0 delivered 1#1 e@4; 0 delivered 1#1 b@1");
    QVERIFY(isOver(bench));
}

void TestSuccession::anEmitterThrowsWhatAListenerThrows() {
    BrokerBench bench({emitter(), listener("f", "a.b"), listener("g", "a.b"), listener("h", "**")});
    for (const char* name : {"f", "g", "h"})
        bench.attach(name, 1, true);
    bench.publish("in", {.routingKey = "a.b", .acks = Acks::leader});
    bench.settle(1, Settlement::reject);
    bench.runTo(1ms);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 f@0");
    QCOMPARE(answers(bench), "1 no");
    QVERIFY(isOver(bench));
}

// Executed on eventemitter2 6.4.9: error-no-listener, error-onAny, error-ignore.
void TestSuccession::anEmitterThrowsAnErrorThatNobodyListensTo() {
    BrokerBench bench({emitter(), listener("f", "error"), listener("any", "**")});
    const auto emit = [&bench](const char* name) { return bench.publish("in", {.routingKey = name}); };
    QVERIFY(emit("error") == Admission::refused); // names are bound, and nobody is there
    QVERIFY(emit("errors") == Admission::accepted);
    const ConsumerId any = bench.attach("any", 1, true);
    QVERIFY(emit("error") == Admission::accepted);
    bench.retire(any);
    QVERIFY(emit("error") == Admission::refused);
    bench.attach("f", 1, true);
    QVERIFY(emit("error") == Admission::accepted);
    QCOMPARE(bench.log({refused, delivered}), "0 refused 1 in unheard; 0 delivered 3#1 any@0; 0 refused 4 in unheard; "
                                              "0 delivered 5#1 f@1");
    QVERIFY(bench.ledger().closed());

    ChannelSpec ignoring = emitter();
    ignoring.mustBeHeard.clear();
    BrokerBench other({ignoring, listener("f", "error")});
    QVERIFY(other.publish("in", {.routingKey = "error"}) == Admission::accepted);
}

void TestSuccession::whoPublishesWithoutAListenerIsToldNoAndFails() {
    const PlayedScenario run = played(R"({"weir": "1", "run": {"for": "end"}, "profile": "eventemitter2",
      "events": {"order": {}, "error": {}}, "channels": {"bus": {"kind": "topic"}},
      "services": {"shop": {"sources": [{"arrivals": {"times": ["1s"]}, "emit": "order", "to": "bus"}]},
        "stock": {"handlers": [{"on": "bus", "pattern": "order", "takes": "10ms",
                   "then": {"emit": "error", "to": "bus", "confirm": {"retries": 0}}}]}}})");
    QCOMPARE(run.log({refused, unconfirmed, effectLost}),
             "1.01 refused 2 unheard; 1.01 unconfirmed 2 nack; 1.01 effectLost 1 unconfirmed");
    QVERIFY(run.ledger().closed());
}

// emit() inside a listener throws what its own listener throws, and that is a failure of the first.
void TestSuccession::aHandlerFailsWhenAListenerOfItsOwnEventFails() {
    const PlayedScenario run = played(R"({"weir": "1", "run": {"for": "end"}, "profile": "eventemitter2",
      "events": {"order": {}, "paid": {}}, "channels": {"bus": {"kind": "topic"}},
      "services": {
        "shop": {"sources": [{"arrivals": {"times": ["1s"]}, "emit": "order", "to": "bus", "confirm": {"retries": 0}}]},
        "a-till": {"handlers": [{"on": "bus", "pattern": "order", "takes": "10ms",
                    "then": {"emit": "paid", "to": "bus", "confirm": {"retries": 0}}}]},
        "b-mail": {"handlers": [{"on": "bus", "pattern": "order", "takes": "10ms"}]},
        "ledger": {"handlers": [{"on": "bus", "pattern": "paid", "takes": "5ms", "fails": 1}]}}})");
    QCOMPARE(run.log({delivered, unconfirmed, effectLost, dropped}),
             "1 delivered 1; 1.01 delivered 2; 1.015 effectLost 2 failure; 1.015 unconfirmed 2 nack; "
             "1.015 effectLost 1 unconfirmed; 1.015 dropped 1 earlier_failed; 1.015 unconfirmed 1 nack");
    QVERIFY(run.ledger().closed());
}

QTEST_APPLESS_MAIN(TestSuccession)
#include "tst_succession.moc"

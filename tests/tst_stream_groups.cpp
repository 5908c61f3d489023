// Consumer groups of a stream: who reads which partition, sessions and rebalances with generations, commits and where a
// group goes on after a crash, going back and ahead. Rules of Apache Kafka's group protocol, with exact times and
// offsets.
#include "support/broker_bench.h"
#include "support/log_stream.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

ServiceSpec reader(const CommitSpec& commit = {}, const ReadFromSpec& from = {},
                   const std::vector<std::string>& streams = {"log"}) {
    ServiceSpec service{.name = "reader"};
    for (const std::string& name : streams) {
        HandlerSpec handler;
        handler.on = name;
        handler.commit = commit;
        handler.from = from;
        service.handlers.push_back(handler);
    }
    return service;
}

} // namespace

class TestStreamGroups : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void rangeGivesContiguousPartitions();
    void roundRobinAndTurnGiveOneAfterTheOther();
    void stickyLeavesPartitionsWhereTheyAre();
    void cooperativeGivesWhatMovesInASecondGeneration();
    void anEagerRebalanceThatTakesTimeStopsEverybody();
    void aCooperativeRebalanceLetsOwnersReadOn();
    void whoComesDuringARebalanceTakesPart();
    void aCrashedMemberKeepsItsPartitionsUntilItsSessionEnds();
    void aStaticMemberThatIsBackInTimeGoesOnWithoutARebalance();
    void aSecondAbsenceHasASessionOfItsOwn();
    void aDynamicMemberThatIsBackInTimeIsANewOneAndTheGroupWaitsForTheSessionOfTheOldOne();
    void aRebalanceThatWaitsForASessionWaitsForTheLatest();
    void aDynamicMemberThatIsLostAgainWhileTheGroupWaitsForItHoldsItUpOnceMore();
    void aRebalanceIsNotEndedByWhatAnEarlierOneWaitedFor();
    void aMemberThatHasARecordInHandForTooLongLeavesAndWhatItAcksThenIsRefused();
    void whoeverHandlesInTimeStays();
    void whoLeavesForWantOfAPollLeavesWhatItHasNotCommitted();
    void aStaticMemberThatDoesNotPollLeavesASessionLater();
    void aMemberThatDoesNotPollLeavesAllStreamsOfItsGroup();
    void whatWasAckedOnItsDeliveryIsNotInHand();
    void whoLeavesWhileTheGroupWaitsForItsEarlierSessionEndsThatToo();
    void whoHasLeftAndIsLostHasNoSession();
    void aGroupThatReadsSeveralStreamsIsDividedAsOne();
    void aCommitAfterSoManyLeavesTheRestToBeReadAgain();
    void membersThatAreLostTogetherAllLeaveWhatTheyHadNotCommitted();
    void aCommitByTimeComesSoLongAfterTheFirstRecord();
    void aMemberThatLeavesInPeaceCommitsFirst();
    void whatIsReadAgainIsBornAgainAndCountsAsRedelivered();
    void latestWithoutACommitPassesOverWhatCameBefore();
    void aGroupFromTheLatestWhosePositionWasForgottenGoesOnAtTheEnd();
    void aReaderFromTheLatestThatRetentionOvertakesGoesOnAtTheEnd();
    void aReaderFromTheLatestThatIsLostMayHaveCommittedWhatIsForgotten();
    void aGroupCanBeginAtATimeOrAnOffset();
    void goingBackReadsAgain();
    void goingAheadPassesOver();
    void goingBackTakesBackWhatIsBeingHandled();
    void goingBackDoesNotBringBackWhatTheLogHasForgotten();
    void goingBackTwiceCountsEachBirthOnce();
};

void TestStreamGroups::rangeGivesContiguousPartitions() {
    BrokerBench bench({logStream(5, {.assignor = PartitionsBy::range})}, {reader()});
    bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    QCOMPARE(bench.owners("reader"), "00011");
}

void TestStreamGroups::roundRobinAndTurnGiveOneAfterTheOther() {
    for (const PartitionsBy by : {PartitionsBy::roundRobin, PartitionsBy::turn}) {
        BrokerBench bench({logStream(5, {.assignor = by})}, {reader()});
        bench.attach("reader");
        bench.attach("reader");
        bench.openGroups();
        QCOMPARE(bench.owners("reader"), "01010");
    }
}

void TestStreamGroups::stickyLeavesPartitionsWhereTheyAre() {
    BrokerBench bench({logStream(6, {.assignor = PartitionsBy::sticky})}, {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    QCOMPARE(bench.owners("reader"), "012012");
    bench.disconnect(first);
    QCOMPARE(bench.owners("reader"), "112212");
    bench.resume(first);
    QCOMPARE(bench.owners("reader"), "112200"); // the last of each of the others
    QCOMPARE(bench.log({rebalanced}), "0 rebalanced log; 0 rebalanced log; 0 rebalanced log");
}

void TestStreamGroups::cooperativeGivesWhatMovesInASecondGeneration() {
    BrokerBench bench({logStream(4, {.assignor = PartitionsBy::cooperativeSticky})}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    const ConsumerId second = bench.attach("reader");
    bench.resume(second);
    QCOMPARE(bench.owners("reader"), "0011");
    QCOMPARE(bench.log({rebalanced}).count("rebalanced"), 3); // the first, the joining, the follow-up
}

void TestStreamGroups::anEagerRebalanceThatTakesTimeStopsEverybody() {
    BrokerBench bench({logStream(2, {.assignor = PartitionsBy::sticky, .rebalanceTakes = 10ms})}, {reader()});
    bench.attach("reader", 0);
    bench.openGroups();
    bench.publish("log");
    QCOMPARE(bench.log({delivered}), "");
    bench.runTo(20ms);
    QCOMPARE(bench.owners("reader"), "00");
    const ConsumerId second = bench.attach("reader", 0);
    bench.resume(second);
    QCOMPARE(bench.owners("reader"), "--");
    bench.publish("log");
    bench.settle(1, Settlement::ack); // what was being handled is finished
    bench.runTo(40ms);
    QCOMPARE(bench.owners("reader"), "01");
    QCOMPARE(
        bench.log({rebalanced, delivered, acked}),
        "0 rebalanced log rebalancing; 10 rebalanced log; 10 delivered 1#1 log/0@0; 20 rebalanced log rebalancing; "
        "20 acked 1#1 log/0@0; 30 rebalanced log; 30 delivered 2#1 log/1@1");
}

void TestStreamGroups::aCooperativeRebalanceLetsOwnersReadOn() {
    BrokerBench bench({logStream(2, {.assignor = PartitionsBy::cooperativeSticky, .rebalanceTakes = 10ms})},
                      {reader()});
    bench.attach("reader", 0);
    bench.openGroups();
    bench.runTo(10ms);
    bench.resume(bench.attach("reader", 0));
    QCOMPARE(bench.owners("reader"), "00");
    bench.publish("log");
    QCOMPARE(bench.log({delivered}), "10 delivered 1#1 log/0@0");
    bench.runTo(20ms);
    QCOMPARE(bench.owners("reader"), "0-"); // given up, not yet given away
    bench.runTo(30ms);
    QCOMPARE(bench.owners("reader"), "01");
}

void TestStreamGroups::whoComesDuringARebalanceTakesPart() {
    BrokerBench bench({logStream(3, {.assignor = PartitionsBy::range, .rebalanceTakes = 10ms})}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    bench.runTo(5ms);
    bench.resume(bench.attach("reader"));
    bench.runTo(100ms);
    QCOMPARE(bench.owners("reader"), "001");
    QCOMPARE(bench.log({rebalanced}), "0 rebalanced log rebalancing; 10 rebalanced log");
}

void TestStreamGroups::aCrashedMemberKeepsItsPartitionsUntilItsSessionEnds() {
    BrokerBench bench({logStream(2, {.sessionTimeout = 10ms})}, {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.disconnect(first);
    QCOMPARE(bench.owners("reader"), "01");
    bench.runTo(30ms);
    QCOMPARE(bench.owners("reader"), "11");
    QCOMPARE(bench.log({delivered, requeued, rebalanced}),
             "0 rebalanced log; 0 delivered 1#1 log/0@0; 0 requeued 1#1 log/0@0 disconnected; 10 rebalanced log; "
             "10 delivered 1#2 log/0@1");
}

void TestStreamGroups::aSecondAbsenceHasASessionOfItsOwn() {
    BrokerBench bench({logStream(2, {.sessionTimeout = 10ms, .staticMembers = true})}, {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.disconnect(first);
    bench.runTo(5ms);
    bench.resume(first);
    bench.runTo(8ms);
    bench.disconnect(first);
    bench.runTo(17ms);
    QCOMPARE(bench.owners("reader"), "01");
    bench.runTo(18ms);
    QCOMPARE(bench.owners("reader"), "11");
}

void TestStreamGroups::aStaticMemberThatIsBackInTimeGoesOnWithoutARebalance() {
    BrokerBench bench({logStream(2, {.sessionTimeout = 10ms, .staticMembers = true})}, {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.disconnect(first);
    bench.runTo(8ms);
    bench.resume(first);
    bench.runTo(50ms);
    QCOMPARE(bench.owners("reader"), "01");
    QCOMPARE(bench.log({delivered, rebalanced}), "0 rebalanced log; 0 delivered 1#1 log/0@0; 8 delivered 1#2 log/0@0");
    bench.disconnect(first); // a second absence has a session of its own
    bench.runTo(59ms);
    QCOMPARE(bench.owners("reader"), "01");
    bench.runTo(60ms);
    QCOMPARE(bench.owners("reader"), "11");
}

// Kafka's coordinator waits for every member that it knows of; who comes without the identity of a static member has a
// new one.
void TestStreamGroups::aDynamicMemberThatIsBackInTimeIsANewOneAndTheGroupWaitsForTheSessionOfTheOldOne() {
    for (const Duration takes : {Duration::zero(), Duration{3ms}}) {
        BrokerBench bench(
            {logStream(2, {.assignor = PartitionsBy::range, .rebalanceTakes = takes, .sessionTimeout = 30ms})},
            {reader()});
        const ConsumerId first = bench.attach("reader");
        bench.attach("reader");
        bench.openGroups();
        bench.runTo(10ms);
        bench.disconnect(first);
        bench.runTo(18ms);
        bench.resume(first);
        bench.publish("log");
        bench.runTo(39ms);
        QCOMPARE(bench.owners("reader"), "--");
        QCOMPARE(bench.log({delivered}), "");
        bench.runTo(100ms);
        QCOMPARE(bench.owners("reader"), "01");
        QVERIFY(bench.log({rebalanced, delivered})
                    .endsWith("; 18 rebalanced log rebalancing; 40 rebalanced log; 40 delivered 1#1 log/0@0"));
    }
}

void TestStreamGroups::aRebalanceThatWaitsForASessionWaitsForTheLatest() {
    BrokerBench bench({logStream(3, {.assignor = PartitionsBy::range, .rebalanceTakes = 3ms, .sessionTimeout = 30ms})},
                      {reader()});
    const ConsumerId first = bench.attach("reader");
    const ConsumerId second = bench.attach("reader");
    bench.openGroups();
    bench.runTo(10ms);
    bench.disconnect(first);
    bench.runTo(15ms);
    bench.disconnect(second);
    bench.runTo(16ms);
    bench.resume(first);
    bench.runTo(20ms);
    bench.resume(second);
    bench.resume(bench.attach("reader")); // takes part in it
    bench.runTo(200ms);
    QCOMPARE(bench.log({rebalanced}).section("; ", 2), "16 rebalanced log rebalancing; 45 rebalanced log");
    QCOMPARE(bench.owners("reader"), "012");
}

void TestStreamGroups::aDynamicMemberThatIsLostAgainWhileTheGroupWaitsForItHoldsItUpOnceMore() {
    BrokerBench bench({logStream(2, {.assignor = PartitionsBy::range, .rebalanceTakes = 3ms, .sessionTimeout = 30ms})},
                      {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.runTo(10ms);
    bench.disconnect(first);
    bench.runTo(15ms);
    bench.resume(first);
    bench.runTo(25ms);
    bench.disconnect(first);
    bench.runTo(54ms);
    QCOMPARE(bench.owners("reader"), "--");
    bench.runTo(100ms);
    QCOMPARE(bench.owners("reader"), "11");
}

void TestStreamGroups::aRebalanceIsNotEndedByWhatAnEarlierOneWaitedFor() {
    BrokerBench bench({logStream(3, {.assignor = PartitionsBy::range, .rebalanceTakes = 20ms, .sessionTimeout = 30ms})},
                      {reader()});
    const ConsumerId first = bench.attach("reader");
    const ConsumerId second = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.runTo(30ms);
    bench.disconnect(std::vector<ConsumerId>{first, second});
    bench.runTo(32ms);
    bench.resume(first);
    bench.resume(second);
    bench.runTo(35ms);
    bench.disconnect(first); // the second one's first session ends before this one
    bench.runTo(200ms);
    QCOMPARE(bench.log({rebalanced}).section("; ", 2),
             "32 rebalanced log rebalancing; 60 rebalanced log; 65 rebalanced log rebalancing; 85 rebalanced log");
    QCOMPARE(bench.owners("reader"), "112");
}

// Kafka: max.poll.interval.ms. The member leaves, joins again with its next poll, and its late commit is refused.
void TestStreamGroups::aMemberThatHasARecordInHandForTooLongLeavesAndWhatItAcksThenIsRefused() {
    BrokerBench bench({logStream(2, {.maxPollInterval = 20ms})}, {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    const DeliveryTag slow = bench.latest(1);
    bench.runTo(19ms);
    QCOMPARE(bench.owners("reader"), "01");
    bench.runTo(20ms);
    QCOMPARE(bench.owners("reader"), "11");
    bench.runTo(30ms);
    QVERIFY(!bench.settle(slow, Settlement::ack));
    bench.settle(1, Settlement::ack);
    bench.resume(first);
    QCOMPARE(bench.owners("reader"), "01");
    bench.runTo(200ms);
    QCOMPARE(bench.log({delivered, requeued, rebalanced, acked}),
             "0 rebalanced log; 0 delivered 1#1 log/0@0; 20 requeued 1#1 log/0@0 poll_timeout; 20 rebalanced log; "
             "20 delivered 1#2 log/0@1; 30 acked 1#2 log/0@1; 30 rebalanced log");
}

// Each record has a time of its own, however many follow it.
void TestStreamGroups::whoeverHandlesInTimeStays() {
    BrokerBench bench({logStream(1, {.maxPollInterval = 20ms})}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    for (Ordinal message = 1; message <= 5; ++message) {
        bench.publish("log");
        bench.runTo(Duration{19ms} * static_cast<int>(message));
        bench.settle(message, Settlement::ack);
    }
    bench.publish("log");
    bench.runTo(114ms);
    QCOMPARE(bench.log({requeued, rebalanced}), "0 rebalanced log");
    bench.runTo(115ms);
    QCOMPARE(bench.log({requeued, rebalanced}),
             "0 rebalanced log; 115 requeued 6#1 log/0@0 poll_timeout; 115 rebalanced log");
}

void TestStreamGroups::whoLeavesForWantOfAPollLeavesWhatItHasNotCommitted() {
    BrokerBench bench({logStream(1, {.maxPollInterval = 20ms})}, {reader({.every = 5})});
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.publish("log");
    bench.runTo(5ms);
    bench.settle(1, Settlement::ack);
    bench.runTo(25ms);
    bench.resume(bench.attach("reader"));
    QCOMPARE(bench.log({delivered, requeued, acked, enqueued}).section("; ", 3),
             "5 acked 1#1 log/0@0; 5 delivered 2#1 log/0@0; 25 requeued 2#1 log/0@0 poll_timeout; "
             "25 enqueued 1 log/0 uncommitted; 25 delivered 1#2 log/0@1");
}

// It tells nobody that it leaves; nobody hears of it any more.
void TestStreamGroups::aStaticMemberThatDoesNotPollLeavesASessionLater() {
    BrokerBench bench({logStream(2, {.sessionTimeout = 30ms, .staticMembers = true, .maxPollInterval = 20ms})},
                      {reader()});
    bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.runTo(49ms);
    QCOMPARE(bench.owners("reader"), "01");
    bench.runTo(50ms);
    QCOMPARE(bench.owners("reader"), "11");
}

void TestStreamGroups::aMemberThatDoesNotPollLeavesAllStreamsOfItsGroup() {
    const StreamGroupSpec range{.assignor = PartitionsBy::range, .rebalanceTakes = 3ms, .maxPollInterval = 20ms};
    BrokerBench bench({logStream(2, range, "a"), logStream(2, range, "b")}, {reader({}, {}, {"a", "b"})});
    for (const char* const channel : {"a", "b"})
        for (const std::uint32_t member : {0, 1})
            bench.attachTo(channel, "reader", member);
    bench.openGroups();
    bench.runTo(10ms);
    bench.publish("a");
    bench.runTo(32ms);
    QCOMPARE(bench.ownersOf("a", "reader"), "--");
    bench.runTo(33ms);
    QCOMPARE(bench.ownersOf("a", "reader"), "11");
    QCOMPARE(bench.ownersOf("b", "reader"), "33");
    QCOMPARE(bench.log({requeued}), "30 requeued 1#1 a/0@0 poll_timeout");
}

void TestStreamGroups::whatWasAckedOnItsDeliveryIsNotInHand() {
    BrokerBench bench({logStream(2, {.maxPollInterval = 20ms})}, {reader()});
    bench.attach("reader", 1, true);
    bench.attach("reader", 1, true);
    bench.openGroups();
    bench.publish("log");
    bench.runTo(100ms);
    QCOMPARE(bench.owners("reader"), "01");
}

// It came back as a new member; a cooperative rebalance waits for the session of the one that it was, and lets it read
// on.
void TestStreamGroups::whoLeavesWhileTheGroupWaitsForItsEarlierSessionEndsThatToo() {
    BrokerBench bench({logStream(2, {.assignor = PartitionsBy::cooperativeSticky,
                                     .rebalanceTakes = 3ms,
                                     .sessionTimeout = 100ms,
                                     .maxPollInterval = 20ms})},
                      {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.runTo(10ms);
    bench.disconnect(first);
    bench.runTo(15ms);
    bench.resume(first);
    bench.publish("log");
    bench.runTo(50ms);
    QCOMPARE(bench.log({delivered, requeued, rebalanced}).section("; ", 2),
             "15 rebalanced log rebalancing; 15 delivered 1#1 log/0@0; 35 requeued 1#1 log/0@0 poll_timeout; "
             "38 rebalanced log; 38 delivered 1#2 log/0@1");
    bench.runTo(300ms);
    QCOMPARE(bench.owners("reader"), "--"); // the other one had it for too long as well
}

void TestStreamGroups::whoHasLeftAndIsLostHasNoSession() {
    BrokerBench bench({logStream(2, {.sessionTimeout = 30ms, .maxPollInterval = 20ms})}, {reader()});
    const ConsumerId first = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.runTo(20ms);
    bench.settle(1, Settlement::ack); // by the other one
    bench.runTo(25ms);
    bench.disconnect(first);
    bench.runTo(100ms);
    QCOMPARE(bench.log({rebalanced}), "0 rebalanced log; 20 rebalanced log");
    bench.resume(first);
    QCOMPARE(bench.owners("reader"), "01");
}

void TestStreamGroups::aGroupThatReadsSeveralStreamsIsDividedAsOne() {
    const StreamGroupSpec sticky{.assignor = PartitionsBy::sticky};
    BrokerBench bench({logStream(3, sticky, "a"), logStream(3, sticky, "b")}, {reader({}, {}, {"a", "b"})});
    // Each instance has a consumer at each stream.
    const auto attach = [&bench](const std::string& channel, std::uint32_t member) {
        return bench.attachTo(channel, "reader", member);
    };
    attach("a", 0);
    attach("a", 1);
    attach("b", 0);
    attach("b", 1);
    bench.openGroups();
    // Three of six each; by stream it would have been two and one, twice to the first.
    QCOMPARE(bench.ownersOf("a", "reader"), "010");
    QCOMPARE(bench.ownersOf("b", "reader"), "323");
    QCOMPARE(bench.log({rebalanced}), "0 rebalanced a; 0 rebalanced b");
}

void TestStreamGroups::aCommitAfterSoManyLeavesTheRestToBeReadAgain() {
    BrokerBench bench({logStream(1)}, {reader({.every = 3})});
    const ConsumerId first = bench.attach("reader");
    bench.openGroups();
    for (Ordinal i = 1; i <= 6; ++i)
        bench.publish("log");
    for (Ordinal i = 1; i <= 5; ++i)
        bench.settle(i, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "0..6 5 3");
    bench.disconnect(first);
    QCOMPARE(bench.position("reader", 0), "0..6 3 3");
    bench.resume(first);
    for (Ordinal i = 4; i <= 6; ++i)
        bench.settle(i, Settlement::ack);
    QCOMPARE(bench.log({delivered}).section("; ", 6),
             "0 delivered 4#2 log/0@0; 0 delivered 5#2 log/0@0; 0 delivered 6#1 log/0@0");
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{3, 6}));
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.ledger().copies.born, 8);
    QCOMPARE(bench.ledger().copies.acked, 8);
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

void TestStreamGroups::membersThatAreLostTogetherAllLeaveWhatTheyHadNotCommitted() {
    BrokerBench bench({logStream(3)}, {reader({.every = 100})});
    const ConsumerId first = bench.attach("reader");
    const ConsumerId second = bench.attach("reader");
    bench.attach("reader");
    bench.openGroups();
    for (Ordinal i = 1; i <= 3; ++i)
        bench.publish("log");
    for (Ordinal i = 1; i <= 3; ++i)
        bench.settle(i, Settlement::ack);
    bench.disconnect(std::vector<ConsumerId>{first, second});
    QCOMPARE(bench.log({enqueued}).section("; ", 3), "0 enqueued 1 log/0 uncommitted; 0 enqueued 2 log/1 uncommitted");
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({delivered}).section("; ", 3), "0 delivered 1#2 log/0@2; 0 delivered 2#2 log/1@2");
    QVERIFY(bench.ledger().closed());
}

void TestStreamGroups::aCommitByTimeComesSoLongAfterTheFirstRecord() {
    BrokerBench bench({logStream(1)}, {reader({.every = 0, .interval = 10ms})});
    bench.attach("reader");
    bench.openGroups();
    bench.runTo(4ms);
    for (Ordinal i = 1; i <= 3; ++i)
        bench.publish("log");
    bench.settle(1, Settlement::ack);
    bench.runTo(8ms);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "0..3 2 0");
    bench.runTo(14ms); // 3 is still being handled
    QCOMPARE(bench.position("reader", 0), "0..3 2 2");
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{2}));
    bench.runTo(1s);
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{2}));
}

void TestStreamGroups::aMemberThatLeavesInPeaceCommitsFirst() {
    BrokerBench bench({logStream(1)}, {reader({.every = 100})});
    const ConsumerId first = bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.publish("log");
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::ack);
    bench.resume(bench.attach("reader"));
    bench.retire(first);
    QCOMPARE(bench.position("reader", 0), "0..2 2 2");
    QCOMPARE(bench.owners("reader"), "1");
}

void TestStreamGroups::whatIsReadAgainIsBornAgainAndCountsAsRedelivered() {
    BrokerBench bench({logStream(1)}, {reader({.every = 100})});
    const ConsumerId first = bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({completed}), "0 completed 1");
    bench.disconnect(first);
    bench.resume(first);
    bench.settle(1, Settlement::ack);
    QCOMPARE(bench.log({enqueued, delivered, acked, completed}),
             "0 enqueued 1 log/0; 0 delivered 1#1 log/0@0; 0 acked 1#1 log/0@0; 0 completed 1; "
             "0 enqueued 1 log/0 uncommitted; 0 delivered 1#2 log/0@0; 0 acked 1#2 log/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestStreamGroups::latestWithoutACommitPassesOverWhatCameBefore() {
    BrokerBench bench({logStream(1)}, {reader({}, {.where = ReadFromSpec::Where::latest})});
    bench.publish("log");
    bench.publish("log");
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    QCOMPARE(bench.log({dropped, delivered}),
             "0 dropped 1 log/0 offset_reset; 0 dropped 2 log/0 offset_reset; 0 delivered 3#1 log/0@0");
    bench.settle(3, Settlement::ack);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.log({completed}), "0 completed 1; 0 completed 2; 0 completed 3");
}

// Kafka's auto.offset.reset holds as well where the committed offset is out of range. Who has no such policy goes on at
// the oldest record left.
void TestStreamGroups::aGroupFromTheLatestWhosePositionWasForgottenGoesOnAtTheEnd() {
    struct Case {
        PartitionsBy assignor;
        ReadFromSpec::Where from;
        int missed; // while it is away
        const char* log;
    };
    using Where = ReadFromSpec::Where;
    for (const Case& each :
         {Case{PartitionsBy::range, Where::latest, 5,
               "0 delivered 1#1 log/0@0; 0 dropped 4 log/0 offset_reset; 0 dropped 5 log/0 "
               "offset_reset; 0 dropped 6 log/0 offset_reset; 0 delivered 7#1 log/0@0"},
          Case{PartitionsBy::range, Where::latest, 3, // all that it missed is there
               "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/0@0"},
          Case{PartitionsBy::range, Where::earliest, 5, "0 delivered 1#1 log/0@0; 0 delivered 4#1 log/0@0"},
          Case{PartitionsBy::turn, Where::latest, 5, "0 delivered 1#1 log/0@0; 0 delivered 4#1 log/0@0"}}) {
        for (const Duration session :
             {Duration::zero(), Duration{10ms}}) { // its partition is taken away, or kept for it
            ChannelSpec log =
                logStream(1, {.assignor = each.assignor, .sessionTimeout = session, .staticMembers = true});
            log.retainCount = 3;
            BrokerBench bench({log}, {reader({}, {.where = each.from})});
            const ConsumerId only = bench.attach("reader");
            bench.openGroups();
            bench.publish("log");
            bench.settle(1, Settlement::ack);
            bench.disconnect(only);
            for (int i = 0; i < each.missed; ++i)
                bench.publish("log");
            bench.resume(only);
            bench.publish("log");
            QCOMPARE(bench.log({dropped, delivered}), each.log);
            QVERIFY(bench.ledger().closed());
        }
    }
}

void TestStreamGroups::aReaderFromTheLatestThatRetentionOvertakesGoesOnAtTheEnd() {
    ChannelSpec log = logStream(1, {.assignor = PartitionsBy::range});
    log.retainCount = 3;
    BrokerBench bench({log}, {reader({}, {.where = ReadFromSpec::Where::latest})});
    bench.attach("reader");
    bench.openGroups();
    for (int i = 0; i < 6; ++i)
        bench.publish("log");
    bench.settle(1, Settlement::ack);
    bench.publish("log");
    QCOMPARE(bench.log({expired, dropped, delivered}),
             "0 delivered 1#1 log/0@0; 0 expired 2 log/0 retention; 0 expired 3 log/0 retention; "
             "0 dropped 4 log/0 offset_reset; 0 dropped 5 log/0 offset_reset; 0 dropped 6 log/0 offset_reset; "
             "0 delivered 7#1 log/0@0");
    bench.settle(7, Settlement::ack);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.position("reader", 0), "4..7 7 7");
}

void TestStreamGroups::aReaderFromTheLatestThatIsLostMayHaveCommittedWhatIsForgotten() {
    ChannelSpec log = logStream(1, {.assignor = PartitionsBy::range});
    log.retainCount = 3;
    BrokerBench bench({log}, {reader({.every = 0, .interval = 10ms}, {.where = ReadFromSpec::Where::latest})});
    const ConsumerId only = bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.settle(1, Settlement::ack);
    bench.runTo(10ms);
    for (Ordinal i = 2; i <= 6; ++i) {
        bench.publish("log");
        bench.settle(i, Settlement::ack);
    }
    bench.disconnect(only);
    bench.resume(only);
    bench.publish("log");
    QCOMPARE(bench.commits(), (std::vector<std::uint32_t>{1}));
    QCOMPARE(bench.log({dropped, delivered}).section("; ", 6),
             "10 dropped 4 log/0 offset_reset; 10 dropped 5 log/0 offset_reset; 10 dropped 6 log/0 offset_reset; "
             "10 delivered 7#1 log/0@0");
    QVERIFY(bench.ledger().closed());
}

void TestStreamGroups::aGroupCanBeginAtATimeOrAnOffset() {
    for (const ReadFromSpec& from : {ReadFromSpec{.where = ReadFromSpec::Where::time, .time = 2ms},
                                     ReadFromSpec{.where = ReadFromSpec::Where::offset, .offset = 2}}) {
        BrokerBench bench({logStream(1)}, {reader({}, from)});
        for (int i = 0; i < 4; ++i) {
            bench.runTo(i * 1ms);
            bench.publish("log");
        }
        bench.attach("reader");
        bench.openGroups();
        QCOMPARE(bench.log({delivered}), "3 delivered 3#1 log/0@0");
    }
}

void TestStreamGroups::goingBackReadsAgain() {
    BrokerBench bench({logStream(1)}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    for (Ordinal i = 1; i <= 3; ++i) {
        bench.publish("log");
        bench.settle(i, Settlement::ack);
    }
    bench.seek("reader", {.where = ReadFromSpec::Where::offset, .offset = 1});
    QCOMPARE(bench.position("reader", 0), "0..3 1 1");
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.log({delivered}).section("; ", 3), "0 delivered 2#2 log/0@0; 0 delivered 3#2 log/0@0");
    QCOMPARE(bench.position("reader", 0), "0..3 3 3");
    QCOMPARE(bench.log({committed}).section("; ", 3),
             "0 committed log/0 seek; 0 committed 2 log/0; 0 committed 3 log/0");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
}

void TestStreamGroups::goingAheadPassesOver() {
    BrokerBench bench({logStream(1)}, {reader()});
    for (int i = 0; i < 3; ++i)
        bench.publish("log");
    bench.seek("reader", {.where = ReadFromSpec::Where::latest});
    bench.attach("reader");
    bench.openGroups();
    QCOMPARE(bench.log({dropped, delivered}), "0 dropped 1 log/0 seek; 0 dropped 2 log/0 seek; 0 dropped 3 log/0 seek");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.log({completed}).count("completed"), 3);
}

void TestStreamGroups::goingBackTakesBackWhatIsBeingHandled() {
    BrokerBench bench({logStream(1)}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    bench.publish("log");
    bench.publish("log");
    bench.settle(1, Settlement::ack);
    const DeliveryTag old = bench.latest(2);
    bench.seek("reader", {});
    QVERIFY(!bench.settle(old, Settlement::ack));
    bench.settle(1, Settlement::ack);
    bench.settle(2, Settlement::ack);
    QCOMPARE(bench.log({delivered, requeued}),
             "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/0@0; 0 requeued 2#1 log/0@0 seek; 0 delivered 1#2 log/0@0; "
             "0 delivered 2#1 log/0@0");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.ledger().copies.born, 3);
}

void TestStreamGroups::goingBackDoesNotBringBackWhatTheLogHasForgotten() {
    ChannelSpec log = logStream(1);
    log.retainCount = 2;
    BrokerBench bench({log}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    for (int i = 0; i < 3; ++i)
        bench.publish("log");
    bench.seek("reader", {});
    QCOMPARE(bench.log({delivered, requeued, expired}),
             "0 delivered 1#1 log/0@0; 0 requeued 1#1 log/0@0 seek; 0 expired 1#1 log/0 retention; "
             "0 delivered 2#1 log/0@0");
    bench.settle(2, Settlement::ack);
    bench.settle(3, Settlement::ack);
    QCOMPARE(bench.position("reader", 0), "1..3 3 3");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QCOMPARE(bench.log({completed}).count("completed"), 3);
}

void TestStreamGroups::goingBackTwiceCountsEachBirthOnce() {
    BrokerBench bench({logStream(1)}, {reader()});
    bench.attach("reader");
    bench.openGroups();
    for (Ordinal i = 1; i <= 4; ++i) {
        bench.publish("log");
        bench.settle(i, Settlement::ack);
    }
    bench.seek("reader", {.where = ReadFromSpec::Where::offset, .offset = 2}); // 3 and 4 again
    bench.settle(3, Settlement::ack);
    bench.seek("reader", {}); // 1, 2 and 3 again; 4 still waits
    for (Ordinal i = 1; i <= 4; ++i)
        bench.settle(i, Settlement::ack);
    QCOMPARE(bench.ledger().copies.born, 9);
    QCOMPARE(bench.ledger().copies.acked, 9);
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QCOMPARE(bench.position("reader", 0), "0..4 4 4");
}

QTEST_APPLESS_MAIN(TestStreamGroups)
#include "tst_stream_groups.moc"

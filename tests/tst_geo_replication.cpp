// Replication between clusters: each record comes to the stream's namesakes some time later, in order, and no further.
// Rules: Apache Pulsar, Geo-replication.
#include "support/broker_bench.h"
#include "support/played_scenario.h"

#include "core/scenario/check.h"
#include "core/scenario/load.h"

#include <QTest>

using namespace weir;
using Kind = RecordKind;

namespace {

ChannelSpec logOf(const std::string& name, std::vector<ReplicateSpec> replicate = {}) {
    ChannelSpec log;
    log.name = name;
    log.kind = ChannelKind::stream;
    log.replicate = std::move(replicate);
    return log;
}

ServiceSpec reader(const std::string& name, const std::string& of) {
    ServiceSpec service;
    service.name = name;
    HandlerSpec handler;
    handler.on = of;
    service.handlers.push_back(handler);
    return service;
}

QStringList codesOf(const std::string& channels) {
    const auto scenario = loadScenario(R"({"weir": "1", "events": {"a": {}}, "channels": )" + channels + R"(,
      "services": {"shop": {"sources": [{"arrivals": {"every": "1s"}, "emit": "a", "to": "us"}]}}})");
    if (!scenario)
        return {QString::fromStdString(scenario.error().front().text())};
    QStringList found;
    for (const Finding& finding : check(*scenario))
        if (finding.code == "replicationEnds")
            found << QString::fromStdString(finding.where + ": " + finding.text);
    return found;
}

} // namespace

class TestGeoReplication : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aRecordComesToTheOtherClusterAfterItsTime();
    void whatCameOverIsNotPassedOnNorBack();
    void theOrderOfTheLogIsKept();
    void aRecordKeepsItsPartition();
    void aDeadLetterThatComesToALogGoesOverLikeAnyRecord();
    void whatGoesRoundAtOnceDoesSoDueByDue();
    void whatIsForgottenHereStillArrivesThere();
    void theRemoteStreamsOwnDedupDecides();
    void whatIsAbortedDoesNotCrossOver();
    void itsConversationIsCompleteWhenAllHaveIt();
    void replicationsThatFitNothingAreRefused();
    void theCheckNamesAClusterThatIsNotReached();
};

void TestGeoReplication::aRecordComesToTheOtherClusterAfterItsTime() {
    BrokerBench bench(
        {logOf("us", {{.to = "eu", .takes = 80ms}, {.to = "asia", .takes = 150ms}}), logOf("eu"), logOf("asia")},
        {reader("clerk", "eu")});
    bench.attach("clerk");
    bench.openGroups();
    bench.publish("us");
    bench.runTo(200ms);
    QCOMPARE(bench.log({Kind::appended, Kind::delivered}),
             "0 appended 1 us/0; 80 appended 1 eu/0; 80 delivered 1#1 eu/0@0; 150 appended 1 asia/0");
    QVERIFY(bench.ledger().closed());
    QCOMPARE(bench.pending(), 0u);
}

void TestGeoReplication::whatCameOverIsNotPassedOnNorBack() {
    BrokerBench bench({logOf("us", {{.to = "eu", .takes = 80ms}}), logOf("eu", {{.to = "us", .takes = 80ms}})});
    bench.publish("us");
    bench.runTo(50ms);
    bench.publish("eu");
    bench.runTo(10s);
    QCOMPARE(bench.log({Kind::appended}),
             "0 appended 1 us/0; 50 appended 2 eu/0; 80 appended 1 eu/0; 130 appended 2 us/0");
}

void TestGeoReplication::theOrderOfTheLogIsKept() {
    BrokerBench bench({logOf("us", {{.to = "eu", .takes = 80ms}}), logOf("eu")});
    for (int i = 0; i < 3; ++i)
        bench.publish("us");
    bench.runTo(1ms);
    bench.publish("us");
    bench.runTo(80ms);
    QCOMPARE(bench.log({Kind::appended}).count("eu"), 3);
    bench.runTo(81ms);
    QCOMPARE(bench.log({Kind::appended}).section(QStringLiteral("; "), 4),
             "80 appended 1 eu/0; 80 appended 2 eu/0; 80 appended 3 eu/0; 81 appended 4 eu/0");
}

void TestGeoReplication::aRecordKeepsItsPartition() {
    ChannelSpec us = logOf("us", {{.to = "eu", .takes = 1ms}}), eu = logOf("eu");
    us.partitions = 3;
    eu.partitions = 3;
    BrokerBench bench({us, eu});
    bench.publish("eu"); // its own turn is another one's now
    for (int i = 0; i < 3; ++i)
        bench.publish("us");
    bench.runTo(1ms);
    QCOMPARE(bench.log({Kind::appended}), "0 appended 1 eu/0; 0 appended 2 us/0; 0 appended 3 us/1; 0 appended 4 us/2; "
                                          "1 appended 2 eu/0; 1 appended 3 eu/1; 1 appended 4 eu/2");
}

// A replicator publishes: where it died before nobody knows there, so that nothing stops one that goes round.
void TestGeoReplication::aDeadLetterThatComesToALogGoesOverLikeAnyRecord() {
    ChannelSpec eu = logOf("eu");
    eu.deadLetter = "us";
    eu.deliveryRate = RateLimitSpec{.tokens = 1, .per = 10s, .burst = 1, .action = RateAction::drop};
    BrokerBench bench({logOf("us", {{.to = "eu", .takes = 80ms}}), eu}, {reader("clerk", "eu")});
    bench.attach("clerk", 9);
    bench.openGroups();
    bench.publish("eu"); // takes the token
    bench.publish("us");
    bench.settle(1, Settlement::ack);
    bench.runTo(170ms);
    QCOMPARE(bench.log({Kind::appended, Kind::deadLettered}),
             "0 appended 1 eu/0; 0 appended 2 us/0; 80 appended 2 eu/0; 80 deadLettered 2 eu/0@0 rate_limit; "
             "80 appended 2 us/0; 160 appended 2 eu/0; 160 deadLettered 2 eu/0@0 rate_limit; 160 appended 2 us/0");
    QVERIFY(bench.ledger().closed());
}

// So that a run that has no end can be stopped.
void TestGeoReplication::whatGoesRoundAtOnceDoesSoDueByDue() {
    const PlayedScenario run = opened(R"({"weir": "1", "events": {"a": {}}, "channels": {
        "us": {"kind": "stream", "replicate": [{"to": "eu", "takes": "0s"}]},
        "eu": {"kind": "stream", "deadLetter": "us", "deliveryRate": {"limit": "1/s", "burst": 1, "action": "drop"}}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "10ms", "count": 2}, "emit": "a", "to": "us"}]},
                   "clerk": {"handlers": [{"on": "eu"}]}}})");
    QCOMPARE(run.simulation->run(SimTime::max(), 1'000, *run.recorder), 1'000u);
    QVERIFY(run.count(RecordKind::deadLettered) > 900);
}

void TestGeoReplication::whatIsForgottenHereStillArrivesThere() {
    ChannelSpec us = logOf("us", {{.to = "eu", .takes = 80ms}});
    us.retainUntil = RetainUntil::interest; // and nobody reads
    BrokerBench bench({us, logOf("eu")});
    bench.publish("us");
    bench.runTo(80ms);
    QCOMPARE(bench.log({Kind::appended}), "0 appended 1 us/0; 80 appended 1 eu/0");
}

void TestGeoReplication::theRemoteStreamsOwnDedupDecides() {
    ChannelSpec eu = logOf("eu");
    eu.dedup = DedupSpec{};
    BrokerBench bench({logOf("us", {{.to = "eu", .takes = 80ms}}), eu}, {reader("clerk", "eu")});
    bench.attach("clerk", 10, true);
    bench.openGroups();
    bench.publish("us", {.identity = 7});
    bench.publish("us", {.identity = 7}); // a producer's repeat, which nobody knows here
    bench.runTo(80ms);
    QCOMPARE(bench.log({Kind::appended}), "0 appended 1 us/0; 0 appended 2 us/0; 80 appended 1 eu/0");
    QVERIFY(bench.ledger().closed());
}

void TestGeoReplication::whatIsAbortedDoesNotCrossOver() {
    BrokerBench bench({logOf("us", {{.to = "eu", .takes = 80ms}}), logOf("eu")});
    const TransactionTag lost = bench.begin(), kept = bench.begin();
    bench.publish("us", {.transaction = lost});
    bench.publish("us", {.transaction = kept});
    bench.end(lost, false);
    bench.runTo(10ms);
    bench.end(kept, true);
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::appended}), "0 appended 1 us/0; 0 appended 2 us/0; 90 appended 2 eu/0");
}

void TestGeoReplication::itsConversationIsCompleteWhenAllHaveIt() {
    BrokerBench bench({logOf("us", {{.to = "eu", .takes = 80ms}}), logOf("eu")});
    bench.publish("us");
    bench.runTo(1s);
    QCOMPARE(bench.log({Kind::completed}), "80 completed 1");
}

void TestGeoReplication::replicationsThatFitNothingAreRefused() {
    QCOMPARE(codesOf(R"({"us": {"kind": "stream", "replicate": [{"to": "us"}]}})"),
             QStringList{"/channels/us/replicate/0/to: needs the name of another stream, once, got \"us\""});
    QCOMPARE(codesOf(R"({"us": {"kind": "stream", "replicate": [{"to": "q"}]}, "q": {"kind": "queue"}})"),
             QStringList{"/channels/us/replicate/0/to: needs the name of another stream, once, got \"q\""});
    QCOMPARE(codesOf(R"({"us": {"kind": "stream", "replicate": [{}]}})"),
             QStringList{"/channels/us/replicate/0: needs \"to\", the name of a stream in another cluster"});
}

void TestGeoReplication::theCheckNamesAClusterThatIsNotReached() {
    QCOMPARE(codesOf(R"({"us": {"kind": "stream", "replicate": [{"to": "eu"}]},
                         "eu": {"kind": "stream", "replicate": [{"to": "us"}, {"to": "asia"}]},
                         "asia": {"kind": "stream"}})"),
             QStringList{"/channels/us/replicate: What us replicates to eu is not passed on from there to asia; let us "
                         "replicate to it, too."});
    QCOMPARE(codesOf(R"({"us": {"kind": "stream", "replicate": [{"to": "eu"}, {"to": "asia"}]},
                         "eu": {"kind": "stream", "replicate": [{"to": "us"}, {"to": "asia"}]},
                         "asia": {"kind": "stream"}})"),
             QStringList());
}

QTEST_GUILESS_MAIN(TestGeoReplication)
#include "tst_geo_replication.moc"

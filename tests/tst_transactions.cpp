// Transactions in a log: who sees what of them and when, what holds readers back, and what is lost or handled twice
// where consume and produce are one transaction. Rules: Apache Kafka, isolation.level and KIP-98.
#include "support/nodes_bench.h"
#include "support/played_scenario.h"

#include "core/scenario/check.h"

#include <QTest>

using namespace weir;
using Kind = RecordKind;

namespace {

ChannelSpec logOf(std::uint32_t partitions = 1) {
    ChannelSpec log;
    log.name = "log";
    log.kind = ChannelKind::stream;
    log.partitions = partitions;
    return log;
}

ServiceSpec reader(const std::string& name, Isolation isolation, ReadFromSpec from = {}) {
    ServiceSpec service;
    service.name = name;
    HandlerSpec handler;
    handler.on = "log";
    handler.isolation = isolation;
    handler.from = from;
    service.handlers.push_back(handler);
    return service;
}

// One careful and one hasty group, each with a member that takes all it gets.
struct TwoReaders {
    explicit TwoReaders(ChannelSpec log = logOf())
        : bench({std::move(log)}, {reader("careful", Isolation::committed), reader("hasty", Isolation::uncommitted)}) {
        careful = bench.attach("careful", 100, true);
        hasty = bench.attach("hasty", 100, true);
        bench.openGroups();
    }
    // What each was given, until nothing more comes.
    QString all(ConsumerId consumer) {
        QStringList seen;
        for (std::size_t i = 0; i < bench.deliveries().size();
             ++i) // grows: a partition goes on when its record is done
            if (const DeliveryTag tag = bench.deliveries()[i].tag; bench.broker().copy(tag))
                bench.settle(tag, Settlement::ack);
        for (const BrokerBench::Delivery& delivery : bench.deliveries())
            if (delivery.consumer == consumer)
                seen << QString::number(delivery.message);
        return seen.join(QLatin1Char(' '));
    }
    BrokerBench bench;
    ConsumerId careful, hasty;
};

// Orders that a handler turns into invoices in another log; two books read them, one what is committed only.
std::string invoices(const std::string& handler, const std::string& more = {}, const std::string& services = {}) {
    return R"({"weir": "1", "run": {"for": "end"}, "events": {"order": {}, "invoice": {}},
      "channels": {"orders": {"kind": "stream", "retry": {"max": "unbounded", "backoff": "none"}},
                   "invoices": {"kind": "stream"}},
      "services": {)" +
           services +
           R"("shop": {"sources": [{"arrivals": {"every": "10ms", "count": 100}, "emit": "order", "to": "orders"}]},
                   "biller": {"restartAfter": "1s", "handlers": [{"on": "orders", "takes": "5ms", )" +
           handler + R"(, "then": [{"emit": "invoice", "to": "invoices"}]}]},
                   "careful": {"handlers": [{"on": "invoices"}]},
                   "hasty": {"handlers": [{"on": "invoices", "isolation": "uncommitted"}]}})" +
           more + "}";
}

double handledBy(const PlayedScenario& run, const char* service) {
    return run.metric(service, "handled");
}

} // namespace

class TestTransactions : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void anOpenRecordHasItsOffsetAndIsSeenByTheUncommittedAlone();
    void aCommitShowsWhatWasOpenInTheOrderOfTheLog();
    void anOpenTransactionHoldsBackWhatComesAfterIt();
    void theOldestOpenTransactionDecidesHowFarOneReads();
    void whatIsAbortedIsPassedOverByTheCommittedAlone();
    void aMarkerTakesAnOffsetInEachPartition();
    void aPartitionIsReadBehindItsOwnMarkerOnly();
    void theLagOfTheCommittedEndsWhereTheyMayRead();
    void aTransactionThatNobodyEndsIsAbortedAfterItsTimeout();
    void whoComesTooLateToEndItIsTold();
    void whatWasRefusedWithinItAbortsIt();
    void latestBeginsForTheCommittedAtTheOldestOpenTransaction();
    void aSeekBackReadsNothingThatWasAborted();
    void whatTheGroupPassedOverBeforeItWasDecidedIsNotBorn();
    void anOpenRecordThatIsForgottenIsCountedForTheCommitted();
    void anAbortedRecordReplacesNothingInACompactedLog();
    void anOpenRecordReplacesNothingUntilItIsCommitted();
    void aRecordThatAllWhoMaySeeItHaveAckedGoes();

    void aCommitIsSeenWhenItsMarkerIsReplicated();
    void anAbortLetsOthersPassWhenItsMarkerIsReplicated();
    void aMarkerThatIsLostWithItsLeaderIsWrittenAgain();
    void anEndedTransactionsNameIsFreeBeforeItsMarkerIsReplicated();

    void consumeAndProduceAreOneForCommittedReaders();
    void aCrashLeavesATransactionOpenUntilItsProducerIsBack();
    void aCrashWithoutARestartHoldsReadersBackUntilTheTimeout();
    void uncommittedReadersSeeWhatACrashAborted();
    void aTransactionThatLastsTooLongIsHandledAnew();
    void theOffsetsOfAHandlingAreCommittedWithIt();
    void withoutATransactionACrashHandlesTwice();
    void whatGoesToAQueueWaitsForTheEnd();
    void anExchangeThatLeadsToStreamsAloneIsLogged();
    void aCommitDoesNotOvertakeWhatWasPublished();
    void aSnapshotWithinATransactionGoesOnIdentically();

    void isolationIsForStreams();
    void theCheckWarnsOfDirtyReadsAndShortTimeouts();
    void aGroupHasOneIsolation();
    void aMarkerIsNoRecordThatAGroupFromTheLatestHasForgotten();
};

// --- the broker ---

// What stands there is no record, and nothing to have missed.
void TestTransactions::aMarkerIsNoRecordThatAGroupFromTheLatestHasForgotten() {
    ChannelSpec log = logOf();
    log.group.assignor = PartitionsBy::range;
    const auto hasty = reader("hasty", Isolation::uncommitted, {.where = ReadFromSpec::Where::latest});
    {
        log.retainCount = 1; // with the only record before it the marker goes that the position stands at
        BrokerBench bench({log}, {hasty});
        bench.attach("hasty");
        bench.openGroups();
        const TransactionTag transaction = bench.begin();
        bench.publish("log", {.transaction = transaction});
        bench.end(transaction, true);
        bench.publish("log");
        bench.settle(1, Settlement::ack);
        QCOMPARE(bench.log({Kind::dropped, Kind::delivered}), "0 delivered 1#1 log/0@0; 0 delivered 2#1 log/0@0");
    }
    log.retainCount.reset();
    log.retainFor = 10ms; // the marker comes to an empty log
    BrokerBench bench({log}, {hasty});
    const ConsumerId only = bench.attach("hasty");
    bench.openGroups();
    const TransactionTag transaction = bench.begin();
    bench.publish("log", {.transaction = transaction});
    bench.settle(1, Settlement::ack);
    bench.runTo(15ms);
    bench.disconnect(only);
    bench.end(transaction, true);
    bench.publish("log");
    bench.resume(only);
    QCOMPARE(bench.log({Kind::dropped, Kind::delivered}), "0 delivered 1#1 log/0@0; 15 delivered 2#1 log/0@0");
}

void TestTransactions::anOpenRecordHasItsOffsetAndIsSeenByTheUncommittedAlone() {
    TwoReaders two;
    const TransactionTag transaction = two.bench.begin();
    two.bench.publish("log", {.transaction = transaction});
    QCOMPARE(two.bench.log({Kind::appended, Kind::enqueued, Kind::delivered}),
             "0 appended 1 log/0; 0 enqueued 1 log/0; 0 delivered 1#1 log/0@1");
    QCOMPARE(two.bench.position("careful", 0), "0..1 0 0");
    QCOMPARE(two.bench.stable("careful"), 0u);
}

void TestTransactions::aCommitShowsWhatWasOpenInTheOrderOfTheLog() {
    TwoReaders two;
    const TransactionTag transaction = two.bench.begin();
    two.bench.publish("log", {.transaction = transaction});
    two.bench.publish("log", {.transaction = transaction});
    QCOMPARE(two.all(two.careful), "");
    QVERIFY(two.bench.end(transaction, true));
    QCOMPARE(two.all(two.careful), "1 2");
    QCOMPARE(two.all(two.hasty), "1 2");
    QCOMPARE(two.bench.log({Kind::transactionCommitted}), "0 transactionCommitted log/0");
    QVERIFY(two.bench.ledger().closed());
    QCOMPARE(two.bench.ledger().copies.born, 4);
    QCOMPARE(two.bench.ledger().copies.acked, 4);
}

void TestTransactions::anOpenTransactionHoldsBackWhatComesAfterIt() {
    TwoReaders two;
    two.bench.publish("log");
    const TransactionTag transaction = two.bench.begin();
    two.bench.publish("log", {.transaction = transaction});
    two.bench.publish("log"); // of somebody who knows nothing of transactions
    QCOMPARE(two.all(two.careful), "1");
    QCOMPARE(two.all(two.hasty), "1 2 3");
    two.bench.end(transaction, true);
    QCOMPARE(two.all(two.careful), "1 2 3");
}

void TestTransactions::theOldestOpenTransactionDecidesHowFarOneReads() {
    TwoReaders two;
    const TransactionTag first = two.bench.begin(), second = two.bench.begin();
    two.bench.publish("log", {.transaction = first});  // offset 0
    two.bench.publish("log", {.transaction = second}); // 1
    two.bench.end(second, true);                       // 2: its marker
    QCOMPARE(two.bench.stable("careful"), 0u);
    QCOMPARE(two.all(two.careful), "");
    two.bench.publish("log", {.transaction = first}); // 3
    two.bench.end(first, true);                       // 4
    QCOMPARE(two.bench.stable("careful"), 5u);
    QCOMPARE(two.all(two.careful), "1 2 3");
}

void TestTransactions::whatIsAbortedIsPassedOverByTheCommittedAlone() {
    TwoReaders two;
    const TransactionTag lost = two.bench.begin(), kept = two.bench.begin();
    two.bench.publish("log", {.transaction = lost});
    two.bench.publish("log", {.transaction = kept});
    two.bench.publish("log", {.transaction = lost});
    QVERIFY(two.bench.end(lost, false));
    QVERIFY(two.bench.end(kept, true));
    QCOMPARE(two.all(two.careful), "2");
    QCOMPARE(two.all(two.hasty), "1 2 3");
    QCOMPARE(two.bench.log({Kind::transactionCommitted, Kind::transactionAborted}),
             "0 transactionAborted log/0 failure; 0 transactionCommitted log/0");
    QVERIFY(two.bench.ledger().closed());
    QCOMPARE(two.bench.ledger().copies.born, 4); // three for the one, one for the other
    QCOMPARE(two.bench.ledger().copies.acked, 4);
}

void TestTransactions::aMarkerTakesAnOffsetInEachPartition() {
    TwoReaders two(logOf(2));
    const TransactionTag transaction = two.bench.begin();
    two.bench.publish("log", {.transaction = transaction}); // without a key in turn: to 0 and 1
    two.bench.publish("log", {.transaction = transaction});
    two.bench.end(transaction, true);
    QCOMPARE(two.bench.log({Kind::transactionCommitted}), "0 transactionCommitted log/0; 0 transactionCommitted log/1");
    QCOMPARE(two.bench.position("hasty", 0).section(QLatin1Char(' '), 0, 0), "0..2");
    QCOMPARE(two.bench.position("hasty", 1).section(QLatin1Char(' '), 0, 0), "0..2");
    two.bench.publish("log");
    QCOMPARE(two.bench.position("hasty", 0).section(QLatin1Char(' '), 0, 0), "0..3");
}

// On nodes a marker is there as soon as its leader has it, and who shares a stream reads all of its partitions.
void TestTransactions::aPartitionIsReadBehindItsOwnMarkerOnly() {
    ChannelSpec log = logOf(2);
    log.group.delivery = GroupDelivery::shared;
    BrokerBench bench({log}, {reader("careful", Isolation::committed)}, {}, {{.name = "a"}});
    bench.attach("careful", 100);
    const TransactionTag transaction = bench.begin();
    bench.publish("log", {.transaction = transaction}); // to 0
    bench.publish("log", {.transaction = transaction}); // to 1
    QVERIFY(bench.end(transaction, true));
    QCOMPARE(bench.log({Kind::transactionCommitted, Kind::delivered}),
             "0 transactionCommitted log/0; 0 delivered 1#1 log/0@0; 0 transactionCommitted log/1; "
             "0 delivered 2#1 log/1@0");
    QVERIFY(bench.ledger().closed());
}

void TestTransactions::theLagOfTheCommittedEndsWhereTheyMayRead() {
    TwoReaders two;
    two.bench.publish("log");
    const TransactionTag transaction = two.bench.begin();
    two.bench.publish("log", {.transaction = transaction});
    two.bench.publish("log");
    two.all(two.careful);
    QCOMPARE(two.bench.lag("careful"), 0); // it has read all it may
    QCOMPARE(two.bench.lag("hasty"), 0);
    two.bench.end(transaction, false);
    two.all(two.careful);
    QCOMPARE(two.bench.lag("careful"), 0); // markers and aborted records are no lag
    QCOMPARE(two.bench.lag("hasty"), 0);
    QCOMPARE(two.bench.position("careful", 0), "0..4 4 4");
}

void TestTransactions::aTransactionThatNobodyEndsIsAbortedAfterItsTimeout() {
    TwoReaders two;
    const TransactionTag transaction = two.bench.begin(10ms);
    two.bench.publish("log", {.transaction = transaction});
    two.bench.publish("log");
    two.bench.runTo(9ms);
    QCOMPARE(two.all(two.careful), "");
    two.bench.runTo(10ms);
    QCOMPARE(two.bench.log({Kind::transactionAborted}), "10 transactionAborted log/0 transaction_timeout");
    QCOMPARE(two.all(two.careful), "2");
    QCOMPARE(two.bench.pending(), 0u);
}

void TestTransactions::whoComesTooLateToEndItIsTold() {
    TwoReaders two;
    const TransactionTag transaction = two.bench.begin(10ms);
    two.bench.publish("log", {.transaction = transaction});
    two.bench.runTo(10ms);
    QVERIFY(!two.bench.end(transaction, true));
    QVERIFY(two.bench.publish("log", {.transaction = transaction}) == Admission::refused);
    QCOMPARE(two.bench.log({Kind::refused}), "10 refused 2 log fenced");
    QCOMPARE(two.all(two.careful), "");
}

void TestTransactions::whatWasRefusedWithinItAbortsIt() {
    ChannelSpec log = logOf();
    log.messageSizeMax = Bytes{10};
    TwoReaders two(log);
    const TransactionTag transaction = two.bench.begin();
    two.bench.publish("log", {.transaction = transaction});
    QVERIFY(two.bench.publish("log", {.size = 11, .transaction = transaction}) == Admission::unacceptable);
    QVERIFY(!two.bench.end(transaction, true));
    QCOMPARE(two.bench.log({Kind::transactionCommitted, Kind::transactionAborted}),
             "0 transactionAborted log/0 aborted");
    QCOMPARE(two.all(two.careful), "");
}

void TestTransactions::latestBeginsForTheCommittedAtTheOldestOpenTransaction() {
    const ReadFromSpec latest{.where = ReadFromSpec::Where::latest};
    BrokerBench bench(
        {logOf()}, {reader("careful", Isolation::committed, latest), reader("hasty", Isolation::uncommitted, latest)});
    bench.publish("log");
    const TransactionTag transaction = bench.begin();
    bench.publish("log", {.transaction = transaction});
    bench.publish("log");
    bench.attach("careful");
    bench.attach("hasty");
    bench.openGroups();
    QCOMPARE(bench.position("careful", 0), "0..3 1 0");
    QCOMPARE(bench.position("hasty", 0), "0..3 3 0");
}

void TestTransactions::aSeekBackReadsNothingThatWasAborted() {
    TwoReaders two;
    const TransactionTag lost = two.bench.begin();
    two.bench.publish("log", {.transaction = lost});
    two.bench.publish("log");
    two.bench.end(lost, false);
    QCOMPARE(two.all(two.careful), "2");
    two.bench.seek("careful", {});
    QCOMPARE(two.all(two.careful), "2 2");
    QVERIFY(two.bench.ledger().closed());
}

void TestTransactions::whatTheGroupPassedOverBeforeItWasDecidedIsNotBorn() {
    TwoReaders two;
    const TransactionTag open = two.bench.begin();
    two.bench.publish("log", {.transaction = open});
    two.bench.publish("log");
    two.bench.seek("careful", {.where = ReadFromSpec::Where::offset, .offset = 2});
    two.bench.end(open, true);
    QCOMPARE(two.all(two.careful), "");
    two.bench.seek("careful", {}); // back again: now all of it is there
    QCOMPARE(two.all(two.careful), "1 2");
    QVERIFY(two.bench.ledger().closed());
}

void TestTransactions::anOpenRecordThatIsForgottenIsCountedForTheCommitted() {
    ChannelSpec log = logOf();
    log.retainCount = 1;
    TwoReaders two(log);
    const TransactionTag open = two.bench.begin();
    two.bench.publish("log", {.transaction = open});
    two.bench.publish("log", {.transaction = open}); // the first one goes
    QCOMPARE(two.bench.log({Kind::expired}), "0 expired 1 log/0 retention");
    two.bench.end(open, true);
    QCOMPARE(two.all(two.careful), "2");
    QVERIFY(two.bench.ledger().closed());
}

void TestTransactions::anAbortedRecordReplacesNothingInACompactedLog() {
    ChannelSpec log = logOf();
    log.compaction = CompactionSpec{.dirty = 0, .tombstones = 24h};
    TwoReaders two(log);
    two.bench.publish("log", {.key = "a"});
    const TransactionTag lost = two.bench.begin();
    two.bench.publish("log", {.key = "a", .transaction = lost});
    QCOMPARE(two.all(two.hasty), "1 2");
    two.bench.end(lost, false); // a cleaning: the aborted one goes, not the one before it
    two.bench.publish("log", {.key = "b"});
    QCOMPARE(two.all(two.careful), "1 3");
    two.bench.seek("careful", {});
    QCOMPARE(two.all(two.careful), "1 3 1 3");
    QCOMPARE(two.bench.log({Kind::expired}), "");
}

void TestTransactions::anOpenRecordReplacesNothingUntilItIsCommitted() {
    ChannelSpec log = logOf();
    log.retainPerSubject = 1;
    TwoReaders two(log);
    two.bench.publish("log");
    const TransactionTag open = two.bench.begin();
    two.bench.publish("log", {.transaction = open});
    QCOMPARE(two.bench.position("hasty", 0).section(QLatin1Char(' '), 0, 0), "0..2");
    two.bench.end(open, true);
    QCOMPARE(two.bench.position("hasty", 0).section(QLatin1Char(' '), 0, 0), "1..3");
}

void TestTransactions::aRecordThatAllWhoMaySeeItHaveAckedGoes() {
    ChannelSpec log = logOf();
    log.retainUntil = RetainUntil::interest;
    TwoReaders two(log);
    const TransactionTag lost = two.bench.begin();
    two.bench.publish("log", {.transaction = lost});
    two.bench.end(lost, false);
    QCOMPARE(two.all(two.hasty), "1"); // the other one never will, and nobody waits for it
    QCOMPARE(two.bench.position("hasty", 0).section(QLatin1Char(' '), 0, 0), "2..2");
}

// --- consume and produce in one ---

void TestTransactions::consumeAndProduceAreOneForCommittedReaders() {
    const PlayedScenario run = played(invoices(R"("transaction": {"lasts": "2ms"})"));
    QCOMPARE(handledBy(run, "careful"), 100.0);
    QCOMPARE(handledBy(run, "hasty"), 100.0);
    QCOMPARE(run.count(Kind::transactionCommitted), 100);
    QCOMPARE(run.count(Kind::transactionAborted), 0);
    QVERIFY(run.ledger().closed());
}

// An order comes each 10 ms and is worked on for 5; its transaction is open for 4 more when the instance dies.
void TestTransactions::aCrashLeavesATransactionOpenUntilItsProducerIsBack() {
    const PlayedScenario run = played(invoices(R"("transaction": {"lasts": "4ms"})",
                                               R"(, "faults": [{"at": "507ms", "crash": "biller", "for": "200ms"}])"));
    QCOMPARE(run.log({Kind::transactionAborted}), "0.707 transactionAborted aborted");
    QCOMPARE(handledBy(run, "careful"), 100.0); // each order once
    QCOMPARE(handledBy(run, "hasty"), 101.0);   // and one that was aborted
    QVERIFY(run.ledger().closed());
}

void TestTransactions::aCrashWithoutARestartHoldsReadersBackUntilTheTimeout() {
    // Another producer writes to the log, too.
    PlayedScenario run =
        opened(invoices(R"("transaction": {"lasts": "4ms", "timeout": "300ms"})",
                        R"(, "faults": [{"at": "507ms", "crash": "biller", "for": "1h"}])", R"("other": {"sources": [{
            "arrivals": {"times": ["600ms"]}, "emit": "invoice", "to": "invoices"}]}, )"));
    run.simulation->run(SimTime{804ms}, UINT64_MAX, *run.recorder);
    const double before = handledBy(run, "careful");
    QCOMPARE(handledBy(run, "hasty"), before + 2.0); // the open one, and the other producer's behind it
    run.simulation->run(SimTime{1s}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.log({Kind::transactionAborted}), "0.805 transactionAborted transaction_timeout");
    QCOMPARE(handledBy(run, "careful"), before + 1.0);
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    QCOMPARE(handledBy(run, "careful"), 101.0);
    QCOMPARE(handledBy(run, "hasty"), 102.0);
}

void TestTransactions::uncommittedReadersSeeWhatACrashAborted() {
    const std::string twice = R"("fails": {"how": "crashAfterEffect", "every": 10})";
    const PlayedScenario run = played(invoices(twice + R"(, "transaction": true)"));
    QCOMPARE(handledBy(run, "careful"), 100.0);
    QCOMPARE(handledBy(run, "hasty"), 111.0); // every tenth handling is aborted and done again: 111 handlings
    QCOMPARE(run.count(Kind::transactionAborted), 11);
}

void TestTransactions::aTransactionThatLastsTooLongIsHandledAnew() {
    const PlayedScenario run =
        played(invoices(R"("transaction": {"lasts": {"empirical": ["1ms", "9s"]}, "timeout": "5s"})"));
    QCOMPARE(handledBy(run, "careful"), 100.0);
    QVERIFY(run.count(Kind::transactionAborted, "transaction_timeout") > 10);
    QCOMPARE(handledBy(run, "hasty"), 100.0 + static_cast<double>(run.count(Kind::transactionAborted)));
    QCOMPARE(run.count(Kind::nacked, "fenced"), run.count(Kind::transactionAborted));
}

void TestTransactions::theOffsetsOfAHandlingAreCommittedWithIt() {
    const PlayedScenario run = played(invoices(R"("commit": {"interval": "10s"}, "transaction": true)",
                                               R"(, "faults": [{"at": "507ms", "crash": "biller", "for": "200ms"}])"));
    QCOMPARE(run.count(Kind::enqueued, "uncommitted"), 0); // nothing is read again
    QCOMPARE(handledBy(run, "careful"), 100.0);
}

void TestTransactions::withoutATransactionACrashHandlesTwice() {
    const PlayedScenario run = played(invoices(R"("commit": {"interval": "10s"})",
                                               R"(, "faults": [{"at": "507ms", "crash": "biller", "for": "200ms"}])"));
    QCOMPARE(run.count(Kind::enqueued, "uncommitted"), 50); // those of the first 500 ms
    QCOMPARE(handledBy(run, "careful"), 150.0);
}

void TestTransactions::whatGoesToAQueueWaitsForTheEnd() {
    const PlayedScenario run = played(R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}, "b": {}},
      "channels": {"in": {"kind": "stream"}, "out": {"kind": "queue"}, "log": {"kind": "stream"}},
      "services": {"shop": {"sources": [{"arrivals": {"times": ["0s"]}, "emit": "a", "to": "in"}]},
        "mover": {"handlers": [{"on": "in", "transaction": {"lasts": "1s"},
                                "then": [{"emit": "b", "to": "out"}, {"emit": "b", "to": "log"}]}]},
        "end": {"handlers": [{"on": "out"}, {"on": "log"}]}}})");
    QCOMPARE(run.log({Kind::routed, Kind::transactionCommitted}),
             "0 routed 1; 0 routed 3; 1 transactionCommitted; 1 routed 2");
}

void TestTransactions::anExchangeThatLeadsToStreamsAloneIsLogged() {
    const auto text = [](const char* more) {
        return std::string(R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}, "b": {}},
      "channels": {"in": {"kind": "stream"}, "all": {"kind": "exchange", "type": "fanout"},
                   "one": {"kind": "stream", "bind": ["all"]})") +
               more + R"(},
      "services": {"shop": {"sources": [{"arrivals": {"times": ["0s"]}, "emit": "a", "to": "in"}]},
        "mover": {"handlers": [{"on": "in", "transaction": {"lasts": "1s"}, "then": [{"emit": "b", "to": "all"}]}]},
        "end": {"handlers": [{"on": "one"}]}}})";
    };
    QCOMPARE(played(text("")).log({Kind::appended}), "0 appended 1; 0 appended 2");
    QCOMPARE(played(text(R"(, "two": {"kind": "queue", "bind": ["all"], "ttl": "1h"})")).log({Kind::appended}),
             "0 appended 1; 1 appended 2");
}

void TestTransactions::aCommitDoesNotOvertakeWhatWasPublished() {
    std::string text = invoices(R"("transaction": true)");
    text.replace(text.find(R"("for": "end")"), 12, R"("for": "end", "latency": {"exponential": "20ms"})");
    const PlayedScenario run = played(text);
    QCOMPARE(run.count(Kind::transactionCommitted), 100);
    QCOMPARE(run.count(Kind::refused), 0);
    QCOMPARE(handledBy(run, "careful"), 100.0);
}

// --- on nodes: a hop takes 1 ms ---

// Kafka: the last stable offset is at most the first one of a transaction whose marker is not beneath the high
// watermark.
void TestTransactions::aCommitIsSeenWhenItsMarkerIsReplicated() {
    NodesBench bench(streamOnNodes());
    bench.attach("worker", 10);
    bench.openGroups();
    const TransactionTag transaction = bench.begin();
    bench.publish("jobs", {.transaction = transaction});
    bench.runTo(10ms);
    bench.end(transaction, true);
    bench.runTo(11ms);
    QCOMPARE(bench.stable("worker"), 0u);
    bench.runTo(20ms);
    QCOMPARE(bench.stable("worker"), 2u);
    QCOMPARE(bench.log({Kind::transactionCommitted, Kind::enqueued, Kind::delivered}),
             "10 enqueued 1 jobs/0; 10 transactionCommitted jobs/0; 12 delivered 1#1 jobs/0@0");
}

void TestTransactions::anAbortLetsOthersPassWhenItsMarkerIsReplicated() {
    NodesBench bench(streamOnNodes());
    bench.attach("worker", 10);
    bench.openGroups();
    const TransactionTag transaction = bench.begin();
    bench.publish("jobs", {.transaction = transaction});
    bench.publish("jobs");
    bench.runTo(10ms);
    bench.end(transaction, false);
    QCOMPARE(bench.position("worker", 0), "0..3 0 0");
    bench.runTo(20ms);
    QCOMPARE(bench.log({Kind::delivered}), "12 delivered 2#1 jobs/0@0");
}

// By the next one: Kafka's coordinator sends it until it is replicated.
void TestTransactions::aMarkerThatIsLostWithItsLeaderIsWrittenAgain() {
    for (const bool commits : {true, false}) {
        NodesBench bench(streamOnNodes());
        bench.attach("worker", 10);
        bench.openGroups();
        const TransactionTag transaction = bench.begin();
        bench.publish("jobs", {.transaction = transaction});
        bench.runTo(10ms);
        bench.end(transaction, commits);
        bench.nodeDown("a");
        bench.runTo(200ms);
        QCOMPARE(
            bench.log({Kind::leaderElected, Kind::transactionCommitted, Kind::transactionAborted, Kind::delivered}),
            commits ? "0 leaderElected jobs/0>a; 10 transactionCommitted jobs/0; 110 leaderElected jobs/0>b; "
                      "110 transactionCommitted jobs/0; 112 delivered 1#1 jobs/0@0"
                    : "0 leaderElected jobs/0>a; 10 transactionAborted jobs/0 failure; 110 leaderElected jobs/0>b; "
                      "110 transactionAborted jobs/0 failure");
        QCOMPARE(bench.stable("worker"), 2u);
    }
}

void TestTransactions::anEndedTransactionsNameIsFreeBeforeItsMarkerIsReplicated() {
    NodesBench bench(streamOnNodes());
    bench.attach("worker", 10);
    bench.openGroups();
    const TransactionTag first = bench.begin();
    bench.publish("jobs", {.transaction = first});
    bench.runTo(10ms);
    bench.end(first, true);
    const TransactionTag second = bench.begin();
    QCOMPARE(second.transaction, first.transaction);
    bench.publish("jobs", {.transaction = second}); // at offset 2, behind the marker
    bench.runTo(20ms);
    QCOMPARE(bench.stable("worker"), 2u);
    bench.end(second, false);
    bench.runTo(30ms);
    QCOMPARE(bench.stable("worker"), 4u);
    QCOMPARE(bench.log({Kind::delivered}), "12 delivered 1#1 jobs/0@0");
}

void TestTransactions::aSnapshotWithinATransactionGoesOnIdentically() {
    const std::string text =
        invoices(R"("transaction": {"lasts": "4ms"}, "fails": {"how": "crashAfterEffect", "every": 7})",
                 R"(, "faults": [{"at": "507ms", "crash": "biller", "for": "200ms"}])");
    PlayedScenario run = opened(text);
    run.simulation->run(SimTime{508ms}, UINT64_MAX, *run.recorder);
    Simulation snapshot = *run.simulation;
    Recorder other = run.recorder->scratch(run.recorder->mark());
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    snapshot.run(SimTime::max(), UINT64_MAX, other);
    QCOMPARE(other.fingerprint(), run.recorder->fingerprint());
}

// --- scenario ---

void TestTransactions::isolationIsForStreams() {
    const auto scenario = loadScenario(R"({"weir": "1", "channels": {"jobs": {"kind": "queue"}},
      "services": {"worker": {"handlers": [{"on": "jobs", "isolation": "uncommitted"}]}}})");
    QVERIFY(!scenario);
    QCOMPARE(QString::fromStdString(scenario.error().front().text()),
             "/services/worker/handlers/0/isolation: needs \"on\" to name a stream; here it is a queue, which has no "
             "offsets, got \"uncommitted\"");
}

void TestTransactions::theCheckWarnsOfDirtyReadsAndShortTimeouts() {
    const auto scenario =
        loadScenario(invoices(R"("transaction": {"lasts": "2s", "timeout": "1s"}, "idempotent": true)"));
    QStringList found;
    for (const Finding& finding : check(*scenario))
        if (finding.code == "dirtyRead" || finding.code == "transactionShort")
            found << QString::fromStdString(finding.where + ": " + finding.text);
    QCOMPARE(found, (QStringList{"/services/biller/handlers/0/transaction/timeout: The broker aborts a transaction of "
                                 "biller after 1s, but it lasts 2 s on average; make \"timeout\" longer.",
                                 "/services/hasty/handlers/0/isolation: hasty reads invoices uncommitted, so it also "
                                 "handles what biller aborts and publishes again; use \"isolation\": \"committed\"."}));
}

void TestTransactions::aGroupHasOneIsolation() {
    const auto scenario = loadScenario(R"({"weir": "1", "channels": {"log": {"kind": "stream"}},
      "services": {"worker": {"handlers": [{"on": "log"}, {"on": "log", "isolation": "uncommitted"}]}}})");
    QVERIFY(!scenario);
    QCOMPARE(QString::fromStdString(scenario.error().front().where), "/services/worker/handlers/1");
}

QTEST_GUILESS_MAIN(TestTransactions)
#include "tst_transactions.moc"

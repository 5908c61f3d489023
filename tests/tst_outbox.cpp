// Outbox and dual write: what a crash between writing state and publishing loses, invents, repeats.
#include "support/played_scenario.h"

#include "core/scenario/check.h"

#include <QTest>

using namespace weir;
using Kind = RecordKind;

namespace {

// Orders that a shop books and tells the biller about; `service` are settings of the shop, `then` what it does.
std::string shop(const std::string& service, const std::string& handler, const std::string& then,
                 const std::string& more = {}) {
    return R"({"weir": "1", "run": {"for": "end"}, "events": {"order": {}, "accepted": {}},
      "channels": {"orders": {"kind": "queue", "retry": {"max": 3, "backoff": "none"}}, "accepted": {"kind": "queue"}},
      "services": {"customers": {"sources": [{"arrivals": {"every": "10ms", "count": 100}, "emit": "order", "to": "orders"}]},
                   "shop": {)" +
           service + R"("state": {"book": {"orders": 0}}, "handlers": [{"on": "orders", )" + handler + R"("then": )" +
           then + R"(}]},
                   "biller": {"state": {"bills": {"sent": 0}},
                              "handlers": [{"on": "accepted", "idempotent": true, "then": [{"add": "bills", "key": "sent"}]}]}})" +
           more + "}";
}

constexpr const char* stateFirst = R"([{"add": "book", "key": "orders"}, {"emit": "accepted", "to": "accepted"}])";
constexpr const char* eventFirst = R"([{"emit": "accepted", "to": "accepted"}, {"add": "book", "key": "orders"}])";
const std::string dies = R"("idempotent": true, "fails": {"how": "crashBetween", "every": 10}, )";

std::int64_t stateOf(const PlayedScenario& run, const char* service, const char* table, const char* key) {
    const Value value = run.simulation->state(run.simulation->model().catalogue->service(service)).value(table, key);
    return value.number() ? value.number()->whole().value_or(-1) : -1;
}
std::int64_t booked(const PlayedScenario& run) {
    return stateOf(run, "shop", "book", "orders");
}
std::int64_t billed(const PlayedScenario& run) {
    return stateOf(run, "biller", "bills", "sent");
}

} // namespace

class TestOutbox : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aCrashBetweenStateAndEventLosesTheEvent();
    void aCrashBetweenEventAndStateInventsIt();
    void withAnOutboxThereIsNothingInBetween();
    void theRelayLooksAtItsInterval();
    void aRelayThatFollowsTheLogPublishesAtOnce();
    void aRelayTakesABatchAtALook();
    void aCrashBeforeItIsNotedPublishesItAgain();
    void anotherInstanceRelaysWhereOneIsLeft();
    void whatTheBrokerRefusesIsPublishedLater();
    void whatIsLostOnTheWayIsPublishedAgain();
    void aCutLinkHoldsItAndLosesNothing();
    void itIsHeldUntilItIsPublished();
    void aFullOutboxStopsTheRun();
    void aPausedServiceRelaysNothing();
    void itsLengthIsAFigure();
    void aSnapshotWithRowsInHandGoesOnIdentically();
    void transactionsAndOutboxesExcludeEachOther();
    void anAnswerThatIsLostAtOneLookMayComeAtTheNext();
    void aTransactionTakesBackWhatWasPublishedBeforeTheCrash();
    void theCheckNamesADualWriteAndWhatAnOutboxDecides();
    void theCheckNamesWhatMayStayInAnOutbox_data();
    void theCheckNamesWhatMayStayInAnOutbox();
    void theCheckCountsWhatTheWayOfAnAnswerCosts();
    void theCheckCountsTheWayToReadersThatHoldARelayUp();
    void theCheckCountsTheReplicasThatAnAnswerWaitsFor();
    void theCheckNamesWhatFillsUpBehindAnOutbox_data();
    void theCheckNamesWhatFillsUpBehindAnOutbox();
};

void TestOutbox::aCrashBetweenStateAndEventLosesTheEvent() {
    const PlayedScenario run = played(shop("", dies, stateFirst));
    QCOMPARE(run.count(Kind::crashed), 11); // the 10th, 20th ... of 111 handlings; what comes again is skipped
    QCOMPARE(run.count(Kind::skipped), 11);
    QCOMPARE(booked(run), 100);
    QCOMPARE(billed(run), 89);
    QVERIFY(run.ledger().closed());
}

void TestOutbox::aCrashBetweenEventAndStateInventsIt() {
    std::string text = shop("", dies, eventFirst);
    text.replace(text.find(R"("retry": {"max": 3, "backoff": "none"})"), 38, R"("ackTimeout": "1h")"); // no second try
    const PlayedScenario run = played(text);
    QCOMPARE(run.count(Kind::crashed), 10);
    QCOMPARE(booked(run), 90);
    QCOMPARE(billed(run), 100);
    QVERIFY(run.ledger().closed());
}

void TestOutbox::withAnOutboxThereIsNothingInBetween() {
    for (const char* then : {stateFirst, eventFirst}) {
        const PlayedScenario run = played(shop(R"("outbox": true, )", dies, then));
        QCOMPARE(run.count(Kind::crashed), 11); // 111 handlings: nothing is skipped, since nothing was done
        QCOMPARE(booked(run), 100);
        QCOMPARE(billed(run), 100);
        QCOMPARE(run.count(Kind::stored), 100);
        QCOMPARE(run.count(Kind::relayed), 100);
        QVERIFY(run.ledger().closed());
    }
}

void TestOutbox::theRelayLooksAtItsInterval() {
    const std::string text =
        R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"outbox": {"every": "300ms", "marks": "50ms"},
                            "sources": [{"arrivals": {"times": ["0s", "0.1s", "0.4s"]}, "emit": "a", "to": "q"}]},
                   "end": {"handlers": [{"on": "q"}]}}})";
    QCOMPARE(played(text).log({Kind::stored, Kind::routed, Kind::relayed}),
             "0 stored 1; 0.1 stored 2; 0.3 routed 1; 0.3 routed 2; 0.35 relayed 1; 0.35 relayed 2; 0.4 stored 3; "
             "0.6 routed 3; 0.65 relayed 3");
}

void TestOutbox::aRelayThatFollowsTheLogPublishesAtOnce() {
    const PlayedScenario run = played(shop(R"("outbox": {"every": "0s"}, )", "", stateFirst));
    run.forEach([](const Record& record) {
        if (record.kind == Kind::relayed)
            QCOMPARE(record.value, std::int64_t{0});
    });
    QCOMPARE(billed(run), 100);
}

void TestOutbox::aRelayTakesABatchAtALook() {
    const std::string text =
        R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"outbox": {"every": "100ms", "batch": 2},
                            "sources": [{"arrivals": {"times": ["0s", "0s", "0s"]}, "emit": "a", "to": "q"}]},
                   "end": {"handlers": [{"on": "q"}]}}})";
    QCOMPARE(played(text).log({Kind::routed}), "0.1 routed 1; 0.1 routed 2; 0.2 routed 3");
}

void TestOutbox::aCrashBeforeItIsNotedPublishesItAgain() {
    const std::string text =
        R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"outbox": {"every": "100ms", "marks": "50ms"},
                            "sources": [{"arrivals": {"times": ["0s"]}, "emit": "a", "to": "q"}]},
                   "once": {"handlers": [{"on": "q", "idempotent": true}]}},
      "faults": [{"at": "120ms", "crash": "shop", "for": "1s"}]})";
    const PlayedScenario run = played(text);
    QCOMPARE(run.log({Kind::published, Kind::routed, Kind::relayed, Kind::skipped}),
             "0 published 1; 0.1 routed 1; 1.2 published 2; 1.2 routed 2; 1.2 skipped 2 duplicate; 1.25 relayed 1");
    QVERIFY(run.ledger().closed());
}

void TestOutbox::anotherInstanceRelaysWhereOneIsLeft() {
    const std::string text =
        R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"instances": 2, "outbox": {"every": "100ms", "marks": "50ms"},
                            "sources": [{"arrivals": {"times": ["0s"]}, "emit": "a", "to": "q"}]},
                   "end": {"handlers": [{"on": "q"}]}},
      "faults": [{"at": "120ms", "crash": "shop", "instance": 0, "for": "1s"}]})";
    QCOMPARE(played(text).log({Kind::routed, Kind::relayed}), "0.1 routed 1; 0.2 routed 2; 0.25 relayed 1");
}

void TestOutbox::whatTheBrokerRefusesIsPublishedLater() {
    const std::string text = R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}},
      "channels": {"q": {"kind": "queue", "capacity": 1, "overflow": "reject"}},
      "services": {"shop": {"outbox": {"every": "1s"},
                            "sources": [{"arrivals": {"times": ["0s", "0s", "0s"]}, "emit": "a", "to": "q", "confirm": {"retries": 0}}]},
                   "slow": {"handlers": [{"on": "q", "takes": "600ms"}]}}})";
    const PlayedScenario run = played(text);
    QCOMPARE(run.count(Kind::refused), 1); // two have room: one is handled, one waits
    QCOMPARE(run.metric("slow", "handled"), 3.0);
    QCOMPARE(run.log({Kind::relayed}), "1 relayed 1; 1 relayed 2; 2 relayed 3");
    QVERIFY(run.ledger().closed());
}

void TestOutbox::whatIsLostOnTheWayIsPublishedAgain() {
    const PlayedScenario run = played(
        R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"outbox": {"every": "100ms"},
                            "sources": [{"arrivals": {"every": "10ms", "count": 100}, "emit": "a", "to": "q"}]},
                   "biller": {"state": {"bills": {"sent": 0}},
                              "handlers": [{"on": "q", "idempotent": true, "then": [{"add": "bills", "key": "sent"}]}]}},
      "links": [{"between": ["shop", "broker"], "latency": "1ms", "loss": 0.3}]})");
    QVERIFY(run.count(Kind::refused, "link_loss") > 10);
    QVERIFY(run.count(Kind::skipped, "duplicate") > 5); // answers are lost, too
    QCOMPARE(run.count(Kind::relayed), 100);
    QCOMPARE(billed(run), 100);
    QVERIFY(run.ledger().closed());
}

void TestOutbox::aCutLinkHoldsItAndLosesNothing() {
    const PlayedScenario run =
        played(shop(R"("outbox": {"every": "100ms"}, )", "", stateFirst,
                    R"(, "faults": [{"at": "300ms", "partition": [["shop"], ["broker"]], "for": "30s"}])"));
    QCOMPARE(run.count(Kind::relayed), 100);
    QCOMPARE(booked(run), 100);
    QCOMPARE(billed(run), 100);
    QVERIFY(run.ledger().closed());
}

void TestOutbox::itIsHeldUntilItIsPublished() {
    PlayedScenario run = opened(shop(R"("outbox": {"every": "1h"}, )", "", stateFirst));
    run.simulation->run(SimTime{10s}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.ledger().messages.held, 100);
    QVERIFY(run.ledger().closed());
    run.simulation->run(SimTime{2h}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.ledger().messages.held, 0);
}

void TestOutbox::aFullOutboxStopsTheRun() {
    std::string text = shop(R"("outbox": {"every": "1h"}, )", "", stateFirst);
    text.replace(text.find(R"("for": "end")"), 12, R"("for": "end", "limits": {"copies": 50})");
    const PlayedScenario run = played(text);
    QCOMPARE(run.count(Kind::stopped, "bound"), 1);
    QCOMPARE(run.count(Kind::stored), 51);
}

void TestOutbox::aPausedServiceRelaysNothing() {
    const std::string text =
        R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"outbox": {"every": "100ms"},
                            "sources": [{"arrivals": {"times": ["0s"]}, "emit": "a", "to": "q"}]},
                   "end": {"handlers": [{"on": "q"}]}},
      "faults": [{"at": "50ms", "pause": "shop", "for": "1s"}]})";
    QCOMPARE(played(text).log({Kind::routed}), "1.1 routed 1");
}

void TestOutbox::itsLengthIsAFigure() {
    PlayedScenario run = opened(shop(R"("outbox": {"every": "1h"}, )", "", stateFirst));
    run.simulation->run(SimTime{505ms}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.metric("shop", "outbox"), static_cast<double>(run.count(Kind::stored)));
    QVERIFY(run.count(Kind::stored) >= 50);
    run.simulation->run(SimTime{2h}, UINT64_MAX, *run.recorder);
    QCOMPARE(run.metric("shop", "outbox"), 0.0);
}

void TestOutbox::aSnapshotWithRowsInHandGoesOnIdentically() {
    const std::string text =
        shop(R"("instances": 2, "outbox": {"every": "100ms", "marks": "50ms"}, )", dies, stateFirst,
             R"(, "faults": [{"at": "330ms", "crash": "shop", "instance": 0, "for": "1s"}])");
    PlayedScenario run = opened(text);
    run.simulation->run(SimTime{320ms}, UINT64_MAX, *run.recorder);
    Simulation snapshot = *run.simulation;
    Recorder other = run.recorder->scratch(run.recorder->mark());
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    snapshot.run(SimTime::max(), UINT64_MAX, other);
    QCOMPARE(other.fingerprint(), run.recorder->fingerprint());
}

void TestOutbox::transactionsAndOutboxesExcludeEachOther() {
    const auto scenario = loadScenario(shop(R"("outbox": true, )", R"("transaction": true, )", stateFirst));
    QVERIFY(!scenario);
    QCOMPARE(QString::fromStdString(scenario.error().front().text()),
             "/services/shop/outbox: needs handlers without \"transaction\": what is in an outbox is published later, "
             "got true");
}

// Each look has chances of its own: a row whose answer was lost once is published until one arrives.
void TestOutbox::anAnswerThatIsLostAtOneLookMayComeAtTheNext() {
    const PlayedScenario run =
        opened(R"({"weir": "1", "run": {"for": "end"}, "events": {"a": {}}, "channels": {"q": {"kind": "queue"}},
      "services": {"shop": {"outbox": {"every": "100ms"},
                            "sources": [{"arrivals": {"every": "1s", "count": 200}, "emit": "a", "to": "q",
                                         "confirm": {"timeout": "20ms", "retries": 0, "lost": 0.5}}]},
                   "end": {"handlers": [{"on": "q"}]}}})");
    run.simulation->run(SimTime::max(), 20'000, *run.recorder);
    QVERIFY(run.simulation->stopped());
    QCOMPARE(run.count(Kind::relayed), 200);
    // Half of the answers are lost: two publishes on the mean, with a standard deviation of 1.41 / sqrt(200).
    const double publishes = static_cast<double>(run.count(Kind::published)) / 200;
    QVERIFY2(std::abs(publishes - 2) < 0.4, qPrintable(QString::number(publishes)));
}

// It was published within a transaction of which there was no end; the state is no part of it.
void TestOutbox::aTransactionTakesBackWhatWasPublishedBeforeTheCrash() {
    std::string text = shop("", R"("transaction": true, )" + dies, eventFirst);
    text.replace(text.find(R"("retry": {"max": 3, "backoff": "none"})"), 38, R"("ackTimeout": "1h")"); // no second try
    const PlayedScenario run = played(text);
    QCOMPARE(run.count(Kind::crashed), 10);
    QCOMPARE(booked(run), 90);
    QCOMPARE(billed(run), 90);
    QVERIFY(run.ledger().closed());
}

void TestOutbox::theCheckNamesWhatMayStayInAnOutbox_data() {
    QTest::addColumn<QByteArray>("accepted"); // the channel
    QTest::addColumn<QByteArray>("emit");
    QTest::addColumn<QByteArray>("why"); // empty: no finding
    const auto row = [](const char* name, const char* accepted, const char* emit, const char* why) {
        QTest::newRow(name) << QByteArray(accepted) << QByteArray(emit) << QByteArray(why);
    };
    row("takes all", "", "", "");
    row("too large", R"(, "messageSizeMax": "20B")", R"(, "data": {"order": 12345})", "its data may be too large");
    row("small enough", R"(, "messageSizeMax": "1KiB")", R"(, "data": {"order": 12345})", "");
    row("no room for it", R"(, "capacityBytes": "20B")", R"(, "data": {"order": 12345})", "its data may be too large");
    row("invalid", R"(, "schemaCheck": "reject")", "", "its data may be invalid");
    row("only warned of", R"(, "schemaCheck": "warn")", "", "");
    row("no room at all", R"(, "capacity": 0, "capacityCounts": "unsettled")", "", "it has no room at all");
    row("room when it is read", R"(, "capacity": 5)", "", "");
    row("answers lost each time", "", R"(, "confirm": {"lost": 1})", "its answers take longer than the relay waits");
    row("answers held up", R"(, "rate": {"limit": "10/s", "burst": 1, "action": "shape"})",
        R"(, "confirm": {"timeout": "1s"})", "its rate may hold the answers up for longer than the relay waits");
    row("readers hold answers up", R"(, "capacity": 5, "overflow": "block", "deliveryRate": "10/s")",
        R"(, "confirm": {"timeout": "9s", "retries": 0})",
        "its readers may need longer for a batch than the relay waits");
    row("readers need longer once, and it waits again",
        R"(, "capacity": 5, "overflow": "block", "deliveryRate": "10/s")",
        R"(, "confirm": {"timeout": "10s", "retries": 1, "backoff": "100ms"})", "");
    row("readers are quick enough", R"(, "capacity": 5, "overflow": "block", "deliveryRate": "10/s")",
        R"(, "confirm": {"timeout": "11s", "retries": 0})", "");
    row("it refuses instead", R"(, "capacity": 5, "deliveryRate": "10/s")",
        R"(, "confirm": {"timeout": "9s", "retries": 0})", "");
    row("answers in time", R"(, "rate": {"limit": "1000/s", "burst": 1, "action": "shape"})",
        R"(, "confirm": {"timeout": "1s", "retries": 0})", "");
}
void TestOutbox::theCheckNamesWhatMayStayInAnOutbox() {
    QFETCH(QByteArray, accepted);
    QFETCH(QByteArray, emit);
    QFETCH(QByteArray, why);
    std::string text =
        shop(R"("outbox": true, )", "", R"([{"emit": "accepted", "to": "accepted")" + emit.toStdString() + "}]");
    const auto fill = [&text](const std::string& what, const std::string& with) {
        text.replace(text.find(what), what.size(), with);
    };
    fill(R"("accepted": {"kind": "queue")", R"("accepted": {"kind": "queue")" + accepted.toStdString());
    fill(R"("accepted": {})", R"("accepted": {"schema": {"type": "object"}})");
    const auto scenario = loadScenario(text);
    QVERIFY2(scenario.ok(), scenario.ok() ? "" : scenario.error().front().text().c_str());
    QStringList found;
    for (const Finding& finding : check(*scenario))
        if (finding.code == "outboxStuck")
            found << QString::fromStdString(finding.where + ": " + finding.text);
    const QString expected = "/services/shop/outbox: accepted may never take accepted for certain, since " + why +
                             ": then it stays in the outbox of shop, whose relay publishes it again for ever; let the "
                             "channel take it, or let it be read.";
    QCOMPARE(found, why.isEmpty() ? QStringList() : QStringList{expected});
}

// 42 bytes of overhead each way take 21 ms at 4000 bytes a second; an answer to an earlier attempt counts, too.
void TestOutbox::theCheckCountsWhatTheWayOfAnAnswerCosts() {
    const auto text = [](const std::string& confirm, const std::string& link) {
        return shop(R"("outbox": true, )", "",
                    R"([{"emit": "accepted", "to": "accepted", "confirm": {)" + confirm + "}}]",
                    R"(, "links": [{"between": ["shop", "broker"], )" + link + "}]");
    };
    const auto isStuck = [&](const std::string& confirm, const std::string& link) {
        const auto scenario = loadScenario(text(confirm, link));
        if (!scenario)
            qFatal("%s", scenario.error().front().text().c_str());
        const std::vector<Finding> findings = check(*scenario);
        return std::any_of(findings.begin(), findings.end(),
                           [](const Finding& finding) { return finding.code == "outboxStuck"; });
    };
    const std::string narrow = R"("bandwidth": "4000B", "access": {"overhead": "42B"})";
    QVERIFY(isStuck(R"("timeout": "20ms", "retries": 0)", narrow));
    QVERIFY(!isStuck(R"("timeout": "22ms", "retries": 0)", narrow));
    QVERIFY(isStuck(R"("timeout": "10ms", "retries": 1, "backoff": "500us")", narrow));
    const std::string twice = R"("timeout": "10ms", "retries": 1, "backoff": "2ms")";
    QVERIFY(!isStuck(twice, narrow));
    QCOMPARE(played(text(twice, narrow)).count(Kind::relayed), 100);
    const std::string chatty = R"("latency": "5ms", "access": {"roundTrips": 1, "publish": "2ms", "ack": "3ms"})";
    QVERIFY(isStuck(R"("timeout": "24ms", "retries": 0)", chatty));
    QVERIFY(!isStuck(R"("timeout": "26ms", "retries": 0)", chatty));
}

// A reader that may hold one of them takes the next one when the broker has its ack: a batch of 100 needs 10 s.
void TestOutbox::theCheckCountsTheWayToReadersThatHoldARelayUp() {
    const auto isStuck = [](const std::string& timeout, const std::string& reader) {
        const std::string text = shop(R"("outbox": {"every": "1s", "batch": 100}, )", "",
                                      R"([{"emit": "accepted", "to": "accepted", "confirm": {"timeout": ")" + timeout +
                                          R"(", "retries": 0}}])",
                                      R"(, "links": [{"between": ["biller", "broker"], "latency": "50ms"}])");
        std::string limited = text;
        const std::string queue = R"("accepted": {"kind": "queue")", handler = R"("on": "accepted")";
        limited.replace(limited.find(queue), queue.size(), queue + R"(, "capacity": 5, "overflow": "block")");
        limited.replace(limited.find(handler), handler.size(), handler + reader);
        const auto scenario = loadScenario(limited);
        if (!scenario)
            qFatal("%s", scenario.error().front().text().c_str());
        const std::vector<Finding> findings = check(*scenario);
        return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
            return finding.code == "outboxStuck" &&
                   finding.text.find("its readers may need longer") != std::string::npos;
        });
    };
    QVERIFY(isStuck("9s", ""));
    QVERIFY(!isStuck("11s", ""));
    QVERIFY(!isStuck("9s", R"(, "prefetch": 2)"));
    QVERIFY(!isStuck("9s", R"(, "ack": "automatic")"));
}

// 20 ms to the broker and back, and 40 ms to another node and back.
void TestOutbox::theCheckCountsTheReplicasThatAnAnswerWaitsFor() {
    const auto isStuck = [](const std::string& confirm, const std::string& replicas) {
        std::string text =
            shop(R"("outbox": true, )", "", R"([{"emit": "accepted", "to": "accepted", "confirm": {)" + confirm + "}}]",
                 R"(, "nodes": {"a": {}, "b": {}, "c": {}}, "links": [
                                   {"between": ["shop", "broker"], "latency": "10ms"},
                                   {"between": ["broker", "broker"], "latency": "20ms"}])");
        const std::string queue = R"("accepted": {"kind": "queue")";
        text.replace(text.find(queue), queue.size(), queue + R"(, "replicas": )" + replicas);
        const auto scenario = loadScenario(text);
        if (!scenario)
            qFatal("%s", scenario.error().front().text().c_str());
        const std::vector<Finding> findings = check(*scenario);
        return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
            return finding.code == "outboxStuck" && finding.text.find("its answers take longer") != std::string::npos;
        });
    };
    QVERIFY(isStuck(R"("timeout": "59ms", "retries": 0)", "3"));
    QVERIFY(!isStuck(R"("timeout": "61ms", "retries": 0)", "3"));
    QVERIFY(!isStuck(R"("timeout": "59ms", "retries": 0)", "1"));
    QVERIFY(!isStuck(R"("timeout": "59ms", "retries": 0, "acks": "leader")", "3"));
    QVERIFY(!isStuck(R"("timeout": "59ms")", "3")); // it still waits before it repeats itself
}

void TestOutbox::theCheckNamesWhatFillsUpBehindAnOutbox_data() {
    QTest::addColumn<QByteArray>("channels");
    QTest::addColumn<QByteArray>("reads"); // what somebody reads
    QTest::addColumn<QByteArray>("found"); // channel and reason; empty: no finding
    const auto row = [](const char* name, const char* channels, const char* reads, const char* found) {
        QTest::newRow(name) << QByteArray(channels) << QByteArray(reads) << QByteArray(found);
    };
    const char* unread = "target: nobody reads it and it fills up";
    row("refuses, unread", R"("target": {"kind": "queue", "capacity": 5, "overflow": "reject"})", "", unread);
    row("blocks, unread", R"("target": {"kind": "queue", "capacity": 5, "overflow": "block"})", "", unread);
    row("buries, unread", R"("target": {"kind": "queue", "capacityBytes": "1KiB", "overflow": "rejectDeadLetter"})", "",
        unread);
    row("drops the oldest, unread", R"("target": {"kind": "queue", "capacity": 5, "overflow": "dropOldest"})", "", "");
    row("without a bound, unread", R"("target": {"kind": "queue"})", "", "");
    row("refuses, read", R"("target": {"kind": "queue", "capacity": 5, "overflow": "reject"})", "target", "");
    const auto keeps = [&row](const char* name, const char* channel, const char* found) {
        row(name, ("\"target\": {\"kind\": \"queue\", \"capacity\": 5, " + std::string(channel) + "}").c_str(),
            "target", found);
    };
    const char* stays =
        R"("capacityCounts": "unsettled", "ackTimeout": "1s", "retry": {"max": 2, "afterLast": "stay"})";
    keeps("what it has given up stays", stays, "target: what it has given up keeps its place");
    keeps("what it has given up takes no place", R"("ackTimeout": "1s", "retry": {"max": 2, "afterLast": "stay"})", "");
    keeps("nothing is given up",
          R"("capacityCounts": "unsettled", "ackTimeout": "1s", "retry": {"max": "unbounded", "afterLast": "stay"})",
          "");
    keeps("nothing fails", R"("capacityCounts": "unsettled", "retry": {"max": 2, "afterLast": "stay"})", "");
    const char* fills = "target: it fills up for good";
    row("a log refuses", R"("target": {"kind": "stream", "retain": {"count": 5, "whenFull": "refuse"}})", "target",
        fills);
    row("a log of so many bytes refuses",
        R"("target": {"kind": "stream", "retain": {"bytes": "1KiB", "whenFull": "refuse"}})", "target", fills);
    row("a log forgets", R"("target": {"kind": "stream", "retain": {"count": 5}})", "target", "");
    row("a log refuses, and forgets what is old",
        R"("target": {"kind": "stream", "retain": {"count": 5, "for": "1s", "whenFull": "refuse"}})", "target", "");
    row("a log refuses, and what is acked goes",
        R"("target": {"kind": "stream", "retain": {"count": 5, "whenFull": "refuse", "until": "acked"}})", "target",
        "");
    row("a log refuses, and waits for a reader to ack",
        R"("target": {"kind": "stream", "retain": {"count": 5, "whenFull": "refuse", "until": "acked"}})", "", unread);
    row("a log refuses, and keeps nothing without a reader",
        R"("target": {"kind": "stream", "retain": {"count": 5, "whenFull": "refuse", "until": "interest"}})", "", "");
    row("a log refuses, and what is given up stays",
        R"("target": {"kind": "stream", "retry": {"max": 2}, "retain": {"count": 5, "whenFull": "refuse", "until": "acked"}})",
        "target", fills);
    // Through an exchange one that takes it is enough, but one whose room it waits for holds it up, and where one is full
    // and rejects its producer is told no, as RabbitMQ does.
    const auto through = [&row](const char* name, const char* overflow, const char* found) {
        const std::string channels = R"("target": {"kind": "exchange", "type": "fanout"},
            "open": {"kind": "queue", "bind": [{"to": "target"}]},
            "shut": {"kind": "queue", "capacity": 5, "bind": [{"to": "target"}], "overflow": ")" +
                                     std::string(overflow) + "\"}";
        row(name, channels.c_str(), "open", found);
    };
    const auto besides = [&row](const char* name, const char* other, const char* found) {
        const std::string channels = R"("target": {"kind": "exchange", "type": "fanout"},
            "other": {"kind": "queue", )" +
                                     std::string(other) + R"("bind": [{"to": "target"}]},
            "shut": {"kind": "queue", "messageSizeMax": "1B", "bind": [{"to": "target"}]})";
        row(name, channels.c_str(), "", found);
    };
    besides("another queue takes it, though nobody reads it", "", "");
    besides("another queue takes it until it is deleted", R"("idleExpiry": "1s", )",
            "shut: its data may be too large");
    row("refuses until it is deleted", R"("target": {"kind": "queue", "capacity": 5, "idleExpiry": "1s"})", "", "");
    through("another queue has no room, and its producer is told no", "reject", "shut: nobody reads it and it fills up");
    through("another queue drops its oldest", "dropOldest", "");
    through("another queue holds it up", "block", "shut: nobody reads it and it fills up");
}

void TestOutbox::theCheckNamesWhatFillsUpBehindAnOutbox() {
    QFETCH(const QByteArray, channels);
    QFETCH(const QByteArray, reads);
    QFETCH(const QByteArray, found);
    const std::string text =
        R"({"weir": "1", "events": {"a": {"size": "10B"}}, "channels": {"orders": {"kind": "queue"}, )" +
        channels.toStdString() +
        R"(}, "services": {"shop": {"outbox": true, "handlers": [{"on": "orders", "then": [{"emit": "a", "to": "target"}]}]})" +
        (reads.isEmpty() ? std::string() : R"(, "reader": {"handlers": [{"on": ")" + reads.toStdString() + R"("}]})") +
        "}}";
    const auto scenario = loadScenario(text);
    QVERIFY2(scenario.ok(), scenario.ok() ? "" : scenario.error().front().text().c_str());
    QStringList all;
    for (const Finding& finding : check(*scenario))
        if (finding.code == "outboxStuck")
            all << QString::fromStdString(finding.names.back()) + ": " +
                       QString::fromStdString(finding.text).section("since ", 1).section(": then", 0, 0);
    QCOMPARE(all, found.isEmpty() ? QStringList() : QStringList{QString::fromUtf8(found)});
}

void TestOutbox::theCheckNamesADualWriteAndWhatAnOutboxDecides() {
    const auto codes = [](const std::string& text) {
        QStringList found;
        for (const Finding& finding : check(*loadScenario(text)))
            found << QString::fromStdString(finding.code + " " + finding.where);
        return found;
    };
    QVERIFY(codes(shop("", dies, stateFirst)).contains("dualWrite /services/shop/handlers/0/fails"));
    QVERIFY(!codes(shop(R"("outbox": true, )", dies, stateFirst)).join(' ').contains("dualWrite"));
    QVERIFY(codes(shop(R"("outbox": true, )", "",
                       R"([{"emit": "accepted", "to": "accepted", "confirm": {"idempotent": true}}])"))
                .contains("outboxDecides /services/shop/outbox"));
    QVERIFY(codes(shop(R"("outbox": true, )", "", R"([{"add": "book", "key": "orders"}])"))
                .contains("idleOutbox /services/shop/outbox"));
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"

// What at-most-once, at-least-once and exactly-once allow, provoked by faults and counted: confirms and repeats,
// idempotent producers, half messages, transactions that publish and settle in one (I02, I03, I04, I18).
#include "core/record/record_reader.h"
#include "core/scenario/load.h"
#include "core/simulation/simulation.h"

#include <QTest>

#include <algorithm>

#include <map>
#include <set>

using namespace weir;

namespace {

struct WholeRun {
    std::vector<Record> records;
    std::shared_ptr<const Catalogue> catalogue;
    Ledger ledger;
    std::uint64_t fingerprint = 0;

    std::int64_t count(RecordKind kind, std::string_view reason = {}) const {
        return std::count_if(records.begin(), records.end(), [&](const Record& record) {
            return record.kind == kind &&
                   (reason.empty() ||
                    (record.reason.valid() && catalogue->reasons()[record.reason.index()].name == reason));
        });
    }
    std::int64_t countIn(RecordKind kind, std::string_view channel) const {
        return std::count_if(records.begin(), records.end(), [&](const Record& record) {
            return record.kind == kind && record.place.valid() &&
                   catalogue->place(record.place).channel == catalogue->channel(channel);
        });
    }
    const Record* first(RecordKind kind) const {
        const auto found =
            std::find_if(records.begin(), records.end(), [kind](const Record& record) { return record.kind == kind; });
        return found == records.end() ? nullptr : &*found;
    }
};

WholeRun run(const std::string& text) {
    const auto scenario = loadScenario(text);
    if (!scenario)
        qFatal("%s: %s", scenario.error().front().where.c_str(), scenario.error().front().text().c_str());
    const auto model = Model::compile(*scenario);
    if (!model)
        qFatal("%s", model.error().front().text().c_str());
    Simulation simulation(*model);
    Recorder recorder(simulation.model().catalogue);
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    WholeRun outcome;
    outcome.catalogue = simulation.model().catalogue;
    outcome.ledger = recorder.head().ledger();
    outcome.fingerprint = recorder.fingerprint();
    RecordReader reader(recorder.store());
    reader.refresh();
    for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
        outcome.records.push_back(reader.at(i));
    return outcome;
}

// 200 jobs, one each 10 ms, from a source that says how it publishes; `channel` are settings of the queue.
std::string jobs(const std::string& publish, const std::string& channel = {}, const std::string& run = {}) {
    return R"({"weir": "1", "run": {"for": "end")" + run + R"(}, "events": {"job": {"data": {"n": "{count}"}}},
      "channels": {"jobs": {"kind": "queue")" +
           channel + R"(}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "10ms", "count": 200}, "emit": "job", "to": "jobs")" +
           publish +
           R"(}]},
                   "worker": {"handlers": [{"on": "jobs"}]}}})";
}

// Orders that a handler turns into invoices; `handler` says how it works, and `crash` how often it dies in between.
std::string invoices(const std::string& handler, const std::string& more = {}) {
    return R"({"weir": "1", "run": {"for": "end"}, "events": {"order": {}, "invoice": {}},
      "channels": {"orders": {"kind": "queue", "retry": {"max": "unbounded", "backoff": "none"}},
                   "invoices": {"kind": "queue"}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "10ms", "count": 1000}, "emit": "order", "to": "orders"}]},
                   "billing": {"handlers": [{"on": "orders", "takes": "5ms", "then": {"emit": "invoice", "to": "invoices"})" +
           handler + R"(}]},
                   "mail": {"handlers": [{"on": "invoices"}]}})" +
           more + "}";
}

// How many different orders have an invoice that was handled, and how many invoices were handled in all.
std::pair<std::size_t, std::int64_t> handledInvoices(const WholeRun& outcome) {
    std::map<Ordinal, Ordinal> causes;
    std::set<Ordinal> orders;
    std::int64_t handled = 0;
    for (const Record& record : outcome.records) {
        if (record.kind == RecordKind::published)
            causes[record.ordinal] = static_cast<Ordinal>(record.value);
        if (record.kind == RecordKind::finished &&
            outcome.catalogue->place(record.place).channel == outcome.catalogue->channel("invoices")) {
            orders.insert(causes.at(record.ordinal));
            ++handled;
        }
    }
    return {orders.size(), handled};
}

} // namespace

class TestGuarantees : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aConfirmCostsNothingWhereAllGoesWell();
    void aLostConfirmMakesARepeatWithTheSameId();
    void anIdempotentProducersRepeatsArePassedOver();
    void aDedupWindowKnowsRepeatsByTheirId();
    void aRefusedPublishIsRepeatedWithBackoff();
    void whereOneOfSeveralQueuesIsFullTheOthersHaveItAndItsProducerIsToldNo();
    void aProducerGivesUpAfterItsRepeats();
    void whatIsRefusedForItsSizeOrItsDataIsNotPublishedAgain();
    void aHandlerWhosePublishIsNotConfirmedFails();
    void confirmsTravelBothWays();
    void aSourceWithAWindowPublishesOnWithoutWaiting();
    void aHandlersWindowHoldsForAllItsWorkers();
    void whatWaitsForAPlaceInAWindowOfOneThatDiesIsNeverSent();
    void aWindowIsNeverPassed();
    void whoDoesNotWaitForItsAnswerGoesOnAndIsPublishedAgainAllTheSame();
    void whatNobodyWaitsForAndIsNotConfirmedDiesWithItsInstance();
    void whatNobodyWaitsForStandsInLineForAPlaceInItsWindow();
    void noneOfWhatKafkasProducersPublishIsLostInAnElection();
    void whatAnIdempotentProducerSendsBehindALostPublishWaitsForIt();
    void whenAnIdempotentProducerGivesOnePublishUpItNumbersWhatIsUnderWayAnew();
    void aShapedPublishIsConfirmedWhenItHasPassed();
    void atMostOnceLosesAndNeverRepeats();
    void atLeastOnceLosesNothingAndRepeats();
    void aTransactionMakesItExactlyOnce();
    void aZombiesTransactionIsFenced();
    void anInstanceThatDiesLeavesNothingOfItsTransaction();
    void halfMessagesFollowTheirLocalTransactions();
    void whatTheBrokerIsNotToldItAsks();
    void aProducerThatDiesInItsLocalTransactionHasRolledBack();
    void consumersThatDemandAVersionGetNothingElse();
    void delayLevelsAndDatesSayWhenItIsDue();
    void aLostAckWithdrawsItsTransaction();
    void aTransactionWantsAnAckOfItsOwn();
    void anotherVersionMayBeWrittenWhileItRuns();
    void aSnapshotInTheMiddleOfItAllGoesOnIdentically();
};

void TestGuarantees::aConfirmCostsNothingWhereAllGoesWell() {
    const WholeRun outcome = run(jobs(R"(, "confirm": true)"));
    QCOMPARE(outcome.count(RecordKind::published), std::int64_t{200});
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{200});
    QCOMPARE(outcome.count(RecordKind::unconfirmed), std::int64_t{0});
    QCOMPARE(outcome.ledger.copies.acked, std::int64_t{200});
    QCOMPARE(outcome.count(RecordKind::completed), std::int64_t{200});
}

void TestGuarantees::aLostConfirmMakesARepeatWithTheSameId() {
    const WholeRun outcome = run(jobs(R"(, "confirm": {"lost": 0.2, "timeout": "50ms", "retries": 100})"));
    const std::int64_t repeats = outcome.count(RecordKind::unconfirmed, "confirm_timeout");
    QVERIFY2(repeats > 20 && repeats < 80, qPrintable(QString::number(repeats))); // 200 * 0.2 / 0.8 = 50
    QCOMPARE(outcome.count(RecordKind::published), 200 + repeats);
    QCOMPARE(outcome.ledger.copies.acked, 200 + repeats); // duplicates: the broker had them all
    for (const Record& record : outcome.records)
        if (record.kind == RecordKind::published && record.isRepeat())
            QVERIFY(record.value > 0 && static_cast<Ordinal>(record.value) < record.ordinal);
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::anIdempotentProducersRepeatsArePassedOver() {
    const WholeRun outcome =
        run(jobs(R"(, "confirm": {"lost": 0.2, "timeout": "50ms", "retries": 100, "idempotent": true})"));
    const std::int64_t repeats = outcome.count(RecordKind::unconfirmed, "confirm_timeout");
    QVERIFY(repeats > 20);
    QCOMPARE(outcome.count(RecordKind::deduplicated, "sequence"), repeats);
    QCOMPARE(outcome.ledger.copies.acked, std::int64_t{200});
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::aDedupWindowKnowsRepeatsByTheirId() {
    const std::string publish = R"(, "confirm": {"lost": 0.2, "timeout": "50ms", "retries": 100})";
    const WholeRun outcome = run(jobs(publish, R"(, "dedup": {"window": "1min"})"));
    QCOMPARE(outcome.count(RecordKind::deduplicated, "duplicate"), outcome.count(RecordKind::unconfirmed));
    QCOMPARE(outcome.ledger.copies.acked, std::int64_t{200});
    // Outside the window a repeat is a new message.
    const WholeRun late = run(jobs(publish, R"(, "dedup": {"window": "100ms"})"));
    QCOMPARE(late.count(RecordKind::deduplicated), std::int64_t{0});
    QCOMPARE(late.ledger.copies.acked, 200 + late.count(RecordKind::unconfirmed));
}

void TestGuarantees::aRefusedPublishIsRepeatedWithBackoff() {
    // Nobody takes anything for a second.
    std::string text =
        jobs(R"(, "confirm": {"retries": 20, "backoff": "10ms", "ceiling": "200ms"})", R"(, "capacity": 1)");
    text.insert(text.rfind('}'), R"(, "faults": [{"at": "0s", "crash": "worker", "for": "1s"}])");
    const WholeRun outcome = run(text);
    std::vector<std::int64_t> backoffs;
    for (const Record& record : outcome.records)
        if (record.kind == RecordKind::unconfirmed)
            backoffs.push_back(record.value / 1'000'000);
    QVERIFY(backoffs.size() >= 6);
    backoffs.resize(6);
    QCOMPARE(backoffs, (std::vector<std::int64_t>{10, 20, 40, 80, 160, 200}));
    QCOMPARE(outcome.ledger.copies.acked, std::int64_t{200}); // I03: confirmed, so handled
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{200});
}

// RabbitMQ: rejected by at least one queue, the publisher gets a nack; the queues with room keep the message, once more
// at each repeat.
void TestGuarantees::whereOneOfSeveralQueuesIsFullTheOthersHaveItAndItsProducerIsToldNo() {
    const auto fanOut = [](const char* publish) {
        return run(std::string(R"({"weir": "1", "run": {"for": "end"}, "events": {"job": {}},
          "channels": {"all": {"kind": "exchange", "type": "fanout"},
                       "small": {"kind": "queue", "bind": ["all"], "capacity": 1, "overflow": "reject"},
                       "large": {"kind": "queue", "bind": ["all"]}},
          "services": {"shop": {"sources": [{"arrivals": {"times": ["0s", "1s"]}, "emit": "job", "to": "all")") +
                   publish + "}]}}}");
    };
    const WholeRun asked = fanOut(R"(, "confirm": {"retries": 1})");
    QCOMPARE(asked.count(RecordKind::confirmed), std::int64_t{1}); // the first one
    QCOMPARE(asked.count(RecordKind::unconfirmed, "nack"), std::int64_t{2});
    QCOMPARE(asked.count(RecordKind::refused), std::int64_t{0}); // nobody refused all of it
    QCOMPARE(asked.countIn(RecordKind::enqueued, "small"), std::int64_t{1});
    QCOMPARE(asked.countIn(RecordKind::enqueued, "large"), std::int64_t{3});
    QCOMPARE(asked.count(RecordKind::dropped, "maxlen"), std::int64_t{2});
    QVERIFY(asked.ledger.closed());
    const WholeRun unasked = fanOut("");
    QCOMPARE(unasked.countIn(RecordKind::enqueued, "large"), std::int64_t{2});
}

void TestGuarantees::aProducerGivesUpAfterItsRepeats() {
    const WholeRun outcome = run(
        jobs(R"(, "confirm": {"retries": 2, "backoff": "1ms"})", R"(, "rate": {"limit": "1/h", "action": "drop"})"));
    QCOMPARE(outcome.count(RecordKind::published), std::int64_t{1 + 3 * 199});
    QCOMPARE(outcome.count(RecordKind::refused, "rate_limit"), std::int64_t{3 * 199});
    QCOMPARE(outcome.count(RecordKind::unconfirmed, "nack"), std::int64_t{3 * 199});
    std::int64_t givenUp = 0;
    for (const Record& record : outcome.records)
        givenUp += record.kind == RecordKind::unconfirmed && record.value == -1 ? 1 : 0;
    QCOMPARE(givenUp, std::int64_t{199});
    QCOMPARE(outcome.count(RecordKind::completed), std::int64_t{200});
}

void TestGuarantees::whatIsRefusedForItsSizeOrItsDataIsNotPublishedAgain() {
    const std::pair<const char*, const char*> refusals[] = {{R"(, "messageSizeMax": "1B")", "message_size"},
                                                            {R"(, "schemaCheck": "reject")", "schema_invalid"}};
    for (const auto& [channel, reason] : refusals)
        for (const char* const steps : {"1", "2"}) {
            std::string text = jobs(R"(, "confirm": {"steps": )" + std::string(steps) + "}", channel);
            constexpr std::string_view data = R"("job": {)";
            text.insert(text.find(data) + data.size(), R"("schema": {"required": ["price"]}, )");
            const WholeRun outcome = run(text);
            QCOMPARE(outcome.count(RecordKind::published), std::int64_t{200});
            QCOMPARE(outcome.count(RecordKind::refused, reason), std::int64_t{200});
            QCOMPARE(outcome.count(RecordKind::unconfirmed, "nack"), std::int64_t{200});
            QCOMPARE(outcome.count(RecordKind::completed), std::int64_t{200});
        }
    // An answer that is lost tells nobody so: the producer asks again until one arrives.
    const WholeRun lossy =
        run(jobs(R"(, "confirm": {"lost": 0.5, "retries": 100, "timeout": "1ms", "backoff": "1ms", "ceiling": "1ms"})",
                 R"(, "messageSizeMax": "1B")"));
    QVERIFY(lossy.count(RecordKind::unconfirmed, "confirm_timeout") > 100);
    QCOMPARE(lossy.count(RecordKind::unconfirmed, "nack"), std::int64_t{200});
}

void TestGuarantees::aHandlerWhosePublishIsNotConfirmedFails() {
    const WholeRun outcome =
        run(R"({"weir": "1", "run": {"for": "end"}, "events": {"order": {}, "invoice": {"size": "2KiB"}},
      "channels": {"orders": {"kind": "queue", "retry": {"max": 1, "backoff": "none"}, "deadLetter": "dead"},
                   "invoices": {"kind": "queue", "messageSizeMax": "1KiB"}, "dead": {"kind": "queue"}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "10ms", "count": 5}, "emit": "order", "to": "orders"}]},
                   "billing": {"handlers": [{"on": "orders", "then":
                       {"emit": "invoice", "to": "invoices", "confirm": {"retries": 0}}}]}}})");
    QCOMPARE(outcome.count(RecordKind::nacked, "unconfirmed"), std::int64_t{10});
    QCOMPARE(outcome.countIn(RecordKind::deadLettered, "orders"), std::int64_t{5});
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::confirmsTravelBothWays() {
    const WholeRun outcome = run(jobs(R"(, "confirm": true)", {}, R"(, "latency": "3ms")"));
    for (const Record& record : outcome.records)
        if (record.kind == RecordKind::confirmed)
            QCOMPARE(record.value, std::int64_t{6'000'000});
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{200});
}

// I03: confirmed is what the broker has decided on, not what waits for a token and may yet be refused.
// When what was published came to the channel, in milliseconds.
std::vector<std::int64_t> arrivals(const WholeRun& outcome, std::string_view channel) {
    std::vector<std::int64_t> times;
    for (const Record& record : outcome.records)
        if (record.kind == RecordKind::enqueued &&
            outcome.catalogue->place(record.place).channel == outcome.catalogue->channel(channel))
            times.push_back(record.at.time_since_epoch() / 1ms);
    return times;
}

// Each way takes 50 ms.
void TestGuarantees::aSourceWithAWindowPublishesOnWithoutWaiting() {
    const auto with = [](const char* confirm) {
        const std::string text = R"({"weir": "1", "run": {"for": "end", "latency": "50ms"}, "events": {"job": {}},
          "channels": {"jobs": {"kind": "queue"}}, "services": {"shop": {"sources": [{"emit": "job", "to": "jobs",
            "arrivals": {"every": "10ms", "first": "0s", "count": 6}, "confirm": )" +
                                 std::string(confirm) + "}]}}}";
        return arrivals(run(text), "jobs");
    };
    using Times = std::vector<std::int64_t>;
    QCOMPARE(with("true"), (Times{50, 150, 250, 350, 450, 550}));
    QCOMPARE(with(R"({"window": 1})"), (Times{50, 150, 250, 350, 450, 550}));
    QCOMPARE(with(R"({"window": 2})"), (Times{50, 60, 150, 160, 250, 260}));
    QCOMPARE(with(R"({"window": 6})"), (Times{50, 60, 70, 80, 90, 100}));
}

// Four at once, of which two may be under way; each handling is acked after its own answer.
void TestGuarantees::aHandlersWindowHoldsForAllItsWorkers() {
    const WholeRun outcome = run(R"({"weir": "1", "run": {"for": "end", "latency": "50ms"}, "events": {"a": {}, "b": {}},
      "channels": {"in": {"kind": "queue"}, "out": {"kind": "queue"}},
      "services": {"shop": {"sources": [{"emit": "a", "to": "in",
                       "arrivals": {"every": "1s", "first": "0s", "count": 1, "batch": 4}}]},
                   "clerk": {"handlers": [{"on": "in", "concurrency": 4, "prefetch": 4, "takes": "0s",
                       "then": {"emit": "b", "to": "out", "confirm": {"window": 2}}}]}}})");
    QCOMPARE(arrivals(outcome, "out"), (std::vector<std::int64_t>{150, 150, 250, 250}));
    std::vector<std::int64_t> acks;
    for (const Record& record : outcome.records)
        if (record.kind == RecordKind::acked)
            acks.push_back(record.at.time_since_epoch() / 1ms);
    QCOMPARE(acks, (std::vector<std::int64_t>{250, 250, 350, 350}));
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::whatWaitsForAPlaceInAWindowOfOneThatDiesIsNeverSent() {
    const WholeRun outcome = run(R"({"weir": "1", "run": {"for": "end", "latency": "50ms"}, "events": {"a": {}, "b": {}},
      "channels": {"in": {"kind": "queue", "retry": {"max": 0}}, "out": {"kind": "queue"}},
      "services": {"shop": {"sources": [{"emit": "a", "to": "in",
                       "arrivals": {"every": "1s", "first": "0s", "count": 1, "batch": 3}}]},
                   "clerk": {"handlers": [{"on": "in", "concurrency": 3, "prefetch": 3, "takes": "0s", "ack": "onReceipt",
                       "then": {"emit": "b", "to": "out", "confirm": {"window": 1}}}]}},
      "faults": [{"at": "120ms", "crash": "clerk", "for": "1s"}]})");
    QCOMPARE(arrivals(outcome, "out"), std::vector<std::int64_t>{150});
    QCOMPARE(outcome.count(RecordKind::refused, "unconfirmed"), std::int64_t{2});
    QVERIFY(outcome.ledger.closed());
}

// Whatever is lost, repeated, given up or struck: no more are published and not answered or given up than the window has.
void TestGuarantees::aWindowIsNeverPassed() {
    const WholeRun outcome = run(R"({"weir": "1", "run": {"for": "20s", "latency": {"exponential": "20ms"}},
      "events": {"job": {}, "done": {}}, "channels": {"jobs": {"kind": "queue", "capacity": 20}, "done": {"kind": "stream"}},
      "services": {"shop": {"sources": [{"arrivals": {"poisson": "300/s"}, "emit": "job", "to": "jobs",
                       "confirm": {"lost": 0.1, "timeout": "100ms", "retries": 2, "backoff": "5ms", "window": 5}}]},
                   "worker": {"handlers": [{"on": "jobs", "concurrency": 30, "takes": "5ms", "then":
                       {"emit": "done", "to": "done", "confirm": {"lost": 0.1, "timeout": "100ms", "window": 3}}}]}},
      "faults": [{"at": "3s", "crash": "worker", "for": "2s"}, {"at": "9s", "crash": "worker", "for": "1s"}]})");
    std::map<EventTypeId, std::set<Ordinal>> open;
    std::size_t jobs = 0;
    for (const Record& record : outcome.records) {
        if (record.kind == RecordKind::published && !record.isRepeat())
            open[record.type].insert(record.ordinal);
        if (record.kind == RecordKind::confirmed || (record.kind == RecordKind::unconfirmed && record.value < 0))
            open[record.type].erase(record.ordinal);
        jobs = std::max(jobs, open[outcome.catalogue->eventType("job")].size());
    }
    QCOMPARE(jobs, std::size_t{6}); // five are under way, the sixth waits, and the source with it
    QVERIFY(outcome.count(RecordKind::unconfirmed, "confirm_timeout") > 100);
    QVERIFY(outcome.ledger.closed());
}

// Each way takes 50 ms, and no answer ever arrives.
QByteArray clerkWhoDoesNotWait(const char* more) {
    return QByteArray(R"({"weir": "1", "run": {"for": "end", "latency": "50ms"}, "events": {"a": {}, "b": {}},
      "channels": {"in": {"kind": "queue"}, "out": {"kind": "queue"}},
      "services": {"shop": {"sources": [{"emit": "a", "to": "in", "arrivals": {"every": "1s", "first": "0s", "count": 1}}]},
                   "clerk": {"handlers": [{"on": "in", "takes": "0s", "then": {"emit": "b", "to": "out",
                       "confirm": {"awaited": false, "lost": 1, "timeout": "200ms", "retries": 1, "backoff": "10ms"}}}]}})") +
           more + "}";
}

void TestGuarantees::whoDoesNotWaitForItsAnswerGoesOnAndIsPublishedAgainAllTheSame() {
    const WholeRun outcome = run(clerkWhoDoesNotWait("").toStdString());
    QCOMPARE(arrivals(outcome, "out"), (std::vector<std::int64_t>{150, 360}));
    const Record* const acked = outcome.first(RecordKind::acked);
    QVERIFY(acked);
    QCOMPARE(acked->at, SimTime{150ms});
    QCOMPARE(outcome.countIn(RecordKind::delivered, "in"), std::int64_t{1});
    QCOMPARE(outcome.count(RecordKind::unconfirmed), std::int64_t{2});
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::whatNobodyWaitsForAndIsNotConfirmedDiesWithItsInstance() {
    const WholeRun outcome =
        run(clerkWhoDoesNotWait(R"(, "faults": [{"at": "250ms", "crash": "clerk", "for": "1s"}])").toStdString());
    QCOMPARE(arrivals(outcome, "out"), std::vector<std::int64_t>{150});
    QVERIFY(outcome.ledger.closed());
}

// Each way takes 50 ms. As long as there is room in its line a source goes on; beyond it waits after all.
void TestGuarantees::whatNobodyWaitsForStandsInLineForAPlaceInItsWindow() {
    const auto with = [](const char* times, const char* ends) {
        return run(R"({"weir": "1", "run": {"for": ")" + std::string(ends) +
                   R"(", "latency": "50ms"}, "events": {"job": {}}, "channels": {"jobs": {"kind": "queue"}},
          "services": {"shop": {"sources": [{"emit": "job", "to": "jobs", "arrivals": {"every": "10ms", "first": "0s", )" +
                   times + R"(}, "confirm": {"window": 2, "awaited": false}}]}}})");
    };
    const auto publishedBy = [](const WholeRun& outcome, Duration time) {
        return std::count_if(outcome.records.begin(), outcome.records.end(), [time](const Record& record) {
            return record.kind == RecordKind::published && record.at <= SimTime{time};
        });
    };
    const WholeRun six = with(R"("count": 6)", "end");
    QCOMPARE(arrivals(six, "jobs"), (std::vector<std::int64_t>{50, 60, 150, 160, 250, 260}));
    QCOMPARE(publishedBy(six, 50ms), 6);
    const WholeRun many = with(R"("count": 1, "batch": 10010)", "200ms");
    QCOMPARE(publishedBy(many, 0ms), 10'003);
    QCOMPARE(publishedBy(many, 100ms), 10'005);
    QVERIFY(many.ledger.closed());
}

// For 9 seconds nobody leads.
void TestGuarantees::noneOfWhatKafkasProducersPublishIsLostInAnElection() {
    const auto with = [](const char* publish) {
        return run(R"({"weir": "1", "run": {"for": "1min", "latency": "5ms"}, "profile": "kafka", "events": {"job": {}},
          "nodes": {"a": {}, "b": {}, "c": {}},
          "channels": {"jobs": {"kind": "stream", "partitions": 1, "replicas": 3, "minInSync": 2, "leader": "a"}},
          "services": {"shop": {"sources": [{"emit": "job", "to": "jobs", "arrivals": {"every": "20ms", "count": 1000})" +
                   std::string(publish) + R"(}]}, "worker": {"handlers": [{"on": "jobs", "takes": "1ms"}]}},
          "faults": [{"at": "5s", "nodeDown": "a"}]})");
    };
    const WholeRun sure = with("");
    QCOMPARE(sure.countIn(RecordKind::enqueued, "jobs"), std::int64_t{1000});
    QCOMPARE(sure.ledger.copies.acked, std::int64_t{1000});
    QCOMPARE(sure.ledger.copies.lost, std::int64_t{0});
    QVERIFY(sure.count(RecordKind::unconfirmed, "nack") > 0);
    QVERIFY(sure.ledger.closed());
    for (const char* const careless : {R"(, "confirm": {"acks": "none"})", R"(, "confirm": false)"}) {
        const WholeRun lossy = with(careless);
        QCOMPARE(lossy.count(RecordKind::unconfirmed), std::int64_t{0});
        QVERIFY2(lossy.ledger.copies.acked < 600, careless);
        QVERIFY(lossy.ledger.closed());
    }
}

// Each way takes 50 ms, and the first of five is lost: the others come too early.
QByteArray fiveOfWhichTheFirstIsLost(const char* confirm) {
    return QByteArray(R"({"weir": "1", "run": {"for": "end", "latency": "50ms"}, "events": {"job": {}},
      "channels": {"jobs": {"kind": "queue"}}, "services": {"shop": {"sources": [{"emit": "job", "to": "jobs",
        "arrivals": {"every": "10ms", "first": "0s", "count": 5}, "confirm": {"idempotent": true, "window": 5,
          "timeout": "200ms", "backoff": "10ms", )") +
           confirm + R"(}}]}}, "faults": [{"at": "45ms", "lose": ["shop", "broker"], "for": "10ms"}]})";
}

void TestGuarantees::whatAnIdempotentProducerSendsBehindALostPublishWaitsForIt() {
    const WholeRun outcome = run(fiveOfWhichTheFirstIsLost(R"("retries": 1)").toStdString());
    // Again 10 ms after its timeout, and confirmed at 310; then the others.
    QCOMPARE(arrivals(outcome, "jobs"), (std::vector<std::int64_t>{260, 360, 360, 360, 360}));
    QCOMPARE(outcome.count(RecordKind::refused, "sequence"), std::int64_t{4});
    QCOMPARE(outcome.count(RecordKind::unconfirmed, "sequence"), std::int64_t{4});
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{5});
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::whenAnIdempotentProducerGivesOnePublishUpItNumbersWhatIsUnderWayAnew() {
    const WholeRun outcome = run(fiveOfWhichTheFirstIsLost(R"("retries": 0)").toStdString());
    QCOMPARE(arrivals(outcome, "jobs"), (std::vector<std::int64_t>{250, 250, 250, 250}));
    QCOMPARE(outcome.count(RecordKind::refused, "sequence"), std::int64_t{4});
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{4});
    QCOMPARE(outcome.count(RecordKind::unconfirmed, "confirm_timeout"), std::int64_t{1});
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::aShapedPublishIsConfirmedWhenItHasPassed() {
    const WholeRun outcome = run(jobs(R"(, "confirm": true)", R"(, "rate": {"limit": "50/s"})"));
    std::set<Ordinal> decided;
    for (const Record& record : outcome.records) {
        if (record.kind == RecordKind::routed)
            decided.insert(record.ordinal);
        if (record.kind == RecordKind::confirmed)
            QVERIFY(decided.contains(record.ordinal));
    }
    QCOMPARE(outcome.count(RecordKind::confirmed), std::int64_t{200});
    QVERIFY(outcome.count(RecordKind::throttled) > 150);
}

// I02: one delivery each, and what was in hand when the instance died is lost, and counted.
void TestGuarantees::atMostOnceLosesAndNeverRepeats() {
    const WholeRun outcome = run(invoices(R"(, "ack": "automatic", "fails": {"how": "crash", "probability": 0.1})"));
    const auto [orders, handled] = handledInvoices(outcome);
    QCOMPARE(outcome.countIn(RecordKind::delivered, "orders"), std::int64_t{1000});
    QCOMPARE(static_cast<std::int64_t>(orders), handled);
    QCOMPARE(handled, 1000 - outcome.ledger.effectsLost);
    QVERIFY(outcome.ledger.effectsLost > 50);
    for (const Record& record : outcome.records)
        QVERIFY(record.kind != RecordKind::delivered || record.attempt == 1);
}

void TestGuarantees::atLeastOnceLosesNothingAndRepeats() {
    const WholeRun outcome = run(invoices(R"(, "fails": {"how": "crashAfterEffect", "probability": 0.1})"));
    const auto [orders, handled] = handledInvoices(outcome);
    QCOMPARE(orders, std::size_t{1000});
    QCOMPARE(handled, 1000 + outcome.count(RecordKind::crashed)); // each crash came after an effect
    QVERIFY(handled > 1050);
    QCOMPARE(outcome.ledger.effectsLost, std::int64_t{0});
}

// I04, I18: the same crashes; what they leave is withdrawn, so that effects = orders.
void TestGuarantees::aTransactionMakesItExactlyOnce() {
    const WholeRun outcome =
        run(invoices(R"(, "transaction": true, "fails": {"how": "crashAfterEffect", "probability": 0.1})"));
    const auto [orders, handled] = handledInvoices(outcome);
    QCOMPARE(orders, std::size_t{1000});
    QCOMPARE(handled, std::int64_t{1000});
    QVERIFY(outcome.count(RecordKind::crashed) > 50);
    QCOMPARE(outcome.count(RecordKind::refused, "aborted"), outcome.count(RecordKind::crashed));
    QCOMPARE(outcome.ledger.messages.held, std::int64_t{0});
    QVERIFY(outcome.ledger.closed());
}

// It works longer than its ack timeout: another has the order by then, and its late commit must not count.
void TestGuarantees::aZombiesTransactionIsFenced() {
    std::string text = invoices(R"(, "transaction": true, "concurrency": 4)");
    text.replace(text.find(R"("retry")"), 7, R"("ackTimeout": "20ms", "retry")");
    text.replace(text.find(R"("takes": "5ms")"), 14, R"("takes": {"exponential": "10ms"})");
    const WholeRun outcome = run(text);
    const auto [orders, handled] = handledInvoices(outcome);
    QCOMPARE(orders, std::size_t{1000});
    QCOMPARE(handled, std::int64_t{1000});
    QVERIFY(outcome.count(RecordKind::refused, "fenced") > 50);
    QCOMPARE(outcome.count(RecordKind::refused, "fenced"), outcome.count(RecordKind::ackRefused));
}

void TestGuarantees::anInstanceThatDiesLeavesNothingOfItsTransaction() {
    const std::string faults =
        R"(, "faults": [{"at": "1s", "crash": "billing", "for": "500ms"}, {"at": "3s", "crash": "billing", "for": "1s"}])";
    const WholeRun outcome = run(invoices(R"(, "transaction": true)", faults));
    const auto [orders, handled] = handledInvoices(outcome);
    QCOMPARE(orders, std::size_t{1000});
    QCOMPARE(handled, std::int64_t{1000});
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::halfMessagesFollowTheirLocalTransactions() {
    const WholeRun outcome = run(jobs(R"(, "half": {"takes": "5ms", "commits": 0.7})"));
    const std::int64_t rolledBack = outcome.count(RecordKind::refused, "rolled_back");
    QVERIFY2(rolledBack > 30 && rolledBack < 90, qPrintable(QString::number(rolledBack)));
    QCOMPARE(outcome.ledger.copies.acked, 200 - rolledBack); // I18: all or nothing
    QCOMPARE(outcome.count(RecordKind::checkedBack), std::int64_t{0});
    // Nothing of it is seen before the local transaction's end.
    const Record* published = outcome.first(RecordKind::published);
    const Record* enqueued = outcome.first(RecordKind::enqueued);
    QVERIFY(published && enqueued);
    QVERIFY(enqueued->at - published->at >= 5ms);
}

void TestGuarantees::whatTheBrokerIsNotToldItAsks() {
    const WholeRun outcome = run(jobs(R"(, "half": {"takes": "1ms", "commits": 0.5, "unknown": 0.5})",
                                      R"(, "checkBack": {"after": "1s", "every": "2s", "max": 3})"));
    const std::int64_t discarded = outcome.count(RecordKind::refused, "check_limit");
    const std::int64_t checks = outcome.count(RecordKind::checkedBack);
    QVERIFY2(checks > 120 && checks < 230, qPrintable(QString::number(checks)));       // 200 * (1/2 + 1/4 + 1/8)
    QVERIFY2(discarded > 3 && discarded < 25, qPrintable(QString::number(discarded))); // 200 / 16
    QCOMPARE(outcome.ledger.copies.acked + outcome.count(RecordKind::refused, "rolled_back") + discarded,
             std::int64_t{200});
    QCOMPARE(outcome.first(RecordKind::checkedBack)->value, std::int64_t{1});
    QCOMPARE(outcome.ledger.messages.held, std::int64_t{0});
}

void TestGuarantees::aProducerThatDiesInItsLocalTransactionHasRolledBack() {
    const WholeRun outcome = run(R"({"weir": "1", "run": {"for": "end"}, "events": {"order": {}, "invoice": {}},
      "channels": {"orders": {"kind": "queue", "retry": {"max": 0}},
                   "invoices": {"kind": "queue", "checkBack": {"after": "5s", "every": "5s"}}},
      "services": {"shop": {"sources": [{"arrivals": {"times": ["0s"]}, "emit": "order", "to": "orders"}]},
                   "billing": {"handlers": [{"on": "orders", "then":
                       {"emit": "invoice", "to": "invoices", "half": {"takes": "1s"}}}]}},
      "faults": [{"at": "500ms", "crash": "billing", "for": "7s"}]})");
    QCOMPARE(outcome.count(RecordKind::checkedBack), std::int64_t{2}); // at 5 s nobody was there to answer
    QCOMPARE(outcome.count(RecordKind::refused, "rolled_back"), std::int64_t{1});
    QCOMPARE(outcome.countIn(RecordKind::enqueued, "invoices"), std::int64_t{0});
}

// I28
void TestGuarantees::consumersThatDemandAVersionGetNothingElse() {
    const WholeRun outcome = run(R"({"weir": "1", "run": {"for": "end"},
      "events": {"order": {"version": "2", "data": {"n": {"$integer": [1, 100]}},
                           "versions": {"1": {"properties": {"n": {"maximum": 50}}}, "2": {}}}},
      "channels": {"orders": {"kind": "queue", "deadLetter": "dead"}, "dead": {"kind": "queue"}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "10ms", "count": 400}, "emit": "order", "to": "orders"}]},
                   "billing": {"handlers": [{"on": "orders", "takes": "1ms", "reads": [{"event": "order", "version": "1"}], "fails":
                       {"how": "nack", "when": "data.n > 50"}}]}}})");
    const std::int64_t invalid = outcome.count(RecordKind::failed, "schema_invalid");
    QVERIFY2(invalid > 140 && invalid < 260, qPrintable(QString::number(invalid)));
    QCOMPARE(outcome.countIn(RecordKind::deadLettered, "orders"), invalid);
    QCOMPARE(outcome.count(RecordKind::failed, "failure"), std::int64_t{0}); // its work saw none of them
    QCOMPARE(outcome.ledger.copies.acked, 400 - invalid);
}

void TestGuarantees::delayLevelsAndDatesSayWhenItIsDue() {
    const auto released = [](const std::string& publish, const std::string& channel) {
        const std::string text = R"({"weir": "1", "run": {"for": "end"}, "events": {"job": {}},
          "channels": {"jobs": {"kind": "queue")" +
                                 channel + R"(}}, "services": {"shop": {"sources": [
              {"arrivals": {"times": ["2s"]}, "emit": "job", "to": "jobs", )" +
                                 publish + "}]}}}";
        const WholeRun outcome = run(text);
        const Record* const record = outcome.first(RecordKind::released);
        return record ? record->at.time_since_epoch() : Duration::zero();
    };
    QVERIFY(released(R"("delayLevel": 3)", "") == Duration{12s}); // RocketMQ: 10 s
    QVERIFY(released(R"("delayLevel": 5)", "") == Duration{62s});
    QVERIFY(released(R"("delayLevel": 18)", "") == Duration{2h + 2s});
    QVERIFY(released(R"("delayLevel": 99)", "") == Duration{2h + 2s});
    QVERIFY(released(R"("delayLevel": 2)", R"(, "delayLevels": ["1ms", "7ms"])") == Duration{2007ms});
    QVERIFY(released(R"("deliverAt": "5s")", "") == Duration{5s});
    QVERIFY(released(R"("deliverAt": "1s")", "") == Duration::zero()); // past: at once, nothing to release
}

// What it published goes with the ack: the order comes again, and its invoice is seen once.
void TestGuarantees::aLostAckWithdrawsItsTransaction() {
    std::string text = invoices(R"(, "transaction": true, "ackLoss": 0.1)");
    text.replace(text.find(R"("retry")"), 7, R"("ackTimeout": "100ms", "retry")");
    const WholeRun outcome = run(text);
    const auto [orders, handled] = handledInvoices(outcome);
    QCOMPARE(orders, std::size_t{1000});
    QCOMPARE(handled, std::int64_t{1000});
    QVERIFY(outcome.count(RecordKind::ackRefused, "ack_lost") > 50);
    QVERIFY(outcome.ledger.closed());
}

void TestGuarantees::aTransactionWantsAnAckOfItsOwn() {
    for (const char* const ack : {"onReceipt", "batch", "cumulative"}) {
        const auto scenario = loadScenario(invoices(R"(, "transaction": true, "ack": ")" + std::string(ack) + "\""));
        QVERIFY2(!scenario.ok(), ack);
        QVERIFY2(std::any_of(scenario.error().begin(), scenario.error().end(),
                             [](const Error& error) {
                                 return error.what.find("needs \"ack\" to be \"manual\"") != std::string::npos;
                             }),
                 scenario.error().front().text().c_str());
    }
    QVERIFY(loadScenario(invoices(R"(, "transaction": true)")).ok());
}

void TestGuarantees::anotherVersionMayBeWrittenWhileItRuns() {
    const auto scenario = loadScenario(R"({"weir": "1", "run": {"for": "2s"},
      "events": {"order": {"version": "1", "data": {"n": 1}, "compatibility": "backward",
                           "versions": {"1": {"type": "object"}, "2": {"type": "object", "required": ["n"]}}}},
      "channels": {"orders": {"kind": "queue", "schemaCheck": "reject"}},
      "services": {"shop": {"sources": [{"arrivals": {"every": "100ms"}, "emit": "order", "to": "orders"}]}}})")
                              .value();
    Simulation simulation(Model::compile(scenario).value());
    Recorder recorder(simulation.model().catalogue);
    simulation.run(SimTime{1s}, UINT64_MAX, recorder);
    QCOMPARE(recorder.head().ledger().messages.refused, std::int64_t{0});
    Command command{.kind = CommandKind::set};
    command.pointer = "/services/shop/sources/0/version";
    command.value = Value("2");
    const auto applied = simulation.apply(command, recorder);
    QVERIFY2(applied.ok(), applied.ok() ? "" : applied.error().text().c_str());
    const std::int64_t routed = recorder.head().ledger().messages.routed;
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    QCOMPARE(recorder.head().ledger().messages.routed, routed); // 2 breaks with 1: the registry does not have it
    QCOMPARE(recorder.head().ledger().messages.refused, std::int64_t{10});
}

void TestGuarantees::aSnapshotInTheMiddleOfItAllGoesOnIdentically() {
    const std::string text = R"({"weir": "1", "run": {"for": "20s", "latency": {"exponential": "2ms"}},
      "events": {"job": {"data": {"n": "{count}"}}, "done": {}},
      "channels": {"jobs": {"kind": "queue", "dedup": {"window": "1s", "sliding": true}, "rate": {"limit": "90/s", "burst": 3},
                            "deliveryRate": {"limit": "80/s", "burst": 2}, "retry": {"max": 3, "first": "10ms"}},
                   "done": {"kind": "queue", "checkBack": {"after": "100ms", "every": "100ms"}}},
      "services": {"shop": {"sources": [{"arrivals": {"poisson": "60/s"}, "emit": "job", "to": "jobs",
                       "confirm": {"lost": 0.1, "timeout": "30ms", "backoff": "5ms", "idempotent": true, "window": 3}}]},
                   "worker": {"instances": 2, "handlers": [{"on": "jobs", "takes": "5ms", "fails": 0.1, "then":
                       {"emit": "done", "to": "done", "half": {"takes": "10ms", "commits": 0.9, "unknown": 0.2}}}]},
                   "mail": {"handlers": [{"on": "done", "transaction": true}]}},
      "faults": [{"at": "3s", "crash": "worker", "instance": 0, "for": "2s"}]})";
    const auto model = Model::compile(loadScenario(text).value()).value();
    for (const std::uint64_t at : {std::uint64_t{1}, std::uint64_t{1500}, std::uint64_t{7000}}) {
        Simulation simulation(model);
        Recorder before(model->catalogue, {.recordsMax = 0});
        simulation.run(SimTime::max(), at, before);
        Simulation snapshot = simulation;
        Recorder one = before.scratch(before.mark());
        Recorder other = before.scratch(before.mark());
        simulation.run(SimTime::max(), UINT64_MAX, one);
        snapshot.run(SimTime::max(), UINT64_MAX, other);
        QCOMPARE(one.fingerprint(), other.fingerprint());
        QVERIFY(one.head().ledger().closed());
    }
}

QTEST_APPLESS_MAIN(TestGuarantees)
#include "tst_guarantees.moc"

// Why a message is where it is, the critical path of a conversation, its graph, and gathering it in slices.
#include "core/record/causal_graph.h"
#include "core/record/critical_path.h"
#include "core/record/recorder.h"
#include "core/record/verdict.h"

#include <QTest>

using namespace weir;

// A queue "payments" read by "payment-service", with dead letters to "dead", which nobody reads; "mail" beside it.
class TestVerdict : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void aFreshCopyWaits();
    void aBackoffKnowsWhatWentWrongAndWhenItIsDue();
    void aTimeoutIsToldFromAFailure();
    void aCrashIsToldFromAFailure();
    void aDeadLetterKnowsWhereItComesFrom();
    void aMessageWithoutCopiesTellsOfItself();
    void aKnownDuplicateIsPassedOver();
    void troubleIsToldBeforeAnEndAndAnEndBeforeWaiting();

    void spansTellDeadLettersReplaysAndDuplicates();
    void aProducerThatWaitedIsHeld();
    void theCriticalPathLeavesOutWhatRanBeside();
    void theCriticalPathGoesThroughADeadLetter();

    void theGraphIsCompact();
    void lanesAreUsedAgain();
    void aServiceThatWaitedForSeveralMessagesJoinsThem();
    void theGraphSaysWhatItLeftOut();

    void slicesGatherTheSameTree();
    void anEvictedCauseIsShownAsGone();
    void anEvictedMessageKeepsItsEffects();
    void aCompleteTreeWithoutDeadLettersIsNotReadOn();

  private:
    Record made(RecordKind kind, Duration at, PlaceId place, std::uint16_t attempt = 0, std::int64_t value = 0,
                Ordinal ordinal = 1, std::string_view reason = {}) const;
    Verdict only(const std::vector<Record>& records) const;

    std::shared_ptr<Catalogue> m_catalogue;
    PlaceId m_shop, m_queue, m_worker, m_mail, m_mailer, m_dead, m_fromWorker, m_fromMailer;
    ChannelId m_payments;
};

void TestVerdict::init() {
    m_catalogue = std::make_shared<Catalogue>();
    Catalogue& c = *m_catalogue;
    const ChannelId orders = c.addChannel({.name = "orders", .kind = ChannelKind::topic});
    m_payments = c.addChannel({.name = "payments"});
    const ChannelId mail = c.addChannel({.name = "mail"});
    ChannelRow deadRow{.name = "dead"};
    deadRow.deadLetter = true;
    const ChannelId dead = c.addChannel(deadRow);
    const ServiceId shop = c.addService({.name = "shop"});
    const ServiceId worker = c.addService({.name = "payment-service", .instances = 1, .workers = 1});
    const ServiceId mailer = c.addService({.name = "mailer", .instances = 1, .workers = 1});
    const SubscriptionId s1 = c.addSubscription({.name = "payments", .channel = m_payments, .service = worker});
    const SubscriptionId s2 = c.addSubscription({.name = "mail", .channel = mail, .service = mailer});
    const SubscriptionId s3 = c.addSubscription({.name = "dead", .channel = dead, .service = {}});
    const auto placed = [&](ChannelId channel, SubscriptionId subscription, ServiceId service) {
        Place place;
        place.channel = channel;
        place.subscription = subscription;
        place.service = service;
        return c.addPlace(place);
    };
    m_shop = placed(orders, {}, shop);
    m_queue = placed(m_payments, s1, {});
    m_worker = placed(m_payments, s1, worker);
    m_mail = placed(mail, s2, {});
    m_mailer = placed(mail, s2, mailer);
    m_dead = placed(dead, s3, {});
    m_fromWorker = placed(orders, {}, worker);
    m_fromMailer = placed(orders, {}, mailer);
}

Record TestVerdict::made(RecordKind kind, Duration at, PlaceId place, std::uint16_t attempt, std::int64_t value,
                         Ordinal ordinal, std::string_view reason) const {
    Record record;
    record.kind = kind;
    record.at = SimTime{at};
    record.place = place;
    record.attempt = attempt;
    record.value = value;
    record.ordinal = ordinal;
    if (!reason.empty())
        record.reason = m_catalogue->addReason(reason);
    return record;
}

Verdict TestVerdict::only(const std::vector<Record>& records) const {
    const std::vector<Verdict> verdicts = verdictsOf(records, *m_catalogue);
    return verdicts.size() == 1 ? verdicts.front() : Verdict{.state = Verdict::State::purged, .since = {}, .place = {}};
}

void TestVerdict::aFreshCopyWaits() {
    const Verdict verdict =
        only({made(RecordKind::published, 0s, m_shop), made(RecordKind::enqueued, 1s, m_queue, 0, -1)});
    QCOMPARE(verdict.state, Verdict::State::waiting);
    QCOMPARE(verdict.since, SimTime{1s});
    QCOMPARE(verdict.trouble, Verdict::Trouble::none);
    QCOMPARE(standingOf(verdict), Standing::open);
    QVERIFY(verdictsOf({}, *m_catalogue).empty());
}

void TestVerdict::aBackoffKnowsWhatWentWrongAndWhenItIsDue() {
    std::vector<Record> records{made(RecordKind::published, 0s, m_shop),
                                made(RecordKind::enqueued, 0s, m_queue, 0, -1),
                                made(RecordKind::delivered, 1s, m_worker, 1),
                                made(RecordKind::started, 1s, m_worker, 1),
                                made(RecordKind::failed, 3s, m_worker, 1, 2'000'000'000, 1, "declined"),
                                made(RecordKind::nacked, 3s, m_worker, 1, 0, 1, "declined"),
                                made(RecordKind::retryScheduled, 3s, m_worker, 1, 4'000'000'000, 1, "declined")};
    Verdict verdict = only(records);
    QCOMPARE(verdict.state, Verdict::State::backoff);
    QCOMPARE(verdict.since, SimTime{3s});
    QCOMPARE(verdict.due, std::optional(SimTime{7s}));
    QCOMPARE(verdict.trouble, Verdict::Trouble::failed);
    QCOMPARE(verdict.troubleAttempt, std::uint16_t{1});
    QCOMPARE(verdict.reason, m_catalogue->reason("declined"));
    records.push_back(made(RecordKind::released, 7s, m_queue));
    verdict = only(records);
    QCOMPARE(verdict.state, Verdict::State::waitingAgain);
    QVERIFY(!verdict.due);
    records.push_back(made(RecordKind::started, 8s, m_worker, 2));
    records.push_back(made(RecordKind::finished, 9s, m_worker, 2));
    records.push_back(made(RecordKind::acked, 9s, m_worker, 2, 9'000'000'000));
    verdict = only(records);
    QCOMPARE(verdict.state, Verdict::State::acked);
    QCOMPARE(verdict.attempt, std::uint16_t{2});
    QCOMPARE(verdict.lasted, Duration(9s));
    QCOMPARE(standingOf(verdict), Standing::done);
}

void TestVerdict::aTimeoutIsToldFromAFailure() {
    const Verdict verdict =
        only({made(RecordKind::enqueued, 0s, m_queue, 0, -1), made(RecordKind::started, 1s, m_worker, 1),
              made(RecordKind::timedOut, 31s, m_worker, 1, 0, 1, "ackTimeout"),
              made(RecordKind::retryScheduled, 31s, m_worker, 1, 1'000'000'000, 1, "ackTimeout")});
    QCOMPARE(verdict.trouble, Verdict::Trouble::timedOut);
    QCOMPARE(verdict.due, std::optional(SimTime{32s}));
    QCOMPARE(standingOf(verdict), Standing::troubled);
}

void TestVerdict::aCrashIsToldFromAFailure() {
    const Verdict verdict =
        only({made(RecordKind::enqueued, 0s, m_queue, 0, -1), made(RecordKind::started, 1s, m_worker, 3),
              made(RecordKind::crashed, 2s, m_worker, 3), made(RecordKind::nacked, 2s, m_worker, 3, 0, 1, "crash"),
              made(RecordKind::requeued, 2s, m_worker, 3, 0, 1, "crash")});
    QCOMPARE(verdict.state, Verdict::State::waitingAgain);
    QCOMPARE(verdict.trouble, Verdict::Trouble::crashed);
    QCOMPARE(verdict.troubleAttempt, std::uint16_t{3});
}

void TestVerdict::aDeadLetterKnowsWhereItComesFrom() {
    const std::vector<Record> records{
        made(RecordKind::enqueued, 0s, m_queue, 0, -1),
        made(RecordKind::started, 1s, m_worker, 4),
        made(RecordKind::failed, 2s, m_worker, 4, 0, 1, "declined"),
        made(RecordKind::deadLettered, 2s, m_worker, 4, 3, 1, "deliveryLimit"),
        made(RecordKind::enqueued, 2s, m_dead, 0, m_payments.value)};
    const std::vector<Verdict> verdicts = verdictsOf(records, *m_catalogue);
    QCOMPARE(verdicts.size(), std::size_t{2});
    QCOMPARE(verdicts[0].state, Verdict::State::deadLettered);
    QCOMPARE(standingOf(verdicts[0]), Standing::succeeded);
    QCOMPARE(verdicts[1].state, Verdict::State::resting);
    QCOMPARE(verdicts[1].from, m_payments);
    QCOMPARE(verdicts[1].attempt, std::uint16_t{4});
    QCOMPARE(verdicts[1].reason, m_catalogue->reason("declined")); // rather than that there were too many
    QCOMPARE(tellingOf(verdicts), std::optional<std::size_t>(1));
}

void TestVerdict::aMessageWithoutCopiesTellsOfItself() {
    QCOMPARE(only({made(RecordKind::published, 0s, m_shop)}).state, Verdict::State::published);
    QCOMPARE(only({made(RecordKind::published, 0s, m_shop), made(RecordKind::unroutable, 1s, m_shop)}).state,
             Verdict::State::unroutable);
    const Verdict blocked = only({made(RecordKind::published, 0s, m_shop), made(RecordKind::blocked, 1s, m_queue)});
    QCOMPARE(blocked.state, Verdict::State::blocked);
    QCOMPARE(blocked.place.channel, m_payments);
    const Verdict throttled =
        only({made(RecordKind::published, 0s, m_shop), made(RecordKind::throttled, 1s, m_shop, 0, 500'000'000)});
    QCOMPARE(throttled.due, std::optional(SimTime{1500ms}));
}

void TestVerdict::aKnownDuplicateIsPassedOver() {
    const Verdict verdict =
        only({made(RecordKind::enqueued, 0s, m_queue, 0, -1), made(RecordKind::started, 1s, m_worker, 2),
              made(RecordKind::skipped, 1s, m_worker, 2, 0, 1, "duplicate"), made(RecordKind::acked, 1s, m_worker, 2)});
    QCOMPARE(verdict.state, Verdict::State::passedOver);
    QCOMPARE(verdict.reason, m_catalogue->reason("duplicate"));
    QCOMPARE(standingOf(verdict), Standing::done);
}

void TestVerdict::troubleIsToldBeforeAnEndAndAnEndBeforeWaiting() {
    Verdict done{.state = Verdict::State::acked, .since = SimTime{9s}, .place = {}};
    Verdict waits{.state = Verdict::State::waiting, .since = SimTime{1s}, .place = {}};
    Verdict ended{.state = Verdict::State::expired, .since = SimTime{2s}, .place = {}};
    Verdict troubled{.state = Verdict::State::backoff, .since = SimTime{3s}, .place = {}};
    troubled.trouble = Verdict::Trouble::failed;
    const std::vector<Verdict> all{done, waits, ended, troubled};
    QCOMPARE(tellingOf(all), std::optional<std::size_t>(3));
    QCOMPARE(tellingOf(std::span(all).first(3)), std::optional<std::size_t>(2));
    QCOMPARE(tellingOf(std::span(all).first(2)), std::optional<std::size_t>(1));
    Verdict later = done;
    later.since = SimTime{10s};
    QCOMPARE(tellingOf(std::vector{done, later, done}), std::optional<std::size_t>(1));
    QVERIFY(!tellingOf({}));
}

// --- spans ---

void TestVerdict::spansTellDeadLettersReplaysAndDuplicates() {
    const std::vector<Record> records{
        made(RecordKind::published, 0s, m_shop),
        made(RecordKind::enqueued, 0s, m_queue, 0, -1),
        made(RecordKind::started, 1s, m_worker, 1),
        made(RecordKind::timedOut, 3s, m_worker, 1),
        made(RecordKind::requeued, 3s, m_worker, 1),
        made(RecordKind::finished, 4s, m_worker, 1), // the first worker, too late
        made(RecordKind::started, 5s, m_worker, 2),
        made(RecordKind::failed, 6s, m_worker, 2),
        made(RecordKind::deadLettered, 6s, m_worker, 2, 3),
        made(RecordKind::enqueued, 6s, m_dead, 0, m_payments.value),
        made(RecordKind::purged, 8s, m_dead),
        made(RecordKind::enqueued, 8s, m_queue, 0, 3), // taken up again
        made(RecordKind::started, 9s, m_worker, 1),
        made(RecordKind::skipped, 9s, m_worker, 1, 0, 1, "duplicate")};
    struct Expected {
        SpanKind kind;
        Duration begin, end;
        RecordKind ending;
    };
    const std::vector<Expected> expected{{SpanKind::message, 0s, 9s, RecordKind::published},
                                         {SpanKind::queued, 0s, 1s, RecordKind::started},
                                         {SpanKind::handling, 1s, 4s, RecordKind::finished},
                                         {SpanKind::redelivery, 3s, 5s, RecordKind::started},
                                         {SpanKind::duplicate, 5s, 6s, RecordKind::failed},
                                         {SpanKind::deadLetter, 6s, 8s, RecordKind::purged},
                                         {SpanKind::replay, 8s, 9s, RecordKind::started},
                                         {SpanKind::duplicate, 9s, 9s, RecordKind::skipped}};
    const std::vector<Span> found = spans(*m_catalogue, records, SimTime{10s});
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const QByteArray where = QByteArray::number(static_cast<qulonglong>(i));
        QVERIFY2(found[i].kind == expected[i].kind && found[i].ending == expected[i].ending, where);
        QVERIFY2(found[i].begin == SimTime{expected[i].begin} && found[i].end == SimTime{expected[i].end}, where);
        QVERIFY2(!found[i].open, where);
    }
}

void TestVerdict::aProducerThatWaitedIsHeld() {
    const std::vector<Span> found = spans(
        *m_catalogue,
        std::vector{made(RecordKind::published, 0s, m_shop), made(RecordKind::blocked, 0s, m_queue),
                    made(RecordKind::unblocked, 4s, m_shop), made(RecordKind::refused, 4s, m_shop, 0, 0, 1, "full")},
        SimTime{10s});
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].ending, RecordKind::refused);
    QCOMPARE(found[0].reason, m_catalogue->reason("full"));
    QCOMPARE(found[1].kind, SpanKind::held);
    QCOMPARE(found[1].end, SimTime{4s});
}

void TestVerdict::theCriticalPathLeavesOutWhatRanBeside() {
    // 1 is handled for 5 s and publishes 2 after 2 s of it (a call in between); 2 waits 1 s and is mailed in 4 s. The
    // other copy of 1 in the mail is done early.
    const std::vector<Record> records{made(RecordKind::published, 0s, m_shop),
                                      made(RecordKind::enqueued, 0s, m_queue, 0, -1),
                                      made(RecordKind::enqueued, 0s, m_mail, 0, -1),
                                      made(RecordKind::started, 1s, m_worker, 1),
                                      made(RecordKind::started, 1s, m_mailer, 1),
                                      made(RecordKind::finished, 2s, m_mailer, 1),
                                      made(RecordKind::published, 3s, m_fromWorker, 0, 1, 2),
                                      made(RecordKind::enqueued, 3s, m_mail, 0, -1, 2),
                                      made(RecordKind::started, 4s, m_mailer, 1, 0, 2),
                                      made(RecordKind::finished, 6s, m_worker, 1),
                                      made(RecordKind::finished, 8s, m_mailer, 1, 0, 2)};
    const std::vector<Span> all = spans(*m_catalogue, records, SimTime{8s});
    const std::vector<CriticalStretch> path = criticalPath(all);
    const auto kindAt = [&](std::size_t i) { return all[path[i].span].kind; };
    QCOMPARE(path.size(), std::size_t{4});
    QCOMPARE(kindAt(0), SpanKind::queued);
    QCOMPARE(kindAt(1), SpanKind::handling);
    QCOMPARE(path[1].begin, SimTime{1s});
    QCOMPARE(path[1].end, SimTime{3s}); // not until 6 s: nobody waited for the rest
    QCOMPARE(kindAt(2), SpanKind::queued);
    QCOMPARE(all[path[2].span].ordinal, Ordinal{2});
    QCOMPARE(kindAt(3), SpanKind::handling);
    QCOMPARE(path[3].end, SimTime{8s});
    Duration whole{};
    for (const CriticalStretch& stretch : path)
        whole += stretch.end - stretch.begin;
    QCOMPARE(whole, Duration(8s));
    QVERIFY(criticalPath({}).empty());
}

void TestVerdict::theCriticalPathGoesThroughADeadLetter() {
    const std::vector<Record> records{made(RecordKind::published, 0s, m_shop),
                                      made(RecordKind::enqueued, 0s, m_queue, 0, -1),
                                      made(RecordKind::started, 1s, m_worker, 1),
                                      made(RecordKind::failed, 2s, m_worker, 1),
                                      made(RecordKind::deadLettered, 2s, m_worker, 1, 3),
                                      made(RecordKind::enqueued, 2s, m_dead, 0, m_payments.value)};
    const std::vector<Span> all = spans(*m_catalogue, records, SimTime{100s});
    const std::vector<CriticalStretch> path = criticalPath(all);
    QCOMPARE(path.size(), std::size_t{2}); // lying there for ever decides nothing
    QCOMPARE(path.back().end, SimTime{2s});
}

// --- graph ---

void TestVerdict::theGraphIsCompact() {
    // 1 -> 2 -> 4, 1 -> 3
    Recorder recorder(m_catalogue);
    recorder.append(made(RecordKind::published, 0s, m_shop));
    recorder.append(made(RecordKind::published, 1s, m_fromWorker, 0, 1, 2));
    recorder.append(made(RecordKind::published, 2s, m_fromMailer, 0, 1, 3));
    recorder.append(made(RecordKind::published, 3s, m_fromWorker, 0, 2, 4));
    CausalGathering gathering(RecordReader(recorder.store()), 4, {});
    gathering.advance(RecordReader(recorder.store()), 100);
    const CausalGraph graph = causalGraph(gathering.tree(), gathering.facts(), *m_catalogue);
    QCOMPARE(graph.nodes.size(), std::size_t{4});
    QCOMPARE(graph.lanes, 2U);
    const std::array<std::uint32_t, 4> lanes{0, 1, 0, 1}; // 2 branches off, 3 goes straight on, 4 goes on from 2
    for (std::size_t i = 0; i < lanes.size(); ++i)
        QCOMPARE(graph.nodes[i].lane, lanes[i]);
    QCOMPARE(graph.nodes[3].at, SimTime{3s});
    using Edge = CausalGraph::Edge;
    QVERIFY((graph.edges == std::vector<Edge>{{0, 1}, {0, 2}, {1, 3}}));
}

void TestVerdict::lanesAreUsedAgain() {
    Recorder recorder(m_catalogue);
    recorder.append(made(RecordKind::published, 0s, m_shop));
    for (Ordinal i = 2; i <= 1000; ++i)
        recorder.append(made(RecordKind::published, 1s, m_fromWorker, 0, 1, i));
    const RecordReader reader(recorder.store());
    CausalGathering gathering(reader, 1, {});
    gathering.advance(reader, 10'000);
    QCOMPARE(causalGraph(gathering.tree(), gathering.facts(), *m_catalogue).lanes, 2U);
}

void TestVerdict::aServiceThatWaitedForSeveralMessagesJoinsThem() {
    // 1 leads to 2 and 3; the mailer takes both and only then publishes 4, in answer to 3.
    const std::vector<Record> records{made(RecordKind::published, 0s, m_shop),
                                      made(RecordKind::published, 1s, m_fromWorker, 0, 1, 2),
                                      made(RecordKind::published, 1s, m_fromWorker, 0, 1, 3),
                                      made(RecordKind::finished, 2s, m_mailer, 1, 0, 2),
                                      made(RecordKind::finished, 3s, m_mailer, 1, 0, 3),
                                      made(RecordKind::published, 3s, m_fromMailer, 0, 3, 4)};
    Recorder recorder(m_catalogue);
    for (const Record& record : records)
        recorder.append(record);
    const RecordReader reader(recorder.store());
    CausalGathering gathering(reader, 1, {});
    gathering.advance(reader, 100);
    const CausalGraph graph = causalGraph(gathering.tree(), gathering.facts(), *m_catalogue);
    using Edge = CausalGraph::Edge;
    QVERIFY((graph.edges == std::vector<Edge>{{0, 1}, {0, 2}, {2, 3}, {1, 3, CausalGraph::Tie::join}}));
}

void TestVerdict::theGraphSaysWhatItLeftOut() {
    Recorder recorder(m_catalogue);
    recorder.append(made(RecordKind::published, 0s, m_shop));
    for (Ordinal i = 2; i <= 11; ++i)
        recorder.append(made(RecordKind::published, 1s, m_fromWorker, 0, static_cast<std::int64_t>(i - 1), i));
    const RecordReader reader(recorder.store());
    CausalGathering gathering(reader, 1, {});
    gathering.advance(reader, 100);
    const CausalGraph graph = causalGraph(gathering.tree(), gathering.facts(), *m_catalogue, 4);
    QCOMPARE(graph.nodes.size(), std::size_t{4});
    QCOMPARE(graph.leftOut, std::size_t{7});
    QCOMPARE(graph.lanes, 1U);
}

// --- gathering ---

void TestVerdict::slicesGatherTheSameTree() {
    Recorder recorder(m_catalogue);
    recorder.append(made(RecordKind::published, 0s, m_shop, 0, 0, 1));
    for (Ordinal i = 2; i <= 500; ++i) // every second one is of the tree
        recorder.append(
            made(RecordKind::published, 1s, m_fromWorker, 0, i % 2 == 0 ? 1 : 0, i));
    RecordReader reader(recorder.store());
    const auto whole = causalTree(reader, 1);
    QCOMPARE(whole->messages.size(), std::size_t{251});
    CausalGathering gathering(reader, 1, {});
    int slices = 0;
    while (gathering.behind(reader)) {
        gathering.advance(reader, 64);
        ++slices;
    }
    QCOMPARE(slices, 8); // 500 records
    QVERIFY(gathering.tree().messages == whole->messages);
    QVERIFY(gathering.tree().records == whole->records);
    QCOMPARE(gathering.facts().size(), whole->records.size());
    // It goes on with what the run adds.
    recorder.append(made(RecordKind::published, 2s, m_fromWorker, 0, 1, 502));
    QVERIFY(!gathering.behind(reader));
    reader.refresh();
    QVERIFY(gathering.behind(reader));
    QVERIFY(gathering.advance(reader, 64));
    QCOMPARE(gathering.tree().messages.back().ordinal, Ordinal{502});
}

void TestVerdict::anEvictedCauseIsShownAsGone() {
    Recorder recorder(m_catalogue, Recorder::Options{.recordsMax = 2 * RecordChunk::capacity});
    recorder.append(made(RecordKind::published, 0s, m_shop, 0, 0, 1));
    for (std::size_t i = 0; i < 3 * RecordChunk::capacity; ++i)
        recorder.append(made(RecordKind::commanded, 1s, m_shop, 0, 0, 0));
    recorder.append(made(RecordKind::published, 2s, m_fromWorker, 0, 1, 5));
    recorder.append(made(RecordKind::published, 3s, m_fromMailer, 0, 1, 6));
    const RecordReader reader(recorder.store());
    QVERIFY(reader.first() > 0);
    CausalGathering gathering(reader, 6, {});
    gathering.advance(reader, 1'000'000);
    QCOMPARE(gathering.tree().gone, Ordinal{1});
    QVERIFY(gathering.tree().rootEvicted);
    QCOMPARE(gathering.tree().messages.size(), std::size_t{2}); // its sibling too
    const CausalGraph graph = causalGraph(gathering.tree(), gathering.facts(), *m_catalogue);
    QCOMPARE(graph.nodes.size(), std::size_t{3});
    QVERIFY(graph.nodes[0].gone);
    QCOMPARE(graph.edges.size(), std::size_t{2});
}

void TestVerdict::anEvictedMessageKeepsItsEffects() {
    Recorder recorder(m_catalogue, Recorder::Options{.recordsMax = 2 * RecordChunk::capacity});
    recorder.append(made(RecordKind::published, 0s, m_shop, 0, 0, 1));
    for (std::size_t i = 0; i < 3 * RecordChunk::capacity; ++i)
        recorder.append(made(RecordKind::commanded, 1s, m_shop, 0, 0, 0));
    recorder.append(made(RecordKind::acked, 2s, m_worker, 1, 0, 1));
    recorder.append(made(RecordKind::published, 2s, m_fromWorker, 0, 1, 5));
    const RecordReader reader(recorder.store());
    CausalGathering gathering(reader, 1, {});
    gathering.advance(reader, 1'000'000);
    QVERIFY(gathering.found());
    QCOMPARE(gathering.tree().gone, Ordinal{1});
    QCOMPARE(gathering.facts().size(), std::size_t{2});
    QVERIFY(!causalTree(reader, 1));
    CausalGathering unknown(reader, 99, {});
    unknown.advance(reader, 1'000'000);
    QVERIFY(!unknown.found());
}

void TestVerdict::aCompleteTreeWithoutDeadLettersIsNotReadOn() {
    Recorder recorder(m_catalogue);
    recorder.append(made(RecordKind::published, 0s, m_shop));
    recorder.append(made(RecordKind::completed, 1s, PlaceId::none()));
    recorder.append(made(RecordKind::published, 2s, m_shop, 0, 0, 2));
    recorder.append(made(RecordKind::enqueued, 2s, m_queue, 0, -1, 2));
    recorder.append(made(RecordKind::deadLettered, 2s, m_worker, 1, 3, 2));
    recorder.append(made(RecordKind::completed, 2s, PlaceId::none(), 0, 0, 2));
    recorder.append(made(RecordKind::enqueued, 9s, m_queue, 0, 3, 2));
    const RecordReader reader(recorder.store());
    CausalGathering done(reader, 1, {});
    done.advance(reader, 2);
    QVERIFY(done.tree().completed);
    QVERIFY(!done.behind(reader));
    CausalGathering again(reader, 2, {});
    again.advance(reader, 100);
    QVERIFY(again.tree().completed);
    QCOMPARE(again.facts().size(), std::size_t{5}); // taken up again after it was complete
}

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"

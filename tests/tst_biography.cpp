// The biography: folded time, rows, the sentence, the comparison, and the view under real keys and clicks.
#include "core/record/recorder.h"
#include "core/scenario/load.h"
#include "ui/biography/biography_view.h"
#include "ui/biography/cause_list.h"
#include "ui/biography/comparison_view.h"
#include "ui/biography/folded_time.h"
#include "ui/biography/waterfall_minimap.h"
#include "ui/biography/segment_legend.h"
#include "ui/biography/waterfall_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <array>
#include <cmath>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// Every third attempt fails and comes again after a second; the second failure goes to the dead letters.
constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": "Biography", "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "data": { "n": "{count}" } }, "done": { "data": { "n": "{event.data.n}" } } },
  "channels": { "work": { "kind": "topic" },
                "jobs": { "kind": "queue", "bind": [ { "to": "work", "pattern": "job" } ],
                          "retry": { "max": 1, "backoff": "fixed", "first": "1s" }, "deadLetter": "dead" },
                "results": { "kind": "queue", "bind": [ { "to": "work", "pattern": "done" } ] },
                "dead": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "work", "arrivals": { "rate": "10/s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "20ms", "fails": { "every": 3 },
                                  "then": { "emit": "done", "to": "work" } } ] }
  }
})";

Span made(SpanKind kind, Duration begin, Duration end, Ordinal ordinal, std::size_t parent, Place place = {}) {
    Span span;
    span.kind = kind;
    span.begin = SimTime{begin};
    span.end = SimTime{end};
    span.ordinal = ordinal;
    span.parent = parent;
    span.place = place;
    return span;
}

Place placeOf(std::uint16_t subscription, std::uint16_t service = 0xFFFF) {
    Place place;
    place.channel = ChannelId{subscription};
    place.subscription = SubscriptionId{subscription};
    place.service = ServiceId{service};
    return place;
}

} // namespace

class TestBiography : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void anHourOfWaitingIsFoldedAndWorkStaysReadable();
    void withoutQuietTimeNothingIsFolded();
    void anHourOfWorkIsNotQuiet();
    void rowsAreMessagesTheirCopiesAndWhatTheyLedTo();
    void aClosedRowHidesAndCountsWhatIsBelow();
    void stepsOfTwoStoriesAreMatched();

    void aBackoffIsSaidInWords();
    void aWaitSaysWhoIsBusy();
    void aDeadLetterSaysWhereItComesFrom();

    void nothingSelectedSaysWhatToDo();
    void theSelectedMessageIsShown();
    void theSentenceFollowsThePlayhead();
    void closingARowSticks();
    void keysWalkTheRows();
    void theMinimapBrushes();
    void causesSelect();
    void twoAreCompared();
    void aDoubleClickMovesThePlayhead();
    void theLegendShowsTheKindsThatAreThere();
    void aRunOfTenMillionRecordsDoesNotStall();
    void aHugeConversationIsBounded();

  private:
    void runTo(SimTime time);
    std::uint64_t find(RecordKind kind, std::uint64_t from = 0) const;
    void select(std::uint64_t index);

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<BiographyView> m_view;
};

void TestBiography::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    auto scenario = loadScenario(scenarioText);
    QVERIFY(scenario.ok());
    QVERIFY(m_session->open(std::move(scenario).value(), {}).empty());
    m_session->setSpeed(Speed::max());
    m_view = std::make_unique<BiographyView>(*m_session, *m_selection, *m_themes);
    m_view->resize(900, 360);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestBiography::cleanup() {
    m_view.reset();
    m_selection.reset();
    m_session.reset();
}

void TestBiography::runTo(SimTime time) {
    m_session->runUntil(time);
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->now(), time);
}

std::uint64_t TestBiography::find(RecordKind kind, std::uint64_t from) const {
    const RecordReader reader(m_session->store());
    while (reader.at(from).kind != kind)
        ++from;
    return from;
}

void TestBiography::select(std::uint64_t index) {
    const RecordReader reader(m_session->store());
    const Record record = reader.at(index);
    m_selection->selectRecord(index, record.ordinal, NodeRef::of(reader.catalogue(), record.place), record.type);
}

// --- pure ---

void TestBiography::anHourOfWaitingIsFoldedAndWorkStaysReadable() {
    const std::vector<SimTime> instants{SimTime{0s}, SimTime{20ms}, SimTime{1h}, SimTime{1h + 30ms}};
    const FoldedTime time(instants, {}, true);
    QCOMPARE(time.folds().size(), std::size_t{1});
    QCOMPARE(time.folds()[0].begin, SimTime{20ms});
    QCOMPARE(time.folds()[0].end, SimTime{1h});
    QCOMPARE(time.at(SimTime{0s}), 0.0);
    QCOMPARE(time.at(SimTime{1h + 30ms}), 1.0);
    QVERIFY(time.at(SimTime{20ms}) > 0.35); // of the 94 % that are not the fold, two fifths
    QVERIFY(time.at(SimTime{20ms}) < 0.4);
    QVERIFY(time.at(SimTime{30min}) > time.at(SimTime{20ms}));
    QVERIFY(std::chrono::abs(time.time(time.at(SimTime{10ms})) - SimTime{10ms}) < 1us);
    const FoldedTime plain(instants, {}, false);
    QVERIFY(plain.folds().empty());
    QVERIFY(plain.at(SimTime{20ms}) < 0.0001);
}

void TestBiography::withoutQuietTimeNothingIsFolded() {
    const FoldedTime time({SimTime{0s}, SimTime{1s}, SimTime{2s}, SimTime{5s}}, {}, true);
    QVERIFY(time.folds().empty());
    QVERIFY(std::abs(time.at(SimTime{1s}) - 0.2) < 1e-9);
    QCOMPARE(FoldedTime().at(SimTime{1s}), 0.0);
    const FoldedTime moment({SimTime{3s}}, {}, true);
    QCOMPARE(moment.begin(), SimTime{3s});
}

void TestBiography::anHourOfWorkIsNotQuiet() {
    // Half an hour in a queue, then an attempt of an hour that fails, another half hour, and the next attempt.
    const std::vector<SimTime> instants{SimTime{0s}, SimTime{1s}, SimTime{30min}, SimTime{90min}, SimTime{120min}, SimTime{121min}};
    const std::vector<FoldedTime::Stretch> work{{SimTime{30min}, SimTime{90min}}, {SimTime{120min}, SimTime{121min}}};
    QVERIFY(!FoldedTime(instants, {}, true).folds().empty());
    const FoldedTime time(instants, work, true);
    QCOMPARE(time.folds().size(), std::size_t{2});
    for (const FoldedTime::Fold& fold : time.folds())
        QVERIFY(fold.end <= SimTime{30min} || fold.begin >= SimTime{90min});
    // What is worked on in one place is not quiet in another.
    const FoldedTime all(instants, {{SimTime{0s}, SimTime{121min}}}, true);
    QVERIFY(all.folds().empty());
}

void TestBiography::rowsAreMessagesTheirCopiesAndWhatTheyLedTo() {
    constexpr std::size_t none = Span::noParent;
    const std::vector<Span> spans{made(SpanKind::message, 0s, 9s, 1, none),
                                  made(SpanKind::queued, 0s, 1s, 1, 0, placeOf(0)),
                                  made(SpanKind::queued, 0s, 1s, 1, 0, placeOf(1)),
                                  made(SpanKind::handling, 1s, 3s, 1, 0, placeOf(0, 5)),
                                  made(SpanKind::message, 3s, 4s, 2, 3),
                                  made(SpanKind::queued, 3s, 4s, 2, 4, placeOf(1))};
    const auto rows = waterfallRows(spans, {});
    QCOMPARE(rows.size(), std::size_t{5});
    const std::vector<RowKey> keys{{1, {}}, {1, SubscriptionId{0}}, {2, {}}, {2, SubscriptionId{1}}, {1, SubscriptionId{1}}};
    const std::vector<std::uint32_t> depths{0, 1, 2, 3, 1};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        QVERIFY(rows[i].key == keys[i]);
        QCOMPARE(rows[i].depth, depths[i]);
    }
    QVERIFY((rows[1].segments == std::vector<std::size_t>{1, 3}));
    QCOMPARE(rows[1].place.service, ServiceId{5});
    QVERIFY(rows[1].opens && !rows[3].opens);
}

void TestBiography::aClosedRowHidesAndCountsWhatIsBelow() {
    constexpr std::size_t none = Span::noParent;
    const std::vector<Span> spans{made(SpanKind::message, 0s, 9s, 1, none),
                                  made(SpanKind::handling, 1s, 3s, 1, 0, placeOf(0)),
                                  made(SpanKind::message, 3s, 4s, 2, 1),
                                  made(SpanKind::queued, 3s, 4s, 2, 2, placeOf(1)),
                                  made(SpanKind::queued, 3s, 4s, 1, 0, placeOf(2))};
    const auto rows = waterfallRows(spans, {RowKey(1, SubscriptionId{0})});
    QCOMPARE(rows.size(), std::size_t{3});
    QVERIFY(rows[1].closed);
    QCOMPARE(rows[1].hidden, std::size_t{2});
    QVERIFY(rows[2].key == RowKey(1, SubscriptionId{2}));
    QCOMPARE(waterfallRows(spans, {RowKey(1, {})}).size(), std::size_t{1});
}

void TestBiography::stepsOfTwoStoriesAreMatched() {
    const auto story = [](Duration begin, Duration wait, Duration work, bool retried) {
        Story one;
        one.begin = SimTime{begin};
        one.types[1] = EventTypeId{0};
        one.spans = {made(SpanKind::message, begin, begin + wait + work, 1, Span::noParent),
                     made(SpanKind::queued, begin, begin + wait, 1, 0, placeOf(0)),
                     made(SpanKind::handling, begin + wait, begin + wait + work, 1, 0, placeOf(0, 5))};
        if (retried)
            one.spans.push_back(
                made(SpanKind::backoff, begin + wait + work, begin + wait + work + 1s, 1, 0, placeOf(0)));
        return one;
    };
    const Comparison comparison = compared(story(10s, 100ms, 20ms, false), story(500s, 150ms, 20ms, true));
    QCOMPARE(comparison.steps.size(), std::size_t{3});
    QCOMPARE(comparison.steps[0].kind, SpanKind::queued);
    QCOMPARE(comparison.steps[0].difference(), Duration(50ms));
    QCOMPARE(comparison.steps[1].difference(), Duration::zero());
    QVERIFY(!comparison.steps[2].first);
    QCOMPARE(comparison.steps[2].second->begin, Duration(170ms)); // on a time of its own
    QCOMPARE(comparison.firstWhole, Duration(120ms));
    QCOMPARE(comparison.secondWhole, Duration(1170ms));
    QCOMPARE(comparison.largest, std::optional<std::size_t>(2));
    QVERIFY(!compared(story(0s, 1s, 1s, false), story(9s, 1s, 1s, false)).largest);
}

// --- words ---

void TestBiography::aBackoffIsSaidInWords() {
    Catalogue catalogue;
    catalogue.addChannel({.name = "payments"});
    Verdict verdict;
    verdict.state = Verdict::State::backoff;
    verdict.since = SimTime{191s};
    verdict.place.channel = ChannelId{0};
    verdict.attempt = verdict.troubleAttempt = 2;
    verdict.trouble = Verdict::Trouble::timedOut;
    verdict.due = SimTime{194s};
    Verdict done;
    done.state = Verdict::State::acked;
    QCOMPARE(verdictSentence(QStringLiteral("e-58177"), std::vector{done, verdict}, catalogue, SimTime{191600ms}),
             QStringLiteral("e-58177 waits in payments since 03:11.000: attempt 2 timed out, attempt 3 is due in "
                            "2.4\u00A0s. Other copies: 1 done."));
    QVERIFY(verdictSentence(QStringLiteral("e-1"), {}, catalogue, SimTime{}).isEmpty());
}

void TestBiography::aWaitSaysWhoIsBusy() {
    Catalogue catalogue;
    const ChannelId channel = catalogue.addChannel({.name = "payments"});
    const ServiceId service = catalogue.addService({.name = "payment-service", .instances = 3, .workers = 2});
    Verdict verdict;
    verdict.state = Verdict::State::waiting;
    verdict.since = SimTime{2s};
    verdict.place.channel = channel;
    verdict.place.subscription =
        catalogue.addSubscription({.name = "payments", .channel = channel, .service = service});
    const auto said = [&](std::optional<Crowd> crowd) {
        return verdictSentence(QStringLiteral("e-1"), std::vector{verdict}, catalogue, SimTime{3s}, crowd);
    };
    QCOMPARE(said(Crowd{.waiting = 188, .busy = 6, .workers = 6}),
             QStringLiteral("e-1 waits in payments since 00:02.000: all 6 workers of payment-service are busy, 188 wait "
                            "there."));
    QCOMPARE(said(Crowd{.waiting = 188, .busy = 0, .workers = 0}),
             QStringLiteral("e-1 waits in payments since 00:02.000: payment-service is down."));
    QCOMPARE(said({}), QStringLiteral("e-1 waits in payments since 00:02.000 for payment-service."));
    verdict.place.subscription = {};
    QCOMPARE(said({}), QStringLiteral("e-1 waits in payments since 00:02.000: nobody reads there."));
}

void TestBiography::aDeadLetterSaysWhereItComesFrom() {
    runTo(SimTime{30s});
    select(find(RecordKind::deadLettered));
    QVERIFY2(m_view->sentence().contains(QStringLiteral(" lies in dead since ")), qPrintable(m_view->sentence()));
    QVERIFY2(m_view->sentence().contains(QStringLiteral("jobs gave it up after attempt 2: attempt 2 failed")),
             qPrintable(m_view->sentence()));
}

// --- view ---

void TestBiography::nothingSelectedSaysWhatToDo() {
    QVERIFY(!m_view->story());
    QVERIFY(!m_view->compareButton().isEnabled());
    QVERIFY(!m_view->waterfall().isVisible());
    // A message that is not yet published at the playhead.
    runTo(SimTime{10s});
    const std::uint64_t published = find(RecordKind::published, m_session->head() / 2);
    select(published);
    QVERIFY(m_view->waterfall().isVisible());
    m_session->seekRecord(published);
    QVERIFY(!m_view->waterfall().isVisible());
    m_session->seekRecord(published + 1);
    QVERIFY(m_view->waterfall().isVisible());
}

void TestBiography::theSelectedMessageIsShown() {
    runTo(SimTime{10s});
    select(find(RecordKind::retryScheduled));
    const Story& story = *m_view->story();
    QCOMPARE(story.message, m_selection->message());
    QCOMPARE(story.graph.nodes.size(), std::size_t{2}); // the job, and that it is done
    const auto& rows = m_view->waterfall().rows();
    QVERIFY(rows.size() >= 3);
    // The copy: waits, fails, backs off for a second, waits again, is done.
    std::vector<SpanKind> kinds;
    for (const std::size_t segment : rows[1].segments)
        kinds.push_back(story.spans[segment].kind);
    QVERIFY((kinds == std::vector<SpanKind>{SpanKind::queued, SpanKind::handling, SpanKind::backoff,
                                            SpanKind::redelivery, SpanKind::handling}));
    // The backoff of a second is folded beside handlings of 20 ms, and so is the wait of the result that nobody reads.
    QCOMPARE(m_view->waterfall().time().folds().size(), std::size_t{2});
    QVERIFY(m_view->waterfall().barOf(1, 1).width() > 50);
    QTest::mouseClick(&m_view->foldButton(), Qt::LeftButton);
    QVERIFY(m_view->waterfall().time().folds().empty());
    QVERIFY(m_view->waterfall().barOf(1, 1).width() < 20);
    QVERIFY(!story.critical.empty());
    QVERIFY(m_view->waterfall().wordsAt(m_view->waterfall().barOf(1, 2).center().toPoint()).contains(
        QStringLiteral("backoff 1\u00A0s")));
}

void TestBiography::theSentenceFollowsThePlayhead() {
    runTo(SimTime{10s});
    const std::uint64_t retry = find(RecordKind::retryScheduled);
    select(retry);
    QVERIFY2(m_view->sentence().contains(QStringLiteral("is done: consumer #1 acked it")), qPrintable(m_view->sentence()));
    m_session->seekRecord(retry + 1);
    QVERIFY2(m_view->sentence().contains(QStringLiteral("attempt 1 failed (failure), attempt 2 is due in 1\u00A0s.")),
             qPrintable(m_view->sentence()));
    m_session->seekRecord(find(RecordKind::failed));
    QVERIFY2(m_view->sentence().contains(QStringLiteral("in the hands of consumer #1")), qPrintable(m_view->sentence()));
    QVERIFY(m_view->story()->open);
}

void TestBiography::closingARowSticks() {
    runTo(SimTime{10s});
    select(find(RecordKind::acked));
    WaterfallView& waterfall = m_view->waterfall();
    const std::size_t rows = waterfall.rows().size();
    QVERIFY(rows >= 3 && waterfall.rows()[1].opens);
    QTest::mouseClick(waterfall.viewport(), Qt::LeftButton, {}, waterfall.handleOf(1));
    QVERIFY(waterfall.rows()[1].closed);
    QCOMPARE(waterfall.rows().size() + waterfall.rows()[1].hidden, rows);
    const std::uint64_t first = *m_selection->record();
    select(find(RecordKind::acked, first + 1));
    select(first); // and back again
    QVERIFY(waterfall.rows()[1].closed);
    runTo(SimTime{20s});
    QVERIFY(waterfall.rows()[1].closed);
    QTest::mouseClick(waterfall.viewport(), Qt::LeftButton, {}, waterfall.handleOf(1));
    QCOMPARE(waterfall.rows().size(), rows);
}

void TestBiography::keysWalkTheRows() {
    runTo(SimTime{10s});
    select(find(RecordKind::acked));
    const Ordinal job = m_selection->message();
    WaterfallView& waterfall = m_view->waterfall();
    QTest::keyClick(&waterfall, Qt::Key_Down); // its copy
    QTest::keyClick(&waterfall, Qt::Key_Left);
    QVERIFY(waterfall.rows()[1].closed);
    QTest::keyClick(&waterfall, Qt::Key_Right);
    QVERIFY(!waterfall.rows()[1].closed);
    QTest::keyClick(&waterfall, Qt::Key_Down); // what it led to
    QVERIFY(m_selection->message() > job);
    QCOMPARE(m_view->story()->message, m_selection->message());
    QTest::keyClick(&waterfall, Qt::Key_Home);
    QCOMPARE(m_selection->message(), job);
}

void TestBiography::theMinimapBrushes() {
    runTo(SimTime{10s});
    select(find(RecordKind::retryScheduled));
    WaterfallMinimap& map = m_view->minimap();
    const auto at = [&](double share) {
        return QPoint(8 + static_cast<int>(share * (map.width() - 16)), map.height() / 2);
    };
    QTest::mousePress(&map, Qt::LeftButton, {}, at(0.25));
    QTest::mouseMove(&map, at(0.4));
    QTest::mouseMove(&map, at(0.75));
    QTest::mouseRelease(&map, Qt::LeftButton, {}, at(0.75));
    const auto [from, to] = m_view->waterfall().range();
    QVERIFY(std::abs(from - 0.25) < 0.01);
    QVERIFY(std::abs(to - 0.75) < 0.01);
    QTest::mouseDClick(&map, Qt::LeftButton, {}, at(0.5));
    QCOMPARE(m_view->waterfall().range(), std::pair(0.0, 1.0));
    QWheelEvent wheel(QPointF(500, 60), m_view->waterfall().viewport()->mapToGlobal(QPointF(500, 60)), {}, {0, 120},
                      Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->waterfall().viewport(), &wheel);
    QVERIFY(m_view->waterfall().range().second - m_view->waterfall().range().first < 0.9);
    QTest::keyClick(&m_view->waterfall(), Qt::Key_Escape);
    QCOMPARE(m_view->waterfall().range(), std::pair(0.0, 1.0));
}

void TestBiography::causesSelect() {
    runTo(SimTime{10s});
    select(find(RecordKind::acked));
    const Ordinal job = m_selection->message();
    CauseList& causes = m_view->causes();
    QTest::mouseClick(causes.viewport(), Qt::LeftButton, {}, causes.rowRect(1).center());
    QVERIFY(m_selection->message() != job);
    QTest::keyClick(&causes, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(m_selection->message(), job);
    QTest::keyClick(&causes, Qt::Key_Down);
    QVERIFY(m_selection->message() != job);
}

void TestBiography::twoAreCompared() {
    runTo(SimTime{20s});
    const std::uint64_t retried = find(RecordKind::retryScheduled);
    select(find(RecordKind::acked));
    QTest::mouseClick(&m_view->compareButton(), Qt::LeftButton);
    QVERIFY(!m_view->comparing());
    QVERIFY(m_view->sentence().startsWith(QStringLiteral("Select another message to compare it with e-")));
    select(retried);
    QVERIFY(m_view->comparing());
    const Comparison& comparison = m_view->comparison().comparison();
    QVERIFY(comparison.secondWhole > comparison.firstWhole + 1s);
    QVERIFY(comparison.largest);
    QCOMPARE(comparison.steps[*comparison.largest].kind, SpanKind::backoff);
    QVERIFY2(m_view->sentence().contains(QStringLiteral("They differ most in jobs: backoff (+1\u00A0s).")),
             qPrintable(m_view->sentence()));
    QTest::mouseClick(&m_view->compareButton(), Qt::LeftButton);
    QVERIFY(!m_view->comparing());
    QVERIFY(m_view->waterfall().isVisible());
}

void TestBiography::aDoubleClickMovesThePlayhead() {
    runTo(SimTime{10s});
    select(find(RecordKind::retryScheduled));
    const SimTime begin = m_view->story()->spans[m_view->waterfall().rows()[1].segments[2]].begin;
    QTest::mouseDClick(m_view->waterfall().viewport(), Qt::LeftButton, {},
                       m_view->waterfall().barOf(1, 2).center().toPoint());
    QCOMPARE(m_session->now(), begin);
}

void TestBiography::theLegendShowsTheKindsThatAreThere() {
    runTo(SimTime{30s});
    select(find(RecordKind::deadLettered));
    const std::vector<SpanKind>& kinds = m_view->legend().kinds();
    QVERIFY((kinds == std::vector<SpanKind>{SpanKind::queued, SpanKind::redelivery, SpanKind::deadLetter,
                                            SpanKind::backoff, SpanKind::handling}));
}

// A conversation that lasts from the first record of ten million to the last is gathered in slices.
void TestBiography::aRunOfTenMillionRecordsDoesNotStall() {
    auto catalogue = std::make_shared<Catalogue>();
    Recorder recorder(catalogue, Recorder::Options{.recordsMax = 11'000'000});
    Place place = placeOf(0, 0);
    place.channel = catalogue->addChannel({.name = "jobs"});
    place.service = catalogue->addService({.name = "worker", .instances = 1, .workers = 1});
    place.subscription =
        catalogue->addSubscription({.name = "jobs", .channel = place.channel, .service = place.service});
    const PlaceId at = catalogue->addPlace(place);
    constexpr std::array kinds{RecordKind::published, RecordKind::routed, RecordKind::delivered, RecordKind::finished};
    constexpr std::uint64_t count = 10'000'000;
    for (std::uint64_t i = 0; i < count; ++i) {
        Record record;
        record.at = SimTime{Duration(static_cast<std::int64_t>(i) * 1000)};
        record.kind = kinds[i % kinds.size()];
        record.ordinal = i / kinds.size() + 1;
        record.place = at;
        record.attempt = record.kind == RecordKind::published ? 0 : 1;
        // Each 10,000th message belongs to the first one's conversation.
        record.value = record.kind == RecordKind::published && record.ordinal > 1 && record.ordinal % 10'000 == 1 ? 1 : 0;
        recorder.append(record);
    }
    StoryGatherer gatherer;
    gatherer.gather(recorder.store(), 1);
    QVERIFY(gatherer.busy());
    QTRY_VERIFY_WITH_TIMEOUT(!gatherer.busy(), 60'000);
    QCOMPARE(gatherer.gathering().tree().messages.size(), std::size_t{250}); // of 2,500,000
    QVERIFY2(gatherer.longestSlice() < 50'000'000, qPrintable(QString::number(gatherer.longestSlice())));
    const Story story = storyOf(gatherer.gathering(), 1, *catalogue, count, SimTime{10s});
    QCOMPARE(story.graph.nodes.size(), std::size_t{250});
    qInfo("longest slice %.1f ms", static_cast<double>(gatherer.longestSlice()) / 1e6);
}

// 12,000 messages that one led to: 10,000 are shown, and that there are more is said.
void TestBiography::aHugeConversationIsBounded() {
    auto catalogue = std::make_shared<Catalogue>();
    Recorder recorder(catalogue);
    Place place;
    place.channel = catalogue->addChannel({.name = "jobs"});
    place.service = catalogue->addService({.name = "worker", .instances = 1, .workers = 1});
    place.subscription =
        catalogue->addSubscription({.name = "jobs", .channel = place.channel, .service = place.service});
    const PlaceId at = catalogue->addPlace(place);
    catalogue->addEventType("job", "1.0");
    constexpr std::array kinds{RecordKind::published, RecordKind::enqueued, RecordKind::delivered, RecordKind::started,
                               RecordKind::failed,    RecordKind::retryScheduled, RecordKind::released,
                               RecordKind::started,   RecordKind::finished};
    for (Ordinal ordinal = 1; ordinal <= 12'000; ++ordinal)
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            Record record;
            record.at = SimTime{Duration(static_cast<std::int64_t>(ordinal * 1000 + i * 100))};
            record.kind = kinds[i];
            record.ordinal = ordinal;
            record.place = at;
            record.type = EventTypeId{0};
            record.attempt = i < 2 ? 0 : i < 7 ? 1 : 2;
            record.value = i == 0 ? static_cast<std::int64_t>(ordinal / 2) : i == 1 ? -1 : 100;
            recorder.append(record);
        }
    StoryGatherer gatherer;
    gatherer.gather(recorder.store(), 1);
    QTRY_VERIFY(!gatherer.busy());
    QElapsedTimer clock;
    clock.start();
    const auto story = std::make_shared<const Story>(
        storyOf(gatherer.gathering(), 1, *catalogue, 1'000'000, SimTime{1s}));
    const double making = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    QVERIFY(story->truncated);
    QCOMPARE(story->graph.nodes.size(), std::size_t{10'000});
    WaterfallView waterfall(*m_themes);
    waterfall.resize(900, 400);
    waterfall.show();
    clock.restart();
    waterfall.setStory(story, catalogue);
    const double taking = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    QCOMPARE(waterfall.rows().size(), std::size_t{20'000});
    clock.restart();
    waterfall.viewport()->grab();
    const double painting = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    qInfo("made beside the window in %.1f ms, taken up in %.1f ms, painted in %.1f ms", making, taking, painting);
    QVERIFY(taking < 100);
    QVERIFY(painting < 50);
}

QTEST_MAIN(TestBiography)
#include "tst_biography.moc"

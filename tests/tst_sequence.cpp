// The sequence: steps, ties and bars from records, the scale of time, positions, and the view under real keys and clicks.
#include "core/scenario/load.h"
#include "ui/sequence/sequence_text.h"
#include "ui/sequence/sequence_view.h"
#include "ui/trace/filter_field.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFile>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>
#include <set>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// Ten jobs a second through a topic and a queue, each worked on for 20 ms and then told of.
constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": "Sequence", "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "data": { "n": "{count}" } }, "done": { "data": { "n": "{event.data.n}" } } },
  "channels": { "work": { "kind": "topic" },
                "jobs": { "kind": "queue", "bind": [ { "to": "work", "pattern": "job" } ] },
                "results": { "kind": "queue", "bind": [ { "to": "work", "pattern": "done" } ] } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "work", "arrivals": { "rate": "10/s" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "20ms", "then": { "emit": "done", "to": "work" } } ] }
  }
})";

bool everything(const SequenceRecord&, NodeRef) {
    return true;
}

} // namespace

class TestSequence : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void everyStepStandsOnItsAxisBehindItsCause();
    void tiesRunBetweenAxesOnly();
    void hiddenStepsCollapseIntoOneTie();
    void barsAreWaitsAndHandlings();
    void aWaitThatBeganBeforeTheWindowIsKnown();
    void causesAndEffectsAreWalked();

    void linearTimeIsProportional();
    void numbersAreEquallyFarApart();
    void quietStretchesAreFolded();
    void stepsAtOneInstantStandInTheirOrder();
    void positionsAndTimesGoBackAndForth();

    void axesStandAsOnTheCanvas();
    void theWindowIsBoundedAndSaysWhatItLeavesOut();
    void aBrushedStretchIsShown();
    void onlyTheConversationIsShown();
    void theFilterHidesSteps();
    void anAxisIsHiddenByItsMenu();
    void clicksSelect();
    void keysWalkAlongCausesAndAxes();
    void theWheelZoomsAtThePointer();
    void dragPansAndEndsFollowing();
    void fitBringsAllOfTheMessageIntoSight();
    void anotherViewsSelectionIsRevealed();
    void goingFarBackMovesTheWindow();
    void stepsBehindThePlayheadAreAhead();
    void wordsSayWhatIsThere();
    void exportsAreMermaidAndSvg();

  private:
    void runTo(SimTime time);
    SequenceArea& area() { return m_view->area(); }
    const SequencePicture& picture() { return area().picture(); }
    // The first shown step of that kind at or behind a step, which is then in sight.
    std::size_t find(RecordKind kind, std::size_t from = 0);

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<SequenceView> m_view;
    // Hand-made: shop -> orders (topic) -> queue -> worker, which publishes message 2 to the topic.
    std::unique_ptr<Catalogue> m_catalogue;
    std::vector<SequenceRecord> m_records;
    NodeRef m_shop, m_topic, m_queue, m_worker;
};

void TestSequence::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    auto scenario = loadScenario(scenarioText);
    QVERIFY(scenario.ok());
    QVERIFY(m_session->open(std::move(scenario).value(), {}).empty());
    m_session->setSpeed(Speed::max());
    m_view = std::make_unique<SequenceView>(*m_session, *m_selection, *m_themes);
    m_view->resize(900, 260);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));

    m_catalogue = std::make_unique<Catalogue>();
    Catalogue& c = *m_catalogue;
    const ChannelId topic = c.addChannel({.name = "orders", .kind = ChannelKind::topic});
    const ChannelId queue = c.addChannel({.name = "queue"});
    const ServiceId shop = c.addService({.name = "shop"});
    const ServiceId worker = c.addService({.name = "worker", .instances = 1, .workers = 1});
    const SubscriptionId s = c.addSubscription({.name = "queue", .channel = queue, .service = worker});
    m_shop = NodeRef::of(shop);
    m_topic = NodeRef::of(topic);
    m_queue = NodeRef::of(queue);
    m_worker = NodeRef::of(worker);
    const auto placed = [&](ChannelId channel, SubscriptionId subscription, ServiceId service) {
        Place place;
        place.channel = channel;
        place.subscription = subscription;
        place.service = service;
        return c.addPlace(place);
    };
    const PlaceId fromShop = placed(topic, {}, shop);
    const PlaceId inQueue = placed(queue, s, {});
    const PlaceId atWorker = placed(queue, s, worker);
    const PlaceId fromWorker = placed(topic, {}, worker);
    m_records.clear();
    const auto add = [&](RecordKind kind, Duration at, Ordinal ordinal, PlaceId place, std::int64_t value = 0,
                         std::uint16_t attempt = 0) {
        Record record;
        record.kind = kind;
        record.at = SimTime{at};
        record.ordinal = ordinal;
        record.place = place;
        record.value = value;
        record.attempt = attempt;
        m_records.push_back({100 + m_records.size(), record});
    };
    add(RecordKind::published, 0ms, 1, fromShop);                         // 0
    add(RecordKind::routed, 0ms, 1, fromShop, 1);                         // 1
    add(RecordKind::enqueued, 0ms, 1, inQueue, topic.value);              // 2
    add(RecordKind::delivered, 10ms, 1, atWorker, 10'000'000, 1);         // 3
    add(RecordKind::started, 10ms, 1, atWorker, 10'000'000, 1);           // 4
    add(RecordKind::failed, 30ms, 1, atWorker, 20'000'000, 1);            // 5
    add(RecordKind::retryScheduled, 30ms, 1, atWorker, 1'000'000'000, 1); // 6
    add(RecordKind::released, 1030ms, 1, inQueue);                        // 7
    add(RecordKind::delivered, 1030ms, 1, atWorker, 0, 2);                // 8
    add(RecordKind::started, 1030ms, 1, atWorker, 0, 2);                  // 9
    add(RecordKind::finished, 1050ms, 1, atWorker, 20'000'000, 2);        // 10
    add(RecordKind::published, 1050ms, 2, fromWorker, 1);                 // 11
    add(RecordKind::routed, 1050ms, 2, fromWorker, 0);                    // 12
    add(RecordKind::acked, 1050ms, 1, atWorker, 1'050'000'000, 2);        // 13
}

void TestSequence::cleanup() {
    m_view.reset();
    m_selection.reset();
    m_session.reset();
}

void TestSequence::runTo(SimTime time) {
    m_session->runUntil(time);
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->now(), time);
}

std::size_t TestSequence::find(RecordKind kind, std::size_t from) {
    for (std::size_t i = from; i < picture().chart.steps.size(); ++i)
        if (picture().chart.steps[i].record.kind == kind && picture().hasAxis(i)) {
            area().reveal(picture().chart.steps[i].index);
            return i;
        }
    return SequenceStep::none;
}

// --- chart ---

void TestSequence::everyStepStandsOnItsAxisBehindItsCause() {
    const SequenceChart chart = sequenceChart(m_records, *m_catalogue, SimTime{2s}, everything);
    QCOMPARE(chart.steps.size(), std::size_t{14});
    const std::vector<NodeRef> nodes{m_shop,  m_topic, m_queue,  m_worker, m_worker, m_worker, m_queue,
                                     m_queue, m_worker, m_worker, m_worker, m_worker, m_topic,  m_worker};
    constexpr std::size_t none = SequenceStep::none;
    const std::vector<std::size_t> causes{none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10};
    for (std::size_t i = 0; i < chart.steps.size(); ++i) {
        const QByteArray where = QByteArray::number(static_cast<qulonglong>(i));
        QVERIFY2(chart.steps[i].node == nodes[i], where);
        QVERIFY2(chart.steps[i].cause == causes[i], where);
    }
    QCOMPARE(chart.stepOf(105), std::optional<std::size_t>(5));
    QVERIFY(!chart.stepOf(99));
}

void TestSequence::tiesRunBetweenAxesOnly() {
    const SequenceChart chart = sequenceChart(m_records, *m_catalogue, SimTime{2s}, everything);
    const std::vector<SequenceTie> expected{{0, 1, SequenceTieKind::publish, 1},  {1, 2, SequenceTieKind::route, 1},
                                            {2, 3, SequenceTieKind::deliver, 1},  {5, 6, SequenceTieKind::giveBack, 1},
                                            {7, 8, SequenceTieKind::deliver, 1},  {11, 12, SequenceTieKind::publish, 1}};
    QVERIFY(chart.ties == expected);
}

void TestSequence::hiddenStepsCollapseIntoOneTie() {
    // Without topic and queue: from the shop to the worker, and from its failure to its second attempt.
    const SequenceChart chart =
        sequenceChart(m_records, *m_catalogue, SimTime{2s}, [this](const SequenceRecord&, NodeRef node) {
            return node == m_shop || node == m_worker;
        });
    QCOMPARE(chart.hidden, std::size_t{5});
    const std::vector<SequenceTie> expected{{0, 3, SequenceTieKind::hidden, 3}, {5, 8, SequenceTieKind::hidden, 3}};
    QVERIFY(chart.ties == expected);
    QCOMPARE(chart.causeOf(3), std::optional<std::size_t>(0));
}

void TestSequence::barsAreWaitsAndHandlings() {
    const SequenceChart chart = sequenceChart(m_records, *m_catalogue, SimTime{2s}, everything);
    struct Expected {
        NodeRef node;
        SpanKind kind;
        Duration begin, end;
        bool failed;
    };
    const std::vector<Expected> expected{{m_queue, SpanKind::queued, 0ms, 10ms, false},
                                         {m_worker, SpanKind::handling, 10ms, 30ms, true},
                                         {m_queue, SpanKind::backoff, 30ms, 1030ms, false},
                                         {m_queue, SpanKind::queued, 1030ms, 1030ms, false},
                                         {m_worker, SpanKind::handling, 1030ms, 1050ms, false}};
    QCOMPARE(chart.bars.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(chart.bars[i].node, expected[i].node);
        QCOMPARE(chart.bars[i].kind, expected[i].kind);
        QCOMPARE(chart.bars[i].begin, SimTime{expected[i].begin});
        QCOMPARE(chart.bars[i].end, SimTime{expected[i].end});
        QCOMPARE(chart.bars[i].failed, expected[i].failed);
    }
}

void TestSequence::aWaitThatBeganBeforeTheWindowIsKnown() {
    // From the second record of the worker on: what it finishes began 20 ms before.
    const std::vector<SequenceRecord> late(m_records.begin() + 5, m_records.begin() + 6);
    const SequenceChart chart = sequenceChart(late, *m_catalogue, SimTime{2s}, everything);
    QCOMPARE(chart.bars.size(), std::size_t{1});
    QCOMPARE(chart.bars[0].begin, SimTime{10ms});
    QCOMPARE(chart.bars[0].from, SequenceStep::none);
    const std::vector<SequenceRecord> delivered(m_records.begin() + 3, m_records.begin() + 4);
    const SequenceChart waited = sequenceChart(delivered, *m_catalogue, SimTime{2s}, everything);
    QCOMPARE(waited.bars.size(), std::size_t{1});
    QCOMPARE(waited.bars[0].kind, SpanKind::queued);
    QCOMPARE(waited.bars[0].begin, SimTime{0ms});
}

void TestSequence::causesAndEffectsAreWalked() {
    const SequenceChart chart = sequenceChart(m_records, *m_catalogue, SimTime{2s}, everything);
    QCOMPARE(chart.causeOf(12), std::optional<std::size_t>(11));
    QVERIFY(!chart.causeOf(0));
    QCOMPARE(chart.effectOf(0), std::optional<std::size_t>(1));
    QCOMPARE(chart.effectOf(10), std::optional<std::size_t>(11)); // the publish comes before the ack
    QVERIFY(!chart.effectOf(13));
    QCOMPARE(chart.along(3, 1), std::optional<std::size_t>(4));
    QCOMPARE(chart.along(6, -1), std::optional<std::size_t>(2)); // on the queue's axis
    QVERIFY(!chart.along(0, 1));
    QCOMPARE(chart.beside(3, -1), std::optional<std::size_t>(2));
}

// --- scale ---

void TestSequence::linearTimeIsProportional() {
    const TimeScale scale({SimTime{0s}, SimTime{1s}, SimTime{4s}}, TimeMode::linear, 1);
    QCOMPARE(scale.at(0), 0.0);
    QVERIFY(std::abs(scale.at(2) - 4 * scale.at(1)) < 1e-9);
    QVERIFY(scale.folds().empty());
    const TimeScale larger({SimTime{0s}, SimTime{1s}, SimTime{4s}}, TimeMode::linear, 2);
    QVERIFY(std::abs(larger.length() - 2 * scale.length()) < 1e-9);
}

void TestSequence::numbersAreEquallyFarApart() {
    const TimeScale scale({SimTime{0s}, SimTime{0s}, SimTime{1s}, SimTime{1h}}, TimeMode::number, 1);
    for (std::size_t i = 0; i < 4; ++i)
        QCOMPARE(scale.at(i), 28.0 * static_cast<double>(i));
}

void TestSequence::quietStretchesAreFolded() {
    std::vector<SimTime> times;
    for (int i = 0; i < 20; ++i)
        times.push_back(SimTime{std::chrono::milliseconds(i)});
    times.push_back(SimTime{1h});
    times.push_back(SimTime{1h + 1ms});
    const TimeScale scale(times, TimeMode::nonlinear, 1);
    QCOMPARE(scale.folds().size(), std::size_t{1});
    QCOMPARE(scale.folds()[0].begin, SimTime{19ms});
    QCOMPARE(scale.folds()[0].end, SimTime{1h});
    QCOMPARE(scale.at(20) - scale.at(19), TimeScale::foldWidth);
    // A gap ten times the usual one is wider, but not ten times.
    const TimeScale uneven({SimTime{0ms}, SimTime{1ms}, SimTime{2ms}, SimTime{12ms}}, TimeMode::nonlinear, 1);
    const double usual = uneven.at(1) - uneven.at(0);
    QVERIFY(uneven.at(3) - uneven.at(2) > usual);
    QVERIFY(uneven.at(3) - uneven.at(2) < 5 * usual);
    QVERIFY(uneven.folds().empty());
}

void TestSequence::stepsAtOneInstantStandInTheirOrder() {
    const std::vector<SimTime> times{SimTime{0s}, SimTime{0s}, SimTime{0s}, SimTime{1s}, SimTime{1s}};
    for (const TimeMode mode : {TimeMode::linear, TimeMode::number, TimeMode::nonlinear}) {
        const TimeScale scale(times, mode, 1);
        for (std::size_t i = 1; i < times.size(); ++i)
            QVERIFY(scale.at(i) > scale.at(i - 1) + 2);
    }
    // In linear time a tight place is shared: what comes later stays later.
    std::vector<SimTime> tight(50, SimTime{0s});
    tight.push_back(SimTime{1ns});
    tight.push_back(SimTime{1s});
    const TimeScale scale(tight, TimeMode::linear, 1);
    for (std::size_t i = 1; i < tight.size(); ++i)
        QVERIFY(scale.at(i) >= scale.at(i - 1));
}

void TestSequence::positionsAndTimesGoBackAndForth() {
    for (const TimeMode mode : {TimeMode::linear, TimeMode::number, TimeMode::nonlinear}) {
        const TimeScale scale({SimTime{0s}, SimTime{1s}, SimTime{3s}, SimTime{3s}, SimTime{4s}}, mode, 1);
        QCOMPARE(scale.atTime(SimTime{1s}), scale.at(1));
        QCOMPARE(scale.atTime(SimTime{3s}), scale.at(2));
        const double between = scale.atTime(SimTime{2s});
        QVERIFY(between > scale.at(1) && between < scale.at(2));
        QVERIFY(std::chrono::abs(scale.time(between) - SimTime{2s}) < 1us);
        QVERIFY(scale.atTime(SimTime{9s}) > scale.length());
        for (const double anchor : {0.0, 0.5, 2.25, 4.0})
            QVERIFY(std::abs(scale.anchorOf(scale.atAnchor(anchor)) - anchor) < 1e-6);
    }
    QCOMPARE(TimeScale({}, TimeMode::linear, 1).length(), 0.0);
}

// --- view ---

void TestSequence::axesStandAsOnTheCanvas() {
    runTo(SimTime{2s});
    QStringList names;
    for (const SequenceAxis& axis : picture().axes)
        names << axis.name;
    QCOMPARE(names.size(), qsizetype{5});
    QCOMPARE(names.front(), QStringLiteral("producer"));
    QVERIFY(names.indexOf(QStringLiteral("work")) < names.indexOf(QStringLiteral("jobs")));
    QVERIFY(names.indexOf(QStringLiteral("jobs")) < names.indexOf(QStringLiteral("consumer")));
    for (std::size_t i = 1; i < picture().axes.size(); ++i)
        QVERIFY(picture().axisY(i) >= picture().axisY(i - 1) + SequencePicture::rowMin);
}

void TestSequence::theWindowIsBoundedAndSaysWhatItLeavesOut() {
    runTo(SimTime{50s});
    const std::uint64_t head = m_session->head();
    QVERIFY(head > SequenceFeed::windowMax + 1000);
    QVERIFY(m_view->counts().startsWith(QStringLiteral("2\u202F000 records")));
    QVERIFY2(m_view->counts().contains(QString::number((head - 2000) % 1000)), qPrintable(m_view->counts()));
    QVERIFY(m_view->counts().contains(QStringLiteral("left out")));
    // It follows the playhead: the last step stands near the right edge.
    const qreal last = picture().xOf(picture().shown.back());
    QVERIFY(last > m_view->width() - 120 && last < m_view->width());
    QVERIFY(m_view->longestMaking() < 50'000'000);
}

void TestSequence::aBrushedStretchIsShown() {
    runTo(SimTime{20s});
    m_selection->setBrush(TimeRange{SimTime{5s}, SimTime{6s}});
    const SequenceChart& chart = picture().chart;
    QVERIFY(!chart.steps.empty());
    QVERIFY(chart.steps.front().record.at >= SimTime{5s});
    QVERIFY(chart.steps.back().record.at < SimTime{6s});
    QVERIFY(!m_view->counts().contains(QStringLiteral("left out")));
    m_selection->setBrush(std::nullopt);
    QVERIFY(picture().chart.steps.back().record.at > SimTime{19s});
}

void TestSequence::onlyTheConversationIsShown() {
    runTo(SimTime{20s});
    QVERIFY(!m_view->conversationButton().isEnabled());
    const std::size_t step = find(RecordKind::started);
    const Ordinal message = picture().chart.steps[step].record.ordinal;
    QTest::mouseClick(&area(), Qt::LeftButton, {}, picture().pointOf(step).toPoint());
    QCOMPARE(m_selection->message(), message);
    QTest::mouseClick(&m_view->conversationButton(), Qt::LeftButton);
    std::set<Ordinal> messages;
    for (const SequenceStep& one : picture().chart.steps)
        messages.insert(one.record.ordinal);
    QCOMPARE(messages.size(), std::size_t{2}); // the job and that it is done
    QVERIFY(messages.contains(message));
    QTest::mouseClick(&m_view->conversationButton(), Qt::LeftButton);
    QVERIFY(picture().chart.steps.size() > 100);
}

void TestSequence::theFilterHidesSteps() {
    runTo(SimTime{20s});
    m_view->filterField().setText(QStringLiteral("type = 'done'"));
    const EventTypeId done = m_session->catalogue()->eventType("done");
    QVERIFY(!picture().shown.empty());
    for (const std::size_t step : picture().shown)
        QCOMPARE(picture().chart.steps[step].record.type, done);
    QVERIFY(m_view->counts().contains(QStringLiteral("hidden")));
    m_view->filterField().setText(QStringLiteral("kind = 'published' OR kind = 'started'"));
    // What led from one to the other is a zigzag now.
    const auto& ties = picture().chart.ties;
    QVERIFY(std::any_of(ties.begin(), ties.end(), [](const SequenceTie& tie) { return tie.kind == SequenceTieKind::hidden; }));
    m_view->filterField().clear();
    QCOMPARE(picture().chart.hidden, std::size_t{0});
}

void TestSequence::anAxisIsHiddenByItsMenu() {
    runTo(SimTime{5s});
    const std::size_t before = picture().axes.size();
    const auto jobs = NodeRef::of(m_session->catalogue()->channel("jobs"));
    std::size_t axis = 0;
    while (picture().axes[axis].node != jobs)
        ++axis;
    const QPoint at(40, static_cast<int>(picture().axisY(axis)));
    const auto menuAt = [&](QPoint place) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, area().mapToGlobal(place));
        QApplication::sendEvent(&area(), &event);
        return m_view->findChildren<QMenu*>(Qt::FindDirectChildrenOnly).back();
    };
    const auto trigger = [](QMenu* menu, const QString& text) {
        for (QAction* const action : menu->actions())
            if (action->text() == text) {
                action->trigger();
                delete menu;
                return true;
            }
        return false;
    };
    QVERIFY(trigger(menuAt(at), QStringLiteral("Hide jobs")));
    QCOMPARE(picture().axes.size(), before - 1);
    const auto& ties = picture().chart.ties;
    QVERIFY(std::any_of(ties.begin(), ties.end(), [](const SequenceTie& tie) { return tie.kind == SequenceTieKind::hidden; }));
    QVERIFY(trigger(menuAt(at), QStringLiteral("Show jobs")));
    QCOMPARE(picture().axes.size(), before);
}

void TestSequence::clicksSelect() {
    runTo(SimTime{5s});
    const std::size_t step = find(RecordKind::published);
    const SequenceStep published = picture().chart.steps[step];
    QTest::mouseClick(&area(), Qt::LeftButton, {}, picture().pointOf(step).toPoint());
    QCOMPARE(m_selection->record(), std::optional(published.index));
    QCOMPARE(m_selection->message(), published.record.ordinal);
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->service("producer")));
    QVERIFY(!m_view->followButton().isChecked()); // it stays where the user looks
    QTest::mouseDClick(&area(), Qt::LeftButton, {}, picture().pointOf(step).toPoint());
    QCOMPARE(m_session->playhead(), published.index + 1);
}

void TestSequence::keysWalkAlongCausesAndAxes() {
    runTo(SimTime{5s});
    const std::size_t step = find(RecordKind::published);
    QTest::mouseClick(&area(), Qt::LeftButton, {}, picture().pointOf(step).toPoint());
    const auto kind = [&] { return RecordReader(m_session->store()).at(*m_selection->record()).kind; };
    QTest::keyClick(&area(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(kind(), RecordKind::routed);
    QTest::keyClick(&area(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(kind(), RecordKind::enqueued);
    QTest::keyClick(&area(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(kind(), RecordKind::delivered);
    QTest::keyClick(&area(), Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(kind(), RecordKind::enqueued);
    QTest::keyClick(&area(), Qt::Key_Right, Qt::ShiftModifier); // the next job in that queue
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->channel("jobs")));
    const std::uint64_t here = *m_selection->record();
    QTest::keyClick(&area(), Qt::Key_Right);
    QVERIFY(*m_selection->record() > here);
    QTest::keyClick(&area(), Qt::Key_Left);
    QCOMPARE(*m_selection->record(), here);
    QTest::keyClick(&area(), Qt::Key_Return);
    QCOMPARE(m_session->playhead(), here + 1);
}

void TestSequence::theWheelZoomsAtThePointer() {
    runTo(SimTime{5s});
    const std::size_t step = picture().shown[picture().shown.size() - 6];
    const QPointF at = picture().pointOf(step);
    const double before = area().zoom();
    const auto turn = [&](int delta) {
        QWheelEvent event(at, area().mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(&area(), &event);
    };
    turn(120);
    QVERIFY(area().zoom() > before * 1.1);
    QVERIFY(std::abs(picture().xOf(step) - at.x()) < 1);
    turn(-120);
    QVERIFY(std::abs(area().zoom() - before) < 1e-9);
    QVERIFY(std::abs(picture().xOf(step) - at.x()) < 1);
    QTest::mouseClick(&m_view->modeButton(TimeMode::number), Qt::LeftButton);
    QCOMPARE(area().mode(), TimeMode::number);
    const double gap = picture().scale.at(1) - picture().scale.at(0);
    QVERIFY(std::abs(picture().scale.at(50) - picture().scale.at(49) - gap) < 1e-9);
}

void TestSequence::dragPansAndEndsFollowing() {
    runTo(SimTime{5s});
    const QPoint start(500, 40);
    const qreal before = picture().offset.x();
    QTest::mousePress(&area(), Qt::LeftButton, {}, start);
    QTest::mouseMove(&area(), start + QPoint(60, 0));
    QTest::mouseMove(&area(), start + QPoint(120, 0));
    QTest::mouseRelease(&area(), Qt::LeftButton, {}, start + QPoint(120, 0));
    QVERIFY(std::abs(picture().offset.x() - (before - 120)) < 1.5);
    QVERIFY(!m_view->followButton().isChecked());
    QVERIFY(m_selection->message() == 0); // a drag is no click
    QTest::keyClick(&area(), Qt::Key_End);
    QVERIFY(m_view->followButton().isChecked());
    QVERIFY(std::abs(picture().offset.x() - before) < 2);
}

void TestSequence::fitBringsAllOfTheMessageIntoSight() {
    runTo(SimTime{5s});
    const std::size_t step = find(RecordKind::acked, picture().chart.steps.size() / 2);
    QTest::mouseClick(&area(), Qt::LeftButton, {}, picture().pointOf(step).toPoint());
    const Ordinal message = m_selection->message();
    QVERIFY(message > 0);
    for (const TimeMode mode : {TimeMode::linear, TimeMode::nonlinear}) {
        QTest::mouseClick(&m_view->modeButton(mode), Qt::LeftButton);
        QTest::keyClick(&area(), Qt::Key_F);
        qreal left = 1e9;
        qreal right = -1e9;
        for (const std::size_t one : picture().shown)
            if (picture().chart.steps[one].record.ordinal == message) {
                left = std::min(left, picture().xOf(one));
                right = std::max(right, picture().xOf(one));
            }
        QVERIFY(left >= SequencePicture::labelWidth);
        QVERIFY(right <= area().width());
        QVERIFY(right - left > area().width() * 0.4);
    }
}

void TestSequence::anotherViewsSelectionIsRevealed() {
    runTo(SimTime{50s});
    const RecordReader reader(m_session->store());
    std::uint64_t index = 100;
    while (reader.at(index).kind != RecordKind::started)
        ++index;
    const Record record = reader.at(index);
    m_selection->selectRecord(index, record.ordinal, NodeRef::of(reader.catalogue(), record.place), record.type);
    const auto step = picture().chart.stepOf(index);
    QVERIFY(step && picture().hasAxis(*step));
    QVERIFY(picture().plot().contains(picture().pointOf(*step)));
    QCOMPARE(picture().selectedRecord, std::optional(index));
}

void TestSequence::goingFarBackMovesTheWindow() {
    runTo(SimTime{50s});
    const std::uint64_t first = picture().chart.steps.front().index;
    for (int i = 0; i < 200 && picture().chart.steps.front().index > 10; ++i)
        QTest::keyClick(&area(), Qt::Key_PageUp);
    QVERIFY(picture().chart.steps.front().index < first);
    QVERIFY(picture().chart.steps.front().index <= 10);
    QVERIFY(picture().chart.steps.size() <= SequenceFeed::windowMax);
}

void TestSequence::stepsBehindThePlayheadAreAhead() {
    runTo(SimTime{5s});
    const std::size_t step = find(RecordKind::started, picture().chart.steps.size() / 2);
    const std::uint64_t index = picture().chart.steps[step].index;
    m_session->seekRecord(index + 1);
    const auto now = picture().chart.stepOf(index);
    QVERIFY(now);
    const double at = picture().playheadAt();
    QVERIFY(at > picture().scale.at(picture().placed[*now]));
    const auto next = picture().chart.beside(*now, 1);
    QVERIFY(next && at < picture().scale.at(picture().placed[*next]));
}

void TestSequence::wordsSayWhatIsThere() {
    runTo(SimTime{5s});
    const std::size_t step = find(RecordKind::started, picture().chart.steps.size() / 2);
    const auto words = [&](const SequencePicture::Hit& hit) {
        return wordsOf(picture(), hit, *m_session->catalogue(), m_session->messages().get());
    };
    const QString ofStep = words({SequencePicture::Hit::Kind::step, step});
    QVERIFY2(ofStep.startsWith(QStringLiteral("started · job ")), qPrintable(ofStep));
    QVERIFY(ofStep.contains(QStringLiteral("jobs · consumer #1")));
    const auto& bars = picture().chart.bars;
    const auto work = std::find_if(bars.begin(), bars.end(), [](const SequenceBar& bar) {
        return bar.kind == SpanKind::handling && bar.to != SequenceStep::none;
    });
    QVERIFY(work != bars.end());
    const QString ofBar = words({SequencePicture::Hit::Kind::bar, static_cast<std::size_t>(work - bars.begin())});
    QVERIFY2(ofBar.startsWith(QStringLiteral("handled 20\u00A0ms · job ")), qPrintable(ofBar));
    const auto& ties = picture().chart.ties;
    const auto deliver = std::find_if(ties.begin(), ties.end(),
                                      [](const SequenceTie& tie) { return tie.kind == SequenceTieKind::deliver; });
    const QString ofTie = words({SequencePicture::Hit::Kind::tie, static_cast<std::size_t>(deliver - ties.begin())});
    QVERIFY2(ofTie.contains(QStringLiteral("from jobs to consumer")), qPrintable(ofTie));
    // What is drawn is hit.
    QCOMPARE(picture().hitAt(picture().pointOf(step)).kind, SequencePicture::Hit::Kind::step);
    QVERIFY(words({}).isEmpty());
}

void TestSequence::exportsAreMermaidAndSvg() {
    SequencePicture hand;
    hand.size = {600, 200};
    hand.setChart(sequenceChart(m_records, *m_catalogue, SimTime{2s}, everything),
                  {{m_shop, QStringLiteral("shop"), NodeKind::service},
                   {m_topic, QStringLiteral("orders"), NodeKind::topic},
                   {m_queue, QStringLiteral("queue"), NodeKind::queue},
                   {m_worker, QStringLiteral("worker"), NodeKind::service}},
                  false);
    hand.setScale(TimeMode::number, 1);
    m_catalogue->addEventType("order", "1.0");
    for (SequenceStep& step : hand.chart.steps)
        step.record.type = EventTypeId{0};
    QCOMPARE(mermaidOf(hand, *m_catalogue),
             QStringLiteral("sequenceDiagram\n"
                            "    participant a0 as shop\n"
                            "    participant a1 as orders\n"
                            "    participant a2 as queue\n"
                            "    participant a3 as worker\n"
                            "    a0->>a1: order\n"
                            "    a1->>a2: order\n"
                            "    a2->>a3: order\n"
                            "    Note over a3: failed order\n"
                            "    a3-->>a2: order retryScheduled\n"
                            "    a2->>a3: order\n"
                            "    a3->>a1: order\n"));
    QVERIFY(mermaidOf(hand, *m_catalogue, 2).endsWith(QStringLiteral("4 more are left out\n")));
    runTo(SimTime{5s});
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sequence.svg"));
    QVERIFY(m_view->saveSvg(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray svg = file.readAll();
    QVERIFY(svg.contains("<svg") && svg.contains("consumer"));
    QVERIFY(!m_view->saveSvg(QStringLiteral("/nowhere/at/all.svg")));
}

QTEST_MAIN(TestSequence)
#include "tst_sequence.moc"

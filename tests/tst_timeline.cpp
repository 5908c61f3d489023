// The timeline: its geometry as numbers, its marks from a run, and what a person does with it by mouse and keys.
#include "core/scenario/load.h"
#include "ui/timeline/timeline.h"
#include "ui/timeline/timeline_geometry.h"

#include <QApplication>
#include <QMenu>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// A job every 100 ms; the worker is down from 10 s to 15 s, and from 20 s to 30 s twice as many come.
constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": { "en": "Timeline", "zh": "时间线" }, "run": { "seed": 3, "for": "100s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "rate": "10/s" } } ] },
    "worker": { "handlers": [ { "on": "jobs", "takes": "20ms" } ] }
  },
  "faults": [ { "at": "10s", "crash": "worker", "for": "5s" }, { "at": "20s", "rate": "producer", "factor": 2, "for": "10s" } ]
})";

Scenario loaded() {
    auto scenario = loadScenario(scenarioText);
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    return std::move(scenario).value();
}

bool near(double a, double b, double within) {
    return std::abs(a - b) <= within;
}

} // namespace

class TestTimeline : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void zoomingKeepsWhatIsUnderThePointer();
    void movingStopsAtTheRunsEnds();
    void aGriddedStretchHoldsWhatIsShownWhereverItMoves();
    void pixelsAndSecondsAreInverse();
    void zonesAreTold();
    void aBarIsHitOverItsWholeLength();

    void faultsAreBarsFromBeginToEnd();
    void whatIsDoneAtOnceIsNoBar();
    void breakpointsForksAndCommandsAreMarks();
    void aClickLooksAtThatMoment();
    void aDragWithShiftIsABrush();
    void aDragInTheRowOfMarksIsABrush();
    void aBrushesHandleMovesItsEdge();
    void escapeAndADoubleClickClearTheBrush();
    void theBrushesFiguresAreExact();
    void theWheelZoomsAndTheOverviewMovesThePart();
    void aDayStaysUsable();
    void bracketsWalkTheMarks();
    void theMenuOffersWhatCanBeDoneThere();
    void aClickOnAMarkLooksAtItsMoment();

  private:
    void runTo(SimTime time);
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {});
    QPoint at(double seconds, int y) const { return {static_cast<int>(std::lround(m_timeline->xAt(seconds))), y}; }
    double now() const { return seconds(m_session->now()); }

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<RunMarks> m_marks;
    std::unique_ptr<SeriesPool> m_pool;
    std::unique_ptr<Timeline> m_timeline;
};

void TestTimeline::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    m_marks = std::make_unique<RunMarks>(*m_session);
    m_pool = std::make_unique<SeriesPool>();
    m_timeline = std::make_unique<Timeline>(*m_session, *m_selection, *m_marks, *m_pool, *m_themes);
    m_timeline->resize(1028, 58); // 1000 pixels for 100 seconds
    m_timeline->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_timeline.get()));
    QVERIFY(m_session->open(loaded(), {}).empty());
    m_session->setSpeed(Speed::max());
}

void TestTimeline::cleanup() {
    m_timeline.reset();
    m_marks.reset();
    m_selection.reset();
    m_session.reset();
}

void TestTimeline::runTo(SimTime time) {
    m_session->runUntil(time);
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->now(), time);
}

void TestTimeline::drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys) {
    QTest::mousePress(m_timeline.get(), Qt::LeftButton, keys, from);
    for (int step = 1; step <= 4; ++step) {
        const QPoint way = from + (to - from) * step / 4;
        QMouseEvent move(QEvent::MouseMove, way, m_timeline->mapToGlobal(way), Qt::NoButton, Qt::LeftButton, keys);
        QApplication::sendEvent(m_timeline.get(), &move);
    }
    QTest::mouseRelease(m_timeline.get(), Qt::LeftButton, keys, to);
}

// --- geometry ---

void TestTimeline::zoomingKeepsWhatIsUnderThePointer() {
    const TimeSpan shown = zoomed({0, 100}, 25, 2, {0, 100});
    QCOMPARE(shown.begin, 12.5); // 25 stays at a quarter
    QCOMPARE(shown.end, 62.5);
    QCOMPARE(zoomed({0, 100}, 25, 0.5, {0, 100}), (TimeSpan{0, 100})); // not beyond the whole
    const TimeSpan least = zoomed({0, 100}, 50, 1e12, {0, 100});
    QVERIFY(near(least.length(), spanLeast, 1e-12));
}

void TestTimeline::movingStopsAtTheRunsEnds() {
    QCOMPARE(moved({10, 20}, -30, {0, 100}), (TimeSpan{0, 10}));
    QCOMPARE(moved({10, 20}, 500, {0, 100}), (TimeSpan{90, 100}));
    QCOMPARE(reaching({10, 20}, 15, {0, 100}), (TimeSpan{10, 20}));
    QCOMPARE(reaching({10, 20}, 50, {0, 100}), (TimeSpan{41, 51}));
}

void TestTimeline::aGriddedStretchHoldsWhatIsShownWhereverItMoves() {
    for (double begin = 0; begin < 40; begin += 0.37) {
        const TimeSpan grid = gridded({begin, begin + 3});
        QVERIFY2(grid.begin <= begin && grid.end >= begin + 3, qPrintable(QString::number(begin)));
        QCOMPARE(grid.length(), 8.0);
    }
    QCOMPARE(gridded({4.1, 7.1}), gridded({4.9, 7.9}));
}

void TestTimeline::pixelsAndSecondsAreInverse() {
    const TimelineGeometry geometry({1028, 58}, {40, 50}, {0, 100});
    QCOMPARE(geometry.xAt(40), 14.0);
    QCOMPARE(geometry.xAt(50), 1014.0);
    QCOMPARE(geometry.secondsAt(514), 45.0);
    QCOMPARE(geometry.secondsAt(-100), 40.0);
    QCOMPARE(geometry.overviewXAt(50), 514.0);
    QVERIFY(geometry.partial());
    QVERIFY(!TimelineGeometry({1028, 58}, {0, 100}, {0, 100}).partial());
}

void TestTimeline::zonesAreTold() {
    using Zone = TimelineGeometry::Zone;
    const TimelineGeometry part({1028, 58}, {40, 50}, {0, 100});
    QCOMPARE(part.zoneAt({500, 10}, {}), Zone::Marks);
    QCOMPARE(part.zoneAt({500, 30}, {}), Zone::Strip);
    QCOMPARE(part.zoneAt({500, 56}, {}), Zone::Overview);
    const TimeSpan brush{42, 46};
    QCOMPARE(part.zoneAt({214 + 4, 30}, brush), Zone::BrushBegin);
    QCOMPARE(part.zoneAt({614 - 4, 10}, brush), Zone::BrushEnd);
    QCOMPARE(part.zoneAt({400, 30}, brush), Zone::Strip);
}

void TestTimeline::aBarIsHitOverItsWholeLength() {
    const TimelineGeometry geometry({1028, 58}, {0, 100}, {0, 100});
    const std::vector<RunMark> marks{
        {RunMark::Kind::Fault, SimTime{10s}, QStringLiteral("a"), Tone::Danger, true, SimTime{30s}},
        {RunMark::Kind::Command, SimTime{20s}, QStringLiteral("b"), Tone::Accent, false, {}}};
    QCOMPARE(geometry.markAt({geometry.xAt(15), 10}, marks, 50), std::optional<std::size_t>(0));
    QCOMPARE(geometry.markAt({geometry.xAt(20) + 3, 10}, marks, 50), std::optional<std::size_t>(1));
    QCOMPARE(geometry.markAt({geometry.xAt(40), 10}, marks, 50), std::optional<std::size_t>());
    QCOMPARE(geometry.markAt({geometry.xAt(15), 40}, marks, 50), std::optional<std::size_t>()); // that is the strip
    QCOMPARE(markBefore(marks, SimTime{20s}), std::optional<std::size_t>(0));
    QCOMPARE(markAfter(marks, SimTime{10s}), std::optional<std::size_t>(1));
    QCOMPARE(markAfter(marks, SimTime{20s}), std::optional<std::size_t>());
}

// --- marks ---

void TestTimeline::faultsAreBarsFromBeginToEnd() {
    runTo(SimTime{12s});
    QTRY_COMPARE(m_marks->all().size(), std::size_t{1});
    QVERIFY(m_marks->all()[0].lasts && !m_marks->all()[0].end); // not over yet
    runTo(SimTime{40s});
    QTRY_COMPARE(m_marks->all().size(), std::size_t{2});
    const RunMark& crash = m_marks->all()[0];
    QCOMPARE(crash.at, SimTime{10s});
    QCOMPARE(crash.end, std::optional(SimTime{15s}));
    QCOMPARE(crash.text, QStringLiteral("crash worker"));
    const RunMark& rate = m_marks->all()[1];
    QCOMPARE(rate.at, SimTime{20s});
    QCOMPARE(rate.end, std::optional(SimTime{30s}));
    QCOMPARE(rate.text, QStringLiteral("rate producer 2×"));
    QCOMPARE(rate.kind, RunMark::Kind::Fault);
}

void TestTimeline::whatIsDoneAtOnceIsNoBar() {
    auto scenario = loadScenario(R"({
      "weir": "1", "run": { "for": "100s" },
      "events": { "fact": {} },
      "channels": { "log": { "kind": "stream" } },
      "services": {
        "teller": { "sources": [ { "emit": "fact", "to": "log", "arrivals": { "every": "100ms" } } ] },
        "reader": { "handlers": [ { "on": "log", "takes": "1ms" } ] }
      },
      "faults": [ { "at": "10s", "seek": "log", "to": "earliest" } ]
    })");
    QVERIFY(scenario.ok());
    QVERIFY(m_session->open(std::move(*scenario), {}).empty());
    m_session->setSpeed(Speed::max());
    runTo(SimTime{20s});
    QTRY_COMPARE(m_marks->all().size(), std::size_t{1});
    QCOMPARE(m_marks->all()[0].at, SimTime{10s});
    QVERIFY(!m_marks->all()[0].lasts);
}

void TestTimeline::breakpointsForksAndCommandsAreMarks() {
    using Kind = RunMark::Kind;
    const auto of = [this](Kind kind) {
        std::vector<RunMark> found;
        for (const RunMark& mark : m_marks->all())
            if (mark.kind == kind)
                found.push_back(mark);
        return found;
    };
    runTo(SimTime{12s});
    QVERIFY(m_session->setBreakpoints({{.kind = BreakpointSpec::Kind::at, .text = {}, .at = 50s}}).empty());
    QCOMPARE(of(Kind::Breakpoint).size(), std::size_t{1});
    QCOMPARE(of(Kind::Breakpoint)[0].at, SimTime{50s});
    Command slower;
    slower.kind = CommandKind::slow;
    slower.target = "worker";
    slower.factor = 3;
    slower.lasts = 4s;
    QVERIFY(m_session->apply(slower).empty());
    runTo(SimTime{20s});
    QTRY_COMPARE(of(Kind::Command).size(), std::size_t{1});
    const RunMark command = of(Kind::Command)[0];
    QCOMPARE(command.text, QStringLiteral("slow down worker 3×"));
    QVERIFY(command.lasts && command.end);
    QCOMPARE(*command.end - command.at, Duration{4s});
    m_session->seek(SimTime{18s});
    m_session->fork();
    QTRY_COMPARE(of(Kind::Fork).size(), std::size_t{1});
    QVERIFY(near(seconds(of(Kind::Fork)[0].at), 18, 0.1));
}

// --- by hand ---

void TestTimeline::aClickLooksAtThatMoment() {
    runTo(SimTime{60s});
    QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, at(30, 35));
    QVERIFY(near(now(), 30, 0.11));
    QVERIFY(!m_selection->brush());
}

void TestTimeline::aDragWithShiftIsABrush() {
    runTo(SimTime{60s});
    drag(at(20, 35), at(40, 35), Qt::ShiftModifier);
    QVERIFY(m_selection->brush());
    QVERIFY(near(seconds(m_selection->brush()->begin), 20, 0.06));
    QVERIFY(near(seconds(m_selection->brush()->end), 40, 0.06));
    QCOMPARE(now(), 60.0); // the playhead stays
}

void TestTimeline::aDragInTheRowOfMarksIsABrush() {
    runTo(SimTime{60s});
    drag(at(40, 8), at(20, 8)); // from right to left
    QVERIFY(m_selection->brush());
    QVERIFY(near(seconds(m_selection->brush()->begin), 20, 0.06));
    QVERIFY(near(seconds(m_selection->brush()->end), 40, 0.06));
}

void TestTimeline::aBrushesHandleMovesItsEdge() {
    runTo(SimTime{60s});
    m_selection->setBrush(TimeRange{SimTime{20s}, SimTime{40s}});
    drag(at(40, 35), at(50, 35));
    QVERIFY(near(seconds(m_selection->brush()->begin), 20, 0.06));
    QVERIFY(near(seconds(m_selection->brush()->end), 50, 0.06));
    drag(at(20, 35), at(55, 35)); // past the other edge
    QVERIFY(near(seconds(m_selection->brush()->begin), 50, 0.06));
    QVERIFY(near(seconds(m_selection->brush()->end), 55, 0.06));
}

void TestTimeline::escapeAndADoubleClickClearTheBrush() {
    runTo(SimTime{60s});
    const TimeRange range{SimTime{20s}, SimTime{40s}};
    m_selection->setBrush(range);
    QTest::keyClick(m_timeline.get(), Qt::Key_Escape);
    QVERIFY(!m_selection->brush());
    m_selection->setBrush(range);
    QTest::mouseDClick(m_timeline.get(), Qt::LeftButton, {}, at(30, 35));
    QVERIFY(!m_selection->brush());
}

void TestTimeline::theBrushesFiguresAreExact() {
    runTo(SimTime{60s});
    // Ten a second, twice as many from 20 s on.
    m_selection->setBrush(TimeRange{SimTime{1050ms}, SimTime{6050ms}});
    QTRY_VERIFY2(m_timeline->brushText().startsWith(QStringLiteral("5\u00A0s: 50 in (10/s), 50 done")),
                 qPrintable(m_timeline->brushText()));
    m_selection->setBrush(TimeRange{SimTime{21s}, SimTime{25s}});
    QTRY_VERIFY2(m_timeline->brushText().contains(QStringLiteral("(20/s)")), qPrintable(m_timeline->brushText()));
}

void TestTimeline::theWheelZoomsAndTheOverviewMovesThePart() {
    runTo(SimTime{60s});
    const QPointF where = at(25, 35);
    QWheelEvent wheel(where, m_timeline->mapToGlobal(where), {}, {0, 720}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_timeline.get(), &wheel);
    QVERIFY(near(m_timeline->shown().length(), 25, 1e-9)); // six notches, two doublings
    QVERIFY(near(m_timeline->xAt(25), where.x(), 1));
    const QPoint middle(static_cast<int>(m_timeline->places().overviewXAt(50)), 55);
    QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, middle);
    QVERIFY(near((m_timeline->shown().begin + m_timeline->shown().end) / 2, 50, 0.1));
    QCOMPARE(now(), 60.0);
    QTest::keyClick(m_timeline.get(), Qt::Key_0);
    QCOMPARE(m_timeline->shown(), (TimeSpan{0, 100}));
}

void TestTimeline::aDayStaysUsable() {
    Scenario day = loaded();
    day.run.lasts = 24h;
    QVERIFY(m_session->open(std::move(day), {}).empty());
    runTo(SimTime{30s});
    QCOMPARE(m_timeline->endSeconds(), 86'400.0);
    QTest::keyClick(m_timeline.get(), Qt::Key_Home);
    for (int i = 0; i < 40; ++i) // as far as it goes, at the playhead
        QTest::keyClick(m_timeline.get(), Qt::Key_Plus);
    QVERIFY(m_timeline->shown().length() < 0.01);
    QVERIFY(m_timeline->shown().begin <= now() && m_timeline->shown().end >= now());
    const qreal x = m_timeline->xAt(now() + m_timeline->shown().length() / 2);
    QVERIFY(x > 500 && x < 530);
}

void TestTimeline::bracketsWalkTheMarks() {
    runTo(SimTime{60s});
    QTRY_COMPARE(m_marks->all().size(), std::size_t{2});
    QTest::keyClick(m_timeline.get(), Qt::Key_BracketLeft);
    QCOMPARE(now(), 20.0);
    QTest::keyClick(m_timeline.get(), Qt::Key_BracketLeft);
    QCOMPARE(now(), 10.0);
    QTest::keyClick(m_timeline.get(), Qt::Key_BracketLeft); // there is none before
    QCOMPARE(now(), 10.0);
    QTest::keyClick(m_timeline.get(), Qt::Key_BracketRight);
    QCOMPARE(now(), 20.0);
}

void TestTimeline::aClickOnAMarkLooksAtItsMoment() {
    runTo(SimTime{60s});
    QTRY_COMPARE(m_marks->all().size(), std::size_t{2});
    QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, at(20, 12) + QPoint(3, 0));
    QCOMPARE(now(), 20.0);
}

void TestTimeline::theMenuOffersWhatCanBeDoneThere() {
    runTo(SimTime{40s});
    QTRY_COMPARE(m_marks->all().size(), std::size_t{2});
    const auto named = [](const QMenu& menu, const QString& text) -> QAction* {
        for (QAction* action : menu.actions())
            if (action->text().contains(text))
                return action;
        return nullptr;
    };
    auto menu = m_timeline->menuAt(at(12, 10)); // on the crash's bar
    named(*menu, QStringLiteral("crash worker"))->trigger();
    QCOMPARE(m_selection->brush(), std::optional(TimeRange{SimTime{10s}, SimTime{15s}}));
    named(*menu, QStringLiteral("breakpoint"))->trigger();
    QCOMPARE(m_session->breakpoints().size(), std::size_t{1});
    QCOMPARE(m_session->breakpoints().front().at, Duration{10s}); // the mark's own time
    QVERIFY(!named(*menu, QStringLiteral("Run until"))->isEnabled()); // that has passed
    menu = m_timeline->menuAt(at(50, 35));
    QVERIFY(!named(*menu, QStringLiteral("Look at"))->isEnabled()); // nothing happened there yet
    named(*menu, QStringLiteral("Run until"))->trigger();
    QTRY_VERIFY(!m_session->running());
    QVERIFY(near(now(), 50, 0.06));
    named(*m_timeline->menuAt(at(30, 35)), QStringLiteral("playhead"))->trigger();
    QVERIFY(near(seconds(m_selection->brush()->begin), 30, 0.06));
    QCOMPARE(m_selection->brush()->end, m_session->now());
    QVERIFY(m_session->setBreakpoints({{.kind = BreakpointSpec::Kind::at, .text = {}, .at = 70s}}).empty());
    named(*m_timeline->menuAt(at(70, 10)), QStringLiteral("Remove the breakpoint"))->trigger();
    QVERIFY(m_session->breakpoints().empty());
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"

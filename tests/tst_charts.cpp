// The charts: lines, reductions, heat cells, statistics and ticks as numbers worked out by hand; then the panel as a
// person uses it.
#include "core/scenario/load.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/charts.h"
#include "ui/charts/line_statistics.h"
#include "ui/charts/metric_picker.h"
#include "ui/charts/statistics_table.h"
#include "ui/node_mime.h"

#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

using namespace weir;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": { "en": "Charts", "zh": "图表" }, "run": { "seed": 3, "for": "100s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "work": { "kind": "topic" }, "jobs": { "kind": "queue", "bind": [ { "to": "work", "pattern": "#" } ] } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "work", "arrivals": { "rate": "10/s" } } ] },
    "worker": { "state": { "tally": { "done": 0 } },
                "handlers": [ { "on": "jobs", "takes": "20ms", "then": [ { "add": "tally", "key": "done" } ] } ] }
  },
  "faults": [ { "at": "10s", "crash": "worker", "for": "5s" } ]
})";

bool near(double a, double b, double within) {
    return std::abs(a - b) <= within;
}

// A queue with a consumer of one worker, and records about them.
struct Facts {
    Catalogue catalogue;
    PlaceId queue, consumer;

    Facts() {
        const ChannelId channel = catalogue.addChannel({.name = "jobs", .kind = ChannelKind::queue});
        const ServiceId service = catalogue.addService({.name = "worker", .instances = 1, .workers = 1});
        const SubscriptionId subscription =
            catalogue.addSubscription({.name = "jobs", .channel = channel, .service = service});
        queue = catalogue.addPlace({.channel = channel, .subscription = subscription, .service = {}});
        consumer =
            catalogue.addPlace({.channel = channel, .subscription = subscription, .service = service, .instance = 0});
    }
    Record record(RecordKind kind, Duration at, Ordinal ordinal, PlaceId place, std::int64_t value = 0) const {
        Record made;
        made.kind = kind;
        made.at = SimTime{at};
        made.ordinal = ordinal;
        made.place = place;
        made.value = value;
        made.bits = Record::bitsOf(kind == RecordKind::started ? CopyState::inFlight : CopyState::none);
        return made;
    }
};

const Figure& figureOf(const char* word) {
    return *figure(QString::fromLatin1(word));
}

} // namespace

class TestCharts : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void aRunThatEndedIsDrawnToItsEnd();
    void cleanup();

    void aRateHasAPointForEveryGroupOfBins();
    void aLevelKeepsItsExtremes();
    void utilisationIsBusyOfAvailableTime();
    void everyFigureHasItsWord();
    void reductionKeepsLowestAndHighestOfEveryColumn();
    void pyramidFindsTheExtremesOfEveryStretch();
    void reductionKeepsANeighbourOnEitherSide();
    void heatCellsCountEveryObservationOnce();
    void statisticsOfATimeAreThoseOfItsObservations();
    void statisticsOfALevelWeighByTime();
    void ticksAreRoundOnEveryAxis();
    void timesAreSaidAsShortlyAsTheyCan();
    void aScaleIsInvertible();
    void aLogRangeHoldsWholeDecades();
    void aPinIsComparedWithTheReading();
    void chartsAreRememberedAsTheyWere();
    void csvHasAColumnForEveryLine();

    void theFirstChartFollowsTheSelection();
    void aNarrowChartHasItsTitleAboveItsButtons();
    void aFigureIsFoundByNameAndAdded();
    void aNodeThatIsDroppedBecomesAChart();
    void aNodeDroppedOnAChartBecomesALine();
    void theWheelZoomsWhereThePointerIs();
    void draggingMovesAllChartsTogether();
    void aDoubleClickFitsAgain();
    void aClickPinsAcrossCharts();
    void shiftWheelZoomsTheValues();
    void aDragWithShiftIsABrushWithStatistics();
    void whatIsNotCountedYetIsNoZero();
    void theLegendHidesALine();
    void aCloserLookHasFinerPoints();
    void anotherRunIsDrawnDimmed();
    void aForkedRunStaysOnTheCharts();
    void runsThatWentAlikeLookAlike();
    void aLevelIsPutTogetherFromSeveralBins();
    void chartsOfOtherScenariosWait();
    void chartsOfBeforeBeginAtTheTop();
    void equalLinesAreToldApart();
    void bandsHeatMapAndLogAxisAreDrawn();
    void aChartIsExportedInEveryFormat();
    void chartsMoveAndGo();
    void withoutAnyChartThePanelSaysWhatToDo();
    void liveSystemsShowResponsesWhereNothingTellsTheEnd();

  private:
    void runTo(SimTime time);
    ChartPlot& plot(std::size_t card = 0) { return m_charts->card(card).plot(); }
    QPoint at(double seconds, std::size_t card = 0) {
        const PlotScale scale = plot(card).scale();
        return {static_cast<int>(std::lround(scale.x(seconds))), static_cast<int>(scale.area.center().y())};
    }
    void drag(ChartPlot& plot, QPoint from, QPoint to, Qt::KeyboardModifiers keys = {});
    void drop(QPoint where, NodeRef node);
    NodeRef worker() const { return NodeRef::of(m_session->catalogue()->service("worker")); }
    NodeRef jobs() const { return NodeRef::of(m_session->catalogue()->channel("jobs")); }
    ChartSpec of(const char* name, SeriesScope::Kind scope, std::initializer_list<const char*> words) const;

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<RunMarks> m_marks;
    std::unique_ptr<SeriesPool> m_pool;
    std::unique_ptr<Charts> m_charts;
};

void TestCharts::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    m_marks = std::make_unique<RunMarks>(*m_session);
    m_pool = std::make_unique<SeriesPool>();
    m_charts = std::make_unique<Charts>(*m_session, *m_selection, *m_marks, *m_pool, *m_themes);
    m_charts->resize(700, 600);
    m_charts->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_charts.get()));
    auto scenario = loadScenario(scenarioText);
    QVERIFY2(scenario, scenario ? "" : scenario.error().front().text().c_str());
    QVERIFY(m_session->open(std::move(scenario).value(), {}).empty());
    m_session->setSpeed(Speed::max());
}

void TestCharts::cleanup() {
    m_charts.reset();
    m_marks.reset();
    m_selection.reset();
    m_session.reset();
}

void TestCharts::runTo(SimTime time) {
    m_session->runUntil(time);
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->now(), time);
    QTRY_VERIFY(!plot().content().isEmpty());
}

// At full speed most of it passes between two drawings, and nothing comes after the end.
void TestCharts::aRunThatEndedIsDrawnToItsEnd() {
    for (int round = 0; round < 5; ++round) {
        m_session->restart();
        m_session->run();
        QTRY_VERIFY(!m_session->running());
        QCOMPARE(m_session->now(), SimTime{100s});
        QTRY_VERIFY_WITH_TIMEOUT(!plot().content().isEmpty() &&
                                     plot().content().lines[0].data.points.back().x() >
                                         100 - 2 * plot().content().lines[0].data.width,
                                 1'000);
    }
}

void TestCharts::drag(ChartPlot& plot, QPoint from, QPoint to, Qt::KeyboardModifiers keys) {
    QTest::mousePress(&plot, Qt::LeftButton, keys, from);
    for (int step = 1; step <= 4; ++step) {
        const QPoint way = from + (to - from) * step / 4;
        QMouseEvent move(QEvent::MouseMove, way, plot.mapToGlobal(way), Qt::NoButton, Qt::LeftButton, keys);
        QApplication::sendEvent(&plot, &move);
    }
    QTest::mouseRelease(&plot, Qt::LeftButton, keys, to);
}

void TestCharts::drop(QPoint where, NodeRef node) {
    const auto mime = nodeMime(node, *m_session->catalogue());
    QDragEnterEvent enter(where, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_charts.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move(where, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_charts.get(), &move);
    QDropEvent dropped(where, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_charts.get(), &dropped);
    QVERIFY(dropped.isAccepted());
}

ChartSpec TestCharts::of(const char* name, SeriesScope::Kind scope, std::initializer_list<const char*> words) const {
    ChartSpec spec;
    for (const char* word : words)
        spec.lines.append({scope, QString::fromLatin1(name), QString::fromLatin1(word)});
    return spec;
}

// --- numbers ---

void TestCharts::aRateHasAPointForEveryGroupOfBins() {
    const Facts facts;
    Series series({SeriesScope::Kind::channel, 0});
    for (int i = 0; i <= 40; ++i) // one every 50 ms
        series.apply(facts.record(RecordKind::enqueued, 50ms * i, static_cast<Ordinal>(i) + 1, facts.queue),
                     facts.catalogue);
    const LinePoints line = linePoints(series, figureOf("in"), 10);
    QCOMPARE(line.width, 0.5);
    QCOMPARE(line.points.size(), 4); // the bin of 2 s is being filled
    for (qsizetype i = 0; i < 4; ++i)
        QCOMPARE(line.points[i], QPointF(0.25 + 0.5 * static_cast<double>(i), 20.0));
    QCOMPARE(valueAt(line, 0.9), std::optional(20.0));
    QCOMPARE(valueAt(line, 2.2), std::optional<double>());
}

void TestCharts::aLevelKeepsItsExtremes() {
    const Facts facts;
    Series series({SeriesScope::Kind::channel, 0});
    for (int i = 0; i < 3; ++i)
        series.apply(facts.record(RecordKind::enqueued, 10ms * i, static_cast<Ordinal>(i) + 1, facts.queue),
                     facts.catalogue);
    series.apply(facts.record(RecordKind::started, 60ms, 1, facts.consumer), facts.catalogue);
    const LinePoints line = linePoints(series, figureOf("depth"));
    QCOMPARE(line.points, (QList<QPointF>{{0.0125, 0}, {0.0375, 3}, {0.0625, 2}, {0.0875, 3}}));
}

void TestCharts::utilisationIsBusyOfAvailableTime() {
    const Facts facts;
    Series series({SeriesScope::Kind::service, 0});
    series.apply(facts.record(RecordKind::started, 10ms, 1, facts.consumer), facts.catalogue);
    series.apply(facts.record(RecordKind::finished, 40ms, 1, facts.consumer), facts.catalogue);
    series.reach(SimTime{120ms});
    const LinePoints line = linePoints(series, figureOf("utilization"));
    QCOMPARE(line.points.size(), 2);
    QVERIFY(near(line.points[0].y(), 0.6, 1e-12));
    QVERIFY(near(line.points[1].y(), 0, 1e-12));
}

void TestCharts::everyFigureHasItsWord() {
    QSet<QString> words, texts;
    for (const Figure& each : figures()) {
        words.insert(QString::fromLatin1(each.word));
        texts.insert(figureText(each));
        QCOMPARE(figure(QString::fromLatin1(each.word)), &each);
    }
    QCOMPARE(words.size(), static_cast<qsizetype>(figures().size()));
    QCOMPARE(texts.size(), static_cast<qsizetype>(figures().size()));
    QVERIFY(!figure(QStringLiteral("nonsense")));
    const Facts facts;
    const auto names = figuresOf({SeriesScope::Kind::channel, 0}, facts.catalogue);
    QVERIFY(std::find(names.begin(), names.end(), &figureOf("waitP99")) != names.end());
    QVERIFY(std::find(names.begin(), names.end(), &figureOf("lag")) == names.end());         // it is no stream
    QVERIFY(std::find(names.begin(), names.end(), &figureOf("utilization")) == names.end()); // nor a service
}

void TestCharts::reductionKeepsLowestAndHighestOfEveryColumn() {
    QList<QPointF> points;
    for (int i = 0; i < 100'000; ++i)
        points.append({i * 1e-3, qreal(i % 100)}); // 0 to 99, a thousand times
    points[54'321].setY(1000);
    points[12'345].setY(-1000);
    const QList<QPointF> kept = reduced(PointPyramid(points), 0, 100, 100);
    QVERIFY(kept.size() <= 400);
    QVERIFY(kept.contains(points[54'321]));
    QVERIFY(kept.contains(points[12'345]));
    std::array<double, 100> low{}, high{};
    low.fill(1e9);
    for (const QPointF& point : kept) {
        const auto column = static_cast<std::size_t>(point.x());
        low[column] = std::min(low[column], point.y());
        high[column] = std::max(high[column], point.y());
    }
    for (std::size_t column = 0; column < 100; ++column) {
        QCOMPARE(low[column], column == 12 ? -1000.0 : 0.0);
        QCOMPARE(high[column], column == 54 ? 1000.0 : 99.0);
    }
    QVERIFY(std::is_sorted(kept.begin(), kept.end(), [](QPointF a, QPointF b) { return a.x() < b.x(); }));
}

void TestCharts::pyramidFindsTheExtremesOfEveryStretch() {
    // 5,000 points: three levels. 101 different values, so that there are many equal ones and the first counts.
    QList<QPointF> points;
    std::uint32_t number = 1;
    for (int i = 0; i < 5'000; ++i) {
        number = number * 1'664'525U + 1'013'904'223U;
        points.append({qreal(i), qreal((number >> 16) % 101)});
    }
    const PointPyramid pyramid(points);
    for (const auto& [begin, end] : std::initializer_list<std::pair<int, int>>{{0, 5'000},
                                                                               {0, 1},
                                                                               {4'999, 5'000},
                                                                               {15, 17},
                                                                               {16, 32},
                                                                               {1, 4'999},
                                                                               {255, 257},
                                                                               {256, 4'096},
                                                                               {777, 3'333}}) {
        const auto [low, high] = std::minmax_element(points.begin() + begin, points.begin() + end,
                                                     [](QPointF a, QPointF b) { return a.y() < b.y(); });
        // Of equal ones minmax_element gives the first lowest, but the last highest.
        const auto first = std::find_if(points.begin() + begin, points.begin() + end,
                                        [top = high->y()](QPointF point) { return point.y() == top; });
        QCOMPARE(pyramid.extremes(begin, end), (PointPyramid::Extremes{low - points.begin(), first - points.begin()}));
    }
}

void TestCharts::reductionKeepsANeighbourOnEitherSide() {
    const PointPyramid points({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}});
    QCOMPARE(reduced(points, 1.5, 2.5, 100), (QList<QPointF>{{1, 2}, {2, 3}, {3, 4}}));
    QCOMPARE(reduced(points, 10, 20, 100), (QList<QPointF>{{4, 5}}));
    QCOMPARE(reduced(PointPyramid(), 0, 1, 100), QList<QPointF>());
}

void TestCharts::heatCellsCountEveryObservationOnce() {
    const Facts facts;
    Series series({SeriesScope::Kind::channel, 0});
    for (int i = 0; i < 10; ++i)
        series.apply(facts.record(RecordKind::started, 0ms, static_cast<Ordinal>(i) + 1, facts.consumer, 1'000'000),
                     facts.catalogue);
    series.apply(facts.record(RecordKind::started, 60ms, 20, facts.consumer, 1'000'000'000), facts.catalogue);
    const HeatCells cells = heatCells(series, Measure::Wait, 1, 30);
    QCOMPARE(cells.columns, 2);
    QCOMPARE(cells.at(0, 0), std::uint64_t{10}); // the lowest row
    QCOMPARE(cells.at(1, 29), std::uint64_t{1}); // the highest
    QCOMPARE(cells.highest, std::uint64_t{10});
    QVERIFY(near(cells.rowLow(30), 1.0, 1e-3));
    QVERIFY(near(cells.rowLow(15), std::sqrt(1e-3), 1e-4)); // half way, on a log axis
    std::uint64_t sum = 0;
    for (const std::uint64_t count : cells.counts)
        sum += count;
    QCOMPARE(sum, std::uint64_t{11});
    QCOMPARE(heatCells(series, Measure::Response, 1, 30).columns, 0); // never observed
}

void TestCharts::statisticsOfATimeAreThoseOfItsObservations() {
    const Facts facts;
    Series series({SeriesScope::Kind::channel, 0});
    for (int i = 1; i <= 100; ++i) // 1 to 100 ns are exact in a histogram
        series.apply(facts.record(RecordKind::started, 1ms * i, static_cast<Ordinal>(i), facts.consumer, i),
                     facts.catalogue);
    const LineStatistics of = statisticsOf(series, figureOf("waitP99"));
    QCOMPARE(of.count, 100);
    QVERIFY(near(*of.mean, 50.5e-9, 1e-15));
    QVERIFY(near(*of.min, 1e-9, 1e-15));
    QVERIFY(near(*of.max, 100e-9, 1e-15));
    QVERIFY(near(*of.p50, 50e-9, 1e-15));
    QVERIFY(near(*of.p99, 99e-9, 1e-15));
    QVERIFY(!of.area);
}

void TestCharts::statisticsOfALevelWeighByTime() {
    const Facts facts;
    Series series({SeriesScope::Kind::channel, 0}, {SimTime{}, SimTime{512ms}});
    series.apply(facts.record(RecordKind::enqueued, 0ms, 1, facts.queue), facts.catalogue);
    series.apply(facts.record(RecordKind::enqueued, 384ms, 2, facts.queue), facts.catalogue);
    series.reach(SimTime{512ms});
    const LineStatistics of = statisticsOf(series, figureOf("depth"));
    QVERIFY(near(*of.mean, 1.25, 1e-9)); // one for three quarters, two for one
    QVERIFY(near(*of.area, 0.64, 1e-9));
    QCOMPARE(*of.max, 2.0);
    QVERIFY(near(*of.p50, 1, 1e-9));
    QVERIFY(near(*of.p90, 2, 1e-9));
}

void TestCharts::ticksAreRoundOnEveryAxis() {
    QCOMPARE(valueTicks(7, 4).values, (std::vector<double>{0, 2, 4, 6, 8}));
    QCOMPARE(rangeTicks(3.2, 7.9, 4).values, (std::vector<double>{4, 6}));
    QCOMPARE(logTicks(0.001, 10).values, (std::vector<double>{0.001, 0.01, 0.1, 1, 10}));
    QCOMPARE(logTicks(1, 100).values, (std::vector<double>{1, 2, 5, 10, 20, 50, 100}));
    QCOMPARE(timeTicks(100, 190, 5).values, (std::vector<double>{120, 150, 180}));
    QCOMPARE(timeTicks(0, 86'400, 6).values, (std::vector<double>{0, 21'600, 43'200, 64'800, 86'400}));
}

void TestCharts::timesAreSaidAsShortlyAsTheyCan() {
    QCOMPARE(timeTickText(180, 60), QStringLiteral("3 min"));
    QCOMPARE(timeTickText(45, 5), QStringLiteral("45 s"));
    QCOMPARE(timeTickText(75, 15), QStringLiteral("1:15"));
    QCOMPARE(timeTickText(7200, 3600), QStringLiteral("2 h"));
    QCOMPARE(timeTickText(9000, 1800), QStringLiteral("2 h 30"));
    QCOMPARE(timeTickText(0.25, 0.05), QStringLiteral("250 ms"));
    QCOMPARE(timeTickText(192.5, 0.5), QStringLiteral("3:12.5"));
    QCOMPARE(timeTickText(3661.25, 0.05), QStringLiteral("1:01:01.25"));
}

void TestCharts::aScaleIsInvertible() {
    const PlotScale linear{QRectF(10, 20, 100, 200), {5, 15}, {0, 8}, false};
    QCOMPARE(linear.x(10), 60.0);
    QCOMPARE(linear.y(2), 170.0);
    QCOMPARE(linear.secondsAt(60), 10.0);
    QCOMPARE(linear.valueAt(170), 2.0);
    const PlotScale log{QRectF(0, 0, 100, 300), {0, 1}, {0.001, 1}, true};
    QVERIFY(near(log.y(0.01), 200, 1e-9));
    QVERIFY(near(log.valueAt(100), 0.1, 1e-9));
    QCOMPARE(log.y(0), 300.0); // cannot be on the axis: at its foot
    const ValueRange half = zoomed(linear, 2, 2);
    QCOMPARE(half.low, 1.0);
    QCOMPARE(half.high, 5.0);
}

void TestCharts::aLogRangeHoldsWholeDecades() {
    QCOMPARE(rangeFor(0.02, 3.1, true).low, 0.01);
    QCOMPARE(rangeFor(0.02, 3.1, true).high, 10.0);
    QCOMPARE(rangeFor(0, 7, false), (ValueRange{0, 8}));
    QVERIFY(near(rangeFor(0, 8, false).high, 8.48, 1e-9)); // not on the edge
    const ValueRange below = rangeFor(-3, 4, false);
    QVERIFY(below.low <= -3 && below.high > 4 && below.low > -6 && below.high < 8);
}

void TestCharts::aPinIsComparedWithTheReading() {
    PlotContent content;
    content.unit = ChartUnit::Seconds;
    content.lines.push_back(
        {.label = QStringLiteral("p99"), .data = {{{1, 0.5}, {2, 1.5}, {3, 1.0}}, 1}, .colour = Qt::red});
    QCOMPARE(readOut(content, 2, {}), (QStringList{QStringLiteral("00:02.000"), QStringLiteral("p99 1.5\u00A0s")}));
    const QStringList compared = readOut(content, 3, 2);
    QCOMPARE(compared[0], QStringLiteral("00:03.000  (+1\u00A0s)"));
    QCOMPARE(compared[1], QStringLiteral("p99 1\u00A0s  (\u2212500\u00A0ms)"));
    content.lines[0].hidden = true;
    QCOMPARE(readOut(content, 2, {}).size(), 1);
    QCOMPARE(differenceText(0, ChartUnit::Count), QStringLiteral("\u00B10"));
}

void TestCharts::chartsAreRememberedAsTheyWere() {
    ChartSpec following;
    following.follows = true;
    following.kind = ChartKind::Depth;
    ChartSpec waits = of("jobs", SeriesScope::Kind::channel, {"waitP50", "waitP99"});
    waits.look = ChartLook::Bands;
    waits.log = true;
    const QList<ChartSpec> both{following, waits};
    QCOMPARE(chartsFrom(toJson(both)), both);
    QVERIFY(chartsFrom("no json").isEmpty());
    QVERIFY(chartsFrom(R"([{"lines":[{"of":"channel","name":"jobs","figure":"no such"}]}])").isEmpty());

    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    m_charts->remember(settings);
    QVERIFY(m_charts->addChart(waits));
    Charts again(*m_session, *m_selection, *m_marks, *m_pool, *m_themes);
    again.remember(settings);
    QCOMPARE(again.cards().size(), std::size_t{2});
    QVERIFY(again.card(0).spec().follows);
    QCOMPARE(again.card(1).spec(), waits);
}

void TestCharts::csvHasAColumnForEveryLine() {
    PlotContent content;
    content.lines.push_back({.label = QStringLiteral("in"), .data = {{{0.5, 10}, {1.5, 20}}, 1}});
    content.lines.push_back({.label = QStringLiteral("a \"b\""), .data = {{{1.5, 3.25}}, 1}});
    content.lines.push_back({.label = QStringLiteral("hidden"), .data = {{{1.5, 1}}, 1}, .hidden = true});
    QCOMPARE(chartCsv(content), QStringLiteral("seconds,\"in\",\"a \"\"b\"\"\"\n0.5,10,\n1.5,20,3.25\n"));
}

// --- the panel ---

void TestCharts::theFirstChartFollowsTheSelection() {
    runTo(SimTime{20s});
    QCOMPARE(m_charts->cards().size(), std::size_t{1});
    QCOMPARE(m_charts->card(0).title(), QStringLiteral("End-to-end latency"));
    m_selection->selectNode(jobs());
    QCOMPARE(m_charts->card(0).title(), QStringLiteral("Wait in jobs"));
    QTest::mouseClick(&m_charts->card(0).button(ChartKind::Depth), Qt::LeftButton);
    QCOMPARE(m_charts->card(0).title(), QStringLiteral("Waiting in jobs"));
    // While the worker is down for five seconds, ten a second pile up, each of 20 ms.
    QTRY_VERIFY(!plot().content().lines.empty());
    double highest = 0;
    for (const QPointF& point : plot().content().lines[0].data.points)
        highest = std::max(highest, point.y());
    QVERIFY2(near(highest, 50, 2), qPrintable(QString::number(highest)));
    m_selection->selectNode(worker());
    QTest::mouseClick(&m_charts->card(0).button(ChartKind::Throughput), Qt::LeftButton);
    QCOMPARE(m_charts->card(0).title(), QStringLiteral("Throughput of worker"));
    // Who only sends has no service time, however long it runs.
    m_selection->selectNode(NodeRef::of(m_session->catalogue()->service("producer")));
    QTest::mouseClick(&m_charts->card(0).button(ChartKind::Latency), Qt::LeftButton);
    QTRY_COMPARE(plot().content().empty, QStringLiteral("producer only sends: Throughput shows how much"));
    QTest::mouseClick(&m_charts->card(0).button(ChartKind::Throughput), Qt::LeftButton);
    QTRY_VERIFY(!plot().content().lines.empty());
}

void TestCharts::aNarrowChartHasItsTitleAboveItsButtons() {
    runTo(SimTime{20s});
    const ChartCard& card = m_charts->card(0);
    const auto& title = *card.findChild<QLabel*>(QString(), Qt::FindDirectChildrenOnly);
    const QToolButton& button = m_charts->card(0).button(ChartKind::Throughput);
    QVERIFY(title.geometry().right() < button.x() && title.geometry().bottom() > button.y());
    m_charts->resize(330, 600);
    QCoreApplication::processEvents();
    QVERIFY(title.geometry().bottom() < button.y());
    QCOMPARE(title.text(), card.title()); // whole
    m_charts->resize(700, 600);
    QCoreApplication::processEvents();
    QVERIFY(title.geometry().right() < button.x() && title.geometry().bottom() > button.y());
}

void TestCharts::aFigureIsFoundByNameAndAdded() {
    runTo(SimTime{20s});
    QTest::mouseClick(&m_charts->card(0).addButton(), Qt::LeftButton);
    MetricPicker& picker = m_charts->picker();
    QVERIFY(picker.isVisible());
    QTest::keyClicks(&picker.field(), QStringLiteral("worker util"));
    QCOMPARE(picker.list().item(0)->text(), QStringLiteral("worker · utilisation"));
    QTest::keyClick(&picker.field(), Qt::Key_Return);
    QVERIFY(!picker.isVisible());
    QCOMPARE(m_charts->cards().size(), std::size_t{2});
    QCOMPARE(m_charts->card(1).title(), QStringLiteral("Utilisation of worker"));
    QTRY_VERIFY(!plot(1).content().isEmpty());
    // Ten a second of 20 ms on one worker.
    QVERIFY(near(*valueAt(plot(1).content().lines[0].data, 5.25), 0.2, 0.01));
    QTest::mouseClick(&m_charts->card(0).addButton(), Qt::LeftButton);
    QTest::keyClicks(&picker.field(), QStringLiteral("tally"));
    QTest::keyClick(&picker.field(), Qt::Key_Return);
    QTRY_VERIFY(!plot(2).content().isEmpty());
    QCOMPARE(m_charts->card(2).title(), QStringLiteral("State of tally done"));
    QTest::mouseClick(&m_charts->card(0).addButton(), Qt::LeftButton);
    QTest::keyClicks(&picker.field(), QStringLiteral("zzzz"));
    QCOMPARE(picker.list().count(), 0);
    QTest::keyClick(&picker.field(), Qt::Key_Return); // nothing to choose
    QCOMPARE(m_charts->cards().size(), std::size_t{3});
}

void TestCharts::aNodeThatIsDroppedBecomesAChart() {
    runTo(SimTime{20s});
    drop(m_charts->rect().center(), jobs());
    QCOMPARE(m_charts->cards().size(), std::size_t{2});
    QCOMPARE(m_charts->card(1).title(), QStringLiteral("Depth of jobs"));
    const QMimeData nothing;
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &nothing, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(m_charts.get(), &enter);
    QVERIFY(!enter.isAccepted());
}

void TestCharts::aNodeDroppedOnAChartBecomesALine() {
    runTo(SimTime{20s});
    m_charts->addChart(of("producer", SeriesScope::Kind::service, {"in"}));
    QTRY_VERIFY(m_charts->card(1).height() > 100);
    ChartCard& card = m_charts->card(1);
    drop(card.mapTo(m_charts.get(), card.rect().center()), jobs());
    QCOMPARE(m_charts->cards().size(), std::size_t{2});
    QCOMPARE(card.lines().size(), 2);
    QCOMPARE(card.lines()[1].figure, QStringLiteral("in")); // like the line that was there
    QCOMPARE(card.lines()[1].name, QStringLiteral("jobs"));
}

void TestCharts::theWheelZoomsWhereThePointerIs() {
    runTo(SimTime{20s});
    const QPointF where = at(5);
    const double before = plot().scale().secondsAt(where.x());
    const double length = m_charts->time().shown().length();
    QWheelEvent wheel(where, plot().mapToGlobal(where), {}, {0, 360}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&plot(), &wheel);
    QVERIFY(near(m_charts->time().shown().length(), length / 2, 1e-9));
    QVERIFY(near(plot().scale().secondsAt(where.x()), before, 1e-9));
}

void TestCharts::draggingMovesAllChartsTogether() {
    runTo(SimTime{20s});
    m_charts->addChart(of("worker", SeriesScope::Kind::service, {"utilization"}));
    m_charts->time().show({4, 8});
    const PlotScale before = plot(1).scale();
    drag(plot(0), at(6), at(5));
    QVERIFY(near(m_charts->time().shown().begin, 5, 0.05));
    QVERIFY(near(plot(1).scale().time.begin, 5, 0.05));
    QVERIFY(near(plot(1).scale().x(9), before.x(8), 5));
    QVERIFY(!m_charts->time().pin()); // a drag is no click
}

void TestCharts::aDoubleClickFitsAgain() {
    runTo(SimTime{20s});
    m_charts->time().show({4, 8});
    QTest::mouseDClick(&plot(), Qt::LeftButton, {}, at(6));
    QVERIFY(m_charts->time().fitted());
    QVERIFY(!m_charts->time().pin());
}

void TestCharts::aClickPinsAcrossCharts() {
    runTo(SimTime{20s});
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    QTest::mouseClick(&plot(0), Qt::LeftButton, {}, at(5));
    QVERIFY(m_charts->time().pin());
    QVERIFY(near(*m_charts->time().pin(), 5, 0.1));
    QTest::mouseMove(&plot(1), at(14, 1));
    QTRY_VERIFY(m_charts->time().hover());
    const QStringList words = readOut(plot(1).content(), *m_charts->time().hover(), m_charts->time().pin());
    QVERIFY(words.size() >= 2);
    QVERIFY2(words[1].contains(QLatin1Char('+')), qPrintable(words[1])); // more wait now
    QTest::mouseClick(&plot(0), Qt::LeftButton, {}, at(5));              // there again: away with it
    QVERIFY(!m_charts->time().pin());
    QTest::keyClick(&plot(0), Qt::Key_Return);
    QVERIFY(m_charts->time().pin());
    QTest::keyClick(&plot(0), Qt::Key_Escape);
    QVERIFY(!m_charts->time().pin());
    QTest::mouseClick(&plot(0), Qt::LeftButton, Qt::ControlModifier, at(5)); // looks there instead
    QVERIFY(!m_charts->time().pin());
    QVERIFY(near(seconds(m_session->now()), 5, 0.1));
}

void TestCharts::shiftWheelZoomsTheValues() {
    runTo(SimTime{20s});
    const auto fitted = [this] {
        const TimeSpan shown = m_charts->time().shown();
        const PlotContent::Extent extent = plot().content().extent(shown.begin, shown.end);
        return rangeFor(extent.lowest, extent.highest, false);
    };
    QTest::keyClick(&plot(), Qt::Key_0);
    QTRY_COMPARE(plot().scale().values, fitted()); // it moves there smoothly
    const PlotScale before = plot().scale();
    const QPointF where = at(5);
    QWheelEvent wheel(where, plot().mapToGlobal(where), {}, {0, 360}, Qt::NoButton, Qt::ShiftModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&plot(), &wheel);
    const PlotScale after = plot().scale();
    QVERIFY(near(after.values.high - after.values.low, (before.values.high - before.values.low) / 2, 1e-9));
    QVERIFY(near(after.valueAt(where.y()), before.valueAt(where.y()), 1e-9));
    QCOMPARE(after.time, before.time);
    QTest::keyClick(&plot(), Qt::Key_0);
    QTRY_COMPARE(plot().scale().values, before.values);
}

void TestCharts::aDragWithShiftIsABrushWithStatistics() {
    runTo(SimTime{20s});
    m_charts->addChart(of("producer", SeriesScope::Kind::service, {"in"}));
    QVERIFY(!m_charts->statistics().isVisible());
    drag(plot(0), at(2), at(6), Qt::ShiftModifier);
    QVERIFY(m_selection->brush());
    QTRY_VERIFY(m_charts->statistics().isVisible());
    m_selection->setBrush(TimeRange{SimTime{2050ms}, SimTime{6050ms}});
    const auto cell = [this](const QString& label, int column) {
        for (int row = 0; row < m_charts->statistics().rowCount(); ++row)
            if (m_charts->statistics().item(row, 0)->text() == label)
                return m_charts->statistics().item(row, column)->text();
        return QString();
    };
    QTRY_COMPARE(cell(QStringLiteral("producer · in"), 1), QStringLiteral("40")); // ten a second for four
    QCOMPARE(cell(QStringLiteral("producer · in"), 2), QStringLiteral("10/s"));
    QCOMPARE(cell(QStringLiteral("whole run · end to end"), 1), QStringLiteral("40"));
    QTest::keyClick(&plot(0), Qt::Key_Escape);
    QVERIFY(!m_selection->brush());
    QTRY_VERIFY(!m_charts->statistics().isVisible());
}

void TestCharts::whatIsNotCountedYetIsNoZero() {
    runTo(SimTime{20s});
    const std::uint64_t records = RecordReader(m_session->store()).end();
    QVERIFY(records > 200);
    SeriesFeed feed;
    QVERIFY(feed.caughtUp());
    feed.start(m_session->store(), {}, {SimTime{10s}, SimTime{14s}});
    QVERIFY(!feed.caughtUp());
    feed.advance(records / 4); // before the brush begins
    QVERIFY(!feed.caughtUp());
    while (feed.advance(50)) {
    }
    QVERIFY(feed.caughtUp());
    QVERIFY(feed.series().complete());
    QCOMPARE(statisticsOf(feed.series(), figureOf("in")).count, std::int64_t{40});

    StatisticsTable table(*m_themes);
    table.setRows({{.label = QStringLiteral("in"), .statistics = std::nullopt, .colour = {}}});
    QCOMPARE(table.item(0, 1)->text(), QStringLiteral("counting…"));
    QCOMPARE(table.item(0, 2)->text(), QStringLiteral("–"));
    table.setRows({{.label = QStringLiteral("in"),
                    .unit = ChartUnit::PerSecond,
                    .statistics = statisticsOf(feed.series(), figureOf("in")),
                    .colour = {}}});
    QCOMPARE(table.item(0, 1)->text(), QStringLiteral("40"));
}

void TestCharts::theLegendHidesALine() {
    runTo(SimTime{20s});
    const QRectF area = plot().area();
    const QPoint first(static_cast<int>(area.right()) + 16, static_cast<int>(area.top()) + 8);
    QVERIFY(!plot().content().lines[0].hidden);
    QTest::mouseClick(&plot(), Qt::LeftButton, {}, first);
    QVERIFY(plot().content().lines[0].hidden);
    QVERIFY(m_charts->card(0).isHidden(QStringLiteral("latencyP99")));
    QTest::mouseClick(&plot(), Qt::LeftButton, {}, first);
    QVERIFY(!plot().content().lines[0].hidden);
}

void TestCharts::aCloserLookHasFinerPoints() {
    runTo(SimTime{60s});
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    QTRY_VERIFY(!plot(1).content().isEmpty());
    const double coarse = plot(1).content().lines[0].data.width;
    QVERIFY(coarse >= 0.05);
    m_charts->time().show({12, 12.5});
    QTRY_VERIFY2(plot(1).content().lines[0].data.width < coarse / 10,
                 qPrintable(QString::number(plot(1).content().lines[0].data.width)));
    // At 12.25 s the worker has been down for 2.25 s: 22 or 23 wait, and one that was taken back.
    const std::optional<double> depth = valueAt(plot(1).content().lines[0].data, 12.25);
    QVERIFY(depth && *depth >= 22 && *depth <= 24);
}

void TestCharts::anotherRunIsDrawnDimmed() {
    runTo(SimTime{20s});
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    Session other; // the same scenario without its crash
    auto scenario = loadScenario(scenarioText);
    scenario.value().faults.clear();
    QVERIFY(other.open(std::move(scenario).value(), {}).empty());
    other.setSpeed(Speed::max());
    other.runUntil(SimTime{20s});
    QTRY_VERIFY(!other.running());
    m_charts->setRuns({{QStringLiteral("run 2"), other.store(), other.catalogue()}});
    QTRY_COMPARE(plot(1).content().lines.size(), std::size_t{2});
    const PlotLine& theirs = plot(1).content().lines[1];
    QVERIFY(theirs.dimmed);
    QVERIFY2(theirs.label.startsWith(QStringLiteral("run 2 · ")), qPrintable(theirs.label));
    QTRY_VERIFY(valueAt(plot(1).content().lines[1].data, 14).has_value());
    QVERIFY(*valueAt(plot(1).content().lines[1].data, 14) <= 1);  // nothing piled up there
    QVERIFY(*valueAt(plot(1).content().lines[0].data, 14) >= 38); // and here it did
    m_charts->setRuns({});
    QCOMPARE(plot(1).content().lines.size(), std::size_t{1});
}

void TestCharts::aForkedRunStaysOnTheCharts() {
    runTo(SimTime{20s});
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    m_session->seek(SimTime{9s});
    m_session->fork();
    QTRY_COMPARE(plot(1).content().lines.size(), std::size_t{2});
    QVERIFY(plot(1).content().lines[1].dimmed);
    // The run before went on to 20 s with its crash; the new one stands at nine.
    QTRY_VERIFY(valueAt(plot(1).content().lines[1].data, 14).has_value());
    QVERIFY(*valueAt(plot(1).content().lines[1].data, 14) >= 38);
    QVERIFY(!valueAt(plot(1).content().lines[0].data, 14));
}

// 100 s have bins of 200 ms, 30 s have bins of 100 ms: up to where it forked both have equal points.
void TestCharts::runsThatWentAlikeLookAlike() {
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth", "waitP99", "in"}));
    runTo(SimTime{100s});
    m_session->seek(SimTime{30s});
    m_session->fork();
    const auto settled = [this](std::size_t card, std::size_t lines) {
        return plot(card).content().lines.size() == lines && !plot(card).content().lines[lines - 1].data.points.isEmpty();
    };
    const auto alike = [this](std::size_t card, double until) {
        const std::vector<PlotLine>& lines = plot(card).content().lines;
        for (std::size_t i = 0; i < lines.size() / 2; ++i) {
            const LinePoints& mine = lines[i].data;
            const LinePoints& theirs = lines[i + lines.size() / 2].data;
            const auto before = [until](const LinePoints& line) {
                QList<QPointF> points;
                for (const QPointF& point : line.points)
                    if (point.x() + line.width < until)
                        points.append(point);
                return points;
            };
            if (mine.width != theirs.width || before(mine).size() < 10 || before(mine) != before(theirs))
                return false;
        }
        return true;
    };
    for (const auto& [card, lines] : {std::pair(0, 6), std::pair(1, 6)}) {
        const auto at = static_cast<std::size_t>(card);
        QTRY_VERIFY(settled(at, static_cast<std::size_t>(lines)));
        QTRY_VERIFY(alike(at, 30));
    }
    m_charts->time().show({11, 19}); // a closer look
    QTRY_VERIFY(plot(1).content().lines[0].data.width < 0.05);
    QTRY_VERIFY(alike(1, 18));
}

void TestCharts::aLevelIsPutTogetherFromSeveralBins() {
    const Facts facts;
    Series series({SeriesScope::Kind::channel, 0});
    Ordinal ordinal = 0;
    for (const Duration at : {10ms, 60ms, 110ms, 160ms}) // one more in every bin
        series.apply(facts.record(RecordKind::enqueued, at, ++ordinal, facts.queue), facts.catalogue);
    const LinePoints line = linePoints(series, figureOf("depth"), 2);
    QCOMPARE(line.width, 0.1);
    QCOMPARE(line.points, (QList<QPointF>{{0.025, 0}, {0.075, 2}, {0.125, 2}, {0.175, 4}}));
}

void TestCharts::chartsOfOtherScenariosWait() {
    QSettings settings(QStringLiteral("weir"), QStringLiteral("charts of others"));
    settings.clear();
    m_charts->remember(settings);
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    m_charts->addChart(of("tasks", SeriesScope::Kind::channel, {"depth"})); // of a scenario that is not open
    QVERIFY(m_charts->card(1).isVisible());
    QVERIFY(!m_charts->card(2).isVisible());
    std::string text(scenarioText);
    for (std::size_t at = 0; (at = text.find("jobs", at)) != std::string::npos;)
        text.replace(at, 4, "tasks");
    auto other = loadScenario(text);
    QVERIFY(other.ok());
    QVERIFY(m_session->open(std::move(other).value(), {}).empty());
    QVERIFY(m_charts->card(0).isVisible()); // it follows what is selected
    QVERIFY(!m_charts->card(1).isVisible());
    QVERIFY(m_charts->card(2).isVisible());
    QCOMPARE(chartsFrom(settings.value(QStringLiteral("charts/all")).toByteArray()).size(), 3); // none is forgotten
    auto first = loadScenario(scenarioText);
    QVERIFY(m_session->open(std::move(first).value(), {}).empty());
    QVERIFY(m_charts->card(1).isVisible());
    QVERIFY(!m_charts->card(2).isVisible());
    // Nor is it of no scenario at all.
    Session nothing;
    RunMarks marks(nothing);
    Charts empty(nothing, *m_selection, marks, *m_pool, *m_themes);
    empty.remember(settings);
    QVERIFY(empty.card(0).isVisibleTo(&empty));
    QVERIFY(!empty.card(1).isVisibleTo(&empty));
}

void TestCharts::chartsOfBeforeBeginAtTheTop() {
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    m_charts->remember(settings);
    for (const char* figure : {"depth", "in", "out"})
        m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {figure}));
    Charts again(*m_session, *m_selection, *m_marks, *m_pool, *m_themes);
    again.resize(400, 160);
    again.remember(settings);
    again.show();
    QVERIFY(QTest::qWaitForWindowExposed(&again));
    QCoreApplication::processEvents();
    const auto* const bar = again.findChild<QScrollArea*>()->verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), 0);
}

// Each job takes 20 ms, so that all percentiles are one line.
void TestCharts::equalLinesAreToldApart() {
    m_selection->selectNode(worker());
    runTo(SimTime{9s});
    const std::vector<PlotLine>& lines = plot().content().lines;
    QCOMPARE(lines.size(), std::size_t{3});
    QCOMPARE(lines[0].data.points, lines[2].data.points);
    const Theme& theme = m_themes->theme();
    const QImage picture = chartImage(m_charts->card(0), theme, QSize(700, 300), 4);
    for (const QColor& ink : {theme.danger, theme.warn, theme.accent}) {
        bool seen = false;
        for (int y = 0; y < picture.height(); ++y)
            seen = seen || picture.pixelColor(picture.width() / 2, y) == ink;
        QVERIFY2(seen, qPrintable(ink.name()));
    }
}

void TestCharts::bandsHeatMapAndLogAxisAreDrawn() {
    runTo(SimTime{20s});
    ChartCard& card = m_charts->card(0);
    const auto pick = [&](const QString& text) {
        QMenu menu;
        card.fillMenu(menu, std::nullopt);
        for (QAction* action : menu.actions())
            if (action->text() == text) {
                action->trigger();
                return;
            }
        QFAIL(qPrintable(text));
    };
    pick(QStringLiteral("Percentile bands"));
    QCOMPARE(plot().content().bands.size(), std::size_t{2});
    QVERIFY(!plot().content().bands[0].high.points.isEmpty());
    pick(QStringLiteral("Logarithmic axis"));
    QVERIFY(plot().scale().log);
    QVERIFY(plot().scale().values.low > 0);
    pick(QStringLiteral("Heat map"));
    QVERIFY(plot().content().heat && plot().content().heat->highest > 0);
    // What is counted shows in the palette's colours: far more of the area than its ground alone would have.
    const QImage picture = plot().grab().toImage();
    const QColor ground = m_themes->theme().surface;
    const QPoint crash = at(15.2);
    int coloured = 0;
    for (int y = static_cast<int>(plot().area().top()) + 4; y < plot().area().bottom() - 4; ++y)
        coloured += picture.pixelColor(crash.x(), y) != ground ? 1 : 0;
    QVERIFY2(coloured > 10, qPrintable(QString::number(coloured)));
    QTest::mouseClick(&card.button(ChartKind::Throughput), Qt::LeftButton); // no times: it says so
    QVERIFY(plot().content().heat == std::nullopt);
}

void TestCharts::aChartIsExportedInEveryFormat() {
    runTo(SimTime{20s});
    QTemporaryDir folder;
    const ChartCard& card = m_charts->card(0);
    for (const char* ending : {"png", "svg", "csv"})
        QVERIFY(
            !exportChart(card, m_themes->theme(), folder.filePath(QStringLiteral("chart.") + QLatin1String(ending))));
    const QImage png(folder.filePath(QStringLiteral("chart.png")));
    QVERIFY(png.width() >= 1280); // twice
    QFile svg(folder.filePath(QStringLiteral("chart.svg")));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    const QByteArray drawing = svg.readAll();
    QVERIFY(drawing.contains("<polyline") || drawing.contains("<path"));
    QVERIFY(drawing.contains("End-to-end latency"));
    QFile csv(folder.filePath(QStringLiteral("chart.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = csv.readAll().split('\n');
    QCOMPARE(lines[0], QByteArray("seconds,\"p99 (s)\",\"p90 (s)\",\"p50 (s)\""));
    QVERIFY(lines.size() > 20);
    const std::optional<Error> wrong =
        exportChart(card, m_themes->theme(), folder.filePath(QStringLiteral("chart.doc")));
    QVERIFY(wrong && wrong->given == "doc");
    QVERIFY(exportChart(card, m_themes->theme(), QStringLiteral("/no such folder/chart.png")));
}

void TestCharts::chartsMoveAndGo() {
    m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    ChartCard* second = m_charts->cards()[1];
    QMenu menu;
    second->fillMenu(menu, std::nullopt);
    for (QAction* action : menu.actions())
        if (action->text() == QStringLiteral("Move up"))
            action->trigger();
    QCOMPARE(m_charts->cards()[0], second);
    QVERIFY(second->addButton().isVisible());
    QVERIFY(!m_charts->card(1).addButton().isVisible());
    second->removeLine(second->lines()[0]); // its last line
    QCOMPARE(m_charts->cards().size(), std::size_t{1});
    for (qsizetype i = 0; i < 2 * chartsMax; ++i)
        m_charts->addChart(of("jobs", SeriesScope::Kind::channel, {"depth"}));
    QCOMPARE(static_cast<qsizetype>(m_charts->cards().size()), chartsMax);
}

void TestCharts::withoutAnyChartThePanelSaysWhatToDo() {
    QMenu menu;
    m_charts->card(0).fillMenu(menu, std::nullopt);
    for (QAction* action : menu.actions())
        if (action->text() == QStringLiteral("Remove this chart"))
            action->trigger();
    QVERIFY(m_charts->cards().empty());
    auto buttons = m_charts->findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    QCOMPARE(buttons.size(), 1);
    QVERIFY(buttons[0]->isVisible());
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QVERIFY(m_charts->picker().isVisible());
    QTest::keyClicks(&m_charts->picker().field(), QStringLiteral("jobs depth"));
    QTest::keyClick(&m_charts->picker().field(), Qt::Key_Return);
    QCOMPARE(m_charts->cards().size(), std::size_t{1});
    QVERIFY(!buttons[0]->isVisible());
}

void TestCharts::liveSystemsShowResponsesWhereNothingTellsTheEnd() {
    const Facts facts;
    Series series;
    series.apply(facts.record(RecordKind::acked, 0ms, 1, facts.consumer, 30'000'000), facts.catalogue);
    series.apply(facts.record(RecordKind::acked, 600ms, 2, facts.consumer, 10'000'000), facts.catalogue);
    QVERIFY(linePoints(series, figureOf("latencyP99"), 10).points.isEmpty());
    const LinePoints answered = linePoints(series, figureForRun(series, figureOf("latencyP99")), 10);
    QCOMPARE(answered.points.size(), 1);
    QVERIFY(near(answered.points[0].y(), 0.03, 0.0003));
    Record done = facts.record(RecordKind::completed, 610ms, 2, PlaceId::none(), 20'000'000);
    series.apply(done, facts.catalogue);
    QCOMPARE(figureForRun(series, figureOf("latencyP99")).measure, Measure::Latency);
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"

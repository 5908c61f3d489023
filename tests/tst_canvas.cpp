// The canvas, driven as people drive it: real mouse, wheel and key events; messages of a real run on their way.
#include "support/canvas_stage.h"
#include "ui/canvas/bottleneck_banner.h"

#include <QImage>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace weir;

namespace {

// Two jobs a second for 60 s, 100 ms of work each, one worker: a queue that stays short.
constexpr std::string_view calm = R"({
  "weir": "1", "title": "Calm", "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead" }, "dead": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "500ms" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "100ms" } ] }
  },
  "layout": { "producer": [0, 0], "jobs": [300, 0], "consumer": [600, 0], "dead": [300, 200] }
})";

// Ten a second for a worker that manages five: the queue grows by five a second, one worker more would hold it.
constexpr std::string_view overloaded = R"({
  "weir": "1", "title": "Overloaded", "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead" }, "dead": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "100ms" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "200ms" } ] }
  }
})";

} // namespace

class TestCanvas : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aGivenLayoutStandsAndEverythingIsSeen();
    void withoutALayoutItFindsOne();
    void theWheelKeepsThePointUnderTheCursor();
    void draggingTheGroundMovesTheView();
    void draggingANodeArrangesItAndRestartKeepsThat();
    void aClickSelectsAndOneBesideClears();
    void arrowKeysWalkTheGraph();
    void aSelectionFromElsewhereIsShown();
    void keysAndButtonsZoom();
    void doubleClickCentres();
    void messagesTakeOffAndPauseFreezesThem();
    void whatIsNotDrawnIsCounted();
    void moreThanCanBeToldApartBecomesRivers();
    void aStepShowsItsHopAndItsReceiver();
    void aLeapClearsTheRoads();
    void reducedMotionLaunchesNothing();
    void theBottleneckIsNamedAndLeadsThere();
    void hoverTellsFiguresWithUnits();
    void aBindingTellsItsPatternAndAnAlternateThatItIsOne();
    void whoLeadsAStreamIsSeenAndThatNobodyDoes();
    void aGroupThatIsRebalancingShows();
    void partitionsThatFindNoRoomAreOneLane();
    void whoIsBusyForAMomentIsNotAlarming();
    void itStandsStillWithoutATimer();
};

void TestCanvas::aGivenLayoutStandsAndEverythingIsSeen() {
    const Stage stage(calm);
    const Scene& scene = stage.canvas.scene();
    QVERIFY(scene.placed());
    QCOMPARE(scene.boxes[*scene.topology.service("producer")].center(), QPointF(0, 0));
    QCOMPARE(scene.boxes[*scene.topology.channel("dead")].center(), QPointF(300, 200));
    const QRectF all(stage.canvas.rect());
    for (const QRectF& box : scene.boxes)
        QVERIFY(all.contains(stage.canvas.view().toView(box)));
}

void TestCanvas::withoutALayoutItFindsOne() {
    const Stage stage(overloaded);
    const Scene& scene = stage.canvas.scene();
    QTRY_VERIFY(scene.placed());
    const QRectF producer = scene.boxes[*scene.topology.service("producer")];
    const QRectF jobs = scene.boxes[*scene.topology.channel("jobs")];
    const QRectF consumer = scene.boxes[*scene.topology.service("consumer")];
    const QRectF dead = scene.boxes[*scene.topology.channel("dead")];
    QVERIFY(producer.right() < jobs.left());
    QVERIFY(jobs.right() < consumer.left());
    QVERIFY(dead.top() > jobs.bottom());
}

void TestCanvas::theWheelKeepsThePointUnderTheCursor() {
    Stage stage(calm);
    const QPointF at(310, 220);
    const QPointF held = stage.canvas.view().toScene(at);
    const qreal before = stage.canvas.view().scale;
    stage.wheel(at, 240);
    QVERIFY(stage.canvas.view().scale > before);
    QVERIFY((stage.canvas.view().toScene(at) - held).manhattanLength() < 1e-6);
    stage.wheel(at, -100'000);
    QCOMPARE(stage.canvas.view().scale, ViewTransform::scaleMin);
    QVERIFY((stage.canvas.view().toScene(at) - held).manhattanLength() < 1e-6);
}

void TestCanvas::draggingTheGroundMovesTheView() {
    Stage stage(calm);
    const QPointF offset = stage.canvas.view().offset;
    stage.drag({60, 540}, {160, 500});
    QCOMPARE(stage.canvas.view().offset, offset + QPointF(100, -40));
}

void TestCanvas::draggingANodeArrangesItAndRestartKeepsThat() {
    Stage stage(calm);
    const QPoint from = stage.queueCentre("dead").toPoint();
    const qreal scale = stage.canvas.view().scale;
    stage.drag(from, from + QPoint(qRound(80 * scale), qRound(40 * scale)));
    const Scene& scene = stage.canvas.scene();
    const QPointF now = scene.boxes[*scene.topology.channel("dead")].center();
    QVERIFY((now - QPointF(380, 240)).manhattanLength() <= 6); // on the grid
    QVERIFY(!stage.selection.node().channel().valid());        // a drag is no click
    stage.session.restart();
    QCOMPARE(scene.boxes[*scene.topology.channel("dead")].center(), now);
}

void TestCanvas::aClickSelectsAndOneBesideClears() {
    Stage stage(calm);
    QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, stage.centre("consumer").toPoint());
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("consumer")));
    QCOMPARE(stage.canvas.scene().selected, stage.canvas.scene().topology.service("consumer"));
    QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, {20, 560});
    QCOMPARE(stage.selection.node(), NodeRef{});
    QVERIFY(!stage.canvas.scene().selected);
}

void TestCanvas::arrowKeysWalkTheGraph() {
    Stage stage(calm);
    const Session& session = stage.session;
    QTest::keyClick(&stage.canvas, Qt::Key_Right); // nothing selected yet: the leftmost
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("producer")));
    QTest::keyClick(&stage.canvas, Qt::Key_Right);
    QCOMPARE(stage.selection.node(), NodeRef::of(session.catalogue()->channel("jobs")));
    QTest::keyClick(&stage.canvas, Qt::Key_Right);
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("consumer")));
    QTest::keyClick(&stage.canvas, Qt::Key_Left);
    QTest::keyClick(&stage.canvas, Qt::Key_Down);
    QCOMPARE(stage.selection.node(), NodeRef::of(session.catalogue()->channel("dead")));
    QTest::keyClick(&stage.canvas, Qt::Key_Escape);
    QCOMPARE(stage.selection.node(), NodeRef{});
}

void TestCanvas::aSelectionFromElsewhereIsShown() {
    Stage stage(calm);
    const QImage before = stage.canvas.grab().toImage();
    stage.selection.selectNode(NodeRef::of(stage.service("producer")));
    const QImage after = stage.canvas.grab().toImage();
    const Scene& scene = stage.canvas.scene();
    const QRect frame = stage.canvas.view().toView(scene.boxes[*scene.topology.service("producer")]).toAlignedRect();
    QVERIFY(before.copy(frame) != after.copy(frame));
    const QColor accent = stage.themes.theme().accent;
    const auto framed = [&](int x) {
        const QColor edge = after.pixelColor(frame.left() + x, frame.center().y());
        return std::abs(edge.red() - accent.red()) + std::abs(edge.blue() - accent.blue()) < 60;
    };
    QVERIFY(framed(-1) || framed(0) || framed(1));
}

void TestCanvas::keysAndButtonsZoom() {
    Stage stage(calm);
    const ViewTransform fitted = stage.canvas.view();
    const auto press = [&stage](const char* name) {
        QTest::mouseClick(stage.canvas.findChild<QToolButton*>(QLatin1String(name)), Qt::LeftButton);
    };
    press("zoomIn");
    QCOMPARE(stage.canvas.view().scale, fitted.scale * 1.25);
    press("zoomWhole");
    QCOMPARE(stage.canvas.view().scale, 1.0);
    press("zoomOut");
    QCOMPARE(stage.canvas.view().scale, 0.8);
    press("zoomFit");
    QCOMPARE(stage.canvas.view(), fitted);
    stage.canvas.setFocus();
    QTest::keyClick(&stage.canvas, Qt::Key_Equal);
    QCOMPARE(stage.canvas.view().scale, fitted.scale * 1.25);
}

void TestCanvas::doubleClickCentres() {
    Stage stage(calm);
    QTest::mouseDClick(&stage.canvas, Qt::LeftButton, {}, stage.centre("producer").toPoint());
    QVERIFY((stage.centre("producer") - QPointF(500, 300)).manhattanLength() < 2);
}

void TestCanvas::messagesTakeOffAndPauseFreezesThem() {
    Stage stage(calm);
    stage.session.setSpeed({.factor = 2});
    stage.session.run();
    QTRY_VERIFY(stage.canvas.feed().traffic().moving());
    QVERIFY(stage.canvas.animating());
    stage.session.pause();
    QVERIFY(!stage.canvas.animating());
    const double clock = stage.canvas.feed().traffic().now();
    const QImage one = stage.canvas.grab().toImage();
    QCoreApplication::processEvents();
    QCOMPARE(stage.canvas.feed().traffic().now(), clock);
    QVERIFY(stage.canvas.grab().toImage() == one);
    stage.session.run();
    QTRY_VERIFY(stage.canvas.feed().traffic().now() > clock);
}

void TestCanvas::whatIsNotDrawnIsCounted() {
    Stage stage(calm);
    stage.session.setSpeed(Speed::max());
    stage.session.run();
    QTRY_VERIFY(!stage.session.running());
    const Traffic& traffic = stage.canvas.feed().traffic();
    // 120 jobs, from 0.5 s to 60 s: each is published, enqueued and delivered; enqueued is not a hop of its own, for no
    // exchange passed it on, but where records are only counted it is counted.
    QVERIFY(traffic.launched() + traffic.leftOut() >= 2 * 119);
    QVERIFY(traffic.launched() + traffic.leftOut() <= 3 * 121);
}

void TestCanvas::moreThanCanBeToldApartBecomesRivers() {
    Stage stage(overloaded);
    stage.canvas.setFlightsMax(1);
    stage.session.setSpeed({.factor = 20}); // some 400 hops a second, each to be seen for over 100 ms
    stage.session.run();
    QTRY_VERIFY(stage.canvas.feed().river());
    QVERIFY(stage.canvas.feed().leftOut() > 0);
    QVERIFY(stage.canvas.animating());
    stage.session.pause();
    QVERIFY(!stage.canvas.animating());
}

void TestCanvas::aStepShowsItsHopAndItsReceiver() {
    Stage stage(calm);
    stage.session.step();
    const std::optional<Focus>& focus = stage.canvas.feed().focus();
    QVERIFY(focus.has_value());
    QCOMPARE(focus->record.kind, RecordKind::published);
    QVERIFY(focus->hop.has_value());
    const Scene& scene = stage.canvas.scene();
    QCOMPARE(std::size_t{focus->hop->from}, *scene.topology.service("producer"));
    QCOMPARE(std::size_t{focus->node}, *scene.topology.channel("jobs"));
    QVERIFY(stage.canvas.animating());
    QTRY_COMPARE(focus->share, 1.0);
    QTRY_VERIFY(!stage.canvas.animating());
    stage.session.step();
    const RecordKind second = focus->record.kind;
    stage.session.step();
    stage.session.stepBack();
    QCOMPARE(focus->record.kind, second);
    QCOMPARE(focus->share, 1.0); // it has happened: nothing flies
}

void TestCanvas::aLeapClearsTheRoads() {
    Stage stage(calm);
    stage.session.setSpeed({.factor = 5});
    stage.session.run();
    QTRY_VERIFY(stage.session.now() > SimTime{2s} && stage.canvas.feed().traffic().moving());
    stage.session.pause();
    stage.session.seek(SimTime{1s});
    QVERIFY(stage.canvas.feed().traffic().flights().empty());
    QVERIFY(!stage.canvas.feed().focus());
}

void TestCanvas::reducedMotionLaunchesNothing() {
    Stage stage(calm);
    stage.canvas.setReducedMotion(true);
    stage.session.setSpeed({.factor = 20});
    stage.session.run();
    QTRY_VERIFY(stage.session.now() > SimTime{3s});
    QCOMPARE(stage.canvas.feed().traffic().launched(), std::uint64_t{0});
    stage.session.pause();
    stage.session.step();
    QCOMPARE(stage.canvas.feed().focus()->share, 1.0);
}

void TestCanvas::theBottleneckIsNamedAndLeadsThere() {
    Stage stage(overloaded);
    auto* banner = stage.canvas.findChild<BottleneckBanner*>();
    QVERIFY(!banner->isVisible());
    stage.session.setSpeed({.factor = 60});
    stage.session.runUntil(SimTime{20s});
    QTRY_VERIFY(!stage.session.running());
    QVERIFY(banner->isVisible());
    QVERIFY(banner->accessibleName().contains(QLatin1String("consumer")));
    QVERIFY(banner->accessibleDescription().contains(QLatin1String("jobs")));
    QTest::mouseClick(banner, Qt::LeftButton);
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("consumer")));
}

void TestCanvas::hoverTellsFiguresWithUnits() {
    Stage stage(calm);
    stage.session.setSpeed(Speed::max());
    stage.session.runUntil(SimTime{30s});
    QTRY_VERIFY(!stage.session.running());
    const auto hover = [&stage](QPointF at) {
        QHelpEvent event(QEvent::ToolTip, at.toPoint(), stage.canvas.mapToGlobal(at.toPoint()));
        QApplication::sendEvent(&stage.canvas, &event);
        return QToolTip::text();
    };
    const QString service = hover(stage.centre("consumer"));
    QVERIFY2(service.contains(QLatin1String("consumer")) && service.contains(QLatin1String("%")), qPrintable(service));
    const QString queue = hover(stage.queueCentre("jobs"));
    static const QRegularExpression aboutTwo(
        QStringLiteral(R"(>(1\.[89]\d?|2|2\.[012]\d?)/s<)")); // as the scenario says
    QVERIFY2(queue.contains(aboutTwo), qPrintable(queue));
    const QPointF between = (stage.centre("producer") + stage.queueCentre("jobs")) / 2;
    const QString edge = hover(between);
    QVERIFY2(edge.contains(QStringLiteral("producer → jobs")) && edge.contains(aboutTwo), qPrintable(edge));
}

void TestCanvas::aBindingTellsItsPatternAndAnAlternateThatItIsOne() {
    Stage stage(R"({ "weir": "1", "events": { "a": {} },
      "channels": { "front": { "kind": "exchange", "alternate": "stray" }, "stray": { "kind": "exchange" },
                    "work": { "kind": "queue", "bind": [ { "to": "front", "pattern": "order.*" },
                                                         { "to": "front", "pattern": "bill.#" } ] } },
      "services": { "shop": { "sources": [ { "emit": "a", "to": "front", "arrivals": { "every": "1s" } } ] } },
      "layout": { "shop": [-300, 0], "front": [0, 0], "work": [300, -100], "stray": [300, 100] } })");
    const Scene& scene = stage.canvas.scene();
    const auto words = [&](const char* from, const char* to) {
        const auto edge = scene.topology.edge(GraphEdge{
            .kind = EdgeKind::route,
            .from = static_cast<std::uint32_t>(*scene.topology.channel(from)),
            .to = static_cast<std::uint32_t>(*scene.topology.channel(to)),
        });
        const QPoint at = stage.canvas.view().toView(scene.curves[*edge].at(0.5)).toPoint();
        QHelpEvent event(QEvent::ToolTip, at, stage.canvas.mapToGlobal(at));
        QApplication::sendEvent(&stage.canvas, &event);
        return QToolTip::text();
    };
    const QString binding = words("front", "work");
    QVERIFY2(binding.contains(QLatin1String("order.*")) && binding.contains(QLatin1String("bill.#")),
             qPrintable(binding));
    const QString alternate = words("front", "stray");
    QVERIFY2(alternate.contains(QLatin1String("takes what no binding does")), qPrintable(alternate));
}

void TestCanvas::whoLeadsAStreamIsSeenAndThatNobodyDoes() {
    Stage stage(R"({ "weir": "1", "run": { "seed": 1, "for": "60s" }, "events": { "a": {} },
      "nodes": { "b1": {}, "b2": {}, "b3": {} },
      "channels": { "log": { "kind": "stream", "replicas": 3, "leader": "b1", "election": "2s" } },
      "services": { "shop": { "sources": [ { "emit": "a", "to": "log", "arrivals": { "every": "100ms" } } ] } },
      "faults": [ { "at": "10s", "nodeDown": "b1", "for": "20s" } ] })");
    QTRY_VERIFY(stage.canvas.scene().placed());
    stage.session.setSpeed(Speed::max());
    const auto at = [&stage](Duration time) -> const NodeFace& {
        stage.session.runUntil(SimTime{time});
        [&stage] { QTRY_VERIFY(!stage.session.running()); }();
        QCoreApplication::processEvents();
        return stage.canvas.scene().faces[*stage.canvas.scene().topology.channel("log")];
    };
    const NodeFace before = at(5s);
    QCOMPARE(before.leaders, std::vector<QString>{QStringLiteral("b1")});
    QCOMPARE(before.lanes.at(0).leader, QStringLiteral("b1"));
    QCOMPARE(before.inSync, 3);
    QCOMPARE(before.replicas, 3);
    const NodeFace between = at(11s);
    QVERIFY(between.leaders.empty());
    QCOMPARE(between.leaderless, std::size_t{1});
    QVERIFY(between.status == Tone::Danger);
    const NodeFace after = at(15s);
    QCOMPARE(after.leaders.size(), std::size_t{1});
    QVERIFY(after.leaders.front() != QLatin1String("b1"));
    QCOMPARE(after.inSync, 2);
    QVERIFY(after.status == Tone::Ok);
}

void TestCanvas::aGroupThatIsRebalancingShows() {
    Stage stage(R"({ "weir": "1", "run": { "seed": 1, "for": "60s" }, "events": { "a": {} },
      "channels": { "log": { "kind": "stream", "partitions": 2, "group": { "rebalanceTakes": "2s", "sessionTimeout": "5s" } } },
      "services": { "shop": { "sources": [ { "emit": "a", "to": "log", "arrivals": { "every": "100ms" } } ] },
                    "reader": { "instances": 2, "handlers": [ { "on": "log", "takes": "1ms" } ] } },
      "faults": [ { "at": "10s", "crash": "reader", "instance": 1, "for": "30s" } ] })");
    QTRY_VERIFY(stage.canvas.scene().placed());
    stage.session.setSpeed(Speed::max());
    const auto rebalancing = [&stage](Duration time) {
        stage.session.runUntil(SimTime{time});
        [&stage] { QTRY_VERIFY(!stage.session.running()); }();
        QCoreApplication::processEvents();
        return stage.canvas.scene().faces[*stage.canvas.scene().topology.channel("log")].rebalancing;
    };
    QVERIFY(!rebalancing(9s));
    QVERIFY(!rebalancing(12s)); // nobody has noticed yet
    QVERIFY(rebalancing(16s));
    QVERIFY(!rebalancing(18s));
}

// What was a queue is a stream on another broker: in a queue's room it must not cover its neighbour.
void TestCanvas::partitionsThatFindNoRoomAreOneLane() {
    const Stage stage(R"({ "weir": "1", "profile": "kafka", "events": { "a": {} },
      "channels": { "left": { "kind": "queue" }, "right": { "kind": "queue" }, "far": { "kind": "queue" } },
      "services": { "shop": { "sources": [ { "emit": "a", "to": "left", "arrivals": { "every": "1s" } } ] } },
      "layout": { "shop": [-300, 0], "left": [0, 0], "right": [0, 70], "far": [0, 400] } })");
    const Scene& scene = stage.canvas.scene();
    const auto box = [&scene](const char* name) { return scene.boxes[*scene.topology.channel(name)]; };
    QVERIFY(!box("left").intersects(box("right")));
    QVERIFY(box("far").height() > box("left").height());
    QVERIFY(scene.faces[*scene.topology.channel("left")].lanes.size() > 1); // drawn in one
}

// One job of a tenth of a second in ten: its only worker is all busy in it, and it is still seldom busy.
void TestCanvas::whoIsBusyForAMomentIsNotAlarming() {
    Stage stage(R"({ "weir": "1", "title": "Seldom", "run": { "seed": 1, "for": "60s" },
      "events": { "job": {} }, "channels": { "jobs": { "kind": "queue" } },
      "services": { "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "times": ["10s", "20s", "30s", "40s"] } } ] },
                    "consumer": { "handlers": [ { "on": "jobs", "takes": "100ms" } ] } } })");
    QTRY_VERIFY(stage.canvas.scene().placed());
    stage.session.setSpeed(Speed::max());
    stage.session.runUntil(SimTime{45s});
    QTRY_VERIFY(!stage.session.running());
    stage.session.seek(SimTime{40'050ms});
    const Scene& scene = stage.canvas.scene();
    const std::size_t node = *scene.topology.service("consumer");
    QTRY_COMPARE(scene.faces[node].busy, 1);
    QVERIFY(scene.faces[node].utilization < 10);
    const QRectF box = scene.boxes[node];
    const QPointF slot = stage.canvas.view().toView(QPointF(box.center().x(), box.top() + 55));
    QTRY_COMPARE(stage.canvas.grab().toImage().pixelColor(slot.toPoint()), stage.themes.theme().accent);
}

void TestCanvas::itStandsStillWithoutATimer() {
    Stage stage(calm);
    QVERIFY(!stage.canvas.animating());
    Stage empty;
    QVERIFY(!empty.canvas.animating());
    QTest::keyClick(&empty.canvas, Qt::Key_Right);
    empty.wheel({100, 100}, 120);
    QVERIFY(!empty.canvas.scene().placed());
}

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"

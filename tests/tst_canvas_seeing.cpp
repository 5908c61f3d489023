// What the canvas does for seeing more: groups, minimap, finding, walking in words, heat, highlighted paths, pictures,
// and the twin for those who listen.
#include "support/canvas_stage.h"
#include "ui/canvas/canvas_accessible.h"
#include "ui/canvas/canvas_export.h"
#include "ui/canvas/export_actions.h"
#include "ui/canvas/finder.h"
#include "ui/canvas/heat_legend.h"
#include "ui/canvas/minimap.h"
#include "ui/canvas/zoom_bar.h"

#include <QAccessible>
#include <QAction>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>

#include <map>
#include <set>

using namespace weir;

namespace {

// Two jobs a second for 60 s, 100 ms of work each, one worker; the work is one group.
constexpr std::string_view grouped = R"({
  "weir": "1", "title": "Grouped", "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "data": { "n": "{count}" } }, "done": { "data": {} } },
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead" }, "dead": { "kind": "queue" },
                "results": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "500ms" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "100ms", "then": { "emit": "done", "to": "results" } } ] },
    "archive": { "handlers": [ { "on": "results", "takes": "10ms" } ] }
  },
  "groups": { "Work": ["jobs", "consumer", "dead"] },
  "layout": { "producer": [0, 0], "jobs": [300, 0], "consumer": [560, 0], "dead": [300, 160],
              "results": [840, 0], "archive": [1100, 0] }
})";

struct Seeing : Stage {
    explicit Seeing(std::string_view text = grouped) : Stage(text) {}
    std::size_t node(const char* name) const {
        const FlowGraph& graph = canvas.scene().topology;
        const auto service = graph.service(name);
        return service ? *service : *graph.channel(name);
    }
    void runTo(SimTime time) {
        session.setSpeed(Speed::max());
        session.runUntil(time);
        QTRY_VERIFY(!session.running());
    }
    QPoint at(QPointF scene) const { return canvas.view().toView(scene).toPoint(); }
    const SceneGroup& group() const { return canvas.scene().groups.at(0); }
};

} // namespace

class TestCanvasSeeing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aFrameHoldsItsMembersAndNoOthers();
    void noEdgeStrikesThroughAGroupsName();
    void aDoubleClickOnTheTitleFoldsAndUnfolds();
    void theChevronFoldsAndNothingJumps();
    void aFoldedGroupSumsItsMembersAndMergesTheirEdges();
    void draggingAFrameMovesItsMembers();
    void theFileSaysWhatIsFolded();
    void theMinimapShowsOnlyWhenSomethingIsOutsideAndMovesTheView();
    void findingWalksTheHitsAndEscapeCloses();
    void whatIsFoundUnfoldsItsGroup();
    void fFocusesThenFits();
    void walkingIsSaidInWords();
    void aStepIsSaidInWords();
    void everyNodeIsAChildWithNameAndPlace();
    void pressingANodesTwinSelectsIt();
    void heatColoursNodesAndNamesItsScale();
    void aSelectedMessagesWayIsLitAndNumbered();
    void stepsThatFollowEachOtherAreOneStretch();
    void aConversationIsLitAsAWhole();
    void anEventTypesWayIsLitWithoutNumbers();
    void textIsNeverSmallerThanCanBeRead();
    void ratesAreNotHiddenByMessages();
    void theSvgHoldsTheNamesAndTheWholeScene();
    void thePngComesAtOneToThreePixelsAPoint();
    void aFrameOfAFilmHasNothingToPress();
    void mermaidTellsWhatIsShown();
    void aFileThatCannotBeWrittenIsSaid();
    void reducedMotionIsToldOnce();
};

void TestCanvasSeeing::aFrameHoldsItsMembersAndNoOthers() {
    const Seeing stage;
    const QRectF frame = stage.group().box;
    for (const char* name : {"jobs", "consumer", "dead"})
        QVERIFY2(frame.contains(stage.canvas.scene().boxes[stage.node(name)]), name);
    for (const char* name : {"producer", "results", "archive"})
        QVERIFY2(!frame.intersects(stage.canvas.scene().boxes[stage.node(name)]), name);
}

// Whatever shape the nodes take: the same workload on a broker of logs moves every edge.
void TestCanvasSeeing::noEdgeStrikesThroughAGroupsName() {
    QFile file(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    Seeing stage(text);
    for (const char* broker : {"", "kafka", "nats-jetstream"}) {
        if (*broker)
            QVERIFY(stage.session.runOn(broker).empty());
        const Scene& scene = stage.canvas.scene();
        QCOMPARE(scene.groups.size(), std::size_t{4});
        for (const SceneGroup& group : scene.groups) {
            QVERIFY(group.words().width() > 30);
            for (std::size_t edge = 0; edge < scene.curves.size(); ++edge)
                for (int step = 0; scene.drawn(edge) && step <= 400; ++step)
                    QVERIFY2(!group.words().adjusted(2, 2, -2, -2).contains(scene.curves[edge].at(step / 400.0)),
                             qPrintable(QStringLiteral("%1: edge %2 crosses %3")
                                            .arg(QLatin1String(broker))
                                            .arg(edge)
                                            .arg(group.name)));
        }
    }
}

void TestCanvasSeeing::aDoubleClickOnTheTitleFoldsAndUnfolds() {
    Seeing stage;
    QSignalSpy folded(&stage.canvas, &Canvas::groupFolded);
    const QPoint title = stage.at(stage.group().box.topLeft() + QPointF(30, 12));
    QTest::mouseDClick(&stage.canvas, Qt::LeftButton, {}, title);
    QVERIFY(stage.group().folded);
    QCOMPARE(folded.takeFirst(), (QVariantList{QStringLiteral("Work"), true}));
    QTest::mouseDClick(&stage.canvas, Qt::LeftButton, {}, stage.at(stage.group().box.center()));
    QVERIFY(!stage.group().folded);
    QCOMPARE(folded.takeFirst(), (QVariantList{QStringLiteral("Work"), false}));
}

void TestCanvasSeeing::theChevronFoldsAndNothingJumps() {
    Seeing stage;
    const QRectF frame = stage.group().box;
    const std::vector<QPointF> homes = stage.canvas.scene().homes;
    QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, stage.at(stage.group().chevron().center()));
    QVERIFY(stage.group().folded);
    QVERIFY((stage.group().box.center() - frame.center()).manhattanLength() < 0.01);
    QCOMPARE(stage.canvas.scene().homes, homes);
    stage.session.restart();
    QVERIFY(stage.group().folded); // it is the same document
    QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, stage.at(stage.group().chevron().center()));
    QVERIFY(!stage.group().folded);
    QCOMPARE(stage.canvas.scene().boxes[stage.node("jobs")].center(), QPointF(300, 0));
}

void TestCanvasSeeing::aFoldedGroupSumsItsMembersAndMergesTheirEdges() {
    Seeing stage;
    stage.runTo(SimTime{30'050ms}); // a job came at 30.0 s and is in hand
    stage.canvas.fold(0, true);
    const Scene& scene = stage.canvas.scene();
    QCOMPARE(stage.group().face.nodes, 3u);
    QCOMPARE(stage.group().face.busy, 1);
    QCOMPARE(stage.group().face.workers, 1);
    int drawn = 0;
    for (std::size_t i = 0; i < scene.curves.size(); ++i)
        if (scene.drawn(i)) {
            ++drawn;
            QVERIFY(!scene.curves[i].isEmpty());
        }
    QCOMPARE(drawn, 3); // producer > Work, Work > results, results > archive; two lie within
    const auto inside = *scene.topology.edge(GraphEdge{.kind = EdgeKind::deliver,
                                                       .from = static_cast<std::uint32_t>(stage.node("jobs")),
                                                       .to = static_cast<std::uint32_t>(stage.node("consumer"))});
    QVERIFY(scene.curves[inside].isEmpty());
    QVERIFY(!scene.nodeAt(stage.group().box.center()));
}

void TestCanvasSeeing::draggingAFrameMovesItsMembers() {
    Seeing stage;
    QSignalSpy moved(&stage.canvas, &Canvas::nodesMoved);
    const QPoint from = stage.at(stage.group().box.topLeft() + QPointF(30, 12));
    const qreal scale = stage.canvas.view().scale;
    stage.drag(from, from + QPoint(0, qRound(80 * scale)));
    const Scene& scene = stage.canvas.scene();
    const QPointF by = scene.homes[stage.node("jobs")] - QPointF(300, 0);
    QVERIFY(std::abs(by.y() - 80) <= 4);
    QCOMPARE(scene.homes[stage.node("consumer")], QPointF(560, 0) + by);
    QCOMPARE(scene.homes[stage.node("dead")], QPointF(300, 160) + by);
    QCOMPARE(scene.homes[stage.node("producer")], QPointF(0, 0));
    QCOMPARE(moved.count(), 1);
    QCOMPARE(moved[0][0].toStringList(), (QStringList{"jobs", "consumer", "dead"}));
}

void TestCanvasSeeing::theFileSaysWhatIsFolded() {
    const std::string text = QString::fromUtf8(grouped.data(), static_cast<qsizetype>(grouped.size()))
                                 .replace(QStringLiteral("\"producer\": [0, 0]"),
                                          QStringLiteral("\"Work\": \"folded\", \"producer\": [0, 0]"))
                                 .toStdString();
    const Seeing stage(text);
    QVERIFY(stage.group().folded);
}

void TestCanvasSeeing::theMinimapShowsOnlyWhenSomethingIsOutsideAndMovesTheView() {
    Seeing stage;
    auto* minimap = stage.canvas.findChild<Minimap*>();
    QVERIFY(!minimap->isVisible());
    stage.canvas.zoomTo(2);
    QVERIFY(minimap->isVisible());
    const QPointF archive = stage.canvas.scene().boxes[stage.node("archive")].center();
    const QPoint there = minimap->fromScene(archive).toPoint();
    QTest::mouseClick(minimap, Qt::LeftButton, {}, there);
    const QPointF centre = stage.canvas.view().toScene(QRectF(stage.canvas.rect()).center());
    QVERIFY2((centre - archive).manhattanLength() < 20, qPrintable(QString::number((centre - archive).x())));
    stage.canvas.fit();
    QVERIFY(!minimap->isVisible());
}

void TestCanvasSeeing::findingWalksTheHitsAndEscapeCloses() {
    Seeing stage;
    stage.canvas.setFocus();
    QTest::keyClick(&stage.canvas, Qt::Key_F, Qt::ControlModifier);
    auto* finder = stage.canvas.findChild<Finder*>();
    QVERIFY(finder->isVisible());
    QTest::keyClicks(&finder->field(), QStringLiteral("produ"));
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("producer")));
    finder->field().clear();
    QTest::keyClicks(&finder->field(), QStringLiteral("r")); // producer, consumer, results, archive
    QCOMPARE(finder->hits().size(), 4u);
    std::set<std::uint16_t> services;
    for (int i = 0; i < 4; ++i) {
        if (stage.selection.node().service().valid())
            services.insert(stage.selection.node().index);
        QTest::keyClick(&finder->field(), Qt::Key_Return);
    }
    QCOMPARE(services.size(), 3u);
    QTest::keyClick(&finder->field(), Qt::Key_Escape);
    QVERIFY(!finder->isVisible());
}

void TestCanvasSeeing::whatIsFoundUnfoldsItsGroup() {
    Seeing stage;
    stage.canvas.fold(0, true);
    stage.canvas.openFinder();
    QTest::keyClicks(&stage.canvas.findChild<Finder*>()->field(), QStringLiteral("dead"));
    QVERIFY(!stage.group().folded);
    QCOMPARE(stage.canvas.scene().selected, stage.node("dead"));
}

void TestCanvasSeeing::fFocusesThenFits() {
    Seeing stage;
    const ViewTransform fitted = stage.canvas.view();
    stage.selection.selectNode(NodeRef::of(stage.service("archive")));
    stage.canvas.setFocus();
    QTest::keyClick(&stage.canvas, Qt::Key_F);
    QVERIFY((stage.centre("archive") - QPointF(500, 300)).manhattanLength() < 2);
    QVERIFY(stage.canvas.view().scale >= 1);
    QTest::keyClick(&stage.canvas, Qt::Key_F);
    QCOMPARE(stage.canvas.view(), fitted);
}

void TestCanvasSeeing::walkingIsSaidInWords() {
    Seeing stage;
    QTest::keyClick(&stage.canvas, Qt::Key_Home);
    QCOMPARE(stage.canvas.caption(), QStringLiteral("producer, service"));
    QTest::keyClick(&stage.canvas, Qt::Key_Right);
    QCOMPARE(stage.canvas.caption(), QStringLiteral("producer publishes to jobs. jobs, queue, 0 waiting, in Work"));
    QTest::keyClick(&stage.canvas, Qt::Key_Right);
    QVERIFY(stage.canvas.caption().startsWith(QStringLiteral("jobs delivers to consumer. consumer, service")));
    QCOMPARE(stage.canvas.accessibleDescription(), stage.canvas.caption());
    QTest::keyClick(&stage.canvas, Qt::Key_End);
    QVERIFY(stage.canvas.caption().startsWith(QStringLiteral("archive, service")));
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("archive")));
}

void TestCanvasSeeing::aStepIsSaidInWords() {
    Seeing stage;
    stage.session.step();
    QTRY_VERIFY2(stage.canvas.caption().contains(QStringLiteral("job")), qPrintable(stage.canvas.caption()));
    QCOMPARE(stage.canvas.accessibleDescription(), stage.canvas.caption());
    stage.session.run(); // what a step came to is not what happens now
    QCOMPARE(stage.canvas.caption(), QString());
}

void TestCanvasSeeing::everyNodeIsAChildWithNameAndPlace() {
    Seeing stage;
    stage.runTo(SimTime{30'050ms});
    QAccessible::setActive(true);
    QAccessibleInterface* twin = QAccessible::queryAccessibleInterface(&stage.canvas);
    QVERIFY(twin);
    std::map<QString, QAccessibleInterface*> nodes;
    for (int i = 0; i < twin->childCount(); ++i) {
        QAccessibleInterface* child = twin->child(i);
        QVERIFY(child);
        if (child->role() == QAccessible::ListItem) {
            nodes[child->text(QAccessible::Name).section(QLatin1Char(','), 0, 0)] = child;
            QCOMPARE(twin->indexOfChild(child), i);
        }
    }
    QCOMPARE(nodes.size(), 6u);
    QCOMPARE(nodes.at(QStringLiteral("jobs"))->text(QAccessible::Name),
             QStringLiteral("jobs, queue, 0 waiting, in Work"));
    QVERIFY(nodes.at(QStringLiteral("jobs"))
                ->text(QAccessible::Description)
                .contains(QStringLiteral("jobs delivers to consumer")));
    const QPoint middle = stage.canvas.mapToGlobal(stage.queueCentre("jobs").toPoint());
    QVERIFY(nodes.at(QStringLiteral("jobs"))->rect().contains(middle));
    QCOMPARE(twin->childAt(middle.x(), middle.y()), nodes.at(QStringLiteral("jobs")));
    stage.selection.selectNode(NodeRef::of(stage.service("consumer")));
    QVERIFY(nodes.at(QStringLiteral("consumer"))->state().selected);
    QVERIFY(!nodes.at(QStringLiteral("jobs"))->state().selected);
}

void TestCanvasSeeing::pressingANodesTwinSelectsIt() {
    Seeing stage;
    QAccessibleInterface* twin = QAccessible::queryAccessibleInterface(&stage.canvas);
    for (int i = 0; i < twin->childCount(); ++i) {
        QAccessibleInterface* child = twin->child(i);
        if (child->text(QAccessible::Name).startsWith(QStringLiteral("archive")))
            child->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    }
    QCOMPARE(stage.selection.node(), NodeRef::of(stage.service("archive")));
}

void TestCanvasSeeing::heatColoursNodesAndNamesItsScale() {
    Seeing stage;
    stage.runTo(SimTime{30s});
    const QImage cold = stage.canvas.grab().toImage();
    stage.canvas.setFocus();
    QTest::keyClick(&stage.canvas, Qt::Key_H);
    const Heat& heat = stage.canvas.scene().heat;
    QVERIFY(heat.by == HeatBy::utilisation);
    // 100 ms of work twice a second: a fifth of one worker, a little more or less by where the seconds measured begin.
    const HeatMark& busy = heat.marks[stage.node("consumer")];
    QVERIFY2(busy.share >= 180 && busy.share <= 220, qPrintable(QString::number(busy.share)));
    QVERIFY2(busy.figure.endsWith(QLatin1Char('%')), qPrintable(busy.figure));
    QCOMPARE(heat.marks[stage.node("producer")].share, -1); // it only sends
    auto* legend = stage.canvas.findChild<HeatLegend*>();
    QVERIFY2(legend->accessibleName().contains(QStringLiteral("Utilisation")), qPrintable(legend->accessibleName()));
    QVERIFY(legend->accessibleName().contains(QStringLiteral("100")));
    QVERIFY(stage.canvas.grab().toImage() != cold);
    QTest::keyClick(&stage.canvas, Qt::Key_H);
    QVERIFY(heat.by == HeatBy::latency);
    // 100 ms lies two thirds up from 1 ms to 1 s, by magnitude.
    const int place = heat.marks[stage.node("consumer")].share;
    QVERIFY2(place >= 657 && place <= 677, qPrintable(QString::number(place)));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&stage.canvas, Qt::Key_H);
    QVERIFY(heat.by == HeatBy::none);
}

void TestCanvasSeeing::aSelectedMessagesWayIsLitAndNumbered() {
    Seeing stage;
    stage.runTo(SimTime{10s});
    stage.selection.selectMessage(1); // the first job
    const Scene& scene = stage.canvas.scene();
    QVERIFY(scene.lit.has_value());
    const auto edge = [&](EdgeKind kind, const char* from, const char* to) {
        return *scene.topology.edge(GraphEdge{.kind = kind,
                                              .from = static_cast<std::uint32_t>(stage.node(from)),
                                              .to = static_cast<std::uint32_t>(stage.node(to))});
    };
    QVERIFY(scene.lit->edges[edge(EdgeKind::publish, "producer", "jobs")]);
    QCOMPARE(scene.lit->steps[edge(EdgeKind::publish, "producer", "jobs")], QStringLiteral("1"));
    QCOMPARE(scene.lit->steps[edge(EdgeKind::deliver, "jobs", "consumer")], QStringLiteral("2"));
    QVERIFY(!scene.lit->edges[edge(EdgeKind::deliver, "results", "archive")]);
    QVERIFY(scene.lit->nodes[stage.node("consumer")]);
    QVERIFY(!scene.lit->nodes[stage.node("archive")]);
    stage.selection.clear();
    QVERIFY(!scene.lit);
}

// Four deliveries to the one who fails, and one edge for all of them.
void TestCanvasSeeing::stepsThatFollowEachOtherAreOneStretch() {
    Seeing stage(R"({
      "weir": "1",
      "events": { "job": {} },
      "channels": { "jobs": { "kind": "queue", "deadLetter": "dead", "retry": { "max": 3, "backoff": "fixed", "first": "10ms" } },
                    "dead": { "kind": "queue" } },
      "services": { "boss": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "times": ["1s"] } } ] },
                    "worker": { "handlers": [ { "on": "jobs", "takes": "10ms", "fails": 1 } ] } },
      "layout": { "boss": [0, 0], "jobs": [240, 0], "worker": [480, 0], "dead": [480, 160] }
    })");
    stage.runTo(SimTime{5s});
    stage.selection.selectMessage(1);
    const Scene& scene = stage.canvas.scene();
    QVERIFY(scene.lit.has_value());
    const auto steps = [&](EdgeKind kind, const char* from, const char* to) {
        return scene.lit->steps[*scene.topology.edge(GraphEdge{.kind = kind,
                                                               .from = static_cast<std::uint32_t>(stage.node(from)),
                                                               .to = static_cast<std::uint32_t>(stage.node(to))})];
    };
    QCOMPARE(steps(EdgeKind::publish, "boss", "jobs"), QStringLiteral("1"));
    // There, and back for the next attempt, three times, and there once more.
    QCOMPARE(steps(EdgeKind::deliver, "jobs", "worker"), QStringLiteral("2\u20138"));
    QCOMPARE(steps(EdgeKind::deadLetter, "jobs", "dead"), QStringLiteral("9"));
}

void TestCanvasSeeing::aConversationIsLitAsAWhole() {
    Seeing stage;
    stage.runTo(SimTime{10s});
    stage.selection.selectMessage(1);
    for (QAction* action : stage.canvas.commands())
        if (action->isCheckable() && action != stage.canvas.reducedMotionAction())
            action->trigger();
    const Scene& scene = stage.canvas.scene();
    QVERIFY(scene.lit->nodes[stage.node("archive")]); // the result of the job came there
    const auto last = *scene.topology.edge(GraphEdge{.kind = EdgeKind::deliver,
                                                     .from = static_cast<std::uint32_t>(stage.node("results")),
                                                     .to = static_cast<std::uint32_t>(stage.node("archive"))});
    QCOMPARE(scene.lit->steps[last], QStringLiteral("4"));
}

void TestCanvasSeeing::anEventTypesWayIsLitWithoutNumbers() {
    Seeing stage;
    stage.runTo(SimTime{10s});
    stage.selection.selectEventType(stage.session.catalogue()->eventType("done"));
    const Scene& scene = stage.canvas.scene();
    QVERIFY(scene.lit.has_value());
    QVERIFY(scene.lit->nodes[stage.node("archive")]);
    QVERIFY(!scene.lit->nodes[stage.node("producer")]);
    for (const QString& step : scene.lit->steps)
        QVERIFY(step.isEmpty());
}

void TestCanvasSeeing::textIsNeverSmallerThanCanBeRead() {
    const Theme theme = darkTheme();
    for (const qreal scale : {0.25, 0.4, 0.68, 0.9, 1.0, 2.0}) {
        const NodePainter painter(theme, scale, 1);
        QVERIFY(painter.font(TextRole::Strong).pixelSize() * scale >= 10.5 - 1e-9);
        QVERIFY(painter.font(TextRole::Label).pixelSize() * scale >= 9.5 - 1e-9);
    }
}

void TestCanvasSeeing::ratesAreNotHiddenByMessages() {
    Seeing stage;
    stage.runTo(SimTime{30s});
    const Scene& scene = stage.canvas.scene();
    int seen = 0;
    for (std::size_t i = 0; i < scene.labels.size(); ++i) {
        if (scene.labels[i].isNull())
            continue;
        ++seen;
        for (int step = 0; step <= 200; ++step) {
            const QPointF at = scene.curves[i].at(step / 200.0);
            // A mark has a radius of 5.
            QVERIFY(!scene.labels[i].adjusted(-5, -5, 5, 5).contains(at));
        }
    }
    QVERIFY(seen >= 2);
}

void TestCanvasSeeing::theSvgHoldsTheNamesAndTheWholeScene() {
    const Seeing stage;
    const QByteArray svg = canvasSvg(stage.canvas.scene(), lightTheme(), QStringLiteral("Grouped"));
    QSvgRenderer renderer(svg);
    QVERIFY(renderer.isValid());
    const QRectF bounds = stage.canvas.scene().bounds();
    QVERIFY(std::abs(renderer.viewBoxF().width() - (bounds.width() + 48)) <= 1);
    QVERIFY(svg.contains("<title>Grouped</title>"));
    for (const char* name : {">producer<", ">consumer<", ">Work<"})
        QVERIFY2(svg.contains(name), name);
}

void TestCanvasSeeing::thePngComesAtOneToThreePixelsAPoint() {
    const Seeing stage;
    const QRectF bounds = stage.canvas.scene().bounds();
    for (const int factor : {1, 2, 3}) {
        const QImage image = canvasImage(stage.canvas.scene(), darkTheme(), factor);
        QVERIFY(std::abs(image.width() - factor * (bounds.width() + 48)) <= factor);
        QCOMPARE(image.pixelColor(2, 2), darkTheme().canvas);
    }
}

void TestCanvasSeeing::aFrameOfAFilmHasNothingToPress() {
    Seeing stage;
    auto* const bar = stage.canvas.findChild<ZoomBar*>();
    QVERIFY(bar && bar->isVisible());
    const QImage frame = canvasFrame(stage.canvas);
    QCOMPARE(frame.size(), stage.canvas.size());
    const QImage whole = stage.canvas.grab().toImage().convertToFormat(frame.format());
    QVERIFY(frame.copy(bar->geometry()) != whole.copy(bar->geometry()));
    const QRect node = stage.canvas.view().toView(stage.canvas.scene().boxes[0]).toAlignedRect();
    QCOMPARE(frame.copy(node), whole.copy(node));
}

void TestCanvasSeeing::mermaidTellsWhatIsShown() {
    Seeing stage;
    const QString text = canvasMermaid(stage.canvas.scene());
    QVERIFY(text.startsWith(QStringLiteral("flowchart LR\n  subgraph g0[\"Work\"]\n")));
    const QString producer = QStringLiteral("n%1[\"producer\"]:::service").arg(stage.node("producer"));
    QVERIFY2(text.contains(producer), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("n%1([\"dead\"]):::dead").arg(stage.node("dead"))));
    QVERIFY(text.contains(QStringLiteral("n%1 --> n%2\n").arg(stage.node("producer")).arg(stage.node("jobs"))));
    QVERIFY(text.contains(QStringLiteral("-.->")));
    stage.canvas.fold(0, true);
    const QString folded = canvasMermaid(stage.canvas.scene());
    QVERIFY(folded.contains(QStringLiteral("g0[[\"Work\"]]:::group")));
    QVERIFY(!folded.contains(QStringLiteral("\"jobs\"")));
    QVERIFY(folded.contains(QStringLiteral("n%1 --> g0\n").arg(stage.node("producer"))));
}

void TestCanvasSeeing::aFileThatCannotBeWrittenIsSaid() {
    const Seeing stage;
    const auto* actions = stage.canvas.findChild<ExportActions*>();
    const QTemporaryDir folder;
    QCOMPARE(actions->write(folder.filePath(QStringLiteral("a.svg")), 1), QString());
    QCOMPARE(actions->write(folder.filePath(QStringLiteral("a.png")), 2), QString());
    QCOMPARE(actions->write(folder.filePath(QStringLiteral("a.mmd")), 1), QString());
    QVERIFY(QImage(folder.filePath(QStringLiteral("a.png"))).width() > 1'000);
    QVERIFY(actions->write(folder.filePath(QStringLiteral("none/a.svg")), 1).contains(QStringLiteral("none/a.svg")));
}

void TestCanvasSeeing::reducedMotionIsToldOnce() {
    Seeing stage;
    QSignalSpy told(&stage.canvas, &Canvas::reducedMotionChanged);
    stage.canvas.reducedMotionAction()->trigger();
    QCOMPARE(told.count(), 1);
    QVERIFY(stage.canvas.reducedMotion());
    stage.canvas.setReducedMotion(true);
    QCOMPARE(told.count(), 1);
}

QTEST_MAIN(TestCanvasSeeing)
#include "tst_canvas_seeing.moc"

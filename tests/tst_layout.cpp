// Where nodes go and which way edges run: small graphs whose order, alignment and clearance can be said beforehand.
#include "ui/canvas/dot_process.h"
#include "ui/canvas/geometry.h"
#include "ui/canvas/label_places.h"
#include "ui/canvas/layout.h"
#include "ui/canvas/routes.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace weir;

namespace {

constexpr QSizeF cardSize(172, 66);

struct Flow {
    FlowGraph graph;
    std::vector<QSizeF> sizes;

    std::size_t node(NodeKind kind, const std::string& name, bool deadLetter = false) {
        const std::size_t index = graph.add(GraphNode{.kind = kind, .name = name, .deadLetter = deadLetter});
        sizes.resize(graph.nodes().size(), cardSize);
        return index;
    }
    void tie(EdgeKind kind, std::size_t from, std::size_t to) {
        graph.add(
            GraphEdge{.kind = kind, .from = static_cast<std::uint32_t>(from), .to = static_cast<std::uint32_t>(to)});
    }
    LayoutGraph layout() const { return layoutGraph(graph, sizes); }
    std::vector<Tie> ties(const std::vector<QRectF>& boxes) const {
        std::vector<Tie> ties;
        for (const GraphEdge& edge : graph.edges()) {
            const bool dead = edge.kind == EdgeKind::deadLetter;
            ties.push_back({.from = dead ? deadLetterSource(graph, boxes, edge.from) : edge.from,
                            .to = edge.to,
                            .deadLetter = dead});
        }
        return ties;
    }
    std::vector<QRectF> boxes(const Positions& positions) const {
        std::vector<QRectF> made;
        for (std::size_t i = 0; i < positions.size(); ++i)
            made.emplace_back(positions[i] - QPointF(sizes[i].width() / 2, sizes[i].height() / 2), sizes[i]);
        return made;
    }
};

// source -> topic -> three queues -> a reader each; the second reader publishes to the topic again; dead letters of
// all queues go to one more.
Flow shop() {
    Flow flow;
    const std::size_t source = flow.node(NodeKind::service, "shop");   // 0
    const std::size_t topic = flow.node(NodeKind::topic, "orders");    // 1
    const std::size_t dead = flow.node(NodeKind::queue, "dead", true); // 2
    flow.tie(EdgeKind::publish, source, topic);
    for (const char* name : {"a", "b", "c"}) { // 3 4, 5 6, 7 8
        const std::size_t queue = flow.node(NodeKind::queue, name);
        const std::size_t reader = flow.node(NodeKind::service, std::string(name) + "-reader");
        flow.tie(EdgeKind::route, topic, queue);
        flow.tie(EdgeKind::deliver, queue, reader);
        flow.tie(EdgeKind::deadLetter, queue, dead);
        if (name[0] == 'b')
            flow.tie(EdgeKind::publish, reader, topic);
    }
    return flow;
}

void verifyApart(const std::vector<QRectF>& boxes) {
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t j = i + 1; j < boxes.size(); ++j)
            QVERIFY2(!boxes[i].intersects(boxes[j]), qPrintable(QStringLiteral("nodes %1 and %2").arg(i).arg(j)));
}

void verifyShop(const Flow& flow, const Positions& at) {
    const std::vector<QRectF> boxes = flow.boxes(at);
    verifyApart(boxes);
    QVERIFY(at[0].x() < at[1].x());
    for (const std::size_t queue : {3, 5, 7}) {
        QVERIFY(boxes[1].right() < boxes[queue].left());
        QVERIFY(boxes[queue].right() < boxes[queue + 1].left());
        QVERIFY(std::abs(at[queue].y() - at[queue + 1].y()) < 0.5); // a straight line to its reader
        QVERIFY(boxes[2].top() > boxes[queue].bottom());
        QVERIFY(boxes[2].top() > boxes[queue + 1].bottom());
    }
    QVERIFY(std::abs(at[0].y() - at[1].y()) < 0.5);
    QVERIFY(std::abs(at[2].x() - at[3].x()) < 0.5); // below the queues that the dead letters come from
}

} // namespace

class TestLayout : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void layersRunFromLeftToRight();
    void theHubStandsInTheMiddleOfWhatItFeeds();
    void aLongChainAndAnEmptyGraphAreFine();
    void aThousandNodesTakeLittleTime();
    void manyPartsStandInColumns();
    void theDotTextLeavesOutWhatRunsBackwards();
    void anAnswerToAnotherQuestionIsRefused();
    void graphvizAnswersLikeTheRest();
    void aProgramThatIsMissingIsAnsweredWithNothing();
    void aProgramThatHangsIsStopped();
    void givenPositionsStandAndOthersMakeRoom();
    void zoomKeepsWhatIsUnderThePointer();
    void fitShowsAllAndNeverEnlarges();
    void aCurveIsWalkedAtConstantPace();
    void forwardEdgesGoRoundNodesInTheWay();
    void edgesThatComeBackMeetNoNode();
    void labelsTouchNeitherNodesNorEachOther();
    void aLabelKeepsOffOtherLinesAndOutOfTheMessagesWay();
    void whatComesBackToOneNodeSharesATrunk();
    void groupsKeepTheirMembersTogetherAndApartFromOthers();
};

void TestLayout::layersRunFromLeftToRight() {
    const Flow flow = shop();
    verifyShop(flow, layeredLayout(flow.layout()));
}

void TestLayout::theHubStandsInTheMiddleOfWhatItFeeds() {
    const Flow flow = shop();
    const Positions at = layeredLayout(flow.layout());
    QVERIFY(std::abs(at[1].y() - (at[3].y() + at[5].y() + at[7].y()) / 3) < 0.5);
}

void TestLayout::aLongChainAndAnEmptyGraphAreFine() {
    QVERIFY(layeredLayout(Flow().layout()).empty());
    Flow chain;
    constexpr std::size_t length = 20'000; // recursion would not survive it
    for (std::size_t i = 0; i < length; ++i)
        chain.node(NodeKind::service, std::to_string(i));
    for (std::size_t i = 0; i + 1 < length; ++i)
        chain.tie(EdgeKind::publish, i, i + 1);
    chain.tie(EdgeKind::publish, length - 1, 0);
    const Positions at = layeredLayout(chain.layout());
    QCOMPARE(at.back().x() - at.front().x(), (172.0 + 100) * (length - 1));
}

void TestLayout::aThousandNodesTakeLittleTime() {
    Flow flow;
    for (std::size_t i = 0; i < 1'000; ++i)
        flow.node(i % 2 == 0 ? NodeKind::service : NodeKind::queue, std::to_string(i));
    for (std::size_t i = 0; i < 3'000; ++i) // scattered, the same each time
        flow.tie(EdgeKind::publish, i * 7'919 % 1'000, i * 104'729 % 997);
    QElapsedTimer clock;
    clock.start();
    const Positions at = layeredLayout(flow.layout());
    QVERIFY2(clock.elapsed() < 1'000, qPrintable(QString::number(clock.elapsed())));
    verifyApart(flow.boxes(at));
}

void TestLayout::manyPartsStandInColumns() {
    Flow flow;
    constexpr std::size_t chains = 330;
    for (std::size_t i = 0; i < chains; ++i) {
        const std::size_t source = flow.node(NodeKind::service, "p" + std::to_string(i));
        const std::size_t queue = flow.node(NodeKind::queue, "q" + std::to_string(i));
        const std::size_t reader = flow.node(NodeKind::service, "c" + std::to_string(i));
        const std::size_t dead = flow.node(NodeKind::queue, "d" + std::to_string(i), true);
        flow.tie(EdgeKind::publish, source, queue);
        flow.tie(EdgeKind::deliver, queue, reader);
        flow.tie(EdgeKind::deadLetter, queue, dead);
    }
    QVERIFY(fallsApart(flow.layout()));
    QVERIFY(!fallsApart(shop().layout()));
    const Positions at = layeredLayout(flow.layout());
    const std::vector<QRectF> boxes = flow.boxes(at);
    verifyApart(boxes);
    QRectF all;
    for (const QRectF& box : boxes)
        all |= box;
    const qreal shape = all.width() / all.height();
    QVERIFY2(shape > 1 && shape < 2.5, qPrintable(QString::number(shape)));
    for (std::size_t i = 0; i < at.size(); i += 4) { // each chain is what it would be alone
        QCOMPARE(at[i].y(), at[i + 1].y());
        QVERIFY(boxes[i].right() < boxes[i + 1].left() && boxes[i + 1].right() < boxes[i + 2].left());
        QVERIFY(boxes[i + 3].top() > boxes[i + 1].bottom());
        QVERIFY(std::abs(at[i + 3].x() - at[i + 1].x()) < 0.5);
    }
}

void TestLayout::theDotTextLeavesOutWhatRunsBackwards() {
    const QByteArray text = dotText(shop().layout());
    QVERIFY(text.contains("n0 -> n1;"));
    QVERIFY(text.contains("n5 -> n6;"));
    QVERIFY(!text.contains("n6 -> n1;")); // the reader that publishes again
    QVERIFY(!text.contains("n2"));        // the dead letters are placed afterwards
    QCOMPARE(text.count("->"), 7);
}

void TestLayout::anAnswerToAnotherQuestionIsRefused() {
    const LayoutGraph graph = shop().layout();
    QVERIFY(!dotPositions("", graph));
    QVERIFY(!dotPositions("{\"objects\":[]}", graph));
    QVERIFY(
        !dotPositions("{\"objects\":[{\"name\":\"n0\",\"pos\":\"1,2\"},{\"name\":\"n99\",\"pos\":\"1,2\"}]}", graph));
    Flow pair;
    pair.node(NodeKind::service, "a");
    pair.node(NodeKind::queue, "b");
    QVERIFY(!dotPositions("{\"objects\":[{\"name\":\"n0\",\"pos\":\"1,2\"},{\"name\":\"n1\",\"pos\":\"nan,2\"}]}",
                          pair.layout()));
    const auto read = dotPositions(
        "{\"objects\":[{\"name\":\"n0\",\"pos\":\"1,2\"},{\"name\":\"n1\",\"pos\":\"30.5,40\"}]}", pair.layout());
    QVERIFY(read);
    QCOMPARE((*read)[0], QPointF(1, -2));
    QCOMPARE((*read)[1], QPointF(30.5, -40));
}

void TestLayout::graphvizAnswersLikeTheRest() {
    if (QStandardPaths::findExecutable(QStringLiteral("dot")).isEmpty())
        QSKIP("Graphviz is not installed");
    const Flow flow = shop();
    DotProcess dot;
    std::optional<Positions> answer;
    bool answered = false;
    dot.ask(flow.layout(), [&](std::optional<Positions> positions) {
        answered = true;
        answer = std::move(positions);
    });
    QVERIFY(dot.busy());
    QTRY_VERIFY(answered);
    QVERIFY(!dot.busy());
    if (!answer) // the machine was too busy for the time limit, as it may be anywhere
        QSKIP("dot did not answer in time");
    verifyShop(flow, *answer);
}

void TestLayout::aProgramThatIsMissingIsAnsweredWithNothing() {
    DotProcess dot;
    dot.setProgram(QStringLiteral("/nonexistent/dot"));
    int answers = 0;
    dot.ask(shop().layout(), [&](const std::optional<Positions>& positions) {
        ++answers;
        QVERIFY(!positions);
    });
    QTRY_COMPARE(answers, 1);
    QVERIFY(!dot.busy());
}

void TestLayout::aProgramThatHangsIsStopped() {
    QTemporaryDir folder;
    QFile script(folder.filePath(QStringLiteral("dot")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nexec sleep 60\n");
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    DotProcess dot;
    dot.setProgram(script.fileName());
    int answers = 0;
    QElapsedTimer clock;
    clock.start();
    dot.ask(shop().layout(), [&](const std::optional<Positions>& positions) {
        ++answers;
        QVERIFY(!positions);
    });
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1, 5'000);
    QVERIFY(clock.elapsed() >= DotProcess::timeLimitMs);
}

void TestLayout::givenPositionsStandAndOthersMakeRoom() {
    Flow flow;
    const std::size_t a = flow.node(NodeKind::service, "a");
    const std::size_t b = flow.node(NodeKind::queue, "b");
    const std::size_t c = flow.node(NodeKind::service, "c");
    flow.tie(EdgeKind::publish, a, b);
    flow.tie(EdgeKind::deliver, b, c);
    const LayoutGraph graph = flow.layout();
    const Positions automatic = layeredLayout(graph);
    QCOMPARE(around(graph, automatic, {std::nullopt, std::nullopt, std::nullopt}), automatic);
    // Moved by (1000, 500): what is not given comes along.
    const QPointF moved(1'000, 500);
    const Positions along = around(graph, automatic, {automatic[a] + moved, std::nullopt, std::nullopt});
    QCOMPARE(along[b], automatic[b] + moved);
    QCOMPARE(along[c], automatic[c] + moved);
    // c stands where b would be: b goes below it.
    const Positions pushed = around(graph, automatic, {automatic[a], std::nullopt, automatic[b]});
    QCOMPARE(pushed[a], automatic[a]);
    QCOMPARE(pushed[c], automatic[b]);
    verifyApart(flow.boxes(pushed));
    QVERIFY(pushed[b].y() > pushed[c].y());
}

void TestLayout::zoomKeepsWhatIsUnderThePointer() {
    const ViewTransform view{.scale = 0.8, .offset = {120, -35}};
    const QPointF pointer(413, 222);
    const ViewTransform closer = view.zoomed(pointer, 1.7);
    QCOMPARE(closer.scale, 0.8 * 1.7);
    const QPointF off = closer.toView(view.toScene(pointer)) - pointer;
    QVERIFY(std::hypot(off.x(), off.y()) < 1e-9);
    QCOMPARE(view.zoomed(pointer, 1e6).scale, ViewTransform::scaleMax);
    QCOMPARE(view.zoomed(pointer, 1e-6).scale, ViewTransform::scaleMin);
}

void TestLayout::fitShowsAllAndNeverEnlarges() {
    const QRectF scene(-100, 50, 2'000, 500);
    const QRectF window(24, 24, 1'000, 600);
    const ViewTransform fitted = ViewTransform::fitted(scene, window);
    QCOMPARE(fitted.scale, 0.5);
    QCOMPARE(fitted.toView(scene).center(), window.center());
    QCOMPARE(ViewTransform::fitted(QRectF(0, 0, 10, 10), window).scale, 1.0);
    QCOMPARE(ViewTransform::fitted(QRectF(), window).scale, 1.0);
}

void TestLayout::aCurveIsWalkedAtConstantPace() {
    QPainterPath path(QPointF(0, 0));
    path.lineTo(100, 0);
    path.lineTo(100, 50);
    const Curve curve(path);
    QCOMPARE(curve.length(), 150.0);
    QCOMPARE(curve.at(0), QPointF(0, 0));
    QCOMPARE(curve.at(1), QPointF(100, 50));
    QCOMPARE(curve.at(0.5), QPointF(75, 0));
    QCOMPARE(curve.direction(1), QPointF(0, 1));
    QCOMPARE(curve.distance({50, 8}), 8.0);
    QVERIFY(Curve(QPainterPath()).isEmpty());
}

void TestLayout::forwardEdgesGoRoundNodesInTheWay() {
    Flow flow;
    const std::size_t a = flow.node(NodeKind::service, "a");
    const std::size_t b = flow.node(NodeKind::queue, "b");
    const std::size_t c = flow.node(NodeKind::service, "c");
    flow.tie(EdgeKind::publish, a, c);
    const std::vector<QRectF> boxes = flow.boxes({{0, 0}, {272, 0}, {544, 0}});
    const Curve curve = routedTies(flow.ties(boxes), boxes).at(0);
    for (int step = 0; step <= 100; ++step)
        QVERIFY2(!boxes[b].contains(curve.at(step / 100.0)), qPrintable(QString::number(step)));
    QCOMPARE(curve.at(0), QPointF(boxes[a].right(), 0));
    QCOMPARE(curve.end(), QPointF(boxes[c].left() - 2, 0));
}

void TestLayout::edgesThatComeBackMeetNoNode() {
    const Flow flow = shop();
    const std::vector<QRectF> boxes = flow.boxes(layeredLayout(flow.layout()));
    const std::vector<Curve> curves = routedTies(flow.ties(boxes), boxes);
    for (std::size_t edge = 0; edge < curves.size(); ++edge)
        for (int step = 1; step < 200; ++step)
            for (std::size_t node = 0; node < boxes.size(); ++node)
                QVERIFY2(!boxes[node].adjusted(1, 1, -1, -1).contains(curves[edge].at(step / 200.0)),
                         qPrintable(QStringLiteral("edge %1 crosses node %2").arg(edge).arg(node)));
}

void TestLayout::labelsTouchNeitherNodesNorEachOther() {
    const Flow flow = shop();
    const std::vector<QRectF> boxes = flow.boxes(layeredLayout(flow.layout()));
    const std::vector<Curve> curves = routedTies(flow.ties(boxes), boxes);
    std::vector<LabelWish> wishes;
    for (std::size_t i = 0; i < curves.size(); ++i)
        wishes.push_back({.curve = i, .share = 0.5});
    const std::vector<QRectF> labels = labelPlaces(wishes, {44, 13}, curves, boxes);
    QCOMPARE(labels.size(), curves.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        QVERIFY2(!labels[i].isNull(), qPrintable(QString::number(i)));
        QVERIFY(curves[i].distance(labels[i].center()) < 40);
        for (const QRectF& box : boxes)
            QVERIFY(!labels[i].intersects(box));
        for (std::size_t other = 0; other < i; ++other)
            QVERIFY(!labels[i].intersects(labels[other]));
    }
    // Where nothing is free there is none.
    QPainterPath path(QPointF(0, 0));
    path.lineTo(100, 0);
    const std::vector<Curve> alone{Curve(path)};
    QVERIFY(labelPlaces({{.curve = 0}}, {44, 13}, alone, {QRectF(-200, -200, 500, 400)}).at(0).isNull());
}

void TestLayout::aLabelKeepsOffOtherLinesAndOutOfTheMessagesWay() {
    const auto line = [](QPointF from, QPointF to) {
        QPainterPath path(from);
        path.lineTo(to);
        return Curve(path);
    };
    // The second line crosses the first one's middle, where its label would be.
    const std::vector<Curve> curves{line({0, 0}, {300, 0}), line({150, -150}, {150, 150})};
    const QRectF label = labelPlaces({{.curve = 0, .share = 0.5}}, {58, 17}, curves, {}).at(0);
    QVERIFY(!label.isNull());
    QVERIFY(label.right() < 150 || label.left() > 150);
    QVERIFY(label.bottom() < -5 || label.top() > 5); // a message's mark has a radius of 5
}

void TestLayout::whatComesBackToOneNodeSharesATrunk() {
    // Two services above and right of a hub, both send back to it: they come down to it together.
    const std::vector<QRectF> boxes{{0, 300, 68, 72}, {300, 0, 172, 66}, {300, 90, 172, 66}};
    const std::vector<Tie> ties{{.from = 1, .to = 0}, {.from = 2, .to = 0}};
    const std::vector<Curve> curves = routedTies(ties, boxes);
    int shared = 0;
    for (int step = 0; step <= 100; ++step)
        if (curves[0].distance(curves[1].at(step / 100.0)) < 0.5)
            ++shared;
    QVERIFY2(shared > 20, qPrintable(QString::number(shared)));
    QCOMPARE(routedTies(ties, boxes)[1].path(), curves[1].path()); // the same again
}

void TestLayout::groupsKeepTheirMembersTogetherAndApartFromOthers() {
    Flow flow;
    std::vector<std::uint32_t> groupOf;
    // Three lines of service, queue, service; the first two make one group, the third stands alone.
    for (int row = 0; row < 3; ++row) {
        const std::size_t from = flow.node(NodeKind::service, "from" + std::to_string(row));
        const std::size_t queue = flow.node(NodeKind::queue, "queue" + std::to_string(row));
        const std::size_t to = flow.node(NodeKind::service, "to" + std::to_string(row));
        flow.tie(EdgeKind::publish, from, queue);
        flow.tie(EdgeKind::deliver, queue, to);
        groupOf.insert(groupOf.end(), 3, row < 2 ? 0 : LayoutGraph::alone);
    }
    flow.tie(EdgeKind::publish, 2, 7); // out of the group
    const std::vector<QRectF> boxes = flow.boxes(layeredLayout(layoutGraph(flow.graph, flow.sizes, groupOf)));
    verifyApart(boxes);
    QRectF frame;
    for (std::size_t i = 0; i < 6; ++i)
        frame |= boxes[i];
    for (std::size_t i = 6; i < 9; ++i)
        QVERIFY2(!frame.adjusted(-14, -26, 14, 14).intersects(boxes[i]), qPrintable(QString::number(i)));
}

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"

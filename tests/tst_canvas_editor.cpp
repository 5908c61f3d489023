// Building a topology on the canvas of the whole window, by mouse and keys as a person does it.
#include "support/editing_window.h"
#include "ui/editor/palette_bar.h"
#include "ui/editor/topology_edits.h"
#include "ui/inspector/inspector_view.h"
#include "ui/trace/trace_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDrag>
#include <QListWidget>
#include <QMimeData>
#include <QTimer>

using namespace weir;

namespace {

using Window = EditingWindow;

QPointF placeOf(const Scenario& scenario, const char* node) {
    const Point at = scenario.layout.at(node);
    return {at.x, at.y};
}

} // namespace

class TestCanvasEditor : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        if (QGuiApplication::platformName() == QLatin1String("offscreen"))
            QApplication::setDoubleClickInterval(1); // clicks in a row are clicks
    }
    void producerQueueConsumerIsBuiltFromNothingAndRuns();
    void aDoubleClickOnTheGroundOffersWhatToMake();
    void anEdgeDroppedOnTheGroundMakesItsTarget();
    void targetsThatCannotBeTiedAreRefusedWithTheReason();
    void aNodeIsTiedByKeysAlone();
    void aHandlersEmitComesAfterItsWork();
    void nodesMoveTogetherInOneStep();
    void aNodeSnapsToWhereItLinesUp();
    void escapeTakesAMoveBack();
    void whatIsDraggedOutIsForAnotherViewAndStays();
    void theRubberBandSelectsAndShiftAdds();
    void nodesAreAlignedAndDistributed();
    void deletingSaysWhatGoesTooAndWaits();
    void anEdgeIsSelectedAndDeleted();
    void aBindingsPatternIsEditedOnTheEdge();
    void aPatternIsJudgedInTheDialectOfItsTopic();
    void renamingFollowsToWhereItIsNamed();
    void aNameThatIsTakenIsRefused();
    void nodesAreCopiedBetweenWindows();
    void duplicatesKeepTheirTies();
    void arrangingAnewForgetsPositionsAndUndoBringsThemBack();
    void aNodesMenuOffersFixes();
    void aLinkIsStruckFromTheMenuOfItsWay();
    void aDeadLetterQueueIsMadeForTheSelectedQueue();
    void whatStaysKeepsItsPlaceWhileNodesComeAndGo();
    void theLetterEBelongsToFieldsFirst();
    void spaceRunsWhereTheCanvasItselfHasTheKeyboard();
    void thePaletteFitsALowWindow();
    void withoutEditModeTheGroundPans();
};

void TestCanvasEditor::producerQueueConsumerIsBuiltFromNothingAndRuns() {
    Window window(nullptr);
    QTest::keyClick(&window.studio->window(), Qt::Key_N, Qt::ControlModifier); // File > New
    const std::string before = window.studio->editor().document().text();
    QVERIFY(window.editor().palette().isVisible()); // what is empty is there to be built
    QVERIFY(window.canvas().hasFocus());
    // One by click and click, one by drag, one by name.
    QTest::mouseClick(&window.editor().palette().button(NodeTemplate::source), Qt::LeftButton);
    window.moveTo({200, 200});
    window.click({200, 200});
    window.name("maker");
    QToolButton& queue = window.editor().palette().button(NodeTemplate::queue);
    QTest::mousePress(&queue, Qt::LeftButton, {}, {10, 10});
    QTest::mouseMove(&queue, {60, 40});
    QTest::mouseMove(&queue, queue.mapFromGlobal(window.canvas().mapToGlobal(QPoint(420, 200))));
    QTest::mouseRelease(&queue, Qt::LeftButton, {}, queue.mapFromGlobal(window.canvas().mapToGlobal(QPoint(420, 200))));
    window.name("jobs");
    window.doubleClick({640, 200});
    window.answer("serv");
    window.name("worker");
    QCOMPARE(window.canvas().scene().names.size(), std::size_t{3});

    window.pull("maker", window.centre("jobs"));
    QCOMPARE(window.editor().popup().title(), QStringLiteral("What does maker emit to jobs?"));
    window.answer("job.made"); // a new event type
    window.pull("jobs", window.centre("worker"));
    const Scenario& scenario = window.scenario();
    QCOMPARE(scenario.events.size(), std::size_t{1});
    QCOMPARE(scenario.services.at(0).sources.size(), std::size_t{1});
    QCOMPARE(scenario.services.at(1).handlers.at(0).on, std::string("jobs"));
    QCOMPARE(window.canvas().scene().topology.edges().size(), std::size_t{2});

    window.press(Qt::Key_F5);
    QVERIFY(window.studio->session().running());
    QTRY_VERIFY_WITH_TIMEOUT(window.acked() >= 3, 20'000);
    QVERIFY(window.studio->session().picture().ledger().closed());
    // Every step has its name and can be taken back, down to nothing.
    while (window.undo().canUndo()) {
        QVERIFY(!window.undo().undoText().isEmpty());
        const int index = window.undo().index();
        window.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(window.undo().index(), index - 1);
    }
    QCOMPARE(window.studio->editor().document().text(), before);
}

void TestCanvasEditor::aDoubleClickOnTheGroundOffersWhatToMake() {
    Window window(emptyFile);
    window.editor().setEditing(true);
    window.doubleClick({300, 260});
    QVERIFY(window.editor().popup().isVisible());
    QCOMPARE(window.editor().popup().list().count(), 8);
    QTest::keyClicks(&window.editor().popup().field(), "fan");
    QCOMPARE(window.editor().popup().list().item(0)->text(), QStringLiteral("Fan-out exchange"));
    QTest::keyClick(&window.editor().popup().field(), Qt::Key_Return);
    QTest::keyClick(&window.editor().nameField(), Qt::Key_Escape); // the proposal stays
    QCOMPARE(window.scenario().channels.at(0).name, std::string("fanout-exchange"));
    const QPoint away = window.centre("fanout-exchange") - QPoint(300, 260);
    QVERIFY2(away.manhattanLength() <= 4, "it stands where the click was");
}

void TestCanvasEditor::anEdgeDroppedOnTheGroundMakesItsTarget() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.pull("mails", window.centre("billing") + QPoint(0, 150));
    QCOMPARE(window.editor().popup().list().count(), 2); // a service or a dead-letter queue
    window.answer("service");
    window.name("mailer");
    QCOMPARE(window.scenario().services.back().name, std::string("mailer"));
    QCOMPARE(window.scenario().services.back().handlers.at(0).on, std::string("mails"));
    window.undo().undo();
    window.undo().undo();
    QVERIFY(!window.undo().canUndo()); // node and tie were one step, the name another
    QCOMPARE(window.scenario().services.size(), std::size_t{2});
}

void TestCanvasEditor::targetsThatCannotBeTiedAreRefusedWithTheReason() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.moveTo(window.centre("shop"));
    QTest::mousePress(&window.canvas(), Qt::LeftButton, {}, window.port("shop"));
    window.moveTo(window.centre("billing") - QPoint(40, 0));
    window.moveTo(window.centre("billing"));
    const EditMarks::Pull pull = window.editor().overlay().marks().pull.value();
    const auto valid = [&](const char* name) {
        const FlowGraph& topology = window.canvas().scene().topology;
        const auto service = topology.service(name);
        return static_cast<bool>(pull.valid.at(service ? *service : *topology.channel(name)));
    };
    QVERIFY(valid("orders"));
    QVERIFY(valid("bills"));
    QVERIFY(!valid("billing"));
    QVERIFY(!pull.possible);
    QCOMPARE(pull.words, QStringLiteral("Services speak through channels: drop on empty ground to make one"));
    QTest::mouseRelease(&window.canvas(), Qt::LeftButton, {}, window.centre("billing"));
    QVERIFY(!window.undo().canUndo());
    QVERIFY(window.bar().text().contains(QStringLiteral("Services speak through channels")));
}

void TestCanvasEditor::aNodeIsTiedByKeysAlone() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.click(window.centre("mails"));
    window.key(Qt::Key_L, Qt::ControlModifier);
    window.answer("billing");
    QCOMPARE(window.scenario().services.at(1).handlers.back().on, std::string("mails"));
    QCOMPARE(window.undo().undoText(), QStringLiteral("Let billing handle mails"));
}

void TestCanvasEditor::aHandlersEmitComesAfterItsWork() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.pull("billing", window.centre("mails"));
    ChoicePopup& popup = window.editor().popup();
    QCOMPARE(popup.variants().count(), 2);
    QCOMPARE(popup.variants().currentText(), QStringLiteral("After handling bills"));
    window.answer("order.billed");
    const HandlerSpec& handler = window.scenario().services.at(1).handlers.at(0);
    QCOMPARE(std::get<EmitAction>(handler.then.at(0).what).type, std::string("order.billed"));
    QCOMPARE(std::get<EmitAction>(handler.then.at(0).what).to, std::string("mails"));
}

void TestCanvasEditor::nodesMoveTogetherInOneStep() {
    Window window(pairFile);
    window.click(window.centre("bills"));
    window.click(window.centre("mails"), Qt::ControlModifier);
    QCOMPARE(window.editor().selectedNodes(), (std::set<std::string>{"bills", "mails"}));
    const auto* const inspector = window.studio->window().findChild<InspectorView*>();
    QCOMPARE(inspector->title(), QStringLiteral("2 nodes"));
    QCOMPARE(inspector->subtitle(), QStringLiteral("2 queues"));
    const auto store = window.studio->session().store();
    const qreal scale = window.canvas().view().scale;
    window.drag(window.centre("bills"), window.centre("bills") + QPoint(0, static_cast<int>(120 * scale)));
    QCOMPARE(placeOf(window.scenario(), "mails") - placeOf(window.scenario(), "bills"), QPointF(0, 120));
    QVERIFY(placeOf(window.scenario(), "bills").y() > 0);
    QCOMPARE(window.undo().undoText(), QStringLiteral("Move 2 nodes"));
    QCOMPARE(window.undo().count(), 1);
    QCOMPARE(window.studio->session().store(), store); // a run does not mind where nodes stand
    window.undo().undo();
    QCOMPARE(placeOf(window.scenario(), "bills"), QPointF(400, -60));
    QCOMPARE(window.canvas().scene().homes.at(*window.canvas().scene().topology.channel("bills")), QPointF(400, -60));
}

void TestCanvasEditor::aNodeSnapsToWhereItLinesUp() {
    Window window(pairFile);
    const qreal scale = window.canvas().view().scale;
    // Three scene units above the line of shop and orders.
    const QPoint to = window.centre("mails") + QPointF(0, -57 * scale).toPoint();
    QTest::mousePress(&window.canvas(), Qt::LeftButton, {}, window.centre("mails"));
    window.moveTo(window.centre("mails") + QPoint(0, -20));
    window.moveTo(to);
    QVERIFY(!window.editor().overlay().marks().guides.empty());
    QTest::mouseRelease(&window.canvas(), Qt::LeftButton, {}, to);
    QVERIFY(window.editor().overlay().marks().guides.empty());
    QCOMPARE(placeOf(window.scenario(), "mails"), QPointF(400, 0));
}

void TestCanvasEditor::whatIsDraggedOutIsForAnotherViewAndStays() {
    EditingWindow window(pairFile);
    const auto homes = window.canvas().scene().homes;
    bool dragged = false;
    QTimer::singleShot(200, &window.canvas(), [&dragged] {
        dragged = true; // a drag and drop runs a loop of its own
        QDrag::cancel();
    });
    const QPoint from = window.centre("bills");
    window.drag(from, {from.x(), window.canvas().height() + 60});
    QTRY_VERIFY(dragged);
    QCOMPARE(window.canvas().scene().homes, homes);
    QCOMPARE(window.undo().count(), 0);
}

void TestCanvasEditor::escapeTakesAMoveBack() {
    Window window(pairFile);
    const QPoint from = window.centre("mails");
    QTest::mousePress(&window.canvas(), Qt::LeftButton, {}, from);
    window.moveTo(from + QPoint(30, 30));
    window.moveTo(from + QPoint(60, 60));
    window.key(Qt::Key_Escape);
    QTest::mouseRelease(&window.canvas(), Qt::LeftButton, {}, from + QPoint(60, 60));
    QVERIFY(!window.undo().canUndo());
    QCOMPARE(window.centre("mails"), from);
}

void TestCanvasEditor::theRubberBandSelectsAndShiftAdds() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.drag(window.centre("bills") - QPoint(90, 60), window.centre("mails") + QPoint(90, 60));
    QCOMPARE(window.editor().selectedNodes(), (std::set<std::string>{"bills", "mails"}));
    window.click(window.centre("shop"), Qt::ShiftModifier);
    QCOMPARE(window.editor().selectedNodes().size(), std::size_t{3});
    window.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(window.editor().selectedNodes().size(), std::size_t{5});
    window.click(window.centre("shop") + QPoint(0, 120));
    QVERIFY(window.editor().selectedNodes().empty());
}

void TestCanvasEditor::nodesAreAlignedAndDistributed() {
    Window window(pairFile);
    window.click(window.centre("shop"));
    window.click(window.centre("bills"), Qt::ControlModifier);
    window.key(Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(placeOf(window.scenario(), "shop").y(), placeOf(window.scenario(), "bills").y());
    window.key(Qt::Key_A, Qt::ControlModifier);
    window.key(Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(window.undo().undoText(), QStringLiteral("Distribute 5 nodes"));
    window.key(Qt::Key_Right, Qt::ControlModifier);
    window.key(Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(window.undo().count(), 3); // steps in a row are one
}

void TestCanvasEditor::deletingSaysWhatGoesTooAndWaits() {
    Window window(pairFile);
    window.click(window.centre("orders"));
    window.key(Qt::Key_Delete);
    QCOMPARE(window.bar().text(), QStringLiteral("orders: 2 bindings and 1 source go too."));
    QVERIFY(!window.undo().canUndo());
    QVERIFY(window.answerInBar("Cancel"));
    QVERIFY(!window.undo().canUndo());
    window.key(Qt::Key_Delete);
    QVERIFY(window.answerInBar("Delete"));
    QCOMPARE(window.canvas().scene().names.size(), std::size_t{4});
    QVERIFY(window.scenario().channels.at(0).bindings.empty());
    QCOMPARE(window.undo().undoText(), QStringLiteral("Delete orders"));
    window.undo().undo();
    QCOMPARE(QString::fromStdString(window.studio->editor().document().text()), QString(pairFile));
    // What nothing depends on goes at once.
    window.click(window.centre("billing"));
    window.key(Qt::Key_Delete);
    QCOMPARE(window.scenario().services.size(), std::size_t{1});
}

void TestCanvasEditor::anEdgeIsSelectedAndDeleted() {
    Window window(pairFile);
    window.editor().setEditing(true);
    const Scene& scene = window.canvas().scene();
    for (std::size_t i = 0; i < scene.topology.edges().size(); ++i)
        if (scene.topology.edges()[i].kind == EdgeKind::deliver)
            window.click(window.canvas().view().toView(scene.curves[i].at(0.5)).toPoint());
    QVERIFY(window.editor().selectedTie() == (NodeTie{TieKind::handle, "bills", "billing"}));
    window.key(Qt::Key_Delete);
    QVERIFY(window.scenario().services.at(1).handlers.empty());
    QCOMPARE(window.undo().undoText(), QStringLiteral("Delete the tie of bills to billing"));
}

void TestCanvasEditor::aBindingsPatternIsEditedOnTheEdge() {
    Window window(pairFile);
    window.editor().setEditing(true);
    const Scene& scene = window.canvas().scene();
    const std::uint32_t bills = static_cast<std::uint32_t>(*scene.topology.channel("bills"));
    QPoint middle;
    for (std::size_t i = 0; i < scene.topology.edges().size(); ++i)
        if (scene.topology.edges()[i].kind == EdgeKind::route && scene.topology.edges()[i].to == bills)
            middle = window.canvas().view().toView(scene.curves[i].at(0.8)).toPoint();
    window.doubleClick(middle);
    NameField& field = window.editor().nameField();
    QVERIFY(field.isVisible());
    QCOMPARE(field.text(), QStringLiteral("order.*"));
    window.name("order.created");
    QCOMPARE(window.scenario().channels.at(1).bindings.at(0).pattern, std::string("order.created"));
    QCOMPARE(window.editor().overlay().marks().edgeWords, QStringLiteral("order.created"));
}

void TestCanvasEditor::aPatternIsJudgedInTheDialectOfItsTopic() {
    Window window(R"({"weir": "1", "channels": {"site": {"kind": "topic", "profile": "mqtt"}, "orders": {"kind": "topic"}}})");
    const TopologyEdits edits(window.studio->editor());
    QVERIFY(edits.patternRefusal("site", QStringLiteral("hall/+/alarm")).isEmpty());
    QVERIFY(edits.patternRefusal("site", QStringLiteral("hall#")).startsWith(QLatin1String("needs + and # alone")));
    QVERIFY(edits.patternRefusal("orders", QStringLiteral("hall#")).isEmpty());
}

void TestCanvasEditor::renamingFollowsToWhereItIsNamed() {
    Window window(pairFile);
    window.click(window.centre("orders"));
    window.key(Qt::Key_F2);
    window.name("news");
    QCOMPARE(window.scenario().channels.at(1).bindings.at(0).to, std::string("news"));
    QCOMPARE(placeOf(window.scenario(), "news"), QPointF(200, 0));
    QCOMPARE(window.editor().selectedNodes(), (std::set<std::string>{"news"}));
    QCOMPARE(window.undo().undoText(), QStringLiteral("Rename orders to news"));
}

void TestCanvasEditor::aNameThatIsTakenIsRefused() {
    Window window(pairFile);
    window.click(window.centre("orders"));
    window.key(Qt::Key_F2);
    NameField& field = window.editor().nameField();
    QTest::keyClicks(&field, "bills");
    QCOMPARE(field.refusal(), QStringLiteral("There is a bills already."));
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(field.isVisible()); // it waits for a better one
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(!field.isVisible());
    QVERIFY(!window.undo().canUndo());
}

void TestCanvasEditor::nodesAreCopiedBetweenWindows() {
    {
        Window from(pairFile);
        from.click(from.centre("bills"));
        from.click(from.centre("billing"), Qt::ControlModifier);
        from.key(Qt::Key_C, Qt::ControlModifier);
    }
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    QVERIFY(data->hasFormat("application/x-weir-fragment+json"));
    QVERIFY(data->text().contains(QStringLiteral("\"bills\"")));
    Window to(emptyFile);
    to.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(to.scenario().services.at(0).handlers.at(0).on, std::string("bills"));
    QCOMPARE(placeOf(to.scenario(), "billing") - placeOf(to.scenario(), "bills"), QPointF(240, 0));
    QVERIFY(to.bar().text().contains(QStringLiteral("orders"))); // it is not here
    QCOMPARE(to.editor().selectedNodes(), (std::set<std::string>{"bills", "billing"}));
    QGuiApplication::clipboard()->setText(QStringLiteral("plain words"));
    to.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(to.undo().count(), 1);
    QCOMPARE(to.bar().text(), QStringLiteral("The clipboard holds no part of a scenario."));
}

void TestCanvasEditor::duplicatesKeepTheirTies() {
    Window window(pairFile);
    window.click(window.centre("bills"));
    window.key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(window.scenario().channels.back().name, std::string("bills-2"));
    QCOMPARE(window.scenario().channels.back().bindings.at(0).to, std::string("orders"));
    QCOMPARE(window.undo().undoText(), QStringLiteral("Duplicate"));
    QCOMPARE(window.editor().selectedNodes(), (std::set<std::string>{"bills-2"}));
    // Again and again, all of it: no copy lies on anything, and what is selected is what came last.
    window.key(Qt::Key_A, Qt::ControlModifier);
    const std::set<std::string> all = window.editor().selectedNodes();
    window.key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(window.editor().selectedNodes().size(), all.size());
    window.key(Qt::Key_C, Qt::ControlModifier);
    window.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(window.editor().selectedNodes().size(), all.size());
    QCOMPARE(window.editor().overlay().marks().selected.size(), all.size());
    QVERIFY(window.canvas().rect().contains(window.centre(window.editor().selectedNodes().begin()->c_str())));
    window.studio->selection().selectMessage(1); // says nothing of nodes
    QCOMPARE(window.editor().selectedNodes().size(), all.size());
    const std::vector<QRectF>& boxes = window.canvas().scene().boxes;
    QCOMPARE(boxes.size(), 3 * all.size());
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t j = i + 1; j < boxes.size(); ++j)
            QVERIFY(!boxes[i].intersects(boxes[j]));
}

void TestCanvasEditor::arrangingAnewForgetsPositionsAndUndoBringsThemBack() {
    Window window(pairFile);
    for (QAction* action : window.canvas().commands())
        if (action->text().contains(QStringLiteral("Arrange")))
            action->trigger();
    QTRY_VERIFY(window.scenario().layout.empty()); // Graphviz takes its time
    const auto bills = *window.canvas().scene().topology.channel("bills");
    QTRY_VERIFY(window.canvas().scene().homes.at(bills) != QPointF(400, -60));
    window.undo().undo();
    QTRY_COMPARE(window.canvas().scene().homes.at(bills), QPointF(400, -60));
}

void TestCanvasEditor::aNodesMenuOffersFixes() {
    Window window(pairFile);
    window.editor().setEditing(true);
    QTRY_VERIFY(!window.editor().overlay().marks().badges.empty());
    const QPoint at = window.centre("bills");
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, window.canvas().mapToGlobal(at));
    QApplication::sendEvent(&window.canvas(), &event);
    QVERIFY(window.editor().menu());
    QAction* fix = nullptr;
    for (QAction* action : window.editor().menu()->actions())
        if (action->text() == QLatin1String("Fix: Give bills a dead-letter queue, bills-dead"))
            fix = action;
    QVERIFY(fix);
    QTest::mouseClick(window.editor().menu(), Qt::LeftButton, {}, window.editor().menu()->actionGeometry(fix).center());
    QCOMPARE(window.scenario().channels.at(1).deadLetter, std::string("bills-dead"));
    QCOMPARE(window.undo().undoText(), QStringLiteral("Give bills a dead-letter queue, bills-dead"));
    QTRY_VERIFY(std::none_of(window.studio->editor().findings().begin(), window.studio->editor().findings().end(),
                             [](const Finding& finding) { return finding.code == "noDeadLetter"; }));
}

void TestCanvasEditor::aLinkIsStruckFromTheMenuOfItsWay() {
    Window window(pairFile);
    const Scene& scene = window.canvas().scene();
    const auto open = [&](EdgeKind kind, const QString& text) -> QAction* {
        for (std::size_t i = 0; i < scene.topology.edges().size(); ++i)
            if (scene.topology.edges()[i].kind == kind) {
                const QPoint at = window.canvas().view().toView(scene.curves[i].at(0.3)).toPoint();
                QContextMenuEvent event(QContextMenuEvent::Mouse, at, window.canvas().mapToGlobal(at));
                QApplication::sendEvent(&window.canvas(), &event);
                break;
            }
        for (QAction* const action : window.editor().menu()->actions())
            if (action->text() == text)
                return action;
        return nullptr;
    };
    const auto choose = [&](QAction* action) {
        QTest::mouseClick(window.editor().menu(), Qt::LeftButton, {},
                          window.editor().menu()->actionGeometry(action).center());
    };
    QAction* const cut = open(EdgeKind::publish, QStringLiteral("Cut off from the broker"));
    QVERIFY(cut && cut->isEnabled());
    choose(cut);
    const Journal& given = window.studio->session().journal();
    QCOMPARE(given.size(), std::size_t{1});
    QVERIFY(given[0].command.kind == CommandKind::partition);
    QCOMPARE(given[0].command.sides, (Sides{{"shop"}, {"broker"}}));
    // What was cut can be mended there, what was not cannot; a way between channels is no link.
    QAction* const heal = open(EdgeKind::publish, QStringLiteral("Connect again"));
    QVERIFY(heal && heal->isEnabled());
    window.editor().menu()->close();
    QAction* const other = open(EdgeKind::deliver, QStringLiteral("Connect again"));
    QVERIFY(other && !other->isEnabled());
    window.editor().menu()->close();
    QVERIFY(!open(EdgeKind::route, QStringLiteral("Cut off from the broker")));
    window.editor().menu()->close();
}

void TestCanvasEditor::aDeadLetterQueueIsMadeForTheSelectedQueue() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.click(window.centre("mails"));
    QTest::mouseClick(&window.editor().palette().button(NodeTemplate::deadLetterQueue), Qt::LeftButton);
    window.click(window.centre("mails") + QPoint(0, 140));
    window.name("lost");
    QCOMPARE(window.scenario().channels.at(2).deadLetter, std::string("lost"));
}

void TestCanvasEditor::whatStaysKeepsItsPlaceWhileNodesComeAndGo() {
    // No positions in the file: the program finds them.
    Window window(
        R"({ "weir": "1", "events": { "e": {} }, "channels": { "a": { "kind": "queue" }, "b": { "kind": "queue" } },
        "services": { "s": { "sources": [ { "emit": "e", "to": "a", "arrivals": { "every": "1s" } },
                                          { "emit": "e", "to": "b", "arrivals": { "every": "1s" } } ] } } })");
    QTRY_VERIFY(window.canvas().scene().placed());
    window.editor().setEditing(true);
    const QPoint a = window.centre("a");
    const QPoint s = window.centre("s");
    window.doubleClick(a + QPoint(160, 30));
    window.answer("stream");
    QTest::keyClick(&window.editor().nameField(), Qt::Key_Escape);
    QCOMPARE(window.canvas().scene().names.size(), std::size_t{4});
    QCOMPARE(window.centre("a"), a);
    QCOMPARE(window.centre("s"), s);
    QCOMPARE(window.scenario().layout.size(), std::size_t{1}); // the file says no more than the user did
    window.undo().undo();
    QCOMPARE(window.centre("a"), a);
}

void TestCanvasEditor::theLetterEBelongsToFieldsFirst() {
    Window window(pairFile);
    auto* trace = window.studio->window().findChild<TraceView*>();
    trace->filterField().setFocus();
    QTest::keyClick(&trace->filterField(), Qt::Key_E);
    QVERIFY(!window.editor().editing());
    QCOMPARE(trace->filterField().text(), QStringLiteral("e"));
    auto* toggle = window.canvas().findChild<QToolButton*>(QStringLiteral("editToggle"));
    QVERIFY(toggle->isVisible());
    QTest::mouseClick(toggle, Qt::LeftButton);
    QVERIFY(window.editor().editing());
}

void TestCanvasEditor::spaceRunsWhereTheCanvasItselfHasTheKeyboard() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.key(Qt::Key_Space);
    QVERIFY(window.studio->session().running());
    window.key(Qt::Key_Space);
    QVERIFY(!window.studio->session().running());
    // A button that stands on it has Space for itself.
    QToolButton& queue = window.editor().palette().button(NodeTemplate::queue);
    queue.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&queue, Qt::Key_Space);
    QVERIFY(queue.isChecked());
    QVERIFY(!window.studio->session().running());
}

void TestCanvasEditor::thePaletteFitsALowWindow() {
    Window window(pairFile);
    window.editor().setEditing(true);
    window.studio->window().resize(1280, 720);
    QCoreApplication::processEvents();
    const auto* palette = window.canvas().findChild<PaletteBar*>();
    QVERIFY(palette && palette->isVisible());
    QVERIFY(window.canvas().rect().contains(palette->geometry()));
    for (const auto* button : palette->findChildren<QToolButton*>())
        QVERIFY2(palette->rect().contains(button->geometry()), qPrintable(button->objectName()));
}

void TestCanvasEditor::withoutEditModeTheGroundPans() {
    Window window(pairFile);
    const QPointF before = window.canvas().view().offset;
    const QPoint ground = window.centre("shop") + QPoint(0, 120);
    window.drag(ground, ground + QPoint(40, 20));
    QCOMPARE(window.canvas().view().offset - before, QPointF(40, 20));
    window.editor().setEditing(true);
    window.drag(ground, ground + QPoint(40, 20));
    QCOMPARE(window.canvas().view().offset - before, QPointF(40, 20));
}

QTEST_MAIN(TestCanvasEditor)
#include "tst_canvas_editor.moc"

// Editing while a run goes on, findings as they appear, and work carried between windows: by mouse and keys, in the
// whole window. What is drawn on the canvas alone is tst_canvas_editor's.
#include "core/json_pointer.h"
#include "support/editing_window.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/json_pane.h"
#include "ui/inspector/several_nodes.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPlainTextEdit>

#include <chrono>

using namespace weir;
using namespace std::chrono_literals;

namespace {

using Window = EditingWindow;

const std::string workers = "/services/billing/handlers/0/concurrency";

InspectorView& inspectorOf(const Window& window) {
    return *window.studio->window().findChild<InspectorView*>();
}

FormLine& rowOf(const Window& window, const std::string& pointer) {
    QCoreApplication::processEvents();
    FormLine* const row = inspectorOf(window).form().lineAt(pointer);
    if (!row)
        qFatal("no row at %s", pointer.c_str());
    inspectorOf(window).ensureWidgetVisible(row);
    return *row;
}

void type(const Window& window, const std::string& pointer, const char* text) {
    FormLine& row = rowOf(window, pointer);
    QTest::mouseClick(&row, Qt::LeftButton, {}, QPoint(row.width() / 2, FormLine::rowHeight / 2));
    auto* const editor = qobject_cast<LineEditor*>(inspectorOf(window).form().editor());
    QVERIFY(editor);
    editor->line().selectAll();
    QTest::keyClicks(&editor->line(), QString::fromLatin1(text));
    QTest::keyClick(&editor->line(), Qt::Key_Return);
}

// Whether it offers that, in a menu of its own too.
bool offers(const QMenu& menu, const QString& text) {
    const QList<QAction*> actions = menu.actions();
    return std::any_of(actions.begin(), actions.end(), [&text](const QAction* action) {
        return action->menu() ? offers(*action->menu(), text) : action->text() == text && action->isEnabled();
    });
}

// Of the menu that is open. False where it does not offer that.
bool choose(const Window& window, const QString& text) {
    QCoreApplication::processEvents();
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    while (menu && offers(*menu, text))
        for (QAction* action : menu->actions()) {
            const bool leaf = !action->menu() && action->text() == text && action->isEnabled();
            if (!leaf && !(action->menu() && offers(*action->menu(), text)))
                continue;
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            QCoreApplication::processEvents();
            if (leaf) {
                while (QWidget* open = QApplication::activePopupWidget()) // offscreen the outer menu stays
                    open->close();
                window.takeKeyboard();
                return true;
            }
            menu = action->menu();
            break;
        }
    return false;
}

bool chooseFor(const Window& window, const char* node, const QString& text) {
    const QPoint at = window.centre(node);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, window.canvas().mapToGlobal(at));
    QApplication::sendEvent(&window.canvas(), &event);
    return choose(window, text);
}

// F5, and F5 again when that much has happened.
void runOn(const Window& window, Duration by) {
    Session& session = window.studio->session();
    const SimTime until = session.now() + by;
    window.press(Qt::Key_F5);
    QVERIFY(session.running());
    QTRY_VERIFY_WITH_TIMEOUT(session.now() >= until, 30'000);
    window.press(Qt::Key_F5);
    QVERIFY(!session.running());
}

bool finds(const Window& window, const char* code) {
    const std::vector<Finding>& findings = window.studio->editor().findings();
    return std::any_of(findings.begin(), findings.end(),
                       [code](const Finding& finding) { return finding.code == code; });
}

bool isMarked(const Window& window, const char* node) {
    const FlowGraph& topology = window.canvas().scene().topology;
    const auto service = topology.service(node);
    return window.editor().overlay().marks().badges.contains(service ? *service : *topology.channel(node));
}

std::int64_t published(const Window& window) {
    return window.studio->session().picture().ledger().messages.published;
}

} // namespace

class TestEditing : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        if (QGuiApplication::platformName() == QLatin1String("offscreen"))
            QApplication::setDoubleClickInterval(1); // clicks in a row are clicks
    }
    void aValueGivenToTheRunIsTakenBackByKeysAndKept();
    void aFaultFromANodesMenuIsTakenBack();
    void severalNodesAreStruckAsOneStep();
    void aSourceThatWasStoppedIsLetGoAgain();
    void aTextThatARunCannotTakeUpBeginsAnew();
    void findingsAppearWhileDrawingAndAreMendedByAClick();
    void retriesWithoutEndAreBoundByAClick();
    void nodesGoFromOneOpenWindowToAnother();
};

void TestEditing::aValueGivenToTheRunIsTakenBackByKeysAndKept() {
    Window window(pairFile);
    Session& session = window.studio->session();
    const auto workersNow = [&] { return session.scenario()->services.at(1).handlers.at(0).concurrency; };
    runOn(window, 1100ms);
    window.click(window.centre("billing"));
    type(window, workers, "4");
    QCOMPARE(session.journal().size(), std::size_t{1});
    QCOMPARE(workersNow(), 4U);
    QVERIFY(!window.studio->window().isWindowModified()); // the scenario is as it was
    window.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(workersNow(), 1U);
    window.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(workersNow(), 4U);

    const SimTime now = session.now();
    auto* const keep = rowOf(window, workers).findChild<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(keep && keep->text() == QLatin1String("Keep"));
    QTest::mouseClick(keep, Qt::LeftButton);
    QVERIFY(window.studio->editor().document().text().find("\"concurrency\": 4") != std::string::npos);
    QVERIFY(window.studio->window().isWindowModified());
    QCOMPARE(session.now(), now);
    // One stack: the document first, then the run.
    window.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(QString::fromStdString(window.studio->editor().document().text()), QString(pairFile));
    QVERIFY(!window.studio->window().isWindowModified());
    QCOMPARE(workersNow(), 4U);
    window.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(workersNow(), 1U);
    QCOMPARE(session.now(), now);
}

void TestEditing::aFaultFromANodesMenuIsTakenBack() {
    Window window(pairFile);
    Session& session = window.studio->session();
    const auto isUp = [&] {
        return session.picture().service(session.catalogue()->service("billing")).instances.at(0).up;
    };
    runOn(window, 1100ms);
    QVERIFY(chooseFor(window, "billing", QStringLiteral("Crash")));
    QCOMPARE(session.journal().size(), std::size_t{1});
    QVERIFY(!isUp());
    QCOMPARE(window.undo().undoText(), QStringLiteral("Crash: billing"));
    window.press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(isUp());
    QCOMPARE(session.journal().size(), std::size_t{2}); // undo is one more command
}

void TestEditing::severalNodesAreStruckAsOneStep() {
    Window window(pairFile);
    Session& session = window.studio->session();
    const auto held = [&](const char* service) {
        return window.studio->faults().activeOn(NodeRef::of(session.catalogue()->service(service))).size();
    };
    runOn(window, 1100ms);
    window.click(window.centre("shop"));
    window.click(window.centre("billing"), Qt::ControlModifier);
    QVERIFY(chooseFor(window, "billing", QStringLiteral("Cut off from the broker")));
    QCOMPARE(session.journal().size(), std::size_t{2});
    QCOMPARE(held("shop"), std::size_t{1});
    QCOMPARE(held("billing"), std::size_t{1});
    QCOMPARE(window.undo().undoText(), QStringLiteral("Cut off from the broker: 2 nodes"));
    window.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(held("shop"), std::size_t{0});
    QCOMPARE(held("billing"), std::size_t{0});
    QCOMPARE(session.journal().size(), std::size_t{4});
    QVERIFY(!window.undo().canUndo());
    // What fits only some of them says so, and strikes those.
    QVERIFY(chooseFor(window, "shop", QStringLiteral("Crash (1 of 2)")));
    QCOMPARE(window.undo().undoText(), QStringLiteral("Crash: billing"));
    QCOMPARE(session.journal().size(), std::size_t{5});
    QCOMPARE(session.journal().back().command.target, std::string("billing"));
    // The inspector has the same for all of them.
    const QList<QToolButton*>& buttons = inspectorOf(window).several().buttons();
    QCOMPARE(buttons.back()->text(), QStringLiteral("Faults"));
    QCOMPARE(buttons.back()->defaultAction()->menu()->actions().front()->text(), QStringLiteral("Their instances"));
    QVERIFY(offers(*buttons.back()->defaultAction()->menu(), QStringLiteral("Cut off from the broker")));
    QVERIFY(offers(*buttons.back()->defaultAction()->menu(), QStringLiteral("Rate 2× (1 of 2)")));
}

// When all is quiet the run still waits for somebody to go on with it.
void TestEditing::aSourceThatWasStoppedIsLetGoAgain() {
    Window window(pairFile);
    runOn(window, 1100ms);
    QVERIFY(chooseFor(window, "shop", QStringLiteral("Stop emitting")));
    const std::int64_t before = published(window);
    QVERIFY(before > 0);
    window.press(Qt::Key_Period, Qt::ControlModifier); // faster
    runOn(window, 3s);
    QCOMPARE(published(window), before);
    window.press(Qt::Key_Z, Qt::ControlModifier);
    runOn(window, 3s);
    QVERIFY(published(window) >= before + 2);
}

void TestEditing::aTextThatARunCannotTakeUpBeginsAnew() {
    Window window(pairFile);
    Session& session = window.studio->session();
    runOn(window, 1100ms);
    window.click(window.centre("bills"));
    QCoreApplication::processEvents();
    QTest::mouseClick(&inspectorOf(window).jsonButton(), Qt::LeftButton);
    QPlainTextEdit& text = inspectorOf(window).json().lines();
    text.setTextCursor(text.document()->find(QStringLiteral("order.*")));
    text.setFocus();
    QTest::keyClicks(&text, QStringLiteral("order.created"));
    QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(session.playhead() > 0);
    QVERIFY(session.journal().empty()); // nothing of it was given to the run
    QCOMPARE(window.scenario().channels.at(1).bindings.at(0).pattern, std::string("order.*"));
    QVERIFY(choose(window, QStringLiteral("Change the scenario and start over")));
    QCOMPARE(window.scenario().channels.at(1).bindings.at(0).pattern, std::string("order.created"));
    QCOMPARE(session.playhead(), std::uint64_t{0});
    QCOMPARE(inspectorOf(window).json().problem(), QString());
}

void TestEditing::findingsAppearWhileDrawingAndAreMendedByAClick() {
    Window window(pairFile);
    window.editor().setEditing(true);
    QVERIFY(!finds(window, "notIdempotent"));
    QVERIFY(!isMarked(window, "billing"));
    window.pull("billing", window.centre("mails"));
    window.answer("order.billed");
    QTRY_VERIFY(finds(window, "notIdempotent"));
    QVERIFY(isMarked(window, "billing"));
    QVERIFY(chooseFor(window, "billing", QStringLiteral("Fix: Make billing idempotent")));
    QTRY_VERIFY(!finds(window, "notIdempotent"));
    QVERIFY(window.scenario().services.at(1).handlers.at(0).idempotent);
    QCOMPARE(window.undo().undoText(), QStringLiteral("Make billing idempotent"));
    window.press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(finds(window, "notIdempotent"));
}

void TestEditing::retriesWithoutEndAreBoundByAClick() {
    Window window(
        R"({ "weir": "1", "channels": { "jobs": { "kind": "queue", "retry": { "max": "unbounded", "first": "1s" } } },
        "services": { "crew": { "handlers": [ { "on": "jobs" } ] } }, "layout": { "jobs": [0, 0], "crew": [240, 0] } })");
    window.editor().setEditing(true);
    QTRY_VERIFY(finds(window, "unboundedRetry"));
    QVERIFY(isMarked(window, "jobs"));
    QVERIFY(chooseFor(window, "jobs", QStringLiteral("Fix: Let jobs retry 3 times at most")));
    QTRY_VERIFY(!finds(window, "unboundedRetry"));
    QCOMPARE(window.scenario().channels.at(0).retry->max, std::optional<std::int64_t>(3));
}

void TestEditing::nodesGoFromOneOpenWindowToAnother() {
    Window from(pairFile);
    Window to(emptyFile);
    from.takeKeyboard();
    from.click(from.centre("bills"));
    from.click(from.centre("billing"), Qt::ControlModifier);
    from.key(Qt::Key_X, Qt::ControlModifier);
    QVERIFY(from.answerInBar("Cut") || from.undo().canUndo()); // it says what goes too
    QCOMPARE(from.canvas().scene().names.size(), std::size_t{3});
    to.takeKeyboard();
    to.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(to.editor().selectedNodes(), (std::set<std::string>{"bills", "billing"}));
    QCOMPARE(to.scenario().services.at(0).handlers.at(0).on, std::string("bills"));
    // Each window takes back its own.
    to.press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(to.scenario().services.empty());
    QCOMPARE(from.canvas().scene().names.size(), std::size_t{3});
    from.takeKeyboard();
    from.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(QString::fromStdString(from.studio->editor().document().text()), QString(pairFile));
}

QTEST_MAIN(TestEditing)
#include "tst_editing.moc"

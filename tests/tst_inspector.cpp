// The inspector as a person uses it, by real clicks and keys: rows edited in place, what is refused, the JSON text
// beside them, and what becomes of changes and faults while the run goes on.
#include "core/json_pointer.h"
#include "ui/document/document_editor.h"
#include "ui/inspector/change_bar.h"
#include "ui/inspector/fault_actions.h"
#include "ui/inspector/fault_panel.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/json_pane.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/inspector/several_nodes.h"
#include "ui/inspector/sign_rows.h"
#include "ui/language.h"
#include "ui/widgets/flowing_text.h"
#include "ui/widgets/metric_tile.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace std::chrono_literals;

namespace {

constexpr const char* scenarioText = R"({
  // Jobs come, are worked on, and some fail.
  "weir": "1", "title": "Inspected", "run": { "seed": 3, "for": "60s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": {
    "work": { "kind": "topic" },
    "jobs": { "kind": "queue", "bind": [ { "to": "work", "pattern": "job" } ], "deadLetter": "dead" },
    "dead": { "kind": "queue" }
  },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "work", "arrivals": { "rate": "10/s" } } ] },
    "consumer": {
      "instances": 2, // two of them
      "handlers": [ { "on": "jobs", "takes": "20ms", "fails": 0.1 } ]
    }
  }
})";

} // namespace

class TestInspector : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void aClickOnARowEditsItAndEnterTakesItUp();
    void typingOnARowEditsIt();
    void severalNodesAreToldWithWhatCanBeDone();
    void commentsStayWhereTheyAre();
    void escapePutsBackWhatStoodThere();
    void aPauseTakesUpWhatIsValid();
    void whatIsRefusedStaysAsTypedWithItsReason();
    void leavingAFieldTakesItUp();
    void theLoadersReasonStandsBesideTheField();
    void deletePutsTheDefaultBack();
    void theCrossPutsTheDefaultBack();
    void arrowsWalkTheRowsAndF2Edits();
    void arrowsStepTheNumberThatIsEdited();
    void aChoiceHasAMenu();
    void aReferenceOffersTheNamesThereAre();
    void aDistributionUnfoldsIntoItsParameters();
    void itemsAreAddedMovedAndRemoved();
    void aTableIsSwitchedOnWithItsDefaults();
    void moreSettingsAreOneClickAway();
    void aLongNameStaysBesideItsButton();
    void undoTakesBackOneFieldAtATime();
    void aChannelAndAnEventTypeHaveForms();
    void theScenarioHasOne();
    void everyRowHasANameAndIsReachedByTab();
    void theTextFollowsTheFormAndTheFormTheText();
    void aCommentTypedIntoTheTextStays();
    void wrongTextIsMarkedAndStays();
    void everythingSpeaksChinese();

    void aChangeWhileRunningIsACommandWithAMark();
    void keepingWritesTheDocumentAndLeavesTheRun();
    void puttingBackGivesTheRunTheOldValue();
    void theBarKeepsOrPutsBackAll();
    void undoTakesBackCommandsAndEditsOnOneStack();
    void whatARunCannotTakeUpIsOfferedFromTheStart();
    void nothingIsTakenUpByAPauseWhileRunning();
    void theTextGivesCommandsToo();
    void faultsAreOneClickAway();
    void whatHoldsIsShownAndEnded();
    void aFaultIsKeptInTheScenario();
    void onlyWhatFitsTheNodeIsOffered();
    void everyNodeOfTheBrokerIsStruckByItsName();
    void anEndIsOfferedWhileSomethingHolds();
    void afterTheRunsEndNoFaultIsOffered();
    void withoutADocumentNothingIsOffered();

  private:
    FormLine& line(const std::string& pointer);
    QLineEdit& edit(const std::string& pointer); // clicks it
    void clickRow(FormLine& line);
    void choose(const QString& text); // in the menu that is open
    void select(const char* node);
    QString valueAtPlace(const std::string& pointer) const;
    void runTo(SimTime time);
    QAction* fault(const char* text) const;
    void type(const std::string& pointer, const char* text); // with Enter

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<DocumentEditor> m_editor;
    std::unique_ptr<ParameterChanges> m_changes;
    std::unique_ptr<FaultActions> m_faults;
    std::unique_ptr<InspectorView> m_view;
};

void TestInspector::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    m_editor = std::make_unique<DocumentEditor>(*m_session, *m_selection);
    m_changes = std::make_unique<ParameterChanges>(*m_session, *m_editor);
    m_faults = std::make_unique<FaultActions>(*m_session, *m_selection, *m_changes, *m_themes);
    m_view = std::make_unique<InspectorView>(*m_session, *m_selection, *m_changes, *m_faults, *m_themes);
    const Errors errors = m_editor->open(scenarioText, {});
    QVERIFY2(errors.empty(), errors.empty() ? "" : errors.front().text().c_str());
    m_session->setSpeed(Speed::max());
    m_view->resize(320, 900);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    select("consumer");
}

void TestInspector::cleanup() {
    m_view.reset();
    m_faults.reset();
    m_changes.reset();
    m_editor.reset();
    m_selection.reset();
    m_session.reset();
}

void TestInspector::select(const char* node) {
    const Catalogue& catalogue = *m_session->catalogue();
    const ServiceId service = catalogue.service(node);
    m_selection->selectNode(service.valid() ? NodeRef::of(service) : NodeRef::of(catalogue.channel(node)));
    QCoreApplication::processEvents();
}

FormLine& TestInspector::line(const std::string& pointer) {
    FormLine* const found = m_view->form().lineAt(pointer);
    if (!found)
        qFatal("no row at %s", pointer.c_str());
    QCoreApplication::processEvents();
    m_view->ensureWidgetVisible(found);
    return *found;
}

void TestInspector::clickRow(FormLine& row) {
    QTest::mouseClick(&row, Qt::LeftButton, {}, QPoint(row.width() / 2, FormLine::rowHeight / 2));
}

QLineEdit& TestInspector::edit(const std::string& pointer) {
    clickRow(line(pointer));
    auto* const editor = qobject_cast<LineEditor*>(m_view->form().editor());
    if (!editor)
        qFatal("no editor at %s", pointer.c_str());
    return editor->line();
}

void TestInspector::choose(const QString& text) {
    QCoreApplication::processEvents();
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (!menu)
        qFatal("no menu");
    for (QAction* const action : menu->actions())
        if (action->text() == text) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            QCoreApplication::processEvents();
            if (!QApplication::activePopupWidget())          // another question may have come up
                QApplication::setActiveWindow(m_view.get()); // no window system does it here
            return;
        }
    qFatal("no entry %s", qPrintable(text));
}

QString TestInspector::valueAtPlace(const std::string& pointer) const {
    const Value* const value = valueAt(m_editor->document().value(), pointer);
    return value ? QString::fromStdString(value->canonical()) : QStringLiteral("-");
}

void TestInspector::aClickOnARowEditsItAndEnterTakesItUp() {
    QLineEdit& field = edit("/services/consumer/handlers/0/concurrency");
    QCOMPARE(field.placeholderText(), QStringLiteral("1")); // the default
    QVERIFY(field.hasFocus());
    QTest::keyClicks(&field, QStringLiteral("6"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/concurrency"), QStringLiteral("6"));
    QCOMPARE(m_session->scenario()->services[1].handlers[0].concurrency, 6U);
    QVERIFY(!m_view->form().editor());
    QVERIFY(line("/services/consumer/handlers/0/concurrency").hasFocus());
    QCOMPARE(line("/services/consumer/handlers/0/concurrency").row().text, QStringLiteral("6"));
    QCOMPARE(m_editor->undoStack().undoText(), QStringLiteral("Change Workers each of consumer"));
}

void TestInspector::typingOnARowEditsIt() {
    const std::string place = "/services/consumer/handlers/0/concurrency";
    QTest::keyClicks(&edit(place), QStringLiteral("6"));
    QTest::keyClick(m_view->form().editor()->focusProxy(), Qt::Key_Return);
    QVERIFY(line(place).hasFocus());
    QTest::keyClick(&line(place), Qt::Key_1); // in place of what stands there
    QVERIFY(m_view->form().editor());
    QWidget* const field = m_view->form().editor()->focusProxy();
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_2);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(valueAtPlace(place), QStringLiteral("12"));
    // What is switched is not switched by a letter, and keys with Ctrl stay the window's.
    QTest::keyClick(&line(place), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(!m_view->form().editor());
}

void TestInspector::severalNodesAreToldWithWhatCanBeDone() {
    QAction remove(QStringLiteral("Delete"));
    QSignalSpy removed(&remove, &QAction::triggered);
    m_view->setSeveralActions({&remove});
    QVERIFY(!m_view->several().isVisible());
    m_selection->selectNode({});
    m_view->setSeveral({"consumer", "jobs", "producer"});
    QCOMPARE(m_view->title(), QStringLiteral("3 nodes"));
    QCOMPARE(m_view->subtitle(), QStringLiteral("2 services · 1 queue"));
    QVERIFY(m_view->several().isVisible());
    QVERIFY(!m_view->form().isVisible() && !m_view->tile(0).isVisible() && !m_view->faults().isVisible());
    QCOMPARE(m_view->several().rows().rows().size(), std::size_t{3});
    QCOMPARE(m_view->several().rows().rows()[1].text, QStringLiteral("jobs"));
    QTest::mouseClick(m_view->several().buttons().front(), Qt::LeftButton);
    QCOMPARE(removed.count(), 1);
    m_view->setSeveral({"consumer"}); // one is shown as ever
    select("consumer");
    QVERIFY(!m_view->several().isVisible());
    QCOMPARE(m_view->title(), QStringLiteral("consumer"));
    QVERIFY(m_view->form().isVisible());
}

void TestInspector::commentsStayWhereTheyAre() {
    QLineEdit& field = edit("/services/consumer/instances");
    QCOMPARE(field.text(), QStringLiteral("2"));
    QTest::keyClicks(&field, QStringLiteral("5")); // in place of what is selected
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(m_editor->document().text().find("\"instances\": 5, // two of them") != std::string::npos);
}

void TestInspector::escapePutsBackWhatStoodThere() {
    const std::string before = m_editor->document().text();
    QLineEdit& field = edit("/services/consumer/instances");
    QTest::keyClicks(&field, QStringLiteral("7"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(m_editor->document().text(), before);
    QVERIFY(!m_view->form().editor());
    // After a pause it had been taken up already.
    QLineEdit& again = edit("/services/consumer/instances");
    QTest::keyClicks(&again, QStringLiteral("7"));
    QTRY_COMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("7"));
    QTest::keyClick(&again, Qt::Key_Escape);
    QCOMPARE(m_editor->document().text(), before);
}

void TestInspector::aPauseTakesUpWhatIsValid() {
    QLineEdit& field = edit("/services/consumer/handlers/0/concurrency");
    QTest::keyClicks(&field, QStringLiteral("4"));
    QTRY_COMPARE(valueAtPlace("/services/consumer/handlers/0/concurrency"), QStringLiteral("4"));
    QVERIFY(m_view->form().editor()); // still being edited
    QTest::keyClicks(&field, QStringLiteral("2"));
    QTRY_COMPARE(valueAtPlace("/services/consumer/handlers/0/concurrency"), QStringLiteral("42"));
    QTest::keyClick(&field, Qt::Key_Return);
    // One field is one step.
    m_editor->undoStack().undo();
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/concurrency"), QStringLiteral("-"));
}

void TestInspector::whatIsRefusedStaysAsTypedWithItsReason() {
    const std::string before = m_editor->document().text();
    QLineEdit& field = edit("/services/consumer/instances");
    QTest::keyClicks(&field, QStringLiteral("many"));
    FormLine& row = line("/services/consumer/instances");
    QCOMPARE(row.problem(), QStringLiteral("needs a whole number"));
    QVERIFY(row.accessibleDescription().contains(QStringLiteral("needs a whole number")));
    QVERIFY(row.height() > FormLine::rowHeight || row.sizeHint().height() > FormLine::rowHeight);
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(m_view->form().editor()); // nothing is lost
    // To another field and back: it is there still.
    clickRow(line("/services/consumer/handlers/0/concurrency"));
    QCOMPARE(row.draft(), QStringLiteral("many"));
    QCOMPARE(m_editor->document().text(), before);
    QLineEdit& again = edit("/services/consumer/instances");
    QCOMPARE(again.text(), QStringLiteral("many"));
    again.selectAll();
    QTest::keyClicks(&again, QStringLiteral("3"));
    QCOMPARE(row.problem(), QString());
    QTest::keyClick(&again, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("3"));
}

void TestInspector::leavingAFieldTakesItUp() {
    QLineEdit& field = edit("/services/consumer/instances");
    QTest::keyClicks(&field, QStringLiteral("9"));
    QTest::keyClick(&field, Qt::Key_Tab);
    QTRY_COMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("9"));
    QTRY_VERIFY(!m_view->form().editor());
}

void TestInspector::theLoadersReasonStandsBesideTheField() {
    select("jobs");
    clickRow(line("/channels/jobs/bind/0"));
    QLineEdit& field = edit("/channels/jobs/bind/0/pattern");
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("a..b"));
    // Whatever the loader says of it is said here, or it is taken.
    const auto read =
        m_changes->check({Edit{.pointer = "/channels/jobs/bind/0/pattern", .value = Value("a..b"), .newName = {}}});
    QCOMPARE(line("/channels/jobs/bind/0/pattern").problem().isEmpty(), read.empty());
    field.selectAll();
    QTest::keyClick(&field, Qt::Key_Escape);
    // A warm-up as long as the run is refused by the loader alone.
    m_selection->clear();
    QCoreApplication::processEvents();
    QLineEdit& warmup = edit("/run/warmup");
    QTest::keyClicks(&warmup, QStringLiteral("90s"));
    QVERIFY(!line("/run/warmup").problem().isEmpty());
    QCOMPARE(valueAtPlace("/run/warmup"), QStringLiteral("-"));
}

void TestInspector::deletePutsTheDefaultBack() {
    FormLine& row = line("/services/consumer/instances");
    row.setFocus();
    QTest::keyClick(&row, Qt::Key_Delete);
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("-"));
    QCOMPARE(line("/services/consumer/instances").row().text, QStringLiteral("1"));
    QVERIFY(!line("/services/consumer/instances").row().given());
}

void TestInspector::theCrossPutsTheDefaultBack() {
    FormLine& row = line("/services/consumer/instances");
    QTest::mouseMove(&row, QPoint(row.width() - 12, 14));
    QTest::mouseClick(&row, Qt::LeftButton, {}, QPoint(row.width() - 12, 14));
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("-"));
}

void TestInspector::arrowsWalkTheRowsAndF2Edits() {
    FormLine& first = m_view->form().line(0);
    first.setFocus();
    QTest::keyClick(&first, Qt::Key_Down);
    FormLine& second = m_view->form().line(1);
    QVERIFY(second.hasFocus());
    QTest::keyClick(&second, Qt::Key_Up);
    QVERIFY(first.hasFocus());
    FormLine& instances = line("/services/consumer/instances");
    instances.setFocus();
    QTest::keyClick(&instances, Qt::Key_F2);
    QVERIFY(m_view->form().editor());
    QTest::keyClick(m_view->form().editor()->focusProxy(), Qt::Key_Escape);
    QVERIFY(instances.hasFocus());
}

void TestInspector::arrowsStepTheNumberThatIsEdited() {
    QLineEdit& field = edit("/services/consumer/instances");
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.text(), QStringLiteral("3"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("3"));
}

void TestInspector::aChoiceHasAMenu() {
    m_view->form().unfold("/services/consumer/handlers/0/ack");
    clickRow(line("/services/consumer/handlers/0/ack"));
    choose(QStringLiteral("On delivery"));
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/ack"), QStringLiteral("\"automatic\""));
    QCOMPARE(m_session->scenario()->services[1].handlers[0].ack, AckMode::automatic);
}

void TestInspector::aReferenceOffersTheNamesThereAre() {
    select("jobs");
    clickRow(line("/channels/jobs/deadLetter"));
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList names;
    for (const QAction* const action : menu->actions())
        names << action->text();
    QCOMPARE(names, (QStringList{QStringLiteral("None"), QStringLiteral("work"), QStringLiteral("jobs"),
                                 QStringLiteral("dead")}));
    choose(QStringLiteral("None"));
    QCOMPARE(valueAtPlace("/channels/jobs/deadLetter"), QStringLiteral("-"));
}

void TestInspector::aDistributionUnfoldsIntoItsParameters() {
    const std::string takes = "/services/consumer/handlers/0/takes";
    clickRow(line(takes));
    FormLine* variant = nullptr;
    for (int i = 0; i < m_view->form().rowCount(); ++i)
        if (m_view->form().line(i).row().role == FormRow::Role::variant)
            variant = &m_view->form().line(i);
    QVERIFY(variant);
    QCOMPARE(variant->row().text, QStringLiteral("Constant"));
    clickRow(*variant);
    choose(QStringLiteral("Exponential"));
    QCOMPARE(valueAtPlace(takes), QStringLiteral("{\"exponential\":\"20ms\"}")); // the mean stays
    QLineEdit& mean = edit(takes + "/exponential");
    QTest::keyClicks(&mean, QStringLiteral("35ms"));
    QTest::keyClick(&mean, Qt::Key_Return);
    QCOMPARE(valueAtPlace(takes), QStringLiteral("{\"exponential\":\"35ms\"}"));
    QVERIFY(std::abs(m_session->scenario()->services[1].handlers[0].takes.mean() - 0.035) < 1e-12);
}

void TestInspector::itemsAreAddedMovedAndRemoved() {
    const std::string then = "/services/consumer/handlers/0/then";
    clickRow(line(then)); // nothing there yet: it unfolds
    const auto addRow = [&]() -> FormLine& {
        for (int i = 0; i < m_view->form().rowCount(); ++i)
            if (m_view->form().line(i).row().role == FormRow::Role::add && m_view->form().line(i).row().pointer == then)
                return m_view->form().line(i);
        qFatal("nothing to add");
    };
    m_view->ensureWidgetVisible(&addRow());
    clickRow(addRow());
    choose(QStringLiteral("Emit"));
    QCOMPARE(valueAtPlace(then), QStringLiteral(R"([{"emit":"job","to":"work"}])"));
    // A second one, of another kind.
    QCoreApplication::processEvents();
    m_view->ensureWidgetVisible(&addRow());
    clickRow(addRow());
    choose(QStringLiteral("Choose"));
    QVERIFY(valueAtPlace(then + "/1").startsWith(QStringLiteral("{\"choose\"")));
    FormLine& second = line(then + "/1");
    second.setFocus();
    QTest::keyClick(&second, Qt::Key_Up, Qt::AltModifier);
    QVERIFY(valueAtPlace(then + "/0").startsWith(QStringLiteral("{\"choose\"")));
    FormLine& first = line(then + "/0");
    QVERIFY(first.hasFocus()); // it goes along
    QTest::keyClick(&first, Qt::Key_Delete);
    QCOMPARE(valueAtPlace(then), QStringLiteral(R"([{"emit":"job","to":"work"}])"));
}

void TestInspector::aTableIsSwitchedOnWithItsDefaults() {
    select("jobs");
    clickRow(line("/channels/jobs/retry"));
    QCOMPARE(valueAtPlace("/channels/jobs/retry"), QStringLiteral("{}"));
    QCOMPARE(line("/channels/jobs/retry/max").row().text, QStringLiteral("3"));
    QLineEdit& max = edit("/channels/jobs/retry/max");
    QTest::keyClicks(&max, QStringLiteral("unbounded"));
    QTest::keyClick(&max, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/channels/jobs/retry"), QStringLiteral("{\"max\":\"unbounded\"}"));
    select("consumer");
    clickRow(line("/services/consumer/handlers/0/idempotent"));
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/idempotent"), QStringLiteral("true"));
    QLineEdit& ttl = edit("/services/consumer/handlers/0/idempotent/ttl");
    QTest::keyClicks(&ttl, QStringLiteral("1h"));
    QTest::keyClick(&ttl, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/idempotent"), QStringLiteral("{\"ttl\":\"1h\"}"));
}

void TestInspector::moreSettingsAreOneClickAway() {
    QVERIFY(!m_view->form().lineAt("/services/consumer/handlers/0/filter"));
    FormLine* more = nullptr;
    for (int i = 0; i < m_view->form().rowCount(); ++i)
        if (m_view->form().line(i).row().role == FormRow::Role::more &&
            m_view->form().line(i).row().container == "/services/consumer/handlers/0")
            more = &m_view->form().line(i);
    QVERIFY(more);
    m_view->ensureWidgetVisible(more);
    clickRow(*more);
    QLineEdit& filter = edit("/services/consumer/handlers/0/filter");
    QTest::keyClicks(&filter, QStringLiteral("data.n >"));
    QVERIFY(!line("/services/consumer/handlers/0/filter").problem().isEmpty());
    QTest::keyClicks(&filter, QStringLiteral(" 5"));
    QCOMPARE(line("/services/consumer/handlers/0/filter").problem(), QString());
    QTest::keyClick(&filter, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/filter"), QStringLiteral("\"data.n > 5\""));
}

void TestInspector::aLongNameStaysBesideItsButton() {
    const QString name(120, QLatin1Char('w')); // no space, no hyphen
    const std::vector<Edit> edits{{.pointer = "/services/consumer", .value = {}, .newName = name.toStdString()}};
    QVERIFY(m_editor->edit(QStringLiteral("Rename"), edits).empty());
    select(name.toUtf8().constData());
    QCOMPARE(m_view->title(), name);
    QCOMPARE(m_view->widget()->width(), m_view->viewport()->width());
    const auto& title = *m_view->findChild<FlowingText*>();
    QCOMPARE(title.words(), name);
    QVERIFY(title.geometry().right() < m_view->jsonButton().x());
    QVERIFY(title.document()->idealWidth() <= title.viewport()->width());
    QVERIFY(title.document()->size().height() <= title.viewport()->height());
}

void TestInspector::undoTakesBackOneFieldAtATime() {
    const std::string before = m_editor->document().text();
    QLineEdit& instances = edit("/services/consumer/instances");
    QTest::keyClicks(&instances, QStringLiteral("4"));
    QTest::keyClick(&instances, Qt::Key_Return);
    const std::string between = m_editor->document().text();
    QLineEdit& workers = edit("/services/consumer/handlers/0/concurrency");
    QTest::keyClicks(&workers, QStringLiteral("3"));
    QTest::keyClick(&workers, Qt::Key_Return);
    m_editor->undoStack().undo();
    QCOMPARE(m_editor->document().text(), between);
    QCOMPARE(line("/services/consumer/handlers/0/concurrency").row().text, QStringLiteral("1"));
    m_editor->undoStack().undo();
    QCOMPARE(m_editor->document().text(), before);
    m_editor->undoStack().redo();
    QCOMPARE(line("/services/consumer/instances").row().text, QStringLiteral("4"));
}

void TestInspector::aChannelAndAnEventTypeHaveForms() {
    select("jobs");
    QCOMPARE(line("/channels/jobs/capacity").row().text, QStringLiteral("unbounded"));
    QLineEdit& capacity = edit("/channels/jobs/capacity");
    QTest::keyClicks(&capacity, QStringLiteral("100"));
    QTest::keyClick(&capacity, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/channels/jobs/capacity"), QStringLiteral("100"));
    QVERIFY(m_view->form().lineAt("/channels/jobs/overflow")); // now it has a meaning
    m_selection->selectEventType(m_session->catalogue()->eventType("job"));
    QCOMPARE(m_view->title(), QStringLiteral("job"));
    QLineEdit& size = edit("/events/job/size");
    QTest::keyClicks(&size, QStringLiteral("1KiB"));
    QTest::keyClick(&size, Qt::Key_Return);
    QCOMPARE(valueAtPlace("/events/job/size"), QStringLiteral("\"1KiB\""));
    // Data is JSON of several lines.
    clickRow(line("/events/job/data"));
    auto* const json = qobject_cast<JsonEditor*>(m_view->form().editor());
    QVERIFY(json);
    json->lines().selectAll();
    QTest::keyClicks(&json->lines(), QStringLiteral("{ \"n\": }"));
    QVERIFY(line("/events/job/data").problem().contains(QStringLiteral("1:8")));
    json->lines().selectAll();
    QTest::keyClicks(&json->lines(), QStringLiteral("{ \"n\": 1 }"));
    QTest::keyClick(&json->lines(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(valueAtPlace("/events/job/data"), QStringLiteral("{\"n\":1}"));
}

void TestInspector::theScenarioHasOne() {
    m_selection->clear();
    QCoreApplication::processEvents();
    QCOMPARE(line("/run/seed").row().text, QStringLiteral("3"));
    QLineEdit& seed = edit("/run/seed");
    QTest::keyClicks(&seed, QStringLiteral("11"));
    QTest::keyClick(&seed, Qt::Key_Return);
    QCOMPARE(m_session->seed(), std::uint64_t{11});
    for (int i = 0; i < m_view->form().rowCount(); ++i) {
        FormLine& row = m_view->form().line(i);
        if (row.row().role == FormRow::Role::add && row.row().pointer == "/faults") {
            m_view->ensureWidgetVisible(&row);
            clickRow(row);
            break;
        }
    }
    choose(QStringLiteral("Slow down"));
    QVERIFY(valueAtPlace("/faults/0").contains(QStringLiteral("\"slow\":\"producer\"")));
}

void TestInspector::everyRowHasANameAndIsReachedByTab() {
    m_view->form().unfold("/services/consumer/handlers/0/takes");
    QCoreApplication::processEvents();
    const FormView& form = m_view->form();
    int reached = 0;
    for (int i = 0; i < form.rowCount(); ++i) {
        FormLine& row = form.line(i);
        if (row.focusPolicy() == Qt::NoFocus)
            continue;
        QVERIFY2(!row.accessibleName().isEmpty(), row.row().pointer.c_str());
        ++reached;
    }
    QVERIFY(reached > 10);
    form.line(0).setFocus();
    std::set<QWidget*> seen;
    for (int i = 0; i < reached + 5; ++i) {
        if (auto* const row = qobject_cast<FormLine*>(QApplication::focusWidget()))
            seen.insert(row);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(static_cast<int>(seen.size()), reached);
}

void TestInspector::theTextFollowsTheFormAndTheFormTheText() {
    QTest::mouseClick(&m_view->jsonButton(), Qt::LeftButton);
    QVERIFY(m_view->json().isVisible());
    QPlainTextEdit& text = m_view->json().lines();
    QVERIFY(text.toPlainText().contains(QStringLiteral("\"instances\": 2, // two of them")));
    QVERIFY(text.toPlainText().startsWith(QStringLiteral("{\n  \"instances\"")));
    QLineEdit& instances = edit("/services/consumer/instances");
    QTest::keyClicks(&instances, QStringLiteral("4"));
    QTest::keyClick(&instances, Qt::Key_Return);
    QVERIFY(text.toPlainText().contains(QStringLiteral("\"instances\": 4, // two of them")));
    QTextCursor at = text.document()->find(QStringLiteral("4"));
    text.setTextCursor(at);
    text.setFocus();
    QTest::keyClicks(&text, QStringLiteral("8"));
    QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(line("/services/consumer/instances").row().text, QStringLiteral("8"));
    QVERIFY(m_editor->document().text().find("\n      \"instances\": 8, // two of them\n") != std::string::npos);
}

void TestInspector::aCommentTypedIntoTheTextStays() {
    QTest::mouseClick(&m_view->jsonButton(), Qt::LeftButton);
    QPlainTextEdit& text = m_view->json().lines();
    text.setTextCursor(text.document()->find(QStringLiteral("two of them")));
    text.setFocus();
    QTest::keyClicks(&text, QStringLiteral("a pair"));
    QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_editor->document().text().find("\"instances\": 2, // a pair\n") != std::string::npos);
    QVERIFY(m_editor->document().text().find("// Jobs come") != std::string::npos);
}

void TestInspector::wrongTextIsMarkedAndStays() {
    QTest::mouseClick(&m_view->jsonButton(), Qt::LeftButton);
    const std::string before = m_editor->document().text();
    QPlainTextEdit& text = m_view->json().lines();
    text.setTextCursor(text.document()->find(QStringLiteral("2,")));
    text.setFocus();
    QTest::keyClicks(&text, QStringLiteral("two,"));
    QVERIFY2(m_view->json().problem().startsWith(QStringLiteral("2:")), qPrintable(m_view->json().problem()));
    QVERIFY(!text.extraSelections().isEmpty());
    QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_editor->document().text(), before);
    QVERIFY(text.toPlainText().contains(QStringLiteral("two,")));
    QTest::keyClick(&text, Qt::Key_Escape);
    QVERIFY(text.toPlainText().contains(QStringLiteral("\"instances\": 2,")));
    QCOMPARE(m_view->json().problem(), QString());
    // What is JSON and no scenario is said with its place.
    text.setTextCursor(text.document()->find(QStringLiteral("2,")));
    QTest::keyClicks(&text, QStringLiteral("0,"));
    QVERIFY2(m_view->json().problem().startsWith(QStringLiteral("/instances")), qPrintable(m_view->json().problem()));
}

void TestInspector::everythingSpeaksChinese() {
    Language language;
    language.choose(Language::Choice::Chinese);
    QCoreApplication::processEvents();
    for (int i = 0; i < m_view->form().rowCount(); ++i) {
        const FormRow& row = m_view->form().line(i).row();
        const QString label = row.label.isEmpty() ? row.text : row.label;
        const bool chinese = std::any_of(label.begin(), label.end(), [](QChar c) { return c.unicode() >= 0x4E00; });
        QVERIFY2(chinese, qPrintable(label));
    }
    language.choose(Language::Choice::English);
}

// --- while it runs ---

void TestInspector::runTo(SimTime time) {
    m_session->runUntil(time);
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->now(), time);
}

QAction* TestInspector::fault(const char* text) const {
    for (QAction* const action : m_faults->actions())
        if (action->text() == QString::fromUtf8(text))
            return action;
    qFatal("no action %s", text);
}

void TestInspector::type(const std::string& pointer, const char* text) {
    QLineEdit& field = edit(pointer);
    field.selectAll();
    QTest::keyClicks(&field, QString::fromUtf8(text));
    QTest::keyClick(&field, Qt::Key_Return);
}

void TestInspector::aChangeWhileRunningIsACommandWithAMark() {
    runTo(SimTime{10s});
    const std::string before = m_editor->document().text();
    const std::uint64_t playhead = m_session->playhead();
    type("/services/consumer/instances", "4");
    QCOMPARE(m_editor->document().text(), before);
    QVERIFY(m_session->playhead() >= playhead); // it did not start over
    QCOMPARE(m_session->journal().size(), std::size_t{1});
    const Command& command = m_session->journal().front().command;
    QVERIFY(command.kind == CommandKind::set);
    QCOMPARE(command.pointer, std::string("/services/consumer/instances"));
    QCOMPARE(command.value, Value(4));
    FormLine& row = line("/services/consumer/instances");
    QCOMPARE(row.row().text, QStringLiteral("4"));
    QCOMPARE(row.mark(), QStringLiteral("since 00:10.000, was 2"));
    QVERIFY(m_view->changeBar().isVisible());
    QCOMPARE(m_view->changeBar().text(), QStringLiteral("1 change while running"));
    QCOMPARE(m_session->scenario()->services[1].instances, 4U);
    runTo(SimTime{12s});
    QVERIFY2(m_view->subtitle().contains(QStringLiteral("4 instances")), qPrintable(m_view->subtitle()));
    // Before it was given it has not happened.
    m_session->seek(SimTime{5s});
    QCoreApplication::processEvents();
    QVERIFY(m_view->subtitle().contains(QStringLiteral("2 instances")));
    QCOMPARE(line("/services/consumer/instances").row().text, QStringLiteral("2"));
    QVERIFY(m_view->changeBar().isHidden());
}

void TestInspector::keepingWritesTheDocumentAndLeavesTheRun() {
    runTo(SimTime{10s});
    type("/services/consumer/instances", "4");
    FormLine& row = line("/services/consumer/instances");
    auto* const keep = row.findChild<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(keep && keep->text() == QLatin1String("Keep"));
    const std::uint64_t playhead = m_session->playhead();
    QTest::mouseClick(keep, Qt::LeftButton);
    QVERIFY(m_editor->document().text().find("\"instances\": 4, // two of them") != std::string::npos);
    QCOMPARE(m_session->playhead(), playhead);
    QCOMPARE(m_session->now(), SimTime{10s});
    QCOMPARE(line("/services/consumer/instances").mark(), QString());
    QVERIFY(m_view->changeBar().isHidden());
    // The next run has it from its start.
    m_session->restart();
    QCOMPARE(m_session->scenario()->services[1].instances, 4U);
    QVERIFY(m_session->journal().empty());
    runTo(SimTime{10s});
    // Undone, the document has the old value and the run the new one: a change again.
    m_editor->undoStack().undo();
    QCOMPARE(m_session->now(), SimTime{10s});
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("2"));
}

void TestInspector::puttingBackGivesTheRunTheOldValue() {
    runTo(SimTime{10s});
    type("/services/consumer/handlers/0/concurrency", "6");
    FormLine& row = line("/services/consumer/handlers/0/concurrency");
    QCOMPARE(m_session->scenario()->services[1].handlers[0].concurrency, 6U);
    const auto buttons = row.findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    QCOMPARE(buttons.size(), 2);
    QCOMPARE(buttons[1]->text(), QStringLiteral("Put back"));
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(m_session->scenario()->services[1].handlers[0].concurrency, 1U);
    QCOMPARE(m_session->journal().size(), std::size_t{2});
    QVERIFY(m_changes->runChanges().empty());
    QCOMPARE(line("/services/consumer/handlers/0/concurrency").row().text, QStringLiteral("1"));
}

void TestInspector::theBarKeepsOrPutsBackAll() {
    runTo(SimTime{10s});
    type("/services/consumer/instances", "4");
    type("/services/consumer/handlers/0/concurrency", "3");
    QCOMPARE(m_view->changeBar().text(), QStringLiteral("2 changes while running"));
    QTest::mouseClick(&m_view->changeBar().putBackAll(), Qt::LeftButton);
    QVERIFY(m_changes->runChanges().empty());
    QCOMPARE(m_session->scenario()->services[1].instances, 2U);
    QCOMPARE(m_session->scenario()->services[1].handlers[0].concurrency, 1U);
    // One step puts both there again.
    m_editor->undoStack().undo();
    QCOMPARE(m_changes->runChanges().size(), std::size_t{2});
    m_view->ensureWidgetVisible(&m_view->changeBar());
    QTest::mouseClick(&m_view->changeBar().keepAll(), Qt::LeftButton);
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("4"));
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/concurrency"), QStringLiteral("3"));
    QCOMPARE(m_session->now(), SimTime{10s});
    m_editor->undoStack().undo();
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("2"));
    QCOMPARE(valueAtPlace("/services/consumer/handlers/0/concurrency"), QStringLiteral("-"));
}

void TestInspector::undoTakesBackCommandsAndEditsOnOneStack() {
    type("/services/consumer/instances", "3"); // at the start: the document
    runTo(SimTime{10s});
    type("/services/consumer/instances", "7"); // on its way: a command
    QCOMPARE(m_session->scenario()->services[1].instances, 7U);
    m_editor->undoStack().undo();
    QCOMPARE(m_session->scenario()->services[1].instances, 3U);
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("3"));
    QVERIFY(m_changes->runChanges().empty());
    m_editor->undoStack().redo();
    QCOMPARE(m_session->scenario()->services[1].instances, 7U);
    m_editor->undoStack().undo();
    m_editor->undoStack().undo();
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("2"));
    QCOMPARE(m_session->playhead(), std::uint64_t{0}); // an edit of the document begins anew
}

void TestInspector::whatARunCannotTakeUpIsOfferedFromTheStart() {
    runTo(SimTime{10s});
    select("jobs");
    clickRow(line("/channels/jobs/deadLetter"));
    choose(QStringLiteral("None"));
    if (m_session->journal().empty()) { // a run keeps its structure
        QCOMPARE(m_session->now(), SimTime{10s});
        choose(QStringLiteral("Change the scenario and start over"));
        QCOMPARE(valueAtPlace("/channels/jobs/deadLetter"), QStringLiteral("-"));
        QCOMPARE(m_session->playhead(), std::uint64_t{0});
    }
    // A new handler is another structure in any case.
    runTo(SimTime{10s});
    select("consumer");
    for (int i = 0; i < m_view->form().rowCount(); ++i) {
        FormLine& row = m_view->form().line(i);
        if (row.row().role == FormRow::Role::add && row.row().pointer == "/services/consumer/sources") {
            m_view->ensureWidgetVisible(&row);
            clickRow(row);
            break;
        }
    }
    choose(QStringLiteral("Change the scenario and start over"));
    QVERIFY(valueAtPlace("/services/consumer/sources/0").contains(QStringLiteral("\"emit\":\"job\"")));
    QCOMPARE(m_session->playhead(), std::uint64_t{0});
}

void TestInspector::nothingIsTakenUpByAPauseWhileRunning() {
    runTo(SimTime{10s});
    QLineEdit& field = edit("/services/consumer/instances");
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("9"));
    QTest::qWait(FormView::pauseMilliseconds + 200);
    QVERIFY(m_session->journal().empty());
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(m_session->journal().size(), std::size_t{1});
}

void TestInspector::theTextGivesCommandsToo() {
    runTo(SimTime{10s});
    QTest::mouseClick(&m_view->jsonButton(), Qt::LeftButton);
    QPlainTextEdit& text = m_view->json().lines();
    text.setTextCursor(text.document()->find(QStringLiteral("2,")));
    text.setFocus();
    QTest::keyClicks(&text, QStringLiteral("5,"));
    QTest::keyClick(&text, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_session->journal().size(), std::size_t{1});
    QCOMPARE(m_session->journal().front().command.pointer, std::string("/services/consumer/instances"));
    QCOMPARE(m_session->scenario()->services[1].instances, 5U);
    QVERIFY(text.toPlainText().contains(QStringLiteral("\"instances\": 5, // two of them")));
    QCOMPARE(valueAtPlace("/services/consumer/instances"), QStringLiteral("2"));
}

void TestInspector::faultsAreOneClickAway() {
    runTo(SimTime{10s});
    const auto buttons = m_view->faults().findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(buttons.size() >= 3);
    QCOMPARE(buttons[0]->text(), QStringLiteral("Crash"));
    QCOMPARE(buttons[1]->text(), QStringLiteral("Slow down 5×"));
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(m_session->journal().size(), std::size_t{1});
    QCOMPARE(m_session->journal().front().command.factor, 5.0);
    QCOMPARE(m_editor->undoStack().undoText(), QStringLiteral("Slow down 5×: consumer"));
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QCOMPARE(m_session->journal().size(), std::size_t{2});
    runTo(SimTime{11s});
    const ServiceId consumer = m_session->catalogue()->service("consumer");
    for (const InstanceFigures& instance : m_session->picture().service(consumer).instances)
        QVERIFY(!instance.up);
    m_editor->undoStack().undo();
    runTo(SimTime{12s});
    for (const InstanceFigures& instance : m_session->picture().service(consumer).instances)
        QVERIFY(instance.up);
}

void TestInspector::whatHoldsIsShownAndEnded() {
    runTo(SimTime{10s});
    fault("Slow down 5×")->trigger();
    QCoreApplication::processEvents();
    QCOMPARE(m_view->faults().active().size(), std::size_t{1});
    QToolButton* end = nullptr;
    for (auto* const button : m_view->faults().findChildren<QToolButton*>())
        if (button->text() == QLatin1String("End"))
            end = button;
    QVERIFY(end);
    QCOMPARE(end->accessibleName(), QStringLiteral("End: Slowed down 5× since 00:10.000"));
    QTest::mouseClick(end, Qt::LeftButton);
    QVERIFY(m_view->faults().active().empty());
    QCOMPARE(m_session->journal().back().command.factor, 1.0);
    m_editor->undoStack().undo();
    QCOMPARE(m_view->faults().active().size(), std::size_t{1});
}

void TestInspector::aFaultIsKeptInTheScenario() {
    runTo(SimTime{12500ms});
    fault("Slow down 10×")->trigger();
    QCoreApplication::processEvents();
    QToolButton* keep = nullptr;
    for (auto* const button : m_view->faults().findChildren<QToolButton*>())
        if (button->text() == QLatin1String("Keep"))
            keep = button;
    QVERIFY(keep);
    QTest::mouseClick(keep, Qt::LeftButton);
    QCOMPARE(valueAtPlace("/faults"), QStringLiteral(R"([{"at":"12.5s","slow":"consumer","factor":10}])"));
    QCOMPARE(m_session->now(), SimTime{12500ms});
}

void TestInspector::onlyWhatFitsTheNodeIsOffered() {
    QVERIFY(fault("Crash")->isEnabled());
    QVERIFY(!fault("Rate 2×")->isEnabled()); // it has no source
    QVERIFY(!fault("Duplicate 10 %")->isEnabled());
    select("producer");
    QVERIFY(fault("Rate 2×")->isEnabled());
    QVERIFY(!fault("Crash")->isEnabled());
    select("work");
    QVERIFY(fault("Duplicate 10 %")->isEnabled());
    QVERIFY(!fault("Lose 10 %")->isEnabled()); // a topic holds nothing
    select("jobs");
    QVERIFY(fault("Lose 10 %")->isEnabled());
    m_selection->clear();
    for (const QAction* const action : m_faults->actions())
        QVERIFY(!action->isEnabled());
    // In menus, what does not fit is not there at all.
    const auto shown = [](const QList<QAction*>& actions) {
        QStringList texts;
        for (const QAction* const action : actions)
            if (action->isVisible())
                texts << action->text();
        return texts;
    };
    QCOMPARE(shown(m_faults->forWindow()), QStringList{QStringLiteral("Select a service or a channel first")});
    select("producer"); // what handles nothing has nothing to lose; links and clocks are anybody's
    QCOMPARE(shown(m_faults->forWindow()),
             (QStringList{QStringLiteral("What it emits"), QStringLiteral("Its link to the broker"),
                          QStringLiteral("Its clock")}));
    QCOMPARE(shown(m_faults->menus().at(2)->menu()->actions()),
             (QStringList{QStringLiteral("Rate 2×"), QStringLiteral("Rate 0.5×"), QStringLiteral("Stop emitting"),
                          QStringLiteral("Back to the normal rate")}));
    select("jobs");
    QCOMPARE(shown(m_faults->menus()), QStringList{QStringLiteral("Messages")});
    QVERIFY(shown(m_faults->ofNode()).contains(QStringLiteral("Lose 10 %"))); // no menu that has but one
    select("consumer");
    QCOMPARE(m_faults->ofNode(), m_faults->menus());
    for (const QAction* const menu : m_faults->menus())
        QVERIFY(shown(menu->menu()->actions()).size() <= 8);
}

void TestInspector::everyNodeOfTheBrokerIsStruckByItsName() {
    const auto offered = [this]() -> QAction* {
        for (QAction* const action : m_faults->forWindow())
            if (action->isVisible() && action->text() == QLatin1String("Nodes of the broker"))
                return action;
        return nullptr;
    };
    QVERIFY(!offered()); // there are none
    QVERIFY(m_editor
                ->open(R"({ "weir": "1", "run": { "for": "1min" }, "events": { "a": {} },
      "nodes": { "b1": {}, "b2": {}, "b3": {} },
      "channels": { "log": { "kind": "stream", "replicas": 3, "leader": "b1" } },
      "services": { "shop": { "sources": [ { "emit": "a", "to": "log", "arrivals": { "every": "1s" } } ] } } })",
                       {})
                .empty());
    QAction* const nodes = offered();
    QVERIFY(nodes);
    const auto action = [nodes](int node, const char* text) -> QAction* {
        Q_EMIT nodes->menu()->aboutToShow();
        for (QAction* const each : nodes->menu()->actions().at(node)->menu()->actions())
            if (each->text() == QLatin1String(text))
                return each;
        return nullptr;
    };
    QVERIFY(!action(1, "Bring back")->isEnabled());
    action(1, "Crash")->trigger(); // one that leads nothing
    QCOMPARE(m_session->journal().size(), std::size_t{1});
    QVERIFY(m_session->journal().front().command.kind == CommandKind::nodeDown);
    QCOMPARE(m_session->journal().front().command.target, std::string("b2"));
    m_session->runUntil(SimTime{5s});
    QTRY_VERIFY(!m_session->running());
    QVERIFY(!action(1, "Crash")->isEnabled());
    QCOMPARE(nodes->menu()->actions().at(1)->text(), QStringLiteral("b2 (down)"));
    action(1, "Bring back")->trigger();
    QVERIFY(m_session->journal().back().command.kind == CommandKind::nodeUp);
    QVERIFY(!action(2, "Connect again")->isEnabled());
    action(2, "Cut off")->trigger();
    QCOMPARE(m_session->journal().back().command.sides, (Sides{{"b3"}, {"*"}}));
    QVERIFY(action(2, "Connect again")->isEnabled());
    QVERIFY(!action(0, "Connect again")->isEnabled());
}

void TestInspector::anEndIsOfferedWhileSomethingHolds() {
    runTo(SimTime{10s});
    QVERIFY(fault("Resume")->isVisible());
    QVERIFY(!fault("Resume")->isEnabled());
    QVERIFY(!fault("Back to normal speed")->isEnabled());
    Command pause{.kind = CommandKind::pause, .target = "consumer"};
    pause.lasts = 2s;
    QVERIFY(m_session->apply(pause).empty());
    QVERIFY(fault("Resume")->isEnabled());
    QVERIFY(!fault("Restart")->isEnabled());
    select("producer");
    QVERIFY(!fault("Back to the normal rate")->isEnabled());
    select("consumer");
    QVERIFY(fault("Resume")->isEnabled());
    runTo(SimTime{13s}); // it ended by itself
    QVERIFY(!fault("Resume")->isEnabled());
    QVERIFY(fault("Pause")->isEnabled());
    m_session->seek(SimTime{11s});
    QVERIFY(fault("Resume")->isEnabled());
}

void TestInspector::afterTheRunsEndNoFaultIsOffered() {
    runTo(SimTime{59s});
    fault("Slow down 5×")->trigger();
    const auto end = [this] {
        for (auto* const button : m_view->faults().findChildren<QToolButton*>())
            if (button->isVisible() && button->text() == QLatin1String("End"))
                return button;
        qFatal("nothing to end");
    };
    QVERIFY(fault("Crash")->isEnabled());
    QVERIFY(end()->isEnabled());
    m_session->run();
    QTRY_COMPARE(m_session->endReason(), QStringLiteral("done"));
    QTRY_VERIFY(!m_session->running());
    QVERIFY(fault("Crash")->isVisible());
    QVERIFY(!fault("Crash")->isEnabled());
    QVERIFY(fault("Crash")->toolTip().startsWith(QStringLiteral("The run has ended")));
    QTRY_VERIFY(!end()->isEnabled());
    m_session->seek(SimTime{59500ms}); // there it can be given: that is a run of its own
    QVERIFY(fault("Crash")->isEnabled());
    QTRY_VERIFY(end()->isEnabled());
}

void TestInspector::withoutADocumentNothingIsOffered() {
    m_editor->close();
    QVERIFY(m_session->attach({QStringLiteral("tcp://127.0.0.1:1")}).empty());
    QCoreApplication::processEvents();
    QCOMPARE(m_view->title(), QStringLiteral("Live system"));
    QCOMPARE(m_view->subtitle(), QStringLiteral("nothing was seen yet"));
    QVERIFY(m_view->form().isHidden());
    QVERIFY(m_view->jsonButton().isHidden());
    QVERIFY(m_view->faults().isHidden());
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"

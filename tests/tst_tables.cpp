// The lists beside the trace: dead letters and why they died, consumer groups, problems and their light.
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "core/simulation/whole_run.h"
#include "ui/canvas/faces.h"
#include "ui/dead_letters/dead_letters_view.h"
#include "ui/dead_letters/letter_editor.h"
#include "ui/details/details_view.h"
#include "ui/document/document_editor.h"
#include "ui/groups/groups_view.h"
#include "ui/inspector/sign_rows.h"
#include "ui/problems/problem_light.h"
#include "ui/problems/problems.h"
#include "ui/problems/problems_view.h"
#include "ui/session/session.h"
#include "ui/widgets/data_table.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <array>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// Jobs at 1, 2 and 3 s. Each is tried twice, 10 ms of work each time and half a second between, and dies 520 ms after
// it was published. The clerk takes a second for each of the dead. A pause at 19 s keeps the run from being over
// before.
const std::string dying = R"(
  "channels": { "jobs": { "kind": "queue", "deadLetter": "dead", "retry": { "max": 1, "backoff": "fixed", "first": "500ms" } },
                "dead": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "times": ["1s", "2s", "3s"] } } ] },
    "worker": { "handlers": [ { "on": "jobs", "takes": "10ms", "fails": { "probability": 1 } } ] })";
const std::string clerk = R"(, "clerk": { "handlers": [ { "on": "dead", "takes": "1s" } ] } })";
const std::string later = R"([ { "at": "19s", "pause": "producer" } ])";

// Somebody waits where nothing ever gets to, which is a warning.
std::string withIdler(std::string inside) {
    const auto insert = [&inside](const std::string& after, const std::string& what) {
        inside.insert(inside.find(after) + after.size(), what);
    };
    insert(R"("channels": {)", R"( "empty": { "kind": "queue" },)");
    insert(R"("services": {)", R"( "idler": { "handlers": [ { "on": "empty" } ] },)");
    return inside;
}

std::string textOf(const std::string& inside, const std::string& expect = "[]", const std::string& faults = later) {
    return R"({ "weir": "1", "title": "Tables", "run": { "seed": 3, "for": "20s" },
      "events": { "job": { "key": "data.n", "data": { "n": "{count}" } } }, )" +
           inside + R"(, "expect": )" + expect + R"(, "faults": )" + faults + "}";
}

Scenario load(const std::string& inside, const std::string& expect = "[]", const std::string& faults = later) {
    auto scenario = loadScenario(textOf(inside, expect, faults));
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    return std::move(scenario).value();
}

} // namespace

class TestTables : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void deadLettersAreThoseThatLieThereAtThePlayhead();
    void goingBackShowsTheLettersOfThen();
    void lettersLeaveWhenSomebodyTakesThem();
    void aLetterTellsItsAttempts();
    void whyLeadsToTheFirstFailure();
    void anAttemptSaysTheConditionUnderWhichItFails();
    void theLastLetterIsShownAgain();
    void lettersAreSortedByTheirTitles();
    void inLittleRoomTheLeastOfLettersIsPutAway();
    void whatIsDroppedIsCounted();
    void whatIsPublishedToADeadLetterChannelIsNoDeadLetter();
    void chosenLettersAreRedriven();
    void allLettersAreRedrivenAtOnce();
    void whenNothingIsLeftToDoLettersAreStillRedriven();
    void afterAnEndThatWasSetNothingIsOffered();
    void aMessageAmongTheDeadLettersAges();
    void lettersAreDiscarded();
    void aMendedLetterIsSentOn();

    void aQueuesGroupTellsWaitingAndInFlight();
    void aStreamsGroupTellsOffsetsAndLag();
    void aGroupThatIsRebalancingIsTold();
    void goingBackShowsTheGroupsOfThen();
    void choosingAGroupSelectsItsChannel();

    void findingsAreListedTheWorstFirst();
    void aBrokenExpectationNamesTheRecordThatTheCommandLineNames();
    void whatIsBrokenLaterHoldsBefore();
    void expectationsForTheEndWait();
    void expectationsEditedMeanwhileSaySo();
    void theLightTellsTheWorst();
    void choosingAProblemLeadsToItsPlace();

    void keyedRowsKeepWhatIsSelected();
    void emptyListsSayWhatToDo();

  private:
    void open(Scenario scenario, SimTime until);
    template <class View> std::unique_ptr<View> shown(std::unique_ptr<View> view) {
        view->resize(900, 240);
        view->show();
        return QTest::qWaitForWindowExposed(view.get()) ? std::move(view) : nullptr;
    }
    std::unique_ptr<DeadLettersView> lettersView() {
        return shown(std::make_unique<DeadLettersView>(*m_session, *m_selection, *m_themes));
    }
    std::unique_ptr<GroupsView> groupsView() {
        return shown(std::make_unique<GroupsView>(*m_session, *m_selection, *m_themes));
    }
    static QString cell(const QAbstractItemModel& model, int row, int column, const QModelIndex& parent = {}) {
        return model.index(row, column, parent).data().toString();
    }
    static void click(DataTable& table, const QModelIndex& index) {
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(index).center());
    }

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
};

void TestTables::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
}

void TestTables::cleanup() {
    m_selection.reset();
    m_session.reset();
}

void TestTables::open(Scenario scenario, SimTime until) {
    QVERIFY(m_session->open(std::move(scenario), {}).empty());
    m_session->setSpeed(Speed::max());
    m_session->runUntil(until);
    QTRY_VERIFY(!m_session->running());
}

// --- dead letters ---

void TestTables::deadLettersAreThoseThatLieThereAtThePlayhead() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    const QAbstractItemModelTester tester(const_cast<LetterModel*>(&view->letters()),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(view->letters().rowCount(), 3);
    // The youngest first: it died at 3.520 s, and it is 10 s now.
    QCOMPARE(cell(view->letters(), 0, LetterModel::LiesIn), QStringLiteral("dead"));
    QCOMPARE(cell(view->letters(), 0, LetterModel::DiedIn), QStringLiteral("jobs"));
    QCOMPARE(cell(view->letters(), 0, LetterModel::Attempts), QStringLiteral("2"));
    QCOMPARE(view->letters().letter(0).at, SimTime{3520ms});
    QCOMPARE(cell(view->letters(), 0, LetterModel::Age), QStringLiteral("6.48\u00A0s"));
    QCOMPARE(cell(view->letters(), 0, LetterModel::State), QStringLiteral("waits"));
    QVERIFY(view->summary().startsWith(QStringLiteral("3 dead letters")));
    // The Picture counts the same.
    QCOMPARE(m_session->picture().channel(m_session->catalogue()->channel("dead")).copies.ready, std::int64_t{3});
}

void TestTables::goingBackShowsTheLettersOfThen() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    const std::vector<std::pair<SimTime, int>> then{
        {SimTime{2600ms}, 2}, {SimTime{1519ms}, 0}, {SimTime{1520ms}, 1}, {SimTime{9s}, 3}, {SimTime{0s}, 0}};
    for (const auto& [at, count] : then) {
        m_session->seek(at);
        QCOMPARE(view->letters().rowCount(), count);
    }
    // Record by record, up and down again, it is what the Picture says.
    const ChannelId dead = m_session->catalogue()->channel("dead");
    for (std::uint64_t index = 0; index <= m_session->head(); ++index) {
        m_session->seekRecord(index);
        const CopyCounts& copies = m_session->picture().channel(dead).copies;
        QCOMPARE(view->letters().rowCount(), static_cast<int>(copies.ready + copies.inFlight));
    }
    while (m_session->playhead() > 0) {
        m_session->stepBack();
        const CopyCounts& copies = m_session->picture().channel(dead).copies;
        QCOMPARE(view->letters().rowCount(), static_cast<int>(copies.ready + copies.inFlight));
    }
}

void TestTables::lettersLeaveWhenSomebodyTakesThem() {
    open(load(dying + clerk), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 0); // the last one was settled at 4.520 s
    m_session->seek(SimTime{2600ms});            // the first was settled at 2.520 s, the second came then
    QCOMPARE(view->letters().rowCount(), 1);
    QCOMPARE(cell(view->letters(), 0, LetterModel::State), QStringLiteral("being handled"));
    QCOMPARE(view->letters().letter(0).ordinal, Ordinal{2});
}

void TestTables::aLetterTellsItsAttempts() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    click(view->table(), view->letters().index(2, 0)); // the oldest
    QCOMPARE(m_selection->message(), Ordinal{1});
    const QAbstractItemModel& attempts = *view->attempts().model();
    QCOMPARE(attempts.rowCount(), 2);
    const QChar thin(0x202F);
    QCOMPARE(cell(attempts, 0, AttemptModel::When), QStringLiteral("1.000") + thin + QStringLiteral("000"));
    QCOMPARE(cell(attempts, 1, AttemptModel::When), QStringLiteral("1.510") + thin + QStringLiteral("000"));
    QCOMPARE(cell(attempts, 0, AttemptModel::Who), QStringLiteral("worker #1"));
    QVERIFY(cell(attempts, 0, AttemptModel::Outcome).startsWith(QStringLiteral("failed after 10\u00A0ms")));
    QCOMPARE(cell(attempts, 0, AttemptModel::Next), QStringLiteral("500\u00A0ms"));
    QCOMPARE(cell(attempts, 1, AttemptModel::Next), QString());
    click(view->attempts(), attempts.index(1, 0));
    const RecordReader reader(m_session->store());
    QVERIFY(m_selection->record());
    QCOMPARE(reader.at(*m_selection->record()).kind, RecordKind::failed);
    QCOMPARE(reader.at(*m_selection->record()).at, SimTime{1520ms});
    QTest::keyClick(&view->attempts(), Qt::Key_Up);
    QCOMPARE(reader.at(*m_selection->record()).at, SimTime{1010ms});
}

void TestTables::whyLeadsToTheFirstFailure() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    QVERIFY(!view->whyButton().isEnabled());
    click(view->table(), view->letters().index(1, 0));
    QVERIFY(view->whyButton().isEnabled());
    QTest::mouseClick(&view->whyButton(), Qt::LeftButton);
    QVERIFY(m_selection->record());
    const RecordReader reader(m_session->store());
    const Record& first = reader.at(*m_selection->record());
    QCOMPARE(first.kind, RecordKind::failed);
    QCOMPARE(first.at, SimTime{2010ms});
    QCOMPARE(m_selection->message(), Ordinal{2});
    // By the keyboard alone: up to the youngest, and Enter.
    view->table().setFocus();
    QTest::keyClick(&view->table(), Qt::Key_Up);
    QTest::keyClick(&view->table(), Qt::Key_Return);
    QCOMPARE(reader.at(*m_selection->record()).at, SimTime{3010ms});
}

void TestTables::anAttemptSaysTheConditionUnderWhichItFails() {
    std::string inside = dying + "}";
    const std::string always = R"({ "probability": 1 })";
    inside.replace(inside.find(always), always.size(), R"([ { "when": "data.n = 2" }, { "probability": 1 } ])");
    open(load(inside), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    const auto outcomeAt = [&view](int row) {
        click(view->table(), view->letters().index(row, 0));
        return cell(*view->attempts().model(), 0, AttemptModel::Outcome);
    };
    QVERIFY2(outcomeAt(1).startsWith(QStringLiteral("failed: data.n = 2, after 10")), qPrintable(outcomeAt(1)));
    QVERIFY2(outcomeAt(2).endsWith(QStringLiteral(": failure")), qPrintable(outcomeAt(2))); // by chance
    // In the words of its biography too.
    DetailsView details(*m_session, *m_selection, *m_themes);
    details.resize(320, 900);
    details.show();
    QVERIFY(QTest::qWaitForWindowExposed(&details));
    click(view->table(), view->letters().index(1, 0));
    const auto said = [&details] {
        QStringList rows;
        for (const SignRow& row : details.life().rows())
            rows << row.text;
        return rows;
    };
    QTRY_VERIFY2(said().contains(QStringLiteral("worker fails whenever data.n = 2")), qPrintable(said().join('|')));
    click(view->table(), view->letters().index(2, 0));
    QTRY_VERIFY(!said().contains(QStringLiteral("worker fails whenever data.n = 2")));
}

// Of three the last died at 3.520 s, and was handled at 4.520 s.
void TestTables::theLastLetterIsShownAgain() {
    open(load(dying + clerk), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 0);
    QVERIFY(view->lastButton().isVisible());
    view->table().sortByColumn(LetterModel::Age, Qt::DescendingOrder); // whatever stands first
    QTest::mouseClick(&view->lastButton(), Qt::LeftButton);
    QCOMPARE(m_session->now(), SimTime{3520ms});
    QVERIFY(view->table().currentIndex().isValid());
    const DeadLetter& letter = view->letters().letter(view->table().currentIndex().row());
    QCOMPARE(letter.ordinal, Ordinal{3});
    QCOMPARE(m_selection->message(), Ordinal{3});
    QCOMPARE(view->attempts().model()->rowCount(), 2);
    QVERIFY(!view->lastButton().isVisible()); // it lies there
}

void TestTables::lettersAreSortedByTheirTitles() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    view->table().sortByColumn(LetterModel::Event, Qt::AscendingOrder);
    QCOMPARE(view->letters().letter(0).ordinal, Ordinal{1});
    click(view->table(), view->letters().index(0, 0));
    view->table().sortByColumn(LetterModel::Event, Qt::DescendingOrder);
    QCOMPARE(view->letters().letter(0).ordinal, Ordinal{3});
    QCOMPARE(view->table().currentIndex().row(), 2); // it went with its letter
}

void TestTables::inLittleRoomTheLeastOfLettersIsPutAway() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    const auto columns = [](const DataTable& table) {
        return table.header()->count() - table.header()->hiddenSectionCount();
    };
    view->resize(1400, 240);
    QCoreApplication::processEvents();
    QCOMPARE(columns(view->table()), int{LetterModel::columns});
    for (const int width : {900, 720, 600, 560}) {
        view->resize(width, 240);
        QCoreApplication::processEvents();
        for (const DataTable* const table : {&view->table(), &view->attempts()}) {
            QStringList widths{QStringLiteral("%1: %2 in %3:").arg(width).arg(table->header()->length()).arg(
                table->viewport()->width())};
            for (int column = 0; column < table->header()->count(); ++column)
                widths << QString::number(table->columnWidth(column));
            QVERIFY2(!table->horizontalScrollBar()->isVisible() &&
                         table->header()->length() <= table->viewport()->width(),
                     qPrintable(widths.join(QLatin1Char(' '))));
        }
        QVERIFY(!view->table().isColumnHidden(LetterModel::Event));
        QVERIFY(!view->table().isColumnHidden(LetterModel::Reason));
    }
    QVERIFY(view->table().isColumnHidden(LetterModel::State));
    // Whoever points at a row is told the rest.
    const QRect cellAt = view->table().visualRect(view->letters().index(0, LetterModel::Reason));
    QHelpEvent help(QEvent::ToolTip, cellAt.center(), view->table().viewport()->mapToGlobal(cellAt.center()));
    QApplication::sendEvent(view->table().viewport(), &help);
    QVERIFY2(QToolTip::text().contains(QStringLiteral("State: waits")), qPrintable(QToolTip::text()));
    view->resize(1400, 240);
    QCoreApplication::processEvents();
    QCOMPARE(columns(view->table()), int{LetterModel::columns});
}

void TestTables::whatIsDroppedIsCounted() {
    std::string nowhere = dying + "}";
    const std::string name = R"("deadLetter": "dead", )";
    nowhere.erase(nowhere.find(name), name.size());
    open(load(nowhere), SimTime{10s});
    const auto view = lettersView();
    QCOMPARE(view->letters().rowCount(), 0);
    QVERIFY2(view->summary().contains(QStringLiteral("3 copies were dropped")), qPrintable(view->summary()));
}

void TestTables::whatIsPublishedToADeadLetterChannelIsNoDeadLetter() {
    std::string both = dying + "}";
    const std::string source = R"("sources": [ )";
    both.insert(both.find(source) + source.size(),
                R"({ "emit": "job", "to": "dead", "arrivals": { "times": ["5s"] } }, )");
    open(load(both), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    QCOMPARE(m_session->picture().channel(m_session->catalogue()->channel("dead")).copies.ready, std::int64_t{4});
}

// What is redriven begins anew where it died: since the worker never succeeds it dies again, 520 ms later.
void TestTables::chosenLettersAreRedriven() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    QVERIFY(!view->redriveButton().isEnabled());
    click(view->table(), view->letters().index(0, 0));
    QTest::mouseClick(view->table().viewport(), Qt::LeftButton, Qt::ControlModifier,
                      view->table().visualRect(view->letters().index(2, 0)).center());
    QTest::mouseClick(&view->redriveButton(), Qt::LeftButton);
    QTRY_COMPARE(view->letters().rowCount(), 1);
    QCOMPARE(view->summary(), QStringLiteral("2 redriven"));
    QCOMPARE(view->letters().letter(0).ordinal, Ordinal{2});
    QCOMPARE(m_session->journal().size(), std::size_t{2});
    m_session->runUntil(SimTime{11s});
    QTRY_VERIFY(!m_session->running());
    QTRY_COMPARE(view->letters().rowCount(), 3);
    QVERIFY(view->letters().letter(0).at >= SimTime{10520ms});
    QVERIFY(m_session->picture().ledger().closed());
}

void TestTables::allLettersAreRedrivenAtOnce() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    QTest::mouseClick(&view->redriveAllButton(), Qt::LeftButton);
    QTRY_COMPARE(view->letters().rowCount(), 0);
    QCOMPARE(m_session->journal().size(), std::size_t{1});
    QVERIFY(!view->redriveAllButton().isEnabled());
    // In the past it forks, and the run of before stays.
    m_session->seek(SimTime{3s});
    QTRY_COMPARE(view->letters().rowCount(), 2);
    QTest::mouseClick(&view->redriveAllButton(), Qt::LeftButton);
    QTRY_COMPARE(view->letters().rowCount(), 0);
    QCOMPARE(m_session->runs().size(), std::size_t{2});
}

// The run is over at 3.520 s. What is done about its letters begins another one, just before that end.
void TestTables::whenNothingIsLeftToDoLettersAreStillRedriven() {
    open(load(dying + "}", "[]", "[]"), SimTime{10s});
    QCOMPARE(m_session->endReason(), QStringLiteral("idle"));
    QCOMPARE(m_session->now(), SimTime{3520ms});
    const std::uint64_t head = m_session->head();
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    view->table().selectAll();
    QTest::mouseClick(&view->redriveButton(), Qt::LeftButton);
    QTRY_COMPARE(view->letters().rowCount(), 0);
    QCOMPARE(view->summary(), QStringLiteral("3 redriven"));
    QCOMPARE(m_session->journal().size(), std::size_t{3});
    QCOMPARE(m_session->runs().size(), std::size_t{2});
    QCOMPARE(m_session->runs().back().forkedAt, head - 1); // all but the end
    m_session->run();
    QTRY_VERIFY(!m_session->running());
    QTRY_COMPARE(view->letters().rowCount(), 3);
    // One worker takes 10 ms for each of them, and half a second later again.
    QCOMPARE(view->letters().letter(2).at, SimTime{4040ms});
    QCOMPARE(view->letters().letter(0).at, SimTime{4060ms});
    QVERIFY(m_session->picture().ledger().closed());
    m_session->switchTo(1);
    QCOMPARE(m_session->head(), head);
}

// A run that was stopped takes no commands; one step back it does.
void TestTables::afterAnEndThatWasSetNothingIsOffered() {
    std::string goesOn = dying + "}"; // something waits beyond the end
    goesOn.insert(goesOn.find(R"("3s"])") + 4, R"(, "25s")");
    open(load(goesOn, "[]", "[]"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    click(view->table(), view->letters().index(0, 0));
    const std::array buttons{&view->editButton(), &view->redriveButton(), &view->redriveAllButton(),
                             &view->discardButton()};
    QStringList tips;
    for (const QPushButton* const button : buttons) {
        QVERIFY(button->isEnabled());
        tips << button->toolTip();
    }
    QTest::mouseClick(&view->editButton(), Qt::LeftButton);
    QVERIFY(view->editor().sendButton().isEnabled());
    m_session->run();
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(m_session->endReason(), QStringLiteral("done"));
    for (const QPushButton* const button : buttons) {
        QVERIFY(!button->isEnabled());
        QVERIFY2(button->toolTip().contains(QStringLiteral("earlier instant")), qPrintable(button->toolTip()));
    }
    QVERIFY(!view->editor().sendButton().isEnabled());
    QTest::keyClick(&view->editor().field(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_session->journal().size(), std::size_t{0});
    m_session->stepBack();
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        QVERIFY(buttons[i]->isEnabled());
        QCOMPARE(buttons[i]->toolTip(), tips[static_cast<qsizetype>(i)]);
    }
    QVERIFY(view->editor().sendButton().isEnabled());
}

// It died at 1.520 s; between 3.520 s and 19 s nothing happens at all.
void TestTables::aMessageAmongTheDeadLettersAges() {
    open(load(dying + "}"), SimTime{10s});
    DetailsView details(*m_session, *m_selection, *m_themes);
    details.resize(320, 900);
    details.show();
    QVERIFY(QTest::qWaitForWindowExposed(&details));
    m_selection->selectMessage(1);
    const auto said = [&details] { return details.life().rows().back().text; };
    QCOMPARE(said(), QStringLiteral("dead: lies among the dead letters, for 8.48\u00A0s so far"));
    m_session->runUntil(SimTime{12s});
    QTRY_VERIFY(!m_session->running());
    QCOMPARE(said(), QStringLiteral("dead: lies among the dead letters, for 10.5\u00A0s so far"));
    m_session->seek(SimTime{11s});
    QCOMPARE(said(), QStringLiteral("dead: lies among the dead letters, for 9.48\u00A0s so far"));
    // What is done with it afterwards is told too.
    QVERIFY(m_session->apply({.kind = CommandKind::discard, .target = "dead", .ordinal = 1}).empty());
    QTRY_COMPARE(said(), QStringLiteral("dead: purged"));
}

void TestTables::lettersAreDiscarded() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    click(view->table(), view->letters().index(1, 0));
    QTest::mouseClick(&view->discardButton(), Qt::LeftButton);
    QTRY_COMPARE(view->letters().rowCount(), 2);
    QCOMPARE(m_session->picture().ledger().copies.purged, std::int64_t{1});
    m_session->stepBack();
    QTRY_COMPARE(view->letters().rowCount(), 3); // who steps back has it again
}

void TestTables::aMendedLetterIsSentOn() {
    open(load(dying + "}"), SimTime{10s});
    const auto view = lettersView();
    QTRY_COMPARE(view->letters().rowCount(), 3);
    click(view->table(), view->letters().index(0, 0));
    QTest::mouseClick(&view->editButton(), Qt::LeftButton);
    QPlainTextEdit& field = view->editor().field();
    QVERIFY(field.isVisible());
    QVERIFY(field.toPlainText().contains(QStringLiteral("\"n\"")));
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("{\"n\": "));
    QVERIFY(!view->editor().sendButton().isEnabled());
    QVERIFY(!view->editor().reason().isEmpty());
    QTest::keyClicks(&field, QStringLiteral("\"mended\"}"));
    QVERIFY(view->editor().sendButton().isEnabled());
    QTest::mouseClick(&view->editor().sendButton(), Qt::LeftButton);
    QVERIFY(!field.isVisible());
    QTRY_COMPARE(view->letters().rowCount(), 2);
    const auto sent = m_session->messages()->message(4);
    QVERIFY(sent);
    QCOMPARE(*sent->data.member("n")->text(), std::string("mended"));
    QCOMPARE(m_session->picture().ledger().copies.purged, std::int64_t{1});
}

// --- groups ---

void TestTables::aQueuesGroupTellsWaitingAndInFlight() {
    open(load(R"("channels": { "jobs": { "kind": "queue" } },
      "services": {
        "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "times": ["1s", "1s", "1s", "1s", "1s"] } } ] },
        "worker": { "instances": 2, "handlers": [ { "on": "jobs", "prefetch": 1, "takes": "5s" } ] } })"),
         SimTime{2s});
    const auto view = groupsView();
    const QAbstractItemModelTester tester(const_cast<GroupModel*>(&view->model()),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(view->model().rowCount(), 1);
    QCOMPARE(cell(view->model(), 0, GroupModel::Name), QStringLiteral("jobs"));
    QCOMPARE(cell(view->model(), 0, GroupModel::Members), QStringLiteral("2"));
    QCOMPARE(cell(view->model(), 0, GroupModel::Lag), QStringLiteral("3"));
    QCOMPARE(cell(view->model(), 0, GroupModel::InFlight), QStringLiteral("2"));
    QCOMPARE(cell(view->model(), 0, GroupModel::Prefetch), QStringLiteral("1"));
    QCOMPARE(cell(view->model(), 0, GroupModel::Committed), QString()); // of a queue there is none
    const QModelIndex group = view->model().index(0, 0);
    QCOMPARE(view->model().rowCount(group), 2);
    for (int consumer = 0; consumer < 2; ++consumer)
        QCOMPARE(cell(view->model(), consumer, GroupModel::InFlight, group), QStringLiteral("1"));
    QCOMPARE(cell(view->model(), 1, GroupModel::Name, group), QStringLiteral("worker #2"));
}

const std::string streaming = R"("channels": { "log": { "kind": "stream", "partitions": 3 } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "log", "arrivals": { "rate": "10/s" } } ] },
    "reader": { "instances": 2, "handlers": [ { "on": "log", "takes": "500ms" } ] } })";

void TestTables::aGroupThatIsRebalancingIsTold() {
    const std::string text = R"("channels": { "log": { "kind": "stream", "partitions": 2,
        "group": { "rebalanceTakes": "2s", "sessionTimeout": "5s" } } },
      "services": {
        "producer": { "sources": [ { "emit": "job", "to": "log", "arrivals": { "rate": "10/s" } } ] },
        "reader": { "instances": 2, "handlers": [ { "on": "log", "takes": "1ms" } ] } })";
    const std::string dies = R"([ { "at": "10s", "crash": "reader", "instance": 1, "for": "30s" } ])";
    const auto members = [&](Duration at) {
        open(load(text, "[]", dies), SimTime{at});
        return cell(groupsView()->model(), 0, GroupModel::Members);
    };
    QCOMPARE(members(12s), QStringLiteral("1 of 2 up"));
    QCOMPARE(members(16s), QStringLiteral("1 of 2 up · rebalancing"));
    QCOMPARE(members(18s), QStringLiteral("1 of 2 up"));
}

void TestTables::aStreamsGroupTellsOffsetsAndLag() {
    open(load(streaming), SimTime{8s});
    const auto view = groupsView();
    QCOMPARE(view->model().rowCount(), 1);
    const QModelIndex group = view->model().index(0, 0);
    QCOMPARE(view->model().rowCount(group), 3);
    const Catalogue& catalogue = *m_session->catalogue();
    const SubscriptionId id{0};
    const Picture& picture = m_session->picture();
    std::int64_t lag = 0;
    std::int64_t inFlight = 0;
    for (int partition = 0; partition < 3; ++partition) {
        const auto at = static_cast<std::size_t>(partition);
        const std::int64_t end =
            at < picture.channel(ChannelId{0}).ends.size() ? picture.channel(ChannelId{0}).ends[at] : 0;
        QCOMPARE(view->model().index(partition, GroupModel::End, group).data().toString(), QString::number(end));
        lag += cell(view->model(), partition, GroupModel::Lag, group).toInt();
        inFlight += cell(view->model(), partition, GroupModel::InFlight, group).toInt();
    }
    // As on the canvas: a bar is half full where a hundred wait, and nearly empty at one or two.
    QCOMPARE(view->model().index(0, GroupModel::Lag).data(ShareRole).toDouble(), queueFill(lag, 0) / 1000.0);
    QVERIFY(lag > 0);
    QCOMPARE(lag, picture.lag(id, catalogue).value());
    QCOMPARE(cell(view->model(), 0, GroupModel::Lag), QString::number(lag));
    QCOMPARE(inFlight, picture.subscription(id).unacked.level());
    QVERIFY(cell(view->model(), 0, GroupModel::Generation).toInt() >= 1);
    // Round robin over two members: partitions 0 and 2 are with the first, 1 with the second.
    QStringList members;
    for (int partition = 0; partition < 3; ++partition)
        members << cell(view->model(), partition, GroupModel::Where, group);
    QCOMPARE(members[0], members[2]);
    QVERIFY(members[0].endsWith(QStringLiteral("#1")) && members[1].endsWith(QStringLiteral("#2")));
}

void TestTables::goingBackShowsTheGroupsOfThen() {
    open(load(streaming), SimTime{8s});
    GroupFold on;
    on.setStore(m_session->store());
    QVERIFY(on.moveTo(m_session->head(), 10s));
    for (const std::uint64_t index : {m_session->head() / 2, m_session->head() / 3, m_session->head()}) {
        QVERIFY(on.moveTo(index, 10s));
        GroupFold anew;
        anew.setStore(m_session->store());
        QVERIFY(anew.moveTo(index, 10s));
        const auto one = on.inHand(SubscriptionId{0});
        const auto other = anew.inHand(SubscriptionId{0});
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
            QCOMPARE(one[i].copies, other[i].copies);
            sum += one[i].copies;
        }
        m_session->seekRecord(index);
        QCOMPARE(sum, m_session->picture().subscription(SubscriptionId{0}).unacked.level());
    }
}

void TestTables::choosingAGroupSelectsItsChannel() {
    open(load(dying + clerk), SimTime{10s});
    const auto view = groupsView();
    QCOMPARE(view->model().rowCount(), 2);
    view->table().sortByColumn(GroupModel::Name, Qt::AscendingOrder);
    click(view->table(), view->model().index(0, 0));
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->channel("dead")));
    view->table().setFocus();
    QTest::keyClick(&view->table(), Qt::Key_Down);
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->channel("jobs")));
    QTest::keyClick(&view->table(), Qt::Key_Right); // unfolds its consumers
    QTest::keyClick(&view->table(), Qt::Key_Down);
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->service("worker")));
}

// --- problems ---

void TestTables::findingsAreListedTheWorstFirst() {
    DocumentEditor editor(*m_session, *m_selection);
    Problems problems(*m_session, editor, *m_selection, *m_themes);
    const std::unique_ptr<ProblemsView> view = shown(std::unique_ptr<ProblemsView>(problems.view()));
    const std::unique_ptr<QWidget> status(problems.withLight(new QWidget));
    auto& light = *status->findChild<ProblemLight*>();
    const QAbstractItemModelTester tester(const_cast<ProblemModel*>(&view->model()),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    // A maker that does nothing is a note, and thirty jobs a second are too many for one that takes a tenth.
    const std::string flawed = withIdler(R"("channels": { "jobs": { "kind": "queue" } },
      "services": { "maker": {},
        "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "rate": "30/s" } } ] },
        "worker": { "handlers": [ { "on": "jobs", "takes": "100ms" } ] } })");
    QVERIFY(editor.open(textOf(flawed), {}).empty());
    QTRY_COMPARE(view->model().rowCount(), static_cast<int>(editor.findings().size()));
    const auto rowOf = [&view](const char* where) {
        for (int row = 0; row < view->model().rowCount(); ++row)
            if (view->model().problem(row).where == QLatin1String(where))
                return row;
        return -1;
    };
    const auto severityOf = [&view](int row) { return view->model().problem(row).severity; };
    QCOMPARE(severityOf(0), Severity::error);
    const int idler = rowOf("/services/idler/handlers/0");
    const int maker = rowOf("/services/maker");
    QVERIFY(idler > 0 && maker > idler);
    QCOMPARE(severityOf(idler), Severity::warning);
    QCOMPARE(severityOf(maker), Severity::note);
    QCOMPARE(light.tone(), Tone::Danger);
    // What is mended in the document is gone from the list.
    QVERIFY(editor
                .edit(QStringLiteral("Mend"),
                      {{.pointer = "/services/worker/instances", .value = Value(10), .newName = {}}})
                .empty());
    QTRY_VERIFY(severityOf(0) != Severity::error);
    QCOMPARE(light.tone(), Tone::Warn);
}

const char* const soon = R"([ { "always": "metric('subscription', 'jobs', 'acked') < 1" },
                              { "always": "metric('subscription', 'jobs', 'deadLettered') < 2", "title": "Two at most" },
                              { "ledger": "closed" } ])";

void TestTables::aBrokenExpectationNamesTheRecordThatTheCommandLineNames() {
    const Scenario scenario = load(dying + "}", soon);
    const FinishedRun run = runWhole(scenario, {.seed = 3}, RunWatch{}).value();
    QVERIFY(run.expectations[1].violation);
    open(load(dying + "}", soon), SimTime{20s});
    const auto outcomes = m_session->expectations();
    QVERIFY(outcomes);
    QCOMPARE(outcomes->size(), std::size_t{3});
    QVERIFY((*outcomes)[0].ok() && (*outcomes)[2].ok());
    const Violation& violation = *(*outcomes)[1].violation;
    QCOMPARE(violation.recordLine, run.expectations[1].violation->recordLine);
    const RecordReader reader(m_session->store());
    // The second death, at 2.520 s.
    QCOMPARE(reader.at(violation.index).at, SimTime{2520ms});
    QCOMPARE(reader.at(violation.index).at, violation.at);
    QCOMPARE(reader.at(violation.index).kind, violation.record->kind);
    QCOMPARE(reader.at(violation.index).ordinal, violation.record->ordinal);
}

void TestTables::whatIsBrokenLaterHoldsBefore() {
    open(load(dying + "}", soon), SimTime{10s});
    ProblemFeed feed(*m_session);
    QCOMPARE(feed.problems().front().state, Problem::State::broken);
    QCOMPARE(feed.problems().front().text, QStringLiteral("Two at most"));
    const auto broken = [&] {
        return std::count_if(feed.problems().begin(), feed.problems().end(),
                             [](const Problem& each) { return each.state == Problem::State::broken; });
    };
    m_session->seek(SimTime{2519ms});
    QCOMPARE(broken(), 0);
    m_session->seek(SimTime{2520ms});
    QCOMPARE(broken(), 1);
    m_session->seekRecord(*feed.problems().front().record); // just before that record
    QCOMPARE(broken(), 0);
}

void TestTables::expectationsForTheEndWait() {
    open(load(dying + "}", R"([ { "that": "metric('channel', 'jobs', 'deadLettered') = 3" },
                                { "that": "metric('channel', 'jobs', 'deadLettered') > 5" } ])"),
         SimTime{3s});
    ProblemFeed feed(*m_session);
    const auto place = [&feed](const char* where) {
        for (const Problem& each : feed.problems())
            if (each.where == QLatin1String(where))
                return each.place;
        return QString();
    };
    QVERIFY(place("/expect/0").startsWith(QStringLiteral("does not hold yet")));
    m_session->runUntil(SimTime{4s});
    QTRY_VERIFY(!m_session->running());
    QVERIFY(place("/expect/0").startsWith(QStringLiteral("holds now")));
    m_session->run();
    QTRY_VERIFY(!m_session->running());
    QVERIFY(place("/expect/0").startsWith(QStringLiteral("holds at the end")));
    QVERIFY(place("/expect/1").startsWith(QStringLiteral("broken at")));
    QCOMPARE(feed.count(Severity::error) > 0, true);
}

void TestTables::expectationsEditedMeanwhileSaySo() {
    open(load(dying + "}", soon), SimTime{1s});
    ProblemFeed feed(*m_session);
    const auto edited = [&feed] {
        return std::any_of(feed.problems().begin(), feed.problems().end(),
                           [](const Problem& each) { return each.where == QLatin1String("/expect"); });
    };
    QVERIFY(!edited());
    QVERIFY(m_session->revise(load(dying + "}", "[]"), Session::Revision::appearance).empty());
    QVERIFY(edited());
    m_session->restart();
    QVERIFY(!edited());
}

void TestTables::theLightTellsTheWorst() {
    ProblemFeed feed(*m_session);
    ProblemLight light(feed, *m_themes);
    QCOMPARE(light.text(), QStringLiteral("No problems"));
    QCOMPARE(light.tone(), Tone::Ok);
    open(load(withIdler(dying + clerk), soon), SimTime{10s});
    feed.setFindings(check(*m_session->scenario()));
    QCOMPARE(light.tone(), Tone::Danger);
    QVERIFY(light.accessibleName().endsWith(QStringLiteral("problems")));
    m_session->seek(SimTime{1s});
    QCOMPARE(light.tone(), Tone::Warn);
    QSignalSpy clicks(&light, &QAbstractButton::clicked);
    light.show();
    QTest::keyClick(&light, Qt::Key_Space);
    QCOMPARE(clicks.count(), 1);
}

void TestTables::choosingAProblemLeadsToItsPlace() {
    open(load(withIdler(dying + "}"), soon), SimTime{10s});
    ProblemFeed feed(*m_session);
    feed.setFindings(check(*m_session->scenario()));
    const auto view = shown(std::make_unique<ProblemsView>(feed, *m_session, *m_selection, *m_themes));
    click(view->table(), view->model().index(0, 1)); // the broken expectation
    QVERIFY(m_selection->record());
    QCOMPARE(RecordReader(m_session->store()).at(*m_selection->record()).at, SimTime{2520ms});
    QVERIFY(view->detail().contains(QStringLiteral("does not hold")));
    int finding = 1;
    while (finding + 1 < view->model().rowCount() &&
           view->model().problem(finding).where != QLatin1String("/services/idler/handlers/0"))
        ++finding;
    click(view->table(), view->model().index(finding, 1));
    QCOMPARE(m_selection->node(), NodeRef::of(m_session->catalogue()->service("idler")));
    QVERIFY(!view->detail().isEmpty());
}

// --- what they share ---

class Numbers final : public KeyedModel {
  public:
    using KeyedModel::forget;
    using KeyedModel::setKeys;
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex& index, int role) const override {
        return index.isValid() && role == Qt::DisplayRole ? QVariant(QString::number(keyAt(index.row()))) : QVariant();
    }
};

void TestTables::keyedRowsKeepWhatIsSelected() {
    Numbers model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setKeys({1, 2, 3, 4, 5});
    const QPersistentModelIndex four(model.index(3, 0));
    const QPersistentModelIndex two(model.index(1, 0));
    model.setKeys({7, 5, 4, 6});
    QCOMPARE(four.row(), 2);
    QCOMPARE(four.data().toString(), QStringLiteral("4"));
    QVERIFY(!two.isValid());
    QCOMPARE(model.rowCount(), 4);
    std::vector<std::uint64_t> many;
    for (std::uint64_t key = 0; key < 2000; ++key)
        many.push_back(key);
    model.setKeys(many);
    QCOMPARE(four.row(), 4);
    std::erase_if(many, [](std::uint64_t key) { return key % 2 == 1; });
    model.setKeys(many); // a thousand gaps: made anew
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(model.keyAt(999), std::uint64_t{1998});
    model.forget();
    QCOMPARE(model.rowCount(), 0);
}

void TestTables::emptyListsSayWhatToDo() {
    const auto letters = lettersView();
    QVERIFY(letters->table().hint().contains(QStringLiteral("open a scenario")));
    QVERIFY(!letters->table().accessibleName().isEmpty());
    const auto groups = groupsView();
    QVERIFY(groups->table().hint().contains(QStringLiteral("open a scenario")));
    ProblemFeed feed(*m_session);
    const auto problems = shown(std::make_unique<ProblemsView>(feed, *m_session, *m_selection, *m_themes));
    QVERIFY(problems->table().hint().contains(QStringLiteral("open a scenario")));
    QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(&problems->table());
    QVERIFY(access && !access->text(QAccessible::Name).isEmpty());
}

QTEST_MAIN(TestTables)
#include "tst_tables.moc"

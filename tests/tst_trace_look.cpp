// How the trace is arranged and used: columns by expression, colours, time, marks, copies, export, the history of
// filters, the brush, and what assistive technology is told.
#include "core/scenario/load.h"
#include "ui/session/session.h"
#include "ui/trace/colour_popup.h"
#include "ui/trace/expression_popup.h"
#include "ui/trace/trace_view.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace weir;
using namespace std::chrono_literals;

namespace {

// A job at each whole second, done 5 ms later; its amount is its number.
constexpr std::string_view scenarioText = R"({
  "weir": "1", "title": "Look", "run": { "seed": 3, "for": "20s" },
  "events": { "job": { "data": { "amount": "{count}", "note": )"
                                        "\"it's \\\"so\\\", said he\"" // in a raw string it would mislead moc 6.4
                                        R"( } } },
  "channels": { "jobs": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "times": ["1s", "2s", "3s", "4s"] } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "5ms" } ] }
  }
})";

Expression parsed(const char* text) {
    return Expression::parse(text).value();
}

} // namespace

class TestTraceLook : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();

    void aColumnByExpressionShowsItsValue();
    void aColumnIsAskedForInAPopupThatSaysWhyATextIsNone();
    void columnsComeAndGoByTheModelsRules();
    void columnsAreDraggedHiddenAndReset();
    void theArrangementIsKept();
    void settingsThatMakeNoSenseArePassedOver();
    void timeIsToldInThreeWays();
    void theFirstRuleThatHoldsColoursARow();
    void rulesAreAddedAndTakenAwayInThePopup();
    void shiftAndControlMarkRows();
    void marksAreStretchesThatCanBeTakenApart();
    void markedRowsAreCopied();
    void anEventIsCopiedAsACommand();
    void theMenuAppliesAndPrepares();
    void aPreparedFilterWaitsForEnter();
    void theConversationIsFollowedAndLeftAgain();
    void theStretchOfTimeIsHonouredAndCleared();
    void aStretchAfterThePlayheadIsNoEmptyOne();
    void whatPassesTheFilterIsExported();
    void aBeginningOfAFilterLeavesTheRows();
    void anExportCanBeCancelled();
    void anExportThatCannotBeWrittenSaysSo();
    void withoutARunThereIsAHintAndNoRow();
    void rowsAreToldToAssistiveTechnology();

  private:
    TraceList& list() { return m_view->list(); }
    QString cell(int row, int column) { return list().model().row(row).text(column); }
    QPoint middleOf(int row) { return list().rowArea(row).center(); }
    void clickRow(int row, Qt::KeyboardModifiers keys = {}) {
        QTest::mouseClick(list().viewport(), Qt::LeftButton, keys, QPoint(200, middleOf(row).y()));
    }
    QMenu* menuAt(int row, TraceColumn column);
    static QAction* entry(const QMenu& menu, const QString& text);

    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<TraceView> m_view;
};

void TestTraceLook::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    auto scenario = loadScenario(scenarioText);
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    QVERIFY(m_session->open(std::move(scenario).value(), {}).empty());
    m_view = std::make_unique<TraceView>(*m_session, *m_selection, *m_themes);
    m_view->resize(1000, 320);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_session->setSpeed(Speed::max());
    m_session->runUntil(SimTime{10s});
    QTRY_VERIFY(!m_session->running());
    m_view->filterField().setText(QStringLiteral("kind = 'acked' OR kind = 'published'")); // eight rows
    QTRY_COMPARE(m_view->rows().unsearched(), std::uint64_t{0});
    QCOMPARE(m_view->rows().count(), std::uint64_t{8});
    QTest::keyClick(&list(), Qt::Key_Home);
}

void TestTraceLook::cleanup() {
    m_view.reset();
    m_selection.reset();
    m_session.reset();
}

QMenu* TestTraceLook::menuAt(int row, TraceColumn column) {
    const QPoint at(list().header().sectionViewportPosition(static_cast<int>(column)) + 20, middleOf(row).y());
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, list().viewport()->mapToGlobal(at));
    QApplication::sendEvent(list().viewport(), &event);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

QAction* TestTraceLook::entry(const QMenu& menu, const QString& text) {
    for (QAction* const action : menu.actions()) {
        if (action->text() == text)
            return action;
        if (QMenu* const inner = action->menu(); inner && text.startsWith(action->text() + QLatin1Char('/')))
            return entry(*inner, text.mid(action->text().size() + 1));
    }
    return nullptr;
}

// --- columns ---

void TestTraceLook::aColumnByExpressionShowsItsValue() {
    m_view->addColumn(parsed("data.amount"));
    m_view->addColumn(parsed("attempt > 0"));
    m_view->addColumn(parsed("data.missing"));
    QCOMPARE(list().model().columnCount(), traceColumnCount + 3);
    // The amounts of the four jobs, each published and acked in turn.
    const QString first = cell(0, traceColumnCount);
    QVERIFY(!first.isEmpty());
    QCOMPARE(cell(1, traceColumnCount), first);
    QCOMPARE(cell(2, traceColumnCount).toInt(), first.toInt() + 1);
    QCOMPARE(cell(1, traceColumnCount + 1), QStringLiteral("true"));
    QCOMPARE(cell(1, traceColumnCount + 2), QString());
    QCOMPARE(list().model().headerData(traceColumnCount, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("data.amount"));
    QCOMPARE(m_view->filterTerm(2, traceColumnCount),
             QStringLiteral("data.amount = %1").arg(cell(2, traceColumnCount)));
    QVERIFY(!m_view->canAddColumn(parsed("data.amount"))); // it is there
}

void TestTraceLook::aColumnIsAskedForInAPopupThatSaysWhyATextIsNone() {
    m_view->askForColumn();
    ExpressionPopup& popup = m_view->columnPopup();
    QVERIFY(popup.isVisible());
    QTest::keyClicks(&popup.field(), QStringLiteral("data."));
    QVERIFY(!popup.field().refusal().isEmpty());
    QTest::keyClick(&popup.field(), Qt::Key_Return);
    QVERIFY(popup.isVisible());
    QTest::keyClicks(&popup.field(), QStringLiteral("amount"));
    QTest::keyClick(&popup.field(), Qt::Key_Return);
    QVERIFY(!popup.isVisible());
    QCOMPARE(list().look().columns.size(), std::size_t{1});
}

void TestTraceLook::columnsComeAndGoByTheModelsRules() {
    const QAbstractItemModelTester tester(const_cast<TraceModel*>(&list().model()),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_view->addColumn(parsed("partition"));
    m_view->addColumn(parsed("reason"));
    m_view->hideColumn(traceColumnCount);
    QCOMPARE(list().model().columnCount(), traceColumnCount + 1);
    QCOMPARE(list().model().headerData(traceColumnCount, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("reason"));
    m_view->setTime(TraceTime::delta);
    m_view->resetColumns();
    QCOMPARE(list().model().columnCount(), traceColumnCount);
    QCOMPARE(list().model().rowCount(), 8);
}

void TestTraceLook::columnsAreDraggedHiddenAndReset() {
    TraceHeader& header = list().header();
    const int kind = static_cast<int>(TraceColumn::kind);
    // By the mouse: the title "Kind" past the title "Event type".
    const QPoint from(header.sectionViewportPosition(kind) + 30, header.height() / 2);
    const QPoint to(header.sectionViewportPosition(static_cast<int>(TraceColumn::eventType)) + 120,
                    header.height() / 2);
    QTest::mousePress(header.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(header.viewport(), from + QPoint(20, 0));
    QTest::mouseMove(header.viewport(), to);
    QTest::mouseRelease(header.viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(header.visualIndex(kind), 2);
    m_view->hideColumn(static_cast<int>(TraceColumn::time));
    QVERIFY(header.isSectionHidden(static_cast<int>(TraceColumn::time)));
    QCOMPARE(m_view->csv(0).section(QLatin1Char('\n'), 0, 0),
             QStringLiteral("Event type,Kind,Event,Channel,Service,Attempt,Latency (s),Detail"));
    for (int column = 0; column < traceColumnCount; ++column)
        m_view->hideColumn(column);
    QCOMPARE(header.shownColumns().size(), std::size_t{1}); // one stays
    m_view->resetColumns();
    QCOMPARE(header.shownColumns().size(), std::size_t{traceColumnCount});
    QCOMPARE(header.visualIndex(kind), kind);
}

void TestTraceLook::theArrangementIsKept() {
    const QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("a.ini")), QSettings::IniFormat);
    m_view->remember(settings);
    m_view->addColumn(parsed("data.amount"));
    m_view->addColour(QStringLiteral("kind = 'acked'"), Tone::Ok);
    m_view->setTime(TraceTime::clock);
    m_view->hideColumn(static_cast<int>(TraceColumn::channel));
    list().header().moveSection(1, 0);
    list().header().resizeSection(static_cast<int>(TraceColumn::event), 133);

    TraceView other(*m_session, *m_selection, *m_themes);
    other.resize(1000, 320);
    other.remember(settings);
    QCOMPARE(other.list().look(), list().look());
    QCOMPARE(other.list().header().shownColumns(), list().header().shownColumns());
    QCOMPARE(other.list().header().sectionSize(static_cast<int>(TraceColumn::event)), 133);
    QVERIFY(other.list().header().isSectionHidden(static_cast<int>(TraceColumn::channel)));
}

void TestTraceLook::settingsThatMakeNoSenseArePassedOver() {
    const QTemporaryDir scratch;
    QSettings settings(scratch.filePath(QStringLiteral("a.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("trace/columns"), QStringList{QStringLiteral("AND"), QStringLiteral("reason")});
    settings.setValue(
        QStringLiteral("trace/colours"),
        QStringList{QStringLiteral("on danger"), QStringLiteral("rubbish"), QStringLiteral("off warn attempt > 1")});
    settings.setValue(QStringLiteral("trace/arrangement"), QStringList{QStringLiteral("x y nosuch"), QString()});
    m_view->remember(settings);
    QCOMPARE(list().look().columns.size(), std::size_t{1});
    QCOMPARE(list().look().rules.size(), std::size_t{1});
    QCOMPARE(list().look().rules[0].tone, Tone::Warn);
    QVERIFY(!list().look().rules[0].on);
    QCOMPARE(list().header().shownColumns().size(), std::size_t{traceColumnCount + 1});
}

void TestTraceLook::timeIsToldInThreeWays() {
    const QChar thin(0x202F);
    const int time = static_cast<int>(TraceColumn::time);
    // Published at 1 s, acked 5 ms later, and so on.
    QCOMPARE(cell(1, time), QStringLiteral("1.005") + thin + QStringLiteral("000"));
    m_view->setTime(TraceTime::clock);
    QCOMPARE(cell(1, time), QStringLiteral("00:00:01.005") + thin + QStringLiteral("000"));
    m_view->setTime(TraceTime::delta);
    QCOMPARE(cell(0, time), QStringLiteral("1.000") + thin + QStringLiteral("000")); // there is none before
    QCOMPARE(cell(1, time), QStringLiteral("+0.005") + thin + QStringLiteral("000"));
    QCOMPARE(cell(2, time), QStringLiteral("+0.995") + thin + QStringLiteral("000"));
    // To the row before that is shown, not to the record before.
    m_view->filterField().setText(QStringLiteral("kind = 'acked'"));
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{4});
    QCOMPARE(cell(1, time), QStringLiteral("+1.000") + thin + QStringLiteral("000"));
    QCOMPARE(timeText(TraceTime::clock, SimTime{25h + 61s}, std::nullopt),
             QStringLiteral("25:01:01.000") + thin + QStringLiteral("000"));
}

// --- colours ---

void TestTraceLook::theFirstRuleThatHoldsColoursARow() {
    m_view->addColour(QStringLiteral("kind = 'acked'"), Tone::Ok);
    QCOMPARE(list().model().row(0).tone, Tone::Neutral);
    QCOMPARE(list().model().row(1).tone, Tone::Ok);
    m_view->addColour(QStringLiteral("at > 3"), Tone::Danger); // the newest stands first
    QCOMPARE(list().model().row(1).tone, Tone::Ok);
    QCOMPARE(list().model().row(5).tone, Tone::Danger);
    const QRect row = list().rowArea(1);
    const QImage picture = list().viewport()->grab().toImage();
    const qreal ratio = picture.devicePixelRatio();
    QCOMPARE(picture.pixelColor(qRound(3 * ratio), qRound((row.top() + 2) * ratio)), m_themes->theme().tint(Tone::Ok));
}

void TestTraceLook::rulesAreAddedAndTakenAwayInThePopup() {
    m_view->openColours();
    ColourPopup& popup = m_view->colours();
    QVERIFY(popup.isVisible());
    QCOMPARE(popup.ruleCount(), 0);
    QTest::mouseClick(&popup.addButton(), Qt::LeftButton);
    QTest::keyClicks(&popup.field(0), QStringLiteral("kind = "));
    QVERIFY(!popup.field(0).refusal().isEmpty());
    QCOMPARE(list().look().rules.size(), std::size_t{0}); // that is none, though "kind" was one on the way
    QTest::keyClicks(&popup.field(0), QStringLiteral("'acked'"));
    QCOMPARE(list().look().rules.size(), std::size_t{1});
    QCOMPARE(list().model().row(1).tone, Tone::Danger);
    popup.close();
    m_view->openColours();
    QCOMPARE(popup.ruleCount(), 1);
    QCOMPARE(popup.field(0).text(), QStringLiteral("kind = 'acked'"));
    QTest::mouseClick(popup.field(0).parentWidget()->findChild<QToolButton*>(), Qt::LeftButton);
    QCOMPARE(list().look().rules.size(), std::size_t{0});
    QCOMPARE(list().model().row(1).tone, Tone::Neutral);
    popup.close();
}

// --- marks and copies ---

void TestTraceLook::shiftAndControlMarkRows() {
    clickRow(1);
    QCOMPARE(list().markedCount(), std::uint64_t{1});
    clickRow(4, Qt::ShiftModifier);
    QCOMPARE(list().markedCount(), std::uint64_t{4}); // rows, not the records between them
    clickRow(6, Qt::ControlModifier);
    QCOMPARE(list().markedCount(), std::uint64_t{5});
    clickRow(2, Qt::ControlModifier);
    QCOMPARE(list().marked(100), (std::vector<std::uint64_t>{1, 3, 4, 6}));
    QVERIFY(m_view->note().startsWith(QStringLiteral("4 rows")));
    QTest::keyClick(&list(), Qt::Key_Home);
    QTest::keyClick(&list(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(list().marked(100), (std::vector<std::uint64_t>{0, 1}));
    QTest::keyClick(&list(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(list().markedCount(), std::uint64_t{8});
    m_selection->selectRecord(m_view->rows().indexOf(3), 2, {}, {}); // by another view
    QCOMPARE(list().marked(100), (std::vector<std::uint64_t>{3}));
}

void TestTraceLook::marksAreStretchesThatCanBeTakenApart() {
    IndexRanges ranges;
    using Range = IndexRanges::Range;
    ranges.add({10, 20});
    ranges.add({30, 40});
    ranges.add({21, 25}); // touches the first
    QCOMPARE(ranges.ranges(), (std::vector<Range>{{10, 25}, {30, 40}}));
    ranges.remove(15);
    ranges.remove(30);
    ranges.remove(100);
    QCOMPARE(ranges.ranges(), (std::vector<Range>{{10, 14}, {16, 25}, {31, 40}}));
    QVERIFY(ranges.contains(16) && !ranges.contains(15) && !ranges.contains(30) && !ranges.contains(41));
    ranges.add({0, 1'000'000});
    QCOMPARE(ranges.ranges().size(), std::size_t{1});
}

void TestTraceLook::markedRowsAreCopied() {
    clickRow(0);
    clickRow(2, Qt::ShiftModifier);
    QTest::keyClick(&list(), Qt::Key_C, Qt::ControlModifier);
    QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1].split(QLatin1Char('\t'))[1], QStringLiteral("acked"));
    m_view->copyMarked(CopyForm::csv);
    lines = QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[2].startsWith(QStringLiteral("1.005,acked,job,")));
    // Two messages among three rows.
    m_view->copyMarked(CopyForm::json);
    const auto batch = Value::parse(QApplication::clipboard()->text().toStdString());
    QVERIFY(batch.ok());
    QCOMPARE(batch->list()->size(), std::size_t{2});
}

void TestTraceLook::anEventIsCopiedAsACommand() {
    m_view->copyRow(0, CopyForm::curl);
    const QString command = QApplication::clipboard()->text();
    QVERIFY(command.startsWith(QStringLiteral("curl -X POST http")));
    QVERIFY(command.contains(QStringLiteral("application/cloudevents+json")));
    // A quote within the data ends the shell's and begins it anew.
    QVERIFY2(command.contains(QStringLiteral("it'\\''s \\\"so\\\"")), qPrintable(command));
}

// --- filters ---

void TestTraceLook::theMenuAppliesAndPrepares() {
    QMenu* menu = menuAt(1, TraceColumn::kind);
    QVERIFY(menu);
    QAction* const both = entry(*menu, QStringLiteral("Apply as filter/… and not selected"));
    QVERIFY(both);
    both->trigger();
    QCOMPARE(m_view->filterField().text(),
             QStringLiteral("(kind = 'acked' OR kind = 'published') AND NOT (kind = 'acked')"));
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{4});
    menu->close();
    m_view->filterField().back();
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{8});
    menu = menuAt(1, TraceColumn::kind);
    entry(*menu, QStringLiteral("Prepare as filter/Selected"))->trigger();
    menu->close();
    QCOMPARE(m_view->filterField().text(), QStringLiteral("kind = 'acked'"));
    QVERIFY(m_view->filterField().prepared());
    QCOMPARE(m_view->rows().count(), std::uint64_t{8});
    menu = menuAt(1, TraceColumn::kind);
    entry(*menu, QStringLiteral("Add column/data.amount"))->trigger();
    menu->close();
    QCOMPARE(list().look().columns.size(), std::size_t{1});
}

void TestTraceLook::aPreparedFilterWaitsForEnter() {
    FilterField& field = m_view->filterField();
    field.prepare(QStringLiteral("kind = 'acked'"));
    QTest::keyClicks(&field, QStringLiteral(" AND at > 2"));
    QCOMPARE(m_view->rows().count(), std::uint64_t{8});
    QTest::keyClick(&field, Qt::Key_Return);
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{3});
    QVERIFY(!field.prepared());
    field.prepare(QStringLiteral("FALSE"));
    QTest::keyClick(&field, Qt::Key_Left, Qt::AltModifier); // back to what is in force
    QCOMPARE(field.text(), QStringLiteral("kind = 'acked' AND at > 2"));
    QCOMPARE(m_view->rows().count(), std::uint64_t{3});
}

void TestTraceLook::theConversationIsFollowedAndLeftAgain() {
    QMenu* const menu = menuAt(2, TraceColumn::event);
    entry(*menu, QStringLiteral("Follow this conversation"))->trigger();
    menu->close();
    QVERIFY(m_view->filterField().text().startsWith(QStringLiteral("correlationid = '")));
    // Everything about the second job: published, routed, enqueued, delivered, started, finished, acked, completed.
    QTRY_COMPARE(m_view->rows().unsearched(), std::uint64_t{0});
    const std::uint64_t count = m_view->rows().count();
    QVERIFY(count >= 7);
    for (std::uint64_t row = 0; row < count; ++row)
        QCOMPARE(m_view->rows().reader().at(m_view->rows().indexOf(row)).ordinal, Ordinal{2});
    QTest::keyClick(&list(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_view->filterField().text(), QStringLiteral("kind = 'acked' OR kind = 'published'"));
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{8});
    QTest::keyClick(&list(), Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(m_view->rows().count(), count);
}

void TestTraceLook::theStretchOfTimeIsHonouredAndCleared() {
    m_selection->setBrush(TimeRange{SimTime{2s}, SimTime{3s}});
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{2}); // 2.000 and 2.005; 3.000 is outside
    QCOMPARE(m_view->rows().reader().at(m_view->rows().indexOf(0)).at, SimTime{2s});
    m_view->filterField().setText(QString());
    QTRY_VERIFY(m_view->rows().count() > 2);
    const std::uint64_t all = m_view->rows().count();
    for (std::uint64_t row = 0; row < all; ++row) {
        const SimTime at = m_view->rows().reader().at(m_view->rows().indexOf(row)).at;
        QVERIFY(at >= SimTime{2s} && at < SimTime{3s});
    }
    QToolButton* clear = nullptr;
    for (QToolButton* const each : m_view->findChildren<QToolButton*>())
        if (each->accessibleName().startsWith(QStringLiteral("Only from")))
            clear = each;
    QVERIFY(clear && clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(!m_selection->brush());
    QCOMPARE(m_view->rows().count(), m_session->playhead());
    QVERIFY(!clear->isVisible());
}

void TestTraceLook::aStretchAfterThePlayheadIsNoEmptyOne() {
    m_view->filterField().setText(QString());
    const auto hint = [this] {
        QStringList told;
        for (const QLabel* const each : m_view->findChildren<QLabel*>())
            if (each->isVisible() && each->text().contains(QStringLiteral("stretch of time")))
                told << each->text();
        return told.join(QLatin1Char('|'));
    };
    m_session->seek(SimTime{1s});
    m_selection->setBrush(TimeRange{SimTime{2s}, SimTime{3s}});
    QTRY_COMPARE(m_view->rows().count(), std::uint64_t{0});
    QTRY_VERIFY2(hint().startsWith(QStringLiteral("This stretch of time comes after")), qPrintable(hint()));
    m_session->seek(SimTime{2900ms});
    QTRY_VERIFY(m_view->rows().count() > 0);
    QCOMPARE(hint(), QString());
}

// --- export ---

void TestTraceLook::whatPassesTheFilterIsExported() {
    const QTemporaryDir scratch;
    const QString csv = scratch.filePath(QStringLiteral("rows.csv"));
    m_view->exportTo(csv, TraceExport::Form::csv);
    QVERIFY(m_view->exporting());
    QTRY_VERIFY(!m_view->exporting());
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 9);
    QVERIFY(lines[8].startsWith(QStringLiteral("4.005,acked,job,")));
    // Figures come back as they were written: plain numbers, their unit in the title.
    QCOMPARE(lines[0].split(QLatin1Char(','))[7], QStringLiteral("Latency (s)"));
    QCOMPARE(lines[8].split(QLatin1Char(','))[7], QStringLiteral("0.005"));
    const QString json = scratch.filePath(QStringLiteral("rows.ndjson"));
    m_selection->setBrush(TimeRange{SimTime{2s}, SimTime{3s}});
    m_view->exportTo(json, TraceExport::Form::jsonLines);
    QTRY_VERIFY(!m_view->exporting());
    QFile records(json);
    QVERIFY(records.open(QIODevice::ReadOnly));
    const QList<QByteArray> objects = records.readAll().split('\n');
    QCOMPARE(objects.size(), 3); // two, and the end of the last line
    const auto acked = Value::parse(objects[1].toStdString());
    QVERIFY(acked.ok());
    QCOMPARE(*acked->member("kind")->text(), std::string("acked"));
}

// Each letter that is typed: what is no condition yet leaves those in force that was there before.
void TestTraceLook::aBeginningOfAFilterLeavesTheRows() {
    m_view->filterField().setText(QString());
    const std::uint64_t all = m_view->rows().count();
    QVERIFY(all > 8);
    for (const QString& text : {QStringLiteral("k"), QStringLiteral("kind"), QStringLiteral("kind LIKE 'ack% "),
                                QStringLiteral("NOT kind"), QStringLiteral("(kind")}) {
        m_view->filterField().setText(text);
        QTRY_COMPARE(m_view->rows().count(), all);
        QVERIFY2(!m_view->filterField().refusal().isEmpty(), qPrintable(text));
    }
    m_view->filterField().setText(QStringLiteral("kind = 'acked'"));
    QTRY_VERIFY(m_view->rows().count() < all);
    const std::uint64_t acked = m_view->rows().count();
    m_view->filterField().setText(QStringLiteral("kind = 'acked' AND type"));
    QVERIFY(m_view->filterField().refusal().contains(QStringLiteral("type")));
    QCOMPARE(m_view->rows().count(), acked);
    m_view->filterField().setText(QStringLiteral("kind = 'acked' AND TRUE"));
    QVERIFY(m_view->filterField().refusal().isEmpty());
    m_view->filterField().setText(QStringLiteral("data.urgent")); // data may be true by itself
    QVERIFY(m_view->filterField().refusal().isEmpty());
}

void TestTraceLook::anExportCanBeCancelled() {
    const QTemporaryDir scratch;
    const QString path = scratch.filePath(QStringLiteral("rows.csv"));
    m_view->exportTo(path, TraceExport::Form::csv);
    m_session->restart(); // another run: what was asked for is gone
    QVERIFY(!m_view->exporting());
    QVERIFY(!QFile::exists(path));
    QVERIFY(m_view->note().contains(QStringLiteral("cancelled")));
}

void TestTraceLook::anExportThatCannotBeWrittenSaysSo() {
    m_view->exportTo(QStringLiteral("/nosuchfolder/rows.csv"), TraceExport::Form::csv);
    QTRY_VERIFY(!m_view->exporting());
    QVERIFY(m_view->note().startsWith(QStringLiteral("not written")));
}

// --- edges ---

void TestTraceLook::withoutARunThereIsAHintAndNoRow() {
    Session empty;
    TraceView view(empty, *m_selection, *m_themes);
    view.resize(800, 200);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(view.list().model().rowCount(), 0);
    QTest::keyClick(&view.list(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&view.list(), Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(&view.list(), Qt::Key_Down, Qt::ShiftModifier);
    view.addColumn(parsed("reason"));
    view.setTime(TraceTime::delta);
    view.filterField().setText(QStringLiteral("kind = 'acked'"));
    QCOMPARE(view.rows().count(), std::uint64_t{0});
    view.exportTo(QStringLiteral("/tmp/nothing.csv"), TraceExport::Form::csv);
    QVERIFY(!view.exporting());
}

void TestTraceLook::rowsAreToldToAssistiveTechnology() {
    QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(&list());
    QVERIFY(access);
    QCOMPARE(access->role(), QAccessible::List);
    QCOMPARE(access->text(QAccessible::Name), QStringLiteral("Trace"));
    QCOMPARE(access->childCount(), 8);
    list().setFocus();
    clickRow(1);
    QAccessibleInterface* const row = access->child(1);
    QCOMPARE(row->role(), QAccessible::ListItem);
    QVERIFY(row->text(QAccessible::Name).contains(QStringLiteral("acked, job")));
    QVERIFY(row->state().selected);
    QVERIFY(!access->child(0)->state().selected);
    QCOMPARE(access->indexOfChild(row), 1);
    QCOMPARE(row->parent(), access);
    QVERIFY(!row->rect().isEmpty());
    QCOMPARE(access->child(99), nullptr);
    m_view->filterField().setText(QStringLiteral("FALSE"));
    QTRY_COMPARE(access->childCount(), 0);
    QVERIFY(!row->isValid());
    for (QToolButton* const button : m_view->findChildren<QToolButton*>())
        QVERIFY2(!button->isVisible() || !button->accessibleName().isEmpty(), qPrintable(button->text()));
}

QTEST_MAIN(TestTraceLook)
#include "tst_trace_look.moc"

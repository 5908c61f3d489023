// Where a run stops and what waits, as a person sees and uses it.
#include "core/scenario/breakpoint_value.h"
#include "core/scenario/load.h"
#include "ui/breakpoints/breakpoints_view.h"
#include "ui/document/document_editor.h"
#include "ui/waiting/waiting_view.h"

#include <QApplication>
#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace weir;

namespace {

constexpr std::string_view text = R"({
  "weir": "1", "run": { "seed": 3, "for": "20s" },
  "events": { "job": { "data": { "n": "{count}" } }, "done": {} },
  "channels": { "jobs": { "kind": "queue" }, "results": { "kind": "queue" } },
  "services": {
    "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "100ms" } } ] },
    "consumer": { "handlers": [ { "on": "jobs", "takes": "40ms", "then": [ { "emit": "done", "to": "results" } ] } ] }
  }
})";

struct Bench {
    Bench() {
        if (!editor.open(std::string(text), {}).empty())
            qFatal("the scenario does not open");
        session.setSpeed(Speed::max());
    }
    ThemeSource themes{*qApp};
    Session session;
    Selection selection;
    DocumentEditor editor{session, selection};
};

} // namespace

class TestStops : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aConditionIsTypedAndStopsTheRun();
    void whatCannotBeUsedIsRefusedWithTheReason();
    void everyKindCanBeAdded();
    void aBreakpointIsSwitchedOffAndDeletedByKeys();
    void theShortcutSetsAndTakesAwayOneAtTheSelection();
    void whatIsListedIsWhatTheFileGets();
    void aClickOnADueRunsUntilIt();
    void theDuesCanBeWalkedByKeys();
    void nothingWaitsAtTheEnd();
};

void TestStops::aConditionIsTypedAndStopsTheRun() {
    Bench bench;
    BreakpointsView view(bench.session, bench.selection, bench.editor, bench.themes);
    view.resize(500, 240);
    view.show();
    QVERIFY(!view.addButton().isEnabled());
    QTest::keyClicks(&view.condition(), QStringLiteral("kind = 'acked' AND data.n = 7"));
    QVERIFY(view.addButton().isEnabled());
    QTest::mouseClick(&view.addButton(), Qt::LeftButton);
    QCOMPARE(view.list().topLevelItemCount(), 1);
    QCOMPARE(view.list().topLevelItem(0)->text(1), QStringLiteral("kind = 'acked' AND data.n = 7"));
    QCOMPARE(bench.session.breakpoints().size(), std::size_t{1});
    bench.session.run();
    QTRY_VERIFY(!bench.session.running());
    QCOMPARE(bench.session.now(), SimTime{740ms}); // the seventh came at 0.7 s
    QVERIFY2(view.lastHit().contains(QLatin1String("acked")), qPrintable(view.lastHit()));
}

void TestStops::whatCannotBeUsedIsRefusedWithTheReason() {
    Bench bench;
    BreakpointsView view(bench.session, bench.selection, bench.editor, bench.themes);
    QTest::keyClicks(&view.condition(), QStringLiteral("kind ="));
    QVERIFY(!view.addButton().isEnabled());
    QVERIFY(!view.condition().refusal().isEmpty());
    QTest::keyClick(&view.condition(), Qt::Key_Return);
    QVERIFY(bench.session.breakpoints().empty());
    view.kinds().setCurrentIndex(4); // a time
    QTest::keyClicks(&view.text(), QStringLiteral("soon"));
    QVERIFY(!view.addButton().isEnabled());
    QCOMPARE(view.text().accessibleDescription(), QStringLiteral("needs a time such as 2min, 90s or 00:03:12.480"));
}

void TestStops::everyKindCanBeAdded() {
    Bench bench;
    BreakpointsView view(bench.session, bench.selection, bench.editor, bench.themes);
    view.kinds().setCurrentIndex(1);
    view.types().setCurrentText(QStringLiteral("done"));
    QTest::mouseClick(&view.addButton(), Qt::LeftButton);
    view.kinds().setCurrentIndex(2);
    QTest::keyClicks(&view.text(), QStringLiteral("metric('channel', 'jobs', 'published') >= 5"));
    QTest::keyClick(&view.text(), Qt::Key_Return);
    view.kinds().setCurrentIndex(3);
    QTest::mouseClick(&view.addButton(), Qt::LeftButton);
    view.kinds().setCurrentIndex(4);
    QTest::keyClicks(&view.text(), QStringLiteral("1500ms"));
    QTest::keyClick(&view.text(), Qt::Key_Return);
    QTest::mouseClick(&view.addButton(), Qt::LeftButton); // the line is empty: nothing
    const std::vector<BreakpointSpec> wanted{{.kind = BreakpointSpec::Kind::type, .text = "done"},
                                             {.kind = BreakpointSpec::Kind::metric,
                                              .text = "metric('channel', 'jobs', 'published') >= 5"},
                                             {.kind = BreakpointSpec::Kind::broken},
                                             {.kind = BreakpointSpec::Kind::at, .at = 1500ms}};
    QVERIFY(bench.session.breakpoints() == wanted);
    QVERIFY(bench.editor.scenario().breakpoints == wanted); // saved with the document
    bench.editor.undoStack().undo();
    QCOMPARE(bench.session.breakpoints().size(), std::size_t{3});
    bench.editor.undoStack().redo();
    QCOMPARE(view.list().topLevelItem(3)->text(1), QStringLiteral("00:01.500"));
}

void TestStops::aBreakpointIsSwitchedOffAndDeletedByKeys() {
    Bench bench;
    QVERIFY(bench.session.setBreakpoints({{.text = "kind = 'acked'"}, {.text = "kind = 'started'"}}).empty());
    BreakpointsView view(bench.session, bench.selection, bench.editor, bench.themes);
    view.resize(500, 240);
    view.show();
    view.list().setCurrentItem(view.list().topLevelItem(0));
    view.list().setFocus();
    QTest::keyClick(&view.list(), Qt::Key_Space);
    QTRY_VERIFY(!bench.session.breakpoints()[0].enabled);
    QCOMPARE(view.list().topLevelItem(0)->checkState(0), Qt::Unchecked);
    view.list().setCurrentItem(view.list().topLevelItem(1));
    QTest::keyClick(&view.list(), Qt::Key_Delete);
    QCOMPARE(bench.session.breakpoints().size(), std::size_t{1});
    QCOMPARE(view.list().topLevelItemCount(), 1);
}

void TestStops::theShortcutSetsAndTakesAwayOneAtTheSelection() {
    Bench bench;
    BreakpointsView view(bench.session, bench.selection, bench.editor, bench.themes);
    QVERIFY(!view.toggleAction()->isEnabled());
    bench.selection.selectNode(NodeRef::of(bench.session.catalogue()->channel("jobs")));
    QVERIFY(view.toggleAction()->isEnabled());
    view.toggleAction()->trigger();
    QCOMPARE(bench.session.breakpoints().at(0).text, std::string("channel = 'jobs'"));
    view.toggleAction()->trigger();
    QVERIFY(bench.session.breakpoints().empty());
    bench.selection.selectEventType(bench.session.catalogue()->eventType("done"));
    view.toggleAction()->trigger();
    QVERIFY(bench.session.breakpoints().at(0) == (BreakpointSpec{.kind = BreakpointSpec::Kind::type, .text = "done"}));
    bench.session.run();
    QTRY_VERIFY(!bench.session.running());
    QCOMPARE(bench.session.now(), SimTime{140ms}); // the first job is done
}

void TestStops::whatIsListedIsWhatTheFileGets() {
    const std::vector<BreakpointSpec> list{{.text = "kind = 'acked'", .enabled = false},
                                           {.kind = BreakpointSpec::Kind::at, .at = 90s},
                                           {.kind = BreakpointSpec::Kind::broken},
                                           {.kind = BreakpointSpec::Kind::type, .text = "job"}};
    const Value written = breakpointsValue(list);
    QCOMPARE(written.canonical(), std::string(R"([{"when":"kind = 'acked'","enabled":false},{"at":"90s"},{"broken":"any"},{"type":"job"}])"));
    std::string whole(text);
    whole.insert(whole.rfind('}'), ", \"breakpoints\": " + written.canonical());
    QVERIFY(loadScenario(whole).value().breakpoints == list);
}

void TestStops::aClickOnADueRunsUntilIt() {
    Bench bench;
    bench.session.runUntil(SimTime{1010ms});
    QTRY_VERIFY(!bench.session.running());
    WaitingView view(bench.session, bench.selection, bench.themes);
    view.resize(480, 200);
    view.show();
    QTRY_COMPARE(view.pending().dues.size(), std::size_t{2}); // the handling that goes on, and the next arrival
    QCOMPARE(view.pending().dues[0].kind, PendingKind::finish);
    QCOMPARE(view.pending().dues[0].at, SimTime{1040ms});
    QVERIFY(view.textOf(view.pending().dues[0]).contains(QLatin1String("consumer #1")));
    QCOMPARE(view.pending().dues[1].kind, PendingKind::arrival);
    QVERIFY(view.pointOf(1).x() > view.pointOf(0).x());
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.pointOf(1).toPoint());
    QTRY_VERIFY(!bench.session.running());
    QCOMPARE(bench.session.now(), SimTime{1100ms});
}

void TestStops::theDuesCanBeWalkedByKeys() {
    Bench bench;
    bench.session.runUntil(SimTime{1010ms});
    QTRY_VERIFY(!bench.session.running());
    WaitingView view(bench.session, bench.selection, bench.themes);
    view.resize(480, 200);
    view.show();
    QTRY_COMPARE(view.pending().dues.size(), std::size_t{2});
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.chosen(), std::optional<std::size_t>(0));
    QVERIFY(view.accessibleDescription().contains(QLatin1String("a handling ends")));
    QTest::keyClick(&view, Qt::Key_Return);
    QTRY_VERIFY(!bench.session.running());
    QCOMPARE(bench.session.now(), SimTime{1040ms});
}

void TestStops::nothingWaitsAtTheEnd() {
    Bench bench;
    WaitingView view(bench.session, bench.selection, bench.themes);
    view.resize(480, 200);
    view.show();
    bench.session.run();
    QTRY_VERIFY(!bench.session.running());
    QTRY_VERIFY(view.pending().dues.empty());
    QVERIFY(view.hint().contains(QLatin1String("at its end")));
    bench.session.restart();
    QTRY_VERIFY(view.pending().dues.empty());
    QVERIFY(view.hint().startsWith(QLatin1String("Nothing waits yet")));
}

QTEST_MAIN(TestStops)
#include "tst_stops.moc"

// The whole window, driven as a person would: open, run, step, scrub, filter, select; errors leave the document alone.
#include "support/whole_window.h"
#include "ui/attach/attach_popup.h"
#include "ui/canvas/canvas.h"
#include "ui/charts/charts.h"
#include "ui/editor/choice_popup.h"
#include "ui/groups/groups_view.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/forms/form_view.h"
#include "ui/inspector/inspector_view.h"
#include "ui/node_mime.h"
#include "ui/outline/outline_view.h"
#include "ui/run_bar/run_bar.h"
#include "ui/timeline/timeline.h"
#include "ui/trace/trace_view.h"
#include "ui/widgets/data_table.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWindow>

using namespace weir;

namespace {
const QString orderFlow = QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json");
}

class TestStudio : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void openingAScenarioRunsIt();
    void theKeyboardPausesAndSteps();
    void atItsEndARunLeadsBack();
    void anErrorIsToldAndTheDocumentStays();
    void aClickIntoTheTimelineMovesThePlayhead();
    void aFilterShowsOnlyWhatItHoldsFor();
    void aSelectionIsSharedByCanvasAndCharts();
    void theWindowRunMatchesTheCommandLine();
    void itsOptionsAreAnsweredInTheTerminal_data();
    void itsOptionsAreAnsweredInTheTerminal();
    void endpointsAreJudgedWhileTyping();
    void theOutlineBringsNodesIntoSight();
    void theLegendTogglesALine();
    void aNodeDraggedOutOfTheCanvasBecomesAChart();
    void aGroupIsSentBackToTheBeginningOfItsStream();
    void savingOffersToKeepWhatWasChangedWhileRunning_data();
    void savingOffersToKeepWhatWasChangedWhileRunning();

  private:
    template <class View> View& view() const { return m_weir->view<View>(); }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestStudio::init() {
    m_weir = std::make_unique<WholeWindow>();
}

void TestStudio::cleanup() {
    m_weir.reset();
}

void TestStudio::openingAScenarioRunsIt() {
    QVERIFY(studio().open(orderFlow));
    QVERIFY(studio().session().running());
    QVERIFY(studio().window().windowTitle().contains(QStringLiteral("Order flow")));
    QTRY_VERIFY(studio().session().playhead() > 20);
    QVERIFY(studio().session().picture().ledger().closed());
}

void TestStudio::theKeyboardPausesAndSteps() {
    QVERIFY(studio().open(orderFlow));
    QTRY_VERIFY(studio().session().playhead() > 5);
    QTest::keyClick(&studio().window(), Qt::Key_F5);
    QVERIFY(!studio().session().running());
    const std::uint64_t before = studio().session().playhead();
    QTest::keyClick(&studio().window(), Qt::Key_F10);
    QCOMPARE(studio().session().playhead(), before + 1);
    QTest::keyClick(&studio().window(), Qt::Key_F9);
    QTest::keyClick(&studio().window(), Qt::Key_F9);
    QCOMPARE(studio().session().playhead(), before - 1);
    QTest::keyClick(&studio().window(), Qt::Key_F5);
    QVERIFY(studio().session().running());
}

// There is nothing to run any more, but all of it to look back at.
void TestStudio::atItsEndARunLeadsBack() {
    QVERIFY(studio().open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/dead_loop.json")));
    Session& session = studio().session();
    session.setSpeed(Speed::max());
    QTRY_VERIFY_WITH_TIMEOUT(!session.running(), 20'000);
    QVERIFY(!session.canAdvance());
    RunBar& bar = studio().window().runBar();
    QVERIFY(!bar.runActions().runPause().isEnabled());
    QVERIFY(!bar.runActions().step().isEnabled());
    const std::uint64_t end = session.playhead();
    const auto press = [&bar](QAction& action) {
        for (QToolButton* const button : bar.findChildren<QToolButton*>())
            if (button->defaultAction() == &action)
                QTest::mouseClick(button, Qt::LeftButton);
    };
    press(bar.runActions().stepBack());
    QCOMPARE(session.playhead(), end - 1);
    QVERIFY(bar.runActions().runPause().isEnabled());
    QTest::keyClick(&studio().window(), Qt::Key_F10);
    QCOMPARE(session.playhead(), end);
    QTest::keyClick(&studio().window(), Qt::Key_F9);
    QCOMPARE(session.playhead(), end - 1);
    QTest::keyClick(&studio().window(), Qt::Key_F10);
    press(bar.runActions().restart());
    QCOMPARE(session.playhead(), std::uint64_t{0});
}

void TestStudio::anErrorIsToldAndTheDocumentStays() {
    QVERIFY(studio().open(orderFlow));
    QFile wrong(m_weir->folder.filePath(QStringLiteral("wrong.json")));
    QVERIFY(wrong.open(QIODevice::WriteOnly));
    wrong.write(R"({"weir":"1","channels":{"jobs":{"kind":"queue","capasity":3}}})");
    wrong.close();
    QVERIFY(!studio().open(wrong.fileName()));
    QCOMPARE(studio().session().path(), orderFlow);
    const MessageBar& bar = studio().window().messageBar();
    QVERIFY(bar.isVisible());
    QVERIFY(bar.text().contains(QStringLiteral("wrong.json")));
    auto& details = studio().window().messageBar().details();
    QVERIFY(details.count() >= 1);
    QVERIFY(details.item(0)->text().contains(QStringLiteral("/channels/jobs/capasity")));
    QVERIFY(details.item(0)->text().contains(QStringLiteral("capacity"))); // the nearest known key
}

void TestStudio::aClickIntoTheTimelineMovesThePlayhead() {
    QVERIFY(studio().open(orderFlow));
    studio().session().pause();
    studio().session().setSpeed(Speed::max());
    studio().session().runUntil(SimTime{120s});
    QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
    auto& timeline = view<Timeline>();
    const QPoint at(static_cast<int>(timeline.xAt(60)), timeline.height() / 2);
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, at);
    QVERIFY(std::abs(seconds(studio().session().now()) - 60) < 1);
    QCOMPARE(studio().session().picture().index(), studio().session().playhead());
    QTest::keyClick(&timeline, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(std::abs(seconds(studio().session().now()) - 61) < 1);
    QTest::keyClick(&timeline, Qt::Key_Home);
    QCOMPARE(studio().session().playhead(), std::uint64_t{0});
    // Payment's crash at two minutes comes up once the run has passed it.
    studio().session().seek(studio().session().headTime());
    studio().session().runUntil(SimTime{130s});
    QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
    QTRY_VERIFY(!timeline.marks().all().empty());
    QCOMPARE(timeline.marks().all().front().at, SimTime{120s});
}

void TestStudio::aFilterShowsOnlyWhatItHoldsFor() {
    QVERIFY(studio().open(orderFlow));
    studio().session().pause();
    studio().session().setSpeed(Speed::max());
    studio().session().runUntil(SimTime{10s});
    QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
    auto& trace = view<TraceView>();
    auto* field = trace.findChild<QLineEdit*>();
    QVERIFY(field);
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("kind = 'published' AND type = 'order.created'"));
    const std::int64_t orders =
        studio().session().picture().publishedOf(studio().session().catalogue()->eventType("order.created"));
    QVERIFY(orders > 100);
    QTRY_COMPARE(static_cast<std::int64_t>(trace.rows().count()), orders);
}

void TestStudio::aSelectionIsSharedByCanvasAndCharts() {
    QVERIFY(studio().open(orderFlow));
    const auto payments = studio().session().catalogue()->channel("payments");
    studio().selection().selectNode(NodeRef::of(payments));
    ChartCard& chart = view<Charts>().card(0);
    QVERIFY(chart.title().contains(QStringLiteral("payments")));
    QTest::mouseClick(&chart.button(ChartKind::Depth), Qt::LeftButton);
    QCOMPARE(chart.spec().kind, ChartKind::Depth);
    QVERIFY(chart.title().contains(QStringLiteral("payments")));
    studio().selection().clear();
    QVERIFY(!chart.title().contains(QStringLiteral("payments")));
}

void TestStudio::theWindowRunMatchesTheCommandLine() {
    QVERIFY(studio().open(orderFlow));
    QSignalSpy ended(&studio().session(), &Session::ended);
    studio().session().setSpeed(Speed::max());
    QVERIFY(ended.count() == 1 || ended.wait(60'000));
    QProcess weir;
    weir.start(QStringLiteral(WEIR_PROGRAM),
               {QStringLiteral("run"), orderFlow, QStringLiteral("--format"), QStringLiteral("json")});
    QVERIFY(weir.waitForFinished(60'000));
    const QByteArray expected =
        QByteArray::number(static_cast<qulonglong>(studio().session().fingerprint()), 16).rightJustified(16, '0');
    QVERIFY(weir.readAllStandardOutput().contains(expected));
}

void TestStudio::itsOptionsAreAnsweredInTheTerminal_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("help") << QStringList{"--help"} << 0 << QByteArray("scenario");
    QTest::newRow("version") << QStringList{"--version"} << 0 << QByteArray("weir ");
    QTest::newRow("help beside an option of Qt's")
        << QStringList{"-platform", "offscreen", "--style=Fusion", "-h"} << 0 << QByteArray("scenario");
    const QByteArray need("weir-studio: needs an option it knows: --help or --version, beside scenario files, got ");
    QTest::newRow("an option it does not know")
        << QStringList{"one.json", "--nonsense=1"} << 2 << need + "\"--nonsense=1\"\n";
    QTest::newRow("with one dash") << QStringList{"-nonsense"} << 2 << need + "\"-nonsense\"\n";
    QTest::newRow("beside a question") << QStringList{"--nonsense", "--help"} << 2 << need + "\"--nonsense\"\n";
}

// There is no display.
void TestStudio::itsOptionsAreAnsweredInTheTerminal() {
    QFETCH(const QStringList, options);
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* const display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(display));
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QStringLiteral(WEIR_STUDIO_PROGRAM), options);
    QVERIFY(program.waitForFinished(30'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QTEST(program.exitCode(), "exitCode");
    QFETCH(const QByteArray, answer);
    const QByteArray said = program.readAllStandardOutput();
    QVERIFY2(program.exitCode() == 0 ? said.contains(answer) : said == answer, said.constData());
}

void TestStudio::endpointsAreJudgedWhileTyping() {
    AttachPopup& popup = studio().attachPopup();
    popup.openOver(studio().window(), {});
    QTest::keyClicks(&popup.field(), QStringLiteral("localhost:5556"));
    QVERIFY(!popup.reason().isEmpty());
    QSignalSpy chosen(&popup, &AttachPopup::endpointsChosen);
    QTest::keyClick(&popup.field(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 0);
    popup.field().clear();
    QTest::keyClicks(&popup.field(), QStringLiteral("tcp://127.0.0.1:45556"));
    QVERIFY(popup.reason().isEmpty());
    QTest::keyClick(&popup.field(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(studio().session().mode(), Session::Mode::live);
    QVERIFY(studio().session().running());
    studio().session().detach();
    QVERIFY(!studio().session().running());
    QVERIFY(studio().open(orderFlow)); // and back to a scenario
    QCOMPARE(studio().session().mode(), Session::Mode::simulation);
}

// Also one that is selected already.
void TestStudio::theOutlineBringsNodesIntoSight() {
    QVERIFY(studio().open(orderFlow));
    studio().session().pause();
    auto& canvas = view<Canvas>();
    auto& outline = view<OutlineView>();
    QTRY_VERIFY(canvas.scene().placed());
    const NodeRef payments = NodeRef::of(studio().session().catalogue()->channel("payments"));
    const auto click = [&] {
        const QModelIndex row = outline.outline().indexOf(payments);
        outline.scrollTo(row);
        QTest::mouseClick(outline.viewport(), Qt::LeftButton, {}, outline.visualRect(row).center());
    };
    for (int i = 0; i < 2; ++i) {
        canvas.centreOnPoint(QPointF(5000, 5000));
        QVERIFY(!canvas.rect().contains(canvas.boxOf(payments).toRect()));
        click();
        QVERIFY(canvas.rect().contains(canvas.boxOf(payments).toRect()));
    }
    canvas.centreOnPoint(QPointF(5000, 5000));
    QTest::keyClick(&outline, Qt::Key_F);
    QVERIFY((canvas.boxOf(payments).center() - QRectF(canvas.rect()).center()).manhattanLength() < 3);
}

// With the left button down, by the window's own events, as a hand does it.
void TestStudio::aNodeDraggedOutOfTheCanvasBecomesAChart() {
    QVERIFY(studio().open(orderFlow));
    studio().session().pause();
    auto& canvas = view<Canvas>();
    auto& charts = view<Charts>();
    QTRY_VERIFY(canvas.scene().placed() && charts.isVisible());
    QWindow* const window = studio().window().windowHandle();
    const auto place = [&](const QWidget& widget, QPointF at) {
        return widget.mapTo(&studio().window(), at.toPoint());
    };
    const ChannelId payments = studio().session().catalogue()->channel("payments");
    const QPointF from = canvas.boxOf(NodeRef::of(payments)).center();
    const std::vector<QPointF> homes = canvas.scene().homes;
    const std::size_t cards = charts.cards().size();
    QTest::mousePress(window, Qt::LeftButton, {}, place(canvas, from));
    QTest::mouseMove(window, place(canvas, from + QPointF(30, 10)));
    QVERIFY(canvas.scene().homes != homes); // it goes with the hand
    // Beyond the edge it becomes a drag for other views, which offscreen is over at once.
    QTest::mouseMove(window, place(canvas, QPointF(from.x(), canvas.height() + 20)));
    const auto mime = nodeMime(NodeRef::of(payments), *studio().session().catalogue());
    QDragEnterEvent enter(charts.rect().center(), Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&charts, &enter);
    QDropEvent dropped(charts.rect().center(), Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&charts, &dropped);
    QVERIFY(dropped.isAccepted());
    QCOMPARE(charts.cards().size(), cards + 1);
    QCOMPARE(charts.card(cards).title(), QStringLiteral("Depth of payments"));
    QTest::mouseRelease(window, Qt::LeftButton, {}, place(charts, charts.rect().center()));
    QCOMPARE(canvas.scene().homes, homes); // and it stays where it was
    QVERIFY(!studio().window().isWindowModified());
}

void TestStudio::theLegendTogglesALine() {
    QVERIFY(studio().open(orderFlow));
    ChartCard& chart = view<Charts>().card(0);
    const QString p99 = QStringLiteral("latencyP99");
    QVERIFY(!chart.isHidden(p99));
    chart.toggle(p99);
    QVERIFY(chart.isHidden(p99));
    chart.toggle(p99);
    QVERIFY(!chart.isHidden(p99));
}

// Ten records a second, read at once: after five seconds nothing is left to be read, until all is read again.
void TestStudio::aGroupIsSentBackToTheBeginningOfItsStream() {
    QVERIFY(studio().open(m_weir->write(QStringLiteral("log.json"), R"({
      "weir": "1",
      "events": { "fact": {} },
      "channels": { "log": { "kind": "stream" } },
      "services": {
        "teller": { "sources": [ { "emit": "fact", "to": "log", "arrivals": { "every": "100ms" } } ] },
        "reader": { "handlers": [ { "on": "log", "takes": "1ms" } ] }
      }
    })")));
    Session& session = studio().session();
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{5050ms});
    QTRY_VERIFY(!session.running());
    const auto lag = [&session] { return *session.picture().lag(SubscriptionId{0}, *session.catalogue()); };
    QCOMPARE(lag(), 0);
    QDockWidget& dock = m_weir->dock("groups");
    dock.raise();
    auto& groups = view<GroupsView>();
    QTRY_VERIFY(groups.isVisible() && groups.table().model()->rowCount() == 1);
    QVERIFY(groups.seekButton().isVisible() && !groups.seekButton().isEnabled());
    const QModelIndex row = groups.table().model()->index(0, 0);
    QTest::mouseClick(groups.table().viewport(), Qt::LeftButton, {}, groups.table().visualRect(row).center());
    QVERIFY(groups.seekButton().isEnabled());
    QTest::mouseClick(&groups.seekButton(), Qt::LeftButton);
    auto* const popup = qobject_cast<ChoicePopup*>(QApplication::activePopupWidget());
    QVERIFY(popup);
    QTest::keyClicks(&popup->field(), QStringLiteral("nowhere"));
    QCOMPARE(popup->list().count(), 0); // neither a place nor an offset nor a time
    popup->field().clear();
    QTest::keyClicks(&popup->field(), QStringLiteral("12"));
    QCOMPARE(popup->list().item(0)->text(), QStringLiteral("From offset 12"));
    QTest::keyClick(&popup->field(), Qt::Key_Return);
    QCOMPARE(session.journal().size(), std::size_t{1});
    const Command& command = session.journal().front().command;
    QCOMPARE(command.kind, CommandKind::seek);
    QCOMPARE(command.target, std::string("log"));
    QCOMPARE(command.group, std::string("reader"));
    QCOMPARE(command.to, std::string("12"));
    session.runUntil(SimTime{5051ms});
    QTRY_VERIFY(!session.running());
    QVERIFY2(lag() > 30 && lag() <= 38, qPrintable(QString::number(lag()))); // fifty records, from the 12th on
}

void TestStudio::savingOffersToKeepWhatWasChangedWhileRunning_data() {
    QTest::addColumn<bool>("untitled");
    QTest::newRow("a file") << false;
    QTest::newRow("what has no file yet") << true;
}

// What is changed while it runs is the run's; the file has it when somebody says so.
void TestStudio::savingOffersToKeepWhatWasChangedWhileRunning() {
    const std::string before = R"({
  "weir": "1", // one queue
  "events": { "job": {} },
  "channels": { "jobs": { "kind": "queue" } },
  "services": {
    "boss": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "every": "1s" } } ] },
    "worker": { "instances": 2, "handlers": [ { "on": "jobs", "takes": "20ms" } ] }
  }
}
)";
    QFETCH(bool, untitled);
    const QString opened = m_weir->write(QStringLiteral("small.json"), before);
    const QString path = untitled ? m_weir->folder.filePath(QStringLiteral("mine.json")) : opened;
    const auto onDisk = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    };
    if (untitled)
        studio().files().openCopy(opened);
    else
        QVERIFY(studio().open(opened));
    Session& session = studio().session();
    session.setSpeed(Speed::max());
    session.runUntil(SimTime{5s});
    QTRY_VERIFY(!session.running());
    auto& canvas = view<Canvas>();
    QTRY_VERIFY(canvas.scene().placed()); // it has no layout of its own
    const auto worker = canvas.scene().topology.service("worker");
    QVERIFY(worker);
    QTest::mouseClick(&canvas, Qt::LeftButton, {},
                      canvas.view().toView(canvas.scene().boxes[*worker].center()).toPoint());
    auto& inspector = view<InspectorView>();
    FormLine* const instances = inspector.form().lineAt("/services/worker/instances");
    QVERIFY(instances);
    inspector.ensureWidgetVisible(instances);
    QTest::mouseClick(instances, Qt::LeftButton, {}, {instances->width() / 2, FormLine::rowHeight / 2});
    auto* const editor = qobject_cast<LineEditor*>(inspector.form().editor());
    QVERIFY(editor);
    QTest::keyClicks(&editor->line(), QStringLiteral("4")); // in place of what is selected
    QTest::keyClick(&editor->line(), Qt::Key_Return);
    QCOMPARE(session.journal().size(), std::size_t{1});
    QVERIFY(!studio().window().isWindowModified());

    QTest::keyClick(&studio().window(), Qt::Key_S, Qt::ControlModifier);
    if (untitled)
        QVERIFY(m_weir->chooseInDialog(path));
    QCOMPARE(onDisk(), before);
    QCOMPARE(m_weir->bar().text(), QStringLiteral("The file does not have the change that was made while running."));
    QVERIFY(m_weir->answerInBar(QStringLiteral("Keep and save")));
    std::string after = before;
    after.replace(after.find("\"instances\": 2"), 14, "\"instances\": 4");
    QCOMPARE(onDisk(), after);
    QVERIFY(!studio().window().isWindowModified());
    QCOMPARE(session.now(), SimTime{5s}); // the run goes on as it is
    QTest::keyClick(&studio().window(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(!m_weir->bar().asks()); // nothing is left to be kept
}

QTEST_MAIN(TestStudio)
#include "tst_studio.moc"

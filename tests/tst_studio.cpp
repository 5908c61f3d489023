// The whole window, driven as a person would: open, run, step, scrub, filter, select; errors leave the document alone.
#include "ui/attach/attach_popup.h"
#include "ui/canvas/canvas.h"
#include "ui/charts/charts.h"
#include "ui/run_bar/run_bar.h"
#include "ui/studio.h"
#include "ui/timeline/timeline.h"
#include "ui/trace/trace_view.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

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
    void anErrorIsToldAndTheDocumentStays();
    void aClickIntoTheTimelineMovesThePlayhead();
    void aFilterShowsOnlyWhatItHoldsFor();
    void aSelectionIsSharedByCanvasAndCharts();
    void theWindowRunMatchesTheCommandLine();
    void endpointsAreJudgedWhileTyping();
    void theLegendTogglesALine();

  private:
    template <class View> View& view() {
        View* found = m_studio->window().findChild<View*>();
        Q_ASSERT(found);
        return *found;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<Studio> m_studio;
};

void TestStudio::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    m_themes = std::make_unique<ThemeSource>(*qApp);
    m_language = std::make_unique<Language>();
    m_studio = std::make_unique<Studio>(*m_themes, *m_language, *m_settings);
    m_studio->window().resize(1440, 900);
    m_studio->window().show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
}

void TestStudio::cleanup() {
    m_studio.reset();
    m_language.reset();
    m_themes.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestStudio::openingAScenarioRunsIt() {
    QVERIFY(m_studio->open(orderFlow));
    QVERIFY(m_studio->session().running());
    QVERIFY(m_studio->window().windowTitle().contains(QStringLiteral("Order flow")));
    QTRY_VERIFY(m_studio->session().playhead() > 20);
    QVERIFY(m_studio->session().picture().ledger().closed());
}

void TestStudio::theKeyboardPausesAndSteps() {
    QVERIFY(m_studio->open(orderFlow));
    QTRY_VERIFY(m_studio->session().playhead() > 5);
    QTest::keyClick(&m_studio->window(), Qt::Key_F5);
    QVERIFY(!m_studio->session().running());
    const std::uint64_t before = m_studio->session().playhead();
    QTest::keyClick(&m_studio->window(), Qt::Key_F10);
    QCOMPARE(m_studio->session().playhead(), before + 1);
    QTest::keyClick(&m_studio->window(), Qt::Key_F9);
    QTest::keyClick(&m_studio->window(), Qt::Key_F9);
    QCOMPARE(m_studio->session().playhead(), before - 1);
    QTest::keyClick(&m_studio->window(), Qt::Key_F5);
    QVERIFY(m_studio->session().running());
}

void TestStudio::anErrorIsToldAndTheDocumentStays() {
    QVERIFY(m_studio->open(orderFlow));
    QFile wrong(m_folder->filePath(QStringLiteral("wrong.json")));
    QVERIFY(wrong.open(QIODevice::WriteOnly));
    wrong.write(R"({"weir":"1","channels":{"jobs":{"kind":"queue","capasity":3}}})");
    wrong.close();
    QVERIFY(!m_studio->open(wrong.fileName()));
    QCOMPARE(m_studio->session().path(), orderFlow);
    const MessageBar& bar = m_studio->window().messageBar();
    QVERIFY(bar.isVisible());
    QVERIFY(bar.text().contains(QStringLiteral("wrong.json")));
    auto& details = m_studio->window().messageBar().details();
    QVERIFY(details.count() >= 1);
    QVERIFY(details.item(0)->text().contains(QStringLiteral("/channels/jobs/capasity")));
    QVERIFY(details.item(0)->text().contains(QStringLiteral("capacity"))); // the nearest known key
}

void TestStudio::aClickIntoTheTimelineMovesThePlayhead() {
    QVERIFY(m_studio->open(orderFlow));
    m_studio->session().pause();
    m_studio->session().setSpeed(Speed::max());
    m_studio->session().runUntil(SimTime{120s});
    QTRY_VERIFY_WITH_TIMEOUT(!m_studio->session().running(), 20'000);
    auto& timeline = view<Timeline>();
    const QPoint at(static_cast<int>(timeline.xAt(60)), timeline.height() / 2);
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, at);
    QVERIFY(std::abs(seconds(m_studio->session().now()) - 60) < 1);
    QCOMPARE(m_studio->session().picture().index(), m_studio->session().playhead());
    QTest::keyClick(&timeline, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(std::abs(seconds(m_studio->session().now()) - 61) < 1);
    QTest::keyClick(&timeline, Qt::Key_Home);
    QCOMPARE(m_studio->session().playhead(), std::uint64_t{0});
    // Payment's crash at two minutes comes up once the run has passed it.
    m_studio->session().seek(m_studio->session().headTime());
    m_studio->session().runUntil(SimTime{130s});
    QTRY_VERIFY_WITH_TIMEOUT(!m_studio->session().running(), 20'000);
    QTRY_VERIFY(!timeline.marks().all().empty());
    QCOMPARE(timeline.marks().all().front().at, SimTime{120s});
}

void TestStudio::aFilterShowsOnlyWhatItHoldsFor() {
    QVERIFY(m_studio->open(orderFlow));
    m_studio->session().pause();
    m_studio->session().setSpeed(Speed::max());
    m_studio->session().runUntil(SimTime{10s});
    QTRY_VERIFY_WITH_TIMEOUT(!m_studio->session().running(), 20'000);
    auto& trace = view<TraceView>();
    auto* field = trace.findChild<QLineEdit*>();
    QVERIFY(field);
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("kind = 'published' AND type = 'order.created'"));
    const std::int64_t orders =
        m_studio->session().picture().publishedOf(m_studio->session().catalogue()->eventType("order.created"));
    QVERIFY(orders > 100);
    QTRY_COMPARE(static_cast<std::int64_t>(trace.rows().count()), orders);
}

void TestStudio::aSelectionIsSharedByCanvasAndCharts() {
    QVERIFY(m_studio->open(orderFlow));
    const auto payments = m_studio->session().catalogue()->channel("payments");
    m_studio->selection().selectNode(NodeRef::of(payments));
    ChartCard& chart = view<Charts>().card(0);
    QVERIFY(chart.title().contains(QStringLiteral("payments")));
    QTest::mouseClick(&chart.button(ChartKind::Depth), Qt::LeftButton);
    QCOMPARE(chart.spec().kind, ChartKind::Depth);
    QVERIFY(chart.title().contains(QStringLiteral("payments")));
    m_studio->selection().clear();
    QVERIFY(!chart.title().contains(QStringLiteral("payments")));
}

void TestStudio::theWindowRunMatchesTheCommandLine() {
    QVERIFY(m_studio->open(orderFlow));
    QSignalSpy ended(&m_studio->session(), &Session::ended);
    m_studio->session().setSpeed(Speed::max());
    QVERIFY(ended.count() == 1 || ended.wait(60'000));
    QProcess weir;
    weir.start(QStringLiteral(WEIR_PROGRAM), {QStringLiteral("run"), orderFlow, QStringLiteral("--format"), QStringLiteral("json")});
    QVERIFY(weir.waitForFinished(60'000));
    const QByteArray expected = QByteArray::number(static_cast<qulonglong>(m_studio->session().fingerprint()), 16).rightJustified(16, '0');
    QVERIFY(weir.readAllStandardOutput().contains(expected));
}

void TestStudio::endpointsAreJudgedWhileTyping() {
    AttachPopup& popup = m_studio->attachPopup();
    popup.openOver(m_studio->window(), {});
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
    QCOMPARE(m_studio->session().mode(), Session::Mode::live);
    QVERIFY(m_studio->session().running());
    m_studio->session().detach();
    QVERIFY(!m_studio->session().running());
    QVERIFY(m_studio->open(orderFlow)); // and back to a scenario
    QCOMPARE(m_studio->session().mode(), Session::Mode::simulation);
}

void TestStudio::theLegendTogglesALine() {
    QVERIFY(m_studio->open(orderFlow));
    ChartCard& chart = view<Charts>().card(0);
    const QString p99 = QStringLiteral("latencyP99");
    QVERIFY(!chart.isHidden(p99));
    chart.toggle(p99);
    QVERIFY(chart.isHidden(p99));
    chart.toggle(p99);
    QVERIFY(!chart.isHidden(p99));
}

QTEST_MAIN(TestStudio)
#include "tst_studio.moc"

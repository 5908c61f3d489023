// Back and forward through what was looked at.
#include "core/scenario/load.h"
#include "ui/session/view_history.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace weir;
using namespace std::chrono_literals;

class TestViewHistory : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() { m_themes = std::make_unique<ThemeSource>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void init();
    void cleanup();
    void selectionsComeBackAndGoForwardAgain();
    void brushAndPlayheadComeBackToo();
    void aFilterComesBack();
    void aNewStepForgetsWhatWasForward();
    void quickSuccessionsAreOneStep();
    void theHistoryIsBounded();
    void aRunThatGoesOnIsNoStep();
    void theMousesButtonsWorkInItsWindowOnly();
    void theActionsSayWhereTheyGo();
    void aNewDocumentStartsAfresh();
    void aSelectionThatIsTakenBackForAnotherDocumentIsNoStep();

  private:
    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Selection> m_selection;
    std::unique_ptr<ViewHistory> m_history;
    NodeRef m_queue, m_worker;
};

namespace {
constexpr std::string_view scenarioText = R"({
  "weir": "1", "run": { "seed": 3, "for": "100s" },
  "events": { "job": { "data": { "n": "{count}" } } },
  "channels": { "jobs": { "kind": "queue" } },
  "services": { "producer": { "sources": [ { "emit": "job", "to": "jobs", "arrivals": { "rate": "10/s" } } ] },
                "worker": { "handlers": [ { "on": "jobs", "takes": "20ms" } ] } }
})";
}

void TestViewHistory::init() {
    m_session = std::make_unique<Session>();
    m_selection = std::make_unique<Selection>();
    QVERIFY(m_session->open(loadScenario(scenarioText).value(), {}).empty());
    m_session->setSpeed(Speed::max());
    m_session->runUntil(SimTime{20s});
    QTRY_VERIFY(!m_session->running());
    m_history = std::make_unique<ViewHistory>(*m_session, *m_selection, *m_themes);
    m_history->setTogether(0); // every change for itself
    m_queue = NodeRef::of(m_session->catalogue()->channel("jobs"));
    m_worker = NodeRef::of(m_session->catalogue()->service("worker"));
    QVERIFY(!m_history->canGoBack());
}

void TestViewHistory::cleanup() {
    m_history.reset();
    m_selection.reset();
    m_session.reset();
}

void TestViewHistory::selectionsComeBackAndGoForwardAgain() {
    m_selection->selectNode(m_queue);
    m_selection->selectNode(m_worker);
    m_history->goBack();
    QCOMPARE(m_selection->node(), m_queue);
    m_history->goBack();
    QCOMPARE(m_selection->node(), NodeRef());
    QVERIFY(!m_history->canGoBack());
    m_history->goForward();
    m_history->goForward();
    QCOMPARE(m_selection->node(), m_worker);
    QVERIFY(!m_history->canGoForward());
}

void TestViewHistory::brushAndPlayheadComeBackToo() {
    const TimeRange range{SimTime{2s}, SimTime{4s}};
    m_selection->setBrush(range);
    m_session->seek(SimTime{5s});
    const std::uint64_t there = m_session->playhead();
    m_session->seek(SimTime{1s});
    m_selection->setBrush(std::nullopt);
    m_history->goBack();
    QCOMPARE(m_selection->brush(), std::optional(range));
    m_history->goBack();
    QCOMPARE(m_session->now(), SimTime{5s});
    QCOMPARE(m_session->playhead(), there);
    m_history->goBack();
    QCOMPARE(m_session->now(), SimTime{20s});
}

void TestViewHistory::aFilterComesBack() {
    QLineEdit field;
    m_history->addFilter({[&] { return field.text(); }, [&](const QString& text) { field.setText(text); }});
    connect(&field, &QLineEdit::textChanged, m_history.get(), &ViewHistory::noteFilter);
    field.setText(QStringLiteral("kind = 'acked'"));
    m_selection->selectNode(m_queue);
    field.setText(QStringLiteral("attempt > 1"));
    m_history->goBack();
    QCOMPARE(field.text(), QStringLiteral("kind = 'acked'"));
    m_history->goBack();
    QCOMPARE(m_selection->node(), NodeRef());
    m_history->goBack();
    QVERIFY(field.text().isEmpty());
}

void TestViewHistory::aNewStepForgetsWhatWasForward() {
    m_selection->selectNode(m_queue);
    m_selection->selectNode(m_worker);
    m_history->goBack();
    m_selection->setBrush(TimeRange{SimTime{1s}, SimTime{2s}});
    QVERIFY(!m_history->canGoForward());
    m_history->goBack();
    QCOMPARE(m_selection->node(), m_queue);
    QVERIFY(!m_selection->brush());
}

void TestViewHistory::quickSuccessionsAreOneStep() {
    m_history->setTogether(60'000);
    for (int end = 2; end < 12; ++end) // a brush while it is dragged
        m_selection->setBrush(TimeRange{SimTime{1s}, SimTime{std::chrono::seconds(end)}});
    QCOMPARE(m_history->size(), std::size_t{2});
    m_selection->selectNode(m_queue); // another kind of change is a step of its own
    QCOMPARE(m_history->size(), std::size_t{3});
    m_history->goBack();
    QCOMPARE(m_selection->brush(), std::optional(TimeRange{SimTime{1s}, SimTime{11s}}));
    m_history->goBack();
    QVERIFY(!m_selection->brush());
}

void TestViewHistory::theHistoryIsBounded() {
    for (int i = 0; i < 500; ++i)
        m_selection->selectMessage(static_cast<Ordinal>(i) + 1);
    QCOMPARE(m_history->size(), ViewHistory::stepsMax);
    int steps = 0;
    for (; m_history->canGoBack(); ++steps)
        m_history->goBack();
    QCOMPARE(steps, 199);
    QCOMPARE(m_selection->message(), Ordinal{301});
}

void TestViewHistory::aRunThatGoesOnIsNoStep() {
    m_selection->selectNode(m_queue);
    const std::size_t before = m_history->size();
    m_session->runUntil(SimTime{60s});
    QTRY_VERIFY(!m_session->running());
    QVERIFY(m_history->size() <= before + 1);
    m_history->goBack();
    QVERIFY(!m_session->running());
}

void TestViewHistory::theMousesButtonsWorkInItsWindowOnly() {
    QWidget window, other;
    QWidget child(&window);
    m_history->attachTo(window);
    m_selection->selectNode(m_queue);
    QTest::mousePress(&other, Qt::BackButton);
    QCOMPARE(m_selection->node(), m_queue);
    QTest::mousePress(&child, Qt::BackButton);
    QCOMPARE(m_selection->node(), NodeRef());
    QTest::mousePress(&child, Qt::ForwardButton);
    QCOMPARE(m_selection->node(), m_queue);
}

void TestViewHistory::theActionsSayWhereTheyGo() {
    QAction* back = m_history->actions()[0];
    QAction* forward = m_history->actions()[1];
    QVERIFY(!back->isEnabled() && !forward->isEnabled());
    m_selection->selectNode(m_queue);
    m_selection->selectNode(m_worker);
    QVERIFY2(back->toolTip().contains(QStringLiteral("jobs")), qPrintable(back->toolTip()));
    QVERIFY2(back->toolTip().contains(QStringLiteral("Alt+Left")), qPrintable(back->toolTip()));
    back->trigger();
    QCOMPARE(m_selection->node(), m_queue);
    QVERIFY2(forward->toolTip().contains(QStringLiteral("worker")), qPrintable(forward->toolTip()));
    QVERIFY2(back->toolTip().contains(QStringLiteral("nothing selected")), qPrintable(back->toolTip()));
}

void TestViewHistory::aNewDocumentStartsAfresh() {
    m_selection->selectNode(m_queue);
    m_session->restart();
    QVERIFY(!m_history->canGoBack());
    QVERIFY(!m_history->canGoForward());
}

// Whoever hears of the new document first clears the selection; the steps before it name nodes that are not there any
// more.
void TestViewHistory::aSelectionThatIsTakenBackForAnotherDocumentIsNoStep() {
    m_history.reset();
    connect(m_session.get(), &Session::documentChanged, m_selection.get(), &Selection::clear);
    m_history = std::make_unique<ViewHistory>(*m_session, *m_selection, *m_themes);
    m_history->setTogether(0);
    m_selection->selectNode(m_queue);
    m_selection->selectNode(m_worker);
    QVERIFY(m_history->canGoBack());
    constexpr std::string_view other = R"({ "weir": "1" })";
    QVERIFY(m_session->open(loadScenario(other).value(), {}).empty());
    QVERIFY(!m_history->canGoBack());
    QCOMPARE(m_history->size(), std::size_t{1});
}

QTEST_MAIN(TestViewHistory)
#include "tst_view_history.moc"

// The runs panel in the window: fork, change one thing, run both, compare.
#include "core/scenario/ties.h"
#include "support/whole_window.h"
#include "ui/format.h"
#include "ui/runs/runs_view.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

using namespace weir;

class TestRuns : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void oneRunSaysWhatToDo();
    void aForkStandsInTheListAndAgreesSoFar();
    void oneChangeShowsInTheFigures();
    void whatIsShownAlikeIsNoDifference();
    void inANarrowWindowNoButtonIsCut();
    void theFirstDifferenceIsFound();
    void switchingShowsTheOtherRun();
    void theSameWorkloadRunsOnAnotherBroker();
    void differencesAreSignedAndHaveUnits();
    void replicatedTheDifferencesHaveIntervals();
    void replicatedOnAnotherBrokerEachSideHasItsOwn();
    void aReplicationIsGivenUpAndForgotten();

  private:
    RunsView& view() { return m_weir->view<RunsView>(); }
    void runTo(SimTime time) {
        studio().session().runUntil(time);
        QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
    }
    void forkAt20() {
        runTo(SimTime{20s});
        QTest::keyClick(&studio().window(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(studio().session().runs().size(), std::size_t{2}); // in slices where the machine is slow
    }
    const RunFigure& figure(const char* place, const char* name) {
        const auto& all = view().figures();
        const auto found = std::find_if(all.begin(), all.end(), [&](const RunFigure& each) {
            return each.place == QLatin1String(place) && each.name == QLatin1String(name);
        });
        Q_ASSERT(found != all.end());
        return *found;
    }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestRuns::init() {
    m_weir = std::make_unique<WholeWindow>();
    QVERIFY(studio().open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")));
    studio().session().setSpeed({.unlimited = true});
    auto* dock = studio().window().findChild<QDockWidget*>(QStringLiteral("runs"));
    dock->show();
    dock->raise();
    QCoreApplication::processEvents();
}

void TestRuns::cleanup() {
    m_weir.reset();
}

void TestRuns::oneRunSaysWhatToDo() {
    studio().session().pause();
    QVERIFY(view().isVisible());
    QCOMPARE(view().list().count(), 1);
    QVERIFY(view().table().hint().startsWith(QStringLiteral("Fork the run")));
    QCOMPARE(view().summary(), QString()); // once is enough
    QVERIFY(!view().switchButton().isEnabled());
}

void TestRuns::aForkStandsInTheListAndAgreesSoFar() {
    forkAt20();
    QCOMPARE(view().list().count(), 2);
    QVERIFY(view().list().item(1)->text().contains(QStringLiteral("forked at ")));
    QVERIFY(!view().figures().empty());
    QVERIFY2(view().summary().contains(QStringLiteral(": 0 of ")), qPrintable(view().summary()));
}

void TestRuns::oneChangeShowsInTheFigures() {
    runTo(SimTime{40s});
    studio().session().seek(SimTime{20s});
    forkAt20();
    QVERIFY(studio().session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 20}).empty());
    runTo(SimTime{40s});
    const RunFigure& handled = figure("payment-service", "handled");
    QVERIFY(handled.mine && handled.other);
    QVERIFY(*handled.other > *handled.mine); // this run is the slow one
    QCOMPARE(*figure("", "copies").mine + (*figure("", "copies").other - *figure("", "copies").mine),
             *figure("", "copies").other);
    QVERIFY(figure("payments", "depth").mine > figure("payments", "depth").other);
}

// The command's record is the only one that one of them has more: no figure that is shown is another.
void TestRuns::whatIsShownAlikeIsNoDifference() {
    runTo(SimTime{40s});
    studio().session().seek(SimTime{20s});
    forkAt20();
    QVERIFY(studio().session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 20}).empty());
    QTRY_VERIFY2(view().summary().contains(QStringLiteral(": 0 of ")), qPrintable(view().summary()));
    using Unit = RunFigure::Unit;
    const auto differs = [](Unit unit, double mine, double other) {
        return RunFigure{.unit = unit, .mine = mine, .other = other}.differs();
    };
    QVERIFY(!differs(Unit::Share, 0.84, 0.84001));
    QVERIFY(differs(Unit::Share, 0.84, 0.841));
    QVERIFY(differs(Unit::Count, 5, 6));
    QVERIFY(differs(Unit::Seconds, 0.001, 0.002));
    QVERIFY(RunFigure{.mine = 1}.differs());
    QVERIFY(!RunFigure{}.differs());
    const RunFigure share{.unit = Unit::Share};
    QCOMPARE(RunComparison::intervalText(share, 1e-6, 1e-7), QStringLiteral("0\u00A0% ± 0\u00A0%"));
    QCOMPARE(RunComparison::intervalText(share, -0.02, 0.001), QStringLiteral("\u22122\u00A0% ± 0.1\u00A0%"));
}

void TestRuns::inANarrowWindowNoButtonIsCut() {
    Selection selection;
    RunsView runs(studio().session(), selection, m_weir->themes);
    for (const int width : {1200, 620, 420}) {
        runs.resize(width, 400);
        runs.show();
        QVERIFY(QTest::qWaitForWindowExposed(&runs));
        const auto buttons = runs.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 5);
        for (const QPushButton* const button : buttons) {
            QVERIFY(button->width() >= button->sizeHint().width());
            QVERIFY(button->mapTo(&runs, QPoint(button->width(), 0)).x() <= width);
            if (width == 1200) // in one row
                QCOMPARE(button->y(), buttons.front()->y());
        }
    }
}

void TestRuns::theFirstDifferenceIsFound() {
    runTo(SimTime{40s});
    studio().session().seek(SimTime{20s});
    forkAt20();
    QVERIFY(studio().session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 20}).empty());
    runTo(SimTime{30s});
    const std::uint64_t forkedAt = studio().session().runs().back().forkedAt;
    QTest::mouseClick(&view().differenceButton(), Qt::LeftButton);
    QCOMPARE(studio().selection().record(), std::optional<std::uint64_t>(forkedAt)); // the command's own record
    QCOMPARE(studio().session().playhead(), forkedAt + 1);
}

void TestRuns::switchingShowsTheOtherRun() {
    forkAt20();
    const std::uint64_t forked = studio().session().currentRun();
    view().list().setCurrentRow(0);
    QTest::mouseClick(&view().switchButton(), Qt::LeftButton);
    QVERIFY(studio().session().currentRun() != forked);
}

void TestRuns::theSameWorkloadRunsOnAnotherBroker() {
    runTo(SimTime{20s});
    const SimTime reached = studio().session().now();
    const QList<QAction*> brokers = view().brokerMenu()->actions();
    const auto kafka = std::find_if(brokers.begin(), brokers.end(),
                                    [](const QAction* each) { return each->data() == QStringLiteral("kafka"); });
    QVERIFY(kafka != brokers.end());
    QCOMPARE((*kafka)->text(), QStringLiteral("Apache Kafka"));
    (*kafka)->trigger();
    Session& session = studio().session();
    QCOMPARE(session.runs().size(), std::size_t{2});
    QVERIFY(session.runs().back().label.endsWith(QStringLiteral("Apache Kafka")));
    QCOMPARE(session.scenario()->profile, std::string("kafka"));
    QTRY_VERIFY_WITH_TIMEOUT(!session.running(), 20'000);
    QCOMPARE(session.now(), reached); // as far as the other one
    QCOMPARE(channelOf(*session.scenario(), "payments")->kind, ChannelKind::stream);
    QVERIFY(session.picture().ledger().closed());
    QVERIFY(!view().figures().empty());
    session.switchTo(1);
    QCOMPARE(channelOf(*session.scenario(), "payments")->kind, ChannelKind::queue);
}

void TestRuns::differencesAreSignedAndHaveUnits() {
    using Unit = RunFigure::Unit;
    QCOMPARE(RunComparison::differenceText({.unit = Unit::Count, .mine = 5, .other = 2}), QStringLiteral(u"\u22123"));
    QCOMPARE(RunComparison::differenceText({.unit = Unit::Seconds, .mine = 1, .other = 3}), QStringLiteral(u"+2\u00A0s"));
    QCOMPARE(RunComparison::differenceText({.unit = Unit::Count, .mine = 5, .other = 5}), QString());
    QCOMPARE(RunComparison::differenceText({.unit = Unit::Count, .mine = 5}), QString());
}

void TestRuns::replicatedTheDifferencesHaveIntervals() {
    runTo(SimTime{40s});
    studio().session().seek(SimTime{20s});
    forkAt20();
    QVERIFY(!view().replicateButton().isEnabled() || view().list().currentRow() == 0);
    QVERIFY(studio().session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 20}).empty());
    runTo(SimTime{40s});
    view().pairs().setValue(4);
    QTest::mouseClick(&view().replicateButton(), Qt::LeftButton);
    QVERIFY(view().replicated().busy());
    QVERIFY2(view().summary().contains(QStringLiteral("of 4 pairs have run")), qPrintable(view().summary()));
    QTRY_VERIFY_WITH_TIMEOUT(!view().replicated().busy(), 60'000);
    QVERIFY(view().replicated().outcome());
    // Up to the moment at which they are compared: the last record of the one that has got less far.
    const SimTime until = view().replicated().request().until;
    QVERIFY(until > SimTime{39s} && until <= SimTime{40s});
    const QString told = QStringLiteral("4 pairs up to %1").arg(shortClockText(until));
    QVERIFY2(view().summary().contains(told), qPrintable(view().summary()));
    const auto certain = [this](MetricScope scope, const char* place, const char* name) {
        const ComparedFigure* found = view().replicated().outcomeOf(scope, place, name);
        return found && found->isCertain();
    };
    QVERIFY(certain(MetricScope::service, "payment-service", "handled"));
    QVERIFY(certain(MetricScope::channel, "payments", "depth"));
    QVERIFY(!certain(MetricScope::run, "", "refused")); // there are none on either side
    const auto& figures = view().figures();
    const auto row = std::find_if(figures.begin(), figures.end(), [](const RunFigure& each) {
        return each.place == QLatin1String("payments") && each.metric == "depth";
    });
    const QString text = view().table().model()->index(static_cast<int>(row - figures.begin()), 5).data().toString();
    QVERIFY2(text.startsWith(QChar(0x2212)) && text.contains(QStringLiteral(" ± ")), qPrintable(text)); // fewer wait there
}

void TestRuns::replicatedOnAnotherBrokerEachSideHasItsOwn() {
    runTo(SimTime{30s});
    QVERIFY(studio().session().runOn("kafka").empty());
    QTRY_VERIFY_WITH_TIMEOUT(!studio().session().running(), 20'000);
    view().list().setCurrentRow(0);
    view().pairs().setValue(4);
    QTest::mouseClick(&view().replicateButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!view().replicated().busy(), 60'000);
    QVERIFY(view().replicated().outcome());
    const auto& figures = view().replicated().outcome()->figures;
    QVERIFY(std::any_of(figures.begin(), figures.end(), [](const ComparedFigure& each) {
        return each.difference.count() == 4 && each.difference.mean() != 0.0;
    }));
}

void TestRuns::aReplicationIsGivenUpAndForgotten() {
    forkAt20();
    QVERIFY(studio().session().apply({.kind = CommandKind::slow, .target = "payment-service", .factor = 20}).empty());
    runTo(SimTime{25s});
    view().pairs().setValue(500);
    QTest::mouseClick(&view().replicateButton(), Qt::LeftButton);
    QVERIFY(view().replicated().busy());
    QTest::mouseClick(&view().replicateButton(), Qt::LeftButton); // it says Cancel now
    QVERIFY(!view().replicated().busy());
    QVERIFY(!view().replicated().outcome());
    // Another command makes it another run.
    view().pairs().setValue(2);
    QTest::mouseClick(&view().replicateButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(view().replicated().outcome(), 60'000);
    QVERIFY(studio().session().apply({.kind = CommandKind::pause, .target = "payment-service"}).empty());
    QVERIFY(!view().replicated().outcome());
}

QTEST_MAIN(TestRuns)
#include "tst_runs.moc"

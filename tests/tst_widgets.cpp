// The small widgets of the window under real mouse and key events.
#include "ui/run_bar/run_bar.h"
#include "ui/run_bar/until_popup.h"
#include "ui/style.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/clock_label.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/flowing_text.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/meter.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/speed_slider.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <limits>

using namespace weir;

class TestWidgets : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void speedFollowsKeys();
    void speedFollowsTheMouse();
    void speedFollowsTheWheelOneStepANotch();
    void doubleClickIsRealTime();
    void showingASpeedIsNotChoosingIt();
    void theClockKeepsItsWidth();
    void aWordLongerThanALineGoesOnInTheNext();
    void flowingWordsAreCopiedAndRolledPast();
    void theMeterShowsItsShare();
    void sparklinesKeepTheLatestAndBreakAtGaps();
    void aTileWithoutObservationShowsADash();
    void errorsNameTheirPlaces();
    void detailsAreBoundedAndTheRestIsCounted();
    void escapeAndTheCrossCloseAMessage();
    void aBarThatGoesGivesTheKeysBack();
    void ofALongNameBothEndsAreSaid();
    void buttonsFlowIntoFurtherRows();
    void aQuestionIsAnsweredOnceAndGoes();
    void closingAQuestionAnswersNothing();
    void runBarButtonsAskOnce();
    void runAndPauseAreOneButton();
    void whatMakesNoSenseIsDisabled();
    void untilAsksForATimeAheadOrBehind();
    void theRunBarFitsANarrowWindow();

  private:
    std::unique_ptr<ThemeSource> m_themes;
};

namespace {

QToolButton* buttonOf(RunBar& bar, const QAction& action) {
    for (auto* button : bar.findChildren<QToolButton*>())
        if (button->defaultAction() == &action)
            return button;
    return nullptr;
}

template <class Widget> void expose(Widget& widget) {
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

} // namespace

void TestWidgets::initTestCase() {
    m_themes = std::make_unique<ThemeSource>(*qApp);
    m_themes->choose(ThemeChoice::Dark);
    QLocale::setDefault(QLocale(QLocale::English));
}

void TestWidgets::speedFollowsKeys() {
    SpeedSlider slider(*m_themes);
    QSignalSpy chosen(&slider, &SpeedSlider::speedChosen);
    expose(slider);
    QCOMPARE(slider.speed().factor, 1.0);
    QTest::keyClick(&slider, Qt::Key_Right);
    QCOMPARE(slider.speed().factor, 1.2);
    QTest::keyClick(&slider, Qt::Key_PageUp);
    QCOMPARE(slider.speed().factor, 12.0);
    QTest::keyClick(&slider, Qt::Key_End);
    QVERIFY(slider.speed().unlimited);
    QTest::keyClick(&slider, Qt::Key_Left);
    QCOMPARE(slider.speed().factor, 1000.0);
    QVERIFY(!slider.speed().unlimited);
    QTest::keyClick(&slider, Qt::Key_Home);
    QCOMPARE(slider.speed().factor, 0.001);
    QCOMPARE(chosen.count(), 5);
    QCOMPARE(chosen.at(1).at(0).value<Speed>().factor, 12.0);
    QCOMPARE(slider.accessibleName(), QStringLiteral("Speed"));
    QCOMPARE(slider.accessibleDescription(), QStringLiteral(u"0.001\u00D7 real time"));
}

void TestWidgets::speedFollowsTheMouse() {
    SpeedSlider slider(*m_themes);
    slider.resize(375, 48); // 350 pixels of track, 5 a step
    expose(slider);
    QTest::mouseClick(&slider, Qt::LeftButton, {}, QPoint(11 + 50, 24));
    QCOMPARE(slider.speed().factor, 0.01);
    QTest::mouseClick(&slider, Qt::LeftButton, {}, QPoint(11 + 44 * 5, 24));
    QCOMPARE(slider.speed().factor, 25.0);
    QTest::mousePress(&slider, Qt::LeftButton, {}, QPoint(11 + 44 * 5, 24));
    QTest::mouseMove(&slider, QPoint(374, 24));
    QVERIFY(slider.speed().unlimited);
    QTest::mouseMove(&slider, QPoint(11 + 61 * 5, 24)); // just beyond 1000x: snaps to it
    QCOMPARE(slider.speed().factor, 1000.0);
    QVERIFY(!slider.speed().unlimited);
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, QPoint(11 + 61 * 5, 24));
    QTest::mouseMove(&slider, QPoint(11, 24)); // released: moves nothing
    QCOMPARE(slider.speed().factor, 1000.0);
}

void TestWidgets::speedFollowsTheWheelOneStepANotch() {
    SpeedSlider slider(*m_themes);
    expose(slider);
    const auto turn = [&slider](int eighths) {
        QWheelEvent event(QPointF(50, 20), slider.mapToGlobal(QPointF(50, 20)), {}, QPoint(0, eighths), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&slider, &event);
    };
    turn(120);
    QCOMPARE(slider.speed().factor, 1.2);
    turn(-240);
    QCOMPARE(slider.speed().factor, 0.8);
    turn(60); // fine wheels: two halves are a step
    QCOMPARE(slider.speed().factor, 0.8);
    turn(60);
    QCOMPARE(slider.speed().factor, 1.0);
}

void TestWidgets::doubleClickIsRealTime() {
    SpeedSlider slider(*m_themes);
    slider.setSpeed(Speed::max());
    expose(slider);
    QTest::mouseDClick(&slider, Qt::LeftButton, {}, QPoint(100, 24));
    QCOMPARE(slider.speed(), Speed{});
}

void TestWidgets::showingASpeedIsNotChoosingIt() {
    SpeedSlider slider(*m_themes);
    QSignalSpy chosen(&slider, &SpeedSlider::speedChosen);
    slider.setSpeed({.factor = 25, .unlimited = false});
    QCOMPARE(slider.speed().factor, 25.0);
    QCOMPARE(chosen.count(), 0);
}

void TestWidgets::theClockKeepsItsWidth() {
    ClockLabel clock(*m_themes);
    clock.setTime(SimTime{192'480ms});
    QCOMPARE(clock.text(), QStringLiteral("00:03:12.480"));
    const int width = clock.sizeHint().width();
    clock.setTime(SimTime{11h + 11min + 11'111ms});
    QCOMPARE(clock.sizeHint().width(), width);
    clock.setTime(SimTime{100h});
    QVERIFY(clock.sizeHint().width() > width);
}

void TestWidgets::aWordLongerThanALineGoesOnInTheNext() {
    FlowingText text;
    const int line = text.fontMetrics().height();
    text.setWords(QString(100, QLatin1Char('x')));
    QVERIFY(text.minimumSizeHint().width() < 60); // whatever the word
    QVERIFY(text.heightForWidth(5000) < 2 * line);
    QVERIFY(text.heightForWidth(150) > 4 * line);
    text.setSpaceAbove(10);
    const int height = text.heightForWidth(150);
    text.resize(150, height);
    expose(text);
    QCOMPARE(text.viewport()->height(), height - 10);
    QVERIFY(text.document()->size().height() <= text.viewport()->height());
    QVERIFY(text.document()->idealWidth() <= text.viewport()->width());
}

void TestWidgets::flowingWordsAreCopiedAndRolledPast() {
    FlowingText text;
    text.resize(100, 200);
    const QString name(40, QLatin1Char('n'));
    text.setWords(name);
    expose(text);
    QTest::mouseDClick(text.viewport(), Qt::LeftButton, {}, QPoint(20, 5));
    QCOMPARE(text.textCursor().selectedText(), name);
    text.setWords(name); // told again: the same
    QCOMPARE(text.textCursor().selectedText(), name);
    const QFont font = text.font();
    for (const auto keys : {Qt::NoModifier, Qt::ControlModifier}) {
        QWheelEvent down(QPointF(20, 5), text.viewport()->mapToGlobal(QPointF(20, 5)), {}, QPoint(0, -120),
                         Qt::NoButton, keys, Qt::NoScrollPhase, false);
        QApplication::sendEvent(text.viewport(), &down);
        QVERIFY(!down.isAccepted()); // left to the page
    }
    QCOMPARE(text.font(), font); // and no letter larger
}

void TestWidgets::theMeterShowsItsShare() {
    Meter meter(*m_themes);
    meter.resize(100, 6);
    meter.setShare(0.5);
    const auto colourAt = [&meter](int x) { return meter.grab().toImage().pixelColor(x, 3).name(); };
    QCOMPARE(colourAt(45), QStringLiteral("#5b9bff"));
    QCOMPARE(colourAt(55), QStringLiteral("#2f3843"));
    meter.setShare(0.9);
    QCOMPARE(colourAt(45), QStringLiteral("#ef5f57"));
    meter.setShare(std::numeric_limits<double>::quiet_NaN());
    QCOMPARE(meter.share(), 0.0);
    meter.setShare(7);
    QCOMPARE(meter.share(), 1.0);
}

void TestWidgets::sparklinesKeepTheLatestAndBreakAtGaps() {
    Sparkline line(*m_themes);
    for (int i = 0; i < 300; ++i)
        line.append(i);
    QCOMPARE(line.values().size(), 240U);
    QCOMPARE(line.values().front(), 60.0);
    QCOMPARE(line.values().back(), 299.0);

    const std::array values{0.0, 10.0, std::numeric_limits<double>::quiet_NaN(), 5.0, 5.0};
    const auto stretches = sparklinePoints(values, QRectF(0, 0, 40, 20));
    QCOMPARE(stretches.size(), 2U);
    QCOMPARE(stretches[0], QPolygonF({QPointF(0, 20), QPointF(10, 0)}));
    QCOMPARE(stretches[1], QPolygonF({QPointF(30, 10), QPointF(40, 10)}));
    QVERIFY(sparklinePoints({}, QRectF(0, 0, 40, 20)).empty());
}

void TestWidgets::aTileWithoutObservationShowsADash() {
    MetricTile tile(*m_themes);
    tile.setLabel(QStringLiteral("Wait p99"));
    tile.resize(132, 68);
    const QImage without = tile.grab().toImage();
    tile.setValue(QStringLiteral("4.21 s"));
    QVERIFY(tile.grab().toImage() != without);
    tile.setValue({});
    QCOMPARE(tile.grab().toImage(), without);
    QCOMPARE(tile.sizeHint(), QSize(132, 68));
}

void TestWidgets::errorsNameTheirPlaces() {
    MessageBar bar(*m_themes);
    QSignalSpy activated(&bar, &MessageBar::placeActivated);
    QVERIFY(bar.isHidden());
    bar.tell(MessageBar::Severity::Error, QStringLiteral("The file has errors"),
             {{"/services/a", "needs a duration such as \"20ms\"", "\"fast\""}});
    bar.resize(600, bar.sizeHint().height());
    expose(bar);
    QCOMPARE(bar.details().count(), 1);
    QCOMPARE(bar.details().item(0)->text(),
             QStringLiteral("/services/a: needs a duration such as \"20ms\", got \"fast\""));
    bar.details().setCurrentRow(0);
    QTest::keyClick(&bar.details(), Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.at(0).at(0).toString(), QStringLiteral("/services/a"));
    bar.tell(MessageBar::Severity::Note, QStringLiteral("All is well"));
    QVERIFY(bar.details().isHidden());
}

void TestWidgets::detailsAreBoundedAndTheRestIsCounted() {
    MessageBar bar(*m_themes);
    bar.tell(MessageBar::Severity::Error, QStringLiteral("Many"), Errors(1500, Error{"/a", "is wrong", ""}));
    QCOMPARE(bar.details().count(), 201);
    QCOMPARE(bar.details().item(200)->text(), QStringLiteral(u"and 1\u202F300 more"));
}

void TestWidgets::ofALongNameBothEndsAreSaid() {
    MessageBar bar(*m_themes);
    const QString name = QStringLiteral("a") + QString(5000, QLatin1Char('x')) + QStringLiteral("z");
    const QString cut = QStringLiteral("a") + QString(39, QLatin1Char('x')) + QStringLiteral("\u2026") +
                        QString(38, QLatin1Char('x')) + QStringLiteral("z");
    bar.tell(MessageBar::Severity::Error, name + QStringLiteral(" could not be opened"),
             {{name.toStdString(), "needs a name", name.toStdString()}});
    QCOMPARE(bar.text(), cut + QStringLiteral(" could not be opened"));
    QCOMPARE(bar.details().item(0)->text(), cut + QStringLiteral(": needs a name, got ") + cut);
    QSignalSpy activated(&bar, &MessageBar::placeActivated);
    Q_EMIT bar.details().itemActivated(bar.details().item(0));
    QCOMPARE(activated.at(0).at(0).toString(), name); // the place itself is whole
}

void TestWidgets::buttonsFlowIntoFurtherRows() {
    QWidget bar;
    auto* const flow = new FlowLayout(&bar);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(10);
    QList<QWidget*> blocks;
    for (int i = 0; i < 3; ++i) {
        auto* const block = new QWidget;
        block->setFixedSize(100, 20);
        flow->addWidget(block);
        blocks << block;
    }
    QCOMPARE(flow->sizeHint(), QSize(320, 20));
    QCOMPARE(flow->heightForWidth(320), 20);
    QCOMPARE(flow->heightForWidth(319), 50);
    QCOMPARE(flow->heightForWidth(100), 80);
    bar.resize(250, 60);
    expose(bar);
    QCOMPARE(blocks[1]->pos(), QPoint(110, 0));
    QCOMPARE(blocks[2]->pos(), QPoint(0, 30));
    blocks[0]->hide(); // takes no room
    QCOMPARE(flow->heightForWidth(210), 20);
}

void TestWidgets::aBarThatGoesGivesTheKeysBack() {
    QWidget window;
    auto* const column = new QVBoxLayout(&window);
    auto* const bar = new MessageBar(*m_themes, &window);
    auto* const next = new QLineEdit(&window);
    auto* const field = new QLineEdit(&window);
    auto* const rest = new QLineEdit(&window);
    for (QWidget* const each : std::initializer_list<QWidget*>{bar, next, field, rest})
        column->addWidget(each);
    bar->setRest(rest);
    expose(window);
    const auto ask = [bar] {
        bar->ask(MessageBar::Severity::Note, QStringLiteral("Really?"),
                 {{.text = QStringLiteral("Yes"), .chosen = [] {}, .suggested = true}});
        QVERIFY(bar->isAncestorOf(QApplication::focusWidget()));
    };
    field->setFocus();
    ask();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(bar->isHidden());
    QVERIFY(field->hasFocus());
    ask();
    ask(); // another question in its place
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(bar->isHidden());
    QVERIFY(field->hasFocus());
    ask();
    field->hide(); // where it was is no more
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(rest->hasFocus());
}

void TestWidgets::escapeAndTheCrossCloseAMessage() {
    MessageBar bar(*m_themes);
    QSignalSpy dismissed(&bar, &MessageBar::dismissed);
    bar.tell(MessageBar::Severity::Warning, QStringLiteral("Careful"));
    expose(bar);
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(bar.isHidden());
    bar.tell(MessageBar::Severity::Warning, QStringLiteral("Careful"));
    bar.resize(500, 40);
    for (auto* button : bar.findChildren<QToolButton*>())
        if (button->accessibleName() == QLatin1String("Close"))
            QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(bar.isHidden());
    QCOMPARE(dismissed.count(), 2);
}

void TestWidgets::aQuestionIsAnsweredOnceAndGoes() {
    MessageBar bar(*m_themes);
    QStringList said;
    bar.ask(MessageBar::Severity::Warning, QStringLiteral("Save it?"),
            {{QStringLiteral("Save"), [&said] { said << QStringLiteral("save"); }, true},
             {QStringLiteral("Discard"), [&said] { said << QStringLiteral("discard"); }}});
    bar.resize(600, 40);
    expose(bar);
    QVERIFY(bar.asks());
    for (auto* button : bar.findChildren<QToolButton*>())
        if (button->text() == QLatin1String("Discard"))
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(said, QStringList(QStringLiteral("discard")));
    QVERIFY(bar.isHidden());
    QVERIFY(!bar.asks());
}

void TestWidgets::closingAQuestionAnswersNothing() {
    MessageBar bar(*m_themes);
    int said = 0;
    const QList<MessageBar::Answer> answers{{QStringLiteral("Save"), [&said] { ++said; }, true}};
    bar.ask(MessageBar::Severity::Warning, QStringLiteral("Save it?"), answers);
    expose(bar);
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(bar.isHidden());
    bar.ask(MessageBar::Severity::Warning, QStringLiteral("Save it?"), answers);
    bar.tell(MessageBar::Severity::Note, QStringLiteral("Something else"));
    QVERIFY(!bar.asks());
    QCOMPARE(said, 0);
}

void TestWidgets::runBarButtonsAskOnce() {
    RunBar bar(*m_themes);
    bar.resize(1440, 49);
    bar.setState({.available = true, .running = false, .canStepBack = true, .canStep = true});
    expose(bar);
    QSignalSpy restart(&bar, &RunBar::restartRequested);
    QSignalSpy back(&bar, &RunBar::stepBackRequested);
    QSignalSpy step(&bar, &RunBar::stepRequested);
    QTest::mouseClick(buttonOf(bar, bar.runActions().restart()), Qt::LeftButton);
    QTest::mouseClick(buttonOf(bar, bar.runActions().stepBack()), Qt::LeftButton);
    QTest::mouseClick(buttonOf(bar, bar.runActions().step()), Qt::LeftButton);
    QCOMPARE(restart.count(), 1);
    QCOMPARE(back.count(), 1);
    QCOMPARE(step.count(), 1);
}

void TestWidgets::runAndPauseAreOneButton() {
    RunBar bar(*m_themes);
    bar.resize(1440, 49);
    bar.setState({.available = true, .running = false, .canStepBack = false, .canStep = true});
    expose(bar);
    QSignalSpy run(&bar, &RunBar::runRequested);
    QSignalSpy pause(&bar, &RunBar::pauseRequested);
    QToolButton* button = buttonOf(bar, bar.runActions().runPause());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(run.count(), 1);
    QCOMPARE(button->toolTip(), QStringLiteral("Run (F5)"));
    bar.setState({.available = true, .running = true, .canStepBack = false, .canStep = true});
    QCOMPARE(button->toolTip(), QStringLiteral("Pause (F5)"));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(pause.count(), 1);
    QCOMPARE(run.count(), 1);
}

void TestWidgets::whatMakesNoSenseIsDisabled() {
    RunBar bar(*m_themes);
    QVERIFY(!bar.runActions().runPause().isEnabled());
    QVERIFY(!bar.slider().isEnabled());
    bar.setState({.available = true, .running = true, .canStepBack = false, .canStep = false}); // a live run
    QVERIFY(bar.runActions().runPause().isEnabled());
    QVERIFY(!bar.runActions().step().isEnabled());
    QVERIFY(!bar.runActions().restart().isEnabled());
    QVERIFY(!bar.runActions().stepBack().isEnabled());
}

void TestWidgets::untilAsksForATimeAheadOrBehind() {
    RunBar bar(*m_themes);
    bar.resize(1440, 49);
    bar.setState({.available = true, .running = false, .canStepBack = false, .canStep = true});
    bar.setClock(SimTime{192'480ms});
    expose(bar);
    QSignalSpy until(&bar, &RunBar::runUntilRequested);
    QTest::mouseClick(buttonOf(bar, bar.runActions().runUntil()), Qt::LeftButton);
    UntilPopup& popup = bar.untilPopup();
    QVERIFY(popup.isVisible());
    QTest::keyClicks(&popup.field(), QStringLiteral("soon"));
    QCOMPARE(fieldState(&popup.field()), FieldState::Refused);
    QTest::keyClick(&popup.field(), Qt::Key_Return);
    QCOMPARE(until.count(), 0);
    popup.field().clear();
    QTest::keyClicks(&popup.field(), QStringLiteral("1min"));
    QCOMPARE(fieldState(&popup.field()), FieldState::Accepted);
    QCOMPARE(popup.words(), QStringLiteral("Enter goes back to there."));
    popup.field().clear();
    QTest::keyClicks(&popup.field(), QStringLiteral("00:04:00"));
    QCOMPARE(fieldState(&popup.field()), FieldState::Accepted);
    QCOMPARE(popup.words(), QStringLiteral("Enter runs up to there and pauses."));
    QTest::keyClick(&popup.field(), Qt::Key_Return);
    QVERIFY(!popup.isVisible());
    QCOMPARE(until.count(), 1);
    QCOMPARE(until.at(0).at(0).value<SimTime>().time_since_epoch().count(), 240'000'000'000);
}

void TestWidgets::theRunBarFitsANarrowWindow() {
    RunBar bar(*m_themes);
    bar.setState({.available = true, .running = true, .canStepBack = true, .canStep = true});
    bar.setSource(RunSource::Simulation);
    bar.setEnd(SimTime{10min});
    bar.setSeed(7);
    expose(bar);
    for (const int width : {640, 720, 800, 880, 1440}) {
        bar.resize(width, 49);
        QCoreApplication::processEvents();
        QCOMPARE(bar.width(), width);
        QList<QWidget*> children = bar.findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
        children.removeIf([](const QWidget* child) { return child->isHidden() || child->isWindow(); });
        std::sort(children.begin(), children.end(), [](const QWidget* a, const QWidget* b) { return a->x() < b->x(); });
        int right = 0;
        for (const QWidget* child : children) {
            QVERIFY2(child->x() >= right, qPrintable(QStringLiteral("overlap at width %1").arg(width)));
            right = child->x() + child->width();
        }
        QVERIFY2(right <= width, qPrintable(QStringLiteral("%1 > %2").arg(right).arg(width)));
    }
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"

// The welcome page: what a person sees first, and gets from there with a click or a key.
#include "support/whole_window.h"
#include "ui/canvas/canvas.h"
#include "ui/welcome/scenario_card.h"
#include "ui/welcome/scenario_thumbnail.h"
#include "ui/welcome/welcome_page.h"

#include "core/scenario/load.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace weir;

namespace {
const QString orderFlow = QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json");
}

class TestWelcome : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void itIsThereWhileNothingIsOpen();
    void anExampleOpensAsACopyOfOnesOwn();
    void anExampleOpensByTheKeyboard();
    void newGivesAnEmptyCanvas();
    void openAsksForAFile();
    void recentFilesAreAClickAway();
    void itSpeaksChinese();
    void cardsFitTheWidth();
    void aThumbnailShowsTheTopology();

  private:
    WelcomePage& page() { return m_weir->view<WelcomePage>(); }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestWelcome::init() {
    m_weir = std::make_unique<WholeWindow>(WindowStart{.recentFiles = {orderFlow}});
}

void TestWelcome::cleanup() {
    m_weir.reset();
}

void TestWelcome::itIsThereWhileNothingIsOpen() {
    QVERIFY(page().isVisible());
    QVERIFY(!studio().window().findChild<Canvas*>()->isVisible());
    QCOMPARE(page().cards().size(), QDir(QStringLiteral(WEIR_SOURCE_DIR "/scenarios")).entryList({QStringLiteral("*.json")}).size());
    QCOMPARE(page().cards().front()->text(), QStringLiteral("Order flow"));
    for (const ScenarioCard* card : page().cards()) {
        QVERIFY(!card->accessibleName().isEmpty());
        QVERIFY(!card->accessibleDescription().isEmpty());
    }
    QVERIFY(studio().open(orderFlow));
    QVERIFY(!page().isVisible());
    QVERIFY(studio().window().findChild<Canvas*>()->isVisible());
}

void TestWelcome::anExampleOpensAsACopyOfOnesOwn() {
    QTest::mouseClick(page().cards().front(), Qt::LeftButton);
    QVERIFY(!page().isVisible());
    QFile file(orderFlow);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(studio().editor().document().text(), file.readAll().toStdString());
    QVERIFY(studio().session().running());
    QVERIFY(studio().files().path().isEmpty());
    QCOMPARE(studio().window().windowTitle(), QStringLiteral("Order flow — Untitled[*] — Weir"));
    QTest::keyClick(&studio().window(), Qt::Key_S, Qt::ControlModifier);
    auto* dialog = studio().window().findChild<QFileDialog*>();
    QVERIFY(dialog);
    QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), QStringLiteral("order_flow.json"));
}

void TestWelcome::anExampleOpensByTheKeyboard() {
    ScenarioCard* card = page().cards().back();
    card->setFocus(Qt::TabFocusReason);
    QTest::keyClick(card, Qt::Key_Space);
    QVERIFY(studio().editor().isOpen());
}

void TestWelcome::newGivesAnEmptyCanvas() {
    for (auto* button : page().findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("New scenario"))
            QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(studio().editor().isOpen());
    QVERIFY(studio().editor().scenario().services.empty());
    QVERIFY(!page().isVisible());
}

void TestWelcome::openAsksForAFile() {
    for (auto* button : page().findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Open…"))
            QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(studio().window().findChild<QFileDialog*>());
}

void TestWelcome::recentFilesAreAClickAway() {
    QToolButton* recent = nullptr;
    for (auto* button : page().findChildren<QToolButton*>())
        if (button->text() == QStringLiteral("order_flow.json"))
            recent = button;
    QVERIFY(recent);
    QTest::mouseClick(recent, Qt::LeftButton);
    QCOMPARE(studio().files().path(), orderFlow);
}

void TestWelcome::itSpeaksChinese() {
    m_weir->language.choose(Language::Choice::Chinese);
    QCoreApplication::processEvents();
    QCOMPARE(page().cards().front()->text(), QStringLiteral("订单流程"));
}

void TestWelcome::cardsFitTheWidth() {
    const auto columns = [this] {
        QSet<int> lefts;
        for (const ScenarioCard* card : page().cards())
            lefts.insert(card->x());
        return lefts.size();
    };
    studio().window().resize(1000, 800);
    QCoreApplication::processEvents();
    QCOMPARE(columns(), 1);
    for (const ScenarioCard* card : page().cards())
        QVERIFY(card->mapTo(&page(), QPoint(card->width(), 0)).x() <= page().width());
    studio().window().resize(1900, 1000);
    QCoreApplication::processEvents();
    QVERIFY(columns() >= 3);
}

// Ink where there was ground, and within a frame's time.
void TestWelcome::aThumbnailShowsTheTopology() {
    const Scenario scenario = loadScenarioFile(orderFlow.toStdString()).value();
    const Theme theme = darkTheme();
    QElapsedTimer clock;
    clock.start();
    const QImage picture = scenarioThumbnail(scenario, theme, {264, 140}, 1).toImage();
    qInfo("a thumbnail of order_flow: %lld ms", static_cast<long long>(clock.elapsed()));
    QCOMPARE(picture.size(), QSize(264, 140));
    int inked = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            inked += picture.pixelColor(x, y) != theme.canvas;
    QVERIFY(inked > 264 * 140 / 20);
    const QImage nothing = scenarioThumbnail(Scenario(), theme, {264, 140}, 1).toImage();
    QCOMPARE(nothing.pixelColor(130, 70), theme.canvas);
}

QTEST_MAIN(TestWelcome)
#include "tst_welcome.moc"

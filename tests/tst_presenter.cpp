// Presenter mode in the window: large type, canvas and timeline alone, captions for what happens.
#include "support/whole_window.h"
#include "ui/canvas/canvas.h"
#include "ui/presenter/narration.h"
#include "ui/presenter/presenter.h"
#include "ui/presenter/stage.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QTest>

#include <set>

using namespace weir;

class TestPresenter : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void onlyCanvasAndTimelineStayAndAllComesBack();
    void typeIsLargerAndContrastHigher();
    void aStepIsTold();
    void theSpotlightIsOnTheNodeItHappensAt();
    void theCanvasKeepsClearOfTheCaption();
    void everyKindOfRecordHasItsSentence();

  private:
    QDockWidget& dock(const char* name) const { return m_weir->dock(name); }
    void present() {
        QTest::keyClick(&studio().window(), Qt::Key_F11, Qt::ShiftModifier);
        QCoreApplication::processEvents();
    }
    Studio& studio() const { return *m_weir->studio; }

    std::unique_ptr<WholeWindow> m_weir;
};

void TestPresenter::init() {
    m_weir = std::make_unique<WholeWindow>();
    QVERIFY(studio().open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")));
    studio().session().pause();
    studio().session().seek(SimTime{});
}

void TestPresenter::cleanup() {
    m_weir.reset();
}

void TestPresenter::onlyCanvasAndTimelineStayAndAllComesBack() {
    dock("charts").hide();
    present();
    QVERIFY(studio().presenter().presenting());
    QVERIFY(dock("timeline").isVisible());
    for (const char* name : {"outline", "inspector", "trace", "charts"})
        QVERIFY2(!dock(name).isVisible(), name);
    QVERIFY(studio().presenter().stage().isVisible());
    present();
    for (const char* name : {"outline", "inspector", "trace"})
        QVERIFY2(dock(name).isVisible(), name);
    QVERIFY(!dock("charts").isVisible()); // as it was before
    QVERIFY(!studio().presenter().stage().isVisible());
}

void TestPresenter::typeIsLargerAndContrastHigher() {
    const int before = m_weir->themes.theme().font(TextRole::Body).pixelSize();
    present();
    QVERIFY(m_weir->themes.theme().font(TextRole::Body).pixelSize() > before);
    QCOMPARE(m_weir->themes.theme().text, QColor(Qt::white));
    m_weir->themes.choose(ThemeChoice::Light);
    QCOMPARE(m_weir->themes.theme().text, QColor(Qt::black));
    present();
    QCOMPARE(m_weir->themes.theme().font(TextRole::Body).pixelSize(), before);
}

void TestPresenter::aStepIsTold() {
    present();
    QTest::keyClick(&studio().window(), Qt::Key_F10);
    QTRY_COMPARE(studio().session().playhead(), std::uint64_t{1});
    QCOMPARE(studio().presenter().stage().caption(), QStringLiteral("order-service: orders ORD-1 = CREATED"));
    // Its summary of orders changes twice, then the event goes out.
    for (std::uint64_t records = 2; records <= 4; ++records) {
        QTest::keyClick(&studio().window(), Qt::Key_F10);
        QTRY_COMPARE(studio().session().playhead(), records);
    }
    QCOMPARE(studio().presenter().stage().caption(), QStringLiteral("order-service publishes order.created to orders"));
    QTest::keyClick(&studio().window(), Qt::Key_F9);
    QCOMPARE(studio().presenter().stage().caption(), QStringLiteral("order-service: summary inFlight = 1"));
}

void TestPresenter::theSpotlightIsOnTheNodeItHappensAt() {
    present();
    QTest::keyClick(&studio().window(), Qt::Key_F10);
    QTRY_COMPARE(studio().presenter().stage().lit(),
                 NodeRef::of(studio().session().catalogue()->service("order-service")));
}

void TestPresenter::theCanvasKeepsClearOfTheCaption() {
    present();
    QCoreApplication::processEvents();
    auto& canvas = *studio().window().findChild<Canvas*>();
    const QRectF scene = canvas.view().toView(canvas.scene().bounds());
    QVERIFY(scene.bottom() <= canvas.height() - 95);
}

void TestPresenter::everyKindOfRecordHasItsSentence() {
    const Narration narration(*studio().session().catalogue());
    std::set<QString> sentences;
    for (std::size_t kind = 0; kind < recordKindCount; ++kind) {
        Record record;
        record.kind = static_cast<RecordKind>(kind);
        const QString sentence = narration.sentence(record);
        QVERIFY(!sentence.trimmed().isEmpty());
        sentences.insert(sentence);
    }
    QCOMPARE(sentences.size(), recordKindCount);
}

QTEST_MAIN(TestPresenter)
#include "tst_presenter.moc"

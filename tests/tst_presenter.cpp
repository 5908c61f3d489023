// Presenter mode in the window: large type, canvas and timeline alone, captions for what happens.
#include "ui/canvas/canvas.h"
#include "ui/presenter/narration.h"
#include "ui/presenter/presenter.h"
#include "ui/presenter/stage.h"
#include "ui/studio.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QSettings>
#include <QTemporaryDir>
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
    QDockWidget& dock(const char* name) {
        return *m_studio->window().findChild<QDockWidget*>(QString::fromLatin1(name));
    }
    void present() {
        QTest::keyClick(&m_studio->window(), Qt::Key_F11, Qt::ShiftModifier);
        QCoreApplication::processEvents();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeSource> m_themes;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<Studio> m_studio;
};

void TestPresenter::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    m_settings->setValue(QStringLiteral("window/language"), 1);
    m_settings->setValue(QStringLiteral("window/theme"), 2);
    m_themes = std::make_unique<ThemeSource>(*qApp);
    m_language = std::make_unique<Language>();
    m_studio = std::make_unique<Studio>(*m_themes, *m_language, *m_settings);
    m_studio->window().resize(1440, 900);
    m_studio->window().show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
    QVERIFY(m_studio->open(QStringLiteral(WEIR_SOURCE_DIR "/scenarios/order_flow.json")));
    m_studio->session().pause();
    m_studio->session().seek(SimTime{});
}

void TestPresenter::cleanup() {
    m_studio.reset();
}

void TestPresenter::onlyCanvasAndTimelineStayAndAllComesBack() {
    dock("charts").hide();
    present();
    QVERIFY(m_studio->presenter().presenting());
    QVERIFY(dock("timeline").isVisible());
    for (const char* name : {"outline", "inspector", "trace", "charts"})
        QVERIFY2(!dock(name).isVisible(), name);
    QVERIFY(m_studio->presenter().stage().isVisible());
    present();
    for (const char* name : {"outline", "inspector", "trace"})
        QVERIFY2(dock(name).isVisible(), name);
    QVERIFY(!dock("charts").isVisible()); // as it was before
    QVERIFY(!m_studio->presenter().stage().isVisible());
}

void TestPresenter::typeIsLargerAndContrastHigher() {
    const int before = m_themes->theme().font(TextRole::Body).pixelSize();
    present();
    QVERIFY(m_themes->theme().font(TextRole::Body).pixelSize() > before);
    QCOMPARE(m_themes->theme().text, QColor(Qt::white));
    m_themes->choose(ThemeChoice::Light);
    QCOMPARE(m_themes->theme().text, QColor(Qt::black));
    present();
    QCOMPARE(m_themes->theme().font(TextRole::Body).pixelSize(), before);
}

void TestPresenter::aStepIsTold() {
    present();
    QTest::keyClick(&m_studio->window(), Qt::Key_F10);
    QTRY_COMPARE(m_studio->session().playhead(), std::uint64_t{1});
    QCOMPARE(m_studio->presenter().stage().caption(), QStringLiteral("order-service: orders ORD-1 = CREATED"));
    // Its summary of orders changes twice, then the event goes out.
    for (std::uint64_t records = 2; records <= 4; ++records) {
        QTest::keyClick(&m_studio->window(), Qt::Key_F10);
        QTRY_COMPARE(m_studio->session().playhead(), records);
    }
    QCOMPARE(m_studio->presenter().stage().caption(), QStringLiteral("order-service publishes order.created to orders"));
    QTest::keyClick(&m_studio->window(), Qt::Key_F9);
    QCOMPARE(m_studio->presenter().stage().caption(), QStringLiteral("order-service: summary inFlight = 1"));
}

void TestPresenter::theSpotlightIsOnTheNodeItHappensAt() {
    present();
    QTest::keyClick(&m_studio->window(), Qt::Key_F10);
    QTRY_COMPARE(m_studio->presenter().stage().lit(),
                 NodeRef::of(m_studio->session().catalogue()->service("order-service")));
}

void TestPresenter::theCanvasKeepsClearOfTheCaption() {
    present();
    QCoreApplication::processEvents();
    auto& canvas = *m_studio->window().findChild<Canvas*>();
    const QRectF scene = canvas.view().toView(canvas.scene().bounds());
    QVERIFY(scene.bottom() <= canvas.height() - 95);
}

void TestPresenter::everyKindOfRecordHasItsSentence() {
    const Narration narration(*m_studio->session().catalogue());
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

// The main window: geometry, actions, theme and language while it runs, what it remembers.
#include "support/empty_pieces.h"
#include "ui/run_bar/run_bar.h"

#include <QApplication>
#include <QDockWidget>
#include <QDropEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace weir;

class TestMainWindow : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void panelsStandWhereTheyShould();
    void everyActionHasTextAndNoTwoShareAKey();
    void theLanguageChangesWhileItRuns();
    void theThemeChangesWhileItRuns();
    void settingsAreRememberedByTheNextWindow();
    void aDroppedFileIsOpened();
    void theTitleShowsTheDocumentAndWhetherItChanged();
    void panelsHideAndComeBack();
    void pathologicalSettingsAreHarmless();

  private:
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<QSettings> m_settings;
};

namespace {

struct Studio {
    explicit Studio(QSettings& settings)
        : themes(*qApp), pieces(emptyPieces(themes)), window(pieces, themes, language, settings) {
        window.show();
        QCoreApplication::processEvents();
    }
    ThemeSource themes;
    Language language;
    WindowPieces pieces;
    MainWindow window;

    QWidget& panel(const char* name) {
        return *window.findChild<QDockWidget*>(QString::fromLatin1(name))->widget();
    }
    QMenuBar& menus() { return *window.findChild<QMenuBar*>(); }
};

void collect(const QMenu& menu, QList<QAction*>& actions) {
    for (QAction* action : menu.actions()) {
        if (action->menu())
            collect(*action->menu(), actions);
        else if (!action->isSeparator())
            actions << action;
    }
}

QList<QAction*> allActions(Studio& studio) {
    QList<QAction*> actions;
    for (const QAction* action : studio.menus().actions())
        collect(*action->menu(), actions);
    return actions;
}

QAction* actionNamed(Studio& studio, const QString& text) {
    for (QAction* action : allActions(studio))
        if (QString(action->text()).remove(QLatin1Char('&')) == text)
            return action;
    return nullptr;
}

QRect place(const Studio& studio, const QWidget& piece) {
    return {piece.mapTo(&studio.window, QPoint(0, 0)), piece.size()};
}

} // namespace

void TestMainWindow::init() {
    m_scratch = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_scratch->filePath(QStringLiteral("weir.ini")), QSettings::IniFormat);
    m_settings->setValue(QStringLiteral("window/language"), 1); // English, whatever the machine speaks
    m_settings->setValue(QStringLiteral("window/theme"), 2);
}

void TestMainWindow::panelsStandWhereTheyShould() {
    Studio studio(*m_settings);
    QCOMPARE(studio.window.size(), QSize(1440, 900));
    const QRect outline = place(studio, studio.panel("outline"));
    const QRect canvas = place(studio, *studio.pieces.canvas);
    const QRect inspector = place(studio, studio.panel("inspector"));
    const QRect timeline = place(studio, studio.panel("timeline"));
    const QRect trace = place(studio, studio.panel("trace"));
    const QRect charts = place(studio, studio.panel("charts"));
    QCOMPARE(outline.topLeft(), QPoint(0, 79));
    QCOMPARE(outline.width(), 212);
    QCOMPARE(canvas.left(), 213);
    QCOMPARE(inspector.width(), 308);
    QCOMPARE(inspector.right(), 1439);
    QCOMPARE(timeline.left(), 0);
    QCOMPARE(timeline.size(), QSize(1440, 58));
    QVERIFY(timeline.top() > canvas.bottom());
    QVERIFY(trace.top() > timeline.bottom());
    QCOMPARE(trace.top(), charts.top());
    QVERIFY(std::abs(trace.height() - 208) <= 1);
    QVERIFY(charts.left() > trace.right());
    QVERIFY(trace.bottom() < place(studio, *studio.pieces.ledger).top());
}

void TestMainWindow::everyActionHasTextAndNoTwoShareAKey() {
    Studio studio(*m_settings);
    QStringList keys;
    const QList<QAction*> actions = allActions(studio);
    QVERIFY(actions.size() >= 25);
    for (const QAction* action : actions) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->text()));
        if (!action->shortcut().isEmpty())
            keys << action->shortcut().toString();
    }
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
}

void TestMainWindow::theLanguageChangesWhileItRuns() {
    Studio studio(*m_settings);
    studio.window.runBar().setSeed(7);
    actionNamed(studio, QStringLiteral("简体中文"))->trigger();
    QCoreApplication::processEvents();
    QCOMPARE(studio.menus().actions().at(0)->text(), QStringLiteral("文件(&F)"));
    QCOMPARE(studio.window.runBar().runActions().runPause().text(), QStringLiteral("运行(&R)"));
    QVERIFY(actionNamed(studio, QStringLiteral("重置面板(E)")));
    actionNamed(studio, QStringLiteral("English"))->trigger();
    QCoreApplication::processEvents();
    QCOMPARE(studio.menus().actions().at(0)->text(), QStringLiteral("&File"));
}

void TestMainWindow::theThemeChangesWhileItRuns() {
    Studio studio(*m_settings);
    const auto ground = [&studio] { return studio.pieces.canvas->grab().toImage().pixelColor(3, 3).name(); };
    QCOMPARE(ground(), QStringLiteral("#161a20"));
    actionNamed(studio, QStringLiteral("Light"))->trigger();
    QCOMPARE(ground(), QStringLiteral("#fafbfc"));
}

void TestMainWindow::settingsAreRememberedByTheNextWindow() {
    {
        Studio studio(*m_settings);
        actionNamed(studio, QStringLiteral("Light"))->trigger();
        actionNamed(studio, QStringLiteral("简体中文"))->trigger();
        QCoreApplication::processEvents();
        actionNamed(studio, QStringLiteral("Inspector"))->trigger();
        studio.window.resize(1200, 800);
        studio.window.close();
    }
    Studio studio(*m_settings);
    QCOMPARE(studio.themes.theme().scheme, Scheme::Light);
    QVERIFY(studio.language.speaksChinese());
    QVERIFY(studio.panel("inspector").parentWidget()->isHidden());
    QCOMPARE(studio.window.size(), QSize(1200, 800));
}

void TestMainWindow::aDroppedFileIsOpened() {
    Studio studio(*m_settings);
    QSignalSpy open(&studio.window, &MainWindow::openRequested);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/somewhere/a.json"))});
    QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&studio.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&studio.window, &drop);
    QCOMPARE(open.count(), 1);
    QCOMPARE(open.at(0).at(0).toString(), QStringLiteral("/somewhere/a.json"));

    QMimeData words;
    words.setText(QStringLiteral("no file"));
    QDragEnterEvent refused(QPoint(400, 300), Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QApplication::sendEvent(&studio.window, &refused);
    QVERIFY(!refused.isAccepted());
}

void TestMainWindow::theTitleShowsTheDocumentAndWhetherItChanged() {
    Studio studio(*m_settings);
    QCOMPARE(studio.window.windowTitle(), QStringLiteral("Weir"));
    studio.window.setDocument(QStringLiteral("Order flow — 10.json"), QStringLiteral("/files/10.json"));
    QCOMPARE(studio.window.windowTitle(), QStringLiteral("Order flow — 10.json[*] — Weir"));
    studio.window.setModified(true);
    QVERIFY(studio.window.isWindowModified());
    QSignalSpy closed(&studio.window, &MainWindow::closed);
    studio.window.close();
    QCOMPARE(closed.count(), 1);
}

void TestMainWindow::panelsHideAndComeBack() {
    Studio studio(*m_settings);
    actionNamed(studio, QStringLiteral("Charts"))->trigger();
    QVERIFY(!studio.panel("charts").isVisible());
    actionNamed(studio, QStringLiteral("Arrange panels"))->trigger();
    QVERIFY(!studio.window.findChild<QDockWidget*>(QStringLiteral("trace"))->titleBarWidget());
    actionNamed(studio, QStringLiteral("Arrange panels"))->trigger();
    actionNamed(studio, QStringLiteral("Reset panels"))->trigger();
    QCoreApplication::processEvents();
    QVERIFY(studio.panel("charts").isVisible());
    QCOMPARE(studio.panel("outline").width(), 212);
}

void TestMainWindow::pathologicalSettingsAreHarmless() {
    m_settings->setValue(QStringLiteral("window/theme"), 99);
    m_settings->setValue(QStringLiteral("window/language"), QStringLiteral("?"));
    m_settings->setValue(QStringLiteral("window/panels"), QByteArray("\1\2\3"));
    m_settings->setValue(QStringLiteral("window/geometry"), QByteArray(5, 'x'));
    Studio studio(*m_settings);
    QCOMPARE(studio.themes.choice(), ThemeChoice::System);
    QVERIFY(studio.panel("trace").isVisible());
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"

#include "ui/main_window.h"

#include "ui/icons.h"
#include "ui/run_bar/run_bar.h"
#include "ui/widgets/in_sight.h"
#include "ui/widgets/title_menu_bar.h"

#include <QActionGroup>
#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStatusBar>

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {
namespace {

constexpr int stateVersion = 3; // of saveState(): raise it when docks come or go

const QString geometryKey = QStringLiteral("window/geometry");
const QString stateKey = QStringLiteral("window/panels");
const QString arrangeKey = QStringLiteral("window/arrange");
const QString themeKey = QStringLiteral("window/theme");
const QString languageKey = QStringLiteral("window/language");

// The only local file that is dragged, or nothing.
QString droppedFile(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

QSize leastSize(PanelArea area) {
    switch (area) {
    case PanelArea::Left:
        return {160, 96};
    case PanelArea::Right:
    case PanelArea::BottomRight:
        return {240, 96};
    case PanelArea::Strip:
        return {120, 58};
    case PanelArea::BottomLeft:
        return {320, 96};
    }
    Q_UNREACHABLE();
}

} // namespace

MainWindow::MainWindow(const WindowPieces& pieces, ThemeSource& themes, Language& language, QSettings& settings)
    : m_themes(themes), m_language(language), m_settings(settings) {
    assert(pieces.canvas && pieces.ledger);
    setAcceptDrops(true);
    setWindowIcon(applicationIcon());
    setWindowTitle(QStringLiteral("Weir"));
    buildTop();
    setCentralWidget(pieces.canvas);
    buildDocks(pieces);
    buildMenus(pieces);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setFixedHeight(26);
    pieces.ledger->setFixedHeight(20);                 // what QStatusBar's own margins leave
    statusBar()->addPermanentWidget(pieces.ledger, 1); // permanent: no message may hide the ledger

    connect(&m_themes, &ThemeSource::changed, this, &MainWindow::dress);
    restore();
    dress();
    retranslate();
}

MainWindow::~MainWindow() = default;

// Menu, run bar and messages form one block above everything.
void MainWindow::buildTop() {
    auto* top = new QWidget(this);
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_menus = new TitleMenuBar(m_themes, top);
    m_runBar = new RunBar(m_themes, top);
    m_messages = new MessageBar(m_themes, top);
    column->addWidget(m_menus);
    column->addWidget(m_runBar);
    column->addWidget(m_messages);
    setMenuWidget(top);
}

void MainWindow::buildDocks(const WindowPieces& pieces) {
    setDockNestingEnabled(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    for (const Panel& panel : pieces.panels) {
        auto* dock = new QDockWidget(this);
        dock->setObjectName(panel.name);
        dock->setWidget(panel.widget);
        panel.widget->setMinimumSize(leastSize(panel.area).expandedTo(panel.widget->minimumSize()));
        dock->setWindowTitle(panel.widget->windowTitle());
        connect(panel.widget, &QWidget::windowTitleChanged, dock, &QWidget::setWindowTitle);
        // What lay behind another tab has rested, see inSight(): it takes up what happened as if it were shown anew.
        // Later, when its place is its own again.
        connect(dock, &QDockWidget::visibilityChanged, panel.widget, [widget = panel.widget](bool inFront) {
            if (inFront && widget->isVisible())
                QCoreApplication::postEvent(widget, new QShowEvent);
        });
        m_docks.append({dock, panel});
    }
    for (const PanelArea area : {PanelArea::Left, PanelArea::Right, PanelArea::Strip, PanelArea::BottomLeft,
                                 PanelArea::BottomRight}) {
        QDockWidget* first = firstOf(area);
        addDockWidget(area == PanelArea::Left    ? Qt::LeftDockWidgetArea
                      : area == PanelArea::Right ? Qt::RightDockWidgetArea
                                                 : Qt::BottomDockWidgetArea,
                      first);
        if (area == PanelArea::BottomLeft)
            splitDockWidget(firstOf(PanelArea::Strip), first, Qt::Vertical);
        if (area == PanelArea::BottomRight)
            splitDockWidget(firstOf(PanelArea::BottomLeft), first, Qt::Horizontal);
    }
    for (const Dock& dock : m_docks) {
        if (dock.widget != firstOf(dock.panel.area))
            tabifyDockWidget(firstOf(dock.panel.area), dock.widget);
        dock.widget->setVisible(dock.panel.shown);
    }
    for (const Dock& dock : m_docks)
        if (dock.widget == firstOf(dock.panel.area))
            dock.widget->raise();
    arrangePanels(false);
    resize(1440, 900);
    resetPanels();
    m_factoryState = saveState(stateVersion);
}

QDockWidget* MainWindow::firstOf(PanelArea area) const {
    const auto found =
        std::find_if(m_docks.begin(), m_docks.end(), [area](const Dock& dock) { return dock.panel.area == area; });
    assert(found != m_docks.end());
    return found->widget;
}

void MainWindow::resetPanels() {
    if (!m_factoryState.isEmpty())
        restoreState(m_factoryState, stateVersion);
    resizeDocks({firstOf(PanelArea::Left), firstOf(PanelArea::Right)}, {212, 308}, Qt::Horizontal);
    resizeDocks({firstOf(PanelArea::BottomLeft), firstOf(PanelArea::BottomRight)}, {850, 589}, Qt::Horizontal);
    resizeDocks({firstOf(PanelArea::Strip), firstOf(PanelArea::BottomLeft)}, {58, 208}, Qt::Vertical);
}

QByteArray MainWindow::panelState() const {
    return saveState(stateVersion);
}

void MainWindow::setPanelState(const QByteArray& state) {
    restoreState(state, stateVersion);
}

void MainWindow::showPanels(const QStringList& names) {
    resetPanels();
    for (const Dock& dock : m_docks)
        dock.widget->setVisible(names.contains(dock.panel.name));
}

void MainWindow::showOnly(const std::optional<QStringList>& panels) {
    if (!panels) {
        restoreState(std::exchange(m_stateBefore, {}), stateVersion);
        return;
    }
    if (m_stateBefore.isEmpty())
        m_stateBefore = saveState(stateVersion);
    for (const Dock& dock : m_docks)
        dock.widget->setVisible(panels->contains(dock.panel.name));
    resizeDocks({firstOf(PanelArea::Strip)}, {58}, Qt::Vertical);
}

// Panels have no title bars while one works; to move or float them, View > Arrange Panels shows them.
void MainWindow::arrangePanels(bool free) {
    for (const Dock& each : m_docks) {
        QDockWidget* dock = each.widget;
        QWidget* old = dock->titleBarWidget();
        if (free) {
            dock->setTitleBarWidget(nullptr);
        } else {
            dock->setFloating(false);
            auto* none = new QWidget(dock);
            none->setFixedHeight(0);
            dock->setTitleBarWidget(none);
        }
        delete old;
    }
}

// Qt's own would hide a panel that lies behind another tab, where who names it wants to see it.
QAction* MainWindow::panelAction(QDockWidget& dock) {
    auto* action = new QAction(this);
    action->setCheckable(true);
    const QAction* const state = dock.toggleViewAction();
    const auto follow = [action, state] {
        action->setText(state->text());
        action->setChecked(state->isChecked());
    };
    connect(state, &QAction::changed, action, follow);
    connect(action, &QAction::triggered, &dock, [&dock, follow] {
        if (!dock.isHidden() && inSight(*dock.widget())) {
            dock.hide();
        } else {
            dock.show();
            dock.raise();
        }
        follow();
    });
    follow();
    return action;
}

QAction* MainWindow::makeAction(QMenu& menu, const QString& icon, const QKeySequence& shortcut) {
    QAction* action = menu.addAction(QString());
    action->setShortcut(shortcut);
    if (!icon.isEmpty())
        m_icons.append({action, icon});
    return action;
}

void MainWindow::buildMenus(const WindowPieces& pieces) {
    m_fileMenu = m_menus->addMenu(QString());
    m_editMenu = pieces.editActions.isEmpty() ? nullptr : m_menus->addMenu(QString());
    m_viewMenu = m_menus->addMenu(QString());
    m_runMenu = m_menus->addMenu(QString());
    m_faultMenu = pieces.faultActions.isEmpty() ? nullptr : m_menus->addMenu(QString());
    m_liveMenu = pieces.liveActions.isEmpty() ? nullptr : m_menus->addMenu(QString());
    m_helpMenu = m_menus->addMenu(QString());

    m_fileMenu->addActions(pieces.fileActions);
    m_fileMenu->addSeparator();
    m_quit = makeAction(*m_fileMenu, QStringLiteral("quit"), Qt::CTRL | Qt::Key_Q);
    connect(m_quit, &QAction::triggered, qApp, &QApplication::closeAllWindows); // each of them may refuse

    if (m_editMenu)
        m_editMenu->addActions(pieces.editActions);

    m_viewMenu->addActions(pieces.viewActions);
    m_viewMenu->addSeparator();
    m_panelsMenu = m_viewMenu->addMenu(QString());
    for (int i = 0; i < m_docks.size(); ++i) {
        QAction* show = panelAction(*m_docks[i].widget);
        if (i < 9)
            show->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)));
        m_panelsMenu->addAction(show);
    }
    m_arrange = makeAction(*m_viewMenu, {}, {});
    m_arrange->setCheckable(true);
    m_reset = makeAction(*m_viewMenu, {}, {});
    connect(m_arrange, &QAction::toggled, this, &MainWindow::arrangePanels);
    connect(m_reset, &QAction::triggered, this, &MainWindow::resetPanels);
    m_viewMenu->addSeparator();

    m_themeMenu = m_viewMenu->addMenu(QString());
    m_themeGroup = new QActionGroup(this);
    for (const ThemeChoice choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
        QAction* action = makeAction(*m_themeMenu, {}, {});
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        m_themeGroup->addAction(action);
    }
    connect(m_themeGroup, &QActionGroup::triggered, this, [this](const QAction* action) {
        m_themes.choose(static_cast<ThemeChoice>(action->data().toInt()));
        m_settings.setValue(themeKey, action->data());
    });
    m_languageMenu = m_viewMenu->addMenu(QString());
    m_languageGroup = new QActionGroup(this);
    for (const Language::Choice choice :
         {Language::Choice::System, Language::Choice::English, Language::Choice::Chinese}) {
        QAction* action = makeAction(*m_languageMenu, {}, {});
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        m_languageGroup->addAction(action);
    }
    connect(m_languageGroup, &QActionGroup::triggered, this, [this](const QAction* action) {
        m_language.choose(static_cast<Language::Choice>(action->data().toInt()));
        m_settings.setValue(languageKey, action->data());
    });
    m_viewMenu->addSeparator();
    m_fullScreen = makeAction(*m_viewMenu, QStringLiteral("fullscreen"), Qt::Key_F11);
    m_fullScreen->setCheckable(true);
    connect(m_fullScreen, &QAction::toggled, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });

    RunActions& run = m_runBar->runActions();
    m_runMenu->addActions({&run.runPause(), &run.step(), &run.stepBack(), &run.restart(), &run.runUntil()});
    m_runMenu->addSeparator();
    m_runMenu->addActions({&run.slower(), &run.faster(), &run.realTime(), &run.fullSpeed()});
    if (!pieces.runActions.isEmpty()) {
        m_runMenu->addSeparator();
        m_runMenu->addActions(pieces.runActions);
    }

    if (m_faultMenu)
        m_faultMenu->addActions(pieces.faultActions);
    if (m_liveMenu)
        m_liveMenu->addActions(pieces.liveActions);

    m_helpMenu->addActions(pieces.helpActions);
    m_about = makeAction(*m_helpMenu, QStringLiteral("about"), {});
    connect(m_about, &QAction::triggered, this, &MainWindow::showAbout);
}

const QMenuBar& MainWindow::menus() const {
    return *m_menus;
}

QList<MainWindow::Choice> MainWindow::choices() const {
    return {{m_themeMenu->menuAction(), m_themeGroup}, {m_languageMenu->menuAction(), m_languageGroup}};
}

void MainWindow::setDocument(const QString& title, const QString& path) {
    setWindowFilePath(path);
    setWindowTitle(title.isEmpty() ? QStringLiteral("Weir") : title + QStringLiteral("[*] — Weir"));
    m_menus->setDocument(title);
}

void MainWindow::setModified(bool modified) {
    setWindowModified(modified);
    m_menus->setModified(modified);
}

void MainWindow::comeForward() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void MainWindow::restore() {
    const auto choose = [](QActionGroup& group, int index) {
        const QList<QAction*> actions = group.actions();
        actions[index >= 0 && index < actions.size() ? index : 0]->trigger();
    };
    choose(*m_themeGroup, m_settings.value(themeKey, 0).toInt());
    choose(*m_languageGroup, m_settings.value(languageKey, 0).toInt());
    m_arrange->setChecked(m_settings.value(arrangeKey, false).toBool());
    restoreGeometry(m_settings.value(geometryKey).toByteArray());
    restoreState(m_settings.value(stateKey).toByteArray(), stateVersion);
    const QSignalBlocker silent(m_fullScreen);
    m_fullScreen->setChecked(isFullScreen());
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_settings.setValue(geometryKey, saveGeometry());
    m_settings.setValue(stateKey, m_stateBefore.isEmpty() ? saveState(stateVersion) : m_stateBefore);
    m_settings.setValue(arrangeKey, m_arrange->isChecked());
    QMainWindow::closeEvent(event);
    if (event->isAccepted())
        Q_EMIT closed();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedFile(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QString path = droppedFile(*event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT openRequested(path);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::dress() {
    for (const auto& [action, icon] : m_icons)
        action->setIcon(makeIcon(icon, m_themes.theme()));
    m_themeMenu->setIcon(makeIcon(QStringLiteral("theme"), m_themes.theme()));
    m_languageMenu->setIcon(makeIcon(QStringLiteral("language"), m_themes.theme()));
}

void MainWindow::retranslate() {
    const auto name = [](QAction& action, const QString& text, const QString& tip) {
        action.setText(text);
        action.setToolTip(tooltipWithShortcut(tip, action.shortcut()));
    };
    m_fileMenu->setTitle(tr("&File"));
    if (m_editMenu)
        m_editMenu->setTitle(tr("&Edit"));
    m_viewMenu->setTitle(tr("&View"));
    m_runMenu->setTitle(tr("&Run"));
    if (m_faultMenu)
        m_faultMenu->setTitle(tr("F&aults"));
    if (m_liveMenu)
        m_liveMenu->setTitle(tr("&Live"));
    m_helpMenu->setTitle(tr("&Help"));
    name(*m_quit, tr("&Quit"), tr("Quit Weir"));
    m_panelsMenu->setTitle(tr("&Panels"));
    name(*m_arrange, tr("Arran&ge panels"), tr("Show title bars, to move and float panels"));
    name(*m_reset, tr("R&eset panels"), tr("Put every panel back in its place"));
    m_themeMenu->setTitle(tr("&Theme"));
    m_themeMenu->menuAction()->setToolTip(tr("Light, dark, or as the desktop has it"));
    const QList<QAction*> themes = m_themeGroup->actions();
    name(*themes[0], tr("&System"), tr("Light or dark as the desktop has it"));
    name(*themes[1], tr("&Light"), tr("Light theme"));
    name(*themes[2], tr("&Dark"), tr("Dark theme"));
    m_languageMenu->setTitle(tr("&Language"));
    m_languageMenu->menuAction()->setToolTip(tr("Of every text in the window; files keep theirs"));
    const QList<QAction*> languages = m_languageGroup->actions();
    name(*languages[0], tr("&System"), tr("The desktop's language"));
    // Each language in its own words, so that whoever is lost finds the way back.
    name(*languages[1], QStringLiteral("English"), QStringLiteral("English"));
    name(*languages[2], QStringLiteral("简体中文"), QStringLiteral("简体中文"));
    name(*m_fullScreen, tr("F&ull screen"), tr("Full screen"));
    name(*m_about, tr("&About Weir"), tr("About Weir"));
}

void MainWindow::showAbout() {
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Weir"));
    box->setIconPixmap(applicationIcon().pixmap(64, 64));
    box->setText(QStringLiteral("<b>Weir %1</b>").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("See an event-driven architecture flow: before you build it, and while it runs.\n\n"
                               "Sources: Apache-2.0. This program contains Qt Charts and is under GPL-3."));
    box->addButton(QMessageBox::Close);
    box->show();
}

} // namespace weir

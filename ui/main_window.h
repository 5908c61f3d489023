// MainWindow: docks and actions, nothing else. Views are made elsewhere and handed in as pieces; what the user wants of
// the program (open a file, take up a drop) goes out as signals. Remembers its geometry, theme, language and recent
// files in the settings it is given.
//
// To add a view: make the widget, hand it in through WindowPieces. To add a command of a view: put a QAction
// (translated, with icon, shortcut and tooltip) into viewActions or liveActions; the view that owns it also
// retranslates it.
#pragma once

#include "core/result.h"
#include "ui/language.h"
#include "ui/theme_source.h"
#include "ui/widgets/message_bar.h"

#include <QList>
#include <QMainWindow>

#include <array>

class QActionGroup;
class QDockWidget;
class QMenu;
class QSettings;

namespace weir {

class RunBar;
class TitleMenuBar;

// What fills the window. The window becomes their parent. None may be missing: a view that has nothing to show yet
// shows its empty state.
struct WindowPieces {
    QWidget* canvas = nullptr;
    QWidget* outline = nullptr;
    QWidget* inspector = nullptr;
    QWidget* timeline = nullptr;
    QWidget* trace = nullptr;
    QWidget* charts = nullptr;
    QWidget* ledger = nullptr;   // the status bar's content
    QList<QAction*> viewActions; // at the top of View
    QList<QAction*> liveActions; // the Live menu; without any there is none
};

class MainWindow final : public QMainWindow {
    Q_OBJECT
  public:
    MainWindow(const WindowPieces& pieces, ThemeSource& themes, Language& language, QSettings& settings);
    ~MainWindow() override;

    RunBar& runBar() { return *m_runBar; }
    MessageBar& messageBar() { return *m_messages; }

    // The document shown in the title ("Order flow", "scenarios/order_flow.json"); also the first of the recent files.
    void setDocument(const QString& title, const QString& path);
    // What is shown comes from no file.
    void setWatching(const QString& title);

    static constexpr int recentMax = 8;

  Q_SIGNALS:
    void openRequested(const QString& path); // from menu, recent files or a drop
    void reloadRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    enum Panel { Outline, Inspector, Timeline, Trace, Charts, panelCount };

    void buildTop();
    void buildDocks(const WindowPieces& pieces);
    void buildMenus(const WindowPieces& pieces);
    QAction* makeAction(QMenu& menu, const QString& icon, const QKeySequence& shortcut);
    void chooseFile();
    void resetPanels();
    void arrangePanels(bool free);
    void listRecent();
    void restore();
    void dress();
    void retranslate();
    void showAbout();

    ThemeSource& m_themes;
    Language& m_language;
    QSettings& m_settings;
    TitleMenuBar* m_menus = nullptr;
    RunBar* m_runBar = nullptr;
    MessageBar* m_messages = nullptr;
    std::array<QDockWidget*, panelCount> m_docks{};
    QByteArray m_factoryState; // the panels as built, for Reset

    QMenu* m_fileMenu = nullptr;
    QMenu* m_recentMenu = nullptr;
    QMenu* m_viewMenu = nullptr;
    QMenu* m_themeMenu = nullptr;
    QMenu* m_languageMenu = nullptr;
    QMenu* m_runMenu = nullptr;
    QMenu* m_liveMenu = nullptr;
    QMenu* m_helpMenu = nullptr;
    QAction* m_open = nullptr;
    QAction* m_reload = nullptr;
    QAction* m_quit = nullptr;
    QAction* m_arrange = nullptr;
    QAction* m_reset = nullptr;
    QAction* m_fullScreen = nullptr;
    QAction* m_shortcuts = nullptr;
    QAction* m_about = nullptr;
    QActionGroup* m_themeGroup = nullptr;
    QActionGroup* m_languageGroup = nullptr;
    QList<std::pair<QAction*, QString>> m_icons; // action, icon name: made anew with the theme
};

} // namespace weir

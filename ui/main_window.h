// MainWindow: docks and actions, nothing else. Views are made elsewhere and handed in as pieces; what the user wants of
// the program (open a file, take up a drop) goes out as signals. Remembers its geometry, theme, language and recent
// files in the settings it is given.
//
// To add a view: make the widget (its windowTitle, translated, names the panel) and hand it in as one more Panel. To add
// a command: put a QAction (translated, with icon, shortcut and tooltip) into the actions of a menu; the view that owns
// it also retranslates it.
#pragma once

#include "core/result.h"
#include "ui/language.h"
#include "ui/theme_source.h"
#include "ui/widgets/message_bar.h"

#include <QList>
#include <QMainWindow>

#include <cstdint>
#include <optional>

class QActionGroup;
class QDockWidget;
class QMenu;
class QMenuBar;
class QSettings;

namespace weir {

class RunBar;
class TitleMenuBar;

// Where a panel stands until the user moves it. Panels of one area stand behind each other, with tabs.
enum class PanelArea : std::uint8_t { Left, Right, Strip, BottomLeft, BottomRight };

struct Panel {
    QString name; // what settings know it by: "trace"
    QWidget* widget = nullptr;
    PanelArea area = PanelArea::BottomLeft;
    bool shown = true; // from the start
};

// What fills the window. The window becomes their parent. A view that has nothing to show yet shows its empty state.
struct WindowPieces {
    QWidget* canvas = nullptr;
    QWidget* ledger = nullptr; // the status bar's content
    QList<Panel> panels;       // at least one an area; the first of an area is in front
    // Commands of views, by the menu that shows them. A menu without any is left out.
    QList<QAction*> fileActions; // above Quit
    QList<QAction*> editActions;
    QList<QAction*> viewActions; // at the top
    QList<QAction*> runActions;  // below those of the run bar
    QList<QAction*> faultActions;
    QList<QAction*> liveActions;
    QList<QAction*> helpActions; // at the top
};

class MainWindow final : public QMainWindow {
    Q_OBJECT
  public:
    MainWindow(const WindowPieces& pieces, ThemeSource& themes, Language& language, QSettings& settings);
    ~MainWindow() override;

    RunBar& runBar() { return *m_runBar; }
    MessageBar& messageBar() { return *m_messages; }
    const QMenuBar& menus() const;
    // What is set for good in menus of the window, for the settings: its title and its choices, or itself.
    struct Choice {
        const QAction* title;
        QActionGroup* group;
    };
    QList<Choice> choices() const;
    QList<QAction*> switches() const { return {m_arrange}; }
    // The panels' arrangement, to keep and to take up again. One that does not fit is passed over.
    QByteArray panelState() const;
    void setPanelState(const QByteArray& state);
    void showPanels(const QStringList& names); // those and no others, where they stand from the start
    // Everything but those panels is out of the way, until panels are shown again; nothing: all as it was before.
    void showOnly(const std::optional<QStringList>& panels);

    // What the title shows ("Order flow — order_flow.json"), and the file it comes from; either may be empty.
    void setDocument(const QString& title, const QString& path);
    void setModified(bool modified);
    void comeForward(); // in front of other windows, with the keyboard

  Q_SIGNALS:
    void openRequested(const QString& path); // a drop
    void closed();

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void buildTop();
    void buildDocks(const WindowPieces& pieces);
    void buildMenus(const WindowPieces& pieces);
    QAction* panelAction(QDockWidget& dock); // brings it to the front, or hides it where it is there
    QAction* makeAction(QMenu& menu, const QString& icon, const QKeySequence& shortcut);
    QDockWidget* firstOf(PanelArea area) const;
    void resetPanels();
    void arrangePanels(bool free);
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
    struct Dock {
        QDockWidget* widget;
        Panel panel;
    };
    QList<Dock> m_docks;
    QByteArray m_stateBefore; // showOnly()
    QByteArray m_factoryState; // the panels as built, for Reset

    QMenu* m_fileMenu = nullptr;
    QMenu* m_editMenu = nullptr;
    QMenu* m_viewMenu = nullptr;
    QMenu* m_panelsMenu = nullptr;
    QMenu* m_themeMenu = nullptr;
    QMenu* m_languageMenu = nullptr;
    QMenu* m_runMenu = nullptr;
    QMenu* m_faultMenu = nullptr;
    QMenu* m_liveMenu = nullptr;
    QMenu* m_helpMenu = nullptr;
    QAction* m_quit = nullptr;
    QAction* m_arrange = nullptr;
    QAction* m_reset = nullptr;
    QAction* m_fullScreen = nullptr;
    QAction* m_about = nullptr;
    QActionGroup* m_themeGroup = nullptr;
    QActionGroup* m_languageGroup = nullptr;
    QList<std::pair<QAction*, QString>> m_icons; // action, icon name: made anew with the theme
};

} // namespace weir

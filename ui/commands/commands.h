// Commands: the ways to everything by name: the command palette and the list of keys, with the actions that open them.
#pragma once

#include "ui/commands/command_entries.h"
#include "ui/theme_source.h"

#include <QObject>

class QAction;
class QMenuBar;
class QSettings;
class QWidget;

namespace weir {

class CommandPalette;
class Selection;
class Session;
class ShortcutList;

class Commands final : public QObject {
    Q_OBJECT
  public:
    Commands(Session& session, Selection& selection, const ThemeSource& themes, QSettings& settings,
             QObject* parent = nullptr);

    QList<QAction*> actions() const { return {m_openPalette, m_openKeys}; } // for the Help menu
    // Once, when there is a window: its menus are what is searched.
    void attachTo(QWidget& window, const QMenuBar& menus);
    void openPalette();

    CommandPalette& palette() { return *m_palette; }
    ShortcutList& shortcutList() { return *m_keys; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void dress();
    void retranslate();

    Session& m_session;
    Selection& m_selection;
    const ThemeSource& m_themes;
    QSettings& m_settings;
    QAction* m_openPalette;
    QAction* m_openKeys;
    QWidget* m_window = nullptr;
    const QMenuBar* m_menus = nullptr;
    CommandPalette* m_palette = nullptr; // the window's
    ShortcutList* m_keys = nullptr;      // the window's
};

} // namespace weir

// FileActions: what the File and Edit menus offer for the document: new, open, recent, save, undo ... Words, icons and
// keys only; what they do is DocumentFiles's.
#pragma once

#include "ui/document/recent_files.h"
#include "ui/theme_source.h"

#include <QAction>
#include <QList>
#include <QMenu>
#include <QObject>

#include <memory>

class QUndoStack;

namespace weir {

class FileActions final : public QObject {
    Q_OBJECT
  public:
    FileActions(const ThemeSource& themes, QUndoStack& stack, const RecentFiles& recent, QObject* parent = nullptr);
    ~FileActions() override;

    QList<QAction*> inFileMenu() const;
    QList<QAction*> inEditMenu() const { return {m_undo, m_redo}; }
    // What there is: a document, with a file behind it.
    void setState(bool open, bool hasFile);
    void retranslate();

  Q_SIGNALS:
    void newRequested();
    void windowRequested();
    void openRequested();
    void recentRequested(const QString& path);
    void saveRequested();
    void saveAsRequested();
    void reloadRequested();

  private:
    QAction* make(const QString& icon, const QKeySequence& shortcut);
    void listRecent();
    void nameSteps();
    void dress();

    const ThemeSource& m_themes;
    QUndoStack& m_stack;
    const RecentFiles& m_recent;
    QList<std::pair<QAction*, QString>> m_icons;
    std::unique_ptr<QMenu> m_recentMenu;
    QAction* m_new;
    QAction* m_window;
    QAction* m_open;
    QAction* m_line; // separates
    QAction* m_save;
    QAction* m_saveAs;
    QAction* m_reload;
    QAction* m_undo;
    QAction* m_redo;
};

} // namespace weir

#include "ui/document/file_actions.h"

#include "ui/icons.h"
#include "ui/run_bar/run_actions.h"

#include <QUndoStack>

namespace weir {

FileActions::FileActions(const ThemeSource& themes, QUndoStack& stack, const RecentFiles& recent, QObject* parent)
    : QObject(parent), m_themes(themes), m_stack(stack), m_recent(recent), m_recentMenu(std::make_unique<QMenu>()),
      m_new(make(QStringLiteral("new"), QKeySequence::New)),
      m_window(make(QStringLiteral("window"), Qt::CTRL | Qt::SHIFT | Qt::Key_N)),
      m_open(make(QStringLiteral("open"), QKeySequence::Open)), m_line(new QAction(this)),
      m_save(make(QStringLiteral("save"), QKeySequence::Save)),
      m_saveAs(make(QStringLiteral("save_as"), Qt::CTRL | Qt::SHIFT | Qt::Key_S)),
      m_reload(make(QStringLiteral("reload"), Qt::CTRL | Qt::Key_R)),
      m_undo(make(QStringLiteral("undo"), QKeySequence::Undo)),
      m_redo(make(QStringLiteral("redo"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z)) {
    connect(m_new, &QAction::triggered, this, &FileActions::newRequested);
    connect(m_window, &QAction::triggered, this, &FileActions::windowRequested);
    connect(m_open, &QAction::triggered, this, &FileActions::openRequested);
    connect(m_save, &QAction::triggered, this, &FileActions::saveRequested);
    connect(m_saveAs, &QAction::triggered, this, &FileActions::saveAsRequested);
    connect(m_reload, &QAction::triggered, this, &FileActions::reloadRequested);
    connect(m_undo, &QAction::triggered, &m_stack, &QUndoStack::undo);
    connect(m_redo, &QAction::triggered, &m_stack, &QUndoStack::redo);
    connect(&m_stack, &QUndoStack::indexChanged, this, &FileActions::nameSteps);
    connect(&m_stack, &QUndoStack::undoTextChanged, this, &FileActions::nameSteps);
    connect(m_recentMenu.get(), &QMenu::aboutToShow, this, &FileActions::listRecent);
    connect(&m_themes, &ThemeSource::changed, this, &FileActions::dress);
    m_line->setSeparator(true);
    m_icons.append({m_recentMenu->menuAction(), QStringLiteral("clock")});
    setState(false, false);
    dress();
    retranslate();
}

FileActions::~FileActions() = default;

QAction* FileActions::make(const QString& icon, const QKeySequence& shortcut) {
    auto* action = new QAction(this);
    action->setShortcut(shortcut);
    m_icons.append({action, icon});
    return action;
}

QList<QAction*> FileActions::inFileMenu() const {
    return {m_new, m_window, m_open, m_recentMenu->menuAction(), m_line, m_save, m_saveAs, m_reload};
}

void FileActions::setState(bool open, bool hasFile) {
    m_save->setEnabled(open);
    m_saveAs->setEnabled(open);
    m_reload->setEnabled(open && hasFile);
    listRecent();
}

// Another window may have opened some meanwhile.
void FileActions::listRecent() {
    m_recentMenu->clear();
    const QStringList recent = m_recent.paths();
    for (const QString& path : recent) {
        // A name may hold an ampersand, which a menu would take for a mnemonic.
        QAction* action = m_recentMenu->addAction(QString(path).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT recentRequested(path); });
    }
    m_recentMenu->setEnabled(!recent.isEmpty());
}

void FileActions::nameSteps() {
    const auto name = [](QAction& action, bool can, const QString& text, const QString& tip) {
        action.setEnabled(can);
        action.setText(text);
        action.setToolTip(tooltipWithShortcut(tip, action.shortcut()));
    };
    const auto plain = [](QString step) { return step.replace(QLatin1Char('&'), QStringLiteral("&&")); };
    name(*m_undo, m_stack.canUndo(),
         m_stack.canUndo() ? tr("&Undo %1").arg(plain(m_stack.undoText())) : tr("&Undo"), tr("Take the last change back"));
    name(*m_redo, m_stack.canRedo(),
         m_stack.canRedo() ? tr("&Redo %1").arg(plain(m_stack.redoText())) : tr("&Redo"), tr("Do again what was taken back"));
}

void FileActions::dress() {
    for (const auto& [action, icon] : m_icons)
        action->setIcon(makeIcon(icon, m_themes.theme()));
}

void FileActions::retranslate() {
    const auto name = [](QAction& action, const QString& text, const QString& tip) {
        action.setText(text);
        action.setToolTip(tooltipWithShortcut(tip, action.shortcut()));
    };
    name(*m_new, tr("&New"), tr("An empty scenario"));
    name(*m_window, tr("New &window"), tr("Another window, for another scenario"));
    name(*m_open, tr("&Open…"), tr("Open a scenario"));
    m_recentMenu->setTitle(tr("Open &recent"));
    name(*m_save, tr("&Save"), tr("Write the scenario to its file"));
    name(*m_saveAs, tr("Save &as…"), tr("Write the scenario to another file"));
    name(*m_reload, tr("Re&load"), tr("Take up the file from disk; this can be undone"));
    nameSteps();
}

} // namespace weir

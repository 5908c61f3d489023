#include "ui/commands/commands.h"

#include "ui/commands/command_palette.h"
#include "ui/commands/shortcut_list.h"
#include "ui/icons.h"
#include "ui/run_bar/run_actions.h"
#include "ui/session/session.h"

#include <QAction>
#include <QEvent>
#include <QWidget>

namespace weir {

Commands::Commands(Session& session, Selection& selection, const ThemeSource& themes, QSettings& settings,
                   QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_themes(themes), m_settings(settings),
      m_openPalette(new QAction(this)), m_openKeys(new QAction(this)) {
    m_openPalette->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    m_openKeys->setShortcuts({QKeySequence(Qt::Key_Question), QKeySequence(Qt::SHIFT | Qt::Key_Question)});
    connect(m_openPalette, &QAction::triggered, this, &Commands::openPalette);
    connect(m_openKeys, &QAction::triggered, this, [this] { m_keys->open(menuEntries(*m_menus)); });
    connect(&m_themes, &ThemeSource::changed, this, &Commands::dress);
    dress();
    retranslate();
}

void Commands::attachTo(QWidget& window, const QMenuBar& menus) {
    m_window = &window;
    m_menus = &menus;
    m_palette = new CommandPalette(m_themes, m_settings, &window);
    m_keys = new ShortcutList(&window);
    window.installEventFilter(this); // for the language
}

void Commands::openPalette() {
    QList<CommandEntry> entries = menuEntries(*m_menus);
    if (const auto catalogue = m_session.catalogue())
        entries += placeEntries(*catalogue, m_selection);
    m_palette->openOver(*m_window, std::move(entries));
}

bool Commands::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

void Commands::dress() {
    m_openPalette->setIcon(makeIcon(QStringLiteral("search"), m_themes.theme()));
    m_openKeys->setIcon(makeIcon(QStringLiteral("keyboard"), m_themes.theme()));
}

void Commands::retranslate() {
    m_openPalette->setText(tr("&Command palette…"));
    m_openPalette->setToolTip(tooltipWithShortcut(tr("Search or run a command"), m_openPalette->shortcut()));
    m_openKeys->setText(tr("&Keyboard shortcuts"));
    m_openKeys->setToolTip(tooltipWithShortcut(tr("All keys"), m_openKeys->shortcut()));
}

} // namespace weir

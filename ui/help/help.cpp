#include "ui/help/help.h"

#include "ui/help/help_view.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/run_bar/run_actions.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QEvent>

namespace weir {

Help::Help(const ThemeSource& themes, const Language& language, QObject* parent)
    : QObject(parent), m_themes(themes), m_language(language), m_open(new QAction(this)) {
    m_open->setShortcut(Qt::Key_F1);
    connect(m_open, &QAction::triggered, this, &Help::open);
    const auto dress = [this] { m_open->setIcon(makeIcon(QStringLiteral("help"), m_themes.theme())); };
    connect(&m_themes, &ThemeSource::changed, this, dress);
    dress();
    retranslate();
}

void Help::attachTo(MainWindow& window) {
    m_window = &window;
    m_view = new HelpView(m_themes, m_language, &window);
    window.installEventFilter(this); // for the language
}

// The pages about views have a heading for every panel, in the panel's own words.
void Help::open() {
    for (const QWidget* at = QApplication::focusWidget(); at; at = at->parentWidget())
        if (const auto* dock = qobject_cast<const QDockWidget*>(at))
            return m_view->open(QStringLiteral("views"), dock->windowTitle());
    m_view->open(QStringLiteral("start"));
}

bool Help::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

void Help::retranslate() {
    m_open->setText(tr("&Weir Help"));
    m_open->setToolTip(tooltipWithShortcut(tr("How to read and use what you are at"), m_open->shortcut()));
}

} // namespace weir

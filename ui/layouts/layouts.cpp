#include "ui/layouts/layouts.h"

#include "ui/icons.h"
#include "ui/layouts/name_popup.h"
#include "ui/main_window.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QSettings>

#include <array>

namespace weir {
namespace {

const QString group = QStringLiteral("layouts");

// The panels of a task; the others are put away.
struct Task {
    const char* name;
    QStringList panels;
};
const std::array<Task, 3>& tasks() {
    static const std::array<Task, 3> all{{
        {QT_TRANSLATE_NOOP("weir::Layouts", "Modelling"),
         {QStringLiteral("outline"), QStringLiteral("inspector"), QStringLiteral("problems"), QStringLiteral("timeline")}},
        {QT_TRANSLATE_NOOP("weir::Layouts", "Debugging"),
         {QStringLiteral("inspector"), QStringLiteral("timeline"), QStringLiteral("trace"), QStringLiteral("biography"),
          QStringLiteral("deadLetters"), QStringLiteral("breakpoints")}},
        {QT_TRANSLATE_NOOP("weir::Layouts", "Measuring"),
         {QStringLiteral("outline"), QStringLiteral("timeline"), QStringLiteral("charts"), QStringLiteral("groups")}},
    }};
    return all;
}

// Keys of settings take no slashes.
QString keyOf(const QString& name) {
    return group + u'/' + QString::fromLatin1(name.toUtf8().toHex());
}

} // namespace

Layouts::Layouts(const ThemeSource& themes, QSettings& settings, QObject* parent)
    : QObject(parent), m_themes(themes), m_settings(settings), m_action(new QAction(this)), m_menu(new QMenu) {
    m_action->setMenu(m_menu);
    const auto dress = [this] { m_action->setIcon(makeIcon(QStringLiteral("layout"), m_themes.theme())); };
    connect(&m_themes, &ThemeSource::changed, this, dress);
    dress();
}

Layouts::~Layouts() {
    delete m_menu; // an action does not own its menu
}

void Layouts::attachTo(MainWindow& window) {
    m_window = &window;
    m_naming = new NamePopup(m_themes, &window);
    connect(m_naming, &NamePopup::named, this, &Layouts::save);
    window.installEventFilter(this); // for the language
    retranslate();
}

QStringList Layouts::saved() const {
    QStringList names;
    m_settings.beginGroup(group);
    for (const QString& key : m_settings.childKeys())
        names << QString::fromUtf8(QByteArray::fromHex(key.toLatin1()));
    m_settings.endGroup();
    names.sort(Qt::CaseInsensitive);
    return names;
}

void Layouts::save(const QString& name) {
    if (saved().size() >= savedMax && !saved().contains(name)) {
        m_window->messageBar().tell(MessageBar::Severity::Warning,
                                    tr("There are %1 saved layouts already. Forget one first.").arg(savedMax));
        return;
    }
    m_settings.setValue(keyOf(name), m_window->panelState());
    list();
}

void Layouts::apply(const QString& name) {
    m_window->setPanelState(m_settings.value(keyOf(name)).toByteArray());
}

void Layouts::forget(const QString& name) {
    m_settings.remove(keyOf(name));
    list();
}

void Layouts::list() {
    m_menu->clear();
    for (const Task& task : tasks())
        connect(m_menu->addAction(tr(task.name)), &QAction::triggered, this,
                [this, panels = task.panels] { m_window->showPanels(panels); });
    const QStringList names = saved();
    if (!names.isEmpty())
        m_menu->addSeparator();
    for (const QString& name : names)
        connect(m_menu->addAction(QString(name).replace(u'&', QStringLiteral("&&"))), &QAction::triggered, this,
                [this, name] { apply(name); });
    m_menu->addSeparator();
    QAction* keep = m_menu->addAction(tr("&Save layout…"));
    connect(keep, &QAction::triggered, this, [this] { m_naming->openOver(*m_window, tr("Name of this layout")); });
    if (names.isEmpty())
        return;
    QMenu* forgetting = m_menu->addMenu(tr("&Forget"));
    for (const QString& name : names)
        connect(forgetting->addAction(QString(name).replace(u'&', QStringLiteral("&&"))), &QAction::triggered, this,
                [this, name] { forget(name); });
}

bool Layouts::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

void Layouts::retranslate() {
    m_action->setText(tr("La&youts"));
    list();
}

} // namespace weir

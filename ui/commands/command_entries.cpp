#include "ui/commands/command_entries.h"

#include "core/record/catalogue.h"
#include "ui/session/selection.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

namespace weir {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(weir::CommandEntries)
};

void collect(const QMenu& menu, const QString& group, QList<CommandEntry>& entries) {
    for (QAction* action : menu.actions()) {
        if (action->menu()) {
            collect(*action->menu(), group + QStringLiteral(" › ") + plainText(action->text()), entries);
            continue;
        }
        if (action->isSeparator() || !action->isVisible() || action->text().isEmpty())
            continue;
        const QString title = plainText(action->text());
        entries.append({.id = action->objectName().isEmpty() ? group + u'/' + title : action->objectName(),
                        .title = title,
                        .group = group,
                        .keys = action->shortcut().toString(QKeySequence::NativeText),
                        .icon = action->icon(),
                        .enabled = action->isEnabled(),
                        .checked = action->isChecked(),
                        .chosen = [action = QPointer(action)] {
                            if (action)
                                action->trigger();
                        }});
    }
}

QString fromCore(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

QString plainText(QString text) {
    // "(&F)": how a Chinese menu shows its key.
    if (const qsizetype at = text.indexOf(QLatin1String("(&")); at > 0)
        text.remove(at, 4);
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…")).remove(QStringLiteral("...")).trimmed();
}

QList<CommandEntry> menuEntries(const QMenuBar& menus) {
    QList<CommandEntry> entries;
    for (const QAction* action : menus.actions())
        if (action->menu())
            collect(*action->menu(), plainText(action->text()), entries);
    return entries;
}

QList<CommandEntry> placeEntries(const Catalogue& catalogue, Selection& selection) {
    QList<CommandEntry> entries;
    const QString service = Words::tr("Service");
    const QString channel = Words::tr("Channel");
    const QString type = Words::tr("Event type");
    const auto add = [&](const QString& name, const QString& group, const std::function<void()>& chosen) {
        entries.append({.id = group + u'/' + name, .title = name, .group = group, .chosen = chosen});
    };
    for (std::size_t i = 0; i < catalogue.services().size(); ++i)
        add(fromCore(catalogue.services()[i].name), service, [&selection, id = ServiceId{static_cast<std::uint16_t>(i)}] {
            selection.selectNode(NodeRef::of(id));
        });
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i)
        add(fromCore(catalogue.channels()[i].name), channel, [&selection, id = ChannelId{static_cast<std::uint16_t>(i)}] {
            selection.selectNode(NodeRef::of(id));
        });
    for (std::size_t i = 0; i < catalogue.eventTypes().size(); ++i)
        add(fromCore(catalogue.eventTypes()[i].name), type,
            [&selection, id = EventTypeId{static_cast<std::uint16_t>(i)}] {
                if (selection.eventType() != id) // the same one again would take it back
                    selection.selectEventType(id);
            });
    return entries;
}

} // namespace weir

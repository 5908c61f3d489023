// CommandEntries: what can be asked for by name: every action of the menus, and every service, channel and event type of
// the scenario. Gathered anew whenever a list is shown, so that it never goes stale. Reads menus; knows no view.
#pragma once

#include <QIcon>
#include <QList>
#include <QString>

#include <functional>

class QAction;
class QMenuBar;

namespace weir {

class Catalogue;
class Selection;

struct CommandEntry {
    QString id;    // the same in every language where the action has an object name; for remembering
    QString title; // "Zoom In"
    QString group; // "View": where it comes from
    QString keys;  // "Ctrl++"; empty: none
    QIcon icon;
    bool enabled = true;
    bool checked = false;
    std::function<void()> chosen;
};

// Texts without mnemonics and trailing dots.
QString plainText(QString text);

// In menu order; entries of submenus have the submenu's name in their group ("View > Theme").
QList<CommandEntry> menuEntries(const QMenuBar& menus);
// Choosing one selects it everywhere.
QList<CommandEntry> placeEntries(const Catalogue& catalogue, Selection& selection);

} // namespace weir

#include "ui/shortcut_dialog.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>

namespace weir {
namespace {

QString plain(QString text) {
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

void list(const QMenu& menu, QTreeWidgetItem& parent) {
    for (const QAction* action : menu.actions()) {
        if (action->menu())
            list(*action->menu(), parent);
        else if (!action->shortcut().isEmpty())
            new QTreeWidgetItem(&parent,
                                {plain(action->text()), action->shortcut().toString(QKeySequence::NativeText)});
    }
}

} // namespace

ShortcutDialog::ShortcutDialog(const QMenuBar& menus, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto* tree = new QTreeWidget(this);
    tree->setHeaderLabels({tr("Action"), tr("Keys")});
    tree->setRootIsDecorated(false);
    tree->setSelectionMode(QAbstractItemView::NoSelection);
    tree->setFocusPolicy(Qt::NoFocus);
    for (const QAction* action : menus.actions()) {
        if (!action->menu())
            continue;
        auto* group = new QTreeWidgetItem(tree, {plain(action->text())});
        QFont font = tree->font();
        font.setWeight(QFont::DemiBold);
        group->setFont(0, font);
        list(*action->menu(), *group);
        if (group->childCount() == 0)
            delete group;
    }
    tree->expandAll();
    tree->setItemsExpandable(false);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(tree);
    column->addWidget(buttons);
    resize(420, 520);
}

} // namespace weir

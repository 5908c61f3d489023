#include "ui/commands/shortcut_list.h"

#include "ui/fuzzy.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>

#include <map>

namespace weir {

ShortcutList::ShortcutList(QWidget* parent)
    : QWidget(parent, Qt::Tool), m_field(new QLineEdit(this)), m_tree(new QTreeWidget(this)) {
    m_tree->setRootIsDecorated(false);
    m_tree->setItemsExpandable(false);
    m_tree->setColumnCount(2);
    m_tree->setSelectionMode(QAbstractItemView::NoSelection);
    m_tree->setFocusPolicy(Qt::NoFocus);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_field->setClearButtonEnabled(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_tree);
    connect(m_field, &QLineEdit::textChanged, this, &ShortcutList::list);
    resize(440, 560);
    retranslate();
}

void ShortcutList::open(QList<CommandEntry> entries) {
    m_entries = std::move(entries);
    m_field->clear();
    list();
    show();
    raise();
    activateWindow();
    m_field->setFocus();
}

void ShortcutList::list() {
    m_tree->clear();
    const QString query = m_field->text();
    std::map<QString, QTreeWidgetItem*> groups;
    for (const CommandEntry& entry : m_entries) {
        if (entry.keys.isEmpty() || !(fuzzyMatch(query, entry.title) || entry.keys.contains(query, Qt::CaseInsensitive)))
            continue;
        QTreeWidgetItem*& group = groups[entry.group];
        if (!group) {
            group = new QTreeWidgetItem(m_tree, {entry.group});
            QFont font = m_tree->font();
            font.setWeight(QFont::DemiBold);
            group->setFont(0, font);
        }
        new QTreeWidgetItem(group, {entry.title, entry.keys});
    }
    if (m_tree->topLevelItemCount() == 0) {
        auto* const nothing = new QTreeWidgetItem(m_tree, {tr("No action and no key is called \"%1\"").arg(query)});
        nothing->setDisabled(true);
        nothing->setFirstColumnSpanned(true);
    }
    m_tree->expandAll();
}

void ShortcutList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void ShortcutList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        close(); // its texts are those of the menus as they were
    }
    QWidget::changeEvent(event);
}

void ShortcutList::retranslate() {
    setWindowTitle(tr("Keyboard shortcuts"));
    m_field->setPlaceholderText(tr("Find an action or a key"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_tree->setHeaderLabels({tr("Action"), tr("Keys")});
    m_tree->setAccessibleName(windowTitle());
}

} // namespace weir

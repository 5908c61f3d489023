// ShortcutList: every action that has a key, by menu, in a window beside the work that can stay open. Typing narrows the
// list to actions or keys ("ctrl+s").
#pragma once

#include "ui/commands/command_entries.h"

#include <QWidget>

class QLineEdit;
class QTreeWidget;

namespace weir {

class ShortcutList final : public QWidget {
    Q_OBJECT
  public:
    explicit ShortcutList(QWidget* parent);

    void open(QList<CommandEntry> entries);
    QLineEdit& field() { return *m_field; }
    QTreeWidget& tree() { return *m_tree; }

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void list();
    void retranslate();

    QList<CommandEntry> m_entries;
    QLineEdit* m_field;
    QTreeWidget* m_tree;
};

} // namespace weir

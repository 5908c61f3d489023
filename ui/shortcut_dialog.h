// ShortcutDialog: every action that has a key, by menu, so that nobody has to hunt for them. Reads the menus as they
// are.
#pragma once

#include <QDialog>

class QMenuBar;

namespace weir {

class ShortcutDialog final : public QDialog {
    Q_OBJECT
  public:
    explicit ShortcutDialog(const QMenuBar& menus, QWidget* parent = nullptr);
};

} // namespace weir

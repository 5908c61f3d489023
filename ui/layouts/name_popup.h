// NamePopup: asks for a name in one line, in place of a dialog.
#pragma once

#include "ui/theme_source.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace weir {

class NamePopup final : public QFrame {
    Q_OBJECT
  public:
    NamePopup(const ThemeSource& themes, QWidget* parent);

    void openOver(const QWidget& widget, const QString& question);
    QLineEdit& field() { return *m_field; }

  Q_SIGNALS:
    void named(const QString& name); // trimmed, not empty

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_themes;
    QLabel* m_question;
    QLineEdit* m_field;
};

} // namespace weir

// NamePopup: asks for a name in one line.
#pragma once

#include "ui/widgets/ask_popup.h"

namespace weir {

class NamePopup final : public AskPopup {
    Q_OBJECT
  public:
    NamePopup(const ThemeSource& themes, QWidget* parent);

    void openOver(const QWidget& widget, const QString& question);
    QLineEdit& field() { return *m_field; }

  Q_SIGNALS:
    void named(const QString& name); // trimmed, not empty

  private:
    Question question() const override;
    Verdict verdict() const override;
    void answer() override;

    QLineEdit* m_field;
    QString m_question;
};

} // namespace weir

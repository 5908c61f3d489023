// ExpressionPopup: asks for one expression: the value of a new column. Says at once why a text is none; Enter takes it,
// Escape leaves. A small popup, no dialog.
#pragma once

#include "core/expression/expression.h"
#include "ui/theme_source.h"

#include <QFrame>

#include <memory>

class QLabel;

namespace weir {

class Catalogue;
class FilterField;

class ExpressionPopup final : public QFrame {
    Q_OBJECT
  public:
    explicit ExpressionPopup(const ThemeSource& themes, QWidget* parent = nullptr);

    void openAt(const QPoint& globalPosition, std::shared_ptr<const Catalogue> catalogue);
    FilterField& field() { return *m_field; }

  Q_SIGNALS:
    void chosen(const weir::Expression& expression);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void judge();
    void choose();
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    QLabel* m_question;
    FilterField* m_field;
    QLabel* m_reason;
};

} // namespace weir

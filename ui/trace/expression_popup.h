// ExpressionPopup: asks for one expression: the value of a new column.
#pragma once

#include "core/expression/expression.h"
#include "ui/widgets/ask_popup.h"

#include <memory>

namespace weir {

class Catalogue;
class FilterField;

class ExpressionPopup final : public AskPopup {
    Q_OBJECT
  public:
    explicit ExpressionPopup(const ThemeSource& themes, QWidget* parent = nullptr);

    void openAt(const QPoint& globalPosition, std::shared_ptr<const Catalogue> catalogue);
    FilterField& field() { return *m_field; }

  Q_SIGNALS:
    void chosen(const weir::Expression& expression);

  private:
    Question question() const override;
    Verdict verdict() const override;
    void answer() override;

    FilterField* m_field;
};

} // namespace weir

#include "ui/trace/expression_popup.h"

#include "ui/trace/filter_field.h"

namespace weir {

ExpressionPopup::ExpressionPopup(const ThemeSource& themes, QWidget* parent)
    : AskPopup(themes, new FilterField(themes, FilterField::Use::Value), TextRole::Mono, 340, parent),
      m_field(findChild<FilterField*>()) {
    begin();
}

void ExpressionPopup::openAt(const QPoint& globalPosition, std::shared_ptr<const Catalogue> catalogue) {
    m_field->setCatalogue(std::move(catalogue));
    m_field->clear();
    AskPopup::openAt(globalPosition);
}

AskPopup::Question ExpressionPopup::question() const {
    return {.title = tr("A column with the value of")};
}

AskPopup::Verdict ExpressionPopup::verdict() const {
    const QString& why = m_field->refusal();
    return {.state = fieldState(m_field),
            .words = why.isEmpty() ? tr("Enter adds the column. Such as data.amount, partition, or "
                                        "UPPER(data.status).")
                                   : why};
}

void ExpressionPopup::answer() {
    close();
    Q_EMIT chosen(*m_field->filter());
}

} // namespace weir

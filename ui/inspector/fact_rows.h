// FactRows: lines of "what it is: how much", the value in a field of its own that cannot be edited. Values may change
// in place; what does not fit is cut and told by the tooltip.
#pragma once

#include "ui/inspector/behaviour.h"
#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class FactRows final : public QWidget {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 28;

    explicit FactRows(const ThemeSource& themes, QWidget* parent = nullptr);

    void setFacts(std::vector<Fact> facts);
    const std::vector<Fact>& facts() const { return m_facts; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    int labelWidth() const;

    const ThemeSource& m_themes;
    std::vector<Fact> m_facts;
};

} // namespace weir

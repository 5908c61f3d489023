// SegmentLegend: what the bars mean, one sample for each kind that is shown; what finds no room is left to the tips.
#pragma once

#include "core/record/spans.h"
#include "ui/theme_source.h"

#include <QWidget>

#include <vector>

namespace weir {

class SegmentLegend final : public QWidget {
    Q_OBJECT
  public:
    explicit SegmentLegend(const ThemeSource& themes, QWidget* parent = nullptr);

    void setKinds(std::vector<SpanKind> kinds, bool criticalShown);
    const std::vector<SpanKind>& kinds() const { return m_kinds; }

    QSize sizeHint() const override { return {200, 20}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    const ThemeSource& m_themes;
    std::vector<SpanKind> m_kinds;
    bool m_criticalShown = false;
};

} // namespace weir

// HeatLegend: the canvas's button for heat. Off it is a word; on it names the measure and shows the scale with its ends
// in numbers. A press opens the choice. It asks; the canvas colours.
#pragma once

#include "ui/canvas/heat.h"
#include "ui/theme_source.h"

#include <QAbstractButton>

namespace weir {

class HeatLegend final : public QAbstractButton {
    Q_OBJECT
  public:
    HeatLegend(const ThemeSource& themes, QWidget* parent);

    void tell(HeatBy by, const QString& low, const QString& high);

    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void word();

    const ThemeSource& m_themes;
    HeatBy m_by = HeatBy::none;
    QString m_title, m_low, m_high;
};

} // namespace weir

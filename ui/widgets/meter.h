// Meter: a thin bar that shows a share of 0..1, such as a service's utilisation. Red above 80 %, where waits explode.
#pragma once

#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class Meter final : public QWidget {
    Q_OBJECT
  public:
    explicit Meter(const ThemeSource& themes, QWidget* parent = nullptr);

    void setShare(double share); // clamped to 0..1; not a number shows an empty bar
    double share() const { return m_share; }

    QSize sizeHint() const override { return {48, 6}; }
    QSize minimumSizeHint() const override { return {16, 6}; }

    // For delegates and the canvas, which draw many without a widget each.
    static void draw(QPainter& painter, const QRectF& rect, double share, const Theme& theme);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const ThemeSource& m_themes;
    double m_share = 0;
};

} // namespace weir

// SpeedSlider: asks for a speed on a logarithmic scale from 0.001x to 1000x, with max at the far right. Steps, keys
// (arrows a step, Page Up/Down a decade, Home/End), wheel and accessibility are QSlider's; double click is real time.
// Says what is wanted; the speed reached is shown elsewhere.
#pragma once

#include "ui/speed.h"
#include "ui/theme_source.h"

#include <QSlider>

namespace weir {

class SpeedSlider final : public QSlider {
    Q_OBJECT
  public:
    explicit SpeedSlider(const ThemeSource& themes, QWidget* parent = nullptr);

    Speed speed() const { return speedAt(value()); }
    // Shows a speed without saying that it was chosen.
    void setSpeed(Speed speed);

    // Where the handle stands for a step, in widget coordinates, and back.
    qreal xOfStep(int step) const;
    int stepAt(qreal x) const;

    QSize sizeHint() const override { return {176, 48}; }
    QSize minimumSizeHint() const override { return {128, 48}; }

  Q_SIGNALS:
    void speedChosen(weir::Speed speed);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void describe();

    const ThemeSource& m_themes;
    int m_wheelRest = 0; // eighths of a degree not yet worth a step
};

} // namespace weir

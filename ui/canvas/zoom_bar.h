// ZoomBar: the canvas's small control at the lower right: out, the scale (a click makes it 100 %), in, and fit. It
// asks; the canvas zooms and tells it the scale.
#pragma once

#include "ui/theme_source.h"

#include <QFrame>

class QToolButton;

namespace weir {

class ZoomBar final : public QFrame {
    Q_OBJECT
  public:
    explicit ZoomBar(const ThemeSource& themes, QWidget* parent);

    void setScale(qreal scale);

  Q_SIGNALS:
    void outRequested();
    void inRequested();
    void wholeRequested(); // 100 %
    void fitRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void dress();
    void retranslate();

    const ThemeSource& m_themes;
    QToolButton* m_out;
    QToolButton* m_whole;
    QToolButton* m_in;
    QToolButton* m_fit;
    qreal m_scale = 1;
};

} // namespace weir

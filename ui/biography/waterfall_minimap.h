// WaterfallMinimap: the whole story as thin lines; drag over it to look at a part, double click for all of it. It shows and sets
// the range of a WaterfallView.
#pragma once

#include "ui/biography/waterfall_view.h"

#include <QWidget>

namespace weir {

class WaterfallMinimap final : public QWidget {
    Q_OBJECT
  public:
    WaterfallMinimap(WaterfallView& waterfall, const ThemeSource& themes, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {200, 24}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    double shareAt(qreal x) const;
    void retranslate();

    WaterfallView& m_waterfall;
    const ThemeSource& m_themes;
    std::optional<double> m_pressed; // 0..1
};

} // namespace weir

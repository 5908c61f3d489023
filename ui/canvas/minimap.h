// Minimap: the whole topology in a corner and the part of it that is seen; pressing or dragging moves that part. It
// hides where everything is seen anyway. It asks; the canvas moves.
#pragma once

#include "ui/canvas/scene.h"
#include "ui/theme_source.h"

#include <QWidget>

namespace weir {

class Minimap final : public QWidget {
    Q_OBJECT
  public:
    Minimap(const ThemeSource& themes, const Scene& scene, QWidget* parent);

    void show(const QRectF& seen); // in the scene; hides where that is all
    QPointF toScene(QPointF point) const;
    QPointF fromScene(QPointF point) const;

    QSize sizeHint() const override { return {176, 116}; }

  Q_SIGNALS:
    void centreRequested(QPointF scene);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    QRectF paper() const { return QRectF(rect()).adjusted(8, 8, -8, -8); }

    const ThemeSource& m_themes;
    const Scene& m_scene;
    QRectF m_all;
    QRectF m_seen;
};

} // namespace weir

// StaticLayer: the picture of a Scene without what moves, kept so that a frame only copies it. Parts are
// painted anew where faces changed; while the view pans or zooms an older picture is drawn in the right place and size.
// It does not decide when to paint anew.
#pragma once

#include "ui/canvas/scene_painter.h"

#include <QImage>

#include <optional>

namespace weir {

class StaticLayer {
  public:
    void render(const Scene& scene, const Theme& theme, const ViewTransform& view, QSize size, qreal density);
    // `part` in scene coordinates; nothing before the first render().
    void renderPart(const Scene& scene, const QRectF& part);
    void draw(QPainter& painter, const ViewTransform& view, const QColor& ground) const;
    // Only what lies in that rectangle of the scene; nothing while an older picture stands in.
    void drawPart(QPainter& painter, const ViewTransform& view, const QRectF& part) const;
    void drop() { m_picture = {}; }

    bool isEmpty() const { return m_picture.isNull(); }
    bool shows(const ViewTransform& view, QSize size, qreal density) const {
        return !isEmpty() && m_view == view && m_size == size && m_density == density;
    }
    bool stands(const ViewTransform& view) const { return view == m_view; } // not an older picture in its place
    const QImage& picture() const { return m_picture; }
    double costMs() const { return m_costMs; } // of the last render()

  private:
    QImage m_picture;
    std::optional<ScenePainter> m_painter;
    ViewTransform m_view;
    QSize m_size;
    qreal m_density = 1;
    double m_costMs = 0;
};

} // namespace weir

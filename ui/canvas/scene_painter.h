// ScenePainter: draws a Scene's ground, edges and nodes in the theme's colours, whole or only what meets a rectangle.
// Small scales leave out what could not be read. It draws faces and decides nothing about figures; dots on their way
// are not its business.
#pragma once

#include "ui/canvas/scene.h"

#include <QColor>
#include <QPixmap>

#include <map>

class QPainter;

namespace weir {

class ScenePainter {
  public:
    ScenePainter(const Theme& theme, qreal scale, qreal density) : m_theme(theme), m_scale(scale), m_density(density) {}

    // The painter is transformed so that it takes scene coordinates.
    void paint(QPainter& painter, const Scene& scene, const QRectF& clip);
    void paintEdge(QPainter& painter, const Curve& curve, const QColor& colour, qreal width, bool dashed) const;

    static constexpr qreal textScaleMin = 0.42;
    static constexpr qreal detailScaleMin = 0.22;

  private:
    void paintGround(QPainter& painter, const QRectF& clip) const;
    void paintLabel(QPainter& painter, const QRectF& rect, int rate, bool danger) const;
    void paintNode(QPainter& painter, const Scene& scene, std::size_t node);
    void paintService(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box);
    void paintSlots(QPainter& painter, const NodeFace& face, const QRectF& row) const;
    void paintQueue(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box,
                    bool deadLetter) const;
    void paintHub(QPainter& painter, const QString& name, NodeKind kind, const QRectF& box) const;
    void paintStream(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box) const;
    void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour);
    void text(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& words, TextRole role,
              const QColor& colour) const;
    bool readable() const { return m_scale >= textScaleMin; }

    const Theme& m_theme;
    qreal m_scale;
    qreal m_density;
    std::map<QString, QPixmap> m_icons;
};

} // namespace weir

// NodePainter: draws nodes and groups as cards in the theme's colours. How much they say depends on the scale: all
// figures, name and the one figure that matters, the name alone, or only the shape; what is written is never smaller
// than can be read. It draws faces and decides nothing about figures.
#pragma once

#include "ui/canvas/scene.h"

#include <QColor>
#include <QPixmap>

#include <map>

class QPainter;

namespace weir {

enum class Detail : std::uint8_t { shapes, names, compact, full };
Detail detailAt(qreal scale);

// Where its name stands in a node that is not drawn small, from edge to edge.
QRectF nameRow(NodeKind kind, const QRectF& box);

class NodePainter {
  public:
    NodePainter(const Theme& theme, qreal scale, qreal density)
        : m_theme(theme), m_scale(scale), m_density(density), m_detail(detailAt(scale)) {}

    Detail detail() const { return m_detail; }
    void paintNode(QPainter& painter, const Scene& scene, std::size_t node);
    void paintFrame(QPainter& painter, const Scene& scene, std::size_t group) const; // below everything
    void paintTitle(QPainter& painter, const Scene& scene, std::size_t group) const; // its name, above edges
    void paintCard(QPainter& painter, const Scene& scene, std::size_t group);        // of a folded one

    // In that role's shape, at least so large on screen that it can be read.
    QFont font(TextRole role) const;
    void text(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& words, TextRole role,
              const QColor& colour) const;

  private:
    void paintOutline(QPainter& painter, const Scene& scene, std::size_t node) const;
    void paintName(QPainter& painter, const QString& name, const QRectF& box, const QColor& colour) const;
    void paintService(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box);
    void paintSlots(QPainter& painter, const NodeFace& face, const QRectF& row) const;
    void paintShare(QPainter& painter, const QRectF& row, std::int64_t busy, std::int64_t workers, Tone load) const;
    Tone loadTone(int utilization) const;
    void paintQueue(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box,
                    bool deadLetter) const;
    void paintHub(QPainter& painter, const QString& name, NodeKind kind, const QRectF& box) const;
    void paintStream(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box,
                     bool deadLetter) const;
    void paintLane(QPainter& painter, const LaneFace& lane, const QRectF& row, bool late) const;
    qreal leadersWidth(const NodeFace& face) const;
    void paintLeader(QPainter& painter, const QString& name, const QRectF& room) const;
    void paintSign(QPainter& painter, const NodeFace& face, const QRectF& box) const;
    void paintHeat(QPainter& painter, const HeatMark& mark, const QRectF& box) const;
    void paintStruck(QPainter& painter, CommandKind kind, const QRectF& box);
    void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour);
    void paintChevron(QPainter& painter, const QRectF& rect, bool folded) const;
    QColor heatGround(const HeatMark& mark) const;

    const Theme& m_theme;
    qreal m_scale;
    qreal m_density;
    Detail m_detail;
    std::map<QString, QPixmap> m_icons;
};

} // namespace weir

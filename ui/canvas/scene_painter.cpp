#include "ui/canvas/scene_painter.h"

#include "ui/format.h"
#include "ui/tabular.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir {

void ScenePainter::paint(QPainter& painter, const Scene& scene, const QRectF& clip) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    paintGround(painter, clip);
    if (!scene.placed())
        return;
    constexpr qreal reach = 12; // of arrowheads, badges and widths
    const QRectF near = clip.adjusted(-reach, -reach, reach, reach);
    for (std::size_t i = 0; i < scene.groups.size(); ++i)
        if (!scene.groups[i].folded && scene.groups[i].box.intersects(near))
            m_nodes.paintFrame(painter, scene, i);
    paintEdges(painter, scene, near);
    for (std::size_t i = 0; i < scene.groups.size(); ++i) // ways go behind them
        if (!scene.groups[i].folded && scene.groups[i].title().intersects(near))
            m_nodes.paintTitle(painter, scene, i);
    paintLabels(painter, scene, near);
    for (std::size_t i = 0; i < scene.boxes.size(); ++i) {
        if (scene.hidden(i) || !scene.boxes[i].adjusted(0, 0, 0, 18).intersects(near))
            continue;
        painter.setOpacity(scene.lit && !scene.lit->nodes[i] ? dimmed : 1);
        m_nodes.paintNode(painter, scene, i);
    }
    painter.setOpacity(1);
    for (std::size_t i = 0; i < scene.groups.size(); ++i)
        if (scene.groups[i].folded && scene.groups[i].box.intersects(near))
            m_nodes.paintCard(painter, scene, i);
    paintSteps(painter, scene, near);
}

void ScenePainter::paintEdges(QPainter& painter, const Scene& scene, const QRectF& near) const {
    const std::vector<GraphEdge>& edges = scene.topology.edges();
    // What is lit lies above what is not.
    for (const bool lit : {false, true})
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const bool taken = scene.lit && scene.lit->edges[i];
            // A level line's bounds have no height and would meet nothing.
            if (!scene.drawn(i) || taken != lit || !scene.curves[i].bounds().adjusted(-1, -1, 1, 1).intersects(near))
                continue;
            const bool dead = edges[i].kind == EdgeKind::deadLetter;
            painter.setOpacity(scene.lit && !taken ? dimmed : 1);
            const EdgeFace& face = scene.edgeFaces[i];
            if (scene.river && face.rate > 0) {
                paintRiver(painter, scene.curves[i], dead, face.riverWidth());
                continue;
            }
            paintEdge(painter, scene.curves[i],
                      dead    ? m_theme.danger
                      : taken ? m_theme.accent
                              : m_theme.edge,
                      std::max(face.width(), taken ? 2.4 : 0),
                      dead                 ? Stroke::dashed
                      : scene.alternate(i) ? Stroke::dotted
                                           : Stroke::solid);
        }
    painter.setOpacity(1);
}

void ScenePainter::paintLabels(QPainter& painter, const Scene& scene, const QRectF& near) const {
    if (m_scale < labelScaleMin)
        return;
    for (std::size_t i = 0; i < scene.labels.size(); ++i) {
        if (!scene.drawn(i) || scene.edgeFaces[i].rate <= 0 || !scene.labels[i].intersects(near))
            continue;
        painter.setOpacity(scene.lit && !scene.lit->edges[i] ? dimmed : 1);
        paintLabel(painter, scene.labels[i], scene.edgeFaces[i].rate,
                   scene.topology.edges()[i].kind == EdgeKind::deadLetter);
    }
    painter.setOpacity(1);
}

// The steps of a message on its way, numbered where it took them.
void ScenePainter::paintSteps(QPainter& painter, const Scene& scene, const QRectF& near) const {
    if (!scene.lit || m_scale < labelScaleMin)
        return;
    painter.setFont(m_nodes.font(TextRole::Label));
    for (std::size_t i = 0; i < scene.curves.size(); ++i) {
        const QString& step = scene.lit->steps[i];
        if (step.isEmpty() || scene.curves[i].isEmpty())
            continue;
        const QPointF at = scene.curves[i].at(0.5);
        const qreal width = std::max<qreal>(18, tabularWidth(painter.font(), step) + 10);
        const qreal height = std::max<qreal>(18, QFontMetricsF(painter.font()).height() + 2);
        const QRectF badge(at.x() - width / 2, at.y() - height / 2, width, height);
        if (!badge.intersects(near))
            continue;
        painter.setPen(QPen(m_theme.canvas, 1.5));
        painter.setBrush(m_theme.accent);
        painter.drawRoundedRect(badge, height / 2, height / 2);
        painter.setPen(m_theme.onAccent);
        drawTabular(painter, badge, Qt::AlignHCenter, step);
    }
}

void ScenePainter::paintGround(QPainter& painter, const QRectF& clip) const {
    painter.fillRect(clip, m_theme.canvas);
    qreal step = 28;
    while (step * m_scale < 18)
        step *= 2;
    const qreal left = std::floor(clip.left() / step) * step;
    const qreal top = std::floor(clip.top() / step) * step;
    const qreal size = 1.5 / m_scale;
    for (qreal x = left; x <= clip.right() + step; x += step)
        for (qreal y = top; y <= clip.bottom() + step; y += step)
            painter.fillRect(QRectF(x - size / 2, y - size / 2, size, size), m_theme.grid);
}

void ScenePainter::paintRiver(QPainter& painter, const Curve& curve, bool danger, qreal width) const {
    QColor water = danger ? m_theme.danger : m_theme.accent;
    water.setAlphaF(m_theme.scheme == Scheme::Dark ? 0.34F : 0.28F);
    paintEdge(painter, curve, water, std::max(width, 1.5 / m_scale), Stroke::solid);
}

void ScenePainter::paintEdge(QPainter& painter, const Curve& curve, const QColor& colour, qreal width,
                             Stroke stroke) const {
    if (curve.isEmpty())
        return;
    // Never thinner than a hair on screen, however far away.
    QPen pen(colour, std::max(width, 0.9 / m_scale), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    const qreal head = 8 + width * 0.6;
    const QPointF along = curve.direction(1);
    const QPointF tip = curve.end();
    const QPointF root = tip - along * head;
    const QPointF across(-along.y() * head * 0.45, along.x() * head * 0.45);
    painter.setBrush(Qt::NoBrush);
    if (stroke != Stroke::solid) {
        // Backwards, so that edges which share their last part share their dashes.
        const qreal dash = stroke == Stroke::dashed ? 5 : 2;
        pen.setDashPattern({dash / pen.widthF(), 4 / pen.widthF()});
        painter.strokePath(curve.path().toReversed(), pen);
    } else {
        painter.strokePath(curve.path(), pen);
    }
    if (m_scale < detailScaleMin)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.canvas); // the line ends where its arrow begins
    painter.drawPolygon(QPolygonF{tip + along, root + across * 0.25 + along * 2, root - across * 0.25 + along * 2});
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF{tip, root + across, root - across});
}

void ScenePainter::paintLabel(QPainter& painter, const QRectF& rect, int rate, bool danger) const {
    const QString line = rateText({rate / 100.0});
    painter.setFont(m_nodes.font(TextRole::Label));
    const qreal width = tabularWidth(painter.font(), line) + 6;
    QColor ground = m_theme.canvas;
    ground.setAlphaF(0.85F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height()), 4, 4);
    painter.setPen(danger ? m_theme.dangerText : m_theme.muted);
    drawTabular(painter, rect, Qt::AlignHCenter, line);
}

} // namespace weir

#include "ui/canvas/scene_painter.h"

#include "ui/format.h"
#include "ui/icons.h"
#include "ui/tabular.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

QString words(const char* source, int count = -1) {
    return QCoreApplication::translate("weir::Canvas", source, nullptr, count);
}

QString serviceSubtitle(const NodeFace& face) {
    if (face.down > 0 && face.down >= face.instances)
        return words(QT_TRANSLATE_NOOP("weir::Canvas", "down"));
    if (face.workersEach == 0)
        return face.rate > 0 ? words(QT_TRANSLATE_NOOP("weir::Canvas", "sends %1")).arg(rateText({face.rate / 100.0}))
                             : words(QT_TRANSLATE_NOOP("weir::Canvas", "source"));
    QString line =
        words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 × %2 workers")).arg(face.instances).arg(face.workersEach);
    if (face.down > 0)
        line += QStringLiteral(" · ") + words(QT_TRANSLATE_NOOP("weir::Canvas", "%1 down")).arg(face.down);
    else if (face.utilization >= 0)
        line += QStringLiteral(" · ") + percentText(face.utilization / 100.0);
    return line;
}

} // namespace

void ScenePainter::text(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& line,
                        TextRole role, const QColor& colour) const {
    painter.setFont(m_theme.font(role));
    painter.setPen(colour);
    const QFontMetricsF metrics(painter.font());
    const QString fitting = metrics.horizontalAdvance(line) <= rect.width() + 0.5
                                ? line
                                : metrics.elidedText(line, Qt::ElideRight, rect.width());
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, fitting);
}

void ScenePainter::paint(QPainter& painter, const Scene& scene, const QRectF& clip) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    paintGround(painter, clip);
    if (!scene.placed())
        return;
    const std::vector<GraphEdge>& edges = scene.topology.edges();
    constexpr qreal reach = 12; // of arrowheads and widths
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (!scene.curves[i].bounds().adjusted(-reach, -reach, reach, reach).intersects(clip))
            continue;
        const bool dead = edges[i].kind == EdgeKind::deadLetter;
        paintEdge(painter, scene.curves[i], dead ? m_theme.danger : m_theme.edge, scene.edgeFaces[i].width(), dead);
    }
    if (readable())
        for (std::size_t i = 0; i < edges.size(); ++i)
            if (scene.edgeFaces[i].rate > 0 && !scene.labels[i].isNull() &&
                scene.labels[i].adjusted(-2, -2, 2, 2).intersects(clip))
                paintLabel(painter, scene.labels[i], scene.edgeFaces[i].rate, edges[i].kind == EdgeKind::deadLetter);
    for (std::size_t i = 0; i < scene.boxes.size(); ++i)
        if (scene.boxes[i].adjusted(-reach, -reach, reach, reach).intersects(clip))
            paintNode(painter, scene, i);
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

void ScenePainter::paintEdge(QPainter& painter, const Curve& curve, const QColor& colour, qreal width,
                             bool dashed) const {
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
    if (dashed) {
        // Backwards, so that edges which share their last part share their dashes.
        pen.setDashPattern({5 / pen.widthF(), 4 / pen.widthF()});
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
    painter.setFont(m_theme.font(TextRole::Label));
    const qreal width = tabularWidth(painter.font(), line) + 6;
    QColor ground = m_theme.canvas;
    ground.setAlphaF(0.85F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height()), 4, 4);
    painter.setPen(danger ? m_theme.dangerText : m_theme.muted);
    drawTabular(painter, rect, Qt::AlignHCenter, line);
}

void ScenePainter::paintNode(QPainter& painter, const Scene& scene, std::size_t node) {
    const GraphNode& what = scene.topology.nodes()[node];
    const NodeFace& face = scene.faces[node];
    const QRectF& box = scene.boxes[node];
    const bool selected = scene.selected == node;
    const bool crashed = what.isService() && face.status == Tone::Danger;
    const QColor outline = selected ? m_theme.accent : crashed || what.deadLetter ? m_theme.danger : m_theme.line;
    QPen pen(outline, std::max(selected || crashed ? 2.0 : what.deadLetter ? 1.4 : 1.0, 0.8 / m_scale));
    if (what.deadLetter && !selected)
        pen.setDashPattern({4 / pen.widthF(), 3 / pen.widthF()});
    painter.setPen(pen);
    painter.setBrush(m_theme.surface);
    switch (what.kind) {
    case NodeKind::service:
        painter.drawRoundedRect(box, 10, 10);
        paintService(painter, scene.names[node], face, box);
        break;
    case NodeKind::queue:
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
        paintQueue(painter, scene.names[node], face, box, what.deadLetter);
        break;
    case NodeKind::exchange:
    case NodeKind::topic:
        painter.drawPath(hexagon(box));
        paintHub(painter, scene.names[node], what.kind, box);
        break;
    case NodeKind::stream:
        painter.drawRoundedRect(box, 8, 8);
        paintStream(painter, scene.names[node], face, box);
        break;
    }
}

void ScenePainter::paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour) {
    QPixmap& icon = m_icons[name];
    if (icon.isNull()) {
        const qreal pixels = std::max<qreal>(1, rect.width() * m_scale * m_density);
        icon = QPixmap(QSizeF(pixels, pixels).toSize().expandedTo({1, 1}));
        icon.fill(Qt::transparent);
        QPainter on(&icon);
        on.setRenderHint(QPainter::Antialiasing);
        drawIcon(on, name, QRectF(icon.rect()), colour);
    }
    painter.drawPixmap(rect, icon, QRectF(icon.rect()));
}

void ScenePainter::paintService(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box) {
    if (m_scale < detailScaleMin)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.raised);
    const QRectF badge(box.left() + 10, box.top() + 12, 26, 26);
    painter.drawRoundedRect(badge, 7, 7);
    painter.setBrush(m_theme.colour(face.status));
    painter.drawEllipse(QPointF(box.right() - 12, box.top() + 14), 4, 4);
    paintSlots(painter, face, {box.left() + 10, box.top() + 51, box.width() - 20, 6});
    if (!readable())
        return;
    paintIcon(painter, face.workersEach == 0 ? QStringLiteral("event") : QStringLiteral("service"),
              badge.adjusted(5, 5, -5, -5), m_theme.accent);
    text(painter, {box.left() + 44, box.top() + 10, box.width() - 66, 18}, Qt::AlignLeft, name, TextRole::Strong,
         m_theme.text);
    text(painter, {box.left() + 44, box.top() + 28, box.width() - 52, 15}, Qt::AlignLeft, serviceSubtitle(face),
         TextRole::Label, face.status == Tone::Danger ? m_theme.dangerText : m_theme.muted);
}

void ScenePainter::paintSlots(QPainter& painter, const NodeFace& face, const QRectF& row) const {
    painter.setPen(Qt::NoPen);
    const auto workers = static_cast<std::int64_t>(face.instances) * face.workersEach;
    const auto lost = static_cast<std::int64_t>(std::min(face.down, face.instances)) * face.workersEach;
    const QColor lit =
        workers > 0 ? m_theme.colour(m_theme.loadTone(static_cast<double>(face.busy) / static_cast<double>(workers)))
                    : m_theme.accent;
    constexpr std::int64_t slotsMax = 24; // more could not be told apart
    if (workers == 0 || workers > slotsMax) {
        painter.setBrush(m_theme.raised);
        painter.drawRoundedRect(row, 2, 2);
        if (workers == 0 || face.busy == 0)
            return;
        painter.setBrush(lit);
        const qreal share = std::min<qreal>(1, static_cast<qreal>(face.busy) / static_cast<qreal>(workers));
        painter.drawRoundedRect(QRectF(row.topLeft(), QSizeF(std::max<qreal>(4, row.width() * share), row.height())), 2,
                                2);
        return;
    }
    const qreal gap = workers > 12 ? 2 : 3;
    const qreal width = (row.width() - static_cast<qreal>(workers - 1) * gap) / static_cast<qreal>(workers);
    QColor gone = m_theme.danger;
    gone.setAlphaF(0.35F);
    for (std::int64_t i = 0; i < workers; ++i) {
        painter.setBrush(i < face.busy ? lit : i >= workers - lost ? gone : m_theme.raised);
        painter.drawRoundedRect(
            QRectF(row.left() + static_cast<qreal>(i) * (width + gap), row.top(), width, row.height()), 2, 2);
    }
}

void ScenePainter::paintQueue(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box,
                              bool deadLetter) const {
    const QRectF pipe(box.left() + 10, box.top() + 26, box.width() - 20, 9);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(pipe, 4.5, 4.5);
    if (face.fill > 0) {
        painter.setBrush(deadLetter ? m_theme.danger : face.status == Tone::Warn ? m_theme.warn : m_theme.accent);
        painter.drawRoundedRect(
            QRectF(pipe.topLeft(), QSizeF(std::max(pipe.height(), pipe.width() * face.fill / 1000), pipe.height())),
            4.5, 4.5);
    }
    if (!readable())
        return;
    painter.setFont(m_theme.font(TextRole::Strong));
    const QString count = countText(face.depth);
    qreal right = box.right() - 16;
    painter.setPen(deadLetter && face.depth > 0 ? m_theme.dangerText : m_theme.muted);
    drawTabular(painter, {box.left(), box.top() + 6, right - box.left(), 18}, Qt::AlignRight, count);
    right -= tabularWidth(painter.font(), count) + 6;
    if (face.delayed > 0) {
        painter.setFont(m_theme.font(TextRole::Label));
        painter.setPen(m_theme.warnText);
        const QString later = QLatin1Char('+') + countText(face.delayed);
        drawTabular(painter, {box.left(), box.top() + 6, right - box.left(), 18}, Qt::AlignRight, later);
        right -= tabularWidth(painter.font(), later) + 6;
    }
    text(painter, {box.left() + 16, box.top() + 6, right - box.left() - 16, 18}, Qt::AlignLeft, name, TextRole::Strong,
         deadLetter ? m_theme.dangerText : m_theme.text);
}

void ScenePainter::paintHub(QPainter& painter, const QString& name, NodeKind kind, const QRectF& box) const {
    if (!readable())
        return;
    const QString word = kind == NodeKind::topic ? words(QT_TRANSLATE_NOOP("weir::Canvas", "topic"))
                                                 : words(QT_TRANSLATE_NOOP("weir::Canvas", "exchange"));
    const QFontMetricsF metrics(m_theme.font(TextRole::Strong));
    if (metrics.horizontalAdvance(name) <= box.width() - 8) {
        text(painter, {box.left(), box.center().y() - 16, box.width(), 18}, Qt::AlignHCenter, name, TextRole::Strong,
             m_theme.text);
        text(painter, {box.left(), box.center().y() + 1, box.width(), 15}, Qt::AlignHCenter, word, TextRole::Label,
             m_theme.muted);
        return;
    }
    text(painter, {box.left(), box.center().y() - 8, box.width(), 16}, Qt::AlignHCenter, word, TextRole::Label,
         m_theme.muted);
    text(painter, {box.center().x() - 90, box.bottom() + 1, 180, 16}, Qt::AlignHCenter, name, TextRole::Strong,
         m_theme.text);
}

void ScenePainter::paintStream(QPainter& painter, const QString& name, const NodeFace& face, const QRectF& box) const {
    const qreal ends = readable() ? 44 : 0;
    qreal y = box.top() + 27;
    for (const LaneFace& lane : face.lanes) {
        const QRectF row(box.left() + 12, y, box.width() - 24 - ends, 9);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.raised);
        painter.drawRoundedRect(row, 3, 3);
        int worst = 0;
        for (const int lag : lane.lags)
            worst = std::max(worst, std::min(lag, 1000));
        const qreal unread = row.width() * worst / 1000; // what the slowest group has before it
        if (unread >= 1) {
            painter.setBrush(face.status == Tone::Warn ? m_theme.warn : m_theme.accent);
            painter.drawRoundedRect(QRectF(row.right() - unread, row.top(), unread, row.height()), 3, 3);
        }
        for (const int lag : lane.lags) {
            const qreal x = row.right() - row.width() * std::min(lag, 1000) / 1000;
            painter.setBrush(m_theme.text);
            painter.drawRoundedRect(QRectF(x - 1, row.top() - 2, 2, row.height() + 4), 1, 1);
        }
        if (readable()) {
            painter.setFont(m_theme.font(TextRole::Label));
            painter.setPen(m_theme.muted);
            drawTabular(painter, {row.right(), y - 3, box.right() - 12 - row.right(), 15}, Qt::AlignRight,
                        countText(lane.end));
        }
        y += 14;
    }
    if (!readable())
        return;
    const QString lag = words(QT_TRANSLATE_NOOP("weir::Canvas", "lag %1")).arg(countText(face.lag));
    painter.setFont(m_theme.font(TextRole::Label));
    painter.setPen(face.status == Tone::Warn ? m_theme.warnText : m_theme.muted);
    const qreal width = tabularWidth(painter.font(), lag);
    drawTabular(painter, {box.right() - 12 - width, box.top() + 6, width, 18}, Qt::AlignRight, lag);
    text(painter, {box.left() + 12, box.top() + 6, box.width() - 30 - width, 18}, Qt::AlignLeft, name, TextRole::Strong,
         m_theme.text);
}

} // namespace weir

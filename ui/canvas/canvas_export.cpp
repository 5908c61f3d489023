#include "ui/canvas/canvas_export.h"

#include "ui/canvas/canvas.h"
#include "ui/canvas/heat_legend.h"
#include "ui/canvas/scene_painter.h"
#include "ui/format.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

QRectF paper(const Scene& scene) {
    return scene.bounds().adjusted(-exportMargin, -exportMargin, exportMargin, exportMargin);
}

void draw(QPainter& painter, const Scene& scene, const Theme& theme, qreal scale, qreal density) {
    const QRectF all = paper(scene);
    painter.scale(scale, scale);
    painter.translate(-all.topLeft());
    ScenePainter(theme, scale, density).paint(painter, scene, all);
}

// In quotes nothing but the quote itself is special to Mermaid; it takes HTML's words for characters.
QString quoted(const QString& text) {
    QString safe = text;
    safe.replace(QLatin1Char('&'), QLatin1String("&amp;"))
        .replace(QLatin1Char('"'), QLatin1String("&quot;"))
        .replace(QLatin1Char('<'), QLatin1String("&lt;"))
        .replace(QLatin1Char('>'), QLatin1String("&gt;"))
        .replace(QLatin1Char('\n'), QLatin1Char(' '));
    return QLatin1Char('"') + safe + QLatin1Char('"');
}

QString idOf(const Scene& scene, std::size_t node) {
    return scene.hidden(node) ? QStringLiteral("g%1").arg(scene.groupOf[node]) : QStringLiteral("n%1").arg(node);
}

QString nodeLine(const Scene& scene, std::size_t node) {
    const GraphNode& what = scene.topology.nodes()[node];
    const QString name = quoted(scene.names[node]);
    const QString id = idOf(scene, node);
    switch (what.kind) {
    case NodeKind::service:
        return QStringLiteral("%1[%2]:::service").arg(id, name);
    case NodeKind::exchange:
        return QStringLiteral("%1{{%2}}:::exchange").arg(id, name);
    case NodeKind::topic:
        return QStringLiteral("%1{{%2}}:::topic").arg(id, name);
    case NodeKind::queue:
        return QStringLiteral("%1([%2]):::%3")
            .arg(id, name, what.deadLetter ? QStringLiteral("dead") : QStringLiteral("queue"));
    case NodeKind::stream:
        return QStringLiteral("%1[(%2)]:::stream").arg(id, name);
    }
    return {};
}

QString edgeLine(const Scene& scene, std::size_t edge) {
    const GraphEdge& tie = scene.topology.edges()[edge];
    const int rate = scene.edgeFaces[edge].rate;
    const QString arrow = tie.kind == EdgeKind::deadLetter ? QStringLiteral("-.->") : QStringLiteral("-->");
    const QString label = rate > 0 ? QLatin1Char('|') + quoted(rateText({rate / 100.0})) + QLatin1Char('|') : QString();
    return QStringLiteral("%1 %2%3 %4").arg(idOf(scene, tie.from), arrow, label, idOf(scene, tie.to));
}

} // namespace

QImage canvasFrame(Canvas& canvas) {
    const qreal ratio = canvas.devicePixelRatioF();
    QImage frame((QSizeF(canvas.size()) * ratio).toSize(), QImage::Format_RGB32);
    frame.setDevicePixelRatio(ratio);
    frame.fill(canvas.palette().color(QPalette::Window));
    canvas.render(&frame, {}, {}, QWidget::RenderFlags());
    if (auto* const legend = canvas.findChild<HeatLegend*>(); legend && legend->isVisible())
        legend->render(&frame, legend->pos());
    return frame;
}

QByteArray canvasSvg(const Scene& scene, const Theme& theme, const QString& title) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    const QRectF all = paper(scene);
    generator.setSize(all.size().toSize());
    generator.setViewBox(QRectF(QPointF(), all.size()));
    generator.setTitle(title);
    generator.setDescription(QStringLiteral("Weir"));
    constexpr qreal iconDensity = 3; // pixels, the only ones in it
    QPainter painter(&generator);
    draw(painter, scene, theme, 1, iconDensity);
    painter.end();
    return buffer.data();
}

QImage canvasImage(const Scene& scene, const Theme& theme, qreal factor) {
    const QSizeF size = paper(scene).size();
    const qreal scale =
        std::min(std::clamp<qreal>(factor, 1, 3), exportPixelsMax / std::max(size.width(), size.height()));
    QImage image(
        QSize(static_cast<int>(std::ceil(size.width() * scale)), static_cast<int>(std::ceil(size.height() * scale))),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(theme.canvas);
    QPainter painter(&image);
    draw(painter, scene, theme, scale, 1);
    return image;
}

QString canvasMermaid(const Scene& scene) {
    QString text = QStringLiteral("flowchart LR\n");
    for (std::size_t i = 0; i < scene.groups.size(); ++i) {
        const SceneGroup& group = scene.groups[i];
        if (group.folded) {
            text += QStringLiteral("  g%1[[%2]]:::group\n").arg(i).arg(quoted(group.name));
            continue;
        }
        text += QStringLiteral("  subgraph g%1[%2]\n").arg(i).arg(quoted(group.name));
        for (const std::uint32_t node : group.members)
            text += QStringLiteral("    ") + nodeLine(scene, node) + QLatin1Char('\n');
        text += QStringLiteral("  end\n");
    }
    for (std::size_t i = 0; i < scene.names.size(); ++i)
        if (scene.groupOf[i] == Scene::nowhere)
            text += QStringLiteral("  ") + nodeLine(scene, i) + QLatin1Char('\n');
    for (std::size_t i = 0; i < scene.topology.edges().size(); ++i)
        if (scene.drawn(i))
            text += QStringLiteral("  ") + edgeLine(scene, i) + QLatin1Char('\n');
    return text + QStringLiteral("  classDef service fill:#dce9ff,stroke:#1f6feb,color:#17202c\n"
                                 "  classDef queue fill:#ffffff,stroke:#a9b4c2,color:#17202c\n"
                                 "  classDef stream fill:#ffffff,stroke:#a9b4c2,color:#17202c\n"
                                 "  classDef topic fill:#f3f5f8,stroke:#a9b4c2,color:#17202c\n"
                                 "  classDef exchange fill:#f3f5f8,stroke:#a9b4c2,color:#17202c\n"
                                 "  classDef group fill:#f3f5f8,stroke:#566374,color:#17202c\n"
                                 "  classDef dead fill:#ffffff,stroke:#cf2f2a,color:#b92722,stroke-dasharray:4 3\n");
}

} // namespace weir

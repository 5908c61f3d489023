#include "ui/canvas/minimap.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace weir {

Minimap::Minimap(const ThemeSource& themes, const Scene& scene, QWidget* parent)
    : QWidget(parent), m_themes(themes), m_scene(scene) {
    setCursor(Qt::OpenHandCursor);
    resize(sizeHint());
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    retranslate();
    hide();
}

void Minimap::retranslate() {
    setAccessibleName(tr("Minimap"));
    setToolTip(tr("Drag to look elsewhere"));
}

void Minimap::show(const QRectF& seen) {
    m_seen = seen;
    m_all = m_scene.placed() ? m_scene.bounds() : QRectF();
    setVisible(!m_all.isEmpty() && !seen.contains(m_all));
    update();
}

QPointF Minimap::fromScene(QPointF point) const {
    return ViewTransform::fitted(m_all, paper()).toView(point);
}

QPointF Minimap::toScene(QPointF point) const {
    return ViewTransform::fitted(m_all, paper()).toScene(point);
}

void Minimap::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    if (m_all.isEmpty())
        return;
    const ViewTransform view = ViewTransform::fitted(m_all, paper());
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const SceneGroup& group : m_scene.groups)
        painter.fillRect(view.toView(group.box), group.folded ? theme.muted : theme.raised);
    for (std::size_t i = 0; i < m_scene.boxes.size(); ++i) {
        if (m_scene.hidden(i))
            continue;
        const NodeFace& face = m_scene.faces[i];
        QRectF box = view.toView(m_scene.boxes[i]);
        box.setSize(box.size().expandedTo({1.5, 1.5})); // never vanishes
        painter.fillRect(box, m_scene.selected == i     ? theme.accent
                              : face.status != Tone::Ok ? theme.colour(face.status)
                                                        : theme.edge);
    }
    const QRectF seen = view.toView(m_seen) & paper().adjusted(-4, -4, 4, 4);
    QColor veil = theme.accent;
    veil.setAlphaF(0.12F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1.2));
    painter.setBrush(veil);
    painter.drawRoundedRect(seen, 2, 2);
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        Q_EMIT centreRequested(toScene(event->position()));
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        Q_EMIT centreRequested(toScene(event->position()));
}

void Minimap::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace weir

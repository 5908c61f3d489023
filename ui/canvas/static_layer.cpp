#include "ui/canvas/static_layer.h"

#include <QElapsedTimer>
#include <QPainter>

#include <cmath>

namespace weir {

void StaticLayer::render(const Scene& scene, const Theme& theme, const ViewTransform& view, QSize size, qreal density) {
    QElapsedTimer clock;
    clock.start();
    const QSize pixels(static_cast<int>(std::ceil(size.width() * density)),
                       static_cast<int>(std::ceil(size.height() * density)));
    if (m_picture.size() != pixels)
        m_picture = QImage(pixels, QImage::Format_RGB32);
    m_picture.setDevicePixelRatio(density);
    m_view = view;
    m_size = size;
    m_density = density;
    m_painter.emplace(theme, view.scale, density);
    renderPart(scene, view.toScene(QRectF(QPointF(), QSizeF(size))));
    m_costMs = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
}

void StaticLayer::renderPart(const Scene& scene, const QRectF& part) {
    if (isEmpty())
        return;
    // Whole pixels, so that a part meets what surrounds it without a seam.
    const QRect visible = m_view.toView(part).toAlignedRect().adjusted(-1, -1, 1, 1) & QRect(QPoint(), m_size);
    if (visible.isEmpty())
        return;
    QPainter painter(&m_picture);
    painter.setClipRect(visible);
    painter.translate(m_view.offset);
    painter.scale(m_view.scale, m_view.scale);
    m_painter->paint(painter, scene, m_view.toScene(QRectF(visible)));
}

void StaticLayer::drawPart(QPainter& painter, const ViewTransform& view, const QRectF& part) const {
    if (view != m_view)
        return;
    const QRect visible = view.toView(part).toAlignedRect() & QRect(QPoint(), m_size);
    if (!visible.isEmpty())
        painter.drawImage(QRectF(visible), m_picture,
                          QRectF(QPointF(visible.topLeft()) * m_density, QSizeF(visible.size()) * m_density));
}

void StaticLayer::draw(QPainter& painter, const ViewTransform& view, const QColor& ground) const {
    if (view == m_view) {
        painter.drawImage(QPointF(), m_picture);
        return;
    }
    const QRectF target(view.toView(m_view.toScene(QPointF())), QSizeF(m_size) * (view.scale / m_view.scale));
    painter.fillRect(painter.viewport(), ground);
    painter.drawImage(target, m_picture, QRectF(m_picture.rect()));
}

} // namespace weir

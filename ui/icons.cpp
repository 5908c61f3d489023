#include "ui/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cassert>

namespace weir {
namespace {

QByteArray tinted(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    assert(opened && "there is no such icon in resources/icons");
    return file.readAll().replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
}

class TintedIcon final : public QIconEngine {
  public:
    TintedIcon(QString name, IconInk ink) : m_name(std::move(name)), m_ink(std::move(ink)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal density = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * density, mode, state, density));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device pixels.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        const QColor colour = mode == QIcon::Disabled ? m_ink.disabled : m_ink.normal;
        const QString key =
            QStringLiteral("weir/%1/%2/%3x%4").arg(m_name, colour.name()).arg(size.width()).arg(size.height());
        QPixmap picture;
        if (!QPixmapCache::find(key, &picture)) {
            picture = QPixmap(size);
            picture.fill(Qt::transparent);
            QPainter painter(&picture);
            drawIcon(painter, m_name, QRectF(QPointF(0, 0), QSizeF(size)), colour);
            painter.end();
            QPixmapCache::insert(key, picture);
        }
        picture.setDevicePixelRatio(scale);
        return picture;
    }

    QIconEngine* clone() const override { return new TintedIcon(m_name, m_ink); }
    QString key() const override { return QStringLiteral("weir"); }

  private:
    QString m_name;
    IconInk m_ink;
};

} // namespace

QIcon makeIcon(const QString& name, const Theme& theme) {
    return makeIcon(name, IconInk{.normal = theme.muted, .disabled = theme.faint});
}

QIcon makeIcon(const QString& name, const IconInk& ink) {
    return QIcon(new TintedIcon(name, ink));
}

void drawIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour) {
    QSvgRenderer renderer(tinted(name, colour));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(&painter, rect);
}

QIcon applicationIcon() {
    return QIcon(QStringLiteral(":/icons/weir.svg"));
}

} // namespace weir

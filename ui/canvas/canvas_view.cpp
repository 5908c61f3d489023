// The canvas's part that shows: the view over the scene, painting, and where the controls stand.
#include "ui/canvas/bottleneck_banner.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/finder.h"
#include "ui/canvas/heat_legend.h"
#include "ui/canvas/minimap.h"
#include "ui/canvas/zoom_bar.h"
#include "ui/format.h"
#include "ui/tabular.h"
#include "ui/widgets/empty_state.h"

#include <QPaintEvent>
#include <QPainter>
#include <QRegion>

#include <algorithm>
#include <initializer_list>

namespace weir {
namespace {

constexpr double promptMs = 6;          // pictures that take longer wait until the view rests
constexpr QSize compactBelow(560, 380); // then there is room for the nodes or for words

} // namespace

QRectF Canvas::freeArea() const {
    return QRectF(rect()).adjusted(24 + m_leftReserved, 20, -24, -std::max(52, m_bottomReserved));
}

void Canvas::setView(const ViewTransform& view) {
    m_view = view;
    m_zoom->setScale(view.scale);
    m_minimap->show(view.toScene(QRectF(rect())));
    m_settle.start();
    update();
    Q_EMIT viewChanged();
}

void Canvas::fit() {
    m_fitted = true;
    if (m_scene.placed())
        setView(ViewTransform::fitted(m_scene.bounds(), freeArea()));
}

void Canvas::zoomTo(qreal scale) {
    zoomAt(QRectF(rect()).center(), scale / m_view.scale);
}

void Canvas::zoomAt(QPointF at, qreal factor) {
    takeOver();
    setView(m_view.zoomed(at, factor));
}

void Canvas::centreOn(std::size_t node) {
    centreOnPoint(m_scene.boxes[node].center());
}

void Canvas::centreOnPoint(QPointF scene) {
    takeOver();
    ViewTransform view = m_view;
    view.offset = QRectF(rect()).center() - scene * view.scale;
    setView(view);
}

// First what is selected, large enough to read; then, or where nothing is, everything.
void Canvas::focusThenFit() {
    if (!m_scene.placed() || !m_scene.selected)
        return fit();
    ViewTransform near{.scale = std::max<qreal>(1, m_view.scale), .offset = {}};
    near.offset = QRectF(rect()).center() - m_scene.boxes[*m_scene.selected].center() * near.scale;
    if (near == m_view)
        return fit();
    takeOver();
    setView(near);
}

void Canvas::reveal(std::size_t node) {
    if (!m_scene.placed())
        return;
    const QRectF box = m_view.toView(m_scene.boxes[node]);
    if (!freeArea().contains(box))
        centreOn(node);
}

void Canvas::markDirty(const QRectF& part) {
    if (m_layer.isEmpty())
        return;
    m_layer.renderPart(m_scene, part);
    update();
}

void Canvas::setBottomReserved(int pixels) {
    m_bottomReserved = pixels;
    if (m_fitted)
        fit();
}

void Canvas::dress() {
    dropPictures();
    if (m_typeScale == m_themes.theme().typeScale || !m_scene.placed())
        return;
    setTopology(m_scene.topology);
    layOut();
    followSelection();
    refreshFaces(true);
}

void Canvas::dropPictures() {
    m_layer.drop();
    m_painter.forget();
    update();
}

void Canvas::showLayer() {
    const qreal density = devicePixelRatioF();
    if (m_layer.shows(m_view, size(), density))
        return;
    // A large scene follows scaled while it is moved, and is painted anew when it rests.
    const bool wait = !m_layer.isEmpty() && m_layer.costMs() > promptMs && m_settle.isActive();
    if (!wait)
        m_layer.render(m_scene, m_themes.theme(), m_view, size(), density);
}

void Canvas::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const QColor& ground = m_themes.theme().canvas;
    showLayer();
    if (!m_scene.placed()) {
        m_layer.draw(painter, m_view, ground);
        return;
    }
    m_painter.prepare(m_view.scale, devicePixelRatioF());
    if (m_scene.river || !m_feed.traffic().flights().empty()) {
        m_frame.begin(m_layer, m_view, ground);
        if (m_scene.river)
            m_painter.drawRivers(m_frame, m_scene, m_view, m_riverMs);
        m_painter.drawFlights(m_frame, m_scene, m_view, m_feed.traffic(),
                              {.type = m_selection.eventType(), .message = m_selection.message()});
        m_frame.draw(painter, event->rect());
    } else {
        m_layer.draw(painter, m_view, ground);
    }
    if (m_view.scale >= ScenePainter::labelScaleMin)
        drawLabelsAgain(painter);
    m_painter.drawFlashes(painter, m_scene, m_view, m_feed.traffic());
    if (m_feed.focus())
        m_painter.drawFocus(painter, m_scene, m_view, *m_feed.focus());
    paintCount(painter);
    paintCaption(painter);
}

// Messages pass under the rates.
void Canvas::drawLabelsAgain(QPainter& painter) const {
    if (!m_feed.river() && m_feed.traffic().flights().empty())
        return;
    for (std::size_t i = 0; i < m_scene.labels.size(); ++i)
        if (m_scene.drawn(i) && m_scene.edgeFaces[i].rate > 0 && !m_scene.labels[i].isNull())
            m_layer.drawPart(painter, m_view, m_scene.labels[i]);
}

// What is not drawn one by one is counted, in the lower left corner.
void Canvas::paintCount(QPainter& painter) const {
    if (m_reduced || m_feed.leftOut() == 0 || !m_leftOutShown)
        return;
    const Theme& theme = m_themes.theme();
    const auto count = static_cast<std::int64_t>(m_feed.leftOut());
    const QString line = m_feed.river()
                             ? tr("Too many to draw one by one: %1 hops shown as rivers").arg(countText(count))
                             : tr("%1 hops were not drawn").arg(countText(count));
    painter.setFont(theme.font(TextRole::Label));
    // Beside the controls, or above them where there is no room.
    const qreal width = tabularWidth(painter.font(), line) + 20;
    const qreal room = (m_legend->isVisible() ? m_legend->x() : this->width()) - 20;
    const qreal top = height() - (width <= room ? 40 : 72);
    paintNote(painter, QRectF(12, top, std::min<qreal>(width, this->width() - 24), 24), line, theme.muted);
}

// The last hop in words, for those who walk by keys or step.
void Canvas::paintCaption(QPainter& painter) const {
    if (m_caption.isEmpty() || m_bottomReserved > 0) // a presenter tells it there
        return;
    const Theme& theme = m_themes.theme();
    painter.setFont(theme.font(TextRole::Body));
    const qreal width = std::min<qreal>(tabularWidth(painter.font(), m_caption) + 24, this->width() - 24);
    const QString line = QFontMetricsF(painter.font()).elidedText(m_caption, Qt::ElideRight, width - 20);
    paintNote(painter, QRectF((this->width() - width) / 2, height() - 76, width, 28), line, theme.text);
}

void Canvas::paintNote(QPainter& painter, const QRectF& box, const QString& line, const QColor& ink) const {
    QColor ground = m_themes.theme().surface;
    ground.setAlphaF(0.94F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_themes.theme().line);
    painter.setBrush(ground);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setPen(ink);
    drawTabular(painter, box.adjusted(10, 0, -10, 0), Qt::AlignHCenter, line);
}

void Canvas::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeControls();
    if (m_fitted)
        fit();
}

void Canvas::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    placeControls();
}

void Canvas::setControlsShown(bool shown) {
    m_controlsShown = shown;
    m_zoom->setVisible(shown && m_session.mode() != Session::Mode::empty);
    m_legend->setVisible(shown && m_session.mode() != Session::Mode::empty);
}

void Canvas::placeControls() {
    m_empty->setGeometry(rect());
    m_zoom->resize(m_zoom->sizeHint());
    m_zoom->move(width() - m_zoom->width() - 12, height() - m_zoom->height() - 12);
    m_legend->move(m_zoom->x() - m_legend->width() - 8, m_zoom->y() + (m_zoom->height() - m_legend->height()) / 2);
    m_minimap->move(width() - m_minimap->width() - 12, m_zoom->y() - m_minimap->height() - 8);
    m_finder->move(width() - m_finder->width() - 12, 12);
    m_minimap->show(m_view.toScene(QRectF(rect())));
    placeBanner();
}

// Where something can be seen to move. What lies over the canvas hides it, but for its round corners, and needs not be
// painted with every frame.
QRegion Canvas::movingRegion() const {
    QRegion region(rect());
    for (const QWidget* over : std::initializer_list<const QWidget*>{m_zoom, m_legend, m_minimap, m_finder, m_banner}) {
        if (!over->isVisible())
            continue;
        constexpr int corner = 10;
        const QRect box = over->geometry();
        region -= box.adjusted(corner, 1, -corner, -1);
        region -= box.adjusted(1, corner, -1, -corner);
    }
    return region;
}

// In the upper left corner, or in the lower left one where it would hide less.
void Canvas::placeBanner() {
    m_banner->setCompact(width() < compactBelow.width() || height() < compactBelow.height());
    const QPoint upper(18 + m_leftReserved, 18);
    const QPoint lower(18 + m_leftReserved, height() - m_banner->height() - 52);
    const auto hidden = [this](QPoint corner) {
        const QRectF under = m_view.toScene(QRectF(corner, QSizeF(m_banner->size())));
        const auto edges = std::count_if(m_scene.curves.begin(), m_scene.curves.end(),
                                         [&under](const Curve& curve) { return curve.path().intersects(under); });
        const auto nodes = std::count_if(m_scene.boxes.begin(), m_scene.boxes.end(),
                                         [&under](const QRectF& box) { return box.intersects(under); });
        const auto titles =
            std::count_if(m_scene.groups.begin(), m_scene.groups.end(),
                          [&under](const SceneGroup& group) { return group.title().intersects(under); });
        return edges + 4 * (nodes + titles);
    };
    m_banner->move(m_scene.placed() && hidden(lower) < hidden(upper) ? lower : upper);
}

} // namespace weir

#include "ui/biography/waterfall_minimap.h"

#include "ui/biography/segment_look.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace weir {

namespace {
constexpr int side = 8;
constexpr std::size_t linesMax = 2'000; // more would lie on top of one another
} // namespace

WaterfallMinimap::WaterfallMinimap(WaterfallView& waterfall, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_waterfall(waterfall), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::IBeamCursor);
    connect(&m_waterfall, &WaterfallView::rangeChanged, this, qOverload<>(&QWidget::update));
    connect(&m_waterfall, &WaterfallView::storyChanged, this, qOverload<>(&QWidget::update));
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

double WaterfallMinimap::shareAt(qreal x) const {
    return std::clamp((x - side) / std::max(1, width() - 2 * side), 0.0, 1.0);
}

void WaterfallMinimap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = m_themes.theme();
    const QRectF area(side, 2, std::max(1, width() - 2 * side), height() - 4);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(area, theme.raised);
    const Story* story = m_waterfall.story();
    if (!story)
        return;
    const FoldedTime& time = m_waterfall.time();
    const std::vector<WaterfallRow>& rows = m_waterfall.rows();
    const std::size_t step = std::max<std::size_t>(1, rows.size() / linesMax + (rows.size() % linesMax > 0 ? 1 : 0));
    const qreal lineHeight = std::clamp(area.height() / static_cast<qreal>(std::max<std::size_t>(1, rows.size())), 1.0, 3.0);
    for (std::size_t i = 0; i < rows.size(); i += step) {
        const qreal y = area.top() + (area.height() - lineHeight) * static_cast<qreal>(i) /
                                         static_cast<qreal>(std::max<std::size_t>(1, rows.size() - 1));
        for (const std::size_t segment : rows[i].segments) {
            const Span& span = story->spans[segment];
            const Tone tone = segmentTone(span, span.open);
            const qreal left = area.left() + time.at(span.begin) * area.width();
            const qreal right = area.left() + time.at(span.end) * area.width();
            painter.fillRect(QRectF(left, y, std::max(1.0, right - left), lineHeight),
                             tone == Tone::Neutral ? theme.edge : theme.colour(tone));
        }
    }
    const auto [from, to] = m_waterfall.range();
    QColor veil = theme.surface;
    veil.setAlphaF(0.72F);
    painter.fillRect(QRectF(area.left(), area.top(), from * area.width(), area.height()), veil);
    painter.fillRect(QRectF(area.left() + to * area.width(), area.top(), (1 - to) * area.width(), area.height()), veil);
    if (from > 0 || to < 1) {
        painter.setPen(theme.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(area.left() + from * area.width(), area.top(), (to - from) * area.width() - 1,
                                area.height() - 1));
    }
}

void WaterfallMinimap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        m_pressed = shareAt(event->position().x());
}

void WaterfallMinimap::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed || !(event->buttons() & Qt::LeftButton))
        return;
    const double here = shareAt(event->position().x());
    if (std::abs(here - *m_pressed) > 0.004)
        m_waterfall.setRange(std::min(here, *m_pressed), std::max(here, *m_pressed));
}

// A click beside the part in sight brings that place into its middle.
void WaterfallMinimap::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_pressed)
        return;
    const double here = shareAt(event->position().x());
    const auto [from, to] = m_waterfall.range();
    if (std::abs(here - *m_pressed) <= 0.004 && (here < from || here > to))
        m_waterfall.setRange(here - (to - from) / 2, here + (to - from) / 2);
    m_pressed.reset();
}

void WaterfallMinimap::mouseDoubleClickEvent(QMouseEvent*) {
    m_pressed.reset();
    m_waterfall.setRange(0, 1);
}

void WaterfallMinimap::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void WaterfallMinimap::retranslate() {
    setAccessibleName(tr("Overview of the time"));
    setToolTip(tr("Drag to look at a part, double click for all of it"));
}

} // namespace weir

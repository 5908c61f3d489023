#include "ui/biography/segment_legend.h"

#include "ui/biography/segment_look.h"

#include <QEvent>
#include <QPainter>

namespace weir {

SegmentLegend::SegmentLegend(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SegmentLegend::setKinds(std::vector<SpanKind> kinds, bool criticalShown) {
    if (m_kinds == kinds && m_criticalShown == criticalShown)
        return;
    m_kinds = std::move(kinds);
    m_criticalShown = criticalShown;
    QStringList words;
    for (const SpanKind kind : m_kinds)
        words << segmentName(kind) + QStringLiteral(": ") + segmentMeaning(kind);
    setToolTip(words.join(QLatin1Char('\n')));
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(words.join(QLatin1Char(' ')));
    update();
}

void SegmentLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(TextRole::Tiny));
    const QFontMetricsF metrics(painter.font());
    qreal x = 12;
    const auto word = [&](const QString& text) {
        painter.setPen(theme.muted);
        painter.drawText(QPointF(x + 22, height() / 2.0 + metrics.ascent() / 2 - 1), text);
        x += 22 + metrics.horizontalAdvance(text) + 14;
    };
    const auto fits = [&](const QString& text) { return x + 22 + metrics.horizontalAdvance(text) < width() - 4; };
    for (const SpanKind kind : m_kinds) {
        if (!fits(segmentName(kind)))
            return;
        const Span like{.kind = kind, .begin = {}, .end = {}, .place = {}, .ending = RecordKind::finished, .reason = {}};
        paintSegment(painter, QRectF(x, height() / 2.0 - 4, 18, 8), {.kind = kind, .tone = segmentTone(like, false)},
                     theme);
        word(segmentName(kind));
    }
    const QString critical = tr("critical path");
    if (m_criticalShown && fits(critical)) {
        painter.fillRect(QRectF(x, height() / 2.0 - 1, 18, 2), theme.text);
        word(critical);
    }
}

void SegmentLegend::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        const std::vector<SpanKind> kinds = std::exchange(m_kinds, {});
        setKinds(kinds, m_criticalShown);
    }
    QWidget::changeEvent(event);
}

} // namespace weir

#include "ui/problems/problem_light.h"

#include "ui/tabular.h"

#include <QEvent>
#include <QPainter>

namespace weir {

ProblemLight::ProblemLight(const ProblemFeed& feed, const ThemeSource& themes, QWidget* parent)
    : QAbstractButton(parent), m_feed(feed), m_themes(themes) {
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(&m_feed, &ProblemFeed::changed, this, &ProblemLight::showCounts);
    connect(&m_themes, &ThemeSource::changed, this, [this] {
        updateGeometry();
        update();
    });
    showCounts();
}

void ProblemLight::showCounts() {
    const int errors = m_feed.count(Severity::error);
    const int warnings = m_feed.count(Severity::warning);
    const int notes = m_feed.count(Severity::note);
    const int all = errors + warnings + notes;
    m_tone = errors > 0 ? Tone::Danger : warnings > 0 ? Tone::Warn : notes > 0 ? Tone::Accent : Tone::Ok;
    const QString words = all == 0 ? tr("No problems") : all == 1 ? tr("1 problem") : tr("%1 problems").arg(all);
    const QString tip = tr("%1 errors, %2 warnings, %3 notes: click for the list").arg(errors).arg(warnings).arg(notes);
    if (words == text() && tip == toolTip())
        return;
    setText(words);
    setToolTip(tip);
    setAccessibleName(words);
    setAccessibleDescription(tip);
    updateGeometry();
    update();
}

QSize ProblemLight::sizeHint() const {
    const qreal words = tabularWidth(m_themes.theme().font(TextRole::Label), text());
    return {static_cast<int>(words) + 40, 20};
}

void ProblemLight::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), underMouse() ? theme.hover : theme.raised);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.fillRect(QRect(0, 4, 1, height() - 8), theme.line);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(m_tone));
    painter.drawEllipse(QPointF(16, height() / 2.0), 4, 4);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(theme.accent);
        painter.drawRoundedRect(QRectF(rect()).adjusted(3.5, 2.5, -1.5, -1.5), 4, 4);
    }
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(m_tone == Tone::Ok ? theme.muted : theme.textColour(m_tone));
    drawTabular(painter, QRectF(26, 0, width() - 30, height()), Qt::AlignLeft, text());
}

void ProblemLight::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        showCounts();
    QAbstractButton::changeEvent(event);
}

} // namespace weir

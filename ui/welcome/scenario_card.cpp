#include "ui/welcome/scenario_card.h"

#include "ui/welcome/scenario_thumbnail.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <cmath>

namespace weir {
namespace {

constexpr int pictureHeight = 140;
constexpr int pad = 12;
constexpr qreal radius = 8;

// As many lines as there is room for; the last one ends in an ellipsis where more would follow.
void drawLines(QPainter& painter, const QRectF& room, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    qreal y = room.top();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(room.width());
        const bool last = y + 2 * metrics.height() > room.bottom() + 1;
        const QString words = last ? metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, room.width())
                                   : text.mid(line.textStart(), line.textLength());
        painter.drawText(QPointF(room.left(), y + metrics.ascent()), words);
        y += metrics.height();
        if (last)
            break;
    }
    layout.endLayout();
}

} // namespace

ScenarioCard::ScenarioCard(Scenario scenario, const ThemeSource& themes, QWidget* parent)
    : QAbstractButton(parent), m_scenario(std::move(scenario)), m_themes(themes) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setFixedSize(sizeHint());
    connect(&m_themes, &ThemeSource::changed, this, [this] {
        m_picture = {};
        update();
    });
}

void ScenarioCard::speak(bool chinese) {
    const auto words = [chinese](const Text& text) {
        return QString::fromStdString(chinese && !text.zh.empty() ? text.zh : text.en);
    };
    setText(words(m_scenario.title));
    m_notes = words(m_scenario.notes);
    setAccessibleName(text());
    setAccessibleDescription(m_notes);
    setToolTip(m_notes.isEmpty() ? text() : QStringLiteral("<p>%1</p>").arg(m_notes.toHtmlEscaped())); // <p> wraps
    update();
}

void ScenarioCard::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    if (m_picture.isNull() || !qFuzzyCompare(m_picture.devicePixelRatio(), devicePixelRatioF()))
        m_picture = scenarioThumbnail(m_scenario, theme, {cardWidth, pictureHeight}, devicePixelRatioF());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(card, radius, radius);
    painter.setClipPath(shape);
    painter.fillRect(rect(), isDown() ? theme.pressed : underMouse() ? theme.hover : theme.raised);
    painter.drawPixmap(0, 0, m_picture);
    painter.fillRect(QRect(0, pictureHeight, width(), 1), theme.line);
    painter.setClipping(false);
    painter.setPen(QPen(hasFocus() || underMouse() ? theme.accent : theme.line, hasFocus() ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);

    const QRectF words = QRectF(rect()).adjusted(pad, pictureHeight + 10, -pad, -8);
    QFont title = theme.font(TextRole::Strong);
    painter.setFont(title);
    painter.setPen(theme.text);
    const QFontMetricsF metrics(title);
    painter.drawText(QRectF(words.left(), words.top(), words.width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(text(), Qt::ElideRight, words.width()));
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.muted);
    drawLines(painter, words.adjusted(0, std::ceil(metrics.height()) + 4, 0, 0), m_notes);
}

void ScenarioCard::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void ScenarioCard::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace weir

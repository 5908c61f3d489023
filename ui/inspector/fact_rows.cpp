#include "ui/inspector/fact_rows.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace weir {

FactRows::FactRows(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void FactRows::setFacts(std::vector<Fact> facts) {
    if (facts == m_facts)
        return;
    const bool resized = facts.size() != m_facts.size();
    m_facts = std::move(facts);
    QStringList words;
    for (const Fact& fact : m_facts)
        words << (fact.label.isEmpty() ? fact.value : fact.label + QStringLiteral(": ") + fact.value);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    if (resized)
        updateGeometry();
    update();
}

QSize FactRows::sizeHint() const {
    return {240, static_cast<int>(m_facts.size()) * rowHeight};
}

// As wide as the widest label, within what leaves room for the values.
int FactRows::labelWidth() const {
    const QFontMetrics metrics(m_themes.theme().font(TextRole::Body));
    int widest = 0;
    for (const Fact& fact : m_facts)
        widest = std::max(widest, metrics.horizontalAdvance(fact.label));
    return std::clamp(widest + 14, 94, std::max(94, width() * 45 / 100));
}

void FactRows::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int left = labelWidth();
    int y = 0;
    for (const Fact& fact : m_facts) {
        const QRect label(0, y, left - 10, rowHeight);
        if (fact.label.isEmpty()) {
            painter.setFont(theme.font(TextRole::Strong));
            painter.setPen(theme.text);
            const QRect line(0, y, width(), rowHeight);
            painter.drawText(line, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(fact.value, Qt::ElideRight, line.width()));
        } else {
            painter.setFont(theme.font(TextRole::Body));
            painter.setPen(theme.muted);
            painter.drawText(label, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(fact.label, Qt::ElideRight, label.width()));
            const QRect box(left, y + 2, width() - left, rowHeight - 4);
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.raised);
            painter.drawRoundedRect(box, 6, 6);
            painter.setPen(theme.text);
            const QRect words = box.adjusted(8, 0, -8, 0);
            painter.drawText(words, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(fact.value, Qt::ElideRight, words.width()));
        }
        y += rowHeight;
    }
}

bool FactRows::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const auto row = static_cast<std::size_t>(std::max(0, help->pos().y()) / rowHeight);
        QToolTip::showText(help->globalPos(), row < m_facts.size() ? m_facts[row].value : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace weir

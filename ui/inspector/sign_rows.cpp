#include "ui/inspector/sign_rows.h"

#include "ui/icons.h"
#include "ui/marks.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace weir {
namespace {

constexpr int textLeft = 18;
constexpr int lineHeight = 22;

} // namespace

SignRows::SignRows(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SignRows::setRows(std::vector<SignRow> rows) {
    m_rows = std::move(rows);
    QStringList words;
    for (const SignRow& row : m_rows)
        words << row.text;
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

int SignRows::rowHeight(const SignRow& row, int width) const {
    if (!row.note.isEmpty())
        return lineHeight;
    const QFontMetrics metrics(m_themes.theme().font(TextRole::Body));
    const int height =
        metrics.boundingRect(QRect(0, 0, std::max(40, width - textLeft), 10'000), Qt::TextWordWrap, row.text).height();
    return std::max(lineHeight, height + 7);
}

int SignRows::heightForWidth(int width) const {
    int height = 0;
    for (const SignRow& row : m_rows)
        height += rowHeight(row, width);
    return height;
}

void SignRows::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(TextRole::Body));
    int y = 0;
    for (const SignRow& row : m_rows) {
        const int height = rowHeight(row, width());
        const QPointF centre(5, y + lineHeight / 2.0);
        if (const auto* tone = std::get_if<Tone>(&row.sign)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.colour(*tone));
            painter.drawEllipse(centre, 4, 4);
        } else if (const auto* mark = std::get_if<Mark>(&row.sign)) {
            drawMark(painter, *mark, centre, 4.5);
        } else if (const auto* icon = std::get_if<QString>(&row.sign)) {
            drawIcon(painter, *icon, QRectF(centre.x() - 7, centre.y() - 7, 14, 14), theme.muted);
        }
        const QRect words(textLeft, y, width() - textLeft, height);
        painter.setPen(theme.text);
        if (row.note.isEmpty()) {
            painter.drawText(words.adjusted(0, 3, 0, 0), Qt::AlignTop | Qt::TextWordWrap, row.text);
        } else {
            const QString text = painter.fontMetrics().elidedText(row.text, Qt::ElideRight, words.width());
            painter.drawText(words, Qt::AlignVCenter, text);
            const int used = painter.fontMetrics().horizontalAdvance(text) + 10;
            const QRect rest = words.adjusted(used, 0, 0, 0);
            painter.setPen(theme.muted);
            if (rest.width() > 24)
                painter.drawText(rest, Qt::AlignVCenter,
                                 painter.fontMetrics().elidedText(row.note, Qt::ElideRight, rest.width()));
        }
        y += height;
    }
}

bool SignRows::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        int y = 0;
        for (const SignRow& row : m_rows) {
            y += rowHeight(row, width());
            if (help->pos().y() < y) {
                QToolTip::showText(help->globalPos(), row.tip, this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace weir

#include "ui/inspector/sign_rows.h"

#include "ui/icons.h"
#include "ui/marks.h"
#include "ui/style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

namespace weir {
namespace {

constexpr int textLeft = 18;
constexpr int lineHeight = 22;
constexpr int buttonGap = 8;

} // namespace

SignRows::SignRows(const ThemeSource& themes, QWidget* parent) : QWidget(parent), m_themes(themes) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void SignRows::setRows(std::vector<SignRow> rows) {
    m_rows = std::move(rows);
    for (QToolButton* button : m_buttons)
        if (button) { // it may be the one that is being clicked
            button->hide();
            button->deleteLater();
        }
    m_buttons.clear();
    QStringList words;
    for (const SignRow& row : m_rows) {
        words << row.text;
        QToolButton*& button = m_buttons.emplace_back(nullptr);
        if (row.action.isEmpty())
            continue;
        button = new QToolButton(this);
        button->setText(row.action);
        button->setFont(m_themes.theme().font(TextRole::Label));
        button->setFixedHeight(lineHeight - 2);
        button->setAccessibleName(row.action + QStringLiteral(": ") + row.text);
        setButtonLook(*button, ButtonLook::Raised);
        connect(button, &QToolButton::clicked, this, [button, act = row.act] {
            act(button->mapToGlobal(QPoint(0, button->height())));
        });
        button->show();
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    placeButtons();
    updateGeometry();
    update();
}

int SignRows::buttonWidth(std::size_t row) const {
    return m_buttons[row] ? m_buttons[row]->sizeHint().width() + buttonGap : 0;
}

int SignRows::rowHeight(std::size_t row, int width) const {
    if (!m_rows[row].note.isEmpty())
        return lineHeight;
    const QFontMetrics metrics(m_themes.theme().font(TextRole::Body));
    const int room = std::max(40, width - textLeft - buttonWidth(row));
    const int height = metrics.boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, m_rows[row].text).height();
    return std::max(lineHeight, height + 7);
}

int SignRows::heightForWidth(int width) const {
    int height = 0;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        height += rowHeight(row, width);
    return height;
}

void SignRows::placeButtons() {
    int y = 0;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (QToolButton* button = m_buttons[row]) {
            const int wide = buttonWidth(row) - buttonGap;
            button->setGeometry(width() - wide, y + 1, wide, button->height());
        }
        y += rowHeight(row, width());
    }
}

void SignRows::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeButtons();
}

void SignRows::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(TextRole::Body));
    int y = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const SignRow& row = m_rows[i];
        const int height = rowHeight(i, width());
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
        const QRect words(textLeft, y, width() - textLeft - buttonWidth(i), height);
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
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            y += rowHeight(row, width());
            if (help->pos().y() < y) {
                QToolTip::showText(help->globalPos(), m_rows[row].tip, this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace weir

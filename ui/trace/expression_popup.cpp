#include "ui/trace/expression_popup.h"

#include "ui/trace/filter_field.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QScreen>

namespace weir {

ExpressionPopup::ExpressionPopup(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_question(new QLabel(this)),
      m_field(new FilterField(themes, FilterField::Use::Value, this)), m_reason(new QLabel(this)) {
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_question);
    column->addWidget(m_field);
    column->addWidget(m_reason);
    setFixedWidth(340);
    connect(m_field, &QLineEdit::textChanged, this, &ExpressionPopup::judge);
    connect(m_field, &QLineEdit::returnPressed, this, &ExpressionPopup::choose);
    connect(&m_themes, &ThemeSource::changed, this, &ExpressionPopup::dress);
    dress();
    retranslate();
}

void ExpressionPopup::openAt(const QPoint& globalPosition, std::shared_ptr<const Catalogue> catalogue) {
    m_field->setCatalogue(std::move(catalogue));
    m_field->clear();
    judge();
    adjustSize();
    const QScreen* const screen = QGuiApplication::screenAt(globalPosition);
    const QRect room = screen ? screen->availableGeometry() : QRect(globalPosition, size());
    move(std::min(globalPosition.x(), room.right() - width()), std::min(globalPosition.y(), room.bottom() - height()));
    show();
    m_field->setFocus();
}

void ExpressionPopup::judge() {
    const QString why = m_field->refusal();
    m_reason->setText(why.isEmpty() ? tr("Enter adds the column. Such as data.amount, partition, or "
                                         "UPPER(data.status).")
                                    : why);
    QPalette palette = m_reason->palette();
    palette.setColor(QPalette::WindowText, why.isEmpty() ? m_themes.theme().muted : m_themes.theme().dangerText);
    m_reason->setPalette(palette);
}

void ExpressionPopup::choose() {
    const auto expression = m_field->filter();
    if (!expression || !m_field->refusal().isEmpty())
        return;
    close();
    Q_EMIT chosen(*expression);
}

void ExpressionPopup::dress() {
    m_question->setFont(m_themes.theme().font(TextRole::Strong));
    m_reason->setFont(m_themes.theme().font(TextRole::Label));
    judge();
}

void ExpressionPopup::retranslate() {
    m_question->setText(tr("A column with the value of"));
    judge();
}

void ExpressionPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ExpressionPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir

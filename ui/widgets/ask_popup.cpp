#include "ui/widgets/ask_popup.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScreen>

namespace weir {

AskPopup::AskPopup(const ThemeSource& themes, QLineEdit* field, TextRole role, int width, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_themes(themes), m_title(new QLabel(this)), m_field(field), m_role(role),
      m_words(new QLabel(this)) {
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addWidget(m_field);
    column->addWidget(m_words);
    setFixedWidth(width);
}

void AskPopup::begin() {
    connect(m_field, &QLineEdit::textChanged, this, &AskPopup::judge);
    connect(m_field, &QLineEdit::returnPressed, this, &AskPopup::enter);
    connect(&m_themes, &ThemeSource::changed, this, &AskPopup::dress);
    dress();
    retranslate();
}

QString AskPopup::words() const {
    return m_words->text();
}

void AskPopup::openAt(QPoint global) {
    judge();
    adjustSize();
    if (const QScreen* const screen = QGuiApplication::screenAt(global)) {
        const QRect room = screen->availableGeometry();
        global.setX(std::min(global.x(), room.right() - width()));
        global.setY(std::min(global.y(), room.bottom() - height()));
    }
    move(global);
    show();
    m_field->setFocus();
}

void AskPopup::openOver(const QWidget& widget) {
    constexpr int below = 84;
    openAt(widget.mapToGlobal(QPoint((widget.width() - width()) / 2, below)));
}

void AskPopup::judge() {
    const Verdict judged = verdict();
    const bool refused = judged.state == FieldState::Refused;
    setFieldState(*m_field, judged.state);
    m_words->setText(judged.words);
    m_words->setVisible(!judged.words.isEmpty());
    QPalette palette = m_words->palette();
    palette.setColor(QPalette::WindowText, refused ? m_themes.theme().dangerText : m_themes.theme().muted);
    m_words->setPalette(palette);
}

void AskPopup::enter() {
    if (verdict().state == FieldState::Accepted)
        answer();
}

void AskPopup::dress() {
    m_title->setFont(m_themes.theme().font(TextRole::Strong));
    m_field->setFont(m_themes.theme().font(m_role));
    m_words->setFont(m_themes.theme().font(TextRole::Label));
    judge();
}

void AskPopup::retranslate() {
    const Question asked = question();
    m_title->setText(asked.title);
    if (!asked.name.isEmpty()) {
        m_field->setAccessibleName(asked.name);
        m_field->setPlaceholderText(asked.placeholder);
    }
    judge();
}

void AskPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setBrush(m_themes.theme().surface);
    painter.setPen(m_themes.theme().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void AskPopup::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace weir

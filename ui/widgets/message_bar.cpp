#include "ui/widgets/message_bar.h"

#include "ui/cut_text.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/icons.h"
#include "ui/style.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace weir {
namespace {

Tone toneOf(MessageBar::Severity severity) {
    switch (severity) {
    case MessageBar::Severity::Note:
        return Tone::Accent;
    case MessageBar::Severity::Warning:
        return Tone::Warn;
    case MessageBar::Severity::Error:
        return Tone::Danger;
    }
    Q_UNREACHABLE();
}

QString iconOf(MessageBar::Severity severity) {
    switch (severity) {
    case MessageBar::Severity::Note:
        return QStringLiteral("note");
    case MessageBar::Severity::Warning:
        return QStringLiteral("warning");
    case MessageBar::Severity::Error:
        return QStringLiteral("error");
    }
    Q_UNREACHABLE();
}

constexpr int whereRole = Qt::UserRole;
constexpr qsizetype wordMax = 80; // letters: what is said of a name of thousands comes behind it

} // namespace

MessageBar::MessageBar(const ThemeSource& themes, QWidget* parent)
    : QFrame(parent), m_themes(themes), m_icon(new QLabel(this)), m_text(new QLabel(this)),
      m_line(new QHBoxLayout), m_more(new QToolButton(this)), m_close(new QToolButton(this)), m_details(new QListWidget(this)) {
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setUniformItemSizes(true);
    m_details->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_details->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_details->viewport()->setAutoFillBackground(false);

    m_line->setSpacing(8);
    m_line->addWidget(m_icon);
    m_line->addWidget(m_text, 1);
    m_line->addWidget(m_more);
    m_line->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 6, 10, 6);
    column->setSpacing(4);
    column->addLayout(m_line);
    column->addWidget(m_details);

    connect(m_more, &QToolButton::toggled, this, &MessageBar::unfold);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_details, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        if (const QString where = item->data(whereRole).toString(); !where.isEmpty())
            Q_EMIT placeActivated(where);
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget* now) {
        if (before && now && isAncestorOf(now) && !isAncestorOf(before))
            m_focusBefore = before;
    });
    connect(&m_themes, &ThemeSource::changed, this, &MessageBar::dress);
    dress();
    retranslate();
    hide();
}

int MessageBar::tell(Severity severity, const QString& text, const Errors& details) {
    giveFocusBack();
    forgetAnswers();
    ++m_message;
    m_severity = severity;
    m_text->setText(cutWords(text, wordMax));
    setAccessibleName(m_text->text());
    m_details->clear();
    const int count = static_cast<int>(details.size());
    for (int i = 0; i < std::min(count, detailsMax); ++i) {
        const Error& error = details[static_cast<std::size_t>(i)];
        const auto cut = [](const std::string& part) {
            return cutWords(QString::fromStdString(part), wordMax).toStdString();
        };
        auto* item = new QListWidgetItem(errorText({cut(error.where), error.what, cut(error.given)}), m_details);
        item->setData(whereRole, QString::fromStdString(error.where));
    }
    m_leftOut = std::max(0, count - detailsMax);
    if (m_leftOut > 0)
        new QListWidgetItem(m_details); // its text: retranslate()
    m_more->setVisible(count > 0);
    m_more->setChecked(count > 0);
    unfold(count > 0);
    retranslate();
    dress();
    show();
    return m_message;
}

int MessageBar::ask(Severity severity, const QString& text, const QList<Answer>& answers, const Errors& details) {
    tell(severity, text, details);
    for (const Answer& answer : answers) {
        auto* button = new QToolButton(this);
        button->setText(answer.text);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        setButtonLook(*button, answer.suggested ? ButtonLook::Primary : ButtonLook::Raised);
        connect(button, &QToolButton::clicked, this, [this, chosen = answer.chosen] {
            dismiss();
            chosen();
        });
        m_line->insertWidget(m_line->indexOf(m_close), button);
        button->show(); // a layout would do it later
        m_answers.append(button);
        if (!answer.suggested)
            continue;
        // In a window that is not in front nobody tells that the keys went.
        if (QWidget* const before = window()->focusWidget(); before && !isAncestorOf(before))
            m_focusBefore = before;
        button->setFocus();
    }
    return m_message;
}

void MessageBar::retell(int message, const QString& text) {
    if (message != m_message || isHidden())
        return;
    m_text->setText(cutWords(text, wordMax));
    setAccessibleName(m_text->text());
}

void MessageBar::withdraw(int message) {
    if (message == m_message && !isHidden())
        dismiss();
}

void MessageBar::forgetAnswers() {
    for (QToolButton* button : m_answers) {
        button->hide();
        button->deleteLater(); // it may be the one that is being clicked
    }
    m_answers.clear();
}

// Left alone, Qt gives the keys to whatever comes next in the window.
void MessageBar::giveFocusBack() {
    const QWidget* const focused = window()->focusWidget();
    if (!focused || !isAncestorOf(focused))
        return;
    for (QWidget* const next : {m_focusBefore.data(), m_rest.data()})
        if (next && next->isVisible() && next->isEnabled() && next->window() == window()) {
            next->setFocus(Qt::OtherFocusReason);
            return;
        }
}

void MessageBar::dismiss() {
    giveFocusBack();
    hide();
    forgetAnswers();
    m_details->clear();
    m_leftOut = 0;
    Q_EMIT dismissed();
}

QString MessageBar::text() const {
    return m_text->text();
}

void MessageBar::unfold(bool open) {
    m_details->setVisible(open);
    // At most six lines; the list scrolls beyond.
    const int rows = std::min(m_details->count(), 6);
    m_details->setFixedHeight(rows * std::max(22, m_details->sizeHintForRow(0)) + 4);
    m_more->setIcon(makeIcon(open ? QStringLiteral("chevron_up") : QStringLiteral("chevron_down"), m_themes.theme()));
}

void MessageBar::dress() {
    const Theme& theme = m_themes.theme();
    const QIcon icon =
        makeIcon(iconOf(m_severity), IconInk{.normal = theme.colour(toneOf(m_severity)), .disabled = theme.faint});
    m_icon->setPixmap(icon.pixmap(QSize(18, 18), devicePixelRatioF()));
    m_text->setFont(theme.font(TextRole::Strong));
    m_details->setFont(theme.font(TextRole::Mono));
    m_close->setIcon(makeIcon(QStringLiteral("close"), theme));
    unfold(m_more->isChecked() && m_details->count() > 0);
    // The list lies on our tint, not on a surface of its own.
    QPalette ground = m_details->palette();
    ground.setColor(QPalette::Base, Qt::transparent);
    m_details->setPalette(ground);
    update();
}

void MessageBar::retranslate() {
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    const int shown = m_details->count() - (m_leftOut > 0 ? 1 : 0);
    m_more->setText(tr("Places: %1").arg(countText(shown + m_leftOut)));
    m_more->setToolTip(tr("Show or hide the places"));
    if (m_leftOut > 0)
        m_details->item(m_details->count() - 1)->setText(tr("and %1 more").arg(countText(m_leftOut)));
}

void MessageBar::paintEvent(QPaintEvent*) {
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.tint(toneOf(m_severity)));
    painter.fillRect(QRect(0, 0, 3, height()), theme.colour(toneOf(m_severity)));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

void MessageBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (auto* button = qobject_cast<QToolButton*>(focusWidget()); button && m_answers.contains(button))
            button->click();
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace weir

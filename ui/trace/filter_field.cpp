#include "ui/trace/filter_field.h"

#include "ui/style.h"
#include "ui/tabular.h"
#include "ui/trace/filter_words.h"
#include "ui/trace/row_expression.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>

namespace weir {

FilterField::FilterField(const ThemeSource& themes, Use use, QWidget* parent)
    : QLineEdit(parent), m_themes(themes), m_use(use), m_completer(new QCompleter(this)),
      m_words(new QStringListModel(this)) {
    setMaxLength(static_cast<int>(Expression::lengthMax));
    setClearButtonEnabled(false);
    m_completer->setModel(m_words);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterField::takeUp);
    connect(this, &QLineEdit::textChanged, this, &FilterField::read);
    connect(this, &QLineEdit::textEdited, this, &FilterField::offer);
    connect(this, &QLineEdit::returnPressed, this, [this] {
        m_prepared = false;
        read();
        remember();
    });
    connect(&m_themes, &ThemeSource::changed, this, &FilterField::dress);
    retranslate();
    dress();
}

void FilterField::setCount(const QString& count) {
    if (count == m_count)
        return;
    m_count = count;
    setTextMargins(
        2, 0, count.isEmpty() ? 2 : static_cast<int>(tabularWidth(m_themes.theme().font(TextRole::Strong), count)) + 14,
        0);
    setAccessibleDescription(m_refusal.isEmpty() ? count : m_refusal);
    update();
}

void FilterField::read() {
    const bool nothing = text().trimmed().isEmpty();
    RowExpression typed = m_use == Use::Value ? rowExpression(text()) : rowCondition(text());
    if (nothing)
        m_prepared = false;
    setFieldState(*this, nothing || m_prepared     ? FieldState::Neutral
                         : typed.refusal.isEmpty() ? FieldState::Accepted
                                                   : FieldState::Refused);
    if (typed.refusal != m_refusal) {
        m_refusal = typed.refusal;
        setAccessibleDescription(m_refusal.isEmpty() ? m_count : m_refusal);
        Q_EMIT refusalChanged();
    }
    update();
    // What cannot be used, or waits, leaves the filter before it in force.
    if (m_refusal.isEmpty() && !m_prepared && typed.expression != m_filter) {
        m_filter = std::move(typed.expression);
        Q_EMIT filterChanged();
    }
    Q_EMIT historyChanged();
}

void FilterField::offer() {
    const FilterWords next = filterWords(text(), cursorPosition(), m_catalogue.get());
    if (next.words.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_words->setStringList(next.words);
    QRect at = cursorRect();
    at.setWidth(m_completer->popup()->sizeHintForColumn(0) + 32);
    m_completer->complete(at);
}

void FilterField::takeUp(const QString& word) {
    const FilterWords next = filterWords(text(), cursorPosition(), m_catalogue.get());
    setSelection(static_cast<int>(next.from), static_cast<int>(next.length));
    insert(word);
}

void FilterField::apply(const QString& text) {
    remember();
    m_prepared = false;
    setText(text);
    remember();
}

void FilterField::prepare(const QString& text) {
    remember();
    m_prepared = true;
    setText(text);
    setFocus();
    end(false);
}

void FilterField::remember() {
    if (!m_refusal.isEmpty() || m_prepared || text() == m_history[m_place])
        return;
    m_history.resize(m_place + 1); // a new way: what lay ahead is gone
    m_history << text();
    if (m_history.size() > historyMax)
        m_history.removeFirst();
    m_place = m_history.size() - 1;
    Q_EMIT historyChanged();
}

bool FilterField::canGoBack() const {
    return m_place > 0 || text() != m_history[m_place];
}

void FilterField::goTo(qsizetype place) {
    m_place = place;
    m_prepared = false;
    setText(m_history[place]);
    read();
}

void FilterField::back() {
    // What cannot be used, or waits, is left for what is in force.
    if (m_prepared || !m_refusal.isEmpty()) {
        goTo(m_place);
        return;
    }
    remember();
    if (m_place > 0)
        goTo(m_place - 1);
}

void FilterField::forward() {
    if (canGoForward() && text() == m_history[m_place])
        goTo(m_place + 1);
}

bool FilterField::event(QEvent* event) {
    // The window has keys of the same name, which do something else there.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::AltModifier &&
            ((key->key() == Qt::Key_Left && canGoBack()) || (key->key() == Qt::Key_Right && canGoForward())))
            event->accept();
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent* event) {
    const bool popup = m_completer->popup()->isVisible();
    if (popup && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Tab)) {
        const QModelIndex chosen = m_completer->popup()->currentIndex();
        m_completer->popup()->hide();
        if (chosen.isValid()) {
            takeUp(chosen.data().toString());
            return;
        }
    }
    if (m_use != Use::Filter) { // asked once: no history, and Escape is the popup's
        QLineEdit::keyPressEvent(event);
        return;
    }
    if (event->key() == Qt::Key_Escape && !popup && !text().isEmpty()) {
        apply(QString());
        return;
    }
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        event->key() == Qt::Key_Left ? back() : forward();
        return;
    }
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) &&
        !popup) {
        event->key() == Qt::Key_Up ? back() : forward();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::focusOutEvent(QFocusEvent* event) {
    if (event->reason() != Qt::PopupFocusReason)
        remember();
    QLineEdit::focusOutEvent(event);
}

void FilterField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    const QString note = m_prepared && m_refusal.isEmpty() ? tr("Enter applies") : m_count;
    if (note.isEmpty() || text().isEmpty())
        return;
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setFont(theme.font(m_prepared ? TextRole::Label : TextRole::Strong));
    painter.setPen(m_prepared ? theme.accentText : m_refusal.isEmpty() ? theme.okText : theme.muted);
    const qreal from = width() - 10 - tabularWidth(painter.font(), note);
    if (m_prepared) // may be wider than the count that has its room
        painter.fillRect(QRectF(from - 4, 3, width() - 6 - from, height() - 6), theme.raised);
    drawTabular(painter, QRectF(from, 0, width() - 10 - from, height()), Qt::AlignLeft, note);
}

void FilterField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QLineEdit::changeEvent(event);
}

void FilterField::retranslate() {
    switch (m_use) {
    case Use::Filter:
        setAccessibleName(tr("Filter"));
        setPlaceholderText(tr("Filter, such as type LIKE 'payment.%' AND attempt > 1"));
        setToolTip(tr("An expression in CloudEvents SQL: keeps the records for which it holds, hides the others.\n"
                      "Attributes and data of the event, and of the record: kind channel subscription service instance "
                      "attempt reason latency at.\n"
                      "kind = 'deadLettered'\n"
                      "service = 'payment-service' AND latency > 1s\n"
                      "data.totalAmount > 100 AND type LIKE 'order.%'\n"
                      "Up and Down, or Alt+Left and Alt+Right: filters used before. Esc: none."));
        break;
    case Use::Value:
        setAccessibleName(tr("Value of the column"));
        setPlaceholderText(QStringLiteral("data.amount"));
        break;
    case Use::Rule:
        setAccessibleName(tr("Rows for which this holds"));
        setPlaceholderText(QStringLiteral("kind = 'failed'"));
        break;
    }
    read();
}

void FilterField::dress() {
    setFont(m_themes.theme().font(TextRole::Mono));
    update();
}

} // namespace weir

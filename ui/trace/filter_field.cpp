#include "ui/trace/filter_field.h"

#include "ui/style.h"
#include "ui/tabular.h"
#include "ui/trace/filter_words.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>

namespace weir {

FilterField::FilterField(const ThemeSource& themes, QWidget* parent)
    : QLineEdit(parent), m_themes(themes), m_completer(new QCompleter(this)), m_words(new QStringListModel(this)) {
    setMaxLength(static_cast<int>(Expression::lengthMax));
    setClearButtonEnabled(false);
    m_completer->setModel(m_words);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterField::takeUp);
    connect(this, &QLineEdit::textChanged, this, &FilterField::read);
    connect(this, &QLineEdit::textEdited, this, &FilterField::offer);
    connect(this, &QLineEdit::returnPressed, this, &FilterField::remember);
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
    const QString typed = text().trimmed();
    QString refusal;
    std::optional<Expression> filter;
    if (!typed.isEmpty()) {
        const auto parsed = Expression::parse(text().toStdString());
        if (!parsed)
            refusal = QString::fromStdString(parsed.error().text());
        else if (const auto certain = parsed.value().certainError())
            refusal = QString::fromStdString(certain->text());
        else if (parsed.value().readsRun())
            refusal = tr("metric() and state() are figures of the run: a record has none to filter by");
        else
            filter = parsed.value();
    }
    setFieldState(*this, typed.isEmpty()     ? FieldState::Neutral
                         : refusal.isEmpty() ? FieldState::Accepted
                                             : FieldState::Refused);
    if (refusal != m_refusal) {
        m_refusal = refusal;
        setAccessibleDescription(m_refusal.isEmpty() ? m_count : m_refusal);
        Q_EMIT refusalChanged();
    }
    // What cannot be used leaves the filter before it in force.
    if (m_refusal.isEmpty() && filter != m_filter) {
        m_filter = std::move(filter);
        Q_EMIT filterChanged();
    }
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

void FilterField::remember() {
    if (!m_refusal.isEmpty())
        return;
    m_history.removeAll(text());
    if (!text().trimmed().isEmpty())
        m_history << text();
    if (m_history.size() > historyMax)
        m_history.removeFirst();
    m_place = m_history.size();
}

void FilterField::back() {
    if (m_place > 0 && m_place == m_history.size() && !text().isEmpty() && m_history.last() == text())
        --m_place; // the newest is what stands there
    if (m_place > 0)
        setText(m_history[--m_place]);
}

void FilterField::forward() {
    if (m_place + 1 < m_history.size())
        setText(m_history[++m_place]);
    else if (m_place < m_history.size()) {
        m_place = m_history.size();
        clear();
    }
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
    if (event->key() == Qt::Key_Escape && !popup && !text().isEmpty()) {
        remember();
        clear();
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
    if (m_count.isEmpty() || text().isEmpty())
        return;
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(m_refusal.isEmpty() ? theme.okText : theme.muted);
    drawTabular(painter, QRectF(rect()).adjusted(0, 0, -10, 0), Qt::AlignRight, m_count);
}

void FilterField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QLineEdit::changeEvent(event);
}

void FilterField::retranslate() {
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter, such as type LIKE 'payment.%' AND attempt > 1"));
    setToolTip(tr("An expression in CloudEvents SQL: keeps the records for which it holds, hides the others.\n"
                  "Attributes and data of the event, and of the record: kind channel subscription service instance "
                  "attempt reason latency at.\n"
                  "kind = 'deadLettered'\n"
                  "service = 'payment-service' AND latency > 1s\n"
                  "data.totalAmount > 100 AND type LIKE 'order.%'\n"
                  "Up and Down, or Alt+Left and Alt+Right: filters used before. Esc: none."));
    read();
}

void FilterField::dress() {
    setFont(m_themes.theme().font(TextRole::Mono));
    update();
}

} // namespace weir

#include "ui/inspector/forms/form_line.h"

#include "ui/cut_text.h"
#include "ui/icons.h"
#include "ui/inspector/forms/density_preview.h"
#include "ui/inspector/forms/field_text.h"
#include "ui/style.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

namespace weir {
namespace {

constexpr int markHeight = 24;
constexpr int sectionTop = 8;
constexpr int densityHeight = 60;
using Role = FormRow::Role;

// A letter, digit or sign; not the space bar, which presses the row as any button.
bool isTyping(const QKeyEvent& key) {
    const Qt::KeyboardModifiers keys = key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    return keys == Qt::NoModifier && !key.text().isEmpty() && key.text().front().isPrint() &&
           !key.text().front().isSpace();
}

} // namespace

FormLine::FormLine(const ThemeSource& themes, QWidget* parent) : QAbstractButton(parent), m_themes(themes) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    connect(this, &QAbstractButton::clicked, this, &FormLine::editRequested);
    connect(&m_themes, &ThemeSource::changed, this, qOverload<>(&QWidget::update));
}

void FormLine::setRow(FormRow row) {
    constexpr qsizetype shown = 400; // letters: a line has room for some forty, a tip for the rest
    m_row = std::move(row);
    m_row.text = cutText(m_row.text, shown);
    const bool density = m_row.role == Role::density;
    if (density && !m_density)
        m_density = new DensityPreview(m_themes, this);
    if (density)
        m_density->setDistribution(m_row.value.value_or(Value("0s")), m_row.key == "times");
    setFocusPolicy(density ? Qt::NoFocus : Qt::StrongFocus);
    describe();
    updateGeometry();
    place();
    update();
}

void FormLine::describe() {
    QString name = m_row.label.isEmpty() || isItem() ? m_row.text : m_row.label;
    if (isItem() && !m_row.names)
        name = m_row.label + QStringLiteral(": ") + m_row.text;
    else if (m_row.names)
        name = m_row.label;
    setAccessibleName(name);
    QStringList words;
    if (name != m_row.text)
        words << m_row.text;
    if (!m_mark.isEmpty())
        words << m_mark;
    if (!m_problem.isEmpty())
        words << m_problem;
    setAccessibleDescription(words.join(QStringLiteral("; ")));
}

void FormLine::setLabelWidth(int width) {
    if (width == m_labelWidth)
        return;
    m_labelWidth = width;
    place();
    update();
}

int FormLine::wantedLabelWidth() const {
    if (isSection() || isItem() || m_row.role == Role::add || m_row.role == Role::more || m_row.role == Role::density)
        return 0;
    return m_row.depth * indent + QFontMetrics(m_themes.theme().font(TextRole::Body)).horizontalAdvance(m_row.label) +
           14;
}

void FormLine::setProblem(const QString& problem, const QString& draft) {
    m_problem = problem;
    m_draft = draft;
    describe();
    updateGeometry();
    place();
    update();
}

void FormLine::setMark(const QString& mark) {
    if (mark == m_mark)
        return;
    m_mark = mark;
    if (!mark.isEmpty() && !m_keep) {
        const auto button = [this](void (FormLine::*request)()) {
            auto* const made = new QToolButton(this);
            setButtonLook(*made, ButtonLook::Raised);
            made->setFont(m_themes.theme().font(TextRole::Label));
            connect(made, &QToolButton::clicked, this, request);
            return made;
        };
        m_keep = button(&FormLine::keepRequested);
        m_putBack = button(&FormLine::putBackRequested);
    }
    if (m_keep) {
        m_keep->setText(tr("Keep"));
        m_keep->setAccessibleName(tr("Keep %1").arg(m_row.label));
        m_keep->setToolTip(tr("Write the value into the scenario; the run goes on as it is"));
        m_putBack->setText(tr("Put back"));
        m_putBack->setAccessibleName(tr("Put back %1").arg(m_row.label));
        m_putBack->setToolTip(tr("Give the run the value that the scenario has, from now on"));
        m_keep->setVisible(!mark.isEmpty());
        m_putBack->setVisible(!mark.isEmpty());
    }
    describe();
    updateGeometry();
    place();
    update();
}

void FormLine::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    setCursor(readOnly && m_row.role == Role::value ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void FormLine::setEditor(QWidget* editor, bool wide) {
    m_editor = editor;
    m_wide = editor && wide;
    if (editor) {
        editor->setParent(this);
        place();
        editor->show();
        // The editor stands for the row where keys go next.
        setFocusProxy(nullptr);
        editor->setFocus();
    }
    updateGeometry();
    update();
}

bool FormLine::isSection() const {
    return m_row.role == Role::fold && !m_row.item && m_row.opensByItself();
}

bool FormLine::canReset() const {
    if (m_readOnly)
        return false;
    if (m_row.item)
        return true;
    return (m_row.role == Role::value || m_row.role == Role::fold) && m_row.given() && m_row.field &&
           !m_row.field->required && !isSection();
}

bool FormLine::isWritten() const {
    return !m_readOnly && m_row.role == Role::value && m_row.field && m_row.field->kind != FieldKind::truth &&
           m_row.field->kind != FieldKind::choice && m_row.field->kind != FieldKind::json;
}

QRect FormLine::fieldRect() const {
    return QRect(m_labelWidth, 2, width() - m_labelWidth, rowHeight - 4);
}

QRect FormLine::resetRect() const {
    const QRect box = fieldRect();
    return QRect(box.right() - 22, box.top() + 2, 20, 20);
}

int FormLine::problemHeight(int width) const {
    if (m_problem.isEmpty())
        return 0;
    const QFontMetrics metrics(m_themes.theme().font(TextRole::Label));
    return metrics.boundingRect(QRect(0, 0, std::max(60, width), 1000), Qt::TextWordWrap, m_problem).height() + 6;
}

QSize FormLine::sizeHint() const {
    int height = rowHeight;
    if (m_row.role == Role::density)
        return {240, densityHeight};
    if (isSection())
        height += sectionTop;
    if (m_wide && m_editor)
        height += m_editor->sizeHint().height() + 4;
    if (!m_mark.isEmpty())
        height += markHeight;
    return {240, height + problemHeight(width() - m_labelWidth)};
}

void FormLine::place() {
    if (m_density)
        m_density->setGeometry(rect().adjusted(0, 2, 0, -6));
    if (m_editor) {
        if (m_wide)
            m_editor->setGeometry(0, rowHeight + 2, width(), m_editor->sizeHint().height());
        else
            m_editor->setGeometry(fieldRect());
    }
    if (m_keep && !m_mark.isEmpty()) {
        const int y = height() - markHeight + 1;
        const int putBackWidth = m_putBack->sizeHint().width();
        const int keepWidth = m_keep->sizeHint().width();
        m_putBack->setGeometry(width() - putBackWidth, y, putBackWidth, markHeight - 4);
        m_keep->setGeometry(width() - putBackWidth - keepWidth - 4, y, keepWidth, markHeight - 4);
    }
}

void FormLine::resizeEvent(QResizeEvent* event) {
    QAbstractButton::resizeEvent(event);
    place();
    if (!m_problem.isEmpty() && event->oldSize().width() != width())
        updateGeometry();
}

void FormLine::paintField(QPainter& painter, const QRect& box) const {
    const Theme& theme = m_themes.theme();
    const bool live = !m_readOnly && (underMouse() || hasFocus());
    painter.setPen(Qt::NoPen);
    painter.setBrush(live ? theme.hover : theme.raised);
    painter.drawRoundedRect(box, 6, 6);
    if (!m_problem.isEmpty() || hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_problem.isEmpty() ? theme.accent : theme.danger, 1));
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    QRect words = box.adjusted(8, 0, -8, 0);
    const bool fold = m_row.role == Role::fold && (m_row.given() || m_row.open);
    const bool choice = m_row.role == Role::variant || (m_row.field && m_row.field->kind == FieldKind::choice);
    if (live && canReset() && underMouse()) {
        drawIcon(painter, QStringLiteral("clear"), QRectF(resetRect()).adjusted(3, 3, -3, -3), theme.muted);
        words.setRight(resetRect().left() - 2);
    } else if (fold || (choice && live)) {
        drawIcon(painter, fold && !m_row.open ? QStringLiteral("chevron_right") : QStringLiteral("chevron_down"),
                 QRectF(box.right() - 18, box.center().y() - 6, 12, 12), theme.muted);
        words.setRight(box.right() - 20);
    }
    painter.setFont(theme.font(TextRole::Body));
    const bool fallback = !m_row.given() && m_row.role != Role::variant && m_draft.isEmpty();
    painter.setPen(!m_problem.isEmpty() ? theme.dangerText : fallback ? theme.muted : theme.text);
    painter.drawText(
        words, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_draft.isEmpty() ? m_row.text : m_draft, Qt::ElideRight, words.width()));
}

// Lines that are no label and field: sections, items, what can be added, how many are hidden.
void FormLine::paintHeading(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    const int top = isSection() ? sectionTop : 0;
    QRect line(m_row.depth * indent, top, width() - m_row.depth * indent, rowHeight);
    if (hasFocus() || (underMouse() && !isSection())) {
        painter.setPen(hasFocus() ? QPen(theme.accent) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() ? theme.hover : QColor(Qt::transparent));
        const qreal left = std::max(0.5, line.left() - 3.5); // the widget ends there
        painter.drawRoundedRect(QRectF(line).adjusted(left - line.left(), 1.5, -0.5, -1.5), 6, 6);
    }
    const QRectF icon(line.left(), line.center().y() - 5, 12, 12);
    if (m_row.role == Role::add) {
        drawIcon(painter, QStringLiteral("plus"), icon, theme.accentText);
        painter.setFont(theme.font(TextRole::Body));
        painter.setPen(theme.accentText);
        painter.drawText(line.adjusted(18, 0, 0, 0), Qt::AlignVCenter, m_row.text);
        return;
    }
    drawIcon(painter, m_row.open ? QStringLiteral("chevron_down") : QStringLiteral("chevron_right"), icon, theme.muted);
    line.adjust(18, 0, 0, 0);
    if (m_row.role == Role::more) {
        painter.setFont(theme.font(TextRole::Label));
        painter.setPen(theme.muted);
        painter.drawText(line, Qt::AlignVCenter, m_row.text);
        return;
    }
    const bool principal = isSection() || m_row.definition == "handler" || m_row.definition == "source";
    if (canReset() && underMouse()) {
        drawIcon(painter, QStringLiteral("close"), QRectF(resetRect()).adjusted(4, 4, -4, -4), theme.muted);
        line.setRight(resetRect().left() - 4);
    }
    painter.setFont(theme.font(isSection() ? TextRole::Caption : principal ? TextRole::Strong : TextRole::Body));
    painter.setPen(isSection() ? theme.muted : theme.text);
    const QString first = isSection() || m_row.names ? m_row.label : m_row.text;
    const QString shown = painter.fontMetrics().elidedText(first, Qt::ElideRight, line.width());
    painter.drawText(line, Qt::AlignVCenter, shown);
    if (!isSection() && !m_row.names)
        return;
    line.adjust(painter.fontMetrics().horizontalAdvance(shown) + 10, 0, -8, 0);
    painter.setFont(theme.font(TextRole::Label));
    painter.setPen(theme.muted);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight,
                     painter.fontMetrics().elidedText(m_row.open && isSection() ? QString() : m_row.text,
                                                      Qt::ElideRight, line.width()));
}

void FormLine::paintBelow(QPainter& painter) const {
    const Theme& theme = m_themes.theme();
    int bottom = height();
    painter.setFont(theme.font(TextRole::Label));
    if (!m_mark.isEmpty()) {
        const QRect line(0, bottom - markHeight, m_keep ? m_keep->x() - 6 : width(), markHeight - 2);
        painter.setPen(theme.warnText);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(m_mark, Qt::ElideRight, line.width()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.warn);
        painter.drawRoundedRect(QRectF(-6, 4, 2, bottom - 8), 1, 1);
        bottom -= markHeight;
    }
    if (!m_problem.isEmpty()) {
        const int high = problemHeight(width() - m_labelWidth);
        painter.setPen(theme.dangerText);
        painter.drawText(QRect(m_labelWidth, bottom - high, width() - m_labelWidth, high),
                         Qt::TextWordWrap | Qt::AlignTop | Qt::AlignLeft, m_problem);
    }
}

void FormLine::paintEvent(QPaintEvent*) {
    if (m_row.role == Role::density)
        return;
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isSection() || isItem() || m_row.role == Role::add || m_row.role == Role::more) {
        paintHeading(painter);
    } else {
        const int left = m_row.depth * indent;
        painter.setFont(theme.font(TextRole::Body));
        painter.setPen(theme.muted);
        const QRect label(left, 0, m_labelWidth - left - 8, rowHeight);
        painter.drawText(label, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_row.label, Qt::ElideRight, label.width()));
        if (!m_editor || m_wide)
            paintField(painter, fieldRect());
    }
    paintBelow(painter);
}

void FormLine::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() & Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        Q_EMIT editRequested();
        return;
    case Qt::Key_Right:
    case Qt::Key_Left:
        if (m_row.role == Role::fold && m_row.open == (event->key() == Qt::Key_Left))
            Q_EMIT editRequested();
        return;
    case Qt::Key_Delete:
        if (canReset())
            Q_EMIT resetRequested();
        return;
    case Qt::Key_F1:
        showHelp();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int by = event->key() == Qt::Key_Up ? -1 : 1;
        if (alt && isItem())
            Q_EMIT moveRequested(by);
        else
            Q_EMIT stepRequested(by);
        return;
    }
    default:
        if (isWritten() && isTyping(*event))
            Q_EMIT typed(event->text());
        else
            QAbstractButton::keyPressEvent(event);
    }
}

void FormLine::contextMenuEvent(QContextMenuEvent* event) {
    if (m_row.role == Role::add || m_row.role == Role::more || m_row.role == Role::density)
        return;
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto offer = [&](const QString& text, const QKeySequence& keys, bool enabled, auto request) {
        QAction* const action = menu->addAction(text);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, request);
    };
    const bool fold = m_row.role == Role::fold;
    offer(fold ? (m_row.open ? tr("Fold up") : tr("Unfold")) : tr("Edit"), Qt::Key_F2, fold || !m_readOnly,
          [this] { Q_EMIT editRequested(); });
    offer(m_row.item ? tr("Remove") : tr("Back to the default"), Qt::Key_Delete, canReset(),
          [this] { Q_EMIT resetRequested(); });
    if (isItem() && !m_row.names) {
        offer(tr("Move up"), Qt::ALT | Qt::Key_Up, !m_readOnly, [this] { Q_EMIT moveRequested(-1); });
        offer(tr("Move down"), Qt::ALT | Qt::Key_Down, !m_readOnly, [this] { Q_EMIT moveRequested(1); });
    }
    offer(tr("Help"), Qt::Key_F1, !help().isEmpty(), [this] { showHelp(); });
    menu->popup(event->globalPos());
}

QString FormLine::help() const {
    QString text = m_row.field && !m_row.names ? helpOf(*m_row.field) : QString();
    const QFontMetrics metrics(m_themes.theme().font(TextRole::Body));
    if (!isItem() && metrics.horizontalAdvance(m_row.text) > fieldRect().width() - 24)
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + m_row.text;
    return text;
}

void FormLine::showHelp() {
    QToolTip::showText(mapToGlobal(QPoint(m_labelWidth, rowHeight)), help(), this);
}

bool FormLine::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // Keys that mean something here do not go to the window's actions.
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool own = key->key() == Qt::Key_F1 || key->key() == Qt::Key_F2 || key->key() == Qt::Key_Delete ||
                         key->key() == Qt::Key_Up || key->key() == Qt::Key_Down || key->key() == Qt::Key_Left ||
                         key->key() == Qt::Key_Right;
        const auto plain = key->modifiers() & ~Qt::KeypadModifier;
        if ((own && (plain == Qt::NoModifier || (plain == Qt::AltModifier && isItem()))) ||
            (isWritten() && isTyping(*key))) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const bool overReset = canReset() && resetRect().contains(static_cast<QHelpEvent*>(event)->pos());
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                           !overReset   ? help()
                           : m_row.item ? tr("Remove (Delete)")
                                        : tr("Back to the default (Delete)"),
                           this);
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease && canReset() && isDown() &&
        resetRect().contains(static_cast<QMouseEvent*>(event)->pos()) &&
        static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) {
        setDown(false);
        Q_EMIT resetRequested();
        return true;
    }
    return QAbstractButton::event(event);
}

void FormLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_keep) {
        const QString mark = m_mark;
        m_mark.clear();
        setMark(mark);
    }
    QAbstractButton::changeEvent(event);
}

} // namespace weir

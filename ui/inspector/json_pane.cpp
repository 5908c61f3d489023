#include "ui/inspector/json_pane.h"

#include "ui/details/json_ink.h"
#include "ui/errors/error_text.h"
#include "ui/inspector/parameter_changes.h"
#include "ui/inspector/start_over.h"
#include "ui/style.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBlock>

#include <algorithm>
#include <charconv>

namespace weir {
namespace {

constexpr int pauseMilliseconds = 800;

// "3:14" -> 3, 14; nothing where it is a pointer.
std::optional<std::pair<int, int>> placeIn(const std::string& where) {
    int line = 0;
    int column = 0;
    const char* const end = where.data() + where.size();
    const auto first = std::from_chars(where.data(), end, line);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':')
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, column);
    return second.ec == std::errc{} && second.ptr == end ? std::optional(std::pair(line, column)) : std::nullopt;
}

} // namespace

std::string dedented(const std::string& text) {
    std::size_t common = std::string::npos;
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
        const std::size_t first = text.find_first_not_of(" \t", at + 1);
        if (first == std::string::npos || text[first] == '\n' || text[first] == '\r')
            continue;
        common = std::min(common, first - at - 1);
    }
    if (common == std::string::npos || common == 0)
        return text;
    std::string shifted;
    for (std::size_t i = 0; i < text.size(); ++i) {
        shifted += text[i];
        if (text[i] == '\n')
            for (std::size_t skipped = 0;
                 skipped < common && i + 1 < text.size() && (text[i + 1] == ' ' || text[i + 1] == '\t'); ++skipped)
                ++i;
    }
    return shifted;
}

JsonPane::JsonPane(ParameterChanges& changes, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_changes(changes), m_themes(themes), m_lines(new QPlainTextEdit(this)),
      m_status(new QLabel(this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_lines, 1);
    column->addWidget(m_status);
    m_status->setWordWrap(true);
    m_status->setTextFormat(Qt::PlainText);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setTabChangesFocus(true);
    new JsonInk(m_lines->document(), themes);
    m_lines->installEventFilter(this);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(m_lines, &QPlainTextEdit::textChanged, this, [this] {
        m_typed = true;
        judge();
        m_pause.start();
    });
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (!m_changes.whileRunning()) // a command to a run that has begun is not given by accident
            takeUp();
    });
    connect(&m_changes, &ParameterChanges::changed, this, &JsonPane::refresh);
    connect(&m_themes, &ThemeSource::changed, this, &JsonPane::dress);
    dress();
}

QString JsonPane::problem() const {
    return m_problem;
}

void JsonPane::setPlace(const std::string& pointer, const QString& name) {
    m_name = name;
    if (pointer != m_pointer)
        m_typed = false;
    m_pointer = pointer;
    refresh();
}

void JsonPane::refresh() {
    m_lines->setReadOnly(m_changes.readOnly());
    if (m_typed)
        return; // what somebody is typing stays
    const auto text = m_changes.document().textAt(m_pointer);
    const QString shown = text ? QString::fromStdString(dedented(*text)) : QString();
    if (shown != m_lines->toPlainText()) {
        const QSignalBlocker blocker(m_lines);
        const int at = m_lines->textCursor().position();
        m_lines->setPlainText(shown);
        QTextCursor cursor = m_lines->textCursor();
        cursor.setPosition(std::min(at, static_cast<int>(shown.size())));
        m_lines->setTextCursor(cursor);
    }
    tell({}, 0, 0);
}

void JsonPane::judge() {
    const Errors errors = m_changes.checkText(m_pointer, m_lines->toPlainText().toStdString());
    if (errors.empty()) {
        tell({}, 0, 0);
        return;
    }
    const Error& error = errors.front();
    const auto place = placeIn(error.where);
    std::string where = error.where;
    if (!place && where.starts_with(m_pointer))
        where.erase(0, m_pointer.size());
    tell(errorText({where, error.what, error.given}), place ? place->first : 0,
         place ? place->second : 0);
}

void JsonPane::takeUp() {
    m_pause.stop();
    if (!m_typed || m_changes.readOnly())
        return;
    judge();
    if (!m_problem.isEmpty())
        return;
    const QString name = tr("Change the text of %1").arg(m_name);
    const std::string text = m_lines->toPlainText().toStdString();
    const auto taken = [this](const Errors& errors) {
        m_typed = m_typed && !errors.empty();
        if (errors.empty())
            refresh();
        else
            tell(errorText(errors.front()), 0, 0);
    };
    const auto outcome = m_changes.changeText(name, m_pointer, text);
    if (!outcome.onlyFromStart)
        return taken(outcome.errors);
    tell(tr("Only a run from the start can show this change. Go to the start first."), 0, 0);
    offerStartOver(*m_status, QPoint(0, m_status->height()), [this, taken, name, text, pointer = m_pointer] {
        taken(m_changes.changeTextFromStart(name, pointer, text));
    });
}

// Line and column count from 1; 0: nowhere.
void JsonPane::tell(const QString& problem, int line, int column) {
    m_problem = problem;
    QList<QTextEdit::ExtraSelection> marks;
    if (line > 0) {
        QTextEdit::ExtraSelection mark;
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(m_themes.theme().danger);
        mark.format.setBackground(m_themes.theme().tint(Tone::Danger));
        const QTextBlock block = m_lines->document()->findBlockByNumber(line - 1);
        mark.cursor = QTextCursor(block);
        mark.cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                                 std::clamp(column - 1, 0, std::max(0, block.length() - 2)));
        mark.cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor);
        marks.append(mark);
    }
    m_lines->setExtraSelections(marks);
    setFieldState(*m_lines, problem.isEmpty() ? FieldState::Neutral : FieldState::Refused);
    QPalette palette = m_status->palette();
    const Theme& theme = m_themes.theme();
    palette.setColor(QPalette::WindowText, problem.isEmpty() ? theme.muted : theme.dangerText);
    m_status->setPalette(palette);
    m_status->setText(!problem.isEmpty()         ? problem
                      : m_changes.readOnly()     ? QString()
                      : m_changes.whileRunning() ? tr("Ctrl+Enter gives the change to the run; Esc puts the text back")
                                                 : tr("Ctrl+Enter takes it up; Esc puts the text back"));
    m_lines->setAccessibleName(tr("JSON text of %1").arg(m_name));
    m_lines->setAccessibleDescription(m_status->text());
}

bool JsonPane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() & Qt::ControlModifier) {
            takeUp();
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_typed) {
            m_typed = false;
            refresh();
            return true;
        }
    }
    if (event->type() == QEvent::FocusOut && !m_changes.whileRunning())
        takeUp();
    return QWidget::eventFilter(watched, event);
}

void JsonPane::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        tell(m_problem, 0, 0);
    QWidget::changeEvent(event);
}

void JsonPane::dress() {
    m_lines->setFont(m_themes.theme().font(TextRole::Mono));
    m_status->setFont(m_themes.theme().font(TextRole::Label));
    tell(m_problem, 0, 0);
}

} // namespace weir

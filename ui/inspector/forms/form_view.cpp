#include "ui/inspector/forms/form_view.h"

#include "core/scenario/given.h"
#include "ui/errors/error_text.h"
#include "ui/format.h"
#include "ui/inspector/behaviour.h"
#include "ui/inspector/forms/choice_words.h"
#include "ui/inspector/forms/field_editor.h"
#include "ui/inspector/forms/field_text.h"
#include "ui/inspector/forms/field_words.h"
#include "ui/inspector/forms/form_line.h"
#include "ui/inspector/start_over.h"

#include <QBoxLayout>
#include <QEvent>
#include <QMenu>

#include <algorithm>

namespace weir {
namespace {

using Role = FormRow::Role;
constexpr qsizetype menuMax = 24; // more names than that are typed, with a list that narrows

QStringList listed(const std::vector<std::string>& names) {
    QStringList list;
    for (const std::string& name : names)
        list << QString::fromStdString(name);
    return list;
}

// The error that belongs to the place, or else the first one.
QString reasonIn(const Errors& errors, const std::string& pointer) {
    if (errors.empty())
        return {};
    const auto found = std::find_if(errors.begin(), errors.end(),
                                    [&pointer](const Error& error) { return error.where.starts_with(pointer); });
    const Error& error = found == errors.end() ? errors.front() : *found;
    return errorText({{}, error.what, error.given});
}

} // namespace

FormView::FormView(ParameterChanges& changes, const FormSchema& schema, const ThemeSource& themes, QWidget* parent)
    : QWidget(parent), m_changes(changes), m_schema(schema), m_themes(themes), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        // A command to a run that has begun is not given by accident.
        if (m_editor && m_edited && m_edited->problem().isEmpty() && !m_changes.whileRunning())
            takeUp();
    });
    connect(&m_changes, &ParameterChanges::changed, this, &FormView::refresh);
    connect(&m_themes, &ThemeSource::changed, this, &FormView::align);
}

void FormView::setScope(std::optional<FormScope> scope, const QString& name) {
    m_name = name;
    const bool same = scope && m_scope && scope->pointer == m_scope->pointer;
    m_scope = std::move(scope);
    if (!same) {
        closeEditor(false);
        m_refused.clear();
    }
    refresh();
}

void FormView::refresh() {
    // What it stands in has to be there; the element itself may be left out, and all of it at its defaults.
    if (!m_scope || !valueAt(m_changes.value(), parentOf(m_scope->pointer))) {
        closeEditor(false);
        layRows({});
        return;
    }
    layRows(formRows(m_schema, m_changes.value(), *m_scope, m_unfolded));
    showMarks();
}

// Lines keep their widgets, and with them focus and editor, as long as they show the same place.
void FormView::layRows(std::vector<FormRow> rows) {
    std::map<std::string, FormLine*> present;
    for (FormLine* const line : m_lines)
        present.emplace(line->row().identity(), line);
    std::vector<FormLine*> lines;
    for (FormRow& row : rows) {
        const std::string identity = row.identity();
        const auto found = present.find(identity);
        FormLine* const line = found == present.end() ? makeLine() : found->second;
        if (found != present.end())
            present.erase(found);
        line->setRow(std::move(row));
        line->setReadOnly(m_changes.readOnly());
        lines.push_back(line);
    }
    for (const auto& [identity, line] : present) {
        if (line == m_edited)
            closeEditor(false);
        m_column->removeWidget(line);
        line->hide();
        line->deleteLater();
    }
    const bool ordered = lines == m_lines;
    m_lines = std::move(lines);
    if (!ordered) {
        QWidget* before = nullptr;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            m_column->removeWidget(m_lines[i]);
            m_column->insertWidget(static_cast<int>(i), m_lines[i]);
            m_lines[i]->show();
            if (before)
                setTabOrder(before, m_lines[i]);
            before = m_lines[i];
        }
    }
    align();
}

FormLine* FormView::makeLine() {
    auto* const line = new FormLine(m_themes, this);
    connect(line, &FormLine::editRequested, this, [this, line] { edit(*line); });
    connect(line, &FormLine::typed, this, [this, line](const QString& text) { type(*line, text); });
    connect(line, &FormLine::resetRequested, this, [this, line] { reset(*line); });
    connect(line, &FormLine::moveRequested, this, [this, line](int by) { move(line->row(), by); });
    connect(line, &FormLine::stepRequested, this, [this, line](int by) { focusBeside(*line, by); });
    const auto changeOf = [this, line] {
        std::vector<ParameterChanges::RunChange> found;
        if (const auto* const change = m_changes.runChange(line->row().pointer))
            found.push_back(*change);
        return found;
    };
    const auto tell = [line](const Errors& errors) {
        if (!errors.empty())
            line->setProblem(reasonIn(errors, line->row().pointer));
    };
    connect(line, &FormLine::keepRequested, this, [this, changeOf, tell] { tell(m_changes.keep(changeOf())); });
    connect(line, &FormLine::putBackRequested, this, [this, changeOf, tell] { tell(m_changes.putBack(changeOf())); });
    return line;
}

void FormView::showMarks() {
    for (FormLine* const line : m_lines) {
        const FormRow& row = line->row();
        const bool own = (row.role == Role::value || row.role == Role::fold) && !row.pointer.empty();
        const auto* const change = own ? m_changes.runChange(row.pointer) : nullptr;
        QString mark;
        if (change) {
            const QString before = change->before && row.field ? shownValue(*row.field, *change->before)
                                   : row.field                 ? defaultText(*row.field)
                                                               : QString();
            mark = tr("since %1").arg(shortClockText(change->at));
            if (!before.isEmpty())
                mark += tr(", was %1").arg(before);
        }
        line->setMark(mark);
        const auto refused = m_refused.find(row.identity());
        if (refused != m_refused.end())
            line->setProblem(refused->second.second, refused->second.first);
        else if (line != m_edited)
            line->setProblem({});
    }
}

// As wide as the widest label, within what leaves room for the values; a label that lies deep may take more of it, in
// steps, so that its neighbours mostly begin where it does.
void FormView::align() {
    int widest = 0;
    for (const FormLine* const line : m_lines)
        widest = std::max(widest, line->wantedLabelWidth());
    const int labelWidth = std::clamp(widest, 94, std::max(94, width() * 52 / 100));
    constexpr int step = 24;
    const int most = std::max(labelWidth, width() * 62 / 100);
    for (FormLine* const line : m_lines) {
        const int steps = (std::max(0, line->wantedLabelWidth() - labelWidth) + step - 1) / step;
        line->setLabelWidth(std::min(most, labelWidth + steps * step));
    }
    updateGeometry();
}

void FormView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    align();
}

void FormView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

FieldEditor* FormView::editor() const {
    return m_editor;
}

FormLine* FormView::lineAt(const std::string& pointer) const {
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), [&pointer](const FormLine* line) {
        return line->row().pointer == pointer && (line->row().role == Role::value || line->row().role == Role::fold);
    });
    return found == m_lines.end() ? nullptr : *found;
}

void FormView::unfold(const std::string& pointer) {
    for (std::string place = pointer; !place.empty(); place = parentOf(place))
        m_unfolded.insert(place);
    m_unfolded.insert(parentOf(pointer) + "/*");
    refresh();
}

void FormView::toggle(const FormRow& row) {
    const std::string mark = row.opensByItself() ? row.pointer + "/-" : row.pointer;
    if (!m_unfolded.erase(mark))
        m_unfolded.insert(mark);
    refresh();
}

void FormView::focusBeside(const FormLine& line, int by) {
    const auto found = std::find(m_lines.begin(), m_lines.end(), &line);
    for (auto i = std::distance(m_lines.begin(), found) + by; i >= 0 && i < std::ssize(m_lines); i += by)
        if (m_lines[static_cast<std::size_t>(i)]->focusPolicy() != Qt::NoFocus) {
            m_lines[static_cast<std::size_t>(i)]->setFocus(Qt::TabFocusReason);
            return;
        }
}

// --- editing ---

void FormView::edit(FormLine& line) {
    const FormRow& row = line.row();
    if (m_editor && m_edited == &line)
        return;
    if (row.role == Role::more) {
        if (!m_unfolded.erase(row.pointer))
            m_unfolded.insert(row.pointer);
        refresh();
        return;
    }
    const bool absent = row.role == Role::fold && !row.given() && row.field;
    const bool off = row.role == Role::fold && row.given() && row.value->truth() && !*row.value->truth();
    const bool table = row.field && (row.field->kind == FieldKind::table || row.field->kind == FieldKind::truthOrTable);
    if (row.role == Role::fold && !((absent || off) && table && !m_changes.readOnly())) {
        toggle(row);
        return;
    }
    if (m_changes.readOnly())
        return;
    if (row.role == Role::fold) { // switched on with its defaults, and shown
        m_unfolded.insert(row.pointer);
        set(line, row.field->kind == FieldKind::truthOrTable
                      ? Value(true)
                      : newValue(row.field->definitions.front(), namesAtHand(m_changes.value(), row.pointer)));
        return;
    }
    if (row.role == Role::variant) {
        openChoices(line, row.choices, static_cast<int>(row.chosen),
                    [this, &line](int i) { setVariant(line, static_cast<std::size_t>(i)); });
        return;
    }
    if (row.role == Role::add) {
        addTo(line);
        return;
    }
    if (row.field->kind == FieldKind::truth) {
        const Value present = row.value.value_or(row.field->fallback);
        set(line, Value(!(present.truth() && *present.truth())));
        return;
    }
    if (row.field->kind == FieldKind::choice) {
        QStringList labels;
        for (const std::string& word : row.field->words)
            labels << choiceLabel(word, row.field->key);
        const Value present = row.value.value_or(row.field->fallback);
        const auto at = std::find(row.field->words.begin(), row.field->words.end(),
                                  present.text() ? *present.text() : std::string());
        openChoices(line, labels, static_cast<int>(at - row.field->words.begin()),
                    [this, &line](int i) { set(line, Value(line.row().field->words[static_cast<std::size_t>(i)])); });
        return;
    }
    if (const QStringList names = namesFor(row); !names.isEmpty() && names.size() <= menuMax) {
        openNames(line, names);
        return;
    }
    openEditor(line);
}

// As if its editor had stood there: what was there is replaced, and the typing goes on.
void FormView::type(FormLine& line, const QString& text) {
    edit(line);
    if (auto* const editor = qobject_cast<LineEditor*>(m_editor.data()); editor && m_edited == &line)
        editor->type(text);
}

void FormView::openChoices(FormLine& line, const QStringList& choices, int chosen,
                           const std::function<void(int)>& take) {
    auto* const menu = new QMenu(&line);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(line.accessibleName());
    for (int i = 0; i < choices.size(); ++i) {
        QAction* const action = menu->addAction(choices[i]);
        action->setCheckable(true);
        action->setChecked(i == chosen);
        connect(action, &QAction::triggered, &line, [take, i] { take(i); });
        if (i == chosen)
            menu->setActiveAction(action);
    }
    menu->popup(
        line.mapToGlobal(QPoint(line.width() - std::min(line.width(), menu->sizeHint().width()), FormLine::rowHeight)));
    menu->setFocus();
}

void FormView::openNames(FormLine& line, const QStringList& names) {
    const FormRow& row = line.row();
    const bool optional = row.field && !row.field->required;
    QStringList choices = names;
    if (optional)
        choices.prepend(tr("None"));
    const QString present = row.value && row.value->text() ? QString::fromStdString(*row.value->text()) : QString();
    const int chosen = row.given() ? static_cast<int>(choices.indexOf(present)) : optional ? 0 : -1;
    openChoices(line, choices, chosen, [this, &line, optional, names](int i) {
        if (optional && i == 0)
            set(line, std::nullopt);
        else
            set(line, Value(names[i - (optional ? 1 : 0)].toStdString()));
    });
}

void FormView::openEditor(FormLine& line) {
    if (m_editor && !takeUp())
        m_refused[m_edited->row().identity()] = {m_editor->text(), m_edited->problem()};
    closeEditor(false);
    const FormRow& row = line.row();
    const bool wide = row.field->kind == FieldKind::json;
    FieldEditor* const editor = wide ? static_cast<FieldEditor*>(new JsonEditor(*row.field, m_themes, &line))
                                     : new LineEditor(*row.field, namesFor(row), &line);
    editor->focusProxy()->setAccessibleName(line.accessibleName());
    if (auto* const plain = qobject_cast<LineEditor*>(editor); plain && !row.given())
        plain->line().setPlaceholderText(row.text);
    const auto refused = m_refused.find(row.identity());
    editor->setText(refused == m_refused.end() ? editedText(*row.field, row.value) : refused->second.first);
    m_editor = editor;
    m_edited = &line;
    m_before = row.value;
    m_applied = false;
    line.setEditor(editor, wide);
    if (refused != m_refused.end())
        judge();
    connect(editor, &FieldEditor::edited, this, [this] {
        judge();
        m_pause.start();
    });
    connect(editor, &FieldEditor::finished, this, &FormView::editorFinished);
    connect(editor, &FieldEditor::cancelled, this, [this] {
        m_refused.erase(m_edited->row().identity());
        if (m_applied)
            set(*m_edited, m_before);
        closeEditor(true);
    });
}

void FormView::closeEditor(bool focusRow) {
    m_pause.stop();
    if (!m_editor)
        return;
    FieldEditor* const editor = m_editor;
    m_editor = nullptr;
    m_changes.endStep();
    disconnect(editor, nullptr, this, nullptr);
    if (m_edited) {
        m_edited->setEditor(nullptr);
        const auto refused = m_refused.find(m_edited->row().identity());
        if (refused == m_refused.end())
            m_edited->setProblem({});
        else
            m_edited->setProblem(refused->second.second, refused->second.first);
        if (focusRow)
            m_edited->setFocus(Qt::OtherFocusReason);
    }
    m_edited = nullptr;
    editor->hide();
    editor->deleteLater();
}

// By itself first, then with the whole scenario around it.
void FormView::judge() {
    const auto value = m_editor->value();
    QString reason;
    if (!value) {
        reason = errorText(value.error());
    } else {
        const FormRow& row = m_edited->row();
        if (const QStringList names = namesFor(row); !names.isEmpty() && *value && (*value)->text() &&
                                                     !names.contains(QString::fromStdString(*(*value)->text())))
            reason = tr("there is nothing of that name");
        else
            reason = reasonIn(m_changes.check(editsOf(row, *value)), row.pointer);
    }
    m_editor->setRefused(!reason.isEmpty());
    m_edited->setProblem(reason);
}

bool FormView::takeUp() {
    m_pause.stop();
    if (!m_editor || !m_edited)
        return true;
    judge();
    if (!m_edited->problem().isEmpty()) {
        Q_EMIT editingRefused();
        return false;
    }
    const std::optional<Value> value = *m_editor->value();
    FormLine& line = *m_edited;
    m_refused.erase(line.row().identity());
    if (value == line.row().value)
        return true;
    if (!apply(line, editsOf(line.row(), value), m_editor->text()))
        return false;
    m_applied = true;
    return true;
}

void FormView::editorFinished(bool byKey) {
    if (takeUp()) {
        closeEditor(byKey);
        return;
    }
    if (byKey || !m_edited)
        return; // it is still being typed
    m_refused[m_edited->row().identity()] = {m_editor->text(), m_edited->problem()};
    closeEditor(false);
}

// --- changes ---

std::vector<Edit> FormView::editsOf(const FormRow& row, const std::optional<Value>& value) const {
    const Value& document = m_changes.value();
    if (row.names) // an entry of the user's own
        return {Edit{.pointer = row.pointer, .value = value, .newName = {}}};
    // A text in the language of the window beside one in the other.
    return editsFor(document, row.container, row.definition, row.key, value);
}

QString FormView::nameOf(const FormRow& row) const {
    const QString label = row.label.isEmpty() ? row.text : row.label;
    return m_name.isEmpty() ? tr("Change %1").arg(label) : tr("Change %1 of %2").arg(label, m_name);
}

bool FormView::apply(FormLine& line, const std::vector<Edit>& edits, const QString& draft) {
    const QString name = nameOf(line.row());
    const QPointer<FormLine> guard(&line);
    const ParameterChanges::Outcome outcome = m_changes.change(name, edits);
    if (!guard)
        return outcome.errors.empty();
    if (outcome.errors.empty()) {
        m_refused.erase(line.row().identity());
        if (&line != m_edited)
            line.setProblem({});
        return true;
    }
    if (outcome.onlyFromStart) {
        offerStart(line, edits, name);
        return true; // asked; nothing is wrong with the value
    }
    line.setProblem(reasonIn(outcome.errors, line.row().pointer), draft);
    Q_EMIT editingRefused();
    return false;
}

void FormView::offerStart(FormLine& line, const std::vector<Edit>& edits, const QString& name) {
    const QPointer<FormLine> guard(&line);
    offerStartOver(line, QPoint(0, FormLine::rowHeight), [this, guard, edits, name] {
        const Errors errors = m_changes.changeFromStart(name, edits);
        if (guard && !errors.empty())
            guard->setProblem(reasonIn(errors, guard->row().pointer));
    });
}

void FormView::set(FormLine& line, const std::optional<Value>& value) {
    apply(line, editsOf(line.row(), value));
}

void FormView::setVariant(FormLine& line, std::size_t variant) {
    const FormRow& row = line.row();
    if (variant == row.chosen)
        return;
    const bool times = row.key == "times";
    const Value present = row.value.value_or(Value("0s"));
    apply(line,
          {Edit{.pointer = row.pointer, .value = switchedTo(present, row.definition, variant, times), .newName = {}}});
}

void FormView::addTo(FormLine& line) {
    const FormRow row = line.row();
    if (row.kinds.size() == 1) {
        add(row, row.kinds.front());
        return;
    }
    QStringList labels;
    for (const std::string& kind : row.kinds)
        labels << kindLabel(kind);
    openChoices(line, labels, -1, [this, row](int i) { add(row, row.kinds[static_cast<std::size_t>(i)]); });
}

void FormView::add(const FormRow& row, const std::string& definition) {
    const Value& document = m_changes.value();
    const Value* const there = valueAt(document, row.pointer);
    std::vector<Edit> edits;
    std::string place;
    if (definition == "table" || definition == "entry") {
        std::string name = definition == "table" ? "table" : "entry";
        for (int i = 2; there && there->member(name); ++i)
            name = definition + "-" + std::to_string(i);
        place = pointerTo(row.pointer, name);
        edits.push_back(
            {.pointer = place, .value = definition == "table" ? Value(Value::Table{}) : Value(0), .newName = {}});
    } else {
        Value made = newValue(definition, namesAtHand(document, row.pointer));
        if (!there || there->list()) {
            place = row.pointer + '/' + std::to_string(there ? there->list()->size() : 0);
            edits.push_back({.pointer = row.pointer + "/-", .value = std::move(made), .newName = {}});
        } else { // a single one becomes a list of two
            place = row.pointer + "/1";
            edits.push_back({.pointer = row.pointer, .value = Value::List{*there, std::move(made)}, .newName = {}});
        }
    }
    m_unfolded.insert(place);
    for (FormLine* const line : m_lines)
        if (line->row().role == Role::add && line->row().pointer == row.pointer) {
            apply(*line, edits);
            break;
        }
    if (FormLine* const made = lineAt(place))
        made->setFocus(Qt::OtherFocusReason);
}

void FormView::reset(FormLine& line) {
    if (m_changes.readOnly())
        return;
    const FormRow row = line.row();
    m_refused.erase(row.identity());
    if (row.item && !row.names && row.container.empty()) {
        apply(line, {Edit{.pointer = row.pointer, .value = std::nullopt, .newName = {}}});
        return;
    }
    set(line, std::nullopt);
}

void FormView::move(const FormRow& row, int by) {
    const std::string list = parentOf(row.pointer);
    const Value* const there = valueAt(m_changes.value(), list);
    if (!there || !there->list() || m_changes.readOnly())
        return;
    const auto index = static_cast<std::ptrdiff_t>(std::stoul(keyOf(row.pointer)));
    if (index + by < 0 || index + by >= std::ssize(*there->list()))
        return;
    Value::List items = *there->list();
    std::swap(items[static_cast<std::size_t>(index)], items[static_cast<std::size_t>(index + by)]);
    if (FormLine* const line = lineAt(row.pointer))
        apply(*line, {Edit{.pointer = list, .value = Value(std::move(items)), .newName = {}}});
    if (FormLine* const moved = lineAt(list + '/' + std::to_string(index + by)))
        moved->setFocus(Qt::OtherFocusReason);
}

QStringList FormView::namesFor(const FormRow& row) const {
    if (row.names)
        return {};
    const FieldWord* const word = fieldWord(row.definition, row.key);
    if (!word || word->reference == Reference::none)
        return {};
    const NamesAtHand names = namesAtHand(m_changes.value(), row.pointer);
    switch (word->reference) {
    case Reference::eventType:
        return listed(names.eventTypes);
    case Reference::channel:
        return listed(names.channels);
    case Reference::exchange:
        return listed(names.exchanges);
    case Reference::service:
        return listed(names.services);
    case Reference::subscription:
        return listed(names.subscriptions);
    case Reference::stateTable:
        return listed(names.stateTables);
    case Reference::consumer:
        return listed(names.consumers);
    case Reference::poisonTarget:
        return listed(names.services) + listed(names.eventTypes);
    case Reference::node:
        return listed(names.nodes);
    case Reference::serviceOrNode:
        return listed(names.services) + listed(names.nodes);
    case Reference::none:
        break;
    }
    return {};
}

} // namespace weir

#include "ui/inspector/parameter_changes.h"

#include "core/json_pointer.h"
#include "core/scenario/load.h"
#include "ui/document/document_editor.h"
#include "ui/inspector/forms/form_values.h"
#include "ui/session/command_undo.h"
#include "ui/session/session.h"

#include <algorithm>
#include <memory>

namespace weir {
namespace {

// Null and nothing are the same to a command: the key goes.
bool same(const Value* left, const Value* right) {
    const bool leftNone = !left || left->isNull();
    const bool rightNone = !right || right->isNull();
    return leftNone || rightNone ? leftNone == rightNone : *left == *right;
}

std::optional<Value> copyOf(const Value* value) {
    return value ? std::optional(*value) : std::nullopt;
}

// The whole text with `text` in the place of what stands at the pointer: that is found by putting a word there that
// stands nowhere else.
Result<std::string> textWith(const Document& document, const std::string& pointer, const std::string& text) {
    if (pointer.empty())
        return text;
    std::string word = "place";
    while (document.text().find(word) != std::string::npos)
        word += "-of-it";
    const Edit edit{.pointer = pointer, .value = word, .newName = {}};
    const auto marked = document.with(std::span(&edit, 1));
    if (!marked)
        return marked.error();
    std::string whole = marked->text();
    const std::size_t at = whole.find('"' + word + '"');
    // Lines after the first one stand as deep as the line on which it begins.
    const std::size_t lineBegin = whole.rfind('\n', at) + 1; // npos + 1 is 0
    const std::size_t lineText = std::min(whole.find_first_not_of(" \t", lineBegin), at);
    const std::string indent = whole.substr(lineBegin, lineText - lineBegin);
    std::string indented;
    for (const char c : text) {
        indented += c;
        if (c == '\n')
            indented += indent;
    }
    return whole.replace(at, word.size() + 2, indented);
}

Command setting(const std::string& pointer, const std::optional<Value>& value) {
    Command command;
    command.kind = CommandKind::set;
    command.pointer = pointer;
    command.value = value.value_or(Value());
    return command;
}

} // namespace

ParameterChanges::ParameterChanges(Session& session, DocumentEditor& editor, QObject* parent)
    : QObject(parent), m_session(session), m_editor(editor) {
    connect(&m_session, &Session::documentChanged, this, &ParameterChanges::takeUp);
    connect(&m_session, &Session::commanded, this, &ParameterChanges::takeUp);
    connect(&m_session, &Session::advanced, this, [this] {
        // Only where the playhead passed a command, or left the start.
        const auto past = static_cast<std::size_t>(
            std::count_if(m_session.journal().begin(), m_session.journal().end(),
                          [this](const JournalEntry& entry) { return entry.at <= m_session.now(); }));
        if (past != m_commandsSeen || whileRunning() != m_whileRunning)
            takeUp();
    });
    connect(&m_editor, &DocumentEditor::changed, this, &ParameterChanges::takeUp);
    takeUp();
}

bool ParameterChanges::readOnly() const {
    return m_session.mode() != Session::Mode::simulation;
}

bool ParameterChanges::whileRunning() const {
    return m_session.mode() == Session::Mode::simulation && m_session.playhead() > 0;
}

void ParameterChanges::takeUp() {
    m_whileRunning = whileRunning();
    m_changes.clear();
    m_commandsSeen = 0;
    m_shown = readOnly() ? Document() : m_editor.document();
    std::vector<RunChange> set;
    for (const JournalEntry& entry : m_session.journal()) {
        if (entry.at > m_session.now() || readOnly())
            break;
        ++m_commandsSeen;
        if (entry.command.kind != CommandKind::set)
            continue;
        std::erase_if(set, [&entry](const RunChange& change) { return change.pointer == entry.command.pointer; });
        set.push_back({.pointer = entry.command.pointer, .value = entry.command.value, .before = {}, .at = entry.at});
    }
    for (const RunChange& change : set) {
        const bool gone = !change.value || change.value->isNull();
        const Edit edit{.pointer = change.pointer, .value = gone ? std::nullopt : change.value, .newName = {}};
        if (gone && !valueAt(m_shown.value(), change.pointer))
            continue;
        if (auto with = m_shown.with(std::span(&edit, 1)))
            m_shown = std::move(*with);
    }
    const Value& document = m_editor.document().value();
    for (RunChange& change : set) {
        const Value* const now = valueAt(m_shown.value(), change.pointer);
        const Value* const before = valueAt(document, change.pointer);
        if (same(now, before))
            continue;
        change.value = copyOf(now);
        change.before = copyOf(before);
        m_changes.push_back(std::move(change));
    }
    Q_EMIT changed();
}

const ParameterChanges::RunChange* ParameterChanges::runChange(const std::string& pointer) const {
    const auto found = std::find_if(m_changes.begin(), m_changes.end(),
                                    [&pointer](const RunChange& change) { return change.pointer == pointer; });
    return found == m_changes.end() ? nullptr : &*found;
}

Errors ParameterChanges::check(const std::vector<Edit>& edits) const {
    const auto with = m_shown.with(edits);
    if (!with)
        return {with.error()};
    const auto read = readScenario(with->value());
    return read ? Errors() : read.error();
}

Errors ParameterChanges::checkText(const std::string& pointer, const std::string& text) const {
    if (auto alone = Document::read(text); !alone)
        return alone.error();
    const auto whole = textWith(m_shown, pointer, text);
    if (!whole)
        return {whole.error()};
    const auto document = Document::read(*whole);
    if (!document)
        return document.error();
    const auto read = readScenario(document->value());
    return read ? Errors() : read.error();
}

ParameterChanges::Outcome ParameterChanges::changeText(const QString& name, const std::string& pointer,
                                                       const std::string& text) {
    if (Errors errors = checkText(pointer, text); !errors.empty())
        return {.errors = std::move(errors)};
    if (whileRunning()) {
        const auto alone = Document::read(text);
        const Value* const present = valueAt(m_shown.value(), pointer);
        return change(name, differences(present ? *present : Value(), alone->value(), pointer));
    }
    return {.errors = m_editor.editText(name, *textWith(m_shown, pointer, text))};
}

ParameterChanges::Outcome ParameterChanges::change(const QString& name, const std::vector<Edit>& edits) {
    if (readOnly())
        return {.errors = {Error{{}, tr("nothing can be changed here").toStdString(), {}}}};
    if (!whileRunning())
        return {.errors = m_editor.edit(name, edits)};
    if (Errors errors = check(edits); !errors.empty())
        return {.errors = std::move(errors)};
    std::vector<Command> commands;
    for (const Edit& edit : edits) {
        // A list that grows or a key that is renamed is another structure: no command does that.
        if (!edit.newName.empty() || edit.pointer.ends_with("/-"))
            return {.errors = {Error{edit.pointer, tr("a run keeps its structure").toStdString(), {}}},
                    .onlyFromStart = true};
        commands.push_back(setting(edit.pointer, edit.value));
    }
    Errors errors = giveAll(name, commands);
    const bool refused = !errors.empty();
    return {.errors = std::move(errors), .onlyFromStart = refused};
}

void ParameterChanges::endStep() {
    m_editor.endStep();
}

Errors ParameterChanges::changeFromStart(const QString& name, const std::vector<Edit>& edits) {
    return m_editor.edit(name, edits);
}

Errors ParameterChanges::changeTextFromStart(const QString& name, const std::string& pointer, const std::string& text) {
    Result<std::string> whole = textWith(m_editor.document(), pointer, text);
    return whole ? m_editor.editText(name, std::move(*whole)) : Errors{whole.error()};
}

Errors ParameterChanges::give(const QString& name, const Command& command) {
    return giveAll(name, {command});
}

Errors ParameterChanges::giveAll(const QString& name, const std::vector<Command>& commands) {
    std::vector<std::unique_ptr<CommandUndo>> steps;
    for (const Command& command : commands) {
        Errors errors = CommandUndo::give(m_session, command, name, steps.emplace_back());
        if (errors.empty())
            continue;
        for (auto step = steps.rbegin(); step != steps.rend(); ++step)
            if (*step)
                (*step)->undo();
        return errors;
    }
    std::erase(steps, nullptr); // what cannot be undone
    if (steps.size() > 1)
        m_editor.undoStack().beginMacro(name);
    for (std::unique_ptr<CommandUndo>& step : steps)
        m_editor.undoStack().push(step.release());
    if (steps.size() > 1)
        m_editor.undoStack().endMacro();
    return {};
}

Errors ParameterChanges::addKeepingRun(const QString& name, const std::string& pointer, const Value& value) {
    return m_editor.editKeepingRun(name, {Edit{.pointer = pointer, .value = value, .newName = {}}});
}

Errors ParameterChanges::keep(const std::vector<RunChange>& changes) {
    std::vector<Edit> edits;
    for (const RunChange& change : changes)
        edits.push_back({.pointer = change.pointer, .value = change.value, .newName = {}});
    if (edits.empty())
        return {};
    return m_editor.editKeepingRun(tr("Keep what was changed while running"), edits);
}

Errors ParameterChanges::putBack(const std::vector<RunChange>& changes) {
    const std::vector<RunChange> all = changes; // the list changes with each
    const QString name = tr("Put back what was changed while running");
    if (all.size() > 1)
        m_editor.undoStack().beginMacro(name);
    Errors errors;
    for (const RunChange& change : all)
        if (Errors refused = give(name, setting(change.pointer, change.before)); !refused.empty() && errors.empty())
            errors = std::move(refused);
    if (all.size() > 1)
        m_editor.undoStack().endMacro();
    return errors;
}

const Document& ParameterChanges::document() const {
    return m_shown;
}

} // namespace weir

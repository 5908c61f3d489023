#include "ui/document/document_step.h"

#include "ui/document/document_editor.h"

#include <algorithm>
#include <utility>

namespace weir {

TextPatch TextPatch::between(const std::string& before, const std::string& after) {
    const std::size_t common = std::min(before.size(), after.size());
    std::size_t begin = 0;
    while (begin < common && before[begin] == after[begin])
        ++begin;
    std::size_t end = 0;
    while (end < common - begin && before[before.size() - 1 - end] == after[after.size() - 1 - end])
        ++end;
    return {begin, before.substr(begin, before.size() - end - begin), after.substr(begin, after.size() - end - begin)};
}

std::string TextPatch::applied(std::string text) const {
    text.replace(at, removed.size(), inserted);
    return text;
}

std::string TextPatch::undone(std::string text) const {
    text.replace(at, inserted.size(), removed);
    return text;
}

DocumentStep::DocumentStep(DocumentEditor& editor, const QString& name, TextPatch patch,
                           std::vector<std::string> pointers, Renames renames, bool mergesWithLast, bool keepsRun)
    : QUndoCommand(name), m_editor(editor), m_patch(std::move(patch)), m_pointers(std::move(pointers)),
      m_renames(std::move(renames)), m_mergesWithLast(mergesWithLast), m_keepsRun(keepsRun) {}

DocumentEditor::Run DocumentStep::run() const {
    return m_keepsRun ? DocumentEditor::Run::keeps : DocumentEditor::Run::follows;
}

void DocumentStep::undo() {
    Renames back;
    for (auto rename = m_renames.rbegin(); rename != m_renames.rend(); ++rename)
        back.push_back({rename->to, rename->from});
    m_editor.restore(m_patch.undone(m_editor.document().text()), back, run());
}

void DocumentStep::redo() {
    if (!std::exchange(m_done, false))
        m_editor.restore(m_patch.applied(m_editor.document().text()), m_renames, run());
}

bool DocumentStep::mergeWith(const QUndoCommand* next) {
    const auto* step = dynamic_cast<const DocumentStep*>(next);
    if (!step || !step->m_mergesWithLast || step->text() != text() || step->m_pointers != m_pointers ||
        step->m_keepsRun != m_keepsRun || !m_renames.empty())
        return false;
    const std::string& now = m_editor.document().text();
    const std::string before = m_patch.undone(step->m_patch.undone(now));
    m_patch = TextPatch::between(before, now);
    setObsolete(m_patch.removed == m_patch.inserted);
    return true;
}

} // namespace weir

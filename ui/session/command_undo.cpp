#include "ui/session/command_undo.h"

#include <algorithm>
#include <utility>

namespace weir {

CommandUndo::CommandUndo(Session& session, Command command, Command inverse, const QString& text)
    : QUndoCommand(text), m_session(session), m_command(std::move(command)), m_inverse(std::move(inverse)) {}

Errors CommandUndo::give(Session& session, const Command& command, const QString& text,
                         std::unique_ptr<CommandUndo>& step) {
    const std::optional<Command> inverse = session.inverse(command);
    if (Errors errors = session.apply(command); !errors.empty())
        return errors;
    if (inverse)
        step.reset(new CommandUndo(session, command, *inverse, text));
    return {};
}

// Where the present run was never given what is to be undone (it began anew, it is another one), or takes nothing any
// more, the step is of no use: the stack drops it.
void CommandUndo::give(const Command& command, const Command& undone) {
    const Journal& journal = m_session.journal();
    const bool given = std::any_of(journal.begin(), journal.end(),
                                   [&](const JournalEntry& entry) { return entry.command == undone; });
    if (!given || !m_session.apply(command).empty())
        setObsolete(true);
}

void CommandUndo::undo() {
    give(m_inverse, m_command);
}

void CommandUndo::redo() {
    if (!std::exchange(m_given, false))
        give(m_command, m_inverse);
}

} // namespace weir

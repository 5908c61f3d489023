#include "ui/session/command_undo.h"

#include <utility>

namespace weir {

CommandUndo::CommandUndo(Session& session, Command command, Command inverse, const QString& text)
    : QUndoCommand(text), m_session(session), m_command(std::move(command)), m_inverse(std::move(inverse)),
      m_document(session.documentNumber()) {}

Errors CommandUndo::give(Session& session, const Command& command, const QString& text,
                         std::unique_ptr<CommandUndo>& step) {
    const std::optional<Command> inverse = session.inverse(command);
    if (Errors errors = session.apply(command); !errors.empty())
        return errors;
    if (inverse)
        step.reset(new CommandUndo(session, command, *inverse, text));
    return {};
}

// One that the run does not take any more (it has ended, another one is open) is of no use: the stack drops it.
void CommandUndo::undo() {
    if (m_session.documentNumber() != m_document || !m_session.apply(m_inverse).empty())
        setObsolete(true);
}

void CommandUndo::redo() {
    if (std::exchange(m_given, false))
        return;
    if (m_session.documentNumber() != m_document || !m_session.apply(m_command).empty())
        setObsolete(true);
}

} // namespace weir

#include "ui/inspector/given_command.h"

#include "ui/session/session.h"

namespace weir {

GivenCommand::GivenCommand(const QString& text, Session& session, Command command, Command inverse)
    : QUndoCommand(text), m_session(session), m_command(std::move(command)), m_inverse(std::move(inverse)),
      m_run(session.currentRun()) {}

void GivenCommand::redo() {
    if (!m_given)
        apply(m_command);
    m_given = false;
}

void GivenCommand::undo() {
    apply(m_inverse);
}

void GivenCommand::apply(const Command& command) {
    // A run that was forked from it, by this very command, is its own too.
    if (m_session.mode() != Session::Mode::simulation || !m_session.apply(command).empty()) {
        setObsolete(true);
        return;
    }
    m_run = m_session.currentRun();
}

} // namespace weir

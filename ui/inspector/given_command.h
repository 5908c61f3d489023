// GivenCommand: a command to the run as a step of the undo stack: undone by its inverse, which is one more command. It
// belongs to the run it was given to; where that run is no longer shown it does nothing.
#pragma once

#include "core/simulation/command.h"

#include <QUndoCommand>

namespace weir {

class Session;

class GivenCommand final : public QUndoCommand {
  public:
    // What was applied just now, and what puts it back.
    GivenCommand(const QString& text, Session& session, Command command, Command inverse);

    void redo() override;
    void undo() override;

  private:
    void apply(const Command& command);

    Session& m_session;
    Command m_command;
    Command m_inverse;
    std::uint64_t m_run;
    bool m_given = true; // the first redo finds it done
};

} // namespace weir

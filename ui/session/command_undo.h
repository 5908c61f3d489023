// CommandUndo: a command given to the run as one step of an undo stack: undone by its inverse, which is a command too, at
// the playhead of then. Redriving, discarding and publishing cannot be undone.
#pragma once

#include "ui/session/session.h"

#include <QUndoCommand>

#include <memory>

namespace weir {

class CommandUndo final : public QUndoCommand {
  public:
    // Gives the command. Errors: nothing was given, and nothing is to be pushed. The step that is returned in `step` is
    // to be pushed; null where the command cannot be undone.
    static Errors give(Session& session, const Command& command, const QString& text, std::unique_ptr<CommandUndo>& step);

    void undo() override;
    void redo() override;

  private:
    CommandUndo(Session& session, Command command, Command inverse, const QString& text);

    void give(const Command& command, const Command& undone);

    Session& m_session;
    Command m_command;
    Command m_inverse;
    bool m_given = true;      // pushing it does not give it once more
};

} // namespace weir

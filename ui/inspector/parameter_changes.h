// ParameterChanges: where the edits of forms go. While the run stands at its start they change the document; once it
// has begun, each is a command that changes the run from the playhead on, and is remembered until it is kept (written
// into the document, the run goes on as it is) or put back. Either way it is one step of the one undo stack. What forms
// show is value(): the document as the run has it at the playhead.
#pragma once

#include "core/result.h"
#include "core/scenario/document.h"
#include "core/simulation/command.h"
#include "core/value.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace weir {

class DocumentEditor;
class Session;

class ParameterChanges final : public QObject {
    Q_OBJECT
  public:
    ParameterChanges(Session& session, DocumentEditor& editor, QObject* parent = nullptr);

    DocumentEditor& editor() const { return m_editor; }
    bool readOnly() const;     // there is no document: nothing open, or a live system
    bool whileRunning() const; // edits are commands
    const Value& value() const { return m_shown.value(); }
    // The text of the document, with what commands have set.
    const Document& document() const;

    struct Outcome {
        Errors errors;              // empty: done
        bool onlyFromStart = false; // the run cannot take it up on its way, but could begin anew with it
    };
    // Nothing changes where it is refused. `name` is translated: what undo says.
    Outcome change(const QString& name, const std::vector<Edit>& edits);
    void endStep(); // what follows is a step of its own, though it is at the same place
    // In the document, whatever the run is at: it starts over.
    Errors changeFromStart(const QString& name, const std::vector<Edit>& edits);
    Errors changeTextFromStart(const QString& name, const std::string& pointer, const std::string& text);
    // What change() would say of the value, without doing it.
    Errors check(const std::vector<Edit>& edits) const;
    // The same for the text of one place, as somebody wrote it, comments included. Errors of its syntax have
    // "line:column" of that text.
    Outcome changeText(const QString& name, const std::string& pointer, const std::string& text);
    Errors checkText(const std::string& pointer, const std::string& text) const;
    // A command to the run as one step of the undo stack.
    Errors give(const QString& name, const Command& command);
    // Several as one step, each an entry of the journal: all of them or none.
    Errors giveAll(const QString& name, const std::vector<Command>& commands);

    // Into the document alone: the run goes on as it is.
    Errors addKeepingRun(const QString& name, const std::string& pointer, const Value& value);

    struct RunChange {
        std::string pointer;
        std::optional<Value> value;  // that the run has
        std::optional<Value> before; // that the document has
        SimTime at;
    };
    const std::vector<RunChange>& runChanges() const { return m_changes; }
    const RunChange* runChange(const std::string& pointer) const;
    Errors keep(const std::vector<RunChange>& changes);
    Errors putBack(const std::vector<RunChange>& changes);

  Q_SIGNALS:
    void changed(); // value(), runChanges() or what edits do

  private:
    void takeUp();

    Session& m_session;
    DocumentEditor& m_editor;
    Document m_shown;
    std::vector<RunChange> m_changes;
    bool m_whileRunning = false;
    std::size_t m_commandsSeen = 0;
};

} // namespace weir

// DocumentEditor: the document that is open, and the only way to change it. Each edit is one step of the undo stack and is
// refused whole where the result would not load; the session runs what the document says, and what check() finds is kept
// beside it. It knows no file and no view: the window's views edit through it and follow changed().
//
// An edit of appearance (layout, titles, notes, expectations, breakpoints) leaves the run alone. Any other begins it anew,
// running if it ran, with the same node and event type selected by their names.
#pragma once

#include "core/scenario/document.h"
#include "core/scenario/finding.h"
#include "core/scenario/scenario.h"
#include "ui/session/selection.h"

#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <memory>
#include <vector>

namespace weir {

class DocumentStep;
class Session;

class DocumentEditor final : public QObject {
    Q_OBJECT
  public:
    // To be made before the views: the selection has to fit a new catalogue before they read it.
    DocumentEditor(Session& session, Selection& selection, QObject* parent = nullptr);
    ~DocumentEditor() override;

    // Another document, which begins at its start, paused, with nothing to undo. `path` is for titles only. Errors leave the
    // present one as it is.
    Errors open(std::string text, const QString& path);
    void close();
    bool isOpen() const { return !m_document.text().empty(); }

    // Empty ones while nothing is open.
    const Document& document() const { return m_document; }
    const Scenario& scenario() const { return m_scenario; } // as the document has it, whatever commands have done to the run
    const std::vector<Finding>& findings() const { return m_findings; }

    // One step under this name (translated: "Rename Channel"), or errors and no change. Consecutive edits of the same name
    // at the same pointers become one step, until endStep() or a save: so a field edits at each key and undoes as one.
    Errors edit(const QString& name, const std::vector<Edit>& edits);
    void endStep();
    // The same, while the run goes on as it is: for what was tried on the run and is to be kept. The next run has it.
    Errors editKeepingRun(const QString& name, const std::vector<Edit>& edits);
    // All of the text, where somebody types it.
    Errors editText(const QString& name, std::string text);
    QUndoStack& undoStack() { return m_stack; }

  Q_SIGNALS:
    void changed();         // text, value and scenario are others; also when another document is open, or none
    void findingsChanged(); // at once after changed(), or a moment later where a check takes long

  private:
    friend class DocumentStep;
    void takeUpRun();
    enum class Run : std::uint8_t { follows, keeps };
    Errors make(const QString& name, const std::vector<Edit>& edits, Run run);
    Errors replace(Document document, const Renames& renames, Run run);
    Errors push(Document document, const QString& name, std::vector<std::string> pointers, Renames renames, Run run);
    void restore(std::string text, const Renames& renames, Run run);
    void checkSoon();
    void checkNow();

    Session& m_session;
    Selection& m_selection;
    QUndoStack m_stack;
    Document m_document;
    std::string m_folder; // where files that it names stand; empty: not known
    Scenario m_scenario;
    std::vector<Finding> m_findings;
    std::shared_ptr<const Catalogue> m_catalogue; // which the selection's handles belong to
    const Renames* m_renames = nullptr;           // while an edit is taken up
    bool m_opening = false;
    bool m_stepEnded = false;
    QTimer m_checkTimer;
    qint64 m_checkCost = 0; // ms, of the last one
};

} // namespace weir

#include "ui/document/document_editor.h"

#include "core/json_pointer.h"
#include "core/scenario/appearance.h"
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "ui/document/document_step.h"
#include "ui/session/session.h"

#include <QElapsedTimer>

#include <cassert>

namespace weir {
namespace {

constexpr qint64 promptMax = 20;  // ms: a check within this goes with each change
constexpr int checkPause = 300;   // ms without a change before a longer one

// Which nodes and event types have another name after the edits.
Renames renamesIn(const std::vector<Edit>& edits) {
    Renames renames;
    for (const Edit& edit : edits) {
        const auto steps = pointerSteps(edit.pointer);
        if (!edit.newName.empty() && steps && steps->size() == 2 &&
            (steps->front() == "channels" || steps->front() == "services" || steps->front() == "events"))
            renames.push_back({steps->back(), edit.newName});
    }
    return renames;
}

} // namespace

DocumentEditor::DocumentEditor(Session& session, Selection& selection, QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection) {
    connect(&m_session, &Session::documentChanged, this, &DocumentEditor::takeUpRun);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(checkPause);
    connect(&m_checkTimer, &QTimer::timeout, this, &DocumentEditor::checkNow);
}

DocumentEditor::~DocumentEditor() = default;

// Before any view reads the new catalogue, the selection's handles have to be of it.
void DocumentEditor::takeUpRun() {
    const std::shared_ptr<const Catalogue> before = std::move(m_catalogue);
    m_catalogue = m_session.catalogue();
    if (m_session.sameDocument() && before && m_catalogue)
        m_selection.carry(*before, *m_catalogue, m_renames ? *m_renames : Renames());
    else
        m_selection.clear();
    if (!m_session.sameDocument() && !m_opening && isOpen())
        close(); // a live system, or a scenario that comes from no document
}

Errors DocumentEditor::open(std::string text, const QString& path) {
    Result<Document, Errors> document = Document::read(std::move(text));
    if (!document)
        return document.error();
    std::string folder = path.isEmpty() ? std::string() : folderOf(path.toStdString());
    Result<Scenario, Errors> scenario = readScenario(document->value(), folder);
    if (!scenario)
        return scenario.error();
    m_opening = true;
    Errors errors = m_session.open(*scenario, path);
    m_opening = false;
    if (!errors.empty())
        return errors;
    m_document = std::move(*document);
    m_folder = std::move(folder);
    m_scenario = std::move(*scenario);
    m_stack.clear();
    m_findings.clear();
    Q_EMIT changed();
    Q_EMIT findingsChanged(); // the new ones may be none, too
    checkSoon();
    return {};
}

void DocumentEditor::close() {
    if (!isOpen())
        return;
    m_document = {};
    m_scenario = {};
    m_findings.clear();
    m_checkTimer.stop();
    m_stack.clear();
    Q_EMIT changed();
    Q_EMIT findingsChanged();
}

Errors DocumentEditor::edit(const QString& name, const std::vector<Edit>& edits) {
    return make(name, edits, Run::follows);
}

Errors DocumentEditor::editKeepingRun(const QString& name, const std::vector<Edit>& edits) {
    return make(name, edits, Run::keeps);
}

Errors DocumentEditor::make(const QString& name, const std::vector<Edit>& edits, Run run) {
    assert(isOpen());
    Result<Document> document = m_document.with(edits);
    if (!document)
        return {document.error()};
    std::vector<std::string> pointers;
    for (const Edit& edit : edits)
        pointers.push_back(edit.pointer);
    return push(std::move(*document), name, std::move(pointers), renamesIn(edits), run);
}

Errors DocumentEditor::editText(const QString& name, std::string text) {
    assert(isOpen());
    Result<Document, Errors> document = Document::read(std::move(text));
    if (!document)
        return document.error();
    return push(std::move(*document), name, {std::string()}, {}, Run::follows);
}

void DocumentEditor::endStep() {
    m_stepEnded = true;
}

Errors DocumentEditor::push(Document document, const QString& name, std::vector<std::string> pointers, Renames renames,
                            Run run) {
    const std::string before = m_document.text();
    if (document.text() == before)
        return {};
    if (Errors errors = replace(std::move(document), renames, run); !errors.empty())
        return errors;
    const bool mergeable = !m_stepEnded && renames.empty();
    m_stepEnded = false;
    m_stack.push(new DocumentStep(*this, name, TextPatch::between(before, m_document.text()), std::move(pointers),
                                  std::move(renames), mergeable, run == Run::keeps));
    return {};
}

Errors DocumentEditor::replace(Document document, const Renames& renames, Run run) {
    Result<Scenario, Errors> scenario = readScenario(document.value(), m_folder);
    if (!scenario)
        return scenario.error();
    m_renames = &renames;
    Errors errors = m_session.revise(*scenario, sameBehaviour(m_document.value(), document.value())
                                                    ? Session::Revision::appearance
                                                : run == Run::keeps ? Session::Revision::nextRun
                                                                    : Session::Revision::behaviour);
    m_renames = nullptr;
    if (!errors.empty())
        return errors;
    m_document = std::move(document);
    m_scenario = std::move(*scenario);
    Q_EMIT changed();
    checkSoon();
    return {};
}

// A step undone or done again: it was loaded before, so it loads.
void DocumentEditor::restore(std::string text, const Renames& renames, Run run) {
    m_stepEnded = true;
    Result<Document, Errors> document = Document::read(std::move(text));
    assert(document);
    const Errors errors = replace(std::move(*document), renames, run);
    assert(errors.empty());
    static_cast<void>(errors);
}

void DocumentEditor::checkSoon() {
    if (m_checkCost <= promptMax)
        checkNow();
    else
        m_checkTimer.start();
}

void DocumentEditor::checkNow() {
    m_checkTimer.stop();
    QElapsedTimer clock;
    clock.start();
    std::vector<Finding> findings = check(m_scenario);
    m_checkCost = clock.elapsed();
    if (findings == m_findings)
        return;
    m_findings = std::move(findings);
    Q_EMIT findingsChanged();
}

} // namespace weir

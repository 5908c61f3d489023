// The part of the session that changes runs: commands at the playhead, forks, and going from one run to another.
#include "core/scenario/load.h"
#include "ui/session/kept_run.h"
#include "ui/session/past_records.h"
#include "ui/session/recent_past.h"
#include "ui/session/session.h"
#include "ui/session/simulation_worker.h"

#include <QThreadPool>

#include <algorithm>
#include <memory>

namespace weir {

void Session::takeUpRun(std::size_t place) {
    m_current = place;
    if (m_store)
        m_store->showExcerpt(nullptr);
    m_past = std::make_unique<PastRecords>();
    m_pastReader.reset();
    m_recent->clear();
    KeptRun& run = *m_runs[place];
    m_worker = run.worker.get();
    m_store = m_worker->store();
    m_catalogue = m_worker->catalogue();
    m_messages = run.messages;
    m_scenario = run.scenarioAt(m_playhead);
}

std::vector<Session::Run> Session::runs() const {
    std::vector<Run> told;
    for (const auto& run : m_runs)
        told.push_back(run->told());
    return told;
}

std::uint64_t Session::currentRun() const {
    return m_runs.empty() ? 0 : m_runs[m_current]->id;
}

const Journal& Session::journal() const {
    static const Journal none;
    return m_worker ? m_worker->journal() : none;
}

void Session::followScenario() {
    const std::shared_ptr<const Scenario>& now = m_runs[m_current]->scenarioAt(m_playhead);
    if (now == m_scenario)
        return;
    m_scenario = now;
    Q_EMIT scenarioChanged();
}

std::optional<Command> Session::inverse(const Command& command) const {
    if (m_past)
        m_past->errand().finish();
    return m_worker ? m_worker->inverse(command, commandBoundary()) : std::nullopt;
}

Errors Session::apply(const Command& command) {
    if (!m_worker)
        return {{"command", "needs a simulation", ""}};
    m_past->errand().finish();
    const Boundary at = commandBoundary();
    const bool seenFurther = m_store->shown() > at.records;
    std::unique_ptr<SimulationWorker> branch = seenFurther ? branchAt(at) : nullptr;
    if (seenFurther && !branch)
        return {{"command", "needs a moment whose records can be made again", ""}};
    SimulationWorker& worker = branch ? *branch : *m_worker;
    const Result<JournalEntry> entry = worker.apply(command, at);
    m_reader->refresh();
    if (!entry)
        return {entry.error()};
    if (branch)
        keep(std::move(branch));
    m_reader->refresh();
    // What the command did at once is shown with it, and no more: the worker may have gone on already.
    m_runs[m_current]->noteScenario(m_worker->lastCommand().begin, *m_document);
    m_playTime = std::max(m_playTime, entry->at);
    m_playhead = m_worker->lastCommand().end;
    m_headPicture.reset();
    m_endTold = false;
    m_watches.forget();
    if (seenFurther)
        showOtherRun();
    showUpToPlayhead();
    Q_EMIT commanded();
    Q_EMIT advanced();
    return {};
}

// The new run becomes the current one; the oldest of the others goes where there are too many.
void Session::keep(std::unique_ptr<SimulationWorker> branch) {
    auto run = std::make_unique<KeptRun>(std::move(branch), ++m_runsBegun);
    KeptRun& from = *m_runs[m_current];
    run->forkedFrom = from.id;
    run->forkedAt = run->worker->forkedAt();
    run->forkedTime = m_playTime;
    run->versions = from.versions;
    while (run->versions.size() > 1 && run->versions.back().from >= run->forkedAt)
        run->versions.pop_back();
    run->profile = from.profile;
    add(std::move(run));
}

void Session::add(std::unique_ptr<KeptRun> run) {
    if (m_runs.size() == runsMax) {
        const auto oldest = m_runs.begin() + (m_current == 0 ? 1 : 0);
        giveUp(std::move(*oldest));
        m_runs.erase(oldest);
        ++m_runsDropped;
    }
    m_runs.push_back(std::move(run));
    takeUpRun(m_runs.size() - 1);
    m_reader = std::make_unique<RecordReader>(m_store, RecordReader::Extent::made);
    m_seenHit.reset();
}

// Freed by another thread: with the snapshots of ten million records that takes a tenth of a second.
void Session::giveUp(std::unique_ptr<KeptRun> run) {
    QThreadPool::globalInstance()->start(
        [shared = std::shared_ptr<KeptRun>(std::move(run))]() mutable { shared.reset(); });
}

Errors Session::runOn(const std::string& profile) {
    if (!m_worker)
        return {{"profile", "needs a simulation", ""}};
    m_past->errand().finish();
    const Result<Scenario, Errors> scenario = readScenario(onProfile(m_document->document, profile));
    if (!scenario)
        return scenario.error();
    auto model = Model::compile(*scenario);
    if (!model)
        return model.error();
    auto compiled = Expectations::compile(*scenario, *model);
    if (!compiled)
        return compiled.error();
    std::optional<Expectations> expectations;
    if (!scenario->expect.empty())
        expectations = std::move(compiled).value();
    pause();
    const SimTime reached = m_playTime;
    auto run =
        std::make_unique<KeptRun>(std::make_unique<SimulationWorker>(std::move(model).value(), std::move(expectations),
                                                                     Recorder::Options{.recordsMax = m_recordsMax}),
                                  ++m_runsBegun);
    run->profile = QString::fromStdString(profile);
    add(std::move(run));
    m_playhead = 0;
    m_playTime = SimTime{};
    m_headPicture.reset();
    m_endTold = false;
    showOtherRun();
    Q_EMIT advanced();
    runUntil(reached);
    return {};
}

void Session::fork() {
    if (!m_worker)
        return;
    m_past->errand().finish();
    pause();
    struct Branch {
        std::unique_ptr<SimulationWorker> run;
        bool made = false; // or refused
    };
    const auto branch = std::make_shared<Branch>();
    const auto branchOff = [this, branch] {
        if (!branch->made)
            branch->run = branchAt(commandBoundary());
        if (!branch->run)
            return;
        keep(std::move(branch->run));
        m_playhead = m_worker->forkedAt();
        // A due that makes several records is gone through to its end: the new run may begin a little later.
        m_playTime = std::max(m_playTime, m_worker->head().time);
        m_headPicture.reset();
        m_endTold = false;
        showOtherRun();
        showUpToPlayhead();
        // Every view has just begun anew; what it does for a playhead that moved waits until the window has drawn
        // breath.
        QTimer::singleShot(0, this, &Session::advanced);
    };
    const Boundary at = commandBoundary();
    if (m_worker->isNear(at)) {
        branchOff();
        return;
    }
    const auto goOn = [this, branch, at] { // what shows the new run takes a turn of its own
        if (!m_worker->isNear(at)) {
            m_worker->goNearer(at);
            return;
        }
        branch->run = branchAt(at);
        branch->made = true;
    };
    m_past->errand().begin(Errand::Kind::deed, {.isShort = [branch] { return branch->made; }, .goOn = goOn}, branchOff);
}

void Session::showOtherRun() {
    m_sameDocument = true;
    watchRun();
    Q_EMIT documentChanged();
    Q_EMIT runsChanged();
}

void Session::switchTo(std::uint64_t id) {
    if (m_past)
        m_past->errand().finish();
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&](const auto& run) { return run->id == id; });
    if (found == m_runs.end() || id == currentRun())
        return;
    pause();
    takeUpRun(static_cast<std::size_t>(found - m_runs.begin()));
    m_reader = std::make_unique<RecordReader>(m_store, RecordReader::Extent::made);
    m_headPicture.reset();
    m_endTold = false;
    m_playTime = std::min(m_playTime, headTime());
    m_playhead = indexAfter(m_playTime);
    showUpToPlayhead();
    showOtherRun();
    QTimer::singleShot(0, this, &Session::advanced);
}

} // namespace weir

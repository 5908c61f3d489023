#include "ui/session/session.h"

#include "core/live/tap.h"
#include "core/scenario/appearance.h"
#include "core/scenario/load.h"
#include "core/services/generated_messages.h"
#include "core/simulation/model.h"
#include "ui/session/kept_run.h"
#include "ui/session/past_records.h"
#include "ui/session/recent_past.h"
#include "ui/session/simulation_worker.h"

#include <algorithm>
#include <cassert>
#include <mutex>

namespace weir {

namespace {

constexpr int tickMilliseconds = 16;
constexpr std::chrono::milliseconds stepPatience{40}; // the window must not stall
constexpr std::int64_t factorWindow = 1'000'000'000;  // ns over which the factor reached is measured

} // namespace

Session::Session(QObject* parent) : QObject(parent), m_recent(std::make_unique<RecentPast>()) {
    m_timer.setInterval(tickMilliseconds);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Session::tick);
}

Session::~Session() {
    leave();
}

Errors Session::openFile(const QString& path) {
    Result<Scenario, Errors> scenario = loadScenarioFile(path.toStdString());
    if (!scenario)
        return scenario.error();
    return open(std::move(scenario).value(), path);
}

Errors Session::open(Scenario scenario, const QString& path) {
    auto model = Model::compile(scenario);
    if (!model)
        return model.error();
    m_document = (*model)->scenario;
    m_path = path;
    m_mode = Mode::simulation;
    m_sameDocument = false;
    m_breakpoints = m_document->breakpoints;
    m_watches = Breakpoints::compile(m_breakpoints).value(); // the loader has checked them
    m_lastHit.reset();
    begin(std::move(model).value());
    Q_EMIT breakpointsChanged();
    return {};
}

Errors Session::revise(const Scenario& scenario, Revision what) {
    assert(m_mode == Mode::simulation);
    if (what != Revision::behaviour) {
        if (what == Revision::nextRun)
            if (const auto model = Model::compile(scenario); !model)
                return model.error();
        auto document = std::make_shared<Scenario>(what == Revision::nextRun ? scenario : *m_document);
        takeAppearance(*document, scenario);
        document->document = scenario.document;
        m_document = std::move(document);
        for (const auto& run : m_runs)
            run->takeAppearance(scenario);
        m_scenario = m_runs[m_current]->scenarioAt(m_playhead);
        setBreakpoints(scenario.breakpoints);
        Q_EMIT revised();
        return {};
    }
    auto model = Model::compile(scenario);
    if (!model)
        return model.error();
    m_document = (*model)->scenario;
    m_breakpoints = m_document->breakpoints;
    m_watches = Breakpoints::compile(m_breakpoints).value(); // the loader has checked them
    beginAnew(std::move(model).value());
    return {};
}

void Session::beginAnew(std::shared_ptr<const Model> model) {
    const bool wasRunning = m_running;
    m_sameDocument = true;
    begin(std::move(model));
    if (wasRunning)
        run();
}

void Session::setPath(const QString& path) {
    m_path = path;
    Q_EMIT pathChanged();
}

void Session::leave() {
    m_timer.stop();
    if (m_store)
        m_store->showExcerpt(nullptr);
    m_reader.reset();
    m_past.reset();
    m_pastReader.reset();
    m_worker = nullptr;
    m_seenHit.reset();
    for (std::unique_ptr<KeptRun>& run : m_runs)
        giveUp(std::move(run));
    m_runs.clear();
    m_tap.reset();
}

void Session::enter() {
    const bool wasRunning = m_running;
    m_running = false;
    m_reader = std::make_unique<RecordReader>(m_store, RecordReader::Extent::made);
    m_playhead = 0;
    m_playTime = SimTime{};
    m_stopAt.reset();
    m_headPicture.reset();
    m_recent->clear();
    m_endTold = false;
    m_factor = 0;
    Q_EMIT documentChanged();
    if (wasRunning)
        Q_EMIT runningChanged();
    Q_EMIT advanced();
}

void Session::begin(std::shared_ptr<const Model> model) {
    leave();
    std::optional<Expectations> expectations;
    m_expectationErrors.clear();
    if (auto compiled = Expectations::compile(*m_document, model); !compiled)
        m_expectationErrors = compiled.error();
    else if (!m_document->expect.empty())
        expectations = std::move(compiled).value();
    m_runsBegun = 0;
    m_runs.push_back(
        std::make_unique<KeptRun>(std::make_unique<SimulationWorker>(std::move(model), std::move(expectations),
                                                                     Recorder::Options{.recordsMax = m_recordsMax}),
                                  ++m_runsBegun));
    takeUpRun(0);
    enter();
    watchRun();
    Q_EMIT runsChanged();
}

Errors Session::attach(const QStringList& endpoints) {
    std::vector<std::string> names;
    for (const QString& endpoint : endpoints)
        names.push_back(endpoint.toStdString());
    auto tap = Tap::open(names);
    if (!tap)
        return tap.error();
    leave();
    m_document.reset();
    m_scenario.reset();
    m_sameDocument = false;
    m_path = endpoints.join(QStringLiteral(", "));
    m_mode = Mode::live;
    m_tap = std::move(tap).value();
    m_catalogue = m_tap->catalogue();
    m_store = m_tap->store();
    m_messages = m_tap->messages();
    enter();
    return {};
}

void Session::detach() {
    if (!m_tap)
        return;
    pause();
    followLive();
    m_tap.reset();
    Q_EMIT advanced();
}

void Session::restart() {
    if (m_mode != Mode::simulation)
        return;
    beginAnew(Model::compile(*m_document).value());
}

std::uint64_t Session::seed() const {
    return m_document ? m_document->run.seed : 0;
}

std::optional<SimTime> Session::plannedEnd() const {
    if (!m_document || !m_document->run.lasts)
        return std::nullopt;
    return SimTime{*m_document->run.lasts};
}

const Picture& Session::picture() const {
    if (m_headPicture && m_headPicture->index() == m_playhead)
        return *m_headPicture;
    if (m_reader)
        return readerAtPlayhead().picture(m_playhead);
    static const Picture empty;
    return empty;
}

const RecentPast& Session::recent() const {
    if (m_reader && m_catalogue)
        m_recent->follow(readerAtPlayhead(), picture(), m_running);
    return *m_recent;
}

std::uint64_t Session::head() const {
    return m_reader ? m_reader->end() : 0;
}

SimTime Session::headTime() const {
    if (m_worker)
        return m_worker->head().time;
    if (m_tap)
        return m_tap->now();
    return m_reader && m_reader->end() > m_reader->first() ? m_reader->at(m_reader->end() - 1).at : SimTime{};
}

bool Session::atHead() const {
    return m_playhead == head();
}

std::uint64_t Session::leftOut() const {
    return (m_store ? m_store->evicted() : 0) + (m_tap ? m_tap->dropped() : 0);
}

std::uint64_t Session::fingerprint() const {
    return m_worker ? m_worker->head().fingerprint : 0;
}

QString Session::endReason() const {
    if (!m_worker)
        return {};
    const SimulationWorker::Head head = m_worker->head();
    if (!head.stopped || !head.reason.valid())
        return {};
    return QString::fromStdString(m_catalogue->reasons()[head.reason.index()].name);
}

std::shared_ptr<const std::vector<ExpectationOutcome>> Session::expectations() const {
    return m_worker ? m_worker->head().expectations : nullptr;
}

bool Session::canAdvance() const {
    return m_tap || (m_worker && !(m_worker->head().stopped && atHead()));
}

void Session::run() {
    if (m_past)
        m_past->errand().finish();
    if (m_running || m_mode == Mode::empty)
        return;
    m_reader->refresh();
    if (!canAdvance())
        return;
    m_running = true;
    m_lastTick = std::chrono::steady_clock::now();
    m_factorSince = m_lastTick;
    m_factorFrom = m_playTime;
    m_timer.start();
    Q_EMIT runningChanged();
}

void Session::pause() {
    if (!m_running)
        return;
    m_running = false;
    m_timer.stop();
    m_stopAt.reset();
    m_factor = 0;
    if (m_worker) // what it has made beyond the playhead stays: the future that the run goes on with
        m_worker->setGoal({.until = m_playTime, .records = m_playhead});
    Q_EMIT runningChanged();
    Q_EMIT advanced();
}

void Session::runUntil(SimTime time) {
    if (m_mode != Mode::simulation)
        return;
    if (time <= m_playTime) {
        pause();
        seek(time);
        return;
    }
    run();
    m_stopAt = time;
}

void Session::setSpeed(Speed speed) {
    if (m_speed == speed)
        return;
    m_speed = speed;
    m_factorSince = std::chrono::steady_clock::now();
    m_factorFrom = m_playTime;
    Q_EMIT speedChanged();
}

void Session::step() {
    if (m_mode == Mode::empty)
        return;
    if (m_past)
        m_past->errand().finish();
    pause();
    m_reader->refresh();
    if (m_playhead == m_reader->end() && m_worker) {
        m_worker->reach({.until = SimTime::min(), .records = m_playhead + 1}, stepPatience);
        m_reader->refresh();
    }
    if (m_playhead < m_reader->end())
        moveTo(m_playhead + 1);
    tellEnd();
}

void Session::stepBack() {
    if (m_mode == Mode::empty)
        return;
    if (m_past)
        m_past->errand().finish();
    pause();
    if (m_playhead > firstRecord())
        moveTo(m_playhead - 1);
}

void Session::seekRecord(std::uint64_t index) {
    if (m_mode == Mode::empty)
        return;
    if (m_past)
        m_past->errand().giveWay();
    m_reader->refresh();
    const std::uint64_t to = std::clamp(index, firstRecord(), m_reader->end());
    if (!m_worker)
        moveTo(to);
    else
        m_past->whenNear(to < m_reader->first() ? std::optional(to) : std::nullopt, *m_worker,
                         [this, to] { moveTo(to); });
}

void Session::seek(SimTime time) {
    if (m_mode == Mode::empty)
        return;
    if (m_past)
        m_past->errand().giveWay();
    m_reader->refresh();
    const auto go = [this, time = std::clamp(time, SimTime{}, headTime())] {
        moveTo(std::max(firstRecord(), indexAfter(time)), time);
    };
    if (!m_worker)
        go();
    else
        m_past->whenNear(evictedAt(time, *m_reader, *m_store), *m_worker, go);
}

// Exactly between two records; unless a time is given, the clock shows the one that happened last.
void Session::moveTo(std::uint64_t index, std::optional<SimTime> time) {
    m_playhead = index;
    takeExcerpt();
    m_playTime = time ? *time : timeBefore(m_playhead);
    m_headPicture.reset();
    m_factorSince = std::chrono::steady_clock::now();
    m_factorFrom = m_playTime;
    showUpToPlayhead();
    passBreakpoints();
    Q_EMIT advanced();
}

void Session::showUpToPlayhead() {
    if (!m_worker)
        return;
    m_store->show(m_playhead);
    takeExcerpt();
    followScenario();
}

void Session::tick() {
    const auto now = std::chrono::steady_clock::now();
    // A window that was held up (a dialog, a busy machine) goes on from there, it does not jump.
    const Duration passed = std::min<Duration>(now - m_lastTick, 100ms);
    const SimTime before = m_playTime;
    m_lastTick = now;
    if (m_mode == Mode::live)
        followLive();
    else if (m_speed.unlimited)
        followHead();
    else
        playOn(passed);
    if (const Duration since = now - m_factorSince; since.count() >= factorWindow) {
        m_factor = seconds(m_playTime - m_factorFrom) / seconds(since);
        m_factorSince = now;
        m_factorFrom = m_playTime;
    }
    showUpToPlayhead();
    Q_EMIT advanced();
    stopAtBreakpoints(before);
    if (m_stopAt && m_playTime >= *m_stopAt)
        pause();
    tellEnd();
}

void Session::playOn(Duration passed) {
    SimTime target =
        m_playTime + Duration{static_cast<std::int64_t>(static_cast<double>(passed.count()) * m_speed.factor)};
    const std::optional<SimTime> stopAt = nextStop();
    if (stopAt)
        target = std::min(target, *stopAt);
    // The worker keeps a little ahead, so that the next frame finds its records made.
    const Duration ahead{static_cast<std::int64_t>(m_speed.factor * 50e6)};
    m_worker->setGoal({.until = stopAt ? std::min(target + ahead, *stopAt) : target + ahead});
    const SimulationWorker::Head head = m_worker->head();
    m_reader->refresh();
    const SimTime reached = std::max(m_playTime, std::min(target, head.time));
    const std::uint64_t wanted = std::max(m_playhead, indexAfter(reached));
    const std::uint64_t playhead = limited(wanted);
    m_playTime = playhead == wanted ? reached : std::max(m_playTime, timeBefore(playhead));
    m_playhead = playhead;
    m_headPicture.reset();
}

void Session::followHead() {
    const std::optional<SimTime> stopAt = nextStop();
    // On the way through what was seen before, looking for breakpoints: what is to be made can wait, and would evict
    // it.
    if (m_breakpoints.empty() || m_playhead >= m_store->shown())
        m_worker->setGoal({.until = stopAt.value_or(SimTime::max()), .pictures = true});
    else
        m_worker->setGoal({.until = m_playTime, .records = m_playhead});
    const SimulationWorker::Head head = m_worker->head();
    m_reader->refresh();
    if (!m_breakpoints.empty()) {
        followHeadWatching(head.picture, head.time, head.stopped, stopAt);
        return;
    }
    if (head.picture && head.picture->index() >= m_playhead && head.picture->index() <= m_reader->end()) {
        m_headPicture = head.picture;
        m_playhead = head.picture->index();
        m_playTime = std::max(m_playTime, head.picture->time());
    }
    if (head.stopped || (stopAt && head.time >= *stopAt)) {
        m_playhead = m_reader->end();
        m_playTime = std::max(m_playTime, head.time);
    }
    if (m_playhead < m_reader->first()) { // evicted before anybody saw it
        m_playhead = m_reader->first();
        m_playTime = std::max(m_playTime, m_reader->picture(m_playhead).time());
        m_headPicture.reset();
    }
}

// The same, no further than breakpoints have been looked for.
void Session::followHeadWatching(std::shared_ptr<const Picture> picture, SimTime time, bool stopped,
                                 std::optional<SimTime> stopAt) {
    const bool through = stopped || (stopAt && time >= *stopAt);
    const std::uint64_t end = stopAt ? std::min(m_reader->end(), indexAfter(*stopAt)) : m_reader->end();
    const std::uint64_t playhead = std::max(m_playhead, limited(end));
    const bool all = playhead == m_reader->end() || (stopAt && playhead == end);
    m_playhead = playhead;
    if (through && all)
        m_playTime = std::max(m_playTime, stopAt ? std::min(time, *stopAt) : time);
    else
        m_playTime = std::max(m_playTime, timeBefore(playhead));
    m_headPicture = picture && picture->index() == playhead ? std::move(picture) : nullptr;
}

// A live system goes at its own pace: the playhead is the head.
void Session::followLive() {
    m_reader->refresh();
    m_playhead = m_reader->end();
    m_playTime = std::max(m_playTime, m_tap->now());
    m_headPicture.reset();
}

void Session::tellEnd() {
    if (!m_worker || m_endTold || !m_worker->head().stopped || !atHead())
        return;
    m_endTold = true;
    pause();
    Q_EMIT ended();
}

} // namespace weir

#include "ui/session/simulation_worker.h"

#include "core/services/generated_messages.h"

#include <algorithm>
#include <utility>

namespace weir {

class SimulationWorker::Parking {
  public:
    explicit Parking(SimulationWorker& worker) : m_worker(worker) {
        std::unique_lock lock(m_worker.m_mutex);
        m_worker.m_parked = true;
        m_worker.m_moved.wait(lock, [this] { return !m_worker.m_atWork; });
    }
    ~Parking() {
        {
            const std::lock_guard lock(m_worker.m_mutex);
            m_worker.m_parked = false;
        }
        m_worker.m_wake.notify_all();
    }
    Parking(const Parking&) = delete;
    Parking& operator=(const Parking&) = delete;

  private:
    SimulationWorker& m_worker;
};

SimulationWorker::SimulationWorker(std::shared_ptr<const Model> model)
    : m_simulation(model), m_recorder(model->catalogue),
      m_scanReader(m_recorder.store(), RecordReader::Extent::made), m_model(std::move(model)), m_scenario(m_model->scenario) {
    m_recorder.store()->showAsAsked();
    keepSnapshot();
    m_thread = std::thread([this] { loop(); });
}

SimulationWorker::SimulationWorker(Moment moment, const SimulationWorker& from)
    : m_simulation(moment.simulation.forked()),
      m_recorder(from.m_recorder.forked(moment.mark, m_simulation.model().catalogue)),
      m_scanReader(m_recorder.store(), RecordReader::Extent::made), m_model(m_simulation.sharedModel()),
      m_forkedAt(moment.mark.head.index()),
      m_journal(from.m_journal.begin(), from.m_journal.begin() + static_cast<std::ptrdiff_t>(moment.commands)),
      m_scenario(m_simulation.model().scenario) {
    keepSnapshot();
    beginScan();
    publish({});
    m_thread = std::thread([this] { loop(); });
}

SimulationWorker::~SimulationWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void SimulationWorker::setGoal(const Goal& goal) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_goal == goal)
            return;
        m_goal = goal;
    }
    m_wake.notify_all();
}

bool SimulationWorker::reach(const Goal& goal, std::chrono::milliseconds patience) {
    setGoal(goal);
    std::unique_lock lock(m_mutex);
    return m_moved.wait_for(lock, patience, [&] { return reached(goal); });
}

SimulationWorker::Head SimulationWorker::head() const {
    const std::lock_guard lock(m_mutex);
    return m_head;
}

bool SimulationWorker::reached(const Goal& goal) const {
    return m_head.stopped || (m_head.time >= goal.until && m_head.records >= goal.records);
}

void SimulationWorker::loop() {
    while (true) {
        Goal goal;
        SimTime time;
        {
            std::unique_lock lock(m_mutex);
            m_atWork = false;
            m_moved.notify_all();
            m_wake.wait(lock, [this] {
                const bool toDo = !reached(m_goal) || m_head.scanned < m_head.records;
                return m_ending || (!m_parked && !m_head.hit && toDo);
            });
            if (m_ending)
                return;
            m_atWork = true;
            goal = m_goal;
            time = m_head.time;
        }
        if (m_scanned == m_recorder.head().index())
            runSlice(goal, time);
        look();
        if (m_snapshots.isDue(m_simulation))
            keepSnapshot();
        publish(goal);
    }
}

void SimulationWorker::runSlice(const Goal& goal, SimTime time) {
    if (time >= goal.until) { // only records are missing: one due more
        m_simulation.step(m_recorder);
    } else if (!m_always) {
        m_simulation.run(goal.until, sliceDues, m_recorder);
    } else { // what must always hold is looked at after every due
        for (std::uint64_t due = 0; due < sliceDues && !m_found && m_simulation.run(goal.until, 1, m_recorder) == 1; ++due)
            look();
    }
}

// For breakpoints, in what was made since the last time.
void SimulationWorker::look() {
    const std::uint64_t end = m_recorder.head().index();
    if (m_breakpoints.empty() && !m_always) {
        m_scanned = end;
        return;
    }
    if (m_found || m_scanned == end)
        return;
    m_scanReader.refresh();
    if (m_always && m_scanned >= m_scanReader.first()) {
        for (std::uint64_t at = m_scanned; at < end; at += m_scanReader.from(at).size())
            m_always->see(m_scanReader.from(at), *m_scanMessages);
        m_always->look(m_simulation, m_recorder.head(), *m_scanMessages);
    }
    m_found = m_breakpoints.scan(m_scanReader, std::max(m_scanned, m_scanReader.first()), end, m_scanMessages.get());
    m_scanned = m_found ? m_found->record + 1 : end;
    if (m_found || !m_always)
        return;
    for (const ExpectationOutcome& outcome : m_always->outcomes())
        if (outcome.violation && !m_found) {
            m_found = BreakpointHit{m_breakpoints.expectationsPlace(), end - 1};
            m_foundText = expectationText(outcome.expectation) + ": " + outcome.violation->why;
        }
    if (m_found) // each is told once
        m_always.reset();
}

// Anew from the head on.
void SimulationWorker::beginScan() {
    m_scanned = m_recorder.head().index();
    m_scanReader.refresh();
    m_breakpoints.forget();
    m_found.reset();
    m_foundText.clear();
    m_always.reset();
    if (!m_alwaysFrom)
        return;
    Result<Expectations, Errors> always = Expectations::compile(*m_alwaysFrom, m_simulation.sharedModel());
    if (always && !always->outcomes().empty()) {
        m_always = std::move(*always);
        m_always->begin(m_simulation, m_recorder.head());
    }
}

void SimulationWorker::setBreakpoints(Breakpoints breakpoints, const Scenario& scenario, const Boundary& boundary) {
    const Parking parking(*this);
    if (m_recorder.store()->shown() <= boundary.records)
        goBackTo(boundary); // what was made ahead is made again, and looked at
    m_breakpoints = std::move(breakpoints);
    m_alwaysFrom.reset();
    if (m_breakpoints.watchesExpectations()) {
        auto only = std::make_shared<Scenario>(scenario);
        std::erase_if(only->expect,
                      [](const Expectation& each) { return each.kind != Expectation::Kind::always; });
        m_alwaysFrom = std::move(only);
    }
    const Model& model = m_simulation.model();
    m_scanMessages = std::make_shared<const GeneratedMessages>(
        model.generator, model.catalogue, [this](Ordinal ordinal) { return m_scanReader.published(ordinal); });
    beginScan();
    publish({});
}

void SimulationWorker::passHit() {
    const Parking parking(*this);
    m_found.reset();
    m_foundText.clear();
    publish({});
}

PendingDues SimulationWorker::pendingAtHead(std::size_t most) {
    const Parking parking(*this);
    return m_simulation.pending(most);
}

PendingDues SimulationWorker::pending(const Boundary& boundary, std::size_t most) {
    const Parking parking(*this);
    return momentAt(boundary).simulation.pending(most);
}

void SimulationWorker::publish(const Goal& goal) {
    const auto now = std::chrono::steady_clock::now();
    std::shared_ptr<const Picture> picture;
    const bool stopped = m_simulation.stopped();
    if (goal.pictures && (stopped || now - m_lastPicture >= picturesEvery)) {
        picture = std::make_shared<const Picture>(m_recorder.head());
        m_lastPicture = now;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_head.records = m_recorder.head().index();
        const std::optional<SimTime> next = m_simulation.nextAt();
        // Nothing more happens before the next due, so the time up to the goal has been lived through.
        m_head.time = !next ? m_simulation.now() : *next > goal.until ? std::max(goal.until, m_simulation.now())
                                                                       : m_simulation.now();
        m_head.stopped = stopped;
        m_head.reason = m_recorder.head().stopReason();
        m_head.fingerprint = m_recorder.fingerprint();
        m_head.scanned = m_scanned;
        m_head.hit = m_found;
        m_head.hitText = m_foundText;
        if (picture)
            m_head.picture = std::move(picture);
        else if (m_head.picture && m_head.picture->index() > m_head.records)
            m_head.picture.reset(); // of what has been cut away
    }
    m_moved.notify_all();
}

void SimulationWorker::keepSnapshot() {
    m_snapshots.take({m_simulation, m_recorder.mark(), m_journal.size()});
}

bool SimulationWorker::standsAt(const Boundary& boundary) const {
    const std::optional<SimTime> next = m_simulation.nextAt();
    return m_recorder.head().index() == boundary.records && m_simulation.now() <= boundary.at &&
           (!next || *next >= boundary.at);
}

SimulationWorker::Moment SimulationWorker::momentAt(const Boundary& boundary) const {
    if (standsAt(boundary))
        return {m_simulation, m_recorder.mark(), m_journal.size()};
    const std::shared_ptr<const Snapshot> from = m_snapshots.before(boundary);
    Moment moment{from->simulation, {}, 0};
    Recorder recorder = m_recorder.scratch(from->mark);
    moment.commands = runTo(boundary, moment.simulation, recorder, m_journal, from->commands);
    moment.mark = recorder.mark();
    return moment;
}

// A due that makes several records is gone through to its end, so this may lie a little after the boundary.
void SimulationWorker::goBackTo(const Boundary& boundary) {
    if (standsAt(boundary))
        return;
    Moment moment = momentAt(boundary);
    m_recorder.rewind(moment.mark);
    m_scanReader.refresh();
    m_simulation = std::move(moment.simulation);
    m_snapshots.cut({m_recorder.head().index(), m_simulation.now()});
    m_journal.resize(moment.commands);
    beginScan();
}

Result<JournalEntry> SimulationWorker::apply(const Command& command, const Boundary& boundary) {
    const Parking parking(*this);
    goBackTo(boundary);
    if (!m_simulation.stopped())
        m_simulation.waitUntil(std::max(m_simulation.now(), boundary.at));
    const std::uint64_t before = m_recorder.head().index();
    Result<JournalEntry> entry = m_simulation.apply(command, m_recorder);
    if (entry) {
        m_lastCommandAt = before;
        m_journal.push_back(*entry);
        m_scenario = m_simulation.model().scenario;
        beginScan(); // what the command did at once is shown with it
        keepSnapshot();
    }
    publish({});
    return entry;
}

std::optional<Command> SimulationWorker::inverse(const Command& command, const Boundary& boundary) {
    const Parking parking(*this);
    return momentAt(boundary).simulation.inverse(command);
}

std::unique_ptr<SimulationWorker> SimulationWorker::forked(const Boundary& boundary) {
    const Parking parking(*this);
    return std::unique_ptr<SimulationWorker>(new SimulationWorker(momentAt(boundary), *this));
}

std::size_t SimulationWorker::snapshotBytes() {
    const Parking parking(*this);
    return m_snapshots.memoryBytes();
}

} // namespace weir

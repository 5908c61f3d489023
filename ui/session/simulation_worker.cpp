#include "ui/session/simulation_worker.h"

#include <algorithm>

namespace weir {

SimulationWorker::SimulationWorker(std::shared_ptr<const Model> model, std::optional<Expectations> expectations)
    : m_model(std::move(model)), m_simulation(m_model), m_recorder(m_model->catalogue) {
    if (expectations) {
        m_watch.emplace(m_model, std::move(*expectations), m_recorder.store());
        m_watch->begin(m_simulation, m_recorder);
        m_head.expectations = std::make_shared<const std::vector<ExpectationOutcome>>(m_watch->outcomes());
    }
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
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !reached(m_goal); });
            if (m_ending)
                return;
            goal = m_goal;
        }
        // Where only records are missing: one due more.
        const bool toTime = m_head.time < goal.until;
        go(toTime ? goal.until : SimTime::max(), toTime ? sliceDues : 1);
        publish(goal);
    }
}

void SimulationWorker::go(SimTime until, std::uint64_t dues) {
    if (m_watch)
        m_watch->run(m_simulation, until, dues, m_recorder);
    else
        m_simulation.run(until, dues, m_recorder);
}

void SimulationWorker::publish(const Goal& goal) {
    const auto now = std::chrono::steady_clock::now();
    std::shared_ptr<const Picture> picture;
    const bool stopped = m_simulation.stopped();
    if (goal.pictures && (stopped || now - m_lastPicture >= picturesEvery)) {
        picture = std::make_shared<const Picture>(m_recorder.head());
        m_lastPicture = now;
    }
    std::shared_ptr<const std::vector<ExpectationOutcome>> outcomes;
    if (m_watch && (stopped || m_watch->broken() > m_broken)) {
        m_broken = m_watch->broken();
        outcomes = std::make_shared<const std::vector<ExpectationOutcome>>(m_watch->outcomes());
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
        if (picture)
            m_head.picture = std::move(picture);
        if (outcomes)
            m_head.expectations = std::move(outcomes);
    }
    m_moved.notify_all();
}

} // namespace weir

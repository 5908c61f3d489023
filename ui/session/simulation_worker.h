// SimulationWorker: one thread that runs one simulation in slices, as far as it is asked to. It appends to the recorder,
// which views read at their own pace; what else they need (how far it is, whether it has stopped, a Picture of the head
// for when there is no time to fold one) is published here. It knows no view and no Qt.
#pragma once

#include "core/record/recorder.h"
#include "core/simulation/expectation_watch.h"
#include "core/simulation/simulation.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace weir {

class SimulationWorker {
  public:
    // How far to run: until simulated time and number of records are both reached.
    struct Goal {
        SimTime until = SimTime::min();
        std::uint64_t records = 0;
        bool pictures = false; // publish Pictures of the head while running
        bool operator==(const Goal&) const = default;
    };
    struct Head {
        std::uint64_t records = 0;
        SimTime time;                   // everything before it has happened
        bool stopped = false;
        ReasonId reason;                // why, when stopped
        std::uint64_t fingerprint = 0;
        std::shared_ptr<const Picture> picture; // of a recent head; null unless asked for
        // What became of the expectations up to the head; null where there are none. A new object when one was broken.
        std::shared_ptr<const std::vector<ExpectationOutcome>> expectations;
    };

    // The expectations are looked at as the run goes on; nothing: there are none.
    SimulationWorker(std::shared_ptr<const Model> model, std::optional<Expectations> expectations);
    ~SimulationWorker();
    SimulationWorker(const SimulationWorker&) = delete;
    SimulationWorker& operator=(const SimulationWorker&) = delete;

    std::shared_ptr<const RecordStore> store() const { return m_recorder.store(); }

    // From the owner's thread.
    void setGoal(const Goal& goal);
    // The same, and waits until it is reached or the time is over. False: it goes on reaching for it.
    bool reach(const Goal& goal, std::chrono::milliseconds patience);
    Head head() const;

  private:
    void loop();
    bool reached(const Goal& goal) const; // with the mutex held
    void go(SimTime until, std::uint64_t dues);
    void publish(const Goal& goal);

    static constexpr std::uint64_t sliceDues = 4096; // a few milliseconds of work
    static constexpr std::chrono::milliseconds picturesEvery{30};

    std::shared_ptr<const Model> m_model;
    Simulation m_simulation; // the thread's
    Recorder m_recorder;     // the thread's; its store is everybody's
    std::optional<ExpectationWatch> m_watch; // the thread's; null: nothing is expected
    std::size_t m_broken = 0;                // the thread's: expectations that were, when last told
    std::chrono::steady_clock::time_point m_lastPicture; // the thread's

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;  // the goal changed
    std::condition_variable m_moved; // the head changed
    Goal m_goal;
    Head m_head;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace weir

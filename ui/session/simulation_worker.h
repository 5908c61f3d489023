// SimulationWorker: one thread that runs one simulation in slices, as far as it is asked to. It appends to the recorder,
// which views read at their own pace; what else they need (how far it is, whether it has stopped, a Picture of the head
// for when there is no time to fold one) is published here. It keeps snapshots on its way, so that its owner can give a
// command at a place it has passed, or branch there. It knows no view and no Qt.
#pragma once

#include "core/record/recorder.h"
#include "core/simulation/breakpoints.h"
#include "core/simulation/expectation_watch.h"
#include "core/simulation/regeneration.h"
#include "core/simulation/simulation.h"
#include "core/simulation/snapshots.h"

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
        std::uint64_t scanned = 0;        // records that breakpoints have been looked for in; without any: all of them
        std::optional<BreakpointHit> hit; // the first among them that was not passed; it runs no further
        std::string hitText;              // why, where the records do not tell: a broken expectation
        // What became of the expectations up to the head; null where there are none. A new object when one was broken.
        std::shared_ptr<const std::vector<ExpectationOutcome>> expectations;
    };

    // The expectations are looked at as the run goes on; nothing: there are none.
    SimulationWorker(std::shared_ptr<const Model> model, std::optional<Expectations> expectations,
                     Recorder::Options options);
    ~SimulationWorker();
    SimulationWorker(const SimulationWorker&) = delete;
    SimulationWorker& operator=(const SimulationWorker&) = delete;

    std::shared_ptr<const RecordStore> store() const { return m_recorder.store(); }
    const std::shared_ptr<const Catalogue>& catalogue() const { return m_recorder.catalogue(); }
    const std::shared_ptr<const Model>& model() const { return m_model; } // as the run began

    // From the owner's thread, all of these.
    void setGoal(const Goal& goal);
    // The same, and waits until it is reached or the time is over. False: it goes on reaching for it.
    bool reach(const Goal& goal, std::chrono::milliseconds patience);
    Head head() const;

    // Between two slices; the thread stands still meanwhile. What had been made beyond the boundary is made anew, and
    // must not have been shown. An error changes nothing that was shown.
    Result<JournalEntry> apply(const Command& command, const Boundary& boundary);
    std::optional<Command> inverse(const Command& command, const Boundary& boundary);
    const Journal& journal() const { return m_journal; } // written by the owner's thread alone
    // The scenario as it is after the last command.
    std::shared_ptr<const Scenario> scenario() const { return m_scenario; }
    // A run of its own from there on, paused; this one stays as it is. `excerpt`: where nothing before the boundary is
    // kept any more, the records before it; else null.
    std::unique_ptr<SimulationWorker> forked(const Boundary& boundary, const std::shared_ptr<const RecordStore>& excerpt);
    // Evicted records, made again: those from the one to the other, and some around them. Takes as long as making them
    // did.
    Result<std::shared_ptr<const RecordStore>> excerpt(std::uint64_t from, std::uint64_t record);
    // Whether a moment, or the excerpt of a record, takes little; else a slice of the way there, which is kept.
    bool isNear(const Boundary& boundary);
    void goNearer(const Boundary& boundary);
    bool isNearExcerpt(std::uint64_t record);
    void goNearerExcerpt(std::uint64_t record);
    // The record after which a command there would go on from a snapshot, and look at what comes after it; the record
    // itself where that is far away.
    std::uint64_t commandStart(std::uint64_t record);
    std::uint64_t forkedAt() const { return m_forkedAt; } // its first record that is not another run's; 0: it is no fork
    struct CommandRecords { // what it did at once
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    const CommandRecords& lastCommand() const { return m_lastCommand; }
    std::size_t snapshotBytes();
    PendingDues pending(const Boundary& boundary, std::size_t most);
    PendingDues pendingAtHead(std::size_t most);

    // Looked for in what is made from the boundary on.
    void setBreakpoints(Breakpoints breakpoints, const Boundary& boundary);
    void passHit(); // goes on looking after it

  private:
    // Keeps the thread out of the simulation as long as it lives.
    class Parking;
    struct Moment { // a simulation of one's own at a boundary
        Simulation simulation;
        Recorder::Mark mark;
        std::size_t commands = 0;
        std::optional<Expectations> expectations;
    };
    SimulationWorker(Moment moment, const SimulationWorker& from, const RecordStore* excerpt);

    void loop();
    bool reached(const Goal& goal) const; // with the mutex held
    void publish(const Goal& goal);
    bool standsAt(const Boundary& boundary) const;
    Moment momentAt(const Boundary& boundary, const std::shared_ptr<const RecordStore>& excerpt = nullptr) const;
    void goBackTo(const Boundary& boundary);
    Moment momentFrom(const Snapshot& from, const Boundary& boundary, const std::shared_ptr<const RecordStore>& excerpt) const;
    // The nearest one before it: for who asks expectations, one whose own have seen all that came before them.
    enum class Sight : std::uint8_t { all, some };
    std::shared_ptr<const Snapshot> snapshotBefore(const Boundary& boundary, Sight sight) const;
    bool isNear(const Boundary& boundary, Sight sight) const;
    bool seesAll(const std::shared_ptr<const Snapshot>& from) const;
    void goNearer(const Boundary& boundary, Sight sight);
    static EvictedStretch excerptOf(std::uint64_t from, std::uint64_t record);
    static Boundary beginOf(const EvictedStretch& stretch) { return {.records = stretch.begin, .at = SimTime::max()}; }
    void keepSnapshot();
    void go(SimTime until, std::uint64_t dues);
    void look();
    void lookAtExpectations();
    void watch(std::optional<Expectations> expectations);
    void beginScan();

    static constexpr std::uint64_t sliceDues = 4096; // a few milliseconds of work
    static constexpr std::chrono::milliseconds picturesEvery{30};
    static constexpr std::uint64_t excerptBefore = 4096; // records before the one asked for, to be seen beside it
    static constexpr std::uint64_t nearRecords = 32'768; // some milliseconds of running
    static constexpr std::uint64_t dueUsual = 4096;      // records that a due makes at most
    static constexpr std::uint64_t commandStartMax = 2 * RecordChunk::capacity;

    // The thread's, or the owner's while it is parked.
    Simulation m_simulation;
    Recorder m_recorder; // its store is everybody's
    Snapshots m_snapshots;
    std::shared_ptr<const Snapshot> m_near; // how far the owner has come on the way to a boundary; null: nowhere
    Sight m_nearSight = Sight::all;
    std::optional<Regeneration> m_making; // of the excerpt that the owner is on the way to
    std::chrono::steady_clock::time_point m_lastPicture;
    Breakpoints m_breakpoints;
    std::optional<ExpectationWatch> m_watch; // null: nothing is expected
    std::size_t m_broken = 0;                // expectations that were, when last told
    std::vector<bool> m_brokenToldOf;        // by expectation: a breakpoint is not to stop for it any more
    RecordReader m_scanReader;
    GeneratedMessages m_scanMessages;
    std::uint64_t m_scanned = 0;
    std::optional<BreakpointHit> m_found; // the first that was not passed
    std::string m_foundText;
    // The owner's.
    std::shared_ptr<const Model> m_model;
    std::uint64_t m_forkedAt = 0;
    CommandRecords m_lastCommand;
    Journal m_journal;
    std::shared_ptr<const Scenario> m_scenario;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;  // the goal changed, or the thread may go on
    std::condition_variable m_moved; // the head changed, or the thread stands still
    Goal m_goal;
    Head m_head;
    bool m_parked = false;  // asked to stand still
    bool m_atWork = false;  // in a slice
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace weir

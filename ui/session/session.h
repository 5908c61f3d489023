// Session: the seam between the window and everything that makes records. It owns the document, the worker thread that
// runs the simulation in slices, the playhead, and hands views what they read: records (through RecordStore), messages,
// the Picture at the playhead. Views never see a Simulation.
//
// Head and playhead: the head is where the run has got to; the playhead is what the window shows. Running forwards at a
// pace, the playhead follows simulated time at `speed`; at Speed::max() it is the head. Stepping and seeking move the
// playhead only, the run behind the head is never changed by looking at it.
#pragma once

#include "core/record/picture.h"
#include "core/record/record_reader.h"
#include "core/record/recorder.h"
#include "core/result.h"
#include "core/scenario/scenario.h"
#include "core/simulation/boundary.h"
#include "core/simulation/breakpoints.h"
#include "core/simulation/command.h"
#include "core/simulation/pending_due.h"
#include "ui/speed.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace weir {

class MessageSource;
class PastRecords;
class RecentPast;
class SimulationWorker;
struct ExpectationOutcome;
class Tap;
struct Model;

class Session : public QObject {
    Q_OBJECT
  public:
    enum class Mode : std::uint8_t { empty, simulation, live };
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    // --- the document ---
    // The scenario of that file, at its start, paused. Errors leave the present document as it is.
    Errors openFile(const QString& path);
    // The same for a scenario at hand; `path` is for the title only.
    Errors open(Scenario scenario, const QString& path);
    // The present document as it has been edited. Of appearance, the run goes on undisturbed, as it does where only the
    // next run is to behave so; of behaviour, it begins anew, and runs if it ran. Errors leave everything as it is.
    enum class Revision : std::uint8_t { appearance, nextRun, behaviour };
    Errors revise(const Scenario& scenario, Revision what);
    void setPath(const QString& path); // saved under another name
    // How many records a run keeps at most, from the next one on; in whole chunks, at least two. What a simulation does
    // not keep any more is made again where somebody goes back to it.
    void setRecordsMax(std::uint64_t recordsMax) { m_recordsMax = recordsMax; }
    // Watches running ZeroMQ systems: SUB sockets to these endpoints ("tcp://127.0.0.1:5556"). Errors leave what is shown
    // as it is.
    Errors attach(const QStringList& endpoints);
    void detach(); // stops watching; what was seen stays
    Mode mode() const { return m_mode; }
    const Tap* tap() const { return m_tap.get(); } // null unless live
    // As it is at the playhead, with the values that commands have set; null in live mode. A new object when it changes.
    const Scenario* scenario() const { return m_scenario.get(); }
    // Null without a document. A run on another broker has another scenario.
    const Scenario* document() const { return m_document.get(); }
    QString path() const { return m_path; }
    // Whether the last documentChanged() was about the document that was there before: revised, from its start, or another
    // run of it.
    bool sameDocument() const { return m_sameDocument; }
    std::uint64_t seed() const;
    std::optional<SimTime> plannedEnd() const; // the scenario's duration

    // --- what views read ---
    // New objects after each documentChanged(); null while empty.
    std::shared_ptr<const RecordStore> store() const { return m_store; }
    std::shared_ptr<const Catalogue> catalogue() const { return m_catalogue; }
    std::shared_ptr<const MessageSource> messages() const { return m_messages; }
    // At the playhead. Valid until control returns to the event loop.
    const Picture& picture() const;
    // What led there. Valid as long; it is found when asked for.
    const RecentPast& recent() const;
    std::uint64_t playhead() const { return m_playhead; } // records before this index have happened
    SimTime now() const { return m_playTime; } // simulated time at the playhead; between records it moves on too
    std::uint64_t head() const;     // records made so far
    SimTime headTime() const;
    bool running() const { return m_running; }
    bool atHead() const;
    bool canAdvance() const; // there is something left to show or to run
    Speed speed() const { return m_speed; }
    double factorReached() const { return m_factor; } // simulated seconds per real second, over the last second; 0 when paused
    std::uint64_t leftOut() const;  // records that were evicted, and what a live inbox had to drop
    std::uint64_t fingerprint() const; // of the records up to the head
    QString endReason() const;      // empty while the run can go on
    // What became of the scenario's expectations up to the head, in their order; null where there are none. What was broken
    // first at a record behind the playhead was not yet.
    std::shared_ptr<const std::vector<ExpectationOutcome>> expectations() const;
    const Errors& expectationErrors() const { return m_expectationErrors; } // why they cannot be looked at

    // --- wishes ---
    void run();
    void pause();
    void step();      // one record forwards; makes it when the playhead is at the head
    void stepBack();  // one record backwards, exactly
    void restart();   // from the start, with the same seed
    void seek(SimTime time);             // within [0, headTime()]
    void seekRecord(std::uint64_t index);
    void runUntil(SimTime time); // goes on at the present speed and pauses exactly there; to what is past, it goes back
    void setSpeed(Speed speed);

    // --- commands ---
    // At the playhead, at a due's boundary. What lies ahead and was never shown is taken back and made anew (no reader has
    // seen it, see RecordStore::shown). Where the run had been seen further on, it forks: the old run stays among runs(), the
    // new one is current. Where nothing was left to do, it comes just before the end. Errors leave everything as it is.
    Errors apply(const Command& command);
    // What undoes a command, asked before it is applied.
    std::optional<Command> inverse(const Command& command) const;
    const Journal& journal() const; // of the current run, all of it

    // --- runs, forked from one another ---
    struct Run {
        std::uint64_t id = 0; // stays, while its place in the list may change
        QString label;        // "Run 2"
        std::shared_ptr<const RecordStore> store;
        std::shared_ptr<const Catalogue> catalogue;
        std::shared_ptr<const MessageSource> messages;
        Journal journal;
        std::shared_ptr<const Scenario> scenario; // as it began, before any command
        std::uint64_t seed = 0;
        std::optional<std::uint64_t> forkedFrom; // id of a run, which may have gone meanwhile
        std::uint64_t forkedAt = 0;              // index of the first record that is its own
        SimTime forkedTime;
    };
    static constexpr std::size_t runsMax = 4;
    std::vector<Run> runs() const; // in the order in which they were begun
    std::uint64_t currentRun() const; // its id; 0: none
    // The same workload on another broker: a run of its own from the start, with every channel following that profile. It is
    // current, and goes on to where the playhead was. Errors leave everything as it is.
    Errors runOn(const std::string& profile);
    // Branches at the playhead; the new run is current, and paused. The oldest one beyond runsMax is dropped.
    void fork();
    void switchTo(std::uint64_t run); // the playhead stays where it is, as far as that run goes
    std::uint64_t runsDropped() const { return m_runsDropped; }

    // --- breakpoints ---
    const std::vector<BreakpointSpec>& breakpoints() const { return m_breakpoints; }
    Errors setBreakpoints(std::vector<BreakpointSpec> breakpoints); // errors: "/0/when" ..., and nothing changes
    struct Hit {
        std::size_t breakpoint = 0; // its place in the list
        std::uint64_t record = 0;   // its index; the playhead stands just after it
        SimTime at;
        QString why; // where the record does not tell: a broken expectation
    };
    // Going again over what was seen before, expectations that were broken there are passed over.
    const std::optional<Hit>& lastHit() const { return m_lastHit; }

    // --- what waits ---
    static constexpr std::size_t pendingMax = 5'000;
    PendingDues pending() const; // at the playhead; while the run goes on, those a moment ahead, as far as it has been made

  Q_SIGNALS:
    void documentChanged(); // another document, the same one from its start, or another run of it: see sameDocument()
    void revised();         // appearance alone: titles, notes, layout, expectations, breakpoints
    void pathChanged();
    void runsChanged();     // one was forked, dropped or made current
    void commanded();       // a command was given: the journal grew
    void scenarioChanged(); // scenario() is another: a command set a value, or the playhead passed such a command
    void breakpointsChanged();
    void breakpointHit(std::size_t breakpoint, std::uint64_t record);
    void advanced();        // the playhead moved; at most 60 times a second
    void lookedBackInVain(const weir::Error& why); // evicted records did not come out the same when they were made again
    void runningChanged();
    void speedChanged();
    void ended();           // the run cannot go on: see endReason()

  private:
    struct KeptRun; // a Run with its worker
    void begin(std::shared_ptr<const Model> model);
    void beginAnew(std::shared_ptr<const Model> model); // the same document
    void showOtherRun();
    void takeUpRun(std::size_t place); // its store and all; the playhead is the caller's matter
    void keep(std::unique_ptr<SimulationWorker> branch);
    void add(std::unique_ptr<KeptRun> run);
    static void giveUp(std::unique_ptr<KeptRun> run);
    Boundary boundary() const { return {m_playhead, m_playTime}; }
    Boundary commandBoundary() const;
    std::unique_ptr<SimulationWorker> branchAt(const Boundary& boundary);
    RecordReader& readerAt(std::uint64_t index);
    RecordReader& readerAtPlayhead() const { return m_pastReader ? *m_pastReader : *m_reader; }
    std::uint64_t firstRecord() const; // that can be gone back to
    std::uint64_t indexAfter(SimTime time);
    SimTime timeBefore(std::uint64_t index);
    void takeExcerpt();
    void showUpToPlayhead();
    std::uint64_t limited(std::uint64_t target); // where a breakpoint lets the playhead get to
    std::optional<SimTime> nextStop() const;     // by time: somebody's wish, or a breakpoint
    void stopAtBreakpoints(SimTime before); // the time from which the playhead came
    void passBreakpoints();
    void watchRun();
    void followScenario();
    void leave(); // the present document
    void enter(); // the new one
    void followLive();
    void tick();
    void playOn(Duration passed); // at a pace
    void followHead();            // as fast as it goes
    void followHeadWatching(std::shared_ptr<const Picture> picture, SimTime time, bool stopped,
                            std::optional<SimTime> stopAt);
    void moveTo(std::uint64_t index, std::optional<SimTime> time = std::nullopt); // that of the record before it
    void tellEnd();

    std::vector<std::unique_ptr<KeptRun>> m_runs;
    std::size_t m_current = 0; // in m_runs
    std::uint64_t m_runsBegun = 0;
    std::uint64_t m_runsDropped = 0;
    std::vector<BreakpointSpec> m_breakpoints;
    Breakpoints m_watches; // for what was seen before
    std::optional<BreakpointHit> m_seenHit;
    std::optional<Hit> m_lastHit;

    Mode m_mode = Mode::empty;
    std::shared_ptr<const Scenario> m_document; // as it was opened
    std::shared_ptr<const Scenario> m_scenario; // as it is at the playhead
    QString m_path;
    bool m_sameDocument = false;
    Errors m_expectationErrors;
    std::shared_ptr<const RecordStore> m_store;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::shared_ptr<const MessageSource> m_messages;
    SimulationWorker* m_worker = nullptr;       // of the current run; simulation mode
    std::unique_ptr<Tap> m_tap;                 // live mode
    std::unique_ptr<RecordReader> m_reader; // the session's own view of the records that are kept
    std::unique_ptr<PastRecords> m_past;    // those that were evicted, where somebody goes back to them
    std::shared_ptr<RecordReader> m_pastReader; // of these, where the playhead is; null: it is among those that are kept
    std::uint64_t m_recordsMax = Recorder::Options().recordsMax;
    std::shared_ptr<const Picture> m_headPicture;
    std::unique_ptr<RecentPast> m_recent;

    QTimer m_timer;
    bool m_running = false;
    bool m_endTold = false;
    Speed m_speed;
    std::uint64_t m_playhead = 0;
    SimTime m_playTime{};
    std::optional<SimTime> m_stopAt;
    std::chrono::steady_clock::time_point m_lastTick, m_factorSince;
    SimTime m_factorFrom{};
    double m_factor = 0;
};

} // namespace weir

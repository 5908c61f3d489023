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
#include "core/result.h"
#include "core/scenario/scenario.h"
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
    // The present document as it has been edited. Of appearance, the run goes on undisturbed; of behaviour, it begins
    // anew, and runs if it ran. Errors leave everything as it is.
    enum class Revision : std::uint8_t { appearance, behaviour };
    Errors revise(const Scenario& scenario, Revision what);
    void setPath(const QString& path); // saved under another name
    // Watches running ZeroMQ systems: SUB sockets to these endpoints ("tcp://127.0.0.1:5556"). Errors leave what is shown
    // as it is.
    Errors attach(const QStringList& endpoints);
    void detach(); // stops watching; what was seen stays
    Mode mode() const { return m_mode; }
    const Tap* tap() const { return m_tap.get(); } // null unless live
    const Scenario* scenario() const { return m_scenario.get(); } // null in live mode
    QString path() const { return m_path; }
    // Whether the last documentChanged() was about the document that was there before: revised, or from its start.
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
    void runUntil(SimTime time);         // goes on at the present speed and pauses exactly there
    void setSpeed(Speed speed);

  Q_SIGNALS:
    void documentChanged(); // another document, or the same one from its start: see sameDocument()
    void revised();         // appearance alone: titles, notes, layout, expectations
    void pathChanged();
    void advanced();        // the playhead moved; at most 60 times a second
    void runningChanged();
    void speedChanged();
    void ended();           // the run cannot go on: see endReason()

  private:
    void begin(std::shared_ptr<const Model> model);
    void beginAnew(std::shared_ptr<const Model> model); // the same document
    void leave(); // the present document
    void enter(); // the new one
    void followLive();
    void tick();
    void playOn(Duration passed); // at a pace
    void followHead();            // as fast as it goes
    void moveTo(std::uint64_t index);
    void tellEnd();

    Mode m_mode = Mode::empty;
    std::unique_ptr<Scenario> m_scenario;
    QString m_path;
    bool m_sameDocument = false;
    std::shared_ptr<const RecordStore> m_store;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::shared_ptr<const MessageSource> m_messages;
    std::unique_ptr<SimulationWorker> m_worker; // simulation mode
    Errors m_expectationErrors;
    std::unique_ptr<Tap> m_tap;                 // live mode
    std::unique_ptr<RecordReader> m_reader; // the session's own view of the records
    std::shared_ptr<const Picture> m_headPicture;

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

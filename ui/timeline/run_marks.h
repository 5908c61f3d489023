// RunMarks: what happened to a run from outside of its workload, for the timeline and the charts: faults with their
// beginning and end, commands, broken expectations, breakpoints in time, and where runs forked. Reads records in
// slices; bounded, and what is left out is counted.
#pragma once

#include "core/record/record_reader.h"
#include "ui/session/session.h"
#include "ui/theme.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace weir {

struct RunMark {
    enum class Kind : std::uint8_t { Fault, Command, Alert, Breakpoint, Fork };
    Kind kind = Kind::Fault;
    SimTime at;
    QString text;
    Tone tone = Tone::Danger;
    bool lasts = false; // a bar, up to `end`, or to now where that is not there yet
    std::optional<SimTime> end;
    bool operator==(const RunMark&) const = default;
};

class RunMarks final : public QObject {
    Q_OBJECT
  public:
    static constexpr std::size_t marksMax = 500; // of records; later ones are counted
    static constexpr std::uint64_t recordsPerTick = 120'000;

    explicit RunMarks(Session& session);

    // Ascending in time.
    const std::vector<RunMark>& all() const { return m_all; }
    std::uint64_t leftOut() const { return m_leftOut; }

  Q_SIGNALS:
    void changed();

  private:
    struct Down { // a service's crash that is not over
        std::size_t mark;
        int instances;
    };
    void takeUpDocument();
    void tick();
    bool read();
    void take(const Record& record);
    void begin(const Record& record, QString text, bool lasts, RunMark::Kind kind, Tone tone);
    void crashed(const Record& record, const Place& place);
    void restarted(const Record& record, const Place& place);
    void commanded(const Record& record, const Place& place);
    bool readAlerts();  // what was expected and broken
    void readSession(); // breakpoints and forks
    static QString commandWord(const std::string& reason);
    const Command* journalled(const Record& record) const;
    QString amountText(const Record& record, const std::string& service, const std::string& reason) const;
    void assemble();

    Session& m_session;
    std::unique_ptr<RecordReader> m_reader;
    std::uint64_t m_read = 0;
    QTimer m_catchUp;
    std::shared_ptr<const std::vector<ExpectationOutcome>> m_expectations; // as last looked at
    std::vector<RunMark> m_recorded;
    std::vector<RunMark> m_alerts;
    std::vector<RunMark> m_others; // of the session, not of its records
    std::vector<RunMark> m_all;
    std::uint64_t m_leftOut = 0;
    std::map<std::uint16_t, Down> m_down;                                // by service
    std::map<std::pair<std::uint32_t, std::uint16_t>, std::size_t> m_on; // place and reason -> its open mark
};

} // namespace weir

#include "core/simulation/whole_run.h"

#include "core/record/record_reader.h"
#include "core/simulation/expectation_watch.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::uint64_t sliceDues = 4096; // where records are handed on: no more than are kept
constexpr std::uint64_t longSliceDues = 65'536;

class Driver {
  public:
    Driver(std::shared_ptr<const Model> model, Expectations expectations, const RunWatch& watch)
        : m_model(std::move(model)), m_watch(watch),
          m_watched(watch.records || expectations.pace() != Expectations::Pace::atTheEnd), m_simulation(m_model),
          m_recorder(m_model->catalogue,
                     {.recordsMax = m_watched ? watch.recordsKept : 0, .ownThread = watch.ownThread}),
          m_reader(m_recorder.store()), m_expectations(m_model, std::move(expectations), m_recorder.store()) {}

    Result<FinishedRun, Errors> run() {
        m_expectations.begin(m_simulation, m_recorder);
        for (const JournalEntry& entry : m_watch.journal) {
            runUntil(entry.dues);
            // Nothing is due before `until`, so that only the command is played.
            const auto played = m_simulation.replay({entry}, SimTime::min(), m_recorder);
            if (!played)
                return Errors{played.error()};
            m_expectations.look(m_simulation, m_recorder);
        }
        runUntil(UINT64_MAX);
        m_expectations.end(m_simulation, m_recorder);
        return FinishedRun{.simulation = std::move(m_simulation),
                           .picture = m_recorder.head(),
                           .fingerprint = m_recorder.fingerprint(),
                           .recordsMissed = m_missed,
                           .expectations = m_expectations.outcomes()};
    }

  private:
    void runUntil(std::uint64_t dues) {
        while (!m_ended && !m_simulation.stopped() && m_simulation.dues() < dues) {
            const std::uint64_t slice = std::min(dues - m_simulation.dues(), m_watched ? sliceDues : longSliceDues);
            m_expectations.run(m_simulation, SimTime::max(), slice, m_recorder);
            hand();
            if (m_watch.progress)
                m_watch.progress(m_simulation);
        }
    }

    void hand() {
        if (!m_watch.records)
            return;
        m_reader.refresh();
        if (m_handed < m_reader.first()) {
            m_missed += m_reader.first() - m_handed;
            m_handed = m_reader.first();
        }
        for (; m_handed < m_reader.end() && !m_ended; m_handed += m_reader.from(m_handed).size())
            m_ended = !m_watch.records(m_reader.from(m_handed), m_expectations.messages(), *m_model->catalogue);
    }

    std::shared_ptr<const Model> m_model;
    const RunWatch& m_watch;
    bool m_watched;
    Simulation m_simulation;
    Recorder m_recorder;
    RecordReader m_reader;
    ExpectationWatch m_expectations;
    std::uint64_t m_handed = 0; // to whoever watches
    std::uint64_t m_missed = 0;
    bool m_ended = false;
};

} // namespace

bool FinishedRun::asExpected() const {
    return std::all_of(expectations.begin(), expectations.end(),
                       [](const ExpectationOutcome& outcome) { return outcome.ok(); });
}

bool FinishedRun::boundReached() const {
    return picture.stopReason() == simulation.model().broker->reasons.bound;
}

Result<FinishedRun, Errors> runWhole(const Scenario& scenario, Model::Options options, const RunWatch& watch) {
    Result<std::shared_ptr<const Model>, Errors> model = Model::compile(scenario, options);
    if (!model)
        return model.error();
    Result<Expectations, Errors> expectations = Expectations::compile(scenario, *model);
    if (!expectations)
        return expectations.error();
    return Driver(*model, std::move(*expectations), watch).run();
}

} // namespace weir

#include "core/simulation/whole_run.h"

#include "core/record/record_reader.h"
#include "core/services/generated_messages.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::uint64_t sliceDues = 4096;

class Driver {
  public:
    Driver(std::shared_ptr<const Model> model, Expectations expectations, const RunWatch& watch)
        : m_model(std::move(model)), m_expectations(std::move(expectations)), m_watch(watch),
          m_watched(watch.records || m_expectations.pace() != Expectations::Pace::atTheEnd), m_simulation(m_model),
          m_recorder(m_model->catalogue, {.recordsMax = m_watched ? watch.recordsKept : 0}),
          m_reader(m_recorder.store()), m_messages(m_model->generator, m_model->catalogue,
                                                   [this](Ordinal ordinal) { return m_reader.published(ordinal); }) {}

    Result<FinishedRun, Errors> run() {
        m_expectations.begin(m_simulation, m_recorder.head());
        for (const JournalEntry& entry : m_watch.journal) {
            runUntil(entry.dues);
            // Nothing is due before `until`, so that only the command is played.
            const auto played = m_simulation.replay({entry}, SimTime::min(), m_recorder);
            if (!played)
                return Errors{played.error()};
            look();
        }
        runUntil(UINT64_MAX);
        m_expectations.end(m_simulation, m_recorder.head(), m_messages);
        return FinishedRun{.simulation = std::move(m_simulation),
                           .picture = m_recorder.head(),
                           .fingerprint = m_recorder.fingerprint(),
                           .recordsMissed = m_missed,
                           .expectations = m_expectations.outcomes()};
    }

  private:
    void runUntil(std::uint64_t dues) {
        while (!m_ended && !m_simulation.stopped() && m_simulation.dues() < dues) {
            const std::uint64_t slice = std::min(dues - m_simulation.dues(), sliceDues);
            if (m_expectations.pace() == Expectations::Pace::everyDue)
                for (std::uint64_t i = 0; i < slice && m_simulation.step(m_recorder); ++i)
                    look();
            else
                m_simulation.run(SimTime::max(), slice, m_recorder);
            look();
            hand();
            if (m_watch.progress)
                m_watch.progress(m_simulation);
        }
    }

    void look() {
        if (m_expectations.pace() == Expectations::Pace::atTheEnd)
            return;
        m_reader.refresh();
        if (m_seen < m_reader.first()) {
            m_expectations.miss(m_reader.first() - m_seen);
            m_seen = m_reader.first();
        }
        for (; m_seen < m_reader.end(); m_seen += m_reader.from(m_seen).size())
            m_expectations.see(m_reader.from(m_seen), m_messages);
        m_expectations.look(m_simulation, m_recorder.head(), m_messages);
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
            m_ended = !m_watch.records(m_reader.from(m_handed), m_messages, *m_model->catalogue);
    }

    std::shared_ptr<const Model> m_model;
    Expectations m_expectations;
    const RunWatch& m_watch;
    bool m_watched;
    Simulation m_simulation;
    Recorder m_recorder;
    RecordReader m_reader;
    GeneratedMessages m_messages;
    std::uint64_t m_seen = 0;   // by the expectations
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

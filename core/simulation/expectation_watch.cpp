#include "core/simulation/expectation_watch.h"

#include <algorithm>
#include <utility>

namespace weir {

ExpectationWatch::ExpectationWatch(std::shared_ptr<const Model> model, Expectations expectations,
                                   std::shared_ptr<const RecordStore> store, std::uint64_t seen)
    : m_expectations(std::move(expectations)), m_reader(std::move(store), RecordReader::Extent::made),
      m_messages(model->generator, model->catalogue, [this](Ordinal ordinal) { return m_reader.published(ordinal); }),
      m_seen(seen) {}

void ExpectationWatch::begin(const Simulation& simulation, const Recorder& recorder) {
    m_expectations.begin(simulation, recorder.head());
}

std::uint64_t ExpectationWatch::run(Simulation& simulation, SimTime until, std::uint64_t duesMax, Recorder& recorder) {
    std::uint64_t dues = 0;
    if (m_expectations.pace() == Expectations::Pace::everyDue) {
        for (std::uint64_t ran = 1; dues < duesMax && ran > 0; dues += ran) {
            ran = simulation.run(until, 1, recorder);
            look(simulation, recorder);
        }
    } else {
        dues = simulation.run(until, duesMax, recorder);
    }
    look(simulation, recorder);
    if (simulation.stopped())
        end(simulation, recorder);
    return dues;
}

void ExpectationWatch::end(const Simulation& simulation, const Recorder& recorder) {
    if (!std::exchange(m_ended, true))
        m_expectations.end(simulation, recorder.head(), m_messages);
}

void ExpectationWatch::look(const Simulation& simulation, const Recorder& recorder) {
    if (m_expectations.pace() == Expectations::Pace::atTheEnd)
        return;
    m_reader.refresh();
    if (m_seen < m_reader.first()) {
        m_expectations.miss(m_reader.first() - m_seen);
        m_seen = m_reader.first();
    }
    while (m_seen < m_reader.end()) {
        const std::span<const Record> records = m_reader.from(m_seen);
        m_expectations.see(m_seen, records, m_messages);
        m_seen += records.size();
    }
    m_expectations.look(simulation, recorder.head(), m_messages);
}

std::size_t ExpectationWatch::broken() const {
    return static_cast<std::size_t>(
        std::count_if(outcomes().begin(), outcomes().end(), [](const ExpectationOutcome& each) { return !each.ok(); }));
}

} // namespace weir

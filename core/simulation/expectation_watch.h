// ExpectationWatch: expectations looked at while a simulation goes on, as often as they need it: after every due where
// something must hold at all times, else after a stretch of dues. One for the command line and the window, so that both
// name the same record. It runs the simulation, and changes nothing about how it runs.
#pragma once

#include "core/record/record_reader.h"
#include "core/services/generated_messages.h"
#include "core/simulation/expectations.h"

#include <memory>

namespace weir {

class ExpectationWatch {
  public:
    // `store`: that of the recorder which run() is given. `seen`: so many records the expectations have seen already.
    ExpectationWatch(std::shared_ptr<const Model> model, Expectations expectations,
                     std::shared_ptr<const RecordStore> store, std::uint64_t seen = 0);
    ExpectationWatch(const ExpectationWatch&) = delete;
    ExpectationWatch& operator=(const ExpectationWatch&) = delete;

    // Before the first due.
    void begin(const Simulation& simulation, const Recorder& recorder);
    // Like Simulation::run(), with a look at what must be looked at. At the end of the run the last look is taken.
    std::uint64_t run(Simulation& simulation, SimTime until, std::uint64_t duesMax, Recorder& recorder);
    // The run goes no further, stopped or not. More than once does no harm.
    void end(const Simulation& simulation, const Recorder& recorder);
    // After something else than run() went on with it: a command.
    void look(const Simulation& simulation, const Recorder& recorder);

    const std::vector<ExpectationOutcome>& outcomes() const { return m_expectations.outcomes(); }
    const Expectations& expectations() const { return m_expectations; }
    const GeneratedMessages& messages() const { return m_messages; }
    // How many are broken.
    std::size_t broken() const;

  private:
    Expectations m_expectations;
    RecordReader m_reader;
    GeneratedMessages m_messages;
    std::uint64_t m_seen; // records
    bool m_ended = false;
};

} // namespace weir

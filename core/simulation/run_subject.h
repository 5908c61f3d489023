// RunSubject: what an expectation may ask of a run: metric(...) from the Picture, state(...) from the simulation, and
// `at`. It notes what was read, so that whoever evaluates knows which records can change the answer: as long as nothing
// that was read changes, the answer stays. Made for one instant between two dues.
#pragma once

#include "core/expression/subject.h"
#include "core/record/metrics.h"
#include "core/simulation/simulation.h"

#include <cstddef>
#include <vector>

namespace weir {

class RunSubject final : public Subject {
  public:
    struct Read {
        bool state = false; // business state of the service `index`; else a metric
        MetricScope scope = MetricScope::run;
        std::size_t index = 0; // of the channel, subscription or service
        bool operator==(const Read&) const = default;
    };
    // Borrows all three; reads are added to `reads` where it is not null.
    RunSubject(const Simulation& simulation, const Picture& picture, std::vector<Read>* reads)
        : m_simulation(simulation), m_picture(picture), m_reads(reads) {}

    Datum field(Field field) const override;
    Datum attribute(std::string_view) const override { return {}; }
    Datum metric(const MetricName& name) const override;
    // state('inventory', 'orders.paid') is how many orders are paid, see EventSubject.
    Datum state(const StateName& name) const override;

    // Whether something was asked for that there is not, or not yet: a figure without observation, an unknown name.
    bool missed() const { return m_missed; }

  private:
    void note(const Read& read) const;

    const Simulation& m_simulation;
    const Picture& m_picture;
    std::vector<Read>* m_reads;
    mutable bool m_missed = false;
};

} // namespace weir

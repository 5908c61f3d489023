// Expectations: what a scenario expects of its runs, checked while a run goes, by streaming over its records in bounded
// memory. The first record that violates an expectation is named. It checks; it never changes what runs.
//
// When each kind is checked:
//   ledger closed    after every record
//   at end           once, at the end
//   always           at the start, at the end, and after every due that made a record which may change what the
//                    expression read the last time: stateChanged of the service for state(...), any record at the
//                    channel, subscription or service for metric(...), any record at all for metric('run', ...).
//                    Between dues, since the effects of one handling belong together; figures that change by the
//                    passing of time alone (means over time, rates) are looked at on those occasions too, and not in
//                    between. A figure without any observation yet, or a state that is not there yet, is passed over.
//   order per key    per partition key, first handlings on the subscription finish in the order of publishing
#pragma once

#include "core/expression/expression.h"
#include "core/record/flat_map.h"
#include "core/record/message_source.h"
#include "core/record/record_json.h"
#include "core/scenario/scenario.h"
#include "core/simulation/run_subject.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weir {

struct Violation {
    SimTime at;
    std::string why;
    std::optional<Record> record; // nothing: the run's start, before any record
    std::uint64_t index = 0;      // of that record in the run
    std::string recordLine;       // that record as JSON, with what was known of its message then; empty without one
};

struct ExpectationOutcome {
    Expectation expectation;
    std::uint64_t checks = 0;    // how often it was looked at
    std::uint64_t unchecked = 0; // what a bound left out (keys beyond keysMax, records that were gone)
    std::optional<Violation> violation;

    bool ok() const { return !violation; }
};

// "metric(...) < 2s", "ledger closed", "ordered: orders"
std::string expectationText(const Expectation& expectation);

class Expectations {
  public:
    static constexpr std::size_t keysMax = 1'000'000; // partition keys told apart for each expectation of order

    // Errors have JSON pointers into the scenario.
    static Result<Expectations, Errors> compile(const Scenario& scenario, std::shared_ptr<const Model> model);

    // How often look() must be called: every due where something must hold at all times, else whenever it suits.
    enum class Pace : std::uint8_t { atTheEnd, now, everyDue };
    Pace pace() const { return m_pace; }

    // Before the first due.
    void begin(const Simulation& simulation, const Picture& picture);
    // All records in their order, `first` being the index of the first of these. `messages` must know those that were just
    // published.
    void see(std::uint64_t first, std::span<const Record> records, const MessageSource& messages);
    // Records that were gone before anybody could see them.
    void miss(std::uint64_t records);
    // Between two dues, after see() of what the due made.
    void look(const Simulation& simulation, const Picture& picture, const MessageSource& messages);
    // After the last.
    void end(const Simulation& simulation, const Picture& picture, const MessageSource& messages);

    const std::vector<ExpectationOutcome>& outcomes() const { return m_outcomes; }
    // For a run that forked off: a model with the same ids.
    void adopt(std::shared_ptr<const Model> model) { m_model = std::move(model); }
    std::size_t memoryBytes() const; // of a copy

  private:
    struct Seen {
        Record record;
        std::uint64_t index = 0;
    };
    struct Check {
        std::optional<Expression> expression;
        std::vector<RunSubject::Read> reads;
        std::optional<Seen> touched; // the last record since look() that may have changed what was read
        bool evaluated = false;        // without error, ever
        std::string lastError;
        Ledger ledger; // ledger closed: folded record by record
        // order per key
        SubscriptionId subscription;
        bool settledFirst = false; // automatic acks: nothing comes again
        FlatMap<Ordinal> newest;   // hash of the key -> newest message handled
        FlatMap<bool> unsettled;   // handled once, may come again
    };

    void seeLedger(std::size_t index, const Seen& seen, const MessageSource& messages);
    void seeOrder(std::size_t index, const Seen& seen, const MessageSource& messages);
    void evaluate(std::size_t index, const Simulation& simulation, const Picture& picture,
                  const MessageSource* messages);
    void violate(std::size_t index, std::string why, SimTime at, const Seen* seen, const MessageSource* messages);
    bool touches(const RunSubject::Read& read, const Record& record) const;

    std::shared_ptr<const Model> m_model;
    std::vector<ExpectationOutcome> m_outcomes;
    std::vector<Check> m_checks; // in step with the outcomes
    Pace m_pace = Pace::atTheEnd;
};

} // namespace weir

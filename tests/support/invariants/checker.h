// Checker: steps through a run and holds every record, and every state between two dues, to the invariants.
#pragma once

#include "core/record/record_reader.h"
#include "core/services/generated_messages.h"
#include "core/simulation/simulation.h"
#include "support/invariants/copy_rules.h"
#include "support/invariants/group_rules.h"
#include "support/invariants/message_rules.h"
#include "support/invariants/passage_rules.h"

#include <memory>
#include <string>
#include <vector>

namespace weir::invariants {

class Checker {
  public:
    struct Options {
        bool commanded = false; // commands are given, too; what the scenario's faults do is known
    };
    Checker(std::shared_ptr<const Model> model, Options options, Exercised& exercised);
    Checker(const Checker&) = delete;
    Checker& operator=(const Checker&) = delete;

    // Runs the next due; false once the run has stopped, or something is broken.
    bool step();
    // What has been recorded since; also called by step().
    void look();
    // After the last due: figures, what is left over, the same Picture from the same records.
    void finish();

    // The first thing that was broken, with the record that broke it; empty where nothing was.
    const std::string& broken() const { return m_broken; }
    std::uint64_t records() const { return m_seen; }

    std::shared_ptr<const Model> model;
    Simulation simulation;
    Recorder recorder;

  private:
    struct Figures { // of a subscription, counted anew (I24)
        std::int64_t delivered = 0, redelivered = 0, acked = 0, deadLettered = 0, expired = 0, dropped = 0;
    };
    Broken apply(const Record& record);
    void count(const Record& record, const Place& place);
    bool nodesAreBack() const;
    Broken figures() const;
    Broken percentiles();
    void breaks(Broken broken, const Record* record);

    Shared m_shared;
    RecordReader m_reader;
    GeneratedMessages m_source;
    MessageRules m_messages;
    CopyRules m_copies;
    GroupRules m_groups;
    PassageRules m_passages;
    Ledger m_ledger;
    Picture m_picture; // folded from the records (I20)
    std::vector<Figures> m_figures;
    std::vector<std::int64_t> m_latencies;
    std::uint64_t m_seen = 0;
    bool m_warmed = false;
    std::string m_broken;
};

} // namespace weir::invariants

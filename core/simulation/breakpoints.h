// Breakpoints: finds the record at which a run is to stop, by reading records: where an expression holds, an event of a
// type is published, a condition on metrics begins to hold. Times and broken expectations are for whoever runs: they are
// no matter of single records.
#pragma once

#include "core/expression/expression.h"
#include "core/record/message_source.h"
#include "core/record/record_reader.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

struct BreakpointHit {
    std::size_t breakpoint = 0; // its place in the list
    std::uint64_t record = 0;   // index
    bool operator==(const BreakpointHit&) const = default;
};

class Breakpoints {
  public:
    Breakpoints() = default;
    // Errors: "/0/when" ...; those that are off are checked too.
    static Result<Breakpoints, Errors> compile(const std::vector<BreakpointSpec>& specs);

    bool empty() const { return m_watches.empty(); } // nothing that scan() could find
    bool watchesExpectations() const { return m_broken.has_value(); }
    std::size_t expectationsPlace() const { return m_broken.value_or(0); } // of that breakpoint

    // The first hit among the records [from, to); metrics are those after each record. Going on where the last scan
    // ended costs nothing more; elsewhere the figures are folded first.
    std::optional<BreakpointHit> scan(RecordReader& reader, std::uint64_t from, std::uint64_t to,
                                      const MessageSource* messages);
    // What was scanned is no longer so.
    void forget() { m_scanned.reset(); }

  private:
    struct Watch {
        std::size_t place = 0;
        BreakpointSpec spec;
        std::optional<Expression> expression;
        bool held = false; // metric: after the record before
    };
    bool stops(Watch& watch, const Record& record, const class RecordSubject& subject, const Catalogue& catalogue) const;

    std::vector<Watch> m_watches; // those that are on
    std::optional<std::size_t> m_broken;
    bool m_needsPicture = false;
    std::optional<std::uint64_t> m_scanned; // up to there, with m_picture being the one before that record
    Picture m_picture;
};

} // namespace weir

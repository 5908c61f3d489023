// TraceRows: which records the trace shows, as rows from 0: all that are kept up to the playhead, or those of them that
// lie in a stretch of time and pass a filter. A filter looks at records in slices, the newest first and then what
// arrives, and never stalls; rows it has not found yet are not there yet. It knows nothing of widgets.
#pragma once

#include "core/expression/expression.h"
#include "core/record/message_source.h"
#include "core/record/record_reader.h"
#include "core/record/record_subject.h"
#include "ui/trace/match_set.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace weir {

class TraceRows {
  public:
    TraceRows();

    // Another run, or none: no rows until the next update(). A filter stays.
    void setStore(std::shared_ptr<const RecordStore> store, std::shared_ptr<const MessageSource> messages);
    // Nothing: every record is a row.
    void setFilter(std::optional<Expression> filter);
    const std::optional<Expression>& filter() const { return m_filter; }

    // From `begin` to before `end`; nothing: all of the run.
    struct Stretch {
        SimTime begin, end;
        bool operator==(const Stretch&) const = default;
    };
    void setStretch(std::optional<Stretch> stretch);
    const std::optional<Stretch>& stretch() const { return m_stretch; }

    // Takes up what is new and goes on filtering for at most about `budget`. Records from `playhead` on are no rows.
    void update(std::uint64_t playhead, std::chrono::nanoseconds budget);

    std::uint64_t count() const { return m_count; }
    std::uint64_t indexOf(std::uint64_t row) const; // row < count()
    // Rows before the one of this record; where the record is no row, before the place where it would be.
    std::uint64_t rowsBefore(std::uint64_t index) const;
    bool isRow(std::uint64_t index) const;

    // Records up to the playhead at which the filter has not looked yet.
    std::uint64_t unsearched() const;
    std::uint64_t searched() const { return m_high - m_low; }

    const RecordReader& reader() const { return m_reader; }
    const MessageSource* messages() const { return m_messages.get(); }
    bool empty() const { return !m_store; } // there is no run

  private:
    void search(std::chrono::steady_clock::time_point until);
    bool searchSlice(std::uint64_t from, std::uint64_t to, std::chrono::steady_clock::time_point until);

    std::shared_ptr<const RecordStore> m_store;
    std::shared_ptr<const MessageSource> m_messages;
    RecordReader m_reader;
    std::optional<Stretch> m_stretch;
    bool m_stretchMoved = false; // since the filter last looked
    std::uint64_t m_keptFrom = 0; // the first record that was there then
    // Where rows can be: what is kept of the stretch, up to the playhead.
    std::uint64_t m_first = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_count = 0;

    std::optional<Expression> m_filter;
    std::unique_ptr<RecordSubject> m_subject;
    MatchSet m_matches;
    // Looked at: [m_low, m_high).
    bool m_begun = false;
    std::uint64_t m_low = 0;
    std::uint64_t m_high = 0;
};

} // namespace weir

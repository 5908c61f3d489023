// SeriesFeed: a Series that keeps up with a session's records in slices, so that following a fast run or starting over
// for another scope never stalls the window. It says how far it has got.
#pragma once

#include "core/record/record_reader.h"
#include "core/record/series.h"

#include <cstdint>
#include <memory>

namespace weir {

class SeriesFeed {
  public:
    static constexpr std::uint64_t sliceRecords = 60'000; // about 2 ms of folding

    void start(std::shared_ptr<const RecordStore> store, SeriesScope scope, SeriesWindow window = {}) {
        m_reader = store ? std::make_unique<RecordReader>(std::move(store)) : nullptr;
        m_series = Series(scope, window);
        m_next = 0;
        m_caughtUp = !behind();
    }
    // Folds at most so many records. True where something was new.
    bool advance(std::uint64_t most = sliceRecords) {
        if (!m_reader || m_series.complete())
            return false;
        m_reader->refresh();
        m_next = m_next < m_reader->first() ? m_reader->first() : m_next; // evicted: the series begins later
        std::uint64_t left = most;
        const std::uint64_t before = m_next;
        while (left > 0 && m_next < m_reader->end() && !m_series.complete()) {
            auto records = m_reader->from(m_next);
            records = records.first(records.size() < left ? records.size() : left);
            for (const Record& record : records)
                m_series.apply(record, m_reader->catalogue());
            m_next += records.size();
            left -= records.size();
        }
        m_caughtUp = m_caughtUp || !behind();
        return m_next != before;
    }
    const Series& series() const { return m_series; }
    // Time that passed without records; no later than what was read.
    void reach(SimTime now) {
        if (m_reader && m_next == m_reader->end())
            m_series.reach(now);
    }
    bool behind() const { return m_reader && m_next < m_reader->end() && !m_series.complete(); }
    // It has been at the end once: until then its figures are those of a part, or none at all.
    bool caughtUp() const { return m_caughtUp; }

  private:
    std::unique_ptr<RecordReader> m_reader;
    Series m_series;
    std::uint64_t m_next = 0;
    bool m_caughtUp = true;
};

} // namespace weir

#include "ui/trace/trace_rows.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace weir {
namespace {

using Clock = std::chrono::steady_clock;

// Records between two looks at the clock: data that must be generated takes some microseconds a record.
constexpr std::uint64_t sliceLength = 64;

} // namespace

TraceRows::TraceRows() : m_reader(nullptr) {}

void TraceRows::setStore(std::shared_ptr<const RecordStore> store, std::shared_ptr<const MessageSource> messages) {
    m_store = std::move(store);
    m_messages = std::move(messages);
    m_reader = RecordReader(m_store);
    m_first = m_end = m_count = 0;
    m_subject = m_store ? std::make_unique<RecordSubject>(*m_store->catalogue(), m_messages.get())
                        : std::unique_ptr<RecordSubject>();
    setFilter(std::move(m_filter));
}

void TraceRows::setFilter(std::optional<Expression> filter) {
    m_filter = std::move(filter);
    m_matches = {};
    m_begun = false;
    m_low = m_high = 0;
    m_count = m_filter ? 0 : m_end - m_first;
}

void TraceRows::setStretch(std::optional<Stretch> stretch) {
    m_stretch = stretch;
    m_stretchMoved = true;
}

void TraceRows::update(std::uint64_t playhead, std::chrono::nanoseconds budget) {
    const auto until = Clock::now() + budget;
    m_reader.refresh();
    const std::uint64_t from = m_stretch ? m_reader.indexAt(m_stretch->begin) : m_reader.first();
    const std::uint64_t to = m_stretch ? m_reader.indexAt(m_stretch->end) : m_reader.end();
    m_end = std::clamp(std::min(playhead, to), m_reader.first(), m_reader.end());
    m_first = std::min(from, m_end);
    if (!m_filter) {
        m_count = m_end - m_first;
        return;
    }
    // Between another stretch and what was looked at lies what nobody asks for. And where somebody goes back to what had
    // been evicted, or comes from there, other records are there to be looked at.
    const std::uint64_t keptFrom = std::exchange(m_keptFrom, m_reader.first());
    const bool elsewhere = m_keptFrom < keptFrom || m_keptFrom > m_high;
    const bool stretchMoved = std::exchange(m_stretchMoved, false) && (m_first > m_high || m_end < m_low);
    if (m_begun && (elsewhere || stretchMoved))
        setFilter(std::move(m_filter));
    search(until);
    m_matches.forgetBefore(m_reader.first());
    m_count = m_matches.countBefore(m_end) - m_matches.countBefore(m_first);
}

void TraceRows::search(Clock::time_point until) {
    if (!m_begun) {
        m_begun = true;
        m_low = m_high = m_end;
    }
    // What was evicted cannot be looked at any more, and counts as looked at.
    m_low = std::max(m_low, m_reader.first());
    m_high = std::max(m_high, m_low);
    while (m_high < m_end) {
        const std::uint64_t to = std::min(m_high + sliceLength, m_end);
        const bool timeLeft = searchSlice(m_high, to, until);
        m_high = to;
        if (!timeLeft)
            return;
    }
    while (m_low > m_first) {
        const std::uint64_t from = std::max(m_low - std::min(m_low, sliceLength), m_first);
        const bool timeLeft = searchSlice(from, m_low, until);
        m_low = from;
        if (!timeLeft)
            return;
    }
}

bool TraceRows::searchSlice(std::uint64_t from, std::uint64_t to, Clock::time_point until) {
    while (from < to) {
        std::span<const Record> records = m_reader.from(from);
        records = records.first(std::min<std::size_t>(records.size(), to - from));
        for (const Record& record : records) {
            m_subject->set(record);
            if (m_filter->holds(*m_subject))
                m_matches.mark(from);
            ++from;
        }
    }
    return Clock::now() < until;
}

std::uint64_t TraceRows::indexOf(std::uint64_t row) const {
    assert(row < m_count);
    if (!m_filter)
        return m_first + row;
    return m_matches.indexOf(m_matches.countBefore(m_first) + row);
}

std::uint64_t TraceRows::rowsBefore(std::uint64_t index) const {
    const std::uint64_t inside = std::clamp(index, m_first, m_end);
    if (!m_filter)
        return inside - m_first;
    return m_matches.countBefore(inside) - m_matches.countBefore(m_first);
}

bool TraceRows::isRow(std::uint64_t index) const {
    return index >= m_first && index < m_end && (!m_filter || m_matches.contains(index));
}

std::uint64_t TraceRows::unsearched() const {
    if (!m_filter)
        return 0;
    const std::uint64_t below = m_low - std::min(m_low, m_first);
    const std::uint64_t above = m_end - std::min(m_end, m_high);
    return below + above;
}

} // namespace weir

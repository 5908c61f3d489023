// StreamLog: one partition of a stream: records by offset, the oldest forgotten first, single ones taken out of the
// middle (what a cleaning or an ack removes; their offsets stay empty). Which ones go is the broker's to decide.
// Segments are shared between snapshots and cloned when one of them is written to.
#pragma once

#include "core/broker/message.h"
#include "core/broker/slab.h"
#include "core/kernel/prefetch.h"
#include "core/scenario/publish_spec.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace weir {

class StreamLog {
  public:
    static constexpr std::size_t segmentRecords = 1024;
    // What became of the transaction that it was published in.
    enum class Mark : std::uint8_t {
        none, // committed, or there was none
        open,
        aborted
    };
    // Two cache lines. What is asked of a record that goes, long after it was near, is in the first one: what stands
    // here before its message, and how that begins.
    struct alignas(cacheLine) Entry {
        SimTime at;                // of its coming
        std::uint32_t awaited = 0; // a bit for each group that has not acked it, where that counts
        std::uint16_t round = 0;   // how often it had gone round before it came, as a dead letter or sent back
        std::optional<Acks> asked; // by its producer, who waits for an answer
        bool removed = false;      // or a marker, which is no record
        bool withheld = false;     // from groups that share records: its message's delay is not over
        Mark mark = Mark::none;
        Message message;
    };
    static_assert(sizeof(Entry) == 2 * cacheLine);

    // Of a copy: the segments are shared until one is written to.
    std::size_t memoryBytes() const { return m_segments.memoryBytes() + segmentRecords * sizeof(Entry); }

    std::uint64_t start() const { return m_start; } // of the oldest record; what lies before it is forgotten
    std::uint64_t end() const { return m_end; }     // offset of the next record
    std::int64_t kept() const { return m_kept; }    // records that are there
    std::int64_t bytes() const { return m_bytes; }  // of them
    bool isWhole() const { return m_kept == static_cast<std::int64_t>(m_end - m_start); } // no offset is empty
    bool holds(std::uint64_t offset) const { return offset >= m_start && offset < m_end && !at(offset).removed; }

    // The entry is made where it stands.
    Entry& append(const Message& message, SimTime at, std::uint32_t awaited = 0, std::uint16_t round = 0,
                  std::optional<Acks> asked = {}) {
        if (m_end == m_firstSegment * segmentRecords + m_segments.size() * segmentRecords)
            m_segments.pushBack(std::make_shared<Segment>());
        Segment& last = writable(m_segments.size() - 1);
        if (last.empty())
            last.reserve(segmentRecords);
        ++m_kept;
        m_bytes += message.size;
        ++m_end;
        return last.emplace_back(at, awaited, round, asked, false, false, Mark::none, message);
    }
    // The end of a transaction takes an offset, and is no record.
    std::uint64_t appendMarker(SimTime at) {
        append({}, at).removed = true;
        --m_kept;
        const std::uint64_t offset = m_end - 1;
        while (m_start < m_end && this->at(m_start).removed)
            forgetFirst();
        return offset;
    }
    void mark(std::uint64_t offset, Mark mark) {
        writable(offset / segmentRecords - m_firstSegment)[offset % segmentRecords].mark = mark;
    }
    // Its delay is over.
    void release(std::uint64_t offset) {
        writable(offset / segmentRecords - m_firstSegment)[offset % segmentRecords].withheld = false;
    }
    const Entry& at(std::uint64_t offset) const {
        assert(offset >= m_start && offset < m_end);
        return (*m_segments[offset / segmentRecords - m_firstSegment])[offset % segmentRecords];
    }
    // Whether all of them have acked it now.
    bool acked(std::uint64_t offset, std::uint32_t group) {
        Entry& entry = writable(offset / segmentRecords - m_firstSegment)[offset % segmentRecords];
        entry.awaited &= ~group;
        return entry.awaited == 0;
    }
    // Its producer was told no; where it is forgotten nobody asks.
    void forgetAsked(std::uint64_t offset) {
        if (holds(offset))
            writable(offset / segmentRecords - m_firstSegment)[offset % segmentRecords].asked.reset();
    }
    void remove(std::uint64_t offset) {
        assert(holds(offset));
        --m_kept;
        m_bytes -= at(offset).message.size;
        if (offset != m_start) {
            Entry& entry = writable(offset / segmentRecords - m_firstSegment)[offset % segmentRecords];
            entry.removed = true;
            entry.message.content.reset();
            return;
        }
        do // nothing is written to what snapshots share
            forgetFirst();
        while (m_start < m_end && at(m_start).removed);
    }
    // Forgets the records from that offset on; the next one gets it again.
    void cut(std::uint64_t to) {
        assert(to >= m_start && to <= m_end);
        for (; m_end > to; --m_end) {
            const std::size_t segment = (m_end - 1) / segmentRecords - m_firstSegment;
            if (const Entry& last = at(m_end - 1); !last.removed) {
                --m_kept;
                m_bytes -= last.message.size;
            }
            writable(segment).pop_back();
            if ((m_end - 1) % segmentRecords == 0)
                m_segments.erase(segment);
        }
    }
    // The first offset from there on whose record came at that time or later.
    std::uint64_t offsetAt(SimTime time) const {
        std::uint64_t low = m_start;
        for (std::uint64_t high = m_end; low < high;) {
            const std::uint64_t middle = low + (high - low) / 2;
            if (at(middle).at < time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

  private:
    using Segment = std::vector<Entry>;

    Segment& writable(std::size_t index) {
        std::shared_ptr<Segment>& segment = m_segments[index];
        if (segment.use_count() > 1) {
            segment = std::make_shared<Segment>(*segment);
            segment->reserve(segmentRecords);
        } else {
            std::atomic_thread_fence(std::memory_order_acquire); // another thread's copy may just have let go of it
        }
        return *segment;
    }
    void forgetFirst() {
        ++m_start;
        if (m_start % segmentRecords == 0) {
            m_segments.popFront();
            ++m_firstSegment;
        }
    }

    Ring<std::shared_ptr<Segment>> m_segments;
    std::uint64_t m_firstSegment = 0; // number of the first segment kept
    std::uint64_t m_start = 0;
    std::uint64_t m_end = 0;
    std::int64_t m_kept = 0;
    std::int64_t m_bytes = 0;
};

} // namespace weir

// Agenda: the future event set. Hands out dues in their total order (time, then priority, then sequence), as fast with
// a million pending as with ten. A plain value: a copy is a snapshot that goes on identically.
// It cancels nothing (callers check generations), and it does not know what time it is: dues may be scheduled earlier
// than the last one popped, and are then simply next.
//
// Structure, from soonest to latest; every due of one part runs before every due of the next:
//   near   what runs next: a sorted run, and a 4-ary heap for what is scheduled into its range while it is being run
//   rungs  a ladder: each rung splits the bucket before it into finer ones, unsorted, sorted only when they get near
//   far    what lies beyond the ladder, unsorted
// While few are pending, all of them are near. Entries are 16 bytes; priority, sequence and payload wait in a slab
// whose places are reused, and are looked at only where two times tie. No allocation once the vectors have grown.
#pragma once

#include "core/kernel/due.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace weir {

class Agenda {
  public:
    // Allots a sequence number without scheduling: a deadline that waits in a FIFO of its own gets its place in the
    // total order when it is created, not when it becomes the FIFO's head.
    std::uint64_t reserve() { return m_sequenceNext++; }

    void schedule(SimTime at, Priority priority, DueKey what) { scheduleReserved(at, priority, reserve(), what); }
    // A sequence may be scheduled again after its due was popped, but never twice at a time. SimTime::max() is no time
    // to schedule at: what never happens is not scheduled.
    void scheduleReserved(SimTime at, Priority priority, std::uint64_t sequence, DueKey what);

    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }
    // How many sequence numbers were allotted so far.
    std::uint64_t allotted() const { return m_sequenceNext; }

    // The next due's time; the agenda must not be empty.
    SimTime nextAt() const { return timeOf(nearest().tick); }
    std::optional<Due> peek() const;
    // Removes and returns the next due; the agenda must not be empty.
    Due pop();
    // The same where it is no later than `until`; nothing, and it stays, where it is or where there is none.
    std::optional<Due> popUntil(SimTime until);

    // The first `count` pending dues in their order, for views and diagnosis: linear in what is pending.
    std::vector<Due> upcoming(std::size_t count) const;
    // How many of the dues that are next have one instant and one priority, at most `tiesMax`: among them only the order
    // in which they were scheduled decides.
    std::size_t ties() const;
    // The one of these that is `which`-th becomes the first, the others stay as they were: another order that is as good.
    // For explorations of all of them.
    void bringForward(std::size_t which);
    static constexpr std::size_t tiesMax = 64;
    std::size_t memoryBytes() const; // of a copy of it

  private:
    using Tick = std::uint64_t; // a SimTime, shifted so that unsigned comparison orders it
    struct Entry {
        Tick tick;
        std::uint32_t place; // in the slab
    };
    static_assert(sizeof(Entry) == 16);
    struct Kept {
        std::uint64_t rank; // priority in the upper two bits, sequence below; in a free place: the next free one
        DueKey what;
    };
    static constexpr std::size_t chunkEntries = 7;
    struct alignas(64) Chunk { // two cache lines
        std::array<Entry, chunkEntries> entries;
        std::uint32_t next;
    };
    static_assert(sizeof(Chunk) == 128);
    struct Bucket {
        std::uint32_t head = nowhere;
        std::uint32_t count = 0;
    };
    struct Rung {
        std::vector<Bucket> buckets;
        Tick start = 0;
        Tick last = 0;           // its last instant; the last bucket may reach beyond
        int shift = 0;           // a bucket is 2^shift ns wide
        std::size_t current = 0; // buckets before this one have been handed on
    };

    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
    static constexpr Tick forever = std::numeric_limits<Tick>::max();
    static constexpr int rankPriorityShift = 62;
    static constexpr std::size_t runInsertMax = 64; // up to here inserting into the sorted run beats the heap
    static constexpr std::size_t nearMax = 48;      // more than these are worth a ladder
    static constexpr std::size_t heapMax = 256;     // more than these have piled up inside one bucket
    static constexpr std::size_t bucketMax = 64;    // a fuller bucket is split before it is sorted
    static constexpr std::size_t countingMax = 16;  // so few are sorted by counting
    static constexpr std::size_t rungsMax = 8;

    static Tick tickOf(SimTime at) { return static_cast<Tick>(at.time_since_epoch().count()) ^ (Tick{1} << 63); }
    static SimTime timeOf(Tick tick) { return SimTime{Duration{static_cast<std::int64_t>(tick ^ (Tick{1} << 63))}}; }

    bool before(Entry left, Entry right) const {
        if (left.tick != right.tick)
            return left.tick < right.tick;
        return m_slab[left.place].rank < m_slab[right.place].rank;
    }
    bool heapIsNext() const {
        return !m_heap.empty() && (m_run.empty() || !before(m_run.back(), m_heap.front()));
    }
    Entry nearest() const;
    Due take(Entry entry, bool fromHeap);
    Due dueOf(Entry entry) const;
    std::uint32_t keep(std::uint64_t rank, DueKey what);

    void insertNear(Entry entry);
    void insertRun(Entry entry);
    void insertLater(Entry entry);
    void pushHeap(Entry entry);
    void popHeap();

    void append(Bucket& bucket, Entry entry);
    void take(Bucket& bucket, std::vector<Entry>& out);
    void sortRun();
    bool sortRunByCounting();
    bool refillFromRungs();
    void refillFromFar();
    void refill();
    void splitNear();
    void addRung(const std::vector<Entry>& entries, Tick start, Tick last);
    bool splits(Tick start, Tick last) const { return m_rungCount < rungsMax && last > start; }
    static Tick thirdQuartile(const std::vector<Entry>& entries);

    std::size_t m_size = 0;
    std::uint64_t m_sequenceNext = 0;
    Tick m_laterFrom = forever; // what is due before this is near
    std::vector<Entry> m_run;   // descending: the next one is at the back
    std::vector<Entry> m_heap;  // 4-ary, the next one in front
    std::size_t m_heapLimit = heapMax;
    std::vector<Kept> m_slab;
    std::uint32_t m_slabFree = nowhere;

    std::array<Rung, rungsMax> m_rungs; // outermost first
    std::size_t m_rungCount = 0;
    Tick m_farFrom = forever; // what is due from here on is far
    std::vector<Entry> m_far;
    std::vector<Chunk> m_chunks;
    std::uint32_t m_chunkFree = nowhere;
    std::vector<Entry> m_moving; // between parts; empty between calls
};

inline std::uint32_t Agenda::keep(std::uint64_t rank, DueKey what) {
    if (m_slabFree == nowhere) {
        assert(m_slab.size() < nowhere);
        m_slab.push_back({rank, what});
        return static_cast<std::uint32_t>(m_slab.size() - 1);
    }
    const std::uint32_t place = m_slabFree;
    Kept& kept = m_slab[place];
    m_slabFree = static_cast<std::uint32_t>(kept.rank);
    kept = {rank, what};
    return place;
}

inline void Agenda::insertRun(Entry entry) {
    m_run.push_back(entry);
    Entry* hole = &m_run.back();
    Entry* const front = m_run.data();
    for (; hole != front && before(hole[-1], entry); --hole)
        *hole = hole[-1];
    *hole = entry;
}

inline void Agenda::scheduleReserved(SimTime at, Priority priority, std::uint64_t sequence, DueKey what) {
    assert(sequence < m_sequenceNext);
    assert(at != SimTime::max());
    const std::uint64_t rank = static_cast<std::uint64_t>(priority) << rankPriorityShift | sequence;
    const Entry entry{tickOf(at), keep(rank, what)};
    ++m_size;
    if (entry.tick >= m_laterFrom)
        insertLater(entry);
    else if (m_run.size() < runInsertMax)
        insertRun(entry);
    else
        insertNear(entry);
}

inline Agenda::Entry Agenda::nearest() const {
    assert(m_size > 0);
    return heapIsNext() ? m_heap.front() : m_run.back();
}

inline Due Agenda::dueOf(Entry entry) const {
    const Kept& kept = m_slab[entry.place];
    constexpr std::uint64_t sequenceMask = (std::uint64_t{1} << rankPriorityShift) - 1;
    return Due{timeOf(entry.tick), kept.rank & sequenceMask, static_cast<Priority>(kept.rank >> rankPriorityShift),
               kept.what};
}

inline Due Agenda::pop() {
    assert(m_size > 0);
    const bool fromHeap = heapIsNext();
    return take(fromHeap ? m_heap.front() : m_run.back(), fromHeap);
}

inline std::optional<Due> Agenda::popUntil(SimTime until) {
    if (m_size == 0)
        return std::nullopt;
    const bool fromHeap = heapIsNext();
    const Entry entry = fromHeap ? m_heap.front() : m_run.back();
    if (entry.tick > tickOf(until))
        return std::nullopt;
    return take(entry, fromHeap);
}

inline Due Agenda::take(Entry entry, bool fromHeap) {
    if (fromHeap)
        popHeap();
    else
        m_run.pop_back();
    const Due due = dueOf(entry);
    m_slab[entry.place].rank = m_slabFree;
    m_slabFree = entry.place;
    --m_size;
    if (m_run.empty() && m_heap.empty())
        refill();
    return due;
}

inline std::optional<Due> Agenda::peek() const {
    if (m_size == 0)
        return std::nullopt;
    return dueOf(nearest());
}

} // namespace weir

#include "core/kernel/agenda.h"

#include <algorithm>
#include <bit>

namespace weir {

// A due of this instant that goes on scheduling at this instant keeps landing here, so this must not be quadratic.
void Agenda::insertNear(Entry entry) {
    pushHeap(entry);
    const bool wantsLadder = m_rungCount == 0 && m_run.size() + m_heap.size() > nearMax;
    if (m_heap.size() > m_heapLimit || (wantsLadder && m_heapLimit == heapMax))
        splitNear();
}

void Agenda::insertLater(Entry entry) {
    if (entry.tick >= m_farFrom) {
        m_far.push_back(entry);
        return;
    }
    for (std::size_t depth = 0;; ++depth) {
        assert(depth < m_rungCount);
        Rung& rung = m_rungs[depth];
        if (entry.tick < rung.start)
            continue;
        const std::size_t index = (entry.tick - rung.start) >> rung.shift;
        if (index >= rung.current) {
            append(rung.buckets[index], entry);
            return;
        }
    }
}

void Agenda::pushHeap(Entry entry) {
    m_heap.push_back(entry);
    std::size_t hole = m_heap.size() - 1;
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / 4;
        if (!before(entry, m_heap[parent]))
            break;
        m_heap[hole] = m_heap[parent];
        hole = parent;
    }
    m_heap[hole] = entry;
}

void Agenda::popHeap() {
    const Entry last = m_heap.back();
    m_heap.pop_back();
    const std::size_t size = m_heap.size();
    if (size == 0) {
        m_heapLimit = heapMax;
        return;
    }
    std::size_t hole = 0;
    for (;;) {
        const std::size_t first = 4 * hole + 1;
        if (first >= size)
            break;
        std::size_t least = first;
        for (std::size_t child = first + 1; child < std::min(first + 4, size); ++child)
            if (before(m_heap[child], m_heap[least]))
                least = child;
        if (!before(m_heap[least], last))
            break;
        m_heap[hole] = m_heap[least];
        hole = least;
    }
    m_heap[hole] = last;
}

void Agenda::append(Bucket& bucket, Entry entry) {
    const std::uint32_t inChunk = bucket.count % chunkEntries;
    if (inChunk == 0) {
        std::uint32_t chunk = m_chunkFree;
        if (chunk == nowhere) {
            chunk = static_cast<std::uint32_t>(m_chunks.size());
            m_chunks.emplace_back();
        } else {
            m_chunkFree = m_chunks[chunk].next;
        }
        m_chunks[chunk].next = bucket.head;
        bucket.head = chunk;
    }
    m_chunks[bucket.head].entries[inChunk] = entry;
    ++bucket.count;
}

// Moves a bucket's entries to the end of `out`, in no order, and frees its chunks.
void Agenda::take(Bucket& bucket, std::vector<Entry>& out) {
    std::size_t inChunk = bucket.count == 0 ? 0 : (bucket.count - 1) % chunkEntries + 1;
    while (bucket.head != nowhere) {
        Chunk& chunk = m_chunks[bucket.head];
        out.insert(out.end(), chunk.entries.begin(), chunk.entries.begin() + static_cast<std::ptrdiff_t>(inChunk));
        inChunk = chunkEntries;
        const std::uint32_t next = chunk.next;
        chunk.next = m_chunkFree;
        m_chunkFree = bucket.head;
        bucket.head = next;
    }
    bucket.count = 0;
}

// Few entries are put where the number of later ones says: comparing all pairs without a branch costs less than the
// mispredicted branches of a sort. A tie needs the ranks, and then a sort.
bool Agenda::sortRunByCounting() {
    const std::size_t count = m_run.size();
    std::array<Entry, countingMax> entries;
    std::array<std::uint32_t, countingMax> places{};
    std::copy(m_run.begin(), m_run.end(), entries.begin());
    bool ties = false;
    for (std::size_t i = 1; i < count; ++i) {
        const Tick tick = entries[i].tick;
        std::uint32_t later = 0;
        for (std::size_t j = 0; j < i; ++j) {
            const bool after = entries[j].tick > tick;
            later += after;
            places[j] += !after;
            ties |= entries[j].tick == tick;
        }
        places[i] = later;
    }
    if (ties)
        return false;
    for (std::size_t i = 0; i < count; ++i)
        m_run[places[i]] = entries[i];
    return true;
}

void Agenda::sortRun() {
    for (const Entry entry : m_run)
        __builtin_prefetch(&m_slab[entry.place]);
    if (m_run.size() <= countingMax && sortRunByCounting())
        return;
    std::sort(m_run.begin(), m_run.end(), [this](Entry left, Entry right) { return before(right, left); });
}

// Called when nothing is near: whatever is pending comes nearer.
void Agenda::refill() {
    m_heapLimit = heapMax;
    if (m_size == 0) {
        for (std::size_t depth = 0; depth < m_rungCount; ++depth)
            m_rungs[depth].buckets.clear();
        m_rungCount = 0;
        m_laterFrom = m_farFrom = forever;
        return;
    }
    while (m_run.empty())
        if (!refillFromRungs())
            refillFromFar();
}

// Takes the next bucket of the innermost rung into the run, or splits it; false where the ladder is used up.
bool Agenda::refillFromRungs() {
    while (m_rungCount > 0) {
        Rung& rung = m_rungs[m_rungCount - 1];
        while (rung.current < rung.buckets.size() && rung.buckets[rung.current].count == 0)
            ++rung.current;
        if (rung.current == rung.buckets.size()) {
            rung.buckets.clear();
            --m_rungCount;
            continue;
        }
        Bucket& bucket = rung.buckets[rung.current];
        const Tick start = rung.start + (static_cast<Tick>(rung.current) << rung.shift);
        const Tick beyond = (Tick{1} << rung.shift) - 1;
        const Tick last = beyond > rung.last - start ? rung.last : start + beyond;
        ++rung.current;
        if (bucket.count > bucketMax && splits(start, last)) {
            m_moving.clear();
            take(bucket, m_moving);
            addRung(m_moving, start, last);
            m_moving.clear();
            continue;
        }
        take(bucket, m_run);
        m_laterFrom = last + 1;
        if (rung.current < rung.buckets.size() && rung.buckets[rung.current].head != nowhere)
            __builtin_prefetch(&m_chunks[rung.buckets[rung.current].head]);
        sortRun();
        return true;
    }
    return false;
}

// The ladder is used up: spread the sooner three quarters of what is far over a new one, so that a few timers far away
// do not make its buckets wide.
void Agenda::refillFromFar() {
    assert(!m_far.empty());
    if (m_far.size() <= nearMax) {
        m_run.swap(m_far);
        m_laterFrom = m_farFrom = forever;
        sortRun();
        return;
    }
    Tick start = forever;
    for (const Entry entry : m_far)
        start = std::min(start, entry.tick);
    const Tick last = thirdQuartile(m_far);
    m_moving.clear();
    m_moving.swap(m_far);
    addRung(m_moving, start, last);
    m_moving.clear();
}

// The third quartile of the times, estimated from at most 64 of them.
Agenda::Tick Agenda::thirdQuartile(const std::vector<Entry>& entries) {
    constexpr std::size_t samples = 64;
    std::array<Tick, samples> sample{};
    const std::size_t count = std::min(samples, entries.size());
    for (std::size_t i = 0; i < count; ++i)
        sample[i] = entries[i * entries.size() / count].tick;
    const auto third = sample.begin() + static_cast<std::ptrdiff_t>(count * 3 / 4);
    std::nth_element(sample.begin(), third, sample.begin() + static_cast<std::ptrdiff_t>(count));
    return *third;
}

// What is near has grown too long for a heap: spread it over a rung in front of the others.
void Agenda::splitNear() {
    m_moving.clear();
    m_moving.insert(m_moving.end(), m_run.begin(), m_run.end());
    m_moving.insert(m_moving.end(), m_heap.begin(), m_heap.end());
    Tick start = forever;
    Tick last = 0;
    for (const Entry entry : m_moving) {
        start = std::min(start, entry.tick);
        last = std::max(last, entry.tick);
    }
    if (!splits(start, last)) {
        m_heapLimit = 2 * m_heap.size(); // all at one instant: the heap orders them by rank
        m_moving.clear();
        return;
    }
    m_run.clear();
    m_heap.clear();
    if (m_rungCount == 0) {
        assert(m_far.empty());
        m_far.swap(m_moving);
        refill();
        return;
    }
    addRung(m_moving, start, m_laterFrom - 1);
    m_moving.clear();
    refill();
}

// A rung over [start, last]. An outermost one reaches to the end of its last bucket and leaves to `far` what is later;
// an inner one ends where the bucket that it refines does.
void Agenda::addRung(const std::vector<Entry>& entries, Tick start, Tick last) {
    const bool outermost = m_rungCount == 0;
    Rung& rung = m_rungs[m_rungCount++];
    const Tick bucketsWanted = std::max<Tick>(entries.size() / 4, 8);
    rung.start = start;
    rung.last = last;
    rung.current = 0;
    rung.shift = std::bit_width((last - start) / bucketsWanted);
    const Tick index = (last - start) >> rung.shift;
    rung.buckets.assign(index + 1, Bucket{});
    if (outermost) {
        const Tick beyond = ((index + 1) << rung.shift) - 1;
        rung.last = beyond < forever - start ? start + beyond : forever - 1;
        m_farFrom = rung.last + 1;
    }
    m_laterFrom = start;
    for (const Entry entry : entries) {
        if (outermost && entry.tick >= m_farFrom)
            m_far.push_back(entry);
        else
            append(rung.buckets[(entry.tick - start) >> rung.shift], entry);
    }
}

std::vector<Due> Agenda::upcoming(std::size_t count) const {
    std::vector<Entry> first(m_run);
    first.insert(first.end(), m_heap.begin(), m_heap.end());
    for (std::size_t depth = m_rungCount; depth > 0; --depth) {
        const Rung& rung = m_rungs[depth - 1];
        for (std::size_t i = rung.current; i < rung.buckets.size() && first.size() < count; ++i) {
            const Bucket& bucket = rung.buckets[i];
            std::size_t inChunk = bucket.count == 0 ? 0 : (bucket.count - 1) % chunkEntries + 1;
            for (std::uint32_t at = bucket.head; at != nowhere; at = m_chunks[at].next) {
                const auto begin = m_chunks[at].entries.begin();
                first.insert(first.end(), begin, begin + static_cast<std::ptrdiff_t>(inChunk));
                inChunk = chunkEntries;
            }
        }
    }
    if (first.size() < count)
        first.insert(first.end(), m_far.begin(), m_far.end());
    const auto end = first.begin() + static_cast<std::ptrdiff_t>(std::min(count, first.size()));
    std::partial_sort(first.begin(), end, first.end(), [this](Entry left, Entry right) { return before(left, right); });
    std::vector<Due> dues;
    dues.reserve(static_cast<std::size_t>(end - first.begin()));
    for (auto entry = first.begin(); entry != end; ++entry)
        dues.push_back(dueOf(*entry));
    return dues;
}

std::size_t Agenda::ties() const {
    const std::vector<Due> next = upcoming(tiesMax);
    const auto other = std::find_if(next.begin(), next.end(), [&next](const Due& due) {
        return due.at != next.front().at || due.priority != next.front().priority;
    });
    return static_cast<std::size_t>(other - next.begin());
}

void Agenda::bringForward(std::size_t which) {
    assert(which < ties());
    std::vector<Due> dues;
    for (std::size_t i = 0; i <= which; ++i)
        dues.push_back(pop());
    // Each of the others gets the place of the one behind it.
    scheduleReserved(dues[which].at, dues[which].priority, dues.front().sequence, dues[which].what);
    for (std::size_t i = 0; i < which; ++i)
        scheduleReserved(dues[i].at, dues[i].priority, dues[i + 1].sequence, dues[i].what);
}

std::size_t Agenda::memoryBytes() const {
    std::size_t bytes = sizeof(Agenda) + m_slab.size() * sizeof(Kept) + m_chunks.size() * sizeof(Chunk) +
                        (m_run.size() + m_heap.size() + m_far.size()) * sizeof(Entry);
    for (const Rung& rung : m_rungs)
        bytes += rung.buckets.size() * sizeof(Bucket);
    return bytes;
}

} // namespace weir

#include "core/record/record_store.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <utility>
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace weir {
namespace {

// Four chunks fill five huge pages exactly. With ordinary pages, touching fresh memory costs as much as making the
// records: 13 ns a record against 2.
constexpr std::size_t hugePage = std::size_t{2} << 20;
constexpr std::size_t chunksPerSlab = 4;
constexpr std::size_t slabBytes = chunksPerSlab * RecordChunk::capacity * sizeof(Record);
static_assert(slabBytes % hugePage == 0);

Record* newSlab() {
    void* const raw = std::aligned_alloc(hugePage, slabBytes);
    if (!raw)
        std::abort(); // as operator new would end, there being nobody to catch
#ifdef __linux__
    madvise(raw, slabBytes, MADV_HUGEPAGE); // advice only: it may be refused
#endif
    return static_cast<Record*>(raw);
}

} // namespace

// The room of evicted chunks, for the next ones: what comes from the system is cleared first, which costs more than
// recording does. The last reader may give it back, from any thread.
class SpareSlab {
  public:
    ~SpareSlab() { std::free(m_slab); }
    Record* take() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_slab, nullptr);
    }
    void giveBack(Record* slab) {
        {
            const std::lock_guard lock(m_mutex);
            std::swap(m_slab, slab);
        }
        std::free(slab);
    }

  private:
    std::mutex m_mutex;
    Record* m_slab = nullptr;
};

RecordChunk::RecordChunk(std::uint64_t firstIndex, std::uint64_t fingerprintBefore, std::shared_ptr<Record> room)
    : m_firstIndex(firstIndex), m_fingerprintBefore(fingerprintBefore), m_room(std::move(room)),
      m_records(m_room.get()), m_marks(std::make_unique_for_overwrite<Mark[]>(capacity / markEvery)) {}

void RecordChunk::append(const Record& record) {
    const std::size_t position = m_count.load(std::memory_order_relaxed);
    assert(position < capacity);
    std::construct_at(m_records + position, record);
    if (record.kind == RecordKind::published && m_published++ % markEvery == 0) {
        const std::size_t mark = m_markCount.load(std::memory_order_relaxed);
        m_marks[mark] = {record.ordinal, static_cast<std::uint32_t>(position)};
        m_markCount.store(mark + 1, std::memory_order_release);
    }
    m_count.store(position + 1, std::memory_order_release);
}

const Record* RecordChunk::published(Ordinal ordinal) const {
    const std::span<const Mark> marks(m_marks.get(), m_markCount.load(std::memory_order_acquire));
    const auto above = std::upper_bound(marks.begin(), marks.end(), ordinal,
                                        [](Ordinal wanted, const Mark& mark) { return wanted < mark.ordinal; });
    if (above == marks.begin())
        return nullptr;
    const std::span<const Record> all = records();
    const std::size_t end = above == marks.end() ? all.size() : above->position;
    for (std::size_t i = std::prev(above)->position; i < std::min(end, all.size()); ++i)
        if (all[i].kind == RecordKind::published && all[i].ordinal == ordinal)
            return &all[i];
    return nullptr;
}

RecordStore::RecordStore(std::shared_ptr<const Catalogue> catalogue, std::uint64_t recordsMax)
    : m_catalogue(std::move(catalogue)),
      // At least two, so that opening a chunk never forgets everything.
      m_chunksMax(std::max<std::uint64_t>(2, recordsMax / RecordChunk::capacity)),
      m_spare(std::make_shared<SpareSlab>()) {}

RecordStore::RecordStore(const RecordStore& whole, std::uint64_t from)
    : m_catalogue(whole.m_catalogue), m_chunksMax(whole.m_chunksMax), m_evicts(false),
      m_spare(std::make_shared<SpareSlab>()) {
    const std::uint64_t inside = from % RecordChunk::capacity;
    const std::uint64_t begins = inside == 0 ? from : from - inside + RecordChunk::capacity;
    m_gone = whole.gone();
    m_gone.resize(std::min<std::size_t>(m_gone.size(), begins / RecordChunk::capacity));
    m_evicted = begins;
    if (inside > 0) {
        m_open = std::make_shared<RecordChunk>(from - inside, 0, room());
        m_open->skip(inside);
    }
}

std::shared_ptr<Record> RecordStore::room() {
    if (!m_slab || m_slabUsed == chunksPerSlab) {
        Record* const spare = m_spare->take();
        m_slab = {spare ? spare : newSlab(), [spares = m_spare](Record* slab) { spares->giveBack(slab); }};
        m_slabUsed = 0;
    }
    return {m_slab, m_slab.get() + RecordChunk::capacity * m_slabUsed++};
}

void RecordStore::openChunk(const Picture& head, std::uint64_t fingerprint) {
    Entry entry;
    auto chunk = std::make_shared<RecordChunk>(head.index(), fingerprint, room());
    entry.chunk = chunk;
    // A keyframe is worth its room while it takes no more than a quarter of what the records since the last one take;
    // so all keyframes together stay below a quarter of the records, and copying them is cheap beside recording. But
    // the kept records begin with one, so that those before it go together: never more than a quarter of all.
    const std::uint64_t since = head.index() - m_lastKeyframe;
    if (m_entries.empty() || since * sizeof(Record) >= 4 * head.memoryBytes() ||
        since >= std::max<std::size_t>(1, m_chunksMax / 4) * RecordChunk::capacity) {
        entry.keyframe = std::make_shared<const Picture>(head);
        m_lastKeyframe = head.index();
    }
    m_open = std::move(chunk);
    std::vector<Entry> evicted; // freed after the lock is released, and only where no reader holds them
    const std::lock_guard lock(m_mutex);
    m_entries.push_back(std::move(entry));
    if (m_evicts && m_entries.size() > m_chunksMax) {
        do {
            const RecordChunk& gone = *m_entries.front().chunk;
            m_gone.push_back({gone.fingerprintBefore(), gone.records().front().at});
            evicted.push_back(std::move(m_entries.front()));
            m_entries.pop_front();
        } while (!m_entries.front().keyframe);
        m_evicted.store(m_entries.front().chunk->firstIndex(), std::memory_order_relaxed);
    }
    m_version.fetch_add(1, std::memory_order_release);
}

// The last chunk ends in the middle: a copy of its beginning takes its place, since readers may hold it.
void RecordStore::keepOnly(std::uint64_t end) {
    while (!m_entries.empty() && m_entries.back().chunk->firstIndex() >= end)
        m_entries.pop_back();
    m_open.reset();
    m_lastKeyframe = 0;
    for (const Entry& entry : m_entries)
        m_lastKeyframe = entry.keyframe ? entry.chunk->firstIndex() : m_lastKeyframe;
    if (m_entries.empty())
        return;
    const RecordChunk& last = *m_entries.back().chunk;
    const std::size_t kept = end - last.firstIndex();
    if (kept == RecordChunk::capacity) {
        m_open = std::const_pointer_cast<RecordChunk>(m_entries.back().chunk); // full: nothing is appended to it
        return;
    }
    m_open = std::make_shared<RecordChunk>(last.firstIndex(), last.fingerprintBefore(), room());
    for (const Record& record : last.records().first(kept))
        m_open->append(record);
    m_entries.back().chunk = m_open;
}

void RecordStore::cut(std::uint64_t end) {
    const std::lock_guard lock(m_mutex);
    assert(end >= m_evicted.load(std::memory_order_relaxed) && end >= m_shown.load(std::memory_order_relaxed));
    keepOnly(end);
    m_version.fetch_add(1, std::memory_order_release);
}

std::shared_ptr<RecordStore> RecordStore::forked(std::uint64_t end, std::shared_ptr<const Catalogue> catalogue) const {
    auto fork = std::make_shared<RecordStore>(std::move(catalogue), m_chunksMax * RecordChunk::capacity);
    for (Entry& entry : entries())
        fork->m_entries.push_back(std::move(entry));
    fork->keepOnly(end);
    fork->m_evicted = evicted();
    fork->m_gone = gone();
    fork->m_version = 1;
    if (shown() != everything)
        fork->m_shown = std::min(end, shown());
    return fork;
}

void RecordStore::show(std::uint64_t end) const {
    std::uint64_t before = m_shown.load(std::memory_order_relaxed);
    while (before < end && !m_shown.compare_exchange_weak(before, end, std::memory_order_release)) {
    }
}

std::size_t RecordStore::memoryBytes() const {
    std::size_t bytes = 0;
    for (const Entry& entry : entries())
        bytes += RecordChunk::memoryBytes() + (entry.keyframe ? entry.keyframe->memoryBytes() : 0);
    return bytes;
}

std::vector<RecordStore::Gone> RecordStore::gone() const {
    const std::lock_guard lock(m_mutex);
    return m_gone;
}

void RecordStore::showExcerpt(std::shared_ptr<const RecordStore> excerpt) const {
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_excerpt, std::move(excerpt)) != m_excerpt)
        m_version.fetch_add(1, std::memory_order_release);
}

std::shared_ptr<const RecordStore> RecordStore::excerpt() const {
    const std::lock_guard lock(m_mutex);
    return m_excerpt;
}

std::vector<RecordStore::Entry> RecordStore::entries() const {
    const std::lock_guard lock(m_mutex);
    return {m_entries.begin(), m_entries.end()};
}

} // namespace weir

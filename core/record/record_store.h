// RecordStore: the records that are kept, in chunks that never move and are evicted whole, with the Pictures
// ("keyframes") from which any instant is folded. One writer; readers come through RecordReader and never wait for a
// record. It does not know what records mean, apart from where `published` ones stand.
#pragma once

#include "core/record/picture.h"
#include "core/record/record.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace weir {

// Immutable once full. `count` is what readers may see.
class RecordChunk {
    // Every 64th published record is marked; a look-up scans from the mark before.
    struct Mark {
        Ordinal ordinal;
        std::uint32_t position;
    };
    static constexpr std::size_t markEvery = 64;

  public:
    static constexpr std::size_t capacity = 65'536;

    // `room` is for `capacity` records and stays as long as the chunk does.
    RecordChunk(std::uint64_t firstIndex, std::uint64_t fingerprintBefore, std::shared_ptr<Record> room);
    RecordChunk(const RecordChunk&) = delete;
    RecordChunk& operator=(const RecordChunk&) = delete;

    std::uint64_t firstIndex() const { return m_firstIndex; }
    std::uint64_t fingerprintBefore() const { return m_fingerprintBefore; }
    std::span<const Record> records() const { return {m_records, m_count.load(std::memory_order_acquire)}; }
    // The `published` record of a message, or null. Ordinals of published records ascend.
    const Record* published(Ordinal ordinal) const;
    std::optional<Ordinal> firstPublished() const {
        return m_markCount.load(std::memory_order_acquire) == 0 ? std::nullopt : std::optional(m_marks[0].ordinal);
    }

    static constexpr std::size_t memoryBytes() {
        return sizeof(RecordChunk) + capacity * sizeof(Record) + capacity / markEvery * sizeof(Mark);
    }

    // Writer only.
    bool full() const { return m_count.load(std::memory_order_relaxed) == capacity; }
    // Leaves the first `count` places empty: for a chunk that nobody reads, until the next one begins.
    void skip(std::size_t count) { m_count.store(count, std::memory_order_relaxed); }
    void append(const Record& record);

  private:
    std::uint64_t m_firstIndex;
    std::uint64_t m_fingerprintBefore;
    std::shared_ptr<Record> m_room;
    Record* m_records; // m_room's
    std::atomic<std::size_t> m_count = 0;
    std::unique_ptr<Mark[]> m_marks;
    std::size_t m_published = 0; // writer only
    std::atomic<std::size_t> m_markCount = 0;
};

class SpareSlab;

class RecordStore {
  public:
    struct Entry {
        std::shared_ptr<const RecordChunk> chunk;
        std::shared_ptr<const Picture> keyframe; // at the chunk's first record; absent where thinned out
    };
    RecordStore(std::shared_ptr<const Catalogue> catalogue, std::uint64_t recordsMax);
    // For records of `whole` that are made again, from that index on; what is kept begins with the next whole chunk, and
    // is kept: whoever makes them knows where to end.
    RecordStore(const RecordStore& whole, std::uint64_t from);

    // Writer only. `head` and `fingerprint` are those before the record.
    void append(const Record& record, const Picture& head, std::uint64_t fingerprint) {
        if (!m_open || m_open->full())
            openChunk(head, fingerprint);
        m_open->append(record);
    }

    // Forgets the records from that index on: nobody has been shown them, and others will take their place. Chunks that
    // readers hold stay as they are.
    void cut(std::uint64_t end);
    // A store of its own with the records before `end`; full chunks are shared. The names have the same ids there.
    std::shared_ptr<RecordStore> forked(std::uint64_t end, std::shared_ptr<const Catalogue> catalogue) const;

    // Any thread. Readers see the records before this index, and all of them where nobody has said so. It never goes
    // down: what lies beyond may be cut away unseen, so that a run can be made ahead of where it is shown.
    void show(std::uint64_t end) const;
    std::uint64_t shown() const { return m_shown.load(std::memory_order_acquire); }
    static constexpr std::uint64_t everything = UINT64_MAX;
    void showAsAsked() const { m_shown.store(0, std::memory_order_release); } // from now on only what show() says

    const std::shared_ptr<const Catalogue>& catalogue() const { return m_catalogue; }
    std::uint64_t evicted() const { return m_evicted.load(std::memory_order_relaxed); }

    // What is left of a chunk that was evicted: enough to find it again, and to know whether it came out the same.
    struct Gone {
        std::uint64_t fingerprintBefore;
        SimTime firstAt;
    };
    std::vector<Gone> gone() const; // in the order of the run, from its first chunk on

    // Evicted records that were made again. While there is an excerpt, readers of what is shown read it instead.
    void showExcerpt(std::shared_ptr<const RecordStore> excerpt) const; // null: none any more
    std::shared_ptr<const RecordStore> excerpt() const;

    std::size_t memoryBytes() const;
    // Counts changes of the list of chunks.
    std::uint64_t version() const { return m_version.load(std::memory_order_acquire); }
    std::vector<Entry> entries() const;

  private:
    std::shared_ptr<Record> room();
    void openChunk(const Picture& head, std::uint64_t fingerprint);
    void keepOnly(std::uint64_t end);

    std::shared_ptr<const Catalogue> m_catalogue;
    std::size_t m_chunksMax;
    bool m_evicts = true;
    std::shared_ptr<RecordChunk> m_open;
    std::shared_ptr<Record> m_slab; // writer only: room for several chunks, of which m_slabUsed are taken
    std::size_t m_slabUsed = 0;
    std::shared_ptr<SpareSlab> m_spare; // outlives the store where a reader still holds a chunk
    std::uint64_t m_lastKeyframe = 0; // index

    mutable std::mutex m_mutex; // what follows, taken by the writer once a chunk
    std::deque<Entry> m_entries;
    std::vector<Gone> m_gone; // 16 bytes for 65,536 records
    mutable std::shared_ptr<const RecordStore> m_excerpt;
    mutable std::atomic<std::uint64_t> m_version = 0;
    std::atomic<std::uint64_t> m_evicted = 0;
    mutable std::atomic<std::uint64_t> m_shown = everything;
};

} // namespace weir

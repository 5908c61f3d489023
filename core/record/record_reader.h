// RecordReader: one view's window onto the records that are kept. It sees what was committed at its last refresh(),
// holds the chunks it looks at (eviction cannot pull them away), and folds Pictures of any instant. One thread each.
#pragma once

#include "core/record/record_store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace weir {

class RecordReader {
  public:
    enum class Extent : std::uint8_t { shown, kept, made };
    // Without a store there is nothing to read. `shown`: what may be shown, or where there is an excerpt of evicted
    // records, that. `kept`: never the excerpt. `made`: what is kept, and also what lies ahead of what may be shown; who
    // looks at that must bear that it is cut away.
    explicit RecordReader(std::shared_ptr<const RecordStore> store, Extent extent = Extent::shown);

    // True where something changed. What is seen between two calls stays as it is.
    bool refresh();

    // Indices count from the run's first record; [first, end) is kept. Evicted: those before first().
    std::uint64_t first() const { return m_entries.empty() ? 0 : m_entries.front().chunk->firstIndex(); }
    std::uint64_t end() const { return m_end; }
    const Record& at(std::uint64_t index) const;
    // From index to the end of its chunk, or of what is seen; empty at end(). Walk on by its size.
    std::span<const Record> from(std::uint64_t index) const;
    // Index of the first record at or after a time, end() where there is none.
    std::uint64_t indexAt(SimTime time) const;
    // Nothing where it is not, or no longer, kept.
    std::optional<Record> published(Ordinal ordinal) const;
    std::optional<std::uint64_t> publishedIndex(Ordinal ordinal) const;

    // Of all records before that index, the first of a chunk.
    std::uint64_t fingerprintBefore(std::uint64_t index) const;

    // The Picture before the record of that index, first() <= index <= end(). The reference holds until the next call.
    // Going forward folds on from the last one asked for, going back from the nearest keyframe.
    const Picture& picture(std::uint64_t index);

    // The newest Picture at or before the record of that index that is kept ready; null where there are no records.
    const Picture* keyframe(std::uint64_t index) const;

    const Catalogue& catalogue() const { return *m_store->catalogue(); }

  private:
    const RecordStore::Entry& entryOf(std::uint64_t index) const;

    std::shared_ptr<const RecordStore> m_store;
    Extent m_extent;
    std::shared_ptr<const RecordStore> m_excerpt; // that is read instead
    std::vector<RecordStore::Entry> m_entries;
    std::uint64_t m_version = 0;
    std::uint64_t m_end = 0;
    Picture m_picture;
};

} // namespace weir

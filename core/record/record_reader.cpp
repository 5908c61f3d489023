#include "core/record/record_reader.h"

#include <algorithm>
#include <cassert>

namespace weir {

RecordReader::RecordReader(std::shared_ptr<const RecordStore> store, Extent extent)
    : m_store(std::move(store)), m_extent(extent) {
    refresh();
}

bool RecordReader::refresh() {
    if (!m_store)
        return false;
    const std::uint64_t before = first();
    if (const std::uint64_t version = m_store->version(); version != m_version) {
        m_excerpt = m_extent == Extent::shown ? m_store->excerpt() : nullptr;
        m_entries = m_excerpt ? m_excerpt->entries() : m_store->entries();
        m_version = version; // the list may be newer than that; then the next call copies it once more
    }
    const std::uint64_t shown = m_extent == Extent::made ? RecordStore::everything
                                : m_excerpt              ? m_excerpt->shown()
                                                         : m_store->shown();
    if (m_entries.empty())
        return std::exchange(m_end, 0) != 0;
    const RecordChunk& last = *m_entries.back().chunk;
    const std::uint64_t end = std::max(first(), std::min(last.firstIndex() + last.records().size(), shown));
    if (m_picture.index() > end) // what it was folded from has been cut away
        m_picture = Picture();
    return std::exchange(m_end, end) != end || first() != before;
}

const RecordStore::Entry& RecordReader::entryOf(std::uint64_t index) const {
    assert(index >= first() && index < m_end);
    return m_entries[(index - first()) / RecordChunk::capacity];
}

std::uint64_t RecordReader::fingerprintBefore(std::uint64_t index) const {
    assert(index % RecordChunk::capacity == 0);
    return entryOf(index).chunk->fingerprintBefore();
}

const Record& RecordReader::at(std::uint64_t index) const {
    return from(index).front();
}

std::span<const Record> RecordReader::from(std::uint64_t index) const {
    if (index >= m_end)
        return {};
    const RecordChunk& chunk = *entryOf(index).chunk;
    const std::uint64_t length = std::min<std::uint64_t>(m_end - chunk.firstIndex(), RecordChunk::capacity);
    return chunk.records().first(length).subspan(index - chunk.firstIndex());
}

std::uint64_t RecordReader::indexAt(SimTime time) const {
    // The chunk before the first one that begins at or after the time holds the border, or its end is the border.
    const auto after = std::partition_point(m_entries.begin(), m_entries.end(), [&](const RecordStore::Entry& entry) {
        const std::span<const Record> records = entry.chunk->records();
        return !records.empty() && records.front().at < time;
    });
    if (after == m_entries.begin())
        return first();
    const std::uint64_t start = std::prev(after)->chunk->firstIndex();
    const std::span<const Record> records = from(start);
    const auto found =
        std::partition_point(records.begin(), records.end(), [&](const Record& record) { return record.at < time; });
    return std::min(m_end, start + static_cast<std::uint64_t>(found - records.begin()));
}

std::optional<Record> RecordReader::published(Ordinal ordinal) const {
    const std::optional<std::uint64_t> index = publishedIndex(ordinal);
    return index ? std::optional(at(*index)) : std::nullopt;
}

std::optional<std::uint64_t> RecordReader::publishedIndex(Ordinal ordinal) const {
    // The last chunk whose first marked message is not beyond the wanted one. A chunk without any is passed over.
    for (std::size_t low = 0, high = m_entries.size(); low < high;) {
        const std::size_t middle = low + (high - low) / 2;
        std::size_t probe = middle;
        std::optional<Ordinal> firstOrdinal;
        while (probe < high && !(firstOrdinal = m_entries[probe].chunk->firstPublished()))
            ++probe;
        if (!firstOrdinal || *firstOrdinal > ordinal) {
            high = middle;
        } else if (const Record* record = m_entries[probe].chunk->published(ordinal)) {
            const RecordChunk& chunk = *m_entries[probe].chunk;
            const std::uint64_t index =
                chunk.firstIndex() + static_cast<std::uint64_t>(record - chunk.records().data());
            return index < m_end ? std::optional(index) : std::nullopt;
        } else {
            low = probe + 1;
        }
    }
    return std::nullopt;
}

const Picture* RecordReader::keyframe(std::uint64_t index) const {
    assert(index >= first() && index <= m_end);
    if (m_entries.empty())
        return nullptr;
    // The first kept chunk always has one.
    std::size_t nearest = std::min<std::size_t>((index - first()) / RecordChunk::capacity, m_entries.size() - 1);
    while (!m_entries[nearest].keyframe)
        --nearest;
    return m_entries[nearest].keyframe.get();
}

const Picture& RecordReader::picture(std::uint64_t index) {
    assert(index >= first() && index <= m_end);
    if (m_entries.empty())
        return m_picture;
    const Picture& nearest = *keyframe(index);
    if (m_picture.index() > index || m_picture.index() < nearest.index())
        m_picture = nearest;
    while (m_picture.index() < index) {
        const std::span<const Record> records = from(m_picture.index());
        for (const Record& record : records.first(std::min<std::size_t>(records.size(), index - m_picture.index())))
            m_picture.apply(record, catalogue());
    }
    return m_picture;
}

} // namespace weir

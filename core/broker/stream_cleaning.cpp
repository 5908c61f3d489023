#include "core/broker/stream_cleaning.h"

#include "core/kernel/hash.h"

#include <algorithm>
#include <unordered_set>

namespace weir {

bool LogCleaner::due(const StreamLog& log, std::uint64_t end, const CompactionSpec& spec) const {
    const std::uint64_t from = std::max(m_cleanedTo, log.start());
    return end > from && static_cast<double>(end - from) >= spec.dirty * static_cast<double>(log.kept());
}

std::vector<std::uint64_t> LogCleaner::clean(const StreamLog& log, std::uint64_t end, const CompactionSpec& spec,
                                             SimTime now) {
    std::vector<std::uint64_t> removed;
    std::unordered_set<std::uint64_t> later; // keys of the records after it
    for (std::uint64_t offset = end; offset-- > log.start();) {
        if (!log.holds(offset))
            continue;
        if (log.at(offset).mark == StreamLog::Mark::aborted) { // Kafka: goes with the first cleaning
            removed.push_back(offset);
            continue;
        }
        const Message& message = log.at(offset).message;
        if (!message.keyed)
            continue;
        const std::uint64_t key = message.content ? hash64(message.content->partitionKey) : message.keyHash;
        if (!later.insert(key).second) {
            removed.push_back(offset);
            continue;
        }
        if (!message.content || !message.content->data.isNull())
            continue;
        const auto [tombstone, fresh] = m_tombstones.try_emplace(offset, now + spec.tombstones);
        if (!fresh && tombstone->second <= now)
            removed.push_back(offset);
    }
    std::reverse(removed.begin(), removed.end());
    for (const std::uint64_t offset : removed)
        m_tombstones.erase(offset);
    m_tombstones.erase(m_tombstones.begin(), m_tombstones.lower_bound(log.start()));
    m_cleanedTo = end;
    return removed;
}

void LogCleaner::cut(std::uint64_t to) {
    m_cleanedTo = std::min(m_cleanedTo, to);
    m_tombstones.erase(m_tombstones.lower_bound(to), m_tombstones.end());
}

std::optional<std::uint64_t> SubjectIndex::add(RoutingKeyId subject, std::uint64_t offset, std::int64_t most,
                                               const StreamLog& log) {
    Ring<std::uint64_t>& offsets = m_offsets[subject];
    while (!offsets.empty() && !log.holds(offsets.front()))
        offsets.popFront(); // gone for another reason
    offsets.pushBack(offset);
    for (std::size_t i = 0; static_cast<std::int64_t>(offsets.size()) > most && i < offsets.size();)
        if (log.holds(offsets[i]))
            ++i;
        else
            offsets.erase(i);
    if (static_cast<std::int64_t>(offsets.size()) <= most)
        return std::nullopt;
    return offsets.popFront();
}

void SubjectIndex::cut(std::uint64_t to) {
    for (auto& [subject, offsets] : m_offsets)
        while (!offsets.empty() && offsets[offsets.size() - 1] >= to)
            offsets.popBack();
}

std::size_t SubjectIndex::memoryBytes() const {
    std::size_t bytes = sizeof *this;
    for (const auto& [subject, offsets] : m_offsets)
        bytes += sizeof subject + sizeof offsets + offsets.memoryBytes();
    return bytes;
}

} // namespace weir

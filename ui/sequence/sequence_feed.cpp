#include "ui/sequence/sequence_feed.h"

#include <algorithm>

namespace weir {

void SequenceFeed::setStore(std::shared_ptr<const RecordStore> store, std::shared_ptr<const MessageSource> messages) {
    m_messages = std::move(messages);
    m_reader = RecordReader(store);
    m_subject = store ? std::make_unique<RecordSubject>(m_reader.catalogue(), m_messages.get()) : nullptr;
    m_hidden.clear();
    m_passes.clear();
    m_records.clear();
    m_first = m_end = m_leftOut = 0;
}

void SequenceFeed::setFilter(std::optional<Expression> filter) {
    m_filter = std::move(filter);
    m_passes.clear();
}

void SequenceFeed::hide(NodeRef node, bool hidden) {
    std::erase(m_hidden, node);
    if (hidden)
        m_hidden.push_back(node);
}

void SequenceFeed::read(std::uint64_t first, std::uint64_t end) {
    m_first = std::max(first, m_reader.first());
    m_end = std::min(end, m_reader.end());
    m_records.clear();
    for (std::uint64_t index = m_first; index < m_end;) {
        auto records = m_reader.from(index);
        records = records.first(std::min<std::size_t>(records.size(), m_end - index));
        for (const Record& record : records)
            m_records.push_back({index++, record});
    }
}

void SequenceFeed::look(std::uint64_t record) {
    constexpr std::uint64_t before = windowMax * 2 / 3;
    const std::uint64_t begin = record > before ? record - before : 0;
    const std::uint64_t end = std::min(m_reader.end(), begin + windowMax);
    read(end > windowMax ? end - windowMax : 0, end); // at the end of the run all of the window lies before it
    m_leftOut = m_reader.end() - m_reader.first() - m_records.size();
}

void SequenceFeed::look(const TimeRange& range, std::uint64_t playhead) {
    const std::uint64_t first = m_reader.indexAt(range.begin);
    const std::uint64_t end = m_reader.indexAt(range.end);
    std::uint64_t from = first;
    if (end - first > windowMax && playhead > first) // as much of it as fits, up to the playhead
        from = std::clamp(playhead > windowMax ? playhead - windowMax : 0, first, end - windowMax);
    read(from, std::min(end, from + windowMax));
    m_leftOut = end - first - m_records.size();
}

void SequenceFeed::look(const CausalGathering& conversation) {
    const std::vector<std::uint64_t>& indices = conversation.tree().records;
    const std::vector<Record>& facts = conversation.facts();
    const std::size_t count = std::min<std::size_t>(facts.size(), windowMax);
    m_records.clear();
    for (std::size_t i = 0; i < count; ++i)
        m_records.push_back({indices[i], facts[i]});
    m_first = count > 0 ? indices.front() : 0;
    m_end = count > 0 ? indices[count - 1] + 1 : 0;
    m_leftOut = facts.size() - count;
}

bool SequenceFeed::passes(const SequenceRecord& entry) {
    if (!m_filter)
        return true;
    if (const auto known = m_passes.find(entry.index); known != m_passes.end())
        return known->second;
    if (m_passes.size() > 8 * windowMax)
        m_passes.clear();
    m_subject->set(entry.record);
    return m_passes[entry.index] = m_filter->holds(*m_subject);
}

SequenceChart SequenceFeed::chart(SimTime now) {
    if (m_records.empty())
        return {};
    return sequenceChart(m_records, m_reader.catalogue(), now, [this](const SequenceRecord& entry, NodeRef node) {
        return std::find(m_hidden.begin(), m_hidden.end(), node) == m_hidden.end() && passes(entry);
    });
}

} // namespace weir

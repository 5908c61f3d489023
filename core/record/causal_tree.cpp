#include "core/record/causal_tree.h"

#include <algorithm>
#include <unordered_set>

namespace weir {

const CausalTree::Message* CausalTree::find(Ordinal ordinal) const {
    const auto found =
        std::lower_bound(messages.begin(), messages.end(), ordinal,
                         [](const Message& message, Ordinal wanted) { return message.ordinal < wanted; });
    return found != messages.end() && found->ordinal == ordinal ? &*found : nullptr;
}

std::vector<Ordinal> ancestors(const RecordReader& reader, Ordinal ordinal, std::size_t max) {
    std::vector<Ordinal> chain;
    std::optional<Record> published = reader.published(ordinal);
    // A cause was published before: the walk cannot go round in a circle.
    while (published && published->value > 0 && static_cast<Ordinal>(published->value) < published->ordinal &&
           chain.size() < max) {
        published = reader.published(static_cast<Ordinal>(published->value));
        if (published)
            chain.push_back(published->ordinal);
    }
    return chain;
}

CausalGathering::CausalGathering(const RecordReader& reader, Ordinal ordinal, const CausalTree::Limits& limits)
    : m_limits(limits) {
    const std::vector<Ordinal> chain = ancestors(reader, ordinal, limits.messagesMax);
    m_root = chain.empty() ? ordinal : chain.back();
    const std::optional<std::uint64_t> start = reader.publishedIndex(m_root);
    if (ordinal == 0 || (!start && reader.first() == 0)) // not yet published
        return;
    m_done = false;
    m_start = start.value_or(reader.first());
    if (!start) {
        m_tree.gone = m_root;
    } else if (const auto cause = static_cast<Ordinal>(reader.at(*start).value); cause > 0) {
        // What else that cause led to belongs to the tree as well.
        m_tree.rootEvicted = true;
        m_tree.gone = m_root = cause;
        m_start = reader.first();
    }
    m_next = m_start;
}

double CausalGathering::progress(const RecordReader& reader) const {
    if (!behind(reader))
        return 1;
    return static_cast<double>(m_next - m_start) / static_cast<double>(reader.end() - m_start);
}

// Takes a record up, where it is one of the tree.
bool CausalGathering::belongs(const Record& record, std::uint64_t index) {
    if (record.ordinal < m_root)
        return false;
    if (record.kind == RecordKind::published) {
        const auto causeOrdinal = static_cast<Ordinal>(record.value);
        const CausalTree::Message* cause = record.ordinal == m_root ? nullptr : m_tree.find(causeOrdinal);
        const bool ofGone = m_tree.gone != 0 && causeOrdinal == m_tree.gone;
        if (!cause && !ofGone && record.ordinal != m_root)
            return false;
        if (m_tree.messages.size() == m_limits.messagesMax) {
            m_tree.truncated = m_done = true;
            return false;
        }
        const std::uint32_t depth = cause ? cause->depth + 1 : ofGone ? 1 : 0;
        m_tree.messages.push_back({record.ordinal, causeOrdinal, index, depth});
    } else if (record.ordinal != m_tree.gone && !m_tree.find(record.ordinal)) {
        return false;
    }
    if (m_tree.records.size() == m_limits.recordsMax) {
        m_tree.truncated = m_done = true;
        return false;
    }
    m_tree.records.push_back(index);
    m_facts.push_back(record);
    if (record.kind == RecordKind::deadLettered)
        m_deadLetters = true;
    if (record.kind == RecordKind::completed && record.ordinal == m_root) {
        m_tree.completed = true;
        m_done = !m_deadLetters;
    }
    return true;
}

bool CausalGathering::advance(const RecordReader& reader, std::uint64_t records) {
    const std::size_t before = m_facts.size();
    if (m_next < reader.first() && !m_done) { // evicted before it was looked at
        m_tree.truncated = true;
        m_next = reader.first();
    }
    while (!m_done && records > 0 && m_next < reader.end()) {
        for (const Record& record : reader.from(m_next)) {
            if (m_read == m_limits.recordsReadMax) {
                m_tree.truncated = m_tree.truncated || !m_tree.completed;
                m_done = true;
            }
            if (m_done || records == 0)
                break;
            ++m_read;
            --records;
            belongs(record, m_next);
            ++m_next;
        }
    }
    return m_facts.size() != before;
}

std::optional<CausalTree> causalTree(const RecordReader& reader, Ordinal ordinal, const CausalTree::Limits& limits) {
    if (!reader.publishedIndex(ordinal))
        return std::nullopt;
    CausalGathering gathering(reader, ordinal, limits);
    gathering.advance(reader, limits.recordsReadMax + 1);
    return gathering.tree();
}

std::vector<Ordinal> descendants(const CausalTree& tree, Ordinal ordinal) {
    std::vector<Ordinal> result;
    std::unordered_set<Ordinal> inside{ordinal};
    for (const CausalTree::Message& message : tree.messages) // causes come before what they caused
        if (inside.contains(message.cause)) {
            inside.insert(message.ordinal);
            result.push_back(message.ordinal);
        }
    return result;
}

} // namespace weir

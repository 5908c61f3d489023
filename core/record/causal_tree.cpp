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

std::optional<CausalTree> causalTree(const RecordReader& reader, Ordinal ordinal, const CausalTree::Limits& limits) {
    const std::vector<Ordinal> chain = ancestors(reader, ordinal, limits.messagesMax);
    const Ordinal rootOrdinal = chain.empty() ? ordinal : chain.back();
    const std::optional<std::uint64_t> start = reader.publishedIndex(rootOrdinal);
    if (!start)
        return std::nullopt;

    CausalTree tree;
    tree.rootEvicted = reader.at(*start).value > 0;
    std::uint64_t read = 0;
    for (std::uint64_t index = *start; index < reader.end() && !tree.completed && !tree.truncated;) {
        for (const Record& record : reader.from(index)) {
            if (++read > limits.recordsReadMax) {
                tree.truncated = true;
                break;
            }
            const std::uint64_t here = index++;
            if (record.ordinal < rootOrdinal)
                continue;
            if (record.kind == RecordKind::published) {
                const CausalTree::Message* cause =
                    record.ordinal == rootOrdinal ? nullptr : tree.find(static_cast<Ordinal>(record.value));
                if (!cause && record.ordinal != rootOrdinal)
                    continue;
                if (tree.messages.size() == limits.messagesMax) {
                    tree.truncated = true;
                    break;
                }
                const std::uint32_t depth = cause ? cause->depth + 1 : 0;
                tree.messages.push_back({record.ordinal, static_cast<Ordinal>(record.value), here, depth});
            } else if (!tree.find(record.ordinal)) {
                continue;
            }
            if (tree.records.size() == limits.recordsMax) {
                tree.truncated = true;
                break;
            }
            tree.records.push_back(here);
            if (record.kind == RecordKind::completed && record.ordinal == rootOrdinal) {
                tree.completed = true;
                break;
            }
        }
    }
    return tree;
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

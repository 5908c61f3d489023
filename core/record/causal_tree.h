// CausalTree: the messages that one root message led to, and where their records stand. Gathered on demand from what is
// kept: one walk up the causes, one walk forward over records until the tree is complete. Bounded; it says what it left
// out.
#pragma once

#include "core/record/record_reader.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

struct CausalTree {
    struct Limits {
        std::size_t messagesMax = 10'000;
        std::size_t recordsMax = 100'000;         // that belong to the tree
        std::uint64_t recordsReadMax = 2'000'000; // that were looked at
    };
    struct Message {
        Ordinal ordinal = 0;
        Ordinal cause = 0;       // 0: the root
        std::uint64_t index = 0; // of its published record
        std::uint32_t depth = 0; // the root has 0
        bool operator==(const Message&) const = default;
    };
    std::vector<Message> messages;      // in the order in which they were published
    std::vector<std::uint64_t> records; // indices of every record of these messages, ascending
    bool completed = false;             // the root's `completed` record was reached: nothing can follow
    bool rootEvicted = false;           // the walk up ended at a message whose cause is no longer kept
    bool truncated = false;             // a limit was reached

    const Message* find(Ordinal ordinal) const;
};

// The tree that a message belongs to. Nothing where its published record is not kept.
std::optional<CausalTree> causalTree(const RecordReader& reader, Ordinal ordinal, const CausalTree::Limits& limits);
inline std::optional<CausalTree> causalTree(const RecordReader& reader, Ordinal ordinal) {
    return causalTree(reader, ordinal, CausalTree::Limits());
}

// The causes of a message, the nearest first, up to the root or to the last one that is kept. At most `max`.
std::vector<Ordinal> ancestors(const RecordReader& reader, Ordinal ordinal, std::size_t max = 1000);
// Those whose chain of causes leads to that message, in the order in which they were published.
std::vector<Ordinal> descendants(const CausalTree& tree, Ordinal ordinal);

} // namespace weir

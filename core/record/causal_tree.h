// CausalTree: the messages that one root message led to, and where their records stand. Gathered on demand from what is
// kept: one walk up the causes, one walk forward over records until the tree is complete. Bounded; it says what it left
// out. CausalGathering does it in slices, for a window that must not wait, and goes on with what a run adds.
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
    Ordinal gone = 0;         // the message at the top whose `published` is no longer kept; 0: there is none
    bool completed = false;   // the root's `completed` record was reached: nothing can follow, unless a dead letter is
                              // taken up again
    bool rootEvicted = false; // the walk up ended at a message whose cause is no longer kept
    bool truncated = false;   // a limit was reached

    const Message* find(Ordinal ordinal) const;
};

class CausalGathering {
  public:
    // Nothing to gather.
    CausalGathering() = default;
    // The tree that a message belongs to. A message that is no longer kept is `gone`; what it led to may be there.
    CausalGathering(const RecordReader& reader, Ordinal ordinal, const CausalTree::Limits& limits);

    // Looks at no more than so many records. True where the tree grew.
    bool advance(const RecordReader& reader, std::uint64_t records);
    // There are records at which it has not looked, and should.
    bool behind(const RecordReader& reader) const { return !m_done && m_next < reader.end(); }
    // How much of the way is done, 0..1.
    double progress(const RecordReader& reader) const;
    // The message itself, or something that it led to, is kept.
    bool found() const { return !m_tree.records.empty(); }

    const CausalTree& tree() const { return m_tree; }
    // The records at tree().records, held, since those of the run may be evicted meanwhile.
    const std::vector<Record>& facts() const { return m_facts; }

  private:
    bool belongs(const Record& record, std::uint64_t index);

    CausalTree::Limits m_limits;
    Ordinal m_root = 0;
    std::uint64_t m_start = 0;
    std::uint64_t m_next = 0;
    std::uint64_t m_read = 0;
    bool m_deadLetters = false; // some copy was put aside: it may be taken up again after the tree was complete
    bool m_done = true;
    CausalTree m_tree;
    std::vector<Record> m_facts;
};

// The tree that a message belongs to, in one go. Nothing where its published record is not kept.
std::optional<CausalTree> causalTree(const RecordReader& reader, Ordinal ordinal, const CausalTree::Limits& limits);
inline std::optional<CausalTree> causalTree(const RecordReader& reader, Ordinal ordinal) {
    return causalTree(reader, ordinal, CausalTree::Limits());
}

// The causes of a message, the nearest first, up to the root or to the last one that is kept. At most `max`.
std::vector<Ordinal> ancestors(const RecordReader& reader, Ordinal ordinal, std::size_t max = 1000);
// Those whose chain of causes leads to that message, in the order in which they were published.
std::vector<Ordinal> descendants(const CausalTree& tree, Ordinal ordinal);

} // namespace weir

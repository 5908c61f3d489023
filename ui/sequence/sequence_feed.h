// SequenceFeed: which records a sequence shows: a bounded window around a record, or of a brushed stretch, or those of one
// conversation; what is hidden by axis or by an expression. It counts what it leaves out. It knows no widgets.
#pragma once

#include "core/expression/expression.h"
#include "core/record/causal_tree.h"
#include "core/record/message_source.h"
#include "core/record/record_reader.h"
#include "core/record/record_subject.h"
#include "ui/sequence/sequence_chart.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace weir {

class SequenceFeed {
  public:
    static constexpr std::uint64_t windowMax = 2'000; // records

    SequenceFeed() : m_reader(nullptr) {}

    void setStore(std::shared_ptr<const RecordStore> store, std::shared_ptr<const MessageSource> messages);
    void setFilter(std::optional<Expression> filter);
    void hide(NodeRef node, bool hidden);
    void showAll() { m_hidden.clear(); }
    const std::vector<NodeRef>& hidden() const { return m_hidden; }

    // A window with that record about two thirds along.
    void look(std::uint64_t record);
    void look(const TimeRange& range, std::uint64_t playhead);
    void look(const CausalGathering& conversation);

    SequenceChart chart(SimTime now);

    // Of the window, and of what could be looked at (a stretch, a conversation, the run).
    std::uint64_t first() const { return m_first; }
    std::uint64_t end() const { return m_end; }
    std::uint64_t leftOut() const { return m_leftOut; }
    std::size_t count() const { return m_records.size(); }
    bool refresh() { return m_reader.refresh(); }
    const RecordReader& reader() const { return m_reader; }

  private:
    void read(std::uint64_t first, std::uint64_t end);
    bool passes(const SequenceRecord& entry);

    std::shared_ptr<const MessageSource> m_messages;
    RecordReader m_reader;
    std::vector<NodeRef> m_hidden;
    std::optional<Expression> m_filter;
    std::unique_ptr<RecordSubject> m_subject;
    std::unordered_map<std::uint64_t, bool> m_passes; // by record, as far as the filter has looked
    std::vector<SequenceRecord> m_records;
    std::uint64_t m_first = 0, m_end = 0;
    std::uint64_t m_leftOut = 0;
};

} // namespace weir

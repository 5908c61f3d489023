// Story: all that a biography shows of a message and of the conversation it belongs to, at one instant: a plain value.
// StoryGatherer collects what it is made of in slices, so that a run of ten million records makes nothing stall.
#pragma once

#include "core/record/causal_graph.h"
#include "core/record/critical_path.h"
#include "core/record/spans.h"
#include "core/record/verdict.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>
#include <vector>

namespace weir {

struct Story {
    Ordinal message = 0;
    SimTime begin; // of the conversation, as far as it is kept
    SimTime now;
    std::vector<Span> spans;
    std::vector<SimTime> instants; // when spans begin and end, ascending
    std::vector<CriticalStretch> critical;
    CausalGraph graph;
    std::vector<Verdict> verdicts; // of the message
    std::unordered_map<Ordinal, EventTypeId> types;
    bool gone = false;      // the message's own publish is no longer kept
    bool truncated = false; // a limit was reached: there is more
    bool open = false;      // something is still going on

    bool empty() const { return spans.empty() && verdicts.empty(); }
};

// `playhead`: records from there on have not happened.
Story storyOf(const CausalGathering& gathering, Ordinal message, const Catalogue& catalogue, std::uint64_t playhead,
              SimTime now);

class StoryGatherer final : public QObject {
    Q_OBJECT
  public:
    static constexpr CausalTree::Limits limits{
        .messagesMax = 10'000, .recordsMax = 100'000, .recordsReadMax = 20'000'000};

    explicit StoryGatherer(QObject* parent = nullptr);

    void gather(std::shared_ptr<const RecordStore> store, Ordinal message);
    void resume(); // there may be more records
    Ordinal message() const { return m_message; }
    const CausalGathering& gathering() const { return m_gathering; }
    bool busy() const { return m_timer.isActive(); }
    double progress() const { return m_gathering.progress(m_reader); }
    const RecordReader& reader() const { return m_reader; }
    // The longest slice so far, in nanoseconds.
    std::int64_t longestSlice() const { return m_longest; }

  Q_SIGNALS:
    void advanced(); // a slice was done: there may be more to show, or nothing left to do

  private:
    static constexpr int sliceMilliseconds = 5;
    static constexpr std::uint64_t recordsAtOnce = 20'000;

    void slice();

    RecordReader m_reader;
    CausalGathering m_gathering;
    Ordinal m_message = 0;
    QTimer m_timer;
    std::int64_t m_longest = 0;
};

} // namespace weir

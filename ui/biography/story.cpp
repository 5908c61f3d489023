#include "ui/biography/story.h"

#include <algorithm>

namespace weir {

Story storyOf(const CausalGathering& gathering, Ordinal message, const Catalogue& catalogue, std::uint64_t playhead,
              SimTime now) {
    const CausalTree& tree = gathering.tree();
    const auto happened = static_cast<std::size_t>(
        std::lower_bound(tree.records.begin(), tree.records.end(), playhead) - tree.records.begin());
    const std::span<const Record> facts = std::span(gathering.facts()).first(happened);
    Story story;
    story.message = message;
    story.now = now;
    story.truncated = tree.truncated;
    if (facts.empty())
        return story;
    story.begin = facts.front().at;
    story.spans = spans(catalogue, facts, now);
    story.critical = criticalPath(story.spans);
    for (const Span& span : story.spans) {
        story.instants.push_back(span.begin);
        story.instants.push_back(span.end);
    }
    std::sort(story.instants.begin(), story.instants.end());
    story.instants.erase(std::unique(story.instants.begin(), story.instants.end()), story.instants.end());
    CausalTree past = tree;
    std::erase_if(past.messages, [&](const CausalTree::Message& one) { return one.index >= playhead; });
    story.graph = causalGraph(past, facts, catalogue);
    std::vector<Record> own;
    for (const Record& record : facts) {
        if (record.type.valid())
            story.types.try_emplace(record.ordinal, record.type);
        if (record.ordinal == message)
            own.push_back(record);
    }
    story.verdicts = verdictsOf(own, catalogue);
    story.gone = tree.gone == message;
    story.open = std::any_of(story.spans.begin(), story.spans.end(), [](const Span& span) { return span.open; });
    return story;
}

StoryGatherer::StoryGatherer(QObject* parent) : QObject(parent), m_reader(nullptr) {
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &StoryGatherer::slice);
}

void StoryGatherer::gather(std::shared_ptr<const RecordStore> store, Ordinal message) {
    m_reader = RecordReader(std::move(store));
    m_message = message;
    m_longest = 0;
    m_gathering = message > 0 ? CausalGathering(m_reader, message, limits) : CausalGathering();
    m_timer.stop();
    if (m_gathering.behind(m_reader))
        slice(); // most conversations are short: they show at once
}

void StoryGatherer::resume() {
    m_reader.refresh();
    if (!m_timer.isActive() && m_gathering.behind(m_reader))
        slice();
}

void StoryGatherer::slice() {
    QElapsedTimer clock;
    clock.start();
    while (m_gathering.behind(m_reader) && clock.elapsed() < sliceMilliseconds)
        m_gathering.advance(m_reader, recordsAtOnce);
    m_longest = std::max<std::int64_t>(m_longest, clock.nsecsElapsed());
    if (m_gathering.behind(m_reader))
        m_timer.start();
    else
        m_timer.stop();
    Q_EMIT advanced();
}

} // namespace weir

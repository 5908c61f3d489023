#include "ui/sequence/sequence_chart.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace weir {
namespace {

constexpr std::size_t none = SequenceStep::none;

bool endsWork(const Record& record) {
    return record.kind == RecordKind::finished || record.kind == RecordKind::failed ||
           record.kind == RecordKind::skipped || (record.kind == RecordKind::crashed && record.attempt > 0);
}

// A copy ends its stay in the channel, or its wait changes.
bool endsWait(RecordKind kind) {
    switch (kind) {
    case RecordKind::delivered:
    case RecordKind::released:
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        return true;
    default:
        return false;
    }
}

class ChartFold {
  public:
    ChartFold(const Catalogue& catalogue, SimTime now, const StepFilter& shown)
        : m_catalogue(catalogue), m_now(now), m_shown(shown) {}

    void take(const SequenceRecord& entry) {
        const NodeRef node = axisOf(entry.record, m_catalogue);
        if (node.kind == NodeRef::Kind::none)
            return;
        const std::size_t here = m_chart.steps.size();
        const Place place = entry.record.place.valid() ? m_catalogue.place(entry.record.place) : Place{};
        const Copy copy{entry.record.ordinal, place.subscription};
        m_chart.steps.push_back({entry.index, entry.record, node, causeFor(entry.record, place, copy), true});
        m_chart.steps.back().shown = m_shown(entry, node);
        followWait(here, place, copy);
        followWork(here, place, copy);
        remember(here, place, copy);
    }
    SequenceChart finish() && {
        for (SequenceBar& bar : m_chart.bars)
            if (bar.to == none)
                bar.end = std::max(m_now, bar.begin);
        for (std::size_t i = 0; i < m_chart.steps.size(); ++i) {
            if (m_chart.steps[i].shown)
                tie(i);
            else
                ++m_chart.hidden;
        }
        placeBars();
        return std::move(m_chart);
    }

  private:
    using Copy = std::pair<Ordinal, SubscriptionId>;

    std::size_t causeFor(const Record& record, const Place& place, const Copy& copy) const {
        const auto find = [](const auto& map, const auto& key) {
            const auto found = map.find(key);
            return found == map.end() ? none : found->second;
        };
        if (record.kind == RecordKind::published) {
            const auto cause = static_cast<Ordinal>(record.value);
            if (const auto work = m_working.find({cause, place.service}); work != m_working.end())
                return work->second;
            return find(m_lastOfMessage, cause);
        }
        if (record.kind == RecordKind::sent || record.kind == RecordKind::enqueued ||
            record.kind == RecordKind::appended) {
            // From the queue that gave it up, or from where it was published or routed.
            if (record.kind == RecordKind::enqueued && record.from() == CopyState::inTransit)
                if (const std::size_t sent = find(m_lastOfCopy, copy); sent != none)
                    return sent;
            if (const auto given = m_givenUp.find({record.ordinal, record.value}); given != m_givenUp.end())
                return given->second;
            return find(m_admitted, record.ordinal);
        }
        if (place.subscription.valid())
            if (const std::size_t last = find(m_lastOfCopy, copy); last != none)
                return last;
        return find(m_admitted, record.ordinal);
    }
    void remember(std::size_t here, const Place& place, const Copy& copy) {
        const Record& record = m_chart.steps[here].record;
        m_lastOfMessage[record.ordinal] = here;
        if (place.subscription.valid())
            m_lastOfCopy[copy] = here;
        else
            m_admitted[record.ordinal] = here;
        if (record.kind == RecordKind::started || endsWork(record))
            m_working[{record.ordinal, place.service}] = here;
        if (record.kind == RecordKind::deadLettered && place.channel.valid())
            m_givenUp[{record.ordinal, static_cast<std::int64_t>(place.channel.value)}] = here;
    }

    SequenceBar& beginBar(std::size_t from, SpanKind kind, NodeRef node, SimTime begin) {
        const Record& record = m_chart.steps[from].record;
        return m_chart.bars.emplace_back(SequenceBar{.node = node,
                                                     .kind = kind,
                                                     .from = from,
                                                     .to = none,
                                                     .begin = begin,
                                                     .end = begin,
                                                     .ordinal = record.ordinal,
                                                     .attempt = record.attempt});
    }
    void followWait(std::size_t here, const Place& place, const Copy& copy) {
        if (!place.subscription.valid())
            return;
        const Record& record = m_chart.steps[here].record;
        const NodeRef channel = NodeRef::of(place.channel);
        if (endsWait(record.kind)) {
            if (const auto open = m_waiting.find(copy); open != m_waiting.end()) {
                SequenceBar& bar = m_chart.bars[open->second];
                bar.to = here;
                bar.end = record.at;
                m_waiting.erase(open);
            } else if (record.kind == RecordKind::delivered && record.value > 0) {
                SequenceBar& bar = beginBar(here, SpanKind::queued, channel, record.at - Duration(record.value));
                bar.from = none;
                bar.to = here;
                bar.end = record.at;
            }
        }
        std::optional<SpanKind> begins;
        if (record.kind == RecordKind::enqueued)
            begins = record.bornDelayed() ? SpanKind::delayed
                     : m_catalogue.channels()[place.channel.index()].deadLetter ? SpanKind::deadLetter
                                                                                 : SpanKind::queued;
        else if (record.kind == RecordKind::released)
            begins = SpanKind::queued;
        else if (record.kind == RecordKind::requeued)
            begins = SpanKind::redelivery;
        else if (record.kind == RecordKind::retryScheduled)
            begins = SpanKind::backoff;
        if (begins) {
            beginBar(here, *begins, channel, record.at);
            m_waiting[copy] = m_chart.bars.size() - 1;
        }
    }
    void followWork(std::size_t here, const Place& place, const Copy& copy) {
        const Record& record = m_chart.steps[here].record;
        if (record.kind == RecordKind::started) {
            beginBar(here, SpanKind::handling, NodeRef::of(place.service), record.at);
            m_work[{copy, record.attempt}] = m_chart.bars.size() - 1;
        } else if (endsWork(record)) {
            const auto open = m_work.find({copy, record.attempt});
            SequenceBar* bar = nullptr;
            if (open != m_work.end()) {
                bar = &m_chart.bars[open->second];
                m_work.erase(open);
            } else if (record.value > 0 && place.service.valid()) { // it began before the first record at hand
                bar = &beginBar(here, SpanKind::handling, NodeRef::of(place.service), record.at - Duration(record.value));
                bar->from = none;
            }
            if (bar) {
                bar->to = here;
                bar->end = record.at;
                bar->failed = record.kind == RecordKind::failed || record.kind == RecordKind::crashed;
            }
        }
    }

    SequenceTieKind kindOf(const SequenceStep& from, const SequenceStep& to) const {
        switch (to.record.kind) {
        case RecordKind::delivered:
        case RecordKind::started:
            return SequenceTieKind::deliver;
        case RecordKind::requeued:
        case RecordKind::retryScheduled:
        case RecordKind::timedOut:
        case RecordKind::deadLettered:
        case RecordKind::dropped:
        case RecordKind::expired:
            return SequenceTieKind::giveBack;
        case RecordKind::sent:
        case RecordKind::enqueued:
        case RecordKind::appended:
            if (from.record.kind == RecordKind::deadLettered)
                return SequenceTieKind::deadLetter;
            return from.node.kind == NodeRef::Kind::service ? SequenceTieKind::publish : SequenceTieKind::route;
        default:
            return from.node.kind == NodeRef::Kind::service ? SequenceTieKind::publish : SequenceTieKind::deliver;
        }
    }
    void tie(std::size_t to) {
        std::size_t from = m_chart.steps[to].cause;
        std::uint32_t hops = 1;
        while (from != none && !m_chart.steps[from].shown) {
            from = m_chart.steps[from].cause;
            ++hops;
        }
        if (from == none)
            return;
        if (hops > 1)
            m_chart.ties.push_back({from, to, SequenceTieKind::hidden, hops});
        else if (m_chart.steps[from].node != m_chart.steps[to].node)
            m_chart.ties.push_back({from, to, kindOf(m_chart.steps[from], m_chart.steps[to]), 1});
    }

    // Bars of one axis that lie beside each other get lanes; those whose steps are hidden are not there.
    void placeBars() {
        const auto hidden = [this](std::size_t step) { return step != none && !m_chart.steps[step].shown; };
        std::erase_if(m_chart.bars,
                      [&](const SequenceBar& bar) { return hidden(bar.from) && (bar.to == none || hidden(bar.to)); });
        std::erase_if(m_chart.bars, [&](const SequenceBar& bar) { return bar.from == none && hidden(bar.to); });
        std::stable_sort(m_chart.bars.begin(), m_chart.bars.end(),
                         [](const SequenceBar& a, const SequenceBar& b) { return a.begin < b.begin; });
        std::map<std::pair<NodeRef::Kind, std::uint16_t>, std::vector<SimTime>> busy; // by axis: until when, by lane
        for (SequenceBar& bar : m_chart.bars) {
            std::vector<SimTime>& lanes = busy[{bar.node.kind, bar.node.index}];
            std::size_t lane = 0;
            while (lane < lanes.size() && lanes[lane] > bar.begin)
                ++lane;
            if (lane == lanes.size())
                lanes.push_back({});
            lanes[lane] = bar.end;
            bar.lane = static_cast<std::uint16_t>(std::min<std::size_t>(lane, 0xFFFF));
        }
    }

    const Catalogue& m_catalogue;
    SimTime m_now;
    const StepFilter& m_shown;
    SequenceChart m_chart;
    std::unordered_map<Ordinal, std::size_t> m_lastOfMessage;
    std::unordered_map<Ordinal, std::size_t> m_admitted; // published, routed ...: before it has copies
    std::map<Copy, std::size_t> m_lastOfCopy;
    std::map<std::pair<Ordinal, ServiceId>, std::size_t> m_working;     // started or ended
    std::map<std::pair<Ordinal, std::int64_t>, std::size_t> m_givenUp;  // by the channel that did
    std::map<Copy, std::size_t> m_waiting;                              // bars
    std::map<std::pair<Copy, std::uint16_t>, std::size_t> m_work;       // bars, by attempt
};

} // namespace

NodeRef axisOf(const Record& record, const Catalogue& catalogue) {
    if (record.ordinal == 0 || !record.place.valid())
        return {};
    const Place& place = catalogue.place(record.place);
    switch (record.kind) {
    case RecordKind::published:
    case RecordKind::delivered:
    case RecordKind::started:
    case RecordKind::finished:
    case RecordKind::failed:
    case RecordKind::acked:
    case RecordKind::ackRefused:
    case RecordKind::strayed:
    case RecordKind::nacked:
    case RecordKind::skipped:
    case RecordKind::effectLost:
    case RecordKind::crashed:
    case RecordKind::compensated:
        if (place.service.valid())
            return NodeRef::of(place.service);
        break;
    case RecordKind::committed:
    case RecordKind::completed:
    case RecordKind::stateChanged:
        return {};
    default:
        break;
    }
    return place.channel.valid() ? NodeRef::of(place.channel) : NodeRef();
}

SequenceChart sequenceChart(std::span<const SequenceRecord> records, const Catalogue& catalogue, SimTime now,
                            const StepFilter& shown) {
    ChartFold fold(catalogue, now, shown);
    for (const SequenceRecord& record : records)
        fold.take(record);
    return std::move(fold).finish();
}

std::optional<std::size_t> SequenceChart::stepOf(std::uint64_t index) const {
    const auto found = std::lower_bound(steps.begin(), steps.end(), index, [](const SequenceStep& step, std::uint64_t i) {
        return step.index < i;
    });
    return found != steps.end() && found->index == index ? std::optional(static_cast<std::size_t>(found - steps.begin()))
                                                         : std::nullopt;
}

std::optional<std::size_t> SequenceChart::causeOf(std::size_t step) const {
    std::size_t cause = steps[step].cause;
    while (cause != none && !steps[cause].shown)
        cause = steps[cause].cause;
    return cause == none ? std::nullopt : std::optional(cause);
}

std::optional<std::size_t> SequenceChart::effectOf(std::size_t step) const {
    for (std::size_t i = step + 1; i < steps.size(); ++i)
        if (steps[i].shown && causeOf(i) == step)
            return i;
    return std::nullopt;
}

std::optional<std::size_t> SequenceChart::along(std::size_t step, int direction) const {
    for (std::size_t i = step; direction < 0 ? i-- > 0 : ++i < steps.size();)
        if (steps[i].shown && steps[i].node == steps[step].node)
            return i;
    return std::nullopt;
}

std::optional<std::size_t> SequenceChart::beside(std::size_t step, int direction) const {
    for (std::size_t i = step; direction < 0 ? i-- > 0 : ++i < steps.size();)
        if (steps[i].shown)
            return i;
    return std::nullopt;
}

} // namespace weir

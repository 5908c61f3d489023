#include "core/record/series.h"

#include <algorithm>

namespace weir {

bool Series::concerns(const Place& place) const {
    switch (m_scope.kind) {
    case SeriesScope::Kind::run:
        return true;
    case SeriesScope::Kind::channel:
        return place.channel.value == m_scope.index;
    case SeriesScope::Kind::service:
        return place.service.value == m_scope.index;
    }
    return false;
}

void Series::halve() {
    const std::size_t half = (m_bins.size() + 1) / 2;
    for (std::size_t i = 0; i < half; ++i) {
        Bin merged = std::move(m_bins[2 * i]);
        if (2 * i + 1 < m_bins.size()) {
            const Bin& other = m_bins[2 * i + 1];
            merged.published += other.published;
            merged.acked += other.acked;
            merged.failed += other.failed;
            merged.deadLettered += other.deadLettered;
            merged.depthMin = std::min(merged.depthMin, other.depthMin);
            merged.depthMax = std::max(merged.depthMax, other.depthMax);
            merged.latency.merge(other.latency);
        }
        m_bins[i] = std::move(merged);
    }
    m_bins.resize(half);
    m_width *= 2;
}

Series::Bin& Series::binAt(SimTime at) {
    while (at.time_since_epoch() / m_width >= static_cast<std::int64_t>(binsMax))
        halve();
    const auto index = static_cast<std::size_t>(at.time_since_epoch() / m_width);
    while (m_bins.size() <= index) { // quiet time: what was waiting went on waiting
        Bin bin;
        bin.depthMin = bin.depthMax = m_depth;
        m_bins.push_back(std::move(bin));
    }
    return m_bins[index];
}

void Series::setDepth(Bin& bin, std::int64_t depth) {
    m_depth = depth;
    bin.depthMin = std::min(bin.depthMin, depth);
    bin.depthMax = std::max(bin.depthMax, depth);
}

void Series::apply(const Record& record, const Catalogue& catalogue) {
    ++m_index;
    Bin& bin = binAt(record.at);
    if (record.kind == RecordKind::completed) {
        if (m_scope.kind == SeriesScope::Kind::run)
            bin.latency.add(record.value);
        return;
    }
    const Place place = record.place.valid() ? catalogue.place(record.place) : Place{};
    if (!concerns(place))
        return;
    const bool run = m_scope.kind == SeriesScope::Kind::run;
    const bool service = m_scope.kind == SeriesScope::Kind::service;
    const std::uint64_t key = record.ordinal << 16U | place.subscription.value;
    const auto leftHandling = [&] { // a copy that was being handled, or waited prefetched, leaves the consumer
        return m_started.erase(key) == 0;
    };
    switch (record.kind) {
    case RecordKind::published:
        // A queue's inflow is what is born in it, wherever it was published to.
        if (run || service || catalogue.channels()[place.channel.index()].kind == ChannelKind::exchange ||
            catalogue.channels()[place.channel.index()].kind == ChannelKind::topic)
            ++bin.published;
        return;
    case RecordKind::enqueued:
        if (!run && !service)
            ++bin.published;
        if (!record.bornDelayed())
            setDepth(bin, m_depth + 1);
        return;
    case RecordKind::released:
        setDepth(bin, m_depth + 1);
        return;
    case RecordKind::started:
        if (record.from() == CopyState::inFlight)
            m_started.insert(key);
        if (!service)
            setDepth(bin, m_depth - 1);
        if (m_scope.kind == SeriesScope::Kind::channel)
            bin.latency.add(record.value);
        return;
    case RecordKind::finished:
        if (service)
            bin.latency.add(record.value);
        return;
    case RecordKind::failed:
        ++bin.failed;
        return;
    case RecordKind::crashed:
        bin.failed += record.attempt > 0 ? 1 : 0;
        return;
    case RecordKind::acked:
        m_started.erase(key);
        ++bin.acked;
        return;
    case RecordKind::requeued:
        if (!leftHandling() && !service)
            setDepth(bin, m_depth + 1);
        return;
    case RecordKind::retryScheduled:
        if (leftHandling() && !service)
            setDepth(bin, m_depth - 1);
        return;
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
        ++bin.deadLettered;
        if (!service && (record.from() == CopyState::ready || (record.from() == CopyState::inFlight && leftHandling())))
            setDepth(bin, m_depth - 1);
        return;
    default:
        return;
    }
}

} // namespace weir

#include "core/record/series.h"

#include <algorithm>

namespace weir {
namespace {

void mergeLevel(Series::Level& into, const Series::Level& later) {
    into.min = std::min(into.min, later.min);
    into.max = std::max(into.max, later.max);
    into.area += later.area;
}

// The element at an index that a record names, made where it is new.
template <class T> T& grown(std::vector<T>& items, std::size_t index) {
    if (index >= items.size())
        items.resize(index + 1);
    return items[index];
}

bool routesOnly(ChannelKind kind) {
    return kind == ChannelKind::exchange || kind == ChannelKind::topic;
}

} // namespace

void Series::Bin::merge(const Bin& later) {
    published += later.published;
    acked += later.acked;
    failed += later.failed;
    handled += later.handled;
    deadLettered += later.deadLettered;
    delivered += later.delivered;
    redelivered += later.redelivered;
    mergeLevel(depth, later.depth);
    mergeLevel(unacked, later.unacked);
    mergeLevel(lag, later.lag);
    mergeLevel(busy, later.busy);
    mergeLevel(up, later.up);
    mergeLevel(state, later.state);
    wait.merge(later.wait);
    service.merge(later.service);
    response.merge(later.response);
    latency.merge(later.latency);
}

Series::Series(SeriesScope scope, SeriesWindow window) : m_scope(scope), m_window(window), m_width(narrowest) {
    if (m_window.bounded()) {
        const std::int64_t span = std::max<std::int64_t>(1, (m_window.end - m_window.begin).count());
        m_width = Duration{(span + static_cast<std::int64_t>(binsMax) - 1) / static_cast<std::int64_t>(binsMax)};
    }
    for (Track& track : m_tracks)
        track.since = m_window.begin;
    m_tracks[state].known = false; // no record tells where it starts
}

Series::Level& Series::levelOf(Bin& bin, LevelName name) {
    switch (name) {
    case depth:
        return bin.depth;
    case unacked:
        return bin.unacked;
    case lag:
        return bin.lag;
    case busy:
        return bin.busy;
    case up:
        return bin.up;
    case state:
    case levelCount:
        break;
    }
    return bin.state;
}

// Before the first record all instances are up and idle; no record says so.
void Series::begin(const Catalogue& catalogue) {
    m_begun = true;
    std::int64_t workers = 0;
    bool counted = true;
    for (std::size_t i = 0; i < catalogue.services().size(); ++i) {
        const ServiceRow& row = catalogue.services()[i];
        if (m_scope.kind == SeriesScope::Kind::run ||
            (m_scope.kind == SeriesScope::Kind::service && i == m_scope.index)) {
            workers += std::int64_t{row.instances} * row.workers;
            counted = counted && (row.workers > 0 || m_scope.kind == SeriesScope::Kind::run);
        }
    }
    m_tracks[up].level = workers;
    m_tracks[up].known = counted && workers > 0;
}

bool Series::concerns(const Place& place) const {
    switch (m_scope.kind) {
    case SeriesScope::Kind::run:
        return true;
    case SeriesScope::Kind::channel:
        return place.channel.value == m_scope.index;
    case SeriesScope::Kind::service:
        return place.service.value == m_scope.index;
    case SeriesScope::Kind::state:
        return false;
    }
    return false;
}

bool Series::concernsQueue(const Place& place, const Catalogue& catalogue) const {
    if (m_scope.kind != SeriesScope::Kind::service)
        return concerns(place);
    return place.subscription.valid() &&
           catalogue.subscriptions()[place.subscription.index()].service.value == m_scope.index;
}

void Series::halve() {
    const std::size_t half = (m_bins.size() + 1) / 2;
    for (std::size_t i = 0; i < half; ++i) {
        Bin merged = std::move(m_bins[2 * i]);
        if (2 * i + 1 < m_bins.size())
            merged.merge(m_bins[2 * i + 1]);
        m_bins[i] = std::move(merged);
    }
    m_bins.resize(half);
    m_width *= 2;
    m_openFrom = m_openUntil = SimTime{};
}

// The bin that is open ends: levels that stood until then count for it.
void Series::closeBin(SimTime end) {
    for (std::size_t i = 0; i < m_tracks.size(); ++i) {
        Track& track = m_tracks[i];
        if (track.known)
            levelOf(m_bins.back(), static_cast<LevelName>(i)).area +=
                static_cast<double>(track.level) * seconds(end - track.since);
        track.since = end;
    }
}

void Series::openBins(SimTime at) {
    const Duration into = at - m_window.begin;
    while (into / m_width >= static_cast<std::int64_t>(binsMax))
        halve();
    const auto index = static_cast<std::size_t>(into / m_width);
    while (m_bins.size() <= index) { // quiet time: what was waiting went on waiting
        const SimTime start = m_window.begin + m_width * static_cast<std::int64_t>(m_bins.size());
        if (!m_bins.empty())
            closeBin(start);
        Bin& bin = m_bins.emplace_back();
        for (std::size_t i = 0; i < m_tracks.size(); ++i)
            if (m_tracks[i].known) {
                Level& level = levelOf(bin, static_cast<LevelName>(i));
                level.min = level.max = m_tracks[i].level;
            }
    }
}

Series::Bin* Series::binAt(SimTime at) {
    if (at < m_window.begin || m_complete)
        return nullptr;
    if (at >= m_window.end) {
        reach(at);
        return nullptr;
    }
    if (at < m_openFrom || at >= m_openUntil) {
        openBins(at);
        const auto index = static_cast<std::int64_t>((at - m_window.begin) / m_width);
        m_open = static_cast<std::size_t>(index);
        m_openFrom = m_window.begin + m_width * index;
        m_openUntil = m_openFrom + m_width;
    }
    return &m_bins[m_open];
}

void Series::reach(SimTime now) {
    if (m_complete || now < m_window.begin || (m_bins.empty() && !m_begun))
        return;
    if (now < m_window.end) {
        openBins(now);
        return;
    }
    openBins(m_window.end - Duration{1});
    closeBin(m_window.end);
    m_complete = true;
}

void Series::set(LevelName name, SimTime at, std::int64_t value) {
    Track& track = m_tracks[name];
    if (!m_bins.empty() && !m_complete) {
        Level& level = levelOf(m_bins.back(), name);
        if (track.known)
            level.area += static_cast<double>(track.level) * seconds(at - track.since);
        level.min = std::min(level.min, value);
        level.max = std::max(level.max, value);
        track.since = at;
    }
    if (!track.known)
        track.since = std::max(at, m_window.begin);
    track.level = value;
    track.known = true;
}

void Series::change(LevelName name, SimTime at, std::int64_t by) {
    if (by != 0)
        set(name, at, m_tracks[name].level + by);
}

void Series::apply(const Record& record, const Catalogue& catalogue) {
    ++m_index;
    if (!m_begun)
        begin(catalogue);
    Bin* const bin = binAt(record.at);
    if (record.kind == RecordKind::completed) {
        if (m_scope.kind == SeriesScope::Kind::run && bin)
            bin->latency.add(record.value);
        return;
    }
    if (m_scope.kind == SeriesScope::Kind::state) {
        if (record.kind == RecordKind::stateChanged && record.extra == m_scope.index && !record.reason.valid())
            set(state, record.at, record.value);
        return;
    }
    static constexpr Place nowhere;
    const Place& place = record.place.valid() ? catalogue.place(record.place) : nowhere;
    if (record.kind == RecordKind::appended || record.kind == RecordKind::committed)
        applyStream(record, place, catalogue);
    if (concerns(place)) {
        if (bin)
            applyCounts(record, place, catalogue, bin);
        applyService(record, place, catalogue);
    }
    if (concernsQueue(place, catalogue))
        applyQueue(record, place);
}

void Series::applyCounts(const Record& record, const Place& place, const Catalogue& catalogue, Bin* bin) {
    const bool channel = m_scope.kind == SeriesScope::Kind::channel;
    switch (record.kind) {
    case RecordKind::published:
        // A queue's inflow is what is born in it, wherever it was published to.
        if (!channel || routesOnly(catalogue.channels()[place.channel.index()].kind))
            ++bin->published;
        return;
    case RecordKind::routed:
        if (channel && routesOnly(catalogue.channels()[place.channel.index()].kind))
            ++bin->acked;
        return;
    case RecordKind::enqueued:
        bin->published += channel ? 1 : 0;
        return;
    case RecordKind::delivered:
        ++bin->delivered;
        bin->redelivered += record.attempt > 1 ? 1 : 0;
        return;
    case RecordKind::failed:
        ++bin->failed;
        return;
    case RecordKind::finished:
        ++bin->handled;
        if (!record.follows())
            bin->service.add(record.value);
        return;
    case RecordKind::crashed:
        bin->failed += record.attempt > 0 ? 1 : 0;
        return;
    case RecordKind::started:
        bin->wait.add(record.value);
        return;
    case RecordKind::acked:
        ++bin->acked;
        bin->response.add(record.value);
        return;
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
        ++bin->deadLettered;
        return;
    default:
        return;
    }
}

// What waits and what is in flight.
void Series::applyQueue(const Record& record, const Place& place) {
    const std::uint64_t key = record.ordinal << 16U | place.subscription.value;
    const auto leave = [&](bool waitsAgain) { // the consumer; it stops waiting there unless its handling had begun
        change(unacked, record.at, -1);
        change(depth, record.at, (m_started.take(key) ? 0 : -1) + (waitsAgain ? 1 : 0));
    };
    switch (record.kind) {
    case RecordKind::enqueued:
        change(depth, record.at, record.bornDelayed() ? 0 : 1);
        return;
    case RecordKind::released:
        change(depth, record.at, 1);
        return;
    case RecordKind::delivered:
        change(unacked, record.at, 1);
        return;
    case RecordKind::started:
        if (record.from() == CopyState::inFlight && m_started.set(key, true))
            change(depth, record.at, -1);
        return;
    case RecordKind::acked:
        if (record.from() == CopyState::ready)
            change(depth, record.at, -1);
        else if (record.from() != CopyState::delayed)
            leave(false);
        return;
    case RecordKind::retryScheduled:
        leave(false);
        return;
    case RecordKind::requeued:
        leave(true);
        return;
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        if (record.from() == CopyState::inFlight)
            leave(false);
        else if (record.from() == CopyState::ready)
            change(depth, record.at, -1);
        return;
    default:
        return;
    }
}

void Series::applyService(const Record& record, const Place& place, const Catalogue& catalogue) {
    if (!place.service.valid() || (record.kind != RecordKind::started && record.kind != RecordKind::finished &&
                                   record.kind != RecordKind::failed && record.kind != RecordKind::skipped &&
                                   record.kind != RecordKind::crashed && record.kind != RecordKind::restarted))
        return;
    const std::size_t number = place.instance == Place::noIndex ? 0 : place.instance;
    Instance& instance = grown(grown(m_instances, place.service.index()), number);
    const std::int64_t workers = catalogue.services()[place.service.index()].workers;
    const auto release = [&](std::int64_t count) { // never more than are busy: a source may miss a beginning
        count = std::min(count, instance.busy);
        instance.busy -= count;
        change(busy, record.at, -count);
    };
    if (!instance.up && record.kind != RecordKind::crashed) {
        instance.up = true;
        if (m_tracks[up].known)
            change(up, record.at, workers);
    }
    const std::int64_t own = record.follows() ? 0 : 1; // workers; those of a batch have one between them
    if (record.kind == RecordKind::started) {
        instance.busy += own;
        change(busy, record.at, own);
    } else if (record.kind != RecordKind::crashed || record.attempt > 0) {
        release(record.kind == RecordKind::restarted ? 0 : own);
    } else {
        release(instance.busy);
        if (instance.up && m_tracks[up].known)
            change(up, record.at, -workers);
        instance.up = false;
    }
}

void Series::applyStream(const Record& record, const Place& place, const Catalogue& catalogue) {
    if (!place.channel.valid() || place.partition == Place::noIndex)
        return;
    if (record.kind == RecordKind::committed) {
        if (!place.subscription.valid())
            return;
        std::int64_t& position = grown(grown(m_positions, place.subscription.index()), place.partition);
        if (concernsQueue(place, catalogue))
            change(lag, record.at, position - std::int64_t{record.extra});
        position = record.extra;
        return;
    }
    std::int64_t& end = grown(grown(m_ends, place.channel.index()), place.partition);
    const std::int64_t grownBy = std::int64_t{record.extra} + 1 - end;
    end += grownBy;
    for (; m_subscriptionsSeen < catalogue.subscriptions().size(); ++m_subscriptionsSeen) {
        const auto id = static_cast<std::uint16_t>(m_subscriptionsSeen);
        const ChannelId channel = catalogue.subscriptions()[id].channel;
        const Place reader{.channel = channel, .subscription = SubscriptionId{id}, .service = {}};
        if (channel.valid() && concernsQueue(reader, catalogue))
            ++grown(m_readers, channel.index());
    }
    const std::int64_t readers = grown(m_readers, place.channel.index());
    change(lag, record.at, readers * grownBy);
}

} // namespace weir

#include "ui/canvas/traffic_feed.h"

#include <algorithm>

namespace weir {

void TrafficFeed::begin(std::shared_ptr<const RecordStore> store, std::uint64_t playhead) {
    m_reader = store ? std::make_unique<RecordReader>(std::move(store)) : nullptr;
    m_seen = playhead;
    m_traffic = {};
    m_focus.reset();
    m_hopsPerMs = 0;
    m_river = false;
    setFlightsMax(m_flightsMax);
}

void TrafficFeed::setFlightsMax(std::size_t count) {
    m_flightsMax = count;
    m_traffic.setFlightsMax(m_river || m_reduced ? 0 : m_flightsMax);
}

void TrafficFeed::setReducedMotion(bool reduced) {
    m_reduced = reduced;
    if (m_reduced)
        m_traffic.clear();
    if (m_reduced && m_focus)
        m_focus->share = 1;
    setFlightsMax(m_flightsMax);
}

TrafficFeed::Motion TrafficFeed::follow(std::uint64_t playhead, bool running, Speed speed, double passedMs) {
    if (!m_reader || playhead == m_seen)
        return Motion::none;
    m_reader->refresh();
    if (!running && playhead == m_seen + 1) {
        leap(playhead);
        focusOn(playhead - 1, true);
        return Motion::step;
    }
    if (!running && playhead + 1 == m_seen) {
        leap(playhead);
        if (playhead > m_reader->first())
            focusOn(playhead - 1, false);
        return Motion::step;
    }
    if (!running || playhead < m_seen || playhead - m_seen > countedMax || m_seen < m_reader->first())
        return leap(playhead);
    m_focus.reset();
    forwards(playhead, speed, passedMs);
    return Motion::forwards;
}

// What was on its way belongs to another instant.
TrafficFeed::Motion TrafficFeed::leap(std::uint64_t playhead) {
    m_seen = playhead;
    m_traffic.clear();
    m_focus.reset();
    return Motion::leap;
}

void TrafficFeed::focusOn(std::uint64_t index, bool forwards) {
    if (index < m_reader->first() || index >= m_reader->end())
        return;
    const Record& record = m_reader->at(index);
    Focus focus{.record = record, .hop = m_ways.hop(record, m_reader->catalogue())};
    focus.node = focus.hop ? focus.hop->to : m_ways.scene(record, m_reader->catalogue());
    if (forwards && focus.hop && !m_reduced)
        focus.share = 0;
    m_focus = focus;
}

void TrafficFeed::forwards(std::uint64_t playhead, Speed speed, double passedMs) {
    const std::uint64_t end = std::min(playhead, m_reader->end());
    const std::uint64_t observed = end - std::min(end - m_seen, observedMax); // the newest ones: they tell what is now
    std::uint64_t hops = 0;
    while (m_seen < end) {
        std::span<const Record> records = m_reader->from(m_seen);
        const std::uint64_t limit = m_seen < observed ? observed : end;
        records = records.first(std::min<std::size_t>(records.size(), limit - m_seen));
        if (records.empty())
            break;
        const Catalogue& catalogue = m_reader->catalogue();
        const auto moved = static_cast<std::uint64_t>(
            std::count_if(records.begin(), records.end(),
                          [&catalogue](const Record& record) { return Ways::isHop(record, catalogue); }));
        hops += moved;
        if (m_seen < observed)
            m_traffic.pass(moved);
        else
            m_traffic.observe(records, catalogue, m_ways, speed);
        m_seen += records.size();
    }
    weigh(hops, speed, passedMs);
}

void TrafficFeed::weigh(std::uint64_t hops, Speed speed, double passedMs) {
    constexpr double memoryMs = 400;
    const double passed = std::clamp(passedMs, 1.0, memoryMs);
    m_hopsPerMs += (static_cast<double>(hops) / passed - m_hopsPerMs) * passed / memoryMs;
    const double underWay = m_hopsPerMs * Traffic::hopDuration(speed);
    const auto room = static_cast<double>(m_flightsMax);
    // Apart, so that a run at the limit does not flicker between the two.
    const bool river = underWay > (m_river ? 0.6 * room : room);
    if (river == m_river)
        return;
    m_river = river;
    setFlightsMax(m_flightsMax);
}

void TrafficFeed::advance(double ms) {
    m_traffic.advance(ms);
    if (stepping())
        m_focus->share = std::min(1.0, m_focus->share + ms / Traffic::hopMs);
}

} // namespace weir

#include "ui/canvas/traffic.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace weir {
namespace {

constexpr std::size_t arrivalsMax = 8'192; // of a generation

std::uint64_t visitKey(Ordinal ordinal, std::uint32_t node) {
    return ordinal << 20 | (node & 0xFFFFFU);
}

} // namespace

double Traffic::hopDuration(Speed speed) {
    if (speed.unlimited)
        return hopMsMin;
    // Ten times as fast takes half the time: motion stays readable while the run hurries.
    return std::clamp(hopMs * std::pow(std::max(speed.factor, 1e-3), -0.3), hopMsMin, hopMs);
}

double Traffic::arrival(Ordinal ordinal, std::uint32_t node) const {
    const std::uint64_t key = visitKey(ordinal, node);
    if (const double* at = m_arrivals.find(key))
        return *at;
    const double* at = m_arrivalsBefore.find(key);
    return at ? *at : 0;
}

void Traffic::setArrival(Ordinal ordinal, std::uint32_t node, double at) {
    if (m_arrivals.size() >= arrivalsMax)
        m_arrivalsBefore = std::exchange(m_arrivals, {});
    m_arrivals.set(visitKey(ordinal, node), at);
}

void Traffic::launch(const Record& record, const Hop& hop, double base) {
    if (m_flightsMax == 0) { // nobody is to see it, nor what it leads to
        ++m_leftOut;
        return;
    }
    // Cause before effect: a message starts when what made it has come to the one who made it.
    double ready = arrival(record.ordinal, hop.from);
    if (record.kind == RecordKind::published && record.value > 0)
        ready = arrival(static_cast<Ordinal>(record.value), hop.from);
    const double start = std::clamp(ready, m_now, m_now + lagMs);
    // The further the flights trail, the faster they are.
    const double lasts = std::max(hopMsMin, base * (1 - 0.7 * (start - m_now) / lagMs));
    setArrival(record.ordinal, hop.to, start + lasts);
    if (m_flights.size() >= m_flightsMax) {
        ++m_leftOut;
        return;
    }
    ++m_launched;
    m_flights.push_back({.hop = hop,
                         .type = record.type,
                         .ordinal = record.ordinal,
                         .again = record.kind == RecordKind::delivered && record.attempt > 1,
                         .start = start,
                         .lasts = lasts});
}

// A record tells the last exchange on a message's way and its first one; between them it goes by bindings from exchange
// to exchange, the shortest way from where it has been seen.
void Traffic::launchTo(const Record& record, std::uint32_t exchange, const Ways& ways, double base) {
    if (m_flightsMax == 0 || arrival(record.ordinal, exchange) > 0)
        return;
    std::vector<Hop> back; // the hop into each exchange found, and on to the one it was found from
    std::vector<std::size_t> next;
    const auto seen = [&](std::uint32_t node) {
        return node == exchange ||
               std::any_of(back.begin(), back.end(), [node](const Hop& hop) { return hop.from == node; });
    };
    constexpr std::size_t exchangesMax = 64;
    for (std::size_t i = 0; i <= back.size() && back.size() < exchangesMax; ++i) {
        const std::uint32_t node = i == 0 ? exchange : back[i - 1].from;
        for (const std::uint32_t edge : ways.routesInto(node)) {
            const GraphEdge& tie = ways.edge(edge);
            if (seen(tie.from))
                continue;
            back.push_back({.kind = Hop::Kind::message, .edge = edge, .from = tie.from, .to = tie.to});
            next.push_back(i); // 0: the exchange itself
            if (arrival(record.ordinal, tie.from) <= 0)
                continue;
            for (std::size_t at = back.size(); at > 0; at = next[at - 1])
                launch(record, back[at - 1], base);
            return;
        }
    }
}

void Traffic::flash(Flash::Kind kind, std::uint32_t node, double start) {
    if (node == Ways::nowhere || m_flashes.size() >= flashesMax)
        return; // the node itself shows what happened, too
    for (const Flash& flash : m_flashes)
        if (flash.kind == kind && flash.node == node && flash.start + Flash::lasts / 2 > start)
            return;
    m_flashes.push_back({.kind = kind, .node = node, .start = std::clamp(start, m_now, m_now + lagMs)});
}

void Traffic::observe(std::span<const Record> records, const Catalogue& catalogue, const Ways& ways, Speed speed) {
    const double base = hopDuration(speed);
    for (const Record& record : records) {
        const auto transitKey = [&] {
            const Place& place = catalogue.place(record.place);
            return record.ordinal << 16 | place.channel.value;
        };
        double lasts = base;
        switch (record.kind) {
        case RecordKind::sent:
            if (m_sent.size() < arrivalsMax && record.place.valid())
                m_sent.set(transitKey(), record.at.time_since_epoch().count());
            continue;
        case RecordKind::enqueued:
            if (record.from() == CopyState::inTransit && record.place.valid() && !speed.unlimited)
                if (const std::optional<std::int64_t> left = m_sent.take(transitKey()))
                    lasts = std::max(base, static_cast<double>(record.at.time_since_epoch().count() - *left) * 1e-6 /
                                               speed.factor);
            break;
        case RecordKind::crashed:
        case RecordKind::restarted: {
            const std::uint32_t node = ways.scene(record, catalogue);
            flash(record.kind == RecordKind::crashed ? Flash::Kind::crash : Flash::Kind::restart, node,
                  record.ordinal > 0 ? arrival(record.ordinal, node) : m_now);
            continue;
        }
        case RecordKind::refused:
        case RecordKind::unroutable:
        case RecordKind::expired:
        case RecordKind::dropped:
        case RecordKind::lost:
            if (record.place.valid()) {
                const std::uint32_t node = ways.node(catalogue.place(record.place).channel);
                flash(Flash::Kind::loss, node, arrival(record.ordinal, node));
            }
            continue;
        default:
            break;
        }
        const std::optional<Hop> hop = ways.hop(record, catalogue);
        if (!hop)
            continue;
        if (record.kind == RecordKind::enqueued || record.kind == RecordKind::appended)
            launchTo(record, hop->from, ways, base);
        launch(record, *hop, lasts);
    }
}

void Traffic::pass(std::uint64_t hops) {
    m_leftOut += hops;
}

void Traffic::advance(double ms) {
    m_now += ms;
    std::erase_if(m_flights, [this](const Flight& flight) { return m_now >= flight.start + flight.lasts; });
    std::erase_if(m_flashes, [this](const Flash& flash) { return m_now >= flash.start + Flash::lasts; });
}

void Traffic::clear() {
    m_flights.clear();
    m_flashes.clear();
    m_arrivals = {};
    m_arrivalsBefore = {};
    m_sent = {};
}

} // namespace weir

#include "ui/session/recent_figures.h"

#include "ui/depth.h"

#include <limits>

namespace weir {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double secondsOf(TimeIntegral::Wide area) {
    return static_cast<double>(area) * 1e-9;
}

template <class Totals> Totals at(const std::vector<Totals>& totals, std::size_t index) {
    return index < totals.size() ? totals[index] : Totals{};
}

} // namespace

void RecentFigures::clear() {
    m_samples.clear();
    m_now = {};
}

RecentFigures::Sample RecentFigures::sampleOf(const Picture& picture, const Catalogue& catalogue) {
    Sample sample{.at = picture.time(), .services = {}, .channels = {}};
    for (std::size_t i = 0; i < catalogue.services().size(); ++i) {
        const ServiceFigures& figures = picture.service(ServiceId{static_cast<std::uint16_t>(i)});
        sample.services.push_back({.handled = figures.handled,
                                   .failed = figures.failed,
                                   .busy = secondsOf(figures.busy.area(picture.time())),
                                   .up = secondsOf(figures.up.area(picture.time())),
                                   .published = 0});
    }
    std::vector<Histogram> waits(catalogue.channels().size());
    const std::vector<std::int64_t> waiting = depths(picture, catalogue);
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i) {
        const ChannelFigures& figures = picture.channel(ChannelId{static_cast<std::uint16_t>(i)});
        const CopyCounts& copies = figures.copies;
        sample.channels.push_back(
            {.out = 0,
             .depth = waiting[i],
             .givenUp = copies.deadLettered + copies.dropped + copies.expired + copies.lost + copies.purged,
             .in = figures.rate.perSecond(picture.time()),
             .waitP99 = unknown});
    }
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
        const std::size_t channel = catalogue.subscriptions()[i].channel.index();
        const SubscriptionFigures& figures = picture.subscription(SubscriptionId{static_cast<std::uint16_t>(i)});
        if (channel >= sample.channels.size())
            continue;
        sample.channels[channel].out += figures.acked;
        if (figures.wait.count() == 0)
            continue;
        // Several groups read a stream: the figure is of all of them, as on the command line.
        waits[channel].merge(figures.wait);
        sample.channels[channel].waitP99 = waits[channel].quantile(0.99).value_or(unknown) * 1e-9;
    }
    for (const EdgeFigures& edge : picture.edges()) {
        if (edge.kind == EdgeKind::publish && edge.from < sample.services.size())
            sample.services[edge.from].published += edge.rate.perSecond(picture.time());
        else if (edge.kind == EdgeKind::route && edge.from < sample.channels.size())
            sample.channels[edge.from].out += edge.count;
    }
    return sample;
}

void RecentFigures::take(const Picture& picture, const Catalogue& catalogue) {
    if (picture.metricsStart() != m_metricsStart) { // totals began again
        clear();
        m_metricsStart = picture.metricsStart();
    }
    while (!m_samples.empty() && m_samples.back().at >= picture.time())
        m_samples.pop_back();
    if (m_now.at < picture.time() && (m_samples.empty() || m_now.at - m_samples.back().at >= spacing) &&
        !(m_now.services.empty() && m_now.channels.empty())) {
        m_samples.push_back(std::move(m_now));
        if (m_samples.size() > samplesMax)
            m_samples.pop_front();
    }
    m_now = sampleOf(picture, catalogue);
}

void RecentFigures::remember(const Picture& picture, const Catalogue& catalogue) {
    m_samples.push_back(sampleOf(picture, catalogue));
    if (m_samples.size() > samplesMax)
        m_samples.pop_front();
}

void RecentFigures::setPresent(const Picture& picture, const Catalogue& catalogue) {
    m_metricsStart = picture.metricsStart();
    m_now = sampleOf(picture, catalogue);
}

const RecentFigures::Sample* RecentFigures::before(std::size_t place) const {
    const SimTime since = sample(place).at - window;
    if (place == 0 || since <= m_metricsStart)
        return nullptr;
    std::size_t found = place - 1;
    while (found > 0 && m_samples[found].at > since)
        --found;
    return &m_samples[found];
}

RecentFigures::Service RecentFigures::serviceAt(std::size_t place, ServiceId id) const {
    const Sample& now = sample(place);
    const Sample* const then = before(place);
    const ServiceTotals present = at(now.services, id.index());
    const ServiceTotals past = then ? at(then->services, id.index()) : ServiceTotals{};
    const double passed = seconds(now.at - (then ? then->at : m_metricsStart));
    const double handled = static_cast<double>(present.handled - past.handled);
    const double failed = static_cast<double>(present.failed - past.failed);
    const double available = present.up - past.up;
    return {.throughput = passed > 0 ? handled / passed : unknown,
            .published = passed > 0 ? present.published : unknown,
            .utilisation = available > 0 ? (present.busy - past.busy) / available : unknown,
            .failedShare = handled + failed > 0 ? failed / (handled + failed) : unknown};
}

RecentFigures::Channel RecentFigures::channelAt(std::size_t place, ChannelId id) const {
    const Sample& now = sample(place);
    const Sample* const then = before(place);
    const ChannelTotals present = at(now.channels, id.index());
    const ChannelTotals past = then ? at(then->channels, id.index()) : ChannelTotals{};
    const double passed = seconds(now.at - (then ? then->at : m_metricsStart));
    return {.in = passed > 0 ? present.in : unknown,
            .out = passed > 0 ? static_cast<double>(present.out - past.out) / passed : unknown,
            .depth = static_cast<double>(present.depth),
            .waitP99 = present.waitP99,
            .givenUp = static_cast<double>(present.givenUp)};
}

std::vector<RecentFigures::Service> RecentFigures::pastOf(ServiceId id) const {
    std::vector<Service> past;
    for (std::size_t i = 0; i < m_samples.size(); ++i)
        past.push_back(serviceAt(i, id));
    return past;
}

std::vector<RecentFigures::Channel> RecentFigures::pastOf(ChannelId id) const {
    std::vector<Channel> past;
    for (std::size_t i = 0; i < m_samples.size(); ++i)
        past.push_back(channelAt(i, id));
    return past;
}

} // namespace weir

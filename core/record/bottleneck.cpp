#include "core/record/bottleneck.h"

#include <algorithm>

namespace weir {
namespace {

constexpr Duration sampleEvery = 500ms;

// The slope of depth over time by least squares, so that one busy instant at either end does not decide.
double growthPerSecond(const std::deque<LoadSample>& samples, std::size_t subscription) {
    const SimTime origin = samples.front().at;
    double sumT = 0, sumD = 0, sumTT = 0, sumTD = 0;
    for (const LoadSample& sample : samples) {
        const double t = seconds(sample.at - origin);
        const double depth = subscription < sample.subscriptions.size()
                                 ? static_cast<double>(sample.subscriptions[subscription].depth)
                                 : 0;
        sumT += t;
        sumD += depth;
        sumTT += t * t;
        sumTD += t * depth;
    }
    const double n = static_cast<double>(samples.size());
    const double spread = n * sumTT - sumT * sumT;
    return spread > 0 ? (n * sumTD - sumT * sumD) / spread : 0;
}

double share(TimeIntegral::Wide part, TimeIntegral::Wide whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

// Rounded up; a worker that a hair is missing of is still one worker.
std::int64_t ceiling(double number) {
    const auto whole = static_cast<std::int64_t>(number);
    return static_cast<double>(whole) + 1e-9 < number ? whole + 1 : whole;
}

} // namespace

LoadSample loadSample(const Picture& picture, const Catalogue& catalogue) {
    LoadSample sample{.at = picture.time(), .metricsStart = picture.metricsStart(), .subscriptions = {}, .services = {}};
    const SimTime now = picture.time();
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
        const SubscriptionFigures& figures = picture.subscription(SubscriptionId{static_cast<std::uint16_t>(i)});
        sample.subscriptions.push_back(
            {.depth = figures.depth.level(), .left = figures.acked + figures.deadLettered});
    }
    for (std::size_t i = 0; i < catalogue.services().size(); ++i) {
        const ServiceFigures& figures = picture.service(ServiceId{static_cast<std::uint16_t>(i)});
        sample.services.push_back(
            {.busyArea = figures.busy.area(now), .upArea = figures.up.area(now), .up = figures.up.level()});
    }
    return sample;
}

std::optional<Bottleneck> bottleneck(const std::deque<LoadSample>& samples, const Catalogue& catalogue) {
    if (samples.size() < 2 || samples.back().at - samples.front().at < Trend::spanMin ||
        samples.back().metricsStart != samples.front().metricsStart)
        return std::nullopt;
    const LoadSample& first = samples.front();
    const LoadSample& last = samples.back();
    const double span = seconds(last.at - first.at);
    std::optional<Bottleneck> worst;
    for (std::size_t i = 0; i < last.subscriptions.size(); ++i) {
        const ServiceId service = catalogue.subscriptions()[i].service;
        if (!service.valid() || service.index() >= last.services.size())
            continue;
        const LoadSample::Subscription before =
            i < first.subscriptions.size() ? first.subscriptions[i] : LoadSample::Subscription{};
        const double growth = growthPerSecond(samples, i);
        if (growth < Trend::growthMin || last.subscriptions[i].depth - before.depth < Trend::growthCopies)
            continue;
        if (worst && worst->growth.perSecond >= growth)
            continue;
        const LoadSample::Service& after = last.services[service.index()];
        const LoadSample::Service then =
            service.index() < first.services.size() ? first.services[service.index()] : LoadSample::Service{};
        const bool down = after.up == 0;
        const double utilization = share(after.busyArea - then.busyArea, after.upArea - then.upArea);
        if (!down && utilization < Trend::utilizationMin)
            continue;
        Bottleneck found{.service = service,
                         .subscription = SubscriptionId{static_cast<std::uint16_t>(i)},
                         .growth = {growth},
                         .utilization = utilization,
                         .workersMore = 0};
        // What one busy worker settles in a second, as measured: the growth by that is what is missing.
        const double busyWorkers = static_cast<double>(after.busyArea - then.busyArea) / (span * 1e9);
        const double pace = static_cast<double>(last.subscriptions[i].left - before.left) / span;
        if (!down && busyWorkers > 0 && pace > 0)
            found.workersMore = std::max<std::int64_t>(1, ceiling(growth * busyWorkers / pace));
        worst = found;
    }
    return worst;
}

void LoadHistory::observe(const Picture& picture, const Catalogue& catalogue) {
    while (!m_samples.empty() && m_samples.back().at > picture.time())
        m_samples.pop_back();
    // A long leap leaves nothing that the present could be compared with.
    while (!m_samples.empty() && picture.time() - m_samples.front().at > Trend::spanMax)
        m_samples.pop_front();
    if (m_samples.empty() || picture.time() - m_samples.back().at >= sampleEvery)
        remember(picture, catalogue);
}

} // namespace weir

#include "core/record/metrics.h"

#include <algorithm>
#include <array>

namespace weir {
namespace {

constexpr std::array<std::string_view, 24> runNames{
    "published",    "refused",    "deduplicated", "unroutable", "held",        "routed",
    "copies",       "inTransit",  "delayed",      "ready",      "inFlight",    "acked",
    "deadLettered", "expired",    "dropped",      "purged",     "lost",        "effectsLost",
    "latencyMean",  "latencyP50", "latencyP90",   "latencyP99", "latencyP999", "latencyMax"};

constexpr std::array<std::string_view, 29> channelNames{
    "published",   "bytes",        "taken",       "rate",         "delivered",   "acked",
    "redelivered", "deadLettered", "expired",     "dropped",      "depth",       "depthMean",
    "depthMax",    "unacked",      "unackedMean", "waitMean",     "waitP50",     "waitP90",
    "waitP99",     "waitP999",     "waitMax",     "responseMean", "responseP50", "responseP90",
    "responseP99", "responseP999", "responseMax", "lag",          "throughput"};
constexpr std::size_t channelOnly = 4; // the others are its subscriptions'

constexpr std::array<std::string_view, 20> serviceNames{
    "handled",     "failed",      "utilization",  "throughput",  "busy",       "up",           "serviceMean",
    "serviceP50",  "serviceP90",  "serviceP99",   "serviceP999", "serviceMax", "responseMean", "responseP50",
    "responseP90", "responseP99", "responseP999", "responseMax", "instancesUp", "outbox"};

using Figure = std::optional<double>;

Figure number(std::int64_t count) {
    return static_cast<double>(count);
}

Figure inSeconds(std::optional<double> nanoseconds) {
    return nanoseconds ? Figure(*nanoseconds * 1e-9) : std::nullopt;
}

Figure perSecond(std::int64_t count, const Picture& picture) {
    const double span = seconds(picture.time() - picture.metricsStart());
    return span > 0 ? Figure(static_cast<double>(count) / span) : std::nullopt;
}

// "Mean", "P99" ... of a histogram of nanoseconds.
Figure histogramFigure(const Histogram& histogram, std::string_view part) {
    if (part == "Mean")
        return inSeconds(histogram.mean());
    if (part == "Max")
        return inSeconds(histogram.max());
    struct Part {
        std::string_view name;
        double fraction;
    };
    static constexpr std::array parts{Part{"P50", 0.5}, Part{"P90", 0.9}, Part{"P99", 0.99}, Part{"P999", 0.999}};
    for (const Part& candidate : parts)
        if (candidate.name == part)
            return inSeconds(histogram.quantile(candidate.fraction));
    return std::nullopt;
}

bool starts(std::string_view figure, std::string_view prefix) {
    return figure.starts_with(prefix);
}

Figure subscriptionFigure(const SubscriptionFigures& figures, const Picture& picture, std::string_view figure) {
    if (figure == "delivered")
        return number(figures.delivered);
    if (figure == "acked")
        return number(figures.acked);
    if (figure == "redelivered")
        return number(figures.redelivered);
    if (figure == "deadLettered")
        return number(figures.deadLettered);
    if (figure == "expired")
        return number(figures.expired);
    if (figure == "dropped")
        return number(figures.dropped);
    if (figure == "depth")
        return number(figures.depth.level());
    if (figure == "depthMean")
        return figures.depth.mean(picture.time());
    if (figure == "depthMax")
        return number(figures.depth.max());
    if (figure == "unacked")
        return number(figures.unacked.level());
    if (figure == "unackedMean")
        return figures.unacked.mean(picture.time());
    if (figure == "throughput")
        return perSecond(figures.acked, picture);
    if (starts(figure, "wait"))
        return histogramFigure(figures.wait, figure.substr(4));
    if (starts(figure, "response"))
        return figures.shared.empty() ? histogramFigure(figures.response, figure.substr(8))
                                      : histogramFigure(figures.responseOfAll(), figure.substr(8));
    return std::nullopt;
}

bool contains(std::span<const std::string_view> names, std::string_view figure) {
    return std::find(names.begin(), names.end(), figure) != names.end();
}

} // namespace

std::optional<MetricScope> metricScope(std::string_view name) {
    if (name == "run")
        return MetricScope::run;
    if (name == "channel")
        return MetricScope::channel;
    if (name == "subscription")
        return MetricScope::subscription;
    if (name == "service")
        return MetricScope::service;
    return std::nullopt;
}

std::span<const std::string_view> metricNames(MetricScope scope) {
    switch (scope) {
    case MetricScope::run:
        return runNames;
    case MetricScope::channel:
        return channelNames;
    case MetricScope::subscription:
        return std::span<const std::string_view>(channelNames).subspan(channelOnly);
    case MetricScope::service:
        return serviceNames;
    }
    return {};
}

Figure runMetric(const Picture& picture, std::string_view figure) {
    const MessageCounts& messages = picture.ledger().messages;
    const CopyCounts& copies = picture.ledger().copies;
    const std::array<std::int64_t, 18> counts{messages.published,  messages.refused, messages.deduplicated,
                                              messages.unroutable, messages.held,    messages.routed,
                                              copies.born,         copies.inTransit, copies.delayed,
                                              copies.ready,        copies.inFlight,  copies.acked,
                                              copies.deadLettered, copies.expired,   copies.dropped,
                                              copies.purged,       copies.lost,      picture.ledger().effectsLost};
    for (std::size_t i = 0; i < counts.size(); ++i) // runNames begins with the ledger's words, in its order
        if (runNames[i] == figure)
            return number(counts[i]);
    return starts(figure, "latency") ? histogramFigure(picture.latency(), figure.substr(7)) : std::nullopt;
}

Figure subscriptionMetric(const Picture& picture, const Catalogue& catalogue, SubscriptionId id,
                          std::string_view figure) {
    if (figure == "lag") {
        const std::optional<std::int64_t> lag = picture.lag(id, catalogue);
        return lag ? number(*lag) : std::nullopt;
    }
    return subscriptionFigure(picture.subscription(id), picture, figure);
}

Figure channelMetric(const Picture& picture, const Catalogue& catalogue, ChannelId id, std::string_view figure) {
    const ChannelFigures& channel = picture.channel(id);
    if (figure == "published")
        return number(channel.published);
    if (figure == "bytes")
        return number(channel.bytes);
    if (figure == "taken")
        return number(channel.taken);
    if (figure == "rate")
        return channel.rate.perSecond(picture.time());
    std::vector<SubscriptionId> subscriptions;
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i)
        if (catalogue.subscriptions()[i].channel == id)
            subscriptions.push_back(SubscriptionId{static_cast<std::uint16_t>(i)});
    if (subscriptions.empty())
        return std::nullopt;
    if (subscriptions.size() == 1)
        return subscriptionMetric(picture, catalogue, subscriptions.front(), figure);
    if (figure == "depthMax")
        return std::nullopt;
    const bool wait = starts(figure, "wait");
    if (wait || starts(figure, "response")) {
        Histogram merged;
        for (const SubscriptionId subscription : subscriptions)
            merged.merge(wait ? picture.subscription(subscription).wait
                              : picture.subscription(subscription).responseOfAll());
        return histogramFigure(merged, figure.substr(wait ? 4 : 8));
    }
    Figure sum;
    for (const SubscriptionId subscription : subscriptions)
        if (const Figure part = subscriptionMetric(picture, catalogue, subscription, figure))
            sum = sum.value_or(0) + *part;
    return sum;
}

Figure serviceMetric(const Picture& picture, const Catalogue& catalogue, ServiceId id, std::string_view figure) {
    const ServiceFigures& service = picture.service(id);
    const ServiceRow& row = catalogue.services()[id.index()];
    // A service that no record has touched yet is up and idle.
    const bool untouched = service.instances.empty();
    if (figure == "outbox")
        return number(service.outbox);
    if (figure == "handled")
        return number(service.handled);
    if (figure == "failed")
        return number(service.failed);
    if (figure == "throughput")
        return perSecond(service.handled, picture);
    if (figure == "busy")
        return number(service.busy.level());
    if (figure == "up")
        return number(untouched ? std::int64_t{row.instances} * row.workers : service.up.level());
    if (figure == "instancesUp")
        return number(untouched ? row.instances
                                : std::count_if(service.instances.begin(), service.instances.end(),
                                                [](const InstanceFigures& instance) { return instance.up; }));
    if (figure == "utilization") {
        if (untouched)
            return row.workers > 0 && picture.time() > picture.metricsStart() ? Figure(0) : std::nullopt;
        const auto up = static_cast<double>(service.up.area(picture.time()));
        return up > 0 ? Figure(static_cast<double>(service.busy.area(picture.time())) / up) : std::nullopt;
    }
    if (starts(figure, "service"))
        return histogramFigure(service.service, figure.substr(7));
    if (starts(figure, "response")) {
        Histogram merged;
        for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
            const SubscriptionFigures& read = picture.subscription(SubscriptionId{static_cast<std::uint16_t>(i)});
            if (catalogue.subscriptions()[i].service == id)
                merged.merge(read.response);
            for (const SharedResponse& other : read.shared)
                if (other.service == id)
                    merged.merge(other.response);
        }
        return histogramFigure(merged, figure.substr(8));
    }
    return std::nullopt;
}

Figure metric(const Picture& picture, const Catalogue& catalogue, MetricScope scope, std::string_view name,
              std::string_view figure) {
    if (!contains(metricNames(scope), figure))
        return std::nullopt;
    switch (scope) {
    case MetricScope::run:
        return runMetric(picture, figure);
    case MetricScope::channel: {
        const ChannelId id = catalogue.channel(name);
        return id.valid() ? channelMetric(picture, catalogue, id, figure) : std::nullopt;
    }
    case MetricScope::subscription: {
        const SubscriptionId id = catalogue.subscription(name);
        return id.valid() ? subscriptionMetric(picture, catalogue, id, figure) : std::nullopt;
    }
    case MetricScope::service: {
        const ServiceId id = catalogue.service(name);
        return id.valid() ? serviceMetric(picture, catalogue, id, figure) : std::nullopt;
    }
    }
    return std::nullopt;
}

} // namespace weir

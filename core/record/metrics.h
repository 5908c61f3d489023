// Metrics: the figures of a Picture by name, for expressions ("metric('channel', 'orders', 'waitP99') > 1s"), the
// command line and charts. Seconds and per second throughout; nothing where there is no observation. The names are
// those of the command line's JSON, and stable.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/picture.h"

#include <optional>
#include <span>
#include <string_view>

namespace weir {

enum class MetricScope : std::uint8_t { run, channel, subscription, service };
std::optional<MetricScope> metricScope(std::string_view name); // "run" ...

// Every figure of a scope, in the order in which they are shown. A channel has its own and those of its subscriptions:
// with several (groups of a stream) counts and levels are summed, histograms merged, and depthMax is not known.
std::span<const std::string_view> metricNames(MetricScope scope);

// `name` names the channel, subscription or service; it does not matter for the run. Nothing, too, where there is no
// such name or figure.
std::optional<double> metric(const Picture& picture, const Catalogue& catalogue, MetricScope scope,
                             std::string_view name, std::string_view figure);

// The same without looking names up.
std::optional<double> runMetric(const Picture& picture, std::string_view figure);
std::optional<double> channelMetric(const Picture& picture, const Catalogue& catalogue, ChannelId id,
                                    std::string_view figure);
std::optional<double> subscriptionMetric(const Picture& picture, const Catalogue& catalogue, SubscriptionId id,
                                         std::string_view figure);
std::optional<double> serviceMetric(const Picture& picture, const Catalogue& catalogue, ServiceId id,
                                    std::string_view figure);

} // namespace weir

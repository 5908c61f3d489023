#include "ui/canvas/heat.h"

#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

struct HeatWords {
    Q_DECLARE_TR_FUNCTIONS(weir::HeatWords)
};

using Measure = std::optional<double>;

Measure utilisation(const NodeIds& ids, const NodeFace& face, const Catalogue& catalogue) {
    if (ids.service.valid())
        return face.workersEach > 0 && face.utilization >= 0 ? Measure(face.utilization / 100.0) : std::nullopt;
    const std::int64_t capacity = ids.channel.valid() ? catalogue.channels()[ids.channel.index()].capacity : 0;
    return capacity > 0 ? Measure(static_cast<double>(face.depth) / static_cast<double>(capacity)) : std::nullopt;
}

Measure latency(const NodeIds& ids, const Picture& picture) { // ns
    const auto p99 = [](const Histogram& histogram) { return histogram.quantile(0.99); };
    if (ids.service.valid())
        return p99(picture.service(ids.service).service);
    Measure worst;
    for (const SubscriptionId id : ids.subscriptions)
        worst = std::max(worst, p99(picture.subscription(id).wait));
    return worst;
}

Measure errors(const NodeIds& ids, const Picture& picture) {
    const auto share = [](std::int64_t bad, std::int64_t all) {
        return all > 0 ? Measure(static_cast<double>(bad) / static_cast<double>(all)) : std::nullopt;
    };
    if (ids.service.valid()) {
        const ServiceFigures& figures = picture.service(ids.service);
        return share(figures.failed, figures.handled + figures.failed);
    }
    std::int64_t bad = 0, all = 0;
    for (const SubscriptionId id : ids.subscriptions) {
        const SubscriptionFigures& figures = picture.subscription(id);
        const std::int64_t gone = figures.deadLettered + figures.expired + figures.dropped;
        bad += gone;
        all += gone + figures.acked;
    }
    return share(bad, all);
}

Measure lag(const NodeIds& ids, const NodeFace& face, const Catalogue& catalogue) {
    if (!ids.channel.valid())
        return std::nullopt;
    switch (catalogue.channels()[ids.channel.index()].kind) {
    case ChannelKind::queue:
        return static_cast<double>(face.depth);
    case ChannelKind::stream:
        return static_cast<double>(face.lag);
    default:
        return std::nullopt;
    }
}

Measure measure(HeatBy by, const NodeIds& ids, const NodeFace& face, const Picture& picture,
                const Catalogue& catalogue) {
    switch (by) {
    case HeatBy::none:
        break;
    case HeatBy::utilisation:
        return utilisation(ids, face, catalogue);
    case HeatBy::latency:
        return latency(ids, picture);
    case HeatBy::errors:
        return errors(ids, picture);
    case HeatBy::lag:
        return lag(ids, face, catalogue);
    }
    return std::nullopt;
}

QString figureText(HeatBy by, double value) {
    switch (by) {
    case HeatBy::latency:
        return durationText(Duration{std::llround(value)});
    case HeatBy::lag:
        return countText(std::llround(value));
    default:
        return percentText(value);
    }
}

double tenfold(double value, double least) {
    double end = least;
    while (end < value && end < 1e18)
        end *= 10;
    return end;
}

// Shares lie evenly; what spans magnitudes lies by magnitude.
struct Scale {
    double low = 0, high = 1;
    bool magnitudes = false;

    int place(double value) const {
        const double share =
            magnitudes ? std::log(std::max(value, low) / low) / std::log(high / low) : (value - low) / (high - low);
        return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 1000));
    }
};

Scale scaleFor(HeatBy by, double most) {
    switch (by) {
    case HeatBy::latency:
        return {.low = 1e6, .high = tenfold(most, 1e9), .magnitudes = true};
    case HeatBy::lag:
        return {.low = 1, .high = tenfold(most, 100), .magnitudes = true};
    case HeatBy::errors:
        return {.low = 0, .high = most > 0.1 ? 1.0 : most > 0.01 ? 0.1 : 0.01};
    default:
        return {};
    }
}

} // namespace

QString heatWord(HeatBy by) {
    switch (by) {
    case HeatBy::none:
        return HeatWords::tr("No heat");
    case HeatBy::utilisation:
        return HeatWords::tr("Utilisation");
    case HeatBy::latency:
        return HeatWords::tr("Latency p99");
    case HeatBy::errors:
        return HeatWords::tr("Errors");
    case HeatBy::lag:
        return HeatWords::tr("Lag");
    }
    return {};
}

Heat heatOf(HeatBy by, const std::vector<NodeIds>& ids, const std::vector<NodeFace>& faces, const Picture& picture,
            const Catalogue& catalogue) {
    Heat heat{.by = by, .marks = {}, .low = {}, .high = {}};
    if (by == HeatBy::none)
        return heat;
    std::vector<Measure> values;
    double most = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        values.push_back(measure(by, ids[i], faces[i], picture, catalogue));
        most = std::max(most, values.back().value_or(0));
    }
    const Scale scale = scaleFor(by, most);
    heat.low = figureText(by, scale.low);
    heat.high = figureText(by, scale.high);
    for (const Measure& value : values)
        heat.marks.push_back(value ? HeatMark{scale.place(*value), figureText(by, *value)} : HeatMark{});
    return heat;
}

} // namespace weir

// Bottleneck: the place that holds a system back, found from figures of the last seconds: a queue that keeps growing
// while the service that reads it is as good as fully busy. Says how fast it grows and how many workers more would
// hold it. A pure function over a window of samples; Pictures are sampled as they pass. It predicts nothing else.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/picture.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace weir {

// What matters of one Picture. Vectors by subscription and by service.
struct LoadSample {
    struct Subscription {
        std::int64_t depth = 0; // waiting to be started
        std::int64_t left = 0;  // acked and dead-lettered so far
    };
    struct Service {
        TimeIntegral::Wide busyArea = 0; // worker nanoseconds since metrics began
        TimeIntegral::Wide upArea = 0;
        std::int64_t up = 0; // workers that are up now
    };
    SimTime at;
    SimTime metricsStart; // areas of samples with different starts cannot be compared
    std::vector<Subscription> subscriptions;
    std::vector<Service> services;
};
LoadSample loadSample(const Picture& picture, const Catalogue& catalogue);

struct Bottleneck {
    ServiceId service;
    SubscriptionId subscription;
    Rate growth;                  // of what waits
    double utilization = 0;       // over the window, 0..1
    std::int64_t workersMore = 0; // that would take up the growth at the present pace of each; 0: not known (all down)
    bool operator==(const Bottleneck&) const = default;
};

// Samples of ascending time. Nothing where they span less than `Trend::spanMin`, or nothing grows.
struct Trend {
    static constexpr Duration spanMin = 4s;
    static constexpr Duration spanMax = 10s;
    static constexpr double utilizationMin = 0.8;
    static constexpr double growthMin = 0.2;       // copies a second
    static constexpr std::int64_t growthCopies = 5; // over the window: less is noise
};
std::optional<Bottleneck> bottleneck(const std::deque<LoadSample>& samples, const Catalogue& catalogue);

// Keeps the samples of the last Trend::spanMax, one for each half second of simulated time at most. Going back in time
// forgets what lies ahead.
class LoadHistory {
  public:
    void observe(const Picture& picture, const Catalogue& catalogue);
    // One more sample, whatever the time since the last one, which it must come after.
    void remember(const Picture& picture, const Catalogue& catalogue) {
        m_samples.push_back(loadSample(picture, catalogue));
    }
    void clear() { m_samples.clear(); }
    const std::deque<LoadSample>& samples() const { return m_samples; }

  private:
    std::deque<LoadSample> m_samples;
};

} // namespace weir

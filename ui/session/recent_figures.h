// RecentFigures: how services and channels did lately: figures over the last ten seconds of simulated time, and the
// way there, for meters and sparklines. Pictures hold totals; differences between two of them are kept here, a bounded
// number of samples. Going back in time forgets what lies ahead.
#pragma once

#include "core/record/picture.h"

#include <deque>
#include <vector>

namespace weir {

class RecentFigures {
  public:
    static constexpr std::size_t samplesMax = 120;
    static constexpr Duration spacing = 500ms; // samples are at least so far apart
    static constexpr Duration window = 10s;

    // Not a number where nothing was observed.
    struct Service {
        double throughput;  // handlings finished per second
        double published;   // messages per second
        double utilisation; // busy worker time by available worker time
        double failedShare; // of all handlings that ended
    };
    struct Channel {
        double in, out; // per second: what came; what was acked, or of an exchange what it passed on
        double depth;   // at that instant: copies that wait to be started, as the canvas shows them; of a stream
                        // the records that the group furthest behind has still to read
        double waitP99; // seconds, since the warm-up
        double givenUp; // dead-lettered, dropped, expired, in all
    };

    void clear();
    // Takes up the figures at the Picture's instant.
    void take(const Picture& picture, const Catalogue& catalogue);
    // The same by hand: one more sample of the past, which must come after the last one, and then the present.
    void remember(const Picture& picture, const Catalogue& catalogue);
    void setPresent(const Picture& picture, const Catalogue& catalogue);

    Service service(ServiceId id) const { return serviceAt(m_samples.size(), id); }
    Channel channel(ChannelId id) const { return channelAt(m_samples.size(), id); }
    // The way there, oldest first, without the present one.
    std::vector<Service> pastOf(ServiceId id) const;
    std::vector<Channel> pastOf(ChannelId id) const;

  private:
    struct ServiceTotals {
        std::int64_t handled = 0, failed = 0;
        double busy = 0, up = 0; // worker seconds
        double published = 0;    // per second, as the edges say it
    };
    struct ChannelTotals {
        std::int64_t out = 0, depth = 0, givenUp = 0;
        double in = 0; // per second, as the edges say it
        double waitP99 = 0;
    };
    struct Sample {
        SimTime at;
        std::vector<ServiceTotals> services;
        std::vector<ChannelTotals> channels;
    };
    static Sample sampleOf(const Picture& picture, const Catalogue& catalogue);
    // Sample m_samples.size() is the present.
    const Sample& sample(std::size_t place) const { return place < m_samples.size() ? m_samples[place] : m_now; }
    // The sample from which a window up to that one is counted: about ten seconds before, or the
    // oldest; null: from where the metrics start.
    const Sample* before(std::size_t place) const;
    Service serviceAt(std::size_t place, ServiceId id) const;
    Channel channelAt(std::size_t place, ChannelId id) const;

    SimTime m_metricsStart;
    std::deque<Sample> m_samples;
    Sample m_now;
};

} // namespace weir

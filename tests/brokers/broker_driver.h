// BrokerDriver: the steps of which an experiment on a broker is made, whichever broker that is. One driver lets the
// simulated broker do them (simulated_driver.h), one for each real system lets its client do them. Both are set up from
// the same channels, as a scenario file says them.
#pragma once

#include "core/broker/broker.h"
#include "core/scenario/channel_spec.h"
#include "support/broker_bench.h"

#include <optional>
#include <string>
#include <vector>

namespace weir {

// One delivery, as far as systems tell of it. Messages have numbers, in the order in which they are published.
struct Seen {
    std::string consumer;
    Ordinal message = 0;
    bool redelivered = false;
    std::optional<int> count = {}; // of its deliveries, where the system counts them
    std::string key = {};          // routing key, topic or subject
    std::string deaths = {};       // "queue reason xcount < ...", the latest first
};

// From a profile and the channels of a scenario, as JSON without the outer braces. Only for what is right.
std::vector<ChannelSpec> channelsOf(const std::string& profile, const std::string& channels);

class BrokerDriver {
  public:
    virtual ~BrokerDriver() = default;

    // What the producer is told: "ack", "nack", "returned", "repeated" (all is well, it was here before).
    virtual std::string publish(const std::string& channel, const BenchMessage& what) = 0;
    // The first time it comes, else it comes back.
    virtual void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) = 0;
    // Gets nothing more; what it has it may settle.
    virtual void retire(const std::string& consumer) = 0;
    // Its connection is lost.
    virtual void crash(const std::string& consumer) = 0;
    // Its latest delivery of that message.
    virtual void settle(const std::string& consumer, Ordinal message, Settlement how) = 0;
    // And all that it was given before.
    virtual void settleThrough(const std::string& consumer, Ordinal message, Settlement how) = 0;
    // By the first delivery that it had of that message, though it was taken back since.
    virtual void ackLate(const std::string& consumer, Ordinal message) = 0;
    virtual void wait(Duration time) = 0;
    // One message by itself, for a consumer "taker" that has to settle it. With `certain`, one is known to come: a
    // real broker gets the time for that.
    virtual std::optional<Seen> take(const std::string& from, bool certain) = 0;
    // What consumers were given since they were last asked. A real broker gets time for so many at least, then a moment
    // for more.
    virtual std::vector<Seen> given(std::size_t expected) = 0;
    // How many wait there. A real broker gets time to come to as many.
    virtual std::size_t ready(const std::string& queue, std::size_t expected) = 0;
    // What failed for good there and stayed comes back, as if it were new.
    virtual void redrive(const std::string& queue) = 0;
    // The group that reads that stream reads on from that message.
    virtual void goBack(const std::string& stream, Ordinal message) = 0;
    // Nobody gets anything from there until it goes on.
    virtual void pause(const std::string& queue) = 0;
    virtual void resume(const std::string& queue) = 0;
};

} // namespace weir

// SettlementSpec: what becomes of a delivery that is not acked: time limits, retries, dead letters.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

enum class Backoff : std::uint8_t {
    none,
    fixed,
    linear,
    exponential,
    summed, // each is the sum of the exponential ones up to it (Bull)
    explicitSteps
};
enum class JitterKind : std::uint8_t {
    proportional, // a delay d is multiplied by a draw from [1 - jitter, 1 + jitter]
    full,         // from [0, d]
    equal,        // from [d/2, d]
    below         // from [d (1 - jitter), d]
};
// What the delays of a retry policy pace.
enum class Paces : std::uint8_t {
    failures,  // the redelivery after a nack and after an ack timeout
    nacks,     // after a nack; what timed out comes back at once
    ackTimeout // nothing: the n-th of them is the ack timeout of the n-th delivery, and what is nacked comes back at once
};
// Where a copy goes that comes back to its queue.
enum class RequeueTo : std::uint8_t {
    oldPlace,
    tail,
    returned, // before all that was never delivered, behind what came back before it (JetStream, observed on 2.9.10)
    // The same where deliveries are limited (retry.max), and after a lost connection; else to the tail (RabbitMQ's quorum
    // queues, observed on 3.10.8).
    returnedIfLimited
};
// What becomes of a copy whose last attempt failed, or that its consumer refused for good.
enum class AfterLast : std::uint8_t {
    deadLetter, // or it is dropped, where there is no dead-letter channel
    drop,
    stay // it stays in the queue, and is not delivered any more
};

struct RetrySpec {
    std::optional<std::int64_t> max = 3; // retries after the first delivery; nothing = without end ("unbounded")
    Backoff backoff = Backoff::exponential;
    Duration first = 1s;         // delay before the first retry
    double factor = 2;           // exponential and summed
    Duration ceiling = 1h;       // no delay is longer
    double jitter = 0;           // 0..1, proportional and below
    JitterKind jitterKind = JitterKind::proportional;
    std::vector<Duration> steps; // explicit; the last one repeats
    Paces paces = Paces::failures;
    std::optional<Duration> afterTimeout; // the delay after an ack timeout, whichever attempt it was (RocketMQ)
    AfterLast afterLast = AfterLast::deadLetter;
    AfterLast afterReject = AfterLast::deadLetter; // refused for good, whatever attempts were left
    RequeueTo returnTo = RequeueTo::tail; // when its delay is over
    std::optional<std::int64_t> timeouts; // so many ack timeouts are no failed attempts; nothing: each is one
    std::string through; // a queue in which a retry waits as a new copy; empty: it waits outside its own

    // JetStream: the delays of a backoff override the ack wait, delivery by delivery.
    bool givesAckTimeouts() const { return paces == Paces::ackTimeout && backoff != Backoff::none; }
};

// An ack for a delivery that was taken back meanwhile.
enum class LateAcks : std::uint8_t { refused, accepted };

struct SettlementSpec {
    RequeueTo requeueTo = RequeueTo::oldPlace; // what its consumer hands back; what a lost connection does is in its place
    LateAcks lateAcks = LateAcks::refused;
    std::optional<Duration> ackTimeout; // unacked this long after its delivery: taken back
    std::optional<RetrySpec> retry;     // nothing: one delivery, then dead-letter (or dropped)
    std::string deadLetter;             // channel; empty: what cannot be delivered is dropped, and counted
    std::string deadLetterKey;          // routing key of dead letters; empty: that of the message

    // Whether what is not acked is taken back some time.
    bool isTimed() const { return ackTimeout || (retry && retry->givesAckTimeouts()); }
};

} // namespace weir

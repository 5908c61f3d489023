// PublishSpec: how an emit hands its message over: when it is due, whether it waits for the broker's answer, and
// whether it is a transaction.
#pragma once

#include "core/kernel/distribution.h"
#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>

namespace weir {

// When the broker answers a producer that waits for it.
enum class Acks : std::uint8_t {
    none,   // it does not wait: whatever it sent counts as safe
    leader, // when the leader has it
    all     // when it is committed: see CommitRule
};

// The producer waits for the broker's answer and publishes again where it is a no, or does not come. A repeat is the
// same message (its id, its data) published once more.
struct ConfirmSpec {
    Acks acks = Acks::all;
    Duration timeout = 5s;
    std::int64_t retries = 3; // repeats at most
    Duration backoff = 100ms; // before the first repeat; each further one waits twice as long
    Duration ceiling = 10s;   // none waits longer
    double lost = 0;          // share of the answers that never arrive
    bool idempotent = false;  // messages carry sequence numbers, by which the broker knows a repeat
    // 1: the answer is all. 2: the first one says that the broker has it, and it goes on when its producer has said that
    // it knows (MQTT's QoS 2): no repeat is a second message.
    std::uint32_t steps = 1;
    // So many publishes of one producer (a source, or a handler in one instance) to one channel may be without their last
    // answer; a further one waits. A source then goes on before the answer is there; a handler waits for it all the same.
    // Nothing: no such limit, and a source waits for each answer.
    std::optional<std::uint32_t> window;
    // Whoever publishes waits for the answer. Else it goes on at once: what is not confirmed is sent again behind its
    // back, also what has no place in the window yet, and what is given up is lost without its knowing (Kafka's
    // producer, of which nobody asks what became of a send).
    bool awaited = true;
    bool inTwoSteps() const { return steps == 2 && acks != Acks::none; } // who does not wait takes none
};

// A half message (RocketMQ): held by the broker, invisible, until its producer's local transaction has an end.
struct HalfSpec {
    Distribution takes; // the local transaction, seconds
    double commits = 1; // share of the local transactions that end well; the others are rolled back
    double unknown = 0; // share of the ends, and of the answers to a check, that the broker is not told
};

struct PublishSpec {
    int priority = 0;
    std::optional<Duration> ttl;
    std::optional<Duration> delay;
    std::optional<Duration> deliverAt; // time of the run; before it the message is delayed
    int delayLevel = 0;                // from 1, of its channel's levels; 0: none
    std::optional<Duration> timeout;   // how long the producer waits for room before it gives up; nothing: for ever
    std::string version;               // of the event type that it writes; empty: the event type's own
    std::optional<ConfirmSpec> confirm;
    std::optional<HalfSpec> half;
};

} // namespace weir

// AdmissionSpec: what becomes of a message before it has a place in a queue: whether it may in, how fast, how long it
// may live, how long it has to wait.
#pragma once

#include "core/scenario/rate_limit_spec.h"
#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

// What is published again within the window is passed over, and its producer told that all is well.
struct DedupSpec {
    std::string key = "id";           // path: what makes two messages the same ("id", "data.orderId")
    Duration window = 2min;           // NATS JetStream's default
    bool sliding = false;             // a repeat starts the window anew (in JetStream it does not)
    std::int64_t keysMax = 1'000'000; // beyond, the oldest key is forgotten
    bool operator==(const DedupSpec&) const = default;
};

enum class SchemaCheck : std::uint8_t {
    none,
    reject,     // an invalid message is refused
    deadLetter, // it goes to the channel's dead-letter channel
    warn        // it is let in, and counted
};

// Whose time to live counts where both the message and the queue have one.
enum class TtlRule : std::uint8_t {
    least,   // the shorter one (RabbitMQ, Azure Service Bus)
    message, // the message's own, where it has one (JetStream 2.11, ActiveMQ)
    channel  // the queue's alone (Pulsar, Kafka)
};
enum class TtlFrom : std::uint8_t {
    ready,    // from the entry into the queue, a delay aside (RabbitMQ, Service Bus)
    published // from the publish: a delayed message may expire while it waits (ActiveMQ, MQTT)
};

// RocketMQ: how often a broker asks what became of a half message.
struct CheckBackSpec {
    Duration after = 6s; // the first time, counted from its coming
    Duration every = 30s;
    // The broker looks each `every`, from the run's start on, for all that are older than `after`; else each has a
    // clock of its own.
    bool scans = false;
    std::int64_t max = 15; // then it is discarded
    bool operator==(const CheckBackSpec&) const = default;
};

struct AdmissionSpec {
    std::optional<Duration> ttl;   // of every message in it
    std::optional<Duration> delay; // every message waits this long before it is ready
    TtlRule ttlRule = TtlRule::least;
    TtlFrom ttlFrom = TtlFrom::ready;
    std::vector<Duration> delayLevels;         // what an emit's delay level stands for; empty: RocketMQ's eighteen
    std::optional<RateLimitSpec> rate;         // of what is published to it by its name
    std::optional<RateLimitSpec> deliveryRate; // of each of its subscriptions
    std::optional<Bytes> messageSizeMax;       // larger ones are refused
    std::optional<DedupSpec> dedup;
    SchemaCheck schemaCheck = SchemaCheck::none; // of the data against its event type's schema
    CheckBackSpec checkBack;
};

} // namespace weir

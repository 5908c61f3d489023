// RoutingSpec: which channels get a copy of what is published to an exchange, and what happens where none does.
// Every rule in which systems differ is a field here; the defaults are RabbitMQ's.
#pragma once

#include "core/units.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

enum class DialectKind : std::uint8_t; // core/broker/pattern.h

// All conditions of a binding have to hold. Those left out hold for everything.
struct BindingSpec {
    std::string to;            // an exchange or topic
    std::string pattern = "#"; // in the exchange's dialect, exact key for direct exchanges; ignored by all other types
    Value headers = {};        // headers exchanges: arguments that the message's headers must have; null: none
    std::string where = {};    // CESQL over the event
    Value event = {};          // EventBridge pattern over the event as JSON; null: none
    double weight = 1;         // its share, where the exchange picks one binding by weight or by hash
    bool noLocal = false;      // not what the queue's own consumer has published (MQTT 5: No Local)
    bool retained = true;      // a consumer that comes back gets the retained messages (MQTT 5: Retain Handling)
    bool prepend = false;      // before those of the same pattern that are there (eventemitter2: prependListener)
    bool operator==(const BindingSpec&) const = default;
};

enum class ExchangeType : std::uint8_t {
    direct,
    fanout,
    topic,
    headers,
    // Those that pick one of the bindings whose conditions hold:
    random,
    weighted,
    roundRobin,
    leastInFlight, // the queue with the fewest copies that are not settled
    sticky,        // keys take turns at first, and stay where they were sent
    consistentHash
};

// How many copies a receiver gets that several bindings of one exchange lead to.
enum class Overlap : std::uint8_t {
    queue,        // one for each queue (AMQP)
    subscription, // one for each binding (NATS, Redis, MQTT 5)
    client        // one for each consuming service (MQTT 3.1.1)
};

// In which order the copies of one message are made.
enum class CopyOrder : std::uint8_t {
    name,    // of the queues
    specific // literals before *, * before **, segment by segment (eventemitter2)
};

// When those that a message goes to get their copies.
enum class CopyTiming : std::uint8_t {
    atOnce, // each its own, whatever becomes of the others
    inTurn  // one queue after the other, each when the one before is done with it; what one fails at those behind it
            // never get, and its producer, where it waits, is told no (an emitter's listeners)
};

enum class HashName : std::uint8_t { murmur3, murmur2, fnv1a, crc32 };

// What was published is kept, to be published again (EventBridge).
struct ArchiveSpec {
    Value pattern = {};           // EventBridge pattern over the event as JSON; null: everything
    std::optional<Duration> keep; // nothing: for ever
    bool operator==(const ArchiveSpec&) const = default;
};

struct RoutingSpec {
    std::vector<BindingSpec> bindings; // this channel receives from these exchanges
    ExchangeType exchangeType = ExchangeType::topic;
    DialectKind dialect{}; // of a topic exchange's patterns: one of those whose keys are texts
    std::optional<ArchiveSpec> archive;
    std::string alternate; // exchange that takes what no binding does; empty: none
    Overlap overlap = Overlap::queue;
    CopyOrder copyOrder = CopyOrder::name;
    CopyTiming copyTiming = CopyTiming::atOnce;
    std::string mustBeHeard;           // routing key that is refused where no consumer is there for it; empty: none
    bool senderSelected = false;       // the headers CC and BCC hold further routing keys
    HashName hash = HashName::murmur3; // consistentHash
    std::string
        hashOn; // sticky, consistentHash: "partitionkey", "data.orderId", "headers.tenant"; empty: the routing key
};

inline bool picksOne(ExchangeType type) {
    return type >= ExchangeType::random;
}

} // namespace weir

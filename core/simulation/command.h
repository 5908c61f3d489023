// Command: what somebody does to a running simulation, and the journal that keeps it. A scenario with its seed and its
// journal gives the same records again, bit for bit; undo is one more command, the inverse.
#pragma once

#include "core/ids.h"
#include "core/scenario/link_spec.h"
#include "core/units.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

enum class CommandKind : std::uint8_t {
    // Of a service
    crash,   // an instance (or all) of a service is gone until `restart`
    restart, // it is up again
    pause,   // a service starts no handling; what runs is finished
    resume,
    slow, // service times are multiplied by `factor` from the next handling on
    rate, // arrival rates of the service's sources are multiplied by `factor`
    // Of the scenario
    set, // the value at `pointer` of the scenario is `value` from now on: any parameter that leaves its structure
    // Of a service, channel or event type, see `target`
    drop,      // a share `probability` of the copies that go to a service, or out of a queue or stream, is lost
    duplicate, // a share `probability` of what is published to a channel arrives twice
    poison,    // the next `count` messages (of a type, or that a service takes) fail at every attempt
    // Of a queue's copies that wait there; all of them, or those of the message `ordinal`
    redrive, // to the channel `to`, or back to where they died
    discard,
    publish, // an event made by hand: type, data, key, subject, routingKey
    seek,    // a group, or all of a stream, goes on reading from `to`: "earliest", "latest", an offset or a time of the run
    replay,  // what the exchange `target` archived is published again: what came `from` to `until`, to the `rules`
    // Of links: between `sides`, each of services, nodes and "broker"
    partition, // nothing passes between the sides until `heal`
    heal,      // of the same sides
    delay,     // what goes over the link takes longer `by` so much
    reorder,   // a share `probability` of it is held back
    lose,      // a share `probability` of it does not arrive
    // Of a service, or of a node of the broker
    clockSkew, // its clock is ahead `by` so much
    // Of a node of the broker
    nodeDown, // it is gone until `nodeUp`
    powerOff, // the same, and what had not reached its disk for good is lost
    nodeUp,
    diskFull, // its disk has no room until `diskFree`
    diskFree,
    slowDisk, // each of its writes takes longer `by` so much
    rollingRestart // it goes down and comes back, and then the others, one after another
};

struct Command {
    CommandKind kind = CommandKind::crash;
    // Whom it is about, by name: the service of crash to rate; drop: a service, queue or stream; duplicate, publish: a
    // channel; poison: a service or an event type; redrive, discard: a queue; seek: a stream; replay: an exchange;
    // clockSkew: a service or node; nodeDown to rollingRestart: a node. Empty for set and where there are sides.
    std::string target;
    std::optional<std::uint32_t> instance; // crash, restart; nothing: all
    double factor = 1;                     // slow, rate: relative to what the scenario says
    double probability = 1;                // drop, duplicate, reorder, lose; 0 ends it
    std::uint64_t count = 1;               // poison; 0 ends it
    // Of what goes on for a while, poison too; nothing: until further notice. rollingRestart: each node is down so long.
    std::optional<Duration> lasts;
    std::string pointer;                   // set: RFC 6901, "/services/payment-service/handlers/0/takes"
    Value value;                           // set: what shall stand there; publish: the data
    std::string to;                        // redrive; empty: where each came from. seek
    std::string group;                     // seek: the service whose group it is; empty: all groups
    Ordinal ordinal = 0;                   // redrive, discard; 0: all
    std::string type;                      // publish: a declared event type
    std::string key, subject, routingKey;  // publish; an empty routing key: the type
    Sides sides;                           // partition, heal; delay, reorder, lose: two, each of one end
    std::string name = "replay";           // replay
    Duration from{};                       // replay
    std::optional<Duration> until;         // replay; nothing: to the present
    std::vector<std::string> rules;        // replay: queues and streams; empty: all
    Duration by{};                         // delay, slowDisk; clockSkew: below zero behind; 0 ends it
    Duration pause{};                      // rollingRestart: between a node's return and the next one
    bool whenInSync = true;                // rollingRestart: the next one waits for all replicas to have caught up
    bool operator==(const Command&) const = default;
};

// Stamped with where the run was: simulated time, and how many dues had been run.
struct JournalEntry {
    SimTime at;
    std::uint64_t dues = 0;
    Command command;
    bool operator==(const JournalEntry&) const = default;
};
using Journal = std::vector<JournalEntry>;

} // namespace weir

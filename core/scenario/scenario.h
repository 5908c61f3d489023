// Scenario: what a scenario file says, as plain values: event types, channels, services, workload, faults, expectations,
// layout, seed. In file order, by name, without handles; simulation/model.h compiles it for running. Names are unique
// over channels and services together. What a file leaves out has the default written here, and the default is safe.
#pragma once

#include "core/ids.h"
#include "core/kernel/arrivals.h"
#include "core/kernel/distribution.h"
#include "core/record/catalogue.h"
#include "core/scenario/channel_spec.h"
#include "core/scenario/event_schema_spec.h"
#include "core/scenario/link_spec.h"
#include "core/scenario/node_spec.h"
#include "core/scenario/profiled_document.h"
#include "core/scenario/publish_spec.h"
#include "core/units.h"
#include "core/value.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace weir {

struct EventTypeSpec {
    std::string name;
    std::string version = "1.0";
    std::string key;                // path of the partition key, "data.orderId"; empty: none
    std::string subject;            // template text; empty: none
    std::string dataSchema;         // URI; empty: none
    std::optional<Bytes> size;      // given: counts as the size of each; else the length of its canonical data
    Value data;                     // template (see template.h); null: no data
    std::vector<EventSchemaSpec> schemas; // in the order of their registration; empty: any data will do
    Compatibility compatibility = Compatibility::none;
    Text title;
};

// --- what a service does: a list of actions, run at the end of a handling, all or none ---

struct Action;
using Actions = std::vector<Action>;

struct EmitAction : PublishSpec {
    std::string type;
    std::string to;            // channel
    std::string routingKey;    // template text; empty: the event type
    std::optional<Value> data; // template; nothing: the event type's own
    std::optional<Value> headers; // template of a table; nothing: none
    bool retain = false;       // kept under its routing key for consumers that come later (MQTT)
    bool mandatory = false;    // returned to its producer where no queue takes it; else silently dropped
};
// Takes quantities out of a table, for every item of a list, all or none. Fails with reason insufficient_stock or
// product_not_found: then `orElse` runs instead of what follows in the list.
struct ReserveAction {
    std::string table;
    std::string items = "data.items"; // path of the list in the event
    std::string key = "productId";    // members of each item
    std::string quantity = "quantity";
    std::shared_ptr<Actions> orElse;
};
struct ReleaseAction { // the inverse, for compensation; unknown keys are ignored and counted as handled
    std::string table, items = "data.items", key = "productId", quantity = "quantity";
};
struct AddAction { // table[key] += by; a missing entry starts at zero
    std::string table;
    std::string key; // template text, "{event.data.userId}"
    Value by = 1;    // number or template
};
struct FillAction { // table[key] = at least `to`, for the keys given: a restocking
    std::string table;
    std::map<std::string, Decimal> to;
};
struct SetAction { // table[key] = status, keeping the previous one; refused unless the present one is in `from`
    std::string table;
    std::string key; // template text
    std::string to;
    std::vector<std::string> from; // empty: from anything, also from absent
};
struct ChooseAction { // one branch, by weight
    struct Branch {
        double weight = 1;
        std::shared_ptr<Actions> then;
    };
    std::vector<Branch> branches;
};
struct IfAction {
    std::string condition; // expression over the event
    std::shared_ptr<Actions> then;
    std::shared_ptr<Actions> orElse; // may be null
};
struct Action {
    std::variant<EmitAction, ReserveAction, ReleaseAction, AddAction, FillAction, SetAction, ChooseAction, IfAction> what;
};

enum class AckMode : std::uint8_t {
    manual,     // when the work is done
    automatic,  // settled on delivery (at-most-once)
    onReceipt,  // when the work begins
    batch,      // together with others, see HandlerSpec::ackEvery
    cumulative  // together with all that its consumer was given before
};
// When a consumer that gathers its acks sends them: so many are due, or the first of them has waited so long.
struct AckEverySpec {
    std::uint32_t count = 1;
    std::optional<Duration> interval;
    bool operator==(const AckEverySpec&) const = default;
};
// Several events as one handling.
struct BatchSpec {
    std::uint32_t max = 1;
    std::uint32_t min = 1; // a worker waits for so many ...
    Duration linger{};     // ... but no longer than this after the first of them came
    bool operator==(const BatchSpec&) const = default;
};
enum class FailureKind : std::uint8_t {
    nack,           // the handler reports a failure at its end
    crash,          // it dies at a uniformly drawn point of its work, before any effect
    crashAfterEffect, // it dies after its effects and before its ack: the redelivery repeats them
    crashBetween,     // it dies between changing its state and publishing, whichever comes first in its list; an
                      // outbox leaves nothing in between
    reject          // the handler refuses for good: straight to the dead-letter channel
};
struct FailureSpec {
    FailureKind how = FailureKind::nack;
    double probability = 1;       // of each attempt for which the rest holds
    std::string when;             // expression over the event; empty: any
    std::int64_t every = 0;       // the n-th, 2n-th ... handling of this handler; 0: any
    std::int64_t attemptsMax = 0; // only the first so many attempts of a message fail; 0: any
};
struct IdempotencySpec {
    std::string key = "id"; // path: what makes two deliveries the same ("id", "data.orderId")
    Duration ttl = 24h;
};
// What its actions publish is invisible until its ack, and both happen or neither (exactly-once within the broker).
// Streams take it at once, and hide it from those who read committed records.
struct TransactionSpec {
    Distribution lasts;      // from its end of work to its commit, seconds; meanwhile its worker waits
    Duration timeout = 1min; // what nobody ends is aborted by the broker after this; of streams only
};
// Which records of open and of aborted transactions a consumer group of a stream sees.
enum class Isolation : std::uint8_t {
    committed,  // none: it waits at the first record of the oldest open one
    uncommitted // all, as they come
};
struct HandlerSpec {
    std::string on;      // queue or stream; a topic or exchange makes an implicit queue, bound with `pattern`
    std::string pattern = "#";
    std::string filter;  // expression; what it does not hold for is acked and skipped
    std::uint32_t concurrency = 1; // workers per instance
    std::uint32_t prefetch = 0;    // unacked per consumer; 0: as many as workers
    AckMode ack = AckMode::manual;
    ReadFromSpec from;  // streams
    CommitSpec commit;  // streams
    Isolation isolation = Isolation::committed; // streams
    AckEverySpec ackEvery;                // batch, cumulative
    double ackLoss = 0;                   // share of its acks that never reach the broker
    // 1: its ack is all. 2: first it says that it has it, and works when the broker has said that it knows (MQTT's QoS
    // 2): what is delivered again is not handled again.
    std::uint32_t ackSteps = 1;
    std::optional<Duration> extend;       // while it works, it asks each time after this long for the whole ack timeout
    std::optional<BatchSpec> batch;       // nothing: one event at a time
    int priority = 0;                     // of its consumers: those with a higher one come first while they have credit
    Distribution takes;            // service time, seconds
    std::vector<FailureSpec> fails;
    std::optional<IdempotencySpec> idempotent;
    std::optional<TransactionSpec> transaction;
    std::map<std::string, std::string> reads; // event type -> version: data that is invalid by that schema is rejected
    Actions then;
};
struct SourceSpec {
    Arrivals arrivals;
    Actions then; // "emit"/"to" in the file are short for one EmitAction
};
// Where a service keeps what it is to publish, written as one with its state; a relay in one of its instances publishes
// it, at least once.
struct OutboxSpec {
    Duration every = 1s;       // between two looks of the relay; 0: it follows the table's log, and looks at once
    std::uint32_t batch = 100; // events of one look
    Duration marks{};          // from the broker's last answer until the relay has noted that they are published
};
struct ServiceSpec {
    std::string name;
    Text title;
    std::uint32_t instances = 1;
    std::uint32_t prefetch = 0; // unacked per instance over all its handlers, beside their own; 0: no such limit
    Duration restartAfter = 5s; // an instance that crashed by a fault without `for` is back after this
    // table -> key -> quantity (number) or status (text)
    std::map<std::string, std::map<std::string, Value>> state;
    std::vector<SourceSpec> sources;
    std::vector<HandlerSpec> handlers;
    std::optional<OutboxSpec> outbox;
    Actions will; // one emit, or none: the broker publishes it for each instance that is lost (MQTT: Will Message)
};

enum class FaultKind : std::uint8_t {
    crash,
    pause,
    slow,
    rate,
    drop,      // a share of the copies that go to a service, or out of a queue or stream, is lost
    duplicate, // a share of what is published to a channel arrives twice
    poison,    // the next messages that a service takes, or of a type, fail at every attempt until they are dead-lettered
    redrive,   // what waits in a queue goes back to where it died, or to another channel
    purge,     // what waits in a queue is thrown away
    seek,      // a group goes on reading a stream from another place
    partition, // nothing passes between the sides
    delay,     // what goes over a link takes longer
    reorder,   // a share of what goes over a link is held back
    lose,      // a share of what goes over a link does not arrive
    clockSkew, // a service's clock is off
    replay,    // what an exchange has archived is published again
    nodeDown,  // a node of the broker is gone; what it wrote is there when it comes back
    powerOff,  // the same, and what had not reached its disk for good is lost
    diskFull,  // a node of the broker has no room
    slowDisk,  // each write of a node takes longer
    rollingRestart // the nodes go down one after another
};
struct FaultSpec {
    FaultKind kind = FaultKind::crash;
    Duration at{};
    std::string service;                   // crash to rate, clockSkew; drop, poison: this or the next; partition to
                                           // lose: the first that is named
    std::string channel;                   // drop, duplicate, redrive, purge, seek (of one group: `service`, or of all)
    std::string to;                        // redrive: a channel; empty: where each copy died
    std::string type;                      // poison: an event type
    std::string node;                      // nodeDown to slowDisk, clockSkew: a node of the broker; rollingRestart: the
                                           // first one
    std::optional<std::uint32_t> instance; // from 0; nothing: all of them
    // crash: nothing = ServiceSpec::restartAfter; rollingRestart: of each node; others: nothing = to the end
    std::optional<Duration> lasts;
    double factor = 1;                     // slow: service times are multiplied; rate: arrival rates are
    double probability = 1;                // drop, duplicate, reorder, lose
    std::uint64_t count = 1;               // poison: so many messages
    ReadFromSpec seek;                     // seek: where to
    Sides sides;                           // partition; delay, reorder, lose: two, each of one end
    Duration by{};                         // delay, slowDisk: longer; clockSkew: ahead, below zero behind
    Duration pause{};                      // rollingRestart: from a node's return to the next one's end
    bool whenInSync = true;                // rollingRestart: the next one waits for all replicas to have caught up
    static constexpr Duration restartTakes = 10s; // of a node that is restarted, where nobody says
    std::string name = "replay";           // replay: on the events
    Duration from{};                       // replay: what came from then ...
    std::optional<Duration> until;         // ... to then; nothing: to the present
    std::vector<std::string> rules;        // replay: to these queues and streams alone; empty: to all that are bound

    // Whom it strikes, whatever that is.
    const std::string& target() const {
        if (!node.empty())
            return node;
        if (kind == FaultKind::seek || (service.empty() && !channel.empty()))
            return channel;
        if (service.empty() && !sides.empty())
            return sides.front().front();
        return service.empty() ? type : service;
    }
};

struct Expectation {
    enum class Kind : std::uint8_t {
        ledgerClosed, // {"ledger": "closed"}
        atEnd,        // {"that": expression}
        always,       // {"always": expression}: checked whenever something it reads may have changed
        orderPerKey   // {"ordered": subscription}: per partition key, first handlings finish in publishing order
    };
    Kind kind = Kind::ledgerClosed;
    std::string expression; // or the subscription
    Text title;
};

// Where somebody wants the window to stop; a run without a window passes over it.
struct BreakpointSpec {
    enum class Kind : std::uint8_t {
        when,   // {"when": expression over a record}
        type,   // {"type": event type}: whenever one is published
        metric, // {"metric": expression over metrics}: whenever it begins to hold
        broken, // {"broken": "any"}: an `always` expectation does not hold any more
        at      // {"at": duration}: that time of the run
    };
    Kind kind = Kind::when;
    std::string text; // expression, or event type
    Duration at{};
    bool enabled = true;
    bool operator==(const BreakpointSpec&) const = default;
};

struct RunSpec {
    std::uint64_t seed = 1;
    std::optional<Duration> lasts = 10min; // "for"; nothing: until nothing is left to do
    Duration warmup{};
    std::optional<Distribution> latency; // of each hop between a service and the broker that no link says, seconds
    // Bounds: a run that reaches one stops with a clear message.
    std::int64_t messagesMax = 100'000'000;
    std::int64_t copiesMax = 1'000'000; // unsettled at once
};

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

// A bounded context: channels and services that belong together. What it holds changes nothing of a run.
struct GroupSpec {
    std::string name;
    std::vector<std::string> nodes; // each in one group at most
    bool folded = false;            // shown as one card; stands in the layout of the file
};

struct Scenario {
    Text title;
    Text notes;
    RunSpec run;
    std::vector<EventTypeSpec> events;
    std::vector<NodeSpec> nodes; // of the broker; none: one broker that never fails
    std::vector<ChannelSpec> channels;
    std::vector<ServiceSpec> services;
    std::vector<LinkSpec> links; // of those that fit, the first holds
    std::vector<FaultSpec> faults;
    std::vector<Expectation> expect;
    std::vector<GroupSpec> groups;
    std::map<std::string, Point> layout; // by node name
    std::vector<BreakpointSpec> breakpoints;
    std::string profile;           // of all channels that name none; empty: none
    std::vector<LeftOut> leftOut;  // fields that their profile has nothing like
    Value document;                // what it was read from; null where it was not
    std::string folder;            // where files that it names stand; empty: not known
};

} // namespace weir

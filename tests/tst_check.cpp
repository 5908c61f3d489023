// What check() finds: each finding on a scenario that has just this flaw, and none on one that has none.
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "support/checked_parts.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace weir;
using Parts = CheckedParts;

class TestCheck : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aSoundScenarioHasNoFindings();
    void theScenariosThatWeShipAreSound();
    void theDeadLoopIsNamedHopByHop();
    void findings_data();
    void findings();
};

void TestCheck::aSoundScenarioHasNoFindings() {
    QCOMPARE(summaryOf(Parts{}), QString());
}

void TestCheck::theScenariosThatWeShipAreSound() {
    const QDir folder(WEIR_SOURCE_DIR "/scenarios");
    const QStringList names = folder.entryList({"*.json"}, QDir::Files);
    QVERIFY(names.size() >= 4);
    for (const QString& name : names) {
        const auto scenario = loadScenarioFile(folder.filePath(name).toStdString());
        QVERIFY(scenario.ok());
        QStringList codes;
        for (const Finding& finding : check(*scenario))
            codes << QString::fromStdString(finding.code);
        // Three of them show what is found.
        if (name == "dead_loop.json")
            QCOMPARE(codes, QStringList{"deadLoop"});
        else if (name == "three_guarantees.json")
            QCOMPARE(codes, (QStringList{"notIdempotent", "lossyAck"}));
        else if (name == "outbox.json")
            QCOMPARE(codes, (QStringList{"dualWrite", "dualWrite"}));
        else
            QCOMPARE(name + codes.join(' '), name);
    }
}

void TestCheck::theDeadLoopIsNamedHopByHop() {
    const auto scenario = loadScenarioFile(WEIR_SOURCE_DIR "/scenarios/dead_loop.json");
    const std::vector<Finding> found = check(*scenario);
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].severity == Severity::error);
    QCOMPARE(found[0].code, std::string("deadLoop"));
    QCOMPARE(found[0].where, std::string("/services/planner/handlers/0"));
    // One reaction one way, 1.2 the other: the square root of 1.2 is 1.0954.
    QCOMPARE(found[0].text,
             std::string("Events go round for ever: pricing -> changes -> planner -> changes -> pricing; "
                         "each sets off 1.1 more on the mean, which must be less than 1: break the loop "
                         "or make it end."));
    QVERIFY((found[0].names == std::vector<std::string>{"pricing", "changes", "planner"}));
    QVERIFY(
        (found[0].arguments == std::vector<std::string>{"pricing -> changes -> planner -> changes -> pricing", "1.1"}));
}

void TestCheck::findings_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const Parts& parts, const char* expected) {
        QTest::newRow(name) << parts.text() << QString(expected);
    };
    // structure
    row("unconsumed event",
        {.events = R"("made": {}, "lost": {})",
         .channels = R"("jobs": { "kind": "queue" }, "aside": { "kind": "queue" })",
         .maker = R"("sources": [ { "then": [ { "emit": "made", "to": "jobs" }, { "emit": "lost", "to": "aside" } ],
                     "arrivals": { "poisson": "10/s" } } ])"},
        "warning unconsumedEvent /events/lost: Nobody consumes lost, which maker emits; let a handler take it, or stop "
        "emitting it.");
    row("event of no handler's filter", {.taker = R"("handlers": [ { "on": "jobs", "filter": "type = 'other'" } ])"},
        "warning unconsumedEvent /events/made: Nobody consumes made, which maker emits; let a handler take it, or stop "
        "emitting it.");
    row("unused event", {.events = R"("made": {}, "spare": {})"},
        "note unusedEvent /events/spare: Nobody emits spare; emit it somewhere or leave it out.");
    row("unroutable",
        {.channels =
             R"("news": { "kind": "topic" }, "jobs": { "kind": "queue", "bind": [ { "to": "news", "pattern": "made" } ] })",
         .maker = R"("sources": [ { "then": [ { "emit": "made", "to": "news" }, { "emit": "made", "to": "news",
                     "routingKey": "other" } ], "arrivals": { "poisson": "10/s" } } ])"},
        "warning unroutable /services/maker/sources/0: What maker emits to news with the routing key \"other\" reaches "
        "no "
        "queue, since no binding matches; bind a queue to it.");
    row("unroutable alone",
        {.channels =
             R"("news": { "kind": "topic" }, "jobs": { "kind": "queue", "bind": [ { "to": "news", "pattern": "made" } ] })",
         .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" } },
                     { "emit": "made", "to": "news", "routingKey": "a.b", "arrivals": { "poisson": "1/s" } } ])"},
        "warning unroutable /services/maker/sources/1: What maker emits to news with the routing key \"a.b\" reaches "
        "no "
        "queue, since no binding matches; bind a queue to it.\n"
        "warning deadBinding /channels/jobs/bind/0: The binding of jobs to news never matches: no routing key that is "
        "published there fits \"made\"; correct the pattern or the key.");
    row("an alternate takes what is left",
        {.channels =
             R"("news": { "kind": "topic", "alternate": "rest" }, "rest": { "kind": "topic", "bind": ["news", "rest"] }, "jobs": { "kind": "queue", "bind": [ { "to": "rest" } ] })",
         .maker = R"("sources": [ { "emit": "made", "to": "news", "arrivals": { "poisson": "10/s" } } ])"},
        "");
    row("a binding that asks the event may take it",
        {.channels =
             R"("news": { "kind": "exchange", "type": "headers" }, "jobs": { "kind": "queue", "bind": [ { "to": "news", "headers": { "a": 1 }, "where": "data.n > 1" } ] })",
         .maker = R"("sources": [ { "emit": "made", "to": "news", "arrivals": { "poisson": "10/s" } } ])"},
        "");
    row("further keys may fit",
        {.channels =
             R"("news": { "kind": "exchange", "type": "direct", "senderSelected": true }, "jobs": { "kind": "queue", "bind": [ { "to": "news", "pattern": "jobs" } ] })",
         .maker =
             R"("sources": [ { "emit": "made", "to": "news", "headers": { "CC": ["jobs"] }, "arrivals": { "poisson": "10/s" } } ])"},
        "");
    row("dead binding",
        {.channels =
             R"("news": { "kind": "topic" }, "jobs": { "kind": "queue", "bind": [ { "to": "news", "pattern": "made" }, { "to": "news", "pattern": "mad.*" } ] })",
         .maker = R"("sources": [ { "emit": "made", "to": "news", "arrivals": { "poisson": "10/s" } } ])"},
        "warning deadBinding /channels/jobs/bind/1: The binding of jobs to news never matches: no routing key that is "
        "published there fits \"mad.*\"; correct the pattern or the key.");
    row("binding that a made key may match",
        {.channels =
             R"("news": { "kind": "topic" }, "jobs": { "kind": "queue", "bind": [ { "to": "news", "pattern": "mad.*" } ] })",
         .maker =
             R"("sources": [ { "emit": "made", "to": "news", "routingKey": "mad.{count}", "arrivals": { "poisson": "10/s" } } ])"},
        "");
    row("dead binding of a handler",
        {.channels = R"("jobs": { "kind": "queue" }, "news": { "kind": "topic" })",
         .maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" } }, { "emit": "made", "to": "news", "arrivals": { "poisson": "1/s" } } ])",
         .services = R"(, "other": { "handlers": [ { "on": "news", "pattern": "sold" }, { "on": "news" } ] })"},
        "warning deadBinding /services/other/handlers/0/pattern: The binding of news/other to news never matches: no "
        "routing key that is published there fits \"sold\"; correct the pattern or the key.");
    row("unfed consumer",
        {.channels = R"("jobs": { "kind": "queue" }, "empty": { "kind": "queue" })",
         .services = R"(, "idler": { "handlers": [ { "on": "empty" } ] })"},
        "warning unfedConsumer /services/idler/handlers/0: idler waits on empty, but nothing ever gets there; publish "
        "to "
        "it, or bind it to an exchange that events reach.");
    row("unread queue",
        {.channels = R"("jobs": { "kind": "queue" }, "copy": { "kind": "queue" })",
         .maker = R"("sources": [ { "then": [ { "emit": "made", "to": "jobs" }, { "emit": "made", "to": "copy" } ],
                     "arrivals": { "poisson": "10/s" } } ])"},
        "warning unreadQueue /channels/copy: Nobody reads copy, which grows without end; let a service consume it, or "
        "give it a \"ttl\" or a \"capacity\".");
    row("unread queue that blocks",
        {.channels = R"("jobs": { "kind": "queue" }, "copy": { "kind": "queue", "capacity": 9, "overflow": "block" })",
         .maker = R"("sources": [ { "then": [ { "emit": "made", "to": "jobs" }, { "emit": "made", "to": "copy" } ],
                     "arrivals": { "poisson": "10/s" } } ])"},
        "warning blockedForever /channels/copy: Nobody reads copy, so once it is full whoever publishes to it waits for "
        "good; let a service consume it, let it reject or drop instead, or give it a \"ttl\".");
    row("a turn that never ends",
        {.channels = R"("jobs": { "kind": "queue" }, "bus": { "kind": "topic", "copies": "inTurn" },
                        "copy": { "kind": "queue", "bind": [ "bus" ], "capacity": 9 },
                        "gone": { "kind": "queue", "bind": [ "bus" ], "ttl": "0s" })",
         .maker = R"("sources": [ { "then": [ { "emit": "made", "to": "jobs" }, { "emit": "made", "to": "bus" } ],
                     "arrivals": { "poisson": "10/s" } } ])"},
        "warning turnNeverEnds /channels/copy: Nobody reads copy, so whoever is served after it in turn never is; let a "
        "service consume it, or give it a \"ttl\".");
    row("an outbox for those that are served in turn",
        {.channels = R"("jobs": { "kind": "queue", "bind": [ "bus" ] }, "bus": { "kind": "topic", "copies": "inTurn" })",
         .maker = R"("outbox": true, "sources": [ { "emit": "made", "to": "bus", "arrivals": { "poisson": "10/s" } } ])"},
        "warning outboxStuck /services/maker/outbox: bus may never take made for certain, since those that it serves "
        "in turn may fail at it, or take longer than the relay waits: then it stays in the outbox of maker, whose relay "
        "publishes it again for ever; let the channel take it, or let it be read.");
    row("an outbox for what must be heard",
        {.channels = R"("jobs": { "kind": "queue", "bind": [ { "to": "bus", "pattern": "done" } ] },
                        "log": { "kind": "queue", "ttl": "0s", "bind": [ "bus" ] },
                        "bus": { "kind": "topic", "mustBeHeard": "made" })",
         .maker = R"("outbox": true, "sources": [ { "emit": "made", "to": "bus", "arrivals": { "poisson": "10/s" } },
                     { "emit": "made", "to": "bus", "routingKey": "done", "arrivals": { "poisson": "10/s" } } ])"},
        "warning outboxStuck /services/maker/outbox: bus may never take made for certain, since nobody is there to "
        "hear it: then it stays in the outbox of maker, whose relay publishes it again for ever; let the channel take "
        "it, or let it be read.");
    row("queue without a place that blocks",
        {.channels = R"("jobs": { "kind": "queue" }, "copy": { "kind": "queue", "capacity": 0, "ttl": "1s", "overflow": "block" })",
         .maker = R"("sources": [ { "then": [ { "emit": "made", "to": "jobs" }, { "emit": "made", "to": "copy" } ],
                     "arrivals": { "poisson": "10/s" } } ])"},
        "warning blockedForever /channels/copy: Nobody reads copy, so once it is full whoever publishes to it waits for "
        "good; let a service consume it, let it reject or drop instead, or give it a \"ttl\".");
    row("no source", {.maker = ""},
        "warning noSource /services: No service has a source, so nothing will ever happen; give one \"sources\" with "
        "arrivals.\n"
        "note unusedEvent /events/made: Nobody emits made; emit it somewhere or leave it out.\n"
        "note idleService /services/maker: maker has neither sources nor handlers; give it one, or leave it out.");
    row("silent source",
        {.maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" } }, { "emit": "made", "to": "jobs", "arrivals": { "poisson": "0/s" } } ])"},
        "warning silentSource /services/maker/sources/1: A source of maker never emits, since its arrivals have no "
        "rate; "
        "give them one above 0.");
    row("no times", {.maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "times": [] } } ])"},
        "warning silentSource /services/maker/sources/0: A source of maker never emits, since its arrivals have no "
        "rate; "
        "give them one above 0.");
    row("late source",
        {.maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s", "from": "10min" } } ])"},
        "warning silentSource /services/maker/sources/0: A source of maker begins only when the run is over; let it "
        "begin earlier or run longer.");
    row("a will that somebody reads",
        {.channels = R"("jobs": { "kind": "queue" }, "wills": { "kind": "queue" })",
         .maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" } } ],
                     "will": { "emit": "made", "to": "wills" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms" }, { "on": "wills", "takes": "50ms" } ])"},
        "");
    row("idle consumers",
        {.channels = R"("jobs": { "kind": "stream", "partitions": 2 })",
         .taker = R"("instances": 3, "handlers": [ { "on": "jobs", "takes": { "exponential": "50ms" } } ])"},
        "note idleConsumers /channels/jobs/partitions: taker reads jobs with 3 consumers, but it has only 2 "
        "partitions, "
        "so some will idle; add partitions or remove instances.");
    row("more members than partitions, which share the records",
        {.channels = R"("jobs": { "kind": "stream", "partitions": 2, "group": { "delivery": "shared" } })",
         .taker = R"("instances": 3, "handlers": [ { "on": "jobs", "takes": { "exponential": "50ms" } } ])"},
        "");
    row("more members than partitions, each of which one of them reads",
        {.channels = R"("jobs": { "kind": "stream", "partitions": 2, "group": { "delivery": "partitionShared" } })",
         .taker = R"("instances": 3, "handlers": [ { "on": "jobs", "takes": { "exponential": "50ms" } } ])"},
        "note idleConsumers /channels/jobs/partitions: taker reads jobs with 3 consumers, but it has only 2 "
        "partitions, "
        "so some will idle; add partitions or remove instances.");
    row("a commit in a shared group",
        {.channels = R"("jobs": { "kind": "stream", "group": { "delivery": "shared" } })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "commit": { "every": 10 } } ])"},
        "note commitIdle /services/taker/handlers/0/commit: taker commits no offsets: jobs shares its records among a "
        "group, and each is acked by itself.");
    row("a lost member's records without an ack timeout",
        {.channels = R"("jobs": { "kind": "stream", "group": { "delivery": "shared", "whenGone": "wait" } })"},
        "warning pendingForever /channels/jobs/group/whenGone: What a lost member had of jobs stays pending for ever: "
        "nobody waits for its ack; give the stream an \"ackTimeout\".");
    row("a lost member's records that may be trimmed before it is back",
        {.channels = R"("jobs": { "kind": "stream", "retain": { "count": 100 },
                                  "group": { "delivery": "shared", "whenGone": "resume" } })"},
        "warning pendingForever /channels/jobs/group/whenGone: What a lost member had of jobs and was trimmed meanwhile "
        "stays pending for ever: nobody waits for its ack; give the stream an \"ackTimeout\".");
    row("a lost member's records that may be compacted before it is back",
        {.events = R"("made": { "key": "data.order", "data": { "order": 1 } })",
         .channels = R"("jobs": { "kind": "stream", "retain": { "compact": true },
                                  "group": { "delivery": "shared", "whenGone": "resume" } })"},
        "warning pendingForever /channels/jobs/group/whenGone: What a lost member had of jobs and was trimmed "
        "meanwhile "
        "stays pending for ever: nobody waits for its ack; give the stream an \"ackTimeout\".");
    row("a lost member's records that are read again and may have been acked by all",
        {.channels = R"("jobs": { "kind": "stream", "retain": { "until": "acked" },
                                  "group": { "delivery": "shared", "whenGone": "resume" } })",
         .faults = R"({ "at": "10s", "seek": "jobs", "to": "earliest" })"},
        "warning pendingForever /channels/jobs/group/whenGone: What a lost member had of jobs and was trimmed meanwhile "
        "stays pending for ever: nobody waits for its ack; give the stream an \"ackTimeout\".");
    row("a lost consumer's copies without an ack timeout",
        {.channels = R"("jobs": { "kind": "queue", "whenGone": "wait" })"},
        "warning pendingForever /channels/jobs/whenGone: What a lost consumer had of jobs stays pending for ever: "
        "nobody waits for its ack; give the queue an \"ackTimeout\".");
    row("late fault", {.faults = R"({ "at": "10min", "pause": "taker" })"},
        "note lateFault /faults/0: The fault of taker at 10min never happens, since the run is over by then; move it "
        "or "
        "run longer.");
    row("compaction without keys",
        {.channels = R"("jobs": { "kind": "stream", "retain": { "compact": true } })"},
        "warning keylessCompaction /channels/jobs/retain/compact: jobs keeps the last record of each key, but made has "
        "none, so all of them stay; give the event type a \"key\".");
    row("going back without idempotency",
        {.channels = R"("jobs": { "kind": "stream" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "then": { "add": "sums", "key": "all" } } ])",
         .faults = R"({ "at": "1min", "seek": "jobs", "to": "earliest" })"},
        "warning notIdempotent /services/taker/handlers/0: jobs delivers at least once, and taker would repeat its "
        "effects for a message that comes twice; give the handler \"idempotent\".");
    // delivery
    row("unbounded retry", {.channels = R"("jobs": { "kind": "queue", "retry": { "max": "unbounded" } })"},
        "warning unboundedRetry /channels/jobs/retry/max: jobs retries without end, so a message that can never be "
        "handled comes back for ever; give \"max\" a number.");
    row("no dead letter", {.taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "fails": 0.01 } ])"},
        "warning noDeadLetter /channels/jobs: What jobs cannot deliver is dropped at the first failure; give it a "
        "\"deadLetter\" channel to keep it.");
    row("no dead letter after retries",
        {.channels = R"("jobs": { "kind": "queue", "retry": {} })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "fails": 0.01 } ])"},
        "warning noDeadLetter /channels/jobs: What jobs cannot deliver is dropped after its retries; give it a "
        "\"deadLetter\" channel to keep it.");
    row("what stays after its retries",
        {.channels = R"("jobs": { "kind": "queue", "retry": { "afterLast": "stay" } })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "fails": 0.01 } ])"},
        "");
    row("dead letter",
        {.channels = R"("jobs": { "kind": "queue", "retry": {}, "deadLetter": "dead" }, "dead": { "kind": "queue" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "fails": 0.01 } ])"},
        "");
    row("not idempotent",
        {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "30s" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "then": { "add": "sums", "key": "all" } } ])"},
        "warning notIdempotent /services/taker/handlers/0: jobs delivers at least once, and taker would repeat its "
        "effects for a message that comes twice; give the handler \"idempotent\".");
    row("idempotent",
        {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "30s" })",
         .taker =
             R"("handlers": [ { "on": "jobs", "takes": "50ms", "idempotent": true, "then": { "add": "sums", "key": "all" } } ])"},
        "");
    row("idempotent by nature",
        {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "30s" })",
         .taker =
             R"("handlers": [ { "on": "jobs", "takes": "50ms", "then": { "fill": "stock", "to": { "a": 3 } } } ])"},
        "");
    row("lossy ack",
        {.taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "ack": "automatic", "fails": 0.01 } ])"},
        "note lossyAck /services/taker/handlers/0/ack: taker acknowledges jobs on delivery, so what it fails at is "
        "lost; "
        "use \"ack\": \"manual\" if each must be handled.");
    row("ack timeout below the mean", {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "40ms" })"},
        "error ackTimeoutShort /channels/jobs/ackTimeout: jobs takes a message back after 40ms, but taker needs 0.05 s "
        "on "
        "average, so work is done twice; make \"ackTimeout\" longer.");
    // p99 of an exponential distribution is log(100) = 4.605 means.
    row("ack timeout below p99", {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "230ms" })"},
        "warning ackTimeoutShort /channels/jobs/ackTimeout: jobs takes a message back after 230ms, but taker needs "
        "0.23 s "
        "for one in a hundred, so work is done twice; make \"ackTimeout\" longer.");
    row("polls rarer than they must be",
        {.channels = R"("jobs": { "kind": "stream", "group": { "maxPollInterval": "50ms" } })"},
        "error pollsTooRare /channels/jobs/group/maxPollInterval: jobs lets a member have a record in hand for 50ms, "
        "but "
        "taker needs 0.05 s on average, so it leaves its group again and again, and work is done twice; make "
        "\"maxPollInterval\" longer.");
    row("polls in time", {.channels = R"("jobs": { "kind": "stream", "group": { "maxPollInterval": "51ms" } })"}, "");
    row("ack timeout above p99", {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "231ms" })"}, "");
    // admission
    row("incompatible version",
        {.events = R"("made": { "version": "2", "compatibility": "backward",
            "versions": { "1": { "type": "object" }, "2": { "type": "object", "required": ["n"] } } })"},
        "error incompatibleSchema /events/made/versions/2: Version 2 of made is not backward compatible: it cannot read "
        "what 1 wrote (/required: \"n\" may be missing); it is not registered.");
    row("compatible version",
        {.events = R"("made": { "version": "2", "compatibility": "forward",
            "versions": { "1": { "type": "object" }, "2": { "type": "object", "required": ["n"] } } })"},
        "");
    row("words of a later draft",
        {.events = R"("made": { "schema": { "type": "array", "prefixItems": [ { "type": "string" } ] } })"},
        "warning schemaDraft /events/made/schema: In version 1.0 of made, /prefixItems means nothing in draft 7, as "
        "which the schema is read, since its \"$schema\" does not name 2019-09 or 2020-12.");
    row("words of its own draft",
        {.events = R"("made": { "schema": { "$schema": "https://json-schema.org/draft/2020-12/schema",
            "prefixItems": [ { "type": "string" } ] } })"},
        "");
    row("a draft that nobody knows",
        {.events = R"("made": { "version": "2", "versions": { "2": { "$schema": "http://example.com/mine" } } })"},
        "warning unknownDraft /events/made/versions/2: In version 2 of made, /$schema is no draft that is known, and is "
        "read as draft 7, got \"http://example.com/mine\".");
    row("slow delivery", {.channels = R"("jobs": { "kind": "queue", "deliveryRate": "9/s" })"},
        "error slowDelivery /channels/jobs/deliveryRate: jobs gets 10 messages/s and may deliver 9, so it grows without "
        "end; let more out, or less in.");
    row("delivery that keeps up", {.channels = R"("jobs": { "kind": "queue", "deliveryRate": "11/s" })"}, "");
    row("idle rate",
        {.channels = R"("news": { "kind": "topic" }, "jobs": { "kind": "queue", "rate": "5/s", "bind": ["news"] })",
         .maker = R"("sources": [ { "emit": "made", "to": "news", "arrivals": { "poisson": "10/s" } } ])"},
        "warning idleRate /channels/jobs/rate: Nothing is published to jobs by its name, so its rate limits nothing; "
        "limit the exchange that it receives from, or its \"deliveryRate\".");
    row("retries that wait where nobody reads",
        {.channels = R"("jobs": { "kind": "queue", "retry": { "through": "later" }, "deadLetter": "dead" },
                        "later": { "kind": "queue" }, "dead": { "kind": "queue" })"},
        "warning unreadRetry /channels/jobs/retry/through: The retries of jobs wait in later, which nobody reads, so "
        "none is ever made; let a handler take from it.");
    row("delay on a stream",
        {.channels = R"("jobs": { "kind": "stream" })",
         .maker = R"("sources": [ { "emit": "made", "to": "jobs", "delay": "1s", "arrivals": { "poisson": "10/s" } } ])"},
        "warning delayOnStream /services/maker/sources/0: A stream takes what comes at once: the delay of made on its "
        "way to jobs has no effect; publish it to a queue first.");
    row("delay on a stream that appends late",
        {.channels = R"("jobs": { "kind": "stream", "delayHolds": "append" })",
         .maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "delay": "1s", "arrivals": { "poisson": "10/s" } } ])"},
        "");
    row("delay on a stream that is shared",
        {.channels = R"("jobs": { "kind": "stream", "delayHolds": "delivery", "group": { "delivery": "shared" } })",
         .maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "delay": "1s", "arrivals": { "poisson": "10/s" } } ])"},
        "");
    row("delay for owners of partitions",
        {.channels = R"("jobs": { "kind": "stream", "delayHolds": "delivery" })",
         .maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "delay": "1s", "arrivals": { "poisson": "10/s" } } ])"},
        "warning delayToOwners /services/maker/sources/0: Who owns a partition reads what comes at once: the delay of "
        "made on its way to jobs has no effect; let the groups share its records (\"delivery\": \"shared\").");
    row("delay within a transaction",
        {.events = R"("made": {}, "done": {})",
         .channels = R"("jobs": { "kind": "queue" }, "out": { "kind": "stream", "delayHolds": "append" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "transaction": true, "then":
                     { "emit": "done", "to": "out", "delay": "1s" } }, { "on": "out" } ])"},
        "warning delayInTransaction /services/taker/handlers/0: What is published within a transaction is appended "
        "before its marker: the delay of done on its way to out has no effect; publish it outside of one.");
    row("transaction without an ack",
        {.taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "ack": "automatic", "transaction": true } ])"},
        "warning lossyTransaction /services/taker/handlers/0/transaction: taker acknowledges on delivery, so its "
        "transaction has nothing to commit with; use \"ack\": \"manual\".");
    row("confirm within a transaction",
        {.events = R"("made": {}, "done": {})",
         .channels = R"("jobs": { "kind": "queue" }, "out": { "kind": "queue", "ttl": "1s" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "transaction": true, "then":
                     { "emit": "done", "to": "out", "confirm": true } }, { "on": "out" } ])"},
        "warning idleConfirm /services/taker/handlers/0: What taker publishes within its transaction is decided by its "
        "ack: \"confirm\" of done has no effect.");
    row("transaction that is repeated",
        {.events = R"("made": {}, "done": {})",
         .channels = R"("jobs": { "kind": "queue", "ackTimeout": "30s" }, "out": { "kind": "queue" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "transaction": true, "then":
                     { "emit": "done", "to": "out" } }, { "on": "out" } ])"},
        "");
    row("ack timeout that is extended",
        {.channels = R"("jobs": { "kind": "queue", "ackTimeout": "40ms" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": { "exponential": "50ms" }, "extend": "20ms" } ])"},
        "");
    row("extension of nothing", {.taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "extend": "20ms" } ])"},
        "note extendIdle /services/taker/handlers/0/extend: taker asks for more time, but jobs has no \"ackTimeout\" to "
        "extend.");
    row("acks that are lost for ever", {.taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "ackLoss": 0.1 } ])"},
        "warning ackLossForever /services/taker/handlers/0/ackLoss: What taker acks in vain stays unacked for ever; give "
        "jobs an \"ackTimeout\".");
    row("backoffs that are no ack timeouts",
        {.channels = R"("jobs": { "kind": "queue", "retry": { "max": 3, "backoff": "none", "paces": "ackTimeout" } })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "ackLoss": 0.1 } ])"},
        "warning ackLossForever /services/taker/handlers/0/ackLoss: What taker acks in vain stays unacked for ever; "
        "give "
        "jobs an \"ackTimeout\".");
    row("acks that wait for each other",
        {.taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "prefetch": 4, "ack": "batch", "ackEvery": { "count": 5 } } ])"},
        "error acksStuck /services/taker/handlers/0/ackEvery: taker waits for 5 acks, but may hold only 4 of jobs unacked; "
        "wait for fewer, or give an \"interval\".");
    row("two exclusive consumers",
        {.channels = R"("jobs": { "kind": "queue", "dispatch": "exclusive" })",
         .taker = R"("instances": 2, "handlers": [ { "on": "jobs", "takes": "50ms" } ])"},
        "warning exclusiveRefused /channels/jobs/dispatch: jobs takes one consumer and refuses the others of 2; use "
        "\"singleActive\" or \"failover\" to let them wait.");
    row("retries of a broadcast",
        {.channels = R"("jobs": { "kind": "queue", "dispatch": "broadcast", "retry": { "max": "unbounded" } })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "fails": 0.1, "then": { "add": "sums", "key": "all" } } ])"},
        "note broadcastOnce /channels/jobs/dispatch: jobs broadcasts: what a consumer fails at is not tried again and not "
        "dead-lettered, whatever its retry policy says.");
    row("as many ack timeouts as deliveries",
        {.channels = R"("jobs": { "kind": "queue", "retry": { "max": 1, "backoff": "explicit", "steps": ["1s", "2s"],
                                  "paces": "ackTimeout" } })"},
        "error backoffLong /channels/jobs/retry/steps: jobs has 2 ack timeouts for 2 deliveries; there must be more "
        "deliveries than steps: leave steps out, or raise \"max\".");
    row("one more delivery than ack timeouts",
        {.channels = R"("jobs": { "kind": "queue", "retry": { "max": 2, "backoff": "explicit", "steps": ["1s", "2s"],
                                  "paces": "ackTimeout" } })"},
        "");
    row("full for the one that is active",
        {.channels = R"("jobs": { "kind": "queue", "dispatch": "singleActive" })",
         .taker = R"("instances": 2, "handlers": [ { "on": "jobs", "takes": "125ms" } ])"},
        "error overload /services/taker/handlers/0: taker cannot keep up with jobs: 10 messages/s need 1.25 workers, and "
        "there is 1 (125 %); add workers, shorten the work, or let less in.");
    row("batches carry more",
        {.taker = R"("handlers": [ { "on": "jobs", "takes": "300ms", "batch": { "max": 5 } } ])"}, "");
    // load
    row("overload", {.taker = R"("handlers": [ { "on": "jobs", "takes": { "exponential": "125ms" } } ])"},
        "error overload /services/taker/handlers/0: taker cannot keep up with jobs: 10 messages/s need 1.25 workers, "
        "and "
        "there is 1 (125 %); add workers, shorten the work, or let less in.");
    row("nearly full", {.taker = R"("handlers": [ { "on": "jobs", "takes": { "exponential": "89ms" } } ])"}, "");
    row("full", {.taker = R"("instances": 2, "handlers": [ { "on": "jobs", "takes": { "exponential": "200ms" } } ])"},
        "error overload /services/taker/handlers/0: taker cannot keep up with jobs: 10 messages/s need 2 workers, and "
        "there are 2 (100 %); add workers, shorten the work, or let less in.");
    row("overload with an infinite mean",
        {.taker = R"("handlers": [ { "on": "jobs", "takes": { "pareto": { "shape": 1, "min": "1ms" } } } ])"},
        "error overload /services/taker/handlers/0: taker cannot keep up with jobs: 10 messages/s need endlessly many "
        "workers, and there is 1; add workers, shorten the work, or let less in.");
    row("prefetch bounds the workers",
        {.taker =
             R"("handlers": [ { "on": "jobs", "concurrency": 5, "prefetch": 1, "takes": { "exponential": "125ms" } } ])"},
        "error overload /services/taker/handlers/0: taker cannot keep up with jobs: 10 messages/s need 1.25 workers, "
        "and "
        "there is 1 (125 %); add workers, shorten the work, or let less in.");
    row("partitions bound the workers",
        {.channels = R"("jobs": { "kind": "stream" })",
         .taker = R"("handlers": [ { "on": "jobs", "concurrency": 5, "takes": { "exponential": "125ms" } } ])"},
        "error overload /services/taker/handlers/0: taker cannot keep up with jobs: 10 messages/s need 1.25 workers, "
        "and "
        "there is 1 (125 %); add workers, shorten the work, or let less in.");
    row("high load", {.taker = R"("handlers": [ { "on": "jobs", "takes": { "exponential": "95ms" } } ])"},
        "note highLoad /services/taker/handlers/0: taker is loaded to 95 % by jobs, so waits grow long; a worker more "
        "would shorten them.");
    row("peak load",
        {.maker =
             R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "bursts": { "on": "1s", "off": "9s", "rateOn": "30/s" } } } ])"},
        "note peakLoad /services/taker/handlers/0: taker is loaded to as much as 150 % by jobs while arrivals are at "
        "their highest; the queue grows meanwhile.");
    row("an overload that ends is a peak",
        {.maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "rate": "30/s", "count": 100 } } ])"},
        "note peakLoad /services/taker/handlers/0: taker is loaded to as much as 150 % by jobs while arrivals are at "
        "their highest; the queue grows meanwhile.");
    row("blocking circle",
        {.events = R"("made": {}, "there": {}, "back": {})",
         .channels =
             R"("jobs": { "kind": "queue", "capacity": 5, "overflow": "block" }, "replies": { "kind": "queue", "capacity": 5, "overflow": "block" })",
         .taker =
             R"("handlers": [ { "on": "jobs", "takes": "5ms", "then": { "if": "type = 'made'", "then": { "emit": "there", "to": "replies" } } } ])",
         .services = R"(, "asker": { "handlers": [ { "on": "replies", "then": { "emit": "back", "to": "jobs" } } ] })"},
        "");
    row("blocking circle closed",
        {.events = R"("made": {}, "there": {})",
         .channels =
             R"("jobs": { "kind": "queue", "capacity": 5, "overflow": "block" }, "replies": { "kind": "queue", "capacity": 5, "overflow": "block" })",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "5ms", "then": { "emit": "there", "to": "replies" } } ])",
         .services =
             R"(, "asker": { "handlers": [ { "on": "replies", "then": { "choose": [ { "weight": 1, "then": { "emit": "made", "to": "jobs" } }, { "weight": 3 } ] } } ] })"},
        "warning blockingLoop /services/asker/handlers/0: Producers can block each other in a circle: taker -> replies "
        "-> "
        "asker -> jobs -> taker; once these queues are full nobody goes on: let one of them reject or drop instead, or "
        "give the emit a \"timeout\".");
    // expressions
    row("unknown figure", {.expect = R"({ "that": "metric('channel', 'jobs', 'waitP98') < 1s" })"},
        "error unknownName /expect/0/that: \"waitP98\" is no figure of a channel (did you mean \"waitP90\"?), so the "
        "expectation can never be judged; correct the name.");
    row("unknown channel", {.expect = R"({ "that": "TRUE OR metric('channel', 'job', 'waitP99') < 1s" })"}, "");
    row("unknown channel behind a condition",
        {.expect =
             R"({ "always": "metric('service', 'taker', 'handled') > 5 AND metric('channel', 'job', 'waitP99') < 1s" })"},
        "error unknownName /expect/0/always: \"job\" is no channel here (did you mean \"jobs\"?), so the expectation "
        "can "
        "never be judged; correct the name.");
    row("unknown state", {.expect = R"({ "always": "state('taker', 'stock', 'a') >= 0" })"},
        "error unknownName /expect/0/always: \"stock\" is no state table of taker, so the expectation can never be "
        "judged; correct the name.");
    row("unseen state",
        {.maker =
             R"("state": { "stock": { "a": 1 } }, "sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" } } ])",
         .taker = R"("handlers": [ { "on": "jobs", "takes": "50ms", "filter": "state('maker', 'stock', 'a') > 0" } ])"},
        "warning unseen /services/taker/handlers/0: taker asks for the state of maker, but sees only its event and its "
        "own state; carry what it needs in the event.");
}

void TestCheck::findings() {
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    QCOMPARE(summaryOf(findingsIn(text)), expected);
}

QTEST_APPLESS_MAIN(TestCheck)
#include "tst_check.moc"

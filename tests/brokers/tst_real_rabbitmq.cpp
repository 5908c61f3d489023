// Experiments on a real RabbitMQ and on the simulated one, side by side: what each shows has to be the same, delivery
// by delivery.
#include "brokers/experiment.h"
#include "brokers/rabbitmq_driver.h"

#include <QTest>

#include <memory>

using namespace weir;

namespace {

const std::string classic = "rabbitmq-classic", quorum = "rabbitmq-quorum";

Settlement ack(const Seen&) {
    return Settlement::ack;
}

const std::string queueWithDeadLetters = R"("q": {"kind": "queue", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})";

// --- who gets what ---

void threeConsumersTakeTurns(Trial& trial) {
    for (const char* consumer : {"a", "b", "c"})
        trial.attach(consumer, "q", {.prefetch = 0});
    trial.publishSome(9, "q");
    trial.given();
}

void theFirstConsumerTakesTheBacklog(Trial& trial) {
    trial.publishSome(6, "q");
    trial.attach("a", "q", {.prefetch = 0});
    trial.given();
    trial.attach("b", "q", {.prefetch = 0});
    trial.given();
}

void theHigherPriorityComesFirst(Trial& trial) {
    trial.attach("low", "q", {.prefetch = 2});
    trial.attach("high", "q", {.prefetch = 2, .priority = 10});
    trial.publishSome(6, "q");
    trial.given();
    trial.settle("high", 1, Settlement::ack);
    trial.given();
}

void oneOfThemIsActive(Trial& trial) {
    for (const char* consumer : {"a", "b", "c"})
        trial.attach(consumer, "q", {.prefetch = 2});
    trial.publishSome(6, "q");
    trial.given();
    trial.crash("a");
    trial.given();
    trial.settle("b", 1, Settlement::ack);
    trial.given();
    trial.crash("b");
    trial.given();
}

// A classic queue of 3.10.8 breaks down over the next publish (rabbitmq-server issue 5460), so only the other type is
// asked.
void theActiveOneIsCancelled(Trial& trial) {
    for (const char* consumer : {"a", "b"})
        trial.attach(consumer, "q", {.prefetch = 2});
    trial.publishSome(6, "q");
    trial.given();
    trial.retire("a"); // what it has it keeps
    trial.given();
    trial.settle("b", 3, Settlement::ack);
    trial.given();
}

// --- what comes back ---

void requeuedWhileLaterOnesAreInHand(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 3});
    trial.publishSome(6, "q");
    trial.given();
    trial.settle("a", 1, Settlement::requeue);
    trial.given();
    trial.settle("a", 2, Settlement::ack);
    trial.settle("a", 3, Settlement::ack);
    trial.answer(ack);
}

void requeuedAllAtOnce(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 3});
    trial.publishSome(5, "q");
    trial.given();
    trial.settleThrough("a", 3, Settlement::requeue);
    trial.answer(ack);
}

void requeuedOutOfOrder(Trial& trial) {
    trial.publishSome(5, "q");
    for (int i = 0; i < 3; ++i)
        trial.take("q");
    trial.settle("taker", 3, Settlement::requeue);
    trial.settle("taker", 1, Settlement::requeue);
    trial.drain("q");
    trial.settle("taker", 2, Settlement::requeue);
    trial.drain("q");
}

void requeuedBetweenTwo(Trial& trial) {
    trial.attach("a", "q");
    trial.attach("b", "q");
    trial.publishSome(4, "q");
    trial.given();
    trial.settle("a", 1, Settlement::requeue);
    trial.answer(ack);
}

void aLostConnectionGivesBack(Trial& trial) {
    trial.publishSome(6, "q");
    trial.attach("a", "q", {.prefetch = 4});
    trial.given();
    trial.settle("a", 2, Settlement::ack);
    trial.given();
    trial.crash("a");
    trial.drain("q");
}

void aLostConnectionCounts(Trial& trial) {
    trial.tell({.counts = true});
    aLostConnectionGivesBack(trial);
}

// --- what is given up ---

void handedBackUntilTheLimit(Trial& trial) {
    trial.tell({.counts = true, .deaths = true});
    trial.attach("a", "q");
    trial.publishSome(1, "q");
    trial.answer([](const Seen&) { return Settlement::requeue; });
    trial.drain("dlq");
    trial.ready("q");
}

void lostUntilTheLimit(Trial& trial) {
    trial.tell({.counts = true, .deaths = true});
    trial.attach("a", "q");
    trial.publishSome(1, "q");
    for (int i = 0; i < 3; ++i) {
        trial.given();
        trial.crash("a");
        trial.attach("a", "q");
    }
    trial.given();
    trial.drain("dlq");
}

void rejectedInAnotherOrder(Trial& trial) {
    trial.tell({.deaths = true});
    trial.attach("a", "q", {.prefetch = 0});
    trial.publishSome(5, "q");
    trial.given();
    for (const Ordinal message : {3, 1, 2, 5, 4})
        trial.settle("a", message, Settlement::reject);
    trial.drain("dlq");
}

void roundAndRoundByRejection(Trial& trial) {
    trial.tell({.deaths = true});
    trial.attach("a", "work");
    trial.publishSome(1, "work");
    for (int i = 0; i < 3; ++i) {
        trial.given();
        trial.settle("a", 1, Settlement::reject);
        trial.wait(600ms);
    }
    trial.given();
    trial.settle("a", 1, Settlement::ack);
    trial.ready("work");
    trial.ready("retry");
}

void roundAndRoundByTime(Trial& trial) {
    trial.publishSome(1, "one");
    trial.wait(1500ms);
    trial.ready("one");
    trial.ready("two");
}

// Its history is turned round by each death, so with a rejection in it one of two queues never finds that it has been
// there by time alone.
void rejectedAndRoundByTime(Trial& trial) {
    trial.tell({.deaths = true});
    trial.attach("a", "work");
    trial.publishSome(1, "work");
    trial.given();
    trial.settle("a", 1, Settlement::reject);
    for (const Duration until : {600ms, 1100ms, 1100ms}) {
        trial.wait(until);
        trial.ready("two");
    }
    trial.drain("two");
}

void rejectedAndRoundThreeByTime(Trial& trial) {
    trial.attach("a", "work");
    trial.publishSome(1, "work");
    trial.given();
    trial.settle("a", 1, Settlement::reject);
    trial.wait(1500ms);
    for (const char* queue : {"one", "two", "three"})
        trial.ready(queue);
}

void deadLettersTakeAnotherKey(Trial& trial) {
    trial.tell({.keys = true, .deaths = true});
    trial.publish("in", {.routingKey = "order.created"});
    trial.take("q");
    trial.settle("taker", 1, Settlement::reject);
    trial.drain("parked");
    trial.ready("other");
}

// --- what does not stay ---

void theHeadsTimeBlocksTheOthers(Trial& trial) {
    trial.tell({.deaths = true});
    trial.publish("q", {.ttl = 2500ms});
    trial.publish("q", {.ttl = 100ms});
    trial.publish("q");
    trial.wait(800ms);
    trial.ready("q");
    trial.ready("dlq");
    trial.wait(2500ms);
    trial.ready("q");
    trial.drain("dlq");
}

void theQueuesTimeIsForAll(Trial& trial) {
    trial.tell({.deaths = true});
    trial.publishSome(3, "q");
    trial.wait(1s);
    trial.publishSome(2, "q");
    trial.ready("dlq");
    trial.wait(1200ms); // of 1.5 s: the first three are over time, the others are not
    trial.drain("dlq");
    trial.wait(1s);
    trial.drain("dlq");
    trial.ready("q");
}

void noTimeAtAll(Trial& trial) {
    trial.publishSome(1, "q");
    trial.drain("dlq");
    trial.attach("a", "q");
    trial.publishSome(2, "q"); // the second finds no credit
    trial.given();
    trial.drain("dlq");
}

void tooManyPushOutTheOldest(Trial& trial) {
    trial.tell({.deaths = true});
    trial.publishSome(6, "q");
    trial.drain("q");
    trial.drain("dlq");
}

void tooManyBytesPushOutTheOldest(Trial& trial) {
    for (const std::int64_t size : {4, 4, 4, 12, 2})
        trial.publish("q", {.size = size});
    trial.drain("q");
}

void whatIsInHandDoesNotCount(Trial& trial) {
    trial.publishSome(3, "q");
    trial.take("q");
    trial.take("q");
    trial.publishSome(3, "q");
    trial.ready("q");
    trial.settle("taker", 1, Settlement::requeue);
    trial.settle("taker", 2, Settlement::requeue);
    trial.drain("q");
}

void tooManyAreRefused(Trial& trial) {
    trial.tell({.deaths = true});
    trial.publishSome(6, "q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::ack);
    trial.publishSome(2, "q");
    trial.drain("q");
    trial.drain("dlq");
}

void anIdleQueueGoes(Trial& trial) {
    trial.publishSome(2, "q");
    trial.wait(1500ms);
    trial.ready("q");
    trial.ready("dlq");
}

// --- priorities ---

void thePriorityComesFirst(Trial& trial) {
    for (const std::uint8_t priority : {1, 1, 3, 2, 9})
        trial.publish("q", {.priority = priority});
    trial.take("q"); // 5: 9 counts as the highest there is, but came later than 3
    trial.take("q");
    trial.settle("taker", 3, Settlement::requeue);
    trial.drain("q");
}

void thePriorityIsPushedOut(Trial& trial) {
    for (const std::uint8_t priority : {5, 1, 3, 2, 4})
        trial.publish("q", {.priority = priority});
    trial.drain("q");
    trial.drain("dlq");
}

// --- routing ---

void drainAll(Trial& trial, std::initializer_list<const char*> queues) {
    for (const char* queue : queues)
        trial.drain(queue);
}

void topicsByPattern(Trial& trial) {
    trial.tell({.keys = true});
    for (const char* key :
         {"order.created", "order", "", "order.", "order..paid", "a.order.b", "order.eu.created", "."})
        trial.publish("in", {.routingKey = key});
    drainAll(trial, {"one", "any", "middle", "all", "exact"});
}

void headersByValue(Trial& trial) {
    const auto table = [](const char* json) { return Value::parse(json).value(); };
    for (const char* headers : {R"({"region": "eu", "size": 3})", R"({"region": "eu"})", R"({"size": 3})",
                                R"({"size": 3.0, "region": "us"})", R"({"region": "us", "size": "3"})", R"({})"})
        trial.publish("in", {.headers = table(headers)});
    drainAll(trial, {"all", "any", "there", "none"});
}

void severalWaysOneCopy(Trial& trial) {
    trial.publish("x", {.routingKey = "a.b"});
    trial.publish("y", {.routingKey = "a.b"});
    trial.drain("q");
}

void whatNothingTakes(Trial& trial) {
    trial.publish("in", {.routingKey = "known", .mandatory = true});
    trial.publish("in", {.routingKey = "unknown"});
    trial.publish("in", {.routingKey = "unknown", .mandatory = true});
    trial.publish("alone", {.routingKey = "unknown"});
    trial.publish("alone", {.routingKey = "unknown", .mandatory = true});
    drainAll(trial, {"q", "rest"});
}

// --- what random histories have shown ---

void twoTakeTurnsWhileFull(Trial& trial) {
    trial.attach("a", "q");
    trial.attach("b", "q");
    trial.publishSome(2, "q");
    trial.given();
    trial.settle("b", 2, Settlement::ack);
    trial.settle("a", 1, Settlement::ack);
    trial.publishSome(1, "q");
    trial.given();
}

void handedBackOnce(Trial& trial) {
    trial.tell({.counts = true});
    trial.attach("a", "q");
    trial.publishSome(3, "q");
    trial.given();
    trial.settle("a", 1, Settlement::requeue);
    trial.answer(ack);
}

void lostOneAfterTheOther(Trial& trial) {
    trial.attach("a", "q");
    trial.attach("b", "q");
    trial.publishSome(3, "q");
    trial.given();
    trial.crash("b");
    trial.crash("a");
    trial.drain("q");
}

void fourQueuesInACircle(Trial& trial) {
    trial.tell({.deaths = true});
    trial.publishSome(1, "a");
    for (const char* queue : {"a", "b", "c", "d", "a", "b"}) {
        trial.take(queue);
        trial.settle("taker", 1, Settlement::reject);
    }
    trial.take("c");
}

void handedBackToAFullQueue(Trial& trial) {
    trial.attach("a", "q");
    trial.publishSome(4, "q");
    trial.given();
    trial.settle("a", 1, Settlement::requeue);
    trial.given();
    trial.ready("q");
}

void onePushesOutThree(Trial& trial) {
    for (const std::int64_t size : {2, 2, 2, 6})
        trial.publish("q", {.size = size});
    trial.drain("dlq");
}

void theActiveOneIsFollowed(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 2});
    trial.attach("b", "q", {.prefetch = 2, .priority = 5});
    trial.attach("c", "q", {.prefetch = 2, .priority = 9});
    trial.publishSome(3, "q");
    trial.given();
    trial.crash("a");
    trial.given();
}

void theLimitEndsTheCycle(Trial& trial) {
    trial.publishSome(1, "q");
    for (int i = 0; i < 2; ++i) {
        trial.take("q");
        trial.settle("taker", 1, Settlement::requeue);
    }
    trial.ready("dlq");
    trial.wait(1500ms);
    trial.ready("dlq");
    trial.ready("q");
}

void tooLargeForTheQueue(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 5});
    for (const std::int64_t size : {2, 6, 4})
        trial.publish("q", {.size = size});
    trial.given();
}

void overtakenByPriority(Trial& trial) {
    trial.publish("q", {.priority = 1});
    trial.publish("q", {.ttl = 300ms, .priority = 5});
    trial.wait(1200ms);
    trial.ready("q");
    trial.ready("dlq");
    trial.take("q");
}

void whatALossPushesOutGoesOnFirst(Trial& trial) {
    trial.publishSome(2, "q");
    trial.attach("first", "q", {.prefetch = 20});
    trial.given();
    trial.crash("first");
    trial.attach("second", "q", {.prefetch = 6});
    trial.given();
    trial.publish("q", {.ttl = 1s});
    trial.publish("q", {.ttl = 1s});
    trial.publishSome(2, "q");
    trial.given();
    trial.publishSome(3, "q");
    trial.wait(1500ms);
    trial.crash("second");
    trial.drain("dlq");
    trial.drain("q");
}

void rejectedTogetherToTwo(Trial& trial) {
    trial.tell({.deaths = true});
    trial.publishSome(3, "q");
    trial.attach("a", "q", {.prefetch = 5});
    trial.given();
    trial.settleThrough("a", 3, Settlement::reject);
    trial.ready("end");
    trial.drain("end");
}

const Experiments& experiments() {
    static const std::string plain = R"("q": {"kind": "queue"})";
    static const std::vector<std::string> both{classic, quorum};
    static const Experiments all{
        {"three consumers take turns", {both, plain, threeConsumersTakeTurns}},
        {"the first consumer takes the backlog", {both, plain, theFirstConsumerTakesTheBacklog}},
        {"the consumer of higher priority comes first", {both, plain, theHigherPriorityComesFirst}},
        {"single active consumer", {both, R"("q": {"kind": "queue", "dispatch": "singleActive"})", oneOfThemIsActive}},
        {"the single active consumer is cancelled",
         {{quorum}, R"("q": {"kind": "queue", "dispatch": "singleActive"})", theActiveOneIsCancelled}},
        {"requeued while later ones are in hand", {both, plain, requeuedWhileLaterOnesAreInHand}},
        {"requeued all at once", {both, plain, requeuedAllAtOnce}},
        {"requeued out of order", {both, plain, requeuedOutOfOrder}},
        {"requeued between two consumers", {both, plain, requeuedBetweenTwo}},
        {"a lost connection gives back", {both, plain, aLostConnectionGivesBack}},
        {"a lost connection counts as a delivery", {{quorum}, plain, aLostConnectionCounts}},
        {"handed back until the delivery limit",
         {{quorum},
          R"("q": {"kind": "queue", "retry": {"max": 2, "backoff": "none"}, "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          handedBackUntilTheLimit}},
        {"lost until the delivery limit",
         {{quorum},
          R"("q": {"kind": "queue", "retry": {"max": 2, "backoff": "none"}, "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          lostUntilTheLimit}},
        {"rejected in another order", {both, queueWithDeadLetters, rejectedInAnotherOrder}},
        {"a cycle with a rejection goes on",
         {both,
          R"("work": {"kind": "queue", "deadLetter": "retry"}, "retry": {"kind": "queue", "ttl": "100ms", "deadLetter": "work"})",
          roundAndRoundByRejection}},
        {"a cycle by time alone ends",
         {both,
          R"("one": {"kind": "queue", "ttl": "100ms", "deadLetter": "two"},
             "two": {"kind": "queue", "ttl": "100ms", "deadLetter": "one"})",
          roundAndRoundByTime}},
        {"two queues by time, after a rejection",
         {both,
          R"("work": {"kind": "queue", "deadLetter": "one"}, "one": {"kind": "queue", "ttl": "100ms", "deadLetter": "two"},
             "two": {"kind": "queue", "ttl": "1s", "deadLetter": "one"})",
          rejectedAndRoundByTime}},
        {"three queues by time, after a rejection",
         {both,
          R"("work": {"kind": "queue", "deadLetter": "one"}, "one": {"kind": "queue", "ttl": "100ms", "deadLetter": "two"},
             "two": {"kind": "queue", "ttl": "100ms", "deadLetter": "three"},
             "three": {"kind": "queue", "ttl": "100ms", "deadLetter": "one"})",
          rejectedAndRoundThreeByTime}},
        {"dead letters take another key",
         {both,
          R"("in": {"kind": "exchange", "type": "topic"}, "dlx": {"kind": "exchange", "type": "direct"},
             "q": {"kind": "queue", "bind": [{"to": "in", "pattern": "order.*"}], "deadLetter": "dlx", "deadLetterKey": "parked"},
             "parked": {"kind": "queue", "bind": [{"to": "dlx", "pattern": "parked"}]},
             "other": {"kind": "queue", "bind": [{"to": "dlx", "pattern": "order.created"}]})",
          deadLettersTakeAnotherKey}},
        {"the head's time to live blocks the others", {both, queueWithDeadLetters, theHeadsTimeBlocksTheOthers}},
        {"the queue's time to live is for all",
         {both, R"("q": {"kind": "queue", "ttl": "1500ms", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          theQueuesTimeIsForAll}},
        {"no time to live at all",
         {both, R"("q": {"kind": "queue", "ttl": "0s", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})", noTimeAtAll}},
        {"too many push out the oldest",
         {both,
          R"("q": {"kind": "queue", "capacity": 3, "overflow": "dropOldest", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          tooManyPushOutTheOldest}},
        {"too many bytes push out the oldest",
         {both, R"("q": {"kind": "queue", "capacityBytes": "10B", "overflow": "dropOldest"})",
          tooManyBytesPushOutTheOldest}},
        {"what is in hand does not count",
         {both, R"("q": {"kind": "queue", "capacity": 3, "overflow": "dropOldest"})", whatIsInHandDoesNotCount}},
        {"too many are refused",
         {{classic},
          R"("q": {"kind": "queue", "capacity": 3, "overflow": "reject", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          tooManyAreRefused}},
        {"too many are refused and kept apart",
         {{classic},
          R"("q": {"kind": "queue", "capacity": 3, "overflow": "rejectDeadLetter", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          tooManyAreRefused}},
        {"an idle queue goes",
         {both, R"("q": {"kind": "queue", "idleExpiry": "500ms", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          anIdleQueueGoes}},
        {"the priority comes first", {{classic}, R"("q": {"kind": "queue", "priorities": 3})", thePriorityComesFirst}},
        {"the priority is pushed out",
         {{classic},
          R"("q": {"kind": "queue", "priorities": 5, "capacity": 3, "overflow": "dropOldest", "deadLetter": "dlq"},
             "dlq": {"kind": "queue"})",
          thePriorityIsPushedOut}},
        {"topics by pattern",
         {{classic},
          R"("in": {"kind": "exchange", "type": "topic"},
             "one": {"kind": "queue", "bind": [{"to": "in", "pattern": "order.*"}]},
             "any": {"kind": "queue", "bind": [{"to": "in", "pattern": "order.#"}]},
             "middle": {"kind": "queue", "bind": [{"to": "in", "pattern": "#.order.#"}]},
             "all": {"kind": "queue", "bind": [{"to": "in", "pattern": "#"}]},
             "exact": {"kind": "queue", "bind": [{"to": "in", "pattern": "order..paid"}]})",
          topicsByPattern}},
        {"headers by value",
         {{classic},
          R"("in": {"kind": "exchange", "type": "headers"},
             "all": {"kind": "queue", "bind": [{"to": "in", "headers": {"x-match": "all", "region": "eu", "size": 3}}]},
             "any": {"kind": "queue", "bind": [{"to": "in", "headers": {"x-match": "any", "region": "eu", "size": 3}}]},
             "there": {"kind": "queue", "bind": [{"to": "in", "headers": {"x-match": "all", "region": null}}]},
             "none": {"kind": "queue", "bind": [{"to": "in", "headers": {"x-match": "any"}}]})",
          headersByValue}},
        {"several ways and a circle give one copy",
         {{classic},
          R"("x": {"kind": "exchange", "type": "topic", "bind": [{"to": "y", "pattern": "#"}]},
             "y": {"kind": "exchange", "type": "topic", "bind": [{"to": "x", "pattern": "#"}]},
             "q": {"kind": "queue", "bind": [{"to": "x", "pattern": "a.*"}, {"to": "x", "pattern": "#"}, {"to": "y", "pattern": "#"}]})",
          severalWaysOneCopy}},
        {"what nothing takes",
         {{classic},
          R"("in": {"kind": "exchange", "type": "direct", "alternate": "others"}, "others": {"kind": "exchange", "type": "fanout"},
             "alone": {"kind": "exchange", "type": "direct"},
             "q": {"kind": "queue", "bind": [{"to": "in", "pattern": "known"}]},
             "rest": {"kind": "queue", "bind": [{"to": "others"}]})",
          whatNothingTakes}},
        {"two take turns while they are full", {both, plain, twoTakeTurnsWhileFull}},
        {"handed back once, with a delivery limit",
         {{quorum}, R"("q": {"kind": "queue", "retry": {"max": 3, "backoff": "none"}})", handedBackOnce}},
        {"lost one after the other", {both, plain, lostOneAfterTheOther}},
        {"four queues in a circle",
         {both,
          R"("a": {"kind": "queue", "deadLetter": "b"}, "b": {"kind": "queue", "deadLetter": "c"},
             "c": {"kind": "queue", "deadLetter": "d"}, "d": {"kind": "queue", "deadLetter": "a"})",
          fourQueuesInACircle}},
        {"handed back to a full queue",
         {both, R"("q": {"kind": "queue", "capacity": 3, "overflow": "dropOldest"})", handedBackToAFullQueue}},
        {"one pushes out three",
         {both,
          R"("q": {"kind": "queue", "capacityBytes": "6B", "overflow": "dropOldest", "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          onePushesOutThree}},
        {"the single active consumer is followed",
         {both, R"("q": {"kind": "queue", "dispatch": "singleActive"})", theActiveOneIsFollowed}},
        {"a delivery limit ends a cycle",
         {{quorum},
          R"("q": {"kind": "queue", "retry": {"max": 1, "backoff": "none"}, "deadLetter": "dlq"},
             "dlq": {"kind": "queue", "ttl": "600ms", "deadLetter": "q"})",
          theLimitEndsTheCycle}},
        {"what a loss pushes out goes on first",
         {{quorum},
          R"("q": {"kind": "queue", "capacity": 4, "overflow": "dropOldest", "retry": {"max": 1, "backoff": "none"},
                   "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          whatALossPushesOutGoesOnFirst}},
        {"rejected together to two queues, of which one is full",
         {both,
          R"("all": {"kind": "exchange", "type": "fanout"}, "q": {"kind": "queue", "deadLetter": "all"},
             "full": {"kind": "queue", "bind": ["all"], "capacity": 0, "overflow": "dropOldest", "deadLetter": "end"},
             "end": {"kind": "queue", "bind": ["all"]})",
          rejectedTogetherToTwo}},
        {"too large for the queue",
         {{classic}, R"("q": {"kind": "queue", "capacityBytes": "4B", "overflow": "reject"})", tooLargeForTheQueue}},
        {"overtaken by priority",
         {{classic},
          R"("q": {"kind": "queue", "priorities": 5, "deadLetter": "dlq"}, "dlq": {"kind": "queue"})",
          overtakenByPriority}}};
    return all;
}

} // namespace

class TestRealRabbitmq : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();

  private:
    std::unique_ptr<RabbitmqServer> m_server;
};

void TestRealRabbitmq::initTestCase() {
    startServer(m_server);
}

void TestRealRabbitmq::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealRabbitmq::bothDoTheSame() {
    compareRow(experiments(),
               [this](const std::string&, std::vector<ChannelSpec> channels) -> std::unique_ptr<BrokerDriver> {
                   return std::make_unique<RabbitmqDriver>(m_server->port(), std::move(channels));
               });
}

QTEST_GUILESS_MAIN(TestRealRabbitmq)
#include "tst_real_rabbitmq.moc"

// What a channel lets in, and when: rate limits, sizes, repeats, schemas, delays and times to live, half messages. Rule
// by rule, with exact times.
#include "core/broker/token_bucket.h"
#include "support/broker_bench.h"

#include <QTest>

using namespace weir;
using enum RecordKind;

namespace {

ChannelSpec queue(const std::string& name, std::vector<BindingSpec> bindings = {}) {
    ChannelSpec channel;
    channel.name = name;
    channel.bindings = std::move(bindings);
    return channel;
}

ChannelSpec topic(const std::string& name) {
    ChannelSpec channel = queue(name);
    channel.kind = ChannelKind::topic;
    return channel;
}

ChannelSpec limited(RateLimitSpec rate) {
    ChannelSpec channel = queue("jobs");
    channel.rate = rate;
    return channel;
}

ChannelSpec paced(RateLimitSpec rate) {
    ChannelSpec channel = queue("jobs");
    channel.deliveryRate = rate;
    return channel;
}

ChannelSpec remembering(DedupSpec dedup) {
    ChannelSpec channel = queue("jobs");
    channel.dedup = dedup;
    return channel;
}

} // namespace

class TestAdmission : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // token buckets
    void aBucketIsExactWhereBinaryFractionsAreNot();
    void aThirdOfATokenIsNeverLost();
    void aBucketHoldsItsBurstAtMost();
    void aBucketWaitsToTheNanosecond();
    void aChangedBucketKeepsWhatItHolds();
    void aBucketThatFillsAtOnceIsAFixedWindow();
    // rate limits
    void whatHasNoTokenIsRefused();
    void aShapedMessageWaitsForItsTokenAndItsProducerDoesNot();
    void shapingKeepsTheOrder();
    void aBlockedProducerHearsWhenItsTokenHasCome();
    void aBlockedProducerGivesUpExactlyAtItsTimeout();
    void aLineIsNoLongerThanItMayBe();
    void bytesCountBySize();
    void deliveriesWaitForTheirTokens();
    void deliveriesWithoutATokenAreDropped();
    void deliveriesOfAWindowComeTogether();
    void aStreamsGroupDeliversAtItsRate();
    // sizes and repeats
    void aLargerMessageIsRefused();
    void aRepeatWithinTheWindowIsPassedOverAndAccepted();
    void theWindowDoesNotSlide();
    void aSlidingWindowBeginsAnewWithEachRepeat();
    void aForgottenKeyIsNew();
    void repeatsAreKnownByAPathIntoTheirData();
    void aQueueThatKnowsARepeatDropsItWhereOthersTakeIt();
    void aMessageThatWasRefusedHasNotBeenHere();
    void anIdempotentProducersNumbersComeInOrderAndOnce();
    // times
    void theShorterTimeToLiveCounts();
    void theMessagesOwnTimeToLiveCounts();
    void theQueuesTimeToLiveCountsAlone();
    void aTimeToLiveFromThePublishEndsADelay();
    void aDelayThatATimeToLiveEndsMakesRoom();
    void whatIsOverBeforeItComesIsNotDelivered();
    void aTimeToLiveThatIsLongerThanTheDelayGoesOnAfterIt();
    void anExpiryAnywhereDoesNotWaitForTheHead();
    void aRequeuedCopyExpiresAnywhereToo();
    // half messages
    void aHalfMessageIsInvisibleUntilItsCommit();
    void aRolledBackMessageLeavesNothing();
    void theBrokerAsksAtItsIntervalsAndThenGivesUp();
    void aBrokerThatScansAsksAboutAllThatAreOldEnough();
    void aDecidedHalfMessageIsDecidedOnce();
};

void TestAdmission::aBucketIsExactWhereBinaryFractionsAreNot() {
    TokenBucket bucket({.tokens = 1, .per = 100ms, .burst = 1});
    for (int i = 0; i < 1'000'000; ++i)
        QVERIFY(bucket.take(SimTime{100ms * i}, 1)); // 0.1 s, a million times: with doubles some would miss
    QVERIFY(!bucket.take(SimTime{100ms * 1'000'000 - 1ns}, 1));
}

void TestAdmission::aThirdOfATokenIsNeverLost() {
    TokenBucket bucket({.tokens = 3, .per = 1s, .burst = 3});
    for (int i = 0; i < 3; ++i)
        QVERIFY(bucket.take(SimTime{}, 1));
    // A third of a second is no whole number of nanoseconds: a token is there with the first that follows.
    QVERIFY(!bucket.take(SimTime{333'333'333ns}, 1));
    QVERIFY(bucket.take(SimTime{333'333'334ns}, 1));
    QVERIFY(!bucket.take(SimTime{666'666'666ns}, 1));
    QVERIFY(bucket.take(SimTime{666'666'667ns}, 1));
    QVERIFY(bucket.take(SimTime{1s}, 1)); // exactly: nothing was rounded away
    QVERIFY(!bucket.take(SimTime{1s}, 1));
}

void TestAdmission::aBucketHoldsItsBurstAtMost() {
    TokenBucket bucket({.tokens = 5, .per = 1s, .burst = 10});
    QVERIFY(bucket.take(SimTime{1h}, 10));
    QVERIFY(!bucket.take(SimTime{1h}, 1));
    QVERIFY(!bucket.take(SimTime{2h}, 11));
}

void TestAdmission::aBucketWaitsToTheNanosecond() {
    TokenBucket bucket({.tokens = 7, .per = 1s, .burst = 1});
    QVERIFY(bucket.take(SimTime{}, 1));
    QCOMPARE(bucket.wait(SimTime{}, 1), Duration{142'857'143}); // 1/7 s, rounded up
    QCOMPARE(bucket.wait(SimTime{}, 7), Duration{1s});
    QCOMPARE(bucket.wait(SimTime{1s}, 1), Duration::zero());
}

void TestAdmission::aChangedBucketKeepsWhatItHolds() {
    TokenBucket bucket({.tokens = 1, .per = 1s, .burst = 10});
    QVERIFY(bucket.take(SimTime{}, 4)); // six are left
    bucket.change({.tokens = 2, .per = 1s, .burst = 5}, SimTime{});
    QVERIFY(bucket.take(SimTime{}, 5));
    QVERIFY(!bucket.take(SimTime{499ms}, 1));
    QVERIFY(bucket.take(SimTime{500ms}, 1));
}

// BullMQ's limiter: the window begins with the first that passes, and does not move.
void TestAdmission::aBucketThatFillsAtOnceIsAFixedWindow() {
    TokenBucket bucket({.tokens = 1, .per = 500ms, .burst = 2, .atOnce = true});
    QVERIFY(bucket.take(SimTime{10s}, 1));
    QVERIFY(bucket.take(SimTime{10s + 700ms}, 1));
    QCOMPARE(bucket.wait(SimTime{10s + 700ms}, 1), Duration{300ms});
    QVERIFY(!bucket.take(SimTime{11s - 1ns}, 1));
    QVERIFY(bucket.take(SimTime{11s + 200ms}, 1)); // the next window
    QVERIFY(bucket.take(SimTime{12s}, 1));
    QCOMPARE(bucket.wait(SimTime{12s}, 1), Duration{200ms});
    QVERIFY(bucket.take(SimTime{13s}, 1)); // one of it was not used: that is lost
    QVERIFY(bucket.take(SimTime{13s}, 1));
    QVERIFY(!bucket.take(SimTime{13s}, 1));
    TokenBucket thirds({.tokens = 3, .per = 1s, .burst = 1, .atOnce = true});
    QVERIFY(thirds.take(SimTime{}, 1));
    QCOMPARE(thirds.wait(SimTime{}, 1), Duration{333'333'334}); // rounded up
}

void TestAdmission::whatHasNoTokenIsRefused() {
    BrokerBench bench({limited({.tokens = 1, .per = 1s, .burst = 2, .action = RateAction::drop})});
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.publish("jobs"), Admission::refused);
    bench.runTo(1s);
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.log({refused}), "0 refused 3 jobs rate_limit");
    QVERIFY(bench.ledger().closed());
}

void TestAdmission::aShapedMessageWaitsForItsTokenAndItsProducerDoesNot() {
    BrokerBench bench({limited({.tokens = 10, .per = 1s})});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.ledger().messages.held, std::int64_t{2});
    bench.runTo(1s);
    QCOMPARE(bench.log({throttled, enqueued}),
             "0 enqueued 1 jobs; 0 throttled 2 jobs rate_limit; "
             "0 throttled 3 jobs rate_limit; 100 enqueued 2 jobs; 200 enqueued 3 jobs");
    QVERIFY(bench.admissions().empty());
    QCOMPARE(bench.ledger().messages.routed, std::int64_t{3});
}

void TestAdmission::shapingKeepsTheOrder() {
    BrokerBench bench({limited({.tokens = 10, .per = 1s})});
    bench.publish("jobs");
    bench.publish("jobs");
    bench.runTo(100ms); // a token is there now, but the second takes it
    bench.publish("jobs");
    bench.runTo(150ms);
    bench.publish("jobs");
    bench.runTo(1s);
    QCOMPARE(bench.log({enqueued}), "0 enqueued 1 jobs; 100 enqueued 2 jobs; 200 enqueued 3 jobs; 300 enqueued 4 jobs");
}

void TestAdmission::aBlockedProducerHearsWhenItsTokenHasCome() {
    BrokerBench bench({limited({.tokens = 10, .per = 1s, .action = RateAction::block})});
    bench.publish("jobs");
    QCOMPARE(bench.publish("jobs"), Admission::blocked);
    bench.runTo(99ms);
    QVERIFY(bench.admissions().empty());
    bench.runTo(100ms);
    QCOMPARE(bench.admissions().size(), std::size_t{1});
    QVERIFY(bench.admissions().front() == std::make_pair(std::uint64_t{2}, Admission::accepted));
}

void TestAdmission::aBlockedProducerGivesUpExactlyAtItsTimeout() {
    BrokerBench bench({limited({.tokens = 1, .per = 1s, .action = RateAction::block})});
    bench.publish("jobs");
    bench.publish("jobs", {.timeout = 300ms});
    bench.publish("jobs");
    bench.runTo(5s);
    QCOMPARE(bench.log({refused, enqueued}),
             "0 enqueued 1 jobs; 300 refused 2 jobs publisher_timeout; 1000 enqueued 3 jobs");
}

void TestAdmission::aLineIsNoLongerThanItMayBe() {
    BrokerBench bench({limited({.tokens = 1, .per = 1s, .waitingMax = 1})});
    bench.publish("jobs");
    QCOMPARE(bench.publish("jobs"), Admission::accepted);
    QCOMPARE(bench.publish("jobs"), Admission::refused);
    bench.runTo(10s);
    QCOMPARE(bench.log({refused, enqueued}), "0 enqueued 1 jobs; 0 refused 3 jobs rate_limit; 1000 enqueued 2 jobs");
}

void TestAdmission::bytesCountBySize() {
    BrokerBench bench({limited({.tokens = 1000, .per = 1s, .burst = 500, .bytes = true})});
    bench.publish("jobs", {.size = 400});
    bench.publish("jobs", {.size = 300}); // a hundred are left: two hundred come in 200 ms
    QCOMPARE(bench.publish("jobs", {.size = 501}), Admission::refused); // never
    bench.runTo(10s);
    QCOMPARE(bench.log({refused, enqueued}), "0 enqueued 1 jobs; 0 refused 3 jobs rate_limit; 200 enqueued 2 jobs");
}

void TestAdmission::deliveriesWaitForTheirTokens() {
    BrokerBench bench({paced({.tokens = 10, .per = 1s, .burst = 2})});
    bench.attach("jobs", 0);
    for (int i = 0; i < 4; ++i)
        bench.publish("jobs");
    QCOMPARE(bench.ready("jobs"), std::size_t{2});
    bench.runTo(1s);
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@0; 100 delivered 3#1 jobs@0; "
                                     "200 delivered 4#1 jobs@0");
    QCOMPARE(bench.log({throttled}), "0 throttled 3 jobs rate_limit; 100 throttled 4 jobs rate_limit");
}

void TestAdmission::deliveriesOfAWindowComeTogether() {
    BrokerBench bench({paced({.tokens = 2, .per = 1s, .burst = 2, .refill = Refill::atOnce})});
    bench.attach("jobs", 10);
    for (int i = 0; i < 5; ++i)
        bench.publish("jobs");
    bench.runTo(3s);
    QCOMPARE(bench.log({delivered}),
             "0 delivered 1#1 jobs@0; 0 delivered 2#1 jobs@0; 1000 delivered 3#1 jobs@0; 1000 delivered 4#1 jobs@0; "
             "2000 delivered 5#1 jobs@0");
}

void TestAdmission::deliveriesWithoutATokenAreDropped() {
    ChannelSpec jobs = paced({.tokens = 1, .per = 1s, .action = RateAction::drop});
    jobs.deadLetter = "dead";
    BrokerBench bench({jobs, queue("dead")});
    bench.attach("jobs", 0);
    bench.publish("jobs");
    bench.publish("jobs");
    bench.runTo(1s);
    bench.publish("jobs");
    QCOMPARE(bench.log({delivered, deadLettered}),
             "0 delivered 1#1 jobs@0; 0 deadLettered 2 jobs rate_limit; 1000 delivered 3#1 jobs@0");
    QCOMPARE(bench.ready("dead"), std::size_t{1});
    QVERIFY(bench.ledger().closed());
}

void TestAdmission::aStreamsGroupDeliversAtItsRate() {
    ChannelSpec log = queue("log");
    log.kind = ChannelKind::stream;
    log.partitions = 2;
    log.deliveryRate = RateLimitSpec{.tokens = 10, .per = 1s};
    ServiceSpec reader;
    reader.name = "reader";
    reader.handlers.push_back({.on = "log"});
    BrokerBench bench({log}, {reader});
    bench.attach("reader", 0, true);
    bench.openGroups();
    for (int i = 0; i < 4; ++i) // in turn into both partitions
        bench.publish("log");
    for (Duration at = 0ms; at <= 1s; at += 10ms) {
        bench.runTo(at);
        for (Ordinal message = 1; message <= 4; ++message)
            if (bench.wasDelivered(message))
                bench.settle(message, Settlement::ack);
    }
    QCOMPARE(bench.log({delivered}), "0 delivered 1#1 log/0@0; 100 delivered 3#1 log/0@0; 200 delivered 2#1 log/1@0; "
                                     "300 delivered 4#1 log/1@0");
}

void TestAdmission::aLargerMessageIsRefused() {
    ChannelSpec jobs = queue("jobs");
    jobs.messageSizeMax = Bytes{1000};
    BrokerBench bench({jobs});
    QCOMPARE(bench.publish("jobs", {.size = 1000}), Admission::accepted);
    QCOMPARE(bench.publish("jobs", {.size = 1001}), Admission::unacceptable);
    QCOMPARE(bench.log({refused}), "0 refused 2 jobs message_size");
}

void TestAdmission::aRepeatWithinTheWindowIsPassedOverAndAccepted() {
    BrokerBench bench({remembering({.window = 1s})});
    bench.publish("jobs", {.identity = 100});
    QCOMPARE(bench.publish("jobs", {.identity = 100}), Admission::accepted);
    bench.publish("jobs", {.identity = 101});
    QCOMPARE(bench.log({enqueued, deduplicated}),
             "0 enqueued 1 jobs; 0 deduplicated 2 jobs duplicate; 0 enqueued 3 jobs");
    QCOMPARE(bench.ledger().messages.deduplicated, std::int64_t{1});
    QVERIFY(bench.ledger().closed());
}

// NATS JetStream 2.9: a repeat does not extend the window.
void TestAdmission::theWindowDoesNotSlide() {
    BrokerBench bench({remembering({.window = 1s})});
    for (const Duration at : {0ms, 600ms, 999ms, 1000ms, 1999ms, 2000ms}) {
        bench.runTo(at);
        bench.publish("jobs", {.identity = 100});
    }
    QCOMPARE(bench.log({enqueued}), "0 enqueued 1 jobs; 1000 enqueued 4 jobs; 2000 enqueued 6 jobs");
}

void TestAdmission::aSlidingWindowBeginsAnewWithEachRepeat() {
    BrokerBench bench({remembering({.window = 1s, .sliding = true})});
    for (const Duration at : {0ms, 600ms, 1599ms, 2599ms}) {
        bench.runTo(at);
        bench.publish("jobs", {.identity = 100});
        bench.publish("jobs", {.identity = 200}); // another key goes its own way
    }
    bench.runTo(4s);
    bench.publish("jobs", {.identity = 100});
    QCOMPARE(bench.log({enqueued}),
             "0 enqueued 1 jobs; 0 enqueued 2 jobs; 2599 enqueued 7 jobs; 2599 enqueued 8 jobs; 4000 enqueued 9 jobs");
}

void TestAdmission::aForgottenKeyIsNew() {
    BrokerBench bench({remembering({.window = 1h, .keysMax = 2})});
    for (const std::uint64_t identity : {101, 102, 103, 101, 103})
        bench.publish("jobs", {.identity = identity});
    QCOMPARE(bench.log({deduplicated}), "0 deduplicated 5 jobs duplicate");
}

void TestAdmission::repeatsAreKnownByAPathIntoTheirData() {
    BrokerBench bench({remembering({.key = "data.order", .window = 1s})});
    const auto order = [](const char* name) { return Value(Value::Table{{"order", Value(name)}}); };
    bench.publish("jobs", {.data = order("A")});
    bench.publish("jobs", {.data = order("B")});
    bench.publish("jobs", {.data = order("A")});
    QCOMPARE(bench.log({deduplicated}), "0 deduplicated 3 jobs duplicate");
}

void TestAdmission::aQueueThatKnowsARepeatDropsItWhereOthersTakeIt() {
    ChannelSpec jobs = queue("jobs", {{"in", "#"}});
    jobs.dedup = DedupSpec{.window = 1s};
    BrokerBench bench({topic("in"), jobs, queue("other", {{"in", "#"}})});
    bench.publish("in", {.identity = 100});
    bench.publish("in", {.identity = 100});
    QCOMPARE(bench.log({enqueued, dropped, deduplicated}),
             "0 enqueued 1 jobs; 0 enqueued 1 other; 0 dropped 2 jobs duplicate; 0 enqueued 2 other");
    QVERIFY(bench.ledger().closed());
}

void TestAdmission::aMessageThatWasRefusedHasNotBeenHere() {
    ChannelSpec jobs = remembering({.window = 1h});
    jobs.capacity = 1;
    BrokerBench bench({jobs});
    bench.publish("jobs");
    QCOMPARE(bench.publish("jobs", {.identity = 100}), Admission::refused);
    bench.attach("jobs", 0);
    QCOMPARE(bench.publish("jobs", {.identity = 100}), Admission::accepted);
    QCOMPARE(bench.log({enqueued, deduplicated}), "0 enqueued 1 jobs; 0 enqueued 3 jobs");
}

// Kafka: what is not above the last number has been here, a gap is out of order and not let in.
void TestAdmission::anIdempotentProducersNumbersComeInOrderAndOnce() {
    BrokerBench bench({queue("jobs"), queue("others")});
    bench.publish("jobs", {.producer = 1, .sequence = 1});
    bench.publish("jobs", {.producer = 1, .sequence = 2});
    QCOMPARE(bench.publish("jobs", {.producer = 1, .sequence = 2}), Admission::accepted);
    QCOMPARE(bench.publish("jobs", {.producer = 1, .sequence = 4}), Admission::refused);
    bench.publish("jobs", {.producer = 1, .sequence = 3});
    bench.publish("jobs", {.producer = 2, .sequence = 1});
    bench.publish("others", {.producer = 1, .sequence = 1});
    QCOMPARE(bench.log({enqueued, deduplicated, refused}),
             "0 enqueued 1 jobs; 0 enqueued 2 jobs; 0 deduplicated 3 jobs sequence; 0 refused 4 jobs sequence; "
             "0 enqueued 5 jobs; 0 enqueued 6 jobs; 0 enqueued 7 others");
}

void TestAdmission::theShorterTimeToLiveCounts() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttl = 50ms;
    BrokerBench bench({jobs});
    bench.publish("jobs", {.ttl = 20ms});
    bench.publish("jobs", {.ttl = 80ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({expired}), "20 expired 1 jobs expired; 50 expired 2 jobs expired");
}

void TestAdmission::theMessagesOwnTimeToLiveCounts() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttl = 50ms;
    jobs.ttlRule = TtlRule::message;
    BrokerBench bench({jobs});
    bench.publish("jobs", {.ttl = 20ms});
    bench.publish("jobs");
    bench.publish("jobs", {.ttl = 80ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({expired}), "20 expired 1 jobs expired; 50 expired 2 jobs expired; 80 expired 3 jobs expired");
}

void TestAdmission::theQueuesTimeToLiveCountsAlone() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttl = 50ms;
    jobs.ttlRule = TtlRule::channel;
    BrokerBench bench({jobs});
    bench.publish("jobs", {.ttl = 20ms});
    bench.publish("jobs", {.ttl = 80ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({expired}), "50 expired 1 jobs expired; 50 expired 2 jobs expired");
}

void TestAdmission::aTimeToLiveFromThePublishEndsADelay() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlFrom = TtlFrom::published;
    BrokerBench bench({jobs});
    bench.attach("jobs", 1);
    bench.publish("jobs", {.ttl = 30ms, .delay = 100ms});
    bench.publish("jobs", {.ttl = 100ms, .delay = 100ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({expired, released}), "30 expired 1 jobs expired; 100 expired 2 jobs expired");
    QCOMPARE(bench.ledger().copies.delayed, std::int64_t{0});
    QVERIFY(bench.ledger().closed());
}

void TestAdmission::aDelayThatATimeToLiveEndsMakesRoom() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlFrom = TtlFrom::published;
    jobs.capacity = 1;
    jobs.capacityCounts = CapacityCounts::unsettled;
    jobs.overflow = Overflow::block;
    BrokerBench bench({jobs});
    bench.publish("jobs", {.ttl = 30ms, .delay = 100ms});
    QCOMPARE(bench.publish("jobs"), Admission::blocked);
    bench.runTo(1s);
    QCOMPARE(bench.log({expired, unblocked, enqueued}).section("; ", 1),
             "30 expired 1 jobs expired; 30 unblocked 2 jobs; 30 enqueued 2 jobs");
}

// A half message's time to live may count from its publish, and be over when it is committed.
void TestAdmission::whatIsOverBeforeItComesIsNotDelivered() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlFrom = TtlFrom::published;
    BrokerBench bench({jobs});
    bench.attach("jobs", 2);
    const HalfTag late = bench.prepare("jobs", {.ttl = 20ms});
    const HalfTag inTime = bench.prepare("jobs", {.ttl = 60ms});
    bench.runTo(50ms);
    bench.finishHalf(late, Broker::HalfEnd::commit);
    bench.finishHalf(inTime, Broker::HalfEnd::commit);
    QCOMPARE(bench.log({delivered, expired}), "50 expired 1 jobs expired; 50 delivered 2#1 jobs@0");
}

void TestAdmission::aTimeToLiveThatIsLongerThanTheDelayGoesOnAfterIt() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlFrom = TtlFrom::published;
    BrokerBench bench({jobs});
    bench.publish("jobs", {.ttl = 150ms, .delay = 100ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({expired, released}), "100 released 1 jobs; 150 expired 1 jobs expired");
    // Counted from its being ready, as RabbitMQ does, it has its whole time then.
    BrokerBench other({queue("jobs")});
    other.publish("jobs", {.ttl = 150ms, .delay = 100ms});
    other.runTo(1s);
    QCOMPARE(other.log({expired, released}), "100 released 1 jobs; 250 expired 1 jobs expired");
}

void TestAdmission::anExpiryAnywhereDoesNotWaitForTheHead() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlActs = TtlActs::anywhere;
    BrokerBench bench({jobs});
    bench.publish("jobs");
    bench.publish("jobs", {.ttl = 80ms});
    bench.publish("jobs", {.ttl = 20ms});
    bench.runTo(1s);
    QCOMPARE(bench.log({expired}), "20 expired 3 jobs expired; 80 expired 2 jobs expired");
    QCOMPARE(bench.ready("jobs"), std::size_t{1});
}

void TestAdmission::aRequeuedCopyExpiresAnywhereToo() {
    ChannelSpec jobs = queue("jobs");
    jobs.ttlActs = TtlActs::anywhere;
    BrokerBench bench({jobs});
    const ConsumerId consumer = bench.attach("jobs", 2);
    bench.publish("jobs");
    bench.publish("jobs", {.ttl = 20ms});
    bench.runTo(50ms); // over, but unacked copies do not expire
    QCOMPARE(bench.log({expired}), "");
    bench.disconnect(consumer);
    bench.runTo(60ms);
    QCOMPARE(bench.log({expired}), "50 expired 2#1 jobs expired");
    QVERIFY(bench.ledger().closed());
}

void TestAdmission::aHalfMessageIsInvisibleUntilItsCommit() {
    BrokerBench bench({queue("jobs")});
    bench.attach("jobs", 1);
    const HalfTag half = bench.prepare("jobs");
    bench.publish("jobs");
    bench.runTo(5s);
    QCOMPARE(bench.ledger().messages.held, std::int64_t{1});
    QVERIFY(bench.settle(2, Settlement::ack));
    QVERIFY(bench.finishHalf(half, Broker::HalfEnd::commit));
    QCOMPARE(bench.log({delivered, checkedBack}), "0 delivered 2#1 jobs@0; 5000 delivered 1#1 jobs@0");
    QCOMPARE(bench.ledger().messages.held, std::int64_t{0});
}

void TestAdmission::aRolledBackMessageLeavesNothing() {
    BrokerBench bench({queue("jobs")});
    const HalfTag half = bench.prepare("jobs");
    QVERIFY(bench.finishHalf(half, Broker::HalfEnd::rollback));
    bench.runTo(1h);
    QCOMPARE(bench.log({refused, checkedBack, enqueued}), "0 refused 1 jobs rolled_back");
    QCOMPARE(bench.broker().messagesHeld(), std::size_t{0});
    QVERIFY(bench.ledger().closed());
}

// RocketMQ: after the transaction timeout, then at the check interval, so many times.
void TestAdmission::theBrokerAsksAtItsIntervalsAndThenGivesUp() {
    ChannelSpec jobs = queue("jobs");
    jobs.checkBack = {.after = 6s, .every = 30s, .max = 3};
    BrokerBench bench({jobs});
    const HalfTag half = bench.prepare("jobs");
    bench.runTo(1h);
    QCOMPARE(bench.log({checkedBack, refused}), "6000 checkedBack 1 jobs; 36000 checkedBack 1 jobs; "
                                                "66000 checkedBack 1 jobs; 96000 refused 1 jobs check_limit");
    QVERIFY(!bench.finishHalf(half, Broker::HalfEnd::commit));
    QVERIFY(bench.ledger().closed());
}

// RocketMQ: each transactionCheckInterval for those that have reached the transaction timeout by then.
void TestAdmission::aBrokerThatScansAsksAboutAllThatAreOldEnough() {
    ChannelSpec jobs = queue("jobs");
    jobs.checkBack = {.after = 6s, .every = 60s, .scans = true, .max = 2};
    BrokerBench bench({jobs});
    bench.runTo(10s);
    bench.prepare("jobs");
    bench.runTo(54s);
    bench.prepare("jobs"); // 6 s old at the first look
    bench.runTo(55s);
    bench.prepare("jobs");
    bench.runTo(1h);
    QCOMPARE(
        bench.log({checkedBack, refused}),
        "60000 checkedBack 1 jobs; 60000 checkedBack 2 jobs; 120000 checkedBack 3 jobs; 120000 checkedBack 1 jobs; "
        "120000 checkedBack 2 jobs; 180000 checkedBack 3 jobs; 180000 refused 1 jobs check_limit; "
        "180000 refused 2 jobs check_limit; 240000 refused 3 jobs check_limit");
    QVERIFY(bench.ledger().closed());
}

void TestAdmission::aDecidedHalfMessageIsDecidedOnce() {
    BrokerBench bench({queue("jobs")});
    const HalfTag first = bench.prepare("jobs");
    QVERIFY(bench.finishHalf(first, Broker::HalfEnd::commit));
    const HalfTag second = bench.prepare("jobs"); // in the place of the first
    QVERIFY(!bench.finishHalf(first, Broker::HalfEnd::rollback));
    QVERIFY(bench.finishHalf(second, Broker::HalfEnd::commit));
    QCOMPARE(bench.log({enqueued}), "0 enqueued 1 jobs; 0 enqueued 2 jobs");
}

QTEST_APPLESS_MAIN(TestAdmission)
#include "tst_admission.moc"

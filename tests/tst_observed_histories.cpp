// Orders that random histories on the real systems have shown: RabbitMQ 3.10.8, nats-server 2.9.10, BullMQ 5. Each was
// found by comparing what the simulated broker does with what the real one did.
#include "core/scenario/load.h"
#include "tests/support/broker_bench.h"

#include <QTest>

using namespace weir;

namespace {

ChannelSpec classic(const std::string& name = "q") {
    ChannelSpec channel;
    channel.name = name;
    return channel;
}

ChannelSpec quorum(const std::string& name = "q") {
    ChannelSpec channel = classic(name);
    channel.requeueTo = RequeueTo::returnedIfLimited;
    channel.order = ConsumerOrder::longestWaiting;
    return channel;
}

RetrySpec limit(std::int64_t retries) {
    return {.max = retries, .backoff = Backoff::none, .returnTo = RequeueTo::returnedIfLimited};
}

// A queue "q" as the profile has it.
ChannelSpec queueOf(const std::string& profile, const std::string& queue) {
    const auto scenario = loadScenario(R"({"weir": "1", "profile": ")" + profile + R"(", "channels": {"q": )" + queue +
                                       R"(}, "services": {"s": {"handlers": [{"on": "q"}]}}})");
    if (!scenario.ok())
        qFatal("%s", scenario.error().front().text().c_str());
    return scenario->channels.front();
}

// "1@0 2@1": message and consumer, in the order of delivery.
QString delivered(const BrokerBench& bench) {
    QStringList list;
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        list << QStringLiteral("%1@%2").arg(delivery.message).arg(delivery.consumer.value);
    return list.join(QLatin1Char(' '));
}

QString messages(const BrokerBench& bench) {
    QStringList list;
    for (const BrokerBench::Delivery& delivery : bench.deliveries())
        list << QString::number(delivery.message);
    return list.join(QLatin1Char(' '));
}

void publish(BrokerBench& bench, int count) {
    for (int i = 0; i < count; ++i)
        bench.publish("q");
}

} // namespace

class TestObservedHistories : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void whereDeliveriesAreLimitedWhatIsHandedBackComesFirst();
    void withoutALimitItGoesToTheTail();
    void whatLostConnectionsGiveBackKeepsTheOrderOfTheLosses();
    void aFullConsumerKeepsItsTurn();
    void aFullConsumerThatWasPassedOverHasLostIt();
    void inAQuorumQueueAFullConsumerQueuesUpAgain();
    void consumersOfOnePriorityKeepTheirTurnsToo();
    void eachDeathTurnsTheHistoryRound();
    void aRejectionOnTheWayIsFoundInTheHistoryThatHasBeenTurnedRound();
    void aCycleThatTakesNoTimeEndsThoughThereWasARejection();
    void aFullQuorumQueueDeliversBeforeItDrops();
    void whatALostConnectionGivesBackIsThereBeforeAClassicQueueDrops();
    void whatComesToTheHeadOfAFullQuorumQueueExpiresAtOnce();
    void whatIsRefusedTogetherDiesByItsPriority();
    void whatOnePublishPushesOutOfAQuorumQueueDiesInReverse();
    void whatALossPushesOutOfAQuorumQueueGoesOnBeforeWhatElseItEnds();
    void whatDiesOfHavingComeIsSentOnBehindAllThatDiedWithIt();
    void aCascadeOfDeadLettersGoesStepByStep();
    void aLineOfTheNewestKeepsWhatHasAPriorityInOrder();
    void inALineOfTheNewestWhatWaitedComesInAtTheOtherEnd();
    void inALineOfTheNewestWhatReturnsComesBeforeTheNewest();
    void eachFilterIsSentWhatWasRetained();
    void theHighestPriorityFollowsTheActiveOne();
    void inAQuorumQueueWhoHasWaitedLongestFollowsTheActiveOne();
    void aDeliveryLimitDoesNotKeepACycleGoing();
    void tooManyBytesAreRefusedThoughAConsumerHasRoom();
    void whatOvertookByItsPriorityIsNotLookedAtForItsTime();
    void whereTimeActsAnywhereItActsOnWhatOvertookToo();
    void whatOvertookTakesATokenThoughItsTimeIsOver();
    void whatJetStreamDeliversAgainFormsALineOfItsOwn();
    void jetStreamsLimitCountsWhatIsInHand();
    void jetStreamsLimitDropsTheOldestOutOfAHand();
    void theOldestOfAllGoesWhereverItWaits();
    void whatComesBackByItsOwnDeathFindsItsPlaceFree();
    void whatALostClientOfJetStreamHadWaitsForItsAckWait();
    void whoIsBackInRedisReadsWhatItHadAgain();
    void anUnrecoverableErrorLeavesTheJobAmongTheFailed();
    void whoSubscribesToAnExistingSessionIsSentWhatIsRetained();
    void aPolicyInTheFileKeepsTheProfilesPlace_data();
    void aPolicyInTheFileKeepsTheProfilesPlace();
    void retriesThatAreOnlyCountedAreSpacedAsTheProfiles_data();
    void retriesThatAreOnlyCountedAreSpacedAsTheProfiles();
    void retriesThatAreNotCountedAreAsManyAsTheProfiles_data();
    void retriesThatAreNotCountedAreAsManyAsTheProfiles();
};

void TestObservedHistories::whereDeliveriesAreLimitedWhatIsHandedBackComesFirst() {
    ChannelSpec q = quorum();
    q.retry = limit(3);
    BrokerBench bench({q});
    bench.attach("q");
    publish(bench, 3);
    bench.settle(1, Settlement::requeue);
    bench.settle(1, Settlement::retry); // the same by the retry policy
    QCOMPARE(messages(bench), QStringLiteral("1 1 1"));
}

void TestObservedHistories::withoutALimitItGoesToTheTail() {
    BrokerBench bench({quorum()});
    bench.attach("q");
    publish(bench, 3);
    bench.settle(1, Settlement::requeue);
    for (const Ordinal message : {2, 3, 1})
        bench.settle(message, Settlement::ack);
    QCOMPARE(messages(bench), QStringLiteral("1 2 3 1"));
}

void TestObservedHistories::whatLostConnectionsGiveBackKeepsTheOrderOfTheLosses() {
    BrokerBench bench({quorum()});
    const ConsumerId first = bench.attach("q");
    const ConsumerId second = bench.attach("q");
    publish(bench, 3);
    bench.disconnect(second);
    bench.disconnect(first);
    bench.attach("q", 3);
    QCOMPARE(messages(bench), QStringLiteral("1 2 2 1 3"));
}

void TestObservedHistories::aFullConsumerKeepsItsTurn() {
    BrokerBench bench({classic()});
    bench.attach("q");
    bench.attach("q");
    publish(bench, 2);
    bench.settle(2, Settlement::ack);
    bench.settle(1, Settlement::ack);
    publish(bench, 2);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@1 3@0 4@1"));
}

void TestObservedHistories::aFullConsumerThatWasPassedOverHasLostIt() {
    BrokerBench bench({classic()});
    bench.attach("q");
    bench.attach("q");
    publish(bench, 2);
    bench.settle(2, Settlement::ack);
    publish(bench, 1); // it was the first one's turn
    bench.settle(3, Settlement::ack);
    bench.settle(1, Settlement::ack);
    publish(bench, 2);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@1 3@1 4@1 5@0"));
}

void TestObservedHistories::inAQuorumQueueAFullConsumerQueuesUpAgain() {
    BrokerBench bench({quorum()});
    bench.attach("q");
    bench.attach("q");
    publish(bench, 2);
    bench.settle(2, Settlement::ack);
    bench.settle(1, Settlement::ack);
    publish(bench, 2);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@1 3@1 4@0"));
}

void TestObservedHistories::consumersOfOnePriorityKeepTheirTurnsToo() {
    BrokerBench bench({classic()});
    bench.attach("q", BenchConsumer{.priority = 1});
    bench.attach("q", BenchConsumer{.priority = 1});
    bench.attach("q"); // so that turns are not plain
    publish(bench, 2);
    for (const Ordinal message : {2, 1})
        bench.settle(message, Settlement::ack);
    publish(bench, 3); // the third one passes both over
    for (const Ordinal message : {4, 3})
        bench.settle(message, Settlement::ack);
    publish(bench, 2);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@1 3@0 4@1 5@2 6@1 7@0"));
}

void TestObservedHistories::eachDeathTurnsTheHistoryRound() {
    std::vector<ChannelSpec> round;
    for (const auto& [name, next] :
         {std::pair("a", "b"), std::pair("b", "c"), std::pair("c", "d"), std::pair("d", "a")})
        round.emplace_back(classic(name)).deadLetter = next;
    BrokerBench bench(round);
    for (const char* const name : {"a", "b", "c", "d"})
        bench.attach(name);
    bench.publish("a");
    QStringList histories;
    for (int i = 0; i < 6; ++i) {
        bench.settle(1, Settlement::reject);
        histories << bench.deaths(1).remove(QStringLiteral(" rejected"));
    }
    QCOMPARE(histories[0], QStringLiteral("a x1"));
    QCOMPARE(histories[1], QStringLiteral("b x1 < a x1"));
    QCOMPARE(histories[2], QStringLiteral("c x1 < a x1 < b x1"));
    QCOMPARE(histories[3], QStringLiteral("d x1 < b x1 < a x1 < c x1"));
    QCOMPARE(histories[4], QStringLiteral("a x2 < c x1 < b x1 < d x1"));
    QCOMPARE(histories[5], QStringLiteral("b x2 < d x1 < c x1 < a x2"));
}

void TestObservedHistories::aRejectionOnTheWayIsFoundInTheHistoryThatHasBeenTurnedRound() {
    ChannelSpec q = classic();
    q.ttl = 1s;
    q.deadLetter = "dead";
    ChannelSpec dead = classic("dead");
    dead.ttl = 2s;
    dead.deadLetter = "q";
    BrokerBench bench({q, dead});
    const ConsumerId reader = bench.attach("q");
    publish(bench, 1);
    bench.settle(1, Settlement::reject);
    bench.disconnect(reader);
    bench.runTo(2s); // dead expired
    QCOMPARE(bench.ready("q"), std::size_t{1});
    bench.runTo(3s); // q expired
    QCOMPARE(bench.ready("dead"), std::size_t{1});
    bench.runTo(5s); // the history is: q expired, q rejected, dead expired
    QCOMPARE(bench.ready("q"), std::size_t{1});
    bench.attach("q");
    QCOMPARE(bench.deliveries().back().deaths, QStringLiteral("dead expired x2 < q rejected x1 < q expired x1"));
}

// Where RabbitMQ would be busy with it for ever.
void TestObservedHistories::aCycleThatTakesNoTimeEndsThoughThereWasARejection() {
    ChannelSpec q = classic();
    q.ttl = 0s;
    q.deadLetter = "dead";
    ChannelSpec dead = classic("dead");
    dead.ttl = 0s;
    dead.deadLetter = "q";
    BrokerBench bench({q, dead});
    const ConsumerId reader = bench.attach("q");
    publish(bench, 1);
    bench.retire(reader);
    bench.settle(1, Settlement::reject);
    QCOMPARE(bench.ready("q") + bench.ready("dead"), std::size_t{0});
    QCOMPARE(bench.log({RecordKind::expired}).count(QStringLiteral("cycle")), 1);
}

void TestObservedHistories::aFullQuorumQueueDeliversBeforeItDrops() {
    ChannelSpec q = quorum();
    q.capacity = 3;
    q.overflow = Overflow::dropOldest;
    BrokerBench bench({q});
    bench.attach("q");
    publish(bench, 4);
    bench.settle(1, Settlement::requeue);
    QCOMPARE(messages(bench), QStringLiteral("1 2"));
    QCOMPARE(bench.ready("q"), std::size_t{3});
    QCOMPARE(bench.log({RecordKind::dropped}), QString());
}

// One after the other, 2 would have gone before 1 was there.
void TestObservedHistories::whatALostConnectionGivesBackIsThereBeforeAClassicQueueDrops() {
    ChannelSpec q = classic();
    q.capacity = 1;
    q.overflow = Overflow::dropOldest;
    q.deadLetter = "dead";
    BrokerBench bench({q, classic("dead")});
    const ConsumerId lost = bench.attach("q", 10);
    publish(bench, 3);
    bench.settle(1, Settlement::requeue); // delivered last, and oldest
    bench.disconnect(lost);
    bench.attach("dead", 10);
    QCOMPARE(messages(bench), QStringLiteral("1 2 3 1 1 2"));
}

void TestObservedHistories::whatComesToTheHeadOfAFullQuorumQueueExpiresAtOnce() {
    ChannelSpec q = quorum();
    q.capacity = 2;
    q.overflow = Overflow::dropOldest;
    BrokerBench bench({q});
    const ConsumerId lost = bench.attach("q", 10);
    publish(bench, 1);
    bench.publish("q", {.ttl = 1s});
    bench.publish("q", {.ttl = 5s});
    bench.runTo(2s);
    bench.disconnect(lost);
    QCOMPARE(bench.ready("q"), std::size_t{1}); // 1 was too much, 2 is over
    bench.runTo(5s);
    QCOMPARE(bench.ready("q"), std::size_t{0});
}

void TestObservedHistories::whatIsRefusedTogetherDiesByItsPriority() {
    ChannelSpec q = classic();
    q.priorities = 5;
    q.deadLetter = "dead";
    BrokerBench bench({q, classic("dead")});
    bench.attach("q", 10);
    for (const std::uint8_t priority : {0, 2, 0, 5, 2})
        bench.publish("q", {.priority = priority});
    bench.settleThrough(5, Settlement::reject);
    bench.attach("dead", 10);
    QCOMPARE(messages(bench), QStringLiteral("1 2 3 4 5 4 2 5 1 3"));
}

void TestObservedHistories::whatOnePublishPushesOutOfAQuorumQueueDiesInReverse() {
    for (const bool reversed : {true, false}) {
        ChannelSpec q = reversed ? quorum() : classic();
        q.capacityBytes = Bytes{6};
        q.overflow = Overflow::dropOldest;
        q.deadLetter = "dead";
        BrokerBench bench({q, classic("dead")});
        for (const std::int64_t size : {2, 2, 2, 6})
            bench.publish("q", {.size = size});
        bench.attach("dead", 3);
        QCOMPARE(messages(bench), reversed ? QStringLiteral("3 2 1") : QStringLiteral("1 2 3"));
    }
}

// 1 and 2 have been delivered too often, the time of 3 and 4 is over, and without them there is one too many.
void TestObservedHistories::whatALossPushesOutOfAQuorumQueueGoesOnBeforeWhatElseItEnds() {
    ChannelSpec q = quorum();
    q.retry = limit(1);
    q.capacity = 4;
    q.overflow = Overflow::dropOldest;
    q.deadLetter = "dead";
    BrokerBench bench({q, classic("dead")});
    publish(bench, 2);
    bench.disconnect(bench.attach("q", 20));
    const ConsumerId lost = bench.attach("q", 6);
    bench.publish("q", {.ttl = 1s});
    bench.publish("q", {.ttl = 1s});
    publish(bench, 5);
    bench.runTo(1500ms);
    bench.disconnect(lost);
    bench.attach("dead", 10);
    QCOMPARE(messages(bench), QStringLiteral("1 2 1 2 3 4 5 6 5 1 2 3 4"));
    QCOMPARE(bench.ready("q"), std::size_t{4});
    QVERIFY(bench.ledger().closed());
}

void TestObservedHistories::whatDiesOfHavingComeIsSentOnBehindAllThatDiedWithIt() {
    for (const bool ofQuorumQueues : {true, false}) {
        const auto queue = [&](const char* name) { return ofQuorumQueues ? quorum(name) : classic(name); };
        ChannelSpec q = queue("q");
        q.deadLetter = "all";
        ChannelSpec all = classic("all");
        all.kind = ChannelKind::exchange;
        all.exchangeType = ExchangeType::fanout;
        ChannelSpec full = queue("full");
        full.capacity = 0;
        full.overflow = Overflow::dropOldest;
        full.deadLetter = "end";
        full.bindings = {{"all", ""}};
        ChannelSpec end = queue("end");
        end.bindings = {{"all", ""}};
        BrokerBench bench({q, all, full, end});
        bench.attach("q", 10);
        publish(bench, 3);
        bench.settleThrough(3, Settlement::reject);
        bench.attach("end", 10);
        QCOMPARE(messages(bench), QStringLiteral("1 2 3 1 2 3 1 2 3"));
        QCOMPARE(bench.deaths(3), QStringLiteral("full maxlen x1 < q rejected x1"));
        QVERIFY(bench.ledger().closed());
    }
}

// By two queues without time at all, and by one.
void TestObservedHistories::aCascadeOfDeadLettersGoesStepByStep() {
    ChannelSpec all = classic("all");
    all.kind = ChannelKind::exchange;
    all.exchangeType = ExchangeType::fanout;
    const auto hasty = [](const char* name, const char* to) {
        ChannelSpec queue = classic(name);
        queue.ttl = Duration::zero();
        queue.deadLetter = to;
        return queue;
    };
    ChannelSpec far = hasty("far", "farther"), farther = hasty("farther", "end"), near = hasty("near", "end");
    far.bindings = near.bindings = {{"all", ""}};
    ChannelSpec q = classic();
    q.deadLetter = "all";
    BrokerBench bench({q, all, far, farther, near, classic("end")});
    bench.attach("q");
    publish(bench, 1);
    bench.settle(1, Settlement::reject);
    QCOMPARE(bench.log({RecordKind::deadLettered, RecordKind::enqueued}).section("; ", 1),
             QStringLiteral("0 deadLettered 1#1 q@0 rejected; "
                            "0 enqueued 1 far; 0 deadLettered 1 far expired; 0 enqueued 1 near; "
                            "0 deadLettered 1 near expired; 0 enqueued 1 farther; 0 deadLettered 1 farther expired; "
                            "0 enqueued 1 end; 0 enqueued 1 end"));
    QVERIFY(bench.ledger().closed());
}

// BullMQ: addPrioritizedJob knows no lifo.
void TestObservedHistories::aLineOfTheNewestKeepsWhatHasAPriorityInOrder() {
    ChannelSpec q = classic();
    q.line = Line::lifo;
    q.priorities = 10;
    BrokerBench bench({q});
    for (const std::uint8_t priority : {3, 3, 0, 0})
        bench.publish("q", {.priority = priority});
    bench.attach("q", 4);
    QCOMPARE(messages(bench), QStringLiteral("1 2 4 3"));
}

void TestObservedHistories::inALineOfTheNewestWhatWaitedComesInAtTheOtherEnd() {
    ChannelSpec q = classic();
    q.line = Line::lifo;
    q.retry = RetrySpec{.max = 3, .backoff = Backoff::fixed, .first = 400ms};
    BrokerBench bench({q});
    bench.attach("q");
    publish(bench, 2);
    bench.publish("q", {.delay = 300ms});
    publish(bench, 1);
    bench.settle(1, Settlement::retry);
    bench.runTo(1200ms);
    for (const Ordinal message : {4, 2, 3, 1})
        bench.settle(message, Settlement::ack);
    QCOMPARE(messages(bench), QStringLiteral("1 4 2 3 1"));
}

// No system has both, but a scenario may; "returned" says the same there as anywhere.
void TestObservedHistories::inALineOfTheNewestWhatReturnsComesBeforeTheNewest() {
    ChannelSpec q = classic();
    q.line = Line::lifo;
    q.requeueTo = RequeueTo::returned;
    q.retry = RetrySpec{.max = 3, .backoff = Backoff::fixed, .first = 400ms, .returnTo = RequeueTo::returned};
    BrokerBench bench({q});
    const ConsumerId reader = bench.attach("q", 2);
    publish(bench, 4); // 1 and 2 are in hand
    bench.allow(reader, 1);
    bench.settle(1, Settlement::retry);
    bench.runTo(1s);
    bench.settle(2, Settlement::requeue);
    for (const Ordinal message : {1, 2, 4, 3})
        bench.settle(message, Settlement::ack);
    QCOMPARE(messages(bench), QStringLiteral("1 2 1 2 4 3"));
}

void TestObservedHistories::eachFilterIsSentWhatWasRetained() {
    ChannelSpec in = classic("in");
    in.kind = ChannelKind::exchange;
    in.exchangeType = ExchangeType::topic;
    in.dialect = DialectKind::mqtt;
    ChannelSpec q = classic();
    q.bindings = {{.to = "in", .pattern = "t"}, {.to = "in", .pattern = "#"}, {.to = "in", .pattern = "other"}};
    BrokerBench bench({in, q});
    const ConsumerId client = bench.attach("q", 10);
    bench.publish("in", {.routingKey = "t", .retain = true});
    bench.settle(1, Settlement::ack);
    bench.disconnect(client);
    bench.resume(client);
    QCOMPARE(messages(bench), QStringLiteral("1 1 1")); // one when it was published, one a filter now
}

void TestObservedHistories::theHighestPriorityFollowsTheActiveOne() {
    ChannelSpec q = classic();
    q.dispatch = DispatchMode::singleActive;
    BrokerBench bench({q});
    const ConsumerId active = bench.attach("q", 2);
    bench.attach("q", BenchConsumer{.prefetch = 2, .priority = 5});
    bench.attach("q", BenchConsumer{.prefetch = 2, .priority = 9});
    publish(bench, 2);
    bench.disconnect(active);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@0 1@2 2@2"));
    bench.resume(active); // nobody takes it back
    bench.settle(1, Settlement::ack);
    publish(bench, 1);
    QCOMPARE(bench.deliveries().back().consumer.value, 2u);
}

void TestObservedHistories::inAQuorumQueueWhoHasWaitedLongestFollowsTheActiveOne() {
    ChannelSpec q = quorum();
    q.dispatch = DispatchMode::singleActive;
    BrokerBench bench({q});
    const ConsumerId active = bench.attach("q", 2);
    bench.attach("q", BenchConsumer{.prefetch = 2, .priority = 5});
    bench.attach("q", BenchConsumer{.prefetch = 2, .priority = 9});
    publish(bench, 2);
    bench.disconnect(active);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@0 1@1 2@1"));
}

void TestObservedHistories::aDeliveryLimitDoesNotKeepACycleGoing() {
    ChannelSpec q = quorum();
    q.retry = limit(1);
    q.deadLetter = "dead";
    ChannelSpec dead = quorum("dead");
    dead.ttl = 600ms;
    dead.deadLetter = "q";
    BrokerBench bench({q, dead});
    bench.attach("q");
    publish(bench, 1);
    bench.settle(1, Settlement::requeue);
    bench.settle(1, Settlement::requeue);
    QCOMPARE(bench.ready("dead"), std::size_t{1});
    bench.runTo(1500ms);
    QCOMPARE(bench.deliveries().size(), std::size_t{2});
    QCOMPARE(bench.ready("dead") + bench.ready("q"), std::size_t{0});
}

void TestObservedHistories::tooManyBytesAreRefusedThoughAConsumerHasRoom() {
    ChannelSpec q = classic();
    q.capacityBytes = Bytes{4};
    q.overflow = Overflow::reject;
    BrokerBench bench({q});
    bench.attach("q", 5);
    QCOMPARE(bench.publish("q", {.size = 2}), Admission::accepted);
    QCOMPARE(bench.publish("q", {.size = 6}), Admission::refused);
    QCOMPARE(bench.publish("q", {.size = 4}), Admission::accepted);
}

void TestObservedHistories::whatOvertookByItsPriorityIsNotLookedAtForItsTime() {
    ChannelSpec q = classic();
    q.priorities = 5;
    q.deadLetter = "dead";
    BrokerBench bench({q, classic("dead")});
    bench.publish("q", {.priority = 1});
    bench.publish("q", {.ttl = 300ms, .priority = 5});
    bench.runTo(1200ms);
    QCOMPARE(bench.ready("q"), std::size_t{2});
    bench.attach("q", 2);
    QCOMPARE(messages(bench), QStringLiteral("2 1")); // over its time, and yet delivered
}

void TestObservedHistories::whereTimeActsAnywhereItActsOnWhatOvertookToo() {
    ChannelSpec q = classic();
    q.priorities = 5;
    q.ttlActs = TtlActs::anywhere;
    BrokerBench bench({q});
    bench.publish("q", {.priority = 1});
    bench.publish("q", {.ttl = 300ms, .priority = 5});
    bench.runTo(300ms);
    bench.attach("q", 2);
    QCOMPARE(messages(bench), QStringLiteral("1"));
}

void TestObservedHistories::whatOvertookTakesATokenThoughItsTimeIsOver() {
    ChannelSpec q = classic();
    q.priorities = 5;
    q.deliveryRate = RateLimitSpec{.tokens = 1, .per = 1s, .burst = 1};
    BrokerBench bench({q});
    bench.publish("q", {.priority = 1});
    bench.publish("q", {.ttl = 300ms, .priority = 5});
    bench.runTo(1200ms);
    bench.attach("q", 2);
    QCOMPARE(messages(bench), QStringLiteral("2"));
    bench.runTo(2200ms);
    QCOMPARE(messages(bench), QStringLiteral("2 1"));
}

void TestObservedHistories::whatJetStreamDeliversAgainFormsALineOfItsOwn() {
    ChannelSpec q = classic();
    q.order = ConsumerOrder::longestWaiting;
    q.ackTimeout = 2s;
    q.retry = RetrySpec{
        .max = std::nullopt, .backoff = Backoff::none, .afterLast = AfterLast::stay, .returnTo = RequeueTo::returned};
    BrokerBench bench({q});
    const ConsumerId reader = bench.attach("q", 3);
    publish(bench, 4);
    bench.allow(reader, 1);
    bench.settle(3, Settlement::retry);
    bench.settle(1, Settlement::retry);
    bench.allow(reader, 4);
    QCOMPARE(messages(bench), QStringLiteral("1 2 3 3 1 4"));
}

void TestObservedHistories::jetStreamsLimitCountsWhatIsInHand() {
    const auto counts = [](const char* queue) { return queueOf("nats-jetstream", queue).capacityCounts; };
    QVERIFY(counts(R"({"kind": "queue", "capacity": 3, "overflow": "reject"})") == CapacityCounts::unsettled);
    QVERIFY(counts(R"({"kind": "queue", "capacity": 3, "capacityCounts": "ready", "overflow": "reject"})") ==
            CapacityCounts::ready);
    counts(R"({"kind": "queue"})"); // nothing to count, and no mistake
}

// A work queue of three with discard old: publish 1 to 3, pull 1, publish 4. 1 is gone, and its nak brings nothing.
void TestObservedHistories::jetStreamsLimitDropsTheOldestOutOfAHand() {
    BrokerBench bench({queueOf("nats-jetstream", R"({"kind": "queue", "capacity": 3, "overflow": "dropOldest"})")});
    const ConsumerId reader = bench.attach("q", 1);
    publish(bench, 3);
    bench.retire(reader);
    publish(bench, 1);
    QVERIFY(!bench.settle(1, Settlement::retry));
    bench.attach("q", 5);
    QCOMPARE(messages(bench), QStringLiteral("1 2 3 4"));
    QCOMPARE(bench.log({RecordKind::dropped}), QStringLiteral("0 dropped 1#1 q@0 maxlen"));
    QVERIFY(bench.ledger().closed());
}

void TestObservedHistories::theOldestOfAllGoesWhereverItWaits() {
    ChannelSpec q = classic();
    q.capacity = 3;
    q.capacityCounts = CapacityCounts::unsettled;
    q.overflow = Overflow::dropOldest;
    q.retry = RetrySpec{.max = 5, .backoff = Backoff::fixed, .first = 1min};
    BrokerBench bench({q});
    bench.attach("q", 2);
    publish(bench, 3);                  // 1 and 2 are in hand
    bench.settle(1, Settlement::retry); // 1 waits, 3 comes
    publish(bench, 1);                  // 1 goes
    publish(bench, 1);                  // 2 goes, and its place is 4's
    bench.settle(3, Settlement::ack);
    publish(bench, 2); // there is room for 6; for 7 it is 4's turn
    QCOMPARE(bench.log({RecordKind::dropped}), QStringLiteral("0 dropped 1#1 q maxlen; 0 dropped 2#1 q@0 maxlen; "
                                                              "0 dropped 4#1 q@0 maxlen"));
    QCOMPARE(messages(bench), QStringLiteral("1 2 3 4 5 6"));
    QVERIFY(bench.ledger().closed());
}

// The retry waits in a queue that lets nothing wait, and whose dead letters come back at once.
void TestObservedHistories::whatComesBackByItsOwnDeathFindsItsPlaceFree() {
    ChannelSpec q = classic();
    q.capacity = 2;
    q.capacityCounts = CapacityCounts::unsettled;
    q.overflow = Overflow::dropOldest;
    q.retry = RetrySpec{.max = 1, .backoff = Backoff::none, .through = "again"};
    ChannelSpec again;
    again.name = "again";
    again.ttl = 0s;
    again.deadLetter = "q";
    BrokerBench bench({q, again});
    bench.attach("q", 2);
    publish(bench, 2);
    bench.settle(1, Settlement::retry);
    QCOMPARE(messages(bench), QStringLiteral("1 2 1"));
    QCOMPARE(bench.log({RecordKind::dropped}), QString());
    QVERIFY(bench.ledger().closed());
}

void TestObservedHistories::whatALostClientOfJetStreamHadWaitsForItsAckWait() {
    BrokerBench bench({queueOf("nats-jetstream", R"({"kind": "queue", "ackTimeout": "1s"})")});
    const ConsumerId lost = bench.attach("q", 2);
    publish(bench, 3);
    bench.disconnect(lost);
    bench.attach("q", 5);
    bench.settle(3, Settlement::ack);
    bench.runTo(999ms);
    QCOMPARE(messages(bench), QStringLiteral("1 2 3"));
    bench.runTo(1s);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@0 3@1 1@1 2@1"));
}

// The others would have to claim it, when it has been idle for long enough.
void TestObservedHistories::whoIsBackInRedisReadsWhatItHadAgain() {
    BrokerBench bench({queueOf("redis-streams", R"({"kind": "queue", "ackTimeout": "10s"})")});
    const ConsumerId lost = bench.attach("q", 2);
    bench.attach("q", 1);
    publish(bench, 4);
    bench.disconnect(lost);
    bench.settle(2, Settlement::ack);
    bench.runTo(1s);
    bench.resume(lost);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@1 3@0 4@1 1@0 3@0"));
    bench.disconnect(lost);
    bench.settle(4, Settlement::ack);
    bench.runTo(11s);
    bench.settle(1, Settlement::ack);
    QCOMPARE(delivered(bench), QStringLiteral("1@0 2@1 3@0 4@1 1@0 3@0 1@1 3@1"));
    QVERIFY(bench.ledger().closed());
}

void TestObservedHistories::anUnrecoverableErrorLeavesTheJobAmongTheFailed() {
    for (const char* const profile : {"bullmq", "bull"}) {
        BrokerBench bench({queueOf(profile, R"({"kind": "queue", "retry": {"max": 3, "backoff": "none"}})")});
        bench.attach("q");
        publish(bench, 2);
        bench.settle(1, Settlement::reject);
        QCOMPARE(bench.redrive("q", "q"), std::size_t{1});
        bench.settle(2, Settlement::ack);
        QCOMPARE(messages(bench), QStringLiteral("1 2 1"));
        QCOMPARE(bench.log({RecordKind::dropped}), QString());
        QVERIFY(bench.ledger().closed());
    }
    BrokerBench bench({queueOf("nats-jetstream", R"({"kind": "queue"})")});
    bench.attach("q");
    publish(bench, 1);
    bench.settle(1, Settlement::reject);
    QCOMPARE(bench.redrive("q", "q"), std::size_t{0}); // what is terminated is done with
}

// mosquitto: out of its session first, then once for each filter.
void TestObservedHistories::whoSubscribesToAnExistingSessionIsSentWhatIsRetained() {
    ChannelSpec in = classic("in");
    in.kind = ChannelKind::exchange;
    in.exchangeType = ExchangeType::topic;
    in.dialect = DialectKind::mqtt;
    ChannelSpec session = classic();
    session.bindings = {{.to = "in", .pattern = "t/#"}, {.to = "in", .pattern = "t/+"}};
    BrokerBench bench({in, session});
    bench.publish("in", {.routingKey = "t/1"});
    bench.publish("in", {.routingKey = "t/2", .retain = true});
    bench.attach("q", 9);
    QCOMPARE(messages(bench), QStringLiteral("1 2 2 2"));
}

void TestObservedHistories::aPolicyInTheFileKeepsTheProfilesPlace_data() {
    QTest::addColumn<QString>("profile");
    QTest::addColumn<int>("place");
    QTest::newRow("nats-jetstream") << "nats-jetstream" << static_cast<int>(RequeueTo::returned);
    QTest::newRow("redis-streams") << "redis-streams" << static_cast<int>(RequeueTo::oldPlace);
    QTest::newRow("rabbitmq-quorum") << "rabbitmq-quorum" << static_cast<int>(RequeueTo::returnedIfLimited);
}

void TestObservedHistories::aPolicyInTheFileKeepsTheProfilesPlace() {
    QFETCH(const QString, profile);
    const ChannelSpec q =
        queueOf(profile.toStdString(), R"({"kind": "queue", "retry": {"max": 2, "backoff": "none"}})");
    QTEST(static_cast<int>(q.retry->returnTo), "place");
}

void TestObservedHistories::retriesThatAreOnlyCountedAreSpacedAsTheProfiles_data() {
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("retry");
    QTest::addColumn<int>("backoff");
    QTest::addColumn<qint64>("first"); // in ms
    QTest::addColumn<qint64>("ceiling");
    const auto row = [](const char* profile, const char* retry, Backoff backoff, qint64 first, qint64 ceiling) {
        QTest::addRow("%s, %s", profile, retry) << profile << retry << static_cast<int>(backoff) << first << ceiling;
    };
    const qint64 hour = 3'600'000;
    const char* const counted = R"({"max": 2})";
    row("rabbitmq-quorum", counted, Backoff::none, 1000, hour);
    row("nats-jetstream", counted, Backoff::none, 1000, hour);
    row("nats-jetstream", R"({"max": 2, "afterLast": "drop"})", Backoff::none, 1000, hour);
    row("redis-streams", counted, Backoff::none, 1000, hour);
    row("bullmq", counted, Backoff::none, 1000, 8760 * hour);
    row("pulsar", counted, Backoff::fixed, 60'000, hour);
    row("eventbridge", counted, Backoff::exponential, 1000, 600'000);
    row("rabbitmq-classic", counted, Backoff::exponential, 1000, hour);
    const char* const spaced = R"({"max": 2, "first": "100ms"})";
    row("rabbitmq-quorum", spaced, Backoff::exponential, 100, hour);
    row("nats-jetstream", spaced, Backoff::exponential, 100, hour);
    row("bullmq", spaced, Backoff::fixed, 100, 8760 * hour);
    row("eventbridge", spaced, Backoff::exponential, 1000, 600'000); // it asks nobody
}

void TestObservedHistories::retriesThatAreOnlyCountedAreSpacedAsTheProfiles() {
    QFETCH(const QString, profile);
    QFETCH(const QString, retry);
    const ChannelSpec q = queueOf(profile.toStdString(), R"({"kind": "queue", "retry": )" + retry.toStdString() + "}");
    QTEST(static_cast<int>(q.retry->backoff), "backoff");
    QTEST(static_cast<qint64>(q.retry->first / 1ms), "first");
    QTEST(static_cast<qint64>(q.retry->ceiling / 1ms), "ceiling");
    QCOMPARE(q.retry->max.value(), std::int64_t{2});
}

void TestObservedHistories::retriesThatAreNotCountedAreAsManyAsTheProfiles_data() {
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("retry");
    QTest::addColumn<qint64>("most"); // -1: without end
    const auto row = [](const char* profile, const char* retry, qint64 most) {
        QTest::addRow("%s, %s", profile, retry) << profile << retry << most;
    };
    const char* const spaced = R"({"backoff": "fixed", "first": "100ms"})";
    for (const char* const retry : {"{}", spaced}) {
        row("rocketmq", retry, 16);
        row("eventbridge", retry, 185);
        row("nats-jetstream", retry, -1);
        row("pulsar", retry, -1);
        row("redis-streams", retry, -1);
        row("bullmq", retry, 0);
        row("bull", retry, 0);
        row("eventmesh", retry, 3);
        row("rabbitmq-classic", retry, 3); // without a number of their own: the format's
        row("rabbitmq-quorum", retry, 3);
    }
    row("rocketmq", R"({"max": 2})", 2);
    row("nats-jetstream", R"({"max": 0})", 0);
}

void TestObservedHistories::retriesThatAreNotCountedAreAsManyAsTheProfiles() {
    QFETCH(const QString, profile);
    QFETCH(const QString, retry);
    const ChannelSpec q = queueOf(profile.toStdString(), R"({"kind": "queue", "retry": )" + retry.toStdString() + "}");
    QTEST(static_cast<qint64>(q.retry->max.value_or(-1)), "most");
}

QTEST_APPLESS_MAIN(TestObservedHistories)
#include "tst_observed_histories.moc"

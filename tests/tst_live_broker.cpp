// The live broker: what threads may rely on, on a clock set by hand where time matters.
#include "core/live/live_broker.h"
#include "core/record/record_reader.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace weir;

namespace {

// Time as the test says.
struct HandClock {
    std::shared_ptr<std::atomic<std::int64_t>> nanoseconds = std::make_shared<std::atomic<std::int64_t>>(0);
    LiveBroker::Clock clock() const {
        return [shared = nanoseconds] { return SimTime{Duration{shared->load()}}; };
    }
    void set(Duration time) const { nanoseconds->store(time.count()); }
};

ChannelSpec queueNamed(const std::string& name) {
    ChannelSpec queue;
    queue.name = name;
    return queue;
}

Scenario scenarioOf(std::vector<ChannelSpec> channels) {
    Scenario scenario;
    scenario.channels = std::move(channels);
    return scenario;
}

std::unique_ptr<LiveBroker> onTheHandClock(const Scenario& scenario, const HandClock& time) {
    LiveBroker::Options options;
    options.clock = time.clock();
    options.timer = false;
    return LiveBroker::open(scenario, std::move(options)).value();
}

OutletId outletTo(LiveBroker& broker, const std::string& channel, const std::string& type = "job") {
    return broker.outlet({.service = "producer", .channel = channel, .type = type}).value();
}

Publication publicationOf(OutletId outlet, std::string data = "1") {
    return {.outlet = outlet, .content = LiveContent::ofData(std::move(data))};
}

std::size_t countOf(const LiveBroker& broker, RecordKind kind) {
    RecordReader reader(broker.store());
    reader.refresh();
    std::size_t count = 0;
    for (std::uint64_t index = 0; index < reader.end(); ++index)
        count += reader.at(index).kind == kind ? 1 : 0;
    return count;
}

constexpr Duration patient = 20s; // longer than any test should take

} // namespace

class TestLiveBroker : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void whatIsPublishedIsDeliveredAndAcked();
    void batchesKeepTheirOrder();
    void anOutletNeedsAChannelThatIsThere();
    void nobodyReceivesBeforeSomethingIsThere();
    void aSleepingConsumerIsWoken();
    void whatIsRequeuedComesBackToItsPlace();
    void retriesWaitAndThenDie();
    void anAckAfterItsTimeChangesNothing();
    void theTimerThreadServesWhatIsDue();
    void anotherConsumersDeliveryCannotBeSettled();
    void whatAConsumerLeavesBehindGoesBack();
    void ackBatchesAreHandedOverBeforeSleeping();
    void aFullQueueMakesItsProducerWait();
    void withoutPatienceAFullQueueRefuses();
    void whatAnAutomaticConsumerHasNoRoomForIsCounted();
    void beyondItsCopiesTheBrokerRefuses();
    void anEventKnowsItsCause();
    void forgottenMessagesAreGone();
    void streamsReachEachGroup();
    void manyThreadsLoseNothing();
};

void TestLiveBroker::whatIsPublishedIsDeliveredAndAcked() {
    const HandClock time;
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), time);
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    time.set(1s);
    QCOMPARE(broker->publish(publicationOf(outletTo(*broker, "jobs"), R"({"n":1})")), Admission::accepted);
    const auto delivery = consumer->receive(Duration::zero());
    QVERIFY(delivery.has_value());
    QCOMPARE(delivery->content->payload, std::string(R"({"n":1})"));
    QCOMPARE(delivery->attempt, std::uint16_t{1});
    time.set(3s);
    consumer->ack(*delivery);
    const Picture picture = broker->picture();
    QVERIFY(picture.ledger().closed());
    QCOMPARE(picture.ledger().messages.published, 1);
    QCOMPARE(picture.ledger().copies.acked, 1);
    RecordReader reader(broker->store());
    reader.refresh();
    QCOMPARE(reader.end(), std::uint64_t{6}); // published routed enqueued delivered acked completed
    QCOMPARE(reader.at(4).kind, RecordKind::acked);
    QCOMPARE(reader.at(4).value, std::int64_t{2'000'000'000});
    const auto message = broker->messages()->message(1);
    QVERIFY(message.has_value());
    QCOMPARE(message->id, std::string("e-1"));
    QCOMPARE(message->source, std::string("producer"));
    QCOMPARE(message->type, std::string("job"));
    QCOMPARE(message->data.canonical(), std::string(R"({"n":1})"));
    QCOMPARE(message->time, SimTime{1s});
}

void TestLiveBroker::batchesKeepTheirOrder() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs", .prefetch = 10}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    std::vector<Publication> some;
    for (int i = 0; i < 25; ++i)
        some.push_back(publicationOf(outlet, std::to_string(i)));
    QCOMPARE(broker->publish(some), std::size_t{25});
    std::vector<Delivery> got;
    std::vector<std::string> seen;
    for (const std::size_t expected : {4U, 4U, 2U, 4U, 4U, 2U, 4U, 1U}) { // ten at a time, by the prefetch
        consumer->receive(got, 4, Duration::zero());
        QCOMPARE(got.size(), expected);
        for (const Delivery& delivery : got)
            seen.push_back(delivery.content->payload);
        consumer->ack(std::span<const Delivery>(got));
    }
    for (int i = 0; i < 25; ++i)
        QCOMPARE(seen[static_cast<std::size_t>(i)], std::to_string(i));
}

void TestLiveBroker::anOutletNeedsAChannelThatIsThere() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto outlet = broker->outlet({.service = "producer", .channel = "jbos", .type = "job"});
    QVERIFY(!outlet.ok());
    QCOMPARE(outlet.error().where, std::string("channel"));
    QVERIFY(!broker->subscribe({.service = "worker", .channel = "jbos"}).ok());
    QCOMPARE(outletTo(*broker, "jobs"), outletTo(*broker, "jobs"));
    QVERIFY(outletTo(*broker, "jobs") != outletTo(*broker, "jobs", "other"));
}

void TestLiveBroker::nobodyReceivesBeforeSomethingIsThere() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    QVERIFY(!consumer->receive(Duration::zero()).has_value());
    QVERIFY(!consumer->receive(Duration{1'000'000}).has_value());
}

void TestLiveBroker::aSleepingConsumerIsWoken() {
    const auto broker = LiveBroker::open(scenarioOf({queueNamed("ping"), queueNamed("pong")}), {}).value();
    const std::shared_ptr<LiveConsumer> pings = broker->subscribe({.service = "b", .channel = "ping"}).value();
    const auto pongs = broker->subscribe({.service = "a", .channel = "pong"}).value();
    const OutletId ping = outletTo(*broker, "ping");
    const OutletId pong = outletTo(*broker, "pong");
    constexpr int turns = 2'000; // each side sleeps while the other works: one lost wake-up and it stands still
    std::thread other([&] {
        for (int i = 0; i < turns; ++i) {
            const auto delivery = pings->receive(patient);
            if (!delivery)
                return;
            broker->publish(publicationOf(pong));
            pings->ack(*delivery);
        }
    });
    int answered = 0;
    for (int i = 0; i < turns; ++i) {
        broker->publish(publicationOf(ping));
        const auto delivery = pongs->receive(patient);
        if (!delivery)
            break;
        pongs->ack(*delivery);
        ++answered;
    }
    other.join();
    QCOMPARE(answered, turns);
    QCOMPARE(broker->picture().ledger().copies.acked, 2 * turns);
}

void TestLiveBroker::whatIsRequeuedComesBackToItsPlace() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs", .prefetch = 1}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    for (const char* data : {"1", "2"})
        broker->publish(publicationOf(outlet, data));
    QVERIFY(consumer->nack(*consumer->receive(Duration::zero()), Settlement::requeue));
    const auto again = consumer->receive(Duration::zero());
    QCOMPARE(again->content->payload, std::string("1"));
    QCOMPARE(again->attempt, std::uint16_t{2});
}

void TestLiveBroker::retriesWaitAndThenDie() {
    ChannelSpec jobs = queueNamed("jobs");
    jobs.retry = RetrySpec{.max = 1, .first = 1s};
    jobs.deadLetter = "dead";
    const HandClock time;
    const auto broker = onTheHandClock(scenarioOf({jobs, queueNamed("dead")}), time);
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    const auto dead = broker->subscribe({.service = "undertaker", .channel = "dead"}).value();
    broker->publish(publicationOf(outletTo(*broker, "jobs"), "poison"));
    consumer->nack(*consumer->receive(Duration::zero()));
    time.set(999ms);
    broker->runDue();
    QVERIFY(!consumer->receive(Duration::zero()).has_value());
    time.set(1s);
    broker->runDue();
    const auto second = consumer->receive(Duration::zero());
    QCOMPARE(second->attempt, std::uint16_t{2});
    QVERIFY(!dead->receive(Duration::zero()).has_value());
    consumer->nack(*second);
    QCOMPARE(dead->receive(Duration::zero())->content->payload, std::string("poison"));
    QCOMPARE(broker->picture().ledger().copies.deadLettered, 1);
    QVERIFY(broker->picture().ledger().closed());
}

void TestLiveBroker::anAckAfterItsTimeChangesNothing() {
    ChannelSpec jobs = queueNamed("jobs");
    jobs.ackTimeout = 30s;
    jobs.retry = RetrySpec{.max = 3, .backoff = Backoff::none};
    const HandClock time;
    const auto broker = onTheHandClock(scenarioOf({jobs}), time);
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    broker->publish(publicationOf(outletTo(*broker, "jobs")));
    const auto first = consumer->receive(Duration::zero());
    time.set(30s);
    broker->runDue();
    const auto second = consumer->receive(Duration::zero());
    QCOMPARE(second->attempt, std::uint16_t{2});
    consumer->ack(*first);
    QCOMPARE(countOf(*broker, RecordKind::ackRefused), std::size_t{1});
    QCOMPARE(broker->picture().ledger().copies.inFlight, 1);
    consumer->ack(*second);
    QCOMPARE(broker->picture().ledger().copies.acked, 1);
    QCOMPARE(countOf(*broker, RecordKind::timedOut), std::size_t{1});
}

void TestLiveBroker::theTimerThreadServesWhatIsDue() {
    ChannelSpec jobs = queueNamed("jobs");
    jobs.delay = 20ms;
    const auto broker = LiveBroker::open(scenarioOf({jobs}), {}).value();
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    broker->publish(publicationOf(outletTo(*broker, "jobs")));
    QVERIFY(!consumer->receive(Duration::zero()).has_value());
    QVERIFY(consumer->receive(patient).has_value()); // nobody calls the broker meanwhile
}

void TestLiveBroker::anotherConsumersDeliveryCannotBeSettled() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto one = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    const auto other = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    broker->publish(publicationOf(outletTo(*broker, "jobs")));
    const auto delivery = one->receive(Duration::zero());
    QVERIFY(!other->nack(*delivery, Settlement::reject));
    other->ack(*delivery);
    QCOMPARE(broker->picture().ledger().copies.inFlight, 1);
    one->ack(*delivery);
    QCOMPARE(broker->picture().ledger().copies.acked, 1);
}

void TestLiveBroker::whatAConsumerLeavesBehindGoesBack() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    auto first = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    for (const char* data : {"1", "2"})
        broker->publish(publicationOf(outlet, data));
    first->ack(*first->receive(Duration::zero()));
    first.reset();
    QCOMPARE(broker->picture().ledger().copies.ready, 1);
    const auto second = broker->subscribe({.service = "worker", .channel = "jobs"}).value();
    const auto delivery = second->receive(Duration::zero());
    QCOMPARE(delivery->content->payload, std::string("2"));
    QCOMPARE(delivery->attempt, std::uint16_t{2});
}

void TestLiveBroker::ackBatchesAreHandedOverBeforeSleeping() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto consumer =
        broker->subscribe({.service = "worker", .channel = "jobs", .prefetch = 2, .ackBatch = 100}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    for (int i = 0; i < 5; ++i)
        broker->publish(publicationOf(outlet));
    for (int i = 0; i < 5; ++i) { // with two unacked at most, the third comes only once the first two were acked
        const auto delivery = consumer->receive(Duration::zero());
        QVERIFY(delivery.has_value());
        consumer->ack(*delivery);
    }
    consumer->flush();
    QCOMPARE(broker->picture().ledger().copies.acked, 5);
}

void TestLiveBroker::aFullQueueMakesItsProducerWait() {
    ChannelSpec jobs = queueNamed("jobs");
    jobs.capacity = 1;
    jobs.overflow = Overflow::block;
    const auto broker = LiveBroker::open(scenarioOf({jobs}), {}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    constexpr int count = 500;
    std::atomic<int> accepted = 0;
    std::thread producer([&] {
        for (int i = 0; i < count; ++i)
            accepted += broker->publish(publicationOf(outlet, std::to_string(i))) == Admission::accepted ? 1 : 0;
    });
    const auto consumer = broker->subscribe({.service = "worker", .channel = "jobs", .prefetch = 1}).value();
    for (int i = 0; i < count; ++i) {
        const auto delivery = consumer->receive(patient);
        if (!delivery || delivery->content->payload != std::to_string(i))
            break; // the count below tells
        consumer->ack(*delivery);
    }
    producer.join();
    QCOMPARE(accepted.load(), count);
    QCOMPARE(broker->picture().ledger().copies.acked, count);
    QVERIFY(broker->picture().ledger().closed());
}

void TestLiveBroker::withoutPatienceAFullQueueRefuses() {
    ChannelSpec jobs = queueNamed("jobs");
    jobs.capacity = 1;
    jobs.overflow = Overflow::block;
    const HandClock time;
    const auto broker = onTheHandClock(scenarioOf({jobs}), time);
    const OutletId outlet = outletTo(*broker, "jobs");
    QCOMPARE(broker->publish(publicationOf(outlet), Duration::zero()), Admission::accepted);
    QCOMPARE(broker->publish(publicationOf(outlet), Duration::zero()), Admission::refused);
    QCOMPARE(broker->picture().ledger().messages.refused, 1);
    QVERIFY(broker->picture().ledger().closed());
}

void TestLiveBroker::whatAnAutomaticConsumerHasNoRoomForIsCounted() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("jobs")}), {});
    const auto consumer =
        broker->subscribe({.service = "worker", .channel = "jobs", .prefetch = 3, .automatic = true}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    std::vector<Publication> some(5, publicationOf(outlet));
    broker->publish(some);
    std::vector<Delivery> got;
    consumer->receive(got, 10, Duration::zero());
    QCOMPARE(got.size(), std::size_t{3});
    QCOMPARE(broker->lostAtConsumers(), std::uint64_t{2});
    const Ledger ledger = broker->picture().ledger();
    QCOMPARE(ledger.copies.acked, 5);
    QCOMPARE(ledger.effectsLost, 2);
    QVERIFY(ledger.closed());
}

void TestLiveBroker::beyondItsCopiesTheBrokerRefuses() {
    Scenario scenario = scenarioOf({queueNamed("jobs")});
    scenario.run.copiesMax = 10;
    const auto broker = onTheHandClock(scenario, {});
    const std::vector<Publication> some(12, publicationOf(outletTo(*broker, "jobs")));
    QCOMPARE(broker->publish(some), std::size_t{10});
    QCOMPARE(broker->picture().ledger().messages.refused, 2);
    QVERIFY(broker->picture().ledger().closed());
}

void TestLiveBroker::anEventKnowsItsCause() {
    const auto broker = onTheHandClock(scenarioOf({queueNamed("orders"), queueNamed("payments")}), {});
    const auto consumer = broker->subscribe({.service = "payment", .channel = "orders"}).value();
    broker->publish(publicationOf(outletTo(*broker, "orders", "order.created")));
    const auto order = consumer->receive(Duration::zero());
    Publication payment = publicationOf(outletTo(*broker, "payments", "payment.succeeded"));
    payment.cause = order->tag;
    broker->publish(payment);
    consumer->ack(*order);
    const auto message = broker->messages()->message(2);
    QCOMPARE(message->cause, Ordinal{1});
    QCOMPARE(message->correlation, Ordinal{1});
    QCOMPARE(message->causationId, std::string("e-1"));
    QCOMPARE(countOf(*broker, RecordKind::completed), std::size_t{0}); // the payment is still to be handled
    const auto cashier = broker->subscribe({.service = "cashier", .channel = "payments"}).value();
    cashier->ack(*cashier->receive(Duration::zero()));
    QCOMPARE(countOf(*broker, RecordKind::completed), std::size_t{1});
}

void TestLiveBroker::forgottenMessagesAreGone() {
    LiveBroker::Options options;
    options.stored = {.messagesMax = 3, .bytesMax = 100};
    const auto broker = LiveBroker::open(scenarioOf({queueNamed("jobs")}), std::move(options)).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    for (int i = 0; i < 5; ++i)
        broker->publish(publicationOf(outlet, std::to_string(i)));
    QVERIFY(!broker->messages()->message(2).has_value());
    QCOMPARE(broker->messages()->message(3)->data.canonical(), std::string("2"));
    broker->publish(publicationOf(outlet, std::string(99, '7'))); // one byte is left for another
    QVERIFY(!broker->messages()->message(4).has_value());
    QVERIFY(broker->messages()->message(5).has_value());
    QVERIFY(broker->messages()->message(6).has_value());
}

void TestLiveBroker::streamsReachEachGroup() {
    Scenario scenario;
    ChannelSpec log = queueNamed("log");
    log.kind = ChannelKind::stream;
    log.partitions = 2;
    scenario.channels = {log};
    for (const char* name : {"one", "two"}) {
        ServiceSpec service;
        service.name = name;
        service.handlers.push_back({.on = "log"});
        scenario.services.push_back(service);
    }
    const auto broker = onTheHandClock(scenario, {});
    const auto one = broker->subscribe({.service = "one", .channel = "log"}).value();
    const auto two = broker->subscribe({.service = "two", .channel = "log"}).value();
    QVERIFY(!broker->subscribe({.service = "three", .channel = "log"}).ok());
    const OutletId outlet = outletTo(*broker, "log");
    for (int i = 0; i < 6; ++i)
        broker->publish({.outlet = outlet, .content = LiveContent::ofData(std::to_string(i), "key")});
    for (LiveConsumer* const consumer : {one.get(), two.get()})
        for (int i = 0; i < 6; ++i) { // one key, one partition: in order
            const auto delivery = consumer->receive(Duration::zero());
            QVERIFY(delivery.has_value());
            QCOMPARE(delivery->content->payload, std::to_string(i));
            consumer->ack(*delivery);
        }
    QCOMPARE(broker->picture().ledger().copies.acked, 12);
}

void TestLiveBroker::manyThreadsLoseNothing() {
    ChannelSpec jobs = queueNamed("jobs");
    jobs.capacity = 100;
    jobs.overflow = Overflow::block;
    jobs.retry = RetrySpec{.max = std::nullopt, .backoff = Backoff::none};
    const auto broker = LiveBroker::open(scenarioOf({jobs}), {}).value();
    const OutletId outlet = outletTo(*broker, "jobs");
    constexpr int producers = 3;
    constexpr int each = 4'000;
    std::vector<std::atomic<int>> done(producers * each);
    std::atomic<int> left = producers * each;
    std::vector<std::thread> threads;
    for (int c = 0; c < 3; ++c)
        threads.emplace_back([&, c] {
            const auto consumer =
                broker->subscribe({.service = "worker", .channel = "jobs", .prefetch = 8, .ackBatch = c == 0 ? 4U : 1U})
                    .value();
            std::vector<Delivery> got;
            while (left > 0) {
                consumer->receive(got, 3, 50ms); // the last ones may go to the others
                for (const Delivery& delivery : got) {
                    if (delivery.attempt == 1 && delivery.ordinal % 7 == 0) {
                        consumer->nack(delivery);
                        continue;
                    }
                    ++done[static_cast<std::size_t>(std::stoi(delivery.content->payload))];
                    --left;
                    consumer->ack(delivery);
                }
            }
        });
    for (int p = 0; p < producers; ++p)
        threads.emplace_back([&, p] {
            std::vector<Publication> some;
            for (int i = 0; i < each; ++i) {
                some.push_back(publicationOf(outlet, std::to_string(p * each + i)));
                if (p == 0 || some.size() == 10) {
                    broker->publish(some);
                    some.clear();
                }
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const std::atomic<int>& times : done)
        QCOMPARE(times.load(), 1);
    const Ledger ledger = broker->picture().ledger();
    QVERIFY(ledger.closed());
    QCOMPARE(ledger.messages.routed, producers * each);
    QCOMPARE(ledger.copies.acked, producers * each);
}

QTEST_APPLESS_MAIN(TestLiveBroker)
#include "tst_live_broker.moc"

// Experiments on a real nats-server, core NATS and JetStream, and on the simulated ones, side by side.
#include "brokers/experiment.h"
#include "brokers/nats_driver.h"

#include <QTest>

#include <memory>

using namespace weir;

namespace {

const std::string core = "nats-core", jetstream = "nats-jetstream";

// --- core: to whom is there, and nothing is kept ---

constexpr BenchConsumer subscriber{.prefetch = 1, .automatic = true};

const std::string subjects =
    R"("in": {"kind": "exchange", "type": "topic", "dialect": "nats", "overlap": "subscription"})";

void subjectsByPattern(Trial& trial) {
    trial.tell({.keys = true});
    for (const char* each : {"all", "one", "below", "middle", "exact"})
        trial.attach(each, each, subscriber);
    publishTo(trial, "in", {"a", "a.b", "a.b.c", "b.b", "a.c.b", "A.b", "a.b.c.d"});
    trial.given();
}

// Each subscription has a line of its own, so how they lie to each other says nothing.
void twoSubscriptionsTwoCopies(Trial& trial) {
    trial.tell({.together = true});
    trial.attach("q", "q", subscriber);
    publishTo(trial, "in", {"a.b", "a.c", "b"});
    trial.given();
}

// Subscriptions of one group name count as one, whatever their subjects.
void twoSubjectsOfAGroupOneCopy(Trial& trial) {
    trial.tell({.together = true});
    for (const char* member : {"first", "second"})
        trial.attach(member, "q", subscriber);
    publishTo(trial, "in", {"a.b", "a.c", "b", "a.b"});
    trial.given();
}

void nobodyIsThere(Trial& trial) {
    publishTo(trial, "in", {"a", "a"});
    trial.attach("first", "q", subscriber);
    publishTo(trial, "in", {"a", "a"});
    trial.given();
    trial.retire("first");
    publishTo(trial, "in", {"a"});
    trial.attach("second", "q", subscriber);
    publishTo(trial, "in", {"a"});
    trial.given();
}

// Who gets it is drawn, and each draws for itself.
void oneOfAGroup(Trial& trial) {
    trial.tell({.together = true});
    for (const char* member : {"first", "second", "third"})
        trial.attach(member, "q", subscriber);
    trial.attach("other", "other", subscriber);
    for (int i = 0; i < 20; ++i)
        publishTo(trial, "in", {"a"});
    trial.given();
    trial.retire("second");
    for (int i = 0; i < 20; ++i)
        publishTo(trial, "in", {"a"});
    trial.given();
}

// --- JetStream: kept until it is acked ---

std::string queue(const std::string& more) {
    return R"("q": {"kind": "queue")" + more + "}";
}

void handedBackComesFirst(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(3, "q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry);
    for (int i = 0; i < 3; ++i)
        trial.take("q");
}

void notAckedInTimeComesFirst(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(4, "q");
    trial.take("q");
    trial.take("q");
    trial.take("q");
    trial.settle("taker", 2, Settlement::ack);
    trial.wait(2s);
    trial.drain("q");
}

void notBeforeItsTime(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.take("q");
    trial.take("q"); // nothing: both are being handled
    trial.settle("taker", 1, Settlement::ack);
    trial.wait(2s);
    trial.drain("q");
    trial.wait(2s);
    trial.take("q");
}

void afterTheLastItStays(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(1, "q");
    for (int i = 0; i < 3; ++i) {
        trial.take("q");
        trial.wait(1s);
    }
    trial.publishSome(1, "q");
    trial.take("q");
}

void refusedForGoodIsGone(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::reject);
    trial.drain("q");
    trial.wait(1500ms);
    trial.take("q");
}

void eachDeliveryHasItsTime(Trial& trial) {
    trial.tell({.counts = true});
    trial.attach("a", "q", {.prefetch = 10});
    trial.publishSome(1, "q");
    trial.given();
    trial.wait(1s); // of 2 s
    trial.given();
    trial.wait(2s);
    trial.given();
    trial.wait(2500ms);
    trial.given();
}

void ackedLate(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.wait(1500ms);
    trial.take("q"); // again
    trial.ackLate("taker", 1);
    trial.wait(1500ms);
    trial.drain("q");
}

void repeatsArePassedOver(Trial& trial) {
    trial.publish("q", {.identity = 7});
    trial.publish("q", {.identity = 8});
    trial.publish("q", {.identity = 7});
    trial.wait(1500ms); // of 2 s: the window began with the first
    trial.publish("q", {.identity = 7});
    trial.wait(1s);
    trial.publish("q", {.identity = 7});
    trial.publish("q", {});
    trial.drain("q");
}

void streamsTakeTheirSubjects(Trial& trial) {
    trial.tell({.keys = true});
    publishTo(trial, "in", {"orders.new", "orders.eu.new", "bills.new", "orders.old"});
    trial.drain("orders");
    trial.drain("bills");
}

void againInTheOrderOfTheNaks(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(4, "q");
    for (int i = 0; i < 3; ++i)
        trial.take("q");
    trial.settle("taker", 3, Settlement::retry);
    trial.settle("taker", 1, Settlement::retry);
    for (int i = 0; i < 3; ++i)
        trial.take("q");
}

void againBeforeWhatIsNew(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry);
    trial.take("q");
    trial.take("q");
}

void aFullWorkQueueDropsWhatIsInHand(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(3, "q");
    trial.take("q");
    trial.publishSome(1, "q");
    trial.settle("taker", 1, Settlement::retry); // it is gone
    trial.drain("q");
}

void aFullWorkQueueRefusesWhatIsNew(Trial& trial) {
    trial.publishSome(3, "q");
    trial.take("q");
    trial.publishSome(1, "q");
    trial.settle("taker", 1, Settlement::ack);
    trial.publishSome(1, "q");
    trial.drain("q");
}

void whatALostClientHadComesAfterItsAckWait(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(3, "q");
    trial.take("q");
    trial.crash("taker");
    trial.take("q");
    trial.settle("taker", 2, Settlement::ack);
    trial.wait(1500ms);
    trial.drain("q");
}

// Two at most: what was handed back and waits counts, and is no news when it comes.
void whatWaitsForItsRedeliveryCounts(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(5, "q");
    for (int i = 0; i < 3; ++i)
        trial.take("q");
    trial.settle("taker", 1, Settlement::retry);
    trial.take("q");
    trial.settle("taker", 2, Settlement::ack);
    trial.take("q");
    trial.take("q");
    trial.wait(1500ms);
    trial.take("q");
    trial.take("q");
    trial.settle("taker", 3, Settlement::reject);
    trial.take("q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::ack);
    trial.drain("q");
}

void whatTimedOutCounts(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(4, "q");
    for (int i = 0; i < 3; ++i)
        trial.take("q");
    trial.wait(1500ms);
    for (int i = 0; i < 3; ++i)
        trial.take("q");
    trial.settle("taker", 2, Settlement::ack);
    trial.take("q");
    trial.take("q");
}

void afterTheLastItCountsNoMore(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(3, "q");
    for (int i = 0; i < 4; ++i) {
        trial.take("q");
        trial.wait(1s);
    }
}

void onePullOfSeveralStopsAtTheLimit(Trial& trial) {
    trial.tell({.counts = true});
    trial.attach("a", "q", {.prefetch = 10});
    trial.publishSome(5, "q");
    trial.given();
    trial.settle("a", 2, Settlement::ack);
    trial.given();
}

const Experiments& experiments() {
    static const std::string waits = queue(R"(, "ackTimeout": "1s")");
    static const Experiments all{
        {"subjects by pattern",
         {{core},
          subjects + boundQueue("all", {">"}) + boundQueue("one", {"*"}) + boundQueue("below", {"a.>"}) +
              boundQueue("middle", {"a.*.c"}) + boundQueue("exact", {"a.b"}),
          subjectsByPattern}},
        {"two subscriptions two copies",
         {{core}, subjects + boundQueue("q", {"a.*", "a.b"}), twoSubscriptionsTwoCopies}},
        {"two subjects of a group one copy",
         {{core},
          R"("in": {"kind": "exchange", "type": "topic", "dialect": "nats"})" + boundQueue("q", {"a.*", "a.b"}),
          twoSubjectsOfAGroupOneCopy}},
        {"nobody is there", {{core}, subjects + boundQueue("q", {"a"}), nobodyIsThere}},
        {"one of a group", {{core}, subjects + boundQueue("q", {"a"}) + boundQueue("other", {"a"}), oneOfAGroup}},
        {"handed back comes first", {{jetstream}, queue(R"(, "ackTimeout": "20s")"), handedBackComesFirst}},
        {"not acked in time comes first", {{jetstream}, waits, notAckedInTimeComesFirst}},
        {"not before its time", {{jetstream}, waits, notBeforeItsTime}},
        {"after the last delivery it stays",
         {{jetstream},
          queue(R"(, "ackTimeout": "500ms", "retry": {"max": 1, "backoff": "none"})"),
          afterTheLastItStays}},
        {"refused for good is gone", {{jetstream}, waits, refusedForGoodIsGone}},
        {"acked late", {{jetstream}, waits, ackedLate}},
        {"each delivery has its own time",
         {{jetstream},
          queue(
              R"(, "retry": {"max": 3, "backoff": "explicit", "steps": ["500ms", "2s", "20s"], "paces": "ackTimeout"})"),
          eachDeliveryHasItsTime}},
        {"repeats within the window are passed over",
         {{jetstream}, queue(R"(, "dedup": {"window": "2s", "sliding": false})"), repeatsArePassedOver}},
        {"streams take their subjects",
         {{jetstream},
          R"("in": {"kind": "exchange", "type": "topic", "dialect": "nats"},
             "orders": {"kind": "queue", "bind": [{"to": "in", "pattern": "orders.*"}]},
             "bills": {"kind": "queue", "bind": [{"to": "in", "pattern": "bills.>"}, {"to": "in", "pattern": "orders.*.new"}]})",
          streamsTakeTheirSubjects}},
        {"again in the order of the naks", {{jetstream}, queue(""), againInTheOrderOfTheNaks}},
        {"a full work queue drops what is in hand",
         {{jetstream}, queue(R"(, "capacity": 3, "overflow": "dropOldest")"), aFullWorkQueueDropsWhatIsInHand}},
        {"a full work queue refuses what is new",
         {{jetstream}, queue(R"(, "capacity": 3, "overflow": "reject")"), aFullWorkQueueRefusesWhatIsNew}},
        {"what a lost client had comes after its ack wait",
         {{jetstream}, waits, whatALostClientHadComesAfterItsAckWait}},
        {"max ack pending counts what waits for its redelivery",
         {{jetstream},
          queue(R"(, "unackedMax": 2, "ackTimeout": "20s", "retry": {"backoff": "fixed", "first": "1s", "paces": "nacks"})"),
          whatWaitsForItsRedeliveryCounts}},
        {"max ack pending counts what timed out",
         {{jetstream}, queue(R"(, "unackedMax": 2, "ackTimeout": "1s")"), whatTimedOutCounts}},
        {"max ack pending forgets what stays after its last delivery",
         {{jetstream},
          queue(R"(, "unackedMax": 1, "ackTimeout": "500ms", "retry": {"max": 1, "backoff": "none"})"),
          afterTheLastItCountsNoMore}},
        {"max ack pending ends a pull of several",
         {{jetstream}, queue(R"(, "unackedMax": 3, "ackTimeout": "20s")"), onePullOfSeveralStopsAtTheLimit}},
        {"again before what is new",
         {{jetstream}, queue(R"(, "retry": {"max": 2, "backoff": "none"})"), againBeforeWhatIsNew}}};
    return all;
}

} // namespace

class TestRealJetstream : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();

  private:
    std::unique_ptr<NatsServer> m_server;
};

void TestRealJetstream::initTestCase() {
    startServer(m_server);
}

void TestRealJetstream::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealJetstream::bothDoTheSame() {
    compareRow(experiments(),
               [this](const std::string& profile, std::vector<ChannelSpec> channels) -> std::unique_ptr<BrokerDriver> {
                   if (profile == core)
                       return std::make_unique<NatsDriver>(m_server->url(), std::move(channels));
                   return std::make_unique<JetStreamDriver>(m_server->url(), std::move(channels));
               });
}

QTEST_GUILESS_MAIN(TestRealJetstream)
#include "tst_real_jetstream.moc"

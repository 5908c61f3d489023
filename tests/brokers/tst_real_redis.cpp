// Experiments on a real Redis, Pub/Sub and Streams, and on the simulated ones, side by side.
#include "brokers/experiment.h"
#include "brokers/redis_driver.h"

#include <QTest>

#include <memory>

using namespace weir;

namespace {

const std::string pubsub = "redis-pubsub", streams = "redis-streams";

// --- Pub/Sub: to whom is there, and nothing is kept ---

constexpr BenchConsumer subscriber{.prefetch = 1, .automatic = true};

const std::string topics = R"("in": {"kind": "topic", "dialect": "redis-glob"})";

void channelsByPattern(Trial& trial) {
    trial.tell({.keys = true});
    for (const char* each : {"all", "one", "set", "unset", "escaped"})
        trial.attach(each, each, subscriber);
    publishTo(trial, "in", {"order.1", "order.12", "order.a", "order.", "order", "x*y", "xzy"});
    trial.given();
}

void twoPatternsTwoCopies(Trial& trial) {
    trial.attach("q", "q", subscriber);
    publishTo(trial, "in", {"a.b", "a.c", "b"});
    trial.given();
}

void nobodyIsThere(Trial& trial) {
    publishTo(trial, "in", {"a", "a"});
    trial.attach("first", "q", subscriber);
    publishTo(trial, "in", {"a"});
    trial.given();
    trial.retire("first");
    publishTo(trial, "in", {"a"});
    trial.attach("second", "q", subscriber);
    publishTo(trial, "in", {"a"});
    trial.given();
}

// --- Streams: pending until it is acked ---

void eachIsReadByOne(Trial& trial) {
    trial.publishSome(6, "q");
    trial.attach("a", "q", {.prefetch = 2});
    trial.given();
    trial.attach("b", "q", {.prefetch = 3});
    trial.given();
    trial.settle("a", 1, Settlement::ack);
    trial.given();
    trial.settle("b", 3, Settlement::ack);
    trial.settle("b", 4, Settlement::ack);
    trial.given();
}

void claimedWhenIdle(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(4, "q");
    for (int i = 0; i < 3; ++i)
        trial.take("q");
    trial.settle("taker", 2, Settlement::ack);
    trial.wait(1500ms);
    trial.drain("q");
    trial.wait(1500ms);
    trial.take("q");
}

void everyClaimCounts(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(1, "q");
    for (int i = 0; i < 4; ++i) {
        trial.take("q");
        trial.wait(1500ms);
    }
    trial.drain("q");
}

void ackedLate(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(1, "q");
    trial.take("q");
    trial.wait(1500ms);
    trial.take("q");
    trial.ackLate("taker", 1);
    trial.wait(1500ms);
    trial.take("q");
}

void notBeforeItIsIdle(Trial& trial) {
    trial.publishSome(2, "q");
    trial.take("q");
    trial.take("q");
    trial.take("q"); // nothing: both are pending
    trial.settle("taker", 1, Settlement::ack);
    trial.publishSome(1, "q");
    trial.take("q");
}

// What is pending stays so, and may be acked; who reads it again has it from then on.
void aGroupGoesBackOverWhatIsPending(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(4, "q");
    trial.attach("a", "q", {.prefetch = 2});
    trial.given();
    trial.attach("b", "q", {.prefetch = 2});
    trial.given();
    trial.retire("a");
    trial.retire("b");
    trial.goBack("q", 2);
    trial.attach("c", "q", {.prefetch = 1});
    trial.given(); // 2, which was a's
    trial.settle("b", 3, Settlement::ack);
    trial.settle("c", 2, Settlement::ack);
    trial.given(); // 3, though it is acked
    trial.settle("c", 3, Settlement::ack);
    trial.given(); // 4, which was b's
    trial.settle("c", 4, Settlement::ack);
    trial.settle("a", 1, Settlement::ack);
    trial.given();
}

const Experiments& experiments() {
    static const std::string idle = R"("q": {"kind": "queue", "ackTimeout": "1s"})";
    static const std::string longIdle = R"("q": {"kind": "queue", "ackTimeout": "60s"})";
    static const Experiments all{
        {"channels by pattern",
         {{pubsub},
          topics + boundQueue("all", {"*"}) + boundQueue("one", {"order.?"}) + boundQueue("set", {"order.[0-9]*"}) +
              boundQueue("unset", {"order.[^0-9]"}) + boundQueue("escaped", {R"(x\\*y)"}),
          channelsByPattern}},
        {"two patterns two copies", {{pubsub}, topics + boundQueue("q", {"a.*", "a.b"}), twoPatternsTwoCopies}},
        {"nobody is there", {{pubsub}, topics + boundQueue("q", {"a"}), nobodyIsThere}},
        {"each is read by one", {{streams}, longIdle, eachIsReadByOne}},
        {"claimed when it was idle", {{streams}, idle, claimedWhenIdle}},
        {"every claim counts", {{streams}, idle, everyClaimCounts}},
        {"acked late", {{streams}, idle, ackedLate}},
        {"a group goes back over what is pending",
         {{streams}, R"("q": {"kind": "stream"})", aGroupGoesBackOverWhatIsPending}},
        {"not before it is idle", {{streams}, longIdle, notBeforeItIsIdle}}};
    return all;
}

} // namespace

class TestRealRedis : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();

  private:
    std::unique_ptr<RedisServer> m_server;
};

void TestRealRedis::initTestCase() {
    startServer(m_server);
}

void TestRealRedis::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealRedis::bothDoTheSame() {
    compareRow(experiments(),
               [this](const std::string& profile, std::vector<ChannelSpec> channels) -> std::unique_ptr<BrokerDriver> {
                   if (profile == pubsub)
                       return std::make_unique<RedisPubSubDriver>(m_server->port(), std::move(channels));
                   return std::make_unique<RedisStreamsDriver>(m_server->port(), std::move(channels));
               });
}

QTEST_GUILESS_MAIN(TestRealRedis)
#include "tst_real_redis.moc"

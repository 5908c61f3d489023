// Experiments on a real BullMQ (on a real Redis) and on the simulated one, side by side; and what the real one does
// beside that, which the simulated one leaves out (README's table says so).
#include "brokers/bullmq_driver.h"
#include "brokers/experiment.h"
#include "brokers/redis_server.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace weir;

namespace {

Settlement ack(const Seen&) {
    return Settlement::ack;
}

// --- in which order ---

void firstInFirstOut(Trial& trial) {
    trial.publishSome(5, "q");
    trial.drain("q");
}

void lastInFirstOut(Trial& trial) {
    trial.publishSome(3, "q");
    trial.take("q");
    trial.publishSome(2, "q");
    trial.settle("taker", 3, Settlement::retry); // comes first again
    trial.drain("q");
}

void prioritiesFirst(Trial& trial) {
    for (const std::uint8_t priority : {0, 1, 3, 2, 3, 1, 0, 9})
        trial.publish("q", {.priority = priority});
    trial.take("q");
    trial.settle("taker", 3, Settlement::retry); // behind those of its own priority
    trial.drain("q");
}

// They enter the line when their time has come and a worker looks; simulated ones do when their time has come.
void delayedJobs(Trial& trial) {
    trial.publish("q", {.delay = 4s});
    trial.publish("q", {.delay = 1s});
    trial.publish("q");
    trial.publish("q", {.delay = 2500ms});
    trial.ready("q");
    trial.drain("q");
    trial.wait(3s); // both have come, in the order of their times
    trial.drain("q");
    trial.publish("q");
    trial.drain("q");
    trial.wait(2s);
    trial.drain("q");
}

// --- what fails ---

void aRetryGoesToTheTail(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(3, "q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry);
    trial.drain("q");
}

void aRetryWaits(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry);
    trial.drain("q"); // the other one
    trial.wait(2500ms);
    trial.drain("q");
}

void theFailedSetIsPutBack(Trial& trial) {
    trial.tell({.counts = true});
    trial.attach("a", "q");
    trial.publishSome(3, "q");
    trial.answer([](const Seen& seen) { return seen.message == 2 ? Settlement::ack : Settlement::retry; });
    trial.ready("q");
    trial.redrive("q");
    trial.answer(ack);
    trial.redrive("q"); // nothing is left there
    trial.given();
}

void anUnrecoverableErrorIsTheLast(Trial& trial) {
    trial.attach("a", "q");
    trial.publishSome(2, "q");
    trial.given();
    trial.settle("a", 1, Settlement::reject);
    trial.answer(ack);
    trial.ready("q");
    trial.redrive("q"); // it is among the failed
    trial.answer(ack);
}

// --- whose worker is lost ---

void aLostWorkersJobIsStalled(Trial& trial) {
    trial.tell({.counts = true});
    trial.attach("a", "q");
    trial.publishSome(3, "q");
    trial.given();
    trial.crash("a");
    trial.take("q"); // 2: the lock holds
    trial.settle("taker", 2, Settlement::ack);
    trial.wait(4s);
    trial.publishSome(1, "q");
    trial.drain("q"); // 1 comes first
}

// Whatever its priority; when it fails it has its priority again.
void aStalledJobComesBeforeAll(Trial& trial) {
    trial.tell({.counts = true});
    trial.attach("a", "q");
    trial.publish("q", {.priority = 1});
    trial.given();
    trial.crash("a");
    trial.publish("q");
    trial.take("q"); // whoever works looks for stalled jobs
    trial.settle("taker", 2, Settlement::ack);
    trial.wait(4s);
    for (const std::uint8_t priority : {0, 3, 2, 1})
        trial.publish("q", {.priority = priority});
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry);
    trial.drain("q");
}

void stalledOnceTooOften(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.wait(2500ms);
    trial.take("q"); // 1 again
    trial.wait(2500ms);
    trial.take("q"); // 2: 1 has failed
    trial.settle("taker", 2, Settlement::ack);
    trial.take("q");
}

void aStallIsNoAttempt(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(1, "q");
    trial.take("q");
    trial.wait(3500ms);
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry); // the first of two attempts
    trial.take("q");
    trial.settle("taker", 1, Settlement::retry); // the second
    trial.take("q");
}

void anAckThatComesTooLate(Trial& trial) {
    trial.tell({.counts = true});
    trial.publishSome(2, "q");
    trial.take("q");
    trial.wait(3500ms);
    trial.take("q");
    trial.settle("taker", 1, Settlement::ack); // of the second delivery
    trial.drain("q");
}

// --- how many, how fast ---

void asManyAsItsConcurrency(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 2});
    trial.publishSome(5, "q");
    trial.given();
    trial.settle("a", 2, Settlement::ack);
    trial.given();
    trial.settle("a", 1, Settlement::ack);
    trial.answer(ack);
}

void workersShareAQueue(Trial& trial) {
    trial.tell({.together = true});
    for (const char* worker : {"a", "b", "c"})
        trial.attach(worker, "q", {.prefetch = 2});
    trial.publishSome(8, "q");
    trial.answer(ack);
}

void theLimiterHasWindows(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 10});
    trial.publishSome(5, "q");
    trial.given();
    trial.wait(2200ms); // of 3 s; by tokens one would have come
    trial.given();
    trial.wait(1800ms);
    trial.given();
    trial.wait(3s);
    trial.given();
}

// --- what is held back ---

void aPausedQueueGivesNothing(Trial& trial) {
    trial.attach("a", "q");
    trial.publishSome(2, "q");
    trial.given();
    trial.pause("q");
    trial.publishSome(2, "q");
    trial.settle("a", 1, Settlement::ack);
    trial.given();
    trial.ready("q");
    trial.resume("q");
    trial.answer(ack);
}

void aPausedWorkerKeepsWhatItHas(Trial& trial) {
    trial.attach("a", "q", {.prefetch = 2});
    trial.publishSome(3, "q");
    trial.given();
    trial.retire("a");
    trial.settle("a", 1, Settlement::ack);
    trial.given();
    trial.settle("a", 2, Settlement::ack);
    trial.given();
    trial.attach("a", "q"); // a real one that still had a job would look for others when that is done
    trial.given();
}

// --- what is here already ---

void repeatsArePassedOver(Trial& trial) {
    trial.publish("q", {.identity = 7});
    trial.publish("q", {.identity = 8});
    trial.publish("q", {.identity = 7});
    trial.drain("q"); // that they are done changes nothing
    trial.wait(2s);   // of 3 s: the time began with the first
    trial.publish("q", {.identity = 7});
    trial.wait(2s);
    trial.publish("q", {.identity = 7});
    trial.publish("q");
    trial.drain("q");
}

std::string queue(const std::string& more = {}) {
    return R"("q": {"kind": "queue")" + more + "}";
}

const Experiments& experiments() {
    static const std::vector<std::string> profile{"bullmq"};
    static const std::string once = R"(, "retry": {"max": 1, "backoff": "none"})";
    static const std::string shortLock = R"(, "ackTimeout": "2s")";
    static const Experiments all{
        {"first in, first out", {profile, queue(), firstInFirstOut}},
        {"last in, first out", {profile, queue(R"(, "line": "lifo")" + once), lastInFirstOut}},
        {"priorities", {profile, queue(R"(, "priorities": 3)" + once), prioritiesFirst}},
        {"delayed jobs", {profile, queue(), delayedJobs}},
        {"a retry goes to the tail", {profile, queue(once), aRetryGoesToTheTail}},
        {"a retry waits",
         {profile, queue(R"(, "retry": {"max": 1, "backoff": "fixed", "first": "1500ms"})"), aRetryWaits}},
        {"the failed set is put back", {profile, queue(once), theFailedSetIsPutBack}},
        {"an unrecoverable error is the last", {profile, queue(once), anUnrecoverableErrorIsTheLast}},
        {"a lost worker's job is stalled", {profile, queue(shortLock), aLostWorkersJobIsStalled}},
        {"a stalled job comes before all",
         {profile, queue(shortLock + once + R"(, "priorities": 3)"), aStalledJobComesBeforeAll}},
        {"stalled once too often", {profile, queue(R"(, "ackTimeout": "1s")"), stalledOnceTooOften}},
        {"a stall is no attempt", {profile, queue(shortLock + once), aStallIsNoAttempt}},
        {"a stalled job is settled by who has it now", {profile, queue(shortLock), anAckThatComesTooLate}},
        {"as many as its concurrency", {profile, queue(), asManyAsItsConcurrency}},
        {"workers share a queue", {profile, queue(), workersShareAQueue}},
        {"the limiter has windows",
         {profile, queue(R"(, "deliveryRate": {"limit": "40/min", "burst": 2, "refill": "atOnce"})"),
          theLimiterHasWindows}},
        {"a paused queue gives nothing", {profile, queue(), aPausedQueueGivesNothing}},
        {"a paused worker keeps what it has", {profile, queue(), aPausedWorkerKeepsWhatItHas}},
        {"repeats within a time are passed over",
         {profile, queue(R"(, "dedup": {"window": "3s", "sliding": false})"), repeatsArePassedOver}},
        {"each repeat begins the time anew",
         {profile, queue(R"(, "dedup": {"window": "3s", "sliding": true})"), repeatsArePassedOver}}};
    return all;
}

ChannelSpec queueWithRetry(const std::string& retry) {
    return channelsOf("bullmq", queue(R"(, "retry": )" + retry)).front();
}

// In milliseconds, one failure of a job after the other.
std::vector<std::int64_t> simulatedDelays(const ChannelSpec& spec, int failures) {
    BrokerBench bench({spec});
    bench.attach("q");
    bench.publish("q");
    std::vector<std::int64_t> delays;
    Duration now{};
    for (int i = 0; i < failures; ++i) {
        bench.settle(1, Settlement::retry);
        std::int64_t waited = 0;
        for (const std::size_t before = bench.deliveries().size(); bench.deliveries().size() == before; ++waited)
            bench.runTo(now += 1ms);
        delays.push_back(waited);
    }
    return delays;
}

} // namespace

class TestRealBullmq : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();
    void backoffGrows_data();
    void backoffGrows();
    void jitterShortens_data();
    void jitterShortens();
    void anIdIsFreeWhenItsJobIsGone();

  private:
    std::vector<std::int64_t> realDelays(BullmqDriver& real, int failures);

    std::unique_ptr<RedisServer> m_server;
};

void TestRealBullmq::initTestCase() {
    if (!NodeProcess::has("bullmq"))
        QSKIP("npm's bullmq is not installed");
    startServer(m_server);
}

void TestRealBullmq::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealBullmq::bothDoTheSame() {
    compareRow(experiments(), [this](const std::string&, std::vector<ChannelSpec> channels) {
        return std::make_unique<BullmqDriver>(m_server->port(), std::move(channels));
    });
}

// As BullMQ has noted them; nobody waits so long.
std::vector<std::int64_t> TestRealBullmq::realDelays(BullmqDriver& real, int failures) {
    real.publish("q", {});
    std::vector<std::int64_t> delays;
    for (int i = 0; i < failures; ++i) {
        const std::optional<Seen> seen = real.take("q", true);
        real.settle("taker", seen->message, Settlement::retry);
        delays.push_back(*real.call("hurry", {{"queue", Value("q")}}).number()->whole());
    }
    return delays;
}

void TestRealBullmq::backoffGrows_data() {
    QTest::addColumn<QString>("retry");
    QTest::newRow("fixed") << R"({"max": 8, "backoff": "fixed", "first": "700ms"})";
    QTest::newRow("exponential") << R"({"max": 8, "backoff": "exponential", "first": "250ms"})";
}

void TestRealBullmq::backoffGrows() {
    QFETCH(const QString, retry);
    const ChannelSpec spec = queueWithRetry(retry.toStdString());
    BullmqDriver real(m_server->port(), {spec});
    const std::vector<std::int64_t> delays = realDelays(real, 8);
    QCOMPARE(simulatedDelays(spec, 8), delays);
    QCOMPARE(delays.back(), retry.contains(QLatin1String("fixed")) ? 700 : 250 * 128);
}

void TestRealBullmq::jitterShortens_data() {
    QTest::addColumn<QString>("retry");
    QTest::addColumn<QString>("plain");
    QTest::newRow("fixed") << R"({"max": 40, "backoff": "fixed", "first": "4s", "jitter": 0.5, "jitterKind": "below"})"
                           << R"({"max": 40, "backoff": "fixed", "first": "4s"})";
    QTest::newRow("exponential")
        << R"({"max": 8, "backoff": "exponential", "first": "4s", "jitter": 0.25, "jitterKind": "below"})"
        << R"({"max": 8, "backoff": "exponential", "first": "4s"})";
}

// What is drawn cannot be the same; each of them stays within the same bounds, and comes near to both.
void TestRealBullmq::jitterShortens() {
    QFETCH(const QString, retry);
    QFETCH(const QString, plain);
    const ChannelSpec spec = queueWithRetry(retry.toStdString()), without = queueWithRetry(plain.toStdString());
    const auto failures = static_cast<int>(*spec.retry->max);
    BullmqDriver real(m_server->port(), {spec});
    const std::vector<std::int64_t> full = simulatedDelays(without, failures);
    for (const std::vector<std::int64_t>& delays : {realDelays(real, failures), simulatedDelays(spec, failures)}) {
        std::vector<double> shares;
        for (std::size_t i = 0; i < delays.size(); ++i)
            shares.push_back(static_cast<double>(delays[i]) / static_cast<double>(full[i]));
        const auto [least, most] = std::minmax_element(shares.begin(), shares.end());
        QVERIFY2(*least >= 1 - spec.retry->jitter - 0.001 && *most <= 1, std::to_string(*least).c_str());
        if (failures >= 40)
            QVERIFY2(*least<1 - 0.8 * spec.retry->jitter&& * most> 1 - 0.2 * spec.retry->jitter,
                     std::to_string(*most).c_str());
    }
}

// A job's own id is taken as long as there is anything of the job: what is done is kept, unless it asks to be removed.
void TestRealBullmq::anIdIsFreeWhenItsJobIsGone() {
    BullmqDriver real(m_server->port(), channelsOf("bullmq", queue()));
    int message = 0;
    const auto add = [&](const char* id, bool keep) {
        return *real.call("add", {{"queue", Value("q")},
                                  {"message", Value(++message)},
                                  {"jobId", Value(id)},
                                  {"keep", Value(keep)}})
                    .text();
    };
    const auto doNext = [&] {
        const std::optional<Seen> seen = real.take("q", true);
        real.settle("taker", seen->message, Settlement::ack);
        return seen->message;
    };
    QCOMPARE(add("kept", true), std::string("ack"));
    QCOMPARE(add("kept", true), std::string("repeated"));
    QCOMPARE(add("removed", false), std::string("ack"));
    QCOMPARE(doNext(), Ordinal{1});
    QCOMPARE(doNext(), Ordinal{3});
    QCOMPARE(add("kept", true), std::string("repeated"));
    QCOMPARE(add("removed", false), std::string("ack"));
    QCOMPARE(doNext(), Ordinal{5});
}

QTEST_GUILESS_MAIN(TestRealBullmq)
#include "tst_real_bullmq.moc"

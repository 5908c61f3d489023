// Experiments on real ZeroMQ sockets and on the simulated ones, side by side; and what the real ones do beside that,
// which the simulated ones leave out (README's table says so).
#include "brokers/experiment.h"
#include "brokers/zeromq_driver.h"
#include "core/scenario/profile.h"

#include <QTest>

#include <memory>

using namespace weir;

namespace {

// Four places in its pipe.
constexpr BenchConsumer fourPlaces{.prefetch = 4};

Settlement ack(const Seen&) {
    return Settlement::ack;
}

void receiveAll(Trial& trial) {
    trial.answer(ack);
}

// --- PUSH and PULL ---

void pullersTakeTurns(Trial& trial) {
    for (const char* puller : {"a", "b", "c"})
        trial.attach(puller, "q", fourPlaces);
    trial.publishSome(9, "q");
    trial.given();
}

void pusherWaitsAtTheMark(Trial& trial) {
    trial.attach("a", "q", fourPlaces);
    trial.publishSome(6, "q");
    receiveAll(trial);
    trial.publishSome(5, "q");
    receiveAll(trial);
}

void aFullPipeIsPassedOver(Trial& trial) {
    trial.attach("slow", "q", {.prefetch = 2});
    trial.attach("quick", "q", {.prefetch = 10});
    trial.publishSome(9, "q");
    trial.given();
}

void nobodyPullsYet(Trial& trial) {
    trial.publishSome(3, "q");
    trial.attach("a", "q", fourPlaces);
    receiveAll(trial);
    trial.publishSome(1, "q");
    receiveAll(trial);
}

void theFirstPullerTakesWhatWaited(Trial& trial) {
    trial.publishSome(5, "q");
    trial.attach("a", "q", fourPlaces);
    trial.attach("b", "q", fourPlaces);
    receiveAll(trial);
    trial.publishSome(2, "q");
    receiveAll(trial);
}

void whatAPullerHadIsGoneWithIt(Trial& trial) {
    trial.attach("a", "q", fourPlaces);
    trial.attach("b", "q", {.prefetch = 10});
    trial.publishSome(6, "q");
    trial.given();
    trial.crash("a");
    trial.given();
    trial.publishSome(2, "q");
    trial.given();
}

// --- PUB and SUB ---

// A prefix is said as one of Redis's patterns; those match no empty key, which ZeroMQ's empty prefix does.
void subscriptionsArePrefixes(Trial& trial) {
    trial.tell({.keys = true});
    for (const char* each : {"all", "orders", "paid", "twice"})
        trial.attach(each, each, {.prefetch = 20});
    publishTo(trial, "in", {"order", "order.paid", "orders", "bill", "Order", "order.paid.late"});
    trial.given();
}

void aSlowJoiner(Trial& trial) {
    publishTo(trial, "in", {"a", "a"});
    trial.attach("first", "q", fourPlaces);
    publishTo(trial, "in", {"a"});
    receiveAll(trial);
    trial.attach("second", "q", fourPlaces);
    publishTo(trial, "in", {"a"});
    receiveAll(trial);
    trial.crash("first");
    trial.crash("second");
    publishTo(trial, "in", {"a"});
    trial.attach("second", "q", fourPlaces);
    publishTo(trial, "in", {"a"});
    receiveAll(trial);
}

void aSlowSubscriberMissesWhatIsAboveItsMark(Trial& trial) {
    trial.attach("slow", "q", fourPlaces);
    trial.attach("quick", "q", {.prefetch = 10});
    publishTo(trial, "in", {"a", "a", "a", "a", "a", "a", "a"});
    receiveAll(trial); // 5 to 7 only by the quick one
    publishTo(trial, "in", {"a"});
    receiveAll(trial);
}

const Experiments& experiments() {
    static const std::vector<std::string> profile{"zeromq"};
    static const std::string pushing = R"("q": {"kind": "queue"})";
    static const std::string publishing = R"("in": {"kind": "topic"})";
    static const Experiments all{
        {"pullers take turns", {profile, pushing, pullersTakeTurns}},
        {"a pusher waits at the high-water mark", {profile, pushing, pusherWaitsAtTheMark}},
        {"a full pipe is passed over", {profile, pushing, aFullPipeIsPassedOver}},
        {"nobody pulls yet", {profile, pushing, nobodyPullsYet}},
        {"the first puller takes what waited", {profile, pushing, theFirstPullerTakesWhatWaited}},
        {"what a puller had is gone with it", {profile, pushing, whatAPullerHadIsGoneWithIt}},
        {"subscriptions are prefixes",
         {profile,
          publishing + boundQueue("all", {""}) + boundQueue("orders", {"order"}) + boundQueue("paid", {"order.paid"}) +
              boundQueue("twice", {"order", "order."}),
          subscriptionsArePrefixes}},
        {"a slow joiner", {profile, publishing + boundQueue("q", {"a"}), aSlowJoiner}},
        {"a slow subscriber misses what is above its mark",
         {profile, publishing + boundQueue("q", {"a"}), aSlowSubscriberMissesWhatIsAboveItsMark}}};
    return all;
}

std::string received(zmq::socket_t& socket) {
    zmq::message_t message;
    std::string text;
    while (socket.recv(message, zmq::recv_flags::dontwait))
        text += message.to_string();
    return text;
}

void send(zmq::socket_t& socket, const char* text) {
    QVERIFY(socket.send(zmq::buffer(std::string_view(text)), zmq::send_flags::dontwait));
}

} // namespace

class TestRealZeromq : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void bothDoTheSame_data();
    void bothDoTheSame();
    void aPipeHasRoomForTheStandardMarksOfBothEnds();
    void aPullerIsServedByItsPushersInTurn();
    void roomIsGivenBackByHalves();
};

void TestRealZeromq::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealZeromq::bothDoTheSame() {
    compareRow(experiments(), [](const std::string&, std::vector<ChannelSpec> channels) {
        return std::make_unique<ZeromqDriver>(std::move(channels));
    });
}

// The standard mark is the profile's.
void TestRealZeromq::aPipeHasRoomForTheStandardMarksOfBothEnds() {
    zmq::context_t context;
    zmq::socket_t push(context, ZMQ_PUSH), pull(context, ZMQ_PULL);
    push.set(zmq::sockopt::linger, 0);
    push.bind("inproc://q");
    pull.connect("inproc://q");
    std::int64_t sent = 0;
    (void)push.get(zmq::sockopt::events); // so that it notices who has come
    while (push.send(zmq::str_buffer("x"), zmq::send_flags::dontwait))
        ++sent;
    const Value::Table handler = Profile::named("zeromq")->defaults("handler");
    const Value prefetch = *Value(handler).member("prefetch");
    QCOMPARE(sent, *prefetch.number()->whole());
}

// Not in the order in which they were pushed, which is the order of a simulated queue.
void TestRealZeromq::aPullerIsServedByItsPushersInTurn() {
    zmq::context_t context;
    zmq::socket_t pull(context, ZMQ_PULL), first(context, ZMQ_PUSH), second(context, ZMQ_PUSH);
    pull.bind("inproc://q");
    for (zmq::socket_t* push : {&first, &second})
        push->connect("inproc://q");
    for (const char* text : {"a", "b", "c"})
        send(first, text);
    for (const char* text : {"1", "2", "3"})
        send(second, text);
    QCOMPARE(received(pull), std::string("a1b2c3"));
}

// A simulated pipe has a place again for each message that is received.
void TestRealZeromq::roomIsGivenBackByHalves() {
    zmq::context_t context;
    zmq::socket_t push(context, ZMQ_PUSH), pull(context, ZMQ_PULL);
    push.set(zmq::sockopt::linger, 0);
    push.set(zmq::sockopt::sndhwm, 3);
    pull.set(zmq::sockopt::rcvhwm, 3);
    push.bind("inproc://q");
    pull.connect("inproc://q");
    const auto fill = [&] {
        int sent = 0;
        (void)push.get(zmq::sockopt::events); // so that it notices what has become free
        while (push.send(zmq::str_buffer("x"), zmq::send_flags::dontwait))
            ++sent;
        return sent;
    };
    QCOMPARE(fill(), 6);
    zmq::message_t message;
    QVERIFY(pull.recv(message, zmq::recv_flags::dontwait));
    QVERIFY(pull.recv(message, zmq::recv_flags::dontwait));
    QCOMPARE(fill(), 0);
    QVERIFY(pull.recv(message, zmq::recv_flags::dontwait));
    QCOMPARE(fill(), 3);
}

QTEST_GUILESS_MAIN(TestRealZeromq)
#include "tst_real_zeromq.moc"

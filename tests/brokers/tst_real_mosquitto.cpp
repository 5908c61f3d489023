// Experiments on a real mosquitto and on the simulated MQTT, side by side.
#include "brokers/experiment.h"
#include "brokers/mosquitto_driver.h"
#include "brokers/mqtt_wire.h"
#include "brokers/patience.h"
#include "core/record/record_reader.h"
#include "core/scenario/load.h"
#include "core/simulation/simulation.h"

#include <QTest>

#include <map>
#include <memory>
#include <utility>

using namespace weir;

namespace {

// What is received is acked by that.
constexpr BenchConsumer receiver{.prefetch = 20, .automatic = true};

const std::string topics = R"("in": {"kind": "topic", "dialect": "mqtt"})";

void attachAll(Trial& trial, std::initializer_list<const char*> queues) {
    for (const char* each : queues)
        trial.attach(each, each, receiver);
}

void wildcards(Trial& trial) {
    trial.tell({.keys = true});
    attachAll(trial, {"all", "one", "below", "oneBelow", "gap", "dollar", "anyDollar", "exact"});
    publishTo(trial, "in", {"a", "a/b", "a/", "/a", "a//c", "a/b/c", "$x", "$x/y", "b", "A/b"});
    trial.given();
}

void oneClientSeveralFilters(Trial& trial) {
    trial.attach("q", "q", receiver);
    publishTo(trial, "in", {"a/b", "a/c", "b"});
    trial.given();
}

void membersTakeTurns(Trial& trial) {
    attachAll(trial, {"first", "second", "third", "normal"});
    for (int i = 0; i < 9; ++i)
        publishTo(trial, "in", {"t/x"});
    trial.given();
}

void otherGroupsGetTheirOwn(Trial& trial) {
    attachAll(trial, {"first", "second", "other"});
    publishTo(trial, "in", {"t/x", "t/x", "t/y", "u"});
    trial.given();
}

// MQTT says nothing of the order of what is retained. mosquitto 2.0.11 also sends it to shared subscriptions, which
// MQTT 5 forbids (4.8.2) and the simulated one does not.
void whatIsRetainedComesLater(Trial& trial) {
    trial.tell({.keys = true});
    trial.attach("late", "late", receiver);
    trial.crash("late");
    trial.publish("in", {.routingKey = "t/a", .retain = true}); // 1
    trial.publish("in", {.routingKey = "t/b", .retain = true});
    trial.publish("in", {.routingKey = "t/b", .retain = true}); // 3 takes the place of 2
    trial.publish("in", {.routingKey = "t/c", .retain = true});
    trial.publish("in", {.routingKey = "t/c", .retain = true, .size = 0}); // and is gone
    trial.publish("in", {.routingKey = "u/a", .retain = true});
    trial.attach("late", "late", receiver);
    trial.given(); // what it missed, then what is retained
    trial.crash("late");
    trial.publish("in", {.routingKey = "t/a", .retain = true, .size = 0});
    trial.attach("late", "late", receiver);
    trial.given();
}

void whatComesWhileItIsAway(Trial& trial) {
    trial.attach("q", "q", receiver);
    publishTo(trial, "in", {"t/1", "t/2"});
    trial.given();
    trial.crash("q");
    for (std::int64_t i = 0; i < MosquittoServer::queuedMax + 3; ++i)
        publishTo(trial, "in", {"t/x"});
    trial.attach("q", "q", receiver);
    trial.given();
    publishTo(trial, "in", {"t/3"});
    trial.given();
}

void orderStaysPerTopic(Trial& trial) {
    attachAll(trial, {"q", "other"});
    for (int i = 0; i < 18; ++i) // no more than may be on their way to one client
        publishTo(trial, "in", {i % 3 == 0 ? "t/a" : "t/b"});
    trial.given();
}

const Experiments& experiments() {
    static const Experiments all{
        {"wildcards",
         {{"mqtt"},
          topics + boundQueue("all", {"#"}) + boundQueue("one", {"+"}) + boundQueue("below", {"a/#"}) +
              boundQueue("oneBelow", {"a/+"}) + boundQueue("gap", {"a/+/c"}) + boundQueue("dollar", {"$x/#"}) +
              boundQueue("anyDollar", {"+/y"}) + boundQueue("exact", {"a/b"}),
          wildcards}},
        {"one client with several filters",
         {{"mqtt"}, topics + boundQueue("q", {"a/#", "a/b", "+/b"}), oneClientSeveralFilters}},
        {"members of a shared subscription take turns",
         {{"mqtt"},
          topics + boundQueue("first", {"$share/g/t/#"}) + boundQueue("second", {"$share/g/t/#"}) +
              boundQueue("third", {"$share/g/t/#"}) + boundQueue("normal", {"t/#"}),
          membersTakeTurns}},
        {"other groups get their own",
         {{"mqtt"},
          topics + boundQueue("first", {"$share/g/t/+"}) + boundQueue("second", {"$share/g/t/+"}) +
              boundQueue("other", {"$share/h/t/+"}),
          otherGroupsGetTheirOwn}},
        {"what is retained comes later", {{"mqtt"}, topics + boundQueue("late", {"t/#"}), whatIsRetainedComesLater}},
        {"what comes while it is away",
         {{"mqtt"},
          topics + boundQueue("q", {"t/#"},
                              R"(, "capacity": )" + std::to_string(MosquittoServer::queuedMax) +
                                  R"(, "overflow": "dropNewest")"),
          whatComesWhileItIsAway}},
        {"the order stays",
         {{"mqtt"}, topics + boundQueue("q", {"t/#"}) + boundQueue("other", {"t/a"}), orderStaysPerTopic}}};
    return all;
}

// A sensor is lost; one client listens to what becomes of it, one is away at that time and comes back, one asked for
// something else.
const std::string lostSensor = R"({
  "weir": "1", "profile": "mqtt", "run": { "for": "10s" },
  "events": { "gone": { "data": { "state": "lost" } } },
  "channels": {
    "in": { "kind": "exchange", "type": "topic", "dialect": "mqtt" },
    "listening": { "kind": "queue", "bind": [ { "to": "in", "pattern": "status/#" } ] },
    "away": { "kind": "queue", "bind": [ { "to": "in", "pattern": "status/+" } ] },
    "elsewhere": { "kind": "queue", "bind": [ { "to": "in", "pattern": "data/#" } ] }
  },
  "services": {
    "sensor": { "will": { "emit": "gone", "to": "in", "routingKey": "status/sensor", "retain": true } },
    "first": { "handlers": [ { "on": "listening", "takes": "1ms" } ] },
    "second": { "handlers": [ { "on": "away", "takes": "1ms" } ] },
    "third": { "handlers": [ { "on": "elsewhere", "takes": "1ms" } ] }
  },
  "faults": [ { "at": "1s", "crash": "second", "for": "4s" }, { "at": "2s", "crash": "sensor", "for": "1min" } ]
})";

// How many deliveries a run makes out of each queue.
std::map<std::string, int> deliveriesIn(const std::string& file) {
    const auto scenario = loadScenario(file);
    if (!scenario)
        qFatal("%s", scenario.error().front().text().c_str());
    const auto model = Model::compile(*scenario).value();
    Simulation simulation(model);
    Recorder recorder(model->catalogue);
    simulation.run(SimTime::max(), UINT64_MAX, recorder);
    RecordReader reader(recorder.store());
    reader.refresh();
    std::map<std::string, int> deliveries;
    for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
        if (const Record& record = reader.at(i); record.kind == RecordKind::delivered)
            ++deliveries[model->catalogue->channels()[model->catalogue->place(record.place).channel.index()].name];
    return deliveries;
}

using Word = MqttWire::Word;
using Packets = std::vector<std::string>;

// What a client of QoS 2 publishes, to one that listens; `more` are members of the file, `takes` the listener's work.
std::string inTwoSteps(const std::string& arrivals, const std::string& takes, const std::string& more) {
    return R"({ "weir": "1", "profile": "mqtt-qos2", "run": { "for": "1min" }, "events": { "t": {} },
      "channels": { "in": { "kind": "exchange", "type": "topic", "dialect": "mqtt" },
                    "listening": { "kind": "queue", "bind": [ { "to": "in", "pattern": "t" } ] } },
      "services": { "pub": { "sources": [ { "arrivals": { )" +
           arrivals + R"( }, "emit": "t", "to": "in", "routingKey": "t",
                                            "confirm": { "timeout": "1s", "backoff": "0s" } } ] },
                    "sub": { "handlers": [ { "on": "listening", "takes": ")" +
           takes + R"(", "concurrency": 20 } ] } }, )" + more + " }";
}

// All that comes to it within a while.
int receivedBy(MosquittoClient& client, int expected) {
    const auto count = [&] {
        client.receive();
        return static_cast<int>(client.received.size());
    };
    eventually([&] { return count() >= expected; });
    std::this_thread::sleep_for(moment);
    return count();
}

} // namespace

class TestRealMosquitto : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();
    void aLostClientLeavesItsWill();
    void qos2IsHandedOnWhenItsClientKnows();
    void qos2IsNotSentAgainToWhoHasIt();
    void twentyOfQos2AreOnTheirWay();
    void qos0IsNotKeptForWhoIsAway();
    void whatALostMemberHadWaitsForIt();
    void aMemberThatIsAwayKeepsItsTurn();

  private:
    std::unique_ptr<MosquittoServer> m_server;
};

void TestRealMosquitto::initTestCase() {
    startServer(m_server);
}

void TestRealMosquitto::bothDoTheSame_data() {
    addRows(experiments());
}

void TestRealMosquitto::bothDoTheSame() {
    compareRow(experiments(),
               [this](const std::string&, std::vector<ChannelSpec> channels) -> std::unique_ptr<BrokerDriver> {
                   return std::make_unique<MosquittoDriver>(m_server->port(), std::move(channels));
               });
}

void TestRealMosquitto::aLostClientLeavesItsWill() {
    std::map<std::string, int> simulated = deliveriesIn(lostSensor);
    const std::uint16_t port = m_server->port();
    MosquittoClient listening("listening", false), away("away", true), elsewhere("elsewhere", false);
    for (const auto& [client, filter] :
         {std::pair(&listening, "status/#"), std::pair(&away, "status/+"), std::pair(&elsewhere, "data/#")}) {
        client->connect(port);
        client->subscribe(filter);
    }
    away.lose();
    MosquittoClient sensor("sensor", false);
    sensor.leaveWill("status/sensor", "gone", true);
    sensor.connect(port);
    sensor.lose();
    QCOMPARE(receivedBy(listening, simulated["listening"]), simulated["listening"]);
    away.connect(port);
    away.subscribe("status/+"); // as clients do when they come back
    QCOMPARE(receivedBy(away, simulated["away"]), simulated["away"]);
    QCOMPARE(receivedBy(elsewhere, simulated["elsewhere"]), simulated["elsewhere"]);
    QCOMPARE(simulated["listening"] + simulated["away"], 3); // what it missed, and what was retained
    listening.publish("status/sensor", "", true);
    for (MosquittoClient* client : {&listening, &away, &elsewhere})
        client->disconnect();
}

// Each word is said twice, the event in two connections.
void TestRealMosquitto::qos2IsHandedOnWhenItsClientKnows() {
    const std::uint16_t port = m_server->port();
    MqttWire listening(port, "listening2", false);
    listening.subscribe("t", 2);
    const MqttWire::Publish one{.topic = "t", .text = "one", .id = 1},
        again{.topic = "t", .text = "one", .id = 1, .repeat = true};
    {
        MqttWire first(port, "pub", true);
        first.publish(one);
        QCOMPARE(first.received(1), Packets{"PUBREC 1"});
        first.publish(again);
        QCOMPARE(first.received(1), Packets{"PUBREC 1"});
    }
    MqttWire next(port, "pub", true);
    next.publish(again);
    QCOMPARE(next.received(1), Packets{"PUBREC 1"});
    QCOMPARE(listening.received(0), Packets{}); // kept, and unseen
    next.say(Word::pubrel, 1);
    QCOMPARE(next.received(1), Packets{"PUBCOMP 1"});
    QCOMPARE(listening.received(1), Packets{"PUBLISH 1 one"});
    next.say(Word::pubrel, 1);
    QCOMPARE(next.received(1), Packets{"PUBCOMP 1"});
    QCOMPARE(listening.received(0), Packets{});
    // The simulated one: its answer is lost, then its connection.
    const std::string more = R"("links": [ { "between": ["pub", "broker"], "latency": "10ms", "heartbeat": "1s" } ],
        "faults": [ { "at": "1015ms", "lose": ["pub", "broker"], "for": "10ms" },
                    { "at": "2025ms", "partition": [["pub"], ["broker"]], "for": "5s" } ])";
    QCOMPARE(deliveriesIn(inTwoSteps(R"("times": ["1s"])", "0s", more))["listening"], 1);
}

void TestRealMosquitto::qos2IsNotSentAgainToWhoHasIt() {
    const std::uint16_t port = m_server->port();
    MqttWire pub(port, "pub3", false);
    int deliveries = 0;
    {
        MqttWire sub(port, "sub3", true);
        sub.subscribe("t", 2);
        for (std::uint16_t id = 1; id <= 2; ++id) {
            pub.publish({.topic = "t", .text = "m" + std::to_string(id), .id = id});
            QCOMPARE(pub.received(1).size(), std::size_t{1});
            pub.say(Word::pubrel, id);
            QCOMPARE(pub.received(1).size(), std::size_t{1});
        }
        QCOMPARE(sub.received(2), (Packets{"PUBLISH 1 m1", "PUBLISH 2 m2"}));
        deliveries += 2;
        sub.say(Word::pubrec, 1);
        QCOMPARE(sub.received(1), Packets{"PUBREL 1"});
    }
    MqttWire sub(port, "sub3", true);
    QCOMPARE(sub.received(2), (Packets{"PUBREL 1", "PUBLISH again 2 m2"}));
    deliveries += 2;
    sub.say(Word::pubcomp, 1);
    sub.say(Word::pubrec, 2);
    QCOMPARE(sub.received(1), Packets{"PUBREL 2"});
    sub.say(Word::pubcomp, 2);
    QCOMPARE(sub.received(0), Packets{});
    // The simulated one: the second receipt is lost with the connection; either is handled once.
    const std::string more = R"("links": [ { "between": ["sub", "broker"], "latency": "10ms", "heartbeat": "1s" } ],
        "faults": [ { "at": "1035ms", "partition": [["sub"], ["broker"]], "for": "5s" } ])";
    QCOMPARE(deliveriesIn(inTwoSteps(R"("times": ["1s", "1020ms"])", "0s", more))["listening"], deliveries);
}

// mosquitto 2.0.11 lets all the rest go when one of them is done, which the simulated one does not.
void TestRealMosquitto::twentyOfQos2AreOnTheirWay() {
    const std::uint16_t port = m_server->port();
    MqttWire sub(port, "sub4", false), pub(port, "pub4", false);
    sub.subscribe("t", 2);
    for (std::uint16_t id = 1; id <= 25; ++id) {
        pub.publish({.topic = "t", .text = "m", .id = id});
        QCOMPARE(pub.received(1).size(), std::size_t{1});
        pub.say(Word::pubrel, id);
        QCOMPARE(pub.received(1).size(), std::size_t{1});
    }
    const Packets first = sub.received(20);
    QCOMPARE(deliveriesIn(inTwoSteps(R"("every": "10ms", "count": 25)", "1h", R"("notes": "")"))["listening"], 20);
    QCOMPARE(first.size(), std::size_t{20});
    sub.say(Word::pubrec, 1);
    QCOMPARE(sub.received(1), Packets{"PUBREL 1"}); // this is not the end of it
    sub.say(Word::pubcomp, 1);
    QCOMPARE(sub.received(5).size(), std::size_t{5});
}

void TestRealMosquitto::qos0IsNotKeptForWhoIsAway() {
    const std::uint16_t port = m_server->port();
    MqttWire pub(port, "pub5", false);
    {
        MqttWire sub(port, "sub5", true);
        sub.subscribe("t", 0);
        pub.publish({.topic = "t", .text = "here", .qos = 0});
        QCOMPARE(sub.received(1), Packets{"PUBLISH here"});
    }
    std::this_thread::sleep_for(moment); // the server notices that it is gone
    pub.publish({.topic = "t", .text = "away", .qos = 0});
    std::this_thread::sleep_for(moment);
    MqttWire sub(port, "sub5", true);
    QCOMPARE(sub.received(0), Packets{});
    const std::string away = R"({ "weir": "1", "profile": "mqtt-qos0", "run": { "for": "10s" }, "events": { "t": {} },
      "channels": { "in": { "kind": "exchange", "type": "topic", "dialect": "mqtt" },
                    "listening": { "kind": "queue", "bind": [ { "to": "in", "pattern": "t" } ] } },
      "services": { "pub": { "sources": [ { "arrivals": { "times": ["1s", "3s"] }, "emit": "t", "to": "in" } ] },
                    "sub": { "handlers": [ { "on": "listening" } ] } },
      "faults": [ { "at": "2s", "crash": "sub", "for": "2s" } ] })";
    QCOMPARE(deliveriesIn(away)["listening"], 1);
}

// Two members of a shared subscription at QoS 1, one of which is lost with an event in hand.
void TestRealMosquitto::whatALostMemberHadWaitsForIt() {
    const std::uint16_t port = m_server->port();
    MqttWire pub(port, "pub6", false), other(port, "other6", true);
    Packets had, again;
    {
        MqttWire lost(port, "lost6", true);
        lost.subscribe("$share/g/s", 1);
        other.subscribe("$share/g/s", 1);
        for (std::uint16_t id = 1; id <= 2; ++id) {
            pub.publish({.topic = "s", .text = "m" + std::to_string(id), .id = id, .qos = 1});
            QCOMPARE(pub.received(1).size(), std::size_t{1});
        }
        had = lost.received(1);
    }
    QCOMPARE(had, Packets{"PUBLISH 1 m1"});
    QCOMPARE(other.received(1), Packets{"PUBLISH 1 m2"});
    other.say(Word::puback, 1);
    QCOMPARE(other.received(0), Packets{}); // though it is there and has nothing to do
    MqttWire back(port, "lost6", true);
    again = back.received(1);
    QCOMPARE(again, Packets{"PUBLISH again 1 m1"});
    back.say(Word::puback, 1);
    const auto simulated = [](const std::string& away) {
        return deliveriesIn(R"({ "weir": "1", "profile": "mqtt", "run": { "for": "1min" }, "events": { "s": {} },
          "channels": { "in": { "kind": "topic" },
                        "shared": { "kind": "queue", "bind": [ { "to": "in", "pattern": "$share/g/s" } ] } },
          "services": { "pub": { "sources": [ { "arrivals": { "times": ["1s", "2s"] }, "emit": "s", "to": "in" } ] },
                        "member": { "instances": 2, "handlers": [ { "on": "shared", "takes": "5s" } ] } },
          "faults": [ { "at": "3s", "crash": "member", "instance": 0, "for": ")" +
                            away + R"(" } ] })")["shared"];
    };
    QCOMPARE(simulated("1h"), 2);
    QCOMPARE(simulated("10s"), 3);
}

// mosquitto 2.0.11: so do members that each have a queue of their own here; those that share one do not.
void TestRealMosquitto::aMemberThatIsAwayKeepsItsTurn() {
    const std::uint16_t port = m_server->port();
    MqttWire pub(port, "pub7", false), other(port, "other7", true);
    {
        MqttWire away(port, "away7", true);
        away.subscribe("$share/g/u", 1);
    }
    other.subscribe("$share/g/u", 1);
    std::this_thread::sleep_for(moment); // the server notices that it is gone
    for (std::uint16_t id = 1; id <= 4; ++id) {
        pub.publish({.topic = "u", .text = "m" + std::to_string(id), .id = id, .qos = 1});
        QCOMPARE(pub.received(1).size(), std::size_t{1});
    }
    QCOMPARE(other.received(2), (Packets{"PUBLISH 1 m2", "PUBLISH 2 m4"}));
    MqttWire back(port, "away7", true);
    QCOMPARE(back.received(2), (Packets{"PUBLISH 1 m1", "PUBLISH 2 m3"}));
    std::map<std::string, int> simulated =
        deliveriesIn(R"({ "weir": "1", "profile": "mqtt", "run": { "for": "1min" }, "events": { "u": {} },
          "channels": { "in": { "kind": "topic" },
                        "first": { "kind": "queue", "bind": [ { "to": "in", "pattern": "$share/g/u" } ] },
                        "second": { "kind": "queue", "bind": [ { "to": "in", "pattern": "$share/g/u" } ] } },
          "services": { "pub": { "sources": [ { "arrivals": { "every": "1s", "count": 4 }, "emit": "u", "to": "in" } ] },
                        "away": { "handlers": [ { "on": "first" } ] }, "other": { "handlers": [ { "on": "second" } ] } },
          "faults": [ { "at": "0s", "crash": "away", "for": "10s" } ] })");
    QCOMPARE(simulated["first"], 2);
    QCOMPARE(simulated["second"], 2);
}

QTEST_GUILESS_MAIN(TestRealMosquitto)
#include "tst_real_mosquitto.moc"

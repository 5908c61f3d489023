// Experiments on a real mosquitto and on the simulated MQTT, side by side.
#include "brokers/experiment.h"
#include "brokers/mosquitto_driver.h"

#include <QTest>

#include <memory>

using namespace weir;

namespace {

// What is received is acked by that.
constexpr BenchConsumer client{.prefetch = 20, .automatic = true};

const std::string topics = R"("in": {"kind": "exchange", "type": "topic", "dialect": "mqtt", "overlap": "client"})";

void attachAll(Trial& trial, std::initializer_list<const char*> queues) {
    for (const char* each : queues)
        trial.attach(each, each, client);
}

void wildcards(Trial& trial) {
    trial.tell({.keys = true});
    attachAll(trial, {"all", "one", "below", "oneBelow", "gap", "dollar", "anyDollar", "exact"});
    publishTo(trial, "in", {"a", "a/b", "a/", "/a", "a//c", "a/b/c", "$x", "$x/y", "b", "A/b"});
    trial.given();
}

void oneClientSeveralFilters(Trial& trial) {
    trial.attach("q", "q", client);
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
    trial.attach("late", "late", client);
    trial.crash("late");
    trial.publish("in", {.routingKey = "t/a", .retain = true}); // 1
    trial.publish("in", {.routingKey = "t/b", .retain = true});
    trial.publish("in", {.routingKey = "t/b", .retain = true}); // 3 takes the place of 2
    trial.publish("in", {.routingKey = "t/c", .retain = true});
    trial.publish("in", {.routingKey = "t/c", .retain = true, .size = 0}); // and is gone
    trial.publish("in", {.routingKey = "u/a", .retain = true});
    trial.attach("late", "late", client);
    trial.given(); // what it missed, then what is retained
    trial.crash("late");
    trial.publish("in", {.routingKey = "t/a", .retain = true, .size = 0});
    trial.attach("late", "late", client);
    trial.given();
}

void whatComesWhileItIsAway(Trial& trial) {
    trial.attach("q", "q", client);
    publishTo(trial, "in", {"t/1", "t/2"});
    trial.given();
    trial.crash("q");
    for (std::int64_t i = 0; i < MosquittoServer::queuedMax + 3; ++i)
        publishTo(trial, "in", {"t/x"});
    trial.attach("q", "q", client);
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

} // namespace

class TestRealMosquitto : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void bothDoTheSame_data();
    void bothDoTheSame();

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

QTEST_GUILESS_MAIN(TestRealMosquitto)
#include "tst_real_mosquitto.moc"

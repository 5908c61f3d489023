// Experiments on a real mosquitto and on the simulated MQTT, side by side.
#include "brokers/mosquitto_driver.h"
#include "brokers/simulated_driver.h"
#include "brokers/trial.h"

#include <QTest>

#include <functional>
#include <map>
#include <memory>

using namespace weir;

namespace {

struct Experiment {
    std::string channels;
    std::function<void(Trial&)> steps;
};

// What is received is acked by that.
constexpr BenchConsumer client{.prefetch = 20, .automatic = true};

const std::string topics = R"("in": {"kind": "exchange", "type": "topic", "dialect": "mqtt", "overlap": "client"})";

// "name": a queue that is bound to these filters.
std::string queue(const std::string& name, std::initializer_list<const char*> filters, const std::string& more = {}) {
    std::string bindings;
    for (const char* filter : filters)
        bindings += std::string(bindings.empty() ? "" : ", ") + R"({"to": "in", "pattern": ")" + filter + "\"}";
    return ", \"" + name + R"(": {"kind": "queue", "bind": [)" + bindings + "]" + more + "}";
}

void attachAll(Trial& trial, std::initializer_list<const char*> queues) {
    for (const char* each : queues)
        trial.attach(each, each, client);
}

void publishTo(Trial& trial, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        trial.publish("in", {.routingKey = key});
}

void wildcards(Trial& trial) {
    trial.tell({.keys = true});
    attachAll(trial, {"all", "one", "below", "oneBelow", "gap", "dollar", "anyDollar", "exact"});
    publishTo(trial, {"a", "a/b", "a/", "/a", "a//c", "a/b/c", "$x", "$x/y", "b", "A/b"});
    trial.given();
}

void oneClientSeveralFilters(Trial& trial) {
    trial.attach("q", "q", client);
    publishTo(trial, {"a/b", "a/c", "b"});
    trial.given();
}

void membersTakeTurns(Trial& trial) {
    attachAll(trial, {"first", "second", "third", "normal"});
    for (int i = 0; i < 9; ++i)
        publishTo(trial, {"t/x"});
    trial.given();
}

void otherGroupsGetTheirOwn(Trial& trial) {
    attachAll(trial, {"first", "second", "other"});
    publishTo(trial, {"t/x", "t/x", "t/y", "u"});
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
    publishTo(trial, {"t/1", "t/2"});
    trial.given();
    trial.crash("q");
    for (std::int64_t i = 0; i < MosquittoServer::queuedMax + 3; ++i)
        publishTo(trial, {"t/x"});
    trial.attach("q", "q", client);
    trial.given();
    publishTo(trial, {"t/3"});
    trial.given();
}

void orderStaysPerTopic(Trial& trial) {
    attachAll(trial, {"q", "other"});
    for (int i = 0; i < 18; ++i) // no more than may be on their way to one client
        publishTo(trial, {i % 3 == 0 ? "t/a" : "t/b"});
    trial.given();
}

const std::map<std::string, Experiment>& experiments() {
    static const std::map<std::string, Experiment> all{
        {"wildcards",
         {topics + queue("all", {"#"}) + queue("one", {"+"}) + queue("below", {"a/#"}) + queue("oneBelow", {"a/+"}) +
              queue("gap", {"a/+/c"}) + queue("dollar", {"$x/#"}) + queue("anyDollar", {"+/y"}) +
              queue("exact", {"a/b"}),
          wildcards}},
        {"one client with several filters", {topics + queue("q", {"a/#", "a/b", "+/b"}), oneClientSeveralFilters}},
        {"members of a shared subscription take turns",
         {topics + queue("first", {"$share/g/t/#"}) + queue("second", {"$share/g/t/#"}) +
              queue("third", {"$share/g/t/#"}) + queue("normal", {"t/#"}),
          membersTakeTurns}},
        {"other groups get their own",
         {topics + queue("first", {"$share/g/t/+"}) + queue("second", {"$share/g/t/+"}) +
              queue("other", {"$share/h/t/+"}),
          otherGroupsGetTheirOwn}},
        {"what is retained comes later", {topics + queue("late", {"t/#"}), whatIsRetainedComesLater}},
        {"what comes while it is away",
         {topics +
              queue("q", {"t/#"},
                    R"(, "capacity": )" + std::to_string(MosquittoServer::queuedMax) + R"(, "overflow": "dropNewest")"),
          whatComesWhileItIsAway}},
        {"the order stays", {topics + queue("q", {"t/#"}) + queue("other", {"t/a"}), orderStaysPerTopic}}};
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
    if (!MosquittoServer::isInstalled())
        QSKIP("mosquitto is not installed");
    m_server = std::make_unique<MosquittoServer>();
    QVERIFY2(m_server->start(), m_server->log().c_str());
}

void TestRealMosquitto::bothDoTheSame_data() {
    QTest::addColumn<QString>("name");
    for (const auto& [name, experiment] : experiments())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestRealMosquitto::bothDoTheSame() {
    QFETCH(const QString, name);
    const Experiment& experiment = experiments().at(name.toStdString());
    const std::vector<ChannelSpec> channels = channelsOf("mqtt", experiment.channels);
    SimulatedDriver simulated(channels);
    MosquittoDriver real(m_server->port(), channels);
    Trial trial(simulated, real);
    experiment.steps(trial);
    trial.given(); // nothing is left to be told
    if (!trial.agrees())
        qWarning("mosquitto:\n%s\nsimulated:\n%s", trial.real().c_str(), trial.simulated().c_str());
    QVERIFY(!trial.real().empty());
    QCOMPARE(QString::fromStdString(trial.simulated()), QString::fromStdString(trial.real()));
}

QTEST_GUILESS_MAIN(TestRealMosquitto)
#include "tst_real_mosquitto.moc"

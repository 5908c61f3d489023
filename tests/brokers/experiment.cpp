#include "brokers/experiment.h"

#include "brokers/simulated_driver.h"

namespace weir {

void addRows(const Experiments& experiments) {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("profile");
    for (const auto& [name, experiment] : experiments)
        for (const std::string& profile : experiment.profiles)
            QTest::newRow((name + ", " + profile).c_str())
                << QString::fromStdString(name) << QString::fromStdString(profile);
}

void compareRow(const Experiments& experiments, const RealBroker& real) {
    QFETCH(const QString, name);
    QFETCH(const QString, profile);
    const Experiment& experiment = experiments.at(name.toStdString());
    const std::vector<ChannelSpec> channels = channelsOf(profile.toStdString(), experiment.channels);
    SimulatedDriver simulated(channels);
    const std::unique_ptr<BrokerDriver> driver = real(profile.toStdString(), channels);
    Trial trial(simulated, *driver);
    experiment.steps(trial);
    trial.given(); // nothing is left to be told
    if (!trial.agrees())
        qWarning("real:\n%s\nsimulated:\n%s", trial.real().c_str(), trial.simulated().c_str());
    QVERIFY(!trial.real().empty());
    QCOMPARE(QString::fromStdString(trial.simulated()), QString::fromStdString(trial.real()));
}

std::string boundQueue(const std::string& name, std::initializer_list<const char*> patterns, const std::string& more) {
    std::string bindings;
    for (const char* pattern : patterns)
        bindings += std::string(bindings.empty() ? "" : ", ") + R"({"to": "in", "pattern": ")" + pattern + "\"}";
    return ", \"" + name + R"(": {"kind": "queue", "bind": [)" + bindings + "]" + more + "}";
}

void publishTo(Trial& trial, const std::string& exchange, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        trial.publish(exchange, {.routingKey = key});
}

} // namespace weir

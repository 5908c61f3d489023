// Experiment: steps on a few channels, for one or several profiles, and what tests of all real brokers do with them: a
// row for each, and in each the comparison of the real broker with the simulated one.
#pragma once

#include "brokers/trial.h"

#include <QTest>

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weir {

struct Experiment {
    std::vector<std::string> profiles;
    std::string channels; // of a scenario, as JSON without the outer braces
    std::function<void(Trial&)> steps;
};
using Experiments = std::map<std::string, Experiment>; // by what they show

using RealBroker = std::function<std::unique_ptr<BrokerDriver>(const std::string& profile, std::vector<ChannelSpec>)>;

void addRows(const Experiments& experiments);
void compareRow(const Experiments& experiments, const RealBroker& real);

// In initTestCase: without the program all that follows is skipped.
template <class Server> void startServer(std::unique_ptr<Server>& server) {
    if (!Server::isInstalled())
        QSKIP("the server is not installed");
    server = std::make_unique<Server>();
    QVERIFY2(server->start(), server->log().c_str());
}

// A further member: a queue that the exchange "in" leads to, by each of these patterns.
std::string boundQueue(const std::string& name, std::initializer_list<const char*> patterns,
                       const std::string& more = {});
void publishTo(Trial& trial, const std::string& exchange, std::initializer_list<const char*> keys);

} // namespace weir

// Inspection: what the rules of check() look at and write to. One file a family of rules; each rule is a function that
// adds findings and changes nothing else.
#pragma once

#include "core/scenario/finding.h"
#include "core/scenario/flow.h"
#include "core/scenario/topology.h"

#include <string>
#include <vector>

namespace weir {

struct Inspection {
    const Scenario& scenario;
    Topology& topology;
    const Flow& flow;
    std::vector<Finding>& findings;

    void add(Finding finding) { findings.push_back(std::move(finding)); }
};

void inspectStructure(Inspection& inspection);   // who feeds whom, what leads nowhere
void inspectDelivery(Inspection& inspection);    // retries, dead letters, idempotency, timeouts
void inspectAdmission(Inspection& inspection);  // rates, versions of schemas, how producers publish
void inspectLoad(Inspection& inspection);        // offered load, dead loops, blocking circles
void inspectStreams(Inspection& inspection);     // keys and groups of streams
void inspectLinks(Inspection& inspection);       // what is lost between services and the broker, and stays lost
void inspectNodes(Inspection& inspection);      // replicas, in-sync minimums, acks
void inspectExpressions(Inspection& inspection); // names that expressions ask for
void inspectProfiles(Inspection& inspection);    // fields that the named system has nothing like

// How many workers can be busy with a subscription at a time: a stream's partitions are handled one record at a time
// each; a consumer works on what it may hold unacked.
double workersOn(const Topology& topology, const Topology::Subscription& subscription);

// For sentences: three significant digits ("0.25", "24", "1200"), percent ("120 %"), "a, b and c".
std::string figure(double number);
std::string percent(double fraction);
std::string listed(const std::vector<std::string>& names);

} // namespace weir

// What links lose and nobody sends again, and links that are never used.
#include "core/scenario/by_name.h"
#include "core/scenario/inspection.h"

#include <algorithm>

namespace weir {
namespace {

class LinkRules {
  public:
    explicit LinkRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology),
          m_used(inspection.scenario.links.size()) {}

    void inspect() {
        for (std::size_t s = 0; s < m_scenario.services.size(); ++s)
            if (const double share = lossTo(m_scenario.services[s].name); share > 0)
                inspectLosses(s, share);
        useNodeLinks();
        for (std::size_t i = 0; i < m_used.size(); ++i)
            inspectOverhead(i);
        for (std::size_t i = 0; i < m_used.size(); ++i)
            if (!m_used[i])
                m_inspection.add({.severity = Severity::warning,
                                  .code = "unusedLink",
                                  .where = "/links/" + std::to_string(i),
                                  .text = "Nothing goes over the link between " + m_scenario.links[i].one + " and " +
                                          m_scenario.links[i].other +
                                          ": the first link that fits is taken, and those before it fit already.",
                                  .names = {},
                                  .arguments = {m_scenario.links[i].one, m_scenario.links[i].other}});
    }

  private:
    void inspectOverhead(std::size_t index) {
        const LinkSpec& link = m_scenario.links[index];
        if (link.access.overhead.count == 0 || link.bandwidth || !m_used[index])
            return;
        const std::string overhead = toText(link.access.overhead);
        m_inspection.add({.severity = Severity::note,
                          .code = "idleOverhead",
                          .where = "/links/" + std::to_string(index) + "/access",
                          .text = "The " + overhead + " that go with each message between " + link.one + " and " +
                                  link.other + " take no time: the link has no \"bandwidth\".",
                          .names = {},
                          .arguments = {overhead, link.one, link.other}});
    }

    // To the broker as a whole, and to each of its nodes: the worst.
    double lossTo(const std::string& service) {
        double share = lossTo(service, brokerEnd);
        for (const NodeSpec& node : m_scenario.nodes)
            share = std::max(share, lossTo(service, node.name));
        return share;
    }
    double lossTo(const std::string& service, std::string_view node) {
        double share = 0;
        const auto link = std::find_if(m_scenario.links.begin(), m_scenario.links.end(),
                                       [&](const LinkSpec& spec) { return spec.isBetween(service, node); });
        if (link != m_scenario.links.end()) {
            m_used[static_cast<std::size_t>(link - m_scenario.links.begin())] = true;
            share = link->loss;
        }
        for (const FaultSpec& fault : m_scenario.faults)
            if (fault.kind == FaultKind::lose && areApart(fault.sides, service, node))
                share = std::max(share, fault.probability);
        return share;
    }
    void useNodeLinks() {
        for (const NodeSpec& one : m_scenario.nodes)
            for (const NodeSpec& other : m_scenario.nodes) {
                const auto link =
                    std::find_if(m_scenario.links.begin(), m_scenario.links.end(), [&](const LinkSpec& spec) {
                        return one.name != other.name && spec.latency && spec.isBetweenNodes(one.name, other.name);
                    });
                if (link != m_scenario.links.end())
                    m_used[static_cast<std::size_t>(link - m_scenario.links.begin())] = true;
            }
    }

    void inspectLosses(std::size_t s, double share) {
        const ServiceSpec& service = m_scenario.services[s];
        std::vector<const EmitAction*> unsure;
        const auto gather = [&](const Actions& actions) {
            for (const Topology::Emission& emission : m_topology.emissions(actions, ""))
                if (!emission.emit->confirm && !emission.emit->half)
                    unsure.push_back(emission.emit);
        };
        for (const SourceSpec& source : service.sources)
            gather(source.then);
        for (const HandlerSpec& handler : service.handlers)
            gather(handler.then);
        if (!unsure.empty())
            m_inspection.add({.severity = Severity::note,
                              .code = "lossyPublish",
                              .where = elementPointer("/services", service.name),
                              .text = percent(share) + " of what " + service.name +
                                      " publishes is lost on its way, and it does not know; let it \"confirm\" what "
                                      "must arrive.",
                              .names = {service.name},
                              .arguments = {percent(share), service.name}});
        for (std::size_t h = 0; h < service.handlers.size(); ++h)
            inspectDeliveries({s, h}, share);
    }

    void inspectDeliveries(Topology::HandlerAt at, double share) {
        const HandlerSpec& handler = m_topology.handler(at);
        const auto channel = m_topology.channel(handler.on);
        if (!channel || handler.ack == AckMode::automatic || m_scenario.channels[*channel].ackTimeout)
            return;
        const std::string& service = m_scenario.services[at.service].name;
        m_inspection.add({.severity = Severity::warning,
                          .code = "stuckDelivery",
                          .where = m_topology.pointer(at),
                          .text = percent(share) + " of the deliveries of " + handler.on + " to " + service +
                                  ", or of their acks, are lost on their way and stay in flight for good; give " +
                                  handler.on + " an \"ackTimeout\".",
                          .names = {service, handler.on},
                          .arguments = {percent(share), handler.on, service}});
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
    Topology& m_topology;
    std::vector<bool> m_used; // by link
};

} // namespace

void inspectLinks(Inspection& inspection) {
    if (!inspection.scenario.links.empty() || !inspection.scenario.faults.empty())
        LinkRules(inspection).inspect();
}

} // namespace weir

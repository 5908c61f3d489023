// Who feeds whom: events that nobody takes, consumers that get nothing, bindings that match nothing.
#include "core/scenario/given.h"
#include "core/scenario/inspection.h"
#include "core/scenario/left_out_faults.h"

#include <algorithm>
#include <map>
#include <set>

namespace weir {
namespace {

class StructureRules {
  public:
    explicit StructureRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology) {
        for (const Flow::Class& copies : inspection.flow.classes()) {
            m_fed.insert(copies.subscription);
            m_typesIn[copies.subscription].insert(copies.type);
            if (copies.handled)
                m_taken.insert(copies.type);
        }
    }

    void inspect() {
        followAllEmits();
        findSilentSources();
        findUntakenEvents();
        findDeadBindings();
        findUnfedConsumers();
        findUnreadQueues();
        findIdleParts();
    }

  private:
    struct EmitAt {
        const EmitAction* emit;
        std::string where;
        std::string service;
        std::string key; // as it is written where it is made while it runs
    };

    // Also those of handlers that nothing reaches: one missing piece is one finding, not a row of them.
    void followAllEmits() {
        for (std::size_t s = 0; s < m_scenario.services.size(); ++s) {
            const ServiceSpec& service = m_scenario.services[s];
            for (std::size_t i = 0; i < service.sources.size(); ++i)
                note(m_topology.emissions(service.sources[i].then, ""), m_topology.sourcePointer(s, i), service.name);
            note(m_topology.emissions(service.will, ""), pointerTo("/services", service.name) + "/will", service.name);
        }
        std::set<std::string> allTypes;
        for (const EventTypeSpec& event : m_scenario.events)
            allTypes.insert(event.name);
        for (std::size_t i = 0; i < m_topology.subscriptions().size(); ++i) {
            const auto fed = m_typesIn.find(i);
            for (const Topology::HandlerAt at : m_topology.subscriptions()[i].handlers)
                for (const std::string& type : fed == m_typesIn.end() ? allTypes : fed->second)
                    note(m_topology.emissions(m_topology.handler(at).then, type), m_topology.pointer(at),
                         m_scenario.services[at.service].name);
        }
    }

    void note(const std::vector<Topology::Emission>& emissions, const std::string& where, const std::string& service) {
        for (const Topology::Emission& emission : emissions) {
            const EmitAction& emit = *emission.emit;
            const auto channel = m_topology.channel(emit.to);
            if (!channel || !(emission.times.most > 0))
                continue;
            m_emittedBy[emit.type].insert(service);
            const auto key = Topology::routingKey(emit);
            if (m_topology.route(*channel, key).empty() && m_lost.insert({where, key.value_or(""), emit.to}).second)
                m_unroutable.push_back({&emit, where, service, key.value_or(emit.routingKey)});
        }
    }

    void findSilentSources() {
        bool any = false;
        for (std::size_t s = 0; s < m_scenario.services.size(); ++s)
            for (std::size_t i = 0; i < m_scenario.services[s].sources.size(); ++i) {
                any = true;
                findSilent(s, i);
            }
        if (!any)
            m_inspection.add({.severity = Severity::warning,
                              .code = "noSource",
                              .where = "/services",
                              .text = "No service has a source, so nothing will ever happen; give one \"sources\" "
                                      "with arrivals.",
                              .names = {},
                              .arguments = {}});
    }

    void findSilent(std::size_t service, std::size_t index) {
        const SourceSpec& source = m_scenario.services[service].sources[index];
        const std::string& name = m_scenario.services[service].name;
        const auto rate = source.arrivals.peakRate();
        ArrivalState arrivals(source.arrivals, Stream(0, ""), SimTime{});
        const bool never = !source.arrivals.isClosedLoop() && ((rate && !(*rate > 0)) || (!rate && !arrivals.next()));
        const bool late = m_scenario.run.lasts && source.arrivals.limits().start >= *m_scenario.run.lasts;
        const bool idle = source.then.empty();
        if (!never && !late && !idle)
            return;
        m_inspection.add({.severity = Severity::warning,
                          .code = "silentSource",
                          .where = m_topology.sourcePointer(service, index),
                          .text = "A source of " + name +
                                  (idle    ? " does nothing when its time comes; give it an event to emit."
                                   : never ? " never emits, since its arrivals have no rate; give them one above 0."
                                           : " begins only when the run is over; let it begin earlier or run longer."),
                          .names = {name},
                          .arguments = {name, idle    ? "idle"
                                              : never ? "never"
                                                      : "late"}});
    }

    void findUntakenEvents() {
        for (const EventTypeSpec& event : m_scenario.events) {
            const auto emitted = m_emittedBy.find(event.name);
            const std::string where = pointerTo("/events", event.name);
            if (emitted == m_emittedBy.end()) {
                m_inspection.add({.severity = Severity::note,
                                  .code = "unusedEvent",
                                  .where = where,
                                  .text = "Nobody emits " + event.name + "; emit it somewhere or leave it out.",
                                  .names = {},
                                  .arguments = {event.name}});
            } else if (!m_taken.contains(event.name)) {
                m_untaken.insert(event.name);
                const std::vector<std::string> emitters(emitted->second.begin(), emitted->second.end());
                m_inspection.add({.severity = Severity::warning,
                                  .code = "unconsumedEvent",
                                  .where = where,
                                  .text = "Nobody consumes " + event.name + ", which " + listed(emitters) +
                                          " emits; let a handler take it, or stop emitting it.",
                                  .names = emitters,
                                  .arguments = {event.name, listed(emitters)}});
            }
        }
        for (const EmitAt& lost : m_unroutable)
            if (!m_untaken.contains(lost.emit->type))
                m_inspection.add({.severity = Severity::warning,
                                  .code = "unroutable",
                                  .where = lost.where,
                                  .text = "What " + lost.service + " emits to " + lost.emit->to +
                                          " with the routing key \"" + lost.key +
                                          "\" reaches no queue, since no binding matches; bind a queue to it.",
                                  .names = {lost.service, lost.emit->to},
                                  .arguments = {lost.service, lost.emit->to, lost.key}});
    }

    void findDeadBindings() {
        for (std::size_t i = 0; i < m_scenario.channels.size(); ++i) {
            const ChannelSpec& channel = m_scenario.channels[i];
            bool allDead = !channel.bindings.empty();
            for (std::size_t b = 0; b < channel.bindings.size(); ++b) {
                const BindingSpec& binding = channel.bindings[b];
                const auto from = m_topology.channel(binding.to);
                const bool dead = from && m_topology.exchangeReached(*from) && !m_topology.bindingPassed(i, b);
                allDead = allDead && dead;
                if (dead)
                    m_inspection.add({.severity = Severity::warning,
                                      .code = "deadBinding",
                                      .where = m_topology.channelPointer(i) +
                                               (channel.implicit ? "/pattern" : "/bind/" + std::to_string(b)),
                                      .text = "The binding of " + channel.name + " to " + binding.to +
                                              " never matches: no routing key that is published there fits \"" +
                                              binding.pattern + "\"; correct the pattern or the key.",
                                      .names = {channel.name, binding.to},
                                      .arguments = {channel.name, binding.to, binding.pattern}});
            }
            if (allDead)
                m_deadlyBound.insert(i);
        }
    }

    void findUnfedConsumers() {
        if (m_emittedBy.empty())
            return; // there is no source: that has been said
        for (std::size_t i = 0; i < m_topology.subscriptions().size(); ++i) {
            const Topology::Subscription& subscription = m_topology.subscriptions()[i];
            const std::string& channel = m_scenario.channels[subscription.channel].name;
            if (m_fed.contains(i) || m_deadlyBound.contains(subscription.channel) ||
                m_topology.isDeadLetterTarget(subscription.channel))
                continue;
            for (const Topology::HandlerAt at : subscription.handlers) {
                const std::string& service = m_scenario.services[at.service].name;
                m_inspection.add({.severity = Severity::warning,
                                  .code = "unfedConsumer",
                                  .where = m_topology.pointer(at),
                                  .text = service + " waits on " + channel +
                                          ", but nothing ever gets there; publish to it, or bind it to an exchange "
                                          "that events reach.",
                                  .names = {service, channel},
                                  .arguments = {service, channel}});
            }
        }
    }

    void findUnreadQueues() {
        for (std::size_t i = 0; i < m_topology.subscriptions().size(); ++i) {
            const Topology::Subscription& subscription = m_topology.subscriptions()[i];
            const ChannelSpec& channel = m_scenario.channels[subscription.channel];
            if (!m_fed.contains(i) || !subscription.handlers.empty() || channel.idleExpiry)
                continue;
            const bool empties = channel.ttl && channel.capacity != 0;
            if (channel.bounded() && channel.overflow == Overflow::block && !empties)
                addBlockedForever(subscription.channel);
            if (!empties && isServedInTurn(channel))
                addTurnNeverEnds(subscription.channel);
            if (channel.ttl || channel.bounded() || m_topology.isDeadLetterTarget(subscription.channel))
                continue;
            const std::set<std::string>& types = m_typesIn.at(i);
            if (std::none_of(types.begin(), types.end(),
                             [&](const std::string& type) { return m_taken.contains(type); }))
                continue; // the events themselves have been complained of
            m_inspection.add({.severity = Severity::warning,
                              .code = "unreadQueue",
                              .where = m_topology.channelPointer(subscription.channel),
                              .text = "Nobody reads " + channel.name +
                                      ", which grows without end; let a service consume it, or give it a \"ttl\" or "
                                      "a \"capacity\".",
                              .names = {channel.name},
                              .arguments = {channel.name}});
        }
    }

    // Straight from an exchange that serves one queue after the other.
    bool isServedInTurn(const ChannelSpec& queue) const {
        return std::any_of(queue.bindings.begin(), queue.bindings.end(), [this](const BindingSpec& binding) {
            return std::any_of(m_scenario.channels.begin(), m_scenario.channels.end(), [&](const ChannelSpec& each) {
                return each.name == binding.to && each.copyTiming == CopyTiming::inTurn;
            });
        });
    }

    void addTurnNeverEnds(std::size_t index) {
        const std::string& channel = m_scenario.channels[index].name;
        m_inspection.add({.severity = Severity::warning,
                          .code = "turnNeverEnds",
                          .where = m_topology.channelPointer(index),
                          .text = "Nobody reads " + channel +
                                  ", so whoever is served after it in turn never is; let a service consume it, or give "
                                  "it a \"ttl\".",
                          .names = {channel},
                          .arguments = {channel}});
    }

    void addBlockedForever(std::size_t index) {
        const std::string& channel = m_scenario.channels[index].name;
        m_inspection.add({.severity = Severity::warning,
                          .code = "blockedForever",
                          .where = m_topology.channelPointer(index),
                          .text = "Nobody reads " + channel +
                                  ", so once it is full whoever publishes to it waits for good; let a service consume "
                                  "it, let it reject or drop instead, or give it a \"ttl\".",
                          .names = {channel},
                          .arguments = {channel}});
    }

    void findIdleParts() {
        for (const ServiceSpec& service : m_scenario.services)
            if (service.sources.empty() && service.handlers.empty())
                m_inspection.add({.severity = Severity::note,
                                  .code = "idleService",
                                  .where = pointerTo("/services", service.name),
                                  .text = service.name + " has neither sources nor handlers; give it one, or leave it "
                                                         "out.",
                                  .names = {service.name},
                                  .arguments = {service.name}});
        for (const Topology::Subscription& subscription : m_topology.subscriptions()) {
            const ChannelSpec& channel = m_scenario.channels[subscription.channel];
            std::uint32_t consumers = 0;
            for (const Topology::HandlerAt at : subscription.handlers)
                consumers += m_scenario.services[at.service].instances;
            if (channel.isReadByPartition() && consumers > channel.partitions)
                m_inspection.add({.severity = Severity::note,
                                  .code = "idleConsumers",
                                  .where = m_topology.channelPointer(subscription.channel) +
                                           (channel.implicit ? "/queue/partitions" : "/partitions"),
                                  .text = subscription.name + " reads " + channel.name + " with " +
                                          std::to_string(consumers) + " consumers, but it has only " +
                                          std::to_string(channel.partitions) +
                                          " partitions, so some will idle; add partitions or remove instances.",
                                  .names = {subscription.name, channel.name},
                                  .arguments = {subscription.name, channel.name, std::to_string(consumers),
                                                std::to_string(channel.partitions)}});
        }
        const std::vector<std::size_t> numbers =
            faultsKept(m_scenario.leftOut, m_scenario.faults.size() + m_scenario.leftOut.size());
        for (std::size_t i = 0; i < m_scenario.faults.size(); ++i)
            if (m_scenario.run.lasts && m_scenario.faults[i].at >= *m_scenario.run.lasts)
                m_inspection.add({.severity = Severity::note,
                                  .code = "lateFault",
                                  .where = "/faults/" + std::to_string(numbers[i]),
                                  .text = "The fault of " + m_scenario.faults[i].target() + " at " +
                                          toText(m_scenario.faults[i].at) +
                                          " never happens, since the run is over by then; move it or run longer.",
                                  .names = {m_scenario.faults[i].target()},
                                  .arguments = {m_scenario.faults[i].target(), toText(m_scenario.faults[i].at)}});
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
    Topology& m_topology;
    std::map<std::size_t, std::set<std::string>> m_typesIn;   // by subscription
    std::set<std::size_t> m_fed;                              // subscriptions
    std::set<std::string> m_taken;                            // event types
    std::set<std::string> m_untaken;                          // event types
    std::map<std::string, std::set<std::string>> m_emittedBy; // event type -> services
    std::vector<EmitAt> m_unroutable;
    std::set<std::tuple<std::string, std::string, std::string>> m_lost;
    std::set<std::size_t> m_deadlyBound; // channels whose bindings never match
};

} // namespace

void inspectStructure(Inspection& inspection) {
    StructureRules(inspection).inspect();
}

} // namespace weir

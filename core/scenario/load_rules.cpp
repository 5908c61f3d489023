// What the rates come to: work offered against workers, flows that feed themselves, producers that block one another.
#include "core/scenario/inspection.h"

#include <algorithm>
#include <cmath> // isfinite only
#include <set>

namespace weir {
namespace {

constexpr double highLoad = 0.9;

std::string arrowed(const std::vector<std::string>& hops) {
    std::string text;
    for (const std::string& hop : hops)
        text += (text.empty() ? "" : " -> ") + hop;
    return text;
}

std::vector<std::string> distinct(std::vector<std::string> names) {
    std::set<std::string> seen;
    std::erase_if(names, [&](const std::string& name) { return !seen.insert(name).second; });
    return names;
}

} // namespace

double workersOn(const Topology& topology, const Topology::Subscription& subscription) {
    double workers = 0, one = 0;
    for (const Topology::HandlerAt at : subscription.handlers) {
        const HandlerSpec& handler = topology.handler(at);
        const double inHand = double{1} * handler.concurrency * (handler.batch ? handler.batch->max : 1);
        const double each = handler.prefetch == 0 ? inHand : std::min<double>(handler.prefetch, inHand);
        workers += topology.scenario().services[at.service].instances * each;
        one = std::max(one, each);
    }
    const ChannelSpec& channel = topology.scenario().channels[subscription.channel];
    if (hasOneActive(channel))
        return one;
    if (channel.isReadByPartition() && !channel.hasOwners())
        return std::min(workers, one * channel.partitions);
    return channel.hasOwners() ? std::min(workers, double{1} * channel.partitions) : workers;
}

namespace {

class LoadRules {
  public:
    explicit LoadRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology) {}

    void inspect() {
        for (const Flow::Loop& loop : m_inspection.flow.deadLoops())
            addLoop(loop);
        addUpOffers();
        for (std::size_t i = 0; i < m_topology.subscriptions().size(); ++i)
            if (!m_topology.subscriptions()[i].handlers.empty())
                inspectSubscription(m_topology.subscriptions()[i], m_offered[i]);
        for (const Flow::Loop& loop : m_inspection.flow.blockingLoops())
            addBlockingLoop(loop);
        if (!m_inspection.flow.complete())
            m_inspection.add({.severity = Severity::note,
                              .code = "tooLarge",
                              .where = "",
                              .text = "The scenario has more kinds of messages than are followed here (" +
                                      std::to_string(Flow::classesMax) + "), so loads and loops are not complete.",
                              .names = {},
                              .arguments = {std::to_string(Flow::classesMax)}});
    }

  private:
    // Copies and work per second.
    struct Offered {
        Amount rate;
        Amount work;
        double workAtPeak = 0;
        bool endless = false;
    };

    std::string whereOf(const Flow::Loop& loop) const {
        return loop.service == Flow::none ? "/channels" : m_topology.pointer({loop.service, handlerIn(loop)});
    }
    // The first handler of the service on the loop that emits.
    std::size_t handlerIn(const Flow::Loop& loop) const {
        const std::vector<HandlerSpec>& handlers = m_scenario.services[loop.service].handlers;
        const auto emits = [&](const HandlerSpec& handler) {
            for (const EventTypeSpec& event : m_scenario.events)
                if (!m_topology.emissions(handler.then, event.name).empty())
                    return true;
            return false;
        };
        return static_cast<std::size_t>(std::find_if(handlers.begin(), handlers.end(), emits) - handlers.begin());
    }

    void addLoop(const Flow::Loop& loop) {
        if (loop.when == Flow::Loop::When::late)
            addRepeatLoop(loop);
        else if (loop.when == Flow::Loop::When::full)
            addOverflowLoop(loop);
        else
            addDeadLoop(loop, loop.when == Flow::Loop::When::always);
    }

    void addDeadLoop(const Flow::Loop& loop, bool sure) {
        const std::string way = arrowed(loop.hops);
        m_inspection.add({.severity = sure ? Severity::error : Severity::warning,
                          .code = "deadLoop",
                          .where = whereOf(loop),
                          .text = (sure ? "Events go round for ever: " : "Events may go round for ever: ") + way +
                                  "; each sets off " + figure(loop.radius) + " more on the mean" +
                                  (sure ? "" : " where the conditions on the way hold") +
                                  ", which must be less than 1: break the loop or make it end.",
                          .names = distinct(loop.hops),
                          .arguments = {way, figure(loop.radius)}});
    }

    // Such a loop may feed itself once it is under way: what comes too late makes the work that makes it late.
    void addRepeatLoop(const Flow::Loop& loop) {
        const std::string way = arrowed(loop.hops);
        m_inspection.add({.severity = Severity::warning,
                          .code = "repeatLoop",
                          .where = whereOf(loop),
                          .text = "Events may go round for ever where acks or confirms come too late: " + way +
                                  "; each then sets off as many as " + figure(loop.radius) +
                                  " more, which must be less than 1: give them more time, let the handler be "
                                  "idempotent, or break the loop.",
                          .names = distinct(loop.hops),
                          .arguments = {way, figure(loop.radius)}});
    }

    // The more goes round the fuller the queues are, and the longer it waits.
    void addOverflowLoop(const Flow::Loop& loop) {
        const std::string way = arrowed(loop.hops);
        m_inspection.add({.severity = Severity::warning,
                          .code = "overflowLoop",
                          .where = whereOf(loop),
                          .text = "Events may go round for ever where queues overflow or what waits in them expires: " +
                                  way + "; each then sets off as many as " + figure(loop.radius) +
                                  " more, which must be less than 1: break the loop, or let what has no room or comes "
                                  "too late be dropped.",
                          .names = distinct(loop.hops),
                          .arguments = {way, figure(loop.radius)}});
    }

    void addBlockingLoop(const Flow::Loop& loop) {
        const std::string way = arrowed(loop.hops);
        m_inspection.add({.severity = Severity::warning,
                          .code = "blockingLoop",
                          .where = whereOf(loop),
                          .text = "Producers can block each other in a circle: " + way +
                                  "; once these queues are full nobody goes on: let one of them reject or drop "
                                  "instead, or give the emit a \"timeout\".",
                          .names = distinct(loop.hops),
                          .arguments = {way}});
    }

    void addUpOffers() {
        m_offered.resize(m_topology.subscriptions().size());
        for (const Flow::Class& copies : m_inspection.flow.classes()) {
            Offered& offered = m_offered[copies.subscription];
            if (!std::isfinite(copies.rate.likely) || !std::isfinite(copies.peak)) {
                offered.endless = true;
                continue;
            }
            offered.rate += copies.rate;
            // An infinite mean times a rate of zero is no work.
            if (copies.rate.sure > 0)
                offered.work.sure += copies.rate.sure * copies.work.sure;
            if (copies.rate.likely > 0)
                offered.work.likely += copies.rate.likely * copies.work.likely;
            if (copies.peak > 0)
                offered.workAtPeak += copies.peak * copies.work.sure;
        }
    }

    void inspectSubscription(const Topology::Subscription& subscription, const Offered& offered) {
        if (offered.endless)
            return; // the loop has been complained of
        const double workers = workersOn(m_topology, subscription);
        if (offered.work.sure >= workers)
            addOverload(subscription, Severity::error, offered.rate.sure, offered.work.sure, workers);
        else if (offered.work.likely >= workers)
            addOverload(subscription, Severity::warning, offered.rate.likely, offered.work.likely, workers);
        else if (offered.work.sure > highLoad * workers)
            addLoad(subscription, "highLoad", offered.work.sure / workers);
        else if (offered.workAtPeak >= workers)
            addLoad(subscription, "peakLoad", offered.workAtPeak / workers);
    }

    std::vector<std::string> servicesOf(const Topology::Subscription& subscription) const {
        std::vector<std::string> names;
        for (const Topology::HandlerAt at : subscription.handlers)
            names.push_back(m_scenario.services[at.service].name);
        return distinct(std::move(names));
    }

    void addOverload(const Topology::Subscription& subscription, Severity severity, double rate, double work,
                     double workers) {
        const std::vector<std::string> services = servicesOf(subscription);
        const std::string& channel = m_scenario.channels[subscription.channel].name;
        const bool finite = std::isfinite(work);
        const std::string need = finite ? figure(work) : "endlessly many";
        const std::string load = finite ? " (" + percent(work / workers) + ")" : "";
        std::vector<std::string> names = services;
        names.push_back(channel);
        m_inspection.add(
            {.severity = severity,
             .code = "overload",
             .where = m_topology.pointer(subscription.handlers.front()),
             .text =
                 listed(services) +
                 (severity == Severity::error
                      ? " cannot keep up with "
                      : " probably cannot keep up (a condition that data decide counts as every other time) with ") +
                 channel + ": " + figure(rate) + " messages/s need " + need + " workers, and there " +
                 (workers == 1 ? "is " : "are ") + figure(workers) + load +
                 "; add workers, shorten the work, or let less in.",
             .names = std::move(names),
             .arguments = {listed(services), channel, figure(rate), need, figure(workers),
                           finite ? percent(work / workers) : ""}});
    }

    void addLoad(const Topology::Subscription& subscription, const char* code, double load) {
        std::vector<std::string> names = servicesOf(subscription);
        const std::string services = listed(names);
        const std::string& channel = m_scenario.channels[subscription.channel].name;
        names.push_back(channel);
        const bool always = std::string_view(code) == "highLoad";
        m_inspection.add({.severity = Severity::note,
                          .code = code,
                          .where = m_topology.pointer(subscription.handlers.front()),
                          .text = services + (always ? " is loaded to " : " is loaded to as much as ") + percent(load) +
                                  " by " + channel +
                                  (always ? ", so waits grow long; a worker more would shorten them."
                                          : " while arrivals are at their highest; the queue grows meanwhile."),
                          .names = std::move(names),
                          .arguments = {services, channel, percent(load)}});
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
    const Topology& m_topology;
    std::vector<Offered> m_offered; // by subscription
};

} // namespace

void inspectLoad(Inspection& inspection) {
    LoadRules(inspection).inspect();
}

} // namespace weir

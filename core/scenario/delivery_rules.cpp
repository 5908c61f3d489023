// What becomes of a delivery that goes wrong: retries, dead letters, repeated effects, timeouts.
#include "core/scenario/inspection.h"

#include <algorithm>
#include <cmath> // sqrt only

namespace weir {
namespace {

// Whether doing it twice makes a difference: what is set or filled to a value is the same the second time. What a
// transaction publishes is seen once.
bool hasEffects(const std::shared_ptr<Actions>& actions, bool transaction);
bool hasEffects(const Actions& actions, bool transaction) {
    return std::any_of(actions.begin(), actions.end(), [transaction](const Action& action) {
        if (const auto* choose = std::get_if<ChooseAction>(&action.what))
            return std::any_of(
                choose->branches.begin(), choose->branches.end(),
                [&](const ChooseAction::Branch& branch) { return hasEffects(branch.then, transaction); });
        if (const auto* condition = std::get_if<IfAction>(&action.what))
            return hasEffects(condition->then, transaction) || hasEffects(condition->orElse, transaction);
        if (std::holds_alternative<EmitAction>(action.what))
            return !transaction;
        return !std::holds_alternative<FillAction>(action.what) && !std::holds_alternative<SetAction>(action.what);
    });
}
bool hasEffects(const std::shared_ptr<Actions>& actions, bool transaction) {
    return actions && hasEffects(*actions, transaction);
}

// Whether its actions may fail as a whole.
bool mayRefuse(const std::shared_ptr<Actions>& actions);
bool mayRefuse(const Actions& actions) {
    return std::any_of(actions.begin(), actions.end(), [](const Action& action) {
        if (const auto* reserve = std::get_if<ReserveAction>(&action.what))
            return !reserve->orElse || mayRefuse(reserve->orElse);
        if (const auto* set = std::get_if<SetAction>(&action.what))
            return !set->from.empty();
        if (const auto* choose = std::get_if<ChooseAction>(&action.what))
            return std::any_of(choose->branches.begin(), choose->branches.end(),
                               [](const ChooseAction::Branch& branch) { return mayRefuse(branch.then); });
        if (const auto* condition = std::get_if<IfAction>(&action.what))
            return mayRefuse(condition->then) || mayRefuse(condition->orElse);
        return false;
    });
}
bool mayRefuse(const std::shared_ptr<Actions>& actions) {
    return actions && mayRefuse(*actions);
}

class DeliveryRules {
  public:
    explicit DeliveryRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology) {}

    void inspect() {
        for (std::size_t channel = 0; channel < m_scenario.channels.size(); ++channel)
            inspectThrough(m_scenario.channels[channel], m_topology.channelPointer(channel));
        for (const Topology::Subscription& subscription : m_topology.subscriptions()) {
            inspectRetries(subscription);
            for (const Topology::HandlerAt at : subscription.handlers) {
                inspectRepetition(subscription, at);
                inspectTimeout(subscription, at);
                inspectPolls(subscription, at);
                inspectAcks(subscription, at);
            }
            inspectExclusive(subscription);
        }
    }

  private:
    bool crashes(Topology::HandlerAt at) const {
        const std::string& service = m_scenario.services[at.service].name;
        return std::any_of(m_scenario.faults.begin(), m_scenario.faults.end(), [&](const FaultSpec& fault) {
            return fault.kind == FaultKind::crash && fault.service == service;
        });
    }

    // What waits there for its next attempt comes to nobody.
    void inspectThrough(const ChannelSpec& channel, const std::string& where) {
        const auto through = channel.retry && !channel.retry->through.empty()
                                 ? m_topology.channel(channel.retry->through)
                                 : std::optional<std::size_t>();
        if (!through)
            return;
        const ChannelSpec& waits = m_scenario.channels[*through];
        const std::vector<std::size_t>& read = m_topology.subscriptionsOf(*through);
        const bool isRead = std::any_of(read.begin(), read.end(), [this](std::size_t index) {
            return !m_topology.subscriptions()[index].handlers.empty();
        });
        if (isRead || (waits.ttl && !waits.deadLetter.empty())) // a queue that sends back what has waited in it
            return;
        m_inspection.add({.severity = Severity::warning,
                          .code = "unreadRetry",
                          .where = where + (channel.implicit ? "/queue" : "") + "/retry/through",
                          .text = "The retries of " + channel.name + " wait in " + waits.name +
                                  ", which nobody reads, so none is ever made; let a handler take from it.",
                          .names = {channel.name, waits.name},
                          .arguments = {channel.name, waits.name}});
    }

    void inspectRetries(const Topology::Subscription& subscription) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const std::string where = m_topology.channelPointer(subscription.channel);
        const bool acked = std::all_of(subscription.handlers.begin(), subscription.handlers.end(),
                                       [&](auto at) { return m_topology.handler(at).ack == AckMode::automatic; });
        if (channel.dispatch == DispatchMode::broadcast) {
            if (channel.retry || !channel.deadLetter.empty())
                m_inspection.add({.severity = Severity::note,
                                  .code = "broadcastOnce",
                                  .where = where + (channel.implicit ? "/queue/dispatch" : "/dispatch"),
                                  .text = channel.name + " broadcasts: what a consumer fails at is not tried again and "
                                                         "not dead-lettered, whatever its retry policy says.",
                                  .names = {channel.name},
                                  .arguments = {channel.name}});
            return;
        }
        if (channel.retry && channel.retry->max && channel.retry->paces == Paces::ackTimeout &&
            static_cast<std::int64_t>(channel.retry->steps.size()) > *channel.retry->max) {
            // JetStream refuses such a consumer.
            const std::string steps = std::to_string(channel.retry->steps.size());
            const std::string deliveries = std::to_string(*channel.retry->max + 1);
            m_inspection.add(
                {.severity = Severity::error,
                 .code = "backoffLong",
                 .where = where + (channel.implicit ? "/queue" : "") + "/retry/steps",
                 .text = channel.name + " has " + steps + " ack timeouts for " + deliveries +
                         " deliveries; there must be more deliveries than steps: leave steps out, or raise "
                         "\"max\".",
                 .names = {channel.name},
                 .arguments = {channel.name, steps, deliveries}});
        }
        if (channel.retry && !channel.retry->max) {
            m_inspection.add({.severity = Severity::warning,
                              .code = "unboundedRetry",
                              .where = where + (channel.implicit ? "/queue" : "") + "/retry/max",
                              .text = channel.name + " retries without end, so a message that can never be handled "
                                                     "comes back for ever; give \"max\" a number.",
                              .names = {channel.name},
                              .arguments = {channel.name}});
            return;
        }
        const bool stays = channel.retry && channel.retry->afterLast == AfterLast::stay;
        if (acked || stays || !channel.deadLetter.empty() || m_topology.isDeadLetterTarget(subscription.channel))
            return;
        const bool mayFail =
            std::any_of(subscription.handlers.begin(), subscription.handlers.end(), [&](Topology::HandlerAt at) {
                return !m_topology.handler(at).fails.empty() || mayRefuse(m_topology.handler(at).then);
            });
        if (mayFail)
            m_inspection.add({.severity = Severity::warning,
                              .code = "noDeadLetter",
                              .where = where,
                              .text = "What " + channel.name + " cannot deliver is dropped" +
                                      (channel.retry ? " after its retries" : " at the first failure") +
                                      "; give it a \"deadLetter\" channel to keep it.",
                              .names = {channel.name},
                              .arguments = {channel.name}});
    }

    void inspectRepetition(const Topology::Subscription& subscription, Topology::HandlerAt at) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const HandlerSpec& handler = m_topology.handler(at);
        const std::string& service = m_scenario.services[at.service].name;
        if (handler.ack == AckMode::automatic) {
            if (!handler.fails.empty() || crashes(at))
                m_inspection.add({.severity = Severity::note,
                                  .code = "lossyAck",
                                  .where = m_topology.pointer(at) + "/ack",
                                  .text = service + " acknowledges " + channel.name +
                                          " on delivery, so what it fails at is lost; use \"ack\": \"manual\" if "
                                          "each must be handled.",
                                  .names = {service, channel.name},
                                  .arguments = {service, channel.name}});
            return;
        }
        const bool soughtBack =
            std::any_of(m_scenario.faults.begin(), m_scenario.faults.end(), [&](const FaultSpec& fault) {
                return fault.kind == FaultKind::seek && fault.channel == channel.name &&
                       (fault.service.empty() || fault.service == service);
            });
        if (channel.dispatch == DispatchMode::broadcast)
            return;
        const bool repeats = channel.retry || channel.ackTimeout || !handler.fails.empty() || crashes(at) || soughtBack;
        if (repeats && !handler.idempotent && hasEffects(handler.then, handler.transaction.has_value()))
            m_inspection.add({.severity = Severity::warning,
                              .code = "notIdempotent",
                              .where = m_topology.pointer(at),
                              .text = channel.name + " delivers at least once, and " + service +
                                      " would repeat its effects for a message that comes twice; give the handler "
                                      "\"idempotent\".",
                              .names = {service, channel.name},
                              .arguments = {service, channel.name}});
    }

    void inspectTimeout(const Topology::Subscription& subscription, Topology::HandlerAt at) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const HandlerSpec& handler = m_topology.handler(at);
        if (!channel.ackTimeout || handler.ack == AckMode::automatic || handler.ack == AckMode::onReceipt)
            return;
        if (handler.extend && *handler.extend < *channel.ackTimeout)
            return; // it asks for more time while it works
        const std::string& service = m_scenario.services[at.service].name;
        const double timeout = seconds(*channel.ackTimeout);
        const double mean = handler.takes.mean();
        // Where there is no closed form, as far from the mean as a normal distribution's.
        const double p99 = handler.takes.quantile(0.99).value_or(mean + 2.326 * std::sqrt(handler.takes.variance()));
        if (timeout > mean && timeout > p99)
            return;
        const bool most = timeout <= mean;
        m_inspection.add({.severity = most ? Severity::error : Severity::warning,
                          .code = "ackTimeoutShort",
                          .where = m_topology.channelPointer(subscription.channel) +
                                   (channel.implicit ? "/queue/ackTimeout" : "/ackTimeout"),
                          .text = channel.name + " takes a message back after " + toText(*channel.ackTimeout) +
                                  ", but " + service + " needs " + figure(most ? mean : p99) + " s " +
                                  (most ? "on average" : "for one in a hundred") +
                                  ", so work is done twice; make \"ackTimeout\" longer.",
                          .names = {channel.name, service},
                          .arguments = {channel.name, toText(*channel.ackTimeout), service, figure(most ? mean : p99),
                                        most ? "mean" : "p99"}});
    }

    // Whoever is expected to poll in the meantime.
    void inspectPolls(const Topology::Subscription& subscription, Topology::HandlerAt at) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const HandlerSpec& handler = m_topology.handler(at);
        const auto& most = channel.group.maxPollInterval;
        if (!most || handler.ack == AckMode::automatic || handler.ack == AckMode::onReceipt ||
            handler.takes.mean() < seconds(*most))
            return;
        const std::string& service = m_scenario.services[at.service].name;
        m_inspection.add({.severity = Severity::error,
                          .code = "pollsTooRare",
                          .where = m_topology.channelPointer(subscription.channel) +
                                   (channel.implicit ? "/queue/group" : "/group") + "/maxPollInterval",
                          .text = channel.name + " lets a member have a record in hand for " + toText(*most) +
                                  ", but " + service + " needs " + figure(handler.takes.mean()) +
                                  " s on average, so it leaves its group again and again, and work is done twice; make "
                                  "\"maxPollInterval\" longer.",
                          .names = {channel.name, service},
                          .arguments = {channel.name, toText(*most), service, figure(handler.takes.mean())}});
    }

    // An ack that is lost, or not sent yet, leaves its copy unacked: something must take it back.
    void inspectAcks(const Topology::Subscription& subscription, Topology::HandlerAt at) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const HandlerSpec& handler = m_topology.handler(at);
        const std::string& service = m_scenario.services[at.service].name;
        if (handler.ackLoss > 0 && handler.ack != AckMode::automatic && !channel.isTimed())
            m_inspection.add({.severity = Severity::warning,
                              .code = "ackLossForever",
                              .where = m_topology.pointer(at) + "/ackLoss",
                              .text = "What " + service + " acks in vain stays unacked for ever; give " + channel.name +
                                      " an \"ackTimeout\".",
                              .names = {service, channel.name},
                              .arguments = {service, channel.name}});
        if (handler.extend && !channel.isTimed())
            m_inspection.add(
                {.severity = Severity::note,
                 .code = "extendIdle",
                 .where = m_topology.pointer(at) + "/extend",
                 .text = service + " asks for more time, but " + channel.name + " has no \"ackTimeout\" to extend.",
                 .names = {service, channel.name},
                 .arguments = {service, channel.name}});
        inspectSteps(subscription, at);
        const bool gathers = handler.ack == AckMode::batch || handler.ack == AckMode::cumulative;
        // A stream's partition goes on only when its record is settled.
        std::uint32_t most = handler.prefetch == 0 ? handler.ackEvery.count : handler.prefetch;
        if (channel.hasOwners())
            most = std::min(most, channel.partitions);
        if (gathers && most < handler.ackEvery.count && !handler.ackEvery.interval)
            m_inspection.add(
                {.severity = Severity::error,
                 .code = "acksStuck",
                 .where = m_topology.pointer(at) + "/ackEvery",
                 .text = service + " waits for " + std::to_string(handler.ackEvery.count) +
                         " acks, but may hold only " + std::to_string(most) + " of " + channel.name +
                         " unacked; wait for fewer, or give an \"interval\".",
                 .names = {service, channel.name},
                 .arguments = {service, channel.name, std::to_string(handler.ackEvery.count), std::to_string(most)}});
    }

    // Only who has it in hand knows how far it has come with it.
    void inspectSteps(const Topology::Subscription& subscription, Topology::HandlerAt at) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const std::string& service = m_scenario.services[at.service].name;
        const bool goesOn = channel.group.whenGone == WhenGone::giveBack || channel.isTimed();
        if (m_topology.handler(at).ackSteps < 2 || !goesOn || channel.dispatch == DispatchMode::broadcast ||
            consumersOf(subscription) < 2)
            return;
        const std::string consumers = std::to_string(consumersOf(subscription));
        m_inspection.add({.severity = Severity::warning,
                          .code = "stepsElsewhere",
                          .where = m_topology.pointer(at) + "/ackSteps",
                          .text = "What " + service + " has of " + channel.name + " may go to another one of its " +
                                  consumers + " consumers, which does not know whether it was handled; let " +
                                  channel.name + " keep it: \"whenGone\": \"resume\", and no \"ackTimeout\".",
                          .names = {service, channel.name},
                          .arguments = {service, channel.name, consumers}});
    }

    std::uint64_t consumersOf(const Topology::Subscription& subscription) const {
        std::uint64_t consumers = 0;
        for (const Topology::HandlerAt at : subscription.handlers)
            consumers += m_scenario.services[at.service].instances;
        return consumers;
    }

    void inspectExclusive(const Topology::Subscription& subscription) {
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const std::uint64_t consumers = consumersOf(subscription);
        if (channel.dispatch != DispatchMode::exclusive || consumers < 2)
            return;
        m_inspection.add(
            {.severity = Severity::warning,
             .code = "exclusiveRefused",
             .where =
                 m_topology.channelPointer(subscription.channel) + (channel.implicit ? "/queue/dispatch" : "/dispatch"),
             .text = channel.name + " takes one consumer and refuses the others of " + std::to_string(consumers) +
                     "; use \"singleActive\" or \"failover\" to let them wait.",
             .names = {channel.name},
             .arguments = {channel.name, std::to_string(consumers)}});
    }

    Inspection& m_inspection;
    const Scenario& m_scenario;
    const Topology& m_topology;
};

} // namespace

void inspectDelivery(Inspection& inspection) {
    DeliveryRules(inspection).inspect();
}

} // namespace weir

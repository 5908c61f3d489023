// What channels let in and how fast, versions of schemas, and how producers publish: combinations that are allowed and
// will hardly do what was meant.
#include "core/scenario/by_name.h"
#include "core/scenario/inspection.h"
#include "core/schema/schema_parts.h"
#include "core/schema/schema_registry.h"

#include <algorithm>
#include <cmath> // isfinite only
#include <functional>
#include <set>
#include <tuple>

namespace weir {
namespace {

using Visit = std::function<void(const EmitAction& emit)>;

void forEachEmit(const Actions& actions, const Visit& visit) {
    const auto inside = [&visit](const std::shared_ptr<Actions>& branch) {
        if (branch)
            forEachEmit(*branch, visit);
    };
    for (const Action& action : actions) {
        if (const auto* emit = std::get_if<EmitAction>(&action.what))
            visit(*emit);
        else if (const auto* reserve = std::get_if<ReserveAction>(&action.what))
            inside(reserve->orElse);
        else if (const auto* choose = std::get_if<ChooseAction>(&action.what))
            for (const ChooseAction::Branch& branch : choose->branches)
                inside(branch.then);
        else if (const auto* condition = std::get_if<IfAction>(&action.what)) {
            inside(condition->then);
            inside(condition->orElse);
        }
    }
}

class AdmissionRules {
  public:
    explicit AdmissionRules(Inspection& inspection)
        : m_inspection(inspection), m_scenario(inspection.scenario), m_topology(inspection.topology) {}

    void inspect() {
        inspectVersions();
        inspectDrafts();
        inspectRates();
        for (std::size_t s = 0; s < m_scenario.services.size(); ++s) {
            const ServiceSpec& service = m_scenario.services[s];
            for (std::size_t i = 0; i < service.sources.size(); ++i)
                inspectEmits(service, service.sources[i].then, false, m_topology.sourcePointer(s, i));
            for (std::size_t h = 0; h < service.handlers.size(); ++h) {
                inspectEmits(service, service.handlers[h].then, service.handlers[h].transaction.has_value(),
                             m_topology.pointer({s, h}));
                inspectTransaction(service, service.handlers[h], m_topology.pointer({s, h}));
                inspectDualWrite(service, service.handlers[h], m_topology.pointer({s, h}));
            }
            inspectOutbox(service);
        }
    }

  private:
    void inspectVersions() {
        for (const EventTypeSpec& type : m_scenario.events)
            for (const SchemaBreach& breach : schemaBreaches(type))
                m_inspection.add(
                    {.severity = Severity::error,
                     .code = "incompatibleSchema",
                     .where = elementPointer(elementPointer("/events", type.name) + "/versions", breach.version),
                     .text = "Version " + breach.version + " of " + type.name + " is not " +
                             std::string(name(type.compatibility)) + " compatible: " +
                             (breach.forward ? "who reads with " + breach.against + " cannot read it"
                                             : "it cannot read what " + breach.against + " wrote") +
                             " (" + breach.why + "); it is not registered.",
                     .names = {type.name},
                     .arguments = {breach.version, type.name, std::string(name(type.compatibility)), breach.against}});
    }

    // What a schema's draft does not know is passed over, as the draft has it; hardly what was meant.
    void inspectDrafts() {
        for (const EventTypeSpec& type : m_scenario.events)
            for (const EventSchemaSpec& version : type.schemas) {
                if (version.schema.isNull())
                    continue; // in a file that has not been read
                const auto parts = SchemaParts::cut(version.schema);
                if (!parts)
                    continue; // refused by its reader
                const auto place = m_inspection.scenario.document.member("events");
                const Value* own = place ? place->member(type.name) : nullptr;
                const std::string event = elementPointer("/events", type.name);
                const std::string where = own && own->member("versions")
                                              ? elementPointer(event + "/versions", version.version)
                                              : event + "/schema";
                for (const Error& remark : parts->remarks)
                    m_inspection.add({.severity = Severity::warning,
                                      .code = remark.where == "/$schema" ? "unknownDraft" : "schemaDraft",
                                      .where = where,
                                      .text = "In version " + version.version + " of " + type.name + ", " +
                                              remark.where + " " + remark.what +
                                              (remark.given.empty() ? "" : ", got " + remark.given) + ".",
                                      .names = {type.name},
                                      .arguments = {version.version, type.name, remark.where}});
            }
    }

    void inspectRates() {
        for (std::size_t c = 0; c < m_scenario.channels.size(); ++c) {
            const ChannelSpec& channel = m_scenario.channels[c];
            if (channel.deliveryRate && !channel.deliveryRate->bytes)
                inspectDeliveryRate(channel, c);
            if (!channel.rate)
                continue;
            bool named = false;
            const auto look = [&](const Actions& actions) {
                forEachEmit(actions, [&](const EmitAction& emit) { named = named || emit.to == channel.name; });
            };
            for (const ServiceSpec& service : m_scenario.services) {
                for (const SourceSpec& source : service.sources)
                    look(source.then);
                for (const HandlerSpec& handler : service.handlers)
                    look(handler.then);
            }
            if (!named)
                m_inspection.add({.severity = Severity::warning,
                                  .code = "idleRate",
                                  .where = m_topology.channelPointer(c) + "/rate",
                                  .text = "Nothing is published to " + channel.name +
                                          " by its name, so its rate limits nothing; limit the exchange that it "
                                          "receives from, or its \"deliveryRate\".",
                                  .names = {channel.name},
                                  .arguments = {channel.name}});
        }
    }

    // What comes in for good faster than it may go out piles up.
    void inspectDeliveryRate(const ChannelSpec& channel, std::size_t index) {
        if (channel.deliveryRate->action == RateAction::drop)
            return;
        const double limit = static_cast<double>(channel.deliveryRate->tokens) / seconds(channel.deliveryRate->per);
        for (const std::size_t subscription : m_topology.subscriptionsOf(index)) {
            double offered = 0;
            for (const Flow::Class& copies : m_inspection.flow.classes())
                if (copies.subscription == subscription)
                    offered += copies.rate.sure;
            if (!std::isfinite(offered) || offered <= limit)
                continue;
            m_inspection.add({.severity = Severity::error,
                              .code = "slowDelivery",
                              .where = m_topology.channelPointer(index) +
                                       (channel.implicit ? "/queue/deliveryRate" : "/deliveryRate"),
                              .text = channel.name + " gets " + figure(offered) + " messages/s and may deliver " +
                                      figure(limit) + ", so it grows without end; let more out, or less in.",
                              .names = {channel.name},
                              .arguments = {channel.name, figure(offered), figure(limit)}});
        }
    }

    // Delays that a stream does not know, or not for its groups, or not within a transaction.
    void inspectEmits(const ServiceSpec& service, const Actions& actions, bool inTransaction,
                      const std::string& where) {
        forEachEmit(actions, [&](const EmitAction& emit) {
            const auto to = m_topology.channel(emit.to);
            const bool delayed =
                emit.delay.value_or(Duration::zero()) > Duration::zero() || emit.deliverAt || emit.delayLevel > 0;
            if (!delayed || !to || m_scenario.channels[*to].kind != ChannelKind::stream)
                return;
            const ChannelSpec& stream = m_scenario.channels[*to];
            const std::string vain = "the delay of " + emit.type + " on its way to " + emit.to + " has no effect; ";
            Finding finding{.severity = Severity::warning,
                            .code = {},
                            .where = where,
                            .text = {},
                            .names = {service.name, emit.to},
                            .arguments = {emit.type, emit.to}};
            if (stream.delayHolds == DelayHolds::nothing) {
                finding.code = "delayOnStream";
                finding.text = "A stream takes what comes at once: " + vain + "publish it to a queue first.";
            } else if (stream.delayHolds == DelayHolds::delivery && stream.isReadByPartition()) {
                finding.code = "delayToOwners";
                finding.text = "Who owns a partition reads what comes at once: " + vain +
                               "let the groups share its records (\"delivery\": \"shared\").";
            } else if (stream.delayHolds == DelayHolds::append && inTransaction) {
                finding.code = "delayInTransaction";
                finding.text = "What is published within a transaction is appended before its marker: " + vain +
                               "publish it outside of one.";
            } else {
                return;
            }
            m_inspection.add(std::move(finding));
        });
    }

    void inspectTransaction(const ServiceSpec& service, const HandlerSpec& handler, const std::string& where) {
        if (!handler.transaction)
            return;
        if (handler.ack == AckMode::automatic)
            m_inspection.add({.severity = Severity::warning,
                              .code = "lossyTransaction",
                              .where = where + "/transaction",
                              .text = service.name +
                                      " acknowledges on delivery, so its transaction has nothing to commit "
                                      "with; use \"ack\": \"manual\".",
                              .names = {service.name},
                              .arguments = {service.name}});
        const double lasts = handler.transaction->lasts.mean();
        if (lasts >= seconds(handler.transaction->timeout))
            m_inspection.add({.severity = Severity::warning,
                              .code = "transactionShort",
                              .where = where + "/transaction/timeout",
                              .text = "The broker aborts a transaction of " + service.name + " after " +
                                      toText(handler.transaction->timeout) + ", but it lasts " + figure(lasts) +
                                      " s on average; make \"timeout\" longer.",
                              .names = {service.name},
                              .arguments = {service.name, figure(lasts), toText(handler.transaction->timeout)}});
        forEachEmit(handler.then, [&](const EmitAction& emit) {
            if (emit.confirm || emit.half)
                m_inspection.add(
                    {.severity = Severity::warning,
                     .code = "idleConfirm",
                     .where = where,
                     .text = "What " + service.name + " publishes within its transaction is decided by its ack: " +
                             (emit.confirm ? "\"confirm\"" : "\"half\"") + " of " + emit.type + " has no effect.",
                     .names = {service.name},
                     .arguments = {service.name, emit.type}});
        });
    }

    // A crash in between is in the scenario to be seen; this says what there is to see.
    void inspectDualWrite(const ServiceSpec& service, const HandlerSpec& handler, const std::string& where) {
        const bool between = std::any_of(handler.fails.begin(), handler.fails.end(), [](const FailureSpec& failure) {
            return failure.how == FailureKind::crashBetween;
        });
        if (!between || service.outbox)
            return;
        m_inspection.add({.severity = Severity::warning,
                          .code = "dualWrite",
                          .where = where + "/fails",
                          .text = service.name + " writes its state and publishes apart, and may die in between: then "
                                                 "an event is lost, or tells of what never happened; give it an "
                                                 "\"outbox\".",
                          .names = {service.name},
                          .arguments = {service.name}});
    }

    void inspectOutbox(const ServiceSpec& service) {
        if (!service.outbox)
            return;
        bool some = false;
        const auto look = [&](const Actions& actions) {
            forEachEmit(actions, [&](const EmitAction& emit) {
                some = true;
                inspectRelayed(service, emit);
                if (!emit.half && !(emit.confirm && emit.confirm->idempotent))
                    return;
                m_inspection.add(
                    {.severity = Severity::warning,
                     .code = "outboxDecides",
                     .where = elementPointer("/services", service.name) + "/outbox",
                     .text = "What " + service.name + " publishes goes through its outbox, whose relay " +
                             "publishes again what it is not sure of: " + (emit.half ? "\"half\"" : "\"idempotent\"") +
                             " of " + emit.type + " has no effect.",
                     .names = {service.name},
                     .arguments = {service.name, emit.type}});
            });
        };
        for (const SourceSpec& source : service.sources)
            look(source.then);
        for (const HandlerSpec& handler : service.handlers)
            look(handler.then);
        if (!some)
            m_inspection.add({.severity = Severity::note,
                              .code = "idleOutbox",
                              .where = elementPointer("/services", service.name) + "/outbox",
                              .text = service.name + " publishes nothing, so its outbox stays empty; leave it out.",
                              .names = {service.name},
                              .arguments = {service.name}});
    }

    // A relay does not give up: what is refused each time stays in its outbox.
    void inspectRelayed(const ServiceSpec& service, const EmitAction& emit) {
        const auto to = m_topology.channel(emit.to);
        if (!to)
            return;
        std::size_t channel = *to;
        std::string why = refusesForGood(channel, emit);
        if (const ChannelKind kind = m_scenario.channels[*to].kind;
            why.empty() && (kind == ChannelKind::exchange || kind == ChannelKind::topic)) {
            bool taken = false;
            for (const Topology::Target& target : m_topology.route(*to, Topology::routingKey(emit))) {
                if (isDeletedInTheEnd(target.channel))
                    continue;
                const std::string refused = refusesForGood(target.channel, emit);
                taken = taken || (refused.empty() && target.share.sure > 0);
                if (!refused.empty()) {
                    channel = target.channel;
                    why = refused;
                }
                // One that takes it is enough; but one whose room it waits for holds it up, and where one has no room
                // and rejects its producer is told no.
                if (!refused.empty() && saysNoRoom(m_scenario.channels[channel])) {
                    taken = false;
                    break;
                }
            }
            if (taken) {
                channel = *to;
                why.clear();
            }
        }
        if (why.empty())
            why = answersNo(*to, emit);
        if (why.empty())
            why = answersTooLate(service, emit);
        if (why.empty())
            for (const Topology::Target& target : m_topology.route(*to, Topology::routingKey(emit)))
                if (readersTakeTooLong(target.channel, emit)) {
                    channel = target.channel;
                    why = "its readers may need longer for a batch than the relay waits";
                    break;
                }
        if (why.empty() || !m_stuck.insert({service.name, m_scenario.channels[channel].name, emit.type}).second)
            return;
        const std::string& name = m_scenario.channels[channel].name;
        m_inspection.add({.severity = Severity::warning,
                          .code = "outboxStuck",
                          .where = elementPointer("/services", service.name) + "/outbox",
                          .text = name + " may never take " + emit.type + " for certain, since " + why +
                                  ": then it stays in the outbox of " + service.name +
                                  ", whose relay publishes it again for ever; let the channel take it, or let it be "
                                  "read.",
                          .names = {service.name, name},
                          .arguments = {service.name, name, emit.type}});
    }

    // Why an exchange may say no each time though it takes the event; empty: it does not.
    std::string answersNo(std::size_t exchange, const EmitAction& emit) {
        const ChannelSpec& channel = m_scenario.channels[exchange];
        if (channel.copyTiming == CopyTiming::inTurn)
            return "those that it serves in turn may fail at it, or take longer than the relay waits";
        if (channel.mustBeHeard.empty())
            return {};
        const std::optional<std::string> key = Topology::routingKey(emit);
        const std::vector<Topology::Target> targets = m_topology.route(exchange, key);
        const auto hears = [this](const Topology::Target& target) {
            const std::vector<std::size_t>& subscriptions = m_topology.subscriptionsOf(target.channel);
            return target.share.sure > 0 &&
                   (m_scenario.channels[target.channel].kind == ChannelKind::stream ||
                    std::any_of(subscriptions.begin(), subscriptions.end(), [this](std::size_t each) {
                        return !m_topology.subscriptions()[each].handlers.empty();
                    }));
        };
        const bool meant = !key || *key == channel.mustBeHeard;
        return meant && std::none_of(targets.begin(), targets.end(), hears) ? "nobody is there to hear it" : "";
    }

    // What comes after the relay has stopped waiting for it does not count, and each further publish has to wait as well.
    std::string answersTooLate(const ServiceSpec& service, const EmitAction& emit) const {
        const auto index = static_cast<std::size_t>(&service - m_scenario.services.data());
        if (m_topology.answersWithin(secondsWaited(emit.confirm.value_or(ConfirmSpec())), index, emit) <= 0)
            return "its answers take longer than the relay waits";
        const std::optional<RateLimitSpec>& rate = m_scenario.channels[*m_topology.channel(emit.to)].rate;
        if (!rate || rate->action == RateAction::drop)
            return {};
        const ConfirmSpec confirm = emit.confirm.value_or(ConfirmSpec());
        const double ahead = std::min(static_cast<double>(rate->waitingMax), relayedAtATime(confirm));
        const double waits = ahead * seconds(rate->per) / static_cast<double>(rate->tokens);
        return waits >= seconds(confirm.timeout) ? "its rate may hold the answers up for longer than the relay waits"
                                                 : "";
    }

    // By all relays: they may wait in one line.
    double relayedAtATime(const ConfirmSpec& confirm) const {
        double batches = 0;
        for (const ServiceSpec& each : m_scenario.services)
            batches += each.outbox ? each.outbox->batch : 0;
        return batches * static_cast<double>(confirm.retries + 1);
    }

    // Who waits for a place stays in the line when the relay has given up, and what it publishes next comes behind
    // that: a line that is once as long as what is taken meanwhile grows with each batch.
    bool readersTakeTooLong(std::size_t index, const EmitAction& emit) const {
        const ChannelSpec& channel = m_scenario.channels[index];
        if (channel.kind != ChannelKind::queue || !channel.bounded() || channel.overflow != Overflow::block)
            return false;
        const ConfirmSpec confirm = emit.confirm.value_or(ConfirmSpec());
        return relayedAtATime(confirm) * secondsForEach(index) >= secondsWaited(confirm);
    }

    // All attempts together: an answer to an earlier one counts.
    static double secondsWaited(const ConfirmSpec& confirm) {
        double waits = seconds(confirm.timeout);
        Duration backoff = std::min(confirm.backoff, confirm.ceiling);
        for (std::int64_t i = 0; i < std::min(confirm.retries, repeatsCounted); ++i) {
            waits += seconds(backoff) + seconds(confirm.timeout);
            backoff = std::min(backoff * 2, confirm.ceiling);
        }
        return waits;
    }

    // How long a queue's readers need for each copy when they are busy all the time. What is on its way to them, and
    // what they have acked until the broker knows, is among what they may hold.
    double secondsForEach(std::size_t index) const {
        const ChannelSpec& channel = m_scenario.channels[index];
        double each = 0;
        if (channel.deliveryRate && !channel.deliveryRate->bytes && channel.deliveryRate->action != RateAction::drop)
            each = seconds(channel.deliveryRate->per) / static_cast<double>(channel.deliveryRate->tokens);
        const std::vector<std::size_t>& subscriptions = m_topology.subscriptionsOf(index);
        for (const Flow::Class& copies : m_inspection.flow.classes()) {
            if (std::find(subscriptions.begin(), subscriptions.end(), copies.subscription) == subscriptions.end() ||
                !copies.handled)
                continue;
            const Topology::Subscription& subscription = m_topology.subscriptions()[copies.subscription];
            each = std::max({each, copies.work.most / workersOn(m_topology, subscription),
                             (copies.work.most + secondsOnTheWay(subscription)) / heldBy(subscription)});
        }
        return each;
    }

    // To a reader and back, at the slowest.
    double secondsOnTheWay(const Topology::Subscription& subscription) const {
        double most = 0;
        for (const Topology::HandlerAt at : subscription.handlers)
            if (const auto hop = m_topology.hopOf(at.service); hop && m_topology.handler(at).ack != AckMode::automatic)
                most = std::max(most, 2 * hop->mean());
        return most;
    }

    // How many copies its readers may hold unacked.
    double heldBy(const Topology::Subscription& subscription) const {
        double all = 0, one = 0;
        for (const Topology::HandlerAt at : subscription.handlers) {
            const HandlerSpec& handler = m_topology.handler(at);
            const double each = handler.prefetch == 0 ? double{1} * handler.concurrency : double{1} * handler.prefetch;
            all += m_scenario.services[at.service].instances * each;
            one = std::max(one, each);
        }
        const ChannelSpec& channel = m_scenario.channels[subscription.channel];
        const double held = hasOneActive(channel) ? one : all;
        return channel.unackedMax ? std::min(held, static_cast<double>(*channel.unackedMax)) : held;
    }

    bool isRead(std::size_t index) const {
        const std::vector<std::size_t>& subscriptions = m_topology.subscriptionsOf(index);
        return std::any_of(subscriptions.begin(), subscriptions.end(),
                           [&](std::size_t each) { return !m_topology.subscriptions()[each].handlers.empty(); });
    }

    // From then on it takes nothing and refuses nothing.
    bool isDeletedInTheEnd(std::size_t index) const { return m_scenario.channels[index].idleExpiry && !isRead(index); }

    static bool saysNoRoom(const ChannelSpec& channel) {
        if (channel.kind == ChannelKind::stream)
            return channel.refuseWhenFull;
        return channel.bounded() && (channel.overflow == Overflow::block || channel.overflow == Overflow::reject ||
                                     channel.overflow == Overflow::rejectDeadLetter);
    }

    // Why a channel may never take an event; empty: it will some time.
    std::string refusesForGood(std::size_t index, const EmitAction& emit) const {
        const ChannelSpec& channel = m_scenario.channels[index];
        if (isDeletedInTheEnd(index))
            return {};
        const auto found = std::find_if(m_scenario.events.begin(), m_scenario.events.end(),
                                        [&](const EventTypeSpec& event) { return event.name == emit.type; });
        const EventTypeSpec* type = found == m_scenario.events.end() ? nullptr : &*found;
        const Value& data = emit.data || !type ? emit.data.value_or(Value()) : type->data;
        // What a template comes to only the run knows.
        const std::size_t size = data.isNull() ? 0 : templateGrowth * data.canonical().size();
        const std::int64_t most = type && type->size ? type->size->count : static_cast<std::int64_t>(size);
        const bool rejects = channel.overflow == Overflow::reject || channel.overflow == Overflow::rejectDeadLetter;
        const bool blocks = channel.overflow == Overflow::block;
        if ((channel.messageSizeMax && most > channel.messageSizeMax->count) ||
            ((rejects || blocks) && channel.capacityBytes && most > channel.capacityBytes->count))
            return "its data may be too large";
        const bool refuses = channel.schemaCheck == SchemaCheck::reject ||
                             (channel.schemaCheck == SchemaCheck::deadLetter && channel.deadLetter.empty());
        if (refuses && type && !type->schemas.empty())
            return "its data may be invalid";
        if (channel.kind == ChannelKind::stream) {
            if (!channel.refuseWhenFull || !(channel.retainCount || channel.retainBytes) || channel.retainFor)
                return {};
            if (channel.retainUntil == RetainUntil::acked && !isRead(index)) // a work queue waits for a reader
                return "nobody reads it and it fills up";
            const bool fills = channel.retainUntil == RetainUntil::limits || (channel.retry && channel.retry->max);
            return fills ? "it fills up for good" : "";
        }
        if (channel.kind != ChannelKind::queue || !channel.bounded() || !(rejects || blocks))
            return {};
        if (channel.capacity == 0 && channel.capacityCounts == CapacityCounts::unsettled)
            return "it has no room at all";
        if (!isRead(index))
            return "nobody reads it and it fills up";
        return keepsWhatFailed(index) ? "what it has given up keeps its place" : "";
    }

    // Whether what nobody gets any more takes places for good.
    bool keepsWhatFailed(std::size_t index) const {
        const ChannelSpec& channel = m_scenario.channels[index];
        if (channel.capacityCounts != CapacityCounts::unsettled || !channel.retry ||
            channel.dispatch == DispatchMode::broadcast)
            return false;
        const bool staysAfterLast = channel.retry->afterLast == AfterLast::stay && channel.retry->max;
        const bool staysRejected = channel.retry->afterReject == AfterLast::stay;
        for (const std::size_t subscription : m_topology.subscriptionsOf(index))
            for (const Topology::HandlerAt at : m_topology.subscriptions()[subscription].handlers) {
                const HandlerSpec& handler = m_topology.handler(at);
                if (handler.ack == AckMode::automatic)
                    continue;
                const auto rejects = [](const FailureSpec& failure) { return failure.how == FailureKind::reject; };
                const auto rejecting = std::count_if(handler.fails.begin(), handler.fails.end(), rejects);
                if (staysRejected && (rejecting > 0 || !handler.reads.empty()))
                    return true;
                if (staysAfterLast &&
                    (rejecting < std::ssize(handler.fails) || channel.isTimed() || !m_scenario.faults.empty()))
                    return true;
            }
        return false;
    }

    static constexpr std::size_t templateGrowth = 4;
    static constexpr std::int64_t repeatsCounted = 1'000;

    Inspection& m_inspection;
    const Scenario& m_scenario;
    Topology& m_topology;
    std::set<std::tuple<std::string, std::string, std::string>> m_stuck; // what has been said: service, channel, type
};

} // namespace

void inspectAdmission(Inspection& inspection) {
    AdmissionRules(inspection).inspect();
}

} // namespace weir

#include "support/invariants/message_rules.h"

#include <algorithm>
#include <utility>

namespace weir::invariants {
namespace {

constexpr std::uint32_t noHandler = 0xFFFF;

} // namespace

MessageRules::MessageRules(const Shared& shared, const MessageSource& source) : m_shared(shared), m_source(source) {
    const EmitSites& sites = shared.model.generator->sites();
    m_handlerOfSite.assign(sites.size(), noHandler);
    for (const ServicePlan& service : shared.model.services) {
        const SiteId will = sites.will(service.name);
        for (std::uint32_t h = 0; h < service.handlerCount; ++h)
            for (std::size_t i = sites.firstOfHandler(service.name, h).index(); i < sites.size(); ++i)
                if (sites.all()[i].service == service.name && sites.all()[i].id != will)
                    m_handlerOfSite[i] = h;
    }
}

Broken MessageRules::apply(const Record& record, const Place& place) {
    if (record.at < m_last)
        return "I21: time went back";
    m_last = record.at;
    switch (record.kind) {
    case RecordKind::published:
        return published(record, place);
    case RecordKind::throttled:
        if (place.subscription.valid())
            return {}; // a delivery that waits
        at(record.ordinal).waited = true;
        m_lines[at(record.ordinal).channel.value].push_back(record.ordinal);
        return {};
    case RecordKind::blocked:
        at(record.ordinal).waited = true;
        return admitted(record, at(record.ordinal));
    case RecordKind::refused:
    case RecordKind::deduplicated:
    case RecordKind::unroutable:
    case RecordKind::routed:
        return decided(record, at(record.ordinal));
    case RecordKind::confirmed:
        m_shared.exercised.add(3);
        if (!m_taken.contains(at(record.ordinal).identity) && !isSafeUnasked(at(record.ordinal)))
            return "I03: confirmed, and the broker has never taken it";
        return {};
    case RecordKind::completed:
        return m_completed.try_emplace(record.ordinal, true).second ? Broken() : "I21: a correlation completed twice";
    default:
        return {};
    }
}

bool MessageRules::isSafeUnasked(const KnownMessage& message) const {
    const auto& confirm = m_shared.model.generator->sites()[message.site].confirm;
    return m_shared.onNodes() && confirm && confirm->acks == Acks::none;
}

bool MessageRules::isInTwoSteps(const KnownMessage& message) const {
    if (!message.site.valid() || message.replayed)
        return false;
    const auto& confirm = m_shared.model.generator->sites()[message.site].confirm;
    return confirm && confirm->inTwoSteps();
}

bool MessageRules::isRelayed(const KnownMessage& message) const {
    const EmitSite& site = m_shared.model.generator->sites()[message.site];
    return m_shared.model.services[site.serviceId.index()].outbox.has_value();
}

Broken MessageRules::published(const Record& record, const Place& place) {
    m_shared.exercised.add(21);
    if (record.ordinal != m_messages.size() + 1)
        return "I21: ordinals are not consecutive";
    if (record.value < 0 || static_cast<Ordinal>(record.value) >= record.ordinal)
        return "I21: a cause that comes after its effect";
    KnownMessage message;
    message.at = record.at;
    message.channel = place.channel;
    message.identity = record.ordinal;
    if (record.isRepeat()) {
        const KnownMessage& first = at(static_cast<Ordinal>(record.value));
        message.identity = first.identity;
        message.replayed = record.reason.valid();
        message.site = first.site;
    } else if (record.attempt != Record::byHand) {
        message.site = SiteId{record.attempt};
        message.transaction = transactionOf(record);
    }
    m_messages.push_back(std::move(message));
    if (record.value > 0 && at(static_cast<Ordinal>(record.value)).at > record.at)
        return "I21: earlier than its cause";
    return {};
}

// What a handler with a transaction publishes hangs together with everything it publishes for the same event.
std::optional<std::uint32_t> MessageRules::transactionOf(const Record& record) {
    const std::uint32_t handler = m_handlerOfSite[record.attempt];
    if (record.value == 0 || handler == noHandler)
        return std::nullopt;
    const EmitSite& site = m_shared.model.generator->sites().all()[record.attempt];
    const HandlerPlan& plan = m_shared.model.handlersOf(site.serviceId)[handler];
    // Several copies of the cause may be handled at one time, and no record tells these handlings apart.
    // What a log has at once is seen by its groups when the transaction ends, see GroupRules.
    if (m_shared.model.broker->channels[site.channelId.index()].logged)
        return std::nullopt;
    if (!plan.transaction || plan.automatic || at(static_cast<Ordinal>(record.value)).branched)
        return std::nullopt;
    const std::uint64_t cause = keyOf(static_cast<Ordinal>(record.value), plan.subscription);
    if (m_begunTwice.contains(cause))
        return std::nullopt; // nor the two of one delivery that a link has doubled: the later one's is fenced
    const auto [known, first] =
        m_transactionAt.try_emplace({cause, record.at}, static_cast<std::uint32_t>(m_transactions.size()));
    if (first) {
        m_transactions.push_back({.cause = cause});
        m_lastAck.try_emplace(cause, SimTime::max());
    }
    return known->second;
}

// Though some queues have it, after which it begins anew: on nodes, where a queue of several is full and rejects, and
// where one of those that are served in turn fails.
bool MessageRules::mayBeToldNo(const KnownMessage& message) const {
    const std::vector<ChannelPlan>& channels = m_shared.model.broker->channels;
    const ChannelKind kind = channels[message.channel.index()].kind;
    return m_shared.onNodes() || channels[message.channel.index()].inTurn ||
           ((kind == ChannelKind::exchange || kind == ChannelKind::topic) &&
            std::any_of(channels.begin(), channels.end(), [](const ChannelPlan& channel) {
                return channel.spec.refuseWhenFull ||
                       (channel.spec.bounded() && (channel.spec.overflow == Overflow::reject ||
                                                   channel.spec.overflow == Overflow::rejectDeadLetter));
            }));
}

Broken MessageRules::decided(const Record& record, KnownMessage& message) {
    if (message.decision)
        return "I01: a message decided twice";
    // What the broker knows at its first step is before any limit. A relay that is not sure that something is published
    // does it anew.
    const bool isKnown = record.kind == RecordKind::deduplicated && !message.waited && isInTwoSteps(message);
    if (const Broken wrong = isKnown ? Broken() : admitted(record, message); !wrong.empty())
        return wrong;
    if (record.kind == RecordKind::routed && isInTwoSteps(message) && !isRelayed(message) && !mayBeToldNo(message)) {
        m_shared.exercised.add(4);
        if (!m_released.insert(message.identity).second)
            return "I04: what was published in two steps went on twice";
    }
    message.decision = record.kind;
    message.decidedAt = record.at;
    message.twice = record.reason == m_shared.reasons().duplicate;
    if (record.kind != RecordKind::refused)
        m_taken[message.identity] = true;
    message.branched = record.kind == RecordKind::routed && record.value > 1; // to several places, or to one twice
    if (record.kind == RecordKind::unroutable && message.site.valid() && !message.replayed) {
        m_shared.exercised.add(26);
        const bool mandatory = m_shared.model.generator->sites()[message.site].mandatory;
        if (mandatory != (record.reason == m_shared.reasons().returned))
            return "I26: returned though not mandatory, or mandatory and not returned";
    }
    if (message.transaction) {
        m_shared.exercised.add(18);
        const ServiceReasons& reasons = m_shared.model.reasons;
        const bool back =
            record.kind == RecordKind::refused && (record.reason == reasons.aborted || record.reason == reasons.fenced);
        Transaction& transaction = m_transactions[*message.transaction];
        (back ? transaction.rolledBack : transaction.committed) = true;
        if (transaction.rolledBack && transaction.committed)
            return "I18: some of a transaction is visible, some is not";
        if (!back && !message.waited)
            m_committed.push_back(record.ordinal);
    }
    return {};
}

Broken MessageRules::admitted(const Record& record, KnownMessage& message) {
    const ChannelSpec& spec = m_shared.specOf(message.channel);
    const BrokerReasons& reasons = m_shared.reasons();
    const bool passes = record.kind != RecordKind::refused || record.reason == reasons.maxLength ||
                        record.reason == reasons.messageSize || record.reason == reasons.sequence;
    if (spec.rate) {
        std::vector<Ordinal>& line = m_lines[message.channel.value];
        if (const auto found = std::find(line.begin(), line.end(), record.ordinal); found != line.end()) {
            if (passes && found != line.begin())
                return "I17: shaping reorders";
            line.erase(found);
        }
        m_shared.exercised.add(17);
        if (passes && !message.passed && !m_passes[message.channel.value].add(*spec.rate, record.at))
            return "I17: more passed than the rate allows";
    }
    message.passed = message.passed || passes;
    return record.kind == RecordKind::routed ? dedup(record, message) : Broken();
}

Broken MessageRules::dedup(const Record& record, const KnownMessage& message) {
    const ChannelSpec& spec = m_shared.specOf(message.channel);
    if (spec.kind != ChannelKind::queue || !spec.dedup || spec.dedup->key != "id" || spec.dedup->keysMax < 100)
        return {};
    m_shared.exercised.add(4);
    const auto [seen, first] = m_seen.try_emplace({message.channel.value, message.identity}, record.at);
    if (!first && record.at - std::exchange(seen->second, record.at) < spec.dedup->window)
        return "I04: let in twice within the window";
    return {};
}

Broken MessageRules::delivered(const Record& record, const Place& place) {
    const ChannelSpec& spec = m_shared.specOf(place.channel);
    if (!spec.deliveryRate)
        return {};
    if (m_shared.losing && spec.deliveryRate->refill == Refill::atOnce)
        return {}; // a window may begin with a copy that is lost in place of its delivery
    m_shared.exercised.add(17);
    return m_deliveries[place.subscription.value].add(*spec.deliveryRate, record.at)
               ? Broken()
               : "I17: more delivered than the rate allows";
}

void MessageRules::started(const Record& record, const Place& place) {
    const std::uint64_t cause = keyOf(record.ordinal, place.subscription);
    if (!m_begun.emplace(cause, record.attempt).second)
        m_begunTwice.insert(cause);
}

// Work that was done: at most once for an event where the handler knows repeats, never for what it may not read.
Broken MessageRules::finished(const Record& record, const Place& place) {
    const std::span<const HandlerPlan> handlers = m_shared.model.handlersOf(place.service);
    for (std::size_t h = 0; h < handlers.size(); ++h) {
        const HandlerPlan& handler = handlers[h];
        if (handler.subscription != place.subscription)
            continue;
        if (!handler.reads.empty()) {
            m_shared.exercised.add(28);
            if (!isValid(record.ordinal))
                return "I28: an invalid message reached work that demands its schema";
        }
        if (!handler.idempotencyKey || handler.idempotencyKey->attribute() != EventAttribute::id)
            continue;
        m_shared.exercised.add(4);
        const std::uint64_t key = at(record.ordinal).identity << 20U | std::uint64_t{place.service.value} << 6U | h;
        if (++m_effects[key] > 1)
            return "I04: an idempotent handler did its work twice";
    }
    return {};
}

void MessageRules::acked(const Record& record, const Place& place) {
    if (const auto found = m_lastAck.find(keyOf(record.ordinal, place.subscription)); found != m_lastAck.end())
        found->second = record.at;
}

Broken MessageRules::afterDue() {
    // Without a leader of its queue the ack waits until there is one.
    const auto isTold = [this](std::uint64_t cause) {
        const ChannelId channel = m_shared.model.broker->subscriptions[cause & 0xFFFFU].channel;
        const ChannelSpec& spec = m_shared.specOf(channel);
        // Where all copies count, the oldest may go out of its consumer's hand before it can be acked.
        const bool mayGo = spec.overflow == Overflow::dropOldest && spec.capacityCounts == CapacityCounts::unsettled;
        return m_shared.kindOf(channel.value) != ChannelKind::queue || (!mayGo && m_shared.isSteady(channel, m_last));
    };
    for (const Ordinal ordinal : m_committed)
        if (isTold(m_transactions[*at(ordinal).transaction].cause) &&
            m_lastAck[m_transactions[*at(ordinal).transaction].cause] != at(ordinal).decidedAt)
            return "I18: visible without the ack of what caused it";
    m_committed.clear();
    return {};
}

bool MessageRules::isValid(Ordinal ordinal) {
    KnownMessage& message = at(ordinal);
    if (message.valid)
        return *message.valid;
    message.valid = true;
    const auto view = m_source.message(ordinal);
    if (!view)
        return true;
    const auto& events = m_shared.model.scenario->events;
    const auto type = std::find_if(events.begin(), events.end(),
                                   [&](const EventTypeSpec& event) { return event.name == view->type; });
    if (type != events.end() && !type->schemas.empty())
        if (const Value* n = view->data.member("n"))
            message.valid = !n->number() || *n->number() <= Decimal(6); // JSON Schema: of numbers alone
    return *message.valid;
}

} // namespace weir::invariants

#include "support/invariants/copy_rules.h"

#include "core/scenario/check.h"
#include "core/simulation/simulation.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace weir::invariants {
namespace {

RequeueTo limitedPlace(const ChannelSpec& spec, RequeueTo to) {
    if (to != RequeueTo::returnedIfLimited)
        return to;
    return spec.retry && spec.retry->max ? RequeueTo::returned : RequeueTo::tail;
}

} // namespace

void Line::remove(Ordinal ordinal) {
    const auto found = m_where.find(ordinal);
    if (found == m_where.end())
        return;
    m_items.erase(found->second);
    m_where.erase(found);
}

CopyRules::CopyRules(const Shared& shared, MessageRules& messages)
    : m_shared(shared), m_messages(messages), m_queues(shared.model.broker->subscriptions.size()) {
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        m_queues[i].channel = &shared.model.broker->channels[shared.model.broker->subscriptions[i].channel.index()];
        bool some = false, all = true, someAutomatic = false;
        for (const ServicePlan& service : shared.model.services)
            for (const HandlerPlan& handler : service.handlers)
                if (handler.subscription.index() == i) {
                    some = true;
                    all = all && handler.automatic;
                    someAutomatic = someAutomatic || handler.automatic;
                }
        m_queues[i].automatic = some && all;
        m_queues[i].someAutomatic = someAutomatic;
    }
    for (const ChannelPlan& channel : shared.model.broker->channels) {
        m_retriesThrough = m_retriesThrough || channel.retryThrough.valid();
        m_oneEach = m_oneEach && channel.spec.overlap != Overlap::subscription;
        m_keepsWhenGone = m_keepsWhenGone || channel.spec.group.whenGone != WhenGone::giveBack;
    }
}

Broken CopyRules::apply(const Record& record, const Place& place) {
    if (record.kind == RecordKind::appended) {
        std::erase(m_bearing, record.ordinal);
        return {};
    }
    if (record.kind == RecordKind::sent) {
        std::erase(m_bearing, record.ordinal);
        return {};
    }
    if (record.kind == RecordKind::blocked && place.channel.valid() && !record.reason.valid()) { // for a place
        KnownMessage& message = m_messages.at(record.ordinal);
        const auto& subscriptions = m_shared.model.broker->channels[place.channel.index()].subscriptions;
        if (message.channel == place.channel && !subscriptions.empty() && !place.subscription.valid())
            m_queues[subscriptions.front().index()].blocked.push_back(record.ordinal);
        return {};
    }
    if (record.kind == RecordKind::unblocked) {
        for (Queue& queue : m_queues)
            std::erase(queue.blocked, record.ordinal);
        return {};
    }
    if (!place.subscription.valid() || record.ordinal == 0)
        return {};
    Queue& queue = at(place);
    Lives& copy = m_copies[keyOf(record.ordinal, place.subscription)];
    switch (record.kind) {
    case RecordKind::enqueued:
        return born(record, queue, copy);
    case RecordKind::released:
        return released(record, queue, copy);
    case RecordKind::delivered:
        return delivered(record, place, queue, copy);
    case RecordKind::acked:
        m_messages.acked(record, place);
        m_shared.exercised.add(6);
        if (record.from() != CopyState::none && queue.spec().lateAcks != LateAcks::accepted)
            return "I06: a late ack where the channel takes none";
        if (record.value != (record.at - m_messages.at(record.ordinal).at).count())
            return "I23: a response that is not the time since the publish";
        return ended(record, queue, copy);
    case RecordKind::requeued: {
        copy.timeouts += record.reason == m_shared.reasons().ackTimeout ? 1 : 0; // one that is no failure
        RequeueTo to = limitedPlace(queue.spec(), queue.spec().requeueTo);
        if (record.reason == m_shared.reasons().disconnected)
            to = queue.spec().requeueTo == RequeueTo::returnedIfLimited ? RequeueTo::returned : RequeueTo::oldPlace;
        else if (record.reason == m_shared.reasons().ackTimeout)
            to = RequeueTo::oldPlace;
        if (to == RequeueTo::tail)
            copy.position = queue.positionNext++;
        if (const Broken wrong = leave(record, CopyState::inFlight, queue, copy); !wrong.empty())
            return wrong;
        --m_unacked[record.place.value];
        copy.claimed = record.reason == m_shared.reasons().claimed;
        becomesReady(queue, copy, record, to);
        return {};
    }
    case RecordKind::retryScheduled:
        if (const Broken wrong = backoff(record, queue, copy); !wrong.empty())
            return wrong;
        if (const Broken wrong = leave(record, CopyState::inFlight, queue, copy); !wrong.empty())
            return wrong;
        --m_unacked[record.place.value];
        ++copy.delayed;
        copy.retryPending = record.value >= 0;
        copy.waits = record.value > 0;
        copy.retryDue = record.at + Duration{std::max<std::int64_t>(0, record.value)};
        return {};
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        return ended(record, queue, copy);
    case RecordKind::started:
        m_messages.started(record, place);
        m_shared.exercised.add(23);
        // What was settled on delivery may start when another copy of its message has come after it.
        if (!copy.mixed && !(queue.someAutomatic && copy.bornBefore) && queue.channel->kind == ChannelKind::queue &&
            record.value != (record.at - copy.born).count())
            return "I23: a wait that is not the time since the birth";
        return {};
    case RecordKind::finished:
        return m_messages.finished(record, place);
    default:
        return {};
    }
}

int CopyRules::priorityOf(Ordinal ordinal, const Queue& queue) {
    const KnownMessage& message = m_messages.at(ordinal);
    const int own = message.site.valid() ? m_shared.model.generator->sites()[message.site].priority : 0;
    return std::min(own, queue.spec().priorities);
}

void CopyRules::enterFresh(Queue& queue, Lives& copy) {
    if (!copy.fresh)
        return;
    ++copy.freshReady;
    ++queue.fresh;
}

void CopyRules::becomesReady(Queue& queue, Lives& copy, const Record& record, RequeueTo to) {
    ++copy.ready;
    ++queue.ready;
    copy.readySince = record.at;
    if (copy.mixed || queue.spec().dispatch == DispatchMode::broadcast)
        queue.line.followed = false;
    if (!queue.line.followed || queue.channel->kind == ChannelKind::stream)
        return;
    const int priority = priorityOf(record.ordinal, queue);
    if (to == RequeueTo::returned)
        copy.position = queue.returnedNext++;
    if (queue.spec().line == weir::Line::lifo && priority == 0)
        queue.line.putBack(priority, ~copy.position, record.ordinal);
    else if (to != RequeueTo::tail)
        queue.line.putBack(priority, copy.position, record.ordinal);
    else
        queue.line.pushBack(priority, record.ordinal);
    if (priority > 0 && copy.deliveries == 0 && queue.spec().ttlActs == TtlActs::head && queue.line.size() > 1 &&
        queue.line.startsWith(record.ordinal))
        queue.jumped = record.ordinal;
}

// --- birth ---

Broken CopyRules::born(const Record& record, Queue& queue, Lives& copy) {
    KnownMessage& message = m_messages.at(record.ordinal);
    if (const Broken wrong = bornOf(record, message, queue); !wrong.empty())
        return wrong;
    const bool again = queue.channel->kind == ChannelKind::stream && record.reason.valid(); // read again
    const bool byRouting = m_shared.published(record.value) && !record.reason.valid();
    const bool broadcast = queue.spec().dispatch == DispatchMode::broadcast; // each consumer has a copy of its own
    if (byRouting && m_oneEach && !message.redriven && !broadcast) {
        m_shared.exercised.add(27);
        if (++copy.routed > (message.twice ? 2U : 1U))
            return "I27: two copies of one publish in a queue";
    }
    if (byRouting && queue.spec().schemaCheck == SchemaCheck::reject) {
        m_shared.exercised.add(28);
        if (!m_messages.isValid(record.ordinal))
            return "I28: an invalid message in a channel that demands its schema";
    }
    copy.mixed = copy.alive() > 0;
    copy.bornBefore = std::exchange(copy.everBorn, true);
    message.branched = message.branched || message.copies > 0;
    ++message.copies;
    ++queue.open;
    copy.deliveries = again ? 1 : 0;
    copy.timeouts = 0;
    copy.retryPending = false;
    copy.born = record.at;
    // Nobody waits a second time for one that was delayed; what comes twice asked for one place.
    const bool nobodyWaits = queue.spec().overflow == Overflow::block && record.bornDelayed();
    // On nodes whoever would have taken it may be gone when it is committed.
    copy.fresh = byRouting && !broadcast && !message.twice && !nobodyWaits && !m_shared.onNodes();
    copy.position = queue.positionNext++;
    setExpiry(record, queue, copy);
    if (record.bornDelayed()) {
        copy.waits = true;
        ++copy.delayed;
        return {};
    }
    enterFresh(queue, copy);
    becomesReady(queue, copy, record, RequeueTo::tail);
    return {};
}

// I01, I18: no copy of what is not decided. I13: a dead letter does not come to where it died, unless it was rejected.
Broken CopyRules::bornOf(const Record& record, KnownMessage& message, Queue& queue) {
    m_shared.exercised.add(1);
    if (!message.decision)
        return "I18: a copy of a message that is not let in yet";
    std::erase(m_bearing, record.ordinal);
    if (m_shared.published(record.value) || message.branched || message.redriven)
        return {};
    const ChannelId here =
        m_shared.model.broker->subscriptions[static_cast<std::size_t>(&queue - m_queues.data())].channel;
    if (std::find(message.deaths.begin(), message.deaths.end(), here) != message.deaths.end())
        return "I13: dead letters in a cycle without a rejection";
    return {};
}

// Whose time to live counts, and from when. A dead letter leaves its own behind.
void CopyRules::setExpiry(const Record& record, const Queue& queue, Lives& copy) {
    const KnownMessage& message = m_messages.at(record.ordinal);
    const ChannelSpec& spec = queue.spec();
    copy.expires = SimTime::max();
    copy.ttl = Duration::max();
    if (queue.channel->kind == ChannelKind::stream || record.reason.valid() || message.redriven)
        return;
    const bool forgets = !m_shared.published(record.value);
    const Duration own = forgets || !message.site.valid()
                             ? Duration::max()
                             : m_shared.model.generator->sites()[message.site].ttl.value_or(Duration::max());
    if (m_shared.skewed && (own != Duration::max() || m_shared.onNodes()))
        return; // a queue's leader reckons by its own clock, too
    Duration ttl = spec.ttl.value_or(Duration::max());
    if (spec.ttlRule == TtlRule::least)
        ttl = std::min(ttl, own);
    else if (spec.ttlRule == TtlRule::message && own != Duration::max())
        ttl = own;
    if (ttl == Duration::max())
        return;
    if (spec.ttlFrom == TtlFrom::published && !forgets && m_shared.skewed)
        return; // from when it counts only its producer's clock knows
    if (spec.ttlFrom == TtlFrom::published && !forgets)
        copy.expires = message.at + ttl;
    else if (record.bornDelayed())
        copy.ttl = ttl;
    else
        copy.expires = record.at + ttl;
}

Broken CopyRules::released(const Record& record, Queue& queue, Lives& copy) {
    if (!copy.mixed && copy.retryPending && !record.reason.valid()) {
        m_shared.exercised.add(16);
        if (m_shared.onNodes() ? record.at < copy.retryDue : record.at != copy.retryDue)
            return "I16: a retry that is not on time";
    }
    copy.retryPending = false;
    if (copy.ttl != Duration::max() &&
        !m_shared.onNodes()) // it counts from the end of its delay, with or without a leader
        copy.expires = record.at + copy.ttl;
    copy.ttl = Duration::max();
    const ChannelSpec& spec = queue.spec();
    const RequeueTo to = copy.deliveries > 0 && spec.retry ? limitedPlace(spec, spec.retry->returnTo) : RequeueTo::tail;
    if (to == RequeueTo::tail)
        copy.position = queue.positionNext++;
    if (copy.waits && spec.line == weir::Line::lifo)
        copy.position = Copy::firstPosition - ++queue.returnedNext;
    copy.waits = false;
    if (--copy.delayed < 0)
        return "I01: a copy left a state that it was not in";
    enterFresh(queue, copy);
    becomesReady(queue, copy, record, to);
    return {};
}

// --- delivery ---

Broken CopyRules::delivered(const Record& record, const Place& place, Queue& queue, Lives& copy) {
    const ChannelSpec& spec = queue.spec();
    const bool stream = queue.channel->kind == ChannelKind::stream;
    if (record.at < m_messages.at(record.ordinal).at)
        return "I21: delivered before it was published";
    ++copy.deliveries;
    m_shared.exercised.add(5);
    if (record.attempt < 1 || (!stream && !copy.mixed && record.attempt != copy.deliveries))
        return "I05: a delivery that is not the next one of its copy";
    if (const Broken wrong = overDelivered(record, queue, copy); !wrong.empty())
        return wrong;
    copy.claimed = false;
    if (queue.automatic && !stream) {
        m_shared.exercised.add(2);
        if (record.attempt != 1)
            return "I02: delivered again though it was settled on delivery";
    }
    if (!stream && queue.line.followed && spec.dispatch != DispatchMode::keyShared) {
        m_shared.exercised.add(8);
        if (!queue.line.startsWith(record.ordinal))
            return "I08: not the first in the order of priority and entry";
    }
    if (!stream && !copy.mixed) {
        if (copy.expires != SimTime::max())
            m_shared.exercised.add(12);
        const bool late = record.at > copy.expires || (record.at == copy.expires && record.at != copy.born);
        if (late && queue.jumped != record.ordinal)
            return "I12: delivered after its time to live";
        if (record.value != (record.at - copy.readySince).count())
            return "I23: not the time since it became ready";
    }
    if (const Broken wrong = leave(record, CopyState::ready, queue, copy); !wrong.empty())
        return wrong;
    copy.fresh = false;
    ++copy.inFlight;
    ++queue.inFlight;
    queue.unackedTime -= record.at.time_since_epoch().count();
    if (const Broken wrong = consumer(record, place, queue); !wrong.empty())
        return wrong;
    return m_messages.delivered(record, place);
}

// What a group reads again begins with its second delivery. Redis counts what a member reads of what it had as well,
// and has no limit by itself: what fails after that has had its attempts.
Broken CopyRules::overDelivered(const Record& record, const Queue& queue, const Lives& copy) const {
    const ChannelSpec& spec = queue.spec();
    if (!spec.retry || !spec.retry->max || (copy.claimed && spec.group.whenGone == WhenGone::resume))
        return {};
    const std::int64_t limit = *spec.retry->max + 1 + spec.retry->timeouts.value_or(0);
    const std::int64_t most = std::max<std::int64_t>(limit, queue.channel->kind == ChannelKind::stream ? 2 : 1);
    return record.attempt > most ? "I05: more deliveries than the limit allows" : Broken();
}

Broken CopyRules::consumer(const Record& record, const Place& place, Queue& queue) {
    // What a lost consumer had may stay with it, beside what it or another one gets.
    const bool keepsWhenGone = queue.spec().group.whenGone == WhenGone::wait;
    if (queue.channel->kind == ChannelKind::queue && queue.spec().dispatch == DispatchMode::exclusive &&
        !keepsWhenGone) {
        if (queue.exclusive != PlaceId::none().value && queue.exclusive != record.place.value &&
            m_unacked[queue.exclusive] > 0)
            return "I07: an exclusive queue delivers to two consumers";
        queue.exclusive = record.place.value;
    }
    const int unacked = ++m_unacked[record.place.value];
    const HandlerPlan* handler = handlerAt(place);
    if (handler && !handler->automatic && queue.channel->kind == ChannelKind::queue && !keepsWhenGone) {
        m_shared.exercised.add(7);
        if (handler->prefetch != 0 && unacked > static_cast<int>(handler->prefetch))
            return "I07: more unacked than the prefetch allows";
    }
    const Model& model = m_shared.model;
    const ServicePlan& service = model.services[place.service.index()];
    // What a member of a shared group had when it went stays with it, beside what it gets when it is back.
    if (service.prefetch == 0 || m_keepsWhenGone)
        return {};
    int sum = 0;
    for (std::size_t i = 0; i < model.consumers.size(); ++i)
        if (model.consumers[i].service == place.service && model.consumers[i].instance == place.instance) {
            if (service.handlers[model.consumers[i].handler].automatic)
                return {};
            sum += unackedAt(i);
        }
    return sum > static_cast<int>(service.prefetch) ? "I07: an instance has more unacked than it may have" : Broken();
}

int CopyRules::unackedAt(std::size_t consumer) const {
    int sum = 0;
    const Model& model = m_shared.model;
    const ConsumerPlan& plan = model.consumers[consumer];
    const SubscriptionId read = model.services[plan.service.index()].handlers[plan.handler].subscription;
    const WhenGone whenGone =
        model.broker->channels[model.broker->subscriptions[read.index()].channel.index()].spec.group.whenGone;
    if (whenGone == WhenGone::wait || whenGone == WhenGone::resume)
        return 0; // what an earlier connection left pending takes none of its credit
    const auto add = [&](PlaceId place) {
        const auto found = m_unacked.find(place.value);
        sum += found == m_unacked.end() ? 0 : found->second;
    };
    const auto& partitions = m_shared.model.consumerPartitionPlaces[consumer];
    if (partitions.empty())
        add(m_shared.model.consumerPlaces[consumer]);
    for (const PlaceId place : partitions)
        add(place);
    return sum;
}

const HandlerPlan* CopyRules::handlerAt(const Place& place) const {
    const HandlerPlan* found = nullptr;
    for (const HandlerPlan& handler : m_shared.model.services[place.service.index()].handlers)
        if (handler.subscription == place.subscription) {
            if (found)
                return nullptr; // two of them: whose it is the place does not say
            found = &handler;
        }
    return found;
}

// --- back and out ---

// I16: the delay of the policy, within what its jitter allows.
Broken CopyRules::backoff(const Record& record, const Queue& queue, const Lives& copy) const {
    const auto& retry = queue.spec().retry;
    if (!retry || record.value <= 0 || copy.mixed || m_retriesThrough || queue.channel->kind == ChannelKind::stream)
        return {};
    m_shared.exercised.add(16);
    const std::uint32_t failures = copy.deliveries - copy.timeouts;
    const auto first = static_cast<double>(retry->first.count());
    double delay = first;
    switch (retry->backoff) {
    case Backoff::none:
        delay = 0;
        break;
    case Backoff::fixed:
        break;
    case Backoff::linear:
        delay = first * failures;
        break;
    case Backoff::exponential:
        delay = first * std::pow(retry->factor, static_cast<double>(failures - 1));
        break;
    case Backoff::explicitSteps:
        delay = static_cast<double>(retry->steps[std::min<std::size_t>(failures, retry->steps.size()) - 1].count());
        break;
    }
    const auto ceiling = static_cast<double>(retry->ceiling.count());
    delay = std::min(delay, ceiling);
    double low = delay, high = delay;
    switch (retry->jitterKind) {
    case JitterKind::full:
        low = 0;
        break;
    case JitterKind::equal:
        low = delay / 2;
        break;
    case JitterKind::below:
        low = delay * (1 - retry->jitter);
        break;
    case JitterKind::proportional:
        low = delay * (1 - retry->jitter);
        high = std::min(ceiling, delay * (1 + retry->jitter));
        break;
    }
    const auto got = static_cast<double>(record.value);
    return got >= low - 1 && got <= high + 1 ? Broken() : "I16: a backoff that is not the policy's";
}

Broken CopyRules::leave(const Record& record, CopyState from, Queue& queue, Lives& copy) {
    switch (from) {
    case CopyState::delayed:
        copy.retryPending = false;
        return --copy.delayed < 0 ? "I01: a copy left a state that it was not in" : Broken();
    case CopyState::ready:
        queue.line.remove(record.ordinal);
        --queue.ready;
        if (copy.freshReady > 0) {
            --copy.freshReady;
            --queue.fresh;
        }
        return --copy.ready < 0 ? "I01: a copy left a state that it was not in" : Broken();
    default:
        --queue.inFlight;
        queue.unackedTime += record.at.time_since_epoch().count();
        return --copy.inFlight < 0 ? "I01: a copy left a state that it was not in" : Broken();
    }
}

// Another copy of its queue that is alive came before it.
bool CopyRules::isPreceded(const Record& record, const Lives& copy) const {
    const SubscriptionId queue = m_shared.model.catalogue->place(record.place).subscription;
    return std::any_of(m_copies.begin(), m_copies.end(), [&](const auto& entry) {
        const auto& [key, other] = entry;
        return key == keyOf(key >> 16U, queue) && !other.mixed && other.alive() > 0 && other.born < copy.born;
    });
}

Broken CopyRules::ended(const Record& record, Queue& queue, Lives& copy) {
    KnownMessage& message = m_messages.at(record.ordinal);
    const bool bears = record.kind == RecordKind::deadLettered;
    if (record.kind == RecordKind::lost) {
        m_shared.exercised.add(3);
        if (!m_shared.losing && record.reason == m_shared.reasons().drop)
            return "I03: lost though no fault loses anything";
    }
    if (record.kind == RecordKind::purged && record.value >= 0)
        message.redriven = true;
    const CopyState from =
        record.kind == RecordKind::acked && record.from() == CopyState::none ? CopyState::inFlight : record.from();
    if (from == CopyState::none) { // it ends where it would have been born
        std::erase(m_bearing, record.ordinal);
        if (bears)
            m_bearing.push_back(record.ordinal);
        return {};
    }
    if (from == CopyState::inTransit) // its leader took it along
        return {};
    const BrokerReasons& reasons = m_shared.reasons();
    if (record.reason == reasons.expired && queue.channel->kind == ChannelKind::queue) {
        m_shared.exercised.add(12);
        if (from == CopyState::inFlight)
            return "I12: expired while it was unacked";
        if (!copy.mixed && copy.expires != SimTime::max() && record.at < copy.expires)
            return "I12: expired before its time";
        if (from == CopyState::ready && queue.spec().ttlActs == TtlActs::head && queue.line.followed &&
            queue.spec().dispatch != DispatchMode::keyShared && !queue.line.startsWith(record.ordinal))
            return "I12: expired before it came to the head";
    }
    const bool allCount =
        queue.spec().capacityCounts == CapacityCounts::unsettled && queue.spec().dispatch != DispatchMode::broadcast;
    if (record.reason == reasons.maxLength && allCount) {
        m_shared.exercised.add(14);
        if (!copy.mixed && !queue.someAutomatic && isPreceded(record, copy))
            return "I14: dropped for want of room where all copies count, and not the oldest";
    } else if (record.reason == reasons.maxLength && from == CopyState::ready) {
        m_shared.exercised.add(14);
        if (queue.line.followed && !queue.line.startsWith(record.ordinal))
            return "I14: dropped for want of room, and not the head";
    }
    if (from == CopyState::inFlight)
        --m_unacked[record.place.value];
    if (const Broken wrong = leave(record, from, queue, copy); !wrong.empty())
        return wrong;
    --message.copies;
    --queue.open;
    if (bears)
        return died(record, queue, message);
    return {};
}

Broken CopyRules::died(const Record& record, const Queue& queue, KnownMessage& message) {
    m_shared.exercised.add(13);
    m_bearing.push_back(record.ordinal);
    const BrokerReasons& reasons = m_shared.reasons();
    if (record.reason == reasons.rejected || record.reason == reasons.deliveryLimit || record.reason == reasons.retry)
        message.deaths.clear();
    else
        message.deaths.push_back(
            m_shared.model.broker->subscriptions[static_cast<std::size_t>(&queue - m_queues.data())].channel);
    return {};
}

// --- between dues ---

Broken CopyRules::afterDue(const Simulation& simulation) {
    if (!m_bearing.empty() && !m_shared.onNodes()) // else it may have come to a stream that nobody leads or reads
        return "I13: a death that bears nothing";
    m_bearing.clear();
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        const Queue& queue = m_queues[i];
        if (queue.channel->kind != ChannelKind::queue)
            continue;
        const ChannelSpec& spec = queue.spec();
        if (queue.ready != static_cast<int>(simulation.broker().ready(SubscriptionId{static_cast<std::uint16_t>(i)})))
            return "I24: the records' ready copies are not the broker's";
        if (!spec.capacity)
            continue;
        const int used = spec.capacityCounts == CapacityCounts::ready ? queue.ready : queue.open;
        if (spec.capacityCounts == CapacityCounts::ready) {
            m_shared.exercised.add(14);
            if (spec.overflow == Overflow::dropOldest && queue.ready > *spec.capacity)
                return "I14: more ready copies than places";
            // One that a consumer would have taken at once may find that the rate of deliveries has no token.
            if (queue.fresh > *spec.capacity + (spec.deliveryRate ? 1 : 0))
                return "I14: let in beyond its places";
        }
        // On nodes one may have found its place free again and wait for a disk now.
        if (!queue.blocked.empty() && spec.overflow == Overflow::block && *spec.capacity > 0 && !spec.capacityBytes &&
            !m_shared.onNodes()) {
            m_shared.exercised.add(15);
            if (used < *spec.capacity)
                return "I15: there is room, and a producer waits for it";
        }
    }
    return {};
}

// Who waits for a place among the unacked that another queue's copies take for good waits for good as well.
bool CopyRules::mayWait(SubscriptionId id, const std::vector<bool>& stuck) const {
    for (const ServicePlan& service : m_shared.model.services) {
        const auto reads = [&](const HandlerPlan& handler) { return handler.subscription == id; };
        if (service.prefetch > 0 && std::any_of(service.handlers.begin(), service.handlers.end(), reads))
            for (const HandlerPlan& handler : service.handlers)
                if (stuck[handler.subscription.index()])
                    return true;
    }
    return false;
}

Broken CopyRules::drained() const {
    m_shared.exercised.add(25);
    const auto left = [](const Queue& queue) { return queue.ready > 0 || queue.inFlight > 0; };
    if (std::none_of(m_queues.begin(), m_queues.end(), left))
        return {};
    const std::vector<Finding> findings = check(*m_shared.model.scenario);
    const auto isSaid = [&](const Queue& queue, std::initializer_list<std::string_view> codes) {
        return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
            return std::find(codes.begin(), codes.end(), finding.code) != codes.end() &&
                   std::find(finding.names.begin(), finding.names.end(), queue.spec().name) != finding.names.end();
        });
    };
    std::vector<bool> stuck(m_queues.size()); // has copies in flight that nobody will settle
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        stuck[i] = m_queues[i].inFlight > 0;
        if (stuck[i] && !isSaid(m_queues[i], {"ackLossForever", "pendingForever", "acksStuck"}))
            return "I25: copies are in flight, and nothing is left to do";
    }
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        const SubscriptionId id{static_cast<std::uint16_t>(i)};
        if (m_queues[i].ready > 0 && m_shared.model.broker->subscriptions[i].consumed && !stuck[i] &&
            !mayWait(id, stuck) && !isSaid(m_queues[i], {"exclusiveRefused"}))
            return "I25: copies wait, and nothing is left to do";
    }
    return {};
}

CopyRules::Wide CopyRules::unackedTime(SubscriptionId id, SimTime now) const {
    const Queue& queue = m_queues[id.index()];
    return queue.unackedTime + static_cast<Wide>(queue.inFlight) * now.time_since_epoch().count();
}

} // namespace weir::invariants

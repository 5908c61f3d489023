#include "support/invariants/copy_rules.h"

#include <algorithm>
#include <utility>

namespace weir::invariants {
namespace {

RequeueTo limitedPlace(const ChannelSpec& spec, RequeueTo to) {
    if (to != RequeueTo::returnedIfLimited)
        return to;
    return spec.retry && spec.retry->max ? RequeueTo::returned : RequeueTo::tail;
}

} // namespace

std::vector<Ordinal> Line::upTo(Ordinal ordinal) const {
    std::vector<Ordinal> all;
    for (const Item& item : m_items) {
        all.push_back(item.ordinal);
        if (item.ordinal == ordinal)
            break;
    }
    return all;
}

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
        for (const HandlerPlan& handler : shared.model.handlers)
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
        m_someUnread = m_someUnread || (channel.kind == ChannelKind::stream && channel.subscriptions.empty());
        m_oneEach = m_oneEach && channel.spec.overlap != Overlap::subscription;
        m_keepsWhenGone = m_keepsWhenGone || channel.spec.group.whenGone != WhenGone::giveBack;
    }
}

Broken CopyRules::apply(const Record& record, const Place& place) {
    if (record.kind == RecordKind::appended)
        return appended(record, place);
    if (record.kind == RecordKind::sent) {
        bears(record.ordinal);
        ++at(place).coming;
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
        else if (record.reason == m_shared.reasons().ackTimeout || record.reason == m_shared.reasons().claimed)
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
        copy.retrySince = record.at;
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
    // A timeout that is no failure brings it back before all others.
    const auto& retry = queue.spec().retry;
    const bool stalled = record.kind == RecordKind::requeued && retry && retry->timeouts &&
                         record.reason == m_shared.reasons().ackTimeout;
    const int priority = stalled ? queue.spec().priorities : priorityOf(record.ordinal, queue);
    const bool lifo = queue.spec().line == weir::Line::lifo && priority == 0;
    if (to == RequeueTo::returned)
        copy.position = lifo ? ~queue.returnedNext++ : queue.returnedNext++;
    if (lifo)
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
    queue.coming -= record.from() == CopyState::inTransit ? 1 : 0;
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
    // What is read again has the history that it came to the stream with.
    message.branched = message.branched || message.copies > 0 || again;
    ++message.copies;
    ++queue.open;
    copy.deliveries = again ? 1 : 0;
    copy.timeouts = 0;
    copy.retryPending = false;
    copy.born = record.at;
    // Nobody waits a second time for one that was delayed; what comes twice asked for one place.
    const bool nobodyWaits = queue.spec().overflow == Overflow::block && record.bornDelayed();
    // On nodes whoever would have taken it may be gone when it is committed; who had to wait does not wait again.
    const bool comesIn = queue.spec().overflow == Overflow::block && !m_shared.commitsAtOnce(queue.spec());
    // Whose turn it is comes in, whatever room there is.
    const bool inTurn = queue.spec().overflow == Overflow::block && record.from() == CopyState::inTransit;
    copy.fresh = byRouting && !broadcast && !message.twice && !nobodyWaits && !comesIn && !inTurn;
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
    bears(record.ordinal);
    // One that was refused for want of room may have a dead letter for each binding: then there are several, too.
    if (queue.channel->kind == ChannelKind::stream || m_shared.published(record.value) || message.branched ||
        message.copies > 0 || message.redriven)
        return {};
    return message.deaths.isCycle(channelOf(queue)) ? "I13: dead letters in a cycle without a rejection" : Broken();
}

// What comes over from another cluster was published there: where it died before nobody knows here.
Broken CopyRules::appended(const Record& record, const Place& place) {
    bears(record.ordinal);
    KnownMessage& message = m_messages.at(record.ordinal);
    const bool died = !m_shared.published(record.value) && !record.hasCrossed();
    const bool cycle = died && !message.branched && !message.redriven && message.deaths.isCycle(place.channel);
    if (record.hasCrossed())
        message.deaths.clear();
    return cycle ? "I13: dead letters in a cycle without a rejection" : Broken();
}

void CopyRules::bears(Ordinal ordinal) {
    std::erase_if(m_bearing, [ordinal](const Bearing& each) { return each.ordinal == ordinal; });
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
    const Duration own =
        forgets || !message.site.valid() ? Duration::max() : m_shared.model.generator->sites()[message.site].ttl;
    Duration until = own; // by its producer's clock
    if (own != Duration::max()) {
        const std::optional<Duration> ahead = m_shared.aheadOf(
            m_shared.model.generator->sites()[message.site].serviceId, m_messages.at(message.identity).at);
        if (!ahead)
            return;
        until = std::max(Duration::zero(), own + *ahead);
    }
    Duration ttl = spec.ttl.value_or(Duration::max());
    if (spec.ttlRule == TtlRule::least)
        ttl = std::min(ttl, until);
    else if (spec.ttlRule == TtlRule::message && own != Duration::max())
        ttl = until;
    if (ttl == Duration::max())
        return;
    if (spec.ttlFrom == TtlFrom::published && !forgets) { // which another clock has stamped than its leader's
        const std::optional<Duration> ahead =
            m_shared.aheadOf(m_shared.leadership.leaderOf(channelOf(queue)), record.at);
        if (ahead)
            copy.expires = message.at + ttl - *ahead;
    } else if (record.bornDelayed())
        copy.ttl = ttl;
    else
        copy.expires = record.at + ttl;
}

Broken CopyRules::released(const Record& record, Queue& queue, Lives& copy) {
    if (!copy.mixed && copy.retryPending && !record.reason.valid()) {
        m_shared.exercised.add(16);
        const bool late = record.at > copy.retryDue && m_shared.isSteady(channelOf(queue), copy.retrySince);
        if (late || record.at < copy.retryDue)
            return "I16: a retry that is not on time";
    }
    if (const Broken wrong = afterDelay(record, queue, copy); !wrong.empty())
        return wrong;
    copy.retryPending = false;
    // It counts from the end of its delay, with or without a leader.
    if (copy.ttl != Duration::max() && m_shared.isSteady(channelOf(queue), copy.born))
        copy.expires = record.at + copy.ttl;
    copy.ttl = Duration::max();
    const ChannelSpec& spec = queue.spec();
    const RequeueTo to = copy.deliveries > 0 && spec.retry ? limitedPlace(spec, spec.retry->returnTo) : RequeueTo::tail;
    if (to == RequeueTo::tail)
        copy.position = queue.positionNext++;
    if (copy.waits && spec.line == weir::Line::lifo && to != RequeueTo::returned)
        copy.position = Copy::firstPosition - ++queue.returnedNext;
    copy.waits = false;
    if (--copy.delayed < 0)
        return "I01: a copy left a state that it was not in";
    if (record.attempt == 0) // of several copies of one message, one may still be fresh when another one comes back
        enterFresh(queue, copy);
    becomesReady(queue, copy, record, to);
    return {};
}

// What comes to a stream waits from its arrival there, which a link or a full queue may put off, and a transaction's
// decision may come after.
Broken CopyRules::afterDelay(const Record& record, const Queue& queue, const Lives& copy) {
    const KnownMessage& message = m_messages.at(record.ordinal);
    if (queue.channel->kind != ChannelKind::stream || copy.mixed || copy.retryPending || record.reason.valid() ||
        !message.site.valid())
        return {};
    const auto& site = m_shared.model.generator->sites()[message.site];
    if (site.delay == Duration::zero() || site.deliverAt)
        return {};
    m_shared.exercised.add(16);
    const bool late = record.at > copy.born + site.delay && m_shared.isSteady(channelOf(queue), copy.born);
    return late || record.at < message.at + site.delay ? "I16: a delay that is not over on time" : Broken();
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
    const bool isHistory = std::exchange(copy.claimed, false); // in hand all the time: time to live is for what waits
    if (queue.automatic && !stream) {
        m_shared.exercised.add(2);
        if (record.attempt != 1)
            return "I02: delivered again though it was settled on delivery";
    }
    if (!stream && !isHistory && queue.line.followed && spec.dispatch != DispatchMode::keyShared) {
        m_shared.exercised.add(8);
        // Where nothing may be delivered for the first time, what was delivered before passes it.
        if (!queue.line.startsWith(record.ordinal) && (!spec.unackedMax || record.attempt == 1))
            return "I08: not the first in the order of priority and entry";
    }
    if (!stream && !copy.mixed) {
        if (copy.expires != SimTime::max())
            m_shared.exercised.add(12);
        const bool late = record.at > copy.expires || (record.at == copy.expires && record.at != copy.born);
        // Whom it overtook nobody knows where the line could not be followed.
        const bool mayHaveJumped = !queue.line.followed && copy.deliveries == 1 && spec.ttlActs == TtlActs::head &&
                                   priorityOf(record.ordinal, queue) > 0;
        if (late && !isHistory && queue.jumped != record.ordinal && !mayHaveJumped)
            return "I12: delivered after its time to live";
        if (record.value != (record.at - copy.readySince).count())
            return "I23: not the time since it became ready";
    }
    if (const Broken wrong = leave(record, CopyState::ready, queue, copy); !wrong.empty())
        return wrong;
    copy.fresh = false;
    ++copy.inFlight;
    ++queue.inFlight;
    if (spec.unackedMax && record.attempt == 1 && !queue.someAutomatic) {
        m_shared.exercised.add(7);
        if (queue.inFlight > *spec.unackedMax)
            return "I07: more unacked than its channel allows";
    }
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
    const WhenGone whenGone = queue.spec().group.whenGone;
    const bool keepsWhenGone = whenGone == WhenGone::wait || whenGone == WhenGone::resume;
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
            if (model.handlersOf(service)[model.consumers[i].handler].automatic)
                return {};
            sum += unackedAt(i);
        }
    return sum > static_cast<int>(service.prefetch) ? "I07: an instance has more unacked than it may have" : Broken();
}

int CopyRules::unackedAt(std::size_t consumer) const {
    int sum = 0;
    const Model& model = m_shared.model;
    const ConsumerPlan& plan = model.consumers[consumer];
    const SubscriptionId read = model.handlersOf(plan.service)[plan.handler].subscription;
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
    for (const HandlerPlan& handler : m_shared.model.handlersOf(place.service))
        if (handler.subscription == place.subscription) {
            if (found)
                return nullptr; // two of them: whose it is the place does not say
            found = &handler;
        }
    return found;
}

} // namespace weir::invariants

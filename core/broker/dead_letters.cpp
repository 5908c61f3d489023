// Dead letters: the end of a copy that nobody acked, the history it takes along, and the cycles that it must not run
// in.
#include "core/broker/broker.h"
#include "core/broker/freed_place.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace weir {
namespace {

// A way round that takes no time would never end (RabbitMQ is busy with it for ever).
bool cameRoundAtOnce(const Copy& copy, ChannelId channel, ReasonId reason, SimTime now) {
    for (const Death* each = copy.deaths.get(); each; each = each->before.get())
        if (each->channel == channel && each->reason == reason && each->at == now)
            return true;
    return false;
}

} // namespace

// RabbitMQ's x-death: one entry for each channel and reason, the latest in front, the others turned round by each death
// (observed on 3.10.8, classic and quorum: a | b,a | c,a,b | d,b,a,c | a x2,c,b,d). So the history of a message that
// goes round for ever is no longer than the ways it takes.
std::shared_ptr<const Death> Broker::withDeath(const std::shared_ptr<const Death>& history, Death death) {
    for (const Death* entry = history.get(); entry; entry = entry->before.get()) {
        if (entry->channel == death.channel && entry->reason == death.reason) {
            death.count = entry->count + 1;
            continue;
        }
        Death kept = *entry;
        kept.before = std::move(death.before);
        death.before = std::make_shared<const Death>(std::move(kept));
    }
    return std::make_shared<const Death>(std::move(death));
}

RoutingKeyId Broker::routingKeyOf(const Copy& copy) const {
    return copy.deaths && copy.deaths->after != noHandle ? copy.deaths->after : m_messages[copy.message].routingKey;
}

// `after`: the key that it goes on with from here; noHandle: it keeps the one it has.
std::shared_ptr<const Death> Broker::deathOf(const Copy& copy, ReasonId reason, RoutingKeyId after, SimTime now) const {
    return withDeath(copy.deaths, {.channel = m_plan->subscriptions[copy.subscription.index()].channel,
                                   .reason = reason,
                                   .at = now,
                                   .count = 1,
                                   .key = routingKeyOf(copy),
                                   .after = after != noHandle ? after
                                            : copy.deaths     ? copy.deaths->after
                                                              : noHandle,
                                   .before = nullptr});
}

void Broker::die(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    const Copy dying = m_copies[handle]; // a birth may move the slab
    if (!isStream(dying.subscription))
        freePlace(m_copies[handle], m_subscriptions[dying.subscription.index()].unsettled, m_messages[dying.message]);
    const bool wentOn = bury(dying, from, place, reason, door);
    const std::uint64_t offset = offsetIn(dying);
    end(handle, door);
    // JetStream's term and what Pulsar's consumers send on are done with; what had its last delivery stays in the
    // stream.
    if (isStream(dying.subscription) && (wentOn || reason == m_plan->reasons.rejected))
        ackedInStream(dying.subscription, dying.partition, offset, door);
}

// RabbitMQ's reject-publish-dlx: the publish is refused, and yet what was refused is dead-lettered.
void Broker::buryAtBirth(MessageHandle message, const Birth& birth, BrokerDoor& door) {
    Copy copy;
    copy.message = message;
    copy.subscription = birth.subscription;
    copy.deaths = birth.deaths;
    copy.round = birth.round;
    bury(copy, birth.from, m_plan->subscriptions[birth.subscription.index()].place, m_plan->reasons.maxLength, door);
}

// Its end in the records. With a dead-letter channel it bears a new copy there, with its history; true where one takes
// it.
bool Broker::bury(const Copy& copy, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    const ChannelId channelId = m_plan->subscriptions[copy.subscription.index()].channel;
    const ChannelPlan& channel = m_plan->channels[channelId.index()];
    Record record = recordOf(RecordKind::dropped, copy, place, door.now);
    record.reason = reason;
    record.value = channel.deadLetter.valid() ? channel.deadLetter.value : -1;
    record.bits = Record::bitsOf(from);

    const RoutingKeyId after = m_deadLetterKeys[channelId.index()];
    std::shared_ptr<const Death> deaths; // with this one
    std::optional<Routing> routing;
    std::span<const RouteTarget> targets;
    bool someTake = false;
    if (channel.deadLetter.valid()) {
        deaths = deathOf(copy, reason, after, door.now);
        routing.emplace(route(copy.message, channel.deadLetter, door, after != noHandle ? after : routingKeyOf(copy)));
        targets = routing->targets();
        bool someThere = false;
        const bool endless = !isRejection(reason) && cameRoundAtOnce(copy, channelId, reason, door.now);
        for (const RouteTarget& target : targets) {
            someThere = someThere || !isDeleted(target);
            someTake = someTake || (!endless && !isDeleted(target) && !inCycle(*deaths, target.channel));
        }
        if (!someTake)
            record.reason = someThere ? m_plan->reasons.cycle : m_plan->reasons.noRoute;
    }
    if (someTake)
        record.kind = RecordKind::deadLettered;
    else if (reason == m_plan->reasons.expired)
        record.kind = RecordKind::expired;
    door.recorder.append(record);
    if (someTake) {
        take(*routing);
        sendOn(copy, targets, deaths, door);
    }
    return someTake;
}

// RabbitMQ's dead letters are messages from one queue to another, so a cascade goes by steps: who dies of having come
// somewhere is sent on behind all that was sent before (observed on 3.10.8, classic and quorum: of 1, 2 and 3, rejected
// together to a fan-out of one queue that keeps them and one that is full, 1, 2 and 3 come before 1, 2 and 3 again).
void Broker::sendOn(const Copy& dying, std::span<const RouteTarget> targets, const std::shared_ptr<const Death>& deaths,
                    BrokerDoor& door) {
    DeadLetter letter{.message = dying.message,
                      .from = m_plan->subscriptions[dying.subscription.index()].channel,
                      .to = {},
                      .round = static_cast<std::uint16_t>(dying.round + 1),
                      .deaths = deaths};
    const bool waits = m_underWay.withholds || std::exchange(m_underWay.sends, true);
    for (const RouteTarget& target : targets) {
        if (isDeleted(target) || inCycle(*deaths, target.channel))
            continue;
        letter.to = target.channel;
        if (!waits) {
            arrive(letter, door);
            continue;
        }
        retain(letter.message);
        m_underWay.letters.push_back(letter);
    }
    if (waits)
        return;
    m_underWay.sends = false;
    sendUnderWay(door);
}

void Broker::arrive(const DeadLetter& letter, BrokerDoor& door) {
    const ChannelPlan& to = m_plan->channels[letter.to.index()];
    if (to.kind == ChannelKind::stream)
        append(letter.message,
               {.channel = letter.to, .via = letter.from, .round = letter.round, .deaths = letter.deaths}, door);
    else
        enqueue(letter.message,
                {.subscription = to.subscriptions.front(),
                 .via = letter.from,
                 .deaths = letter.deaths,
                 .forgetTtl = true,
                 .round = letter.round,
                 .delay = {}},
                door);
}

void Broker::sendUnderWay(BrokerDoor& door) {
    if (m_underWay.letters.empty() || m_underWay.sends || m_underWay.gathers || m_underWay.withholds)
        return;
    m_underWay.sends = true;
    for (std::size_t i = 0; i < m_underWay.letters.size(); ++i) { // more come in behind
        const DeadLetter letter = std::move(m_underWay.letters[i]);
        arrive(letter, door);
        release(letter.message, door);
    }
    m_underWay.letters.clear();
    m_underWay.sends = false;
}

bool Broker::isRejection(ReasonId reason) const {
    return reason == m_plan->reasons.rejected ||
           reason == m_plan->reasons.retry; // no delivery limit: observed on 3.10.8
}

// RabbitMQ: a message that comes to a queue it died in before is dropped, unless it was rejected on the way round. The
// way is read off the history with this death in front, so from a history that has been turned round (observed on
// 3.10.8: q rejected, d expired, q expired goes on to d).
bool Broker::inCycle(const Death& latest, ChannelId target) const {
    for (const Death* each = &latest; each; each = each->before.get()) {
        if (isRejection(each->reason))
            return false;
        if (each->channel == target)
            return true;
    }
    return false;
}

// Its end without a dead letter.
void Broker::drop(CopyHandle handle, CopyState from, PlaceId place, ReasonId reason, BrokerDoor& door) {
    Record record = recordOf(RecordKind::dropped, m_copies[handle], place, door.now);
    record.reason = reason;
    record.value = -1;
    record.bits = Record::bitsOf(from);
    door.recorder.append(record);
    end(handle, door);
}

} // namespace weir

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
    std::optional<Routing> routing;
    std::span<const RouteTarget> targets;
    bool someTake = false;
    if (channel.deadLetter.valid()) {
        routing.emplace(route(copy.message, channel.deadLetter, door, after != noHandle ? after : routingKeyOf(copy)));
        targets = routing->targets();
        bool someThere = false;
        const bool endless = !isRejection(reason) && cameRoundAtOnce(copy, channelId, reason, door.now);
        for (const RouteTarget& target : targets) {
            someThere = someThere || !isDeleted(target);
            someTake = someTake || (!endless && !isDeleted(target) && !inCycle(copy, reason, target.channel));
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
        sendOn(copy, targets, reason, after, door);
    }
    return someTake;
}

void Broker::sendOn(const Copy& dying, std::span<const RouteTarget> targets, ReasonId reason, RoutingKeyId after,
                    BrokerDoor& door) {
    const ChannelId from = m_plan->subscriptions[dying.subscription.index()].channel;
    const auto death = deathOf(dying, reason, after, door.now);
    const auto round = static_cast<std::uint16_t>(dying.round + 1);
    for (const RouteTarget& target : targets) {
        if (isDeleted(target) || inCycle(dying, reason, target.channel))
            continue;
        const ChannelPlan& to = m_plan->channels[target.channel.index()];
        if (to.kind == ChannelKind::stream)
            append(dying.message, {.channel = target.channel, .via = from, .round = round, .deaths = death}, door);
        else
            enqueue(dying.message,
                    {.subscription = to.subscriptions.front(),
                     .via = from,
                     .deaths = death,
                     .forgetTtl = true,
                     .round = round,
                     .delay = {}},
                    door);
    }
}

bool Broker::isRejection(ReasonId reason) const {
    return reason == m_plan->reasons.rejected ||
           reason == m_plan->reasons.retry; // no delivery limit: observed on 3.10.8
}

// RabbitMQ: a message that comes to a queue it died in before is dropped, unless it was rejected on the way round. The
// way is read off the history with this death in front, so from a history that has been turned round (observed on
// 3.10.8: q rejected, d expired, q expired goes on to d).
bool Broker::inCycle(const Copy& copy, ReasonId reason, ChannelId target) const {
    if (isRejection(reason))
        return false;
    Death latest;
    latest.channel = m_plan->subscriptions[copy.subscription.index()].channel;
    latest.reason = reason;
    const auto history = withDeath(copy.deaths, std::move(latest));
    for (const Death* each = history.get(); each; each = each->before.get()) {
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

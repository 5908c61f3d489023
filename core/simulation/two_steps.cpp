// Two steps: who has received something says so, and goes on with it when it knows that its sender knows. In between
// each end can say its word again without anything happening twice (MQTT 5.0, 4.3.3: PUBLISH, PUBREC, PUBREL, PUBCOMP).
//
// What is published waits at the broker, invisible, for the second word (mosquitto 2.0.11 hands it on at PUBREL); a
// repeat of it is known. What is delivered waits at its consumer (libmosquitto 2.0.11 does the same); the ack of its
// handler is the fourth word. It takes its place among what the consumer has in hand until then.
#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>
#include <utility>

namespace weir {

// --- publishes ---

Admission Simulation::keep(const Broker::Publish& publish, BrokerDoor& door) {
    Confirm& confirm = m_confirms[confirmOf(publish.token)];
    if (!confirm.open || confirm.id != attemptOf(publish.token) >> 8U) {
        m_broker.withdraw(publish, m_model->reasons.unconfirmed, door); // its producer has given up meanwhile
        return Admission::refused;
    }
    if (confirm.stage == KeptStage::unknown || confirm.stage == KeptStage::refused) {
        confirm.stage = KeptStage::kept;
        confirm.kept = publish;
        return Admission::accepted;
    }
    Record record = producerRecord(RecordKind::deduplicated, publish.message, door.now);
    record.reason = m_model->reasons.duplicate;
    door.recorder.append(record);
    m_broker.release(publish.message, door);
    return Admission::accepted;
}

// The producer knows that it is kept.
void Simulation::release(std::uint32_t handle, BrokerDoor& door) {
    Confirm& confirm = m_confirms[handle];
    const EmitSite& site = m_model->generator->sites()[confirm.site];
    ++confirm.attempt;
    confirm.answered = false;
    if (confirm.firstRelease == 0) {
        confirm.firstRelease = confirm.attempt;
        ++confirm.releases;
    }
    const std::uint64_t which = static_cast<std::uint64_t>(confirm.id) << 8U | confirm.attempt;
    later(door.now + site.confirm.value_or(ConfirmSpec()).timeout, Priority::work, Kind::confirmTimeout, handle, which);
    const Message& first = m_broker.message(confirm.first);
    const Duration travels =
        latency(linkOf(first, site.channelId), first.ordinal, releaseOf(hopOfAnswer(confirm.attempt, confirm.look)));
    if (travels == Duration::zero())
        landRelease(handle, which, door);
    else
        later(door.now + travels, Priority::broker, Kind::publishReleased, handle, which);
}

void Simulation::landRelease(std::uint32_t handle, std::uint64_t which, BrokerDoor& door) {
    const Confirm& confirm = m_confirms[handle];
    if (!confirm.open || confirm.id != which >> 8U)
        return;
    const Message& first = m_broker.message(confirm.first);
    const LinkId link = linkOf(first, m_model->generator->sites()[confirm.site].channelId);
    switch (fateOf(link, first.ordinal, releaseOf(hopOfAnswer(which & 0xFFU, confirm.look)))) {
    case Fate::arrives:
        break;
    case Fate::held:
        hold(link, Kind::publishReleased, handle, which);
        return;
    case Fate::lost:
        stray(producerRecord(RecordKind::strayed, confirm.first, door.now), Stray::answer, m_model->reasons.linkLoss,
              door);
        return;
    case Fate::refused:
        stray(producerRecord(RecordKind::strayed, confirm.first, door.now), Stray::answer, m_model->reasons.partition,
              door);
        return;
    }
    if (confirm.stage == KeptStage::released)
        return; // it waits for room, or for replicas: the answer comes then
    if (confirm.stage == KeptStage::kept) {
        Broker::Publish publish = confirm.kept;
        publish.token = tokenOf(handle, which);
        m_confirms[handle].stage = KeptStage::released;
        const Admission outcome = m_broker.publish(publish, door);
        if (!isDecided(outcome))
            return;
        m_confirms[handle].hopeless = outcome == Admission::unacceptable;
        m_confirms[handle].stage = outcome == Admission::accepted ? KeptStage::taken : KeptStage::refused;
    }
    const bool yes = m_confirms[handle].stage == KeptStage::taken;
    if (yes && isImmediate(link) && !isAnswerLost(handle, which))
        receiveAnswer(handle, which, true, door);
    else
        answer(tokenOf(handle, which), yes ? Admission::accepted : Admission::refused, door);
}

// --- deliveries ---

Handshake& Simulation::handshakeOf(ConsumerId consumer, DeliveryTag tag) {
    const Copy& copy = *m_broker.copy(tag);
    const Ordinal ordinal = m_broker.message(copy.message).ordinal;
    if (m_handshakes.size() <= tag.copy)
        m_handshakes.resize(tag.copy + 1);
    Handshake& known = m_handshakes[tag.copy];
    if (known.ordinal != ordinal || known.born != copy.born || known.round != copy.round || known.consumer != consumer)
        known = {.ordinal = ordinal, .born = copy.born, .consumer = consumer, .round = copy.round, .tag = {}};
    return known;
}

// Whether its handler is to have it now. It comes as an event, perhaps not for the first time, or as the broker's word
// that it knows; a delivery after that word is no more than the word again.
bool Simulation::takesOver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    Handshake& known = handshakeOf(consumer, tag);
    switch (known.known) {
    case Handshake::Known::nothing:
        known.tag = tag;
        if (known.released) { // what it had is gone with its memory, and the broker has nothing to send again
            if (!known.done) {
                Record record;
                record.at = door.now;
                record.kind = RecordKind::effectLost;
                record.ordinal = known.ordinal;
                record.type = m_broker.message(m_broker.copy(tag)->message).type;
                record.place = m_broker.placeOf(consumer, *m_broker.copy(tag));
                record.attempt = m_broker.copy(tag)->attempt;
                record.reason = m_model->reasons.crash;
                door.recorder.append(record);
                known.done = true;
            }
            ackAgain(consumer, tag, door);
            return false;
        }
        known.known = Handshake::Known::received;
        sayReceived(consumer, tag, door);
        return false;
    case Handshake::Known::received:
        known.tag = tag;
        if (!known.released) {
            sayReceived(consumer, tag, door);
            return false;
        }
        known.known = Handshake::Known::handedOver;
        return true;
    case Handshake::Known::handedOver:
        return !recognise(consumer, tag, door);
    }
    return false;
}

// What its handler has, or has had; not what was thrown away with a connection before its work began. The work of a
// copy that died meanwhile may still go on, and its handle is another copy's now: the tag that was seen last says whose
// it is.
bool Simulation::recognise(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    Handshake& known = m_handshakes[tag.copy];
    const DeliveryTag before = std::exchange(known.tag, tag);
    if (known.done) {
        if (before != tag)
            ackAgain(consumer, tag, door);
        return true;
    }
    ConsumerState& state = m_consumers[consumer.index()];
    for (std::size_t i = 0; i < state.prefetched.size(); ++i)
        if (state.prefetched[i].tag == before) {
            state.prefetched[i].tag = tag;
            return true;
        }
    for (std::uint32_t job = state.firstJob; job != noJob; job = m_jobs[job].after)
        if (m_jobs[job].tag == before) {
            m_jobs[job].tag = tag;
            return true;
        }
    return false;
}

// Never within the call of the broker that has just delivered it.
void Simulation::ackAgain(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    const Copy& copy = *m_broker.copy(tag);
    const Message& message = m_broker.message(copy.message);
    const TravellingSettlement ack{.tag = tag,
                                   .settlement = Settlement::ack,
                                   .reason = {},
                                   .ordinal = message.ordinal,
                                   .place = m_model->consumerPlaces[consumer.index()],
                                   .consumer = consumer,
                                   .type = message.type,
                                   .attempt = copy.attempt,
                                   .round = copy.round};
    if (!losesAck(consumer, ack, door))
        later(door.now + wayBack(consumer, ack), Priority::broker, Kind::settlementArrives, m_settlements.add(ack));
}

void Simulation::sayReceived(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) {
    const Copy& copy = *m_broker.copy(tag);
    const DueKey receipt{static_cast<std::uint8_t>(Kind::receiptArrives), tag.copy, tag.generation};
    const LinkId link = m_networked ? linkTo(consumer, copy) : 0;
    const Duration travels = m_networked ? latency(link, m_broker.message(copy.message).ordinal,
                                                   receiptOf(hopOf(copy.subscription, copy.attempt, copy.round, false)))
                                         : Duration::zero();
    if (travels == Duration::zero())
        landReceipt(receipt, door);
    else
        later(door.now + travels, Priority::broker, Kind::receiptArrives, tag.copy, tag.generation);
}

void Simulation::strayStep(const Copy& copy, Stray what, ReasonId reason, BrokerDoor& door) {
    const Message& message = m_broker.message(copy.message);
    Record record;
    record.ordinal = message.ordinal;
    record.type = message.type;
    record.place = m_broker.placeOf(copy.consumer, copy);
    record.attempt = copy.attempt;
    stray(record, what, reason, door);
}

void Simulation::landReceipt(const DueKey& what, BrokerDoor& door) {
    const DeliveryTag tag{what.a, static_cast<std::uint32_t>(what.b)};
    const Copy* const copy = m_broker.copy(tag);
    if (!copy || copy->orphaned)
        return; // taken back meanwhile
    const ConsumerId consumer = copy->consumer;
    const Ordinal ordinal = m_broker.message(copy->message).ordinal;
    const std::uint64_t hop = hopOf(copy->subscription, copy->attempt, copy->round, false);
    const LinkId link = m_networked ? linkTo(consumer, *copy) : 0;
    switch (fateOf(link, ordinal, receiptOf(hop))) {
    case Fate::arrives:
        break;
    case Fate::held:
        hold(link, Kind::receiptArrives, what.a, what.b);
        return;
    case Fate::lost:
        strayStep(*copy, Stray::settlement, m_model->reasons.linkLoss, door);
        return;
    case Fate::refused:
        strayStep(*copy, Stray::settlement, m_model->reasons.partition, door);
        return;
    }
    handshakeOf(consumer, tag).released = true;
    const Duration travels = m_networked ? latency(link, ordinal, releaseOf(hop)) : Duration::zero();
    if (travels == Duration::zero())
        landDeliveryRelease({static_cast<std::uint8_t>(Kind::deliveryReleased), what.a, what.b}, door);
    else
        later(door.now + travels, Priority::work, Kind::deliveryReleased, what.a, what.b);
}

void Simulation::landDeliveryRelease(const DueKey& what, BrokerDoor& door) {
    const DeliveryTag tag{what.a, static_cast<std::uint32_t>(what.b)};
    const Copy* const copy = m_broker.copy(tag);
    if (!copy || copy->orphaned)
        return;
    const LinkId link = m_networked ? linkTo(copy->consumer, *copy) : 0;
    const std::uint64_t hop = releaseOf(hopOf(copy->subscription, copy->attempt, copy->round, false));
    switch (fateOf(link, m_broker.message(copy->message).ordinal, hop)) {
    case Fate::arrives:
        receive(copy->consumer, tag, door);
        return;
    case Fate::held:
        hold(link, Kind::deliveryReleased, what.a, what.b);
        return;
    case Fate::lost:
        strayStep(*copy, Stray::delivery, m_model->reasons.linkLoss, door);
        return;
    case Fate::refused:
        strayStep(*copy, Stray::delivery, m_model->reasons.partition, door);
        return;
    }
}

// An ack is the last word, which can be said again; after anything else it is handled anew.
void Simulation::noteEndOfWork(const TravellingSettlement& settlement) {
    if (settlement.tag.copy >= m_handshakes.size())
        return;
    Handshake& known = m_handshakes[settlement.tag.copy];
    if (known.ordinal != settlement.ordinal || known.round != settlement.round || known.consumer != settlement.consumer)
        return;
    if (settlement.settlement == Settlement::ack)
        known.done = true;
    else
        known = {};
}

void Simulation::forgetHandshakes(ConsumerId consumer) {
    for (Handshake& each : m_handshakes)
        if (each.consumer == consumer)
            each.known = Handshake::Known::nothing;
}

} // namespace weir

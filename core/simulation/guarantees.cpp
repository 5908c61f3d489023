// Guarantees: what producers do to be sure: publisher confirms with repeats, half messages around a local transaction,
// and transactions that publish and settle in one.
#include "core/kernel/hash.h"
#include "core/simulation/simulation.h"
#include "core/simulation/tries.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace weir {
namespace {

// An attempt's number has eight bits, of which the repeats take 100 at most.
constexpr std::uint32_t gapsMax = 100;

} // namespace

bool Simulation::isAlive(const Owner& owner) const {
    return owner.job == noJob || (m_jobs[owner.job].active && m_jobs[owner.job].generation == owner.jobGeneration);
}

Record Simulation::producerRecord(RecordKind kind, MessageHandle handle, SimTime now) const {
    const Message& message = m_broker.message(handle);
    Record record;
    record.at = now;
    record.ordinal = message.ordinal;
    record.place = message.from;
    record.type = message.type;
    record.kind = kind;
    return record;
}

// --- confirms ---

ProducerKey Simulation::producerOf(const Owner& owner, ChannelId channel) const {
    const std::uint64_t who = owner.job == noJob ? 1ULL << 32U | owner.source : m_jobs[owner.job].consumer.value;
    return {who, channel.value};
}

std::shared_ptr<const Content> Simulation::identified(const Message& message, const EmitSite& site,
                                                      const Owner& owner) {
    auto content = message.content ? std::make_shared<Content>(*message.content) : std::make_shared<Content>();
    content->identity = message.ordinal;
    if (site.confirm && site.confirm->idempotent && !hasOutbox(site.serviceId)) {
        Producer& producer = m_producers[producerOf(owner, site.channelId)];
        if (producer.id == 0)
            producer.id = ++m_producerIds;
        content->producer = producer.id;
        content->sequence = ++producer.last;
    }
    return content;
}

std::uint32_t Simulation::openConfirm(const Broker::Publish& publish, SiteId site, SimTime now) {
    Confirm confirm;
    confirm.first = publish.message;
    confirm.site = site;
    confirm.roomTimeout = publish.timeout;
    confirm.count = static_cast<std::uint32_t>(m_emissions[site.index()] - 1);
    confirm.id = ++m_generation & 0xFF'FFFFU;
    confirm.since = now;
    confirm.open = true;
    if (const Content* const content = m_broker.message(publish.message).content.get()) {
        confirm.producer = content->producer;
        confirm.sequence = content->sequence;
    }
    confirm.inTwoSteps = m_model->generator->sites()[site].confirm.value_or(ConfirmSpec()).inTwoSteps();
    m_broker.retain(publish.message);
    return m_confirms.add(confirm);
}

// Accepted where the answer is there at once; else the flow waits for it, as for room.
Admission Simulation::publishConfirmed(const Broker::Publish& publish, SiteId site, const Owner& owner,
                                       BrokerDoor& door) {
    const std::uint32_t handle = openConfirm(publish, site, door.now);
    const ConfirmSpec spec = m_model->generator->sites()[site].confirm.value_or(ConfirmSpec());
    m_confirms[handle].owner = owner;
    m_confirms[handle].sender = producerOf(owner, publish.channel);
    m_confirms[handle].awaited = spec.awaited;
    m_unawaited += spec.awaited ? 0 : 1;
    if (spec.window) {
        m_confirms[handle].windowed = true;
        return sendInTurn(handle, *spec.window, door);
    }
    attempt(handle, publish.message, door);
    if (!spec.awaited || !m_confirms[handle].open)
        return Admission::accepted;
    m_confirms[handle].flow = m_spareFlow;
    return Admission::blocked;
}

// --- windows of publishes under way (Kafka: max.in.flight.requests.per.connection; MQTT 5: Receive Maximum) ---

Admission Simulation::sendInTurn(std::uint32_t handle, std::uint32_t window, BrokerDoor& door) {
    Confirm& confirm = m_confirms[handle];
    const bool goesOn = confirm.owner.job == noJob || !confirm.awaited;
    SendWindow& sending = m_windows[confirm.sender];
    if (sending.underWay >= window || !sending.waiting.empty()) {
        sending.waiting.pushBack(handle);
        if (!confirm.awaited && sending.waiting.size() <= SendWindow::waitingMax)
            return Admission::accepted;
        confirm.flow = m_spareFlow;
        return Admission::blocked;
    }
    ++sending.underWay;
    attempt(handle, confirm.first, door);
    if (!m_confirms[handle].open || goesOn)
        return Admission::accepted;
    m_confirms[handle].flow = m_spareFlow;
    return Admission::blocked;
}

// Whoever waits longest gets it. A command may have made the window another one meanwhile.
void Simulation::freePlace(const ProducerKey& sender, BrokerDoor& door) {
    SendWindow& sending = m_windows[sender];
    --sending.underWay;
    const auto mayGo = [&](std::uint32_t handle) {
        const auto& spec = m_model->generator->sites()[m_confirms[handle].site].confirm;
        return !spec || !spec->window || sending.underWay < *spec->window;
    };
    while (!sending.waiting.empty() && mayGo(sending.waiting.front())) {
        const std::uint32_t handle = sending.waiting.popFront();
        ++sending.underWay;
        later(door.now, Priority::work, Kind::publishWaiting, handle,
              static_cast<std::uint64_t>(m_confirms[handle].id) << 8U);
        if (sending.waiting.size() >= SendWindow::waitingMax)
            if (Confirm& confirm = m_confirms[sending.waiting[SendWindow::waitingMax - 1]];
                !confirm.awaited && confirm.flow != noHandle)
                later(door.now, Priority::work, Kind::goOn, std::exchange(confirm.flow, noHandle));
    }
}

void Simulation::publishWaiting(std::uint32_t handle, BrokerDoor& door) {
    const Confirm confirm = m_confirms[handle];
    if (!isAlive(confirm)) { // it was never sent
        m_broker.withdraw({.message = confirm.first, .channel = m_model->generator->sites()[confirm.site].channelId},
                          m_model->reasons.unconfirmed, door);
        finishConfirm(handle, false, door);
        return;
    }
    if (confirm.flow != noHandle && confirm.owner.job == noJob) { // a source goes on
        m_confirms[handle].flow = noHandle;
        later(door.now, Priority::work, Kind::goOn, confirm.flow);
    }
    attempt(handle, confirm.first, door);
}

// --- an attempt and its answer ---

void Simulation::attempt(std::uint32_t handle, MessageHandle message, BrokerDoor& door) {
    Confirm& confirm = m_confirms[handle];
    const EmitSite& site = m_model->generator->sites()[confirm.site];
    ++confirm.attempt;
    confirm.answered = false;
    const std::uint64_t which = static_cast<std::uint64_t>(confirm.id) << 8U | confirm.attempt;
    const ConfirmSpec confirmSpec = site.confirm.value_or(ConfirmSpec());
    const bool waits = confirm.inTwoSteps || confirmSpec.acks != Acks::none;
    if (waits)
        later(door.now + confirmSpec.timeout, Priority::work, Kind::confirmTimeout, handle, which);
    const Broker::Publish publish{.message = message,
                                  .channel = site.channelId,
                                  .timeout = confirm.roomTimeout,
                                  .token = !waits               ? noHandle
                                           : confirm.inTwoSteps ? tokenOf(handle, which) | 1ULL << 62U
                                                                : tokenOf(handle, which),
                                  .mandatory = site.mandatory,
                                  .retain = site.retain,
                                  .confirmed = waits,
                                  .acks = confirmSpec.acks};
    assert(handle < 1U << 24U);
    const LinkId link = linkOf(m_broker.message(message), site.channelId);
    const Duration travels =
        latency(link, m_broker.message(message).ordinal, 0, {Cargo::publish, m_broker.message(message).size});
    if (travels != Duration::zero()) {
        later(door.now + travels, Priority::broker, Kind::publishArrives, m_publishes.add({publish, false}));
        if (!waits)
            receiveAnswer(handle, which, true, door);
        return;
    }
    const std::optional<Admission> outcome = land(publish, door);
    if (!waits) {
        receiveAnswer(handle, which, true, door); // it takes what it sent for safe
        return;
    }
    if (outcome == Admission::accepted && isImmediate(link) && !isAnswerLost(handle, which))
        receiveAnswer(handle, which, true, door);
    else if (outcome && isDecided(*outcome))
        answer(publish.token, *outcome, door);
}

bool Simulation::isAnswerLost(std::uint32_t handle, std::uint64_t which) const {
    const Confirm& confirm = m_confirms[handle];
    const double lost = m_model->generator->sites()[confirm.site].confirm.value_or(ConfirmSpec()).lost;
    if (lost == 0)
        return false;
    Draw draw = m_model->confirmDraws.draw(m_broker.message(confirm.first).ordinal,
                                           static_cast<std::uint64_t>(confirm.look) << 8U | (which & 0xFFU));
    return draw.happens(lost);
}

// The broker has decided; its answer is on its way, or lost.
void Simulation::answer(std::uint64_t token, Admission outcome, BrokerDoor& door) {
    const std::uint32_t handle = confirmOf(token);
    const std::uint64_t which = attemptOf(token);
    Confirm& confirm = m_confirms[handle];
    if (!confirm.open || confirm.id != which >> 8U)
        return;
    confirm.hopeless = confirm.hopeless || outcome == Admission::unacceptable;
    confirm.leavesGap =
        outcome != Admission::accepted && confirm.producer != 0 && !confirm.inTwoSteps &&
        m_broker.leavesGap(confirm.producer, confirm.sequence, m_model->generator->sites()[confirm.site].channelId);
    if (confirm.stage == KeptStage::released)
        confirm.stage = outcome == Admission::accepted ? KeptStage::taken : KeptStage::refused;
    if (isAnswerLost(handle, which))
        return;
    const Message& first = m_broker.message(confirm.first);
    const LinkId link = linkOf(first, m_model->generator->sites()[confirm.site].channelId);
    const Duration travels = latency(link, first.ordinal, hopOfAnswer(which & 0xFFU, confirm.look));
    later(door.now + travels, Priority::work, Kind::answerArrives, handle,
          which << 1U | (outcome == Admission::accepted ? 1U : 0U));
}

// A late yes counts, whichever attempt it is for: the message is safe. A late no does not.
void Simulation::receiveAnswer(std::uint32_t handle, std::uint64_t which, bool yes, BrokerDoor& door) {
    Confirm& confirm = m_confirms[handle];
    if (!confirm.open || confirm.id != which >> 8U)
        return;
    if (yes && confirm.inTwoSteps && confirm.isReceipt(which)) {
        if (confirm.firstRelease != 0)
            return; // it has heard it
        if (isAlive(confirm))
            release(handle, door);
        else
            finishConfirm(handle, false, door);
    } else if (yes) {
        Record record = producerRecord(RecordKind::confirmed, confirm.first, door.now);
        record.value = (door.now - confirm.since).count();
        door.recorder.append(record);
        finishConfirm(handle, true, door);
    } else if ((which & 0xFFU) == confirm.attempt && !confirm.answered) {
        confirm.firstRelease = 0; // both steps again
        if (confirm.leavesGap && confirm.gaps < gapsMax && isAlive(confirm)) {
            standBehind(handle, door);
            return;
        }
        unconfirmed(handle, m_model->reasons.nack, door);
    }
}

void Simulation::confirmTimesOut(std::uint32_t handle, std::uint64_t which, BrokerDoor& door) {
    const Confirm& confirm = m_confirms[handle];
    if (confirm.open && confirm.id == which >> 8U && confirm.attempt == (which & 0xFFU) && !confirm.answered)
        unconfirmed(handle, m_model->reasons.confirmTimeout, door);
}

void Simulation::unconfirmed(std::uint32_t handle, ReasonId reason, BrokerDoor& door) {
    Confirm& confirm = m_confirms[handle];
    confirm.answered = true;
    const ConfirmSpec spec = m_model->generator->sites()[confirm.site].confirm.value_or(ConfirmSpec());
    const bool isFinal = confirm.hopeless && reason == m_model->reasons.nack;
    const bool again = !isFinal && confirm.repeats() <= spec.retries;
    Duration backoff = std::min(spec.backoff, spec.ceiling);
    for (std::uint32_t i = 1; i < confirm.repeats() && backoff < spec.ceiling; ++i)
        backoff = std::min(backoff * 2, spec.ceiling);
    Record record = producerRecord(RecordKind::unconfirmed, confirm.first, door.now);
    record.value = again ? backoff.count() : -1;
    record.reason = reason;
    door.recorder.append(record);
    if (again) {
        later(door.now + backoff, Priority::work, Kind::publishAgain, handle,
              static_cast<std::uint64_t>(confirm.id) << 8U | confirm.attempt);
        return;
    }
    // It does not know what its last number became of: it begins anew as another producer (Kafka: with another epoch).
    if (!confirm.relay.valid() && isAlive(confirm))
        m_producers.erase(confirm.sender);
    finishConfirm(handle, false, door);
}

// --- numbers that leave a gap ---

// What an idempotent producer sends behind a publish that is lost is refused, and sent again when that is confirmed or
// given up; this is no further try. Where it has sent nothing before it, the broker waits for what never comes: the
// producer begins anew, and so do the numbers of what is under way (Kafka, KIP-360).
void Simulation::standBehind(std::uint32_t handle, BrokerDoor& door) {
    Confirm& confirm = m_confirms[handle];
    confirm.answered = confirm.behind = true;
    ++confirm.gaps;
    ++m_behind;
    Record record = producerRecord(RecordKind::unconfirmed, confirm.first, door.now);
    record.reason = m_model->broker->reasons.sequence;
    door.recorder.append(record);
    for (std::uint32_t i = 0; i < m_confirms.reach(); ++i)
        if (const Confirm& other = m_confirms[i]; other.open && !other.behind && other.attempt > 0 &&
                                                  other.producer == confirm.producer &&
                                                  other.sequence < confirm.sequence)
            return;
    const auto own = m_producers.find(confirm.sender);
    if (own != m_producers.end() && own->second.id == confirm.producer)
        m_producers.erase(own);
    sendBehind(confirm.producer, door);
}

// In the order of their numbers.
void Simulation::sendBehind(std::uint32_t producer, BrokerDoor& door) {
    if (m_behind == 0 || producer == 0)
        return;
    std::vector<std::uint32_t> behind;
    for (std::uint32_t i = 0; i < m_confirms.reach(); ++i)
        if (m_confirms[i].open && m_confirms[i].behind && m_confirms[i].producer == producer)
            behind.push_back(i);
    std::sort(behind.begin(), behind.end(), [this](std::uint32_t left, std::uint32_t right) {
        return m_confirms[left].sequence < m_confirms[right].sequence;
    });
    for (const std::uint32_t handle : behind) {
        m_confirms[handle].behind = false;
        --m_behind;
        later(door.now, Priority::work, Kind::publishAgain, handle,
              static_cast<std::uint64_t>(m_confirms[handle].id) << 8U | m_confirms[handle].attempt);
    }
}

// A number of its producer as it is now, where that has begun anew; who stands behind it goes along.
void Simulation::renumber(Confirm& confirm, BrokerDoor& door) {
    Producer& producer = m_producers[confirm.sender];
    if (producer.id == confirm.producer)
        return;
    if (producer.id == 0)
        producer.id = ++m_producerIds;
    const std::uint32_t before = std::exchange(confirm.producer, producer.id);
    confirm.sequence = ++producer.last;
    sendBehind(before, door);
}

bool Simulation::isAlive(const Confirm& confirm) const {
    if (confirm.relay.valid())
        return m_outboxes[confirm.relay.index()].generation == confirm.relayGeneration;
    return confirm.awaited ? isAlive(confirm.owner) : !confirm.forgotten;
}

// What its client was to send again, and has not sent yet, is gone with its instance.
void Simulation::forgetUnconfirmed(ConsumerId consumer) {
    for (std::uint32_t i = 0; m_unawaited > 0 && i < m_confirms.reach(); ++i)
        if (Confirm& confirm = m_confirms[i];
            confirm.open && !confirm.awaited && !confirm.relay.valid() && confirm.sender.first == consumer.value)
            confirm.forgotten = true;
}

void Simulation::publishAgain(std::uint32_t handle, std::uint64_t which, BrokerDoor& door) {
    const Confirm confirm = m_confirms[handle];
    if (!confirm.open || confirm.id != which >> 8U || confirm.attempt != (which & 0xFFU))
        return;
    if (!isAlive(confirm)) { // who would have published again is gone
        finishConfirm(handle, false, door);
        return;
    }
    if (confirm.firstRelease != 0) { // the event itself is never sent again
        release(handle, door);
        return;
    }
    if (std::exchange(m_confirms[handle].leavesGap, false))
        renumber(m_confirms[handle], door);
    attempt(handle, repeatOf(m_confirms[handle], door), door);
}

// The same message once more.
MessageHandle Simulation::repeatOf(const Confirm& confirm, BrokerDoor& door) {
    Message again = m_broker.message(confirm.first);
    const Ordinal first = again.ordinal;
    if (confirm.producer != 0 && again.content->producer != confirm.producer) {
        auto content = std::make_shared<Content>(*again.content);
        content->producer = confirm.producer;
        content->sequence = confirm.sequence;
        again.content = std::move(content);
    }
    again.ordinal = ++m_ordinals;
    again.published = door.now;
    if (again.cause == 0)
        again.cause = first; // of the same family, which is open as long as the confirm is
    Record record;
    record.at = door.now;
    record.ordinal = again.ordinal;
    record.value = static_cast<std::int64_t>(first);
    record.place = again.from;
    record.extra = confirm.count;
    record.type = again.type;
    record.attempt = confirm.site.value;
    record.kind = RecordKind::published;
    record.bits = Record::repeat;
    const bool hasData = again.content && !again.content->data.isNull();
    door.recorder.append(record, hasData ? hash64(again.content->data.canonical()) : 0);
    return m_broker.add(std::move(again));
}

void Simulation::finishConfirm(std::uint32_t handle, bool sure, BrokerDoor& door) {
    const Confirm confirm = m_confirms[handle];
    m_confirms[handle].open = false;
    m_confirms.free(handle);
    m_behind -= confirm.behind ? 1 : 0;
    m_unawaited -= confirm.awaited ? 0 : 1;
    sendBehind(confirm.producer, door);
    if (confirm.stage == KeptStage::kept) // nobody will say that it may go on
        m_broker.withdraw(confirm.kept, m_model->reasons.unconfirmed, door);
    if (confirm.relay.valid()) {
        relayAnswered(confirm, sure, door);
    } else if (confirm.flow != noHandle) {
        m_flows[confirm.flow].failed = !sure;
        later(door.now, Priority::work, Kind::goOn, confirm.flow);
    }
    m_broker.release(confirm.first, door);
    if (confirm.windowed)
        freePlace(confirm.sender, door);
}

// --- half messages ---

Admission Simulation::publishHalf(const Broker::Publish& publish, SiteId site, const Owner& owner, BrokerDoor& door) {
    const EmitSite& from = m_model->generator->sites()[site];
    const Ordinal ordinal = m_broker.message(publish.message).ordinal;
    LocalTransaction local;
    local.publish = publish;
    local.site = site;
    local.flow = m_spareFlow;
    local.job = owner.job;
    local.jobGeneration = owner.jobGeneration;
    local.service = from.serviceId;
    local.ordinal = ordinal;
    local.id = ++m_generation;
    Draw draw = m_model->halfDraws.draw(ordinal);
    local.takes = from.half->takes.sampleDuration(draw);
    local.commits = draw.happens(from.half->commits);
    local.open = true;
    const std::uint32_t handle = m_locals.add(local);
    const LinkId link = linkOf(m_broker.message(publish.message), publish.channel);
    const Duration travels = latency(link, ordinal, 0, {Cargo::publish, m_broker.message(publish.message).size});
    if (travels == Duration::zero() && m_links.empty())
        prepareHalf(handle, door);
    else
        later(door.now + travels, Priority::broker, Kind::halfArrives, handle, local.id);
    return Admission::blocked;
}

// The broker holds it; the local transaction begins.
void Simulation::prepareHalf(std::uint32_t handle, BrokerDoor& door) {
    LocalTransaction& local = m_locals[handle];
    local.publish.token = handle;
    local.tag = m_broker.prepare(local.publish, door);
    later(door.now + local.takes, Priority::work, Kind::localEnds, handle, local.id);
}

bool Simulation::isUntold(const LocalTransaction& local, std::int64_t time) const {
    const auto& half = m_model->generator->sites()[local.site].half;
    const double unknown = half ? half->unknown : 0;
    Draw draw = m_model->halfDraws.draw(local.ordinal, static_cast<std::uint64_t>(time) + 1);
    return draw.happens(unknown);
}

void Simulation::localEnds(std::uint32_t handle, BrokerDoor& door) {
    LocalTransaction& local = m_locals[handle];
    local.ended = true;
    const bool alive =
        local.job == noJob || (m_jobs[local.job].active && m_jobs[local.job].generation == local.jobGeneration);
    later(door.now, Priority::work, Kind::goOn, local.flow);
    if (!alive)
        local.commits = false; // what had not ended when its instance died was rolled back
    if (local.discarded || (alive && !isUntold(local, 0) && reachesBroker(linkOf(local), local.ordinal, hopOfCheck(0))))
        tell(handle, door);
}

void Simulation::tell(std::uint32_t handle, BrokerDoor& door) {
    const LocalTransaction local = m_locals[handle];
    m_broker.finishHalf(local.tag, local.commits ? Broker::HalfEnd::commit : Broker::HalfEnd::rollback, door);
    if (m_broker.isOpen(local.tag))
        return; // it is asked again
    m_locals[handle].open = false;
    m_locals.free(handle);
}

void Simulation::checkBack(HalfTag, std::uint64_t token, BrokerDoor& door) {
    const auto handle = static_cast<std::uint32_t>(token);
    LocalTransaction& local = m_locals[handle];
    ++local.checks;
    const Duration travels = latency(linkOf(local), local.ordinal, hopOfCheck(local.checks));
    later(door.now + travels, Priority::work, Kind::checkAnswered, handle, local.id);
}

void Simulation::answerCheck(std::uint32_t handle, BrokerDoor& door) {
    const LocalTransaction& local = m_locals[handle];
    const std::vector<bool>& up = m_services[local.service.index()].up;
    if (local.ended && std::find(up.begin(), up.end(), true) != up.end() && !isUntold(local, local.checks) &&
        reachesBroker(linkOf(local), local.ordinal, hopOfCheck(local.checks)))
        tell(handle, door);
}

void Simulation::discarded(std::uint64_t token, BrokerDoor&) {
    const auto handle = static_cast<std::uint32_t>(token);
    LocalTransaction& local = m_locals[handle];
    if (!local.ended) {
        local.discarded = true; // its end will find that nobody wants to know
        return;
    }
    local.open = false;
    m_locals.free(handle);
}

// --- transactions that publish and settle in one ---

Simulation::OwnTransaction Simulation::taken(std::uint32_t transaction) {
    OwnTransaction own = std::move(m_transactions[transaction]);
    m_transactions[transaction] = {};
    m_transactions.free(transaction);
    return own;
}

// All of them or none: the settlement decides, at the broker. One that comes too late is a zombie's: another has the
// message now, and what this one made of it must not be seen.
void Simulation::settleWith(TravellingSettlement settlement, BrokerDoor& door) {
    const OwnTransaction own = taken(settlement.transaction);
    const Copy* const copy = m_broker.copy(settlement.tag);
    const bool valid = copy != nullptr;
    const SubscriptionId group = valid ? copy->subscription : SubscriptionId::none();
    const std::uint32_t partition = valid ? copy->partition : 0;
    bool commits = valid && settlement.settlement == Settlement::ack;
    ReasonId why = valid ? m_model->reasons.aborted : m_model->reasons.fenced;
    if (own.logged.valid() && !m_broker.endTransaction(own.logged, commits, commits ? ReasonId::none() : why, door) &&
        commits) { // it timed out, or some of it was refused: the message is handled anew
        commits = false;
        settlement.settlement = Settlement::requeue;
        settlement.reason = why = m_model->reasons.fenced;
    }
    for (const Broker::Publish& publish : own.held) {
        if (commits)
            m_broker.publish(publish, door);
        else
            m_broker.withdraw(publish, why, door);
    }
    settleAlone(settlement, door);
    if (commits && own.logged.valid())
        m_broker.commitWithTransaction(group, partition, door);
}

void Simulation::abort(std::uint32_t transaction, BrokerDoor& door) {
    const OwnTransaction own = taken(transaction);
    if (own.logged.valid())
        m_broker.endTransaction(own.logged, false, m_model->reasons.aborted, door);
    for (const Broker::Publish& publish : own.held)
        m_broker.withdraw(publish, m_model->reasons.aborted, door);
}

// Whoever would end it is gone, or its word is lost: what was held is forgotten with it, what a log has stands open
// until the broker aborts it, or until its producer is back (Kafka: with the same transactional.id).
void Simulation::abandon(std::uint32_t transaction, ConsumerId consumer, BrokerDoor& door) {
    const OwnTransaction own = taken(transaction);
    std::erase_if(m_abandoned, [this](const auto& each) { return !m_broker.isOpen(each.second); });
    if (own.logged.valid())
        m_abandoned.emplace_back(consumer, own.logged);
    for (const Broker::Publish& publish : own.held)
        m_broker.withdraw(publish, m_model->reasons.aborted, door);
}

void Simulation::abortAbandoned(ConsumerId consumer, BrokerDoor& door) {
    for (std::size_t i = 0; i < m_abandoned.size();) {
        if (m_abandoned[i].first != consumer) {
            ++i;
            continue;
        }
        const TransactionTag tag = m_abandoned[i].second;
        m_abandoned.erase(m_abandoned.begin() + static_cast<std::ptrdiff_t>(i));
        m_broker.endTransaction(tag, false, m_model->reasons.aborted, door);
    }
}

} // namespace weir

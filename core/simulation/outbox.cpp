// Outboxes: what a service is to publish is written as one with its state, and a relay in one of its instances
// publishes it: looks every so often (or follows the table's log), publishes a batch in order, waits for the broker's
// answers and notes what is published. Nothing is lost, since only what the broker has is noted; what was published and
// not noted when the relay's instance died is published again.
#include "core/simulation/simulation.h"

#include <algorithm>

namespace weir {

namespace {
// A relay that follows the log and could not publish anything tries again after so long.
constexpr Duration pauseMin = 100ms;
} // namespace

// The transaction of the handling has written it.
void Simulation::store(const Broker::Publish& publish, SiteId site, BrokerDoor& door) {
    const ServiceId service = m_model->generator->sites()[site].serviceId;
    if (m_outboxes.empty())
        m_outboxes.resize(m_model->services.size());
    OutboxState& outbox = m_outboxes[service.index()];
    m_broker.retain(publish.message);
    outbox.rows.pushBack({.publish = publish,
                          .site = site,
                          .count = static_cast<std::uint32_t>(m_emissions[site.index()] - 1),
                          .since = door.now});
    m_outboxFull = m_outboxFull || static_cast<std::int64_t>(outbox.rows.size()) > m_model->run.copiesMax;
    Record record = producerRecord(RecordKind::stored, publish.message, door.now);
    record.place = m_model->services[service.index()].place;
    door.recorder.append(record);
    scheduleRelay(service, door.now);
}

std::optional<std::uint32_t> Simulation::relayOf(ServiceId service) const {
    const std::vector<bool>& up = m_services[service.index()].up;
    const auto first = std::find(up.begin(), up.end(), true);
    return first == up.end() ? std::nullopt : std::optional(static_cast<std::uint32_t>(first - up.begin()));
}

void Simulation::scheduleRelay(ServiceId service, SimTime from) {
    if (m_outboxes.empty())
        return;
    OutboxState& outbox = m_outboxes[service.index()];
    if (outbox.looks || outbox.rows.empty() || isPaused(service) || !relayOf(service))
        return;
    outbox.looks = true;
    const Duration every = m_model->services[service.index()].outbox->every;
    const SimTime next = every == Duration::zero() ? from : SimTime{(from.time_since_epoch() / every + 1) * every};
    later(next, Priority::work, Kind::relayLooks, service.value, outbox.generation);
}

void Simulation::relayLooks(ServiceId service, BrokerDoor& door) {
    OutboxState& outbox = m_outboxes[service.index()];
    if (isPaused(service)) {
        outbox.looks = false;
        return;
    }
    const std::size_t batch = m_model->services[service.index()].outbox->batch;
    outbox.inHand = outbox.unanswered = static_cast<std::uint32_t>(std::min(batch, outbox.rows.size()));
    for (std::uint32_t row = 0; row < outbox.inHand; ++row)
        relayRow(service, row, door);
}

void Simulation::relayRow(ServiceId service, std::uint32_t index, BrokerDoor& door) {
    OutboxState& outbox = m_outboxes[service.index()];
    OutboxRow& row = outbox.rows[index];
    const std::uint32_t handle = openConfirm(row.publish, row.site, door.now);
    Confirm& confirm = m_confirms[handle];
    confirm.count = row.count;
    confirm.relay = service;
    confirm.row = index;
    confirm.relayGeneration = outbox.generation;
    confirm.look = row.looks++;
    attempt(handle, confirm.look > 0 ? repeatOf(confirm, door) : row.publish.message, door);
}

void Simulation::relayAnswered(const Confirm& confirm, bool sure, BrokerDoor& door) {
    OutboxState& outbox = m_outboxes[confirm.relay.index()];
    if (confirm.relayGeneration != outbox.generation)
        return; // whoever asked is gone
    outbox.rows[confirm.row].sure = sure;
    if (--outbox.unanswered == 0)
        later(door.now + m_model->services[confirm.relay.index()].outbox->marks, Priority::work, Kind::relayMarks,
              confirm.relay.value, outbox.generation);
}

void Simulation::relayMarks(ServiceId service, BrokerDoor& door) {
    OutboxState& outbox = m_outboxes[service.index()];
    bool some = false;
    for (std::size_t row = 0; outbox.inHand > 0; --outbox.inHand) {
        if (!outbox.rows[row].sure) {
            ++row;
            continue;
        }
        const OutboxRow done = outbox.rows[row];
        outbox.rows.erase(row);
        some = true;
        Record record = producerRecord(RecordKind::relayed, done.publish.message, door.now);
        record.place = m_model->services[service.index()].place;
        record.value = (door.now - done.since).count();
        door.recorder.append(record);
        m_broker.release(done.publish.message, door);
    }
    outbox.looks = false;
    scheduleRelay(service, some ? door.now : door.now + pauseMin);
}

// Its instance died with what it had in hand; another one begins anew.
void Simulation::relayGone(ServiceId service) {
    if (m_outboxes.empty())
        return;
    OutboxState& outbox = m_outboxes[service.index()];
    ++outbox.generation;
    outbox.inHand = outbox.unanswered = 0;
    outbox.looks = false;
    for (std::size_t row = 0; row < outbox.rows.size(); ++row)
        outbox.rows[row].sure = false;
    scheduleRelay(service, m_now);
}

} // namespace weir

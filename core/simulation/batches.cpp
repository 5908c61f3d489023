// Batches: several events in one handling, with one service time. A worker takes what has come at an instant all together,
// and is free again when the last of them has been settled.
#include "core/simulation/simulation.h"

#include <algorithm>

namespace weir {

// At the end of the instant, so that what is delivered one by one now goes into one batch.
void Simulation::startSoon(ConsumerId consumer, SimTime at) {
    ConsumerState& state = m_consumers[consumer.index()];
    if (state.lookAt <= at || state.prefetched.empty())
        return;
    state.lookAt = at;
    later(at, Priority::work, Kind::batchStarts, consumer.value);
}

void Simulation::startBatches(ConsumerId consumer, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    state.lookAt = SimTime::max();
    if (isPaused(m_consumers[consumer.index()].service))
        return;
    const BatchSpec& batch = handlerOf(consumer).batch;
    while (state.up && state.idle > 0) {
        for (std::size_t count = state.prefetched.size(); count > 0; --count)
            if (const Prefetched first = state.prefetched.popFront(); m_broker.copy(first.tag))
                state.prefetched.pushBack(first); // else it was taken back while it waited here
        if (state.prefetched.empty())
            return;
        if (state.prefetched.size() < batch.min) {
            if (batch.linger == Duration::max())
                return; // more will come
            if (const SimTime until = state.prefetched.front().since + batch.linger; until > door.now) {
                startSoon(consumer, until);
                return;
            }
        }
        startBatch(consumer, door);
    }
}

void Simulation::startBatch(ConsumerId consumer, BrokerDoor& door) {
    ConsumerState& state = m_consumers[consumer.index()];
    --state.idle;
    ++state.busy;
    std::uint32_t leader = noJob, decider = noJob, last = noJob;
    double fraction = 1;
    std::uint32_t taken = 0;
    for (const std::uint32_t most = handlerOf(consumer).batch.max; taken < most && !state.prefetched.empty(); ++taken) {
        double part = 1;
        const DeliveryTag tag = state.prefetched.popFront().tag;
        const std::uint32_t job = addJob({consumer, tag, leader, decider}, part, door);
        if (leader == noJob)
            leader = job;
        else
            m_jobs[last].next = job;
        last = job;
        if (decider == noJob && m_jobs[job].end != JobEnd::skip && !m_jobs[job].unreadable) {
            decider = job;
            fraction = part;
        }
    }
    m_jobs[leader].open = taken;
    const Duration takes = decider == noJob ? Duration::zero() : serviceTime(m_jobs[decider], fraction);
    later(door.now + takes, Priority::work, Kind::finish, leader, m_jobs[leader].generation);
    for (std::uint32_t job = leader; job != noJob; job = m_jobs[job].next)
        begun(job, door);
}

// All its events have ended: now they are settled, and then the worker is free.
void Simulation::concludeBatch(std::uint32_t leader, BrokerDoor& door) {
    const ConsumerId consumer = m_jobs[leader].consumer;
    for (std::uint32_t next = leader; next != noJob;) {
        const Job job = m_jobs[next];
        dropJob(next);
        next = job.next;
        hand(job, job.settlement, job.reason, door);
        m_broker.release(job.message, door);
    }
    workerDone(consumer);
    startNext(consumer, door);
    if (m_someLeft)
        pollAgain(consumer, door);
}

} // namespace weir

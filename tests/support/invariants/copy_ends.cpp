// The ends of copies: what their consumers hand back, backoffs, deaths, what is dropped; and what holds between two dues
// and when all is over.
#include "support/invariants/copy_rules.h"

#include "core/scenario/check.h"
#include "core/simulation/simulation.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace weir::invariants {

// --- back and out ---

// I16: the delay of the policy, within what its jitter allows.
Broken CopyRules::backoff(const Record& record, const Queue& queue, const Lives& copy) const {
    const auto& retry = queue.spec().retry;
    if (!retry || record.value <= 0 || copy.mixed || m_retriesThrough || queue.channel->kind == ChannelKind::stream)
        return {};
    m_shared.exercised.add(16);
    if (retry->afterTimeout && record.reason == m_shared.reasons().ackTimeout)
        return record.value == retry->afterTimeout->count() ? Broken() : "I16: another delay after a timeout";
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
    case Backoff::summed:
        delay = retry->factor > 1
                    ? first * (std::pow(retry->factor, static_cast<double>(failures)) - 1) / (retry->factor - 1)
                    : first * failures;
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
        if (record.reason == m_shared.reasons().leaderLost || record.reason == m_shared.reasons().noLeader)
            m_messages.forget(record.ordinal, channelOf(queue));
    }
    if (const Broken wrong = stopped(record, queue); !wrong.empty())
        return wrong;
    if (record.kind == RecordKind::purged && record.value >= 0)
        message.redriven = true;
    const CopyState from =
        record.kind == RecordKind::acked && record.from() == CopyState::none ? CopyState::inFlight : record.from();
    if (from == CopyState::inTransit && record.reason == m_shared.reasons().maxLength) {
        m_shared.exercised.add(14);
        const ChannelSpec& spec = queue.spec();
        const int used = spec.capacityCounts == CapacityCounts::ready ? queue.ready : queue.open;
        if (spec.capacity && !spec.capacityBytes && used < *spec.capacity)
            return "I14: refused when it was committed, and there was room";
    }
    if (from == CopyState::none || from == CopyState::inTransit) { // it ends where it would have been born
        if (from == CopyState::none)
            this->bears(record.ordinal);
        else
            --queue.coming;
        if (bears)
            died(record, queue);
        return {};
    }
    const BrokerReasons& reasons = m_shared.reasons();
    if (record.reason == reasons.expired && queue.channel->kind == ChannelKind::queue) {
        m_shared.exercised.add(12);
        if (from == CopyState::inFlight)
            return "I12: expired while it was unacked";
        if (!copy.mixed && copy.expires != SimTime::max() && record.at < copy.expires)
            return "I12: expired before its time";
        if (from == CopyState::ready && queue.spec().ttlActs == TtlActs::head && queue.line.followed &&
            queue.spec().dispatch != DispatchMode::keyShared && !queue.spec().unackedMax &&
            !queue.line.startsWith(record.ordinal))
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
        if (const Broken wrong = pushedOut(record, queue); !wrong.empty())
            return wrong;
    }
    if (from == CopyState::inFlight)
        --m_unacked[record.place.value];
    if (const Broken wrong = leave(record, from, queue, copy); !wrong.empty())
        return wrong;
    --message.copies;
    --queue.open;
    if (bears)
        died(record, queue);
    return {};
}

// RabbitMQ's quorum queues send on what one publish has pushed out, the last one first.
Broken CopyRules::pushedOut(const Record& record, Queue& queue) {
    if (!queue.line.followed) {
        queue.pushedOut.clear();
        return {};
    }
    std::vector<Ordinal>& all = queue.pushedOut;
    if (all.empty() && queue.spec().requeueTo == RequeueTo::returnedIfLimited)
        all = queue.line.upTo(record.ordinal);
    const bool isNext = all.empty() ? queue.line.startsWith(record.ordinal) : all.back() == record.ordinal;
    if (!all.empty())
        all.pop_back();
    return isNext ? Broken() : "I14: dropped for want of room, and not the head";
}

void CopyRules::died(const Record& record, const Queue& queue) {
    m_shared.exercised.add(13);
    m_bearing.push_back({record.ordinal, ChannelId{static_cast<std::uint16_t>(record.value)}});
    const BrokerReasons& reasons = m_shared.reasons();
    m_messages.at(record.ordinal)
        .deaths.died(channelOf(queue), record.reason,
                     record.reason == reasons.rejected || record.reason == reasons.retry, record.at);
}

// I13 the other way round: what ends since it has gone round has gone round. Of what reason it died the record does not
// say then, which matters to nothing that comes later.
Broken CopyRules::stopped(const Record& record, const Queue& queue) {
    const BrokerReasons& reasons = m_shared.reasons();
    const KnownMessage& message = m_messages.at(record.ordinal);
    if (record.reason != reasons.cycle || message.branched || message.redriven)
        return {};
    const ChannelId to = m_shared.model.catalogue->channel(queue.spec().deadLetter);
    if (m_shared.published(to.value))
        return {};
    m_shared.exercised.add(13);
    if (message.deaths.diedAt(channelOf(queue), record.at))
        return {};
    DeathHistory history = message.deaths;
    history.died(channelOf(queue), record.reason, false, record.at);
    return history.isCycle(to) ? Broken() : "I13: it ends in a cycle that it has not gone round";
}

// A stream that nobody reads does not say what it loses while nobody leads it.
bool CopyRules::neverShows(ChannelId deadLetter) const {
    return m_shared.onNodes() && m_someUnread && m_shared.kindOf(deadLetter.value) != ChannelKind::queue;
}

// --- between dues ---

Broken CopyRules::afterDue(const Simulation& simulation) {
    if (!std::all_of(m_bearing.begin(), m_bearing.end(), [this](const Bearing& each) { return neverShows(each.to); }))
        return "I13: a death that bears nothing";
    m_bearing.clear();
    for (std::size_t i = 0; i < m_queues.size(); ++i) {
        const Queue& queue = m_queues[i];
        if (queue.channel->kind != ChannelKind::queue)
            continue;
        const ChannelSpec& spec = queue.spec();
        if (!queue.pushedOut.empty())
            return "I14: dropped for want of room, and what stood before it is not";
        if (queue.ready != static_cast<int>(simulation.broker().ready(SubscriptionId{static_cast<std::uint16_t>(i)})))
            return "I24: the records' ready copies are not the broker's";
        if (!spec.capacity)
            continue;
        const int used = spec.capacityCounts == CapacityCounts::ready ? queue.ready : queue.open;
        if (spec.capacityCounts == CapacityCounts::ready) {
            m_shared.exercised.add(14);
            // A queue that delivers first what came back can do so as soon as it has a leader.
            const bool waits = spec.requeueTo == RequeueTo::returnedIfLimited &&
                               !m_shared.isSteady(channelOf(queue), simulation.now());
            if (spec.overflow == Overflow::dropOldest && queue.ready > *spec.capacity && !waits)
                return "I14: more ready copies than places";
            // One that a consumer would have taken at once may find that the rate of deliveries has no token, or that a
            // copy of the same message in another queue has taken the last place among what its instance may hold.
            const bool mayBeLate = spec.deliveryRate || sharesCredit(SubscriptionId{static_cast<std::uint16_t>(i)});
            if (queue.fresh > *spec.capacity + (mayBeLate ? 1 : 0))
                return "I14: let in beyond its places";
        }
        // On nodes one may have found its place free again and wait for a disk now; what is on its way has a place.
        if (!queue.blocked.empty() && spec.overflow == Overflow::block && *spec.capacity > 0 && !spec.capacityBytes &&
            !m_shared.mayBeFull() && m_shared.isSteady(channelOf(queue), simulation.now())) {
            m_shared.exercised.add(15);
            if (used + queue.coming < *spec.capacity)
                return "I15: there is room, and a producer waits for it";
        }
    }
    return {};
}

// Whether some instance may hold so many copies of this and of other queues together.
bool CopyRules::sharesCredit(SubscriptionId id) const {
    const auto shares = [this, id](const ServicePlan& service) {
        const auto handlers = m_shared.model.handlersOf(service);
        return service.prefetch > 0 && handlers.size() > 1 &&
               std::any_of(handlers.begin(), handlers.end(),
                           [id](const HandlerPlan& handler) { return handler.subscription == id; });
    };
    return std::any_of(m_shared.model.services.begin(), m_shared.model.services.end(), shares);
}

// Who waits for a place among the unacked that another queue's copies take for good waits for good as well.
bool CopyRules::mayWait(SubscriptionId id, const std::vector<bool>& stuck) const {
    for (const ServicePlan& service : m_shared.model.services) {
        const auto reads = [&](const HandlerPlan& handler) { return handler.subscription == id; };
        const auto handlers = m_shared.model.handlersOf(service);
        if (service.prefetch > 0 && std::any_of(handlers.begin(), handlers.end(), reads))
            for (const HandlerPlan& handler : handlers)
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

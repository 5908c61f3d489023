#include "core/scenario/flow.h"

#include <algorithm>
#include <utility>

namespace weir {
namespace {

// Nothing comes back to be tried again.
bool isOnce(const HandlerSpec& handler, const ChannelSpec& channel) {
    return handler.ack == AckMode::automatic || channel.dispatch == DispatchMode::broadcast;
}

constexpr std::int64_t endless = 10'001; // a retry without end that never gets through counts as so many

std::int64_t attemptsMaxOf(const HandlerSpec& handler, const ChannelSpec& channel) {
    if (isOnce(handler, channel) || !channel.retry)
        return 1;
    return channel.retry->max.value_or(endless - 1) + 1 + channel.retry->timeouts.value_or(0);
}

// What is tried for the last time in vain is a dead letter.
bool buriesLast(const HandlerSpec& handler, const ChannelSpec& channel) {
    return !isOnce(handler, channel) && (!channel.retry || channel.retry->afterLast == AfterLast::deadLetter);
}

// How often a message is published: once more for each answer that is lost, where the broker cannot tell.
Amount publishesOf(const EmitAction& emit) {
    if (!emit.confirm || emit.confirm->idempotent)
        return {1, 1, 1};
    double sum = 0, share = 1;
    for (std::int64_t i = 0; i <= emit.confirm->retries && share > 1e-12; ++i, share *= emit.confirm->lost)
        sum += share;
    return {sum, sum, sum};
}
double publishesAtWorst(const EmitAction& emit) {
    return emit.confirm && !emit.confirm->idempotent ? static_cast<double>(emit.confirm->retries + 1) : 1;
}

// The share of attempts whose ack comes too late for the channel's ack timeout.
double timedOut(const HandlerSpec& handler, const ChannelSpec& channel) {
    const bool asksForMore = handler.extend && channel.ackTimeout && *handler.extend < *channel.ackTimeout;
    if (!channel.ackTimeout || asksForMore || handler.ack == AckMode::automatic || handler.ack == AckMode::onReceipt)
        return 0;
    const double timeout = seconds(*channel.ackTimeout);
    if (!handler.takes.quantile(0.5)) // no closed form
        return Topology::laterThan(timeout, handler.takes.mean(), handler.takes.variance());
    double low = 0, high = 1; // of the probability to be in time
    for (int round = 0; round < 50; ++round) {
        const double middle = (low + high) / 2;
        (*handler.takes.quantile(middle) < timeout ? low : high) = middle;
    }
    return 1 - low < 1e-9 ? 0 : 1 - low;
}

// All copies go to one of the handlers: at worst to the one that makes most of them.
void keepWorst(std::vector<std::vector<Flow::Edge>>& made, double Flow::Edge::*amount) {
    std::map<std::size_t, std::pair<double, std::size_t>> most; // by class: how many, and by which handler
    for (std::size_t handler = 0; handler < made.size(); ++handler) {
        std::map<std::size_t, double> sums;
        for (const Flow::Edge& edge : made[handler])
            sums[edge.to] += edge.*amount;
        for (const auto& [to, sum] : sums)
            most[to] = std::max(most[to], std::pair(sum, handler));
    }
    for (std::size_t handler = 0; handler < made.size(); ++handler)
        for (Flow::Edge& edge : made[handler])
            if (most.at(edge.to).second != handler)
                edge.*amount = 0;
}

} // namespace

bool hasOneActive(const ChannelSpec& channel) {
    return channel.dispatch == DispatchMode::exclusive || channel.dispatch == DispatchMode::singleActive ||
           channel.dispatch == DispatchMode::failover;
}

namespace {
struct Trial {
    bool doubtful = false;
    bool leaves = false; // what fails is tried again elsewhere
    double untold = 0;   // the share of attempts at the end of which it is not known that what they published is safe
};

Attempts attemptsWhere(Trial trial, const HandlerSpec& handler, const ChannelSpec& channel, const std::string& type) {
    const auto [doubtful, leaves, untold] = trial;
    const bool once = isOnce(handler, channel);
    const std::int64_t attempts = leaves ? 1 : attemptsMaxOf(handler, channel);
    const double ackLoss = !once && channel.isTimed() ? handler.ackLoss : 0; // else it stays in flight
    const double late = timedOut(handler, channel);
    Attempts all;
    double alive = 1;
    for (std::int64_t attempt = 1; attempt <= attempts && alive > 1e-12; ++attempt) {
        double left = 1, again = 0, rejected = 0, effects = 0, work = 0, between = 0;
        if (doubtful && handler.reads.contains(type)) // its data may be invalid
            rejected = std::exchange(left, 0);
        for (const FailureSpec& failure : handler.fails) {
            if (failure.attemptsMax > 0 && attempt > failure.attemptsMax)
                continue;
            const Amount holds = Topology::chance(failure.when, type);
            double chance = failure.probability * (doubtful ? holds.most : holds.sure);
            if (failure.every > 0)
                chance /= static_cast<double>(failure.every);
            const double failing = left * chance;
            left -= failing;
            work += failing * (failure.how == FailureKind::crash ? 0.5 : 1);
            if (failure.how == FailureKind::reject)
                rejected += failing;
            else
                again += failing;
            if (failure.how == FailureKind::crashAfterEffect)
                effects += failing;
            if (failure.how == FailureKind::crashBetween)
                between += failing;
        }
        const double inVain = left * (late + (1 - late) * untold); // the work is done, its ack refused or never sent
        left -= inVain;
        work += inVain;
        effects += inVain;
        again += inVain;
        all.work += alive * (work + left);
        all.effects += alive * (effects + left);
        all.dead += once ? 0 : alive * rejected;
        all.between += alive * between;
        alive *= again + left * ackLoss;
        all.retried += leaves || attempt < attempts ? alive : 0;
    }
    all.dead += !leaves && buriesLast(handler, channel) ? alive : 0;
    return all;
}

// How many handlings wait for an answer to what they publish, which at worst comes too late.
double waitingForAnswers(const HandlerSpec& handler, const std::vector<Topology::Emission>& emissions) {
    if (handler.idempotent || handler.transaction || handler.ack == AckMode::onReceipt)
        return 0;
    double sum = 0;
    for (const Topology::Emission& emission : emissions)
        sum += emission.emit->confirm && emission.emit->confirm->awaited ? emission.times.most : 0;
    return std::min(1.0, sum);
}

} // namespace

Attempts attemptsOf(const HandlerSpec& handler, const ChannelSpec& channel, const std::string& type, bool doubtful) {
    return attemptsWhere({.doubtful = doubtful}, handler, channel, type);
}

Attempts attemptsAtWorst(const HandlerSpec& handler, const ChannelSpec& channel, bool leaves) {
    if (isOnce(handler, channel) || !channel.isTimed())
        return {};
    if (leaves)
        return {.work = 1, .effects = 1, .retried = 1};
    const auto attempts = static_cast<double>(attemptsMaxOf(handler, channel));
    const bool seenOnce = handler.transaction || handler.idempotent;
    return {.work = attempts,
            .effects = seenOnce ? 1 : attempts,
            .dead = buriesLast(handler, channel) ? 1.0 : 0.0,
            .retried = attempts - 1};
}

Flow::Flow(Topology& topology) : m_topology(topology) {
    findMortal();
    addSources();
    const std::size_t sourced = m_classes.size();
    for (std::size_t i = 0; i < m_classes.size(); ++i) // grows while it goes
        expand(i);
    followDeaths();
    followHistories(sourced);
    solve();
}

template <class Visit>
void Flow::publish(std::size_t channel, const std::string& type, const std::optional<std::string>& key, Visit visit,
                   const std::vector<std::size_t>& retriedBy) {
    for (const Topology::Target& target : m_topology.route(channel, key)) {
        const auto enter = [&](std::size_t entered) {
            for (const std::size_t subscription : m_topology.subscriptionsOf(entered))
                if (const std::size_t index = classOf(subscription, type, key, retriedBy); index != none)
                    visit(index, target);
        };
        enter(target.channel);
        for (const ReplicateSpec& replicate : m_topology.scenario().channels[target.channel].replicate)
            if (const auto over = m_topology.channel(replicate.to)) // and from there no further
                enter(*over);
    }
}

void Flow::findMortal() {
    const auto look = [this](const Actions& actions, const std::string& type) {
        for (const Topology::Emission& emission : m_topology.emissions(actions, type))
            if (emission.emit->ttl)
                m_mortal.insert(emission.emit->type);
    };
    for (const ServiceSpec& service : m_topology.scenario().services) {
        for (const SourceSpec& source : service.sources)
            look(source.then, "");
        look(service.will, "");
        for (const HandlerSpec& handler : service.handlers)
            for (const EventTypeSpec& event : m_topology.scenario().events)
                look(handler.then, event.name);
    }
}

void Flow::addSources() {
    const Scenario& scenario = m_topology.scenario();
    for (std::size_t s = 0; s < scenario.services.size(); ++s)
        for (const SourceSpec& source : scenario.services[s].sources) {
            const Arrivals::Limits& limits = source.arrivals.limits();
            const bool lasting = limits.count == Arrivals::Limits{}.count && limits.stop == Arrivals::Limits{}.stop;
            const double rate = lasting ? source.arrivals.meanRate().value_or(0) : 0;
            const double peak = source.arrivals.peakRate().value_or(0);
            for (const Topology::Emission& emission : m_topology.emissions(source.then, "")) {
                const auto channel = m_topology.channel(emission.emit->to);
                if (!channel || !(emission.times.most > 0))
                    continue;
                const Amount times = emission.times * publishesOf(*emission.emit) * doublingOf(s);
                publish(*channel, emission.emit->type, Topology::routingKey(*emission.emit),
                        [&](std::size_t index, const Topology::Target& target) {
                            m_born[index] += times * target.share * rate;
                            m_bornAtPeak[index] += peak * times.sure * target.share.sure;
                        });
            }
        }
    // How often an instance is lost nobody knows; what its will reaches is reached all the same.
    for (const ServiceSpec& service : scenario.services)
        for (const Topology::Emission& emission : m_topology.emissions(service.will, ""))
            if (const auto channel = m_topology.channel(emission.emit->to); channel && emission.times.most > 0)
                publish(*channel, emission.emit->type, Topology::routingKey(*emission.emit),
                        [](std::size_t, const Topology::Target&) {});
}

std::size_t Flow::classOf(std::size_t subscription, const std::string& type, const std::optional<std::string>& key,
                          const std::vector<std::size_t>& retriedBy) {
    const auto [entry, fresh] = m_index.try_emplace({subscription, type, key, retriedBy}, m_classes.size());
    if (!fresh)
        return entry->second;
    if (m_classes.size() == classesMax) {
        m_complete = false;
        m_index.erase(entry);
        return none;
    }
    Class made;
    made.subscription = subscription;
    made.type = type;
    made.key = key;
    made.retriedBy = retriedBy;
    m_classes.push_back(std::move(made));
    m_born.push_back({});
    m_bornAtPeak.push_back(0);
    return m_classes.size() - 1;
}

void Flow::addEdge(std::size_t from, const Edge& edge) {
    if (!(edge.offspring.most > 0) && !(edge.whenFull > 0))
        return;
    for (Edge& present : m_classes[from].edges)
        if (present.to == edge.to && present.service == edge.service && present.channel == edge.channel &&
            present.onceOnly == edge.onceOnly && present.death == edge.death) {
            present.offspring += edge.offspring;
            present.atWorst += edge.atWorst;
            present.whenFull += edge.whenFull;
            return;
        }
    m_classes[from].edges.push_back(edge);
}

// What links make of one publish or delivery of a service, on the mean.
double Flow::doublingOf(std::size_t service) const {
    const LinkSpec* const link = m_topology.linkOf(service);
    return link ? 1 + link->duplicates : 1;
}

// How often the relay of an outbox publishes an event until it has an answer in time, on the mean.
double Flow::relaysOf(std::size_t service, const EmitAction& emit) const {
    if (!m_topology.scenario().services[service].outbox)
        return 1;
    const double timeout = seconds(emit.confirm.value_or(ConfirmSpec()).timeout);
    return std::min(1 / std::max(m_topology.answersWithin(timeout, service, emit), 1e-12), double{endless});
}

// How often a handler dies between its state and its events, where something is in between. In a transaction its events
// are taken back.
Amount Flow::betweenOf(Topology::HandlerAt at, const Attempts& known, const Attempts& doubtful) const {
    if (m_topology.scenario().services[at.service].outbox || m_topology.handler(at).transaction)
        return {};
    return {std::min(known.between, doubtful.between), known.between, std::max(known.between, doubtful.between)};
}

void Flow::expand(std::size_t index) {
    const Topology::Subscription& subscription = m_topology.subscriptions()[m_classes[index].subscription];
    const ChannelSpec& channel = m_topology.scenario().channels[subscription.channel];
    double workers = 0, consumers = 0;
    for (const Topology::HandlerAt at : subscription.handlers) {
        const std::uint32_t instances = m_topology.scenario().services[at.service].instances;
        workers += instances * m_topology.handler(at).concurrency;
        consumers += instances;
    }
    m_classes[index].handled = false;
    std::vector<std::vector<Edge>> made;
    for (const Topology::HandlerAt at : subscription.handlers) {
        const std::uint32_t instances = m_topology.scenario().services[at.service].instances;
        Share share{instances * m_topology.handler(at).concurrency / workers, instances / consumers};
        if (channel.dispatch == DispatchMode::broadcast) // each has a copy of its own
            share = {double{1} * instances, double{1} * instances};
        else if (mayGoToOne(subscription)) // and who that is decides about all
            share.atWorst = 1;
        made.push_back(handle(index, at, {share.mean, std::max(share.mean, share.atWorst)}));
    }
    if (mayGoToOne(subscription))
        for (double Edge::*const amount : {&Edge::atWorst, &Edge::whenFull})
            keepWorst(made, amount);
    if (subscription.handlers.empty() && channel.ttl) // nobody takes it, so all of it expires
        bury(index, {.died = {1, 1, 1}, .atWorst = 1, .whenFull = 1}, made.emplace_back());
    else
        bury(index, {.died = {}, .atWorst = 0, .whenFull = unhandledWhenFull(m_classes[index], channel, consumers)},
             made.emplace_back());
    for (const std::vector<Edge>& edges : made)
        for (const Edge& edge : edges)
            addEdge(index, edge);
}

// Whether one consumer may get all there is, since the others have no credit left: what is timed out gives it its own
// back each time, and what the others have acked in vain takes theirs for good where nothing is.
bool Flow::mayGoToOne(const Topology::Subscription& subscription) const {
    const ChannelSpec& channel = m_topology.scenario().channels[subscription.channel];
    if (hasOneActive(channel))
        return true;
    if (channel.dispatch == DispatchMode::broadcast)
        return false;
    const auto losesCredit = [this](Topology::HandlerAt at) {
        const HandlerSpec& handler = m_topology.handler(at);
        const LinkSpec* const link = m_topology.linkOf(at.service);
        return handler.ack != AckMode::automatic && (handler.ackLoss > 0 || (link && link->loss > 0));
    };
    return channel.isTimed() || std::any_of(subscription.handlers.begin(), subscription.handlers.end(), losesCredit);
}

// How many dead letters one copy becomes that nobody gets to handle: what has no room, what waits too long, what goes
// out too fast. All of them, at worst; a queue that refuses makes one of a message, whoever it is for.
double Flow::unhandledWhenFull(const Class& copies, const ChannelSpec& channel, double consumers) const {
    const double each = channel.dispatch == DispatchMode::broadcast ? consumers : 1;
    if (channel.deliveryRate && channel.deliveryRate->action == RateAction::drop)
        return each;
    if (channel.kind != ChannelKind::queue)
        return 0;
    const bool expires = channel.ttl || (channel.ttlRule != TtlRule::channel && m_mortal.contains(copies.type));
    if (expires || (channel.bounded() && channel.overflow == Overflow::dropOldest))
        return each;
    return channel.bounded() && channel.overflow == Overflow::rejectDeadLetter ? 1 : 0;
}

namespace {

// Under which a dead letter of a channel goes on.
std::optional<std::string> keyAfter(const ChannelSpec& channel, const std::optional<std::string>& key) {
    return channel.deadLetterKey.empty() ? key : channel.deadLetterKey;
}

} // namespace

// What becomes of so many of its copies as dead letters.
void Flow::bury(std::size_t index, const Dead& dead, std::vector<Edge>& made) {
    const Topology::Subscription& subscription = m_topology.subscriptions()[m_classes[index].subscription];
    const ChannelSpec& channel = m_topology.scenario().channels[subscription.channel];
    const auto target = m_topology.channel(channel.deadLetter);
    if (!target || !(dead.whenFull > 0))
        return;
    const std::string type = m_classes[index].type;
    const std::optional<std::string> key = keyAfter(channel, m_classes[index].key);
    const std::vector<std::size_t> retriedBy = m_classes[index].retriedBy;
    const bool onceOnly = dead.death != Death::rejected;
    const auto bear = [&](std::size_t to, const Topology::Target& entered) {
        const bool isRetry = std::binary_search(retriedBy.begin(), retriedBy.end(), entered.channel);
        if (isRetry || (onceOnly && entered.channel == subscription.channel))
            return;
        // A log keeps no history of the deaths before.
        const bool forgets = m_topology.scenario().channels[entered.channel].kind == ChannelKind::stream;
        made.push_back({.to = to,
                        .offspring = dead.died * entered.share,
                        .atWorst = dead.atWorst * entered.share.most,
                        .whenFull = dead.whenFull * entered.share.most,
                        .service = none,
                        .channel = *target,
                        .onceOnly = onceOnly && !forgets,
                        .death = dead.death});
    };
    publish(*target, type, key, bear, retriedBy);
}

// Where the retries of such copies go besides their own queue, if there is such a place.
Flow::Through Flow::throughOf(std::size_t index, const HandlerSpec& handler) {
    const std::size_t own = channelOf(index);
    const ChannelSpec& channel = m_topology.scenario().channels[own];
    const bool some = !isOnce(handler, channel) && channel.retry && channel.retry->max.value_or(1) > 0;
    const auto through = some ? m_topology.channel(channel.retry->through) : std::nullopt;
    if (!through || *through == own)
        return {};
    const std::vector<std::size_t>& readers = m_topology.subscriptionsOf(*through);
    bool elsewhere = std::any_of(readers.begin(), readers.end(), [this](std::size_t reader) {
        return !m_topology.subscriptions()[reader].handlers.empty();
    });
    Through found{.channel = *through};
    std::vector<std::size_t> wave{*through};
    const auto reach = [&](std::size_t from, std::size_t to) {
        if (to == own)
            (from == *through ? found.comesBack : found.mayComeBack) = true;
        else if (std::find(wave.begin(), wave.end(), to) == wave.end())
            wave.push_back(to);
    };
    for (std::size_t i = 0; i < wave.size(); ++i) {
        const ChannelSpec& waits = m_topology.scenario().channels[wave[i]];
        const std::size_t from = wave[i];
        if (const auto on = m_topology.channel(waits.deadLetter))
            for (const Topology::Target& target : m_topology.route(*on, keyAfter(waits, m_classes[index].key)))
                reach(from, target.channel);
        if (const auto on = waits.retry ? m_topology.channel(waits.retry->through) : std::nullopt)
            reach(from, *on);
    }
    found.mayComeBack = found.mayComeBack || found.comesBack;
    elsewhere = elsewhere || wave.size() > 1;
    return elsewhere || !found.comesBack ? found : Through();
}

// What is tried again through a queue is another copy there.
void Flow::sendThrough(std::size_t index, const Through& through, const Dead& retried, std::vector<Edge>& made) {
    if (through.channel == none || !(retried.whenFull > 0))
        return;
    const std::string type = m_classes[index].type;
    const std::optional<std::string> key = m_classes[index].key;
    std::vector<std::size_t> retriedBy = m_classes[index].retriedBy;
    const std::size_t own = channelOf(index);
    if (std::binary_search(retriedBy.begin(), retriedBy.end(), through.channel))
        return;
    if (const auto place = std::lower_bound(retriedBy.begin(), retriedBy.end(), own);
        place == retriedBy.end() || *place != own)
        retriedBy.insert(place, own);
    for (const std::size_t subscription : m_topology.subscriptionsOf(through.channel))
        if (const std::size_t to = classOf(subscription, type, key, retriedBy); to != none)
            made.push_back({.to = to,
                            .offspring = retried.died,
                            .atWorst = retried.atWorst,
                            .whenFull = retried.whenFull,
                            .service = none,
                            .channel = through.channel,
                            .death = Death::retried});
}

// Whether a publish may be refused though this one takes it: where another one has no room.
bool Flow::mayBeRefusedBeside(std::size_t channel, const std::vector<Topology::Target>& targets) const {
    return std::any_of(targets.begin(), targets.end(), [&](const Topology::Target& target) {
        const ChannelSpec& other = m_topology.scenario().channels[target.channel];
        const bool rejects = other.overflow == Overflow::reject || other.overflow == Overflow::rejectDeadLetter;
        return target.channel != channel &&
               (other.kind == ChannelKind::stream ? other.refuseWhenFull : other.bounded() && rejects);
    });
}

// What a handler makes of its share.
std::vector<Flow::Edge> Flow::handle(std::size_t index, Topology::HandlerAt at, Share share) {
    std::vector<Edge> made;
    const HandlerSpec& handler = m_topology.handler(at);
    const std::string type = m_classes[index].type;
    const Topology::Subscription& subscription = m_topology.subscriptions()[m_classes[index].subscription];
    const ChannelSpec& channel = m_topology.scenario().channels[subscription.channel];
    const Amount taken = Topology::chance(handler.filter, type) * share.mean;
    const Through through = throughOf(index, handler);
    const bool leaves = through.channel != none && !through.comesBack;
    const bool leavesForGood = leaves && !through.mayComeBack;
    const Attempts late = attemptsAtWorst(handler, channel, leavesForGood);
    const double lateDead = share.atWorst * late.dead; // before its filter sees them, too
    const double lateRetried = share.atWorst * late.retried;
    const bool rejects = !channel.retry || handler.reads.contains(type) ||
                         std::any_of(handler.fails.begin(), handler.fails.end(),
                                     [](const FailureSpec& each) { return each.how == FailureKind::reject; });
    const Death death = rejects ? Death::rejected : Death::lastAttempt;
    if (!(taken.most > 0)) {
        bury(index, {.died = {}, .atWorst = lateDead, .whenFull = lateDead, .death = death}, made);
        sendThrough(index, through, {.died = {}, .atWorst = lateRetried, .whenFull = lateRetried}, made);
        return made;
    }
    const double takenAtWorst = taken.most / share.mean * share.atWorst;
    m_classes[index].handled = true;
    const Attempts known = attemptsWhere({.leaves = leaves}, handler, channel, type);
    const Attempts doubtful = attemptsWhere({.doubtful = true, .leaves = leaves}, handler, channel, type);
    const double doubling = doublingOf(at.service);
    const double takes = handler.takes.mean();
    const auto work = [&](double part, const Attempts& attempts) { // an infinite mean times nothing is nothing
        return part > 0 ? part * attempts.work * takes * doubling : 0;
    };
    m_classes[index].work += {work(taken.sure, known), work(taken.likely, known),
                              std::max(work(taken.most, known), work(taken.most, doubtful))};
    const double effectsMost = std::max(known.effects, doubtful.effects);
    const double deadMost = std::max(known.dead, doubtful.dead);
    const Amount effects = taken * Amount{std::min(known.effects, doubtful.effects), known.effects, effectsMost};
    const std::vector<Topology::Emission> emissions = m_topology.emissions(handler.then, type);
    const bool relayed = m_topology.scenario().services[at.service].outbox.has_value(); // its relay waits
    const double untold = relayed ? 0 : waitingForAnswers(handler, emissions);
    const Attempts knownUntold = attemptsWhere({.leaves = leavesForGood, .untold = untold}, handler, channel, type);
    const Attempts doubtfulUntold =
        attemptsWhere({.doubtful = true, .leaves = leavesForGood, .untold = untold}, handler, channel, type);
    const double effectsAtWorst = takenAtWorst * std::max({knownUntold.effects, doubtfulUntold.effects, late.effects});
    const Amount between = betweenOf(at, known, doubtful);
    double betweenMost = between.most;
    if (late.work > 0) // each attempt has its effects, or dies like this, but for those that are passed over
        betweenMost = handler.idempotent ? late.work * std::min(1.0, between.most) : 0;
    for (const Topology::Emission& emission : emissions) {
        const auto to = m_topology.channel(emission.emit->to);
        if (!to || !(emission.times.most > 0))
            continue;
        const Amount times = emission.times * publishesOf(*emission.emit) * (doubling * doubling);
        const double publishes = std::max(publishesAtWorst(*emission.emit), relaysOf(at.service, *emission.emit));
        const double timesAtWorst = emission.times.most * publishes * doubling * doubling;
        const Amount betweenTimes = emission.between * (doubling * doubling);
        Amount emitted = effects * times;
        emitted += taken * between * betweenTimes;
        const double emittedAtWorst = effectsAtWorst * timesAtWorst + takenAtWorst * betweenMost * betweenTimes.most;
        const std::optional<std::string> key = Topology::routingKey(*emission.emit);
        const std::vector<Topology::Target> targets = m_topology.route(*to, key);
        publish(*to, emission.emit->type, key, [&](std::size_t born, const Topology::Target& entered) {
            const double bornAtWorst = emittedAtWorst * entered.share.most;
            // A relay publishes again until all have room, and who has it gets another copy each time.
            const bool refused = relayed && mayBeRefusedBeside(entered.channel, targets);
            made.push_back({.to = born,
                            .offspring = emitted * entered.share,
                            .atWorst = bornAtWorst,
                            .whenFull = refused ? bornAtWorst / publishes * double{endless} : bornAtWorst,
                            .service = at.service,
                            .channel = *to});
        });
    }
    const double deadAtWorst = std::max(takenAtWorst * std::max(knownUntold.dead, doubtfulUntold.dead), lateDead);
    bury(index,
         {.died = taken * Amount{known.dead, known.dead, deadMost},
          .atWorst = deadAtWorst,
          .whenFull = deadAtWorst,
          .death = death},
         made);
    const double retriedMost = std::max(known.retried, doubtful.retried);
    const double retriedAtWorst =
        std::max(takenAtWorst * std::max(knownUntold.retried, doubtfulUntold.retried), lateRetried);
    sendThrough(index, through,
                {.died = taken * Amount{std::min(known.retried, doubtful.retried), known.retried, retriedMost},
                 .atWorst = retriedAtWorst,
                 .whenFull = retriedAtWorst},
                made);
    return made;
}

} // namespace weir

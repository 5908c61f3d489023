#include "support/random_scenario.h"

#include "core/broker/partitioner.h"
#include "core/broker/pattern.h"
#include "core/kernel/random.h"

#include <algorithm>

namespace weir {
namespace {

class Generator {
  public:
    explicit Generator(std::uint64_t seed)
        : m_draw(Stream(seed, "test/scenario").draw(0)), m_routing(Stream(seed, "test/routing").draw(0)),
          m_guard(Stream(seed, "test/guarantees").draw(0)), m_network(Stream(seed, "test/links").draw(0)),
          m_succession(Stream(seed, "test/succession").draw(0)), m_steps(Stream(seed, "test/steps").draw(0)),
          m_front(Stream(seed, "test/front").draw(0)) {
        m_scenario.run.seed = seed;
    }

    Scenario make() {
        m_scenario.run.lasts = Duration{500ms} + Duration{static_cast<std::int64_t>(below(1'000)) * 1'000'000};
        if (chance(0.3))
            m_scenario.run.latency = Distribution::exponential(0.002 + 0.01 * m_draw.uniform()).value();
        if (chance(0.2))
            m_scenario.run.warmup = 100ms;
        const std::size_t types = 1 + below(4);
        for (std::size_t i = 0; i < types; ++i)
            addType(i);
        const std::size_t exchanges = below(4);
        for (std::size_t i = 0; i < exchanges; ++i)
            addExchange(i);
        const std::size_t buffers = 1 + below(5);
        for (std::size_t i = 0; i < buffers; ++i)
            addBuffer(i);
        addDeadLetters();
        finishRouting();
        const std::size_t services = 1 + below(4);
        for (std::size_t i = 0; i < services; ++i)
            addConsumer(i, services);
        addProducer();
        const std::size_t faults = below(4);
        for (std::size_t i = 0; i < faults; ++i)
            addFault();
        addGuarantees();
        enrichStreams();
        shareSome();
        enrichQueues();
        varyTurns();
        addLinks();
        serveSomeInTurn();
        addSteps();
        varyClients();
        delaySome();
        prependSome();
        if (m_guard.happens(0.4))
            m_scenario.run.lasts.reset(); // until nothing is left to do
        return std::move(m_scenario);
    }

  private:
    std::uint64_t below(std::uint64_t bound) { return m_draw.below(bound); }
    bool chance(double probability) { return m_draw.happens(probability); }
    template <class T> const T& one(const std::vector<T>& items) { return items[below(items.size())]; }
    Duration milliseconds(std::uint64_t low, std::uint64_t high) {
        return Duration{static_cast<std::int64_t>((low + below(high - low + 1)) * 1'000'000)};
    }

    void addType(std::size_t i) {
        EventTypeSpec type;
        type.name = std::vector<std::string>{"order.created", "order.paid", "stock.low", "mail"}[i];
        if (chance(0.5)) {
            type.key = "data.key";
            type.data = Value(Value::Table{
                {"key", Value(Value::Table{{"$integer", Value(Value::List{Value(1), Value(9)})}})}, {"n", Value("{count}")}});
        }
        m_types.push_back(type.name);
        m_scenario.events.push_back(std::move(type));
    }

    void addExchange(std::size_t i) {
        ChannelSpec channel;
        channel.name = "exchange-" + std::to_string(i);
        channel.kind = ChannelKind::exchange;
        channel.exchangeType = one(std::vector{ExchangeType::direct, ExchangeType::fanout, ExchangeType::topic});
        varyRouting(channel);
        bind(channel);
        m_exchanges.push_back(channel.name);
        m_scenario.channels.push_back(std::move(channel));
    }

    void bind(ChannelSpec& channel) {
        const std::size_t bindings = m_exchanges.empty() ? 0 : below(3);
        for (std::size_t b = 0; b < bindings; ++b) {
            channel.bindings.push_back({one(m_exchanges), chance(0.3)   ? "#"
                                                          : chance(0.5) ? "order.*"
                                                                        : one(m_types)});
            varyBinding(channel.bindings.back());
        }
    }

    // Draws of their own, so that what else there is does not depend on them.
    void varyRouting(ChannelSpec& exchange) {
        if (m_routing.happens(0.5))
            exchange.exchangeType = static_cast<ExchangeType>(m_routing.below(10));
        if (m_routing.happens(0.2))
            exchange.dialect = std::vector{DialectKind::nats, DialectKind::mqtt, DialectKind::eventemitter2,
                                           DialectKind::redisGlob}[m_routing.below(4)];
        if (!m_exchanges.empty() && m_routing.happens(0.3))
            exchange.alternate = m_exchanges[m_routing.below(m_exchanges.size())];
        exchange.overlap = static_cast<Overlap>(m_routing.below(3));
        exchange.copyOrder = static_cast<CopyOrder>(m_routing.below(2));
        exchange.senderSelected = m_routing.happens(0.1);
        exchange.hash = static_cast<HashName>(m_routing.below(4));
        exchange.hashOn = std::vector<std::string>{"", "partitionkey", "headers.k", "data.n"}[m_routing.below(4)];
    }

    void varyBinding(BindingSpec& binding) {
        if (m_routing.happens(0.5))
            binding.headers = Value(Value::Table{{"x-match", m_routing.happens(0.5) ? "any" : "all"},
                                                 {"k", static_cast<int>(m_routing.below(3))}});
        if (m_routing.happens(0.15))
            binding.where = "data.n > 3";
        if (m_routing.happens(0.1))
            binding.event = Value(Value::Table{{"type", Value(Value::List{m_types[m_routing.below(m_types.size())]})}});
        binding.weight = static_cast<double>(m_routing.below(4));
        binding.noLocal = m_routing.happens(0.1);
        binding.retained = m_routing.happens(0.7);
    }

    void prependSome() {
        for (ChannelSpec& channel : m_scenario.channels)
            for (BindingSpec& binding : channel.bindings)
                binding.prepend = m_front.happens(0.2);
    }

    // Exchanges in a circle; and no second copy for a queue that makes its producers wait for one place.
    void finishRouting() {
        bool waits = false;
        for (const ChannelSpec& channel : m_scenario.channels)
            waits = waits || (channel.capacity && channel.overflow == Overflow::block);
        for (ChannelSpec& channel : m_scenario.channels) {
            if (waits && channel.overlap == Overlap::subscription)
                channel.overlap = Overlap::queue;
            if (channel.kind == ChannelKind::exchange && m_routing.happens(0.15)) {
                channel.bindings.push_back({.to = m_exchanges.back()});
                channel.alternate = m_exchanges.back();
            }
        }
    }

    void addBuffer(std::size_t i) {
        ChannelSpec channel;
        bind(channel);
        if (chance(0.2)) {
            channel.name = "stream-" + std::to_string(i);
            channel.kind = ChannelKind::stream;
            channel.partitions = 1 + static_cast<std::uint32_t>(below(4));
            if (chance(0.3))
                channel.retainCount = 5 + static_cast<std::int64_t>(below(50));
            if (chance(0.2))
                channel.retainFor = milliseconds(100, 1000);
        } else {
            channel.name = "queue-" + std::to_string(i);
            if (chance(0.4))
                channel.capacity = static_cast<std::int64_t>(below(12));
            if (chance(0.1))
                channel.capacityBytes = Bytes{static_cast<std::int64_t>(below(400))};
            if (chance(0.2))
                channel.capacityCounts = CapacityCounts::unsettled;
            channel.overflow = one(std::vector{Overflow::reject, Overflow::dropOldest, Overflow::dropNewest, Overflow::block,
                                               Overflow::rejectDeadLetter});
            channel.dispatch = one(std::vector{DispatchMode::shared, DispatchMode::shared, DispatchMode::shared,
                                               DispatchMode::exclusive, DispatchMode::singleActive,
                                               DispatchMode::failover, DispatchMode::keyShared});
            channel.order = one(std::vector{ConsumerOrder::roundRobin, ConsumerOrder::roundRobin, ConsumerOrder::random,
                                            ConsumerOrder::leastInFlight});
            channel.requeueTo = chance(0.5) ? RequeueTo::tail : RequeueTo::oldPlace;
            channel.ttlActs = chance(0.5) ? TtlActs::anywhere : TtlActs::head;
            if (chance(0.1))
                channel.idleExpiry = milliseconds(50, 500);
            if (chance(0.1))
                channel.deadLetterKey = one(m_types);
            if (chance(0.25))
                channel.ttl = milliseconds(5, 400);
            if (chance(0.15))
                channel.delay = milliseconds(1, 100);
            if (chance(0.2))
                channel.priorities = 3;
        }
        if (chance(0.4))
            channel.ackTimeout = milliseconds(20, 300);
        if (chance(0.2))
            channel.lateAcks = LateAcks::accepted;
        if (chance(0.7)) {
            RetrySpec retry;
            retry.max = static_cast<std::int64_t>(below(4));
            retry.backoff = one(std::vector{Backoff::none, Backoff::fixed, Backoff::linear, Backoff::exponential,
                                            Backoff::summed, Backoff::explicitSteps});
            retry.first = milliseconds(1, 60);
            retry.steps = {5ms, 20ms};
            retry.jitter = chance(0.3) ? 0.5 : 0;
            retry.jitterKind =
                one(std::vector{JitterKind::proportional, JitterKind::proportional, JitterKind::full, JitterKind::equal});
            retry.paces = one(std::vector{Paces::failures, Paces::failures, Paces::nacks, Paces::ackTimeout});
            retry.afterLast = one(std::vector{AfterLast::deadLetter, AfterLast::deadLetter, AfterLast::drop,
                                              AfterLast::stay});
            retry.returnTo = chance(0.3) ? RequeueTo::oldPlace : RequeueTo::tail;
            if (chance(0.15) && channel.kind == ChannelKind::queue)
                retry.through = one(std::vector<std::string>{"retries", channel.name});
            channel.retry = retry;
        }
        m_buffers.push_back(channel.name);
        m_scenario.channels.push_back(std::move(channel));
    }

    void addDeadLetters() {
        ChannelSpec dead;
        dead.name = "dead";
        m_scenario.channels.push_back(dead);
        ChannelSpec retries; // a message may wait here and go back, or be handled here
        retries.name = "retries";
        retries.ttl = Duration::zero();
        retries.deadLetter = one(m_buffers);
        m_scenario.channels.push_back(retries);
        for (ChannelSpec& channel : m_scenario.channels)
            if (channel.kind != ChannelKind::exchange && channel.name != "dead" && channel.name != "retries" && chance(0.6))
                channel.deadLetter = chance(0.15) ? one(m_buffers) : "dead"; // also to itself, also in cycles
    }

    std::string target() { return !m_exchanges.empty() && chance(0.6) ? one(m_exchanges) : one(m_buffers); }

    EmitAction emit() {
        EmitAction action;
        action.type = one(m_types);
        action.to = target();
        action.priority = static_cast<int>(below(4));
        if (chance(0.1))
            action.ttl = milliseconds(5, 200);
        if (chance(0.1))
            action.delay = milliseconds(1, 50);
        if (chance(0.3))
            action.timeout = milliseconds(1, 100);
        if (m_routing.happens(0.4))
            action.headers = Value(Value::Table{
                {"k", Value(Value::Table{{"$integer", Value(Value::List{Value(0), Value(2)})}})},
                {"CC", Value(Value::List{Value(m_types.front())})}});
        action.mandatory = m_routing.happens(0.2);
        action.retain = m_routing.happens(0.1);
        return action;
    }

    void addConsumer(std::size_t i, std::size_t count) {
        ServiceSpec service;
        service.name = "service-" + std::to_string(i);
        service.instances = 1 + static_cast<std::uint32_t>(below(3));
        if (chance(0.15))
            service.prefetch = 1 + static_cast<std::uint32_t>(below(5));
        std::vector<std::string> taken;
        const std::size_t handlers = 1 + below(2);
        for (std::size_t h = 0; h < handlers; ++h) {
            HandlerSpec handler;
            handler.on = one(m_buffers);
            if (std::find(taken.begin(), taken.end(), handler.on) != taken.end())
                continue;
            taken.push_back(handler.on);
            handler.concurrency = 1 + static_cast<std::uint32_t>(below(3));
            handler.prefetch = chance(0.5) ? 0 : handler.concurrency + static_cast<std::uint32_t>(below(5));
            handler.ack = one(std::vector{AckMode::manual, AckMode::manual, AckMode::manual, AckMode::automatic,
                                          AckMode::onReceipt, AckMode::batch, AckMode::cumulative});
            if (handler.ack == AckMode::batch || handler.ack == AckMode::cumulative)
                handler.ackEvery = {.count = 1 + static_cast<std::uint32_t>(below(4)), .interval = milliseconds(1, 50)};
            if (chance(0.15))
                handler.ackLoss = 0.2 * m_draw.uniform();
            if (chance(0.15))
                handler.extend = milliseconds(5, 50);
            if (chance(0.2) && handler.ack != AckMode::automatic)
                handler.batch = BatchSpec{.max = 2 + static_cast<std::uint32_t>(below(4)),
                                          .min = 1 + static_cast<std::uint32_t>(below(2)),
                                          .linger = milliseconds(1, 30)};
            handler.priority = static_cast<int>(below(3)) - 1;
            handler.takes = Distribution::exponential(0.001 + 0.03 * m_draw.uniform()).value();
            if (chance(0.5))
                handler.fails.push_back({.how = one(std::vector{FailureKind::nack, FailureKind::crash,
                                                                FailureKind::crashAfterEffect, FailureKind::reject}),
                                         .probability = 0.3 * m_draw.uniform()});
            if (chance(0.2))
                handler.filter = "type = '" + one(m_types) + "'";
            if (chance(0.2))
                handler.idempotent = IdempotencySpec{};
            // Emits only sometimes, and less than one for each event, so that most loops die out.
            if (chance(0.4)) {
                ChooseAction choose;
                choose.branches.push_back({0.4, std::make_shared<Actions>(Actions{Action{emit()}})});
                choose.branches.push_back({0.6, std::make_shared<Actions>()});
                handler.then.push_back(Action{choose});
            }
            service.handlers.push_back(std::move(handler));
        }
        m_services.push_back(service.name);
        m_scenario.services.push_back(std::move(service));
        static_cast<void>(count);
    }

    void addProducer() {
        ServiceSpec producer;
        producer.name = "producer";
        const std::size_t sources = 1 + below(3);
        for (std::size_t i = 0; i < sources; ++i) {
            SourceSpec source;
            const double rate = 10 + 190 * m_draw.uniform();
            if (chance(0.5))
                source.arrivals = Arrivals::constant(Rate{rate}, Arrivals::Spacing::poisson).value();
            else if (chance(0.5))
                source.arrivals = Arrivals::every(milliseconds(5, 50)).value();
            else
                source.arrivals = Arrivals::closedLoop({.users = 1 + static_cast<std::uint32_t>(below(5)),
                                                        .think = Distribution::exponential(0.02).value()})
                                      .value();
            if (chance(0.2) && !source.arrivals.isClosedLoop())
                source.arrivals = source.arrivals.inBatches(Distribution::constant(3).value());
            Arrivals::Limits limits;
            limits.stop = *m_scenario.run.lasts / 2;
            source.arrivals = source.arrivals.within(limits).value();
            source.then.push_back(Action{emit()});
            if (chance(0.3))
                source.then.push_back(Action{emit()});
            producer.sources.push_back(std::move(source));
        }
        m_services.push_back(producer.name);
        m_scenario.services.push_back(std::move(producer));
    }

    // Who is served after whom, keys that must be heard, and limits of what is not settled: drawn apart.
    void serveSomeInTurn() {
        for (ChannelSpec& channel : m_scenario.channels) {
            if (channel.kind == ChannelKind::exchange) {
                if (!picksOne(channel.exchangeType) && m_succession.happens(0.3))
                    channel.copyTiming = CopyTiming::inTurn;
                if (m_succession.happens(0.15))
                    channel.mustBeHeard = m_types[m_succession.below(m_types.size())];
            } else if (channel.dispatch != DispatchMode::broadcast && !channel.hasOwners() && m_succession.happens(0.2)) {
                channel.unackedMax = 1 + static_cast<std::int64_t>(m_succession.below(6));
            }
        }
    }

    // Admission and guarantees, drawn apart: the rest of a seed's scenario does not depend on them.
    void addGuarantees() {
        const auto happens = [this](double probability) { return m_guard.happens(probability); };
        const auto below = [this](std::uint64_t bound) { return m_guard.below(bound); };
        const auto span = [&](std::uint64_t low, std::uint64_t high) {
            return Duration{static_cast<std::int64_t>((low + below(high - low + 1)) * 1'000'000)};
        };
        const auto rate = [&] {
            return RateLimitSpec{.tokens = 1 + static_cast<std::int64_t>(below(150)),
                                 .per = happens(0.5) ? Duration{1s} : Duration{777'777'777},
                                 .burst = 1 + static_cast<std::int64_t>(below(10)),
                                 .action = static_cast<RateAction>(below(3)),
                                 .waitingMax = static_cast<std::int64_t>(below(50))};
        };
        for (ChannelSpec& channel : m_scenario.channels) {
            if (happens(0.15))
                channel.rate = rate();
            if (channel.kind == ChannelKind::exchange)
                continue;
            if (happens(0.1)) {
                channel.deliveryRate = rate();
                if (channel.deliveryRate->action == RateAction::block)
                    channel.deliveryRate->action = RateAction::shape;
            }
            if (happens(0.15))
                channel.dedup = DedupSpec{.key = happens(0.5) ? "id" : "data.key",
                                          .window = span(5, 500),
                                          .sliding = happens(0.5),
                                          .keysMax = happens(0.2) ? 3 : 1000};
            if (happens(0.1))
                channel.messageSizeMax = Bytes{static_cast<std::int64_t>(below(30))};
            channel.ttlRule = static_cast<TtlRule>(below(3));
            channel.ttlFrom = static_cast<TtlFrom>(below(2));
            channel.checkBack = {.after = span(5, 100), .every = span(5, 100), .max = static_cast<std::int64_t>(below(4))};
        }
        const auto guard = [&](Actions& actions) {
            for (Action& action : actions)
                if (auto* emit = std::get_if<EmitAction>(&action.what)) {
                    if (happens(0.15))
                        emit->confirm = ConfirmSpec{.timeout = span(5, 60),
                                                    .retries = static_cast<std::int64_t>(below(4)),
                                                    .backoff = span(0, 20),
                                                    .lost = happens(0.5) ? 0.3 : 0.0,
                                                    .idempotent = happens(0.5)};
                    else if (happens(0.1))
                        emit->half = HalfSpec{.takes = Distribution::exponential(0.01).value(),
                                              .commits = 0.8,
                                              .unknown = happens(0.5) ? 0.4 : 0.0};
                    if (happens(0.05))
                        emit->deliverAt = span(0, 1000);
                }
        };
        for (ServiceSpec& service : m_scenario.services) {
            for (SourceSpec& source : service.sources)
                guard(source.then);
            const Isolation isolation = happens(0.3) ? Isolation::uncommitted : Isolation::committed;
            for (HandlerSpec& handler : service.handlers) {
                handler.isolation = isolation; // of its streams
                if (happens(0.2) && (handler.ack == AckMode::manual || handler.ack == AckMode::automatic))
                    handler.transaction.emplace();
                if (handler.transaction && happens(0.4)) { // in a log they can be open for a while
                    handler.transaction->lasts = Distribution::exponential(0.02).value();
                    handler.transaction->timeout = span(10, 100);
                }
                for (Action& action : handler.then)
                    if (auto* choose = std::get_if<ChooseAction>(&action.what))
                        for (ChooseAction::Branch& branch : choose->branches)
                            guard(*branch.then);
            }
        }
    }

    void addFault() {
        FaultSpec fault;
        fault.kind = one(std::vector{FaultKind::crash, FaultKind::crash, FaultKind::pause, FaultKind::slow, FaultKind::rate,
                                     FaultKind::redrive, FaultKind::purge});
        fault.at = milliseconds(5, 500);
        if (fault.kind == FaultKind::redrive || fault.kind == FaultKind::purge) {
            fault.channel = "dead";
            m_scenario.faults.push_back(fault);
            return;
        }
        fault.service = one(m_services);
        if (chance(0.5))
            fault.instance = 0;
        fault.lasts = milliseconds(10, 300);
        fault.factor = fault.kind == FaultKind::slow ? 4 : fault.kind == FaultKind::rate ? 2 : 1;
        m_scenario.faults.push_back(fault);
    }

    // Links and their faults, drawn apart as well.
    void addLinks() {
        const auto happens = [this](double probability) { return m_network.happens(probability); };
        const auto span = [this](std::uint64_t low, std::uint64_t high) {
            return Duration{static_cast<std::int64_t>((low + m_network.below(high - low + 1)) * 1'000'000)};
        };
        const auto someone = [&] { return happens(0.3) ? "*" : m_services[m_network.below(m_services.size())]; };
        if (happens(0.5))
            for (std::uint64_t count = 1 + m_network.below(3); count > 0; --count) {
                LinkSpec link{.one = someone(), .other = "broker", .latency = std::nullopt};
                if (happens(0.3))
                    std::swap(link.one, link.other);
                if (happens(0.6))
                    link.latency = Distribution::exponential(0.001 + 0.02 * m_network.uniform()).value();
                link.loss = happens(0.5) ? 0.2 * m_network.uniform() : 0;
                link.duplicates = happens(0.5) ? 0.2 * m_network.uniform() : 0;
                link.reorder = happens(0.5) ? 0.3 * m_network.uniform() : 0;
                link.heartbeat = span(5, 400);
                m_scenario.links.push_back(std::move(link));
            }
        if (!happens(0.5))
            return;
        constexpr FaultKind kinds[] = {FaultKind::partition, FaultKind::partition, FaultKind::delay,
                                       FaultKind::reorder,   FaultKind::lose,      FaultKind::clockSkew};
        for (std::uint64_t count = 1 + m_network.below(4); count > 0; --count) {
            FaultSpec fault;
            fault.kind = kinds[m_network.below(std::size(kinds))];
            fault.at = span(10, 700);
            if (happens(0.8))
                fault.lasts = span(5, 300);
            fault.probability = 0.5 * m_network.uniform();
            fault.by = span(1, 60);
            const std::string whom = m_services[m_network.below(m_services.size())];
            if (fault.kind == FaultKind::clockSkew) {
                fault.service = whom;
                if (happens(0.5))
                    fault.by = -fault.by;
            } else {
                fault.sides = {{whom}, {"broker"}};
                if (fault.kind == FaultKind::partition && happens(0.3))
                    fault.sides[1] = {"*"};
            }
            m_scenario.faults.push_back(std::move(fault));
        }
    }

    // Confirms and acks in two steps, and what links cost; drawn apart as well.
    void addSteps() {
        if (!m_steps.happens(0.3))
            return;
        const auto publishes = [&](Actions& actions) {
            for (Action& action : actions)
                if (auto* emit = std::get_if<EmitAction>(&action.what); emit && emit->confirm && m_steps.happens(0.6))
                    emit->confirm->steps = 2;
        };
        for (ServiceSpec& service : m_scenario.services) {
            for (SourceSpec& source : service.sources)
                publishes(source.then);
            for (HandlerSpec& handler : service.handlers) {
                for (Action& action : handler.then)
                    if (auto* choose = std::get_if<ChooseAction>(&action.what))
                        for (ChooseAction::Branch& branch : choose->branches)
                            publishes(*branch.then);
                const bool ofItsOwn = handler.ack != AckMode::automatic && handler.ack != AckMode::cumulative;
                if (ofItsOwn && !handler.on.starts_with("stream-") && m_steps.happens(0.6))
                    handler.ackSteps = 2;
            }
        }
        for (LinkSpec& link : m_scenario.links) {
            if (m_steps.happens(0.5))
                link.access.delivery = Distribution::exponential(0.002).value();
            if (m_steps.happens(0.5))
                link.bandwidth = Bytes{static_cast<std::int64_t>(1'000 + m_steps.below(100'000))};
            link.access.roundTrips = static_cast<std::uint32_t>(m_steps.below(3));
            link.access.overhead = Bytes{static_cast<std::int64_t>(m_steps.below(50))};
        }
    }

    // Who waits for no answers, and what comes back how long after a timeout; drawn apart, too.
    void varyClients() {
        Draw draw = Stream(m_scenario.run.seed, "test/scenario/clients").draw(0);
        const auto waits = [&](Actions& actions) {
            for (Action& action : actions)
                if (auto* emit = std::get_if<EmitAction>(&action.what); emit && emit->confirm) {
                    emit->confirm->awaited = draw.happens(0.6);
                    if (draw.happens(0.3))
                        emit->confirm->window = 1 + static_cast<std::uint32_t>(draw.below(4));
                }
        };
        for (ServiceSpec& service : m_scenario.services) {
            for (SourceSpec& source : service.sources)
                waits(source.then);
            for (HandlerSpec& handler : service.handlers)
                for (Action& action : handler.then)
                    if (auto* choose = std::get_if<ChooseAction>(&action.what))
                        for (ChooseAction::Branch& branch : choose->branches)
                            waits(*branch.then);
        }
        for (ChannelSpec& channel : m_scenario.channels)
            if (channel.kind == ChannelKind::stream && channel.hasOwners() && draw.happens(0.4))
                channel.group.maxPollInterval = Duration{static_cast<std::int64_t>(1 + draw.below(90)) * 1'000'000};
        for (ChannelSpec& channel : m_scenario.channels)
            if (channel.retry && channel.retry->paces == Paces::failures && draw.happens(0.2))
                channel.retry->afterTimeout = Duration{static_cast<std::int64_t>(draw.below(80)) * 1'000'000};
    }

    // Delays of what goes to streams, and what they hold back there; how half messages are looked for. Drawn apart,
    // too.
    void delaySome() {
        Draw draw = Stream(m_scenario.run.seed, "test/scenario/delays").draw(0);
        bool some = false;
        for (ChannelSpec& channel : m_scenario.channels)
            if (channel.kind == ChannelKind::stream) {
                channel.delayHolds = static_cast<DelayHolds>(draw.below(3));
                some = true;
            }
        for (ChannelSpec& channel : m_scenario.channels)
            channel.checkBack.scans = draw.happens(0.5);
        if (!some)
            return;
        const auto delay = [&](Actions& actions) {
            for (Action& action : actions)
                if (auto* emit = std::get_if<EmitAction>(&action.what); emit && draw.happens(0.3))
                    emit->delay = Duration{static_cast<std::int64_t>((1 + draw.below(120)) * 1'000'000)};
        };
        for (ServiceSpec& service : m_scenario.services) {
            for (SourceSpec& source : service.sources)
                delay(source.then);
            for (HandlerSpec& handler : service.handlers)
                for (Action& action : handler.then)
                    if (auto* choose = std::get_if<ChooseAction>(&action.what))
                        for (ChooseAction::Branch& branch : choose->branches)
                            delay(*branch.then);
        }
    }

    // With draws of its own, so that the rest of a seed's scenario stays as it is.
    void enrichStreams() {
        m_draw = Stream(m_scenario.run.seed, "test/scenario/streams").draw(0);
        for (ChannelSpec& channel : m_scenario.channels)
            if (channel.kind == ChannelKind::stream)
                enrich(channel);
        for (ServiceSpec& service : m_scenario.services)
            for (HandlerSpec& handler : service.handlers)
                if (handler.on.starts_with("stream-"))
                    enrich(handler);
    }

    // Groups that share a stream's records, and queues that broadcast.
    void shareSome() {
        m_draw = Stream(m_scenario.run.seed, "test/scenario/shared").draw(0);
        for (ChannelSpec& channel : m_scenario.channels)
            if (channel.kind == ChannelKind::stream && chance(0.4)) {
                const auto whenGone = one(
                    std::vector{WhenGone::giveBack, WhenGone::wait, WhenGone::resume, WhenGone::forget});
                const auto apart = [this] {
                    return chance(0.5) ? GroupDelivery::keyShared : GroupDelivery::partitionShared;
                };
                channel.group = {.delivery = chance(0.7) ? GroupDelivery::shared : apart(), .whenGone = whenGone};
                channel.dispatch =
                    channel.group.delivery == GroupDelivery::shared ? DispatchMode::shared : DispatchMode::keyShared;
            } else if (channel.kind == ChannelKind::queue && channel.name != "dead" && chance(0.12)) {
                channel.dispatch = DispatchMode::broadcast;
            }
    }

    // What task queues and sockets do otherwise than message brokers.
    void enrichQueues() {
        m_draw = Stream(m_scenario.run.seed, "test/scenario/queues").draw(0);
        for (ChannelSpec& channel : m_scenario.channels) {
            if (channel.kind == ChannelKind::queue && channel.name != "dead" && channel.name != "retries") {
                if (channel.overflow != Overflow::dropOldest && chance(0.15))
                    channel.line = Line::lifo;
                if (chance(0.15))
                    channel.group.whenGone =
                        !channel.ackTimeout || chance(0.3) ? WhenGone::forget
                        : chance(0.5)                      ? WhenGone::wait
                                                           : WhenGone::resume;
            }
            if (channel.retry && chance(0.2))
                channel.retry->afterReject = AfterLast::stay;
            if (channel.retry && chance(0.2))
                channel.retry->timeouts = static_cast<std::int64_t>(below(3));
            if (channel.retry && channel.retry->jitter > 0 && chance(0.3))
                channel.retry->jitterKind = JitterKind::below;
            if (channel.deliveryRate && chance(0.3))
                channel.deliveryRate->refill = Refill::atOnce;
        }
    }

    // Whose turn it is, and where what comes back stands, in each way that some broker has.
    void varyTurns() {
        m_draw = Stream(m_scenario.run.seed, "test/scenario/turns").draw(0);
        const auto returned = [this] { return chance(0.5) ? RequeueTo::returned : RequeueTo::returnedIfLimited; };
        for (ChannelSpec& channel : m_scenario.channels) {
            if (channel.kind != ChannelKind::queue && channel.kind != ChannelKind::stream)
                continue;
            if (chance(0.25))
                channel.order = ConsumerOrder::longestWaiting;
            if (chance(0.25))
                channel.requeueTo = returned();
            if (channel.retry && chance(0.25))
                channel.retry->returnTo = returned();
        }
    }

    void enrich(ChannelSpec& stream) {
        stream.group.assignor = one(std::vector{PartitionsBy::turn, PartitionsBy::range, PartitionsBy::roundRobin,
                                                PartitionsBy::sticky, PartitionsBy::cooperativeSticky});
        if (chance(0.4))
            stream.group.rebalanceTakes = milliseconds(1, 80);
        if (chance(0.4)) {
            stream.group.sessionTimeout = milliseconds(1, 300);
            stream.group.staticMembers = chance(0.5);
        }
        stream.keyHash = one(std::vector{Partitioner::kafka, Partitioner::pulsarMurmur3, Partitioner::librdkafka, Partitioner::sarama,
                                     Partitioner::pulsar, Partitioner::rabbitmqSuperStream, Partitioner::nats,
                                     Partitioner::rocketmq});
        if (chance(0.2))
            stream.keylessBatch = Bytes{200};
        if (chance(0.2))
            stream.retainBytes = Bytes{500 + static_cast<std::int64_t>(below(5'000))};
        if (chance(0.15))
            stream.retainPerSubject = 1 + static_cast<std::int64_t>(below(5));
        if (chance(0.25))
            stream.compaction = CompactionSpec{.dirty = m_draw.uniform(), .tombstones = milliseconds(0, 500)};
        else
            stream.retainUntil = one(std::vector{RetainUntil::limits, RetainUntil::acked, RetainUntil::interest});
        stream.refuseWhenFull = (stream.retainCount || stream.retainBytes) && chance(0.3);
    }

    void enrich(HandlerSpec& handler) {
        handler.from = one(std::vector<ReadFromSpec>{{},
                                                     {.where = ReadFromSpec::Where::latest},
                                                     {.where = ReadFromSpec::Where::offset, .offset = 7},
                                                     {.where = ReadFromSpec::Where::time, .time = 700ms}});
        if (handler.ack == AckMode::manual && chance(0.5))
            handler.commit = one(std::vector<CommitSpec>{
                {.every = 5}, {.every = 0, .interval = milliseconds(5, 300)}, {.every = 20, .interval = 50ms}});
        if (!chance(0.2))
            return;
        FaultSpec seek;
        seek.kind = FaultKind::seek;
        seek.at = milliseconds(10, 500);
        seek.channel = handler.on;
        seek.seek = one(std::vector<ReadFromSpec>{{},
                                                  {.where = ReadFromSpec::Where::latest},
                                                  {.where = ReadFromSpec::Where::offset, .offset = 3},
                                                  {.where = ReadFromSpec::Where::time, .time = 300ms}});
        m_scenario.faults.push_back(seek);
    }

    Draw m_draw;
    Draw m_routing;
    Draw m_guard;
    Draw m_network;
    Draw m_succession;
    Draw m_steps;
    Draw m_front;
    Scenario m_scenario;
    std::vector<std::string> m_types, m_exchanges, m_buffers, m_services;
};

} // namespace

Scenario randomScenario(std::uint64_t seed) { return Generator(seed).make(); }

} // namespace weir

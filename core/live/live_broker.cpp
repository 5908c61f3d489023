#include "core/live/live_broker.h"

#include "core/broker/murmur2.h"
#include "core/broker/plan_compiler.h"
#include "core/scenario/by_name.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <optional>
#include <utility>

namespace weir {

// One thread's time at the broker: takes the lock, tells the time, runs what is due; at its end hands over what was
// delivered and, with the lock released, wakes those who sleep.
class LiveBroker::Turn {
  public:
    explicit Turn(LiveBroker& live)
        : m_live(live), m_lock(live.m_mutex, std::defer_lock), door{{}, live.m_recorder, live} {
        // Turns are short: a few looks (about a microsecond) cost less than to sleep and be woken, and no more than
        // that is lost where the holder does not run.
        for (int looks = 0; looks < looksMax && !m_lock.try_lock(); ++looks)
            pauseBriefly();
        if (!m_lock.owns_lock())
            m_lock.lock();
        begin();
    }
    ~Turn() {
        end();
        const bool timerLate = std::exchange(m_live.m_timerLate, false);
        m_lock.unlock();
        wakeAll();
        if (timerLate)
            m_live.m_timerWake.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    // Lets others have the broker until somebody wakes us.
    void sleep(std::condition_variable& woken) {
        end();
        wakeAll();
        if (std::exchange(m_live.m_timerLate, false))
            m_live.m_timerWake.notify_one();
        woken.wait(m_lock);
        begin();
    }
    void wake(std::condition_variable* sleeper, std::shared_ptr<WakeSignal> signal) {
        if (m_count == m_wakings.size()) // more than usual: with the lock held, then
            wakeAll();
        m_wakings[m_count++] = {sleeper, std::move(signal)};
    }
    void runDue() {
        Agenda& agenda = m_live.m_agenda;
        while (!agenda.empty() && agenda.nextAt() <= door.now) {
            const DueKey what = agenda.pop().what;
            m_live.m_broker.run(static_cast<BrokerDue>(what.kind), what.a, what.b, door);
        }
    }

  private:
    static constexpr int looksMax = 30;
    static void pauseBriefly() {
#if defined(__x86_64__) || defined(__i386__)
        __builtin_ia32_pause();
#else
        std::this_thread::yield();
#endif
    }
    struct Waking {
        std::condition_variable* sleeper = nullptr;
        std::shared_ptr<WakeSignal> signal;
    };
    void begin() {
        m_stretch.emplace(m_live.m_recorder);
        m_live.m_now = door.now = std::max(m_live.m_now, m_live.m_options.clock());
        runDue();
    }
    void end() {
        m_live.handOver(*this);
        m_stretch.reset();
    }
    void wakeAll() {
        for (std::size_t i = 0; i < m_count; ++i) {
            if (m_wakings[i].sleeper)
                m_wakings[i].sleeper->notify_one();
            if (m_wakings[i].signal)
                m_wakings[i].signal->raise();
            m_wakings[i] = {};
        }
        m_count = 0;
    }

    LiveBroker& m_live;
    std::unique_lock<std::mutex> m_lock;
    std::optional<Recorder::Stretch> m_stretch; // its records are folded together, at its end
    std::array<Waking, 8> m_wakings;
    std::size_t m_count = 0;

  public:
    BrokerDoor door;
};

Result<std::unique_ptr<LiveBroker>, Errors> LiveBroker::open(const Scenario& scenario, Options options) {
    auto catalogue = std::make_shared<Catalogue>();
    for (const EventTypeSpec* type : byName(scenario.events))
        catalogue->addEventType(type->name, type->version);
    for (const ServiceSpec* service : byName(scenario.services)) {
        ServiceRow row;
        row.name = service->name;
        row.instances = service->instances;
        for (const HandlerSpec& handler : service->handlers)
            row.workers += handler.concurrency;
        catalogue->addService(std::move(row));
    }
    Scenario bounded = scenario;
    bounded.nodes.clear(); // it is one program
    for (ChannelSpec& channel : bounded.channels)
        if (channel.kind == ChannelKind::stream)
            channel.retainCount =
                std::min(channel.retainCount.value_or(options.streamRecordsMax), options.streamRecordsMax);
    auto plan = compileBrokerPlan(bounded, {.seed = scenario.run.seed, .anybodyConsumes = true}, *catalogue);
    if (!plan)
        return plan.error();
    if (!options.clock)
        options.clock = [start = std::chrono::steady_clock::now()] {
            return SimTime{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - start)};
        };
    std::unique_ptr<LiveBroker> broker(
        new LiveBroker(std::move(catalogue), std::move(plan).value(), std::move(options)));
    if (broker->m_options.timer)
        broker->m_timer = std::thread([raw = broker.get()] { raw->serveTimer(); });
    return broker;
}

LiveBroker::LiveBroker(std::shared_ptr<Catalogue> catalogue, std::shared_ptr<const BrokerPlan> plan, Options options)
    : m_options(std::move(options)), m_catalogue(std::move(catalogue)),
      m_stored(std::make_shared<StoredMessages>(m_catalogue, m_options.stored)),
      m_recorder(m_catalogue, {.recordsMax = m_options.recordsMax}), m_broker(std::move(plan)),
      m_tooMuchWaits(m_catalogue->addReason("consumer_full")) {}

LiveBroker::~LiveBroker() {
    if (!m_timer.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_timerWake.notify_one();
    m_timer.join();
}

// --- producers ---

Result<ServiceId> LiveBroker::serviceNamed(const std::string& name) {
    if (name.empty())
        return Error{"service", "needs a name", ""};
    ServiceRow row;
    row.name = name;
    row.workers = 1;
    const ServiceId id = m_catalogue->addService(std::move(row));
    if (!id.valid())
        return Error{"service", "needs room for another service: there are too many", name};
    return id;
}

Result<OutletId> LiveBroker::outlet(const Outlet& wanted) {
    const std::string& routingKey = wanted.routingKey.empty() ? wanted.type : wanted.routingKey;
    std::string key;
    for (const std::string* part : {&wanted.service, &wanted.channel, &wanted.type, &wanted.version, &routingKey})
        (key += *part) += '\0';
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_outletIds.find(key); found != m_outletIds.end())
        return found->second;
    if (m_outlets.size() >= m_options.outletsMax)
        return Error{"outlet", "needs room for another combination of service, channel, type and routing key", ""};
    if (wanted.type.empty())
        return Error{"type", "needs an event type", ""};
    OutletPlan plan;
    plan.channel = m_catalogue->channel(wanted.channel);
    if (!plan.channel.valid())
        return Error{"channel", "needs the name of a channel", '"' + wanted.channel + '"'};
    const Result<ServiceId> service = serviceNamed(wanted.service);
    if (!service)
        return service.error();
    plan.service = *service;
    plan.type = m_catalogue->addEventType(wanted.type, wanted.version);
    if (!plan.type.valid())
        return Error{"type", "needs room for another event type: there are too many", wanted.type};
    plan.place = m_catalogue->addPlace({.channel = plan.channel, .subscription = {}, .service = plan.service});
    plan.routingKey = m_broker.routes().intern(routingKey);
    const OutletId id{static_cast<std::uint32_t>(m_outlets.size())};
    m_outlets.push_back(plan);
    m_outletIds.emplace(std::move(key), id);
    return id;
}

Admission LiveBroker::publish(const Publication& publication, Duration patience) {
    Turn turn(*this);
    return publishOne(publication, patience, turn);
}

std::size_t LiveBroker::publish(std::span<const Publication> publications, Duration patience) {
    Turn turn(*this);
    std::size_t accepted = 0;
    for (const Publication& publication : publications)
        accepted += publishOne(publication, patience, turn) == Admission::accepted ? 1 : 0;
    return accepted;
}

Admission LiveBroker::publishOne(const Publication& publication, Duration patience, Turn& turn) {
    const OutletPlan& outlet = m_outlets[publication.outlet.index()];
    Message message;
    message.ordinal = message.correlation = ++m_ordinals;
    message.published = m_now;
    message.ttl = publication.ttl;
    message.delay = publication.delay;
    message.content = publication.content;
    message.size = static_cast<std::int64_t>(publication.content->payload.size());
    message.routingKey = outlet.routingKey;
    message.keyed = !publication.content->partitionKey.empty();
    if (message.keyed)
        message.keyHash = static_cast<std::uint32_t>(murmur2(publication.content->partitionKey));
    message.from = outlet.place;
    message.type = outlet.type;
    message.source = outlet.service;
    message.priority = publication.priority;
    if (const Copy* const copy = m_broker.copy(publication.cause)) {
        const Message& trigger = m_broker.message(copy->message);
        message.cause = trigger.ordinal;
        message.correlation = trigger.correlation;
        message.family = trigger.family;
    }

    Record record;
    record.at = m_now;
    record.ordinal = message.ordinal;
    record.value = static_cast<std::int64_t>(message.cause);
    record.place = outlet.place;
    record.type = outlet.type;
    record.kind = RecordKind::published;
    m_recorder.append(record, publication.content->hash);
    m_stored->add({.ordinal = message.ordinal,
                   .cause = message.cause,
                   .correlation = message.correlation,
                   .at = m_now,
                   .content = publication.content,
                   .type = outlet.type,
                   .source = outlet.service});
    if (static_cast<std::int64_t>(m_broker.copiesOpen()) >= m_broker.plan().copiesMax) {
        record.kind = RecordKind::refused;
        record.value = 0;
        record.reason = m_broker.plan().reasons.bound;
        m_recorder.append(record);
        return Admission::refused;
    }

    const std::uint32_t token = m_waiters.add(nullptr);
    Broker::Publish publish;
    publish.channel = outlet.channel;
    publish.timeout = patience;
    publish.token = token;
    publish.message = m_broker.add(std::move(message));
    Admission admission = m_broker.publish(publish, turn.door);
    if (admission == Admission::blocked) {
        Waiter waiter;
        m_waiters[token] = &waiter;
        turn.runDue(); // without patience its time is over now
        while (!waiter.outcome)
            turn.sleep(waiter.woken);
        admission = *waiter.outcome;
    }
    m_waiters.free(token);
    return admission;
}

void LiveBroker::admitted(std::uint64_t token, Admission outcome, BrokerDoor&) {
    Waiter& waiter = *m_waiters[static_cast<std::uint32_t>(token)];
    waiter.outcome = outcome;
    // With the lock held: the waiter may be gone as soon as it is released.
    waiter.woken.notify_one();
}

// --- consumers ---

Result<std::unique_ptr<LiveConsumer>> LiveBroker::subscribe(const Subscribe& subscribe) {
    if (subscribe.prefetch == 0)
        return Error{"prefetch", "needs a number from 1", "0"};
    Turn turn(*this);
    const ChannelId channel = m_catalogue->channel(subscribe.channel);
    if (!channel.valid())
        return Error{"channel", "needs the name of a channel", '"' + subscribe.channel + '"'};
    SubscriptionId subscription;
    const ChannelPlan& plan = m_broker.plan().channels[channel.index()];
    for (const SubscriptionId id : plan.subscriptions)
        if (plan.kind == ChannelKind::queue || m_broker.plan().subscriptions[id.index()].name == subscribe.service)
            subscription = id;
    if (!subscription.valid())
        return Error{"channel", "needs a queue, or a stream with a group named like the service",
                     '"' + subscribe.channel + '"'};
    const Result<ServiceId> service = serviceNamed(subscribe.service);
    if (!service)
        return service.error();
    Seat* const seat = seatFor(subscribe, *service, subscription, turn);
    if (!seat)
        return Error{"subscribe", "needs room for another consumer: there are too many", ""};
    return std::unique_ptr<LiveConsumer>(new LiveConsumer(*this, *seat, subscribe));
}

LiveBroker::Seat* LiveBroker::seatFor(const Subscribe& subscribe, ServiceId service, SubscriptionId subscription,
                                      Turn& turn) {
    std::uint16_t instance = 0;
    for (Seat& seat : m_seats) {
        if (seat.service != service || seat.subscription != subscription)
            continue;
        ++instance;
        if (seat.taken || seat.prefetch != subscribe.prefetch || seat.automatic != subscribe.automatic)
            continue;
        seat.taken = true;
        seat.signal = subscribe.signal;
        m_broker.resume(seat.id, turn.door);
        return &seat;
    }
    if (m_seats.size() >= m_options.consumersMax)
        return nullptr;
    Seat& seat = m_seats.emplace_back();
    seat.id = ConsumerId{static_cast<std::uint32_t>(m_seatOf.size())};
    seat.service = service;
    seat.subscription = subscription;
    seat.prefetch = subscribe.prefetch;
    seat.automatic = subscribe.automatic;
    seat.taken = true;
    seat.signal = subscribe.signal;
    m_seatOf.push_back(&seat); // attaching may deliver at once

    const SubscriptionPlan& plan = m_broker.plan().subscriptions[subscription.index()];
    ConsumerOptions options;
    options.subscription = subscription;
    options.prefetch = subscribe.prefetch;
    options.automatic = subscribe.automatic;
    options.member = instance;
    Place place{.channel = plan.channel, .subscription = subscription, .service = service, .instance = instance};
    options.place = m_catalogue->addPlace(place);
    for (std::uint16_t partition = 0; partition < plan.partitionPlaces.size(); ++partition) {
        place.partition = partition;
        options.partitionPlaces.push_back(m_catalogue->addPlace(place));
    }
    const bool stream = !plan.partitionPlaces.empty();
    [[maybe_unused]] const ConsumerId id = m_broker.attach(std::move(options), turn.door);
    assert(id == seat.id);
    if (stream) // its group divides the partitions anew
        m_broker.resume(seat.id, turn.door);
    return &seat;
}

void LiveBroker::leave(Seat& seat) {
    Turn turn(*this);
    m_broker.disconnect(seat.id, turn.door);
    seat.taken = false;
    seat.signal.reset();
    seat.staged.clear();
    const std::lock_guard lock(seat.mutex);
    seat.ready.clear();
}

void LiveBroker::deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor&) {
    Seat& seat = *m_seatOf[consumer.index()];
    const Copy& copy = *m_broker.copy(tag);
    const Message& message = m_broker.message(copy.message);
    // All contents here are made by producers of this class, so they are what they say.
    seat.staged.push_back({.tag = tag,
                           .ordinal = message.ordinal,
                           .content = std::static_pointer_cast<const LiveContent>(message.content),
                           .type = message.type,
                           .source = message.source,
                           .attempt = copy.attempt});
    if (!seat.touched) {
        seat.touched = true;
        m_touched.push_back(&seat);
    }
}

// Only routing by content comes here, so only there payloads are parsed. What is no JSON has no data.
EventView LiveBroker::view(MessageHandle handle) const {
    const Message& message = m_broker.message(handle);
    const auto& content = static_cast<const LiveContent&>(*message.content);
    EventView view;
    view.ordinal = message.ordinal;
    view.type = m_catalogue->eventTypes()[message.type.index()].name;
    view.version = m_catalogue->eventTypes()[message.type.index()].version;
    view.source = m_catalogue->services()[message.source.index()].name;
    view.subject = content.subject;
    view.key = content.partitionKey;
    view.routingKey = m_broker.routes().key(message.routingKey);
    view.time = message.published;
    view.cause = message.cause;
    view.correlation = message.correlation;
    view.priority = message.priority;
    const Result<Value> parsed = Value::parse(content.payload);
    const Value* data = parsed ? content.form == LiveContent::Form::data ? &*parsed : parsed->member("data") : nullptr;
    m_viewed = data ? *data : Value();
    if (!m_viewed.isNull())
        view.data = &m_viewed;
    if (!content.headers.isNull())
        view.headers = &content.headers;
    return view;
}

// Into the consumers' own boxes. Copies that were acked on delivery end here.
void LiveBroker::handOver(Turn& turn) {
    for (std::size_t i = 0; i < m_touched.size(); ++i) {
        Seat& seat = *m_touched[i];
        seat.touched = false;
        m_handing.swap(seat.staged); // settling may deliver more
        std::size_t kept = m_handing.size();
        if (seat.automatic) {
            {
                const std::lock_guard lock(seat.mutex);
                kept = std::min(kept, seat.prefetch - std::min<std::size_t>(seat.prefetch, seat.ready.size()));
            }
            for (std::size_t k = 0; k < m_handing.size(); ++k)
                m_broker.settle(m_handing[k].tag, k < kept ? Settlement::ack : Settlement::reject, m_tooMuchWaits,
                                turn.door);
            m_lostAtConsumers += m_handing.size() - kept;
        }
        bool wake = false;
        {
            const std::lock_guard lock(seat.mutex);
            seat.ready.insert(seat.ready.end(), std::make_move_iterator(m_handing.begin()),
                              std::make_move_iterator(m_handing.begin() + static_cast<std::ptrdiff_t>(kept)));
            wake = std::exchange(seat.sleeping, false);
        }
        m_handing.clear();
        if (wake || seat.signal)
            turn.wake(wake ? &seat.filled : nullptr, seat.signal);
    }
    m_touched.clear();
}

std::size_t LiveBroker::settle(Seat& seat, std::span<const Delivery> deliveries, Settlement settlement,
                               std::string_view reason) {
    Turn turn(*this);
    const ReasonId why = settlement == Settlement::ack ? ReasonId::none() : m_catalogue->addReason(reason);
    std::size_t settled = 0;
    for (const Delivery& delivery : deliveries) {
        const Copy* const copy = m_broker.copy(delivery.tag);
        if (copy && copy->consumer == seat.id && copy->state == CopyState::inFlight &&
            m_broker.settle(delivery.tag, settlement, why, turn.door)) {
            ++settled;
            continue;
        }
        Record record;
        record.at = m_now;
        record.ordinal = delivery.ordinal;
        record.place =
            m_catalogue->addPlace({.channel = m_broker.plan().subscriptions[seat.subscription.index()].channel,
                                   .subscription = seat.subscription,
                                   .service = seat.service});
        record.type = delivery.type;
        record.reason = why;
        record.attempt = delivery.attempt;
        record.kind = RecordKind::ackRefused;
        m_recorder.append(record);
    }
    if (m_broker.hasLeft(seat.id)) // its group took it for stuck
        m_broker.resume(seat.id, turn.door);
    return settled;
}

// --- time ---

void LiveBroker::schedule(SimTime at, DueKey what) {
    scheduleReserved(at, m_agenda.reserve(), what);
}

void LiveBroker::scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) {
    m_agenda.scheduleReserved(at, Priority::broker, sequence, what);
    if (at >= m_timerAt)
        return;
    m_timerAt = at;
    m_timerLate = true;
}

void LiveBroker::runDue() {
    const Turn turn(*this);
}

void LiveBroker::serveTimer() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_timerAt = m_agenda.empty() ? SimTime::max() : m_agenda.nextAt();
        const SimTime now = m_options.clock();
        if (m_timerAt <= now) {
            lock.unlock();
            runDue();
            lock.lock();
        } else if (m_timerAt == SimTime::max()) {
            m_timerWake.wait(lock);
        } else {
            m_timerWake.wait_for(lock, m_timerAt - now);
        }
    }
}

Picture LiveBroker::picture() const {
    const std::lock_guard lock(m_mutex);
    return m_recorder.head();
}

std::uint64_t LiveBroker::lostAtConsumers() const {
    const std::lock_guard lock(m_mutex);
    return m_lostAtConsumers;
}

// --- LiveConsumer ---

LiveConsumer::LiveConsumer(LiveBroker& broker, LiveBroker::Seat& seat, const LiveBroker::Subscribe& options)
    : m_broker(broker), m_seat(seat), m_ackBatch(std::max(1U, options.ackBatch)), m_automatic(options.automatic) {}

LiveConsumer::~LiveConsumer() {
    flush();
    m_broker.leave(m_seat);
}

// Takes over all that is ready; false when nothing came in time.
bool LiveConsumer::fetch(Duration timeout) {
    m_atHand.clear();
    m_next = 0;
    std::unique_lock lock(m_seat.mutex);
    if (m_seat.ready.empty() && !m_acks.empty()) { // acks may be what the next deliveries wait for
        lock.unlock();
        flush();
        lock.lock();
    }
    const bool forEver = timeout == Duration::max();
    const auto until = std::chrono::steady_clock::now() + (forEver ? Duration::zero() : timeout);
    while (m_seat.ready.empty()) {
        if (timeout <= Duration::zero())
            return false;
        m_seat.sleeping = true;
        if (forEver)
            m_seat.filled.wait(lock);
        else if (m_seat.filled.wait_until(lock, until) == std::cv_status::timeout && m_seat.ready.empty()) {
            m_seat.sleeping = false;
            return false;
        }
    }
    m_seat.sleeping = false;
    m_atHand.swap(m_seat.ready);
    return true;
}

void LiveConsumer::receive(std::vector<Delivery>& into, std::size_t max, Duration timeout) {
    into.clear();
    if (m_next == m_atHand.size() && !fetch(timeout))
        return;
    const std::size_t count = std::min(max, m_atHand.size() - m_next);
    const auto from = m_atHand.begin() + static_cast<std::ptrdiff_t>(m_next);
    into.insert(into.end(), std::make_move_iterator(from),
                std::make_move_iterator(from + static_cast<std::ptrdiff_t>(count)));
    m_next += count;
}

std::optional<Delivery> LiveConsumer::receive(Duration timeout) {
    if (m_next == m_atHand.size() && !fetch(timeout))
        return std::nullopt;
    return std::move(m_atHand[m_next++]);
}

void LiveConsumer::ack(const Delivery& delivery) {
    if (m_automatic)
        return;
    m_acks.push_back(delivery);
    if (m_acks.size() >= m_ackBatch)
        flush();
}

void LiveConsumer::ack(std::span<const Delivery> deliveries) {
    if (m_automatic)
        return;
    flush();
    m_broker.settle(m_seat, deliveries, Settlement::ack, {});
}

bool LiveConsumer::nack(const Delivery& delivery, Settlement settlement, std::string_view reason) {
    assert(settlement != Settlement::ack);
    if (m_automatic)
        return false;
    flush();
    return m_broker.settle(m_seat, std::span(&delivery, 1), settlement, reason) == 1;
}

void LiveConsumer::flush() {
    if (m_acks.empty())
        return;
    m_broker.settle(m_seat, m_acks, Settlement::ack, {});
    m_acks.clear();
}

} // namespace weir

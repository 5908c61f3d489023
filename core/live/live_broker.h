// LiveBroker: the broker on the wall clock, for threads of one process. The same state machine as the simulation's,
// behind one lock: publish runs in the caller, consumers sleep until something is there, what falls due later (ack
// timeouts, retries, delays) is run by whoever calls and by one timer thread. What happens goes to a Recorder, messages
// are kept in StoredMessages, so that every view works on it.
//
// It records deliveries and settlements, not the beginning and end of the work in between: that is the consumer's own.
// Bounds: copies by the scenario's run (copiesMax: then publishing is refused with reason "bound"), a stream's records
// by streamRecordsMax where it has no retention of its own, consumers, outlets, and what waits for one consumer.
#pragma once

#include "core/broker/broker.h"
#include "core/kernel/agenda.h"
#include "core/live/live_content.h"
#include "core/live/stored_messages.h"
#include "core/live/wake_signal.h"
#include "core/record/recorder.h"
#include "core/result.h"
#include "core/scenario/scenario.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace weir {

class LiveConsumer;

using OutletId = Id<struct OutletTag>; // a service's way out to a channel with one event type

// What a producer hands over. `cause` is the delivery that led to it, while that is unsettled.
struct Publication {
    OutletId outlet;
    std::shared_ptr<const LiveContent> content;
    DeliveryTag cause{};
    Duration ttl = Duration::max();
    Duration delay{};
    std::uint8_t priority = 0;
};

// What a consumer gets.
struct Delivery {
    DeliveryTag tag;
    Ordinal ordinal = 0;
    std::shared_ptr<const LiveContent> content;
    EventTypeId type;
    ServiceId source;
    std::uint16_t attempt = 0; // from 1
};

class LiveBroker final : private BrokerEffects {
  public:
    // The time since the broker was opened; any thread.
    using Clock = std::function<SimTime()>;
    struct Options {
        std::uint64_t recordsMax = 10'000'000;
        StoredMessages::Options stored;
        Clock clock;                             // empty: the steady clock
        bool timer = true;                       // false: what falls due is run by callers and runDue() alone
        std::int64_t streamRecordsMax = 100'000; // per partition
        std::size_t outletsMax = 100'000;
        std::size_t consumersMax = 10'000;
    };
    // Channels and consumer groups are those of the scenario; any service may publish and consume.
    static Result<std::unique_ptr<LiveBroker>, Errors> open(const Scenario& scenario, Options options);
    ~LiveBroker() override;

    // --- producers; any thread ---
    struct Outlet {
        std::string service;
        std::string channel;
        std::string type;
        std::string version = "1.0";
        std::string routingKey; // empty: the type
    };
    // The same outlet gives the same id.
    Result<OutletId> outlet(const Outlet& outlet);
    // Where a channel blocks its producers, the caller waits up to `patience` for room. Never returns `blocked`.
    Admission publish(const Publication& publication, Duration patience = Duration::max());
    // In their order; returns how many were accepted.
    std::size_t publish(std::span<const Publication> publications, Duration patience = Duration::max());

    // --- consumers ---
    struct Subscribe {
        std::string service;
        std::string channel;         // a queue; or a stream, whose group has the service's name
        std::uint32_t prefetch = 64; // unacked at most; with automatic ack: waiting at most, what is more is lost
        bool automatic = false;      // acked on delivery
        std::uint32_t ackBatch = 1;  // acks are handed over so many at a time, or when nothing is at hand
        std::shared_ptr<WakeSignal> signal; // raised when something is there; may be null
    };
    // The consumer must be gone before the broker.
    Result<std::unique_ptr<LiveConsumer>> subscribe(const Subscribe& subscribe);

    // Runs what is due by now.
    void runDue();

    // --- what views read; any thread ---
    std::shared_ptr<const RecordStore> store() const { return m_recorder.store(); }
    std::shared_ptr<const Catalogue> catalogue() const { return m_catalogue; }
    std::shared_ptr<const MessageSource> messages() const { return m_stored; }
    Picture picture() const;
    std::uint64_t lostAtConsumers() const; // acked on delivery and left out, because too much waited

  private:
    friend class LiveConsumer;
    class Turn;
    struct OutletPlan {
        PlaceId place;
        ChannelId channel;
        EventTypeId type;
        ServiceId service;
        RoutingKeyId routingKey = 0;
    };
    // A consumer's place at the broker. It outlives its consumer and is taken by the next one of the same kind.
    struct Seat {
        // Under the broker's lock.
        ConsumerId id;
        ServiceId service;
        SubscriptionId subscription;
        std::uint32_t prefetch = 0;
        bool automatic = false;
        bool taken = false;
        bool touched = false;
        std::vector<Delivery> staged; // by the turn at hand
        std::shared_ptr<WakeSignal> signal;
        // Under its own.
        std::mutex mutex;
        std::condition_variable filled;
        std::vector<Delivery> ready;
        bool sleeping = false;
    };
    struct Waiter { // a publisher that waits for room, on its own stack
        std::condition_variable woken;
        std::optional<Admission> outcome;
    };

    LiveBroker(std::shared_ptr<Catalogue> catalogue, std::shared_ptr<const BrokerPlan> plan, Options options);

    // BrokerEffects
    void deliver(ConsumerId consumer, DeliveryTag tag, BrokerDoor& door) override;
    void admitted(std::uint64_t token, Admission outcome, BrokerDoor& door) override;
    void completed(std::uint32_t, BrokerDoor&) override {} // nobody asks for it
    EventView view(MessageHandle message) const override;
    void schedule(SimTime at, DueKey what) override;
    std::uint64_t reserve() override { return m_agenda.reserve(); }
    void scheduleReserved(SimTime at, std::uint64_t sequence, DueKey what) override;

    Admission publishOne(const Publication& publication, Duration patience, Turn& turn);
    Result<ServiceId> serviceNamed(const std::string& name);
    Seat* seatFor(const Subscribe& subscribe, ServiceId service, SubscriptionId subscription, Turn& turn);
    void leave(Seat& seat);
    std::size_t settle(Seat& seat, std::span<const Delivery> deliveries, Settlement settlement,
                       std::string_view reason);
    void handOver(Turn& turn);
    void serveTimer();

    Options m_options;
    std::shared_ptr<Catalogue> m_catalogue;
    std::shared_ptr<StoredMessages> m_stored;

    mutable std::mutex m_mutex; // everything below
    Recorder m_recorder;
    Broker m_broker;
    Agenda m_agenda;
    SimTime m_now;
    Ordinal m_ordinals = 0;
    std::vector<OutletPlan> m_outlets;
    std::unordered_map<std::string, OutletId> m_outletIds;
    std::deque<Seat> m_seats;        // never removed
    std::vector<Seat*> m_seatOf;     // by ConsumerId
    std::vector<Seat*> m_touched;    // by the turn at hand
    std::vector<Delivery> m_handing; // on their way from a seat's staged to its ready; empty between turns
    mutable Value m_viewed; // the data that view() has parsed
    Slab<Waiter*> m_waiters;
    ReasonId m_tooMuchWaits;
    std::uint64_t m_lostAtConsumers = 0;
    SimTime m_timerAt = SimTime::max(); // what the timer thread sleeps for
    bool m_timerLate = false;           // something is due before that
    bool m_stopping = false;
    std::condition_variable m_timerWake;
    std::thread m_timer;
};

// One consumer, used by one thread.
class LiveConsumer {
  public:
    ~LiveConsumer(); // what it has not settled goes back
    LiveConsumer(const LiveConsumer&) = delete;
    LiveConsumer& operator=(const LiveConsumer&) = delete;

    // Up to `max` deliveries in place of what `into` held, as soon as there is one; none after `timeout` (max: waits
    // for ever; zero: looks only).
    void receive(std::vector<Delivery>& into, std::size_t max, Duration timeout);
    std::optional<Delivery> receive(Duration timeout);

    // Done. What was taken back meanwhile (its ack timeout had passed) is recorded as ackRefused, and changes nothing.
    void ack(const Delivery& delivery);
    void ack(std::span<const Delivery> deliveries);
    // Not done; returns whether it was still this consumer's.
    bool nack(const Delivery& delivery, Settlement settlement = Settlement::retry, std::string_view reason = "failure");
    // Hands over the acks that wait for their batch.
    void flush();

  private:
    friend class LiveBroker;
    LiveConsumer(LiveBroker& broker, LiveBroker::Seat& seat, const LiveBroker::Subscribe& options);
    bool fetch(Duration timeout);

    LiveBroker& m_broker;
    LiveBroker::Seat& m_seat;
    std::size_t m_ackBatch;
    bool m_automatic;
    std::vector<Delivery> m_atHand; // taken over, not yet received
    std::size_t m_next = 0;         // in it
    std::vector<Delivery> m_acks;
};

} // namespace weir

// FlowInference: from events seen on the way to records: who publishes what where, and who answers what. It sees only
// publications, so it claims no more than follows from them:
// - the last segment of an event's source is a service; the topic frame is a channel, or, where there is none or it
//   repeats the type, the type's first word is ("order" of "order.created");
// - each event is published and routed. One that is no CloudEvent is refused with reason "not_a_cloudevent";
// - a service that emits an event caused by one of type T in channel C consumes T from C: from then on it has a queue
//   "C/service" there, and each T in C is enqueued in it. When its answer is seen, that copy is delivered and acked at
//   that instant (the first one also enqueued); beginning and end of the work cannot be seen, so they are not recorded.
//   An answer names its cause by causationid; failing that by a correlationid that is an event's id;
// - a copy that is not answered in time expires with reason "no_answer_seen": a service may well have handled it
// silently. So the ledger is closed at every instant, and depth means "answers awaited". Retries, dead letters and
// services that never emit cannot be seen. Bounded: names, events remembered, consumers of a flow; what finds no room
// is called "other".
#pragma once

#include "core/broker/slab.h"
#include "core/live/event_reader.h"
#include "core/live/stored_messages.h"
#include "core/record/flat_map.h"
#include "core/record/recorder.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class FlowInference {
  public:
    struct Options {
        Duration answerWithin = 60s;
        std::size_t eventsMax = 262'144; // remembered, to find causes among them
        std::size_t servicesMax = 1'000;
        std::size_t channelsMax = 1'000; // queues of consumers not counted
        std::size_t typesMax = 4'000;
        std::size_t consumersMax = 2'000; // queues
    };
    FlowInference(std::shared_ptr<Catalogue> catalogue, Recorder& recorder, StoredMessages& messages, Options options);

    // An event as it came, at that time; an empty topic: there was none. Times do not go back.
    void observe(std::string_view topic, std::string_view event, SimTime at);
    // Lets copies expire whose answers were awaited too long.
    void advance(SimTime now);

    std::uint64_t observed() const { return m_ordinals; }
    std::uint64_t refused() const { return m_refused; }

  private:
    static constexpr std::size_t consumersPerFlow = 64; // one bit each
    static constexpr std::size_t waysMax = 65'536;      // cached

    struct Consumer { // of one channel
        ServiceId service;
        PlaceId queue;    // channel and subscription of its queue
        PlaceId delivery; // with the service
    };
    struct Flow { // a type in a channel
        ChannelId channel;
        EventTypeId type;
        std::vector<std::uint32_t> consumers; // in m_consumers
    };
    struct Way { // a service's way into a flow
        PlaceId place;
        ServiceId service;
        std::uint32_t flow = 0;
    };
    struct Seen {
        std::uint64_t id = 0; // hash; 0: refused
        SimTime at;
        Ordinal correlation = 0;
        std::uint64_t open = 0;     // by consumer of its flow: enqueued, no answer yet
        std::uint64_t answered = 0; // by consumer of its flow
        std::uint32_t flow = 0;
    };
    struct Answer {          // to a copy that is delivered, and acked behind its answer's own records
        Ordinal ordinal = 0; // 0: none
        std::uint32_t consumer = 0;
        SimTime since;
    };

    const Way& wayOf(std::string_view topic, const EventHead& head);
    ServiceId serviceNamed(std::string_view name);
    ChannelId channelNamed(std::string_view name);
    EventTypeId typeNamed(std::string_view name, std::string_view version);
    std::uint32_t flowOf(ChannelId channel, EventTypeId type);
    std::uint32_t consumerOf(ChannelId channel, ServiceId service);
    Ordinal known(std::string_view id) const;
    Seen& seen(Ordinal ordinal) { return m_seen[ordinal - m_firstSeen]; }
    void refuse(std::string_view topic, std::string_view event);
    Answer beginAnswer(Ordinal cause, ServiceId service);
    void remember(const Seen& seen);
    void expireOpen(Ordinal ordinal);
    Record recordOf(RecordKind kind, Ordinal ordinal, const Seen& seen, PlaceId place) const;

    std::shared_ptr<Catalogue> m_catalogue;
    Recorder& m_recorder;
    StoredMessages& m_messages;
    Options m_options;
    EventReader m_reader;
    ReasonId m_notAnEvent, m_noAnswer;
    SimTime m_now;
    Ordinal m_ordinals = 0;
    std::uint64_t m_refused = 0;
    std::size_t m_channels = 0;                                   // without consumers' queues
    FlatMap<std::uint16_t> m_serviceIds, m_channelIds, m_typeIds; // by hash of the name
    FlatMap<std::uint32_t> m_flowIds, m_consumerIds;              // by both ids
    FlatMap<std::uint32_t> m_wayIds;                              // by hash of topic, source, type and version
    std::vector<Flow> m_flows;
    std::vector<Consumer> m_consumers;
    std::vector<Way> m_ways;
    Ring<Seen> m_seen;
    Ordinal m_firstSeen = 1;
    Ordinal m_openFrom = 1;           // before it nothing is open
    FlatMap<Ordinal> m_byId;          // hash of the id -> the last one with it
    FlatMap<Ordinal> m_byCorrelation; // hash of a correlationid that is no event's id -> the first one with it
};

} // namespace weir

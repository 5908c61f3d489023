#include "core/live/endpoint.h"

#include "core/live/event_reader.h"
#include "core/live/wire.h"
#include "core/services/event_view.h"

#include <zmq.hpp>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <optional>
#include <thread>
#include <vector>

namespace weir {
namespace {

constexpr std::size_t framesMax = 1 + wire::tagsMax;
constexpr std::size_t handledMax = 256;      // deliveries that a participant's events may name as their cause
constexpr std::size_t requestsPerTurn = 256; // before deliveries have their turn

bool isLoopback(std::string_view address) {
    if (address.starts_with("inproc://") || address.starts_with("ipc://"))
        return true;
    constexpr std::string_view scheme = "tcp://";
    if (!address.starts_with(scheme))
        return false;
    address.remove_prefix(scheme.size());
    const std::string_view host = address.substr(0, address.rfind(':'));
    // "127.0.0.1.example" is somebody's name: only digits and points are this machine's numbers.
    return host == "localhost" || host == "[::1]" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::string_view view(const zmq::message_t& message) {
    return {static_cast<const char*>(message.data()), message.size()};
}

} // namespace

class Endpoint::Server {
  public:
    Server(LiveBroker& broker, Options options) : m_broker(broker), m_options(std::move(options)) {}

    std::optional<Error> bind() {
        try {
            m_router.set(zmq::sockopt::linger, 0);
            m_router.set(zmq::sockopt::router_mandatory, 1);
            m_router.set(zmq::sockopt::maxmsgsize, static_cast<std::int64_t>(m_options.messageMax));
            m_router.set(zmq::sockopt::heartbeat_ivl, 2000);
            m_router.set(zmq::sockopt::heartbeat_timeout, 6000);
            zmq_socket_monitor(m_router.handle(), "inproc://gone", ZMQ_EVENT_DISCONNECTED);
            m_gone.set(zmq::sockopt::linger, 0);
            m_gone.connect("inproc://gone");
            m_router.bind(m_options.address);
            m_address = m_router.get(zmq::sockopt::last_endpoint);
        } catch (const zmq::error_t& problem) {
            return Error{m_options.address, "needs an address that can be bound", problem.what()};
        }
        m_thread = std::thread([this] { serve(); });
        return std::nullopt;
    }

    ~Server() {
        m_stopping = true;
        m_signal->raise();
        if (m_thread.joinable())
            m_thread.join();
    }

    const std::string& address() const { return m_address; }
    Status status() const {
        return {.participants = m_participantCount,
                .published = m_published,
                .delivered = m_delivered,
                .errors = m_errors,
                .dropped = m_dropped};
    }

  private:
    struct Handled {
        std::string id;
        DeliveryTag tag;
    };
    struct Consuming {
        std::string channel;
        std::unique_ptr<LiveConsumer> consumer;
    };
    struct Participant {
        std::string service;
        std::vector<Consuming> consumers;
        std::deque<Handled> handled; // the last ones delivered
        std::deque<wire::Frames> outbox;
        bool gone = false;
    };
    using Participants = std::map<std::string, Participant>;

    void serve() {
        std::array<zmq::pollitem_t, 3> items{{{m_router.handle(), 0, ZMQ_POLLIN, 0},
                                              {m_gone.handle(), 0, ZMQ_POLLIN, 0},
                                              {nullptr, m_signal->descriptor(), ZMQ_POLLIN, 0}}};
        int looks = 0; // for those who are gone: once now, once when the socket is sure to know
        while (!m_stopping) {
            const bool waiting = std::any_of(m_participants.begin(), m_participants.end(),
                                             [](const auto& entry) { return !entry.second.outbox.empty(); });
            const auto patience = std::chrono::milliseconds(waiting ? 5 : looks > 0 ? 200 : 60'000);
            try {
                const int ready = zmq::poll(items.data(), items.size(), patience);
                if (items[2].revents & ZMQ_POLLIN)
                    m_signal->clear();
                if (items[1].revents & ZMQ_POLLIN) {
                    zmq::message_t event;
                    while (m_gone.recv(event, zmq::recv_flags::dontwait)) {
                    }
                    looks = 2;
                }
                takeRequests();
                if (looks > 0 && (looks == 2 || ready == 0)) {
                    --looks;
                    for (auto& [identity, participant] : m_participants)
                        send(identity, participant, wire::hello());
                }
            } catch (const zmq::error_t& problem) {
                if (problem.num() == ETERM)
                    break;
            }
            for (auto& [identity, participant] : m_participants) {
                flush(identity, participant);
                deliver(identity, participant);
            }
            std::erase_if(m_participants, [](const auto& entry) { return entry.second.gone; });
            m_participantCount = m_participants.size();
        }
        m_participants.clear();
    }

    void takeRequests() {
        for (std::size_t i = 0; i < requestsPerTurn; ++i) {
            zmq::message_t identity;
            if (!m_router.recv(identity, zmq::recv_flags::dontwait))
                return;
            std::vector<zmq::message_t> messages;
            bool more = identity.more();
            bool tooMany = false;
            while (more) {
                zmq::message_t frame;
                (void)m_router.recv(frame, zmq::recv_flags::none);
                more = frame.more();
                if (messages.size() < framesMax)
                    messages.push_back(std::move(frame));
                else
                    tooMany = true;
            }
            std::vector<std::string_view> frames;
            for (const zmq::message_t& message : messages)
                frames.push_back(view(message));
            const std::string name(view(identity));
            if (!m_participants.contains(name) && m_participants.size() >= m_options.participantsMax) {
                ++m_dropped;
                continue;
            }
            Participant& participant = m_participants[name];
            if (tooMany)
                complain(name, participant, {"frames", "needs fewer frames", ""});
            else
                answer(name, participant, frames);
        }
        m_signal->raise(); // there may be more
    }

    void answer(const std::string& identity, Participant& participant, std::span<const std::string_view> frames) {
        const Result<wire::Request> request = wire::read(frames);
        if (!request) {
            complain(identity, participant, request.error());
        } else if (const auto* hello = std::get_if<wire::Hello>(&*request)) {
            participant.service = hello->service;
            send(identity, participant, wire::hello());
        } else if (std::holds_alternative<wire::Bye>(*request)) {
            participant.consumers.clear();
            send(identity, participant, wire::bye());
            participant.gone = true;
        } else if (participant.service.empty()) {
            complain(identity, participant, {std::string(frames.front()), "needs a hello first", ""});
        } else if (const auto* publish = std::get_if<wire::Publish>(&*request)) {
            take(identity, participant, *publish);
        } else if (const auto* subscribe = std::get_if<wire::Subscribe>(&*request)) {
            take(identity, participant, *subscribe);
        } else if (const auto* ack = std::get_if<wire::Ack>(&*request)) {
            for (const wire::Tag& tag : ack->tags)
                if (LiveConsumer* const consumer = consumerOf(participant, tag))
                    consumer->ack(Delivery{.tag = tag.delivery, .ordinal = tag.ordinal});
        } else if (const auto* nack = std::get_if<wire::Nack>(&*request)) {
            if (LiveConsumer* const consumer = consumerOf(participant, nack->tag))
                consumer->nack(Delivery{.tag = nack->tag.delivery, .ordinal = nack->tag.ordinal}, nack->settlement,
                               nack->reason);
        }
    }

    static LiveConsumer* consumerOf(Participant& participant, const wire::Tag& tag) {
        return tag.consumer < participant.consumers.size() ? participant.consumers[tag.consumer].consumer.get()
                                                           : nullptr;
    }

    void take(const std::string& identity, Participant& participant, const wire::Publish& publish) {
        const std::optional<EventHead> head = m_reader.read(publish.event);
        if (!head) {
            complain(identity, participant,
                     {"publish", "needs a CloudEvent 1.0 as JSON with specversion, id, source and type", ""});
            return;
        }
        const std::string id(head->id);
        const Result<OutletId> outlet =
            m_broker.outlet({.service = participant.service,
                             .channel = std::string(publish.channel),
                             .type = std::string(head->type),
                             .version = head->version.empty() ? "1.0" : std::string(head->version),
                             .routingKey = std::string(head->routingKey)});
        if (!outlet) {
            complain(identity, participant, {"publish", outlet.error().what, outlet.error().given}, id);
            return;
        }
        Publication publication{.outlet = *outlet, .content = LiveContent::ofEvent(publish.event, *head)};
        const auto cause = std::find_if(participant.handled.rbegin(), participant.handled.rend(),
                                        [&](const Handled& handled) { return handled.id == head->causationId; });
        if (cause != participant.handled.rend())
            publication.cause = cause->tag;
        // Without patience: one thread serves everybody, so a full channel refuses here what it would make others wait
        // for.
        if (m_broker.publish(publication, Duration::zero()) == Admission::accepted) {
            ++m_published;
            send(identity, participant, wire::accepted(id));
        } else {
            complain(identity, participant, {"publish", "needs room in the channel", ""}, id);
        }
    }

    void take(const std::string& identity, Participant& participant, const wire::Subscribe& subscribe) {
        const std::string channel(subscribe.channel);
        const auto same = [&](const Consuming& consuming) { return consuming.channel == channel; };
        if (std::any_of(participant.consumers.begin(), participant.consumers.end(), same)) {
            complain(identity, participant, {"subscribe", "needs a channel that is not subscribed yet", channel});
            return;
        }
        auto consumer = m_broker.subscribe(
            {.service = participant.service, .channel = channel, .prefetch = subscribe.prefetch, .signal = m_signal});
        if (!consumer) {
            complain(identity, participant, {"subscribe", consumer.error().what, consumer.error().given});
            return;
        }
        participant.consumers.push_back({channel, std::move(consumer).value()});
        send(identity, participant, wire::subscribed(channel));
    }

    void deliver(const std::string& identity, Participant& participant) {
        for (std::uint32_t i = 0; i < participant.consumers.size(); ++i) {
            const Consuming& consuming = participant.consumers[i];
            while (!participant.gone && participant.outbox.size() < m_options.outboxMax) {
                const std::optional<Delivery> delivery = consuming.consumer->receive(Duration::zero());
                if (!delivery)
                    break;
                const LiveContent& content = *delivery->content;
                std::string made;
                if (content.form == LiveContent::Form::data)
                    made = eventOf(*delivery);
                const std::string_view event = made.empty() ? std::string_view(content.payload) : made;
                participant.handled.push_back(
                    {content.id.empty() ? eventId(delivery->ordinal) : content.id, delivery->tag});
                if (participant.handled.size() > handledMax)
                    participant.handled.pop_front();
                ++m_delivered;
                send(identity, participant,
                     wire::deliver({.tag = {.consumer = i, .ordinal = delivery->ordinal, .delivery = delivery->tag},
                                    .channel = consuming.channel,
                                    .attempt = delivery->attempt,
                                    .event = event}));
            }
        }
    }

    // The CloudEvent of data that came from a producer in this process.
    std::string eventOf(const Delivery& delivery) const {
        if (const std::optional<MessageView> message = m_broker.messages()->message(delivery.ordinal))
            return message->cloudEvent().canonical();
        MessageView message; // forgotten meanwhile
        message.id = eventId(delivery.ordinal);
        message.type = m_broker.catalogue()->eventTypes()[delivery.type.index()].name;
        message.routingKey = message.type;
        message.source = m_broker.catalogue()->services()[delivery.source.index()].name;
        message.data = Value(delivery.content->payload);
        return message.cloudEvent().canonical();
    }

    void complain(const std::string& identity, Participant& participant, const Error& error, std::string_view id = {}) {
        ++m_errors;
        send(identity, participant, wire::error(error, id));
    }

    void send(const std::string& identity, Participant& participant, wire::Frames frames) {
        if (participant.gone)
            return;
        // Deliveries are bounded before they come here, so it is an answer that finds no room.
        if (participant.outbox.size() > m_options.outboxMax) {
            ++m_dropped;
            return;
        }
        participant.outbox.push_back(std::move(frames));
        flush(identity, participant);
    }

    void flush(const std::string& identity, Participant& participant) {
        while (!participant.outbox.empty()) {
            const wire::Frames& frames = participant.outbox.front();
            try {
                const auto flags = zmq::send_flags::sndmore | zmq::send_flags::dontwait;
                if (!m_router.send(zmq::buffer(identity), flags))
                    return; // its buffers are full: later
                for (std::size_t i = 0; i < frames.size(); ++i)
                    (void)m_router.send(zmq::buffer(frames[i]),
                                        i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
            } catch (const zmq::error_t&) { // EHOSTUNREACH: it is not there any more
                participant.gone = true;
                participant.outbox.clear();
                return;
            }
            participant.outbox.pop_front();
        }
    }

    LiveBroker& m_broker;
    Options m_options;
    zmq::context_t m_context;
    zmq::socket_t m_router{m_context, zmq::socket_type::router};
    zmq::socket_t m_gone{m_context, zmq::socket_type::pair}; // hears of connections that ended
    std::string m_address;
    std::shared_ptr<WakeSignal> m_signal = std::make_shared<WakeSignal>();
    EventReader m_reader;
    Participants m_participants;
    std::atomic<bool> m_stopping = false;
    std::atomic<std::uint64_t> m_participantCount = 0, m_published = 0, m_delivered = 0, m_errors = 0, m_dropped = 0;
    std::thread m_thread;
};

Result<std::unique_ptr<Endpoint>> Endpoint::open(LiveBroker& broker, Options options) {
    if (!options.beyondThisMachine && !isLoopback(options.address))
        return Error{options.address,
                     "needs a loopback address such as tcp://127.0.0.1:5600, there being no authentication", ""};
    auto server = std::make_unique<Server>(broker, std::move(options));
    if (const std::optional<Error> problem = server->bind())
        return *problem;
    return std::unique_ptr<Endpoint>(new Endpoint(std::move(server)));
}

Endpoint::Endpoint(std::unique_ptr<Server> server) : m_server(std::move(server)) {}
Endpoint::~Endpoint() = default;

std::string Endpoint::address() const {
    return m_server->address();
}

Endpoint::Status Endpoint::status() const {
    return m_server->status();
}

} // namespace weir

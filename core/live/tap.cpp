#include "core/live/tap.h"

#include "core/live/inbox.h"
#include "core/live/wake_signal.h"

#include <zmq.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

namespace weir {
namespace {

constexpr std::size_t readAtOnce = 256;
constexpr Duration lookAround = 200ms; // how late a copy may expire when nothing comes

struct Arrival {
    SimTime at;
    zmq::message_t topic; // empty: none
    zmq::message_t event;
    std::size_t bytes() const { return topic.size() + event.size(); }
};

std::string_view view(const zmq::message_t& message) {
    return {static_cast<const char*>(message.data()), message.size()};
}

} // namespace

class Tap::Watch {
  public:
    explicit Watch(const Options& options)
        : m_messages(std::make_shared<StoredMessages>(m_catalogue, options.stored)),
          m_recorder(m_catalogue, {.recordsMax = options.recordsMax}),
          m_inference(m_catalogue, m_recorder, *m_messages, options.inference),
          m_inbox({.itemsMax = options.inboxMax, .bytesMax = options.inboxBytesMax}) {}

    ~Watch() {
        m_stopping = true;
        for (Reader& reader : m_readers)
            reader.signal.raise();
        m_inbox.interrupt();
        for (Reader& reader : m_readers)
            if (reader.thread.joinable())
                reader.thread.join();
        if (m_thread.joinable())
            m_thread.join();
    }

    void connect(const std::string& endpoint, Errors& errors) {
        Reader& reader = m_readers.emplace_back(m_context);
        reader.endpoint = endpoint;
        const std::string monitor = "inproc://monitor-" + std::to_string(m_readers.size());
        try {
            reader.socket.set(zmq::sockopt::linger, 0);
            // The inbox is what bounds and counts; the socket only bridges the moments between two looks.
            reader.socket.set(zmq::sockopt::rcvhwm, 100'000);
            reader.socket.set(zmq::sockopt::reconnect_ivl, 100);
            reader.socket.set(zmq::sockopt::reconnect_ivl_max, 2'000);
            reader.socket.set(zmq::sockopt::subscribe, "");
            zmq_socket_monitor(reader.socket.handle(), monitor.c_str(),
                               ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED);
            reader.monitor.set(zmq::sockopt::linger, 0);
            reader.monitor.connect(monitor);
            reader.socket.connect(endpoint);
        } catch (const zmq::error_t& problem) {
            errors.push_back({endpoint, "needs a ZeroMQ endpoint such as tcp://127.0.0.1:5556", problem.what()});
        }
    }

    void start() {
        for (Reader& reader : m_readers)
            reader.thread = std::thread([this, &reader] { read(reader); });
        m_thread = std::thread([this] { record(); });
    }

    std::shared_ptr<const RecordStore> store() const { return m_recorder.store(); }
    std::shared_ptr<const Catalogue> catalogue() const { return m_catalogue; }
    std::shared_ptr<const MessageSource> messages() const { return m_messages; }
    std::vector<EndpointStatus> status() const {
        std::vector<EndpointStatus> all;
        for (const Reader& reader : m_readers)
            all.push_back({.endpoint = reader.endpoint,
                           .connected = reader.connected,
                           .connections = reader.connections,
                           .received = reader.received,
                           .dropped = reader.dropped});
        return all;
    }
    std::uint64_t observed() const { return m_observed; }
    std::uint64_t refused() const { return m_refused; }
    std::uint64_t dropped() const {
        std::uint64_t sum = 0;
        for (const Reader& reader : m_readers)
            sum += reader.dropped;
        return sum;
    }
    SimTime now() const {
        return SimTime{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - m_start)};
    }
    template <class Condition> bool waitUntil(Duration timeout, const Condition& condition) {
        std::unique_lock lock(m_progressMutex);
        return m_progress.wait_for(lock, timeout, condition);
    }

  private:
    struct Reader {
        explicit Reader(zmq::context_t& context)
            : socket(context, zmq::socket_type::sub), monitor(context, zmq::socket_type::pair) {}
        std::string endpoint;
        zmq::socket_t socket;
        zmq::socket_t monitor;
        WakeSignal signal; // to stop
        std::atomic<bool> connected = false;
        std::atomic<std::uint64_t> connections = 0, received = 0, dropped = 0;
        std::thread thread;
    };

    void tellProgress() {
        // Taken for a moment, so that nobody misses it between looking and waiting.
        { const std::lock_guard lock(m_progressMutex); }
        m_progress.notify_all();
    }

    void read(Reader& reader) {
        std::array<zmq::pollitem_t, 3> items{{{reader.socket.handle(), 0, ZMQ_POLLIN, 0},
                                              {reader.monitor.handle(), 0, ZMQ_POLLIN, 0},
                                              {nullptr, reader.signal.descriptor(), ZMQ_POLLIN, 0}}};
        std::vector<Arrival> some;
        while (!m_stopping) {
            try {
                zmq::poll(items.data(), items.size(), std::chrono::milliseconds(1000));
                if (items[1].revents & ZMQ_POLLIN)
                    hear(reader);
                if ((items[0].revents & ZMQ_POLLIN) == 0)
                    continue;
                while (some.size() < readAtOnce && receive(reader.socket, some)) {
                }
            } catch (const zmq::error_t&) {
                continue; // interrupted by a signal; what was read so far follows with the next
            }
            const SimTime at = now();
            for (Arrival& arrival : some)
                arrival.at = at;
            reader.received += some.size();
            if (const std::size_t dropped = m_inbox.put(some); dropped > 0) {
                reader.dropped += dropped;
                tellProgress();
            }
        }
    }

    static bool receive(zmq::socket_t& socket, std::vector<Arrival>& into) {
        Arrival arrival;
        if (!socket.recv(arrival.event, zmq::recv_flags::dontwait))
            return false;
        // The first of several frames is the topic, the last one the event; what lies between is not looked at.
        if (arrival.event.more())
            arrival.topic.swap(arrival.event);
        for (bool more = arrival.topic.more(); more; more = arrival.event.more())
            (void)socket.recv(arrival.event, zmq::recv_flags::none);
        into.push_back(std::move(arrival));
        return true;
    }

    void hear(Reader& reader) {
        zmq::message_t event;
        zmq::message_t address;
        while (reader.monitor.recv(event, zmq::recv_flags::dontwait)) {
            std::uint16_t what = 0;
            if (event.size() >= sizeof what)
                std::memcpy(&what, event.data(), sizeof what);
            if (event.more())
                (void)reader.monitor.recv(address, zmq::recv_flags::none);
            reader.connected = what == ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
            if (what == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
                ++reader.connections;
        }
        tellProgress();
    }

    void record() {
        std::vector<Arrival> some;
        while (!m_stopping) {
            m_inbox.take(some, lookAround);
            for (const Arrival& arrival : some)
                m_inference.observe(view(arrival.topic), view(arrival.event), arrival.at);
            if (some.empty())
                m_inference.advance(now());
            m_refused = m_inference.refused();
            m_observed = m_inference.observed();
            tellProgress();
        }
    }

    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::shared_ptr<Catalogue> m_catalogue = std::make_shared<Catalogue>();
    std::shared_ptr<StoredMessages> m_messages;
    Recorder m_recorder;
    FlowInference m_inference;
    Inbox<Arrival> m_inbox;
    zmq::context_t m_context;
    std::deque<Reader> m_readers;
    std::atomic<bool> m_stopping = false;
    std::atomic<std::uint64_t> m_observed = 0, m_refused = 0;
    std::mutex m_progressMutex;
    std::condition_variable m_progress;
    std::thread m_thread;
};

Result<std::unique_ptr<Tap>, Errors> Tap::open(const std::vector<std::string>& endpoints, Options options) {
    Errors errors;
    if (endpoints.empty())
        errors.push_back({"", "needs an endpoint such as tcp://127.0.0.1:5556", ""});
    auto watch = std::make_unique<Watch>(options);
    for (const std::string& endpoint : endpoints)
        watch->connect(endpoint, errors);
    if (!errors.empty())
        return errors;
    watch->start();
    return std::unique_ptr<Tap>(new Tap(std::move(watch)));
}

Result<std::unique_ptr<Tap>, Errors> Tap::open(const std::vector<std::string>& endpoints) {
    return open(endpoints, {});
}

Tap::Tap(std::unique_ptr<Watch> watch) : m_watch(std::move(watch)) {}
Tap::~Tap() = default;

std::shared_ptr<const RecordStore> Tap::store() const {
    return m_watch->store();
}
std::shared_ptr<const Catalogue> Tap::catalogue() const {
    return m_watch->catalogue();
}
std::shared_ptr<const MessageSource> Tap::messages() const {
    return m_watch->messages();
}
std::vector<Tap::EndpointStatus> Tap::status() const {
    return m_watch->status();
}
std::uint64_t Tap::observed() const {
    return m_watch->observed();
}
std::uint64_t Tap::refused() const {
    return m_watch->refused();
}
std::uint64_t Tap::dropped() const {
    return m_watch->dropped();
}
SimTime Tap::now() const {
    return m_watch->now();
}
bool Tap::waitFor(std::uint64_t observedOrDropped, Duration timeout) const {
    return m_watch->waitUntil(timeout, [&] { return m_watch->observed() + m_watch->dropped() >= observedOrDropped; });
}
bool Tap::waitForConnections(Duration timeout) const {
    return m_watch->waitUntil(timeout, [&] {
        const std::vector<EndpointStatus> all = m_watch->status();
        return std::all_of(all.begin(), all.end(), [](const EndpointStatus& one) { return one.connected; });
    });
}

} // namespace weir

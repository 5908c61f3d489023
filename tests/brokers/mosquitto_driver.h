// MosquittoServer and MosquittoDriver: the steps of an experiment, done by a real mosquitto through its own client
// library. Each queue is a client with a lasting session: known to the broker from the beginning, subscribed to what
// the queue is bound to, and subscribing again whenever it comes back, as clients do. It acks what it receives at once.
#pragma once

#include "brokers/real_driver.h"
#include "brokers/server_process.h"

#include <mosquitto.h>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace weir {

class MosquittoServer {
  public:
    static constexpr std::int64_t queuedMax = 5; // for a client that is away

    static bool isInstalled() { return programNamed("mosquitto").has_value(); }
    bool start();
    std::uint16_t port() const { return m_port; }
    std::string log() const { return m_server.log(); }

  private:
    ServerProcess m_server;
    std::uint16_t m_port = 0;
};

class MosquittoClient {
  public:
    // A lasting one has a session that the broker keeps while it is away.
    MosquittoClient(const std::string& name, bool lasting);
    ~MosquittoClient();
    MosquittoClient(const MosquittoClient&) = delete;
    MosquittoClient& operator=(const MosquittoClient&) = delete;

    void leaveWill(const std::string& topic, const std::string& text, bool retain); // before it connects
    void connect(std::uint16_t port);
    void subscribe(const std::string& filter);
    void publish(const std::string& topic, const std::string& text, bool retain);
    void disconnect();
    void lose();
    void receive(); // what has come, without waiting for more

    struct Received {
        std::string topic, text;
    };
    std::vector<Received> received;

  private:
    template <class Condition> void until(const char* doing, Condition holds);

    mosquitto* m_client;
    bool m_connected = false;
    int m_answered = 0; // the number of the latest request that was answered
};

class MosquittoDriver : public RealDriver {
  public:
    MosquittoDriver(std::uint16_t port, std::vector<ChannelSpec> channels);
    ~MosquittoDriver() override;

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override;
    void settle(const std::string&, Ordinal, Settlement) override {}
    void settleThrough(const std::string&, Ordinal, Settlement) override {}
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    MosquittoClient& clientOf(const std::string& queue);
    void receive() override;

    std::uint16_t m_port;
    MosquittoClient m_producer;
    std::map<std::string, std::unique_ptr<MosquittoClient>> m_clients; // by queue
    std::map<std::string, std::string> m_queues;                       // of the consumers
    Ordinal m_empty = 0;                                               // the latest message without content
    std::set<std::string> m_retained;                                  // topics
};

} // namespace weir

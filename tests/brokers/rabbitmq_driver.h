// RabbitmqServer and RabbitmqDriver: the steps of an experiment, done by a real RabbitMQ through librabbitmq. Each
// consumer has a connection of its own, so that it can lose it. What the channels' fields say becomes arguments of
// queues and exchanges; all of them are deleted when the driver goes.
#pragma once

#include "brokers/real_driver.h"
#include "brokers/server_process.h"

#include <amqp.h>

#include <map>
#include <memory>
#include <string>

namespace weir {

class RabbitmqServer {
  public:
    static bool isInstalled();
    // False where it did not come up; the log says why.
    bool start();
    std::uint16_t port() const { return m_port; }
    std::string log() const { return m_server.log(); }

  private:
    ServerProcess m_names, m_server; // Erlang's name server, and the broker
    std::uint16_t m_port = 0;
};

class RabbitmqDriver : public RealDriver {
  public:
    RabbitmqDriver(std::uint16_t port, std::vector<ChannelSpec> channels);
    ~RabbitmqDriver() override;

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override;
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    class Connection {
      public:
        explicit Connection(std::uint16_t port);
        ~Connection();
        Connection(const Connection&) = delete;
        Connection& operator=(const Connection&) = delete;
        operator amqp_connection_state_t() const { return m_state; }
        // What a broker refuses here is a mistake of the test's.
        void check(const char* doing) const; // the latest call
        static void check(const amqp_rpc_reply_t& reply, const char* doing);
        void lose();

      private:
        amqp_connection_state_t m_state;
    };
    struct Consumer {
        std::unique_ptr<Connection> connection;
        std::string from;
        std::map<Ordinal, std::uint64_t> unsettled; // delivery tags
    };
    struct Depth {
        std::size_t ready = 0, consumers = 0;
    };

    void declare(const ChannelSpec& channel);
    void bind(const ChannelSpec& channel);
    Depth depthOf(const std::string& queue);
    void settle(const std::string& consumer, Ordinal message, Settlement how, bool before);
    Seen seen(const std::string& consumer, amqp_bytes_t key, bool redelivered, const amqp_message_t& message) const;
    void receive() override;

    std::uint16_t m_port;
    Connection m_producer;
    std::unique_ptr<Connection> m_inspector; // null: not now
    std::map<std::string, Consumer> m_consumers;
};

} // namespace weir

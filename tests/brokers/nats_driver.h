// NatsServer, NatsDriver and JetStreamDriver: the steps of an experiment, done by a real nats-server through its C
// client. Core NATS: each binding of a queue is a subject, its consumers are a queue group. JetStream: each queue or
// stream is a stream with one durable pull consumer, from which all its consumers fetch.
#pragma once

#include "brokers/real_driver.h"
#include "brokers/server_process.h"

#include <nats/nats.h>

#include <map>
#include <memory>
#include <string>

namespace weir {

class NatsServer {
  public:
    static bool isInstalled() { return programNamed("nats-server").has_value(); }
    bool start();
    std::string url() const { return "nats://127.0.0.1:" + std::to_string(m_port); }
    std::string log() const { return m_server.log(); }

  private:
    ServerProcess m_server;
    std::uint16_t m_port = 0;
};

struct NatsEnd {
    void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
    void operator()(natsSubscription* subscription) const { natsSubscription_Destroy(subscription); }
    void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
    void operator()(jsCtx* context) const { jsCtx_Destroy(context); }
};
template <class Type> using NatsOwned = std::unique_ptr<Type, NatsEnd>;

class NatsDriver : public RealDriver {
  public:
    NatsDriver(const std::string& url, std::vector<ChannelSpec> channels);

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override { retire(consumer); } // nothing comes back, so both are the same
    void settle(const std::string&, Ordinal, Settlement) override {}
    void settleThrough(const std::string&, Ordinal, Settlement) override {}
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    struct Consumer {
        NatsOwned<natsConnection> connection;
        std::vector<NatsOwned<natsSubscription>> subscriptions;
    };
    void receive() override;

    std::string m_url;
    NatsOwned<natsConnection> m_producer;
    std::map<std::string, Consumer> m_consumers;
};

class JetStreamDriver : public RealDriver {
  public:
    JetStreamDriver(const std::string& url, std::vector<ChannelSpec> channels);
    ~JetStreamDriver() override;

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override;
    // Handed back: NAK; rejected: TERM.
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    void ackLate(const std::string& consumer, Ordinal message) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    struct Consumer {
        NatsOwned<natsConnection> connection;
        NatsOwned<jsCtx> context;
        std::map<std::string, NatsOwned<natsSubscription>> fetches; // by stream
        std::map<Ordinal, NatsOwned<natsMsg>> first, latest;        // deliveries
        int batch = 1;
    };
    void declare(const ChannelSpec& channel);
    Consumer& consumer(const std::string& name, const std::string& from);
    std::vector<Seen> fetch(const std::string& name, natsSubscription* from, int most, std::int64_t milliseconds);
    void receive() override;

    std::string m_url;
    NatsOwned<natsConnection> m_producer;
    NatsOwned<jsCtx> m_context;
    std::map<std::string, Consumer> m_consumers;
    Duration m_nakDelay{}; // of what is handed back
};

} // namespace weir

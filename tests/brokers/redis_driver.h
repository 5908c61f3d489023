// RedisPubSubDriver and RedisStreamsDriver: the steps of an experiment, done by a real Redis through
// hiredis. Pub/Sub: each binding of a queue is a pattern that its consumer subscribes to. Streams: each queue or stream
// is a stream with one group, in which consumers read; what has been idle for the ack timeout they claim before they
// read on.
#pragma once

#include "brokers/real_driver.h"
#include "brokers/redis_server.h"

#include <hiredis/hiredis.h>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace weir {

struct RedisEnd {
    void operator()(redisContext* context) const { redisFree(context); }
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using RedisReply = std::unique_ptr<redisReply, RedisEnd>;

class RedisConnection {
  public:
    explicit RedisConnection(std::uint16_t port);
    RedisReply call(const std::vector<std::string>& words);
    void send(const std::vector<std::string>& words);
    RedisReply arrived(); // without waiting; null: nothing

  private:
    std::unique_ptr<redisContext, RedisEnd> m_context;
};

class RedisPubSubDriver : public RealDriver {
  public:
    RedisPubSubDriver(std::uint16_t port, std::vector<ChannelSpec> channels);

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override { retire(consumer); } // nothing comes back, so both are the same
    void settle(const std::string&, Ordinal, Settlement) override {}
    void settleThrough(const std::string&, Ordinal, Settlement) override {}
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    void receive() override;

    std::uint16_t m_port;
    RedisConnection m_producer;
    std::map<std::string, RedisConnection> m_consumers;
};

class RedisStreamsDriver : public RealDriver {
  public:
    RedisStreamsDriver(std::uint16_t port, std::vector<ChannelSpec> channels);
    ~RedisStreamsDriver() override;

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override { retire(consumer); } // the server knows no connection by its name
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    // An entry is acked by its id, whatever its deliveries.
    void ackLate(const std::string& consumer, Ordinal message) override { settle(consumer, message, Settlement::ack); }
    void wait(Duration time) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;
    void goBack(const std::string& stream, Ordinal message) override;

  private:
    struct Consumer {
        std::string from;
        std::uint32_t prefetch = 1;
        std::set<Ordinal> unsettled;
        bool reading = true;
    };
    std::vector<Seen> read(const std::string& name, std::size_t most);
    void note(const std::string& name, const redisReply& entries, std::vector<Seen>& all);
    void receive() override;

    RedisConnection m_connection;
    std::map<Ordinal, std::string> m_ids; // of its entry
    std::map<std::string, Consumer> m_consumers;
};

} // namespace weir

// BullmqDriver: the steps of an experiment, done by BullMQ in a node process on a real Redis. A queue's consumers are
// workers with its prefetch as concurrency; what is taken by itself is taken by a worker that renews no lock. A job of
// priority p in a queue of n priorities has BullMQ's n - p, of which 0 is none.
#pragma once

#include "brokers/node_process.h"
#include "brokers/real_driver.h"

namespace weir {

class BullmqDriver : public RealDriver {
  public:
    BullmqDriver(std::uint16_t redisPort, std::vector<ChannelSpec> channels);

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override;
    // Rejected: an unrecoverable error.
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;
    void redrive(const std::string& queue) override;
    void pause(const std::string& queue) override;
    void resume(const std::string& queue) override;

    // For what only BullMQ has.
    Value call(const std::string& step, Value::Table with) { return m_node.call(step, std::move(with)); }

  private:
    void receive() override;

    NodeProcess m_node;
};

} // namespace weir

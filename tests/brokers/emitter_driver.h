// EmitterDriver: the steps of an experiment, done by a real EventEmitter2. A queue's bindings are patterns that its
// consumers listen to, for ever or so many times (many); a consumer that fails throws.
#pragma once

#include "brokers/node_process.h"
#include "brokers/real_driver.h"

namespace weir {

class EmitterDriver : public RealDriver {
  public:
    explicit EmitterDriver(std::vector<ChannelSpec> channels, Value::Table options = {});

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override { retire(consumer); } // an emitter has no connections
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    void receive() override;

    NodeProcess m_node;
};

} // namespace weir

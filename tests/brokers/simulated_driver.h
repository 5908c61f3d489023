// SimulatedDriver: the steps of an experiment, done by Weir's own broker.
#pragma once

#include "brokers/broker_driver.h"

#include <map>
#include <set>

namespace weir {

class SimulatedDriver : public BrokerDriver {
  public:
    explicit SimulatedDriver(std::vector<ChannelSpec> channels);

    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override;
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    void ackLate(const std::string& consumer, Ordinal message) override;
    void wait(Duration time) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::vector<Seen> given(std::size_t expected) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;
    void redrive(const std::string& queue) override;
    void goBack(const std::string& stream, Ordinal message) override;
    void pause(const std::string& queue) override;
    void resume(const std::string& queue) override;

  private:
    Seen seen(const BrokerBench::Delivery& delivery) const;
    void settleDues();
    std::string answerTo(std::uint64_t publish) const;
    std::string nameOf(ConsumerId consumer) const;

    BrokerBench m_bench;
    Duration m_now{};
    std::map<std::string, ConsumerId> m_consumers;
    std::map<std::string, std::string> m_queues; // by consumer
    std::vector<ConsumerId> m_takers;
    std::map<std::string, BenchConsumer> m_terms; // by consumer
    std::set<std::string> m_streams;              // each read by a group of its name
    std::set<std::string> m_inTurn;               // exchanges that serve one queue after the other
    std::size_t m_told = 0, m_worked = 0;         // deliveries
    std::uint64_t m_published = 0;
};

} // namespace weir

// Trial: an experiment on two brokers side by side, step by step the same: the simulated one goes first, the real one
// gets the time to show as much. Both write down what they showed, and the two texts are compared at the end. After the
// first difference nothing more is done.
#pragma once

#include "brokers/broker_driver.h"

#include <functional>
#include <string>
#include <vector>

namespace weir {

class Trial {
  public:
    // What is told of a delivery beside the message and whether it is a redelivery ("3R").
    struct Telling {
        bool counts = false;   // "3#2": the second delivery of message 3
        bool keys = false;     // "3:order.created"
        bool deaths = false;   // "3[q rejected x1]"
        bool together = false; // by message, and not to whom it went
        bool inOrder = false;  // in one line over all consumers, where the system lets see how they lie to each other
    };

    Trial(BrokerDriver& simulated, BrokerDriver& real) : m_simulated(simulated), m_real(real) {}
    void tell(Telling telling) { m_telling = telling; }

    void publish(const std::string& channel, const BenchMessage& what = {});
    void publishSome(int count, const std::string& channel);
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms = {});
    void retire(const std::string& consumer);
    void crash(const std::string& consumer);
    void settle(const std::string& consumer, Ordinal message, Settlement how);
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how);
    void ackLate(const std::string& consumer, Ordinal message);
    void wait(Duration time);
    void redrive(const std::string& queue);
    void goBack(const std::string& stream, Ordinal message);
    void pause(const std::string& queue);
    void resume(const std::string& queue);

    // Observations. They answer with what the simulated broker showed, for the steps that follow.
    std::vector<Seen> given();
    std::optional<Seen> take(const std::string& from);
    void drain(const std::string& from); // by take and ack, until there is nothing
    void ready(const std::string& queue);
    // What consumers are given they ack or hand back as `how` says, until nothing more comes or `times` is reached.
    void answer(const std::function<Settlement(const Seen&)>& how, int times = 100);

    const std::string& simulated() const { return m_texts.simulated; }
    const std::string& real() const { return m_texts.real; }
    bool agrees() const { return m_texts.simulated == m_texts.real; }

  private:
    struct Texts {
        std::string simulated, real;
    };
    template <class Step> void both(Step step);
    std::string text(const Seen& seen) const;
    std::string text(const std::vector<Seen>& all) const;
    void note(const std::string& what, const std::string& simulated, const std::string& real);

    BrokerDriver& m_simulated;
    BrokerDriver& m_real;
    Telling m_telling;
    Texts m_texts;
};

} // namespace weir

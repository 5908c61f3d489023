// ZeromqDriver: the steps of an experiment, done by real ZeroMQ sockets in this process. A queue that is bound to a
// topic is one subscriber (SUB) of the topic's publisher for each of its consumers, its patterns are prefixes; any
// other queue is a pusher (PUSH), and its consumers pull from it. A consumer's pipe has room for as many messages as it
// has credit.
#pragma once

#include "brokers/real_driver.h"

#include <zmq.hpp>

#include <deque>
#include <map>
#include <string>

namespace weir {

class ZeromqDriver : public RealDriver {
  public:
    explicit ZeromqDriver(std::vector<ChannelSpec> channels);

    // Where there is no room, "nack": the message waits, and goes out as soon as there is room.
    std::string publish(const std::string& channel, const BenchMessage& what) override;
    void attach(const std::string& consumer, const std::string& from, const BenchConsumer& terms) override;
    void retire(const std::string& consumer) override;
    void crash(const std::string& consumer) override { retire(consumer); } // it is gone, one way or the other
    // Receiving is all; what waited for the room may follow now.
    void settle(const std::string& consumer, Ordinal message, Settlement how) override;
    void settleThrough(const std::string& consumer, Ordinal message, Settlement how) override;
    std::optional<Seen> take(const std::string& from, bool certain) override;
    std::size_t ready(const std::string& queue, std::size_t expected) override;

  private:
    struct Outgoing {
        std::string key;
        Ordinal message = 0;
    };
    struct Producer {
        zmq::socket_t socket;
        std::deque<Outgoing> waiting;
    };
    struct Consumer {
        zmq::socket_t socket;
        std::string endpoint;
    };
    void receive() override;
    Producer& producerOf(const std::string& channel);
    static void notice(zmq::socket_t& socket);
    static bool send(zmq::socket_t& socket, const Outgoing& what);
    static void sendWaiting(Producer& producer);

    zmq::context_t m_context;
    std::map<std::string, Producer> m_producers; // by channel
    std::map<std::string, Consumer> m_consumers; // by name
};

} // namespace weir

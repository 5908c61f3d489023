// The live broker beside ZeroMQ inproc in one run, because absolute figures drift with the machine: one producer, one
// consumer; message by message and in batches; one producer and three consumers; latency at 10,000 messages a second.
// The broker routes, records and gets an ack for each message; ZeroMQ does none of that.
// Usage: bench_live [ROUNDS] (5)
#include "core/live/live_broker.h"

#include <zmq.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

using namespace weir;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::size_t messages = 1'000'000;
constexpr std::size_t batch = 64;
const std::string payload(100, 'x');

double since(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

Scenario fanOut(std::size_t queues) {
    Scenario scenario;
    ChannelSpec exchange;
    exchange.name = "all";
    exchange.kind = ChannelKind::exchange;
    exchange.exchangeType = ExchangeType::fanout;
    scenario.channels.push_back(exchange);
    for (std::size_t i = 0; i < queues; ++i) {
        ChannelSpec queue;
        queue.name = "queue-" + std::to_string(i);
        queue.bindings.push_back({"all", ""});
        // Room for a while, then the producer waits: ZeroMQ's high water mark does the same.
        queue.capacity = 10'000;
        queue.overflow = Overflow::block;
        scenario.channels.push_back(queue);
    }
    return scenario;
}

struct Shape {
    std::size_t consumers = 1;
    std::size_t atATime = 1;
    std::uint32_t ackBatch = 1;
};

// Messages a second from the first publish to the last ack.
double weirRate(const Shape& shape) {
    const auto broker = LiveBroker::open(fanOut(shape.consumers), {}).value();
    const OutletId outlet =
        broker->outlet({.service = "producer", .channel = shape.consumers == 1 ? "queue-0" : "all", .type = "event"})
            .value();
    std::vector<std::thread> consumers;
    for (std::size_t i = 0; i < shape.consumers; ++i) {
        std::shared_ptr<LiveConsumer> consumer = broker
                                                     ->subscribe({.service = "consumer-" + std::to_string(i),
                                                                  .channel = "queue-" + std::to_string(i),
                                                                  .prefetch = 1024,
                                                                  .ackBatch = shape.ackBatch})
                                                     .value();
        consumers.emplace_back([consumer, atATime = shape.atATime] {
            std::size_t seen = 0;
            if (atATime == 1) {
                while (seen < messages) {
                    consumer->ack(*consumer->receive(Duration::max()));
                    ++seen;
                }
                consumer->flush();
                return;
            }
            std::vector<Delivery> some;
            while (seen < messages) {
                consumer->receive(some, 256, Duration::max());
                seen += some.size();
                consumer->ack(std::span<const Delivery>(some));
            }
        });
    }
    const auto start = Steady::now();
    std::vector<Publication> some;
    for (std::size_t i = 0; i < messages; ++i) {
        Publication one{.outlet = outlet, .content = LiveContent::ofData(payload)};
        if (shape.atATime == 1) {
            broker->publish(one);
            continue;
        }
        some.push_back(std::move(one));
        if (some.size() == shape.atATime || i + 1 == messages) {
            broker->publish(some);
            some.clear();
        }
    }
    for (std::thread& consumer : consumers)
        consumer.join();
    const double rate = messages / since(start);
    const Ledger ledger = broker->picture().ledger();
    if (!ledger.closed() || ledger.copies.acked != static_cast<std::int64_t>(messages * shape.consumers)) {
        std::fprintf(stderr, "not all was acked\n");
        std::exit(1);
    }
    return rate;
}

double zeromqRate(std::size_t consumerCount) {
    zmq::context_t context(0);
    zmq::socket_t sender(context, consumerCount == 1 ? zmq::socket_type::push : zmq::socket_type::pub);
    // PUB drops what does not fit, so there all must fit.
    const int room = consumerCount == 1 ? 10'000 : 0;
    sender.set(zmq::sockopt::sndhwm, room);
    sender.bind("inproc://bench");
    std::vector<std::thread> consumers;
    for (std::size_t i = 0; i < consumerCount; ++i) {
        auto socket = std::make_shared<zmq::socket_t>(context, consumerCount == 1 ? zmq::socket_type::pull
                                                                                  : zmq::socket_type::sub);
        socket->set(zmq::sockopt::rcvhwm, room);
        if (consumerCount > 1)
            socket->set(zmq::sockopt::subscribe, "");
        socket->connect("inproc://bench");
        consumers.emplace_back([socket] {
            zmq::message_t message;
            for (std::size_t seen = 0; seen < messages; ++seen)
                (void)socket->recv(message);
        });
    }
    const auto start = Steady::now();
    for (std::size_t i = 0; i < messages; ++i) {
        zmq::message_t message(payload.data(), payload.size());
        sender.send(message, zmq::send_flags::none);
    }
    for (std::thread& consumer : consumers)
        consumer.join();
    return messages / since(start);
}

struct Latency {
    double p50 = 0, p99 = 0; // microseconds
};

Latency percentiles(std::vector<double>& seen) {
    std::sort(seen.begin(), seen.end());
    return {seen[seen.size() / 2], seen[seen.size() * 99 / 100]};
}

// 10,000 messages a second for a second; the producer sleeps in between, as a service would.
template <class Send> void paced(const Send& send) {
    auto next = Steady::now();
    for (std::size_t i = 0; i < 10'000; ++i) {
        std::this_thread::sleep_until(next);
        send(i);
        next += std::chrono::microseconds(100);
    }
}

Latency weirLatency() {
    const auto broker = LiveBroker::open(fanOut(1), {}).value();
    const OutletId outlet = broker->outlet({.service = "producer", .channel = "queue-0", .type = "event"}).value();
    const auto consumer = broker->subscribe({.service = "consumer", .channel = "queue-0"}).value();
    std::vector<Steady::time_point> sent(10'000);
    std::vector<double> seen;
    std::thread receiver([&] {
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const Delivery delivery = *consumer->receive(Duration::max());
            seen.push_back(since(sent[i]) * 1e6);
            consumer->ack(delivery);
        }
    });
    paced([&](std::size_t i) {
        sent[i] = Steady::now();
        broker->publish({.outlet = outlet, .content = LiveContent::ofData(payload)});
    });
    receiver.join();
    return percentiles(seen);
}

Latency zeromqLatency() {
    zmq::context_t context(0);
    zmq::socket_t push(context, zmq::socket_type::push);
    zmq::socket_t pull(context, zmq::socket_type::pull);
    push.bind("inproc://bench");
    pull.connect("inproc://bench");
    std::vector<Steady::time_point> sent(10'000);
    std::vector<double> seen;
    std::thread receiver([&] {
        zmq::message_t message;
        for (std::size_t i = 0; i < sent.size(); ++i) {
            (void)pull.recv(message);
            seen.push_back(since(sent[i]) * 1e6);
        }
    });
    paced([&](std::size_t i) {
        sent[i] = Steady::now();
        push.send(zmq::message_t(payload.data(), payload.size()), zmq::send_flags::none);
    });
    receiver.join();
    return percentiles(seen);
}

template <class Measure> double median(std::size_t rounds, const Measure& measure) {
    std::vector<double> seen;
    for (std::size_t i = 0; i < rounds; ++i)
        seen.push_back(measure());
    std::sort(seen.begin(), seen.end());
    return seen[seen.size() / 2];
}

void row(const char* name, double rate, double peer) {
    std::printf("%-52s %8.2f M/s %7.2f x\n", name, rate * 1e-6, rate / peer);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t rounds = argc > 1 ? static_cast<std::size_t>(std::max(1, std::atoi(argv[1]))) : 5;
    const double pushPull = median(rounds, [] { return zeromqRate(1); });
    row("ZeroMQ inproc PUSH/PULL", pushPull, pushPull);
    row("weir, message by message", median(rounds, [] { return weirRate({}); }), pushPull);
    row("weir, message by message, acks handed over by 64",
        median(rounds, [] { return weirRate({.ackBatch = batch}); }), pushPull);
    row("weir, in batches of 64", median(rounds, [] { return weirRate({.atATime = batch}); }), pushPull);
    const double fanOutPeer = median(rounds, [] { return zeromqRate(3); });
    row("ZeroMQ inproc PUB/SUB, 1 -> 3", fanOutPeer, fanOutPeer);
    row("weir fan-out, 1 -> 3, message by message",
        median(rounds, [] { return weirRate({.consumers = 3, .ackBatch = batch}); }), fanOutPeer);
    row("weir fan-out, 1 -> 3, in batches of 64",
        median(rounds, [] { return weirRate({.consumers = 3, .atATime = batch}); }), fanOutPeer);
    const Latency peer = zeromqLatency();
    const Latency own = weirLatency();
    std::printf("latency at 10,000/s, us: ZeroMQ p50 %.1f p99 %.1f, weir p50 %.1f p99 %.1f\n", peer.p50, peer.p99,
                own.p50, own.p99);
}

// The tap under load: a publisher over tcp on this machine, paced at a rate it must keep, or as fast as it goes; how
// much became records, and how much the inbox had to drop. Publisher, sockets and tap share the machine's processors.
// Usage: bench_tap
#include "core/live/tap.h"

#include <zmq.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

using namespace weir;
using Steady = std::chrono::steady_clock;

namespace {

// 875 bytes, of the kind that order flows send; ids differ, and every second event answers the one before.
std::string cloudEvent(std::size_t number) {
    const std::string id = std::to_string(1'000'000'000 + number);
    std::string event = R"({"specversion":"1.0","id":")" + id + R"(","source":"/services/)" +
                        (number % 2 == 0 ? "order-service" : "inventory-service") + R"(","type":")" +
                        (number % 2 == 0 ? "order.created" : "inventory.updated") +
                        R"(","time":"2026-01-01T00:00:00Z","datacontenttype":"application/json")";
    if (number % 2 == 1)
        event += R"(,"causationid":")" + std::to_string(1'000'000'000 + number - 1) + '"';
    event += R"(,"data":{"orderId":"ORD-)" + id + R"(","userId":"U-17","totalAmount":299.97,"items":[)";
    while (event.size() < 780)
        event += R"({"productId":"PROD-001","quantity":2,"price":99.99},)";
    event.back() = ']';
    event += R"(,"note":")";
    event.resize(872, 'x');
    return event + R"("}})";
}

void run(const char* name, double perSecond, const std::vector<std::string>& events) {
    constexpr std::size_t count = 1'000'000;
    zmq::context_t context;
    zmq::socket_t publisher(context, zmq::socket_type::xpub);
    publisher.set(zmq::sockopt::sndhwm, 0);
    publisher.bind("tcp://127.0.0.1:*");
    const auto tap = Tap::open({publisher.get(zmq::sockopt::last_endpoint)}).value();
    zmq::message_t subscription;
    (void)publisher.recv(subscription);
    const auto start = Steady::now();
    for (std::size_t i = 0; i < count; ++i) {
        if (perSecond > 0 && i % 100 == 0)
            std::this_thread::sleep_until(start +
                                          std::chrono::duration_cast<Steady::duration>(
                                              std::chrono::duration<double>(static_cast<double>(i) / perSecond)));
        publisher.send(zmq::buffer(events[i % events.size()]), zmq::send_flags::none);
    }
    const double sent = std::chrono::duration<double>(Steady::now() - start).count();
    tap->waitFor(count, std::chrono::seconds(60));
    const double seconds = std::chrono::duration<double>(Steady::now() - start).count();
    std::printf("%-44s sent %7.0f/s recorded %7.0f/s dropped %6.2f %%\n", name, count / sent,
                static_cast<double>(tap->observed()) / seconds, 100.0 * static_cast<double>(tap->dropped()) / count);
    std::fflush(stdout);
}

} // namespace

int main() {
    std::vector<std::string> events;
    for (std::size_t i = 0; i < 100'000; ++i)
        events.push_back(cloudEvent(i));
    const std::vector<std::string> opaque(1, std::string(200, 'x'));
    run("CloudEvents of 875 bytes at 300,000/s", 300'000, events);
    run("CloudEvents of 875 bytes, as fast as it goes", 0, events);
    run("opaque frames of 200 bytes at 500,000/s", 500'000, opaque);
    run("opaque frames of 200 bytes, as fast as it goes", 0, opaque);
}

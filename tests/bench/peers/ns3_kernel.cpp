// The kernel's reference workloads on ns-3: one line "workload scheduler nanoseconds" each. Hold drives the scheduler
// itself; M/M/1 goes through Simulator::Schedule, as a model of ns-3 does. Same draws as ours, so that the engines
// differ and not the random numbers.
#include "core/kernel/random.h"

// Not core-module.h, which is no C++20.
#include <ns3/object-factory.h>
#include <ns3/scheduler.h>
#include <ns3/simulator.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <deque>
#include <string>
#include <vector>

namespace {

// Processor time, so that what else the machine does counts for nobody.
double nanosecondsPer(std::clock_t since, double count) {
    return static_cast<double>(std::clock() - since) * (1e9 / CLOCKS_PER_SEC) / count;
}

double hold(const std::string& type, std::size_t pending) {
    const weir::Stream stream(1, "hold");
    std::vector<std::uint64_t> increments;
    for (std::uint64_t i = 0; i < 1 << 16; ++i)
        increments.push_back(static_cast<std::uint64_t>(-1e9 * std::log(stream.draw(i).uniform())));
    ns3::ObjectFactory factory(type);
    const ns3::Ptr<ns3::Scheduler> scheduler = factory.Create<ns3::Scheduler>();
    std::size_t next = 0;
    std::uint32_t uid = 0;
    const auto insert = [&](std::uint64_t now) {
        ns3::Scheduler::Event event{};
        event.key.m_ts = now + increments[next++ % increments.size()];
        event.key.m_uid = ++uid;
        scheduler->Insert(event);
    };
    for (std::size_t i = 0; i < pending; ++i)
        insert(0);
    const auto run = [&](std::size_t holds) {
        for (std::size_t i = 0; i < holds; ++i)
            insert(scheduler->RemoveNext().key.m_ts);
    };
    run(3 * pending);
    const std::size_t holds = 1'000'000;
    const std::clock_t start = std::clock();
    run(holds);
    return nanosecondsPer(start, static_cast<double>(holds));
}

class SingleServer {
  public:
    double run(const std::string& type, std::uint64_t customers) {
        m_customers = customers;
        ns3::ObjectFactory factory(type);
        ns3::Simulator::SetScheduler(factory);
        arrivalFollows();
        const std::clock_t start = std::clock();
        ns3::Simulator::Run();
        const double each = nanosecondsPer(start, 2.0 * static_cast<double>(customers));
        ns3::Simulator::Destroy();
        if (std::fabs(m_waited / 1e9 / static_cast<double>(customers) - 3.2) > 0.5)
            std::fprintf(stderr, "%s: the mean wait is wrong\n", type.c_str());
        return each;
    }

  private:
    void arrivalFollows() {
        if (m_arrived == m_customers)
            return;
        const double gap = -1e9 * std::log(m_arrivals.draw(++m_arrived).uniform());
        ns3::Simulator::Schedule(ns3::NanoSeconds(static_cast<std::uint64_t>(gap)), &SingleServer::arrive, this);
    }
    void arrive() {
        arrivalFollows();
        m_waiting.push_back(ns3::Simulator::Now().GetNanoSeconds());
        if (!m_busy)
            serve();
    }
    void serve() {
        m_busy = true;
        m_waited += static_cast<double>(ns3::Simulator::Now().GetNanoSeconds() - m_waiting.front());
        m_waiting.pop_front();
        const double time = -0.8e9 * std::log(m_services.draw(++m_served).uniform());
        ns3::Simulator::Schedule(ns3::NanoSeconds(static_cast<std::uint64_t>(time)), &SingleServer::depart, this);
    }
    void depart() {
        m_busy = false;
        if (!m_waiting.empty())
            serve();
    }

    weir::Stream m_arrivals{1, "arrivals"}, m_services{1, "services"};
    std::deque<std::int64_t> m_waiting;
    bool m_busy = false;
    std::uint64_t m_customers = 0, m_arrived = 0, m_served = 0;
    double m_waited = 0;
};

} // namespace

int main() {
    for (const char* name : {"PriorityQueue", "List", "Map", "Calendar", "Heap"}) {
        const std::string type = std::string("ns3::") + name + "Scheduler";
        std::printf("mm1 %s %.1f\n", name, SingleServer().run(type, 1'000'000));
        for (const std::size_t pending :
             {std::size_t{10}, std::size_t{1'000}, std::size_t{100'000}, std::size_t{1'000'000}}) {
            const bool hopeless = (name == std::string("List") && pending > 1'000) || name == std::string("Calendar");
            if (!hopeless)
                std::printf("hold/%zu %s %.1f\n", pending, name, hold(type, pending));
        }
    }
}

#include "support/random_parts.h"

#include "core/kernel/random.h"

#include <algorithm>
#include <string>
#include <vector>

namespace weir {
namespace {

class Parts {
  public:
    Parts(Scenario& scenario, std::uint64_t seed)
        : m_scenario(scenario), m_draw(Stream(seed, "test/scenario/parts").draw(0)) {}

    void add() {
        const bool outboxes = chance(0.6), archives = chance(0.6), clusters = chance(0.6);
        for (ServiceSpec& service : m_scenario.services)
            if (outboxes)
                addOutbox(service);
        if (archives)
            addArchives();
        if (clusters)
            addClusters();
    }

  private:
    std::uint64_t below(std::uint64_t bound) { return m_draw.below(bound); }
    bool chance(double probability) { return m_draw.happens(probability); }
    Duration milliseconds(std::uint64_t low, std::uint64_t high) {
        return Duration{static_cast<std::int64_t>((low + below(high - low + 1)) * 1'000'000)};
    }

    // What is in an outbox is published later, so it knows no transactions; without one a crash in between is a dual
    // write.
    void addOutbox(ServiceSpec& service) {
        if (chance(0.6)) {
            service.outbox = OutboxSpec{.every = chance(0.3) ? Duration::zero() : milliseconds(5, 100),
                                        .batch = 1 + static_cast<std::uint32_t>(below(20)),
                                        .marks = chance(0.5) ? Duration::zero() : milliseconds(1, 30)};
            for (HandlerSpec& handler : service.handlers)
                handler.transaction.reset();
        }
        for (HandlerSpec& handler : service.handlers) {
            if (chance(0.3))
                continue;
            service.state["book"]["events"] = Value(0);
            const Action count{AddAction{.table = "book", .key = "events", .by = Value(1)}};
            handler.then.insert(chance(0.5) ? handler.then.begin() : handler.then.end(), count);
            handler.fails.push_back({.how = FailureKind::crashBetween, .probability = 0.3 * m_draw.uniform()});
        }
    }

    void addArchives() {
        int replays = 0;
        for (ChannelSpec& exchange : m_scenario.channels) {
            if ((exchange.kind != ChannelKind::exchange && exchange.kind != ChannelKind::topic) || chance(0.2))
                continue;
            ArchiveSpec& archive = exchange.archive.emplace();
            if (chance(0.4))
                archive.pattern = Value(Value::Table{
                    {"type", Value(Value::List{m_scenario.events[below(m_scenario.events.size())].name})}});
            if (chance(0.4))
                archive.keep = milliseconds(20, 400);
            for (std::uint64_t more = 1 + below(2); more > 0; --more) {
                FaultSpec replay;
                replay.kind = FaultKind::replay;
                replay.channel = exchange.name;
                replay.name = "replay-" + std::to_string(++replays);
                replay.at = milliseconds(50, 900);
                replay.from = chance(0.5) ? Duration::zero() : milliseconds(0, 300);
                if (chance(0.4))
                    replay.until = replay.from + milliseconds(0, 300);
                for (const ChannelSpec& rule : m_scenario.channels)
                    if ((rule.kind == ChannelKind::queue || rule.kind == ChannelKind::stream) && chance(0.3) &&
                        std::any_of(rule.bindings.begin(), rule.bindings.end(),
                                    [&](const BindingSpec& binding) { return binding.to == exchange.name; }))
                        replay.rules.push_back(rule.name);
                m_scenario.faults.push_back(replay);
            }
        }
    }

    // Where there is one stream alone, it gets a namesake.
    void addClusters() {
        std::vector<std::size_t> streams;
        for (std::size_t i = 0; i < m_scenario.channels.size(); ++i)
            if (m_scenario.channels[i].kind == ChannelKind::stream)
                streams.push_back(i);
        if (streams.empty())
            return;
        if (streams.size() == 1) {
            ChannelSpec far = m_scenario.channels[streams.front()];
            far.name = "far-" + far.name;
            far.bindings.clear();
            if (chance(0.3))
                far.partitions = 1 + static_cast<std::uint32_t>(below(4));
            streams.push_back(m_scenario.channels.size());
            readToo(m_scenario.channels[streams.front()].name, far.name);
            m_scenario.channels.push_back(std::move(far));
        }
        for (const std::size_t from : streams)
            for (const std::size_t to : streams)
                if (from != to && chance(0.6))
                    m_scenario.channels[from].replicate.push_back(
                        {.to = m_scenario.channels[to].name,
                         .takes = chance(0.2) ? Duration::zero() : milliseconds(1, 60)});
    }

    void readToo(const std::string& near, const std::string& far) {
        for (ServiceSpec& service : m_scenario.services)
            for (std::size_t i = 0; i < service.handlers.size(); ++i)
                if (service.handlers[i].on == near) {
                    HandlerSpec handler = service.handlers[i];
                    handler.on = far;
                    service.handlers.push_back(std::move(handler));
                    return;
                }
    }

    Scenario& m_scenario;
    Draw m_draw;
};

} // namespace

Scenario withParts(Scenario scenario, std::uint64_t seed) {
    Parts(scenario, seed).add();
    return scenario;
}

} // namespace weir

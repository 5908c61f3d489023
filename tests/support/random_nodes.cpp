// A random scenario on broker nodes, with what goes wrong there; and one in another order.
#include "support/random_scenario.h"

#include "core/kernel/random.h"

#include <string>
#include <utility>
#include <vector>

namespace weir {

Scenario onNodes(Scenario scenario, std::uint64_t seed) {
    Draw draw = Stream(seed, "test/scenario/nodes").draw(0);
    const auto below = [&draw](std::uint64_t bound) { return draw.below(bound); };
    const auto milliseconds = [&](std::uint64_t low, std::uint64_t high) {
        return Duration{static_cast<std::int64_t>((low + below(high - low + 1)) * 1'000'000)};
    };
    const auto nodes = static_cast<std::uint32_t>(1 + below(5));
    for (std::uint32_t i = 0; i < nodes; ++i) {
        NodeSpec node;
        node.name = "node-" + std::to_string(i);
        node.write = draw.happens(0.3) ? milliseconds(0, 3) : Duration::zero();
        const std::optional<Duration> flushes[] = {std::nullopt, std::nullopt, 50ms, NodeSpec::systemFlush};
        node.flushEvery = flushes[below(4)];
        if (draw.happens(0.15))
            node.disk = Bytes{static_cast<std::int64_t>(100 + below(20'000))};
        scenario.nodes.push_back(node);
    }
    for (ChannelSpec& channel : scenario.channels) {
        if (channel.kind != ChannelKind::queue && channel.kind != ChannelKind::stream)
            continue;
        channel.replicas = 1 + static_cast<std::uint32_t>(below(nodes));
        channel.minInSync = 1 + static_cast<std::uint32_t>(below(channel.replicas));
        channel.commitRule = draw.happens(0.5) ? CommitRule::inSync : CommitRule::majority;
        channel.uncleanElection = channel.commitRule == CommitRule::inSync && draw.happens(0.2);
        if (draw.happens(0.3))
            channel.leader = scenario.nodes[below(nodes)].name;
        channel.election = milliseconds(0, 300);
        channel.lagMax = milliseconds(5, 400);
        channel.whenDiskFull = draw.happens(0.5) ? WhenDiskFull::block : WhenDiskFull::offline;
        if (draw.happens(0.2))
            channel.leaderReturns = milliseconds(0, 300);
    }
    const auto someNode = [&] { return scenario.nodes[below(nodes)].name; };
    const auto someService = [&] { return scenario.services[below(scenario.services.size())].name; };
    const auto strike = [&](FaultKind kind) {
        FaultSpec fault;
        fault.kind = kind;
        fault.at = milliseconds(10, 1800);
        if (draw.happens(0.9))
            fault.lasts = milliseconds(1, 900);
        fault.by = milliseconds(1, 200);
        return fault;
    };
    for (std::uint64_t more = below(4); more > 0; --more) {
        constexpr FaultKind kinds[] = {FaultKind::diskFull,  FaultKind::slowDisk,  FaultKind::rollingRestart,
                                       FaultKind::clockSkew, FaultKind::partition, FaultKind::partition,
                                       FaultKind::delay};
        FaultSpec fault = strike(kinds[below(std::size(kinds))]);
        if (fault.kind == FaultKind::partition) { // between nodes, or of a service and some of them
            std::vector<std::string> left{draw.happens(0.5) ? someNode() : someService()}, right;
            for (const NodeSpec& node : scenario.nodes)
                if (node.name != left.front() && draw.happens(0.6))
                    (draw.happens(0.3) ? left : right).push_back(node.name);
            if (right.empty())
                right.emplace_back(anyEnd);
            fault.sides = {left, right};
        } else if (fault.kind == FaultKind::delay) {
            fault.sides = {{someNode()}, {std::string(brokerEnd)}};
        } else {
            fault.node = someNode();
            fault.whenInSync = draw.happens(0.5);
            fault.pause = milliseconds(0, 100);
        }
        scenario.faults.push_back(fault);
    }
    for (std::uint64_t fault = below(5); fault > 0; --fault) {
        FaultSpec down = strike(draw.happens(0.7) ? FaultKind::nodeDown : FaultKind::powerOff);
        down.node = someNode();
        scenario.faults.push_back(down);
    }
    Draw waits = Stream(seed, "test/nodes/waits").draw(0);
    for (ServiceSpec& service : scenario.services)
        for (SourceSpec& source : service.sources)
            for (Action& action : source.then)
                if (auto* emit = std::get_if<EmitAction>(&action.what); emit && draw.happens(0.5)) {
                    constexpr Acks acks[] = {Acks::none, Acks::leader, Acks::all, Acks::all};
                    emit->half.reset();
                    emit->confirm = ConfirmSpec{.acks = acks[below(4)],
                                                .timeout = milliseconds(20, 200),
                                                .retries = static_cast<std::int64_t>(below(5)),
                                                .backoff = milliseconds(1, 20),
                                                .idempotent = draw.happens(0.3)};
                    emit->confirm->awaited = waits.happens(0.6);
                    if (waits.happens(0.2))
                        emit->confirm->window = 5;
                }
    return scenario;
}

Scenario shuffled(Scenario scenario, std::uint64_t seed) {
    Draw draw = Stream(seed, "test/shuffle").draw(0);
    const auto shuffle = [&draw](auto& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[draw.below(i)]);
    };
    shuffle(scenario.channels);
    shuffle(scenario.services);
    shuffle(scenario.events);
    return scenario;
}

} // namespace weir

// What the checkers of the invariants share. Each follows the records by itself and never asks the Picture or the
// broker for what they tell; a rule that a record breaks is said with the invariant's number, "I08: ...".
#pragma once

#include "core/record/catalogue.h"
#include "core/record/record.h"
#include "core/simulation/model.h"
#include "support/invariants/faults.h"
#include "support/invariants/leadership.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::invariants {

inline constexpr std::size_t count = 28; // I01 to I28

// The first rule that is broken; empty where none is. Constant texts.
using Broken = std::string_view;

// How often each invariant was put to the test, by its number: one that never was has not been checked.
class Exercised {
  public:
    void add(int invariant, std::uint64_t times = 1) { m_times[static_cast<std::size_t>(invariant)] += times; }
    void add(const Exercised& other) {
        for (std::size_t i = 0; i < m_times.size(); ++i)
            m_times[i] += other.m_times[i];
    }
    std::uint64_t of(int invariant) const { return m_times[static_cast<std::size_t>(invariant)]; }

  private:
    std::array<std::uint64_t, count + 1> m_times{};
};

struct Shared {
    const Model& model;
    Exercised& exercised;
    bool losing = false;    // a fault or command may lose copies
    bool commanded = false; // commands may do anything
    bool networked = false; // links may be cut or lose what goes over them: who is there the records do not tell
    Leadership leadership{*model.broker};

    bool strikes(FaultKind kind) const { return commanded || invariants::strikes(model, kind); }
    // By how much a clock is ahead; nothing: who knows.
    std::optional<Duration> aheadOf(ServiceId service, SimTime now) const {
        if (commanded)
            return std::nullopt;
        return aheadAt(model, now,
                       [service](const FaultPlan& fault) { return !fault.node.valid() && fault.service == service; });
    }
    std::optional<Duration> aheadOf(NodeId node, SimTime now) const {
        if (commanded)
            return std::nullopt;
        return aheadAt(model, now, [node](const FaultPlan& fault) { return node.valid() && fault.node == node; });
    }
    // What a queue does waits for its leader, and what a leader takes along is gone.
    bool onNodes() const { return !model.broker->nodes.empty(); }
    // Whether a queue has been served without a break since before then. That its leader is cut off no record tells.
    bool isSteady(ChannelId queue, SimTime since) const {
        return !onNodes() || (!strikes(FaultKind::partition) && leadership.isSteady(queue, since));
    }
    // Whether a disk may have no room.
    bool mayBeFull() const {
        const auto& nodes = model.scenario->nodes;
        return onNodes() &&
               (strikes(FaultKind::diskFull) ||
                std::any_of(nodes.begin(), nodes.end(), [](const NodeSpec& node) { return node.disk.has_value(); }));
    }
    // A queue of one replica whose node writes in no time holds what comes as soon as it comes.
    bool commitsAtOnce(const ChannelSpec& spec) const {
        const auto& nodes = model.scenario->nodes;
        return !onNodes() || (spec.replicas == 1 && !strikes(FaultKind::slowDisk) &&
                              std::all_of(nodes.begin(), nodes.end(),
                                          [](const NodeSpec& node) { return node.write == Duration::zero(); }));
    }
    const BrokerReasons& reasons() const { return model.broker->reasons; }
    const ChannelSpec& specOf(ChannelId channel) const { return model.broker->channels[channel.index()].spec; }
    const ChannelSpec& specOf(SubscriptionId id) const {
        return specOf(model.broker->subscriptions[id.index()].channel);
    }
    ChannelKind kindOf(std::int64_t channel) const {
        return model.broker->channels[static_cast<std::size_t>(channel)].kind;
    }
    // Whether a birth's `via` says that it was published just now: by its producer or by an exchange.
    bool published(std::int64_t via) const {
        return via < 0 || kindOf(via) == ChannelKind::exchange || kindOf(via) == ChannelKind::topic;
    }
};

inline std::uint64_t keyOf(Ordinal ordinal, SubscriptionId subscription) {
    return ordinal << 16U | subscription.value;
}

} // namespace weir::invariants

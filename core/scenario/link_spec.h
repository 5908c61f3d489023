// LinkSpec: the way between two ends, a service and the broker or one of its nodes, or two nodes: how long it takes and
// what does not come over it as it was sent. Sides: who is on which side of a cut, for faults on links.
#pragma once

#include "core/kernel/distribution.h"
#include "core/units.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// Ends are named like services and nodes; these two are no names: the broker, whichever node it is, and everything.
inline constexpr std::string_view brokerEnd = "broker";
inline constexpr std::string_view anyEnd = "*";

// What handing something over costs beside its way, by the protocol that the two ends speak.
struct AccessSpec {
    std::optional<Distribution> publish, delivery, ack; // of each one, seconds; ack: of answers to a publish, too
    std::uint32_t roundTrips = 0; // before each publish and each delivery, such as that of a connection that is opened
    Bytes overhead{};             // of each message, ack and answer, beside its content
};

struct LinkSpec {
    std::string one, other;
    std::optional<Distribution> latency; // of each hop, seconds; nothing: RunSpec::latency
    double loss = 0;          // share of what goes over it and never arrives, nor is sent again by the transport
    double duplicates = 0;    // share of publishes and deliveries that arrive twice
    double reorder = 0;       // share that is held back, so that what is sent later comes first
    Duration heartbeat = 10s; // without a word from the other end for so long the connection is given up
    AccessSpec access;
    std::optional<Bytes> bandwidth; // a second; nothing: what goes over it takes no time for its size

    // `node`: of the broker; a broker without nodes is called "broker".
    bool isBetween(std::string_view service, std::string_view node) const {
        return (names(one, service, false) && names(other, node, true)) ||
               (names(other, service, false) && names(one, node, true));
    }

    // Of these one is named; or it is between all of them.
    bool isBetweenNodes(std::string_view left, std::string_view right) const {
        const auto fits = [&](std::string_view named, std::string_view otherNode) {
            return (one == named && names(other, otherNode, true)) || (other == named && names(one, otherNode, true));
        };
        return fits(left, right) || fits(right, left) || (one == brokerEnd && other == brokerEnd);
    }

  private:
    static bool names(std::string_view end, std::string_view what, bool isNode) {
        return end == what || end == anyEnd || (isNode && end == brokerEnd);
    }
};

// By side, the ends that stand there. Who is on no side is reached from all of them.
using Sides = std::vector<std::vector<std::string>>;

// Where an end stands: by its own name; a node of the broker by "broker"; else with everything.
inline std::optional<std::size_t> sideOf(const Sides& sides, std::string_view end, bool isNode) {
    for (const std::string_view name : {end, isNode ? brokerEnd : end, anyEnd})
        for (std::size_t side = 0; side < sides.size(); ++side)
            if (std::find(sides[side].begin(), sides[side].end(), name) != sides[side].end())
                return side;
    return std::nullopt;
}

inline bool areNodesApart(const Sides& sides, std::string_view one, std::string_view other) {
    const std::optional<std::size_t> left = sideOf(sides, one, true);
    const std::optional<std::size_t> right = sideOf(sides, other, true);
    return left && right && *left != *right;
}

inline bool areApart(const Sides& sides, std::string_view service, std::string_view node) {
    const std::optional<std::size_t> left = sideOf(sides, service, false);
    const std::optional<std::size_t> right = sideOf(sides, node, true);
    return left && right && *left != *right;
}

} // namespace weir

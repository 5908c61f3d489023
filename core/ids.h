// Distinct integer handles: a channel's id cannot be passed where a service's is expected. Dense from 0, so they index
// vectors on the hot path. `none` marks absence.
#pragma once

#include <cstdint>
#include <functional> // std::hash, and <compare>
#include <limits>

namespace weir {

template <class Tag, class Number = std::uint32_t>
struct Id {
    Number value = std::numeric_limits<Number>::max();

    static constexpr Id none() { return {}; }
    constexpr bool valid() const { return value != std::numeric_limits<Number>::max(); }
    constexpr std::size_t index() const { return value; }
    constexpr auto operator<=>(const Id&) const = default;
};

using EventTypeId = Id<struct EventTypeTag, std::uint16_t>;
using ReasonId = Id<struct ReasonTag, std::uint16_t>;
using ChannelId = Id<struct ChannelTag, std::uint16_t>;
using SubscriptionId = Id<struct SubscriptionTag, std::uint16_t>;
using ServiceId = Id<struct ServiceTag, std::uint16_t>;
using NodeId = Id<struct NodeTag, std::uint16_t>; // of the broker
using PlaceId = Id<struct PlaceTag>;       // interned (channel, subscription, service, instance, partition, node)
using ConsumerId = Id<struct ConsumerTag>; // one member of a subscription: a handler on one instance of a service

// A message's number in the run, from 1; 0 means none.
using Ordinal = std::uint64_t;

} // namespace weir

template <class Tag, class Number>
struct std::hash<weir::Id<Tag, Number>> {
    std::size_t operator()(weir::Id<Tag, Number> id) const noexcept { return std::hash<Number>{}(id.value); }
};

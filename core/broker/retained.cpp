// Retained messages: the last one under each routing key that asked for it, kept for consumers that come later.
// Rules: OASIS MQTT 5.0, 3.3.1.3: a later one replaces it, an empty one clears it; a subscription that begins gets
// those that match, and none whose time to live is over since its publish (3.3.2.3.3). Here a subscription begins when
// its first consumer comes, or is back; a shared one is sent none (4.8.2).
#include "core/broker/broker.h"

#include <algorithm>

namespace weir {

void Broker::keep(const Publish& publish) {
    Message& message = m_messages[publish.message];
    const std::pair place(publish.channel, m_routes.key(message.routingKey));
    const auto drop = [this](MessageHandle handle) {
        const FamilyHandle family = m_messages[handle].family;
        dropReference(handle);
        dropFamily(family);
    };
    const auto known = m_retained.find(place);
    if (known != m_retained.end()) {
        drop(known->second);
        m_retained.erase(known);
    }
    if (message.size == 0)
        return;
    ++message.references;
    ++m_families[message.family].references;
    m_retained.emplace(place, publish.message);
}

void Broker::sendRetained(ConsumerId id, BrokerDoor& door) {
    const SubscriptionId subscription = m_consumers[id.index()].options.subscription;
    if (isStream(subscription)) // a log has it, and whoever comes back reads on in it
        return;
    const ChannelId to = m_plan->subscriptions[subscription.index()].channel;
    const auto& bindings = m_plan->channels[to.index()].spec.bindings;
    if (std::none_of(bindings.begin(), bindings.end(), [](const BindingSpec& binding) { return binding.retained; }))
        return;
    const auto& consumers = m_subscriptions[subscription.index()].consumers;
    if (!broadcasts(subscription) && std::any_of(consumers.begin(), consumers.end(), [&](ConsumerId other) {
            return other != id && m_consumers[other.index()].connected && !m_consumers[other.index()].retired;
        }))
        return;
    std::vector<std::pair<MessageHandle, ChannelId>> matching; // a birth may move what is kept
    for (const auto& [place, message] : m_retained) {
        if (door.now - m_messages[message].published >= m_messages[message].ttl)
            continue;
        const Routing routing = route(message, place.first, door);
        for (const RouteTarget& target : routing.targets())
            if (target.channel == to && target.via.valid())
                for (std::ptrdiff_t filter = filtersOf(target, place.second); filter > 0; --filter)
                    matching.emplace_back(message, target.via);
    }
    for (const auto& [message, via] : matching)
        enqueue(message,
                {.subscription = subscription,
                 .via = via,
                 .deaths = nullptr,
                 .reason = m_plan->reasons.retained,
                 .only = id},
                door);
}

// How many of the exchange's routes that lead there, for retained messages and not shared, the key matches: each
// subscription is sent its own (mosquitto 2.0.11), while of what is published now a client gets one.
std::ptrdiff_t Broker::filtersOf(const RouteTarget& target, std::string_view key) const {
    const auto& routes = m_plan->channels[target.via.index()].routes;
    return std::count_if(routes.begin(), routes.end(), [&](const Route& route) {
        return route.to == target.channel && route.retained && route.shared == Route::notShared &&
               (!route.pattern || route.pattern->matches(key));
    });
}

} // namespace weir

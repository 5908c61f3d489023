// The order in which an emitter calls its listeners (CopyOrder::specific). Of patterns and the order of listening only.
#pragma once

#include "core/broker/pattern.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace weir {

struct Listener {
    const Pattern* pattern = nullptr; // null: none
    bool prepended = false;           // it put itself before those of the same pattern
};

// Their places among `listeners`, which are in the order of listening.
std::vector<std::size_t> orderOf(std::span<const Listener> listeners);

template <class Route> void sortAsListeners(std::vector<Route>& routes) {
    std::vector<Listener> listeners;
    for (const Route& route : routes)
        listeners.push_back({route.pattern ? &*route.pattern : nullptr, route.prepended});
    std::vector<Route> sorted;
    for (const std::size_t place : orderOf(listeners))
        sorted.push_back(std::move(routes[place]));
    routes = std::move(sorted);
}

} // namespace weir

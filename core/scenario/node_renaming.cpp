#include "core/scenario/node_renaming.h"

#include "core/scenario/references.h"
#include "core/scenario/ties.h"

#include <algorithm>

namespace weir {
namespace {

// "orders/billing#2" after one of both parts has another name; empty where neither is concerned.
std::string ownQueueAfter(const Scenario& scenario, const ChannelSpec& queue, const std::string& node,
                          const std::string& newName) {
    const auto owner = ownerOf(scenario, queue.name);
    const std::string& exchange = queue.bindings.front().to;
    if (!owner || (owner->service != node && exchange != node))
        return {};
    const std::string number = queue.name.substr(exchange.size() + 1 + owner->service.size());
    return (exchange == node ? newName : exchange) + '/' + (owner->service == node ? newName : owner->service) + number;
}

} // namespace

std::vector<Edit> nodeRenaming(const Document& document, const Scenario& scenario, const std::string& node,
                               const std::string& newName) {
    const bool service = serviceOf(scenario, node) != nullptr;
    const ChannelSpec* channel = channelOf(scenario, node);
    if (!service && (!channel || channel->implicit))
        return {};
    std::vector<Edit> edits = renaming(
        document.value(), {service ? Element::Kind::service : Element::Kind::channel, node}, newName);
    const auto add = [&edits](Edit edit) {
        if (std::none_of(edits.begin(), edits.end(), [&](const Edit& known) { return known.pointer == edit.pointer; }))
            edits.push_back(std::move(edit));
    };
    for (const ChannelSpec& queue : scenario.channels)
        if (queue.implicit && within(document.value(), {"layout", queue.name}))
            if (std::string after = ownQueueAfter(scenario, queue, node, newName); !after.empty())
                add({pointerOf({"layout", queue.name}), std::nullopt, std::move(after)});
    for (const GroupSpec& group : scenario.groups) {
        const Value* members = within(document.value(), {"groups", group.name});
        for (std::size_t i = 0; members && members->list() && i < members->list()->size(); ++i)
            if (const std::string* name = (*members->list())[i].text(); name && *name == node)
                add({pointerOf({"groups", group.name, std::to_string(i)}), Value(newName), ""});
    }
    return edits;
}

} // namespace weir

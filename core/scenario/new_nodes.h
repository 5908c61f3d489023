// New nodes: what a service, a channel or an event type looks like that has just been made, and names that are free.
// As little as loads and runs: what is left out has the format's defaults.
#pragma once

#include "core/scenario/document.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

enum class NodeTemplate : std::uint8_t {
    service,
    source, // a service that emits by itself, once it is tied to a channel
    queue,
    topic,
    directExchange,
    fanoutExchange,
    stream,
    deadLetterQueue
};
inline constexpr NodeTemplate nodeTemplates[] = {
    NodeTemplate::service,        NodeTemplate::source,         NodeTemplate::queue,  NodeTemplate::topic,
    NodeTemplate::directExchange, NodeTemplate::fanoutExchange, NodeTemplate::stream, NodeTemplate::deadLetterQueue};

bool isService(NodeTemplate kind);
// "queue"; the first of "queue", "queue-2", "queue-3" ... that is free.
std::string freeName(NodeTemplate kind, const std::set<std::string>& taken);
std::string freeName(const std::string& wanted, const std::set<std::string>& taken);
// Of services, channels, handlers' own queues and groups: what a new node must not be called.
std::set<std::string> takenNames(const Scenario& scenario);
Value newNode(NodeTemplate kind);

Value positionValue(Point at); // in whole layout units
Edit positionEdit(const std::string& node, Point at);
std::vector<Edit> newNodeEdits(NodeTemplate kind, const std::string& name, std::optional<Point> at);

// Where a companion of a node goes, of one that stands somewhere.
std::optional<Point> placeBelow(const Scenario& scenario, const std::string& node);
std::optional<Point> placeBeside(const Scenario& scenario, const std::string& node);
// "orders-dead"
std::string deadLetterNameOf(const std::string& channel);

} // namespace weir

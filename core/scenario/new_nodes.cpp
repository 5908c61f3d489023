#include "core/scenario/new_nodes.h"

#include "core/scenario/given.h"

#include <algorithm>
#include <cmath> // llround and fabs only

namespace weir {
namespace {

constexpr double roomX = 180; // that a node takes
constexpr double roomY = 88;

std::string_view firstName(NodeTemplate kind) {
    switch (kind) {
    case NodeTemplate::service:
        return "service";
    case NodeTemplate::source:
        return "producer";
    case NodeTemplate::queue:
        return "queue";
    case NodeTemplate::topic:
        return "topic";
    case NodeTemplate::directExchange:
        return "direct-exchange";
    case NodeTemplate::fanoutExchange:
        return "fanout-exchange";
    case NodeTemplate::stream:
        return "stream";
    case NodeTemplate::deadLetterQueue:
        break;
    }
    return "dead-letters";
}

// Near the node, further down where something stands already.
std::optional<Point> freePlace(const Scenario& scenario, const std::string& node, Point away) {
    const auto place = scenario.layout.find(node);
    if (place == scenario.layout.end())
        return std::nullopt;
    Point at{place->second.x + away.x, place->second.y + away.y};
    const auto occupied = [&] {
        return std::any_of(scenario.layout.begin(), scenario.layout.end(), [&](const auto& other) {
            return std::fabs(other.second.x - at.x) < roomX && std::fabs(other.second.y - at.y) < roomY;
        });
    };
    for (std::size_t tried = 0; tried <= scenario.layout.size() && occupied(); ++tried)
        at.y += roomY;
    return at;
}

} // namespace

bool isService(NodeTemplate kind) {
    return kind == NodeTemplate::service || kind == NodeTemplate::source;
}

std::string freeName(const std::string& wanted, const std::set<std::string>& taken) {
    std::string name = wanted;
    for (int number = 2; taken.contains(name); ++number)
        name = wanted + '-' + std::to_string(number);
    return name;
}

std::string freeName(NodeTemplate kind, const std::set<std::string>& taken) {
    return freeName(std::string(firstName(kind)), taken);
}

std::set<std::string> takenNames(const Scenario& scenario) {
    std::set<std::string> names;
    for (const ServiceSpec& service : scenario.services)
        names.insert(service.name);
    for (const ChannelSpec& channel : scenario.channels)
        names.insert(channel.name);
    for (const GroupSpec& group : scenario.groups)
        names.insert(group.name);
    return names;
}

Value newNode(NodeTemplate kind) {
    switch (kind) {
    case NodeTemplate::service:
        return Value::Table{};
    case NodeTemplate::source:
        return Value::Table{
            {"sources", Value::List{Value::Table{{"arrivals", Value::Table{{"poisson", "10/s"}}}, {"then", Value::List{}}}}}};
    case NodeTemplate::topic:
        return Value::Table{{"kind", "topic"}};
    case NodeTemplate::directExchange:
        return Value::Table{{"kind", "exchange"}, {"type", "direct"}};
    case NodeTemplate::fanoutExchange:
        return Value::Table{{"kind", "exchange"}, {"type", "fanout"}};
    case NodeTemplate::stream:
        return Value::Table{{"kind", "stream"}, {"partitions", 3}};
    case NodeTemplate::queue:
    case NodeTemplate::deadLetterQueue:
        break;
    }
    return Value::Table{{"kind", "queue"}};
}

Value positionValue(Point at) {
    return Value::List{std::int64_t{std::llround(at.x)}, std::int64_t{std::llround(at.y)}};
}

Edit positionEdit(const std::string& node, Point at) {
    return {pointerTo("/layout", node), positionValue(at), ""};
}

std::vector<Edit> newNodeEdits(NodeTemplate kind, const std::string& name, std::optional<Point> at) {
    std::vector<Edit> edits{{pointerTo(isService(kind) ? "/services" : "/channels", name), newNode(kind), ""}};
    if (at)
        edits.push_back(positionEdit(name, *at));
    return edits;
}

std::optional<Point> placeBelow(const Scenario& scenario, const std::string& node) {
    return freePlace(scenario, node, {0, 120});
}

std::optional<Point> placeBeside(const Scenario& scenario, const std::string& node) {
    return freePlace(scenario, node, {240, 0});
}

std::string deadLetterNameOf(const std::string& channel) {
    std::string name = channel + "-dead";
    std::replace(name.begin(), name.end(), '/', '-'); // a handler's own queue
    return name;
}

} // namespace weir

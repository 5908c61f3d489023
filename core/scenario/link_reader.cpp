#include "core/scenario/link_reader.h"

#include "core/scenario/distribution_reader.h"

#include <set>

namespace weir {
namespace {

std::optional<std::string> readEnd(const Given& given, const Names& names) {
    const std::string* const name = given.value().text();
    if (name &&
        (names.services.contains(*name) || names.nodes.contains(*name) || *name == brokerEnd || *name == anyEnd))
        return *name;
    std::vector<std::string> known(names.services.begin(), names.services.end());
    known.insert(known.end(), names.nodes.begin(), names.nodes.end());
    given.refuse("needs the name of a service or node, \"broker\" or \"*\"" +
                 (name ? suggestionOf(*name, known) : std::string()));
    return std::nullopt;
}

// Two ends: a service and the broker, or a node of it, or two nodes; nothing where they are not, which has been
// complained of.
std::optional<std::pair<std::string, std::string>> readEnds(const Given& given, const Names& names) {
    if (!given.isList("two ends"))
        return std::nullopt;
    const std::vector<Given> items = given.items();
    if (items.size() != 2) {
        given.refuse("needs two ends such as [\"a-service\", \"broker\"]");
        return std::nullopt;
    }
    auto one = readEnd(items[0], names);
    auto other = readEnd(items[1], names);
    if (!one || !other)
        return std::nullopt;
    if (names.services.contains(*one) && names.services.contains(*other)) {
        given.refuse("needs a service and \"broker\": services reach each other through the broker");
        return std::nullopt;
    }
    if ((names.nodes.contains(*one) && *one == *other) ||
        (names.nodes.empty() && *one == brokerEnd && *other == brokerEnd)) {
        given.refuse("needs two ends that differ");
        return std::nullopt;
    }
    return std::pair(std::move(*one), std::move(*other));
}

// Between nodes what is lost is sent again until it is there.
bool areNodes(const std::pair<std::string, std::string>& ends, const Names& names) {
    const auto isNode = [&names](const std::string& end) { return end == brokerEnd || names.nodes.contains(end); };
    return isNode(ends.first) && isNode(ends.second);
}

void refuseBetweenNodes(const Given& given) {
    given.refuse("needs a service at one end: nodes send again what is lost between them");
}

// A protocol's name has become its costs by then, where the profile has it.
std::optional<AccessSpec> readAccess(const Given& given) {
    constexpr std::uint32_t roundTripsMax = 100;
    if (given.value().text()) {
        given.refuse("needs a protocol that the profile has, or costs such as {\"roundTrips\": 1}");
        return std::nullopt;
    }
    if (!given.isTable(fields::access))
        return std::nullopt;
    AccessSpec access;
    given.take("publish", access.publish, readDistribution);
    given.take("delivery", access.delivery, readDistribution);
    given.take("ack", access.ack, readDistribution);
    given.take("roundTrips", access.roundTrips, wholeBetween<std::uint32_t>(0, roundTripsMax));
    given.take("overhead", access.overhead, readBytes);
    return access;
}

std::optional<Bytes> readBandwidth(const Given& given) {
    const std::optional<Bytes> bytes = readBytes(given);
    if (!bytes || bytes->count > 0)
        return bytes;
    given.refuse("needs a size above 0, which passes in a second");
    return std::nullopt;
}

void readSides(const Given& given, const Names& names, FaultSpec& fault) {
    if (!given.isList("sides, each a list of services, nodes and \"broker\""))
        return;
    std::set<std::string> seen;
    for (const Given& side : given.items()) {
        std::vector<std::string>& ends = fault.sides.emplace_back();
        if (!side.isList("services, nodes and \"broker\""))
            continue;
        for (const Given& item : side.items())
            if (auto end = readEnd(item, names)) {
                if (!seen.insert(*end).second)
                    item.refuse("needs an end that stands on no other side");
                ends.push_back(std::move(*end));
            }
        if (side.items().empty())
            side.refuse("needs a service, a node or \"broker\"");
    }
    if (fault.sides.size() < 2)
        given.refuse("needs two sides at least, such as [[\"a-service\"], [\"broker\"]]");
}

// Of the first service that is named, or else node: where its records are.
void nameService(const Names& names, FaultSpec& fault) {
    std::string node;
    for (const std::vector<std::string>& side : fault.sides)
        for (const std::string& end : side) {
            if (fault.service.empty() && names.services.contains(end))
                fault.service = end;
            if (node.empty() && names.nodes.contains(end))
                node = end;
        }
    if (fault.service.empty())
        fault.node = node;
}

} // namespace

std::vector<LinkSpec> readLinks(const Given& given, const Names& names) {
    std::vector<LinkSpec> links;
    if (!given.isList("links"))
        return links;
    for (const Given& item : given.items()) {
        LinkSpec& link = links.emplace_back();
        if (!item.isTable(fields::link))
            continue;
        if (const auto between = item.member("between")) {
            if (auto ends = readEnds(*between, names)) {
                for (const char* key : {"loss", "duplicates", "reorder", "heartbeat"})
                    if (const auto there = item.member(key); there && areNodes(*ends, names))
                        refuseBetweenNodes(*there);
                for (const char* key : {"access", "bandwidth"})
                    if (const auto there = item.member(key); there && areNodes(*ends, names))
                        there->refuse("needs a service at one end: what nodes send each other has no size here");
                link.one = std::move(ends->first);
                link.other = std::move(ends->second);
            }
        } else {
            item.missing("between", "two ends such as [\"a-service\", \"broker\"]");
        }
        item.take("latency", link.latency, readDistribution);
        item.take("loss", link.loss, numberBetween(0, 1));
        item.take("duplicates", link.duplicates, numberBetween(0, 1));
        item.take("reorder", link.reorder, numberBetween(0, 1));
        item.take("heartbeat", link.heartbeat, readPositiveDuration);
        item.take("access", link.access, readAccess);
        item.take("bandwidth", link.bandwidth, readBandwidth);
    }
    return links;
}

void readLinkFault(const Given& given, const Names& names, FaultSpec& fault) {
    if (fault.kind == FaultKind::partition) {
        readSides(*given.member("partition"), names, fault);
    } else {
        const char* const key = fault.kind == FaultKind::delay  ? "delay"
                                : fault.kind == FaultKind::lose ? "lose"
                                                                : "reorder";
        if (auto ends = readEnds(*given.member(key), names)) {
            if (fault.kind != FaultKind::delay && areNodes(*ends, names))
                refuseBetweenNodes(*given.member(key));
            fault.sides = {{std::move(ends->first)}, {std::move(ends->second)}};
        }
    }
    nameService(names, fault);
    if (fault.kind != FaultKind::delay)
        return;
    if (!given.has("by"))
        given.missing("by", "a duration such as \"200ms\"");
    given.take("by", fault.by, readPositiveDuration);
    if (fault.by > delayMost)
        given.member("by")->refuse("needs at most \"24h\"");
}

void readClockSkew(const Given& given, const Names& names, FaultSpec& fault) {
    const Given whose = *given.member("clockSkew");
    const std::string* const name = whose.value().text();
    if (name && names.nodes.contains(*name))
        fault.node = *name;
    else if (name && names.services.contains(*name))
        fault.service = *name;
    else
        whose.refuse("needs the name of a service or node");
    const auto by = given.member("by");
    if (!by) {
        given.missing("by", "a duration such as \"5s\", or \"-5s\" for a clock that is behind");
        return;
    }
    const std::string* const text = by->value().text();
    const auto off = text ? signedDuration(*text) : std::nullopt;
    if (!off || *off > skewMost || *off < -skewMost)
        by->refuse("needs a duration such as \"5s\", or \"-5s\" for a clock that is behind, of at most \"24h\"");
    else
        fault.by = *off;
}

Value valueOf(const Sides& sides, bool link) {
    Value::List list;
    for (const std::vector<std::string>& side : sides)
        if (link)
            list.emplace_back(side.front());
        else
            list.emplace_back(Value::List(side.begin(), side.end()));
    return list;
}

std::string signedText(Duration duration) {
    return duration < Duration::zero() ? '-' + toText(-duration) : toText(duration);
}

std::optional<Duration> signedDuration(std::string_view text) {
    const bool behind = text.starts_with('-');
    const Result<Duration> length = parseDuration(behind ? text.substr(1) : text);
    if (!length)
        return std::nullopt;
    return behind ? -*length : *length;
}

} // namespace weir

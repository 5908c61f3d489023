#include "core/broker/routing.h"

#include <algorithm>

namespace weir {
namespace {

void collect(const BrokerPlan& plan, ChannelId at, ChannelId via, std::string_view key, std::vector<ChannelId>& seen,
             std::vector<RouteTarget>& targets) {
    if (std::find(seen.begin(), seen.end(), at) != seen.end())
        return;
    seen.push_back(at);
    const ChannelPlan& channel = plan.channels[at.index()];
    if (channel.kind == ChannelKind::queue || channel.kind == ChannelKind::stream) {
        targets.push_back({at, via});
        return;
    }
    for (const Route& route : channel.routes)
        if (!route.pattern || route.pattern->matches(key))
            collect(plan, route.to, at, key, seen, targets);
}

} // namespace

RoutingKeyId RouteTable::intern(std::string_view key) {
    std::string text(key);
    if (const auto found = m_ids.find(text); found != m_ids.end())
        return found->second;
    if (m_keys.size() == keysMax)
        return tooMany;
    const auto id = static_cast<RoutingKeyId>(m_keys.size());
    m_ids.emplace(text, id);
    m_keys.push_back(std::move(text));
    return id;
}

std::span<const RouteTarget> RouteTable::targets(const BrokerPlan& plan, ChannelId channel, RoutingKeyId key) {
    if (m_entries.size() < plan.channels.size())
        m_entries.resize(plan.channels.size());
    std::vector<Entry>& entries = m_entries[channel.index()];
    if (key >= entries.size())
        entries.resize(key + 1);
    Entry& entry = entries[key];
    if (!entry.known) {
        std::vector<ChannelId> seen;
        collect(plan, channel, ChannelId::none(), m_keys[key], seen, entry.targets);
        std::sort(entry.targets.begin(), entry.targets.end(),
                  [](const RouteTarget& left, const RouteTarget& right) { return left.channel < right.channel; });
        entry.known = true;
    }
    return entry.targets;
}

std::size_t RouteTable::memoryBytes() const {
    constexpr std::size_t mapNode = 64;
    std::size_t bytes = m_keys.size() * (2 * sizeof(std::string) + mapNode);
    for (const std::vector<Entry>& entries : m_entries)
        bytes += entries.size() * sizeof(Entry);
    return bytes;
}

} // namespace weir

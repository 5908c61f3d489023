#include "core/broker/routing.h"

namespace weir {
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

std::optional<std::span<const RouteTarget>> RouteTable::targets(const BrokerPlan& plan, ChannelId channel,
                                                                RoutingKeyId key) {
    if (m_entries.size() < plan.channels.size())
        m_entries.resize(plan.channels.size());
    std::vector<Entry>& entries = m_entries[channel.index()];
    if (key < entries.size() && entries[key].known)
        return entries[key].targets;
    if (m_targetsKept >= targetsMax)
        return std::nullopt;
    if (key >= entries.size())
        entries.resize(key + 1);
    Entry& entry = entries[key];
    Router().route(plan, channel, m_keys[key], nullptr, m_result);
    entry.targets.assign(m_result.targets().begin(), m_result.targets().end());
    entry.known = true;
    m_targetsKept += entry.targets.size();
    return entry.targets;
}

std::size_t RouteTable::memoryBytes() const {
    constexpr std::size_t mapNode = 64;
    std::size_t bytes = m_keys.size() * (2 * sizeof(std::string) + mapNode);
    for (const std::vector<Entry>& entries : m_entries)
        bytes += entries.size() * sizeof(Entry);
    return bytes + m_targetsKept * sizeof(RouteTarget);
}

} // namespace weir

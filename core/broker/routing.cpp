#include "core/broker/routing.h"

#include <algorithm>

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
    if (key < entries.size() && entries[key].chunk != Entry::unknown)
        return targetsOf(entries[key]);
    if (m_targetsKept >= targetsMax)
        return std::nullopt;
    if (key >= entries.size())
        entries.resize(key + 1);
    Router().route(plan, channel, m_keys[key], nullptr, m_result);
    entries[key] = keep(m_result.targets());
    return targetsOf(entries[key]);
}

RouteTable::Entry RouteTable::keep(std::span<const RouteTarget> targets) {
    if (m_chunks.empty() || m_chunks.back().capacity() - m_chunks.back().size() < targets.size())
        m_chunks.emplace_back().reserve(std::max(chunkTargets, targets.size()));
    std::vector<RouteTarget>& chunk = m_chunks.back();
    const Entry entry{static_cast<std::uint32_t>(m_chunks.size() - 1), static_cast<std::uint32_t>(chunk.size()),
                      static_cast<std::uint32_t>(targets.size())};
    chunk.insert(chunk.end(), targets.begin(), targets.end());
    m_targetsKept += targets.size();
    return entry;
}

std::size_t RouteTable::memoryBytes() const {
    constexpr std::size_t mapNode = 64;
    std::size_t bytes = m_keys.size() * (2 * sizeof(std::string) + mapNode);
    for (const std::vector<Entry>& entries : m_entries)
        bytes += entries.size() * sizeof(Entry);
    return bytes + m_targetsKept * sizeof(RouteTarget);
}

} // namespace weir

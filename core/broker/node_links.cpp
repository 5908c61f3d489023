#include "core/broker/node_links.h"

#include <algorithm>

namespace weir {
namespace {

bool isBefore(const std::pair<NodeId, NodeId>& left, const std::pair<NodeId, NodeId>& right) {
    return std::pair(left.first.value, left.second.value) < std::pair(right.first.value, right.second.value);
}

} // namespace

void NodeLinks::separate(std::vector<std::pair<NodeId, NodeId>> apart) {
    for (auto& [one, other] : apart)
        if (other.value < one.value)
            std::swap(one, other);
    std::sort(apart.begin(), apart.end(), isBefore);
    m_apart = std::move(apart);
}

bool NodeLinks::reaches(NodeId one, NodeId other) const {
    if (m_apart.empty())
        return true;
    if (other.value < one.value)
        std::swap(one, other);
    return !std::binary_search(m_apart.begin(), m_apart.end(), std::pair(one, other), isBefore);
}

bool NodeLinks::isInMajority(NodeId node) const {
    const auto gone = std::count_if(m_apart.begin(), m_apart.end(), [node](const std::pair<NodeId, NodeId>& pair) {
        return pair.first == node || pair.second == node;
    });
    return 2 * (m_nodes - static_cast<std::size_t>(gone)) > m_nodes;
}

} // namespace weir

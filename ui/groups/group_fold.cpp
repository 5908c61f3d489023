#include "ui/groups/group_fold.h"

#include <algorithm>

namespace weir {
namespace {

constexpr std::uint64_t sliceLength = 1024; // records between two looks at the clock

template <class T> T& grown(std::vector<T>& items, std::size_t index, T none = T()) {
    if (index >= items.size())
        items.resize(index + 1, none);
    return items[index];
}

// Where a copy was in a consumer's hand, and is no longer.
bool leavesHand(const Record& record) {
    switch (record.kind) {
    case RecordKind::acked:
    case RecordKind::requeued:
    case RecordKind::retryScheduled:
        return true;
    case RecordKind::deadLettered:
    case RecordKind::expired:
    case RecordKind::dropped:
    case RecordKind::purged:
    case RecordKind::lost:
        return record.from() == CopyState::inFlight;
    default:
        return false;
    }
}

} // namespace

GroupFold::GroupFold() : m_reader(nullptr) {}

void GroupFold::setStore(std::shared_ptr<const RecordStore> store) {
    *this = GroupFold();
    m_store = std::move(store);
    m_reader = RecordReader(m_store);
}

bool GroupFold::moveTo(std::uint64_t playhead, std::chrono::nanoseconds budget) {
    if (!m_store)
        return true;
    const auto until = std::chrono::steady_clock::now() + budget;
    m_reader.refresh();
    playhead = std::min(playhead, m_reader.end());
    if (playhead < m_state.index || m_state.index < m_reader.first()) {
        const auto after = std::upper_bound(m_kept.begin(), m_kept.end(), playhead,
                                            [](std::uint64_t at, const State& each) { return at < each.index; });
        m_state = after == m_kept.begin() ? State() : *std::prev(after);
    }
    if (m_state.index < m_reader.first()) { // what was evicted unseen is not known
        m_state = State();
        m_state.index = m_reader.first();
    }
    while (m_state.index < playhead) {
        const std::uint64_t nextKept = (m_state.index / m_keptEvery + 1) * m_keptEvery;
        const std::span<const Record> records = m_reader.from(m_state.index);
        const std::size_t count =
            std::min<std::uint64_t>({records.size(), playhead - m_state.index, nextKept - m_state.index, sliceLength});
        for (const Record& record : records.first(count))
            fold(record);
        m_state.index += count;
        if (m_state.index == nextKept)
            keep();
        if (std::chrono::steady_clock::now() >= until)
            break;
    }
    return m_state.index == playhead;
}

void GroupFold::fold(const Record& record) {
    if (!record.place.valid())
        return;
    if (record.kind == RecordKind::delivered) {
        ++grown(m_state.inHand, record.place.index());
        const Place& place = m_reader.catalogue().place(record.place);
        if (place.partition != Place::noIndex && place.subscription.valid())
            grown(grown(m_state.groups, place.subscription.index()).members, place.partition,
                  std::uint16_t{Place::noIndex}) = place.instance;
    } else if (leavesHand(record)) {
        std::int64_t& copies = grown(m_state.inHand, record.place.index());
        copies = std::max<std::int64_t>(0, copies - 1); // its delivery may have been evicted
    } else if (record.kind == RecordKind::rebalanced) {
        const Place& place = m_reader.catalogue().place(record.place);
        if (!place.subscription.valid())
            return;
        Group& group = grown(m_state.groups, place.subscription.index());
        group.generation = record.value;
        group.members.clear();
    }
}

void GroupFold::keep() {
    if (!m_kept.empty() && m_kept.back().index >= m_state.index)
        return; // kept on an earlier way
    m_kept.push_back(m_state);
    if (m_kept.size() <= keptMax)
        return;
    m_keptEvery *= 2;
    std::erase_if(m_kept, [this](const State& each) { return each.index % m_keptEvery != 0; });
}

std::vector<GroupFold::InHand> GroupFold::inHand(SubscriptionId id) const {
    std::vector<InHand> found;
    for (std::size_t i = 0; i < m_state.inHand.size(); ++i)
        if (const Place& place = m_reader.catalogue().places()[i].place; place.subscription == id)
            found.push_back({place, m_state.inHand[i]});
    return found;
}

std::uint16_t GroupFold::memberOf(SubscriptionId id, std::uint16_t partition) const {
    if (id.index() >= m_state.groups.size() || partition >= m_state.groups[id.index()].members.size())
        return Place::noIndex;
    return m_state.groups[id.index()].members[partition];
}

std::int64_t GroupFold::generation(SubscriptionId id) const {
    return id.index() < m_state.groups.size() ? m_state.groups[id.index()].generation : 0;
}

} // namespace weir

#include "core/broker/sticky_assignor.h"

#include <algorithm>
#include <cassert>
#include <list>
#include <numeric>
#include <utility>

namespace weir {
namespace {

using Owned = std::vector<std::vector<TopicPartition>>; // by member

constexpr std::uint32_t nobody = UINT32_MAX;

// A number for each partition, topic by topic.
class Places {
  public:
    explicit Places(const std::vector<std::uint32_t>& partitions) : m_first(partitions.size() + 1) {
        std::partial_sum(partitions.begin(), partitions.end(), m_first.begin() + 1);
    }
    std::size_t count() const { return m_first.back(); }
    bool exists(TopicPartition place) const {
        return place.topic + 1 < m_first.size() && place.partition < m_first[place.topic + 1] - m_first[place.topic];
    }
    std::size_t operator[](TopicPartition place) const { return m_first[place.topic] + place.partition; }

  private:
    std::vector<std::size_t> m_first;
};

bool subscribes(const GroupMember& member, std::uint32_t topic) {
    return std::binary_search(member.topics.begin(), member.topics.end(), topic);
}

// --- all members subscribe to the same topics ---

class EqualSubscriptions {
  public:
    explicit EqualSubscriptions(const Group& group)
        : m_group(group), m_places(group.partitions), m_owned(group.members.size()) {}

    Owned assign() {
        std::size_t total = 0;
        for (const std::uint32_t topic : m_group.members.front().topics)
            total += m_group.partitions[topic];
        m_least = total / m_group.members.size();
        m_overMax = total % m_group.members.size();
        m_most = m_least + (m_overMax > 0 ? 1 : 0);
        keepOwned();
        giveRest();
        return std::move(m_owned);
    }

  private:
    // Each keeps what it had, up to its share; only so many may keep one more than the least share. What goes is what
    // stands last in the order of partitions, so that no topic gathers at one member.
    void keepOwned() {
        m_given.resize(m_places.count());
        for (std::uint32_t member = 0; member < m_group.members.size(); ++member) {
            std::vector<TopicPartition> before;
            for (const TopicPartition& place : m_group.members[member].owned)
                if (m_places.exists(place) && subscribes(m_group.members[member], place.topic))
                    before.push_back(place);
            std::sort(before.begin(), before.end(), [](const TopicPartition& left, const TopicPartition& right) {
                return std::pair(left.partition, left.topic) < std::pair(right.partition, right.topic);
            });
            std::size_t keeps = before.size();
            if (before.size() < m_least) {
                m_underLeast.push_back(member);
            } else if (before.size() >= m_most && m_over < m_overMax) {
                keeps = m_most;
                if (++m_over == m_overMax)
                    m_atLeast.clear();
            } else {
                keeps = m_least;
                if (m_over < m_overMax)
                    m_atLeast.push_back(member);
            }
            before.resize(keeps);
            for (const TopicPartition& place : before)
                m_given[m_places[place]] = true;
            m_owned[member] = std::move(before);
        }
    }

    // In turn to those that lack the least share, then one each to those that may have more.
    void giveRest() {
        auto turn = m_underLeast.begin();
        for (const std::uint32_t topic : m_group.members.front().topics)
            for (std::uint32_t partition = 0; partition < m_group.partitions[topic]; ++partition) {
                const TopicPartition place{topic, partition};
                if (m_given[m_places[place]])
                    continue;
                if (turn == m_underLeast.end())
                    turn = m_underLeast.begin();
                if (turn == m_underLeast.end()) {
                    assert(!m_atLeast.empty());
                    m_owned[m_atLeast.front()].push_back(place);
                    m_atLeast.pop_front();
                    continue;
                }
                std::vector<TopicPartition>& owned = m_owned[*turn];
                owned.push_back(place);
                if (owned.size() < m_least) {
                    ++turn;
                    continue;
                }
                m_atLeast.insert(std::upper_bound(m_atLeast.begin(), m_atLeast.end(), *turn), *turn);
                turn = m_underLeast.erase(turn);
            }
    }

    const Group& m_group;
    Places m_places;
    Owned m_owned;
    std::vector<bool> m_given;
    std::size_t m_least = 0, m_most = 0; // partitions of a member
    std::size_t m_overMax = 0;           // members that may have one more than the least
    std::size_t m_over = 0;              // those that do
    std::list<std::uint32_t> m_underLeast, m_atLeast;
};

// --- members differ ---

class MixedSubscriptions {
  public:
    explicit MixedSubscriptions(const Group& group)
        : m_group(group), m_places(group.partitions), m_readers(group.partitions.size()),
          m_owner(m_places.count(), nobody), m_load(group.members.size()) {
        for (std::uint32_t member = 0; member < group.members.size(); ++member)
            for (const std::uint32_t topic : group.members[member].topics)
                m_readers[topic].push_back(member);
    }

    Owned assign() {
        std::vector<TopicPartition> kept;
        for (std::uint32_t member = 0; member < m_group.members.size(); ++member)
            for (const TopicPartition& place : m_group.members[member].owned)
                if (m_places.exists(place) && subscribes(m_group.members[member], place.topic)) {
                    m_owner[m_places[place]] = member;
                    ++m_load[member];
                }
        const std::vector<std::uint32_t> before = m_owner;
        const std::vector<TopicPartition> all = inOrder();
        std::vector<TopicPartition> fresh;
        for (const TopicPartition& place : all)
            if (m_owner[m_places[place]] == nobody) {
                fresh.push_back(place);
                give(place, leastLoaded(place.topic));
            }
        // What nobody had moves first: that costs nothing.
        level(fresh);
        do
            takeBack(before, all);
        while (level(all));
        return byMember(before, all);
    }

  private:
    // Topics with the fewest readers first, and in the order of names: they leave the least choice.
    std::vector<TopicPartition> inOrder() const {
        std::vector<std::uint32_t> topics(m_group.partitions.size());
        std::iota(topics.begin(), topics.end(), 0U);
        std::stable_sort(topics.begin(), topics.end(), [&](std::uint32_t left, std::uint32_t right) {
            return m_readers[left].size() < m_readers[right].size();
        });
        std::vector<TopicPartition> places;
        for (const std::uint32_t topic : topics)
            for (std::uint32_t partition = 0; partition < m_group.partitions[topic] && !m_readers[topic].empty();
                 ++partition)
                places.push_back({topic, partition});
        return places;
    }

    std::uint32_t leastLoaded(std::uint32_t topic) const {
        const std::vector<std::uint32_t>& readers = m_readers[topic];
        return *std::min_element(readers.begin(), readers.end(), [&](std::uint32_t left, std::uint32_t right) {
            return std::pair(m_load[left], left) < std::pair(m_load[right], right);
        });
    }

    void give(TopicPartition place, std::uint32_t member) {
        std::uint32_t& owner = m_owner[m_places[place]];
        if (owner != nobody)
            --m_load[owner];
        owner = member;
        ++m_load[member];
    }

    // Until no partition finds a member that has at least two fewer than its owner. Each move lowers the sum of
    // squares, so it ends.
    bool level(const std::vector<TopicPartition>& places) {
        bool any = false;
        for (bool moved = true; std::exchange(moved, false); any = any || moved)
            for (const TopicPartition& place : places)
                if (const std::uint32_t to = leastLoaded(place.topic);
                    m_load[m_owner[m_places[place]]] > m_load[to] + 1) {
                    give(place, to);
                    moved = true;
                }
        return any;
    }

    // Moves that are not needed after all, now that others have been made. Each round takes some back, and leaves the
    // sum of squares as it is.
    void takeBack(const std::vector<std::uint32_t>& before, const std::vector<TopicPartition>& all) {
        while (sendHome(before, all) || shorten(before, all)) {
        }
    }

    // Its former owner has fewer by now than the one it went to.
    bool sendHome(const std::vector<std::uint32_t>& before, const std::vector<TopicPartition>& all) {
        bool any = false;
        for (const TopicPartition& place : all) {
            const std::uint32_t home = before[m_places[place]];
            if (home != nobody && m_load[home] < m_load[m_owner[m_places[place]]]) {
                give(place, home);
                any = true;
            }
        }
        return any;
    }

    // Where one partition came to a member and another one left it, the first might have gone to where the second went:
    // then the second need not move at all.
    bool shorten(const std::vector<std::uint32_t>& before, const std::vector<TopicPartition>& all) {
        Owned came(m_group.members.size());
        for (const TopicPartition& place : all)
            if (m_owner[m_places[place]] != before[m_places[place]])
                came[m_owner[m_places[place]]].push_back(place);
        bool any = false;
        for (const TopicPartition& left : all) {
            const std::uint32_t home = before[m_places[left]];
            const std::uint32_t away = m_owner[m_places[left]];
            if (home == nobody || home == away)
                continue;
            const auto instead = std::find_if(came[home].begin(), came[home].end(), [&](const TopicPartition& place) {
                return subscribes(m_group.members[away], place.topic);
            });
            if (instead == came[home].end())
                continue;
            const TopicPartition goes = *instead;
            came[home].erase(instead);
            std::erase(came[away], left);
            if (before[m_places[goes]] != away)
                came[away].push_back(goes);
            m_owner[m_places[goes]] = away;
            m_owner[m_places[left]] = home;
            any = true;
        }
        return any;
    }

    // What stayed, then what came.
    Owned byMember(const std::vector<std::uint32_t>& before, const std::vector<TopicPartition>& all) const {
        Owned owned(m_group.members.size());
        for (std::uint32_t member = 0; member < m_group.members.size(); ++member)
            for (const TopicPartition& place : m_group.members[member].owned)
                if (m_places.exists(place) && m_owner[m_places[place]] == member && before[m_places[place]] == member)
                    owned[member].push_back(place);
        for (const TopicPartition& place : all)
            if (m_owner[m_places[place]] != before[m_places[place]])
                owned[m_owner[m_places[place]]].push_back(place);
        return owned;
    }

    const Group& m_group;
    Places m_places;
    std::vector<std::vector<std::uint32_t>> m_readers; // members, by topic
    std::vector<std::uint32_t> m_owner;                // by place
    std::vector<std::size_t> m_load;                   // partitions, by member
};

} // namespace

Owned assignSticky(const Group& group) {
    const std::vector<std::uint32_t>& topics = group.members.front().topics;
    const bool equal = std::all_of(group.members.begin(), group.members.end(),
                                   [&](const GroupMember& member) { return member.topics == topics; });
    return equal ? EqualSubscriptions(group).assign() : MixedSubscriptions(group).assign();
}

} // namespace weir

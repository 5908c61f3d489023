// GroupFold: what the Picture does not tell of consumer groups: who has how many copies in hand, which member a
// partition is with, and the generation of a group. A fold over records, a plain value of a few numbers a place; going
// back starts from a copy that was kept on the way.
#pragma once

#include "core/record/record_reader.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace weir {

class GroupFold {
  public:
    GroupFold();

    void setStore(std::shared_ptr<const RecordStore> store);
    // Goes to that record for at most about `budget`. True where it has arrived.
    bool moveTo(std::uint64_t playhead, std::chrono::nanoseconds budget);

    // Of all places at which copies can be in hand: subscription, service, instance, partition.
    struct InHand {
        Place place;
        std::int64_t copies = 0;
    };
    std::vector<InHand> inHand(SubscriptionId id) const; // those that ever had one
    // Which instance took the last copy of a partition in this generation; Place::noIndex: none yet.
    std::uint16_t memberOf(SubscriptionId id, std::uint16_t partition) const;
    std::int64_t generation(SubscriptionId id) const; // 0: it was never shared out
    const RecordReader& reader() const { return m_reader; }

  private:
    struct Group {
        std::int64_t generation = 0;
        std::vector<std::uint16_t> members; // by partition
    };
    struct State {
        std::uint64_t index = 0;          // records folded
        std::vector<std::int64_t> inHand; // by PlaceId
        std::vector<Group> groups;        // by SubscriptionId
    };
    static constexpr std::uint64_t keptEvery = 131'072; // records, at first
    static constexpr std::size_t keptMax = 64;          // then every other one goes

    void fold(const Record& record);
    void keep();

    std::shared_ptr<const RecordStore> m_store;
    RecordReader m_reader;
    State m_state;
    std::vector<State> m_kept; // ascending
    std::uint64_t m_keptEvery = keptEvery;
};

} // namespace weir

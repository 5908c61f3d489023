// Streams and their groups: offsets, who reads what, what is committed. Invariants I09, I10 and I11.
#pragma once

#include "core/record/message_source.h"
#include "support/invariants/rules.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace weir {
class Simulation;
}

namespace weir::invariants {

class GroupRules {
  public:
    GroupRules(const Shared& shared, const MessageSource& source);

    Broken apply(const Record& record, const Place& place);
    Broken afterDue(const Simulation& simulation);

  private:
    struct Partition {                     // as a group sees it
        std::set<std::uint32_t> unsettled; // offsets
        std::multiset<Ordinal> waiting;    // to be appended
        std::int64_t delivered = -1;       // the last one, since it last went back
        std::uint32_t committed = 0;
        ConsumerId owner; // after the last due
    };
    struct Group { // in one stream
        std::vector<Partition> partitions;
        std::int64_t generation = 0, generationBefore = 0;
        bool rebalancing = false;
        PartitionsBy assignor = PartitionsBy::turn;
        bool alone = false; // it reads no other stream
        bool committedOnly = false;
        ChannelId channel;
        bool owned = true; // its partitions have owners; else who has credit reads
    };
    Broken appended(const Record& record, const Place& place);
    Broken marked(const Record& record, const Place& place);
    void cut(std::uint32_t to, const Place& place);
    struct Log {
        std::uint32_t end = 0;
        std::uint32_t stable = 0;      // before it nothing is open
        std::vector<Ordinal> ordinals; // by offset; 0: a marker
        bool holds(std::uint32_t offset, Ordinal ordinal) const {
            return offset < ordinals.size() && ordinals[offset] == ordinal;
        }
    };
    Broken owners(const Simulation& simulation, SubscriptionId id, Group& group);
    bool isUp(ConsumerId consumer) const;

    const Shared& m_shared;
    const MessageSource& m_source;
    std::vector<Group> m_groups; // by subscription; without partitions where it reads no stream
    std::map<std::pair<std::uint16_t, std::uint16_t>, Log> m_logs; // by channel and partition
    // By channel, the one that it came over from or itself, and key.
    std::map<std::tuple<std::uint16_t, std::uint16_t, std::string>, std::uint16_t> m_partitionOf;
    std::vector<std::vector<bool>> m_up; // by service and instance
    bool m_any = false;
};

} // namespace weir::invariants

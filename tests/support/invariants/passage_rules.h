// Messages that wait beside the broker's queues, or come a second way: what lies in a service's outbox (I18), what an
// exchange archived and a replay publishes again (I20), what goes over to a stream in another cluster (I01, I09, I21).
#pragma once

#include "support/invariants/message_rules.h"
#include "support/invariants/rules.h"

#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weir::invariants {

class PassageRules {
  public:
    PassageRules(const Shared& shared, MessageRules& messages);

    Broken apply(const Record& record, const Place& place);
    Broken afterDue(SimTime now);
    // The run is over. `idle`: nothing was left to do, and nothing kept anybody from doing it.
    Broken finish(SimTime now, bool idle) const;

  private:
    struct Row { // of an outbox
        SimTime stored;
        bool relayed = false;
    };
    struct Archived {
        Ordinal ordinal = 0;
        SimTime at;
    };
    struct Replay {
        const FaultSpec* fault = nullptr; // nothing: by a command, whose bounds no record tells
        std::vector<Ordinal> expected;
        std::size_t done = 0;
        Ordinal last = 0;
        std::vector<ChannelId> rules;
    };
    struct Crossing { // to a namesake
        Ordinal ordinal = 0;
        std::uint16_t partition = 0;
        SimTime at;
    };
    using Way = std::pair<std::uint16_t, std::uint16_t>; // channels: from, to

    Broken published(const Record& record);
    Broken decided(const Record& record);
    Broken replayed(const Record& record);
    Broken relayed(const Record& record);
    Broken appended(const Record& record, const Place& place);
    Broken arrived(const Record& record, const Place& place);
    Broken isInRules(const Record& record, const Place& place);
    std::vector<Ordinal> archivedFor(const FaultSpec& fault, SimTime now) const;
    bool keeps(const ArchiveSpec& archive, Ordinal ordinal) const;
    bool isRelayedBy(Ordinal ordinal) const; // whether it may be published by the relay of an outbox alone
    bool allComesOver(Way way) const;
    std::optional<Duration> takes(Way way) const;

    const Shared& m_shared;
    MessageRules& m_messages;
    std::vector<bool> m_hasOutbox;                            // by service
    std::vector<std::pair<SimTime, Ordinal>> m_finished;      // by service: the last handling that got so far
    std::map<Ordinal, Row> m_rows;                            // by the first publish
    std::vector<EventTypeId> m_types;                         // by ordinal - 1
    std::unordered_map<Ordinal, std::string_view> m_replayOf; // by ordinal of what was published again: its name
    std::map<std::uint16_t, std::deque<Archived>> m_archives; // by exchange
    std::map<std::string_view, Replay> m_replays;             // by name
    std::map<Way, std::deque<Crossing>> m_lines;              // what is on its way
    std::map<std::uint16_t, std::set<Ordinal>> m_open;        // by stream: what came within a transaction
};

} // namespace weir::invariants

// Messages from their publish to their decision: who caused them, what a channel lets in and how fast, transactions,
// confirms, unroutable ones, schemas. Invariants I03, I04, I17, I18, I21, I26, I28 and the messages' half of I01.
#pragma once

#include "core/record/message_source.h"
#include "support/invariants/rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace weir::invariants {

// I17: in every window no more passes than the rate and the burst allow, in exact numbers.
class Passes {
  public:
    bool add(const RateLimitSpec& rate, SimTime at) {
        __extension__ using Wide = __int128;
        if (rate.refill == Refill::atOnce) { // no more than the burst from the first of a window to its end
            const Wide since = (at - m_windowBegan).count();
            if (m_count == 0 || since * rate.tokens >= Wide{rate.burst} * rate.per.count()) {
                m_windowBegan = at;
                m_count = 0;
            }
            return ++m_count <= rate.burst;
        }
        const Wide here = Wide{++m_count} * rate.per.count() - Wide{rate.tokens} * at.time_since_epoch().count();
        m_lowest = m_count == 1 ? here : std::min(m_lowest, here);
        return here - m_lowest + rate.per.count() <= Wide{rate.burst} * rate.per.count();
    }

  private:
    std::int64_t m_count = 0;
    SimTime m_windowBegan;
    __extension__ __int128 m_lowest = 0;
};

// Where a message died, as RabbitMQ's x-death has it: the latest in front, the others turned round by each death, one
// entry for each channel and reason. A rejection breaks the cycle of what stands before it.
class DeathHistory {
  public:
    void died(ChannelId channel, ReasonId reason, bool rejected, SimTime at) {
        settle();
        m_last = Death{channel, reason, rejected, at};
    }
    // Of what reason does not matter: a way round that takes no time ends, whatever the history says.
    bool diedAt(ChannelId channel, SimTime at) const {
        const auto there = [=](const Death& death) { return death.channel == channel && death.at == at; };
        return (m_last && there(*m_last)) || std::any_of(m_earlier.begin(), m_earlier.end(), there);
    }
    // Whether what has just died may not go to a channel, since it has gone round by itself: by the history that this
    // death has turned round.
    bool isCycle(ChannelId target) const {
        if (!m_last || m_last->rejected)
            return false;
        if (m_last->channel == target)
            return true;
        const auto stops = [&](const Death& death) {
            const bool again = death.channel == m_last->channel && death.reason == m_last->reason;
            return !again && (death.rejected || death.channel == target);
        };
        const auto first = std::find_if(m_earlier.rbegin(), m_earlier.rend(), stops);
        return first != m_earlier.rend() && !first->rejected;
    }
    void clear() { *this = {}; }

  private:
    struct Death {
        ChannelId channel;
        ReasonId reason;
        bool rejected = false;
        SimTime at;
    };
    void settle() {
        if (!m_last)
            return;
        std::erase_if(m_earlier, [this](const Death& each) {
            return each.channel == m_last->channel && each.reason == m_last->reason;
        });
        std::reverse(m_earlier.begin(), m_earlier.end());
        m_earlier.insert(m_earlier.begin(), *m_last);
    }
    std::optional<Death> m_last;
    std::vector<Death> m_earlier;
};

struct KnownMessage {
    SimTime at;
    Ordinal identity = 0; // of its first publish
    ChannelId channel;    // that it was published to
    SiteId site = SiteId::none();
    std::optional<std::uint32_t> transaction; // that it was published in
    std::optional<RecordKind> decision;
    SimTime decidedAt;
    std::uint32_t copies = 0; // alive now
    bool branched = false;    // it has had several at a time
    bool passed = false;      // its channel's rate limit
    bool waited = false;      // blocked or throttled before its decision
    bool twice = false;       // a fault doubled it
    bool redriven = false;
    bool replayed = false;     // by an archive
    std::optional<bool> valid; // by its schema; nothing: not asked yet
    // I13: where it died, while there is one copy of it at a time.
    DeathHistory deaths;
};

class MessageRules {
  public:
    MessageRules(const Shared& shared, const MessageSource& source);

    Broken apply(const Record& record, const Place& place);
    Broken delivered(const Record& record, const Place& place); // of a copy: its rate
    void started(const Record& record, const Place& place);
    Broken finished(const Record& record, const Place& place);
    void acked(const Record& record, const Place& place);
    // Of a queue, with its leader or for want of one: it has not been there.
    void forget(Ordinal ordinal, ChannelId queue) { m_seen.erase({queue.value, at(ordinal).identity}); }
    Broken afterDue();

    KnownMessage& at(Ordinal ordinal) { return m_messages[ordinal - 1]; }
    // Whether some attempt to publish it was let in. `identity`: its first publish.
    bool isTaken(Ordinal identity) const { return m_taken.contains(identity); }
    // Its producer takes what it has sent for safe (acks: none).
    bool isSafeUnasked(const KnownMessage& message) const;
    bool isInTwoSteps(const KnownMessage& message) const;
    bool mayBeToldNo(const KnownMessage& message) const;
    bool isRelayed(const KnownMessage& message) const; // by an outbox
    // By its schema, as the data of random_document.h are made: n is 6 at most. True where it has no schema.
    bool isValid(Ordinal ordinal);

  private:
    struct Transaction {         // of one handling
        std::uint64_t cause = 0; // message and subscription
        bool committed = false, rolledBack = false;
    };
    Broken published(const Record& record, const Place& place);
    Broken decided(const Record& record, KnownMessage& message);
    Broken admitted(const Record& record, KnownMessage& message);
    Broken dedup(const Record& record, const KnownMessage& message);
    std::optional<std::uint32_t> transactionOf(const Record& record);

    const Shared& m_shared;
    const MessageSource& m_source;
    SimTime m_last{};
    std::vector<KnownMessage> m_messages;                        // by ordinal - 1
    std::vector<std::uint32_t> m_handlerOfSite;                  // its service's handler; noHandler: none
    std::map<std::uint16_t, std::vector<Ordinal>> m_lines;       // by channel: who waits for a rate
    std::map<std::uint16_t, Passes> m_passes, m_deliveries;      // by channel, by subscription
    std::map<std::pair<std::uint16_t, Ordinal>, SimTime> m_seen; // dedup windows
    std::vector<Transaction> m_transactions;
    std::set<std::pair<std::uint64_t, std::uint16_t>> m_begun; // by cause and attempt: what a link may double
    std::set<std::uint64_t> m_begunTwice;                      // by cause
    std::map<std::pair<std::uint64_t, SimTime>, std::uint32_t> m_transactionAt; // by cause and time of publishing
    std::unordered_map<std::uint64_t, SimTime> m_lastAck;                       // of those causes
    std::vector<Ordinal> m_committed;                                           // in this due, by a transaction
    std::unordered_map<std::uint64_t, std::uint64_t> m_effects;                 // by idempotent handler and event
    std::unordered_map<Ordinal, bool> m_taken; // by identity: some attempt of it was accepted
    std::set<Ordinal> m_released;              // by identity: published in two steps, and handed on
    std::unordered_map<Ordinal, bool> m_completed;
};

} // namespace weir::invariants

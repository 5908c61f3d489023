// OpenTransactions: which transactions have records in one partition of a stream and have not ended, or not for good,
// and how far those may read who read committed records only: to the first record of the oldest one (Kafka: the last
// stable offset). On nodes a transaction ends for good when its marker is replicated: Kafka keeps it among the
// unreplicated ones until the high watermark has passed that.
#pragma once

#include "core/broker/message.h"
#include "core/ids.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace weir {

// A transaction of a producer, as it names it. Void once it has ended, by its timeout perhaps.
struct TransactionTag {
    std::uint32_t transaction = 0xFFFF'FFFFU;
    std::uint32_t generation = 0;
    bool valid() const { return transaction != 0xFFFF'FFFFU; }
    bool operator==(const TransactionTag&) const = default;
};

struct LogPlace {
    ChannelId channel;
    std::uint32_t partition = 0;
    std::uint64_t offset = 0;
};
struct LoggedRecord {
    LogPlace at;
    FamilyHandle family = 0; // kept open
};
struct LoggedTransaction {
    std::vector<LoggedRecord> records;
    SimTime deadline;
    std::uint32_t generation = 0;
    bool failed = false; // something published within it was refused
    bool open = false;
};

class OpenTransactions {
  public:
    bool none() const { return m_open.empty(); }
    std::uint64_t stableEnd(std::uint64_t end) const {
        for (const Open& open : m_open)
            end = std::min(end, open.first);
        return end;
    }
    // The same as soon as all markers are replicated: none before it belongs to one that has not ended.
    std::uint64_t openEnd(std::uint64_t end) const {
        for (const Open& open : m_open)
            end = open.marker == notEnded ? std::min(end, open.first) : end;
        return end;
    }
    void note(std::uint32_t transaction, std::uint64_t offset) {
        if (std::none_of(m_open.begin(), m_open.end(),
                         [transaction](const Open& open) { return open.transaction == transaction; }))
            m_open.push_back({.transaction = transaction, .first = offset, .says = {}});
    }
    void close(std::uint32_t transaction) {
        std::erase_if(m_open, [transaction](const Open& open) { return open.transaction == transaction; });
    }
    struct Marker {
        bool commits = false;
        ReasonId reason;
    };
    // It has ended, and the marker that says so is about to get that offset.
    void end(std::uint32_t transaction, std::uint64_t offset, Marker marker) {
        for (Open& open : m_open)
            if (open.transaction == transaction)
                open = {.first = open.first, .marker = offset, .says = marker};
    }
    // All before `to` is replicated. Whether one ended for good by that.
    bool endReplicated(std::uint64_t to) {
        return std::erase_if(m_open, [to](const Open& open) { return open.marker < to; }) > 0;
    }
    // The log ends there now. Markers that stood behind it are to be written again.
    void cut(std::uint64_t to) {
        std::erase_if(m_open, [to](const Open& open) { return open.first >= to; });
        for (Open& open : m_open)
            if (open.marker != notEnded && open.marker >= to)
                open.marker = lost;
        m_replaced = std::min(m_replaced, to);
    }
    // One that is to be written again, at that offset.
    std::optional<Marker> takeLost(std::uint64_t offset) {
        const auto found =
            std::find_if(m_open.begin(), m_open.end(), [](const Open& open) { return open.marker == lost; });
        if (found == m_open.end())
            return std::nullopt;
        found->marker = offset;
        return found->says;
    }
    std::size_t memoryBytes() const { return sizeof *this + m_open.size() * sizeof(Open); }

    // From where on records have not yet taken the place of older ones: those that are not stable wait with that.
    // nothingWaits where all did.
    static constexpr std::uint64_t nothingWaits = ~std::uint64_t{0};
    std::uint64_t replaced() const { return m_replaced; }
    void setReplaced(std::uint64_t offset) { m_replaced = offset; }

  private:
    static constexpr std::uint64_t notEnded = ~std::uint64_t{0}, lost = notEnded - 1;
    static constexpr std::uint32_t nameless = 0xFFFF'FFFF; // it has ended, and its name may be another one's
    struct Open {
        std::uint32_t transaction = nameless;
        std::uint64_t first = 0;
        std::uint64_t marker = notEnded; // its offset
        Marker says;
    };
    std::vector<Open> m_open;
    std::uint64_t m_replaced = nothingWaits;
};

} // namespace weir

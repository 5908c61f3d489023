// OpenTransactions: which transactions have records in one partition of a stream and have not ended, and how far those
// may read who read committed records only: to the first record of the oldest one (Kafka: the last stable offset).
#pragma once

#include "core/broker/message.h"
#include "core/ids.h"

#include <algorithm>
#include <cstdint>
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
    void note(std::uint32_t transaction, std::uint64_t offset) {
        if (std::none_of(m_open.begin(), m_open.end(),
                         [transaction](const Open& open) { return open.transaction == transaction; }))
            m_open.push_back({transaction, offset});
    }
    void close(std::uint32_t transaction) {
        std::erase_if(m_open, [transaction](const Open& open) { return open.transaction == transaction; });
    }
    // The log ends there now.
    void cut(std::uint64_t to) {
        std::erase_if(m_open, [to](const Open& open) { return open.first >= to; });
        m_replaced = std::min(m_replaced, to);
    }
    std::size_t memoryBytes() const { return sizeof *this + m_open.size() * sizeof(Open); }

    // From where on records have not yet taken the place of older ones: those that are not stable wait with that.
    // nothingWaits where all did.
    static constexpr std::uint64_t nothingWaits = ~std::uint64_t{0};
    std::uint64_t replaced() const { return m_replaced; }
    void setReplaced(std::uint64_t offset) { m_replaced = offset; }

  private:
    struct Open {
        std::uint32_t transaction = 0;
        std::uint64_t first = 0;
    };
    std::vector<Open> m_open;
    std::uint64_t m_replaced = nothingWaits;
};

} // namespace weir

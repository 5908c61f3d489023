// What a partition gives up out of the middle: LogCleaner finds the records that a compaction removes, SubjectIndex
// those that are too many of one subject. They say which; the broker removes them.
#pragma once

#include "core/broker/slab.h"
#include "core/broker/stream_log.h"
#include "core/scenario/buffer_spec.h"

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace weir {

// Kafka's log cleaner: of the records with one key the last stays, a record without data (a tombstone) goes some time
// after the cleaning that first met it, records without a key stay. A cleaning begins when enough of the log is dirty,
// that is, has come since the last one; until then what came stays, repeated keys and all. Segments are not modelled: a
// cleaning looks at all there is.
class LogCleaner {
  public:
    // Of the log up to `end`: what is not committed yet may be lost, and replaces nothing.
    bool due(const StreamLog& log, std::uint64_t end, const CompactionSpec& spec) const;
    // Offsets to remove, ascending.
    std::vector<std::uint64_t> clean(const StreamLog& log, std::uint64_t end, const CompactionSpec& spec, SimTime now);
    void cut(std::uint64_t to); // the log ends there now

  private:
    std::uint64_t m_cleanedTo = 0;
    std::map<std::uint64_t, SimTime> m_tombstones; // when they may go, by offset
};

// JetStream's max_msgs_per_subject: the oldest of a subject goes when one too many comes.
class SubjectIndex {
  public:
    // The offset to remove for it, if any.
    std::optional<std::uint64_t> add(RoutingKeyId subject, std::uint64_t offset, std::int64_t most,
                                     const StreamLog& log);
    void cut(std::uint64_t to); // the log ends there now
    std::size_t memoryBytes() const;

  private:
    std::unordered_map<RoutingKeyId, Ring<std::uint64_t>> m_offsets;
};

} // namespace weir

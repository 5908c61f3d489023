// Where a keyed message goes in a partitioned stream: the 32-bit murmur2 of Apache Kafka's Java client (seed
// 0x9747b28c) over the key's bytes, made non-negative and taken modulo the number of partitions. Every client that
// follows the Java one agrees on it. It says nothing about messages without a key: those are spread by the producer's
// own rule.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir {

std::int32_t murmur2(std::string_view bytes);

// partitions >= 1. The sign bit is cleared, not negated, as Kafka's toPositive does.
std::int32_t keyedPartition(std::string_view key, std::int32_t partitions);

} // namespace weir

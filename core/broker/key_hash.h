// Which partition a key goes to, by the hash that a client uses. The names are those of the hashes.
#pragma once

#include "core/scenario/buffer_spec.h"

#include <cstdint>
#include <string_view>

namespace weir {

// murmur2: Kafka's Java client. crc32: librdkafka's "consistent" (the reflected CRC of IEEE 802.3). fnv1a: librdkafka's
// "fnv1a" (32 bits); Sarama's hash partitioner takes the same as a signed number. partitions >= 1.
std::uint32_t partitionOfKey(KeyHash hash, std::string_view key, std::uint32_t partitions);

} // namespace weir

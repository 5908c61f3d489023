// Partitioners: where a client of a named system sends a message with a key. Systems agree neither on the hash nor on
// what they do about its sign. They say nothing about messages without a key: those are spread by the producer's own
// rule.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace weir {

enum class Partitioner : std::uint8_t {
    kafka,               // Java client: murmur2, the sign bit cleared
    librdkafka,          // its "consistent": CRC-32
    sarama,              // FNV-1a, its absolute value; librdkafka's "fnv1a" does the same
    pulsar,              // JavaStringHash, the client's default: Java's String.hashCode, the sign bit cleared
    pulsarMurmur3,       // Murmur3_32Hash: MurmurHash3 with seed 0, the sign bit cleared
    rabbitmqSuperStream, // stream clients: MurmurHash3 with seed 104729, unsigned
    nats,                // a subject mapping's partition(): FNV-1a, unsigned
    rocketmq             // SelectMessageQueueByHash: Java's String.hashCode, its absolute value
};

std::span<const std::string_view> partitionerNames(); // by Partitioner
Result<Partitioner> partitionerNamed(std::string_view name);

// partitions >= 1.
std::int32_t partitionOf(Partitioner partitioner, std::string_view key, std::int32_t partitions);

} // namespace weir

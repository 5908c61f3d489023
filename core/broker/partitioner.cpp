#include "core/broker/partitioner.h"

#include "core/broker/murmur2.h"
#include "core/broker/ring_hash.h"
#include "core/nearest.h"
#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <vector>

namespace weir {
namespace {

constexpr std::array<std::string_view, 8> names{
    "kafka", "librdkafka", "sarama", "pulsar", "pulsar-murmur3", "rabbitmq-super-stream", "nats", "rocketmq"};

// Over UTF-16, as Java's strings are; a byte that is no character stands for itself.
std::uint32_t javaHash(std::string_view text) {
    std::uint32_t hash = 0;
    const auto add = [&hash](char32_t unit) { hash = 31 * hash + static_cast<std::uint32_t>(unit); };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = characterLength(text, at);
        if (length == 0) {
            add(static_cast<unsigned char>(text[at++]));
            continue;
        }
        const char32_t character = decoded(text, at, length);
        at += length;
        if (character < 0x1'0000) {
            add(character);
        } else {
            add(0xD800 + ((character - 0x1'0000) >> 10U));
            add(0xDC00 + ((character - 0x1'0000) & 0x3FFU));
        }
    }
    return hash;
}

std::uint32_t withoutSign(std::uint32_t hash) {
    return hash & 0x7FFF'FFFFU;
}

std::uint32_t absolute(std::uint32_t hash) {
    return hash >> 31U ? ~hash + 1 : hash;
}

} // namespace

std::span<const std::string_view> partitionerNames() {
    return names;
}

Result<Partitioner> partitionerNamed(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end())
        return static_cast<Partitioner>(found - names.begin());
    const std::vector<std::string> known(names.begin(), names.end());
    std::string all;
    for (const std::string& each : known)
        all += (all.empty() ? "" : ", ") + each;
    const std::string near = nearest(name, known);
    return Error{"partitioner", "needs one of " + all + (near.empty() ? "" : " (did you mean " + near + "?)"),
                 '"' + std::string(name) + '"'};
}

std::int32_t partitionOf(Partitioner partitioner, std::string_view key, std::int32_t partitions) {
    assert(partitions >= 1);
    std::uint32_t hash = 0;
    switch (partitioner) {
    case Partitioner::kafka:
        return keyedPartition(key, partitions);
    case Partitioner::librdkafka:
        hash = hashOf(HashName::crc32, key);
        break;
    case Partitioner::sarama:
        hash = absolute(hashOf(HashName::fnv1a, key));
        break;
    case Partitioner::pulsar:
        hash = withoutSign(javaHash(key));
        break;
    case Partitioner::pulsarMurmur3:
        hash = withoutSign(hashOf(HashName::murmur3, key));
        break;
    case Partitioner::rabbitmqSuperStream:
        hash = murmur3(key, 104729);
        break;
    case Partitioner::nats:
        hash = hashOf(HashName::fnv1a, key);
        break;
    case Partitioner::rocketmq:
        hash = absolute(javaHash(key));
        break;
    }
    return static_cast<std::int32_t>(hash % static_cast<std::uint32_t>(partitions));
}

} // namespace weir

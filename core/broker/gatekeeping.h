// What channels remember of whom they let in: keys of a dedup window, sequence numbers of idempotent producers,
// verdicts of schemas on data that came before. Plain values; each bounded.
#pragma once

#include "core/kernel/hash.h"
#include "core/schema/json_schema.h"
#include "core/services/idempotency.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace weir {

// By producer and channel: the last number that was let in. Kafka: the next one is last + 1, what is not above it has
// been here before, and a gap means that something before it is missing.
class ProducerSequences {
  public:
    enum class Place : std::uint8_t { next, repeated, early };
    Place placeOf(std::uint32_t producer, std::uint16_t channel, std::uint32_t sequence) const {
        const auto last = m_last.find({producer, channel});
        const std::uint32_t known = last == m_last.end() ? 0 : last->second;
        return sequence <= known ? Place::repeated : sequence == known + 1 ? Place::next : Place::early;
    }
    // That one is gone again, and what came after it.
    void takeBack(std::uint32_t producer, std::uint16_t channel, std::uint32_t sequence) {
        const auto last = m_last.find({producer, channel});
        if (last != m_last.end() && last->second >= sequence)
            last->second = sequence - 1;
    }
    void letIn(std::uint32_t producer, std::uint16_t channel, std::uint32_t sequence) {
        m_last[{producer, channel}] = sequence;
    }
    std::size_t memoryBytes() const { return m_last.size() * 64; }

  private:
    std::map<std::pair<std::uint32_t, std::uint16_t>, std::uint32_t> m_last; // as many as producers have channels
};

// Verdicts by the hash of schema and data, so that what comes again and again is not validated again and again. A fixed
// number of places; a newer verdict takes the place of an older one.
class SchemaVerdicts {
  public:
    static constexpr std::size_t places = 1024;

    bool accepts(const JsonSchema& schema, const Value& data) {
        if (m_entries.empty())
            m_entries.resize(places);
        std::string text;
        data.appendCanonical(text);
        const std::uint64_t hash = mix64(hash64(text) ^ schema.hash());
        Entry& entry = m_entries[hash % places];
        if (!entry.known || entry.hash != hash)
            entry = {hash, true, schema.accepts(data)};
        return entry.valid;
    }
    std::size_t memoryBytes() const { return m_entries.size() * sizeof(Entry); }

  private:
    struct Entry {
        std::uint64_t hash = 0;
        bool known = false;
        bool valid = false;
    };
    std::vector<Entry> m_entries;
};

struct Gatekeeping {
    std::vector<IdempotencyStore> seen; // by channel; empty where none has a dedup window
    ProducerSequences sequences;
    SchemaVerdicts verdicts;

    std::size_t memoryBytes() const {
        std::size_t bytes = sequences.memoryBytes() + verdicts.memoryBytes();
        for (const IdempotencyStore& store : seen)
            bytes += sizeof store + store.memoryBytes();
        return bytes;
    }
};

} // namespace weir

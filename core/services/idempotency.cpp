#include "core/services/idempotency.h"

#include "core/kernel/hash.h"

#include <cassert>

namespace weir {

namespace {

// 0 marks what is free.
std::uint64_t notZero(std::uint64_t hash) {
    return hash == 0 ? 1 : hash;
}

} // namespace

std::uint64_t IdempotencyStore::keyOf(std::string_view text) {
    return notZero(hash64(text));
}
std::uint64_t IdempotencyStore::keyOf(Ordinal ordinal) {
    return notZero(mix64(ordinal));
}

IdempotencyStore::IdempotencyStore(Limits limits) : m_limits(limits) {
    assert(limits.keysMax > 0 && limits.keysMax < 0x80000000U);
}

// Where the key is, or the free slot where it would be.
std::size_t IdempotencyStore::slotOf(std::uint64_t key) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = key & mask;
    while (m_slots[slot] != 0 && m_ring[m_slots[slot] - 1].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

bool IdempotencyStore::contains(std::uint64_t key, SimTime now) const {
    if (m_count == 0)
        return false;
    const std::uint32_t index = m_slots[slotOf(key)];
    return index != 0 && now - m_ring[index - 1].at < m_limits.ttl;
}

bool IdempotencyStore::firstTime(std::uint64_t key, SimTime now) {
    assert(key != 0);
    while (m_count > 0 && now - oldest().at >= m_limits.ttl)
        dropOldest();
    if (contains(key, now))
        return false;
    add(key, now);
    return true;
}

void IdempotencyStore::renew(std::uint64_t key, SimTime now) {
    assert(key != 0);
    add(key, now);
}

void IdempotencyStore::forget(std::uint64_t key) {
    const std::uint32_t index = m_count == 0 ? 0 : m_slots[slotOf(key)];
    if (index != 0)
        m_ring[index - 1].at = SimTime{Duration::min() / 2}; // its time is over; its place goes in its turn
}

void IdempotencyStore::add(std::uint64_t key, SimTime now) {
    while (m_count >= m_limits.keysMax) {
        dropOldest();
        ++m_evicted;
    }
    if (m_count == m_ring.size())
        grow();
    const std::size_t index = (m_front + m_count) & (m_ring.size() - 1);
    m_ring[index] = {.key = key, .at = now};
    m_slots[slotOf(key)] = static_cast<std::uint32_t>(index) + 1;
    ++m_count;
}

void IdempotencyStore::dropOldest() {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t hole = slotOf(oldest().key);
    if (m_slots[hole] - 1 != m_front) { // renewed meanwhile: its later time counts
        m_ring[m_front] = {};
        m_front = (m_front + 1) & (m_ring.size() - 1);
        --m_count;
        return;
    }
    // What stands behind the hole moves up, unless it stands where it belongs.
    for (std::size_t slot = (hole + 1) & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const std::size_t home = m_ring[m_slots[slot] - 1].key & mask;
        if (((slot - home) & mask) >= ((slot - hole) & mask)) {
            m_slots[hole] = m_slots[slot];
            hole = slot;
        }
    }
    m_slots[hole] = 0;
    m_ring[m_front] = {};
    m_front = (m_front + 1) & (m_ring.size() - 1);
    --m_count;
}

void IdempotencyStore::grow() {
    std::vector<Seen> longer(m_ring.empty() ? 16 : m_ring.size() * 2);
    for (std::size_t i = 0; i < m_count; ++i)
        longer[i] = m_ring[(m_front + i) & (m_ring.size() - 1)];
    m_ring = std::move(longer);
    m_front = 0;
    m_slots.assign(m_ring.size() * 2, 0);
    for (std::size_t i = 0; i < m_count; ++i)
        m_slots[slotOf(m_ring[i].key)] = static_cast<std::uint32_t>(i) + 1;
}

} // namespace weir

#include "ui/trace/match_set.h"

#include <bit>
#include <cassert>

namespace weir {

void MatchSet::mark(std::uint64_t index) {
    const std::uint64_t block = index / blockSize;
    if (m_blocks.empty())
        m_firstBlock = block;
    while (block < m_firstBlock) {
        m_blocks.push_front({});
        m_counts.push_front(0);
        --m_firstBlock;
    }
    while (block - m_firstBlock >= m_blocks.size()) {
        m_blocks.push_back({});
        m_counts.push_back(0);
    }
    std::uint64_t& word = m_blocks[block - m_firstBlock][index % blockSize / 64];
    const std::uint64_t bit = std::uint64_t{1} << index % 64;
    if (word & bit)
        return;
    word |= bit;
    ++m_counts[block - m_firstBlock];
    ++m_count;
}

void MatchSet::unmark(std::uint64_t index) {
    if (!contains(index))
        return;
    const std::uint64_t block = index / blockSize - m_firstBlock;
    m_blocks[block][index % blockSize / 64] &= ~(std::uint64_t{1} << index % 64);
    --m_counts[block];
    --m_count;
}

void MatchSet::forgetBefore(std::uint64_t index) {
    while (!m_blocks.empty() && (m_firstBlock + 1) * blockSize <= index) {
        m_count -= m_counts.front();
        m_blocks.pop_front();
        m_counts.pop_front();
        ++m_firstBlock;
    }
}

std::uint64_t MatchSet::countBefore(std::uint64_t index) const {
    const std::uint64_t block = index / blockSize;
    if (m_blocks.empty() || block < m_firstBlock)
        return 0;
    if (block - m_firstBlock >= m_blocks.size())
        return m_count;
    std::uint64_t count = 0;
    for (std::uint64_t i = 0; i < block - m_firstBlock; ++i)
        count += m_counts[i];
    const Words& words = m_blocks[block - m_firstBlock];
    const std::uint64_t word = index % blockSize / 64;
    for (std::uint64_t i = 0; i < word; ++i)
        count += static_cast<std::uint64_t>(std::popcount(words[i]));
    const std::uint64_t below = (std::uint64_t{1} << index % 64) - 1;
    return count + static_cast<std::uint64_t>(std::popcount(words[word] & below));
}

std::uint64_t MatchSet::indexOf(std::uint64_t n) const {
    assert(n < m_count);
    std::uint64_t block = 0;
    while (n >= m_counts[block])
        n -= m_counts[block++];
    const Words& words = m_blocks[block];
    std::uint64_t word = 0;
    for (std::uint64_t in = 0; n >= (in = static_cast<std::uint64_t>(std::popcount(words[word]))); ++word)
        n -= in;
    std::uint64_t bits = words[word];
    for (; n > 0; --n)
        bits &= bits - 1;
    return (m_firstBlock + block) * blockSize + word * 64 + static_cast<std::uint64_t>(std::countr_zero(bits));
}

std::optional<std::uint64_t> MatchSet::next(std::uint64_t index) const {
    const std::uint64_t n = countBefore(index);
    return n < m_count ? std::optional(indexOf(n)) : std::nullopt;
}

bool MatchSet::contains(std::uint64_t index) const {
    const std::uint64_t block = index / blockSize;
    if (block < m_firstBlock || block - m_firstBlock >= m_blocks.size())
        return false;
    return (m_blocks[block - m_firstBlock][index % blockSize / 64] >> index % 64 & 1U) != 0;
}

} // namespace weir

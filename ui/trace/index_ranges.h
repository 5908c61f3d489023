// IndexRanges: which records somebody marked: stretches of indices, so that a mark from the first of ten million rows
// to the last is one entry. What lies between two rows that a filter shows is in a stretch too; whether it counts is
// for the rows to say.
#pragma once

#include <cstdint>
#include <vector>

namespace weir {

class IndexRanges {
  public:
    struct Range {
        std::uint64_t first = 0, last = 0; // both are in it
        bool operator==(const Range&) const = default;
    };
    static constexpr std::size_t rangesMax = 10'000; // marked one by one

    void clear() { m_ranges.clear(); }
    // Nothing happens beyond rangesMax.
    void add(Range range);
    void remove(std::uint64_t index);
    bool contains(std::uint64_t index) const;
    bool empty() const { return m_ranges.empty(); }
    const std::vector<Range>& ranges() const { return m_ranges; } // ascending, apart from one another

  private:
    std::vector<Range> m_ranges;
};

} // namespace weir

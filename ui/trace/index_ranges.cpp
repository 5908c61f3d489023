#include "ui/trace/index_ranges.h"

#include <algorithm>

namespace weir {

void IndexRanges::add(Range range) {
    // Those that it overlaps or touches become one with it.
    const auto begin =
        std::find_if(m_ranges.begin(), m_ranges.end(), [&](const Range& each) { return each.last + 1 >= range.first; });
    auto end = begin;
    for (; end != m_ranges.end() && end->first <= range.last + 1; ++end) {
        range.first = std::min(range.first, end->first);
        range.last = std::max(range.last, end->last);
    }
    if (begin == end && m_ranges.size() == rangesMax)
        return;
    m_ranges.insert(m_ranges.erase(begin, end), range);
}

void IndexRanges::remove(std::uint64_t index) {
    const auto found = std::find_if(m_ranges.begin(), m_ranges.end(),
                                    [index](const Range& each) { return each.first <= index && index <= each.last; });
    if (found == m_ranges.end())
        return;
    const Range whole = *found;
    auto place = m_ranges.erase(found);
    if (index < whole.last)
        place = m_ranges.insert(place, {index + 1, whole.last});
    if (whole.first < index)
        m_ranges.insert(place, {whole.first, index - 1});
}

bool IndexRanges::contains(std::uint64_t index) const {
    const auto after = std::upper_bound(m_ranges.begin(), m_ranges.end(), index,
                                        [](std::uint64_t value, const Range& each) { return value < each.first; });
    return after != m_ranges.begin() && index <= std::prev(after)->last;
}

} // namespace weir

#include "core/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace weir {
namespace {

constexpr std::size_t wordSizeMax = 64; // beyond that it is no typo

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
std::size_t edits(std::string_view left, std::string_view right) {
    std::vector<std::size_t> twoBack;
    std::vector<std::size_t> previous(right.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::vector<std::size_t> row(right.size() + 1, i);
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, previous[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = std::min(row[j], twoBack[j - 2] + 1);
        }
        twoBack = std::exchange(previous, std::move(row));
    }
    return previous.back();
}

} // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
    if (word.empty() || word.size() > wordSizeMax)
        return {};
    std::size_t best = std::max(word.size() / 3, std::size_t{word.size() < 4 ? 1u : 2u}) + 1;
    std::string found;
    for (const std::string& candidate : known) {
        if (candidate.size() > wordSizeMax)
            continue;
        if (const std::size_t distance = edits(word, candidate); distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return found;
}

} // namespace weir

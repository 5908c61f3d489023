#include "ui/fuzzy.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace weir {
namespace {

constexpr int letterScore = 4;
constexpr int wordStartScore = 10;
constexpr int rowScore = 8;
constexpr int nameMax = 256; // longer names are matched by their beginning
constexpr int none = std::numeric_limits<int>::min() / 2;

bool startsWord(const QString& name, int i) {
    if (i == 0)
        return true;
    const QChar before = name[i - 1];
    const QChar here = name[i];
    return (!before.isLetterOrNumber() && here.isLetterOrNumber()) || (before.isLower() && here.isUpper());
}

} // namespace

// The best alignment, by dynamic programming: best[q][i] is the best score of the first q + 1 letters where letter q
// stands at i.
std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& name) {
    QString letters = query.toCaseFolded();
    letters.removeIf([](QChar letter) { return letter.isSpace(); });
    const QString folded = name.left(nameMax).toCaseFolded();
    const int m = static_cast<int>(letters.size());
    const int n = static_cast<int>(folded.size());
    if (m == 0)
        return FuzzyMatch{};
    if (m > n)
        return std::nullopt;
    const auto width = static_cast<std::size_t>(n);
    std::vector<int> best(static_cast<std::size_t>(m) * width, none);
    std::vector<int> from(best.size(), -1);
    for (int q = 0; q < m; ++q) {
        int top = q == 0 ? 0 : none; // of the letters before, anywhere to the left
        int topAt = -1;
        for (int i = 0; i < n; ++i) {
            const std::size_t here = static_cast<std::size_t>(q) * width + static_cast<std::size_t>(i);
            if (folded[i] == letters[q] && top > none) {
                best[here] = top + letterScore + (startsWord(name, i) ? wordStartScore : 0);
                from[here] = topAt;
                if (q > 0 && i > 0) {
                    const std::size_t row = here - width - 1;
                    if (best[row] > none && best[row] + letterScore + rowScore > best[here]) {
                        best[here] = best[row] + letterScore + rowScore;
                        from[here] = i - 1;
                    }
                }
            }
            if (q > 0) {
                const std::size_t above = here - width;
                if (best[above] > top) {
                    top = best[above];
                    topAt = i;
                }
            }
        }
    }
    const auto last = best.end() - n;
    const auto end = std::max_element(last, best.end());
    if (*end <= none)
        return std::nullopt;
    FuzzyMatch match;
    match.score = *end * 16 - n; // the length decides between equals
    int at = static_cast<int>(end - last);
    for (int q = m - 1; q >= 0; --q) {
        match.positions.prepend(at);
        at = from[static_cast<std::size_t>(q) * width + static_cast<std::size_t>(at)];
    }
    return match;
}

} // namespace weir

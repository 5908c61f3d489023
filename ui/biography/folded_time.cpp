#include "ui/biography/folded_time.h"

#include <algorithm>
#include <numeric>

namespace weir {
namespace {

// A stretch is quiet where it is so many times as long as all shorter ones together, which it would squeeze.
constexpr double quietFactor = 6;
constexpr double foldShare = 0.06;  // of the line, for each fold
constexpr double foldsShare = 0.45; // for all of them, at most

} // namespace

FoldedTime::FoldedTime(std::vector<SimTime> instants, const std::vector<Stretch>& work, bool folded) {
    std::sort(instants.begin(), instants.end());
    instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
    if (instants.empty())
        return;
    if (instants.size() == 1)
        instants.push_back(instants.front() + Duration(1));
    std::vector<double> gaps(instants.size() - 1);
    for (std::size_t i = 0; i < gaps.size(); ++i)
        gaps[i] = seconds(instants[i + 1] - instants[i]);
    std::vector<bool> worked(gaps.size());
    const auto place = [&instants](SimTime time) {
        return std::lower_bound(instants.begin(), instants.end(), time) - instants.begin();
    };
    for (const auto& [begin, end] : work)
        for (auto i = place(begin); i < place(end); ++i)
            worked[static_cast<std::size_t>(i)] = true;
    std::vector<bool> quiet(gaps.size());
    double shown = 0; // of time that is not folded
    std::size_t folds = 0;
    std::vector<std::size_t> order(gaps.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return gaps[a] < gaps[b]; });
    for (const std::size_t i : order) {
        if (folded && !worked[i] && shown > 0 && gaps[i] > quietFactor * shown) {
            quiet[i] = true;
            ++folds;
        } else {
            shown += gaps[i];
        }
    }
    const double ofFolds = std::min(foldsShare, foldShare * static_cast<double>(folds));
    const double eachFold = folds > 0 ? ofFolds / static_cast<double>(folds) : 0;
    double at = 0;
    m_knots.push_back({instants.front(), 0});
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const double before = at;
        at += quiet[i] ? eachFold : gaps[i] / shown * (1 - ofFolds);
        if (i + 1 == gaps.size())
            at = 1;
        m_knots.push_back({instants[i + 1], at});
        if (quiet[i])
            m_folds.push_back({instants[i], instants[i + 1], before, at});
    }
}

double FoldedTime::at(SimTime time) const {
    if (m_knots.empty() || time <= m_knots.front().time)
        return 0;
    if (time >= m_knots.back().time)
        return 1;
    const auto after = std::upper_bound(m_knots.begin(), m_knots.end(), time,
                                        [](SimTime wanted, const Knot& knot) { return wanted < knot.time; });
    const Knot& before = *std::prev(after);
    return before.at + (after->at - before.at) * seconds(time - before.time) / seconds(after->time - before.time);
}

SimTime FoldedTime::time(double at) const {
    if (m_knots.empty())
        return {};
    if (at <= 0)
        return m_knots.front().time;
    if (at >= 1)
        return m_knots.back().time;
    const auto after = std::upper_bound(m_knots.begin(), m_knots.end(), at,
                                        [](double wanted, const Knot& knot) { return wanted < knot.at; });
    if (after == m_knots.end())
        return m_knots.back().time;
    const Knot& before = *std::prev(after);
    const double share = (at - before.at) / (after->at - before.at);
    return before.time + Duration(static_cast<std::int64_t>(seconds(after->time - before.time) * share * 1e9));
}

} // namespace weir

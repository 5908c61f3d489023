#include "ui/sequence/time_scale.h"

#include <algorithm>
#include <cmath>

namespace weir {
namespace {

constexpr double meanStep = 28; // pixels, at zoom 1
constexpr double quietFactor = 40; // times the usual gap

// The middle one of the gaps that are not zero.
double usualGap(const std::vector<SimTime>& times) {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < times.size(); ++i)
        if (times[i] > times[i - 1])
            gaps.push_back(seconds(times[i] - times[i - 1]));
    if (gaps.empty())
        return 1e-9;
    std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
    return gaps[gaps.size() / 2];
}

// Steps of one instant share what room there is before the next, so that true distances stay true.
void spread(const std::vector<SimTime>& times, std::vector<double>& at) {
    for (std::size_t first = 0; first < times.size();) {
        std::size_t end = first + 1;
        while (end < times.size() && times[end] == times[first])
            ++end;
        const double room = end < times.size() ? at[end] - at[first] : TimeScale::hop * static_cast<double>(end - first);
        const double hop = std::min(TimeScale::hop, room * 0.8 / static_cast<double>(end - first));
        for (std::size_t i = first; i < end; ++i)
            at[i] += hop * static_cast<double>(i - first);
        first = end;
    }
}

} // namespace

TimeScale::TimeScale(std::vector<SimTime> times, TimeMode mode, double zoom)
    : m_times(std::move(times)), m_at(m_times.size()) {
    if (m_times.empty())
        return;
    const double unit = meanStep * zoom;
    const double whole = seconds(m_times.back() - m_times.front());
    const double usual = usualGap(m_times);
    switch (mode) {
    case TimeMode::linear: {
        const double perSecond = whole > 0 ? unit * static_cast<double>(m_times.size()) / whole : unit;
        for (std::size_t i = 0; i < m_times.size(); ++i)
            m_at[i] = seconds(m_times[i] - m_times.front()) * perSecond;
        spread(m_times, m_at);
        break;
    }
    case TimeMode::number:
        for (std::size_t i = 0; i < m_times.size(); ++i)
            m_at[i] = unit * static_cast<double>(i);
        break;
    case TimeMode::nonlinear:
        for (std::size_t i = 1; i < m_times.size(); ++i) {
            const double gap = seconds(m_times[i] - m_times[i - 1]);
            double width = std::min(hop, unit / 2);
            if (gap > quietFactor * usual) {
                width = foldWidth;
                m_folds.push_back({m_times[i - 1], m_times[i], m_at[i - 1], m_at[i - 1] + width});
            } else if (gap > 0) {
                width += unit * std::log2(1 + gap / usual) / 2;
            }
            m_at[i] = m_at[i - 1] + width;
        }
        break;
    }
    m_perSecond = whole > 0 && m_at.back() > 0 ? m_at.back() / whole : 1 / usual;
}

double TimeScale::atTime(SimTime time) const {
    if (m_times.empty())
        return 0;
    if (time < m_times.front())
        return -std::min(1e7, seconds(m_times.front() - time) * m_perSecond);
    const auto after = std::upper_bound(m_times.begin(), m_times.end(), time);
    if (after == m_times.end())
        return m_at.back() + std::min(1e7, seconds(time - m_times.back()) * m_perSecond);
    const auto next = static_cast<std::size_t>(after - m_times.begin());
    const double share = seconds(time - m_times[next - 1]) / seconds(m_times[next] - m_times[next - 1]);
    // Exactly at an instant: where its first step stands.
    if (time == m_times[next - 1])
        return m_at[static_cast<std::size_t>(std::lower_bound(m_times.begin(), m_times.end(), time) - m_times.begin())];
    return m_at[next - 1] + (m_at[next] - m_at[next - 1]) * share;
}

SimTime TimeScale::time(double at) const {
    if (m_times.empty())
        return {};
    const std::size_t next = stepFrom(at);
    if (next == 0)
        return m_times.front();
    if (next == m_at.size())
        return m_times.back();
    const double width = m_at[next] - m_at[next - 1];
    const double share = width > 0 ? (at - m_at[next - 1]) / width : 0;
    return m_times[next - 1] +
           Duration(static_cast<std::int64_t>(static_cast<double>((m_times[next] - m_times[next - 1]).count()) * share));
}

std::size_t TimeScale::stepFrom(double at) const {
    return static_cast<std::size_t>(std::lower_bound(m_at.begin(), m_at.end(), at) - m_at.begin());
}

double TimeScale::anchorOf(double at) const {
    const std::size_t next = stepFrom(at);
    if (next == 0 || m_at.empty())
        return 0;
    if (next == m_at.size())
        return static_cast<double>(m_at.size() - 1);
    const double width = m_at[next] - m_at[next - 1];
    return static_cast<double>(next - 1) + (width > 0 ? (at - m_at[next - 1]) / width : 0);
}

double TimeScale::atAnchor(double anchor) const {
    if (m_at.empty())
        return 0;
    const double clamped = std::clamp(anchor, 0.0, static_cast<double>(m_at.size() - 1));
    const auto step = static_cast<std::size_t>(clamped);
    if (step + 1 == m_at.size())
        return m_at.back();
    return m_at[step] + (m_at[step + 1] - m_at[step]) * (clamped - static_cast<double>(step));
}

} // namespace weir

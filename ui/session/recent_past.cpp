#include "ui/session/recent_past.h"

#include <algorithm>

namespace weir {
namespace {

constexpr Duration step = RecentFigures::spacing;
constexpr Duration leap = 2 * step; // so much between two frames is no passing any more
constexpr std::int64_t stepsOfWindow = RecentFigures::window / step + 1;
constexpr std::size_t totalsMax = 40'000; // of nodes, over all samples

// The last step that is over before that instant.
std::int64_t stepBefore(SimTime time) {
    return (time.time_since_epoch().count() - 1) / step.count();
}

// As many samples as sparklines show; of a large system as many as the window of the figures needs.
std::int64_t stepsOf(const Catalogue& catalogue) {
    const std::size_t nodes = std::max<std::size_t>(1, catalogue.services().size() + catalogue.channels().size());
    return std::clamp(static_cast<std::int64_t>(totalsMax / nodes), stepsOfWindow,
                      static_cast<std::int64_t>(RecentFigures::samplesMax));
}

} // namespace

void RecentPast::clear() {
    m_figures.clear();
    m_loads.clear();
    m_any = false;
    m_step.reset();
}

void RecentPast::follow(RecordReader& reader, const Picture& now, bool running) {
    const bool passes = running && m_any && now.index() >= m_index && now.time() - m_at <= leap;
    const bool stands = m_any && now.index() == m_index && now.time() == m_at;
    const std::int64_t last = stepBefore(now.time());
    if (stands && (running || m_step == last))
        return;
    m_index = now.index();
    m_at = now.time();
    m_any = true;
    if (passes) {
        m_figures.take(now, reader.catalogue());
        m_loads.observe(now, reader.catalogue());
        m_step.reset();
    } else if (m_step == last && !running) {
        m_figures.setPresent(now, reader.catalogue());
    } else {
        recall(reader, now, running);
        m_step = running ? std::nullopt : std::optional(last);
    }
}

void RecentPast::recall(RecordReader& reader, const Picture& now, bool running) {
    const Catalogue& catalogue = reader.catalogue();
    const std::uint64_t foldable = running ? foldedMaxRunning : foldedMax;
    const std::uint64_t end = now.index(); // copied: the Picture may be the one that the reader folds
    const SimTime time = now.time();
    const SimTime metricsStart = now.metricsStart();
    const std::int64_t last = stepBefore(time);
    const auto indexOf = [&](std::int64_t number) { // of the first record behind that step
        return std::clamp(reader.indexAt(SimTime{number * step + Duration{1}}), reader.first(), end);
    };
    std::int64_t first = std::max<std::int64_t>(0, last - stepsOf(catalogue) + 1);
    if (running || end - indexOf(first) > foldable)
        first = std::max<std::int64_t>(0, last - stepsOfWindow + 1);
    const bool dense = end - indexOf(first) > foldable;
    m_figures.clear();
    m_loads.clear();
    SimTime before = SimTime::min();
    for (std::int64_t number = first; number <= last; ++number) {
        const std::uint64_t index = indexOf(number);
        const Picture* const then = dense ? reader.keyframe(index) : &reader.picture(index);
        if (!then || then->time() <= before || then->metricsStart() != metricsStart)
            continue;
        before = then->time();
        m_figures.remember(*then, catalogue);
        if (time - then->time() <= Trend::spanMax)
            m_loads.remember(*then, catalogue);
    }
    m_figures.setPresent(now.index() == end ? now : reader.picture(end), catalogue);
}

} // namespace weir

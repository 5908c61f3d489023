#include "core/simulation/snapshots.h"

#include <algorithm>
#include <cassert>

namespace weir {

bool Snapshots::isDue(const Simulation& simulation) const {
    if (m_kept.empty())
        return true;
    const Kept& last = m_kept.back();
    return simulation.dues() - last.snapshot->simulation.dues() >=
           std::max<std::uint64_t>(duesApart, last.bytes / bytesPerDue);
}

void Snapshots::take(Snapshot snapshot) {
    auto kept = std::make_shared<const Snapshot>(std::move(snapshot));
    const std::size_t bytes = kept->simulation.memoryBytes() + kept->mark.head.memoryBytes() +
                              (kept->expectations ? kept->expectations->memoryBytes() : 0);
    m_kept.push_back({std::move(kept), bytes});
    m_bytes += bytes;
    while (m_bytes > m_bytesMax && m_kept.size() > 2)
        thin();
}

// The one goes that is missed least: the gap it leaves, seen from the head, is the smallest.
void Snapshots::thin() {
    const auto dues = [this](std::size_t i) { return static_cast<double>(m_kept[i].snapshot->simulation.dues()); };
    const double head = dues(m_kept.size() - 1) + 1;
    std::size_t least = 1;
    double leastGap = 0;
    for (std::size_t i = 1; i + 1 < m_kept.size(); ++i) {
        const double gap = (dues(i + 1) - dues(i - 1)) / (head - dues(i));
        if (i == 1 || gap < leastGap) {
            least = i;
            leastGap = gap;
        }
    }
    m_bytes -= m_kept[least].bytes;
    m_kept.erase(m_kept.begin() + static_cast<std::ptrdiff_t>(least));
}

void Snapshots::cut(const Boundary& end) {
    while (!m_kept.empty() && (m_kept.back().snapshot->mark.head.index() > end.records ||
                               m_kept.back().snapshot->simulation.now() > end.at)) {
        m_bytes -= m_kept.back().bytes;
        m_kept.pop_back();
    }
}

std::shared_ptr<const Snapshot> Snapshots::before(const Boundary& boundary) const {
    for (auto kept = m_kept.rbegin(); kept != m_kept.rend(); ++kept)
        if (kept->snapshot->mark.head.index() <= boundary.records && kept->snapshot->simulation.now() <= boundary.at)
            return kept->snapshot;
    return nullptr;
}

std::size_t runTo(const Boundary& boundary, Simulation& simulation, Recorder& recorder, const Journal& journal,
                  std::size_t commands, const std::function<void()>& after) {
    if (recorder.head().index() < boundary.records)
        simulation.start(recorder);
    while (!simulation.stopped()) {
        const bool commanded = commands < journal.size() && journal[commands].dues == simulation.dues();
        const std::optional<SimTime> next = simulation.nextAt();
        if (recorder.head().index() >= boundary.records && (commanded || !next || *next >= boundary.at))
            break;
        if (commanded) {
            simulation.waitUntil(journal[commands].at);
            [[maybe_unused]] const auto given = simulation.apply(journal[commands++].command, recorder);
            assert(given); // it was given before
        } else {
            simulation.step(recorder);
        }
        if (after)
            after();
    }
    return commands;
}

} // namespace weir

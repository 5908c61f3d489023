// The part of the session that stops: at breakpoints, and what it tells of what waits.
#include "ui/session/session.h"
#include "ui/session/simulation_worker.h"

#include <algorithm>
#include <utility>

namespace weir {

namespace {
constexpr std::uint64_t seenRecordsPerTick = 10'000; // that are looked through again, a few milliseconds
} // namespace

Errors Session::setBreakpoints(std::vector<BreakpointSpec> breakpoints) {
    Result<Breakpoints, Errors> compiled = Breakpoints::compile(breakpoints);
    if (!compiled)
        return compiled.error();
    if (breakpoints == m_breakpoints)
        return {};
    m_breakpoints = std::move(breakpoints);
    m_watches = std::move(*compiled);
    m_lastHit.reset();
    watchRun();
    Q_EMIT breakpointsChanged();
    return {};
}

// The present run looks for them in what it makes from now on; the others when they are taken up.
void Session::watchRun() {
    m_seenHit.reset();
    m_watches.forget();
    if (!m_worker)
        return;
    m_worker->setBreakpoints(m_watches, boundary());
    m_reader->refresh();
}

std::optional<SimTime> Session::nextStop() const {
    std::optional<SimTime> next = m_stopAt;
    for (const BreakpointSpec& breakpoint : m_breakpoints)
        if (const SimTime at{breakpoint.at}; breakpoint.enabled && breakpoint.kind == BreakpointSpec::Kind::at && at > m_playTime)
            next = std::min(next.value_or(at), at);
    return next;
}

std::uint64_t Session::limited(std::uint64_t target) {
    if (m_breakpoints.empty())
        return target;
    const SimulationWorker::Head head = m_worker->head();
    const std::uint64_t seen = std::min(m_store->shown(), target);
    if (m_playhead < seen && !m_watches.empty()) { // on the way through what was seen before
        RecordReader& reader = readerAt(m_playhead);
        const std::uint64_t from = std::max(m_playhead, reader.first());
        const std::uint64_t reach = std::max(from, std::min({seen, m_playhead + seenRecordsPerTick, reader.end()}));
        if (!m_seenHit || m_seenHit->record < m_playhead)
            m_seenHit = m_watches.scan(reader, from, reach, m_messages.get());
        return m_seenHit ? m_seenHit->record + 1 : reach;
    }
    target = std::min(target, std::max(m_playhead, head.scanned));
    return head.hit && head.hit->record >= m_playhead ? std::min(target, head.hit->record + 1) : target;
}

// After the playhead has moved.
void Session::stopAtBreakpoints(SimTime before) {
    if (m_breakpoints.empty() || !m_worker)
        return;
    const auto stop = [&](std::size_t breakpoint, QString why) {
        m_lastHit = Hit{breakpoint, m_playhead == 0 ? 0 : m_playhead - 1, m_playTime, std::move(why)};
        pause();
        Q_EMIT breakpointHit(breakpoint, m_lastHit->record);
    };
    for (std::size_t i = 0; i < m_breakpoints.size(); ++i)
        if (m_breakpoints[i].enabled && m_breakpoints[i].kind == BreakpointSpec::Kind::at &&
            SimTime{m_breakpoints[i].at} == m_playTime && before < m_playTime) {
            stop(i, {});
            return;
        }
    const SimulationWorker::Head head = m_worker->head();
    if (head.hit && m_playhead == head.hit->record + 1) {
        m_worker->passHit();
        stop(head.hit->breakpoint, QString::fromStdString(head.hitText));
    } else if (m_seenHit && m_playhead == m_seenHit->record + 1) {
        const std::size_t breakpoint = std::exchange(m_seenHit, std::nullopt)->breakpoint;
        stop(breakpoint, {});
    }
}

// Somebody went beyond one by hand.
void Session::passBreakpoints() {
    if (!m_worker || m_breakpoints.empty())
        return;
    if (const auto hit = m_worker->head().hit; hit && hit->record < m_playhead)
        m_worker->passHit();
}

PendingDues Session::pending() const {
    if (!m_worker)
        return {};
    return m_running && m_store->shown() == m_playhead ? m_worker->pendingAtHead(pendingMax)
                                                       : m_worker->pending(boundary(), pendingMax);
}

} // namespace weir

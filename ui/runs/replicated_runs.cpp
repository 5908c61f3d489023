#include "ui/runs/replicated_runs.h"

#include <algorithm>
#include <utility>

namespace weir {

ReplicatedRuns::~ReplicatedRuns() {
    cancel();
}

void ReplicatedRuns::cancel() {
    ++m_number;
    if (m_over)
        *m_over = true;
    if (m_thread.joinable())
        m_thread.join(); // it looks every few milliseconds
    m_ended = 0;
    m_outcome.reset();
    m_errors.clear();
}

void ReplicatedRuns::start(Request request) {
    cancel();
    m_request = std::move(request);
    m_placeOf.clear();
    for (std::size_t i = 0; i < m_request.figures.size(); ++i)
        m_placeOf.emplace(
            std::tuple(m_request.figures[i].scope, m_request.figures[i].place, m_request.figures[i].figure), i);
    m_over = std::make_shared<std::atomic<bool>>(false);
    m_thread = std::thread([this, number = m_number, over = m_over] { work(number, over); });
    Q_EMIT advanced();
}

// In the thread; the request stays as it is until this has ended.
void ReplicatedRuns::work(std::uint64_t number, const std::shared_ptr<std::atomic<bool>>& over) {
    ComparisonOptions options{.seed = m_request.seed,
                              .count = m_request.count,
                              .threads = std::max(1U, std::thread::hardware_concurrency() / 2),
                              .until = m_request.until,
                              .figures = m_request.figures,
                              .ended = [this, number](std::uint64_t pairs) {
                                  QMetaObject::invokeMethod(
                                      this,
                                      [this, number, pairs] {
                                          if (number != m_number)
                                              return;
                                          m_ended = pairs;
                                          Q_EMIT advanced();
                                      },
                                      Qt::QueuedConnection);
                              }};
    auto outcome = std::make_shared<Result<ReplicatedComparison, Errors>>(
        compareReplicated({*m_request.mine.scenario, m_request.mine.journal},
                          {*m_request.other.scenario, m_request.other.journal}, options, *over));
    QMetaObject::invokeMethod(
        this,
        [this, number, outcome] {
            if (number != m_number)
                return;
            m_thread.join();
            if (*outcome)
                m_outcome = std::move(**outcome);
            else
                m_errors = outcome->error();
            Q_EMIT finished();
        },
        Qt::QueuedConnection);
}

const ComparedFigure* ReplicatedRuns::outcomeOf(MetricScope scope, const std::string& place,
                                                std::string_view figure) const {
    if (!m_outcome)
        return nullptr;
    const auto found = m_placeOf.find({scope, place, figure});
    return found == m_placeOf.end() ? nullptr : &m_outcome->figures[found->second];
}

} // namespace weir

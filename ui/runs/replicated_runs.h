// ReplicatedRuns: a comparison of two runs, run again with other seeds in the background: started, told of, given up.
// It knows no widget; what is compared and how it is shown are its owner's.
#pragma once

#include "core/simulation/replicated_comparison.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <tuple>

namespace weir {

class ReplicatedRuns final : public QObject {
    Q_OBJECT
  public:
    struct Request {
        struct Side {
            std::shared_ptr<const Scenario> scenario; // as it began
            Journal journal;
        };
        Side mine, other;
        std::uint64_t seed = 1;
        std::uint64_t count = 20;
        SimTime until;
        std::vector<FigureName> figures;
    };
    using QObject::QObject;
    ~ReplicatedRuns() override;

    void start(Request request); // gives up what goes on, and forgets what came of the last one
    void cancel();
    bool busy() const { return m_thread.joinable(); }
    std::uint64_t pairsEnded() const { return m_ended; }
    const Request& request() const { return m_request; }
    // Nothing until it is finished.
    const std::optional<ReplicatedComparison>& outcome() const { return m_outcome; }
    const ComparedFigure* outcomeOf(MetricScope scope, const std::string& place, std::string_view figure) const;
    const Errors& errors() const { return m_errors; } // why there is none

  Q_SIGNALS:
    void advanced();
    void finished();

  private:
    void work(std::uint64_t number, const std::shared_ptr<std::atomic<bool>>& over);

    Request m_request;
    std::uint64_t m_number = 0; // of the request: what an earlier one posts is passed over
    std::uint64_t m_ended = 0;
    std::optional<ReplicatedComparison> m_outcome;
    std::map<std::tuple<MetricScope, std::string, std::string_view>, std::size_t> m_placeOf; // of each figure asked for
    Errors m_errors;
    std::shared_ptr<std::atomic<bool>> m_over;
    std::thread m_thread;
};

} // namespace weir

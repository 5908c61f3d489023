#include "core/simulation/replicated_comparison.h"

#include "core/kernel/random.h"
#include "core/simulation/simulation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <mutex>
#include <optional>
#include <thread>

namespace weir {
namespace {

constexpr std::uint64_t sliceDues = 65'536; // between two looks at whether it is over

using Figures = std::vector<std::optional<double>>;

struct Side {
    Figures figures;
    std::uint64_t refused = 0;
};

// One side of one replication.
class SideRun {
  public:
    SideRun(std::shared_ptr<const Model> model, const ComparisonOptions& options, const std::atomic<bool>& over)
        : m_options(options), m_over(over), m_simulation(model), m_recorder(model->catalogue, {.recordsMax = 0}) {}

    Side run(const Journal& journal, bool exactly) {
        Side side;
        for (const JournalEntry& entry : journal)
            if (entry.at <= m_options.until && !give(entry, exactly))
                ++side.refused;
        runUntil(m_options.until, UINT64_MAX);
        for (const FigureName& name : m_options.figures)
            side.figures.push_back(
                metric(m_recorder.head(), *m_recorder.catalogue(), name.scope, name.place, name.figure));
        return side;
    }

  private:
    void runUntil(SimTime until, std::uint64_t dues) {
        while (!m_over && m_simulation.dues() < dues &&
               m_simulation.run(until, std::min(sliceDues, dues - m_simulation.dues()), m_recorder) > 0) {
        }
    }

    // False where it has nothing to do here.
    bool give(const JournalEntry& entry, bool exactly) {
        runUntil(exactly ? SimTime::max() : entry.at, exactly ? entry.dues : UINT64_MAX);
        if (m_over || m_simulation.stopped())
            return false;
        const SimTime next = m_simulation.nextAt().value_or(entry.at);
        m_simulation.waitUntil(std::max(std::min(entry.at, next), m_simulation.now()));
        return m_simulation.apply(entry.command, m_recorder).ok();
    }

    const ComparisonOptions& m_options;
    const std::atomic<bool>& m_over;
    Simulation m_simulation;
    Recorder m_recorder;
};

struct Pair {
    Side mine, other;
};

Result<Pair, Errors> pairOf(std::uint64_t index, const ComparedSide& mine, const ComparedSide& other,
                            const ComparisonOptions& options, const std::atomic<bool>& over) {
    Pair pair;
    for (const auto& [side, run] : {std::pair(&pair.mine, &mine), std::pair(&pair.other, &other)}) {
        // Each has its own: commands change what a model says.
        auto model = Model::compile(run->scenario, {.seed = deriveSeed(options.seed, index)});
        if (!model)
            return model.error();
        *side = SideRun(std::move(*model), options, over).run(run->journal, index == 0);
    }
    return pair;
}

ReplicatedComparison summarized(const std::vector<Pair>& pairs, std::size_t figures) {
    ReplicatedComparison comparison;
    comparison.figures.resize(figures);
    for (const Pair& pair : pairs) {
        comparison.refused += pair.mine.refused + pair.other.refused;
        for (std::size_t i = 0; i < figures; ++i) {
            const std::optional<double>& mine = pair.mine.figures[i];
            const std::optional<double>& other = pair.other.figures[i];
            if (mine)
                comparison.figures[i].mine.add(*mine);
            if (other)
                comparison.figures[i].other.add(*other);
            if (mine && other)
                comparison.figures[i].difference.add(*other - *mine);
        }
    }
    return comparison;
}

} // namespace

bool ComparedFigure::isCertain() const {
    const std::optional<double> half = difference.ci95();
    return half && std::abs(*difference.mean()) > *half;
}

Result<ReplicatedComparison, Errors> compareReplicated(const ComparedSide& mine, const ComparedSide& other,
                                                       const ComparisonOptions& options,
                                                       const std::atomic<bool>& over) {
    assert(options.count > 0);
    std::vector<Pair> pairs(options.count); // taken in their order, whichever thread made them
    std::mutex mutex;                       // guards what follows
    std::uint64_t next = 0, ended = 0;
    Errors errors;
    const auto work = [&] {
        while (true) {
            std::uint64_t index = 0;
            {
                const std::lock_guard lock(mutex);
                if (next == options.count || !errors.empty() || over)
                    return;
                index = next++;
            }
            Result<Pair, Errors> pair = pairOf(index, mine, other, options, over);
            const std::lock_guard lock(mutex);
            if (!pair) {
                errors = pair.error();
                return;
            }
            pairs[index] = std::move(*pair);
            ++ended;
            if (options.ended && !over)
                options.ended(ended);
        }
    };
    {
        std::vector<std::jthread> threads;
        const std::uint64_t wanted = std::min<std::uint64_t>(std::max(options.threads, 1U), options.count);
        for (std::uint64_t i = 1; i < wanted; ++i)
            threads.emplace_back(work);
        work();
    }
    if (over)
        return Errors{{"cancelled", "needs all replications", ""}};
    if (!errors.empty())
        return errors;
    return summarized(pairs, options.figures.size());
}

} // namespace weir

#include "core/simulation/replications.h"

#include "core/kernel/random.h"
#include "core/record/summary.h"
#include "core/simulation/run_report.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace weir {
namespace {

using Leaves = std::vector<std::optional<double>>;

void collect(const Value& tree, Leaves& leaves) {
    if (const Value::Table* table = tree.table())
        for (const auto& [name, inside] : *table)
            collect(inside, leaves);
    else
        leaves.push_back(tree.number() ? std::optional(tree.number()->toDouble()) : std::nullopt);
}

Value numberOrNull(std::optional<double> number) {
    return number ? Value(Decimal::fromDouble(*number)) : Value();
}

// The tree again, with a summary in place of each leaf; `next` walks the summaries.
Value summarized(const Value& tree, const Summary*& next) {
    if (const Value::Table* table = tree.table()) {
        Value::Table made;
        for (const auto& [name, inside] : *table)
            made.emplace_back(name, summarized(inside, next));
        return Value(std::move(made));
    }
    const Summary& summary = *next++;
    return Value(Value::Table{{"mean", numberOrNull(summary.mean())}, {"ci95", numberOrNull(summary.ci95())}});
}

// Takes results in any order, adds them up in the order of their index.
class Collection {
  public:
    explicit Collection(const ReplicationOptions& options) : m_options(options) {}

    // The index to run next; nothing where there is none, or where one could not be run.
    std::optional<std::uint64_t> take() {
        const std::lock_guard lock(m_mutex);
        if (m_next == m_options.count || !m_errors.empty())
            return std::nullopt;
        return m_next++;
    }
    void put(std::uint64_t index, Result<FinishedRun, Errors> result) {
        // Made outside the lock: it is the costly part.
        std::optional<Entry> entry;
        if (result)
            entry = entryOf(index, std::move(*result));
        const std::lock_guard lock(m_mutex);
        if (entry)
            m_waiting.emplace(index, std::move(*entry));
        else
            m_errors.emplace(index, result.error());
        while (!m_waiting.empty() && m_waiting.begin()->first == m_added) {
            add(m_added++, std::move(m_waiting.begin()->second));
            m_waiting.erase(m_waiting.begin());
        }
        ++m_ended;
        if (m_options.ended)
            m_options.ended(m_ended);
    }
    Result<Replications, Errors> outcome() && {
        if (!m_errors.empty())
            return m_errors.begin()->second;
        assert(m_first && m_added == m_options.count);
        const Summary* next = m_summaries.data();
        return Replications{.first = std::move(*m_first),
                            .fingerprints = m_fingerprints,
                            .fingerprint = m_fingerprints.size() == 1 ? m_fingerprints.front()
                                                                      : Fingerprint::combine(m_fingerprints),
                            .figures = summarized(m_shape, next),
                            .unexpected = std::move(m_unexpected),
                            .bounded = std::move(m_bounded),
                            .expectations = std::move(m_expectations)};
    }

  private:
    struct Entry {
        Leaves leaves;
        std::uint64_t fingerprint = 0;
        bool bounded = false;
        std::vector<ExpectationOutcome> expectations;
        Value shape;                      // of the first
        std::optional<FinishedRun> whole; // of the first
    };

    static Entry entryOf(std::uint64_t index, FinishedRun run) {
        Entry entry;
        const Value figures = runFigures(run.simulation.model(), run.picture);
        collect(figures, entry.leaves);
        entry.fingerprint = run.fingerprint;
        entry.bounded = run.boundReached();
        entry.expectations = run.expectations;
        if (index == 0) {
            entry.shape = figures;
            entry.whole = std::move(run);
        }
        return entry;
    }

    void add(std::uint64_t index, Entry entry) {
        if (index == 0) {
            m_summaries.resize(entry.leaves.size());
            m_expectations = entry.expectations;
            m_shape = std::move(entry.shape);
            m_first = std::move(entry.whole);
        }
        assert(entry.leaves.size() == m_summaries.size());
        for (std::size_t i = 0; i < entry.leaves.size(); ++i)
            if (entry.leaves[i])
                m_summaries[i].add(*entry.leaves[i]);
        m_fingerprints.push_back(entry.fingerprint);
        if (entry.bounded)
            m_bounded.push_back(index);
        bool ok = true;
        for (std::size_t i = 0; i < entry.expectations.size(); ++i) {
            ok = ok && entry.expectations[i].ok();
            if (m_expectations[i].ok() && !entry.expectations[i].ok())
                m_expectations[i] = std::move(entry.expectations[i]);
        }
        if (!ok)
            m_unexpected.push_back(index);
    }

    const ReplicationOptions& m_options;
    std::mutex m_mutex; // guards what follows
    std::uint64_t m_next = 0;
    std::uint64_t m_added = 0;
    std::uint64_t m_ended = 0;
    std::map<std::uint64_t, Entry> m_waiting; // ended before one with a lower index: at most one a thread, by and large
    std::map<std::uint64_t, Errors> m_errors;
    Value m_shape;
    std::vector<Summary> m_summaries;
    std::vector<std::uint64_t> m_fingerprints;
    std::vector<std::uint64_t> m_unexpected;
    std::vector<std::uint64_t> m_bounded;
    std::vector<ExpectationOutcome> m_expectations;
    std::optional<FinishedRun> m_first;
};

} // namespace

Result<Replications, Errors> replicate(const Scenario& scenario, const ReplicationOptions& options,
                                       const RunWatch& watch) {
    assert(options.count > 0 && (options.count == 1 || watch.journal.empty()));
    Collection collection(options);
    const auto work = [&] {
        const RunWatch unwatched;
        while (const std::optional<std::uint64_t> index = collection.take())
            collection.put(*index, runWhole(scenario, {.seed = deriveSeed(options.seed, *index)},
                                            *index == 0 ? watch : unwatched));
    };
    std::vector<std::jthread> threads;
    const std::uint64_t wanted = std::min<std::uint64_t>(std::max(options.threads, 1U), options.count);
    for (std::uint64_t i = 1; i < wanted; ++i)
        threads.emplace_back(work);
    work();
    for (std::jthread& thread : threads)
        thread.join();
    return std::move(collection).outcome();
}

} // namespace weir

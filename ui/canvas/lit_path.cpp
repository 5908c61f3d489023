#include "ui/canvas/lit_path.h"

#include "core/record/causal_tree.h"
#include "ui/format.h"

#include <algorithm>

namespace weir {
namespace {

// Collects hops; what one message does at one instant is one step.
class Steps {
  public:
    Steps(const Scene& scene, bool numbered) : m_scene(scene), m_numbered(numbered) {
        m_path.nodes.assign(scene.topology.nodes().size(), false);
        m_path.edges.assign(scene.topology.edges().size(), false);
        m_path.steps.assign(scene.topology.edges().size(), QString());
        m_runs.resize(scene.topology.edges().size());
    }

    void take(const Record& record, const Hop& hop) {
        m_any = true;
        m_path.nodes[hop.from] = m_path.nodes[hop.to] = true;
        const std::uint32_t edge = m_scene.drawnBy[hop.edge];
        const bool together = m_before.ordinal == record.ordinal && m_before.at == record.at &&
                              m_before.kind == record.kind && m_step > 0;
        m_before = record;
        if (!together)
            ++m_step;
        if (edge == Scene::nowhere)
            return;
        m_path.edges[edge] = true;
        if (!m_numbered || (together && m_lastEdge == edge))
            return;
        m_lastEdge = edge;
        say(edge);
    }

    std::optional<LitPath> result() && { return m_any ? std::optional(std::move(m_path)) : std::nullopt; }

  private:
    // Steps of one edge that follow each other: "2–8".
    struct Run {
        QString before;
        std::int64_t first = 0, last = 0;
    };
    void say(std::uint32_t edge) {
        constexpr qsizetype wordsMax = 8; // more would cover the edge
        QString& words = m_path.steps[edge];
        Run& run = m_runs[edge];
        if (words.endsWith(QChar(0x2026)))
            return;
        if (run.first == 0 || run.last + 1 != m_step) {
            if (words.size() > wordsMax) {
                words += QStringLiteral(", \u2026");
                return;
            }
            run = {words.isEmpty() ? words : words + QStringLiteral(", "), m_step, m_step};
        }
        run.last = m_step;
        words = run.before + countText(run.first);
        if (run.last > run.first)
            words += QChar(0x2013) + countText(run.last);
    }

    const Scene& m_scene;
    bool m_numbered;
    LitPath m_path;
    bool m_any = false;
    Record m_before;
    std::int64_t m_step = 0;
    std::vector<Run> m_runs; // the last one of each edge
    std::uint32_t m_lastEdge = Scene::nowhere;
};

} // namespace

std::optional<LitPath> litPath(const LitWish& wish, const RecordReader& reader, std::uint64_t playhead,
                               const Ways& ways, const Scene& scene) {
    const Catalogue& catalogue = reader.catalogue();
    Steps steps(scene, wish.message != 0);
    const auto take = [&](const Record& record) {
        if (const std::optional<Hop> hop = ways.hop(record, catalogue))
            steps.take(record, *hop);
    };
    if (wish.message != 0) {
        // A look for what follows must not hold up the window.
        const CausalTree::Limits limits{.messagesMax = 2'000, .recordsMax = 20'000, .recordsReadMax = 300'000};
        const std::optional<CausalTree> tree = causalTree(reader, wish.message, limits);
        if (!tree)
            return std::nullopt;
        for (const std::uint64_t index : tree->records) {
            if (index >= playhead)
                break;
            const Record& record = reader.at(index);
            if (wish.conversation || record.ordinal == wish.message)
                take(record);
        }
        return std::move(steps).result();
    }
    const std::uint64_t end = std::min(playhead, reader.end());
    std::uint64_t at = std::max(reader.first(), end - std::min(end, litTypeRecordsMax));
    while (at < end) {
        std::span<const Record> records = reader.from(at);
        records = records.first(std::min<std::size_t>(records.size(), end - at));
        if (records.empty())
            break;
        for (const Record& record : records)
            if (record.type == wish.type)
                take(record);
        at += records.size();
    }
    return std::move(steps).result();
}

} // namespace weir

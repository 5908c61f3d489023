#include "support/invariants/checker.h"

#include "core/record/metrics.h"

#include <algorithm>
#include <cmath>

namespace weir::invariants {
namespace {

bool isNetworked(const Model& model) {
    return !model.scenario->links.empty() || strikes(model, FaultKind::partition) || strikes(model, FaultKind::delay) ||
           strikes(model, FaultKind::reorder) || strikes(model, FaultKind::lose);
}

} // namespace

Checker::Checker(std::shared_ptr<const Model> compiled, Options options, Exercised& exercised)
    : model(std::move(compiled)), simulation(model), recorder(model->catalogue),
      m_shared{*model, exercised, options.commanded || strikes(*model, FaultKind::drop), options.commanded,
               options.commanded || isNetworked(*model)},
      m_reader(recorder.store()),
      m_source(model->generator, model->catalogue, [this](Ordinal ordinal) { return m_reader.published(ordinal); }),
      m_messages(m_shared, m_source), m_copies(m_shared, m_messages), m_groups(m_shared, m_source),
      m_passages(m_shared, m_messages), m_figures(model->broker->subscriptions.size()) {}

bool Checker::step() {
    const bool going = simulation.step(recorder);
    look();
    return going && m_broken.empty();
}

void Checker::look() {
    m_reader.refresh();
    const std::uint64_t before = m_seen;
    for (; m_seen < m_reader.end() && m_broken.empty(); ++m_seen) {
        const Record& record = m_reader.at(m_seen);
        breaks(apply(record), &record);
    }
    if (m_seen == before || !m_broken.empty())
        return;
    Broken broken = m_messages.afterDue();
    if (broken.empty())
        broken = m_copies.afterDue(simulation);
    if (broken.empty())
        broken = m_groups.afterDue(simulation);
    if (broken.empty())
        broken = m_passages.afterDue(simulation.now());
    if (!broken.empty())
        breaks(broken, &m_reader.at(m_seen - 1));
}

Broken Checker::apply(const Record& record) {
    static const Place nowhere;
    const Place& place = record.place.valid() ? model->catalogue->place(record.place) : nowhere;
    count(record, place);
    m_shared.leadership.apply(record, place);
    m_ledger.apply(record);
    m_picture.apply(record, *model->catalogue);
    if (!m_ledger.closed())
        return "I01: the ledger is not closed";
    Broken broken = m_messages.apply(record, place);
    if (broken.empty())
        broken = m_copies.apply(record, place);
    if (broken.empty())
        broken = m_groups.apply(record, place);
    return broken.empty() ? m_passages.apply(record, place) : broken;
}

void Checker::count(const Record& record, const Place& place) {
    if (record.kind == RecordKind::completed)
        m_latencies.push_back(record.value);
    m_warmed = m_warmed || record.kind == RecordKind::warmedUp;
    if (!place.subscription.valid())
        return;
    Figures& figures = m_figures[place.subscription.index()];
    switch (record.kind) {
    case RecordKind::delivered:
        ++figures.delivered;
        figures.redelivered += record.attempt > 1 ? 1 : 0;
        break;
    case RecordKind::acked:
        ++figures.acked;
        break;
    case RecordKind::deadLettered:
        ++figures.deadLettered;
        break;
    case RecordKind::expired:
        ++figures.expired;
        break;
    case RecordKind::dropped:
        ++figures.dropped;
        break;
    default:
        break;
    }
}

void Checker::finish() {
    if (!m_broken.empty())
        return;
    m_shared.exercised.add(20);
    if (recorder.head().ledger() != m_ledger)
        return breaks("I24: the ledger is not that of the records", nullptr);
    if (!(recorder.head() == m_picture))
        return breaks("I20: the records folded again give another Picture", nullptr);
    Broken broken;
    if (!m_warmed)
        broken = figures();
    if (broken.empty() && !m_warmed)
        broken = percentiles();
    const bool idle = recorder.head().stopped() && recorder.head().stopReason() == model->reasons.idle;
    // Who waits for room that nobody makes (a channel without a reader) keeps its work from ending.
    if (broken.empty() && idle && m_ledger.messages.held == 0 && !m_shared.networked && nodesAreBack())
        broken = m_copies.drained();
    if (broken.empty())
        broken = m_passages.finish(simulation.now(), idle && !m_shared.networked);
    breaks(broken, nullptr);
}

// No node is gone for good, or has a disk that what nobody takes may fill.
bool Checker::nodesAreBack() const {
    return !m_shared.mayBeFull() &&
           std::none_of(model->faults.begin(), model->faults.end(), [](const FaultPlan& fault) {
               return fault.spec.kind >= FaultKind::nodeDown && !fault.spec.lasts;
           });
}

Broken Checker::figures() const {
    const SimTime now = simulation.now();
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        m_shared.exercised.add(24);
        const SubscriptionId id{static_cast<std::uint16_t>(i)};
        const SubscriptionFigures& shown = recorder.head().subscription(id);
        const Figures& own = m_figures[i];
        if (shown.delivered != own.delivered || shown.redelivered != own.redelivered || shown.acked != own.acked ||
            shown.deadLettered != own.deadLettered || shown.expired != own.expired || shown.dropped != own.dropped)
            return "I24: a figure is not what the records say";
        // Little: the integral of the number is the sum of the times.
        if (shown.unacked.area(now) != m_copies.unackedTime(id, now))
            return "I23: unacked copies times time is not the sum of their times";
        const auto mean = subscriptionMetric(recorder.head(), *model->catalogue, id, "unackedMean");
        const SimTime last = recorder.head().time();
        const auto lasted = static_cast<double>(last.time_since_epoch().count());
        const double sum = static_cast<double>(m_copies.unackedTime(id, last));
        if (mean && std::abs(*mean * lasted - sum) > 1e-9 * sum + 1)
            return "I23: the mean number is not throughput times mean time";
    }
    return {};
}

// Rank max(1, ceil(fraction * count)), within the bucket's 0.8 %.
Broken Checker::percentiles() {
    const Histogram& shown = recorder.head().latency();
    if (shown.count() != m_latencies.size())
        return "I24: the latencies are not those of the records";
    if (m_latencies.empty())
        return {};
    std::sort(m_latencies.begin(), m_latencies.end());
    for (const double fraction : {0.5, 0.9, 0.99}) {
        const auto rank = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(m_latencies.size()))));
        const auto exact = static_cast<double>(m_latencies[rank - 1]);
        if (std::abs(shown.quantile(fraction).value_or(-1) - exact) > 0.008 * exact + 0.5)
            return "I24: a percentile is not that of the records";
    }
    return {};
}

void Checker::breaks(Broken broken, const Record* record) {
    if (broken.empty() || !m_broken.empty())
        return;
    m_broken = broken;
    m_broken += ": seed " + std::to_string(model->scenario->run.seed) + " after " + std::to_string(simulation.dues()) +
                " dues at " + secondsText(simulation.now());
    if (!record)
        return;
    m_broken += ", " + std::string(name(record->kind)) + " message " + std::to_string(record->ordinal) + " attempt " +
                std::to_string(record->attempt);
    const Place place = record->place.valid() ? model->catalogue->place(record->place) : Place{};
    if (place.channel.valid())
        m_broken += " in " + model->catalogue->channels()[place.channel.index()].name;
    if (record->reason.valid())
        m_broken += " reason " + model->catalogue->reasons()[record->reason.index()].name;
}

} // namespace weir::invariants

#include "core/simulation/run_report.h"

#include "core/record/fingerprint.h"
#include "core/record/metrics.h"

#include <algorithm>
#include <array>

namespace weir {
namespace {

constexpr std::size_t quantitiesShown = 100;

constexpr std::array<std::string_view, 15> subscriptionFigures{
    "delivered",   "acked",    "redelivered", "deadLettered", "expired", "dropped",  "depthMean", "depthMax",
    "unackedMean", "waitMean", "waitP50",     "waitP90",      "waitP99", "waitP999", "lag"};
constexpr std::array<std::string_view, 7> serviceFigures{"handled",     "failed",       "utilization", "throughput",
                                                         "serviceMean", "responseMean", "responseP99"};
struct LatencyFigure {
    std::string_view name, metric;
};
constexpr std::array latencyFigures{LatencyFigure{"mean", "latencyMean"}, LatencyFigure{"p50", "latencyP50"},
                                    LatencyFigure{"p90", "latencyP90"},   LatencyFigure{"p99", "latencyP99"},
                                    LatencyFigure{"p999", "latencyP999"}, LatencyFigure{"max", "latencyMax"}};

Value numberOrNull(std::optional<double> number) {
    return number ? Value(Decimal::fromDouble(*number)) : Value();
}

Value whole(std::uint64_t number) {
    return Value(static_cast<std::int64_t>(number));
}

Value ledgerValue(const Ledger& ledger) {
    const MessageCounts& messages = ledger.messages;
    const CopyCounts& copies = ledger.copies;
    return Value(Value::Table{{"published", messages.published},
                              {"refused", messages.refused},
                              {"deduplicated", messages.deduplicated},
                              {"unroutable", messages.unroutable},
                              {"held", messages.held},
                              {"routed", messages.routed},
                              {"copies", copies.born},
                              {"outcomes", Value(Value::Table{{"inTransit", copies.inTransit},
                                                              {"delayed", copies.delayed},
                                                              {"ready", copies.ready},
                                                              {"inFlight", copies.inFlight},
                                                              {"acked", copies.acked},
                                                              {"deadLettered", copies.deadLettered},
                                                              {"expired", copies.expired},
                                                              {"dropped", copies.dropped},
                                                              {"purged", copies.purged},
                                                              {"lost", copies.lost}})},
                              {"effectsLost", ledger.effectsLost}});
}

// Of a queue or stream `figure` is that of its subscriptions; what is no stream has no lag.
template <class Figure> Value subscriptionValue(bool stream, const Figure& figure) {
    Value::Table table;
    for (const std::string_view name : subscriptionFigures)
        if (name != "lag" || stream)
            table.emplace_back(name, numberOrNull(figure(name)));
    return Value(std::move(table));
}

template <class Row> bool isUnique(const StableTable<Row>& rows, const std::string& name) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        count += rows[i].name == name ? 1 : 0;
    return count == 1;
}

void sortByName(Value::Table& table) {
    std::sort(table.begin(), table.end(),
              [](const Value::Member& left, const Value::Member& right) { return left.first < right.first; });
}

Value channelsValue(const Catalogue& catalogue, const Picture& picture) {
    Value::Table channels;
    for (std::size_t i = 0; i < catalogue.channels().size(); ++i) {
        const ChannelId id{static_cast<std::uint16_t>(i)};
        const ChannelRow& row = catalogue.channels()[i];
        const auto figure = [&](std::string_view name) { return channelMetric(picture, catalogue, id, name); };
        Value::Table table{{"published", numberOrNull(figure("published"))}, {"bytes", numberOrNull(figure("bytes"))}};
        if (row.kind == ChannelKind::queue || row.kind == ChannelKind::stream) {
            const Value inside = subscriptionValue(row.kind == ChannelKind::stream, figure);
            table.insert(table.end(), inside.table()->begin(), inside.table()->end());
        }
        channels.emplace_back(row.name, Value(std::move(table)));
    }
    sortByName(channels);
    return Value(std::move(channels));
}

Value subscriptionsValue(const Catalogue& catalogue, const Picture& picture) {
    Value::Table subscriptions;
    for (std::size_t i = 0; i < catalogue.subscriptions().size(); ++i) {
        const SubscriptionId id{static_cast<std::uint16_t>(i)};
        const SubscriptionRow& row = catalogue.subscriptions()[i];
        const ChannelRow& channel = catalogue.channels()[row.channel.index()];
        subscriptions.emplace_back(channel.kind == ChannelKind::queue || isUnique(catalogue.subscriptions(), row.name)
                                       ? row.name
                                       : channel.name + '/' + row.name,
                                   subscriptionValue(channel.kind == ChannelKind::stream, [&](std::string_view name) {
                                       return subscriptionMetric(picture, catalogue, id, name);
                                   }));
    }
    sortByName(subscriptions);
    return Value(std::move(subscriptions));
}

Value servicesValue(const Catalogue& catalogue, const Picture& picture) {
    Value::Table services;
    for (std::size_t i = 0; i < catalogue.services().size(); ++i) {
        Value::Table table;
        for (const std::string_view figure : serviceFigures)
            table.emplace_back(figure, numberOrNull(serviceMetric(picture, catalogue,
                                                                  ServiceId{static_cast<std::uint16_t>(i)}, figure)));
        services.emplace_back(catalogue.services()[i].name, Value(std::move(table)));
    }
    sortByName(services);
    return Value(std::move(services));
}

Value tableSummary(const State& state, TableId table) {
    Value::Table summary;
    summary.emplace_back("entries", whole(state.count(table)));
    Value::Table quantities;
    Decimal sum;
    bool some = false;
    state.forEach(table, [&](const State::Entry& entry) {
        if (entry.cell.isStatus())
            return;
        some = true;
        sum = sum + entry.cell.quantity;
        if (quantities.size() < quantitiesShown)
            quantities.emplace_back(entry.key, Value(entry.cell.quantity));
    });
    if (some) {
        summary.emplace_back("sum", Value(sum));
        summary.emplace_back("quantities", Value(std::move(quantities)));
    }
    if (state.statusCount(table) > 0) {
        Value::Table statuses;
        for (std::size_t i = 0; i < state.statusCount(table); ++i) {
            const StatusId status{static_cast<std::uint16_t>(i)};
            statuses.emplace_back(state.statusName(table, status), whole(state.count(table, status)));
        }
        sortByName(statuses);
        summary.emplace_back("statuses", Value(std::move(statuses)));
    }
    return Value(std::move(summary));
}

Value expectationsValue(const std::vector<ExpectationOutcome>& outcomes) {
    Value::List list;
    for (const ExpectationOutcome& outcome : outcomes) {
        Value::Table table;
        table.emplace_back("expect", expectationText(outcome.expectation));
        if (!outcome.expectation.title.en.empty())
            table.emplace_back("title", outcome.expectation.title.en);
        table.emplace_back("ok", outcome.ok());
        table.emplace_back("checks", whole(outcome.checks));
        if (outcome.unchecked > 0)
            table.emplace_back("unchecked", whole(outcome.unchecked));
        Value violation;
        if (outcome.violation) {
            const Result<Value> record = Value::parse(outcome.violation->recordLine);
            violation = Value(Value::Table{{"at", Decimal(outcome.violation->at.time_since_epoch().count(), 9)},
                                           {"why", outcome.violation->why},
                                           {"record", record ? *record : Value()}});
        }
        table.emplace_back("violation", std::move(violation));
        list.emplace_back(std::move(table));
    }
    return Value(std::move(list));
}

Value indices(const std::vector<std::uint64_t>& numbers) {
    Value::List list;
    for (const std::uint64_t number : numbers)
        list.push_back(whole(number));
    return Value(std::move(list));
}

Value replicationsValue(const Replications& replications) {
    Value::List fingerprints;
    for (const std::uint64_t fingerprint : replications.fingerprints)
        fingerprints.emplace_back(fingerprintText(fingerprint));
    return Value(Value::Table{{"n", whole(replications.fingerprints.size())},
                              {"fingerprints", Value(std::move(fingerprints))},
                              {"unexpected", indices(replications.unexpected)},
                              {"bounded", indices(replications.bounded)},
                              {"figures", replications.figures}});
}

} // namespace

Value runFigures(const Model& model, const Picture& picture) {
    Value::Table nodes;
    if (!model.broker->nodes.empty())
        nodes = {{"elections", picture.nodes().elections}, {"promisesLost", picture.nodes().promisesLost}};
    Value::Table latency;
    for (const LatencyFigure& figure : latencyFigures)
        latency.emplace_back(figure.name, numberOrNull(runMetric(picture, figure.metric)));
    Value::Table figures{{"ledger", ledgerValue(picture.ledger())},
                         {"channels", channelsValue(*model.catalogue, picture)},
                         {"subscriptions", subscriptionsValue(*model.catalogue, picture)},
                         {"services", servicesValue(*model.catalogue, picture)},
                              {"latency", Value(std::move(latency))}};
    if (!nodes.empty())
        figures.emplace_back("nodes", Value(std::move(nodes)));
    return Value(std::move(figures));
}

Value stateSummary(const Simulation& simulation) {
    Value::Table services;
    for (std::size_t i = 0; i < simulation.model().services.size(); ++i) {
        const State& state = simulation.state(ServiceId{static_cast<std::uint16_t>(i)});
        Value::Table tables;
        for (std::size_t table = 0; table < state.tableCount(); ++table) {
            const TableId id{static_cast<std::uint16_t>(table)};
            tables.emplace_back(state.tableName(id), tableSummary(state, id));
        }
        if (tables.empty())
            continue;
        sortByName(tables);
        services.emplace_back(simulation.model().services[i].name, Value(std::move(tables)));
    }
    sortByName(services);
    return Value(std::move(services));
}

Value runReport(const FinishedRun& run, const RunReportOptions& options) {
    const Model& model = run.simulation.model();
    const Replications* replications = options.replications;
    const std::uint64_t fingerprint = replications ? replications->fingerprint : run.fingerprint;
    const ReasonId reason = run.picture.stopReason();
    Value::Table report{{"scenario", options.scenario},
                        {"seed", whole(model.seed)},
                        {"simulatedSeconds", Decimal(run.simulation.now().time_since_epoch().count(), 9)},
                        {"wallSeconds", numberOrNull(options.wallSeconds)},
                        {"messages", whole(run.simulation.messages())},
                        {"dues", whole(run.simulation.dues())},
                        {"fingerprint", fingerprintText(fingerprint)},
                        {"stopped", reason.valid() ? Value(model.catalogue->reasons()[reason.index()].name) : Value()}};
    const Value figures = runFigures(model, run.picture);
    report.insert(report.end(), figures.table()->begin(), figures.table()->end());
    report.emplace_back("state", stateSummary(run.simulation));
    report.emplace_back("expectations",
                        expectationsValue(replications ? replications->expectations : run.expectations));
    if (replications)
        report.emplace_back("replications", replicationsValue(*replications));
    return Value(std::move(report));
}

} // namespace weir

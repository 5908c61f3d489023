// A scenario that was run to its end, for tests of rules: what was recorded, as text and in numbers.
#pragma once

#include "core/record/metrics.h"
#include "core/record/record_reader.h"
#include "core/scenario/load.h"
#include "core/simulation/simulation.h"

#include <QString>
#include <QStringList>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace weir {

struct PlayedScenario {
    // One record each: "3 timedOut 1#2 ack_timeout": seconds, kind, message, attempt from the second on, reason.
    QString log(std::initializer_list<RecordKind> kinds) const {
        QStringList lines;
        forEach([&](const Record& record) {
            if (std::find(kinds.begin(), kinds.end(), record.kind) == kinds.end())
                return;
            QString line = QString::number(seconds(record.at)) + QLatin1Char(' ') +
                           QString::fromStdString(std::string(name(record.kind)));
            if (record.ordinal != 0)
                line += QStringLiteral(" %1").arg(record.ordinal);
            if (record.attempt > 1 && record.kind != RecordKind::published)
                line += QStringLiteral("#%1").arg(record.attempt);
            if (record.reason.valid())
                line += QLatin1Char(' ') + QString::fromStdString(reasonOf(record));
            lines.append(line);
        });
        return lines.join(QStringLiteral("; "));
    }
    std::int64_t count(RecordKind kind, std::string_view reason = {}) const {
        std::int64_t sum = 0;
        forEach([&](const Record& record) {
            sum += record.kind == kind && (reason.empty() || (record.reason.valid() && reasonOf(record) == reason)) ? 1
                                                                                                                    : 0;
        });
        return sum;
    }
    double metric(const char* service, const char* figure) const {
        return weir::metric(recorder->head(), *simulation->model().catalogue, MetricScope::service, service, figure)
            .value_or(-1);
    }
    const Ledger& ledger() const { return recorder->head().ledger(); }
    template <class Each> void forEach(Each each) const {
        RecordReader reader(recorder->store());
        reader.refresh();
        for (std::uint64_t i = reader.first(); i < reader.end(); ++i)
            each(reader.at(i));
    }
    std::string reasonOf(const Record& record) const {
        return std::string(simulation->model().catalogue->reasons()[record.reason.index()].name);
    }

    std::unique_ptr<Simulation> simulation;
    std::unique_ptr<Recorder> recorder;
};

inline PlayedScenario opened(const std::string& scenario) {
    const auto loaded = loadScenario(scenario);
    if (!loaded)
        qFatal("%s", loaded.error().front().text().c_str());
    const auto model = Model::compile(*loaded);
    if (!model)
        qFatal("%s", model.error().front().text().c_str());
    return {std::make_unique<Simulation>(*model), std::make_unique<Recorder>((*model)->catalogue)};
}

inline PlayedScenario played(const std::string& scenario) {
    PlayedScenario run = opened(scenario);
    run.simulation->run(SimTime::max(), UINT64_MAX, *run.recorder);
    return run;
}

} // namespace weir

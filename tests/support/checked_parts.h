// CheckedParts: the text of a small sound scenario, part by part, and what check() finds in it.
#pragma once

#include "core/scenario/check.h"
#include "core/scenario/load.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace weir {

// A flow of 10/s through one queue with work of 50 ms for one worker: half loaded, nothing to complain of. A row
// replaces what it wants to break.
struct CheckedParts {
    QByteArray run = R"("for": "10min")";
    QByteArray events = R"("made": {})";
    QByteArray channels = R"("jobs": { "kind": "queue" })";
    QByteArray maker = R"("sources": [ { "emit": "made", "to": "jobs", "arrivals": { "poisson": "10/s" } } ])";
    QByteArray taker = R"("handlers": [ { "on": "jobs", "takes": { "exponential": "50ms" } } ])";
    QByteArray services = "";
    QByteArray faults = "";
    QByteArray expect = R"({ "ledger": "closed" })";

    QByteArray text() const {
        return "{ \"weir\": \"1\", \"run\": { " + run + " }, \"events\": { " + events + " }, \"channels\": { " +
               channels + " }, \"services\": { \"maker\": { " + maker + " }, \"taker\": { " + taker + " }" + services +
               " }, \"faults\": [ " + faults + " ], \"expect\": [ " + expect + " ] }";
    }
};

inline std::vector<Finding> findingsIn(const QByteArray& text) {
    const auto scenario = loadScenario(text.toStdString());
    if (!scenario)
        return {{.severity = Severity::error,
                 .code = "unloadable",
                 .where = {},
                 .text = scenario.error().front().text(),
                 .names = {},
                 .arguments = {}}};
    return check(*scenario);
}

inline QString summaryOf(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const Finding& finding : findings)
        lines.append(QString::fromStdString(std::string(name(finding.severity)) + ' ' + finding.code + ' ' +
                                            finding.where + ": " + finding.text));
    return lines.join('\n');
}

inline QString summaryOf(const CheckedParts& parts) {
    return summaryOf(findingsIn(parts.text()));
}

} // namespace weir

// Parts of how services and channels behave, in words for people: "lognormal · mean 280 ms · p99 900 ms". Words only,
// read from the Scenario's values; what a run does is not its concern.
#pragma once

#include "core/scenario/scenario.h"

#include <QString>

#include <vector>

namespace weir {

struct Fact {
    QString label; // empty: the value is a heading of what follows
    QString value;
    bool operator==(const Fact&) const = default;
};

QString distributionText(const Distribution& distribution);
QString instancesText(std::int64_t count); // "1 instance", "3 instances"
QString workersText(std::int64_t count);
QString partitionsText(std::int64_t count);
QString retryText(const RetrySpec& retry);

// In the language the window speaks, where the scenario gives it.
QString textOf(const Text& text);

} // namespace weir

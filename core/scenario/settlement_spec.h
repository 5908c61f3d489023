// SettlementSpec: what becomes of a delivery that is not acked: time limits, retries, dead letters.
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir {

enum class Backoff : std::uint8_t { none, fixed, linear, exponential, explicitSteps };

struct RetrySpec {
    std::optional<std::int64_t> max = 3; // retries after the first delivery; nothing = without end ("unbounded")
    Backoff backoff = Backoff::exponential;
    Duration first = 1s;         // delay before the first retry
    double factor = 2;           // exponential
    Duration ceiling = 1h;       // no delay is longer
    double jitter = 0;           // 0..1: each delay is multiplied by a uniform draw from [1 - jitter, 1 + jitter]
    std::vector<Duration> steps; // explicit; the last one repeats
};

struct SettlementSpec {
    std::optional<Duration> ackTimeout; // unacked this long after its delivery: taken back
    std::optional<RetrySpec> retry;     // nothing: one delivery, then dead-letter (or dropped)
    std::string deadLetter;             // channel; empty: what cannot be delivered is dropped, and counted
};

} // namespace weir

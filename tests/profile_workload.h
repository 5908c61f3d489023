// A small workload with every part of a scenario that a profile says something about, for the tests of profiles.
#pragma once

#include "core/scenario/load.h"

#include <string>

namespace weir {

inline Value document(const char* json) {
    const Result<Value> value = readDocument(json);
    return value ? *value : Value();
}

// One channel of each kind, a handler on each that has handlers, and an emit in every place that has one.
inline constexpr const char* workload = R"({
  "weir": "1",
  "events": { "order.created": { "key": "data.id", "data": { "id": "{count}" } } },
  "channels": {
    "orders": { "kind": "topic" },
    "all": { "kind": "exchange", "type": "fanout" },
    "work": { "kind": "queue", "bind": [{ "to": "orders", "pattern": "order.*" }, { "to": "all" }] },
    "log": { "kind": "stream", "bind": [{ "to": "orders" }] }
  },
  "services": {
    "shop": { "sources": [{ "emit": "order.created", "to": "orders", "arrivals": { "every": "100ms" } }] },
    "worker": { "handlers": [
      { "on": "work", "takes": "10ms", "then": [{ "if": "true", "then": [{ "emit": "order.created", "to": "all", "when": "false" }] }] }
    ] },
    "reader": { "handlers": [{ "on": "log", "takes": "10ms" }, { "on": "orders", "takes": "10ms" }] }
  }
})";

inline std::string errorsOf(const Result<Scenario, Errors>& scenario) {
    std::string text;
    if (!scenario)
        for (const Error& error : scenario.error())
            text += error.text() + '\n';
    return text;
}

} // namespace weir

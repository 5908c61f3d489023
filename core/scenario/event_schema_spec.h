// What an event type's data must look like, version by version, and how far a new version may go.
#pragma once

#include "core/value.h"

#include <cstdint>
#include <string>

namespace weir {

// A JSON Schema, as it was given or as the file that was named says it.
struct EventSchemaSpec {
    std::string version;
    Value schema;     // null: in a file that has not been read
    std::string file; // beside the scenario; empty: it stands in the scenario
};

// What a new version owes to the one before it; the transitive kinds: to all before it. As schema registries say it:
// backward: who reads with the new version can read what was written with the old one; forward: the other way round.
enum class Compatibility : std::uint8_t {
    none,
    backward,
    backwardTransitive,
    forward,
    forwardTransitive,
    full,
    fullTransitive
};

} // namespace weir

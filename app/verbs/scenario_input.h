// What the verbs that run a scenario share: reading the file, with --set and --profile, and saying what is wrong with
// it.
#pragma once

#include "core/result.h"
#include "core/units.h"
#include "core/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// The errors' places are within `place`, a file. Returns exit_code::badInput.
int complainOfAll(std::string_view verb, const std::string& place, const Errors& errors);

Result<std::string> contentOf(const std::string& path);
// Each setting is JSON-POINTER=JSON; what is no JSON counts as a text.
Result<Value> withSettings(Value document, const std::vector<std::string>& settings);
// A whole number from 0 that a scenario's "seed" may be.
std::optional<std::uint64_t> seedOf(const std::string& text);
// How long a run may last: above 0.
std::optional<Duration> runLengthOf(const std::string& text);
// Nothing where it names a profile, else what is wrong with it.
std::optional<Error> problemOfProfile(const std::string& name);

} // namespace weir

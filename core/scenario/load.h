// From a scenario file to a Scenario: JSON with comments, read strictly. Everything that is wrong is said at once, each
// error with its JSON pointer ("line:column" where the text is no JSON), what was expected and what was given. What is
// loaded without errors can be compiled for running; whether it makes sense is asked of check().
#pragma once

#include "core/result.h"
#include "core/scenario/scenario.h"

#include <string>
#include <string_view>

namespace weir {

inline constexpr std::size_t scenarioBytesMax = 64 << 20;

Result<Scenario, Errors> loadScenario(std::string_view text, const std::string& folder = {});
// A file that cannot be read is an error with an empty `where`.
Result<Scenario, Errors> loadScenarioFile(const std::string& path);
// The same from a document that is at hand already, e.g. one in which a value has been set.
// `folder`: where files that it names stand; without it they are not read, and it cannot run with them.
Result<Scenario, Errors> readScenario(const Value& document, const std::string& folder = {});
// The folder of a file, for what it names; "." where it has none.
std::string folderOf(const std::string& path);
// The document as it stands, comments aside.
Result<Value> readDocument(std::string_view text);

} // namespace weir

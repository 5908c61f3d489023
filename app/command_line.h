// What all verbs share: parsing, --help and --version, and one way to say what is wrong with the usage or the input.
// It knows no verb by name.
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace weir {

// Stable: scripts rely on them.
namespace exit_code {
constexpr int fine = 0;
constexpr int findings = 1;    // or a failed expectation, or a run stopped by a bound
constexpr int badInput = 2;    // or bad usage
constexpr int unreachable = 3; // the outside could not be reached
} // namespace exit_code

// Parses, runs the callback of the verb that was given (it sets exitCode), and returns the program's exit code.
int runCommandLine(CLI::App& app, int argc, char** argv, const int& exitCode);

// One line on standard error, "weir VERB: where: what, got given"; returns exit_code::badInput.
int complain(std::string_view verb, const Error& error);

// The same text within quotes, control characters escaped, cut where it is long: for Error::given.
std::string inQuotes(std::string_view text);

} // namespace weir

#include "app/verbs/check.h"

#include "app/command_line.h"
#include "app/verbs/scenario_input.h"
#include "core/scenario/check.h"
#include "core/scenario/load.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace weir {
namespace {

struct CheckOptions {
    std::vector<std::string> scenarios;
    std::optional<std::string> profile;
    std::string format = "text";
};

Value listOf(const std::vector<std::string>& texts) {
    return Value(Value::List(texts.begin(), texts.end()));
}

Value asValue(const Finding& finding, const std::string* scenario) {
    Value::Table table;
    if (scenario) // several: each finding says whose it is
        table.emplace_back("scenario", *scenario);
    table.emplace_back("severity", name(finding.severity));
    table.emplace_back("code", finding.code);
    table.emplace_back("where", finding.where);
    table.emplace_back("text", finding.text);
    table.emplace_back("names", listOf(finding.names));
    table.emplace_back("arguments", listOf(finding.arguments));
    return Value(std::move(table));
}

// On the profile, where one is named.
Result<Scenario, Errors> scenarioOf(const std::string& path, const std::optional<std::string>& profile) {
    if (!profile)
        return loadScenarioFile(path);
    const Result<std::string> text = contentOf(path);
    const Result<Value> document = text ? readDocument(*text) : text.error();
    if (!document)
        return Errors{document.error()};
    return readScenario(onProfile(*document, *profile), folderOf(path));
}

int runCheck(const CheckOptions& options) {
    if (const auto problem = options.profile ? problemOfProfile(*options.profile) : std::nullopt)
        return complain("check", *problem);
    const bool json = options.format == "json";
    const bool several = options.scenarios.size() > 1;
    int exitCode = exit_code::fine;
    Value::List all;
    for (const std::string& path : options.scenarios) {
        const auto scenario = scenarioOf(path, options.profile);
        if (!scenario) {
            for (Error error : scenario.error()) {
                error.where = path + (error.where.empty() ? "" : ": " + error.where);
                exitCode = complain("check", error);
            }
            continue;
        }
        const std::vector<Finding> findings = check(*scenario);
        const bool bad = std::any_of(findings.begin(), findings.end(),
                                     [](const Finding& finding) { return finding.severity == Severity::error; });
        exitCode = std::max(exitCode, bad ? exit_code::findings : exit_code::fine);
        for (const Finding& finding : findings) {
            if (json)
                all.push_back(asValue(finding, several ? &path : nullptr));
            else
                std::cout << path << ": " << name(finding.severity) << ": " << finding.where << ": " << finding.text
                          << " [" << finding.code << "]\n";
        }
        if (!json && findings.empty())
            std::cout << path << ": nothing to complain of\n";
    }
    if (json)
        std::cout << Value(std::move(all)).pretty() << '\n';
    return exitCode;
}

} // namespace

void addCheck(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("check", "What would go wrong with a scenario, before it runs");
    const auto options = std::make_shared<CheckOptions>();
    verb->add_option("SCENARIO", options->scenarios, "Scenario files")->required();
    verb->add_option("--profile", options->profile,
                     "On another broker: a profile for all channels, such as kafka; what it leaves out is a finding");
    verb->add_option("--format", options->format, "text (one line a finding) or json (a list of findings)")
        ->check(CLI::IsMember({"text", "json"}));
    verb->callback([options, &exitCode] { exitCode = runCheck(*options); });
}

} // namespace weir

#include "app/verbs/compare.h"

#include "app/command_line.h"
#include "app/verbs/scenario_input.h"
#include "core/scenario/load.h"
#include "core/simulation/profile_comparison.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace weir {
namespace {

struct CompareOptions {
    std::string scenario;
    std::vector<std::string> profiles;
    std::string seed;
    std::string lasts;
    std::vector<std::string> settings;
    std::string format = "text";
};

int runCompare(const CompareOptions& options) {
    if (options.format != "text" && options.format != "json")
        return complain("compare", {"--format", "needs text or json", inQuotes(options.format)});
    for (const std::string& profile : options.profiles)
        if (const auto problem = problemOfProfile(profile))
            return complain("compare", {"--profiles", problem->what, problem->given});
    ProfileRun run;
    run.folder = folderOf(options.scenario);
    if (!options.seed.empty() && !(run.seed = seedOf(options.seed)))
        return complain("compare",
                        {"--seed", "needs a whole number from 0 to 9223372036854775807", inQuotes(options.seed)});
    if (!options.lasts.empty() && !(run.lasts = runLengthOf(options.lasts)))
        return complain("compare", {"--for", "needs a duration above 0 such as \"10min\"", inQuotes(options.lasts)});

    const Result<std::string> text = contentOf(options.scenario);
    const Result<Value> document = text ? readDocument(*text) : text.error();
    if (!document)
        return complainOfAll("compare", options.scenario, {document.error()});
    const Result<Value> patched = withSettings(*document, options.settings);
    if (!patched)
        return complain("compare", patched.error());

    std::vector<ProfileOutcome> outcomes;
    int exitCode = exit_code::fine;
    for (const std::string& profile : options.profiles) {
        run.profile = profile;
        Result<ProfileOutcome, Errors> outcome = runOnProfile(*patched, run);
        if (!outcome)
            return complainOfAll("compare", options.scenario + " on " + profile, outcome.error());
        if (!outcome->asExpected || outcome->bounded)
            exitCode = exit_code::findings;
        outcomes.push_back(std::move(*outcome));
    }
    std::cout << (options.format == "json" ? comparisonReport(outcomes).pretty() + '\n' : comparisonText(outcomes))
              << std::flush;
    return exitCode;
}

} // namespace

void addCompare(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("compare", "Run the same workload on several brokers and tell the differences");
    const auto options = std::make_shared<CompareOptions>();
    verb->add_option("SCENARIO", options->scenario, "A scenario file")->required();
    verb->add_option("--profiles", options->profiles, "Names of profiles, such as rabbitmq-quorum,kafka")
        ->delimiter(',')
        ->required();
    verb->add_option("--seed", options->seed, "Instead of the scenario's own");
    verb->add_option("--for", options->lasts, "How much time to simulate, such as 10min");
    verb->add_option("--set", options->settings, "JSON-POINTER=JSON: a value to replace")->expected(1)->take_all();
    verb->add_option("--format", options->format, "text or json");
    verb->callback([options, &exitCode] { exitCode = runCompare(*options); });
}

} // namespace weir

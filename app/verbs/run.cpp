#include "app/verbs/run.h"

#include "app/command_line.h"
#include "app/verbs/run_progress.h"
#include "app/verbs/scenario_input.h"
#include "core/scenario/check.h"
#include "core/scenario/load.h"
#include "core/simulation/journal_json.h"
#include "core/simulation/replications.h"
#include "core/simulation/run_report.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <system_error>
#include <thread>

namespace weir {
namespace {

constexpr std::int64_t replicationsMax = 1'000'000;
constexpr std::int64_t threadsMax = 1024;
constexpr std::uint64_t recordsKeptToWrite = 4'000'000; // messages are made from their causes, however old those are
constexpr std::size_t writeBufferBytes = 1 << 20;

struct RunOptions {
    std::string scenario;
    std::string seed;
    std::string lasts;
    std::optional<std::string> profile;
    std::vector<std::string> settings;
    std::int64_t replications = 1;
    std::int64_t threads = 1;
    std::string format = "text";
    std::string records;
    std::string journal;
};

// Records as JSON lines to a file, or to standard output where it is named "-".
class RecordFile {
  public:
    explicit RecordFile(const std::string& path) : m_path(path) {
        if (path != "-")
            m_file.open(path, std::ios::binary | std::ios::trunc);
    }
    bool isOpen() const { return m_path == "-" || m_file.is_open(); }
    // False where it could not be written.
    bool write(std::span<const Record> records, const MessageSource& messages, const Catalogue& catalogue) {
        if (!m_json)
            m_json = std::make_unique<RecordJson>(catalogue, &messages);
        for (const Record& record : records) {
            m_json->append(m_lines, record);
            m_lines += '\n';
            if (m_lines.size() >= writeBufferBytes)
                flush();
        }
        return out().good();
    }
    bool close() {
        flush();
        out().flush();
        return out().good();
    }

  private:
    std::ostream& out() { return m_path == "-" ? std::cout : m_file; }
    void flush() {
        out() << m_lines;
        m_lines.clear();
    }

    std::string m_path;
    std::ofstream m_file;
    std::unique_ptr<RecordJson> m_json;
    std::string m_lines;
};

std::string boundText(const FinishedRun& run) {
    const RunSpec& limits = run.simulation.model().run;
    if (static_cast<std::int64_t>(run.simulation.messages()) >= limits.messagesMax)
        return "more than " + std::to_string(limits.messagesMax) + " messages (run/limits/messages)";
    if (run.simulation.goesRoundAtOnce())
        return "more than " + std::to_string(Simulation::duesAtOnceMax) +
               " steps at one instant: something goes round without time passing";
    return "more than " + std::to_string(limits.copiesMax) + " unsettled copies at once (run/limits/copies)";
}

class RunCommand {
  public:
    explicit RunCommand(const RunOptions& options) : m_options(options) {}

    int run() {
        if (const std::optional<Error> problem = badOption())
            return complain("run", *problem);
        if (const int problem = readScenarioFile(); problem != exit_code::fine)
            return problem;
        if (const int problem = readJournalFile(); problem != exit_code::fine)
            return problem;
        if (!m_options.records.empty()) {
            m_records = std::make_unique<RecordFile>(m_options.records);
            if (!m_records->isOpen())
                return cannotWrite();
        }
        return simulate();
    }

  private:
    std::optional<Error> badOption() const {
        const auto within = [](const char* name, std::int64_t given, std::int64_t most) -> std::optional<Error> {
            if (given >= 1 && given <= most)
                return std::nullopt;
            return Error{name, "needs a whole number from 1 to " + std::to_string(most), std::to_string(given)};
        };
        if (m_options.format != "text" && m_options.format != "json")
            return Error{"--format", "needs text or json", inQuotes(m_options.format)};
        if (auto problem = m_options.profile ? problemOfProfile(*m_options.profile) : std::nullopt)
            return problem;
        if (const auto problem = within("--replications", m_options.replications, replicationsMax))
            return problem;
        return within("--threads", m_options.threads, threadsMax);
    }

    int readScenarioFile() {
        const Result<std::string> text = contentOf(m_options.scenario);
        if (!text)
            return complainOfAll("run", m_options.scenario, {text.error()});
        const Result<Value> document = readDocument(*text);
        if (!document)
            return complainOfAll("run", m_options.scenario, {document.error()});
        const Result<Value> patched = withSettings(*document, m_options.settings);
        if (!patched)
            return complain("run", patched.error());
        Result<Scenario, Errors> scenario = readScenario(
            m_options.profile ? onProfile(*patched, *m_options.profile) : *patched, folderOf(m_options.scenario));
        if (!scenario)
            return complainOfAll("run", m_options.scenario, scenario.error());
        m_scenario = std::move(*scenario);
        sayWhatHasNoEffect();
        return applyOptions();
    }

    // What the file asks for and the run goes without.
    void sayWhatHasNoEffect() const {
        for (const LeftOut& left : m_scenario.leftOut)
            complain("run", {left.where, "is left out: " + left.why.en, ""});
        for (const Finding& finding : check(m_scenario))
            if (finding.code == "delayOnStream" || finding.code == "delayToOwners" ||
                finding.code == "delayInTransaction")
                complain("run", {finding.where, finding.text, ""});
    }

    int applyOptions() {
        if (!m_options.seed.empty()) {
            const std::optional<std::uint64_t> seed = seedOf(m_options.seed);
            if (!seed)
                return complain(
                    "run", {"--seed", "needs a whole number from 0 to 9223372036854775807", inQuotes(m_options.seed)});
            m_scenario.run.seed = *seed;
        }
        if (m_options.lasts.empty())
            return exit_code::fine;
        if (m_options.lasts == "end") { // until nothing is left to do, as in a file
            m_scenario.run.lasts.reset();
            return exit_code::fine;
        }
        const std::optional<Duration> lasts = runLengthOf(m_options.lasts);
        if (!lasts)
            return complain("run",
                            {"--for", "needs a duration above 0 such as \"10min\", or end", inQuotes(m_options.lasts)});
        m_scenario.run.lasts = *lasts;
        return exit_code::fine;
    }

    int readJournalFile() {
        if (m_options.journal.empty())
            return exit_code::fine;
        if (m_options.replications > 1)
            return complain("run", {"--journal", "needs a single run, since its commands fit one seed only",
                                    "--replications " + std::to_string(m_options.replications)});
        const Result<std::string> text = contentOf(m_options.journal);
        if (!text)
            return complainOfAll("run", m_options.journal, {text.error()});
        Result<Journal, Errors> journal = readJournal(*text);
        if (!journal)
            return complainOfAll("run", m_options.journal, journal.error());
        m_watch.journal = std::move(*journal);
        return exit_code::fine;
    }

    int simulate() {
        bool written = true;
        if (m_records) {
            m_watch.recordsKept = recordsKeptToWrite;
            m_watch.records = [&](std::span<const Record> records, const MessageSource& messages,
                                  const Catalogue& catalogue) {
                written = m_records->write(records, messages, catalogue);
                return written;
            };
        }
        std::optional<RunProgress> progress(std::in_place);
        ReplicationOptions options{.seed = m_scenario.run.seed,
                                   .count = static_cast<std::uint64_t>(m_options.replications),
                                   .threads = static_cast<unsigned>(m_options.threads),
                                   .ended = nullptr};
        m_watch.ownThread = m_options.replications == 1 && std::thread::hardware_concurrency() > 1;
        if (m_options.replications == 1)
            m_watch.progress = [&](const Simulation& simulation) {
                progress->show([&] { return progressLine(simulation); });
            };
        else
            options.ended = [&](std::uint64_t ended) {
                progress->show([&] {
                    return std::to_string(ended) + " of " + std::to_string(m_options.replications) + " replications";
                });
            };
        const Result<Replications, Errors> outcome = replicate(m_scenario, options, m_watch);
        const double wallSeconds = progress->secondsSinceStart();
        progress.reset();
        if (!outcome)
            return complainOfRun(outcome.error());
        if (m_records && (!written || !m_records->close()))
            return cannotWrite();
        return report(*outcome, wallSeconds);
    }

    int complainOfRun(const Errors& errors) const {
        const bool ofJournal =
            !errors.empty() && (errors.front().where == "journal" || errors.front().where == "command");
        return ofJournal ? complainOfAll("run", m_options.journal, {{"", errors.front().what, errors.front().given}})
                         : complainOfAll("run", m_options.scenario, errors);
    }

    std::string progressLine(const Simulation& simulation) const {
        std::string line = secondsText(simulation.now());
        line = line.substr(0, line.find('.')) + " s simulated";
        if (m_scenario.run.lasts)
            line += " of " + toText(*m_scenario.run.lasts);
        return line + ", " + std::to_string(simulation.messages()) + " messages";
    }

    int report(const Replications& outcome, double wallSeconds) const {
        const std::string title = m_scenario.title.en.empty()
                                      ? std::filesystem::path(m_options.scenario).stem().string()
                                      : m_scenario.title.en;
        const Value object =
            runReport(outcome.first, {.scenario = title,
                                      .wallSeconds = wallSeconds,
                                      .replications = m_options.replications > 1 ? &outcome : nullptr});
        // The records have standard output for themselves where they go there.
        std::ostream& out = m_options.records == "-" ? std::cerr : std::cout;
        out << (m_options.format == "json" ? object.pretty() + '\n' : reportText(object)) << std::flush;
        if (!out)
            return complainOfOutput("standard output");
        int exitCode = exit_code::fine;
        if (outcome.first.recordsMissed > 0)
            complain("run",
                     {m_options.records,
                      "left out " + std::to_string(outcome.first.recordsMissed) + " records that came too many at once",
                      ""});
        if (!outcome.bounded.empty())
            exitCode = finding("stopped at " + secondsText(outcome.first.simulation.now()) +
                               " s: " + boundText(outcome.first));
        for (const ExpectationOutcome& expectation : outcome.expectations)
            if (!expectation.ok())
                exitCode = finding(failureText(expectation));
        return exitCode;
    }

    static std::string failureText(const ExpectationOutcome& outcome) {
        const Violation& violation = *outcome.violation;
        return "expectation failed: " + expectationText(outcome.expectation) + ": " + violation.why + ", at " +
               secondsText(violation.at) + " s" +
               (violation.recordLine.empty() ? ", before the first record"
                                             : ", with the record " + violation.recordLine);
    }
    static int finding(const std::string& text) {
        complain("run", {"", text, ""});
        return exit_code::findings;
    }
    int cannotWrite() const {
        return complainOfOutput(m_options.records == "-" ? "standard output" : m_options.records);
    }
    static int complainOfOutput(const std::string& place) {
        const std::error_code why(errno, std::generic_category()); // of the stream that failed just now
        complain("run", {place, "could not be written" + (why ? " (" + why.message() + ")" : ""), ""});
        return exit_code::unreachable;
    }

    const RunOptions& m_options;
    Scenario m_scenario;
    RunWatch m_watch;
    std::unique_ptr<RecordFile> m_records;
};

} // namespace

void addRun(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("run", "Run a scenario to its end and tell what came of it");
    const auto options = std::make_shared<RunOptions>();
    verb->add_option("SCENARIO", options->scenario, "A scenario file")->required();
    verb->add_option("--seed", options->seed, "Instead of the scenario's own");
    verb->add_option("--for", options->lasts,
                     "How much time to simulate, such as 10min; end: until nothing is left to do");
    verb->add_option("--profile", options->profile,
                     "The same workload on another broker: a profile for all channels, such as kafka");
    verb->add_option("--set", options->settings,
                     "JSON-POINTER=JSON: a value to replace, such as /services/payment-service/instances=3; what is no "
                     "JSON counts as a text")
        ->expected(1)
        ->take_all();
    verb->add_option("--replications", options->replications,
                     "So many runs with seeds of their own; adds means and 95 % confidence intervals");
    verb->add_option("--threads", options->threads, "For replications");
    verb->add_option("--format", options->format, "text or json");
    verb->add_option("--records", options->records,
                     "Every record as a JSON line into this file; - for standard output (the report then goes to "
                     "standard error); of replications the first");
    verb->add_option("--journal", options->journal, "Commands to replay, JSON lines {at,dues,command}");
    verb->callback([options, &exitCode] { exitCode = RunCommand(*options).run(); });
}

} // namespace weir

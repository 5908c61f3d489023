#include "app/verbs/filter.h"

#include "app/command_line.h"
#include "app/verbs/json_lines.h"
#include "core/expression/cloud_event_subject.h"
#include "core/expression/expression.h"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>
#include <utility>

namespace weir {
namespace {

struct FilterOptions {
    std::string expression;
    std::string file; // empty: standard input
    bool evaluate = false;
};

struct Input {
    std::istream& in;
    std::string name; // "FILE:" or "line "; the number of the line follows
};

// What --eval prints for one event.
std::string evaluationLine(const Value& value, const std::optional<EvaluationError>& error) {
    Value shown;
    if (error)
        shown = Value(Value::Table{{"kind", Value(errorKindName(error->kind))}, {"message", Value(error->message)}});
    return Value(Value::Table{{"value", value}, {"error", std::move(shown)}}).canonical() + '\n';
}

Result<Value> event(const std::string& line, bool tooLong) {
    if (tooLong)
        return Error{"", "needs a line of at most 16 MiB", ""};
    auto value = Value::parse(line);
    if (value.ok() && !value->table())
        return Error{"", "needs a JSON table", inQuotes(line)};
    return value;
}

// Hands every line that is not blank to `answer`; a line that is no event is named on standard error and left out, or
// answered with an error under --eval, where lines in and out stay in step.
template <class Answer> int eachEvent(const Input& input, bool evaluate, const Answer& answer) {
    LineComplaints complaints("filter");
    std::string line;
    bool tooLong = false;
    for (std::uint64_t number = 1; takeLine(input.in, line, tooLong); ++number) {
        if (!tooLong && line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        if (const auto value = event(line, tooLong)) {
            answer(line, *value);
        } else {
            const Error& problem = value.error();
            complaints.add({input.name + std::to_string(number), problem.text(), ""});
            if (evaluate)
                std::cout << evaluationLine(Value(), EvaluationError{ErrorKind::generic, problem.text()});
        }
        if (input.in.rdbuf()->in_avail() <= 0) // nothing waits: whoever reads us wants to see it now
            std::cout.flush();
    }
    std::cout.flush();
    const int exitCode = complaints.finish();
    if (!std::cout)
        return complain("filter", {"standard output", "could not be written", ""});
    return exitCode;
}

// An expression that does not parse: false and a parse error for every event, or once where there is none.
int refuseEvery(const Input& input, const Error& error) {
    const std::string refusal = evaluationLine(Value(false), EvaluationError{ErrorKind::parse, error.text()});
    bool any = false;
    eachEvent(input, true, [&](const std::string&, const Value&) {
        std::cout << refusal;
        any = true;
    });
    if (!any)
        std::cout << refusal << std::flush;
    return complain("filter", error);
}

int filter(const Input& input, const FilterOptions& options) {
    const auto expression = Expression::parse(options.expression);
    if (!expression)
        return options.evaluate ? refuseEvery(input, expression.error()) : complain("filter", expression.error());
    if (options.evaluate)
        return eachEvent(input, true, [&](const std::string&, const Value& value) {
            const Outcome outcome = expression->evaluate(CloudEventSubject(value));
            std::cout << evaluationLine(outcome.value, outcome.error);
        });
    if (const auto error = expression->certainError())
        return complain("filter", *error);
    return eachEvent(input, false, [&](const std::string& line, const Value& value) {
        if (expression->holds(CloudEventSubject(value)))
            std::cout << line << '\n';
    });
}

int runFilter(const FilterOptions& options) {
    if (options.expression.empty())
        return complain("filter", {"", "needs EXPRESSION", ""});
    if (options.file.empty() || options.file == "-")
        return filter({std::cin, "line "}, options);
    std::ifstream file(options.file, std::ios::binary);
    if (!file || file.peek() == std::ifstream::traits_type::eof()) {
        if (!file.is_open() || file.bad())
            return complain("filter", {options.file, "needs a file that can be read", ""});
        file.clear(); // an empty file is fine
    }
    return filter({file, options.file + ":"}, options);
}

// An expression may begin with a minus, which CLI11 takes for an option it does not know. So what is unknown is the
// expression, and what CLI11 took for it is the file; unless it looks like a mistyped option.
void sortOut(const CLI::App& verb, FilterOptions& options) {
    const std::vector<std::string> unknown = verb.remaining();
    if (unknown.empty())
        return;
    const std::string& first = unknown.front();
    if (first == "-h")
        throw CLI::CallForHelp();
    const bool isOption =
        first.starts_with("--") && first.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
    if (unknown.size() > 1 || !options.file.empty() || (isOption && !options.expression.empty()))
        throw CLI::ExtrasError(verb.get_name(), unknown);
    options.file = std::exchange(options.expression, first);
}

} // namespace

void addFilter(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("filter", "Keep the events and records for which an expression holds");
    const auto options = std::make_shared<FilterOptions>();
    verb->add_option(
        "EXPRESSION", options->expression,
        "CloudEvents SQL, with data paths, record fields and quantities: kind = 'acked' AND latency > 20ms");
    verb->add_option("FILE", options->file, "JSON lines; standard input where it is left out");
    verb->add_flag("--eval", options->evaluate, "Print {\"value\":..,\"error\":..} for each line instead");
    verb->allow_extras();
    verb->set_help_flag("--help", "Print this help message and exit"); // -h may begin an expression: -hop > 1
    verb->callback([verb, options, &exitCode] {
        sortOut(*verb, *options);
        exitCode = runFilter(*options);
    });
}

} // namespace weir

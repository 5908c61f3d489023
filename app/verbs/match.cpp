#include "app/verbs/match.h"

#include "app/command_line.h"
#include "app/verbs/json_lines.h"
#include "core/broker/pattern.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace weir {
namespace {

struct MatchOptions {
    std::string dialect;
    std::string pattern;
    std::string key;
    bool batch = false;
};

bool keysAreJson(const Dialect& dialect) {
    return dialect.kind == DialectKind::rabbitmqHeaders || dialect.kind == DialectKind::eventbridge;
}

Error at(std::string_view place, Error error) {
    error.where = std::string(place) + (error.where.empty() ? "" : " " + error.where);
    return error;
}

int matchOne(const MatchOptions& options) {
    const Result<Dialect> dialect = Dialect::parse(options.dialect);
    if (!dialect)
        return complain("match", at("DIALECT", Error{"", dialect.error().what, dialect.error().given}));
    const Result<Pattern> pattern = Pattern::compile(*dialect, std::string_view(options.pattern));
    if (!pattern)
        return complain("match", at("PATTERN", pattern.error()));
    bool matches = false;
    if (keysAreJson(*dialect)) {
        const Result<Value> key = Value::parse(options.key);
        if (!key)
            return complain("match", at("KEY", key.error()));
        if (const auto error = Pattern::checkKey(*dialect, *key))
            return complain("match", at("KEY", *error));
        matches = pattern->matches(*key);
    } else {
        matches = pattern->matches(std::string_view(options.key));
    }
    std::cout << (matches ? "true" : "false") << '\n';
    return matches ? exit_code::fine : exit_code::findings;
}

// A null pattern asks whether the key may be published at all; a null key, whether the pattern is valid. To
// rabbitmq-headers a null key is a message without headers.
LineAnswer matchLine(const Value& line) {
    const Value* name = line.member("dialect");
    const Value* patternValue = line.member("pattern");
    const Value* key = line.member("key");
    if (!name || !name->text() || !patternValue || !key)
        return unusable({"", "needs the members dialect (a text), pattern and key", ""});
    const Result<Dialect> dialect = Dialect::parse(*name->text());
    if (!dialect)
        return unusable(dialect.error());
    if (patternValue->isNull()) {
        const auto error = Pattern::checkKey(*dialect, *key);
        return {error ? Value::Member{"error", at("key", *error).text()} : Value::Member{"match", Value()}};
    }
    const Result<Pattern> pattern = Pattern::compile(*dialect, *patternValue);
    if (!pattern)
        return {{"error", at("pattern", pattern.error()).text()}};
    if (key->isNull() && dialect->kind != DialectKind::rabbitmqHeaders)
        return {{"match", Value()}};
    return {{"match", pattern->matches(*key)}};
}

int runMatch(const MatchOptions& options, std::size_t given) {
    if (options.batch) {
        if (given > 0)
            return complain("match", {"", "takes no argument with --batch", inQuotes(options.dialect)});
        return answerLines({std::cin, std::cout, "match", {"match", "error"}}, matchLine);
    }
    if (given < 3)
        return complain("match", {"", "needs DIALECT PATTERN KEY, or --batch", std::to_string(given) + " arguments"});
    return matchOne(options);
}

} // namespace

void addMatch(CLI::App& app, int& exitCode) {
    CLI::App* verb = app.add_subcommand("match", "Whether a routing pattern lets a key through, in a broker's dialect");
    const auto options = std::make_shared<MatchOptions>();
    std::string dialects;
    for (const std::string& name : dialectNames())
        dialects += (dialects.empty() ? "" : ", ") + name;
    const CLI::Option* dialect = verb->add_option("DIALECT", options->dialect, "One of " + dialects);
    const CLI::Option* pattern =
        verb->add_option("PATTERN", options->pattern, "The pattern; JSON for rabbitmq-headers and eventbridge");
    const CLI::Option* key =
        verb->add_option("KEY", options->key, "The routing key; JSON for rabbitmq-headers and eventbridge");
    verb->add_flag("--batch", options->batch,
                   "JSON lines {dialect,pattern,key} from standard input, each out again with match or error");
    verb->callback([options, dialect, pattern, key, &exitCode] {
        exitCode = runMatch(*options, dialect->count() + pattern->count() + key->count());
    });
}

} // namespace weir

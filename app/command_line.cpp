#include "app/command_line.h"

#include "core/nearest.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <optional>

namespace weir {
namespace {

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? std::string{} : " (did you mean " + near + "?)";
}

std::vector<std::string> verbNames(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(verb->get_name());
    return names;
}

std::vector<std::string> optionNames(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    return names;
}

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words)
        line += (line.empty() ? "" : ", ") + word;
    return line;
}

bool looksLikeOption(std::string_view word) {
    return word.size() > 1 && word.front() == '-';
}

// "Could not convert: --threads = many", said as what the option needs.
std::optional<Error> misfit(const CLI::App& place, std::string_view text) {
    constexpr std::string_view opening = "Could not convert: ";
    const std::size_t sign = text.find(" = ");
    if (!text.starts_with(opening) || sign == std::string_view::npos)
        return std::nullopt;
    const std::string name(text.substr(opening.size(), sign - opening.size()));
    const CLI::Option* option = place.get_option_no_throw(name);
    const std::string type = option ? option->get_type_name() : "";
    const char* need = type == "INT"    ? "needs a whole number"
                       : type == "UINT" ? "needs a whole number from 0"
                                        : "needs a number";
    return Error{name, need, inQuotes(text.substr(sign + 3))};
}

// CLI11's complaint in our form: what was expected, what was given, the nearest known name.
int explain(const CLI::App& app, const CLI::ParseError& error) {
    const auto given = app.get_subcommands();
    const CLI::App& place = given.empty() ? app : *given.front();
    const std::string verb = given.empty() ? "" : place.get_name();
    const std::vector<std::string> left = app.remaining(true);
    for (const std::string& word : left)
        if (looksLikeOption(word)) {
            const std::string name = word.substr(0, word.find('='));
            return complain(verb,
                            {"", "needs an option it knows" + suggestion(name, optionNames(place)), inQuotes(word)});
        }
    if (!left.empty() && given.empty()) {
        const std::vector<std::string> verbs = verbNames(app);
        return complain(
            "", {"", "needs a verb (" + joined(verbs) + ")" + suggestion(left.front(), verbs), inQuotes(left.front())});
    }
    if (!left.empty())
        return complain(verb, {"", "takes no further argument", inQuotes(left.front())});
    const std::string text = error.what();
    if (const auto conversion = misfit(place, text))
        return complain(verb, *conversion);
    return complain(verb, {"", text.substr(0, text.find('\n')), ""});
}

// What stands in an argument's place is one, though it begins with a dash as an option does: "weir match nats '*' -1",
// "weir partition -1 --partitions 6".
std::vector<std::string> withDashedArguments(std::vector<std::string> words) {
    const bool marked = std::find(words.begin(), words.end(), "--") != words.end();
    if (marked || words.size() < 4)
        return words;
    if (words[1] == "match" && words.size() == 5 && !looksLikeOption(words[2])) {
        words.insert(words.begin() + 2, "--");
    } else if (words[1] == "partition" && looksLikeOption(words[2]) && words[2][1] != '-' && words[2] != "-h") {
        words.push_back("--");
        std::rotate(words.begin() + 2, words.begin() + 3, words.end());
    }
    return words;
}

} // namespace

int runCommandLine(CLI::App& app, int argc, char** argv, const int& exitCode) {
    app.set_version_flag("--version", "weir " WEIR_VERSION);
    app.get_formatter()->column_width(34);
    app.get_formatter()->label("SUBCOMMAND", "VERB");
    for (CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        verb->group("Verbs");
        verb->get_formatter()->column_width(34);
    }
    // At most one verb, so that an argument that happens to be named like a verb stays an argument.
    app.require_subcommand(0, 1);
    app.footer("weir VERB --help tells more.");
    std::ios::sync_with_stdio(false);
    try {
        const std::vector<std::string> words = withDashedArguments({argv, argv + argc});
        std::vector<const char*> pointers;
        for (const std::string& word : words)
            pointers.push_back(word.c_str());
        app.parse(static_cast<int>(pointers.size()), pointers.data());
    } catch (const CLI::Success& asked) { // --help, --version
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        return explain(app, error);
    }
    if (app.get_subcommands().empty()) {
        std::cerr << app.help();
        return exit_code::badInput;
    }
    return exitCode;
}

int complain(std::string_view verb, const Error& error) {
    std::cerr << "weir" << (verb.empty() ? "" : " ") << verb << ": " << error.text() << std::endl;
    return exit_code::badInput;
}

std::string inQuotes(std::string_view text) {
    constexpr std::size_t sizeMax = 120;
    std::string line = "\"";
    for (const char c : text.substr(0, sizeMax)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned char>(c));
            line += escape;
        } else {
            line += c;
        }
    }
    return line + (text.size() > sizeMax ? "...\"" : "\"");
}

} // namespace weir

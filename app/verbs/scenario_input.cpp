#include "app/verbs/scenario_input.h"

#include "app/command_line.h"
#include "core/json_pointer.h"
#include "core/kernel/distribution.h"
#include "core/scenario/given.h"
#include "core/scenario/profile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace weir {
namespace {

// JSON; what is no JSON counts as a text.
Value settingValue(const std::string& text) {
    Result<Value> value = Value::parse(text);
    return value ? std::move(*value) : Value(text);
}

} // namespace

int complainOfAll(std::string_view verb, const std::string& place, const Errors& errors) {
    for (const Error& error : errors)
        complain(verb, {place + (error.where.empty() ? "" : ":" + error.where), error.what, error.given});
    return exit_code::badInput;
}

Result<std::string> contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (file.is_open() && !std::filesystem::is_directory(path))
        content << file.rdbuf();
    else
        return Error{"", "needs a file that can be read", file.is_open() ? "a directory" : std::strerror(errno)};
    if (file.bad())
        return Error{"", "needs a file that can be read", std::strerror(errno)};
    return std::move(content).str();
}

Result<Value> withSettings(Value document, const std::vector<std::string>& settings) {
    for (const std::string& setting : settings) {
        const std::size_t sign = setting.find('=');
        if (sign == std::string::npos)
            return Error{"--set", "needs JSON-POINTER=JSON", inQuotes(setting)};
        Result<Value> patched =
            withValueAt(document, std::string_view(setting).substr(0, sign), settingValue(setting.substr(sign + 1)));
        if (!patched)
            return Error{"--set" + (patched.error().where.empty() ? "" : " " + patched.error().where),
                         patched.error().what, patched.error().given};
        document = std::move(*patched);
    }
    return document;
}

std::optional<std::uint64_t> seedOf(const std::string& text) {
    const std::optional<Decimal> number = Decimal::parse(text);
    const std::optional<std::int64_t> whole = number ? number->whole() : std::nullopt;
    if (!whole || *whole < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(*whole);
}

std::optional<Duration> runLengthOf(const std::string& text) {
    const Result<Duration> lasts = parseDuration(text);
    if (!lasts || *lasts <= Duration::zero() || *lasts > Distribution::durationMax)
        return std::nullopt;
    return *lasts;
}

std::optional<Error> problemOfProfile(const std::string& name) {
    const auto known = Profile::names();
    if (std::find(known.begin(), known.end(), name) != known.end())
        return std::nullopt;
    const std::vector<std::string> names(known.begin(), known.end());
    return Error{"--profile", "needs the name of a profile" + suggestionOf(name, names), inQuotes(name)};
}

} // namespace weir

#include "core/simulation/journal_json.h"

#include "core/nearest.h"
#include "core/value.h"

#include <algorithm>
#include <array>
#include <limits>

namespace weir {
namespace {

struct KindName {
    std::string_view name;
    CommandKind kind;
};
constexpr std::array kindNames{KindName{"crash", CommandKind::crash}, KindName{"restart", CommandKind::restart},
                               KindName{"pause", CommandKind::pause}, KindName{"resume", CommandKind::resume},
                               KindName{"slow", CommandKind::slow},   KindName{"rate", CommandKind::rate}};
constexpr double factorMax = 1e6;

bool takesInstance(CommandKind kind) {
    return kind == CommandKind::crash || kind == CommandKind::restart;
}
bool takesFactor(CommandKind kind) {
    return kind == CommandKind::slow || kind == CommandKind::rate;
}

// Reads one line; what is wrong with it goes to `errors`.
class LineReader {
  public:
    LineReader(std::size_t number, Errors& errors) : m_line("line " + std::to_string(number)), m_errors(errors) {}

    void read(std::string_view text, Journal& journal) {
        const std::size_t before = m_errors.size();
        const Result<Value> line = Value::parse(text);
        if (!line || !line->table()) {
            m_errors.push_back({m_line, line ? "needs a JSON table" : line.error().text(), ""});
            return;
        }
        JournalEntry entry;
        bool at = false, dues = false, command = false;
        for (const auto& [key, value] : *line->table()) {
            if (key == "at")
                at = readAt(value, entry);
            else if (key == "dues")
                dues = readDues(value, entry);
            else if (key == "command")
                command = readCommand(value, entry.command);
            else
                unknown("/" + key, key, {"at", "dues", "command"});
        }
        if (m_errors.size() == before && !(at && dues && command))
            m_errors.push_back({m_line, "needs the members at, dues and command", std::string(text)});
        if (m_errors.size() == before)
            journal.push_back(std::move(entry));
    }

  private:
    bool readAt(const Value& value, JournalEntry& entry) {
        const std::optional<std::int64_t> nanoseconds =
            value.number() ? (*value.number() * Decimal(1'000'000'000)).whole() : std::nullopt;
        if (!nanoseconds || *nanoseconds < 0)
            return refuse("/at", "needs seconds from 0, down to the nanosecond", value);
        entry.at = SimTime{Duration{*nanoseconds}};
        return true;
    }
    bool readDues(const Value& value, JournalEntry& entry) {
        const std::optional<std::int64_t> dues = value.number() ? value.number()->whole() : std::nullopt;
        if (!dues || *dues < 0)
            return refuse("/dues", "needs a whole number from 0", value);
        entry.dues = static_cast<std::uint64_t>(*dues);
        return true;
    }
    bool readCommand(const Value& value, Command& command) {
        if (!value.table())
            return refuse("/command", "needs a table such as {\"crash\": \"a-service\"}", value);
        const auto* const kind = std::find_if(kindNames.begin(), kindNames.end(), [&](const KindName& candidate) {
            return value.member(candidate.name) != nullptr;
        });
        if (kind == kindNames.end())
            return refuse("/command", "needs one of crash, restart, pause, resume, slow, rate", value);
        command.kind = kind->kind;
        bool factor = false;
        for (const auto& [key, inside] : *value.table()) {
            if (key == kind->name)
                readService(inside, key, command);
            else if (key == "instance" && takesInstance(kind->kind))
                readInstance(inside, command);
            else if (key == "factor" && takesFactor(kind->kind))
                factor = readFactor(inside, command);
            else
                unknown("/command/" + key, key, {kind->name, takesFactor(kind->kind) ? "factor" : "instance"});
        }
        if (takesFactor(kind->kind) && !factor && !value.member("factor"))
            return refuse("/command", "needs \"factor\", a number", value);
        return true;
    }
    void readService(const Value& value, const std::string& key, Command& command) {
        if (value.text())
            command.target = *value.text();
        else
            refuse("/command/" + key, "needs the name of a service", value);
    }
    void readInstance(const Value& value, Command& command) {
        const std::optional<std::int64_t> instance = value.number() ? value.number()->whole() : std::nullopt;
        if (instance && *instance >= 0 && *instance <= std::numeric_limits<std::uint16_t>::max())
            command.instance = static_cast<std::uint32_t>(*instance);
        else
            refuse("/command/instance", "needs the number of an instance, from 0", value);
    }
    bool readFactor(const Value& value, Command& command) {
        const double factor = value.number() ? value.number()->toDouble() : -1;
        if (factor < 0 || factor > factorMax)
            return refuse("/command/factor", "needs a number from 0 to 1000000", value);
        command.factor = factor;
        return true;
    }
    bool refuse(std::string_view pointer, std::string what, const Value& given) {
        m_errors.push_back({m_line + ": " + std::string(pointer), std::move(what), given.canonical()});
        return false;
    }
    void unknown(std::string_view pointer, const std::string& key, const std::vector<std::string_view>& known) {
        const std::string near = nearest(key, std::vector<std::string>(known.begin(), known.end()));
        m_errors.push_back({m_line + ": " + std::string(pointer),
                            near.empty() ? std::string("needs a key that it knows")
                                         : "needs a key that it knows (did you mean " + near + "?)",
                            '"' + key + '"'});
    }

    std::string m_line;
    Errors& m_errors;
};

} // namespace

void appendJournalLine(std::string& out, const JournalEntry& entry) {
    const Command& command = entry.command;
    const auto* const kind = std::find_if(kindNames.begin(), kindNames.end(),
                                          [&](const KindName& candidate) { return candidate.kind == command.kind; });
    Value::Table table{{std::string(kind->name), Value(command.target)}};
    if (command.instance && takesInstance(command.kind))
        table.emplace_back("instance", Value(static_cast<std::int64_t>(*command.instance)));
    if (takesFactor(command.kind))
        table.emplace_back("factor", Value(Decimal::fromDouble(command.factor)));
    Value(Value::Table{{"at", Value(Decimal(entry.at.time_since_epoch().count(), 9))},
                       {"dues", Value(static_cast<std::int64_t>(entry.dues))},
                       {"command", Value(std::move(table))}})
        .appendCanonical(out);
    out += '\n';
}

Result<Journal, Errors> readJournal(std::string_view text) {
    Journal journal;
    Errors errors;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos)
            LineReader(number, errors).read(line, journal);
    }
    if (!errors.empty())
        return errors;
    return journal;
}

} // namespace weir

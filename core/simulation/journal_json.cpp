#include "core/simulation/journal_json.h"

#include "core/nearest.h"
#include "core/scenario/link_reader.h"
#include "core/value.h"

#include <algorithm>
#include <array>
#include <limits>

namespace weir {
namespace {

// What a command has besides its target (of set: its pointer), in the order in which it is written.
enum Member : unsigned {
    instance = 1,
    factor = 2,
    probability = 4,
    count = 8,
    lasts = 16,
    value = 32,
    to = 64,
    ordinal = 128,
    group = 512,
    by = 1024,
    apart = 2048, // in place of a target: sides of a partition
    ends = 4096,  // the same: two ends of a link
    window = 8192,  // from, until, rules, name
    pauses = 16384, // and whether it waits for replicas
    event = 256 // type, data, key, subject, routingKey
};
struct KindName {
    std::string_view name;
    CommandKind kind;
    unsigned needs; // of these members
    unsigned takes; // and besides of these
};
constexpr std::array kindNames{KindName{"crash", CommandKind::crash, 0, instance | lasts},
                               KindName{"restart", CommandKind::restart, 0, instance},
                               KindName{"pause", CommandKind::pause, 0, lasts},
                               KindName{"resume", CommandKind::resume, 0, 0},
                               KindName{"slow", CommandKind::slow, factor, lasts},
                               KindName{"rate", CommandKind::rate, factor, lasts},
                               KindName{"set", CommandKind::set, value, 0},
                               KindName{"drop", CommandKind::drop, probability, lasts},
                               KindName{"duplicate", CommandKind::duplicate, probability, lasts},
                               KindName{"poison", CommandKind::poison, count, lasts},
                               KindName{"redrive", CommandKind::redrive, 0, to | ordinal},
                               KindName{"discard", CommandKind::discard, 0, ordinal},
                               KindName{"publish", CommandKind::publish, event, 0},
                               KindName{"seek", CommandKind::seek, to, group},
                               KindName{"replay", CommandKind::replay, 0, window},
                               KindName{"partition", CommandKind::partition, apart, lasts},
                               KindName{"heal", CommandKind::heal, apart, 0},
                               KindName{"delay", CommandKind::delay, ends | by, lasts},
                               KindName{"reorder", CommandKind::reorder, ends | probability, lasts},
                               KindName{"lose", CommandKind::lose, ends | probability, lasts},
                               KindName{"clockSkew", CommandKind::clockSkew, by, lasts},
                               KindName{"nodeDown", CommandKind::nodeDown, 0, lasts},
                               KindName{"powerOff", CommandKind::powerOff, 0, lasts},
                               KindName{"nodeUp", CommandKind::nodeUp, 0, 0},
                               KindName{"diskFull", CommandKind::diskFull, 0, lasts},
                               KindName{"diskFree", CommandKind::diskFree, 0, 0},
                               KindName{"slowDisk", CommandKind::slowDisk, by, lasts},
                               KindName{"rollingRestart", CommandKind::rollingRestart, 0, lasts | pauses}};
struct MemberName {
    std::string_view name;
    Member member;
    bool optional = false; // even where a command needs the member
};
constexpr std::array memberNames{MemberName{"instance", instance},    MemberName{"factor", factor},
                                 MemberName{"probability", probability}, MemberName{"count", count},
                                 MemberName{"for", lasts},            MemberName{"value", value},
                                 MemberName{"to", to},                MemberName{"ordinal", ordinal},
                                 MemberName{"group", group},          MemberName{"by", by},
                                 MemberName{"wait", pauses},         MemberName{"whenInSync", pauses},
                                 MemberName{"type", event},           MemberName{"data", event, true},
                                 MemberName{"key", event, true},      MemberName{"subject", event, true},
                                 MemberName{"routingKey", event, true},  MemberName{"from", window},
                             MemberName{"until", window},            MemberName{"rules", window},
                             MemberName{"name", window}};
constexpr double factorMax = 1e6;

const KindName& kindOf(const Command& command) {
    return *std::find_if(kindNames.begin(), kindNames.end(),
                         [&](const KindName& candidate) { return candidate.kind == command.kind; });
}

std::string namesOfKinds() {
    std::string names;
    for (const KindName& kind : kindNames)
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return names;
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
            return refuse("/command", "needs one of " + namesOfKinds(), value);
        command.kind = kind->kind;
        std::vector<std::string_view> known{kind->name};
        for (const MemberName& member : memberNames) {
            if (((kind->needs | kind->takes) & member.member) == 0)
                continue;
            known.push_back(member.name);
            if (!value.member(member.name) && (kind->needs & member.member) != 0 && !member.optional)
                return refuse("/command", "needs \"" + std::string(member.name) + '"', value);
        }
        for (const auto& [key, inside] : *value.table())
            if (std::find(known.begin(), known.end(), key) == known.end())
                unknown("/command/" + key, key, known);
            else
                readMember(key, inside, key == kind->name ? kind : nullptr, command);
        return true;
    }
    // `kind`: of the command whose target it is; null: it is another member.
    void readMember(const std::string& key, const Value& given, const KindName* kind, Command& command) {
        if (kind && (kind->needs & (apart | ends)) != 0)
            readSides(given, key, (kind->needs & ends) != 0, command.sides);
        else if (kind)
            readText(given, key, command.kind == CommandKind::set ? command.pointer : command.target);
        else if (key == "value" || key == "data")
            command.value = given;
        else if (key == "instance")
            command.instance = readWhole<std::uint32_t>(given, key, std::numeric_limits<std::uint16_t>::max());
        else if (key == "count")
            command.count = readWhole<std::uint64_t>(given, key, std::numeric_limits<std::int64_t>::max());
        else if (key == "ordinal")
            command.ordinal = readWhole<Ordinal>(given, key, std::numeric_limits<std::int64_t>::max());
        else if (key == "factor")
            command.factor = readNumber(given, key, factorMax);
        else if (key == "probability")
            command.probability = readNumber(given, key, 1);
        else if (key == "for")
            readLength(given, command);
        else if (key == "by")
            readBy(given, command);
        else if (key == "from" || key == "until")
            readTime(given, key, command);
        else if (key == "rules")
            readRules(given, command);
        else if (key == "wait")
            readPause(given, command);
        else if (key == "whenInSync")
            readWhenInSync(given, command);
        else
            readText(given, key,
                     key == "to"        ? command.to
                     : key == "group"   ? command.group
                     : key == "name"    ? command.name
                     : key == "type"    ? command.type
                     : key == "key"     ? command.key
                     : key == "subject" ? command.subject
                                        : command.routingKey);
    }
    void readText(const Value& given, const std::string& key, std::string& into) {
        if (given.text())
            into = *given.text();
        else
            refuse("/command/" + key, key == "set" ? "needs a JSON pointer" : "needs a text", given);
    }
    template <class Number> Number readWhole(const Value& given, const std::string& key, std::int64_t most) {
        const std::optional<std::int64_t> whole = given.number() ? given.number()->whole() : std::nullopt;
        if (whole && *whole >= 0 && *whole <= most)
            return static_cast<Number>(*whole);
        refuse("/command/" + key, "needs a whole number from 0 to " + std::to_string(most), given);
        return 0;
    }
    double readNumber(const Value& given, const std::string& key, double most) {
        const double number = given.number() ? given.number()->toDouble() : -1;
        if (number < 0 || number > most)
            refuse("/command/" + key, most == 1 ? "needs a number from 0 to 1" : "needs a number from 0 to 1000000", given);
        return number;
    }
    void readLength(const Value& given, Command& command) {
        const Result<Duration> length = parseDuration(given.text() ? *given.text() : std::string());
        if (length && *length > Duration::zero())
            command.lasts = *length;
        else
            refuse("/command/for", "needs a duration above 0 such as \"10s\"", given);
    }
    void readPause(const Value& given, Command& command) {
        const Result<Duration> pause = parseDuration(given.text() ? *given.text() : std::string());
        if (pause)
            command.pause = *pause;
        else
            refuse("/command/wait", "needs a duration such as \"10s\"", given);
    }
    void readWhenInSync(const Value& given, Command& command) {
        if (given.truth())
            command.whenInSync = *given.truth();
        else
            refuse("/command/whenInSync", "needs true or false", given);
    }
    void readBy(const Value& given, Command& command) {
        const auto by = given.text() ? signedDuration(*given.text()) : std::nullopt;
        if (by)
            command.by = *by;
        else
            refuse("/command/by", "needs a duration such as \"10s\" or \"-10s\"", given);
    }
    void readTime(const Value& given, const std::string& key, Command& command) {
        const Result<Duration> time = parseDuration(given.text() ? *given.text() : std::string());
        if (!time)
            refuse("/command/" + key, "needs a time of the run such as \"10s\"", given);
        else if (key == "from")
            command.from = *time;
        else
            command.until = *time;
    }
    void readRules(const Value& given, Command& command) {
        bool fine = given.list() != nullptr;
        for (std::size_t i = 0; fine && i < given.list()->size(); ++i) {
            const std::string* const name = (*given.list())[i].text();
            fine = name != nullptr;
            if (fine)
                command.rules.push_back(*name);
        }
        if (!fine)
            refuse("/command/rules", "needs a list of names", given);
    }
    // Of a link: two ends; else lists of ends.
    void readSides(const Value& given, const std::string& key, bool link, Sides& sides) {
        const auto readEnd = [&](const Value& end, std::vector<std::string>& side) {
            if (end.text())
                side.push_back(*end.text());
            return end.text() != nullptr;
        };
        bool fine = given.list() != nullptr;
        for (std::size_t i = 0; fine && i < given.list()->size(); ++i) {
            const Value& item = (*given.list())[i];
            std::vector<std::string>& side = sides.emplace_back();
            if (link) {
                fine = readEnd(item, side);
                continue;
            }
            fine = item.list() != nullptr;
            for (std::size_t end = 0; fine && end < item.list()->size(); ++end)
                fine = readEnd((*item.list())[end], side);
        }
        if (!fine)
            refuse("/command/" + key,
                   link ? "needs two ends such as [\"desk\", \"broker\"]" : "needs sides such as [[\"desk\"], [\"broker\"]]",
                   given);
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
    const KindName& kind = kindOf(command);
    const bool sets = command.kind == CommandKind::set;
    const unsigned members = kind.needs | kind.takes;
    Value target(sets ? command.pointer : command.target);
    if ((members & (apart | ends)) != 0)
        target = valueOf(command.sides, (members & ends) != 0);
    Value::Table table{{std::string(kind.name), std::move(target)}};
    const auto add = [&](Member member, const char* name, bool given, Value of) {
        if ((members & member) != 0 && given)
            table.emplace_back(name, std::move(of));
    };
    const auto addText = [&](Member member, const char* name, const std::string& of) {
        add(member, name, !of.empty(), Value(of));
    };
    add(instance, "instance", command.instance.has_value(), Value(std::int64_t{command.instance.value_or(0)}));
    add(factor, "factor", true, Value(Decimal::fromDouble(command.factor)));
    add(probability, "probability", true, Value(Decimal::fromDouble(command.probability)));
    add(count, "count", true, Value(static_cast<std::int64_t>(command.count)));
    add(by, "by", true, Value(signedText(command.by)));
    add(lasts, "for", command.lasts.has_value(), Value(toText(command.lasts.value_or(Duration{}))));
    add(pauses, "wait", command.pause != Duration::zero(), Value(toText(command.pause)));
    add(pauses, "whenInSync", !command.whenInSync, Value(false));
    add(value, "value", true, command.value);
    addText(to, "to", command.to);
    addText(group, "group", command.group);
    addText(window, "name", command.name);
    add(window, "from", command.from != Duration::zero(), Value(toText(command.from)));
    add(window, "until", command.until.has_value(), Value(toText(command.until.value_or(Duration{}))));
    add(window, "rules", !command.rules.empty(),
        Value(Value::List(command.rules.begin(), command.rules.end())));
    add(ordinal, "ordinal", command.ordinal != 0, Value(static_cast<std::int64_t>(command.ordinal)));
    addText(event, "type", command.type);
    add(event, "data", !command.value.isNull(), command.value);
    addText(event, "key", command.key);
    addText(event, "subject", command.subject);
    addText(event, "routingKey", command.routingKey);
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

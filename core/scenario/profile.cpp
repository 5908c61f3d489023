#include "core/scenario/profile.h"

#include "core/broker/profiles/profile_tables.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace weir {
namespace {

constexpr auto namesOfTables = [] {
    std::array<std::string_view, std::size(profileTables)> names{};
    std::transform(std::begin(profileTables), std::end(profileTables), names.begin(),
                   [](const ProfileTable& table) { return table.name; });
    return names;
}();

std::string textOr(const Value* value, std::string_view otherwise) {
    const std::string* text = value ? value->text() : nullptr;
    return text ? *text : std::string(otherwise);
}

Text textOf(const Value* value) {
    if (!value)
        return {};
    return {.en = textOr(value->member("en"), ""), .zh = textOr(value->member("zh"), "")};
}

const Value::Table& tableAt(const Value& tables, std::string_view part) {
    static const Value::Table none;
    const Value* table = tables.member(part);
    return table && table->table() ? *table->table() : none;
}

bool isWhole(const Text& text) {
    return !text.en.empty() && !text.zh.empty();
}

std::vector<std::string> textsIn(const Value& value) {
    std::vector<std::string> texts;
    for (const Value& item : value.list() ? *value.list() : Value::List())
        texts.push_back(textOr(&item, ""));
    return texts;
}

template <class Map> auto spanAt(const Map& map, std::string_view part) {
    const auto found = map.find(part);
    return found == map.end() ? std::span<const typename Map::mapped_type::value_type>() : std::span(found->second);
}

} // namespace

Value::Table filled(Value::Table given, const Value::Table& defaults) {
    for (const Value::Member& member : defaults)
        if (std::none_of(given.begin(), given.end(),
                         [&](const Value::Member& other) { return other.first == member.first; }))
            given.push_back(member);
    return given;
}

std::span<const std::string_view> Profile::names() {
    return namesOfTables;
}

std::optional<Profile> Profile::named(std::string_view name) {
    const auto* const table = std::find_if(std::begin(profileTables), std::end(profileTables),
                                           [name](const ProfileTable& known) { return known.name == name; });
    if (table == std::end(profileTables))
        return std::nullopt;
    Result<Profile> profile = parse(table->json);
    assert(profile.ok()); // a test reads all of them
    return std::move(*profile);
}

Result<Profile> Profile::parse(std::string_view json) {
    const Result<Value> table = Value::parse(json);
    if (!table)
        return table.error();
    Profile profile;
    profile.m_name = textOr(table->member("profile"), "");
    profile.m_title = textOf(table->member("title"));
    profile.m_system = textOr(table->member("system"), "");
    const std::string grade = textOr(table->member("grade"), "");
    if (profile.m_name.empty() || profile.m_system.empty() || !isWhole(profile.m_title))
        return Error{"", "needs \"profile\", \"system\" and a \"title\" in both languages", ""};
    if (grade != "held" && grade != "documented")
        return Error{"/grade", "needs \"held\" or \"documented\"", grade};
    profile.m_grade = grade == "held" ? Grade::held : Grade::documented;
    const auto member = [&table](std::string_view key) {
        const Value* value = table->member(key);
        return value ? *value : Value(Value::Table());
    };
    profile.m_kinds = member("kinds");
    profile.m_defaults = member("defaults");
    const auto special = [&profile](std::string_view part, std::string_view general) -> std::optional<Value::Table> {
        const Value* own = profile.m_defaults.member(part);
        if (!own || !own->table())
            return std::nullopt;
        Value::Table all = filled(*own->table(), tableAt(profile.m_defaults, general));
        std::erase_if(all, [](const Value::Member& each) { return each.second.isNull(); });
        return all;
    };
    profile.m_boundQueue = special("boundQueue", "queue");
    profile.m_ownedStream = special("ownedStream", "stream");
    profile.m_within = member("within");
    profile.m_access = member("access");
    const Value has = member("has");
    for (const auto& [part, fields] : has.table() ? *has.table() : Value::Table())
        profile.m_has[part] = textsIn(fields);
    if (const std::optional<Error> problem = profile.readLimits(member("cannot")))
        return *problem;
    const Value rules = member("rules");
    for (const Value& rule : rules.list() ? *rules.list() : Value::List()) {
        Rule read{textOf(rule.member("rule")), textOr(rule.member("source"), "")};
        if (!isWhole(read.text) || read.source.empty())
            return Error{"/rules", "needs rules with a text in both languages and a \"source\"", rule.canonical()};
        profile.m_rules.push_back(std::move(read));
    }
    return profile;
}

const Value::Table& Profile::defaults(std::string_view part) const {
    if (part == "boundQueue")
        return m_boundQueue ? *m_boundQueue : tableAt(m_defaults, "queue");
    if (part == "ownedStream")
        return m_ownedStream ? *m_ownedStream : tableAt(m_defaults, "stream");
    return tableAt(m_defaults, part);
}

const Value::Table& Profile::within(std::string_view part) const {
    return tableAt(m_within, part);
}

// One table a reason: {"en", "zh", part: ["field", "field=value"], "instead"}.
std::optional<Error> Profile::readLimits(const Value& cannot) {
    for (const Value& reason : cannot.list() ? *cannot.list() : Value::List()) {
        const Text why = textOf(&reason);
        if (!isWhole(why))
            return Error{"/cannot", "needs reasons in both languages", reason.canonical()};
        const Value* instead = reason.member("instead");
        for (const auto& [part, fields] : *reason.table())
            for (const std::string& field : textsIn(fields)) {
                const std::size_t sign = std::min(field.find('='), field.size());
                m_limits[part].push_back({.field = field.substr(0, sign),
                                          .value = field.substr(std::min(sign + 1, field.size())),
                                          .instead = instead ? *instead : Value(),
                                          .why = why});
            }
    }
    return std::nullopt;
}

std::span<const Profile::Limit> Profile::limits(std::string_view part) const {
    return spanAt(m_limits, part);
}

std::span<const std::string> Profile::has(std::string_view part) const {
    return spanAt(m_has, part);
}

std::string_view Profile::kindFor(std::string_view kind) const {
    const Value* other = m_kinds.member(kind);
    return other && other->text() ? std::string_view(*other->text()) : kind;
}

} // namespace weir

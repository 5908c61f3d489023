#include "core/schema/schema_parts.h"

#include "core/json_pointer.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace weir {
namespace {

enum class Draft : std::uint8_t { to7, from2019, from2020 };

// What stands behind a keyword.
enum class Takes : std::uint8_t {
    schema,
    schemas,
    items,        // a schema, or a list of them
    table,        // of schemas by name
    patternTable, // of schemas by pattern
    dependencies, // by name: a schema, or names
    number,
    step, // above zero
    count,
    text,
    pattern,
    truth,
    limit, // a number; before draft 6 whether the limit beside it is left out
    names,
    types,
    list,
    anything
};

struct Keyword {
    std::string_view name;
    Takes takes;
    bool inPlace = false; // its schemas are about the same data, not about what is within them
};
constexpr Keyword keywords[] = {{"allOf", Takes::schemas, true},
                                {"anyOf", Takes::schemas, true},
                                {"oneOf", Takes::schemas, true},
                                {"not", Takes::schema, true},
                                {"if", Takes::schema, true},
                                {"then", Takes::schema, true},
                                {"else", Takes::schema, true},
                                {"dependencies", Takes::dependencies, true},
                                {"properties", Takes::table},
                                {"patternProperties", Takes::patternTable},
                                {"additionalProperties", Takes::schema},
                                {"propertyNames", Takes::schema},
                                {"items", Takes::items},
                                {"additionalItems", Takes::schema},
                                {"contains", Takes::schema},
                                {"type", Takes::types},
                                {"enum", Takes::list},
                                {"const", Takes::anything},
                                {"format", Takes::text},
                                {"pattern", Takes::pattern},
                                {"required", Takes::names},
                                {"multipleOf", Takes::step},
                                {"minimum", Takes::number},
                                {"maximum", Takes::number},
                                {"exclusiveMinimum", Takes::limit},
                                {"exclusiveMaximum", Takes::limit},
                                {"minLength", Takes::count},
                                {"maxLength", Takes::count},
                                {"minItems", Takes::count},
                                {"maxItems", Takes::count},
                                {"minProperties", Takes::count},
                                {"maxProperties", Takes::count},
                                {"uniqueItems", Takes::truth}};

// Of 2019-09 and 2020-12: those that draft 7 can say otherwise, and those that it cannot.
constexpr std::string_view translated[] = {"prefixItems", "dependentRequired", "dependentSchemas"};
constexpr std::string_view unknown[] = {"unevaluatedItems", "unevaluatedProperties", "minContains",
                                        "maxContains",      "$dynamicRef",           "$recursiveRef"};
constexpr std::string_view typeNames[] = {"null", "boolean", "integer", "number", "string", "array", "object", "any"};
constexpr std::int64_t countMax = 1'000'000'000'000;

template <class List> bool contains(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string under(const std::string& where, std::string_view step) {
    std::string pointer = where + '/';
    for (const char letter : step)
        pointer += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
    return pointer;
}

bool areTexts(const Value& value) {
    const Value::List* list = value.list();
    return list && std::all_of(list->begin(), list->end(), [](const Value& each) { return each.text() != nullptr; });
}

// RFC 3986: "%2F" is "/".
std::string withoutPercents(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
            std::isxdigit(static_cast<unsigned char>(text[i + 2]))) {
            plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

class Cutter {
  public:
    explicit Cutter(const Value& root) : m_root(root) {}

    Result<SchemaParts> cut() {
        readDraft();
        findAnchors(m_root);
        partOf(m_root, "");
        for (std::size_t part = 0; part < m_places.size() && !m_error; ++part) {
            m_part = part;
            const Place place = m_places[part];
            m_cut.parts.push_back(rewritten(*place.schema, place.pointer, true));
        }
        if (!m_error)
            findLoops();
        if (m_error)
            return *m_error;
        return std::move(m_cut);
    }

  private:
    struct Place {
        const Value* schema;
        std::string pointer;
    };
    struct Edge { // from a part to one about the same data
        std::size_t to;
        std::string pointer; // where the reference stands
        std::string text;
    };

    Value fail(const std::string& where, std::string what, std::string given = {}) {
        if (!m_error)
            m_error = Error{where, std::move(what), std::move(given)};
        return {};
    }

    void remark(Error about) {
        if (m_cut.remarks.size() < SchemaParts::remarksMax)
            m_cut.remarks.push_back(std::move(about));
    }

    void readDraft() {
        const Value* const said = m_root.member("$schema");
        if (!said)
            return;
        const std::string* const text = said->text();
        const auto says = [&](std::string_view draft) { return text && text->find(draft) != std::string::npos; };
        if (says("2020-12"))
            m_draft = Draft::from2020;
        else if (says("2019-09"))
            m_draft = Draft::from2019;
        else if (says("draft-03"))
            fail("/$schema", "needs JSON Schema draft 4, 6, 7, 2019-09 or 2020-12", said->canonical());
        else if (!says("draft-04") && !says("draft-06") && !says("draft-07"))
            remark({"/$schema", "is no draft that is known, and is read as draft 7", said->canonical()});
    }

    // Names that references may use instead of pointers: "$anchor", before 2019-09 "$id": "#name".
    void findAnchors(const Value& value) {
        if (const Value::List* list = value.list())
            for (const Value& each : *list)
                findAnchors(each);
        const Value::Table* table = value.table();
        if (!table)
            return;
        for (const auto& [name, inside] : *table) {
            const std::string* text = inside.text();
            if (text && (name == "$anchor" || name == "$dynamicAnchor"))
                m_anchors.emplace(*text, &value);
            if (text && (name == "$id" || name == "id") && text->size() > 1 && text->front() == '#')
                m_anchors.emplace(text->substr(1), &value);
            if (name != "enum" && name != "const")
                findAnchors(inside);
        }
    }

    std::size_t partOf(const Value& schema, const std::string& pointer) {
        const auto [known, added] = m_partOf.try_emplace(&schema, m_places.size());
        if (added)
            m_places.push_back({&schema, pointer});
        return known->second;
    }

    // `inPlace`: it is about the data that its part is about.
    Value rewritten(const Value& schema, const std::string& where, bool inPlace) {
        if (m_error || schema.truth())
            return schema;
        const Value::Table* const members = schema.table();
        if (!members)
            return fail(where, "needs a JSON Schema (a table, true or false)", schema.canonical());
        if (++m_schemas > SchemaParts::schemasMax)
            return fail(where, "needs a smaller JSON Schema: with what its references lead to, it has more than " +
                                   std::to_string(SchemaParts::schemasMax) + " schemas within it");
        std::optional<Value> led;
        if (const Value* const reference = schema.member("$ref"))
            led = followedReference(*reference, under(where, "$ref"), inPlace);
        if (led && m_draft == Draft::to7)
            return *led; // what stands beside it means nothing
        Value::Table table;
        for (const auto& [name, inside] : *members) {
            readLater(name, inside, where);
            const auto keyword = std::find_if(std::begin(keywords), std::end(keywords),
                                              [&](const Keyword& each) { return each.name == name; });
            if (keyword != std::end(keywords))
                if (auto value = taken(*keyword, schema, inside, under(where, name), inPlace))
                    table.emplace_back(name, std::move(*value));
            if (m_error)
                return {};
        }
        settleLimits(schema, table);
        if (m_draft != Draft::to7)
            translate(schema, table, where, inPlace);
        if (led && table.empty())
            return *led;
        if (led)
            addPart(table, std::move(*led));
        return Value(std::move(table));
    }

    // One more schema that the data must fit as well.
    static void addPart(Value::Table& table, Value schema) {
        const auto all =
            std::find_if(table.begin(), table.end(), [](const Value::Member& each) { return each.first == "allOf"; });
        Value::List schemas = all == table.end() ? Value::List() : *all->second.list();
        schemas.push_back(std::move(schema));
        if (all == table.end())
            table.emplace_back("allOf", Value(std::move(schemas)));
        else
            all->second = Value(std::move(schemas));
    }

    Value followedReference(const Value& reference, const std::string& where, bool inPlace) {
        const Value nothing(Value::Table{});
        const std::string* const text = reference.text();
        if (!text) {
            fail(where, "needs a reference, as text", reference.canonical());
            return nothing;
        }
        const std::size_t hash = std::min(text->find('#'), text->size());
        const std::string document = text->substr(0, hash);
        const std::string fragment = hash < text->size() ? withoutPercents(text->substr(hash + 1)) : std::string();
        const Value* target = nullptr;
        if (document.empty() || isOwnName(document)) {
            if (fragment.empty() || fragment.front() == '/')
                target = fragment.empty() ? &m_root : valueAt(m_root, fragment);
            else if (const auto anchor = m_anchors.find(fragment); anchor != m_anchors.end())
                target = anchor->second;
        }
        if (!target) {
            fail(where, "needs a reference to a place within the schema, such as \"#/definitions/name\"",
                 reference.canonical());
            return nothing;
        }
        const std::size_t part = partOf(*target, fragment.starts_with('/') ? fragment : std::string());
        if (inPlace)
            m_edges[m_part].push_back({part, where, reference.canonical()});
        return Value(Value::Table{{std::string(SchemaParts::reference), Value(static_cast<std::int64_t>(part))}});
    }

    bool isOwnName(std::string_view document) const {
        for (const char* const name : {"$id", "id"})
            if (const Value* own = m_root.member(name); own && own->text() && !own->text()->empty())
                if (std::string_view(*own->text()).substr(0, own->text()->find('#')) == document)
                    return true;
        return false;
    }

    // Words that came with 2019-09 and 2020-12.
    void readLater(const std::string& name, const Value& inside, const std::string& where) {
        const bool says = contains(translated, name);
        if (!says && !contains(unknown, name))
            return;
        if (m_draft == Draft::to7)
            remark({under(where, name),
                    "means nothing in draft 7, as which the schema is read, since its \"$schema\" does "
                    "not name 2019-09 or 2020-12",
                    ""});
        else if (!says)
            fail(under(where, name),
                 "is not known here; of 2019-09 and 2020-12 all but \"unevaluatedItems\", "
                 "\"unevaluatedProperties\", \"minContains\", \"maxContains\" and dynamic references is");
        else if (name == "prefixItems" && m_draft == Draft::from2020 && !inside.list())
            fail(under(where, name), "needs a list of JSON Schemas", inside.canonical());
        else if (name == "prefixItems" && m_draft == Draft::from2019)
            remark({under(where, name), "means nothing in 2019-09, where \"items\" is the list", ""});
        else if (name != "prefixItems" && !inside.table())
            fail(under(where, name), "needs a table", inside.canonical());
    }

    // What is behind a keyword, looked at and rewritten; nothing where it is to be left out.
    std::optional<Value> taken(const Keyword& keyword, const Value& schema, const Value& given,
                               const std::string& where, bool inPlace) {
        const bool inside = inPlace && keyword.inPlace;
        const auto need = [&](bool good, const std::string& what) -> std::optional<Value> {
            if (good)
                return given;
            fail(where, "needs " + what, given.canonical());
            return std::nullopt;
        };
        const Decimal* const number = given.number();
        switch (keyword.takes) {
        case Takes::schema:
            return rewritten(given, where, inside);
        case Takes::schemas:
            return given.list() && !given.list()->empty() ? list(given, where, inside)
                                                          : need(false, "a list of JSON Schemas that is not empty");
        case Takes::items:
            if (m_draft == Draft::from2020 && schema.member("prefixItems"))
                return std::nullopt; // said by its translation
            if (!given.list())
                return rewritten(given, where, inside);
            return m_draft == Draft::from2020
                       ? need(false, "a JSON Schema; 2020-12 calls a list of them \"prefixItems\"")
                       : list(given, where, inside);
        case Takes::table:
        case Takes::patternTable:
            return given.table() ? tableOf(given, where, inside, keyword.takes == Takes::patternTable)
                                 : need(false, "a table of JSON Schemas");
        case Takes::dependencies:
            return given.table() ? dependencies(given, where, inside) : need(false, "a table of JSON Schemas or names");
        case Takes::number:
            return need(number, "a number");
        case Takes::step:
            return need(number && *number > Decimal(0), "a number above 0");
        case Takes::count:
            return need(number && number->whole() && *number >= Decimal(0) && *number <= Decimal(countMax),
                        "a whole number from 0 to " + std::to_string(countMax));
        case Takes::text:
            if (given.text() && given.text()->empty())
                return std::nullopt; // a format like any that is not known; the validator takes it for no text
            return need(given.text(), "a text");
        case Takes::pattern:
            return need(given.text(), "a regular expression, as text") && readPattern(*given.text(), where)
                       ? std::optional(given)
                       : std::nullopt;
        case Takes::truth:
            return need(given.truth(), "true or false");
        case Takes::limit:
            return need(number || given.truth(), "a number");
        case Takes::names:
            return need(areTexts(given), "a list of names");
        case Takes::types: {
            const auto known = [](const Value& each) { return each.text() && contains(typeNames, *each.text()); };
            const Value::List* const some = given.list();
            return need(
                known(given) || (some && !some->empty() && std::all_of(some->begin(), some->end(), known)),
                "one or more of \"null\", \"boolean\", \"integer\", \"number\", \"string\", \"array\", \"object\"");
        }
        case Takes::list:
            return need(given.list() && !given.list()->empty(), "a list that is not empty");
        case Takes::anything:
            break;
        }
        return given;
    }

    Value list(const Value& given, const std::string& where, bool inPlace) {
        Value::List schemas;
        for (std::size_t i = 0; i < given.list()->size() && !m_error; ++i)
            schemas.push_back(rewritten((*given.list())[i], where + '/' + std::to_string(i), inPlace));
        return Value(std::move(schemas));
    }

    Value tableOf(const Value& given, const std::string& where, bool inPlace, bool byPattern) {
        Value::Table schemas;
        for (const auto& [name, schema] : *given.table())
            if (!m_error && (!byPattern || readPattern(name, under(where, name))))
                schemas.emplace_back(name, rewritten(schema, under(where, name), inPlace));
        return Value(std::move(schemas));
    }

    Value dependencies(const Value& given, const std::string& where, bool inPlace) {
        Value::Table rules;
        for (const auto& [name, rule] : *given.table()) {
            const std::string here = under(where, name);
            if (rule.list() && !areTexts(rule))
                return fail(here, "needs a list of names", rule.canonical());
            rules.emplace_back(name, rule.list() ? rule : rewritten(rule, here, inPlace));
        }
        return Value(std::move(rules));
    }

    bool readPattern(const std::string& pattern, const std::string& where) {
        if (m_cut.patterns.contains(pattern))
            return true;
        if (pattern.find('\0') != std::string::npos) {
            fail(where, "needs \"\\u0000\" within a pattern written as \"\\\\0\"", Value(pattern).canonical());
            return false;
        }
        auto compiled = TextPattern::compile(pattern);
        if (!compiled) {
            fail(where, "needs a regular expression of ECMA-262 (" + compiled.error().text() + ")",
                 Value(pattern).canonical());
            return false;
        }
        m_patternSteps += compiled->stepCount();
        if (m_patternSteps > SchemaParts::patternStepsMax) {
            fail(where,
                 "needs fewer patterns, or shorter ones: with their counts written out they have more than " +
                     std::to_string(SchemaParts::patternStepsMax) + " steps",
                 Value(pattern).canonical());
            return false;
        }
        m_cut.patterns.emplace(pattern, std::move(compiled).value());
        return true;
    }

    // Draft 4: "exclusiveMinimum" says whether "minimum" itself is left out.
    static void settleLimits(const Value& schema, Value::Table& table) {
        for (const auto& [exclusive, limit] :
             {std::pair{"exclusiveMinimum", "minimum"}, std::pair{"exclusiveMaximum", "maximum"}}) {
            const Value* const said = schema.member(exclusive);
            if (!said || !said->truth())
                continue;
            const bool leftOut = *said->truth() && schema.member(limit);
            std::erase_if(table, [&](const Value::Member& each) {
                return each.first == exclusive || (leftOut && each.first == limit);
            });
            if (leftOut)
                table.emplace_back(exclusive, *schema.member(limit));
        }
    }

    void translate(const Value& schema, Value::Table& table, const std::string& where, bool inPlace) {
        if (const Value* first = schema.member("prefixItems"); first && m_draft == Draft::from2020) {
            table.emplace_back("items", list(*first, under(where, "prefixItems"), false));
            std::erase_if(table, [](const Value::Member& each) { return each.first == "additionalItems"; });
            if (const Value* rest = schema.member("items"))
                table.emplace_back("additionalItems", rewritten(*rest, under(where, "items"), false));
        }
        Value::Table rules;
        if (const Value* schemas = schema.member("dependentSchemas"))
            rules = *tableOf(*schemas, under(where, "dependentSchemas"), inPlace, false).table();
        if (const Value* names = schema.member("dependentRequired"))
            for (const auto& [name, required] : *names->table()) {
                if (!areTexts(required)) {
                    fail(under(under(where, "dependentRequired"), name), "needs a list of names", required.canonical());
                    return;
                }
                const Value rule(Value::Table{{"required", required}});
                const auto known = std::find_if(rules.begin(), rules.end(), [&name = name](const Value::Member& each) {
                    return each.first == name;
                });
                if (known == rules.end())
                    rules.emplace_back(name, rule);
                else
                    known->second = Value(Value::Table{{"allOf", Value(Value::List{known->second, rule})}});
            }
        if (rules.empty())
            return;
        addPart(table, Value(Value::Table{{"dependencies", Value(std::move(rules))}}));
    }

    // A chain of references about the same data that comes back to itself would be followed for ever.
    void findLoops() {
        std::vector<std::size_t> length(m_places.size()); // of the longest chain from a part; 0: not known yet
        std::vector<bool> open(m_places.size());
        struct Level {
            std::size_t part;
            std::size_t edge;
        };
        for (std::size_t start = 0; start < m_places.size(); ++start) {
            if (length[start] > 0)
                continue;
            std::vector<Level> levels{{start, 0}};
            open[start] = true;
            while (!levels.empty()) {
                Level& level = levels.back();
                const std::vector<Edge>& edges = m_edges[level.part];
                if (level.edge < edges.size()) {
                    const Edge& edge = edges[level.edge++];
                    if (open[edge.to]) {
                        fail(edge.pointer, "needs to go into the data before it leads back to itself", edge.text);
                        return;
                    }
                    if (length[edge.to] == 0) {
                        open[edge.to] = true;
                        levels.push_back({edge.to, 0});
                    }
                    continue;
                }
                std::size_t longest = 0;
                for (const Edge& edge : edges) {
                    longest = std::max(longest, length[edge.to]);
                    if (longest > SchemaParts::chainMax) {
                        fail(edge.pointer,
                             "needs to go into the data after at most " + std::to_string(SchemaParts::chainMax) +
                                 " references",
                             edge.text);
                        return;
                    }
                }
                length[level.part] = longest + 1;
                open[level.part] = false;
                levels.pop_back();
            }
        }
    }

    const Value& m_root;
    Draft m_draft = Draft::to7;
    std::size_t m_part = 0;
    std::size_t m_schemas = 0;
    std::size_t m_patternSteps = 0;
    std::vector<Place> m_places;
    std::map<const Value*, std::size_t> m_partOf;
    std::map<std::size_t, std::vector<Edge>> m_edges;
    std::map<std::string, const Value*, std::less<>> m_anchors;
    std::optional<Error> m_error;
    SchemaParts m_cut;
};

} // namespace

Result<SchemaParts> SchemaParts::cut(const Value& schema) {
    return Cutter(schema).cut();
}

const Value& SchemaParts::followed(const Value& part) const {
    const Value* at = &part;
    while (const Value* to = at->member(reference))
        at = &parts[static_cast<std::size_t>(*to->number()->whole())];
    return *at;
}

} // namespace weir

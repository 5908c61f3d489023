#include "core/schema/schema_inclusion.h"

#include "core/json_pointer.h"
#include "core/schema/json_schema.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace weir {
namespace {

constexpr int depthMax = 64;

enum Type : unsigned {
    null = 1,
    boolean = 2,
    integer = 4,
    fraction = 8,
    text = 16,
    list = 32,
    object = 64,
    every = 127
};
constexpr std::pair<std::string_view, unsigned> types[] = {
    {"null", null},   {"boolean", boolean}, {"integer", integer}, {"number", integer | fraction},
    {"string", text}, {"array", list},      {"object", object},   {"any", every}};

// Keywords that say nothing about what is accepted.
constexpr std::string_view remarks[] = {"$schema", "$id",      "id",          "$comment", "title",    "description",
                                        "default", "examples", "definitions", "$defs",    "readOnly", "writeOnly"};
// A keyword that bounds values of a type by a number.
struct Bound {
    std::string_view keyword;
    unsigned of;
    bool upper;
};
constexpr Bound bounds[] = {{"minLength", text, false},
                            {"maxLength", text, true},
                            {"minItems", list, false},
                            {"maxItems", list, true},
                            {"minProperties", object, false},
                            {"maxProperties", object, true},
                            {"minimum", integer | fraction, false},
                            {"maximum", integer | fraction, true}};

class Inclusion {
  public:
    Inclusion(const Value& narrow, const Value& wide) : m_narrow(narrow), m_wide(wide) {}

    std::optional<std::string> find() {
        if (includes(m_narrow, m_wide, ""))
            return std::nullopt;
        return m_why;
    }

  private:
    bool deny(const std::string& where, std::string_view what) {
        if (m_why.empty())
            m_why = (where.empty() ? std::string("the whole") : where) + ": " + std::string(what);
        return false;
    }

    // A reference within its own schema, followed; null where it leads nowhere.
    static const Value* resolved(const Value& schema, const Value& root) {
        const Value* at = &schema;
        for (int steps = 0; steps < depthMax; ++steps) {
            const Value* reference = at->member("$ref");
            const std::string* target = reference ? reference->text() : nullptr;
            if (!target)
                return at;
            if (target->empty() || target->front() != '#')
                return nullptr;
            at = target->size() == 1 ? &root : valueAt(root, target->substr(1));
            if (!at)
                return nullptr;
        }
        return nullptr;
    }

    static unsigned typesOf(const Value& schema) {
        const Value* type = schema.member("type");
        if (!type)
            return every;
        unsigned set = 0;
        const auto add = [&set](const Value& word) {
            for (const auto& [name, bits] : types)
                if (word.text() && *word.text() == name)
                    set |= bits;
        };
        if (const Value::List* words = type->list())
            std::for_each(words->begin(), words->end(), add);
        else
            add(*type);
        return set;
    }

    // The values that it accepts at most, where it lists them.
    static std::optional<Value::List> listed(const Value& schema) {
        if (const Value* one = schema.member("const"))
            return Value::List{*one};
        if (const Value* some = schema.member("enum"); some && some->list())
            return *some->list();
        return std::nullopt;
    }

    // A part of a schema that stands alone: with what its references may lead to.
    static Value alone(const Value& schema, const Value& root) {
        const Value::Table* members = schema.table();
        if (!members)
            return schema;
        Value::Table table = *members;
        for (const std::string_view shared : {"definitions", "$defs"})
            if (const Value* there = root.member(shared); there && !schema.member(shared))
                table.emplace_back(std::string(shared), *there);
        return Value(std::move(table));
    }

    bool acceptsAll(const Value::List& values, const Value& narrow, const Value& wide, const std::string& where) {
        const auto from = JsonSchema::compile(alone(narrow, m_narrow));
        const auto to = JsonSchema::compile(alone(wide, m_wide));
        if (!from || !to)
            return deny(where, "cannot be compared");
        for (const Value& value : values)
            if ((*from)->accepts(value) && !(*to)->accepts(value))
                return deny(where, "does not accept " + value.canonical());
        return true;
    }

    bool includes(const Value& narrowGiven, const Value& wideGiven, const std::string& where) {
        if (m_depth == depthMax)
            return deny(where, "refers to itself in a way that cannot be compared");
        const Value* const narrow = resolved(narrowGiven, m_narrow);
        const Value* const wide = resolved(wideGiven, m_wide);
        if (!narrow || !wide)
            return deny(where, "has a reference that leads outside");
        if (!m_open.emplace(narrow, wide).second)
            return true; // compared already, further up: what holds there holds here
        ++m_depth;
        const bool result = includesHere(*narrow, *wide, where);
        --m_depth;
        m_open.erase({narrow, wide});
        return result;
    }

    bool includesHere(const Value& narrow, const Value& wide, const std::string& where) {
        if (const bool* truth = wide.truth())
            return *truth || (narrow.truth() && !*narrow.truth()) || deny(where, "accepts nothing");
        if (const bool* truth = narrow.truth(); truth && !*truth)
            return true;
        if (const auto values = listed(narrow))
            return acceptsAll(*values, narrow, wide, where);
        const std::string before = m_why;
        if (wide.table() && keywords(narrow, wide, where))
            return true;
        // Where it is made of alternatives, each of them must do; where it is made of parts, one will.
        for (const char* const kind : {"anyOf", "oneOf"})
            if (const Value* branches = narrow.member(kind);
                branches && branches->list() &&
                std::all_of(branches->list()->begin(), branches->list()->end(),
                            [&](const Value& branch) { return includes(branch, wide, where); })) {
                m_why = before;
                return true;
            }
        if (const Value* parts = narrow.member("allOf");
            parts && parts->list() && std::any_of(parts->list()->begin(), parts->list()->end(), [&](const Value& part) {
                return includes(part, wide, where);
            })) {
            m_why = before;
            return true;
        }
        return false;
    }

    bool keywords(const Value& narrow, const Value& wide, const std::string& where) {
        const unsigned possible = typesOf(narrow);
        for (const auto& [keyword, asked] : *wide.table()) {
            if (std::find(std::begin(remarks), std::end(remarks), keyword) != std::end(remarks))
                continue;
            if (!keywordHolds(narrow, possible, wide, keyword, asked, where + '/' + keyword))
                return false;
        }
        return true;
    }

    bool keywordHolds(const Value& narrow, unsigned possible, const Value& wide, const std::string& keyword,
                      const Value& asked, const std::string& where) {
        if (keyword == "type")
            return (possible & ~typesOf(wide)) == 0 || deny(where, "does not accept every type that may come");
        if (const auto bound = std::find_if(std::begin(bounds), std::end(bounds),
                                            [&](const Bound& known) { return known.keyword == keyword; });
            bound != std::end(bounds))
            return boundHolds(narrow, possible, *bound, asked, where);
        if (keyword == "required")
            return (possible & object) == 0 || requiredHolds(narrow, asked, where);
        if (keyword == "properties")
            return (possible & object) == 0 || propertiesHold(narrow, asked, where);
        if (keyword == "additionalProperties")
            return (possible & object) == 0 || additionalHold(narrow, wide, asked, where);
        if (keyword == "items" && !asked.list())
            return (possible & list) == 0 || itemsHold(narrow, asked, where);
        if (keyword == "allOf" && asked.list())
            return std::all_of(asked.list()->begin(), asked.list()->end(),
                               [&](const Value& part) { return includes(narrow, part, where); });
        if (keyword == "anyOf" && asked.list()) {
            const std::string before = m_why;
            for (const Value& branch : *asked.list())
                if (includes(narrow, branch, where)) {
                    m_why = before;
                    return true;
                }
            return deny(where, "has no branch for all that may come");
        }
        // Whatever else is asked (patterns, formats, "not" ...) must be asked of the narrow one in the same words.
        const Value* same = narrow.member(keyword);
        if (same && *same == asked && asked.canonical().find("\"$ref\"") == std::string::npos)
            return true;
        if (keyword == "multipleOf" && same && same->number() && asked.number())
            if (const auto rest = remainder(*same->number(), *asked.number()); rest && *rest == Decimal(0))
                return true;
        const bool ofNumbers = keyword.starts_with("exclusive") || keyword == "multipleOf";
        if ((ofNumbers && (possible & (integer | fraction)) == 0) || (keyword == "pattern" && (possible & text) == 0) ||
            (keyword == "uniqueItems" && ((possible & list) == 0 || (asked.truth() && !*asked.truth()))))
            return true;
        return deny(where, "is not asked of what may come");
    }

    bool boundHolds(const Value& narrow, unsigned possible, const Bound& bound, const Value& asked,
                    const std::string& where) {
        if ((possible & bound.of) == 0 || !asked.number())
            return true;
        const Value* own = narrow.member(bound.keyword);
        if (own && own->number() &&
            (bound.upper ? *own->number() <= *asked.number() : *own->number() >= *asked.number()))
            return true;
        if (!bound.upper && bound.of != (integer | fraction) && *asked.number() <= Decimal(0))
            return true; // no length is below zero
        return deny(where, "is tighter than what may come");
    }

    bool requiredHolds(const Value& narrow, const Value& asked, const std::string& where) {
        const Value* own = narrow.member("required");
        if (asked.list())
            for (const Value& name : *asked.list())
                if (!own || !own->list() ||
                    std::find(own->list()->begin(), own->list()->end(), name) == own->list()->end())
                    return deny(where, name.canonical() + " may be missing");
        return true;
    }

    // What a table of the narrow schema may hold under a name.
    static const Value& memberSchema(const Value& narrow, const std::string& name) {
        static const Value anything(true);
        const Value* properties = narrow.member("properties");
        if (const Value* own = properties ? properties->member(name) : nullptr)
            return *own;
        const Value* additional = narrow.member("additionalProperties");
        return additional && !narrow.member("patternProperties") ? *additional : anything;
    }

    bool propertiesHold(const Value& narrow, const Value& asked, const std::string& where) {
        if (asked.table())
            for (const auto& [name, schema] : *asked.table())
                if (!includes(memberSchema(narrow, name), schema, where + '/' + name))
                    return deny(where + '/' + name, "does not accept all that may come");
        return true;
    }

    bool additionalHold(const Value& narrow, const Value& wide, const Value& asked, const std::string& where) {
        const Value* known = wide.member("properties");
        if (const Value* properties = narrow.member("properties"); properties && properties->table())
            for (const auto& [name, schema] : *properties->table())
                if (!(known && known->member(name)) && !includes(schema, asked, where))
                    return deny(where, "does not accept \"" + name + "\"");
        const Value* patterns = narrow.member("patternProperties");
        const Value* samePatterns = wide.member("patternProperties");
        if (patterns && patterns->table() && !(samePatterns && *samePatterns == *patterns))
            for (const auto& [pattern, schema] : *patterns->table())
                if (!includes(schema, asked, where))
                    return deny(where, "does not accept all that \"" + pattern + "\" stands for");
        static const Value anything(true);
        const Value* rest = narrow.member("additionalProperties");
        return includes(rest ? *rest : anything, asked, where) || deny(where, "does not accept members of any name");
    }

    bool itemsHold(const Value& narrow, const Value& asked, const std::string& where) {
        static const Value anything(true);
        const Value* own = narrow.member("items");
        if (!own)
            return includes(anything, asked, where);
        if (!own->list())
            return includes(*own, asked, where);
        const Value* rest = narrow.member("additionalItems");
        return std::all_of(own->list()->begin(), own->list()->end(),
                           [&](const Value& item) { return includes(item, asked, where); }) &&
               includes(rest ? *rest : anything, asked, where);
    }

    const Value& m_narrow;
    const Value& m_wide;
    std::set<std::pair<const Value*, const Value*>> m_open;
    std::string m_why;
    int m_depth = 0;
};

} // namespace

std::optional<std::string> exceeds(const Value& narrow, const Value& wide) {
    return Inclusion(narrow, wide).find();
}

} // namespace weir

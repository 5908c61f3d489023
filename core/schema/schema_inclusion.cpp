#include "core/schema/schema_inclusion.h"

#include "core/schema/compiled_schema.h"
#include "core/schema/schema_parts.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace weir {
namespace {

// As long as a comparison of two versions may take: pairs of a schema within the one and a schema within the other, and
// values that one of them lists.
constexpr std::size_t stepsMax = 100'000;
// Pairs within pairs.
constexpr std::size_t depthMax = 400;

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
    Inclusion(SchemaParts narrow, SchemaParts wide) : m_narrow(std::move(narrow)), m_wide(std::move(wide)) {}

    std::optional<std::string> find() {
        const bool included = includes(m_narrow.parts.parts.front(), m_wide.parts.parts.front(), "");
        if (m_gaveUp)
            return "it could not be shown that all fits: " + *m_gaveUp;
        if (included)
            return std::nullopt;
        return m_why;
    }

  private:
    bool deny(const std::string& where, std::string_view what) {
        if (m_why.empty())
            m_why = (where.empty() ? std::string("the whole") : where) + ": " + std::string(what);
        return false;
    }

    static std::string below(const std::string& where, std::string_view step) {
        return where.size() + step.size() > whereBytesMax ? where : where + '/' + std::string(step);
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

    // A side of the comparison, and its validators: of a whole schema, and of places within it that were asked for.
    struct Side {
        explicit Side(SchemaParts cut) : parts(std::move(cut)) {}

        const CompiledSchema* validator(const Value& place) {
            if (!whole)
                if (auto compiled = CompiledSchema::compile(parts))
                    whole = std::move(compiled).value();
            const auto [known, added] = places.try_emplace(&place);
            if (added && whole)
                if (auto compiled = whole->within(place))
                    known->second = std::move(compiled).value();
            return known->second.get();
        }
        SchemaParts parts;
        std::shared_ptr<const CompiledSchema> whole;
        std::map<const Value*, std::shared_ptr<const CompiledSchema>> places;
    };

    bool acceptsAll(const Value::List& values, const Value& narrow, const Value& wide, const std::string& where) {
        const CompiledSchema* const from = m_narrow.validator(narrow);
        const CompiledSchema* const to = m_wide.validator(wide);
        if (!from || !to)
            return deny(where, "cannot be compared");
        for (const Value& value : values)
            if (!mayGoOn(where) || (from->accepts(value) && !to->accepts(value)))
                return deny(where, "does not accept " + value.canonical());
        return true;
    }

    // Counts a step; false from the moment when there are too many of them.
    bool mayGoOn(const std::string& where) {
        if (!m_gaveUp && ++m_steps > stepsMax)
            m_gaveUp = "the two would take more than " + std::to_string(stepsMax) + " comparisons";
        if (!m_gaveUp && m_depth == depthMax)
            m_gaveUp = (where.empty() ? "the whole" : where) + " is nested too deeply";
        return !m_gaveUp;
    }

    // What has been found out about a pair stands. That one is not included stands for good; that it is, only where it
    // does not rest on a pair that is still being compared further up.
    bool includes(const Value& narrowGiven, const Value& wideGiven, const std::string& where) {
        if (!mayGoOn(where))
            return false;
        const Value& narrow = m_narrow.parts.followed(narrowGiven);
        const Value& wide = m_wide.parts.followed(wideGiven);
        const auto [known, added] = m_pairs.try_emplace({&narrow, &wide}, Standing{Standing::open, m_depth});
        if (!added && known->second.is == Standing::open) {
            m_restsOn = std::min(m_restsOn, known->second.depth);
            return true; // compared already, further up: what holds there holds here
        }
        if (!added)
            return known->second.is == Standing::included || deny(where, "does not accept all that may come");
        const std::size_t outerRestsOn = std::exchange(m_restsOn, noDepth);
        const std::size_t depth = m_depth++;
        const bool result = includesHere(narrow, wide, where);
        m_depth = depth;
        if (!result)
            known->second.is = Standing::denied;
        else if (m_restsOn >= depth)
            known->second.is = Standing::included;
        else
            m_pairs.erase(known);
        m_restsOn = std::min(outerRestsOn, m_restsOn >= depth ? noDepth : m_restsOn);
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
            if (!keywordHolds(narrow, possible, wide, keyword, asked, below(where, keyword)))
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
        if (same && *same == asked && asked.canonical().find(SchemaParts::reference) == std::string::npos)
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
                if (!includes(memberSchema(narrow, name), schema, below(where, name)))
                    return deny(below(where, name), "does not accept all that may come");
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

    struct Standing {
        enum Is : std::uint8_t { open, included, denied } is;
        std::size_t depth; // at which it was begun
    };
    static constexpr std::size_t noDepth = SIZE_MAX;
    static constexpr std::size_t whereBytesMax = 1'000; // deeper places are named by what they are in

    Side m_narrow;
    Side m_wide;
    std::map<std::pair<const Value*, const Value*>, Standing> m_pairs;
    std::string m_why;
    std::optional<std::string> m_gaveUp;
    std::size_t m_steps = 0;
    std::size_t m_depth = 0;
    std::size_t m_restsOn = noDepth; // the outermost open pair that what was found out last rests on
};

} // namespace

std::optional<std::string> exceeds(const Value& narrow, const Value& wide) {
    auto from = SchemaParts::cut(narrow);
    auto to = SchemaParts::cut(wide);
    if (!from || !to)
        return "one of them is no JSON Schema (" + (from ? to : from).error().text() + ")";
    return Inclusion(std::move(from).value(), std::move(to).value()).find();
}

} // namespace weir

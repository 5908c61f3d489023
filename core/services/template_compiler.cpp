#include "core/services/template_compiler.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace weir {

namespace {

using Node = Template::Node;

constexpr std::array<std::pair<std::string_view, Counter>, 6> counters = {{
    {"count", Counter::count},
    {"ordinal", Counter::ordinal},
    {"id", Counter::id},
    {"now", Counter::now},
    {"uuid", Counter::uuid},
    {"reason", Counter::reason},
}};

std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

std::string pointer(const std::string& where, std::string_view name) {
    std::string extended = where + '/';
    for (const char c : name) {
        if (c == '~')
            extended += "~0";
        else if (c == '/')
            extended += "~1";
        else
            extended += c;
    }
    return extended;
}

bool isConstant(const Node& node) {
    return std::holds_alternative<Node::Constant>(node.what);
}
const Value& constant(const Node& node) {
    return std::get_if<Node::Constant>(&node.what)->value;
}

// [low, high] in units of 10^-scale.
Result<Node> numberBetween(const Value& bounds, int scale, const std::string& where) {
    const Value::List* pair = bounds.list();
    std::array<std::int64_t, 2> digits{};
    const Decimal unit(1, -scale);
    for (std::size_t i = 0; i < 2; ++i) {
        const Decimal* bound = pair && pair->size() == 2 ? (*pair)[i].number() : nullptr;
        const auto whole = bound ? (*bound * unit).whole() : std::nullopt;
        if (!whole)
            return Error{where,
                         scale == 0 ? "needs two whole numbers [low, high]"
                                    : "needs two numbers [low, high] of at most " + std::to_string(scale) + " decimals",
                         bounds.canonical()};
        digits[i] = *whole;
    }
    if (digits[0] > digits[1])
        return Error{where, "needs [low, high] with low not above high", bounds.canonical()};
    return Node{Node::Number{.low = digits[0], .high = digits[1], .scale = scale}};
}

Result<std::vector<double>> cumulatedWeights(const Value& weights, std::size_t options, const std::string& where) {
    const Value::List* list = weights.list();
    if (!list || list->size() != options)
        return Error{where, "needs as many weights as there are options, " + std::to_string(options),
                     weights.canonical()};
    std::vector<double> upTo;
    double sum = 0;
    for (const Value& weight : *list) {
        const Decimal* number = weight.number();
        if (!number || *number < Decimal(0))
            return Error{where, "needs weights of 0 or more", weight.canonical()};
        sum += number->toDouble();
        upTo.push_back(sum);
    }
    if (!(sum > 0))
        return Error{where, "needs a weight above 0", weights.canonical()};
    return upTo;
}

// The first member of the table that is not among the known names.
const Value::Member* unknownMember(const Value::Table& table, std::initializer_list<std::string_view> known) {
    for (const Value::Member& member : table)
        if (std::find(known.begin(), known.end(), member.first) == known.end())
            return &member;
    return nullptr;
}

const Value* member(const Value::Table& table, std::string_view name) {
    for (const Value::Member& candidate : table)
        if (candidate.first == name)
            return &candidate.second;
    return nullptr;
}

} // namespace

Result<Node> TemplateCompiler::compile(const Value& source, const std::string& where) {
    if (const std::string* text = source.text())
        return compileText(*text, where);
    if (const Value::List* list = source.list())
        return compileList(*list, where);
    if (const Value::Table* table = source.table())
        return compileTable(*table, where);
    return Node{Node::Constant{source}};
}

Result<Node> TemplateCompiler::compileText(std::string_view text, const std::string& where) {
    Node::Mixed mixed;
    std::string literal;
    const auto finishLiteral = [&] {
        if (!literal.empty())
            mixed.parts.emplace_back(std::exchange(literal, {}));
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '{') {
            literal += text[at++];
        } else if (at + 1 < text.size() && text[at + 1] == '{') {
            literal += '{';
            at += 2;
        } else {
            const std::size_t end = text.find('}', at);
            if (end == std::string_view::npos)
                return Error{where, "needs a closing } for each placeholder, and {{ for a brace", quoted(text)};
            Result<Placeholder> placeholder = compilePlaceholder(text.substr(at + 1, end - at - 1), where);
            if (!placeholder)
                return placeholder.error();
            finishLiteral();
            mixed.parts.emplace_back(std::move(*placeholder));
            at = end + 1;
        }
    }
    if (mixed.parts.empty())
        return Node{Node::Constant{std::move(literal)}};
    finishLiteral();
    if (mixed.parts.size() == 1)
        return Node{Node::Single{std::get<Placeholder>(std::move(mixed.parts.front()))}};
    return Node{std::move(mixed)};
}

Result<Placeholder> TemplateCompiler::compilePlaceholder(std::string_view name, const std::string& where) {
    for (const auto& [counterName, counter] : counters)
        if (name == counterName)
            return Placeholder(counter);
    if (name.starts_with("event.")) {
        Result<EventPath> path = compileEventPath(name.substr(6), where);
        if (!path)
            return path.error();
        return Placeholder(std::move(*path));
    }
    if (name == "data")
        return Placeholder(OwnData{});
    if (name.starts_with("data.")) {
        Result<DataPath> path = DataPath::compile(name.substr(5));
        if (!path || path->empty())
            return Error{where, "needs a path after data.", quoted(name)};
        return Placeholder(OwnData{std::move(*path)});
    }
    return Error{where,
                 "needs count, ordinal, id, now, uuid, reason, event.<attribute>, event.data.<path> or data.<path>",
                 quoted(name)};
}

Result<EventPath> TemplateCompiler::compileEventPath(std::string_view text, const std::string& where) {
    Result<EventPath> path = EventPath::compile(text);
    if (!path)
        return Error{where, path.error().what, path.error().given};
    m_needsEvent = true;
    m_needsCorrelation = m_needsCorrelation || path->attribute() == EventAttribute::correlationid;
    return path;
}

Result<Node> TemplateCompiler::compileList(const Value::List& list, const std::string& where) {
    std::vector<Node> items;
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<Node> item = compile(list[i], where + '/' + std::to_string(i));
        if (!item)
            return item;
        items.push_back(std::move(*item));
    }
    if (!std::all_of(items.begin(), items.end(), isConstant))
        return Node{Node::ListOf{std::move(items)}};
    Value::List constants;
    for (const Node& item : items)
        constants.push_back(constant(item));
    return Node{Node::Constant{std::move(constants)}};
}

Result<Node> TemplateCompiler::compileTable(const Value::Table& table, const std::string& where) {
    for (const auto& [name, value] : table)
        if (name.starts_with('$'))
            return compileGenerator(table, name, where);
    Node::TableOf made;
    for (const auto& [name, value] : table) {
        Result<Node> part = compile(value, pointer(where, name));
        if (!part)
            return part;
        made.names.push_back(name);
        made.members.push_back(std::move(*part));
    }
    if (!std::all_of(made.members.begin(), made.members.end(), isConstant))
        return Node{std::move(made)};
    Value::Table constants;
    for (std::size_t i = 0; i < made.members.size(); ++i)
        constants.emplace_back(made.names[i], constant(made.members[i]));
    return Node{Node::Constant{std::move(constants)}};
}

Result<Node> TemplateCompiler::compileGenerator(const Value::Table& table, const std::string& name,
                                                const std::string& where) {
    const std::string inside = pointer(where, name);
    const Value& argument = *member(table, name);
    const std::string_view option = name == "$pick" ? "weights" : name == "$number" ? "decimals" : "";
    if (const Value::Member* stranger = unknownMember(table, {name, option}))
        return Error{where,
                     "a table with " + name + " has no other member" +
                         (option.empty() ? "" : " than " + std::string(option)),
                     quoted(stranger->first)};
    if (name == "$pick")
        return compilePick(table, where);
    if (name == "$integer")
        return numberBetween(argument, 0, inside);
    if (name == "$number")
        return compileNumber(table, where);
    if (name == "$repeat")
        return compileRepeat(argument, inside);
    if (name == "$merge")
        return compileMerge(argument, inside);
    if (name == "$sum")
        return compileSum(argument, inside);
    return Error{where, "needs $pick, $integer, $number, $repeat, $merge or $sum", quoted(name)};
}

Result<Node> TemplateCompiler::compilePick(const Value::Table& table, const std::string& where) {
    const Value& options = *member(table, "$pick");
    if (!options.list() || options.list()->empty())
        return Error{where + "/$pick", "needs a list of at least one template", options.canonical()};
    Node::Pick pick;
    for (std::size_t i = 0; i < options.list()->size(); ++i) {
        Result<Node> part = compile((*options.list())[i], where + "/$pick/" + std::to_string(i));
        if (!part)
            return part;
        pick.options.push_back(std::move(*part));
    }
    if (const Value* weights = member(table, "weights")) {
        Result<std::vector<double>> upTo = cumulatedWeights(*weights, pick.options.size(), where + "/weights");
        if (!upTo)
            return upTo.error();
        pick.upTo = std::move(*upTo);
    }
    return Node{std::move(pick)};
}

Result<Node> TemplateCompiler::compileNumber(const Value::Table& table, const std::string& where) {
    std::int64_t decimals = 2;
    if (const Value* given = member(table, "decimals")) {
        const auto whole = given->number() ? given->number()->whole() : std::nullopt;
        if (!whole || *whole < 0 || *whole > 15)
            return Error{where + "/decimals", "needs a whole number from 0 to 15", given->canonical()};
        decimals = *whole;
    }
    return numberBetween(*member(table, "$number"), static_cast<int>(decimals), where + "/$number");
}

Result<Node> TemplateCompiler::compileRepeat(const Value& repeat, const std::string& where) {
    const Value* count = repeat.member("count");
    const Value* of = repeat.member("of");
    if (!count || !of || repeat.table()->size() != 2)
        return Error{where, "needs {\"count\": ..., \"of\": ...}", repeat.canonical()};
    const std::string whereCount = where + "/count";
    Result<Node> counted = count->list() ? numberBetween(*count, 0, whereCount) : compile(*count, whereCount);
    if (!counted)
        return counted;
    const auto tooMany = [](std::int64_t number) { return number < 0 || number > Template::repeatMax; };
    bool refused = false;
    if (const auto* range = std::get_if<Node::Number>(&counted->what)) {
        refused = tooMany(range->low) || tooMany(range->high);
    } else if (isConstant(*counted)) {
        const Decimal* number = constant(*counted).number();
        refused = !number || tooMany(number->whole().value_or(-1));
    }
    if (refused)
        return Error{whereCount,
                     "needs a whole number or [low, high], from 0 to " + std::to_string(Template::repeatMax),
                     count->canonical()};
    Result<Node> repeated = compile(*of, where + "/of");
    if (!repeated)
        return repeated;
    Node::Repeat made;
    made.count.push_back(std::move(*counted));
    made.of.push_back(std::move(*repeated));
    return Node{std::move(made)};
}

Result<Node> TemplateCompiler::compileMerge(const Value& tables, const std::string& where) {
    if (!tables.list())
        return Error{where, "needs a list of tables", tables.canonical()};
    Node::Merge merge;
    for (std::size_t i = 0; i < tables.list()->size(); ++i) {
        const std::string inside = where + '/' + std::to_string(i);
        Result<Node> part = compile((*tables.list())[i], inside);
        if (!part)
            return part;
        if (isConstant(*part) && !constant(*part).table())
            return Error{inside, "needs a table", constant(*part).canonical()};
        merge.tables.push_back(std::move(*part));
    }
    return Node{std::move(merge)};
}

Result<Node> TemplateCompiler::compileSum(const Value& sum, const std::string& where) {
    const Value* of = sum.member("of");
    const Value* times = sum.member("times");
    if (!of || !of->text() || !times || !times->list() || times->list()->empty() || sum.table()->size() != 2)
        return Error{where, R"(needs {"of": "items", "times": ["price", "quantity"]})", sum.canonical()};
    Node::Sum made;
    const std::string& path = *of->text();
    if (path == "event.data" || path.starts_with("event.data.") || path.starts_with("event.data[")) {
        Result<EventPath> compiled = compileEventPath(std::string_view(path).substr(6), where + "/of");
        if (!compiled)
            return compiled.error();
        made.of = std::move(*compiled);
    } else {
        Result<DataPath> compiled = DataPath::compile(path);
        if (!compiled || compiled->empty())
            return Error{where + "/of", "needs the path of a list", quoted(path)};
        made.of = std::move(*compiled);
    }
    for (const Value& name : *times->list()) {
        if (!name.text())
            return Error{where + "/times", "needs names of members", name.canonical()};
        made.times.push_back(*name.text());
    }
    return Node{std::move(made)};
}

Result<Template> Template::compile(const Value& source) {
    TemplateCompiler compiler;
    Result<Node> root = compiler.compile(source, "");
    if (!root)
        return root.error();
    Template made;
    if (weir::isConstant(*root))
        made.m_constant = weir::constant(*root);
    else
        made.m_root = std::make_shared<const Node>(std::move(*root));
    made.m_needsEvent = compiler.needsEvent();
    made.m_needsCorrelation = compiler.needsCorrelation();
    return made;
}

} // namespace weir

#include "core/broker/event_pattern_reader.h"

#include "core/nearest.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <tuple>
#include <utility>

namespace weir {
namespace {

constexpr std::int64_t numberMax = 5'000'000'000; // EventBridge's bound either side of zero
constexpr std::size_t combinationsMax = 1000;     // EventBridge's, of what stands in several `$or`s

const Value::Member* onlyMember(const Value& value) {
    const Value::Table* table = value.table();
    return table && table->size() == 1 ? &table->front() : nullptr;
}

constexpr std::array<std::string_view, 9> filterNames{
    "prefix", "suffix", "equals-ignore-case", "wildcard", "numeric", "anything-but", "exists", "cidr", "exactly"};

bool isFilter(const Value& value) {
    const Value::Member* member = onlyMember(value);
    return member && std::find(filterNames.begin(), filterNames.end(), member->first) != filterNames.end();
}

// Event Ruler: "$or" is an operator where at least two tables follow and none of them is a filter; else a field's name.
bool isAlternatives(const Value::List& list) {
    return list.size() >= 2 &&
           std::all_of(list.begin(), list.end(), [](const Value& one) { return one.table() && !isFilter(one); });
}

std::string joined(const std::vector<std::string>& way) {
    std::string name;
    for (const std::string& step : way)
        name += (name.empty() ? "" : ".") + step;
    return name;
}

bool inRange(const Decimal& number) {
    return number <= Decimal(numberMax) && number >= Decimal(-numberMax);
}

// "~" and "/" are escaped in JSON pointers (RFC 6901).
std::string below(const std::string& where, std::string_view name) {
    std::string path = where + '/';
    for (const char c : name)
        path += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return path;
}

// In its place; a field of that name has been said before and is no more.
template <class Rule, class Field> void put(Rule& rule, const Field& field) {
    const auto at = std::lower_bound(rule.begin(), rule.end(), field, [](const Field& left, const Field& right) {
        return std::tie(left.name, left.way) < std::tie(right.name, right.way);
    });
    if (at != rule.end() && at->way == field.way)
        *at = field;
    else
        rule.insert(at, field);
}

} // namespace

Result<std::vector<EventPattern::Rule>> EventPatternReader::rules(const Value& pattern) {
    std::vector<Rule> rules(1);
    Way way;
    if (auto error = read(pattern, "", way, rules))
        return std::move(*error);
    return rules;
}

std::optional<Error> EventPatternReader::read(const Value& pattern, const std::string& where, Way& way,
                                              std::vector<Rule>& rules) {
    const Value::Table* table = pattern.table();
    if (!table || table->empty())
        return Error{where, "needs a table with at least one field", pattern.canonical()};
    for (const auto& [name, value] : *table) {
        const std::string path = below(where, name);
        const Value::List* list = value.list();
        if (name == "$or" && list && isAlternatives(*list)) {
            if (auto error = readEither(*list, path, way, rules))
                return error;
            continue;
        }
        way.push_back(name);
        if (list) {
            EventPattern::Field field{joined(way), way, {}};
            if (list->empty())
                return Error{path, "needs at least one alternative", "[]"};
            for (std::size_t i = 0; i < list->size(); ++i) {
                Result<Filter> filter = alternative((*list)[i], below(path, std::to_string(i)));
                if (!filter)
                    return filter.error();
                field.filters.push_back(std::move(filter).value());
            }
            for (Rule& rule : rules)
                put(rule, field);
        } else if (value.table()) {
            if (auto error = read(value, path, way, rules))
                return error;
        } else {
            return Error{path, "needs a list of alternatives or a table", value.canonical()};
        }
        way.pop_back();
    }
    return std::nullopt;
}

std::optional<Error> EventPatternReader::readEither(const Value::List& choices, const std::string& where, Way& way,
                                                    std::vector<Rule>& rules) {
    std::vector<Rule> either;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        std::vector<Rule> one = rules;
        if (auto error = read(choices[i], below(where, std::to_string(i)), way, one))
            return error;
        if (either.size() + one.size() > combinationsMax)
            return Error{where, "needs at most 1000 combinations of alternatives", std::to_string(choices.size())};
        std::move(one.begin(), one.end(), std::back_inserter(either));
    }
    rules = std::move(either);
    return std::nullopt;
}

Result<EventPatternReader::Filter> EventPatternReader::alternative(const Value& value, const std::string& where) {
    if (value.list())
        return Error{where, "needs a value or a filter", value.canonical()};
    if (!value.table()) {
        Filter equals;
        equals.value = value;
        return equals;
    }
    const Value::Member* member = onlyMember(value);
    if (!member)
        return Error{where, "needs a filter with exactly one member", value.canonical()};
    return filter(member->first, member->second, below(where, member->first));
}

Result<EventPatternReader::Filter> EventPatternReader::filter(const std::string& name, const Value& value,
                                                              const std::string& where) {
    if (name == "prefix")
        return textual(Kind::prefix, value, where);
    if (name == "suffix")
        return textual(Kind::suffix, value, where);
    if (name == "equals-ignore-case" || name == "exactly") {
        if (!value.text())
            return Error{where, "needs a text", value.canonical()};
        Filter equals;
        equals.value = value;
        equals.ignoreCase = name == "equals-ignore-case";
        return equals;
    }
    if (name == "wildcard")
        return wildcard(value, where);
    if (name == "anything-but")
        return anythingBut(value, where);
    if (name == "numeric")
        return numeric(value, where);
    if (name == "cidr")
        return cidr(value, where);
    if (name == "exists") {
        if (!value.truth())
            return Error{where, "needs true or false", value.canonical()};
        Filter exists;
        exists.kind = Kind::exists;
        exists.present = *value.truth();
        return exists;
    }
    const std::vector<std::string> known(filterNames.begin(), filterNames.end());
    const std::string near = nearest(name, known);
    return Error{where, "needs a filter it knows" + (near.empty() ? "" : " (did you mean " + near + "?)"),
                 '"' + name + '"'};
}

Result<EventPatternReader::Filter> EventPatternReader::textual(Kind kind, const Value& value,
                                                               const std::string& where) {
    const Value::Member* ignoring = onlyMember(value);
    const bool ignoreCase = ignoring && ignoring->first == "equals-ignore-case";
    const Value& text = ignoreCase ? ignoring->second : value;
    if (!text.text())
        return Error{where, "needs a text", value.canonical()};
    Filter filter;
    filter.kind = kind;
    filter.value = text;
    filter.ignoreCase = ignoreCase;
    return filter;
}

Result<EventPatternReader::Filter> EventPatternReader::wildcard(const Value& value, const std::string& where) {
    if (!value.text())
        return Error{where, "needs a text", value.canonical()};
    Filter filter;
    filter.kind = Kind::wildcard;
    filter.parts.emplace_back();
    const std::string& text = *value.text();
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '*') {
            if (at + 1 < text.size() && text[at + 1] == '*')
                return Error{where, "needs single asterisks", value.canonical()};
            filter.parts.emplace_back();
            continue;
        }
        if (text[at] == '\\') {
            if (at + 1 == text.size() || (text[at + 1] != '*' && text[at + 1] != '\\'))
                return Error{where, "needs \\* or \\\\ after a backslash", value.canonical()};
            ++at;
        }
        filter.parts.back() += text[at];
    }
    return filter;
}

Result<EventPatternReader::Filter> EventPatternReader::anythingBut(const Value& value, const std::string& where) {
    Filter filter;
    filter.kind = Kind::anythingBut;
    const auto values = [](const Value& one) { return one.list() ? *one.list() : Value::List{one}; };
    const Value::Member* inner = onlyMember(value);
    if (inner) {
        const std::vector<std::string> known{"prefix", "suffix", "equals-ignore-case", "wildcard"};
        if (std::find(known.begin(), known.end(), inner->first) == known.end())
            return Error{where, "needs prefix, suffix, equals-ignore-case or wildcard", '"' + inner->first + '"'};
    }
    const Value::List excluded = values(inner ? inner->second : value);
    const auto texts = std::count_if(excluded.begin(), excluded.end(), [](const Value& one) { return one.text(); });
    if (!inner && texts != 0 && texts != static_cast<std::ptrdiff_t>(excluded.size()))
        return Error{where, "needs either texts or numbers", value.canonical()};
    for (const Value& one : excluded) {
        if (!inner && !one.text() && !one.number())
            return Error{where, "needs texts, numbers or a filter", one.canonical()};
        // A text that every text begins or ends with would exclude all of them.
        if (inner && (inner->first == "prefix" || inner->first == "suffix") && one.text() && one.text()->empty())
            return Error{below(where, inner->first), "needs a text that is not empty", one.canonical()};
        Result<Filter> read =
            inner ? EventPatternReader::filter(inner->first, one, below(where, inner->first)) : alternative(one, where);
        if (!read)
            return read.error();
        filter.excluded.push_back(std::move(read).value());
    }
    if (filter.excluded.empty())
        return Error{where, "needs something to exclude", value.canonical()};
    return filter;
}

Result<EventPatternReader::Filter> EventPatternReader::numeric(const Value& value, const std::string& where) {
    const Error error{where, "needs comparisons such as [\"=\", 5] or [\">\", 0, \"<=\", 5]", value.canonical()};
    const Value::List* list = value.list();
    if (!list || (list->size() != 2 && list->size() != 4))
        return error;
    Filter filter;
    filter.kind = Kind::numeric;
    for (std::size_t i = 0; i < list->size(); i += 2) {
        const std::string* sign = (*list)[i].text();
        const Decimal* number = (*list)[i + 1].number();
        if (!sign || !number)
            return error;
        if (!inRange(*number))
            return Error{where, "needs numbers from -5e9 to 5e9", number->text()};
        const EventPattern::Bound bound{*number, sign->ends_with('=')};
        if (*sign == "=" && list->size() == 2)
            filter.low = filter.high = bound;
        else if ((*sign == ">" || *sign == ">=") && i == 0)
            filter.low = bound;
        else if ((*sign == "<" || *sign == "<=") && (i == 2 || list->size() == 2))
            filter.high = bound;
        else
            return error;
    }
    if (list->size() == 4 && !(filter.low->value < filter.high->value))
        return Error{where, "needs the lower bound below the upper one", value.canonical()};
    return filter;
}

Result<EventPatternReader::Filter> EventPatternReader::cidr(const Value& value, const std::string& where) {
    const Error error{where, "needs a network such as \"10.0.0.0/24\"", value.canonical()};
    const std::string_view text = value.text() ? std::string_view(*value.text()) : std::string_view{};
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return error;
    const auto network = address(text.substr(0, slash));
    const std::string_view size = text.substr(slash + 1);
    Filter filter;
    filter.kind = Kind::cidr;
    int bits = -1;
    const auto read = std::from_chars(size.data(), size.data() + size.size(), bits);
    if (!network || read.ec != std::errc{} || read.ptr != size.data() + size.size() || bits < 0 ||
        bits > (network->v6 ? 128 : 32))
        return error;
    filter.network = *network;
    filter.network.bits = bits;
    return filter;
}

std::optional<EventPattern::Network> EventPatternReader::address(std::string_view text) {
    const std::string zeroEnded(text);
    if (zeroEnded.find(char{}) != std::string::npos)
        return std::nullopt;
    EventPattern::Network network;
    if (inet_pton(AF_INET, zeroEnded.c_str(), network.address.data()) == 1)
        return network;
    network.v6 = true;
    if (inet_pton(AF_INET6, zeroEnded.c_str(), network.address.data()) == 1)
        return network;
    return std::nullopt;
}

} // namespace weir

#include "core/broker/headers_pattern.h"

#include <algorithm>
#include <array>

namespace weir {
namespace {

constexpr std::array<std::string_view, 17> typeNames{
    "bool",  "byte",   "unsignedbyte", "short",     "unsignedshort", "int",  "long",  "unsignedint", "signedint",
    "float", "double", "decimal",      "timestamp", "longstr",       "void", "array", "table"};

// A header's value without its type, and whether it went through a 32-bit fraction on the way.
struct Plain {
    const Value* value;
    bool single = false;
};

// A table with exactly `type`, known, and `value`.
const std::string* typeOf(const Value& value) {
    const Value::Table* table = value.table();
    if (!table || table->size() != 2 || !value.member("value") || !value.member("type"))
        return nullptr;
    const std::string* type = value.member("type")->text();
    return type && std::find(typeNames.begin(), typeNames.end(), *type) != typeNames.end() ? type : nullptr;
}

Plain plain(const Value& value) {
    const std::string* type = typeOf(value);
    return type ? Plain{value.member("value"), *type == "float"} : Plain{&value};
}

bool isVoid(const Value& value) {
    const std::string* type = typeOf(value);
    return type ? *type == "void" : value.isNull();
}

double binary(const Plain& number) {
    const double value = number.value->number()->toDouble();
    return number.single ? static_cast<double>(static_cast<float>(value)) : value;
}

bool equal(const Value& left, const Value& right);

bool equalNumbers(const Plain& left, const Plain& right) {
    // Erlang compares a whole number with a fraction by value. Fractions are binary: what was written with other digits
    // may be the same double, and a 32-bit fraction is not what was written: 0.1 arrives as 0.10000000149 and differs
    // from a double of 0.1.
    const bool wholes = left.value->number()->whole() && right.value->number()->whole();
    if (left.single || right.single || !wholes)
        return binary(left) == binary(right);
    return *left.value->number() == *right.value->number();
}

// Inside a list or table a value stands beside its type, and both are compared: one as a byte is not one as a short.
// What is written without a type has the narrowest one that a client would choose.
bool sameKind(const Value& left, const Value& right) {
    const auto kind = [](const Value& value) -> std::string_view {
        if (const std::string* type = typeOf(value))
            return *type == "signedint" ? "int" : std::string_view(*type);
        if (value.isNull())
            return "void";
        if (const Decimal* number = value.number()) {
            const auto whole = number->whole();
            if (!whole)
                return "double";
            const auto fits = [&](std::int64_t most) { return *whole >= -most - 1 && *whole <= most; };
            return fits(127) ? "byte" : fits(32767) ? "short" : fits(2147483647) ? "int" : "long";
        }
        return value.truth() ? "bool" : value.text() ? "longstr" : value.list() ? "array" : "table";
    };
    return kind(left) == kind(right);
}

bool equalInside(const Value& left, const Value& right) {
    return sameKind(left, right) && equal(left, right);
}

// Tables nested in headers are lists of pairs to the broker: their order counts.
bool equalTables(const Value::Table& left, const Value::Table& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](const auto& one, const auto& other) {
        return one.first == other.first && equalInside(one.second, other.second);
    });
}

bool equal(const Value& left, const Value& right) {
    const Plain one = plain(left);
    const Plain other = plain(right);
    if (one.value->number() && other.value->number())
        return equalNumbers(one, other);
    if (const auto* list = one.value->list(), *with = other.value->list(); list && with)
        return std::equal(list->begin(), list->end(), with->begin(), with->end(), equalInside);
    if (const auto* table = one.value->table(), *with = other.value->table(); table && with)
        return equalTables(*table, *with);
    return *one.value == *other.value;
}

} // namespace

Result<HeadersPattern> HeadersPattern::compile(const Value& arguments) {
    const Value::Table* table = arguments.table();
    if (!table)
        return Error{"", "needs a table of arguments", arguments.canonical()};
    HeadersPattern pattern;
    bool withX = false;
    if (const Value* match = arguments.member("x-match")) {
        const std::string* type = typeOf(*match);
        const std::string* mode = !type || *type == "longstr" ? plain(*match).value->text() : nullptr;
        if (!mode || (*mode != "all" && *mode != "any" && *mode != "all-with-x" && *mode != "any-with-x"))
            return Error{"/x-match", "needs \"all\", \"any\", \"all-with-x\" or \"any-with-x\"",
                         plain(*match).value->canonical()};
        pattern.m_any = mode->starts_with("any");
        withX = mode->ends_with("-with-x");
    }
    for (const auto& [name, value] : *table)
        if (name != "x-match" && (withX || !name.starts_with("x-")))
            pattern.m_arguments.push_back({name, value, isVoid(value)});
    return pattern;
}

bool HeadersPattern::matches(const Value& headers) const {
    const auto met = [&](const Argument& argument) {
        const Value* header = headers.member(argument.name);
        return header && (argument.presenceOnly || equal(argument.value, *header));
    };
    return m_any ? std::any_of(m_arguments.begin(), m_arguments.end(), met)
                 : std::all_of(m_arguments.begin(), m_arguments.end(), met);
}

} // namespace weir

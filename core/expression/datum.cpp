#include "core/expression/datum.h"

#include "core/utf8.h"

namespace weir {

Datum Datum::data(const Value& value) {
    if (const bool* truth = value.truth())
        return boolean(*truth);
    if (const Decimal* number = value.number())
        return decimal(*number);
    if (const std::string* string = value.text())
        return text(*string);
    return value.isNull() ? Datum() : Datum(Content(&value));
}

Value Datum::value() const {
    if (const bool* truth = boolean())
        return Value(*truth);
    if (const std::int32_t* whole = integer())
        return Value(*whole);
    if (const Decimal* number = decimal())
        return Value(*number);
    if (const std::string_view* string = text())
        return Value(*string);
    if (const Value* content = structure())
        return *content;
    return Value();
}

std::string Datum::shown() const {
    const std::string full = value().canonical();
    const std::size_t end = characterOffset(full, 40);
    return end == full.size() ? full : full.substr(0, end) + "...";
}

} // namespace weir

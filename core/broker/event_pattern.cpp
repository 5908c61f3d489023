#include "core/broker/event_pattern.h"

#include "core/broker/event_pattern_reader.h"
#include "core/letter_case.h"

#include <algorithm>

namespace weir {
namespace {

bool equalAscii(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char one, char other) { return lowerAscii(one) == lowerAscii(other); });
}

enum class Part { all, start, end };

// Whether that part of a text is `wanted`. Event Ruler takes both cases of each character, whatever the script.
bool fits(Part part, std::string_view text, std::string_view wanted, bool ignoreCase) {
    if (ignoreCase && std::any_of(wanted.begin(), wanted.end(), [](char c) { return (c & 0x80) != 0; }))
        return fits(part, lowerCase(text), lowerCase(wanted), false);
    if (part == Part::start)
        text = text.substr(0, wanted.size());
    else if (part == Part::end && text.size() > wanted.size())
        text.remove_prefix(text.size() - wanted.size());
    return ignoreCase ? equalAscii(text, wanted) : text == wanted;
}

bool matchesWildcard(const std::vector<std::string>& parts, std::string_view text) {
    if (parts.size() == 1)
        return text == parts.front();
    if (!text.starts_with(parts.front()))
        return false;
    text.remove_prefix(parts.front().size());
    for (std::size_t i = 1; i + 1 < parts.size(); ++i) { // the earliest place leaves most to what follows
        const std::size_t at = text.find(parts[i]);
        if (at == std::string_view::npos)
            return false;
        text.remove_prefix(at + parts[i].size());
    }
    return text.ends_with(parts.back());
}

bool isScalar(const Value& value) {
    return !value.list() && !value.table();
}

// Whether a path ends here: a scalar, or a list with one in it. Tables are ways, not ends.
bool isPresent(const Value* value) {
    if (!value)
        return false;
    if (const Value::List* list = value->list())
        return std::any_of(list->begin(), list->end(), [](const Value& element) { return isPresent(&element); });
    return isScalar(*value);
}

} // namespace

Result<EventPattern> EventPattern::compile(const Value& pattern) {
    Result<Node> root = EventPatternReader::node(pattern, "");
    if (!root)
        return root.error();
    EventPattern compiled;
    compiled.m_root = std::move(root).value();
    return compiled;
}

bool EventPattern::matches(const Node& node, const Value* event) {
    if (const Value::List* list = event ? event->list() : nullptr) {
        bool tables = false;
        for (const Value& element : *list) {
            tables = tables || !isScalar(element);
            if (!isScalar(element) && matches(node, &element))
                return true;
        }
        return !tables && matches(node, nullptr);
    }
    for (const Field& field : node.fields)
        if (!matches(field, event ? event->member(field.name) : nullptr))
            return false;
    for (const std::vector<Node>& either : node.alternatives)
        if (std::none_of(either.begin(), either.end(), [&](const Node& one) { return matches(one, event); }))
            return false;
    return true;
}

bool EventPattern::matches(const Field& field, const Value* value) {
    if (!field.nested.empty())
        return matches(field.nested.front(), value);
    return std::any_of(field.filters.begin(), field.filters.end(), [&](const Filter& filter) {
        if (filter.kind == Kind::exists)
            return filter.present == isPresent(value);
        return value && matchesAny(filter, *value);
    });
}

bool EventPattern::matchesAny(const Filter& filter, const Value& value) {
    if (const Value::List* list = value.list())
        return std::any_of(list->begin(), list->end(),
                           [&](const Value& element) { return matchesAny(filter, element); });
    return isScalar(value) && matches(filter, value);
}

bool EventPattern::matches(const Filter& filter, const Value& leaf) {
    const std::string* text = leaf.text();
    switch (filter.kind) {
    case Kind::equals:
        return text && filter.value.text() ? fits(Part::all, *text, *filter.value.text(), filter.ignoreCase)
                                           : leaf == filter.value;
    case Kind::prefix:
        return text && fits(Part::start, *text, *filter.value.text(), filter.ignoreCase);
    case Kind::suffix:
        return text && fits(Part::end, *text, *filter.value.text(), filter.ignoreCase);
    case Kind::wildcard:
        return text && matchesWildcard(filter.parts, *text);
    case Kind::anythingBut:
        return std::none_of(filter.excluded.begin(), filter.excluded.end(),
                            [&](const Filter& excluded) { return matches(excluded, leaf); });
    case Kind::numeric: {
        const Decimal* number = leaf.number();
        if (!number)
            return false;
        if (filter.low && (*number < filter.low->value || (*number == filter.low->value && !filter.low->inclusive)))
            return false;
        return !filter.high || *number < filter.high->value ||
               (*number == filter.high->value && filter.high->inclusive);
    }
    case Kind::cidr: {
        const auto address = text ? EventPatternReader::address(*text) : std::nullopt;
        if (!address || address->v6 != filter.network.v6)
            return false;
        for (int bit = 0; bit < filter.network.bits; ++bit) {
            const auto at = static_cast<std::size_t>(bit / 8);
            const int mask = 0x80 >> bit % 8;
            if ((address->address[at] & mask) != (filter.network.address[at] & mask))
                return false;
        }
        return true;
    }
    case Kind::exists: // asked of the field, which may be absent
        break;
    }
    return false;
}

} // namespace weir

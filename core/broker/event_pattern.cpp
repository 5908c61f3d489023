#include "core/broker/event_pattern.h"

#include "core/broker/event_pattern_reader.h"
#include "core/letter_case.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

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

// Which table of a list holds something, by the place of the list in the event.
using Elements = std::map<std::string, std::size_t>;

struct Leaf {
    const Value* value = nullptr;
    Elements elements = {};
    bool fits = false;
};

// What ends a way: scalars, and those in lists. Tables are ways, not ends.
void collect(const Value& value, std::span<const std::string> way, const std::string& place, Elements& elements,
             std::vector<Leaf>& leaves) {
    if (const Value::List* list = value.list()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            const Value& element = (*list)[i];
            if (element.table())
                elements[place] = i;
            collect(element, way, place + '/' + std::to_string(i), elements, leaves);
            elements.erase(place);
        }
    } else if (way.empty()) {
        if (isScalar(value))
            leaves.push_back({&value, elements});
    } else if (const Value* member = value.member(way.front())) {
        collect(*member, way.subspan(1), place + '/' + way.front(), elements, leaves);
    }
}

// Nothing where they stand in different tables of one list.
std::optional<Elements> together(const Elements& left, const Elements& right) {
    Elements both = left;
    for (const auto& [place, index] : right)
        if (const auto [known, isNew] = both.emplace(place, index); !isNew && known->second != index)
            return std::nullopt;
    return both;
}

} // namespace

// Whether an event meets a rule. What has failed is not tried again, and of what has been bound only that counts which
// fields still to come stand in: so lists that have nothing to do with each other do not multiply.
class EventPattern::Search {
  public:
    Search(const Rule& rule, const Value& event) : m_rule(rule) {
        for (const Field& field : rule) {
            Elements elements;
            std::vector<Leaf>& leaves = m_leaves.emplace_back();
            collect(event, field.way, "", elements, leaves);
            for (Leaf& leaf : leaves)
                leaf.fits = std::any_of(field.filters.begin(), field.filters.end(),
                                        [&](const Filter& filter) { return matches(filter, *leaf.value); });
        }
        m_places.resize(rule.size());
        for (std::size_t at = rule.size(); at-- > 0;) {
            if (at + 1 < rule.size())
                m_places[at] = m_places[at + 1];
            for (const Leaf& leaf : m_leaves[at])
                for (const auto& [place, index] : leaf.elements)
                    m_places[at].insert(place);
        }
    }

    bool holds() { return holds(0, {}); }

  private:
    bool holds(std::size_t at, Elements bound) {
        if (at == m_rule.size())
            return true;
        std::erase_if(bound, [&](const auto& each) { return !m_places[at].contains(each.first); });
        if (!m_tried.emplace(at, bound).second)
            return false;
        bool absent = true;
        for (const Leaf& leaf : m_leaves[at]) {
            const auto both = together(bound, leaf.elements);
            if (both && leaf.fits && holds(at + 1, *both))
                return true;
            absent = absent && !both;
        }
        const auto& filters = m_rule[at].filters;
        return absent && std::any_of(filters.begin(), filters.end(), isAbsence) && holds(at + 1, std::move(bound));
    }
    static bool isAbsence(const Filter& filter) { return filter.kind == Kind::exists && !filter.present; }

    const Rule& m_rule;
    std::vector<std::vector<Leaf>> m_leaves;     // of each field
    std::vector<std::set<std::string>> m_places; // of lists, from each field on
    std::set<std::pair<std::size_t, Elements>> m_tried;
};

Result<EventPattern> EventPattern::compile(const Value& pattern) {
    Result<std::vector<Rule>> rules = EventPatternReader::rules(pattern);
    if (!rules)
        return rules.error();
    EventPattern compiled;
    compiled.m_rules = std::move(rules).value();
    return compiled;
}

bool EventPattern::matches(const Value& event) const {
    return std::any_of(m_rules.begin(), m_rules.end(), [&](const Rule& rule) { return Search(rule, event).holds(); });
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
    case Kind::exists:
        return filter.present;
    }
    return false;
}

} // namespace weir

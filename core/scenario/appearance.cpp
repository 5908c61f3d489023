#include "core/scenario/appearance.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace weir {
namespace {

constexpr std::string_view appearances[] = {"$schema", "title",  "notes", "groups",
                                              "layout",  "expect", "breakpoints"};
constexpr std::string_view titled[] = {"events", "channels", "services"};

template <std::size_t count> bool isAmong(std::string_view word, const std::string_view (&words)[count]) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Value withoutTitles(const Value& section) {
    if (!section.table())
        return section;
    Value::Table bare;
    for (const auto& [name, element] : *section.table()) {
        if (!element.table()) {
            bare.emplace_back(name, element);
            continue;
        }
        Value::Table members;
        std::copy_if(element.table()->begin(), element.table()->end(), std::back_inserter(members),
                     [](const Value::Member& member) { return member.first != "title"; });
        bare.emplace_back(name, std::move(members));
    }
    return bare;
}

Value behaviourOf(const Value& document) {
    if (!document.table())
        return document;
    Value::Table bare;
    for (const auto& [key, section] : *document.table())
        if (!isAmong(key, appearances))
            bare.emplace_back(key, isAmong(key, titled) ? withoutTitles(section) : section);
    return bare;
}

template <class Spec> void takeTitles(std::vector<Spec>& into, const std::vector<Spec>& from) {
    for (Spec& spec : into) {
        const auto found =
            std::find_if(from.begin(), from.end(), [&](const Spec& other) { return other.name == spec.name; });
        if (found != from.end())
            spec.title = found->title;
    }
}

} // namespace

bool sameBehaviour(const Value& left, const Value& right) {
    return behaviourOf(left) == behaviourOf(right);
}

void takeAppearance(Scenario& into, const Scenario& from) {
    into.title = from.title;
    into.notes = from.notes;
    into.groups = from.groups;
    into.layout = from.layout;
    into.expect = from.expect;
    into.breakpoints = from.breakpoints;
    takeTitles(into.events, from.events);
    takeTitles(into.channels, from.channels);
    takeTitles(into.services, from.services);
}

} // namespace weir

#include "core/json_pointer.h"

#include "core/nearest.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace weir {
namespace {

std::string inQuotes(std::string_view text) {
    return '"' + std::string(text) + '"';
}

// "~1" stands for a slash, "~0" for a tilde.
std::optional<std::string> unescaped(std::string_view step) {
    std::string text;
    for (std::size_t i = 0; i < step.size(); ++i) {
        if (step[i] != '~') {
            text += step[i];
            continue;
        }
        if (++i == step.size() || (step[i] != '0' && step[i] != '1'))
            return std::nullopt;
        text += step[i] == '0' ? '~' : '/';
    }
    return text;
}

std::optional<std::size_t> index(const std::string& step) {
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(step.data(), step.data() + step.size(), number);
    const bool canonical = step == "0" || !step.starts_with('0');
    if (problem != std::errc() || end != step.data() + step.size() || !canonical)
        return std::nullopt;
    return number;
}

class Patch {
  public:
    Patch(std::string_view pointer, const Value& replacement, Absent absent)
        : m_pointer(pointer), m_replacement(replacement), m_absent(absent) {}

    // `done` characters of the pointer lead to `place`.
    Result<Value> apply(const Value& place, std::size_t done) const {
        if (done == m_pointer.size())
            return m_replacement;
        const std::size_t end = std::min(m_pointer.find('/', done + 1), m_pointer.size());
        const std::optional<std::string> step = unescaped(m_pointer.substr(done + 1, end - done - 1));
        if (!step)
            return Error{std::string(m_pointer), "needs a JSON pointer, where ~ is written ~0 and / is written ~1", ""};
        const std::string here(m_pointer.substr(0, done));
        if (const Value::Table* table = place.table())
            return applyToTable(*table, *step, here, end);
        if (const Value::List* list = place.list()) {
            const std::optional<std::size_t> number = index(*step);
            if (!number || *number >= list->size())
                return Error{here, "needs an index below " + std::to_string(list->size()), inQuotes(*step)};
            Value::List copy = *list;
            Result<Value> inside = apply(copy[*number], end);
            if (!inside)
                return inside.error();
            copy[*number] = std::move(*inside);
            return Value(std::move(copy));
        }
        return Error{here, "has nothing inside: it is " + place.canonical().substr(0, 40), inQuotes(*step)};
    }

  private:
    Result<Value> applyToTable(const Value::Table& table, const std::string& step, const std::string& here,
                               std::size_t end) const {
        Value::Table copy = table;
        const auto member =
            std::find_if(copy.begin(), copy.end(), [&](const Value::Member& each) { return each.first == step; });
        if (m_absent == Absent::added) {
            if (end == m_pointer.size() && m_replacement.isNull()) {
                if (member != copy.end())
                    copy.erase(member);
                return Value(std::move(copy));
            }
            if (member == copy.end()) {
                Result<Value> inside = apply(Value(Value::Table()), end);
                if (!inside)
                    return inside.error();
                copy.emplace_back(step, std::move(*inside));
                return Value(std::move(copy));
            }
        }
        if (member == copy.end()) {
            std::vector<std::string> names;
            for (const auto& [name, inside] : table)
                names.push_back(name);
            const std::string near = nearest(step, names);
            return Error{here, "needs a key that the file has" + (near.empty() ? "" : " (did you mean " + near + "?)"),
                         inQuotes(step)};
        }
        Result<Value> inside = apply(member->second, end);
        if (!inside)
            return inside.error();
        member->second = std::move(*inside);
        return Value(std::move(copy));
    }

    std::string_view m_pointer;
    const Value& m_replacement;
    Absent m_absent;
};

} // namespace

Result<Value> withValueAt(const Value& document, std::string_view pointer, const Value& replacement, Absent absent) {
    if (!pointer.empty() && pointer.front() != '/')
        return Error{"", "needs a JSON pointer, which begins with a slash", inQuotes(pointer)};
    return Patch(pointer, replacement, absent).apply(document, 0);
}

std::optional<std::vector<std::string>> pointerSteps(std::string_view pointer) {
    std::vector<std::string> steps;
    if (!pointer.empty() && pointer.front() != '/')
        return std::nullopt;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        std::optional<std::string> step = unescaped(pointer.substr(0, end));
        if (!step)
            return std::nullopt;
        steps.push_back(std::move(*step));
        pointer.remove_prefix(end);
    }
    return steps;
}

const Value* valueAt(const Value& document, std::string_view pointer) {
    const std::optional<std::vector<std::string>> steps = pointerSteps(pointer);
    const Value* place = steps ? &document : nullptr;
    for (std::size_t i = 0; place && i < steps->size(); ++i) {
        const Value::List* list = place->list();
        const std::optional<std::size_t> number = list ? index((*steps)[i]) : std::nullopt;
        if (list)
            place = number && *number < list->size() ? &(*list)[*number] : nullptr;
        else
            place = place->member((*steps)[i]);
    }
    return place;
}

} // namespace weir

#include "core/scenario/document.h"

#include "core/json_pointer.h"
#include "core/nearest.h"
#include "core/scenario/given.h"
#include "core/scenario/json_text.h"
#include "core/scenario/load.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace weir {
namespace {

using Steps = std::vector<std::string>;

// Digits without a leading zero; "-" is the place behind the last element.
std::optional<std::size_t> placeInList(const std::string& step, std::size_t size) {
    if (step == "-")
        return size;
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(step.data(), step.data() + step.size(), number);
    if (problem != std::errc() || end != step.data() + step.size() || (step.size() > 1 && step.front() == '0'))
        return std::nullopt;
    return number;
}

// The value with the tables and lists around it that are missing on the way.
Value wrapped(Value value, const Steps& steps, std::size_t from) {
    for (std::size_t i = steps.size(); i-- > from;)
        value = steps[i] == "-" ? Value(Value::List{std::move(value)}) : Value(Value::Table{{steps[i], std::move(value)}});
    return value;
}

class Editing {
  public:
    Editing(JsonText& text, const Edit& edit, const Steps& steps) : m_text(text), m_edit(edit), m_steps(steps) {}

    std::optional<Error> apply() { return descend(m_text.root(), {}, 0); }

  private:
    std::optional<Error> descend(JsonNode& node, const JsonText::Place& place, std::size_t depth) {
        if (depth == m_steps.size()) { // the document itself: all else is done by its parent
            if (!m_edit.value)
                return Error{"", "needs a place inside the document, which has no name and cannot be removed", ""};
            m_text.set(node, *m_edit.value, place);
            return std::nullopt;
        }
        const std::string& step = m_steps[depth];
        if (node.kind == JsonNode::Kind::scalar)
            return Error{pointer(depth), "has nothing inside", quotedText(step)};
        const bool table = node.kind == JsonNode::Kind::table;
        const std::optional<std::size_t> index =
            table ? node.indexOf(step) : placeInList(step, node.entries.size());
        const bool last = depth + 1 == m_steps.size();
        if (!index || *index > node.entries.size() || (*index == node.entries.size() && !m_edit.value))
            return absent(node, depth);
        if (*index == node.entries.size())
            m_text.insert(node, *index, table ? step : "", wrapped(*m_edit.value, m_steps, depth + 1), place);
        else if (last && !m_edit.newName.empty())
            return rename(node, *index, depth);
        else if (last && !m_edit.value)
            m_text.remove(node, *index, place);
        else if (last)
            m_text.set(node.entries[*index].value, *m_edit.value, m_text.placeInside(node, *index, place));
        else
            return descend(node.entries[*index].value, m_text.placeInside(node, *index, place), depth + 1);
        return std::nullopt;
    }

    std::optional<Error> rename(JsonNode& parent, std::size_t index, std::size_t depth) const {
        if (parent.kind != JsonNode::Kind::table)
            return Error{pointer(depth + 1), "needs a member of a table: elements of a list have no name", ""};
        const std::size_t other = parent.indexOf(m_edit.newName);
        if (other != index && other != parent.entries.size())
            return Error{pointer(depth + 1), "needs a new name that nothing else here has", quotedText(m_edit.newName)};
        if (other == parent.entries.size())
            parent.entries[index].name = Value(m_edit.newName).canonical();
        return std::nullopt;
    }

    Error absent(const JsonNode& parent, std::size_t depth) const {
        if (parent.kind == JsonNode::Kind::list)
            return Error{pointer(depth), "needs an index below " + std::to_string(parent.entries.size()),
                         quotedText(m_steps[depth])};
        std::vector<std::string> names;
        for (const JsonEntry& entry : parent.entries)
            names.push_back(entry.plainName());
        const std::string near = nearest(m_steps[depth], names);
        return Error{pointer(depth),
                     "needs a key that the file has" + (near.empty() ? "" : " (did you mean " + near + "?)"),
                     quotedText(m_steps[depth])};
    }

    std::string pointer(std::size_t depth) const {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i)
            text = pointerTo(text, m_steps[i]);
        return text;
    }

    JsonText& m_text;
    const Edit& m_edit;
    const Steps& m_steps;
};

} // namespace

Result<Document, Errors> Document::read(std::string text) {
    Result<Value> value = readDocument(text);
    if (!value)
        return Errors{value.error()};
    return Document(std::move(text), std::move(*value));
}

Result<Document> Document::with(std::span<const Edit> edits) const {
    assert(!m_text.empty());
    JsonText text(m_text);
    for (const Edit& edit : edits) {
        const std::optional<Steps> steps = pointerSteps(edit.pointer);
        if (!steps)
            return Error{"", "needs a JSON pointer, which begins with a slash and where ~ is written ~0 and / is written ~1",
                         quotedText(edit.pointer)};
        if (const std::optional<Error> error = Editing(text, edit, *steps).apply())
            return *error;
    }
    Result<Document, Errors> result = read(text.text());
    if (!result) // too deep, or too large
        return result.error().front();
    return std::move(*result);
}

std::optional<std::string> Document::textAt(std::string_view pointer) const {
    const std::optional<Steps> steps = pointerSteps(pointer);
    if (!steps || m_text.empty())
        return std::nullopt;
    JsonText text(m_text);
    const JsonNode* node = &text.root();
    for (const std::string& step : *steps) {
        const std::optional<std::size_t> index = node->kind == JsonNode::Kind::table ? node->indexOf(step)
                                                                                     : placeInList(step, node->entries.size());
        if (!index || *index >= node->entries.size())
            return std::nullopt;
        node = &node->entries[*index].value;
    }
    std::string out;
    node->print(out);
    return out;
}

} // namespace weir

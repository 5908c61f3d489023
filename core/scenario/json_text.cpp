#include "core/scenario/json_text.h"

#include "core/scenario/json_text_reader.h"

#include <algorithm>
#include <cassert>

namespace weir {
namespace {

constexpr std::size_t widthMax = 110; // columns that a value made by us may fill before it is spread over lines

bool breaksLine(std::string_view blanks) {
    return blanks.find('\n') != std::string_view::npos;
}
bool holdsComment(std::string_view blanks) {
    return blanks.find('/') != std::string_view::npos; // nothing else in blanks has a slash
}
bool endsInLineComment(std::string_view blanks) {
    const std::size_t lineStart = blanks.rfind('\n') + 1; // npos + 1 is 0
    const std::string_view line = blanks.substr(std::min(lineStart, blanks.size()));
    return line.find("//") != std::string_view::npos && !line.ends_with("*/");
}
std::string_view leadingBlanks(std::string_view blanks) {
    return blanks.substr(0, std::min(blanks.find_first_not_of(" \t\r\n"), blanks.size()));
}
// How far what follows the last line break is indented.
std::string indentOf(std::string_view blanks) {
    return std::string(leadingBlanks(blanks.substr(std::min(blanks.rfind('\n') + 1, blanks.size()))));
}
// The same comments behind other blanks.
std::string withLead(std::string_view lead, std::string_view blanks) {
    return std::string(lead) + std::string(blanks.substr(leadingBlanks(blanks).size()));
}
bool isContainer(const Value& value) {
    return value.list() || value.table();
}
// A section of the file, or something like it: it grows by a line an entry.
bool holdsContainers(const Value& value) {
    const Value::List* list = value.list();
    const Value::Table* table = value.table();
    return (list && std::any_of(list->begin(), list->end(), isContainer)) ||
           (table && std::any_of(table->begin(), table->end(),
                                 [](const Value::Member& member) { return isContainer(member.second); }));
}
std::string quoted(std::string_view name) {
    return Value(name).canonical();
}
bool spreadOverLines(const JsonNode& node) {
    return breaksLine(node.tail) || std::any_of(node.entries.begin(), node.entries.end(), [](const JsonEntry& entry) {
               return breaksLine(entry.before);
           });
}

// Where the comments that belong to what follows begin: behind the last blank line.
std::size_t ownCommentsFrom(std::string_view before) {
    std::size_t from = 0;
    bool lineIsBlank = false; // the first one is the end of somebody else's
    for (std::size_t at = 0; at < before.size(); ++at) {
        if (before[at] == '\n') {
            if (lineIsBlank)
                from = at;
            lineIsBlank = true;
        } else if (before[at] != ' ' && before[at] != '\t' && before[at] != '\r') {
            lineIsBlank = false;
        }
    }
    return from;
}

} // namespace

// --- nodes ---

Value JsonNode::value() const {
    if (kind == Kind::scalar)
        return Value::parse(text).value();
    if (kind == Kind::list) {
        Value::List list;
        for (const JsonEntry& entry : entries)
            list.push_back(entry.value.value());
        return list;
    }
    Value::Table table;
    for (const JsonEntry& entry : entries)
        table.emplace_back(entry.plainName(), entry.value.value());
    return table;
}

void JsonNode::print(std::string& out) const {
    if (kind == Kind::scalar) {
        out += text;
        return;
    }
    out += kind == Kind::table ? '{' : '[';
    out += head;
    for (const JsonEntry& entry : entries) {
        out += entry.before;
        out += entry.name;
        out += entry.colon;
        entry.value.print(out);
        out += entry.after;
        if (&entry != &entries.back())
            out += ',';
        out += entry.note;
    }
    out += tail;
    out += kind == Kind::table ? '}' : ']';
}

std::size_t JsonNode::indexOf(std::string_view name) const {
    const std::string spelled = quoted(name);
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const JsonEntry& entry) {
        return entry.name == spelled || (entry.name.find('\\') != std::string::npos && entry.plainName() == name);
    });
    return static_cast<std::size_t>(found - entries.begin());
}

std::string JsonEntry::plainName() const {
    return *Value::parse(name).value().text();
}

// --- the whole ---

JsonText::JsonText(std::string_view text) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark)) {
        m_mark = byteOrderMark;
        text.remove_prefix(byteOrderMark.size());
    }
    JsonTextReader reader(text);
    m_before = reader.blanks();
    m_root = reader.node();
    m_after = reader.blanks();
    if (text.find("\r\n") != std::string_view::npos)
        m_newline = "\r\n";
    if (m_root.entries.empty())
        return;
    const JsonEntry& first = m_root.entries.front();
    m_dense = first.colon == ":";
    if (breaksLine(first.before) && !indentOf(first.before).empty())
        m_unit = indentOf(first.before);
}

std::string JsonText::text() const {
    std::string out = m_mark + m_before;
    m_root.print(out);
    return out + m_after;
}

JsonText::Place JsonText::placeInside(const JsonNode& parent, std::size_t index, const Place& parentPlace) const {
    for (std::size_t i = index + 1; i-- > 0;)
        if (breaksLine(parent.entries[i].before))
            return {indentOf(parent.entries[i].before), parentPlace.depth + 1};
    return {parentPlace.indent, parentPlace.depth + 1};
}

// --- making ---

std::string JsonText::onOneLine(const Value& value) const {
    if (m_dense)
        return value.canonical();
    std::string out;
    if (const Value::List* list = value.list()) {
        for (const Value& item : *list)
            out += (out.empty() ? "" : ", ") + onOneLine(item);
        return '[' + out + ']';
    }
    if (const Value::Table* table = value.table()) {
        for (const auto& [name, inside] : *table)
            out += (out.empty() ? "" : ", ") + quoted(name) + ": " + onOneLine(inside);
        return out.empty() ? "{}" : "{ " + out + " }";
    }
    return value.canonical();
}

// `column`: where it begins. `spread`: over lines though it would fit into one.
JsonNode JsonText::made(const Value& value, const Place& place, std::size_t column, bool spread) const {
    const Value::List* list = value.list();
    const Value::Table* table = value.table();
    const bool empty = !(list && !list->empty()) && !(table && !table->empty());
    spread = spread || (place.depth <= 1 && holdsContainers(value));
    if (std::string line = onOneLine(value); empty || m_dense || (!spread && column + line.size() <= widthMax))
        return JsonTextReader(line).node();
    JsonNode node;
    node.kind = list ? JsonNode::Kind::list : JsonNode::Kind::table;
    const Place inside{place.indent + m_unit, place.depth + 1};
    const auto add = [&](std::string name, const Value& each) {
        JsonEntry entry;
        entry.before = m_newline + inside.indent;
        entry.name = std::move(name);
        entry.colon = entry.name.empty() ? "" : ": ";
        const std::size_t at = inside.indent.size() + entry.name.size() + entry.colon.size();
        entry.value = made(each, inside, at, false);
        node.entries.push_back(std::move(entry));
    };
    if (list)
        for (const Value& item : *list)
            add({}, item);
    else
        for (const auto& [name, each] : *table)
            add(quoted(name), each);
    node.tail = m_newline + place.indent;
    return node;
}

// What follows a "// comment" has to stand on a line of its own.
void JsonText::keepApart(const std::string& comment, std::string& next, const std::string& indent) const {
    const std::size_t text = next.find_first_not_of(" \t\r");
    if (endsInLineComment(comment) && (text == std::string::npos || next[text] != '\n'))
        next = withLead(m_newline + indent, next);
}

// --- inserting ---

std::string JsonText::indentInside(const JsonNode& parent, const Place& parentPlace) const {
    for (auto entry = parent.entries.rbegin(); entry != parent.entries.rend(); ++entry)
        if (breaksLine(entry->before))
            return indentOf(entry->before);
    return parentPlace.indent + m_unit;
}

// The blanks before a new entry: those of a neighbour.
std::string JsonText::separatorBefore(const JsonNode& parent, std::size_t index, const Value& value,
                                      const Place& parentPlace) const {
    const std::vector<JsonEntry>& entries = parent.entries;
    // Sections grow a line for each entry; what lies deeper begins on one line.
    const bool section = parentPlace.depth == 0 || (parentPlace.depth == 1 && isContainer(value));
    const bool lines = spreadOverLines(parent) || (entries.empty() && section && !m_dense);
    if (!lines) {
        const bool table = parent.kind == JsonNode::Kind::table;
        if (index == 0)
            return !entries.empty() ? std::string(leadingBlanks(entries.front().before)) : table && !m_dense ? " " : "";
        return entries.size() > 1 ? std::string(leadingBlanks(entries.back().before)) : m_dense ? "" : " ";
    }
    // A blank line between sections is theirs to keep.
    for (std::size_t i = index; i-- > 1;)
        if (const std::string_view before = entries[i].before; breaksLine(before)) {
            const std::string_view gap = leadingBlanks(before);
            const bool blankLine = std::count(gap.begin(), gap.end(), '\n') > 1;
            return (blankLine ? m_newline : "") + m_newline + indentOf(before);
        }
    return m_newline + indentInside(parent, parentPlace);
}

void JsonText::insert(JsonNode& parent, std::size_t index, std::string_view name, const Value& value,
                      const Place& parentPlace) const {
    assert(index <= parent.entries.size() && parent.kind != JsonNode::Kind::scalar);
    const bool table = parent.kind == JsonNode::Kind::table;
    const bool first = parent.entries.empty();
    JsonEntry entry;
    entry.before = separatorBefore(parent, index, value, parentPlace);
    const std::string indentOfLine = breaksLine(entry.before) ? indentOf(entry.before) : indentInside(parent, parentPlace);
    keepApart(index > 0 ? parent.entries[index - 1].note : parent.head, entry.before, indentOfLine);
    if (table) {
        entry.name = quoted(name);
        entry.colon = m_dense ? ":" : ": ";
        if (!first && std::string_view(" : ").find(parent.entries.front().colon) != std::string_view::npos)
            entry.colon = parent.entries.front().colon;
    }
    const auto spread = [](const JsonEntry& each) {
        return each.value.kind != JsonNode::Kind::scalar && spreadOverLines(each.value);
    };
    const auto flat = [](const JsonEntry& each) {
        return each.value.kind != JsonNode::Kind::scalar && !each.value.entries.empty() && !spreadOverLines(each.value);
    };
    const bool likeOthers = std::any_of(parent.entries.begin(), parent.entries.end(), spread) &&
                            std::none_of(parent.entries.begin(), parent.entries.end(), flat);
    const bool lines = breaksLine(entry.before);
    const Place place{lines ? indentOfLine : parentPlace.indent, parentPlace.depth + 1};
    entry.value = made(value, place, place.indent.size() + entry.name.size() + entry.colon.size(),
                       lines && table && likeOthers);
    if (first && !holdsComment(parent.tail))
        parent.tail = lines ? m_newline + parentPlace.indent : table && !m_dense ? " " : "";
    if (index == 0 && !first && !breaksLine(parent.entries.front().before)) // it was the first: now it follows a comma
        parent.entries.front().before =
            withLead(lines                       ? std::string_view(entry.before)
                     : parent.entries.size() > 1 ? leadingBlanks(parent.entries[1].before)
                                                 : std::string_view(m_dense ? "" : " "),
                     parent.entries.front().before);
    parent.entries.insert(parent.entries.begin() + static_cast<std::ptrdiff_t>(index), std::move(entry));
}

// --- removing ---

void JsonText::remove(JsonNode& parent, std::size_t index, const Place& parentPlace) const {
    assert(index < parent.entries.size());
    std::vector<JsonEntry>& entries = parent.entries;
    const JsonEntry gone = std::move(entries[index]);
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(index));
    const bool last = index == entries.size();
    std::string& next = last ? parent.tail : entries[index].before;
    const std::string_view before = gone.before;
    const std::string_view section = before.substr(0, ownCommentsFrom(before));
    if (holdsComment(section))
        next.insert(0, section);
    else if (!last && !breaksLine(next) && (index == 0 || breaksLine(before)))
        next = withLead(breaksLine(before) ? m_newline + indentOf(before) : leadingBlanks(before), next);
    if (entries.empty() && !holdsComment(parent.head) && !holdsComment(parent.tail)) {
        parent.tail.clear();
        return;
    }
    keepApart(index > 0 ? entries[index - 1].note : parent.head, next,
              last ? parentPlace.indent : indentInside(parent, parentPlace));
}

// --- setting ---

void JsonText::set(JsonNode& node, const Value& value, const Place& place) const {
    if (value.table() && node.kind == JsonNode::Kind::table)
        setTable(node, *value.table(), place);
    else if (value.list() && node.kind == JsonNode::Kind::list)
        setList(node, *value.list(), place);
    else if (node.kind != JsonNode::Kind::scalar || node.value() != value)
        node = made(value, place, place.indent.size(), false);
}

void JsonText::setTable(JsonNode& node, const Value::Table& table, const Place& place) const {
    for (std::size_t i = node.entries.size(); i-- > 0;)
        if (const std::string name = node.entries[i].plainName();
            std::none_of(table.begin(), table.end(), [&](const Value::Member& each) { return each.first == name; }))
            remove(node, i, place);
    std::size_t behind = 0; // the member that comes before in the new table
    for (const auto& [name, inside] : table) {
        const std::size_t index = node.indexOf(name);
        if (index < node.entries.size()) {
            set(node.entries[index].value, inside, placeInside(node, index, place));
            behind = index + 1;
        } else {
            insert(node, behind++, name, inside, place);
        }
    }
}

// What is the same at the beginning and at the end stays; in between they are paired off.
void JsonText::setList(JsonNode& node, const Value::List& list, const Place& place) const {
    Value::List old;
    for (const JsonEntry& entry : node.entries)
        old.push_back(entry.value.value());
    const std::size_t common = std::min(old.size(), list.size());
    std::size_t same = 0;
    while (same < common && old[same] == list[same])
        ++same;
    std::size_t sameAtEnd = 0;
    while (sameAtEnd < common - same && old[old.size() - 1 - sameAtEnd] == list[list.size() - 1 - sameAtEnd])
        ++sameAtEnd;
    const std::size_t oldEnd = old.size() - sameAtEnd;
    const std::size_t newEnd = list.size() - sameAtEnd;
    for (std::size_t i = oldEnd; i-- > std::max(same, newEnd);)
        remove(node, i, place);
    for (std::size_t i = same; i < newEnd; ++i) {
        if (i < oldEnd)
            set(node.entries[i].value, list[i], placeInside(node, i, place));
        else
            insert(node, i, {}, list[i], place);
    }
}

} // namespace weir

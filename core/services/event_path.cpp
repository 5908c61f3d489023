#include "core/services/event_path.h"

#include <array>
#include <charconv>
#include <utility>

namespace weir {

namespace {

constexpr std::array<std::pair<std::string_view, EventAttribute>, 9> attributes = {{
    {"id", EventAttribute::id},
    {"type", EventAttribute::type},
    {"source", EventAttribute::source},
    {"subject", EventAttribute::subject},
    {"time", EventAttribute::time},
    {"correlationid", EventAttribute::correlationid},
    {"causationid", EventAttribute::causationid},
    {"partitionkey", EventAttribute::partitionkey},
    {"version", EventAttribute::version},
}};

Error malformed(std::string_view text) {
    return {"", "needs a path such as \"data.items[0].price\" or \"data['order-id']\"", '"' + std::string(text) + '"'};
}

Value textOrNull(std::string_view text) {
    return text.empty() ? Value() : Value(std::string(text));
}

} // namespace

Result<DataPath> DataPath::compile(std::string_view text) {
    DataPath path;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] != '[') {
            if (at > 0) {
                if (text[at] != '.')
                    return malformed(text);
                ++at;
            }
            const std::size_t end = std::min(text.find_first_of(".[", at), text.size());
            if (end == at)
                return malformed(text);
            path.m_steps.emplace_back(std::string(text.substr(at, end - at)));
            at = end;
        } else if (at + 1 < text.size() && text[at + 1] == '\'') {
            const std::size_t end = text.find("']", at + 2);
            if (end == std::string_view::npos)
                return malformed(text);
            path.m_steps.emplace_back(std::string(text.substr(at + 2, end - at - 2)));
            at = end + 2;
        } else {
            std::size_t index = 0;
            const auto read = std::from_chars(text.data() + at + 1, text.data() + text.size(), index);
            if (read.ec != std::errc() || read.ptr == text.data() + text.size() || *read.ptr != ']')
                return malformed(text);
            path.m_steps.emplace_back(index);
            at = static_cast<std::size_t>(read.ptr - text.data()) + 1;
        }
    }
    return path;
}

const Value* DataPath::in(const Value* value, std::size_t from) const {
    for (std::size_t i = from; i < m_steps.size() && value; ++i) {
        if (const auto* name = std::get_if<std::string>(&m_steps[i])) {
            value = value->member(*name);
        } else {
            const Value::List* list = value->list();
            const std::size_t index = *std::get_if<std::size_t>(&m_steps[i]);
            value = list && index < list->size() ? &(*list)[index] : nullptr;
        }
    }
    return value;
}

const Value* DataPath::in(const Value::Table& table) const {
    const auto* name = m_steps.empty() ? nullptr : std::get_if<std::string>(&m_steps.front());
    if (!name)
        return nullptr;
    for (const auto& [memberName, member] : table)
        if (memberName == *name)
            return in(&member, 1);
    return nullptr;
}

Result<EventPath> EventPath::compile(std::string_view text) {
    EventPath path;
    for (const auto& [attributeName, attribute] : attributes) {
        if (text == attributeName) {
            path.m_attribute = attribute;
            return path;
        }
    }
    if (!text.starts_with("data"))
        return Error{
            "",
            "needs id, type, source, subject, time, correlationid, causationid, partitionkey, version, or data "
            "with a path",
            '"' + std::string(text) + '"'};
    std::string_view rest = text.substr(4);
    if (!rest.empty() && rest.front() != '.' && rest.front() != '[')
        return malformed(text);
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        if (rest.empty() || rest.front() == '[')
            return malformed(text);
    }
    Result<DataPath> steps = DataPath::compile(rest);
    if (!steps)
        return malformed(text);
    path.m_path = std::move(*steps);
    return path;
}

Value EventPath::value(const EventView& event) const {
    switch (m_attribute) {
    case EventAttribute::id:
        return eventId(event.ordinal);
    case EventAttribute::type:
        return textOrNull(event.type);
    case EventAttribute::source:
        return textOrNull(event.source);
    case EventAttribute::subject:
        return textOrNull(event.subject);
    case EventAttribute::time:
        return timeText(event.time);
    case EventAttribute::correlationid:
        return event.correlation == 0 ? Value() : Value(eventId(event.correlation));
    case EventAttribute::causationid:
        return event.cause == 0 ? Value() : Value(eventId(event.cause));
    case EventAttribute::partitionkey:
        return textOrNull(event.key);
    case EventAttribute::version:
        return textOrNull(event.version);
    case EventAttribute::data:
        break;
    }
    const Value* found = data(event);
    return found ? *found : Value();
}

void EventPath::appendText(std::string& out, const EventView& event) const {
    switch (m_attribute) {
    case EventAttribute::id:
        appendEventId(out, event.ordinal);
        break;
    case EventAttribute::type:
        out += event.type;
        break;
    case EventAttribute::source:
        out += event.source;
        break;
    case EventAttribute::subject:
        out += event.subject;
        break;
    case EventAttribute::time:
        appendTimeText(out, event.time);
        break;
    case EventAttribute::correlationid:
        if (event.correlation != 0)
            appendEventId(out, event.correlation);
        break;
    case EventAttribute::causationid:
        if (event.cause != 0)
            appendEventId(out, event.cause);
        break;
    case EventAttribute::partitionkey:
        out += event.key;
        break;
    case EventAttribute::version:
        out += event.version;
        break;
    case EventAttribute::data:
        if (const Value* found = data(event))
            appendPlainText(out, *found);
        break;
    }
}

const Value* EventPath::data(const EventView& event) const {
    return m_attribute == EventAttribute::data && event.data ? m_path.in(*event.data) : nullptr;
}

void appendPlainText(std::string& out, const Value& value) {
    if (const std::string* text = value.text())
        out += *text;
    else if (!value.isNull())
        value.appendCanonical(out);
}

} // namespace weir

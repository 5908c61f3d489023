#include "core/services/event_value.h"

namespace weir {

Value eventValue(const EventView& event) {
    Value::Table table;
    const auto add = [&](const char* name, std::string_view text) {
        if (!text.empty())
            table.emplace_back(name, Value(text));
    };
    add("id", event.ordinal == 0 ? std::string() : eventId(event.ordinal));
    add("source", event.source);
    add("type", event.type);
    add("detail-type", event.type);
    add("subject", event.subject);
    add("version", event.version);
    add("time", timeText(event.time));
    add("partitionkey", event.key);
    add("routingkey", event.routingKey);
    if (event.correlation != 0)
        add("correlationid", eventId(event.correlation));
    if (event.cause != 0)
        add("causationid", eventId(event.cause));
    if (const Value* const replay = event.headers ? event.headers->member(replayHeader) : nullptr)
        table.emplace_back(replayHeader, *replay); // where EventBridge has it
    if (event.headers)
        table.emplace_back("headers", *event.headers);
    if (event.data) {
        table.emplace_back("data", *event.data);
        table.emplace_back("detail", *event.data);
    }
    return Value(std::move(table));
}

} // namespace weir

// Field: the names that most expressions use, resolved when an expression is parsed, so that a subject answers by a
// switch instead of comparing texts. Attributes of events, and the facts of a record.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weir {

enum class Field : std::uint8_t {
    // CloudEvents 1.0
    id,
    source,
    specversion,
    type,
    subject,
    time,
    datacontenttype,
    dataschema,
    // Extension attributes of messages
    correlationid,
    causationid,
    partitionkey,
    traceparent,
    sequence,
    routingkey,
    // Of a record: `at` and `latency` are seconds
    at,
    kind,
    ordinal,
    channel,
    subscription,
    service,
    instance,
    partition,
    offset,
    attempt,
    reason,
    latency,
};

inline constexpr std::array<std::string_view, 26> fieldNames{
    "id",         "source",        "specversion", "type",         "subject",      "time",     "datacontenttype",
    "dataschema", "correlationid", "causationid", "partitionkey", "traceparent",  "sequence", "routingkey",
    "at",         "kind",          "ordinal",     "channel",      "subscription", "service",  "instance",
    "partition",  "offset",        "attempt",     "reason",       "latency"};

constexpr std::string_view fieldName(Field field) {
    return fieldNames[static_cast<std::size_t>(field)];
}
constexpr std::optional<Field> fieldNamed(std::string_view name) {
    for (std::size_t i = 0; i < fieldNames.size(); ++i)
        if (fieldNames[i] == name)
            return static_cast<Field>(i);
    return std::nullopt;
}
constexpr bool isRecordField(Field field) {
    return field >= Field::at;
}
static_assert(fieldName(Field::latency) == "latency" && fieldName(Field::at) == "at" && fieldName(Field::id) == "id");

} // namespace weir

#include "brokers/amqp_table.h"

#include <algorithm>

namespace weir {

AmqpTable::AmqpTable(const Value& members) {
    if (const Value::Table* table = members.table())
        for (const auto& [key, value] : *table)
            set(key, value);
}

void AmqpTable::set(const std::string& key, const Value& value) {
    m_entries.push_back({.key = bytes(key), .value = field(value)});
}

amqp_bytes_t AmqpTable::bytes(const std::string& text) {
    return bytesOf(m_texts.emplace_back(text));
}

amqp_field_value_t AmqpTable::field(const Value& value) {
    amqp_field_value_t made{};
    if (const std::string* text = value.text()) {
        made.kind = AMQP_FIELD_KIND_UTF8;
        made.value.bytes = bytes(*text);
    } else if (const bool* truth = value.truth()) {
        made.kind = AMQP_FIELD_KIND_BOOLEAN;
        made.value.boolean = *truth ? 1 : 0;
    } else if (const Decimal* number = value.number(); number && number->whole()) {
        made.kind = AMQP_FIELD_KIND_I64;
        made.value.i64 = *number->whole();
    } else if (number) {
        made.kind = AMQP_FIELD_KIND_F64;
        made.value.f64 = number->toDouble();
    } else if (const Value::List* list = value.list()) {
        auto& items = m_lists.emplace_back();
        for (const Value& item : *list)
            items.push_back(field(item));
        made.kind = AMQP_FIELD_KIND_ARRAY;
        made.value.array = {.num_entries = static_cast<int>(items.size()), .entries = items.data()};
    } else {
        made.kind = AMQP_FIELD_KIND_VOID;
    }
    return made;
}

const amqp_field_value_t* memberOf(const amqp_table_t& table, const std::string& key) {
    const amqp_table_entry_t* const first = table.entries;
    const amqp_table_entry_t* const end = first + table.num_entries;
    const amqp_table_entry_t* const found =
        std::find_if(first, end, [&](const amqp_table_entry_t& entry) { return textOf(entry.key) == key; });
    return found == end ? nullptr : &found->value;
}

std::int64_t wholeOf(const amqp_field_value_t& value) {
    switch (value.kind) {
    case AMQP_FIELD_KIND_I8:
        return value.value.i8;
    case AMQP_FIELD_KIND_I16:
        return value.value.i16;
    case AMQP_FIELD_KIND_I32:
        return value.value.i32;
    default:
        return value.value.i64;
    }
}

} // namespace weir

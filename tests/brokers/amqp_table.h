// AmqpTable: a table of AMQP values as librabbitmq's client takes it, with the memory that it points to.
#pragma once

#include "core/value.h"

#include <amqp.h>

#include <deque>
#include <string>
#include <vector>

namespace weir {

class AmqpTable {
  public:
    AmqpTable() = default;
    explicit AmqpTable(const Value& members); // a table of texts, numbers, truths, nulls and lists of texts; or null
    AmqpTable(const AmqpTable&) = delete;
    AmqpTable& operator=(const AmqpTable&) = delete;

    void set(const std::string& key, const Value& value);
    // As long as this one lives and is not added to.
    amqp_table_t table() { return {.num_entries = static_cast<int>(m_entries.size()), .entries = m_entries.data()}; }

  private:
    amqp_bytes_t bytes(const std::string& text);
    amqp_field_value_t field(const Value& value);

    std::deque<std::string> m_texts;
    std::deque<std::vector<amqp_field_value_t>> m_lists;
    std::vector<amqp_table_entry_t> m_entries;
};

inline amqp_bytes_t bytesOf(const std::string& text) {
    return {.len = text.size(), .bytes = const_cast<char*>(text.data())};
}
inline std::string textOf(amqp_bytes_t bytes) {
    return std::string(static_cast<const char*>(bytes.bytes), bytes.len);
}
// Null where it has none of that name.
const amqp_field_value_t* memberOf(const amqp_table_t& table, const std::string& key);
std::int64_t wholeOf(const amqp_field_value_t& value);

} // namespace weir

// DataPath and EventPath: where in an event something stands, compiled once: "data.items[0].price", "id",
// "data['order-id']". Templates, actions, partition keys and idempotency stores name what they need with them.
// They only look; expressions compute.
#pragma once

#include "core/services/event_view.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weir {

// Steps into a Value. No steps: the value itself.
class DataPath {
  public:
    DataPath() = default;
    // "items[0].price", "['order-id']"; the error's `where` is empty, `given` is the whole text.
    static Result<DataPath> compile(std::string_view text);

    // Null pointer where the value has nothing there.
    const Value* in(const Value& value) const { return in(&value, 0); }
    const Value* in(const Value::Table& table) const;
    bool empty() const { return m_steps.empty(); }

  private:
    using Step = std::variant<std::string, std::size_t>;
    const Value* in(const Value* value, std::size_t from) const;
    std::vector<Step> m_steps;
};

enum class EventAttribute : std::uint8_t {
    id,
    type,
    source,
    subject,
    time,
    correlationid,
    causationid,
    partitionkey,
    version,
    data
};

class EventPath {
  public:
    // An attribute's name, or "data" and a path into it.
    static Result<EventPath> compile(std::string_view text);

    EventAttribute attribute() const { return m_attribute; }
    // Null where the event has nothing there; ids and times as text.
    Value value(const EventView& event) const;
    // The same as text: text as it is, null as nothing, everything else as canonical JSON.
    void appendText(std::string& out, const EventView& event) const;
    // What stands in the data, without copying it; null pointer for attributes and for what is not there.
    const Value* data(const EventView& event) const;

  private:
    EventAttribute m_attribute = EventAttribute::data;
    DataPath m_path;
};

// Text as it is, null as nothing, everything else as canonical JSON.
void appendPlainText(std::string& out, const Value& value);

} // namespace weir

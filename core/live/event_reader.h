// EventReader: the attributes of a CloudEvent in JSON that Weir needs on its way through, without building a tree. It
// checks the whole text (JSON, UTF-8, the required attributes) and keeps nothing: what it gives holds until the next
// call.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

namespace weir {

struct EventHead { // what is absent is empty
    std::string_view id, source, type;
    std::string_view subject, version, partitionKey, routingKey, correlationId, causationId;
};

class EventReader {
  public:
    static constexpr std::size_t nameMax = 256; // bytes in a type or source; longer ones are no names

    EventReader();
    ~EventReader();
    EventReader(const EventReader&) = delete;
    EventReader& operator=(const EventReader&) = delete;

    // Nothing where the text is no CloudEvent 1.0: no JSON object, or without specversion "1.0", id, source and type.
    std::optional<EventHead> read(std::string_view json);

  private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

// The last segment of a source: "order-service" of "https://shop.example/services/order-service/", of
// "urn:shop:order-service" and of itself.
std::string_view serviceOf(std::string_view source);

} // namespace weir

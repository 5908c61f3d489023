// What is known about a message besides its records: identity, causes and data, by ordinal. Two implementations: the
// simulation's (generates data from template and ordinal, nothing is stored) and the live one (what arrived).
#pragma once

#include "core/ids.h"
#include "core/units.h"
#include "core/value.h"

#include <optional>
#include <string>

namespace weir {

struct MessageView {
    Ordinal ordinal = 0;
    std::string id;        // CloudEvents id, unique in the run
    std::string source;    // the service
    std::string type;
    std::string subject;   // empty: none
    std::string version;   // of the event type
    std::string partitionKey; // empty: none
    std::string routingKey;
    SimTime time;          // when it was published
    Ordinal cause = 0;       // 0: a root
    Ordinal correlation = 0; // the root's ordinal; itself for a root
    std::string causationId;   // empty for a root
    std::string correlationId;
    Value headers; // a table; null: none
    Value data; // null where the event type has none
    Value original; // the whole event where it came from outside; null where it was made here

    // The event as CloudEvents 1.0 JSON (attributes, extensions, data); what came from outside as it came.
    Value cloudEvent() const;
    // Its `time` attribute, RFC 3339. A run begins with the epoch, so that the same run gives the same text.
    std::string timeText() const;
};

class MessageSource {
  public:
    virtual ~MessageSource() = default;
    // Any thread. Nothing where the message is not (or no longer) known.
    virtual std::optional<MessageView> message(Ordinal ordinal) const = 0;
};

} // namespace weir

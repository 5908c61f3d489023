// RecordJson: records as JSON lines: what files, standard output and the wire carry. Exact decimal seconds, keys only
// where they apply. It remembers the attributes of the messages seen last, since the records of a message come in a
// bunch.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/message_source.h"
#include "core/record/record.h"

#include <memory>
#include <string>
#include <vector>

namespace weir {

class RecordJson {
  public:
    struct Options {
        bool dataOnEvery = false; // else only `published` carries the message's data
    };
    // Without a source (null) records say no more than they hold. Both must outlive this.
    RecordJson(const Catalogue& catalogue, const MessageSource* messages, Options options);
    RecordJson(const Catalogue& catalogue, const MessageSource* messages) : RecordJson(catalogue, messages, {}) {}

    // One object, without a line's end. Keys in this order: at kind ordinal id type source subject routingkey channel
    // subscription service instance partition offset attempt reason correlationid causationid latency data. `instance`
    // counts from 1, as it is shown. A stateChanged record's data is {table, key, value}.
    void append(std::string& out, const Record& record);

  private:
    struct Attributes {
        Ordinal ordinal = 0;
        std::string id; // `,"id":"..."` or empty; the same for the others
        std::string type;
        std::string head; // source subject routingkey
        std::string tail; // correlationid causationid
        std::string data;
    };
    const Attributes& attributes(Ordinal ordinal);

    const Catalogue& m_catalogue;
    const MessageSource* m_messages;
    Options m_options;
    std::vector<Attributes> m_recent; // by ordinal modulo its size
};

// The duration that a record measured, in nanoseconds, for the kinds that measure one: `latency` in files, expressions
// and the window.
std::optional<std::int64_t> latencyOf(const Record& record);
// The place in its stream, for the kinds that name one.
std::optional<std::uint32_t> offsetOf(const Record& record, const Catalogue& catalogue);

} // namespace weir

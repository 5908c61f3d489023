// RabbitMQ's headers binding: arguments that a message's headers must have. `x-match` says how many of them: all (the
// default), any, or all-with-x, any-with-x, which do not skip the arguments whose names begin with "x-". An argument
// without a value (void) asks for presence only. Values compare as the broker holds them: numbers of all types by
// value, a timestamp being a number; text, truth and numbers never equal each other. A value is either plain JSON or
// typed, {"type": "float", "value": 1.5}, with AMQP's names for the types.
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <string>
#include <vector>

namespace weir {

class HeadersPattern {
  public:
    static Result<HeadersPattern> compile(const Value& arguments);

    // `headers` is a table, or null where the message has none.
    bool matches(const Value& headers) const;

  private:
    struct Argument {
        std::string name;
        Value value;
        bool presenceOnly = false;
    };
    bool m_any = false;
    std::vector<Argument> m_arguments; // those that count
};

} // namespace weir

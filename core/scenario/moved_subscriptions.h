// MovedSubscriptions: subscriptions that go by another name once profiles have made channels into others. A queue that
// became a stream is read under the name of its service; where a stream became a fan-out, each service has a queue.
// What asks for them by name (expectations, breakpoints) follows.
#pragma once

#include "core/expression/names_in.h"
#include "core/value.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

class MovedSubscriptions {
  public:
    void toService(const std::string& queue, const std::string& service) { m_moved[queue] = {service, false}; }
    // Of a stream that became a fan-out; the queue is named as the reader of a scenario names it.
    void toQueue(const std::string& service, const std::string& fanOut);
    // It reads another stream, which stays one, under its own name.
    void stays(const std::string& service) { m_moved[service] = {service, false}; }

    // Each with the names that it asks for as they are now.
    Value::List followed(const Value::List& expectationsOrBreakpoints) const;

  private:
    struct Moved {
        std::string name;
        bool toQueue = false; // which has no lag: what it is behind is what waits in it
    };
    std::string followedIn(std::string expression) const;
    void followSubscription(std::string& expression, const NameInExpression& name) const;
    void followFanOut(std::string& expression, const NameInExpression& name) const;

    std::map<std::string, Moved, std::less<>> m_moved;
    std::map<std::string, std::vector<std::string>, std::less<>> m_queues; // of the readers of each fan-out
};

} // namespace weir

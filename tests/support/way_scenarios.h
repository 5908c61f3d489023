// Scenarios about the way between two services and the broker, as files give them: "shop" publishes jobs, "worker"
// handles them.
#pragma once

#include <string>

namespace weir {

struct JobScenario {
    std::string arrivals = R"("times": ["1s"])";
    std::string more = R"("notes": "")"; // members of the file
    std::string handler = {};            // members of the worker's, with a comma before each; so are the next ones
    std::string publish = {};
    std::string queue = {};
    std::string event = {}; // members of the event type's

    std::string text() const {
        return R"({ "weir": "1", "run": { "for": "end" }, "events": { "job": { )" + event + R"( } },
        "channels": { "jobs": { "kind": "queue")" +
               queue + R"( } },
        "services": { "shop": { "sources": [ { "arrivals": { )" +
               arrivals + R"( }, "emit": "job", "to": "jobs")" + publish + R"( } ] },
                      "worker": { "handlers": [ { "on": "jobs")" +
               handler + " } ] } }, " + more + " }";
    }
};

inline std::string way(const std::string& service, const std::string& settings) {
    return R"({ "between": [")" + service + R"(", "broker"], )" + settings + " }";
}
inline std::string links(const std::string& each) {
    return "\"links\": [ " + each + " ]";
}
inline std::string faults(const std::string& each) {
    return "\"faults\": [ " + each + " ]";
}
// What goes over a service's link is lost at that time, and for 10 ms.
inline std::string lostFrom(const std::string& service, const std::string& at) {
    return faults(R"({ "at": ")" + at + R"(", "lose": [")" + service + R"(", "broker"], "for": "10ms" })");
}

} // namespace weir

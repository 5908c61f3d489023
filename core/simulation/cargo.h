// Load: what goes over the way between a service and the broker, as far as its time depends on it.
#pragma once

#include <cstdint>

namespace weir {

enum class Cargo : std::uint8_t {
    publish,  // an event on its way to the broker
    delivery, // or from it
    word      // an ack, an answer, a step: it says something about an event
};

struct Load {
    Cargo cargo = Cargo::word;
    std::int64_t bytes = 0; // of content
};

} // namespace weir

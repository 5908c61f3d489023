// Text for people, in the languages that a scenario file gives.
#pragma once

#include <string>

namespace weir {

// `en` stands in where another language is missing.
struct Text {
    std::string en;
    std::string zh;
    bool operator==(const Text&) const = default;
};

} // namespace weir

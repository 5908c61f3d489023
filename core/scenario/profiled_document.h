// From a scenario's document to the same document with what its profiles say filled in: defaults where the file gives
// nothing, and left out what the real system has nothing like. Readers then read one document, and no part of the
// engine asks for a profile. A field that the file gives replaces the profile's whole.
#pragma once

#include "core/scenario/text.h"
#include "core/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir {

struct LeftOut {
    std::string where; // JSON pointer of the field in the file
    std::string profile;
    std::string field;
    Text why;
    bool operator==(const LeftOut&) const = default;
};

struct ProfiledDocument {
    Value document;
    std::vector<LeftOut> leftOut;
};

// What is malformed stays as it is: readers complain of it.
ProfiledDocument withProfiles(const Value& document);

// The same workload on another broker: every channel follows `profile`, whatever the file says. Patterns keep the
// dialect that they were written in.
Value onProfile(const Value& document, std::string_view profile);

} // namespace weir

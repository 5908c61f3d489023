// SchemaParts: a JSON Schema of draft 4, 6, 7, 2019-09 or 2020-12 in one form that a validator and a comparison read
// alike: in the words of draft 7, without what says nothing about data, and cut into parts where it refers to a place
// within itself, so that nobody has to follow references to read it. What is no schema is refused with its place, and
// so is a reference that leads out of it, or back to itself without going into the data. It judges nothing.
#pragma once

#include "core/result.h"
#include "core/schema/text_pattern.h"
#include "core/value.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

struct SchemaParts {
    // In the place of a reference: {"weir/part": 3}, and nothing beside it.
    static constexpr std::string_view reference = "weir/part";
    // References that follow one another without going into the data.
    static constexpr std::size_t chainMax = 64;
    // Schemas within the schema; those that several references lead to through one another count again.
    static constexpr std::size_t schemasMax = 100'000;
    static constexpr std::size_t remarksMax = 10;
    // Of all its patterns together.
    static constexpr std::size_t patternStepsMax = 200'000;

    // The error's `where` is a JSON pointer into the schema.
    static Result<SchemaParts> cut(const Value& schema);

    // Where a part's reference leads to, followed to what is none.
    const Value& followed(const Value& part) const;

    std::vector<Value> parts; // the whole first
    std::map<std::string, TextPattern, std::less<>> patterns;
    std::vector<Error> remarks; // what is read otherwise than it may have been meant
};

} // namespace weir

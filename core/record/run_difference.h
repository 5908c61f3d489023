// Where two runs of one scenario part: the first record that differs. Chunk by chunk by their fingerprints, then record by
// record, so that ten million records take no longer than one chunk. Facts are compared by name: the runs may have given
// ids in another order.
#pragma once

#include "core/record/record_reader.h"

#include <cstdint>
#include <optional>

namespace weir {

struct RunDifference {
    // The first record of which there is another, or none, in the other run; nothing while one goes on where the other
    // has got to.
    std::optional<std::uint64_t> record;
    std::uint64_t common = 0; // records before this index are the same in both
    bool evicted = false;     // they part before what both still keep: `record` is the first one kept
};

RunDifference differenceOf(const RecordReader& one, const RecordReader& other);

// Whether they tell the same fact.
bool sameFact(const Record& one, const Catalogue& ofOne, const Record& other, const Catalogue& ofOther);

} // namespace weir

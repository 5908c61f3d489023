#include "core/record/run_difference.h"

#include "core/record/fingerprint.h"

#include <algorithm>

namespace weir {
namespace {

std::uint64_t factOf(const Record& record, const Catalogue& catalogue) {
    std::uint64_t payload = 0;
    if (record.kind == RecordKind::published && record.attempt == Record::byHand) {
        const GivenEventRow& row = catalogue.givenEvents()[record.extra];
        payload = hash64(Value(Value::List{row.data, row.key, row.subject, row.routingKey}).canonical());
    }
    Fingerprint fact;
    fact.add(record, catalogue, payload);
    return fact.value();
}

} // namespace

bool sameFact(const Record& one, const Catalogue& ofOne, const Record& other, const Catalogue& ofOther) {
    return one.at == other.at && one.kind == other.kind && one.ordinal == other.ordinal &&
           factOf(one, ofOne) == factOf(other, ofOther);
}

RunDifference differenceOf(const RecordReader& one, const RecordReader& other) {
    const std::uint64_t first = std::max(one.first(), other.first());
    const std::uint64_t end = std::min(one.end(), other.end());
    if (first >= end)
        return {std::nullopt, end, false};
    if (one.fingerprintBefore(first) != other.fingerprintBefore(first))
        return {first, first, true};
    // The last chunk before which they are the same; chunks begin at the same indices in every run.
    std::uint64_t low = first / RecordChunk::capacity, high = (end - 1) / RecordChunk::capacity;
    while (low < high) {
        const std::uint64_t middle = low + (high - low + 1) / 2;
        const std::uint64_t index = middle * RecordChunk::capacity;
        if (one.fingerprintBefore(index) == other.fingerprintBefore(index))
            low = middle;
        else
            high = middle - 1;
    }
    for (std::uint64_t index = std::max(first, low * RecordChunk::capacity); index < end; ++index)
        if (!sameFact(one.at(index), one.catalogue(), other.at(index), other.catalogue()))
            return {index, index, false};
    return {std::nullopt, end, false};
}

} // namespace weir

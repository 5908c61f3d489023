// Recorder: the one door through which every record goes: fingerprint, Picture and ledger, bounded storage. One writer,
// any number of readers without locks on the records themselves.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/record.h"

#include <cstdint>
#include <memory>

namespace weir {

class Recorder {
  public:
    struct Options {
        std::uint64_t recordsMax = 10'000'000; // 0: keep none (metrics and fingerprint only)
    };
    Recorder(std::shared_ptr<const Catalogue> catalogue, Options options);

    // Writer only. `payloadHash` is the hash of the canonical payload of a published message, 0 where it has none.
    void append(const Record& record, std::uint64_t payloadHash = 0);
};

} // namespace weir

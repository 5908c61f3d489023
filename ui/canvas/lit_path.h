// Lit path: which edges and nodes a message, its whole conversation or an event type took, from the records up to the
// playhead; the steps of messages numbered in their order. A pure function over what is kept; bounded.
#pragma once

#include "core/record/record_reader.h"
#include "ui/canvas/scene.h"
#include "ui/canvas/ways.h"

#include <optional>

namespace weir {

struct LitWish {
    Ordinal message = 0;       // 0: none
    bool conversation = false; // all messages that its root led to
    EventTypeId type;          // where no message is wanted

    bool any() const { return message != 0 || type.valid(); }
    bool operator==(const LitWish&) const = default;
};

inline constexpr std::uint64_t litTypeRecordsMax = 50'000; // the last ones, that an event type's way is told from

// Nothing where no record of it is kept. The reader was refreshed.
std::optional<LitPath> litPath(const LitWish& wish, const RecordReader& reader, std::uint64_t playhead,
                               const Ways& ways, const Scene& scene);

} // namespace weir

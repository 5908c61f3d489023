// One sentence in plain words: why a message is where it is. Made of core's Verdicts; it decides nothing itself.
#pragma once

#include "core/record/verdict.h"

#include <QString>

#include <optional>
#include <span>

namespace weir {

// How busy those are who read the channel; from the Picture of the same instant.
struct Crowd {
    std::int64_t waiting = 0; // copies in the channel
    std::int64_t busy = 0;    // workers
    std::int64_t workers = 0; // that are up
    bool operator==(const Crowd&) const = default;
};

// `event` names the message: "e-58177". Empty where there are no verdicts.
QString verdictSentence(const QString& event, std::span<const Verdict> verdicts, const Catalogue& catalogue,
                        SimTime now, const std::optional<Crowd>& crowd = {});

} // namespace weir

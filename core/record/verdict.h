// Verdict: why a message is where it is: of each copy its state, since when, after what trouble, and what comes next,
// as data from a small closed set. Folded from the records of one message up to an instant. Words are the window's.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/record.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace weir {

struct Verdict {
    enum class State : std::uint8_t {
        // of the message, while it has no copy
        published,    // on its way to the broker
        blocked,      // its producer waits for room
        throttled,    // a rate limit delays it
        refused,
        deduplicated, // its id was known
        unroutable,
        // of a copy
        inTransit,
        delayed,      // held back from its birth
        waiting,
        waitingAgain, // given back, taken back, or its backoff is over
        delivered,    // to a consumer, which has not begun
        handling,
        finished,     // its ack is on the way
        failing,      // the handling failed; what becomes of the copy follows
        takenBack,    // its ack did not come in time; what becomes of it follows
        backoff,      // waits for its next attempt
        acked,
        passedOver,   // acked without work: filtered, or known as a duplicate
        effectLost,   // acked, but the work was not done
        resting,      // lies in a dead-letter channel
        deadLettered, // its life ended here; the copy in the dead-letter channel is another one
        expired,
        dropped,
        purged,
        lost,
    };
    // What went wrong last with this copy.
    enum class Trouble : std::uint8_t { none, failed, crashed, timedOut, givenBack };

    State state = State::published;
    SimTime since; // it is in that state
    Place place;
    std::uint16_t attempt = 0;        // the last one that was begun; 0: none
    Trouble trouble = Trouble::none;
    std::uint16_t troubleAttempt = 0; // the attempt that it befell
    ReasonId reason;                  // of the trouble, or of the end
    Duration lasted{};                // acked: since its message was published
    std::optional<SimTime> due;       // backoff: of the next attempt
    ChannelId from;                   // resting: where it was given up
    bool operator==(const Verdict&) const = default;
};

// One a copy, in the order of their births; one of the message where there is no copy; none without records.
std::vector<Verdict> verdictsOf(std::span<const Record> records, const Catalogue& catalogue);

// How a copy stands: what is worth saying first has the higher number.
enum class Standing : std::uint8_t { succeeded, done, open, ended, troubled };
Standing standingOf(const Verdict& verdict);
// The place of the verdict to tell first; nothing where there are none.
std::optional<std::size_t> tellingOf(std::span<const Verdict> verdicts);

} // namespace weir

// LetterFold: which copies lie in dead-letter channels, at any instant: a fold over records that can be taken back,
// since each coming and going is kept as a step. A copy is a dead letter where it came into its channel by the death of
// another one; what somebody publishes or redrives to the same channel is none. Bounded: the oldest letters are
// forgotten, and counted. It knows nothing of widgets.
#pragma once

#include "core/record/flat_map.h"
#include "core/record/record_reader.h"
#include "ui/trace/match_set.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace weir {

struct DeadLetter {
    enum class State : std::uint8_t { none, waiting, inHand }; // none: not come yet, or gone
    std::uint64_t index = 0;                                   // of the record with which it came
    std::uint64_t died = 0;                                    // of the record of the death
    Ordinal ordinal = 0;
    SimTime at;
    ChannelId channel; // where it lies
    ChannelId from;    // where it died
    ReasonId reason;
    EventTypeId type;
    std::uint16_t attempts = 0; // deliveries before it died
    State state = State::none;
};

class LetterFold {
  public:
    static constexpr std::size_t lettersMax = 200'000;

    LetterFold();

    // Another run, or none.
    void setStore(std::shared_ptr<const RecordStore> store);
    // Goes to that record, on or back, for at most about `budget`. True where it has arrived.
    bool moveTo(std::uint64_t playhead, std::chrono::nanoseconds budget);

    // Those that lie there now, by when they came. `n` < count().
    std::uint64_t count() const { return m_there.count(); }
    const DeadLetter& letter(std::uint64_t n) const { return at(m_there.indexOf(n)); }
    // By its number, which it keeps.
    std::uint64_t number(std::uint64_t n) const { return m_there.indexOf(n); }
    const DeadLetter& at(std::uint64_t number) const { return m_letters[number - m_first]; }
    bool isThere(std::uint64_t number) const { return m_there.contains(number); }
    // Too old to be kept: no longer listed, wherever they are.
    std::uint64_t forgotten() const { return m_first; }
    // When reading began: what came before is not known. Nothing: all of the run has been read.
    std::optional<SimTime> begunAt() const { return m_begunAt; }
    const RecordReader& reader() const { return m_reader; }

  private:
    struct Step { // of one letter, at one record
        std::uint64_t index;
        std::uint64_t letter;
        DeadLetter::State before, after;
    };
    void fold(std::uint64_t index, const Record& record);
    void come(std::uint64_t index, const Record& record, const Place& place);
    void step(std::uint64_t index, std::uint64_t letter, DeadLetter::State to);
    void show(std::uint64_t letter, DeadLetter::State state);
    void forgetOldest();

    std::shared_ptr<const RecordStore> m_store;
    RecordReader m_reader;
    std::uint64_t m_begun = 0; // the record where reading began, which may be gone meanwhile
    std::optional<SimTime> m_begunAt;
    std::uint64_t m_folded = 0; // records
    std::uint64_t m_shown = 0;  // the instant that is shown
    std::deque<DeadLetter> m_letters;
    std::uint64_t m_first = 0; // number of the oldest kept
    std::deque<Step> m_steps;
    std::size_t m_applied = 0;     // of the steps
    MatchSet m_there;              // by number
    FlatMap<std::uint64_t> m_open; // (ordinal, channel) -> the letter that is there at m_folded
    struct Track {                 // in step with m_letters
        std::uint64_t below;       // the one of the same key that came before
        DeadLetter::State folded;  // at m_folded, which may lie ahead of what is shown
    };
    std::deque<Track> m_tracks;
    std::optional<Record> m_death; // whose copies may follow
    std::uint64_t m_deathIndex = 0;
};

} // namespace weir

// Processor: what a service does with an event, behind one interface: declarative action lists today, scripts later.
// It reads the event, changes the state it is handed and says what to emit; it has no state, clock or queue of its own,
// so it is shared by instances and snapshots. Running the emits is the simulation's part.
#pragma once

#include "core/services/emit_sites.h"
#include "core/services/event_view.h"
#include "core/services/state.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// What one handling (or one arrival of a source) did, in order. Reused from handling to handling: in a steady state
// nothing is allocated. Changes of the state go through it, so that they can all be taken back.
class ProcessorOutput {
  public:
    struct Change {
        TableId table = {};
        std::string key;
        Cell now;
        Cell before;
        bool existed = false; // else `before` means nothing
    };
    struct Effect {
        enum class Kind : std::uint8_t { emit, change };
        Kind kind = Kind::emit;
        SiteId site = {};             // emit
        std::uint32_t change = 0;     // change: index for change()
        std::string_view reason = {}; // emit: why an orElse branch runs; lives as long as the processor
    };

    void clear();
    // Actions
    void emit(SiteId site, std::string_view reason = {});
    // False, and nothing happens, where the table is full.
    bool set(State& state, TableId table, std::string_view key, const Cell& cell);
    // A place to go back to, and the way back: the state is as it was then.
    std::size_t mark() const { return m_effects.size(); }
    void undo(State& state, std::size_t mark = 0);
    // Queries
    std::span<const Effect> effects() const { return m_effects; }
    const Change& change(std::uint32_t index) const { return m_changes[index]; }

  private:
    std::vector<Effect> m_effects;
    std::vector<Change> m_changes; // those beyond m_changesUsed are spare: their keys keep their room
    std::uint32_t m_changesUsed = 0;
};

// What a handling is told.
struct Handling {
    const EventView* event = nullptr; // null: a source's arrival
    std::uint64_t count = 0;          // arrivals of this source, or handlings of this handler, with this one, from 1
    SimTime now = {};
    std::string_view service = {}; // that handles: whose state conditions may ask for
};

struct HandleOutcome {
    bool done = true;             // false: nothing has changed, nothing is to be emitted
    std::string_view reason = {}; // why not; lives as long as the processor

    explicit operator bool() const { return done; }
};

class Processor {
  public:
    virtual ~Processor() = default;
    // All or none: where it fails, state is as before and output has no effects. `output` comes cleared.
    virtual HandleOutcome handle(const Handling& handling, State& state, ProcessorOutput& output, Draw& draw) const = 0;
    // Where handling means just these emits, whatever event, state and draw are: then nobody needs to call handle().
    virtual std::span<const SiteId> plainEmits() const { return {}; }
};

} // namespace weir

// EventView: what a template, a filter or an action sees of the event that triggered it. It borrows everything, so that
// making one costs nothing; texts that nobody asks for (id, time) are never built. It does not outlive the handling.
#pragma once

#include "core/ids.h"
#include "core/units.h"
#include "core/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace weir {

struct EventView {
    Ordinal ordinal = 0;
    std::string_view type = {};
    std::string_view source = {}; // the service
    std::string_view subject = {};
    std::string_view version = {}; // of the event type
    std::string_view key = {};     // partition key; empty: none
    std::string_view routingKey = {};
    std::string_view channel = {}; // where it was taken from; empty: nowhere yet
    SimTime time = {};             // when it was published
    Ordinal cause = 0;             // 0: a root
    Ordinal correlation = 0;       // the root's ordinal; itself for a root; 0: not known
    const Value* data = nullptr;   // null: no data
    const Value* headers = nullptr; // null: no headers
    std::int64_t offset = -1;      // in its stream; -1: none
    int priority = 0;
    std::uint16_t attempt = 0; // of the delivery, from 1
};

// The header that says by which replay an event came out of an archive.
inline constexpr const char* replayHeader = "replay-name";

// The source of events that somebody published by hand.
inline constexpr std::string_view handSource = "by-hand";

// The one rule for a simulated event's CloudEvents id: "e-58213".
std::string eventId(Ordinal ordinal);
void appendEventId(std::string& out, Ordinal ordinal);

// RFC 3339 with milliseconds. Simulated time counts from 2026-01-01T00:00:00Z.
std::string timeText(SimTime time);
void appendTimeText(std::string& out, SimTime time);

} // namespace weir

// Ties: what connecting one node to another would mean, why it cannot be where it cannot, and the edits that make or
// undo it. A service emits to a channel, a channel is bound to an exchange, a service handles what a channel holds, a
// queue gives up its dead letters. Pure functions over a scenario and the document it was read from; nothing is changed
// here.
#pragma once

#include "core/scenario/document.h"
#include "core/scenario/scenario.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

enum class TieKind : std::uint8_t { emit, bind, handle, deadLetter };

// Why two nodes cannot be tied.
enum class NoTie : std::uint8_t {
    unknown,           // one of them is not in the scenario's file
    itself,            // from a node to itself
    betweenServices,   // services speak through channels
    ownQueue,          // a handler's own queue takes from its exchange only, and feeds its handler only
    alreadyTied,       // there is such a tie, and a second one would change nothing
    circle             // exchanges must not be bound in a circle
};

struct TieOffer {
    std::optional<TieKind> kind; // nothing: not possible
    NoTie why = NoTie::unknown;  // where it is not possible
    bool operator==(const TieOffer&) const = default;
};
TieOffer tieBetween(const Scenario& scenario, std::string_view from, std::string_view to);

// Where the emit of a new tie from a service goes.
struct EmitPlace {
    std::optional<std::size_t> handler; // after that one's work; nothing: a source of its own
    bool operator==(const EmitPlace&) const = default;
};
struct TieDetail {
    std::string eventType; // emit: is added to the scenario where it is new
    EmitPlace place;       // emit
    std::string pattern;   // bind, and handle on an exchange: everything's, or an exact key; ignored by fan-out exchanges
};
// What is most likely meant: the event that is there, a place after the first handler where there is one, every event
// for topics, the key of the first event that is published there for direct exchanges.
TieDetail likelyDetail(const Scenario& scenario, TieKind kind, std::string_view from);
std::vector<Edit> tieEdits(const Value& document, const Scenario& scenario, TieKind kind, std::string_view from,
                           std::string_view to, const TieDetail& detail);

// A handler's own queue, "topic/service": whose it is.
struct QueueOwner {
    std::string service;
    std::size_t handler = 0;
};
std::optional<QueueOwner> ownerOf(const Scenario& scenario, std::string_view channel);

// A binding by its place in the file: the index-th of a channel, or the pattern of a handler on an exchange.
struct BindingPlace {
    std::string channel;
    std::size_t index = 0;
    std::string pattern;
    std::optional<QueueOwner> owner;
};
// Those from an exchange to a channel, in the file's order.
std::vector<BindingPlace> bindingsBetween(const Scenario& scenario, std::string_view exchange,
                                          std::string_view channel);
Edit patternEdit(const Value& document, const BindingPlace& binding, const std::string& pattern);
// Whether the exchange's bindings have patterns at all.
bool takesPattern(const Scenario& scenario, std::string_view exchange);

// --- looking into scenario and document ---

const ChannelSpec* channelOf(const Scenario& scenario, std::string_view name);
const ServiceSpec* serviceOf(const Scenario& scenario, std::string_view name);
// Of a member of a member ... or the item of a list by its number; null where one is missing.
const Value* within(const Value& document, std::initializer_list<std::string_view> names);
std::string pointerOf(std::initializer_list<std::string_view> names);
Edit appended(std::initializer_list<std::string_view> list, Value item);

} // namespace weir

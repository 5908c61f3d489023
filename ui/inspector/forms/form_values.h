// What a form does to a scenario's values: writing into a place (short forms unfolded, so that there is room), changing
// from one variant of a kind to another with as much kept as the other has. Pure functions over Values; whether the
// result loads is asked of the loader.
#pragma once

#include "core/json_pointer.h"
#include "core/result.h"
#include "core/scenario/document.h"
#include "core/value.h"
#include "ui/inspector/forms/form_schema.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

std::string parentOf(std::string_view pointer);
std::string keyOf(std::string_view pointer); // unescaped

// The table with that member set, or removed; other members keep their places.
Value withMember(const Value& table, const std::string& key, const std::optional<Value>& value);

// A short form as the table it is short for: 0.01 is a failure with that probability, "orders" a binding to it, "20ms"
// a constant distribution, true an idempotency store with its defaults.
Value unfolded(const Value& value, const std::string& definition);

// The keys by which a table is known to be of that kind: "crash" of a crash, "rate" of a change of rate. Empty: by none.
const std::vector<std::string>& keysOfKind(const std::string& definition);
// The kind of a table that may be one of several, by its keys: {"crash": ...} among the faults. The first of
// `definitions` where none fits.
std::string definitionOf(const Value& value, const std::vector<std::string>& definitions);
// "emit", "reserve" ...; empty where it is no action.
std::string actionDefinition(const Value& value);
const std::vector<std::string>& actionDefinitions();

// What it takes to have `value` at `key` of the table at `container`; nothing removes it.
std::vector<Edit> editsFor(const Value& document, const std::string& container, const std::string& definition,
                           const std::string& key, const std::optional<Value>& value);

// What makes the one out of the other, place by place, as deep as their shapes agree.
std::vector<Edit> differences(const Value& before, const Value& after, const std::string& pointer);

// --- variants: kinds of which exactly one of several keys, or pairs of keys, must be there ---

struct Variant {
    std::string name; // as fieldLabel or kindLabel know it
    std::vector<std::string> keys;
};
// Empty where a kind has none: arrivals, distributions, lognormals ...
const std::vector<Variant>& variantsOf(const std::string& definition);
std::size_t variantIn(const Value& value, const std::string& definition); // its index; 0 where none fits
// The same as another variant: mean and rate stay what they are, as near as can be.
Value switchedTo(const Value& value, const std::string& definition, std::size_t variant, bool times = true);

// --- what is new ---

struct NamesAtHand {
    std::vector<std::string> eventTypes, channels, exchanges, services, subscriptions, stateTables, consumers, nodes;
};
NamesAtHand namesAtHand(const Value& document, const std::string& pointer);
// A valid one, as plain as can be: what "Add" puts there.
Value newValue(const std::string& definition, const NamesAtHand& names);

} // namespace weir

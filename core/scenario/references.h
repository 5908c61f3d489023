// References: where a scenario file names its channels, services and event types, so that a rename can follow everywhere
// and a deletion can say beforehand what depends on it. Document in, edits out; it changes nothing itself, and what does
// not load it leaves for the loader to refuse.
#pragma once

#include "core/scenario/document.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// What has a name in a scenario file.
struct Element {
    enum class Kind : std::uint8_t { channel, service, eventType };
    Kind kind = Kind::channel;
    std::string name;

    std::string pointer() const; // of its declaration: "/channels/orders"
    bool operator==(const Element&) const = default;
};

struct Reference {
    enum class Kind : std::uint8_t {
        binding,     // a channel is bound to it, or leaves to it what nobody takes
        deadLetter,  // its dead letters go there
        handler,     // takes from it
        source,      // publishes it, or to it
        action,      // emits it, or to it
        fault,       // hits it
        link,        // is between it and something else
        expectation, // asks about it
        breakpoint,
        condition, // a filter or condition compares with it
        pattern,   // a pattern that matches just it
        position   // in the layout or a group
    };
    Kind kind = Kind::binding;
    std::string pointer; // of what names it
    std::string owner;   // the channel or service in which it stands; empty for those of the file
    // What goes with the thing that is named: "/faults/0". Empty where it can stay: a condition, a pattern.
    std::string removal;
};

// In the order of the file.
std::vector<Reference> referencesTo(const Value& document, const Element& element);

// Renames the element and follows it to each of its references. Whether the new name is free, the document and the loader
// say.
std::vector<Edit> renaming(const Value& document, const Element& element, const std::string& newName);

// Takes elements away, with what cannot be without them.
struct Deletion {
    std::vector<Reference> dependants; // outside what is deleted; positions are not worth telling
    std::vector<Edit> edits;
};
Deletion deletionOf(const Value& document, std::span<const Element> elements);

} // namespace weir

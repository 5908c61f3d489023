// What a form calls the fields of a scenario file, in the language of the window: one table for all kinds, with what a
// field refers to by name, and whether a calm form shows it where the file says nothing. What fields take is
// FormSchema's, words for what stands in them are choice_words.h's; a test holds that each of its fields has words
// here.
#pragma once

#include <QString>

#include <cstdint>
#include <string_view>

namespace weir {

// Whose names a field takes.
enum class Reference : std::uint8_t {
    none,
    eventType,
    channel,
    exchange,
    service,
    subscription,
    stateTable,
    consumer,     // a service, queue or stream
    poisonTarget, // a service or event type
    node,         // of the broker
    serviceOrNode
};

struct FieldWord {
    std::string_view definition; // empty: of every kind that has no line of its own
    std::string_view key;
    const char* label; // not translated
    Reference reference = Reference::none;
    bool always = false; // shown though the file says nothing
};

// Null where a field has no words.
const FieldWord* fieldWord(std::string_view definition, std::string_view key);
QString fieldLabel(std::string_view definition, std::string_view key); // the key itself where it has no words
// How many words are known: for the test that none is left over.
std::size_t fieldWordCount();
const FieldWord& fieldWordAt(std::size_t index);

} // namespace weir

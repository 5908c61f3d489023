// What a form calls the fields of a scenario file, in the language of the window: one table for all kinds, with what a
// field refers to by name, and whether a calm form shows it where the file says nothing. What fields take is
// FormSchema's; a test holds that each of its fields has words here.
#pragma once

#include <QString>

#include <cstdint>
#include <string>
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
// A word of the file as people read it: "dropOldest": "Drop the oldest". What a word means may depend on the field that
// it stands in; an empty key: the word by itself.
QString choiceLabel(std::string_view word, std::string_view key = {});
// One of a kind: "retry": "Retry", "crash": "Crash". For headings and for what can be added.
QString kindLabel(std::string_view definition);
QString shapeLabel(std::string_view shape); // of a distribution, as within a sentence
// How many words are known: for the test that none is left over.
std::size_t fieldWordCount();
const FieldWord& fieldWordAt(std::size_t index);

} // namespace weir

// What a form calls the words that a scenario file chooses from, and the kinds of what stands in it, in the language of
// the window. Words for the fields themselves are field_words.h's.
#pragma once

#include <QString>

#include <string_view>

namespace weir {

// A word of the file as people read it: "dropOldest": "Drop the oldest". What a word means may depend on the field that
// it stands in; an empty key: the word by itself.
QString choiceLabel(std::string_view word, std::string_view key = {});
// One of a kind: "retry": "Retry", "crash": "Crash". For headings and for what can be added.
QString kindLabel(std::string_view definition);
QString shapeLabel(std::string_view shape); // of a distribution, as within a sentence

} // namespace weir

// Document: a scenario file as its author wrote it, edited in place: comments, the order of keys, and the layout of what
// an edit does not touch stay byte for byte, so that a version control system shows just the change. It reads JSON with
// comments strictly, and knows nothing of what a scenario means: whether the result loads is asked elsewhere.
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace weir {

// One change at a JSON pointer (RFC 6901).
struct Edit {
    std::string pointer;
    // Sets what is there or adds it. "/list/-" appends, as does the index behind the last one. Tables that are missing on
    // the way are added too (lists before a "-"). Neither value nor name: what is there is removed.
    std::optional<Value> value;
    std::string newName; // renames the key at the pointer, and sets nothing

    bool operator==(const Edit&) const = default;
};

class Document {
  public:
    // The empty document: no text, null. For a window in which nothing is open.
    Document() = default;
    // The error's `where` is "line:column".
    static Result<Document, Errors> read(std::string text);

    const std::string& text() const { return m_text; }
    const Value& value() const { return m_value; }

    // All edits, one after the other; or, where one cannot be done, none. The error's `where` is the deepest place on the
    // way that is there.
    Result<Document> with(std::span<const Edit> edits) const;

    // What stands at a pointer as it is written, comments inside included; nothing where nothing is there.
    std::optional<std::string> textAt(std::string_view pointer) const;

  private:
    Document(std::string text, Value value) : m_text(std::move(text)), m_value(std::move(value)) {}

    std::string m_text;
    Value m_value;
};

} // namespace weir

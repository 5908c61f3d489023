// CompiledSchema: the parts of a JSON Schema as the validator knows them (valijson), and its verdict on data; of the
// whole, or of a place within it. Immutable, shared by threads.
#pragma once

#include "core/result.h"
#include "core/schema/schema_parts.h"
#include "core/value.h"

#include <memory>

namespace weir {

struct SchemaLibrary;

class CompiledSchema {
  public:
    // What the validator calls no schema, though the parts could be cut, is an error without a place.
    static Result<std::shared_ptr<const CompiledSchema>> compile(const SchemaParts& parts);
    // A schema within one of its parts.
    Result<std::shared_ptr<const CompiledSchema>> within(const Value& place) const;
    ~CompiledSchema();
    CompiledSchema(const CompiledSchema&) = delete;
    CompiledSchema& operator=(const CompiledSchema&) = delete;

    // Data that lead through more levels of the schema than SchemaTrial::levelsMax are not accepted.
    bool accepts(const Value& data) const;

  private:
    struct Place; // null: the whole
    CompiledSchema(std::shared_ptr<const SchemaLibrary> library, std::unique_ptr<const Place> place);
    std::shared_ptr<const SchemaLibrary> m_library;
    std::unique_ptr<const Place> m_place;
};

} // namespace weir

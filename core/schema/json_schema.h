// JsonSchema: a JSON Schema, compiled once, and its verdict on data: the validator's own (valijson), drafts 4 to
// 2020-12, with references within the schema, in a time that both bound. Immutable, shared by threads.
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weir {

class JsonSchema {
  public:
    // The error's `where` is a JSON pointer into the schema.
    static Result<std::shared_ptr<const JsonSchema>> compile(const Value& schema);
    ~JsonSchema();
    JsonSchema(const JsonSchema&) = delete;
    JsonSchema& operator=(const JsonSchema&) = delete;

    bool accepts(const Value& data) const;
    std::uint64_t hash() const { return m_hash; } // of its text

  private:
    struct Compiled;
    JsonSchema(std::unique_ptr<const Compiled> compiled, std::uint64_t hash);
    std::unique_ptr<const Compiled> m_compiled;
    std::uint64_t m_hash;
};

} // namespace weir

#include "core/schema/json_schema.h"

#include "core/kernel/hash.h"
#include "core/schema/compiled_schema.h"

namespace weir {
namespace {

constexpr std::size_t schemaBytesMax = 1 << 20;

} // namespace

struct JsonSchema::Compiled {
    std::shared_ptr<const CompiledSchema> schema;
};

JsonSchema::JsonSchema(std::unique_ptr<const Compiled> compiled, std::uint64_t hash)
    : m_compiled(std::move(compiled)), m_hash(hash) {}
JsonSchema::~JsonSchema() = default;

Result<std::shared_ptr<const JsonSchema>> JsonSchema::compile(const Value& schema) {
    if (!schema.table() && !schema.truth())
        return Error{"", "needs a JSON Schema (a table, true or false)", schema.canonical()};
    const std::string text = schema.canonical();
    if (text.size() > schemaBytesMax)
        return Error{"", "needs a JSON Schema of at most 1 MiB", std::to_string(text.size()) + " bytes"};
    const auto parts = SchemaParts::cut(schema);
    if (!parts)
        return parts.error();
    auto compiled = CompiledSchema::compile(*parts);
    if (!compiled)
        return compiled.error();
    return std::shared_ptr<const JsonSchema>(
        new JsonSchema(std::make_unique<Compiled>(Compiled{std::move(compiled).value()}), hash64(text)));
}

bool JsonSchema::accepts(const Value& data) const {
    return m_compiled->schema->accepts(data);
}

} // namespace weir

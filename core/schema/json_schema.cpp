#include "core/schema/json_schema.h"

#include "core/kernel/hash.h"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <regex>

namespace weir {
namespace {

constexpr std::size_t schemaBytesMax = 1 << 20;

nlohmann::json jsonOf(const Value& value) {
    return nlohmann::json::parse(value.canonical(), nullptr, false);
}

// The validator compiles patterns when it meets a text; that is too late to say that one is none.
void checkPatterns(const nlohmann::json& schema) {
    if (schema.is_array())
        for (const nlohmann::json& item : schema)
            checkPatterns(item);
    if (!schema.is_object())
        return;
    for (const auto& [key, value] : schema.items()) {
        if (key == "pattern" && value.is_string())
            static_cast<void>(std::regex(value.get<std::string>()));
        if (key == "patternProperties" && value.is_object())
            for (const auto& [pattern, inside] : value.items())
                static_cast<void>(std::regex(pattern));
        if (key != "enum" && key != "const" && key != "default" && key != "examples")
            checkPatterns(value);
    }
}

} // namespace

struct JsonSchema::Compiled {
    valijson::Schema schema;
};

JsonSchema::JsonSchema(std::unique_ptr<const Compiled> compiled, std::uint64_t hash)
    : m_compiled(std::move(compiled)), m_hash(hash) {}
JsonSchema::~JsonSchema() = default;

Result<std::shared_ptr<const JsonSchema>> JsonSchema::compile(const Value& schema) {
    const auto refuse = [](const std::string& why) { return Error{"", "needs a JSON Schema (" + why + ")", ""}; };
    if (!schema.table() && !schema.truth())
        return refuse("a table, true or false");
    if (schema.canonical().size() > schemaBytesMax)
        return refuse("of at most 1 MiB");
    const nlohmann::json text = jsonOf(schema);
    auto compiled = std::make_unique<Compiled>();
    try { // valijson and std::regex speak by exceptions
        checkPatterns(text);
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), compiled->schema);
    } catch (const std::exception& problem) {
        return refuse(problem.what());
    }
    return std::shared_ptr<const JsonSchema>(new JsonSchema(std::move(compiled), hash64(schema.canonical())));
}

bool JsonSchema::accepts(const Value& data) const {
    const nlohmann::json json = jsonOf(data);
    valijson::Validator validator;
    return validator.validate(m_compiled->schema, valijson::adapters::NlohmannJsonAdapter(json), nullptr);
}

} // namespace weir

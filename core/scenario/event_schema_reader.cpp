#include "core/scenario/event_schema_reader.h"

#include "core/schema/json_schema.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace weir {
namespace {

constexpr std::size_t versionsMax = 1000;
constexpr std::uintmax_t fileBytesMax = 1 << 20;

constexpr Word<Compatibility> compatibilities[] = {{"off", Compatibility::none},
                                                   {"backward", Compatibility::backward},
                                                   {"backwardTransitive", Compatibility::backwardTransitive},
                                                   {"forward", Compatibility::forward},
                                                   {"forwardTransitive", Compatibility::forwardTransitive},
                                                   {"full", Compatibility::full},
                                                   {"fullTransitive", Compatibility::fullTransitive}};

// The schema that a file beside the scenario holds.
std::optional<Value> readFile(const Given& given, const std::string& folder, const std::string& name) {
    const std::filesystem::path relative(name);
    const bool leaves = relative.is_absolute() || std::find(relative.begin(), relative.end(), "..") != relative.end();
    if (name.empty() || leaves) {
        given.refuse("needs a JSON Schema, or the name of a file beside the scenario that holds one");
        return std::nullopt;
    }
    const std::filesystem::path path = std::filesystem::path(folder) / relative;
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (error || size > fileBytesMax || !(content << file.rdbuf())) {
        given.refuse("needs a file beside the scenario that can be read, of at most 1 MiB");
        return std::nullopt;
    }
    Result<Value> schema = Value::parse(content.view());
    if (schema)
        return std::move(schema).value();
    given.refuse("needs a file that holds JSON (" + schema.error().where + ": " + schema.error().what + ")");
    return std::nullopt;
}

std::optional<EventSchemaSpec> readSchema(const Given& given, const std::string& folder, const std::string& version) {
    EventSchemaSpec spec{.version = version, .schema = given.value(), .file = {}};
    if (const std::string* name = given.value().text()) {
        spec.file = *name;
        spec.schema = Value();
        if (folder.empty())
            return spec;
        auto schema = readFile(given, folder, *name);
        if (!schema)
            return std::nullopt;
        spec.schema = std::move(*schema);
    }
    if (const auto compiled = JsonSchema::compile(spec.schema); !compiled) {
        if (spec.file.empty())
            given.refuse(compiled.error());
        else
            given.refuse("needs a file that holds a JSON Schema (" + compiled.error().text() + ")");
        return std::nullopt;
    }
    return spec;
}

} // namespace

void readEventSchemas(const Given& given, const std::string& folder, EventTypeSpec& event) {
    const auto schema = given.member("schema");
    const auto versions = given.member("versions");
    if (schema && versions)
        schema->refuse("needs to stand in \"versions\", since the event type has those");
    else if (schema) {
        if (auto spec = readSchema(*schema, folder, event.version))
            event.schemas.push_back(std::move(*spec));
    } else if (versions && versions->isTable("of JSON Schemas by version")) {
        for (const auto& [version, inside] : versions->members())
            if (auto spec = readSchema(inside, folder, version))
                event.schemas.push_back(std::move(*spec));
        if (event.schemas.size() > versionsMax)
            versions->refuse("needs at most " + std::to_string(versionsMax) + " versions");
        if (!versions->has(event.version))
            given.complaints().add(
                {versions->pointer(), "needs the version that the event type has", quotedText(event.version)});
    }
    given.take("compatibility", event.compatibility, oneOf(compatibilities));
    if (const auto compatibility = given.member("compatibility"); compatibility && !versions)
        compatibility->refuse("needs \"versions\" beside it, which it is about");
}

} // namespace weir

#include "core/schema/schema_registry.h"

#include "core/scenario/by_name.h"
#include "core/schema/schema_inclusion.h"

#include <algorithm>
#include <array>

namespace weir {
namespace {

bool isTransitive(Compatibility compatibility) {
    return compatibility == Compatibility::backwardTransitive || compatibility == Compatibility::forwardTransitive ||
           compatibility == Compatibility::fullTransitive;
}
bool looksBackward(Compatibility compatibility) {
    return compatibility != Compatibility::none && compatibility != Compatibility::forward &&
           compatibility != Compatibility::forwardTransitive;
}
bool looksForward(Compatibility compatibility) {
    return compatibility != Compatibility::none && compatibility != Compatibility::backward &&
           compatibility != Compatibility::backwardTransitive;
}

} // namespace

std::string_view name(Compatibility compatibility) {
    constexpr std::array<std::string_view, 7> names{
        "off", "backward", "backwardTransitive", "forward", "forwardTransitive", "full", "fullTransitive"};
    return names[static_cast<std::size_t>(compatibility)];
}

// Each against the ones before it that are registered, as registries do (Confluent's: the latest one, or with the
// transitive kinds all).
std::vector<SchemaBreach> schemaBreaches(const EventTypeSpec& type) {
    std::vector<SchemaBreach> breaches;
    std::vector<const EventSchemaSpec*> registered;
    for (const EventSchemaSpec& version : type.schemas) {
        if (version.schema.isNull())
            continue; // in a file that has not been read
        const std::size_t first = isTransitive(type.compatibility) || registered.empty() ? 0 : registered.size() - 1;
        bool fits = true;
        for (std::size_t i = first; i < registered.size() && fits; ++i) {
            const EventSchemaSpec& before = *registered[i];
            const auto breach = [&](bool forward, std::string why) {
                breaches.push_back({type.name, version.version, before.version, forward, std::move(why)});
                fits = false;
            };
            if (looksBackward(type.compatibility))
                if (auto why = exceeds(before.schema, version.schema))
                    breach(false, std::move(*why));
            if (fits && looksForward(type.compatibility))
                if (auto why = exceeds(version.schema, before.schema))
                    breach(true, std::move(*why));
        }
        if (fits)
            registered.push_back(&version);
    }
    return breaches;
}

Result<std::shared_ptr<const SchemaRegistry>, Errors> SchemaRegistry::compile(const Scenario& scenario) {
    auto registry = std::make_shared<SchemaRegistry>();
    Errors errors;
    for (const EventTypeSpec& type : scenario.events) {
        if (type.schemas.empty())
            continue;
        const std::vector<SchemaBreach> breaches = schemaBreaches(type);
        for (const EventSchemaSpec& version : type.schemas) {
            Entry& entry = registry->m_types[type.name][version.version];
            if (version.schema.isNull()) {
                errors.push_back({elementPointer("/events", type.name),
                                  "needs its schema's file, whose place is not known", version.file});
                continue;
            }
            auto schema = JsonSchema::compile(version.schema);
            if (!schema) {
                errors.push_back(
                    {elementPointer("/events", type.name),
                     "needs a JSON Schema for version " + version.version + " (" + schema.error().text() + ")", ""});
                continue;
            }
            const bool breaks = std::any_of(breaches.begin(), breaches.end(), [&](const SchemaBreach& breach) {
                return breach.version == version.version;
            });
            entry = {breaks ? Standing::incompatible : Standing::registered, std::move(schema).value()};
        }
    }
    if (!errors.empty())
        return errors;
    return std::shared_ptr<const SchemaRegistry>(std::move(registry));
}

SchemaRegistry::Entry SchemaRegistry::find(std::string_view type, std::string_view version) const {
    const auto versions = m_types.find(type);
    if (versions == m_types.end())
        return {};
    const auto found = versions->second.find(version);
    return found == versions->second.end() ? Entry{Standing::unknown, nullptr} : found->second;
}

} // namespace weir

// SchemaRegistry: the schemas of event types by version, and which of them may be used: a version that breaks its
// type's compatibility is not registered, and what is written in it is refused. Compiled once from a scenario,
// immutable.
#pragma once

#include "core/scenario/scenario.h"
#include "core/schema/json_schema.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

std::string_view name(Compatibility compatibility); // "backwardTransitive"

// A version that may not follow the ones before it.
struct SchemaBreach {
    std::string type;
    std::string version;
    std::string against;  // the version that it breaks with
    bool forward = false; // who reads with `against` cannot read it; else it cannot read what `against` wrote
    std::string why;
};
std::vector<SchemaBreach> schemaBreaches(const EventTypeSpec& type);

class SchemaRegistry {
  public:
    // Errors have JSON pointers into the scenario.
    static Result<std::shared_ptr<const SchemaRegistry>, Errors> compile(const Scenario& scenario);

    enum class Standing : std::uint8_t { free, registered, unknown, incompatible }; // free: the type has no schemas
    struct Entry {
        Standing standing = Standing::free;
        std::shared_ptr<const JsonSchema> schema; // null where it is free or unknown
    };
    Entry find(std::string_view type, std::string_view version) const;
    bool empty() const { return m_types.empty(); }

  private:
    std::map<std::string, std::map<std::string, Entry, std::less<>>, std::less<>> m_types;
};

} // namespace weir

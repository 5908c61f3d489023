// The field reference (resources/help/fields.md): the schema of scenario files as tables for people. Made from
// resources/scenario.schema.json alone, so that it cannot say anything else.
#pragma once

#include "core/value.h"

#include <string>

namespace weir {

enum class ReferenceLanguage { english, chinese };

std::string fieldReference(const Value& schema, ReferenceLanguage language);

} // namespace weir

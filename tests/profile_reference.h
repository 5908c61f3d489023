// The help's page about the brokers, as it follows from the profiles' tables.
#pragma once

#include "tests/field_reference.h"

#include <string>

namespace weir {

std::string profileReference(ReferenceLanguage language);

} // namespace weir

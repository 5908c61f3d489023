// The sentences of core's errors, as templates, for ErrorText to find and to translate: as core says them, with %1, %2 ...
// for what a scenario gives. Core speaks English and knows no languages: what it says is what the command line prints,
// and the key of its translation here. A sentence that is missing is shown as core says it; a test finds it.
#pragma once

#include <span>
#include <vector>

namespace weir {

std::vector<const char*> errorTemplates(); // all of them
std::span<const char* const> scenarioTemplates();
std::span<const char* const> schemaTemplates();

} // namespace weir

// The sentences of core's errors, as templates, for ErrorText to find and to translate. Core speaks English and knows no
// languages: what it says is what the command line prints, and the key of its translation here.
#pragma once

#include <span>

namespace weir {

std::span<const char* const> errorTemplates();

} // namespace weir

// Parser: text to Program. Within core/expression only.
#pragma once

#include "core/expression/program.h"
#include "core/result.h"

#include <memory>

namespace weir {

Result<std::shared_ptr<const Program>> parseProgram(std::string_view text);

} // namespace weir

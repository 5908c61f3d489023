// What to do about a finding of the check, in the window's language. The check's own sentence has it in English, with
// more figures: where the window speaks English that one is shown.
#pragma once

#include "core/scenario/finding.h"

#include <QString>

namespace weir {

QString findingDetail(const Finding& finding);

} // namespace weir

// A finding of the check as a short line of the window, in its language. The check's own sentence, which also says how
// to mend it, is English and for tooltips.
#pragma once

#include "core/scenario/finding.h"
#include "ui/theme.h"

#include <QString>

namespace weir {

QString findingText(const Finding& finding);
Tone findingTone(Severity severity);

} // namespace weir

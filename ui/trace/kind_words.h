// What records are called in the language of the window. Files and expressions know them by name() only, which is the
// English word, too.
#pragma once

#include "core/record/record.h"

#include <QString>

namespace weir {

QString kindWord(RecordKind kind);

} // namespace weir

// ErrorText: core's errors in the language of the window. It finds the template of a sentence, and puts the words and
// figures that stood in the sentence into the template's translation; those that are sentences themselves come out
// translated, too. In English all stays as the command line prints it.
#pragma once

#include "core/result.h"

#include <QString>

namespace weir {

// "where: what, got given".
QString errorText(const Error& error);
// A sentence of core's alone, or what the operating system says.
QString errorText(const QString& sentence);

} // namespace weir

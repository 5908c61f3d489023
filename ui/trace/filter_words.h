// What can be typed next in a filter: names of fields, words of CESQL, or, inside quotes, the values that the field
// before them can have in this run. A pure function, so that it is tested without a window.
#pragma once

#include "core/record/catalogue.h"

#include <QStringList>

namespace weir {

struct FilterWords {
    qsizetype from = 0;   // where the unfinished word begins
    qsizetype length = 0; // up to the cursor
    QStringList words;    // that begin like it
};

// `catalogue` may be null.
FilterWords filterWords(const QString& text, qsizetype cursor, const Catalogue* catalogue);

} // namespace weir

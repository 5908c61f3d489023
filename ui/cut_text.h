// What a file says may be of any length; what a window shows of it is not: laying out a hundred thousand letters in one
// label takes seconds.
#pragma once

#include <QString>

namespace weir {

// With "…" where there was more.
inline QString cutText(const QString& text, qsizetype most) {
    return text.size() <= most ? text : text.left(most) + QChar(0x2026);
}

} // namespace weir

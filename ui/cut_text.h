// What a file says may be of any length; what a window shows of it is not: laying out a hundred thousand letters in one
// label takes seconds.
#pragma once

#include <QString>

namespace weir {

// With "…" where there was more.
inline QString cutText(const QString& text, qsizetype most) {
    return text.size() <= most ? text : text.left(most) + QChar(0x2026);
}

// Words of more letters lose their middle: what tells one name from another is mostly at its ends.
inline QString cutWords(const QString& text, qsizetype most) {
    QString cut;
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at;
        while (end < text.size() && !text[end].isSpace())
            ++end;
        const QStringView word = QStringView(text).mid(at, end - at);
        if (word.size() <= most)
            cut += word;
        else
            cut.append(word.left(most / 2)).append(QChar(0x2026)).append(word.right(most - most / 2 - 1));
        if (end < text.size())
            cut += text[end++];
        at = end;
    }
    return cut;
}

} // namespace weir

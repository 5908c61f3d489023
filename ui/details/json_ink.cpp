#include "ui/details/json_ink.h"

#include <QRegularExpression>

namespace weir {

JsonInk::JsonInk(QTextDocument* document, const ThemeSource& themes) : QSyntaxHighlighter(document), m_themes(themes) {
    connect(&m_themes, &ThemeSource::changed, this, &QSyntaxHighlighter::rehighlight);
}

void JsonInk::highlightBlock(const QString& text) {
    const Theme& theme = m_themes.theme();
    static const QRegularExpression token(QStringLiteral(
        R"re(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|([{}\[\],:]))re"));
    for (auto at = token.globalMatch(text); at.hasNext();) {
        const QRegularExpressionMatch match = at.next();
        if (match.hasCaptured(1)) {
            const bool isName = match.hasCaptured(2);
            setFormat(static_cast<int>(match.capturedStart(1)), static_cast<int>(match.capturedLength(1)),
                      isName ? theme.accentText : theme.okText);
            if (isName)
                setFormat(static_cast<int>(match.capturedStart(2)), static_cast<int>(match.capturedLength(2)),
                          theme.muted);
        } else {
            setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()),
                      match.hasCaptured(5) ? theme.muted : theme.warnText);
        }
    }
}

} // namespace weir

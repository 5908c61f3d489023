#include "ui/report/pages.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>

#include <cmath>

namespace weir {
namespace {

// That of its first line: the rest may go on behind it. A line that went to the next page stands so much lower in a
// block that begins where it did.
int pageOf(const QTextDocument& document, const QTextBlock& block) {
    qreal middle = document.documentLayout()->blockBoundingRect(block).top();
    if (const QTextLayout* const lines = block.layout(); lines && lines->lineCount() > 0)
        middle += lines->lineAt(0).y() + lines->lineAt(0).height() / 2;
    return static_cast<int>(std::floor(middle / document.pageSize().height()));
}

} // namespace

void breakIntoPages(QTextDocument& document, const QSizeF& page) {
    document.setPageSize(page);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QTextBlock about = block.next();
        if (block.blockFormat().headingLevel() == 0 || !about.isValid() ||
            pageOf(document, block) == pageOf(document, about))
            continue;
        QTextBlockFormat next;
        next.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
        QTextCursor(block).mergeBlockFormat(next);
        // What follows stands on other pages now. The layout would only push the next block along, and take that for the
        // end of the document.
        document.markContentsDirty(block.position(), document.characterCount() - block.position());
    }
}

} // namespace weir

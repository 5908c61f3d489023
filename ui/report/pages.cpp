#include "ui/report/pages.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>

#include <cmath>

namespace weir {
namespace {

// That of its first line: the rest may go on behind it.
int pageOf(const QTextDocument& document, const QTextBlock& block) {
    const qreal top = document.documentLayout()->blockBoundingRect(block).top();
    const QTextLayout* const lines = block.layout();
    const qreal height = lines && lines->lineCount() > 0 ? lines->lineAt(0).height() : 0;
    return static_cast<int>(std::floor((top + height / 2) / document.pageSize().height()));
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

// A document on pages of one size: nothing but its own rules decides where a page ends, except that a heading goes to
// the page of what it is about.
#pragma once

#include <QSizeF>

class QTextDocument;

namespace weir {

// The page is set, too.
void breakIntoPages(QTextDocument& document, const QSizeF& page);

} // namespace weir

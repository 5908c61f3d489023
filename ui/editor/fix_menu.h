// What can be done about a finding, as entries of a menu: each tried before it is offered, each one step to undo.
#pragma once

#include "core/scenario/finding.h"

#include <QPoint>

class QMenu;
class QWidget;

namespace weir {

class DocumentEditor;

// "Fix: Make mailer idempotent". Nothing where there is no fix.
void addFixes(QMenu& menu, const Finding& finding, DocumentEditor& document);
// A menu of them there, which says so where there is none.
void offerFixes(const Finding& finding, DocumentEditor& document, QWidget& parent, QPoint global);

} // namespace weir

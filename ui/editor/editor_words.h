// What the canvas's editor says, in the language that holds: names of what can be made, why two nodes cannot be tied,
// what would go with a node, what a fix does.
#pragma once

#include "core/scenario/fixes.h"
#include "core/scenario/new_nodes.h"
#include "core/scenario/removal.h"
#include "core/scenario/ties.h"

#include <QString>

namespace weir {

QString templateName(NodeTemplate kind); // "Dead-letter queue"
QString templateTip(NodeTemplate kind);  // what it is for
QString templateIcon(NodeTemplate kind);
QString whyNoTie(NoTie why);
QString tieName(TieKind kind, const QString& from, const QString& to); // of the undo step
QString dependantsText(const Removal& removal);                        // "1 handler and 2 bindings go too"; empty: none
QString fixText(const Fix& fix);                                       // "Make mailer idempotent"

} // namespace weir

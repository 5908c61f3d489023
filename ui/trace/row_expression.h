// A text as an expression that can be asked of a record alone: what filters, columns and colours of the trace are made
// of. Says in the window's language why a text is none. A pure function.
#pragma once

#include "core/expression/expression.h"
#include "core/expression/subject.h"

#include <QString>

#include <optional>

namespace weir {

struct RowExpression {
    std::optional<Expression> expression;
    QString refusal; // why there is none; empty where the text is
};
RowExpression rowExpression(const QString& text);
// The same of what is to hold or not: the name of an attribute alone is none yet, it is what somebody begins with.
RowExpression rowCondition(const QString& text);

// What an expression says of its subject, as a cell shows it: empty where it has no value there.
QString cellText(const Expression& expression, const Subject& subject);

} // namespace weir

// What assistive technology sees of the trace: a list whose items are the rows in sight, each named by its cells.
#pragma once

#include <QString>

namespace weir {

class TraceHeader;
struct TraceRow;

// Once is enough; more does no harm.
void installTraceAccess();

// The cells of the columns that are shown, in their order.
QString rowWords(const TraceRow& row, const TraceHeader& header);

} // namespace weir

// TraceCells: the cells of a record's row in the columns that a TraceLook has: the trace's own (RecordText) and those
// by expression; its colour; which filter a cell stands for. One for list, clipboard and export, so that they say the
// same.
#pragma once

#include "core/record/record_reader.h"
#include "core/record/record_subject.h"
#include "ui/trace/record_text.h"
#include "ui/trace/trace_look.h"

namespace weir {

class TraceCells {
  public:
    // All must outlive this; `messages` may be null.
    TraceCells(const RecordReader& reader, const MessageSource* messages, const TraceLook& look)
        : m_reader(reader), m_messages(messages), m_look(look), m_text(reader.catalogue(), messages),
          m_subject(reader.catalogue(), messages) {}

    // `previous`: when the row before happened.
    TraceRow row(std::uint64_t index, std::optional<SimTime> previous);
    // The CESQL term that holds for this cell; empty where there is none.
    QString filterTerm(const TraceRow& row, int column);

    static int columnCount(const TraceLook& look) { return traceColumnCount + static_cast<int>(look.columns.size()); }
    static QString columnTitle(const TraceLook& look, int column);
    // The same for files: figures as plain numbers, their unit in the title.
    static QString fileTitle(const TraceLook& look, int column);
    static QString fileText(const TraceLook& look, const TraceRow& row, int column);
    // What settings know a column by: "kind", or its expression.
    static QString columnKey(const TraceLook& look, int column);
    static bool isOwn(int column) { return column < traceColumnCount; }
    static const Expression& expressionOf(const TraceLook& look, int column) {
        return look.columns[static_cast<std::size_t>(column - traceColumnCount)];
    }

  private:
    const RecordReader& m_reader;
    const MessageSource* m_messages;
    const TraceLook& m_look;
    RecordText m_text;
    RecordSubject m_subject;
};

// A row of comma-separated values, quoted where they must be.
QString csvLine(const QStringList& cells);

} // namespace weir

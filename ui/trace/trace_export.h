// TraceExport: writes the records that pass a filter to a file, in slices, so that the window goes on meanwhile: as
// comma-separated values (the columns that are shown) or as JSON lines (everything). Reads the records that there are
// when it begins; the file comes to be when it is whole, or not at all.
#pragma once

#include "core/record/record_json.h"
#include "ui/trace/trace_cells.h"

#include <QSaveFile>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace weir {

class TraceExport {
  public:
    enum class Form : std::uint8_t { csv, jsonLines };
    struct What {
        std::shared_ptr<const RecordStore> store;
        std::shared_ptr<const MessageSource> messages;
        std::uint64_t first = 0, end = 0; // records
        std::optional<Expression> filter;
        TraceLook look;
        std::vector<int> columns; // csv
        Form form = Form::csv;
    };
    TraceExport(What what, const QString& path);

    // Goes on for about `budget`. False: it is done, or failed.
    bool goOn(std::chrono::nanoseconds budget);
    double share() const; // done, 0..1
    std::uint64_t written() const { return m_written; }
    // Records that were evicted before it came to them.
    std::uint64_t gone() const { return m_gone; }
    QString failure() const { return m_failure; } // empty: none
    QString path() const { return m_file.fileName(); }

  private:
    void write(std::uint64_t index);
    void finish();

    What m_what;
    RecordReader m_reader;
    TraceCells m_cells;
    RecordSubject m_subject;
    RecordJson m_json;
    QSaveFile m_file;
    QString m_failure;
    std::uint64_t m_next;
    std::uint64_t m_written = 0;
    std::uint64_t m_gone = 0;
    std::optional<SimTime> m_previous;
    std::string m_line;
};

} // namespace weir

#include "ui/trace/trace_export.h"

namespace weir {
namespace {

constexpr std::uint64_t sliceLength = 64; // records between two looks at the clock

} // namespace

TraceExport::TraceExport(What what, const QString& path)
    : m_what(std::move(what)), m_reader(m_what.store), m_cells(m_reader, m_what.messages.get(), m_what.look),
      m_subject(m_reader.catalogue(), m_what.messages.get()), m_json(m_reader.catalogue(), m_what.messages.get()),
      m_file(path), m_next(m_what.first) {
    m_what.end = std::min(m_what.end, m_reader.end());
    if (!m_file.open(QIODevice::WriteOnly)) {
        m_failure = m_file.errorString();
        return;
    }
    if (m_what.form == Form::csv) {
        QStringList titles;
        for (const int column : m_what.columns)
            titles << TraceCells::fileTitle(m_what.look, column);
        m_file.write(csvLine(titles).toUtf8());
    }
}

bool TraceExport::goOn(std::chrono::nanoseconds budget) {
    if (!m_failure.isEmpty())
        return false;
    const auto until = std::chrono::steady_clock::now() + budget;
    while (m_next < m_what.end && std::chrono::steady_clock::now() < until) {
        if (m_next < m_reader.first()) {
            m_gone += m_reader.first() - m_next;
            m_next = m_reader.first();
        }
        const std::uint64_t end = std::min(m_what.end, m_next + sliceLength);
        for (; m_next < end; ++m_next) {
            m_subject.set(m_reader.at(m_next));
            if (!m_what.filter || m_what.filter->holds(m_subject))
                write(m_next);
        }
    }
    if (m_file.error() != QFileDevice::NoError)
        m_failure = m_file.errorString();
    else if (m_next >= m_what.end)
        finish();
    return m_failure.isEmpty() && m_next < m_what.end;
}

void TraceExport::write(std::uint64_t index) {
    const Record& record = m_reader.at(index);
    if (m_what.form == Form::jsonLines) {
        m_line.clear();
        m_json.append(m_line, record);
        m_line += '\n';
        m_file.write(m_line.data(), static_cast<qint64>(m_line.size()));
    } else {
        const TraceRow row = m_cells.row(index, m_previous);
        QStringList cells;
        for (const int column : m_what.columns)
            cells << TraceCells::fileText(m_what.look, row, column);
        m_file.write(csvLine(cells).toUtf8());
        m_previous = record.at;
    }
    ++m_written;
}

void TraceExport::finish() {
    if (!m_file.commit())
        m_failure = m_file.errorString();
}

double TraceExport::share() const {
    return m_what.end > m_what.first
               ? static_cast<double>(m_next - m_what.first) / static_cast<double>(m_what.end - m_what.first)
               : 1;
}

} // namespace weir

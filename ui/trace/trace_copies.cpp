#include "ui/trace/trace_copies.h"

#include <set>

namespace weir {

QString TraceCopies::copy(CopyForm form, std::span<const std::uint64_t> rows) const {
    switch (form) {
    case CopyForm::text:
    case CopyForm::csv:
        return cells(rows, form == CopyForm::csv);
    case CopyForm::json:
        return events(rows);
    case CopyForm::curl: {
        QString commands;
        for (const Value& event : messages(rows))
            commands += curlCommand(event);
        return commands;
    }
    }
    Q_UNREACHABLE();
}

std::optional<MessageView> TraceCopies::messageOf(const TraceRows& rows, std::uint64_t index) {
    const RecordReader& reader = rows.reader();
    if (index < reader.first() || index >= reader.end() || !rows.messages())
        return std::nullopt;
    const Ordinal ordinal = reader.at(index).ordinal;
    return ordinal > 0 ? rows.messages()->message(ordinal) : std::nullopt;
}

QString TraceCopies::cells(std::span<const std::uint64_t> rows, bool csv) const {
    QString text;
    const auto add = [&text, csv](const QStringList& cells) {
        text += csv ? csvLine(cells) : cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    };
    if (csv) {
        QStringList titles;
        for (const int column : m_columns)
            titles << TraceCells::fileTitle(m_model.look(), column);
        add(titles);
    }
    for (const std::uint64_t number : rows) {
        const TraceRow row = m_model.made(number);
        QStringList cells;
        for (const int column : m_columns)
            cells << (csv ? TraceCells::fileText(m_model.look(), row, column) : row.text(column));
        add(cells);
    }
    return text;
}

// Each once, in the order of the rows.
std::vector<Value> TraceCopies::messages(std::span<const std::uint64_t> rows) const {
    std::vector<Value> events;
    std::set<Ordinal> seen;
    for (const std::uint64_t row : rows) {
        const auto message = messageOf(m_rows, m_rows.indexOf(row));
        if (message && seen.insert(message->ordinal).second)
            events.push_back(message->cloudEvent());
    }
    return events;
}

// One as it is, several as a batch.
QString TraceCopies::events(std::span<const std::uint64_t> rows) const {
    std::vector<Value> events = messages(rows);
    if (events.empty())
        return {};
    return QString::fromStdString(events.size() == 1 ? events.front().pretty() : Value(std::move(events)).pretty());
}

QString curlCommand(const Value& event) {
    QString body = QString::fromStdString(event.canonical());
    body.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QStringLiteral(
               "curl -X POST http://localhost:8080/ -H 'Content-Type: application/cloudevents+json' -d '%1'\n")
        .arg(body);
}

} // namespace weir

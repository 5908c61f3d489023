#include "ui/trace/trace_cells.h"

#include "core/record/record_json.h"
#include "ui/format.h"
#include "ui/trace/row_expression.h"

#include <QLocale>

namespace weir {

TraceRow TraceCells::row(std::uint64_t index, std::optional<SimTime> previous) {
    const Record& record = m_reader.at(index);
    TraceRow row = m_text.row(index, record);
    if (m_look.time != TraceTime::seconds)
        row.texts[static_cast<std::size_t>(TraceColumn::time)] = timeText(m_look.time, record.at, previous);
    if (m_look.columns.empty() && m_look.rules.empty())
        return row;
    m_subject.set(record);
    for (const Expression& column : m_look.columns)
        row.further << cellText(column, m_subject);
    for (const ColourRule& rule : m_look.rules)
        if (rule.on && rule.when.holds(m_subject)) {
            row.tone = rule.tone;
            break;
        }
    return row;
}

QString TraceCells::filterTerm(const TraceRow& row, int column) {
    if (isOwn(column))
        return m_text.filterTerm(row, static_cast<TraceColumn>(column));
    const Expression& expression = expressionOf(m_look, column);
    m_subject.set(row.record);
    const Outcome outcome = expression.evaluate(m_subject);
    if (outcome.error || outcome.value.isNull() || outcome.value.list() || outcome.value.table())
        return {};
    QString left = QString::fromStdString(expression.text()).trimmed();
    if (left.contains(QLatin1Char(' ')))
        left = QLatin1Char('(') + left + QLatin1Char(')');
    if (const bool* truth = outcome.value.truth())
        return *truth ? left : QStringLiteral("NOT ") + left;
    if (const std::string* text = outcome.value.text())
        return left + QStringLiteral(" = ") + quotedTerm(QString::fromStdString(*text));
    return left + QStringLiteral(" = ") + QString::fromStdString(outcome.value.canonical());
}

QString TraceCells::columnTitle(const TraceLook& look, int column) {
    if (column == static_cast<int>(TraceColumn::time) && look.time == TraceTime::delta)
        return RecordText::deltaTitle();
    return isOwn(column) ? RecordText::columnTitle(static_cast<TraceColumn>(column))
                         : QString::fromStdString(expressionOf(look, column).text()).trimmed();
}

QString TraceCells::fileTitle(const TraceLook& look, int column) {
    const bool time = column == static_cast<int>(TraceColumn::time) || column == static_cast<int>(TraceColumn::latency);
    const QString title = columnTitle(look, column);
    return time ? title + QStringLiteral(" (s)") : title;
}

QString TraceCells::fileText(const TraceLook& look, const TraceRow& row, int column) {
    if (column == static_cast<int>(TraceColumn::latency)) {
        const auto latency = latencyOf(row.record);
        return latency ? toQt(secondsText(SimTime{Duration{*latency}})) : QString();
    }
    if (column != static_cast<int>(TraceColumn::time))
        return row.text(column);
    if (look.time != TraceTime::delta)
        return toQt(secondsText(row.record.at));
    QString delta = row.text(column); // from the row before, in groups of three digits
    delta.removeIf([](QChar letter) { return letter.isSpace(); });
    return delta.replace(QLocale().decimalPoint(), QLatin1String("."));
}

QString TraceCells::columnKey(const TraceLook& look, int column) {
    static constexpr std::array<const char*, traceColumnCount> names{
        "time", "kind", "eventType", "event", "channel", "service", "attempt", "latency", "detail"};
    return isOwn(column) ? QString::fromLatin1(names[static_cast<std::size_t>(column)])
                         : QStringLiteral("= ") + QString::fromStdString(expressionOf(look, column).text());
}

QString csvLine(const QStringList& cells) {
    QStringList quoted;
    for (QString cell : cells) {
        if (cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char('\n')))
            cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
        quoted << cell;
    }
    return quoted.join(QLatin1Char(',')) + QLatin1Char('\n');
}

} // namespace weir

// What the trace puts into the clipboard: rows as text or comma-separated values, their events as CloudEvents JSON or
// as a cURL command that sends them. Texts only.
#pragma once

#include "ui/trace/trace_model.h"

#include <span>

namespace weir {

enum class CopyForm : std::uint8_t { text, csv, json, curl };

class TraceCopies {
  public:
    static constexpr std::size_t rowsMax = 10'000; // at once; whoever wants more exports

    // `columns`: those that are shown. All must outlive this.
    TraceCopies(const TraceRows& rows, const TraceModel& model, std::vector<int> columns)
        : m_rows(rows), m_model(model), m_columns(std::move(columns)) {}

    // Of rows of the trace. Empty where none of them is about an event that is known, and one is asked for.
    QString copy(CopyForm form, std::span<const std::uint64_t> rows) const;

    // The message that a record is about, where it is kept and known.
    static std::optional<MessageView> messageOf(const TraceRows& rows, std::uint64_t index);

  private:
    QString cells(std::span<const std::uint64_t> rows, bool csv) const;
    QString events(std::span<const std::uint64_t> rows) const;
    std::vector<Value> messages(std::span<const std::uint64_t> rows) const;

    const TraceRows& m_rows;
    const TraceModel& m_model;
    std::vector<int> m_columns;
};

// The command that posts an event, quoted for a shell.
QString curlCommand(const Value& event);

} // namespace weir

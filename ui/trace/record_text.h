// RecordText: a record in the words of the window: what each column of the trace shows, what a kind means, which filter
// a cell stands for. Texts only, so that trace, details and clipboard say the same. Kinds keep the names that files and
// expressions use.
#pragma once

#include "core/record/catalogue.h"
#include "core/record/message_source.h"
#include "core/record/record.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <array>
#include <cstdint>

namespace weir {

enum class TraceColumn : std::uint8_t { time, kind, eventType, event, channel, service, attempt, latency, detail };
inline constexpr int traceColumnCount = 9;

struct TraceRow {
    std::uint64_t index = 0;
    Record record;
    std::array<QString, traceColumnCount> texts; // empty: does not apply
    QStringList further;                         // of columns by expression
    Tone tone = Tone::Neutral;                   // of the row's ground, where a rule colours it

    const QString& text(TraceColumn column) const { return texts[static_cast<std::size_t>(column)]; }
    const QString& text(int column) const {
        return column < traceColumnCount ? texts[static_cast<std::size_t>(column)] : further[column - traceColumnCount];
    }
};

class RecordText {
    Q_DECLARE_TR_FUNCTIONS(weir::RecordText)
  public:
    // `messages` may be null: then events go by their ordinals. Both must outlive this.
    RecordText(const Catalogue& catalogue, const MessageSource* messages)
        : m_catalogue(catalogue), m_messages(messages) {}

    TraceRow row(std::uint64_t index, const Record& record) const;
    // "payment-service #3", or without a number where it is about no instance; empty where it is about no service.
    QString service(const Place& place) const;
    QString channel(const Place& place) const;
    QString detail(const Record& record) const;

    // The CESQL term that holds for this cell, such as "kind = 'acked'"; empty where the cell is.
    QString filterTerm(const TraceRow& row, TraceColumn column) const;

    // "192.480 113": seconds, to the microsecond.
    static QString time(SimTime at);
    static QString sixDecimals(std::int64_t microseconds); // "480 113": those of a second
    // To the nanosecond, with the unit.
    static QString exactTime(SimTime at);
    static QString kind(RecordKind kind);
    static QString kindMeaning(RecordKind kind); // one translated sentence
    static Tone kindTone(RecordKind kind);       // Neutral: nothing to draw the eye
    static QString columnTitle(TraceColumn column);
    static QString deltaTitle(); // of the time, where it is told since the row before

  private:
    QString reason(const Record& record) const;

    const Catalogue& m_catalogue;
    const MessageSource* m_messages;
};

// As a CESQL literal, in quotes.
QString quotedTerm(const QString& text);
inline QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace weir

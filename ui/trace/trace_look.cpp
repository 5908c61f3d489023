#include "ui/trace/trace_look.h"

#include "ui/trace/record_text.h"
#include "ui/trace/row_expression.h"

#include <QSettings>

#include <array>

namespace weir {
namespace {

const QString columnsKey = QStringLiteral("trace/columns");
const QString rulesKey = QStringLiteral("trace/colours");
const QString timeKey = QStringLiteral("trace/time");

// Words of the settings file, which outlive the order of the enumerations.
constexpr std::array<const char*, 5> toneWords{"neutral", "accent", "ok", "warn", "danger"};
constexpr std::array<const char*, 3> timeWords{"seconds", "clock", "delta"};

template <std::size_t n> std::size_t placeOf(const std::array<const char*, n>& words, const QString& word) {
    for (std::size_t i = 0; i < n; ++i)
        if (word == QLatin1String(words[i]))
            return i;
    return 0;
}

} // namespace

void TraceLook::write(QSettings& settings) const {
    QStringList texts;
    for (const Expression& column : columns)
        texts << QString::fromStdString(column.text());
    settings.setValue(columnsKey, texts);
    QStringList lines; // "on danger kind = 'failed'"
    for (const ColourRule& rule : rules)
        lines << QStringLiteral("%1 %2 %3")
                     .arg(QLatin1String(rule.on ? "on" : "off"),
                          QLatin1String(toneWords[static_cast<std::size_t>(rule.tone)]),
                          QString::fromStdString(rule.when.text()));
    settings.setValue(rulesKey, lines);
    settings.setValue(timeKey, QLatin1String(timeWords[static_cast<std::size_t>(time)]));
}

TraceLook TraceLook::read(const QSettings& settings) {
    TraceLook look;
    for (const QString& text : settings.value(columnsKey).toStringList())
        if (const auto column = rowExpression(text).expression; column && look.columns.size() < columnsMax)
            look.columns.push_back(*column);
    for (const QString& line : settings.value(rulesKey).toStringList()) {
        const auto when = rowExpression(line.section(QLatin1Char(' '), 2)).expression;
        if (!when || look.rules.size() == rulesMax)
            continue;
        look.rules.push_back({.when = *when,
                              .tone = static_cast<Tone>(placeOf(toneWords, line.section(QLatin1Char(' '), 1, 1))),
                              .on = line.startsWith(QLatin1String("on "))});
    }
    look.time = static_cast<TraceTime>(placeOf(timeWords, settings.value(timeKey).toString()));
    return look;
}

QString timeText(TraceTime how, SimTime at, std::optional<SimTime> previous) {
    const std::int64_t micro = at.time_since_epoch().count() / 1000;
    switch (how) {
    case TraceTime::seconds:
        break;
    case TraceTime::clock: {
        const std::int64_t seconds = micro / 1'000'000;
        return QStringLiteral("%1:%2:%3.%4")
            .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
            .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
            .arg(seconds % 60, 2, 10, QLatin1Char('0'))
            .arg(RecordText::sixDecimals(micro));
    }
    case TraceTime::delta: {
        if (!previous)
            return RecordText::time(at);
        const std::int64_t since = (at - *previous).count() / 1000;
        return QStringLiteral("+%1.%2").arg(since / 1'000'000).arg(RecordText::sixDecimals(since));
    }
    }
    return RecordText::time(at);
}

} // namespace weir

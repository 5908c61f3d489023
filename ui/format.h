// Figures as people read them: with unit, three significant digits, the locale's decimal sign, digits grouped by narrow
// no-break spaces (ISO 80000-1) and a no-break space before the unit. Exact text for files is core/units.h's.
// Unit symbols are SI's and the same in every language. Pure functions; QLocale() follows the chosen language.
#pragma once

#include "core/units.h"

#include <QLocale>
#include <QString>

#include <cstdint>

namespace weir {

QString countText(std::int64_t count, const QLocale& locale = QLocale());   // 37 112
QString numberText(double number, const QLocale& locale = QLocale());       // 17.6, 1 240, 0.031
QString rateText(Rate rate, const QLocale& locale = QLocale());             // 19.8/s
QString durationText(Duration duration, const QLocale& locale = QLocale()); // 1.21 s, 88 ms, 3 min 12 s
QString percentText(double share, const QLocale& locale = QLocale());       // 0.83: 83 %; below 10 %: 0.9 %
QString factorText(double factor, const QLocale& locale = QLocale());       // 25×, 0.001×
QString bytesText(Bytes bytes, const QLocale& locale = QLocale());          // 1.5 MiB
QString clockText(SimTime time, const QLocale& locale = QLocale());         // 00:03:12.480
QString shortClockText(SimTime time, const QLocale& locale = QLocale());    // 03:12.480, with hours where there are any

} // namespace weir

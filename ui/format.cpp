#include "ui/format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace weir {
namespace {

constexpr QChar groupSpace(0x202F); // narrow no-break
constexpr QChar unitSpace(0x00A0);

QString grouped(QString digits) {
    const qsizetype start = digits.startsWith(QLatin1Char('-')) ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > start; at -= 3)
        digits.insert(at, groupSpace);
    return digits;
}

// Three significant digits below 1000, whole and grouped above; no trailing zeros after the decimal sign.
QString significant(double number, const QLocale& locale) {
    const double size = std::abs(number);
    if (size >= 999.5)
        return grouped(QString::number(number, 'f', 0));
    const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 ? 3 : 4;
    QString text = QString::number(number, 'f', decimals);
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    if (text == QLatin1String("-0"))
        text = QStringLiteral("0");
    return text.replace(QLatin1Char('.'), locale.decimalPoint());
}

QString withUnit(const QString& number, QLatin1String unit) {
    return number + unitSpace + unit;
}

QString padded(std::int64_t number, int width) {
    return QStringLiteral("%1").arg(number, width, 10, QLatin1Char('0'));
}

} // namespace

QString countText(std::int64_t count, const QLocale&) {
    return grouped(QString::number(count));
}

QString numberText(double number, const QLocale& locale) {
    return significant(number, locale);
}

QString rateText(Rate rate, const QLocale& locale) {
    return significant(rate.perSecond, locale) + QLatin1String("/s");
}

QString durationText(Duration duration, const QLocale& locale) {
    const std::int64_t ns = duration.count();
    const double number = static_cast<double>(ns);
    if (ns == 0)
        return withUnit(QStringLiteral("0"), QLatin1String("s"));
    if (ns < 0)
        return QChar(0x2212) + durationText(-duration, locale);
    // Each bound leaves out what would round up to 1000 of its unit.
    if (number < 999.5)
        return withUnit(significant(number, locale), QLatin1String("ns"));
    if (number < 999.5e3)
        return significant(number / 1e3, locale) + unitSpace + QStringLiteral("µs");
    if (number < 999.5e6)
        return withUnit(significant(number / 1e6, locale), QLatin1String("ms"));
    if (number < 59.95e9)
        return withUnit(significant(number / 1e9, locale), QLatin1String("s"));
    // Beyond a minute two units tell more than decimals: "3 min 12 s".
    const std::int64_t whole = (ns + 500'000'000) / 1'000'000'000;
    const std::array<std::pair<std::int64_t, QLatin1String>, 4> units{{{86'400, QLatin1String("d")},
                                                                       {3'600, QLatin1String("h")},
                                                                       {60, QLatin1String("min")},
                                                                       {1, QLatin1String("s")}}};
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
        if (whole < units[i].first)
            continue;
        QString text = withUnit(QString::number(whole / units[i].first), units[i].second);
        if (const std::int64_t rest = whole % units[i].first / units[i + 1].first; rest > 0)
            text += unitSpace + withUnit(QString::number(rest), units[i + 1].second);
        return text;
    }
    return withUnit(QString::number(whole), QLatin1String("s"));
}

QString percentText(double share, const QLocale& locale) {
    const double percent = share * 100;
    const int decimals = percent != 0 && std::abs(percent) < 9.95 ? 1 : 0;
    QString text = QString::number(percent, 'f', decimals);
    if (text.endsWith(QLatin1String(".0")))
        text.chop(2);
    return withUnit(text.replace(QLatin1Char('.'), locale.decimalPoint()), QLatin1String("%"));
}

QString factorText(double factor, const QLocale& locale) {
    return significant(factor, locale) + QChar(0x00D7);
}

QString bytesText(Bytes bytes, const QLocale& locale) {
    constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
    double number = static_cast<double>(bytes.count);
    std::size_t unit = 0;
    for (; std::abs(number) >= 1024 && unit + 1 < units.size(); ++unit)
        number /= 1024;
    return withUnit(significant(number, locale), QLatin1String(units[unit]));
}

QString clockText(SimTime time, const QLocale& locale) {
    const std::int64_t ms = time.time_since_epoch().count() / 1'000'000;
    return padded(ms / 3'600'000, 2) + QLatin1Char(':') + padded(ms / 60'000 % 60, 2) + QLatin1Char(':') +
           padded(ms / 1'000 % 60, 2) + locale.decimalPoint() + padded(ms % 1'000, 3);
}

QString shortClockText(SimTime time, const QLocale& locale) {
    const QString text = clockText(time, locale);
    return text.startsWith(QLatin1String("00:")) ? text.mid(3) : text;
}

} // namespace weir

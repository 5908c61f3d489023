#include "ui/charts/axis.h"

#include "ui/format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace weir {

AxisTicks valueTicks(double largest, int wanted) {
    AxisTicks ticks;
    if (!(largest > 0) || !std::isfinite(largest))
        largest = 1;
    const double rough = largest / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    ticks.step = rough <= power * 1.0001 ? power
                 : rough <= 2 * power    ? 2 * power
                 : rough <= 5 * power    ? 5 * power
                                         : 10 * power;
    const int count = static_cast<int>(std::ceil(largest / ticks.step - 1e-9));
    ticks.end = count * ticks.step;
    for (int i = 0; i <= count; ++i)
        ticks.values.push_back(i * ticks.step);
    return ticks;
}

AxisTicks rangeTicks(double low, double high, int wanted) {
    AxisTicks ticks;
    ticks.end = high;
    ticks.step = valueTicks(high - low, wanted).step;
    for (double at = std::ceil(low / ticks.step - 1e-9); at * ticks.step <= high + ticks.step * 1e-9; ++at)
        ticks.values.push_back(at * ticks.step);
    return ticks;
}

AxisTicks logTicks(double low, double high) {
    AxisTicks ticks;
    ticks.end = high;
    const bool few = std::log10(high / low) < 2.5;
    for (double power = std::pow(10.0, std::floor(std::log10(low) + 1e-9)); power <= high * 1.0001; power *= 10)
        for (const double times : {1.0, 2.0, 5.0})
            if ((times == 1 || few) && power * times >= low * 0.9999 && power * times <= high * 1.0001)
                ticks.values.push_back(power * times);
    return ticks;
}

AxisTicks timeTicks(double beginSeconds, double endSeconds, int wanted) {
    static constexpr std::array steps{1e-6,  2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4,  5e-4,  0.001, 0.002,
                                      0.005, 0.01, 0.02, 0.05, 0.1,  0.2,  0.5,  1.0,   2.0,   5.0,   10.0,
                                      15.0,  30.0, 60.0, 120., 300., 600., 900., 1800., 3600., 7200., 21600.};
    AxisTicks ticks;
    ticks.end = endSeconds > beginSeconds ? endSeconds : beginSeconds + 1;
    const double length = ticks.end - beginSeconds;
    ticks.step = 86'400;
    for (const double step : steps)
        if (length / step <= wanted) {
            ticks.step = step;
            break;
        }
    if (length / ticks.step > wanted)
        ticks.step *= std::ceil(length / ticks.step / wanted);
    for (double at = std::ceil(beginSeconds / ticks.step - 1e-9); at * ticks.step <= ticks.end + length * 1e-9; ++at)
        ticks.values.push_back(at * ticks.step);
    return ticks;
}

double steadyEnd(double shown, double needed) {
    return needed > shown || needed < 0.45 * shown ? needed : shown;
}

QString timeTickText(double seconds, double step) {
    const auto two = [](int number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (step >= 60) {
        const auto minutes = static_cast<int>(std::lround(seconds / 60));
        if (minutes < 120 && step < 3600)
            return QStringLiteral("%1 min").arg(minutes);
        return minutes % 60 == 0 ? QStringLiteral("%1 h").arg(minutes / 60)
                                 : QStringLiteral("%1 h %2").arg(minutes / 60).arg(two(minutes % 60));
    }
    if (step < 1 && seconds < 1)
        return numberText(seconds * 1000) + QStringLiteral(" ms");
    const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    if (seconds < 59.9999999)
        return (step >= 1 ? numberText(seconds) : QString::number(seconds, 'f', decimals)) + QStringLiteral(" s");
    const auto minutes = static_cast<int>(std::floor(seconds / 60 + 1e-9));
    QString rest = QString::number(std::max(0.0, seconds - minutes * 60.0), 'f', decimals);
    if (rest.indexOf(QLatin1Char('.')) == 1 || rest.size() == 1)
        rest.prepend(QLatin1Char('0'));
    return minutes < 60 ? QStringLiteral("%1:%2").arg(minutes).arg(rest)
                        : QStringLiteral("%1:%2:%3").arg(minutes / 60).arg(two(minutes % 60), rest);
}

} // namespace weir

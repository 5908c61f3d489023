#include "ui/charts/axis.h"

#include "ui/format.h"

#include <array>
#include <cmath>

namespace weir {

AxisTicks valueTicks(double largest, int wanted) {
    AxisTicks ticks;
    if (!(largest > 0) || !std::isfinite(largest))
        largest = 1;
    const double rough = largest / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    ticks.step = rough <= power * 1.0001 ? power : rough <= 2 * power ? 2 * power : rough <= 5 * power ? 5 * power : 10 * power;
    const int count = static_cast<int>(std::ceil(largest / ticks.step - 1e-9));
    ticks.end = count * ticks.step;
    for (int i = 0; i <= count; ++i)
        ticks.values.push_back(i * ticks.step);
    return ticks;
}

AxisTicks timeTicks(double endSeconds, int wanted) {
    static constexpr std::array steps{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,   0.2,   0.5,    1.0,    2.0,   5.0,
                                      10.0,  15.0,  30.0,  60.0, 120., 300., 600.0, 900.0, 1800.0, 3600.0, 7200., 21600.0};
    AxisTicks ticks;
    ticks.end = endSeconds > 0 ? endSeconds : 1;
    ticks.step = 86'400;
    for (const double step : steps)
        if (ticks.end / step <= wanted) {
            ticks.step = step;
            break;
        }
    if (ticks.end / ticks.step > wanted)
        ticks.step *= std::ceil(ticks.end / ticks.step / wanted);
    for (int i = 0; i * ticks.step <= ticks.end * (1 + 1e-9); ++i)
        ticks.values.push_back(i * ticks.step);
    return ticks;
}

double steadyEnd(double shown, double needed) { return needed > shown || needed < 0.45 * shown ? needed : shown; }

QString timeTickText(double seconds, double step) {
    if (step >= 3600 || (step >= 60 && seconds >= 7200 && std::fmod(seconds, 3600) == 0))
        return numberText(seconds / 3600) + QStringLiteral(" h");
    if (step >= 60)
        return numberText(seconds / 60) + QStringLiteral(" min");
    if (step >= 1)
        return seconds < 60 ? numberText(seconds) + QStringLiteral(" s")
                            : QStringLiteral("%1:%2").arg(static_cast<int>(seconds) / 60).arg(static_cast<int>(seconds) % 60, 2, 10, QLatin1Char('0'));
    return numberText(seconds * 1000) + QStringLiteral(" ms");
}

} // namespace weir

#include "ui/speed.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace weir {

Speed speedAt(int step) {
    if (step >= speedStepMax)
        return Speed::max();
    static constexpr std::array<int, 10> tenths{10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
    const auto at = static_cast<std::size_t>(std::max(step, 0));
    double number = tenths[at % 10];
    // Whole powers of ten, divided where they are below one: exact, or the nearest double.
    for (std::size_t decade = at / 10; decade > 4; --decade)
        number *= 10;
    double divisor = 1;
    for (std::size_t decade = at / 10; decade < 4; ++decade)
        divisor *= 10;
    return {.factor = number / divisor, .unlimited = false};
}

int speedStep(Speed speed) {
    if (speed.unlimited)
        return speedStepMax;
    const double wanted = std::log10(std::clamp(speed.factor, 0.001, 1000.0));
    int nearest = 0;
    double distance = 1e9;
    for (int step = 0; step < speedStepMax; ++step) {
        const double off = std::abs(std::log10(speedAt(step).factor) - wanted);
        if (off < distance) {
            distance = off;
            nearest = step;
        }
    }
    return nearest;
}

} // namespace weir

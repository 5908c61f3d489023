// How fast a run is shown: simulated time over real time, or as fast as it goes. A scale of steps that feel even:
// ten a decade (1 1.2 1.5 2 2.5 3 4 5 6 8) from 0.001 to 1000, then max. What was asked; what is reached is measured.
#pragma once

#include <QMetaType>
#include <QString>

namespace weir {

struct Speed {
    double factor = 1; // 0.001..1000; of no meaning where unlimited
    bool unlimited = false;

    static Speed max() { return {.factor = 1000, .unlimited = true}; }
    bool operator==(const Speed&) const = default;
};

// Steps 0..60 are factors, 61 is max.
inline constexpr int speedStepMax = 61;
Speed speedAt(int step);
int speedStep(Speed speed); // the nearest on the logarithmic scale

} // namespace weir

Q_DECLARE_METATYPE(weir::Speed)

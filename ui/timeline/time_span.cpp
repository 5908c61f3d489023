#include "ui/timeline/time_span.h"

#include <algorithm>
#include <cmath>

namespace weir {

TimeSpan moved(TimeSpan shown, double by, TimeSpan whole) {
    const double length = std::min(shown.length(), whole.length());
    const double begin = std::clamp(shown.begin + by, whole.begin, whole.end - length);
    return {begin, begin + length};
}

TimeSpan zoomed(TimeSpan shown, double at, double factor, TimeSpan whole) {
    const double length = std::clamp(shown.length() / factor, std::min(spanLeast, whole.length()), whole.length());
    const double share = std::clamp((at - shown.begin) / shown.length(), 0.0, 1.0);
    const double begin = at - share * length;
    return moved({begin, begin + length}, 0, whole);
}

TimeSpan reaching(TimeSpan shown, double at, TimeSpan whole) {
    const double room = shown.length() / 10;
    if (at < shown.begin)
        return moved(shown, at - room - shown.begin, whole);
    if (at > shown.end)
        return moved(shown, at + room - shown.end, whole);
    return shown;
}

TimeSpan gridded(TimeSpan shown) {
    const double length = std::exp2(std::ceil(std::log2(2 * shown.length())));
    const double step = length / 2;
    const double begin = std::floor(shown.begin / step) * step;
    return {std::max(0.0, begin), begin + length};
}

} // namespace weir

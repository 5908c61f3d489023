// Quantities with their units in the type, and their text form in scenario files and on the command line.
// Time is integer nanoseconds throughout; `double` is left to statistics and pixels.
#pragma once

#include "core/result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace weir {

using Duration = std::chrono::nanoseconds;
struct SimClock { // tag only: nobody may ask it for the time
    using duration = Duration;
};
using SimTime = std::chrono::time_point<SimClock, Duration>; // nanoseconds since the start of the run

using namespace std::chrono_literals;

struct Rate {
    double perSecond = 0;
    auto operator<=>(const Rate&) const = default;
};

struct Bytes {
    std::int64_t count = 0;
    auto operator<=>(const Bytes&) const = default;
};

inline double seconds(Duration duration) { return static_cast<double>(duration.count()) * 1e-9; }
inline double seconds(SimTime time) { return seconds(time.time_since_epoch()); }

// "20ms", "1.5s", "10min", "2h", "1d", "250us", "5ns", "0". Exact: "0.1s" is 100,000,000 ns. Not negative.
Result<Duration> parseDuration(std::string_view text);
// "20/s", "1200/min", "5/h", "0.5/d".
Result<Rate> parseRate(std::string_view text);
// "1KiB", "10MB", "512B", "3GiB"; decimal prefixes are powers of 1000, binary ones of 1024.
Result<Bytes> parseBytes(std::string_view text);

// The shortest exact text that parses back to the same value: "1.5s", "10min", "20/s", "1KiB".
std::string toText(Duration duration);
std::string toText(Rate rate);
std::string toText(Bytes bytes);
// Seconds as an exact decimal, for records: "192.480113" (trailing zeros cut, at least one digit).
std::string secondsText(SimTime time);

} // namespace weir

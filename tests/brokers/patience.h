// How long a real broker is given: long where something is known to come, since the machine may be busy; short for what
// should not come, which would be told by the next step anyway.
#pragma once

#include <chrono>
#include <thread>

namespace weir {

inline constexpr std::chrono::seconds patience{15};
inline constexpr std::chrono::milliseconds moment{60};

// Polls until it holds; false where it did not in that time.
template <class Condition> bool within(std::chrono::nanoseconds time, Condition holds) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
    return true;
}

template <class Condition> bool eventually(Condition holds) {
    return within(patience, holds);
}

} // namespace weir

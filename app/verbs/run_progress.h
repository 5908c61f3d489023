// How far a run has got, as one line on standard error that replaces itself: only on a terminal, and only from the
// moment that a run has taken half a second. It is wiped away at the end.
#pragma once

#include <chrono>
#include <string>

namespace weir {

class RunProgress {
  public:
    RunProgress();
    ~RunProgress();
    RunProgress(const RunProgress&) = delete;
    RunProgress& operator=(const RunProgress&) = delete;

    // Made up to ten times a second. `line` is only asked for then.
    template <class Line> void show(const Line& line) {
        if (isDue())
            write(line());
    }
    double secondsSinceStart() const;

  private:
    bool isDue();
    void write(const std::string& line);

    std::chrono::steady_clock::time_point m_start;
    std::chrono::steady_clock::time_point m_next;
    bool m_terminal;
    bool m_shown = false;
};

} // namespace weir

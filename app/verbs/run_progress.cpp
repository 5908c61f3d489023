#include "app/verbs/run_progress.h"

#include <iostream>

#include <unistd.h>

namespace weir {

using namespace std::chrono_literals;

RunProgress::RunProgress()
    : m_start(std::chrono::steady_clock::now()), m_next(m_start + 500ms), m_terminal(isatty(STDERR_FILENO) == 1) {}

RunProgress::~RunProgress() {
    if (m_shown)
        std::cerr << "\r\x1b[K" << std::flush;
}

double RunProgress::secondsSinceStart() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
}

bool RunProgress::isDue() {
    if (!m_terminal || std::chrono::steady_clock::now() < m_next)
        return false;
    m_next = std::chrono::steady_clock::now() + 100ms;
    return true;
}

void RunProgress::write(const std::string& line) {
    m_shown = true;
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
}

} // namespace weir

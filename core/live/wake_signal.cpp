#include "core/live/wake_signal.h"

#include <fcntl.h>
#include <unistd.h>

namespace weir {

WakeSignal::WakeSignal() {
    if (pipe(m_ends) != 0) {
        m_ends[0] = m_ends[1] = -1;
        return;
    }
    for (const int end : m_ends) {
        fcntl(end, F_SETFL, O_NONBLOCK);
        fcntl(end, F_SETFD, FD_CLOEXEC);
    }
}

WakeSignal::~WakeSignal() {
    for (const int end : m_ends)
        if (end >= 0)
            close(end);
}

void WakeSignal::raise() {
    if (m_raised.exchange(true))
        return;
    const char byte = 1;
    // One byte at most stands in the pipe, so there is room.
    [[maybe_unused]] const auto written = write(m_ends[1], &byte, 1);
}

void WakeSignal::clear() {
    char byte = 0;
    [[maybe_unused]] const auto taken = read(m_ends[0], &byte, 1);
    m_raised.store(false);
}

} // namespace weir

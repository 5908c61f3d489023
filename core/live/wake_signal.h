// WakeSignal: wakes a thread that sleeps in a poll over sockets, through the descriptor of a pipe. Raised once however
// often raise() is called, until clear(). It carries nothing but the fact.
#pragma once

#include <atomic>

namespace weir {

class WakeSignal {
  public:
    WakeSignal();
    ~WakeSignal();
    WakeSignal(const WakeSignal&) = delete;
    WakeSignal& operator=(const WakeSignal&) = delete;

    void raise(); // any thread
    void clear(); // the sleeper; what was raised before has been seen from here on
    // To be polled for reading; -1 where the system gave none (then a sleeper has to look now and then).
    int descriptor() const { return m_ends[0]; }

  private:
    int m_ends[2] = {-1, -1};
    std::atomic<bool> m_raised = false;
};

} // namespace weir

// LoopWatch: how much of its thread's time an event loop takes, and how long it does not come back to whoever waits. A
// heartbeat every few milliseconds; what lies between two beats is told by the thread's processor time, which is the
// same on a busy machine, and by the wall clock less the time in which the thread was ready and had no processor.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace weir {

struct LoopFigures {
    double seconds = 0;   // of the wall clock
    double busyShare = 0; // processor time to wall time
    double stallMs = 0;   // the longest; less what the machine's other work took
    double stallProcessorMs = 0;
    double stallUsualMs = 0; // nine of ten are shorter, by processor time
};

class LoopWatch final : public QObject {
    Q_OBJECT
  public:
    LoopWatch();
    ~LoopWatch() override;

    void begin();
    LoopFigures end(); // since begin()

  private:
    struct Clocks {
        std::chrono::nanoseconds wall{}, processor{}, ready{};
    };
    static constexpr std::chrono::milliseconds interval{4};
    Clocks read() const;
    void beat();

    int m_schedule; // the kernel's account of this thread; -1: there is none
    QTimer m_timer;
    Clocks m_begin, m_last;
    std::chrono::nanoseconds m_longest{};
    std::vector<double> m_processorMs; // between two beats
};

// Lets the event loop run so long.
void spin(std::chrono::milliseconds time);

} // namespace weir

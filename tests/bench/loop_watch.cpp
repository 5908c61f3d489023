#include "tests/bench/loop_watch.h"

#include <QEventLoop>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include <fcntl.h>
#include <unistd.h>

namespace weir {
namespace {

using Nanoseconds = std::chrono::nanoseconds;

Nanoseconds clockTime(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
}

double milliseconds(Nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

} // namespace

LoopWatch::LoopWatch() : m_schedule(open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)) {
    m_timer.setInterval(interval);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LoopWatch::beat);
}

LoopWatch::~LoopWatch() {
    if (m_schedule >= 0)
        close(m_schedule);
}

LoopWatch::Clocks LoopWatch::read() const {
    Clocks clocks{clockTime(CLOCK_MONOTONIC), clockTime(CLOCK_THREAD_CPUTIME_ID), {}};
    std::array<char, 96> text{};
    if (m_schedule >= 0 && pread(m_schedule, text.data(), text.size() - 1, 0) > 0) {
        unsigned long long ran = 0;
        unsigned long long ready = 0;
        if (std::sscanf(text.data(), "%llu %llu", &ran, &ready) == 2)
            clocks.ready = Nanoseconds(ready);
    }
    return clocks;
}

void LoopWatch::begin() {
    m_longest = {};
    m_processorMs.clear();
    m_begin = m_last = read();
    m_timer.start();
}

void LoopWatch::beat() {
    const Clocks now = read();
    m_processorMs.push_back(milliseconds(now.processor - m_last.processor));
    m_longest = std::max(m_longest, now.wall - m_last.wall - (now.ready - m_last.ready) - interval);
    m_last = now;
}

LoopFigures LoopWatch::end() {
    beat();
    m_timer.stop();
    LoopFigures figures;
    figures.seconds = milliseconds(m_last.wall - m_begin.wall) / 1e3;
    figures.busyShare = milliseconds(m_last.processor - m_begin.processor) / 1e3 / figures.seconds;
    figures.stallMs = milliseconds(m_longest);
    std::sort(m_processorMs.begin(), m_processorMs.end());
    figures.stallProcessorMs = m_processorMs.back();
    figures.stallUsualMs = m_processorMs[m_processorMs.size() * 9 / 10];
    return figures;
}

void spin(std::chrono::milliseconds time) {
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace weir

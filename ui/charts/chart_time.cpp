#include "ui/charts/chart_time.h"

#include <algorithm>

namespace weir {

void ChartTime::begin(std::optional<double> plannedSeconds) {
    m_planned = plannedSeconds;
    m_whole = {0, m_planned ? std::clamp(*m_planned, 1e-3, 10.0) : 10};
    m_fitted = true;
    m_hover.reset();
    m_pin.reset();
    Q_EMIT rangeChanged();
    Q_EMIT readingChanged();
}

void ChartTime::follow(double head) {
    const double before = m_whole.end;
    while (m_whole.end < head)
        m_whole.end = m_planned && m_whole.end * 2 > *m_planned ? std::max(head, *m_planned) : m_whole.end * 2;
    if (m_whole.end != before)
        Q_EMIT rangeChanged();
}

void ChartTime::show(TimeSpan span) {
    span = moved(span, 0, m_whole);
    if (span == shown())
        return;
    m_shown = span;
    m_fitted = span == m_whole;
    Q_EMIT rangeChanged();
}

void ChartTime::zoomAt(double at, double factor) {
    show(zoomed(shown(), at, factor, m_whole));
}

void ChartTime::move(double by) {
    show(moved(shown(), by, m_whole));
}

void ChartTime::fit() {
    if (m_fitted)
        return;
    m_fitted = true;
    Q_EMIT rangeChanged();
}

void ChartTime::setHover(std::optional<double> at) {
    if (m_hover == at)
        return;
    m_hover = at;
    Q_EMIT readingChanged();
}

void ChartTime::setPin(std::optional<double> at) {
    if (m_pin == at)
        return;
    m_pin = at;
    Q_EMIT readingChanged();
}

} // namespace weir

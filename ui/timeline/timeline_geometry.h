// TimelineGeometry: where things are in the timeline: the row of marks above, the strip, tick labels, and the overview
// below while only a part of the run is shown. Pure: pixels to seconds and back, what lies under the pointer.
#pragma once

#include "ui/timeline/run_marks.h"
#include "ui/timeline/time_span.h"

#include <QRectF>
#include <QSize>

#include <optional>
#include <span>
#include <vector>

namespace weir {

class TimelineGeometry {
  public:
    enum class Zone : std::uint8_t { Marks, Strip, BrushBegin, BrushEnd, Overview };
    static constexpr qreal side = 14; // left and right of the strip
    static constexpr qreal grip = 5;  // pixels on either side of a brush's edge
    static constexpr qreal markGrip = 6;

    TimelineGeometry(QSize size, TimeSpan shown, TimeSpan whole);

    bool partial() const { return m_shown != m_whole; }
    const TimeSpan& shown() const { return m_shown; }
    QRectF marks() const;
    QRectF strip() const;    // throughput
    QRectF labels() const;   // of ticks
    QRectF overview() const; // empty unless partial()

    qreal xAt(double seconds) const;
    double secondsAt(qreal x) const; // within what is shown
    qreal overviewXAt(double seconds) const;
    double overviewSecondsAt(qreal x) const;
    double secondsOf(qreal pixels) const; // a distance

    Zone zoneAt(QPointF point, std::optional<TimeSpan> brush) const;
    // The nearest mark under the pointer, of bars their whole length; nothing where there is none.
    std::optional<std::size_t> markAt(QPointF point, std::span<const RunMark> marks, double now) const;

  private:
    QSizeF m_size;
    TimeSpan m_shown, m_whole;
};

// The mark before or after a time; nothing where there is none.
std::optional<std::size_t> markBefore(std::span<const RunMark> marks, SimTime time);
std::optional<std::size_t> markAfter(std::span<const RunMark> marks, SimTime time);

} // namespace weir

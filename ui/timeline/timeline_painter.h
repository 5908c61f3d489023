// TimelinePainter: draws the timeline from plain values at hand. No state, no input; colours by theme only.
#pragma once

#include "core/record/series.h"
#include "ui/theme.h"
#include "ui/timeline/timeline_geometry.h"

class QPainter;

namespace weir {

struct TimelineContent {
    const Series* whole = nullptr;
    const Series* shown = nullptr; // the finer one where there is one, else the same
    std::span<const RunMark> marks;
    double now = 0;
    std::optional<TimeSpan> brush;
    QString brushText;
};

void paintTimeline(QPainter& painter, const Theme& theme, const TimelineGeometry& geometry,
                   const TimelineContent& content);
// A mark's sign, so that colour is not needed to tell the kinds apart; its tip or middle is at the point.
void paintMarkSign(QPainter& painter, const Theme& theme, RunMark::Kind kind, Tone tone, QPointF at);

} // namespace weir
